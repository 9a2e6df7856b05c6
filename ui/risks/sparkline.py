"""A sparkline: the scores of a risk over time in a corner, with the first, the last and the zone of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.risks.plane import Box
from ui.theme import theme


class Dated(NamedTuple):
    """A score on a day."""

    day: str
    score: float
    zone: Zone | None


def spots(scores: Sequence[Dated], most: float, box: Box) -> list[tuple[float, float]]:
    """Where the scores stand in a box: days from left to right, evenly where they say nothing, 0 at the bottom."""
    days = [_number(one.day) for one in scores]
    known = [day for day in days if day is not None]
    evenly = len(known) < len(days) or len(set(known)) < 2
    first, span = (min(known), max(known) - min(known)) if not evenly else (0, max(len(days) - 1, 1))
    places = [(at if evenly else (days[at] or 0) - first) / span for at in range(len(scores))]
    return [
        (box.left + place * box.width, box.bottom - one.score / max(most, one.score, 1e-9) * box.height)
        for place, one in zip(places, scores, strict=True)
    ]


def _number(day: str) -> int | None:
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


class Sparkline(QWidget):
    """Shows dated scores as a line with dots in the colours of their zones."""

    def __init__(self) -> None:
        super().__init__()
        self.scores: Sequence[Dated] = ()
        self.most = 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scores(self, scores: Sequence[Dated], most: float) -> None:
        """Show these, oldest first, on a scale up to ``most``."""
        self.scores, self.most = scores, most
        told = ", ".join(f"{one.day or 'undated'}: {one.score:g}" for one in scores)
        self.setAccessibleName(f"Score over time: {told}" if told else "No scores yet")
        self.setVisible(len(scores) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().space(28), theme().space(11))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = look.space(1.5)
        box = Box(0, 0, self.width(), self.height()).inside(inset, inset, inset, inset)
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(QPointF(box.left, box.bottom), QPointF(box.right, box.bottom))
        places = spots(self.scores, self.most, box)
        painter.setPen(QPen(look.color("text.muted"), 1.5))
        painter.drawPolyline(QPolygonF([QPointF(*place) for place in places]))
        for at, (place, one) in enumerate(zip(places, self.scores, strict=True)):
            last = at == len(places) - 1
            painter.setPen(QPen(look.color("text"), 1))
            painter.setBrush(tints.stroke(one.zone))
            size = look.space(1 if last else 0.7)
            painter.drawEllipse(QPointF(*place), size, size)
        painter.end()
