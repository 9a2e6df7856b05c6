"""Columns over time: risks by level at the end of each quarter, and the sum of their scores as a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF

from dmdesk.risks.course import Standing
from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.risks.charts.axis import short, steps
from ui.risks.charts.picture import Picture
from ui.risks.plane import Box
from ui.theme import Theme, theme


def quarter(day: str) -> str:
    """The quarter that a day lies in: 2017 Q3."""
    return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"


class Columns(Picture):
    """Shows standings, a column each."""

    def __init__(self) -> None:
        super().__init__("Risks by level over time", 80)
        self.standings: Sequence[Standing] = ()
        self.zones: Sequence[Zone] = ()

    def show_course(self, standings: Sequence[Standing], zones: Sequence[Zone]) -> None:
        """Show how the register stood, by these zones."""
        self.standings, self.zones = standings, zones
        told = [_told(one, zones) for one in standings]
        self.say(". ".join(told) or "Nothing is dated yet")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.frame(painter)
        if self.standings:
            box = Box(0, 0, self.width(), self.height()).inside(
                look.space(10), look.space(9), look.space(12), look.space(7)
            )
            most = max((one.risks for one in self.standings), default=1) or 1
            self._axis(painter, look, box, most)
            for at in range(len(self.standings)):
                self._column(painter, look, box, most, at)
            self._line(painter, look, box)
            self._legend(painter, look, box)
        painter.end()

    def _axis(self, painter: QPainter, look: Theme, box: Box, most: int) -> None:
        painter.setFont(look.font("small"))
        for number in steps(0, most, 6):
            if number != int(number):
                continue
            y = box.bottom - number / most * box.height
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(box.left, y), QPointF(box.right, y))
            painter.setPen(look.color("text.muted"))
            room = QRectF(0, y - look.space(2.5), box.left - look.space(1.5), look.space(5))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{number:g}")

    def _middle(self, box: Box, at: int) -> tuple[float, float]:
        """The middle of a column, and half its width."""
        step = box.width / len(self.standings)
        return box.left + (at + 0.5) * step, min(step * 0.34, theme().space(9))

    def _column(self, painter: QPainter, look: Theme, box: Box, most: int, at: int) -> None:
        standing, (x, half), y = self.standings[at], self._middle(box, at), box.bottom
        letters = tints.letters(self.zones)
        stretches = [*zip(standing.levels, self.zones, strict=False), (standing.unscored, None)]
        painter.setFont(look.font("small"))
        for number, zone in stretches:
            if not number:
                continue
            high = number / most * box.height
            rect = QRectF(x - half, y - high, 2 * half, high - 1)
            tints.chip(painter, rect, zone, 2)
            words = f"{number} {letters[zone.name]}" if zone else f"{number} –"
            painter.setPen(look.color("text"))
            if (
                rect.height() > painter.fontMetrics().height()
                and rect.width() > painter.fontMetrics().horizontalAdvance(words)
            ):
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
            y -= high
        step = box.width / len(self.standings)
        room = QRectF(x - step / 2, box.bottom + look.space(1), step, look.space(5))
        painter.setPen(look.color("text.muted"))
        words = quarter(standing.day)
        if painter.fontMetrics().horizontalAdvance(words) > step:
            words = words[5:] if not words.endswith("Q1") else words[2:4]
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _line(self, painter: QPainter, look: Theme, box: Box) -> None:
        """The sum of scores, on an axis of its own that ends at its greatest value."""
        top = max((one.total for one in self.standings), default=0) or 1
        spots = [
            QPointF(self._middle(box, at)[0], box.bottom - one.total / top * box.height * 0.96)
            for at, one in enumerate(self.standings)
        ]
        painter.setPen(QPen(look.color("focus"), 2))
        painter.drawPolyline(QPolygonF(spots))
        painter.setFont(look.font("small"))
        for at, (spot, one) in enumerate(zip(spots, self.standings, strict=True)):
            painter.setBrush(look.color("bg.page"))
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawEllipse(spot, look.space(0.8), look.space(0.8))
            if at in (0, len(spots) - 1):
                painter.setPen(look.color("text.accent"))
                words = f"Σ {short(one.total)}"
                wide = painter.fontMetrics().horizontalAdvance(words) + look.space(2)
                room = QRectF(spot.x() - wide / 2, spot.y() - look.space(6.5), wide, look.space(5))
                painter.fillRect(room, look.color("bg.page"))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _legend(self, painter: QPainter, look: Theme, box: Box) -> None:
        letters, x = tints.letters(self.zones), box.left
        painter.setFont(look.font("small"))
        entries = [(f"{letters[zone.name]} {zone.name}", zone) for zone in self.zones]
        for words, zone in entries:
            side = look.space(3.5)
            tints.chip(painter, QRectF(x, look.space(2), side, side), zone, 2)
            wide = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(look.color("text.muted"))
            painter.drawText(
                QRectF(x + side + look.space(1), look.space(1.25), wide + 4, look.space(5)),
                Qt.AlignmentFlag.AlignVCenter,
                words,
            )
            x += side + wide + look.space(5)
        painter.setPen(look.color("text.accent"))
        painter.drawText(
            QRectF(x, look.space(1.25), look.space(30), look.space(5)),
            Qt.AlignmentFlag.AlignVCenter,
            "○ Σ score",
        )


def _told(one: Standing, zones: Sequence[Zone]) -> str:
    """A column in words."""
    counts = [f"{number} {zone.name}" for number, zone in zip(one.levels, zones, strict=False) if number]
    if one.unscored:
        counts.append(f"{one.unscored} without a score")
    return f"{quarter(one.day)}: {', '.join(counts) or 'none'}, sum of scores {one.total:g}"
