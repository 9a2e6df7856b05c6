"""The register as a model: risks below their headlines, sorted by any column within each headline when asked to."""

from __future__ import annotations

from typing import Any

from dmdesk import trees
from dmdesk.kinds import Entity
from dmdesk.plan import Event
from dmdesk.risks.book import book as book_of
from dmdesk.risks.scale import Zone
from ui.models.table import Sort
from ui.models.tree import TreeModel

SCORES = 50
"""So many risks are scored at a time while nobody waits."""

LATE_KINDS = frozenset({"score", "move", "draw", "review", "reviewed", "plan", "milestone"})
"""Kinds whose edits may put risks into another order, or make others fit a filter."""


class RegisterModel(TreeModel):
    """Risks as a tree that can be sorted; ``sorting`` is () for the plan's own order."""

    sorting: Sort = ()
    _scored = 0
    zones = ("+score", "+level", "+initial", "+target")

    def zone(self, row: int, column: int) -> Zone | None:
        """The zone of scores that a shown cell's words stand in, None in most columns."""
        asked = None if self.field(column) else self._derived[self.columns[column]].zone
        return asked(self.source.data, self.rows[self.shown[row]]) if asked else None

    def sort_by(self, sorting: Sort) -> None:
        """Sort the risks within each headline by these columns, empty cells last."""
        self.sorting = sorting
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        super()._arrange()
        if self.sorting:
            self._sort()
            self._walk()

    def _rearrange(self, ids: set[str]) -> None:
        if self.sorting:
            self._arrange()
        else:
            super()._rearrange(ids)

    def _sort(self) -> None:
        rows = self.rows
        below = {parent: list(ids) for parent, ids in self._below.items()}
        for column, falling in reversed(self.sorting):
            keys = {id: self._key(row, column) for id, row in rows.items()}
            for ids in below.values():
                filled = [id for id in ids if keys[id] is not None]
                filled.sort(key=lambda id: keys[id], reverse=falling)
                ids[:] = [*filled, *(id for id in ids if keys[id] is None)]
        self._below = below

    def _key(self, row: Entity, column: int) -> Any:
        """What a row is sorted by in a column: a number as such, words naturally, None for nothing."""
        name, field = self.columns[column], self.field(column)
        if field is None:
            one = self._derived[name]
            if one.value is not None:
                return one.value(self.source.data, row)
            words = one.words(self.source.data, row)
        elif field.type.numeric:
            return _number(getattr(row, name))
        else:
            words = self.words_of(row, column)
        return trees.natural(words) if words else None

    def words_of(self, row: Entity, column: int) -> str:
        """The words of a field of any row, shown or not."""
        from ui.models.cells import cell

        field = self.field(column)
        return cell(self.source.data, self.kind, row, field).text if field else ""

    def warm(self) -> bool:
        """Make ready also the scores, which filters and views ask for."""
        if not super().warm():
            return False
        book, rows = book_of(self.source.data), self.rows
        part = [id for id in self._order[self._scored : self._scored + SCORES] if id in rows]
        for id in part:
            book.of(id)
        self._scored += SCORES
        if self._scored < len(self._order):
            return False
        self._scored = 0
        return True

    def follow(self, event: Event) -> None:
        super().follow(event)
        touched = {change.kind for change in event.changes}
        if touched & LATE_KINDS:
            if self.sorting:
                self._arrange()
            self._find()
            self._show()
        elif self.sorting and "risk" in touched:
            self._arrange()
            self._show()


def _number(value: Any) -> float | None:
    from dmdesk import types as t

    return t.amount(value)
