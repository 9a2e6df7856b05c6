"""Texts: what a filter looks through, one folded text a row, made once and kept until the row changes.

Making them takes far longer than looking through them, so they are made while nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.changes import Change
from dmdesk.kinds import Kind
from dmdesk.reading import PlanData
from ui.models import cells

MANY = 200
"""After so many changed rows all texts are made anew."""


class Texts:
    """The folded text of each row of a kind."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._texts: dict[str, str] = {}

    def warm(self, data: PlanData, rows: int = 100) -> bool:
        """Make some more texts ready; whether all are."""
        have, all_rows = self._texts, data.rows(self._kind.name)
        missing = [id for id in all_rows if id not in have][:rows] if len(have) < len(all_rows) else []
        for id in missing:
            have[id] = cells.words_to_search(data, self._kind, all_rows[id])
        return len(have) == len(all_rows)

    def matching(self, data: PlanData, words: Iterable[str]) -> Iterable[str]:
        """The ids of the rows in whose text every folded word occurs."""
        while not self.warm(data, 100_000):
            pass
        texts = self._texts
        hits: Iterable[str] = texts
        for word in words:
            hits = [id for id in hits if word in texts[id]]
        return hits

    def clear(self) -> None:
        """Forget all texts."""
        self._texts.clear()

    def forget(self, own: list[Change], touched: set[str]) -> None:
        """Drop the texts that no longer hold: of changed rows, and all where words of linked rows may have changed."""
        kind = self._kind
        named = any(not {kind.title, *kind.identity}.isdisjoint(change.fields) for change in own)
        own_links = named and any(field.target == kind.name for field in kind.links)
        inherited = any(
            field.inherits and field.name in change.fields for change in own for field in kind.fields
        )
        linked = touched & ({field.target for field in kind.links} - {kind.name})
        if own_links or inherited or linked or len(own) > MANY:
            self.clear()
        for change in own:
            self._texts.pop(change.id, None)
