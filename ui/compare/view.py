"""The view of a comparison: lines of different heights, of which only those in sight are ever laid out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeView

from dmdesk.comparing import KEPT
from ui.actions import actions, perform
from ui.compare.lines import COUNT, GROUP, HEADS, ITEM, REST, Line
from ui.compare.model import Changes
from ui.compare.painter import Painter
from ui.context import Context
from ui.theme import themes

MENU = (
    "compare.next",
    "compare.previous",
    "",
    "revert.field",
    "revert.row",
    "revert.kind",
    "",
    "compare.export",
)

NEAR, FAR = 100, 200
"""Lines from the topmost one in sight: so near their heights must be right, so far they may be guessed."""


class ChangesView(QTreeView):
    """The lines. ``wanted`` asks to go to the row of a line; ``kind_wanted`` to show one kind only ("" for all)."""

    wanted = Signal(object)
    kind_wanted = Signal(str)

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.changes = Changes(self)
        self.painter = Painter(self, self.changes, self.in_reach)
        self.setObjectName("Comparison")
        self.setAccessibleName("Changes, by part of the plan")
        self.setModel(self.changes)
        self.setItemDelegate(self.painter)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setMouseTracking(True)
        self.setUniformRowHeights(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        themes().changed.connect(self.relay)
        self.changes.modelAboutToBeReset.connect(self.painter.forget)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def relay(self) -> None:
        """Lay out everything anew."""
        self.painter.forget()
        self.scheduleDelayedItemsLayout()

    def set_beside(self, beside: bool) -> None:
        """Show old and new in two columns, or as one text."""
        if beside != self.painter.beside:
            self.painter.beside = beside
            self.relay()

    def line(self) -> Line | None:
        """The current line."""
        index = self.currentIndex()
        return self.changes.lines[index.row()] if index.isValid() else None

    def set_line(self, row: int) -> None:
        """Make a line the current one and bring it into sight, what it belongs to above it."""
        if 0 <= row < len(self.changes.lines):
            index = self.changes.index(row, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def first(self) -> None:
        """Make the first item the current line, with the numbers above it in sight."""
        if not self.step(1):
            self.set_line(0)
        self.scrollToTop()

    def step(self, way: int) -> bool:
        """Go to the next item that differs (-1: the one before); whether there is one."""
        lines, row = self.changes.lines, self.currentIndex().row()
        while 0 <= (row := row + way) < len(lines):
            item = lines[row].item
            if lines[row].sort == ITEM and item is not None and item.op != KEPT:
                self.set_line(row)
                return True
        return False

    def in_reach(self, row: int) -> bool:
        """Whether a line may be seen before long, so that its height must be right."""
        return abs(row - self.verticalScrollBar().value()) <= FAR

    def _scrolled(self, value: int) -> None:
        """Lay out anew where heights that were guessed come into reach."""
        if self.painter.guessed(value - NEAR, value + NEAR):
            self.painter.settle()
            self.doItemsLayout()

    # -- Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.relay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._chosen()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> None:
        line = self.line()
        if line is None or line.sort in (HEADS, GROUP):
            return
        if line.sort == COUNT:
            self.kind_wanted.emit(line.kind)
        else:
            self.wanted.emit(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chosen()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._on_link(event.position().toPoint()):
            self._chosen()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        link = self._on_link(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().unsetCursor()

    def _on_link(self, at: QPoint) -> bool:
        index: QModelIndex = self.indexAt(at)
        line = self.changes.lines[index.row()] if index.isValid() else None
        if line is None or line.sort in (HEADS, GROUP, REST):
            return False
        if line.sort == COUNT:
            return True
        return line.sort == ITEM and self.painter.name_rect(line, self.visualRect(index)).contains(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        line = self.line()
        if line is not None and line.item is not None:
            menu.addAction("Go to the row").triggered.connect(self._chosen)
        for name in MENU:
            if not name:
                menu.addSeparator()
                continue
            action = actions()[name]
            menu.addAction(action.text(self._ctx)).triggered.connect(
                lambda _=False, action=action: perform(action, self._ctx)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())
