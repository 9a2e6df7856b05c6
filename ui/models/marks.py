"""Marks: which rows and cells the checks have found something in, and below which rows there is more.

Looked up while a page is painted, so everything is worked out once whenever the findings are renewed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ui.models.cells import Cell

if TYPE_CHECKING:
    from ui.models.since import Was

LEVELS = ("error", "warning")
"""The levels that are marked, the worst first; notes stand in the list of problems only."""


class Mark(NamedTuple):
    """The worst level of the findings of a cell or row, and all their words."""

    level: str
    words: tuple[str, ...]


class Marks:
    """The findings of one kind, by row and field; those of fields that are not seen stand at the first column."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, Mark]] = {}
        self._below: Counter[str] = Counter()

    def renew(self, kind: str, findings: Iterable[Any], above: Callable[[str], str]) -> set[str]:
        """Take over the findings; the ids of the rows whose marks are others now."""
        before, under = self._found, self._below
        self._found, self._below = {}, Counter()
        for finding in findings:
            if finding.kind != kind or finding.level not in LEVELS:
                continue
            fields = self._found.setdefault(finding.id, {})
            had = fields.get(finding.field)
            level = min(finding.level, had.level if had else finding.level, key=LEVELS.index)
            fields[finding.field] = Mark(level, (*(had.words if had else ()), finding.words))
        self.recount(above)
        rows = {id for id in {*before, *self._found} if before.get(id) != self._found.get(id)}
        return rows | {id for id in {*under, *self._below} if under[id] != self._below[id]}

    def recount(self, above: Callable[[str], str]) -> None:
        """Count anew how many rows with findings are below each, after rows have moved."""
        self._below = Counter()
        for id in self._found:
            seen = {id}
            while (id := above(id)) and id not in seen:
                seen.add(id)
                self._below[id] += 1

    def at(self, id: str, field: str, first: bool, seen: Container[str]) -> Mark | None:
        """The mark of a cell; the ``first`` of a row also has those of fields that are not ``seen``."""
        fields = self._found.get(id)
        if not fields:
            return None
        if not first:
            return fields.get(field)
        here = [mark for name, mark in fields.items() if name == field or name not in seen]
        if len(here) < 2:
            return here[0] if here else None
        level = min((mark.level for mark in here), key=LEVELS.index)
        return Mark(level, tuple(words for mark in here for words in mark.words))

    def below(self, id: str) -> int:
        """How many rows below one have findings."""
        return self._below[id]

    def of_row(self, id: str) -> list[str]:
        """The words of all findings of a row."""
        return [words for mark in self._found.get(id, {}).values() for words in mark.words]


def named(cell: Cell, mark: Mark | None, hidden: int, was: Was | None = None) -> str:
    """The words of a cell with its marks as words: “Ann Ito (inherited)”, “1.02C.99 (unresolved, warning)”."""
    below = f"{hidden:,} below with problems" if hidden else ""
    marks = ", ".join(filter(None, (cell.mark, mark.level if mark else "", was.what if was else "", below)))
    return f"{cell.text} ({marks})".strip() if marks else cell.text
