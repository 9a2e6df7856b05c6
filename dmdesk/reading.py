"""Reading: all rows of a plan, typed and in memory, filled kind by kind from wherever they lie.

Screens, checks, chapters and exports read this and never a database: rows are immutable, so a copy for
background work costs one dictionary a kind, and nothing that reads can write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar, cast

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Kind, kind_of, kinds

E = TypeVar("E", bound=Entity)
R = TypeVar("R")


class PlanData:
    """The rows of a plan by kind and id.

    ``source`` gives the rows of a kind when they are first asked for; without one the plan is empty.
    """

    def __init__(self, source: Callable[[Kind], dict[str, Entity]] | None = None) -> None:
        self._source = source
        self._rows: dict[str, dict[str, Entity]] = {}
        self._memo: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._version: dict[str, int] = dict.fromkeys(kinds().names(), 0)
        self._shape: dict[str, int] = dict.fromkeys(kinds().names(), 0)
        self._into: dict[str, dict[tuple[str, str, str], None]] | None = None

    @classmethod
    def of(cls, rows: Iterable[Entity]) -> PlanData:
        """A plan made of the given rows."""
        data = cls()
        for row in rows:
            data.rows(kind_of(row).name)[row.id] = row
        return data

    def rows(self, kind: str) -> dict[str, Entity]:
        """The rows of a kind by id. Read only: Plan is the one that writes."""
        rows = self._rows.get(kind)
        if rows is None:
            rows = self._rows[kind] = self._source(kinds()[kind]) if self._source else {}
        return rows

    def all(self, cls: type[E]) -> dict[str, E]:
        """The rows of a kind by id, by its class, for typed reading."""
        return cast("dict[str, E]", self.rows(next(k.name for k in kinds() if k.cls is cls)))

    def get(self, kind: str, id: str) -> Entity | None:
        """One row, or None."""
        return self.rows(kind).get(id)

    def plan(self) -> Entity | None:
        """The row of the plan document itself."""
        return next(iter(self.rows("plan").values()), None)

    def load_all(self) -> PlanData:
        """Read every kind now, so that nothing asks the source later."""
        for kind in kinds():
            self.rows(kind.name)
        return self

    def copy(self) -> PlanData:
        """A snapshot: all rows as they are now, untouched by later steps and safe in another thread."""
        other = PlanData()
        other._rows = {name: dict(rows) for name, rows in self.load_all()._rows.items()}
        return other

    def replace(self, kind: str, id: str, row: Entity | None) -> None:
        """Put, or take away, one row. Only Plan and previews on copies call this."""
        rows = self.rows(kind)
        old = rows.get(id)
        if row is None:
            rows.pop(id, None)
        else:
            rows[id] = row
        self._version[kind] += 1
        if old is None or row is None or _placing(old) != _placing(row):
            self._shape[kind] += 1
        if self._into is not None:
            self._note_links(self._into, old, row)

    def version(self, *names: str) -> tuple[int, ...]:
        """A stamp that differs after any row of these kinds has changed."""
        return tuple(self._version[name] for name in names)

    def memo(self, name: str, of: tuple[str, ...], make: Callable[[], R], *, shape: bool = False) -> R:
        """A derived value, made again only after a row of the kinds it was made of has changed.

        ``shape``: only rows that came, went, or changed their key, parent or order count as changed.
        """
        stamp = tuple(self._shape[name] for name in of) if shape else self.version(*of)
        held = self._memo.get(name)
        if held is None or held[0] != stamp:
            held = self._memo[name] = (stamp, make())
        return cast("R", held[1])

    def in_order(self, kind: str) -> list[Entity]:
        """All rows of a kind as a person expects them: trees from the top down, others in natural order."""
        ids = self.memo(f"order {kind}", _kinds_behind(kind), lambda: self._order(kind), shape=True)
        rows = self.rows(kind)
        return [rows[id] for id in ids]

    def _order(self, kind: str) -> list[str]:
        if kinds()[kind].parent:
            return [id for _, id in trees.walk(self.children_ids(kind))]
        if kinds()[kind].key:
            return [row.id for row in trees.ordered(self.rows(kind).values())]
        keys = {id: (trees.natural(self.key(row)), id) for id, row in self.rows(kind).items()}
        return sorted(keys, key=keys.__getitem__)

    def children_ids(self, kind: str) -> dict[str, list[str]]:
        """The ids of the children of each row of a tree, in order, by parent id; "" holds the top rows."""
        parent = kinds()[kind].parent
        return self.memo(f"children {kind}", (kind,), lambda: trees.grow(self.rows(kind), parent), shape=True)

    def children(self, kind: str) -> dict[str, list[Entity]]:
        """The children of each row of a tree, in order, by parent id; "" holds the top rows."""
        rows = self.rows(kind)
        ids = self.children_ids(kind)
        return self.memo(
            f"child rows {kind}",
            (kind,),
            lambda: {above: [rows[id] for id in below] for above, below in ids.items()},
        )

    def by_key(self, kind: str) -> dict[str, str]:
        """The ids of a kind's rows by their key for people; of equal keys the first row wins."""
        return self.memo(f"keys {kind}", _kinds_behind(kind), lambda: self._keys(kind), shape=True)

    def _keys(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for id, row in self.rows(kind).items():
            found.setdefault(self.key(row), id)
        return found

    def find(self, kind: str, key: str) -> Entity | None:
        """The row with that key, or None."""
        return self.rows(kind).get(self.by_key(kind).get(key, ""))

    def key(self, row: Entity) -> str:
        """The row's key for people; rows known by what they join have their parts' keys, joined by a slash."""
        kind = kind_of(row)
        if kind.key:
            return str(getattr(row, kind.key))
        parts = (self._link_words(kind, row, name, self.key) for name in kind.identity)
        return "/".join(part for part in parts if part)

    def title(self, row: Entity) -> str:
        """The words people know the row by; never empty."""
        kind = kind_of(row)
        if kind.title:
            return str(getattr(row, kind.title)) or self.key(row) or f"unnamed {kind.label.lower()}"
        parts = (self._link_words(kind, row, name, self.title) for name in kind.identity)
        return " → ".join(part for part in parts if part) or f"unnamed {kind.label.lower()}"

    def _link_words(self, kind: Kind, row: Entity, name: str, words: Callable[[Entity], str]) -> str:
        field, value = kind[name], getattr(row, name)
        return self.link(field.target, value, words) if field.target else str(value)

    def link(self, kind: str, link: str, words: Callable[[Entity], str] | None = None) -> str:
        """The words for one link: the target's title, or the words typed in its place."""
        target = self.get(kind, link)
        if target is not None:
            return (words or self.title)(target)
        return t.unresolved(link) or link

    def incoming(self, id: str) -> list[tuple[Entity, str]]:
        """(row, field) of every link that points at the row, kind by kind."""
        if self._into is None:
            self._into = {}
            for kind in kinds():
                for row in self.rows(kind.name).values():
                    self._note_links(self._into, None, row)
        found = sorted(self._into.get(id, ()), key=lambda at: _places()[at[0]])
        return [(self.rows(kind)[source], field) for kind, source, field in found]

    def _note_links(
        self, into: dict[str, dict[tuple[str, str, str], None]], old: Entity | None, new: Entity | None
    ) -> None:
        """Keep the index of incoming links true when one row takes another's place."""
        for row, gone in ((old, True), (new, False)):
            if row is None:
                continue
            kind = kind_of(row)
            for field in kind.links:
                for link in t.links_of(field.type, getattr(row, field.name)):
                    if gone:
                        into.get(link, {}).pop((kind.name, row.id, field.name), None)
                    else:
                        into.setdefault(link, {})[kind.name, row.id, field.name] = None

    def anywhere(self, key: str) -> Entity | None:
        """The row that a reference ``[[key]]`` or ``[[kind:key]]`` names; of several kinds the first declared wins."""
        name, colon, rest = key.partition(":")
        if colon and name in kinds():
            return self.find(name, rest)
        found = (self.find(kind.name, key) for kind in kinds() if kind.key)
        return next((row for row in found if row is not None), None)

    def counts(self) -> dict[str, int]:
        """Kind name → number of rows, in the order of the kinds."""
        return {kind.name: len(self.rows(kind.name)) for kind in kinds()}


def _placing(row: Entity) -> tuple[Any, ...]:
    """The values that decide where a row stands and by what key it is known."""
    kind = kind_of(row)
    return tuple(getattr(row, name) for name in (kind.parent, kind.order, *kind.identity) if name)


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(kinds().names())}


def _kinds_behind(kind: str) -> tuple[str, ...]:
    """The kinds whose rows decide the keys of this kind: itself and, for joins, what it joins."""
    own = kinds()[kind]
    return (
        (kind, *(own[name].target for name in own.identity if own[name].target)) if not own.key else (kind,)
    )
