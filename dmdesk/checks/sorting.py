"""Sorting: findings by level, kind, place of their row and field, and kept so while some come and go.

What one check finds in one place keeps the order in which the check tells it.
"""

from __future__ import annotations

from bisect import insort_right
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Any

from dmdesk import trees
from dmdesk.checks.finding import ACCEPTED, LEVELS, Finding
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData

Entry = tuple[int, Finding]
"""The number of the question that found something, and what it found."""

Group = tuple[str, str]
"""A level and a kind."""

FEW = 8
"""One in so many new entries is put in by itself; more are sorted together with the rest."""


@cache
def _field_places() -> dict[tuple[str, str], int]:
    return {(kind.name, f.name): place for kind in kinds() for place, f in enumerate(kind.fields)}


@cache
def _groups() -> tuple[Group, ...]:
    return tuple((level, kind) for level in LEVELS for kind in kinds().names())


@cache
def _placed_by(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """What decides the place of a row among all, and of one row by itself."""
    own = kinds()[kind]
    fields = frozenset(f"{kind}.{name}" for name in ("id", own.parent, own.order, *own.identity) if name)
    if own.parent:
        return fields, frozenset()
    targets = {own[name].target for name in own.identity} - {""} if not own.key else set()
    return frozenset(
        f"{target}.{name}" for target in targets for name in ("id", *kinds()[target].identity)
    ), fields


def _place(data: PlanData, kind: str) -> Callable[[str], Any]:
    """What the rows of a kind are sorted by."""
    own, rows = kinds()[kind], data.rows(kind)
    if own.parent:
        return data.places(kind).__getitem__
    if own.key:
        place = trees.place(own)
        return lambda id: place(rows[id])
    return lambda id: (trees.natural(data.key(rows[id])), id)


class Sorted:
    """Findings in order."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self._by_group: dict[Group, list[Entry]] = {}

    def entries(self) -> Iterator[Entry]:
        """All, in order."""
        for group in _groups():
            yield from self._by_group.get(group, ())

    def add(self, entries: Iterable[Entry]) -> None:
        """Put entries where they belong."""
        come: dict[Group, list[Entry]] = {}
        for entry in entries:
            come.setdefault((entry[1].level, entry[1].kind), []).append(entry)
        for group, new in come.items():
            self._put(group, new)

    def _put(self, group: Group, new: list[Entry]) -> None:
        held = self._by_group.setdefault(group, [])
        key = self._key(group[1])
        if FEW * len(new) > len(held):
            held += new
            held.sort(key=key)
        else:
            for entry in sorted(new, key=key):
                insort_right(held, entry, key=key)

    def _key(self, kind: str) -> Callable[[Entry], Any]:
        place, fields = _place(self._data, kind), _field_places()
        return lambda entry: (place(entry[1].id), fields[kind, entry[1].field], entry[0])

    def changed(
        self, gone: Iterable[Finding], come: Iterable[Entry], touched: Collection[str], rows: Collection[str]
    ) -> None:
        """Take some out and put others in, after something (by its names) has changed in these rows."""
        out: dict[Group, set[int]] = {}
        for finding in gone:
            out.setdefault((finding.level, finding.kind), set()).add(id(finding))
        for group, some in out.items():
            self._by_group[group] = [entry for entry in self._by_group[group] if id(entry[1]) not in some]
        for group, held in self._by_group.items():
            of_all, of_one = _placed_by(group[1])
            if not of_all.isdisjoint(touched):
                held.sort(key=self._key(group[1]))
            elif not of_one.isdisjoint(touched):
                moved = [entry for entry in held if entry[1].id in rows]
                if moved:
                    held[:] = [entry for entry in held if entry[1].id not in rows]
                    self._put(group, moved)
        self.add(come)

    def with_accepted(self, entries: list[Entry], found: list[Finding], last: int) -> list[Finding]:
        """The entries with what became of them when acceptances were looked at, and what was found in those."""
        aside = Sorted(self._data)
        aside.add((at, new) for (at, _), new in zip(entries, found, strict=False) if new.level == ACCEPTED)
        aside.add((last, new) for new in found[len(entries) :])
        left: dict[Group, list[Entry]] = {}
        for (at, old), new in zip(entries, found, strict=False):
            if new.level != ACCEPTED:
                left.setdefault((old.level, old.kind), []).append((at, new))
        for group, held in left.items():
            aside._by_group[group] = held + aside._by_group.get(group, [])
            if group in aside._by_group and len(aside._by_group[group]) > len(held):
                aside._by_group[group].sort(key=aside._key(group[1]))
        return [finding for _, finding in aside.entries()]
