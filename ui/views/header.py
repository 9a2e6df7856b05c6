"""The header of a grid: labels, the sorting arrow and the line below, drawn to stand exactly over their columns."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme import fill, icon, theme
from ui.views.frozen import Frozen

FIRST = 4.5
"""Steps of space before the first column's words, so that they stand below the page's title."""


class Header(QHeaderView):
    """A horizontal header; ``dragging`` says that a mouse button is held down on it."""

    def __init__(self, parent: QWidget) -> None:
        self.frozen: Frozen | None = None
        self.dragging = False
        self._sorting: tuple[tuple[int, bool], ...] = ()
        self._locks: frozenset[int] = frozenset()
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme().space(8))
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(theme().space(8))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_sorting(self, sorting: tuple[tuple[int, bool], ...]) -> None:
        """Show by which columns, and which of them falling, the rows are sorted."""
        self._sorting = sorting
        self.viewport().update()

    def show_locks(self, columns: Iterable[int]) -> None:
        """Show a lock in the headings of these columns."""
        self._locks = frozenset(columns)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            self.dragging = event.type() == QEvent.Type.MouseButtonPress
        return super().viewportEvent(self.frozen.moved(event) if self.frozen else event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.frozen:
            self.frozen.paint_head(self)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        look, model = theme(), self.model()
        painter.save()
        fill(painter, rect, look.color("bg.page"))
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))
        room = rect.adjusted(look.space(FIRST if logicalIndex == 0 else 2), 0, -look.space(2), 0)
        place = next((at for at, (column, _) in enumerate(self._sorting) if column == logicalIndex), -1)
        if place >= 0:
            room = self._arrow(painter, room, place)
        if logicalIndex in self._locks:
            room = self._lock(painter, room)
        painter.setFont(look.font("medium"))
        painter.setPen(look.color("text.accent" if place >= 0 else "text.muted"))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        side_of = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(room, Qt.AlignmentFlag(side_of) | Qt.TextFlag.TextSingleLine, words)
        painter.restore()

    def _lock(self, painter: QPainter, room: QRect) -> QRect:
        """The sign of a column that cannot be changed now; the room left."""
        side = theme().space(3.5)
        at = QRect(room.right() + 1 - side, room.top() + (room.height() - side) // 2, side, side)
        icon("lock", "text.muted").paint(painter, at)
        return room.adjusted(0, 0, -side - theme().space(1), 0)

    def _arrow(self, painter: QPainter, room: QRect, place: int) -> QRect:
        """The arrow of a sorted column, and, of several, its number among them; the room left."""
        look = theme()
        side = look.space(3.5)
        at = QRect(room.right() + 1 - side, room.top() + (room.height() - side) // 2, side, side)
        icon("chevron-down" if self._sorting[place][1] else "chevron-up", "text.accent").paint(painter, at)
        room = room.adjusted(0, 0, -side, 0)
        if len(self._sorting) > 1:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.accent"))
            number = str(place + 1)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
            room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(number) - look.space(0.5), 0)
        return room
