"""The grid: rows of a kind with their columns, selected as full bands, edited in place, and remembered as arranged.

One view serves tables and trees, because a tree is shown as the list of its open rows.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from dmdesk import types as t
from ui.context import Cells, Context
from ui.delegates import CellDelegate
from ui.models import differences
from ui.models.rows import Index, RowsModel
from ui.theme import theme, themes
from ui.views.block import Marking
from ui.views.columns import Columns
from ui.views.frozen import Frozen
from ui.views.header import Header

ROW_ACTIONS = (
    "cells.copy", "cells.paste", "cells.fill", "cells.set", "cells.replace", "",
    "row.add", "row.add-sibling", "row.duplicate", "",
    "risk.score", "risk.move", "risk.clone", "",
    "row.up", "row.down", "row.indent", "row.outdent", "wbs.renumber", "", "view.in-print", "",
    "revert.field", "revert.row", "",
    "person.leaves", "row.delete",
)  # fmt: skip


class Grid(QTableView):
    """A table of the rows that a model shows."""

    picked = Signal(str)
    """The id of the row that became the current one, "" for none."""

    def __init__(self, ctx: Context, model: RowsModel, parent: QWidget | None = None) -> None:
        self.frozen = Frozen(self)  # before anything happens in the view
        super().__init__(parent)
        self.ctx = ctx
        self.rows_model = model
        self.hovered = -1
        self._held: tuple[str, list[str], int, int] = ("", [], 0, 0)
        self._settling = False
        self._several = False
        self._own_viewport()
        self.marking = Marking(self, model)
        model.setParent(self)
        self.header = Header(self)
        self.setHorizontalHeader(self.header)
        self.header.frozen = self.frozen
        self.verticalHeader().hide()  # before it has rows to measure
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(model.kind.plural)
        self._behave()
        self.columns = Columns(self, self.header, model, self.frozen)
        model.changing.connect(self._hold)
        model.settled.connect(self._settle)
        self.selectionModel().selectionChanged.connect(self._selected)
        self.selectionModel().currentChanged.connect(self._moved)
        themes().changed.connect(self._rethemed)

    def _own_viewport(self) -> None:
        """Put a widget made here in the place of Qt's own: asked for one that it has not made, PySide looks for its
        class among all classes of widgets and sets each of them up, which every start would pay for.
        """
        own = QWidget()
        own.setObjectName("qt_scrollarea_viewport")
        own.setBackgroundRole(QPalette.ColorRole.Base)
        own.setAutoFillBackground(True)
        self.setViewport(own)

    def _behave(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(self.verticalHeader().ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.verticalScrollBar().setSingleStep(theme().row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.columns.own and event.size().width() != event.oldSize().width():
            self.columns.fit()

    # -- what is seen

    def viewportEvent(self, event: QEvent) -> bool:
        return super().viewportEvent(self.frozen.moved(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.frozen.paint(event.rect())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.frozen.scrolled(dx)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        super().scrollTo(index, hint)
        self.frozen.uncover(index.column(), self.visualRect(index).left())

    # -- what is selected

    def current_id(self) -> str:
        """The id of the current row, "" for none."""
        row = self.currentIndex().row()
        return self.rows_model.shown[row] if 0 <= row < len(self.rows_model.shown) else ""

    def selected_ids(self) -> list[str]:
        """The ids of the selected rows, from the top down."""
        shown = self.rows_model.shown
        spans = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        rows = dict.fromkeys(row for top, bottom in spans for row in range(top, bottom + 1))
        return [shown[row] for row in rows if row < len(shown)]

    def _selected(self, *_: Any) -> None:
        if not self._settling:
            ids, kind = self.selected_ids(), self.rows_model.kind.name
            before, self._several = self._several, len(ids) > 1
            self.ctx.set_rows(kind, ids)
            if (before or self._several) and self.ctx.current == (kind, self.current_id()):
                self.ctx.selected.emit(*self.ctx.current)

    def cells(self) -> Cells:
        """What is selected, seen as cells."""
        return self.marking.cells(tuple(self.selected_ids()))

    def _moved(self, current: Index, previous: Index) -> None:
        block = self.marking.block
        if block is not None and block.corner != (current.row(), current.column()):
            self.marking.mark(None)
        if not self._settling and current.row() != previous.row():
            self.picked.emit(self.current_id())

    def reveal(self, id: str) -> bool:
        """Select a row and bring it into view; False when it is not among those shown."""
        row = self.rows_model.row_of(id)
        if row < 0:
            return False
        column = max(self.currentIndex().column(), 0)
        index = self.rows_model.index(row, column if not self.isColumnHidden(column) else 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(index)
        return True

    def _hold(self) -> None:
        self.marking.mark(None)
        at = self.currentIndex()
        self._held = (self.current_id(), self.selected_ids(), at.row(), max(at.column(), 0))
        self._settling = True

    def _settle(self) -> None:
        """Select what was selected before rows came and went; where the current row is gone, the one in its place."""
        id, ids, at, column = self._held
        model, flag = self.rows_model, QItemSelectionModel.SelectionFlag
        rows = sorted(row for id in ids if (row := model.row_of(id)) >= 0)
        row = model.row_of(id) if id else -1
        if id and id not in model.rows and model.shown:
            row = min(at, len(model.shown) - 1)
            rows = rows or [row]
        last = max(model.columnCount() - 1, 0)
        chosen = QItemSelection()
        for first, end in differences.spans(rows):
            chosen.select(model.index(first, 0), model.index(end, last))
        current = model.index(row, column) if row >= 0 else QModelIndex()
        self.selectionModel().setCurrentIndex(current, flag.NoUpdate)
        self.selectionModel().select(chosen, flag.ClearAndSelect)
        self._settling = False
        self._selected()
        if self.current_id() != id and (self.current_id() or id not in model.rows):
            self.picked.emit(self.current_id())
        if row >= 0 and id == self.current_id():
            self.scrollTo(current)

    # -- mouse and keys

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Ctrl+Home and Ctrl+End select where they go, so that no row out of sight stays the selected one."""
        ends = (Qt.Key.Key_Home, Qt.Key.Key_End)
        if (
            isinstance(event, QKeyEvent)
            and event.key() in ends
            and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            return QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        return super().selectionCommand(index, event)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            for changed in (self.hovered, row):
                if changed >= 0:
                    top = self.rowViewportPosition(changed)
                    self.viewport().update(QRect(0, top, self.viewport().width(), theme().row))
            self.hovered = row

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.marking.pressed(event)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(int(event.position().y())))
        if not self.marking.dragged(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.marking.released():
            self.setState(QAbstractItemView.State.NoState)
        else:
            super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif self.marking.key(event):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def edit(self, index: Index, trigger: Any = None, event: Any = None) -> Any:
        """Edit a cell; a flag is turned over at once, and what cannot be edited says so by doing nothing."""
        if trigger is None:
            trigger = QAbstractItemView.EditTrigger.AllEditTriggers
        field = self.rows_model.field(index.column()) if index.isValid() else None
        wanted = trigger & (self.editTriggers() | QAbstractItemView.EditTrigger.AllEditTriggers)
        if field is None or trigger == QAbstractItemView.EditTrigger.NoEditTriggers or not self.ctx.writable:
            return False
        if not index.column() and self.frozen.width():
            self.scrollTo(index)
        if field.type is t.FLAG and wanted and self._turns(trigger, event):
            value = self.rows_model.data(index, Qt.ItemDataRole.EditRole)
            return self.rows_model.setData(index, not value)
        begun = super().edit(index, trigger, event)
        if begun and (locked := self.rows_model.locked.get(field.name)):
            self.ctx.said.emit(locked)
        return begun

    def _turns(self, trigger: Any, event: Any) -> bool:
        triggers = QAbstractItemView.EditTrigger
        if trigger == triggers.AnyKeyPressed:
            return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        return trigger in (triggers.AllEditTriggers, triggers.EditKeyPressed, triggers.DoubleClicked)

    def edit_title(self) -> None:
        """Edit the name of the current row, as after adding it."""
        model, row = self.rows_model, self.currentIndex().row()
        wanted = (model.kind.title, *model.kind.identity)
        names = [name for name in wanted if name in model.columns]
        column = next((at for name in names if not self.isColumnHidden(at := model.columns.index(name))), 0)
        if row >= 0 and model.field(column) is not None:
            index, flag = model.index(row, column), QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.edit(index)

    def contextMenuEvent(self, event: Any) -> None:
        from ui.actions import actions, perform

        menu = QMenu(self)
        for name in ROW_ACTIONS:
            action = actions()[name] if name else None
            if action is None:
                menu.addSeparator()
            elif action.when(self.ctx):
                entry = menu.addAction(action.text(self.ctx).replace("&", "&&"))
                entry.triggered.connect(lambda _=False, action=action: perform(action, self.ctx))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos() if not event.globalPos().isNull() else self.mapToGlobal(QPoint(0, 0)))

    def _rethemed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.viewport().update()
