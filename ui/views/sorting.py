"""Sorting: by which columns a table is sorted, chosen by clicks on its headings and remembered.

A click sorts by one column: rising, falling, then not at all. With Shift it adds a column to those before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QTableView

from ui import settings
from ui.models.table import Sort, TableModel

if TYPE_CHECKING:
    from ui.risks.model import RegisterModel
from ui.views.header import Header


class Sorting(QObject):
    """The sorting of one grid."""

    def __init__(self, grid: QTableView, model: TableModel | RegisterModel, header: Header) -> None:
        super().__init__(grid)
        self._model, self._header = model, header
        self._name = f"sort.{model.kind.name}"
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._clicked)
        self._recall()

    def _clicked(self, column: int) -> None:
        self.choose(column, bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier))

    def choose(self, column: int, more: bool = False) -> None:
        """Sort by a column, turn its direction or end it; ``more`` keeps the other columns."""
        held = dict(self._model.sorting)
        others = {at: falling for at, falling in held.items() if at != column} if more else {}
        falling = held.get(column)
        if more and column in held:
            now = {at: (at == column or way) for at, way in held.items()} if not falling else others
        else:
            now = others if falling else {**others, column: falling is not None}
        self._apply(tuple(now.items()))
        settings.put(self._name, [[self._model.columns[at], way] for at, way in now.items()])

    def _apply(self, sorting: Sort) -> None:
        self._model.sort_by(sorting)
        self._header.show_sorting(sorting)

    def _recall(self) -> None:
        columns, kept = self._model.columns, settings.get(self._name, [])
        pairs = [tuple(pair) for pair in kept if isinstance(pair, list) and len(pair) == 2]
        found = tuple((columns.index(name), bool(way)) for name, way in pairs if name in columns)
        if found:
            self._apply(found)
