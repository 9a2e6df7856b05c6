"""Keeping: values worked out from many rows and then kept in step, one replaced row at a time.

An edit touches one row of tens of thousands; what is looked up after every edit is therefore mended, not made anew.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from dmdesk import trees
from dmdesk.kinds import Entity, Kind

K = TypeVar("K", bound=Hashable)


class Replaced(NamedTuple):
    """One row that took another's place; None on the side where there was or is none."""

    kind: str
    id: str
    old: Entity | None
    new: Entity | None


class Kept(Protocol):
    """A value that follows the plan row by row."""

    def replaced(self, step: Replaced) -> None:
        """Take one replaced row into account; rows of other kinds may come too."""


class Index(Generic[K]):
    """The rows of a kind by one or several keys each, with the order in which rows came."""

    def __init__(
        self, kind: str, rows: Mapping[str, Entity], keys_of: Callable[[Entity], Iterable[K]]
    ) -> None:
        self._kind, self._keys_of = kind, keys_of
        self._groups: dict[K, dict[str, int]] = {}
        self._arrival: dict[str, int] = {}
        self._next = 0
        self.shared: dict[K, None] = {}
        """The keys that several rows have."""
        for id, row in rows.items():
            self._put(id, row)

    def _put(self, id: str, row: Entity) -> None:
        place = self._arrival.get(id)
        if place is None:
            place = self._arrival[id] = self._next
            self._next += 1
        for key in self._keys_of(row):
            group = self._groups.get(key)
            if group is None:
                self._groups[key] = {id: place}
            else:
                group[id] = place
                if len(group) > 1:
                    self.shared[key] = None

    def _take(self, id: str, row: Entity) -> None:
        for key in self._keys_of(row):
            group = self._groups.get(key, {})
            group.pop(id, None)
            if len(group) < 2:
                self.shared.pop(key, None)
            if not group:
                self._groups.pop(key, None)

    def replaced(self, step: Replaced) -> None:
        """Move the row to its new keys."""
        if step.kind != self._kind:
            return
        if step.old is not None:
            self._take(step.id, step.old)
        if step.new is None:
            self._arrival.pop(step.id, None)
        else:
            self._put(step.id, step.new)

    def __contains__(self, key: object) -> bool:
        return key in self._groups

    def __len__(self) -> int:
        return len(self._groups)

    def __iter__(self) -> Iterator[K]:
        return iter(self._groups)

    def group(self, key: K) -> Collection[str]:
        """The rows that have the key, in no order."""
        return self._groups.get(key, {}).keys()

    def ids(self, key: K) -> list[str]:
        """The rows that have the key, in the order in which they came."""
        group = self._groups.get(key, {})
        return sorted(group, key=group.__getitem__) if len(group) > 1 else list(group)


class Firsts:
    """The first row of each key: what a key names where several rows have it."""

    def __init__(self, kind: str, rows: Mapping[str, Entity], key: str) -> None:
        get = attrgetter(key)
        self._get, self._kind = get, kind
        self._index: Index[str] = Index(kind, rows, lambda row: (get(row),))
        self.first: dict[str, str] = {}
        for id, row in rows.items():
            self.first.setdefault(get(row), id)

    def replaced(self, step: Replaced) -> None:
        """Look again at the keys that the row had and has."""
        if step.kind != self._kind:
            return
        self._index.replaced(step)
        for row in (step.old, step.new):
            if row is not None:
                key = self._get(row)
                ids = self._index.ids(key)
                if ids:
                    self.first[key] = ids[0]
                else:
                    self.first.pop(key, None)


class Ordered:
    """The ids of a flat kind's rows in the order people expect."""

    def __init__(self, kind: Kind, rows: Mapping[str, Entity]) -> None:
        self._kind, self._place = kind.name, trees.place(kind)
        self._places: dict[str, tuple[Any, ...]] = {id: self._place(row) for id, row in rows.items()}
        self.ids = sorted(self._places, key=self._places.__getitem__)

    def replaced(self, step: Replaced) -> None:
        """Take the row out where it stood, and put it where it belongs."""
        if step.kind != self._kind:
            return
        new = None if step.new is None else self._place(step.new)
        old = self._places.get(step.id)
        if old == new:
            return
        if old is not None:
            del self.ids[bisect_left(self.ids, old, key=self._places.__getitem__)]
            del self._places[step.id]
        if new is not None:
            self._places[step.id] = new
            insort(self.ids, step.id, key=self._places.__getitem__)
