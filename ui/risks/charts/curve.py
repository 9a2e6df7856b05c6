"""The exposure curve: how surely all risks together stay below an amount, with P50, P80, P90 and Σ P×I marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from ui.risks.charts.axis import short, span, steps
from ui.risks.charts.picture import Picture
from ui.risks.plane import Box
from ui.theme import theme


class Mark(NamedTuple):
    """An amount with its name and percentage (None for one that is no percentile)."""

    name: str
    amount: float
    percent: float | None


class Curve(Picture):
    """Shows (amount, percent) points with marks."""

    def __init__(self) -> None:
        super().__init__("Exposure curve", 58)
        self.points: Sequence[tuple[float, float]] = ()
        self.marks: Sequence[Mark] = ()

    def show_curve(self, points: Sequence[tuple[float, float]], marks: Sequence[Mark]) -> None:
        """Show a curve."""
        self.points, self.marks = points, marks
        self.say(", ".join(f"{mark.name} {short(mark.amount)}" for mark in marks) or "Nothing to show")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.frame(painter)
        if not self.points:
            painter.end()
            return
        low, high = span([x for x, _ in self.points] + [mark.amount for mark in self.marks], zero=False)
        box = Box(0, 0, self.width(), self.height()).inside(
            look.space(12), look.space(5), look.space(6), look.space(7)
        )

        def at(amount: float, percent: float) -> QPointF:
            across = box.left + (amount - low) / (high - low) * box.width
            return QPointF(across, box.bottom - percent / 100 * box.height)

        painter.setFont(look.font("small"))
        for percent in (0, 25, 50, 75, 100):
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(at(low, percent), at(high, percent))
            painter.setPen(look.color("text.muted"))
            room = QRectF(0, at(low, percent).y() - look.space(2.5), box.left - look.space(1), look.space(5))
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{percent} %"
            )
        for amount in steps(low, high, max(int(box.width / look.space(18)), 2)):
            room = QRectF(
                at(amount, 0).x() - look.space(9), box.bottom + look.space(1), look.space(18), look.space(5)
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, short(amount))
        painter.setPen(QPen(look.color("focus"), 2))
        painter.drawPolyline(QPolygonF([at(x, y) for x, y in self.points]))
        self._marks(painter, box, at)
        painter.end()

    def _marks(self, painter: QPainter, box: Box, place: Callable[[float, float], QPointF]) -> None:
        look = theme()
        painter.setFont(look.font("small"))
        high = look.space(5)
        for mark in self.marks:
            sum_ = mark.percent is None
            spot = place(mark.amount, mark.percent or 0)
            top = box.top if sum_ else spot.y()
            style = Qt.PenStyle.DashLine if sum_ else Qt.PenStyle.DotLine
            painter.setPen(QPen(look.color("text"), 1.4, style))
            painter.drawLine(QPointF(spot.x(), box.bottom), QPointF(spot.x(), top))
            words = f"{mark.name} {short(mark.amount)}"
            wide = painter.fontMetrics().horizontalAdvance(words)
            left = spot.x() - wide / 2 if sum_ else spot.x() + look.space(1.5)
            left = min(max(left, box.left), self.width() - wide - look.space(1))
            room = QRectF(left, box.top - high if sum_ else top - look.space(1), wide + 2, high)
            painter.fillRect(room, look.color("bg.page"))
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            if not sum_:
                painter.setBrush(look.color("text"))
                painter.drawEllipse(spot, look.space(0.7), look.space(0.7))
