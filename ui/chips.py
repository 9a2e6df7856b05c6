"""Chips: links as small words in a box, each a click away from its row and a key away from removal."""

from __future__ import annotations

import html

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLayout, QLayoutItem, QSizePolicy, QWidget

from ui.theme import icon, theme

WIDEST = 60
"""Steps of space that the words of a chip may take."""
LEAST = 16
"""Steps of space that a chip keeps where room is short; its words are cut, and its tip has them whole."""


class Chip(QAbstractButton):
    """A link. Click goes to its row; the cross, Delete or Backspace removes it."""

    removed = Signal()
    moved = Signal(int)
    """-1 or 1: the arrow keys ask for the chip before or after."""

    def __init__(self, words: str, lost: bool, parent: QWidget, removable: bool = True) -> None:
        super().__init__(parent)
        self.words = words
        self.lost = lost
        self.removable = removable
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{words}, not in the plan" if lost else words)
        tip = f"Nothing in this plan is called “{words}”." if lost else words
        self.setToolTip(f"<p>{html.escape(tip)}</p>")

    def sizeHint(self) -> QSize:
        look = theme()
        words = self.fontMetrics().horizontalAdvance(self.words)
        extra = look.space(4 + (4 if self.removable else 0) + (4 if self.lost else 0))
        return QSize(min(words, look.space(WIDEST)) + extra, look.space(5))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().space(LEAST)), theme().space(5))

    def _cross(self) -> QRect:
        look = theme()
        side = look.space(3)
        left = self.width() - side - look.space(1.5)
        return QRect(left, (self.height() - side) // 2, side, side) if self.removable else QRect()

    def paintEvent(self, _: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.color("bg.warning" if self.lost else "bg.chip"))
        painter.setPen(look.color("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        half = self.height() / 2 - 1
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), half, half)
        left, side = look.space(2), look.space(3)
        role = "text.warning" if self.lost else "text.chip"
        if self.lost:
            icon("warning", role).paint(painter, QRect(left, (self.height() - side) // 2, side, side))
            left += look.space(4)
        right = self._cross().left() - look.space(0.5) if self.removable else self.width() - look.space(2)
        room = QRect(left, 0, right - left, self.height())
        painter.setPen(look.color(role))
        words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        if self.removable:
            icon("close", role).paint(painter, self._cross())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._cross().adjusted(-4, -4, 4, 4).contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.removable:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)


class Flow(QLayout):
    """Items one after the other, broken into lines like words; the last takes what is left of its line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget at a place."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return QSize(theme().space(40), self.heightForWidth(theme().space(60)))

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        wide = max((item.minimumSize().width() for item in self._items), default=0)
        high = max((item.minimumSize().height() for item in self._items), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        margins, gap = self.contentsMargins(), theme().space(1)
        area = rect.marginsRemoved(margins)
        x, y, line = area.left(), area.top(), 0
        for at, item in enumerate(self._items):
            if item.isEmpty():
                continue
            size = item.sizeHint()
            wide = min(size.width(), area.width() - theme().space(5))
            if x > area.left() and x + wide > area.right() + 1:
                x, y, line = area.left(), y + line + gap, 0
            if (
                at == len(self._items) - 1
                and item.widget() is not None
                and not isinstance(item.widget(), Chip)
            ):
                wide = max(wide, area.right() + 1 - x)
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, size.height())))
            x, line = x + wide + gap, max(line, size.height())
        return y + line - rect.top() + margins.bottom()
