"""A tree: the rows of a kind with those below them, opened and closed, in one list as they are seen.

Which rows are open is kept by id, so it outlasts filters, moves and undo.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject

from dmdesk import places, trees
from ui.models.rows import BRANCH, OPEN, RowsModel
from ui.models.since import Was, counted_below, with_below
from ui.models.source import Source

FEW = 300
"""A tree of so many rows opens with all of them to be seen; a larger one with its first levels."""

DEEP = 10**6


class TreeModel(RowsModel):
    """The rows of a kind that make a tree."""

    def __init__(self, source: Source, kind: str, parent: QObject | None = None) -> None:
        self._below: dict[str, list[str]] = {}
        self._above: dict[str, str] = {}
        self._order: list[str] = []
        self._depth: dict[str, int] = {}
        self._branches: set[str] = set()
        self.open: set[str] = set()
        self.closed_while_filtering: set[str] = set()
        self._changed: Counter[str] | None = None
        super().__init__(source, kind, parent)

    def _begin(self) -> None:
        self._choose_levels(DEEP if len(self.rows) <= FEW else 2)

    def all_ids(self) -> list[str]:
        return self._order

    def depth(self, row: int) -> int:
        return self._depth[self.shown[row]]

    def parent_id(self, id: str) -> str:
        return self._above.get(id, "")

    def children_of(self, id: str) -> list[str]:
        """The ids of the rows below one, filtered or not, in order; "" stands for the top."""
        return self._below.get(id, [])

    def below(self, id: str) -> Iterable[str]:
        return trees.below(self._below, id)

    # -- order

    def _arrange(self) -> None:
        self._below = dict(self.source.data.children_ids(self.kind.name))
        self._above = {id: parent for parent, below in self._below.items() for id in below}
        self._walk()

    def _rearrange(self, ids: set[str]) -> None:
        rows, data, place = self.rows, self.source.data, trees.place(self.kind)
        for parent in {self._above.pop(id) for id in ids if id in self._above}:
            self._below[parent] = [id for id in self._below[parent] if id not in ids]
        for id in ids:
            if id in rows:
                parent = places.above(data, self.kind, rows[id])
                self._above[id] = parent
                self._below[parent] = beside = list(self._below.get(parent, ()))
                insort(beside, id, key=lambda other: place(rows[other]))
        self._walk()
        if len(self._order) != len(rows):
            self._arrange()

    def _walk(self) -> None:
        order: list[str] = []
        depth: dict[str, int] = {}
        stack = [(id, 0) for id in reversed(self._below.get("", ()))]
        below = self._below
        while stack:
            id, level = stack.pop()
            order.append(id)
            depth[id] = level
            if kids := below.get(id):
                stack.extend((kid, level + 1) for kid in reversed(kids))
        self._order, self._depth = order, depth
        self._changed = None

    # -- what is seen

    def _visible(self) -> list[str]:
        if self.filtering:
            kept = self._with_ways()
            self._branches = {self._above[id] for id in kept}
            return self._unfolded(
                (id for id in self._order if id in kept), self._branches - self.closed_while_filtering
            )
        self._branches = {id for id, below in self._below.items() if below}
        return self._unfolded(self._order, self.open)

    def _with_ways(self) -> set[str]:
        """The matching rows and all above them."""
        kept: set[str] = set()
        for id in self.hits:
            while id and id not in kept:
                kept.add(id)
                id = self._above.get(id, "")
        return kept

    def _unfolded(self, ids: Iterable[str], opened: set[str]) -> list[str]:
        depth, found, limit = self._depth, [], DEEP
        for id in ids:
            level = depth[id]
            if level <= limit:
                found.append(id)
                limit = DEEP if id in opened else level
        return found

    def set_filter(self, text: str) -> None:
        if not text.strip() or not self.filtering:
            self.closed_while_filtering.clear()
        super().set_filter(text)

    # -- opening and closing

    def has_below(self, id: str) -> bool:
        """Whether there are rows below one that could be seen."""
        return id in self._branches

    def is_open(self, id: str) -> bool:
        """Whether the rows below one are to be seen."""
        return id in self._branches and (
            id not in self.closed_while_filtering if self.filtering else id in self.open
        )

    def set_open(self, ids: Iterable[str], opened: bool = True) -> None:
        """Open or close rows."""
        if self.filtering:
            change = (
                self.closed_while_filtering.difference_update
                if opened
                else self.closed_while_filtering.update
            )
        else:
            change = self.open.update if opened else self.open.difference_update
        change(set(ids))
        self._show()
        self._repaint()

    def open_levels(self, levels: int) -> None:
        """Open the first so many levels and close the rest; 0 closes all."""
        self._choose_levels(levels)
        self._show()
        self._repaint()

    def _choose_levels(self, levels: int) -> None:
        self.open = {id for id, level in self._depth.items() if level < levels}
        self.closed_while_filtering = {id for id, level in self._depth.items() if level >= levels}

    def reveal(self, id: str) -> None:
        """Open what is above a row; a filter that hides it is the page's to clear."""
        ways = []
        while id := self._above.get(id, ""):
            ways.append(id)
        self.set_open(ways)

    def hides_problems(self, row: int) -> int:
        id = self.shown[row]
        return 0 if self.is_open(id) else self.marks.below(id)

    def was(self, row: int, column: int) -> Was | None:
        own = super().was(row, column)
        return own if column else with_below(self.source.since, own, self.hides_changes(row))

    def hides_changes(self, row: int) -> int:
        """How many rows that are not as they were in the last baseline are below a shown row and not to be seen."""
        id = self.shown[row]
        if self.source.since is None or self.is_open(id):
            return 0
        if self._changed is None:
            self._changed = counted_below(self.source.since, self.kind, self._above)
        return self._changed[id]

    def compared(self) -> None:
        """What is not as it was in the last baseline is known anew."""
        self._changed = None

    def spoken(self, row: int, column: int) -> str:
        """For the first cell also the level, whether the row is open, and how many are below it."""
        words, id = super().spoken(row, column), self.shown[row]
        if column:
            return words
        parts = [f"level {self.depth(row) + 1}"]
        if self.has_below(id):
            parts += ["open" if self.is_open(id) else "closed", f"{len(self.children_of(id)):,} below"]
        if hidden := self.hides_problems(row):
            parts.append(f"problems in {hidden:,} below")
        return f"{', '.join(parts)}{'. ' if words else ''}{words}"

    def _repaint(self) -> None:
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, 0))

    def _own(self, row: int, column: int, role: int) -> Any:
        if role == BRANCH:
            return self.has_below(self.shown[row])
        return self.is_open(self.shown[row]) if role == OPEN else super()._own(row, column, role)

    def reload(self) -> None:
        fresh = not (self.open & self.rows.keys())
        super().reload()
        if fresh:
            self.open_levels(DEEP if len(self.rows) <= FEW else 2)
