"""The schedule of retirements: risks by day against milestones, overdue ones marked, with a line for today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.risks.plane import Box
from ui.theme import Theme, icon, theme

TOP = 13
"""Height of the milestones above the risks, in steps of space."""


STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 120000)
"""Months between two ticks."""


@dataclass(frozen=True)
class Retiring:
    """A risk with the day by which it retires."""

    id: str
    words: str
    day: str
    zone: Zone | None
    overdue: bool = False
    said: str = ""


@dataclass(frozen=True)
class Flag:
    """A milestone on its day."""

    words: str
    day: str


@dataclass(frozen=True)
class Days:
    """Where days stand between two edges."""

    first: int
    last: int
    left: float
    right: float

    @staticmethod
    def over(days: Sequence[str], today: str, left: float, right: float) -> Days:
        """From a little before the first to a little after the last of days and today."""
        known = [one for day in (*days, today) if (one := number(day)) is not None]
        first, last = min(known), max(known)
        room = max((last - first) // 20, 15)
        return Days(max(first - room, 1), min(last + room, date.max.toordinal()), left, right)

    def x(self, day: str) -> float:
        """Where a day stands."""
        at = number(day)
        share = ((at if at is not None else self.first) - self.first) / max(self.last - self.first, 1)
        return self.left + share * (self.right - self.left)

    def ticks(self, most: int) -> list[tuple[str, str]]:
        """(day, words) of years, or quarters where there is room for them."""
        first, last = date.fromordinal(self.first), date.fromordinal(self.last)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        every = next((step for step in STEPS if months / step <= most), STEPS[-1])
        found = []
        for month in range(first.year * 12, (last.year + 1) * 12, every):
            day = date(month // 12, month % 12 + 1, 1)
            if first <= day <= last:
                found.append((day.isoformat(), f"{day:%Y}" if day.month == 1 else f"{day:%Y-%m}"))
        return found


def number(day: str) -> int | None:
    """A day as a number, None for what is none."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


class Schedule(QWidget):
    """Shows risks by the day on which they retire; ``picked`` tells the id of the one that was chosen."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.risks: Sequence[Retiring] = ()
        self.flags: Sequence[Flag] = ()
        self.today = ""
        self.here = 0
        self.setAccessibleName("Retirement of risks against milestones")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_risks(self, risks: Sequence[Retiring], flags: Sequence[Flag], today: str) -> None:
        """Show these risks, the earliest first."""
        self.risks, self.flags, self.today = risks, flags, today
        self.here = min(self.here, max(len(risks) - 1, 0))
        self.updateGeometry()
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(
            self.risks[self.here].said if self.risks else "No risk has a day to retire by"
        )
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.space(90), look.space(TOP + 8 + 6 * max(len(self.risks), 3)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(50), self.sizeHint().height())

    def line(self, at: int) -> Box:
        """The place of a risk's line."""
        look = theme()
        return Box(0, look.space(TOP + 6 * at), self.width(), look.space(6))

    def days(self) -> Days:
        """Where days stand now."""
        look = theme()
        left = min(look.space(64), self.width() * 0.4)
        known = [*(one.day for one in self.risks), *(one.day for one in self.flags)]
        return Days.over(known, self.today, left, self.width() - look.space(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.today:
            return
        painter, look, days = QPainter(self), theme(), self.days()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bottom = self.line(max(len(self.risks), 3)).top
        self._ticks(painter, look, days, bottom)
        self._flags(painter, look, days, bottom)
        seen = event.rect()
        for at, risk in enumerate(self.risks):
            if self.line(at).bottom < seen.top() or self.line(at).top > seen.bottom():
                continue
            self._risk(painter, look, days, at, risk)
        x = days.x(self.today)
        painter.setPen(QPen(look.color("focus"), 2))
        painter.drawLine(QPointF(x, look.space(TOP - 6)), QPointF(x, bottom))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.accent"))
        painter.drawText(
            QRectF(x + 4, bottom - look.space(5), look.space(20), look.space(5)),
            Qt.AlignmentFlag.AlignLeft,
            "today",
        )
        painter.end()

    def _ticks(self, painter: QPainter, look: Theme, days: Days, bottom: float) -> None:
        painter.setFont(look.font("small"))
        for day, words in days.ticks(max(int((days.right - days.left) / look.space(18)), 1)):
            x = days.x(day)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(x, look.space(TOP - 1)), QPointF(x, bottom))
            painter.setPen(look.color("text.muted"))
            room = QRectF(x - look.space(9), bottom + look.space(0.5), look.space(18), look.space(5))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _flags(self, painter: QPainter, look: Theme, days: Days, bottom: float) -> None:
        """Milestones as diamonds above the risks; names on two levels as far as there is room."""
        ends = [0.0, 0.0]
        painter.setFont(look.font("small"))
        for flag in self.flags:
            x, size = days.x(flag.day), look.space(1.25)
            y = look.space(TOP - 3)
            painter.setPen(QPen(look.color("line.strong"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, y), QPointF(x, bottom))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("text.muted"))
            diamond = [QPointF(x, y - size), QPointF(x + size, y), QPointF(x, y + size), QPointF(x - size, y)]
            painter.drawPolygon(QPolygonF(diamond))
            wide = painter.fontMetrics().horizontalAdvance(flag.words)
            level = next((at for at, end in enumerate(ends) if x - wide / 2 > end), -1)
            if level >= 0:
                painter.setPen(look.color("text.muted"))
                room = QRectF(
                    x - wide / 2 - 2, y - look.space(4.5 * (level + 1) + 0.75), wide + 4, look.space(4.5)
                )
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, flag.words)
                ends[level] = x + wide / 2 + look.space(2)

    def _risk(self, painter: QPainter, look: Theme, days: Days, at: int, risk: Retiring) -> None:
        line, x = self.line(at), days.x(risk.day)
        if at == self.here and self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, line.top + 1, line.width - 2, line.height - 2), 4, 4)
        painter.setFont(look.font("ui"))
        painter.setPen(look.color("text"))
        room = QRectF(look.space(4.5), line.top, days.left - look.space(7), line.height)
        cut = painter.fontMetrics().elidedText(risk.words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        y = line.top + line.height / 2
        first, last = sorted((days.x(self.today), x))
        painter.setPen(QPen(look.color("text.warning" if risk.overdue else "line.strong"), 2))
        painter.drawLine(QPointF(first, y), QPointF(last, y))
        side = look.space(3.5)
        tints.chip(painter, QRectF(x - side / 2, y - side / 2, side, side), risk.zone, side / 2)
        painter.setFont(look.font("small"))
        words, left = risk.day, x + side
        if risk.overdue:
            words, left = f"overdue {risk.day}", left + side + look.space(1)
        wide = painter.fontMetrics().horizontalAdvance(words)
        if left + wide > line.width:
            left = x - side - wide
        at_left = left - (side + look.space(1.5) if risk.overdue else look.space(0.5))
        painter.fillRect(
            QRectF(at_left, line.top + 2, left + wide + 4 - at_left, line.height - 4), look.color("bg.page")
        )
        if risk.overdue:
            sign = QRectF(left - side - look.space(1), y - side / 2, side, side)
            icon("warning", "text.warning").paint(painter, sign.toRect())
        painter.setPen(look.color("text.warning" if risk.overdue else "text.muted"))
        painter.drawText(QRectF(left, line.top, wide + 4, line.height), Qt.AlignmentFlag.AlignVCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int((event.position().y() - self.line(0).top) // max(self.line(0).height, 1))
        if 0 <= at < len(self.risks) and event.button() == Qt.MouseButton.LeftButton:
            self.here = at
            self._tell()
            self.picked.emit(self.risks[at].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}
        key = Qt.Key(event.key())
        if key in way:
            self.here = min(max(self.here + way[key], 0), max(len(self.risks) - 1, 0))
            self._tell()
        elif self.risks and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.risks[self.here].id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
