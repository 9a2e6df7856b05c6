"""The frozen column: a grid's first column stays in view while the others scroll sideways.

It is painted once more over the others, and what the mouse does there is handed on as if it happened in the column
itself; so there is one view, one selection and one set of rules, and nothing to keep in step.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from ui.theme import theme

MOST = 0.6
"""A first column that takes more of the room than this scrolls with the others."""

_MOUSE = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
    }
)


class Frozen:
    """Keeps the first column of a grid in view; ``on`` is whether that is wanted."""

    def __init__(self, grid: QTableView) -> None:
        self._grid = grid
        self.on = True

    def width(self) -> int:
        """How wide, in pixels, the column lies over the others; 0 while it is where it belongs."""
        grid = self._grid
        wide = grid.columnWidth(0)
        if not self.on or not grid.horizontalHeader().offset() or wide > MOST * grid.viewport().width():
            return 0
        return wide

    def moved(self, event: QEvent) -> QEvent:
        """A mouse event over the frozen column as one in the column itself; others as they are."""
        if event.type() not in _MOUSE or not isinstance(event, QMouseEvent):
            return event
        at = event.position()
        if not 0 <= at.x() < self.width():
            return event
        inside = QPointF(at.x() - self._grid.horizontalHeader().offset(), at.y())
        return QMouseEvent(
            event.type(), inside, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

    def paint(self, area: QRect) -> None:
        """Paint the column over the others, in the rows of an area."""
        wide, grid, look = self.width(), self._grid, theme()
        if not wide or area.left() > wide:
            return
        option = QStyleOptionViewItem()
        grid.initViewItemOption(option)
        usual, choice, current = option.state, grid.selectionModel(), grid.currentIndex()
        painter = QPainter(grid.viewport())
        painter.setClipRect(area)
        painter.fillRect(QRect(0, area.top(), wide, area.height()), look.color("bg.page"))
        first, last = grid.rowAt(max(area.top(), 0)), grid.rowAt(area.bottom())
        last = last if last >= 0 else grid.model().rowCount() - 1
        for row in range(first, last + 1) if first >= 0 else ():
            index = grid.model().index(row, 0)
            option.rect = QRect(0, grid.rowViewportPosition(row), wide, grid.rowHeight(row))
            option.state = usual & ~QStyle.StateFlag.State_HasFocus
            if choice.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if index == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            grid.itemDelegate().paint(painter, option, index)
        painter.fillRect(QRect(wide - 1, area.top(), 1, area.height()), look.color("line.strong"))
        painter.end()

    def paint_head(self, header: QHeaderView) -> None:
        """Paint the column's heading over the others'."""
        wide = self.width()
        if wide:
            painter = QPainter(header.viewport())
            header.paintSection(painter, QRect(0, 0, wide, header.height()), 0)
            painter.fillRect(QRect(wide - 1, 0, 1, header.height()), theme().color("line.strong"))
            painter.end()

    def uncover(self, column: int, left: int) -> None:
        """Scroll so that a cell that begins at ``left`` is not below the frozen column."""
        if column and 0 <= left < self.width():
            bar = self._grid.horizontalScrollBar()
            bar.setValue(bar.value() - self.width() + left)

    def scrolled(self, across: int) -> None:
        """Paint anew what Qt has pushed aside."""
        if across and self.on:
            self._grid.viewport().update()
            self._grid.horizontalHeader().viewport().update()
