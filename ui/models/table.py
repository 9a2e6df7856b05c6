"""A table: the rows of a kind in one list, sorted by a column or in the order the plan presents them."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QObject, Qt

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Field
from ui.models import cells
from ui.models.rows import RowsModel
from ui.models.source import Source

Sort = tuple[tuple[int, bool], ...]
"""Columns and whether each is falling, the first of them first."""


class TableModel(RowsModel):
    """The rows of a kind as a list; ``sorting`` is what it is sorted by, () for the plan's own order."""

    def __init__(self, source: Source, kind: str, parent: QObject | None = None) -> None:
        self.sorting: Sort = ()
        self._order: list[str] = []
        super().__init__(source, kind, parent)
        self._own_places = frozenset(self._places)

    def all_ids(self) -> list[str]:
        return self._order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 gives back the plan's own order."""
        self.sort_by(((column, order == Qt.SortOrder.DescendingOrder),) if column >= 0 else ())

    def sort_by(self, sorting: Sort) -> None:
        """Sort by these columns, rows that are equal in one by the next, empty cells last."""
        self.sorting = sorting
        fields = (self.field(column) for column, _ in sorting)
        self._places = {*self._own_places, *(field.name for field in fields if field is not None)}
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        if not self.sorting:
            self._order = [row.id for row in self.source.data.in_order(self.kind.name)]
            return
        rows = trees.ordered(self.rows.values())
        for column, falling in reversed(self.sorting):
            words = self._sort_words(column)
            filled = [(trees.natural(said), row) for row in rows if (said := words(row))]
            filled.sort(key=itemgetter(0), reverse=falling)
            rows = [row for _, row in filled] + [row for row in rows if not words(row)]
        self._order = [row.id for row in rows]

    def _rearrange(self, ids: set[str]) -> None:
        if self.sorting or not self.kind.key:
            self._arrange()
            return
        place, rows = trees.place(self.kind), self.rows
        self._order = [id for id in self._order if id not in ids and id in rows]
        for id in ids:
            if id in rows:
                insort(self._order, id, key=lambda other: place(rows[other]))

    def _visible(self) -> list[str]:
        return [id for id in self._order if id in self.hits] if self.filtering else list(self._order)

    def _sort_words(self, column: int) -> Callable[[Entity], str]:
        """What a row is sorted by, as text; days and ranks are written so that text order is their order."""
        data, kind = self.source.data, self.kind
        field = self.field(column)
        if field is None:
            words = self._derived[self.columns[column]].words
            return lambda row: words(data, row)
        return _words(lambda row: cells.cell(data, kind, row, field).text, field)


def _words(shown: Callable[[Entity], str], field: Field) -> Callable[[Entity], str]:
    if field.target or field.inherits or field.type.multiline or not field.type.typed:
        return shown
    if field.type in (t.FLAG, t.WORDS, t.ITEMS):
        return shown
    name = field.name

    def plain(row: Entity) -> str:
        value: Any = getattr(row, name)
        return "" if value is None else str(value)

    return plain
