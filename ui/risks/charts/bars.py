"""Bars: a line for each risk or category with its amount as a bar, walked by keys and picked; also a tornado."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.risks.charts.axis import short, span, steps
from ui.risks.plane import Box
from ui.theme import Theme, theme


@dataclass(frozen=True)
class Span:
    """A stretch of a bar, from one amount to another, in the look of a zone, with what stands inside."""

    start: float
    end: float
    zone: Zone | None = None
    words: str = ""


@dataclass(frozen=True)
class Bar:
    """A line: its words, its stretches, what stands behind, and what is said of it; ``key`` is told when picked."""

    words: str
    spans: tuple[Span, ...]
    aside: str = ""
    said: str = ""
    key: str = ""
    level: int = 0
    chip: Zone | None = field(default=None)


@dataclass(frozen=True)
class Layout:
    """Where lines and amounts stand."""

    count: int
    box: Box
    low: float
    high: float

    @property
    def step(self) -> float:
        """The height of a line."""
        return self.box.height / max(self.count, 1)

    def line(self, at: int) -> Box:
        """The place of a line."""
        return Box(self.box.left, self.box.top + at * self.step, self.box.width, self.step)

    def x(self, amount: float) -> float:
        """Where an amount stands."""
        return self.box.left + (amount - self.low) / (self.high - self.low) * self.box.width

    def at(self, y: float) -> int:
        """The line at a height, -1 outside."""
        at = int((y - self.box.top) // self.step) if self.step else -1
        return at if 0 <= at < self.count else -1


class Bars(QWidget):
    """Shows bars. ``picked`` tells the key of the line that was chosen by a click, Enter or Space."""

    picked = Signal(str)

    def __init__(self, name: str, *, amounts: bool = True) -> None:
        super().__init__()
        self.bars: Sequence[Bar] = ()
        self.mark: float | None = None
        self.marked = ""
        self.here = 0
        self._amounts = amounts
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar], mark: float | None = None, marked: str = "") -> None:
        """Show these lines, with an amount marked across all of them."""
        self.bars, self.mark, self.marked = bars, mark, marked
        self.here = min(self.here, max(len(bars) - 1, 0))
        self.updateGeometry()
        self._tell()

    def _tell(self) -> None:
        self.update()
        words = self.bars[self.here].said or self.bars[self.here].words if self.bars else "Nothing to show"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # -- where things stand

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.space(80), round(look.space(6) * max(len(self.bars), 1) + self._foot(look)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(50), self.sizeHint().height())

    def _foot(self, look: Theme) -> int:
        return look.space(6) if self._amounts else look.space(1)

    def layout_now(self) -> Layout:
        """Where lines and amounts stand now."""
        look = theme()
        amounts = [one for bar in self.bars for stretch in bar.spans for one in (stretch.start, stretch.end)]
        low, high = span([*amounts, *([self.mark] if self.mark is not None else [])], zero=self.mark is None)
        left = min(look.space(64), self.width() * 0.42)
        words = QFontMetrics(look.font("small"))
        right = max((words.horizontalAdvance(bar.aside) for bar in self.bars), default=0) + look.space(3)
        box = Box(0, 0, self.width(), self.height()).inside(left, 0, right, self._foot(look))
        return Layout(len(self.bars), box, low, high)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look, place = QPainter(self), theme(), self.layout_now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._amounts and self.bars:
            self._axis(painter, look, place)
        for at, bar in enumerate(self.bars):
            self._bar(painter, look, place, at, bar)
        if self.mark is not None and self.bars:
            painter.setPen(QPen(look.color("text"), 1.5, Qt.PenStyle.DashLine))
            x = place.x(self.mark)
            painter.drawLine(QPointF(x, place.box.top), QPointF(x, place.box.bottom))
        painter.end()

    def _axis(self, painter: QPainter, look: Theme, place: Layout) -> None:
        painter.setFont(look.font("small"))
        for amount in steps(place.low, place.high, max(int(place.box.width / look.space(16)), 2)):
            x = place.x(amount)
            painter.setPen(QPen(look.color("line"), 1))
            painter.drawLine(QPointF(x, place.box.top), QPointF(x, place.box.bottom))
            painter.setPen(look.color("text.muted"))
            room = QRectF(x - look.space(8), place.box.bottom, look.space(16), look.space(5))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, short(amount))

    def _bar(self, painter: QPainter, look: Theme, place: Layout, at: int, bar: Bar) -> None:
        line = place.line(at)
        if at == self.here and self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, line.top + 1, self.width() - 2, line.height - 2), 4, 4)
        painter.setFont(look.font("medium" if bar.level == 0 else "ui"))
        painter.setPen(look.color("text"))
        indent = look.space(2 + 3 * bar.level)
        words = QRectF(indent, line.top, place.box.left - indent - look.space(2), line.height)
        cut = painter.fontMetrics().elidedText(bar.words, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        end = place.box.left
        for stretch in bar.spans:
            left, right = sorted((place.x(stretch.start), place.x(stretch.end)))
            rect = QRectF(left, line.top + line.height * 0.18, max(right - left, 1.5), line.height * 0.64)
            tints.chip(painter, rect, stretch.zone, 2)
            end = max(end, rect.right())
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text"))
            if stretch.words and painter.fontMetrics().horizontalAdvance(stretch.words) < rect.width() - 2:
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, stretch.words)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        behind = QRectF(end + look.space(1), line.top, self.width() - end - look.space(1), line.height)
        painter.drawText(behind, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, bar.aside)

    # -- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.layout_now().at(event.position().y())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.here = at
            self._tell()
            self._pick()

    def _pick(self) -> None:
        if self.bars and self.bars[self.here].key:
            self.picked.emit(self.bars[self.here].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -(10**6), Qt.Key.Key_End: 10**6}
        key = Qt.Key(event.key())
        if key in way:
            self.here = min(max(self.here + way[key], 0), max(len(self.bars) - 1, 0))
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self.layout_now().at(event.pos().y())
            words = (self.bars[at].said or self.bars[at].words) if at >= 0 else self.marked
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(words)}</p>" if words else "", self)
            return True
        return super().event(event)
