"""Lists of changes: what a step would do, shown row by row before it is done, with what does not fit at its place.

Pasting and replacing show the same list; where each change can be left out, it has a box to tick.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dmdesk.changes import ADD, Change
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from dmdesk.types import unresolved
from ui.models.cells import LONGEST, full_name
from ui.theme import icon, theme

Index = QModelIndex | QPersistentModelIndex
HEADS = ("Row", "Field", "Old", "New")
_CHECKED = Qt.CheckState.Checked.value


class Item(NamedTuple):
    """One field of one row: its old and new words, or ``why`` the new ones do not fit."""

    row: str
    field: str
    old: str
    new: str
    why: str = ""
    fresh: bool = False
    lost: bool = False
    """Whether some of the new words name nothing in the plan."""


def items(before: PlanData, after: PlanData, changes: Sequence[Change]) -> list[Item]:
    """What the changes do, field by field; ranks, which nobody reads, are left out."""
    from ui.clipboard import value_words

    found: list[Item] = []
    for change in changes:
        kind, fresh = kinds()[change.kind], change.op == ADD
        row = before.get(change.kind, change.id) or after.get(change.kind, change.id)
        name = full_name(before if not fresh else after, row) if row is not None else ""
        for field in kind.fields:
            if field.name in change.fields and field.name != kind.order:
                old, new = change.fields[field.name]
                shown = value_words(before, field, old), value_words(after, field, new)
                links = new if isinstance(new, tuple) else (new,)
                lost = bool(field.target) and any(unresolved(link) for link in links)
                found.append(Item(name, field.label, *shown, fresh=fresh, lost=lost))
    return found


class Changes(QAbstractTableModel):
    """The items as a table; ``ticked`` says which are wanted."""

    tickings = Signal()

    def __init__(self, parent: QWidget, tickable: bool) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self.ticked: list[bool] = []
        self._tickable = tickable

    def show_items(self, found: list[Item]) -> None:
        """Show these, all of them ticked."""
        self.beginResetModel()
        self.items, self.ticked = found, [True] * len(found)
        self.endResetModel()
        self.tickings.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsUserCheckable if self._tickable and not index.column() else found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item, column = self.items[index.row()], index.column()
        words = (item.row, item.field, item.old, item.why or item.new)[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(words[:LONGEST].split())
        if role == Qt.ItemDataRole.CheckStateRole and self._tickable and not column:
            return _CHECKED if self.ticked[index.row()] else Qt.CheckState.Unchecked.value
        if role == Qt.ItemDataRole.DecorationRole and column == 3 and item.why:
            return icon("error", "text.error")
        if role == Qt.ItemDataRole.DecorationRole and column == 3 and item.lost:
            return icon("warning", "text.warning")
        if role == Qt.ItemDataRole.DecorationRole and not column and item.fresh:
            return icon("add", "text.ok")
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme().color(
                "text.error" if item.why and column == 3 else "text.muted" if column in (1, 2) else "text"
            )
        return self._said(item, words, column, role)

    def _said(self, item: Item, words: str, column: int, role: int) -> Any:
        note = "A new row." if item.fresh and not column else ""
        if column == 3:
            note = (
                "Left out."
                if item.why
                else "Some of these words name nothing in the plan."
                if item.lost
                else ""
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = "\n".join(filter(None, (words[:2000], note)))
            return f"<p style='white-space:pre-wrap'>{html.escape(tip)}</p>" if tip else None
        return note or None if role == Qt.ItemDataRole.AccessibleDescriptionRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self._tickable:
            return False
        state = value.value if isinstance(value, Qt.CheckState) else int(value)
        self.ticked[index.row()] = state == _CHECKED
        self.dataChanged.emit(index, index)
        self.tickings.emit()
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return HEADS[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class ChangeTable(QTableView):
    """The table of changes."""

    def __init__(self, parent: QWidget, *, tickable: bool = False) -> None:
        super().__init__(parent)
        self.changes = Changes(self, tickable)
        self.setModel(self.changes)
        self.setObjectName("Lines")
        self.setAccessibleName("Changes")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, steps in enumerate((52, 34, 44)):
            self.setColumnWidth(column, theme().space(steps))
        self.setMinimumHeight(theme().row * 8)

    def keyPressEvent(self, event: Any) -> None:
        """Space ticks all selected rows as the current one."""
        if (
            event.key() == Qt.Key.Key_Space
            and self.changes.flags(self.model().index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
        ):
            now = (
                not self.changes.ticked[self.currentIndex().row()] if self.currentIndex().isValid() else True
            )
            state = Qt.CheckState.Checked if now else Qt.CheckState.Unchecked
            for index in self.selectionModel().selectedRows():
                self.changes.setData(index, state, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)
