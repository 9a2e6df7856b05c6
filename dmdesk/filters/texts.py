"""Texts: what words are looked for in, one folded text a row, brought up to date from whatever has changed since.

Making them takes far longer than looking through them, so they are kept with the plan's rows, shared by all who
filter, and may be made while nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.filters.words import fold
from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.naming import AKA
from dmdesk.reading import PlanData


def texts(data: PlanData, kind: Kind) -> Texts:
    """The texts of a kind's rows, kept with the rows of this plan."""
    return data.memo(f"filter texts {kind.name}", (), lambda: Texts(kind))


class Names:
    """What each row of a kind is called: its folded title, key and other names, a line each."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._stamp: tuple[int, ...] = ()
        self._rows: Mapping[str, Entity] = {}
        self._names: dict[str, str] = {}

    def of(self, data: PlanData) -> dict[str, str]:
        """By row id; the same dictionary for as long as nothing has changed."""
        stamp = data.version(*(kinds().names() if not kinds()[self._kind].key else (self._kind,)))
        if stamp != self._stamp:
            rows = data.rows(self._kind)
            old, before = self._rows if kinds()[self._kind].key else {}, self._names
            self._names = {
                id: before[id] if old.get(id) is row else names_of(data, row) for id, row in rows.items()
            }
            self._stamp, self._rows = stamp, dict(rows)
        return self._names


def names(data: PlanData, kind: str) -> dict[str, str]:
    """What each row of a kind is called, by id."""
    return data.memo(f"filter names {kind}", (), lambda: Names(kind)).of(data)


def names_of(data: PlanData, row: Entity) -> str:
    """Title, key and other names of a row, folded, a line each."""
    others: tuple[str, ...] = getattr(row, AKA, ())
    return "\n".join(map(fold, (data.title(row), data.key(row), *others)))


def in_force(data: PlanData, kind: Kind, field: str) -> dict[str, tuple[Any, str]]:
    """(value, id of the row it comes from) for each row in which a field that inherits has a value."""
    return data.memo(f"in force {kind.name} {field}", (kind.name,), lambda: _in_force(data, kind, field))


def _in_force(data: PlanData, kind: Kind, field: str) -> dict[str, tuple[Any, str]]:
    """As ``trees.inherited`` says for each row alone, in one walk: parents come before their children."""
    found: dict[str, tuple[Any, str]] = {}
    for row in data.in_order(kind.name):
        own = getattr(row, field)
        if own:
            found[row.id] = own, row.id
        elif above := found.get(getattr(row, kind.parent)):
            found[row.id] = above
    return found


class Texts:
    """The folded text of each row of a kind: all fields in full, links by every name, inherited values too."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._targets = tuple(dict.fromkeys(field.target for field in kind.links))
        self._inherits = [field.name for field in kind.fields if field.inherits]
        self._stamp: tuple[int, ...] = ()
        self._rows: dict[str, Entity] = {}
        self._names: dict[str, dict[str, str]] = {}
        self._texts: dict[str, str] = {}

    def of(self, data: PlanData) -> Mapping[str, str]:
        """The text of each row by id. Read only."""
        self._refresh(data)
        if len(self._texts) != len(self._rows):
            self._make(data, [id for id in self._rows if id not in self._texts])
        return self._texts

    def warm(self, data: PlanData, rows: int = 100) -> bool:
        """Make some more texts ready; whether all are."""
        self._refresh(data)
        if len(self._texts) != len(self._rows):
            self._make(data, [id for id in self._rows if id not in self._texts][:rows])
        return len(self._texts) == len(self._rows)

    def _refresh(self, data: PlanData) -> None:
        """Forget the texts that no longer hold: of changed rows, of those that link to them, of those that inherit."""
        stamp = data.version(self._kind.name, *self._targets)
        if stamp == self._stamp:
            return
        rows, known = data.rows(self._kind.name), self._rows
        stale = {id for id, row in known.items() if rows.get(id) is not row}
        stale |= self._renamed(data) if self._texts else set()
        below = [id for id in stale if self._passes_on(known.get(id), rows.get(id))]
        for id in below:
            stale.update(trees.below(data.children_ids(self._kind.name), id))
        for id in stale:
            self._texts.pop(id, None)
        self._rows, self._stamp = dict(rows), stamp
        self._names = {target: names(data, target) for target in self._targets}

    def _renamed(self, data: PlanData) -> set[str]:
        """The rows that link to rows whose names have changed, and those that inherit such a link."""
        found: set[str] = set()
        for target in self._targets:
            now, then = names(data, target), self._names[target]
            if now is then:
                continue
            changed = [id for id, name in now.items() if then.get(id) != name]
            for source, field in (at for id in changed for at in data.incoming(id)):
                if kind_of(source) is self._kind:
                    found.add(source.id)
                    if field in self._inherits:
                        found.update(trees.below(data.children_ids(self._kind.name), source.id))
        return found

    def _passes_on(self, old: Entity | None, new: Entity | None) -> bool:
        """Whether rows below may inherit something else now."""
        if not self._inherits or old is None or new is None:
            return bool(self._inherits)
        return any(getattr(old, name) != getattr(new, name) for name in (self._kind.parent, *self._inherits))

    def _make(self, data: PlanData, ids: Iterable[str]) -> None:
        values = self._kind.values
        inherited = {name: in_force(data, self._kind, name) for name in self._inherits}
        for id in ids:
            parts: list[str] = []
            for field, value in zip(self._kind.fields, values(self._rows[id])[1:], strict=True):
                if field.inherits and not value:
                    value = inherited[field.name].get(id, (value,))[0]
                if not value or value is True:
                    continue
                if field.target:
                    known = self._names[field.target]
                    links = value if isinstance(value, tuple) else (value,)
                    parts += [known[link] if link in known else fold(t.unresolved(link)) for link in links]
                elif isinstance(value, tuple):
                    parts += map(fold, value)
                else:
                    parts.append(fold(str(value) if field.type.typed else field.type.show(value)))
            self._texts[id] = "\n".join(parts)
