"""Filtering: the filter of a page's rows: the last one that could be read, what it finds, and what to highlight.

A person sees rows come and go while typing, so a filter that is half typed changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from dmdesk.kinds import Kind
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.filters import Completion, Facts, Filter
    from dmdesk.filters.tree import Node

TEXTS = 150
"""Rows made ready at a time while nobody waits."""


SEEN = 3
"""So many letters of what is looked for in one field are highlighted; fewer stand everywhere."""


class _HasData(Protocol):
    @property
    def data(self) -> PlanData:
        """The plan whose rows are filtered."""


class Filtered(Protocol):
    """What a filter box works on: rows of a kind, narrowed by a filtering."""

    kind: Kind
    filtering: Filtering

    def set_filter(self, text: str) -> object:
        """Show what fits the text alone.

        Raises:
            FilterError: it cannot be read.
        """

    def refilter(self) -> None:
        """Look anew for what fits."""


class Filtering:
    """What the rows of a kind are filtered by.

    ``words`` are those to highlight, folded; ``facts`` gives what a filter asks beside the rows, by what it asks.
    """

    def __init__(self, source: _HasData, kind: Kind) -> None:
        self._source, self._kind = source, kind
        self._filter: Filter | None = None
        self._found: set[str] = set()
        self.words: tuple[str, ...] = ()
        self.facts: Callable[[frozenset[str]], Facts] | None = None

    def __bool__(self) -> bool:
        return self._filter is not None

    @property
    def asks(self) -> frozenset[str]:
        """What the filter asks that does not stand in the rows."""
        return self._filter.asks if self._filter is not None else frozenset()

    def take(self, text: str) -> bool:
        """Filter by this text from now on; whether that is another filter than before.

        Raises:
            FilterError: it cannot be read; the filter stays what it was.
        """
        wanted = self._read(text)
        if wanted == self._filter:
            return False
        self._found = self._matching(wanted) if wanted is not None else set()
        self._filter = wanted
        self.words = tuple(_highlighted(wanted.tree)) if wanted is not None else ()
        return True

    def found(self) -> set[str]:
        """The ids of the rows that fit now; as before, when the filter has come to ask what nobody knows."""
        from dmdesk.filters import FilterError

        if self._filter is not None:
            with suppress(FilterError):
                self._found = self._matching(self._filter)
        return self._found

    def warm(self) -> bool:
        """Make ready some of what filters look through; whether all is."""
        from dmdesk.filters import texts

        return texts(self._source.data, self._kind).warm(self._source.data, TEXTS)

    def _read(self, text: str) -> Filter | None:
        return self.parse(text) if text.strip() else None

    def parse(self, text: str) -> Filter:
        """The filter that a text describes."""
        from dmdesk.filters import parse

        return parse(text, self._kind)

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """What may stand at the cursor of a text."""
        from dmdesk.filters import complete

        return complete(text, cursor, self._source.data, self._kind)

    def _matching(self, wanted: Filter) -> set[str]:
        facts = self.facts(wanted.asks) if self.facts is not None else None
        return wanted.matches(self._source.data, facts)


def _highlighted(node: Node) -> Iterator[str]:
    """The folded words that are looked for; those that must not be there are not."""
    from dmdesk.filters import tree
    from dmdesk.filters.words import fold

    if isinstance(node, tree.Term):
        asked = (tree.NO, tree.HAS, tree.OWN, tree.IS, tree.CHANGED, tree.MINE)
        words = fold(node.text.lstrip("?"))
        if node.field not in asked and node.op in (":", "=") and len(words) >= (SEEN if node.field else 1):
            yield words
    elif not isinstance(node, tree.Not):
        for part in node.parts:
            yield from _highlighted(part)
