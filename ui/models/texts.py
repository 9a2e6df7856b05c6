"""Texts: what a filter looks through, one folded text a row, made once and kept until the row changes.

Making them takes far longer than looking through them, so they are made while nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic

from dmdesk.changes import Change
from dmdesk.kinds import Kind, kind_of, kinds
from dmdesk.reading import PlanData
from ui.models import cells

SLICE = 0.006
"""Seconds of work at a time while nobody waits."""

Below = Callable[[str], Iterable[str]]
"""Gives the ids of all rows below one."""


class Texts:
    """The folded text of each row of a kind."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._texts: dict[str, str] = {}

    def warm(self, data: PlanData, seconds: float = SLICE) -> bool:
        """Make texts ready for so long; whether all are."""
        have, rows = self._texts, data.rows(self._kind.name)
        if len(have) == len(rows):
            return True
        words, end = cells.SearchWords(data, self._kind), monotonic() + seconds
        for id in [id for id in rows if id not in have]:
            have[id] = words.of(rows[id])
            if monotonic() > end:
                return False
        return True

    def matching(self, data: PlanData, words: Iterable[str]) -> Iterable[str]:
        """The ids of the rows in whose text every folded word occurs."""
        self.warm(data, float("inf"))
        texts = self._texts
        hits: Iterable[str] = texts
        for word in words:
            hits = [id for id in hits if word in texts[id]]
        return hits

    def clear(self) -> None:
        """Forget all texts."""
        self._texts.clear()

    def forget(self, data: PlanData, changes: Iterable[Change], below: Below) -> set[str]:
        """Drop the texts that no longer hold, and give the ids: of changed rows, those that link to them or inherit."""
        kind, stale = self._kind, set[str]()
        inherited = {field.name for field in kind.fields if field.inherits}
        passed_on = {kind.parent, *inherited} if inherited else set()
        for change in changes:
            if change.kind == kind.name:
                stale.add(change.id)
                if not passed_on.isdisjoint(change.fields):
                    stale.update(below(change.id))
            changed = kinds()[change.kind]
            if not {changed.title, *changed.identity}.isdisjoint(change.fields):
                for source, field in data.incoming(change.id):
                    if kind_of(source) is kind:
                        stale.add(source.id)
                        stale.update(below(source.id) if field in inherited else ())
        for id in stale:
            self._texts.pop(id, None)
        return stale
