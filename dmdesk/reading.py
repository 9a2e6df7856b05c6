"""Reading: all rows of a plan, typed and in memory, filled kind by kind from wherever they lie.

Screens, checks, chapters and exports read this and never a database: rows are immutable, so a copy for
background work costs one dictionary a kind, and nothing that reads can write.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from dmdesk import trees
from dmdesk import types as t
from dmdesk.keeping import Firsts, Index, Kept, Ordered, Replaced
from dmdesk.kinds import Entity, Kind, kind_by, kind_of, kinds

E = TypeVar("E", bound=Entity)
R = TypeVar("R")
V = TypeVar("V", bound=Kept)
K = TypeVar("K", bound=Hashable)

REMEMBERED = 20_000
"""Replaced rows that are remembered, for kept values to catch up with; who is further behind starts anew."""


class PlanData:
    """The rows of a plan by kind and id.

    ``source`` gives the rows of a kind when they are first asked for; without one the plan is empty.
    """

    def __init__(self, source: Callable[[Kind], dict[str, Entity]] | None = None) -> None:
        self._source = source
        self._rows: dict[str, dict[str, Entity]] = {}
        self._memo: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._kept: dict[str, tuple[int, Any]] = {}
        self._stamps: dict[str, int] = {}
        self._journal: list[Replaced] = []
        self._forgotten = 0
        self._arrival: dict[str, dict[str, int]] = {}
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
        return cast("dict[str, E]", self.rows(kind_by(cls).name))

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
        self._note(Replaced(kind, id, old, row))
        if self._into is not None:
            self._note_links(self._into, old, row)

    def _note(self, step: Replaced) -> None:
        """Remember a replaced row, and stamp what is not as before: the kind, the field, or which rows there are."""
        kind, id, old, row = step
        self._journal.append(step)
        if len(self._journal) > REMEMBERED:
            half = REMEMBERED // 2
            del self._journal[:half]
            self._forgotten += half
        if old is None or row is None:
            names = [f"{kind}.id"]
        else:
            values = kinds()[kind].values
            pairs = zip(_fields(kind), values(old)[1:], values(row)[1:], strict=True)
            names = [name for name, before, after in pairs if before != after]
        for name in (kind, *names):
            self._stamps[name] = self._stamps.get(name, 0) + 1
        arrival = self._arrival.get(kind)
        if arrival is not None and row is None:
            arrival.pop(id, None)
        elif arrival is not None and id not in arrival:
            arrival[id] = next(reversed(arrival.values()), 0) + 1

    def arrival(self, kind: str) -> Mapping[str, int]:
        """Numbers that rise in the order in which the rows of a kind came."""
        found = self._arrival.get(kind)
        if found is None:
            found = self._arrival[kind] = {id: at for at, id in enumerate(self.rows(kind))}
        return found

    def mark(self) -> int:
        """Where the plan stands now, for ``since``."""
        return self._forgotten + len(self._journal)

    def since(self, mark: int) -> list[Replaced] | None:
        """The rows replaced since then, in order; None when that is too long ago to tell."""
        return None if mark < self._forgotten else self._journal[mark - self._forgotten :]

    def version(self, *names: str) -> tuple[int, ...]:
        """A stamp that differs after any row of these kinds has changed.

        A name such as ``product.name`` stands for that field only, ``product.id`` for rows that come and go; a field's
        stamp differs after those as well.
        """
        stamps = self._stamps
        if not stamps:
            return (0,) * len(names)
        return tuple(
            [
                stamps.get(name, 0) + (stamps.get(f"{name.partition('.')[0]}.id", 0) if "." in name else 0)
                for name in names
            ]
        )

    def memo(self, name: str, of: tuple[str, ...], make: Callable[[], R], *, shape: bool = False) -> R:
        """A derived value, made again only after a row of the kinds (or fields, see ``version``) has changed.

        ``shape``: only rows that came, went, or changed their key, parent or order count as changed.
        """
        stamp = self.version(*(one for kind in of for one in placing(kind)) if shape else of)
        held = self._memo.get(name)
        if held is None or held[0] != stamp:
            held = self._memo[name] = (stamp, make())
        return cast("R", held[1])

    def kept(self, name: str, make: Callable[[], V], of: tuple[str, ...] = ()) -> V:
        """A derived value that is made once and then told of every replaced row.

        ``of``: the kinds (or fields) that it follows, for those who watch what they read; none for any.
        """
        now = self._forgotten + len(self._journal)
        mark, value = self._kept.get(name, (-1, None))
        if mark != now:
            news = self.since(mark)
            if news is None:
                value = make()
            for step in news or ():
                value.replaced(step)
            self._kept[name] = now, value
        return cast("V", value)

    def index(self, name: str, kind: str, keys_of: Callable[[Entity], Iterable[K]]) -> Index[K]:
        """The rows of a kind by keys that follow from each row alone; ``name`` tells it from others of the kind."""
        return self.kept(f"{name} {kind}", lambda: Index(kind, self.rows(kind), keys_of), (kind,))

    def in_order(self, kind: str) -> list[Entity]:
        """All rows of a kind as a person expects them: trees from the top down, others in natural order."""
        rows = self.rows(kind)
        if kinds()[kind].key and not kinds()[kind].parent:
            ids = self.kept(f"order {kind}", lambda: Ordered(kinds()[kind], rows), (kind,)).ids
        else:
            ids = self.memo(f"order {kind}", _kinds_behind(kind), lambda: self._order(kind), shape=True)
        return [rows[id] for id in ids]

    def places(self, kind: str) -> dict[str, int]:
        """The place of each row of a tree, from the top down."""
        make = lambda: {id: at for at, (_, id) in enumerate(trees.walk(self.children_ids(kind)))}  # noqa: E731
        return self.memo(f"places {kind}", (kind,), make, shape=True)

    def _order(self, kind: str) -> list[str]:
        if kinds()[kind].parent:
            return [id for _, id in trees.walk(self.children_ids(kind))]
        places = {id: (trees.natural(key), id) for id, key in self._joined(kind)}
        return sorted(places, key=places.__getitem__)

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
        key = kinds()[kind].key
        if key:
            return self.kept(f"keys {kind}", lambda: Firsts(kind, self.rows(kind), key), placing(kind)).first
        return self.memo(f"keys {kind}", _kinds_behind(kind), lambda: self._keys(kind), shape=True)

    def _keys(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for id, key in self._joined(kind):
            found.setdefault(key, id)
        return found

    def _joined(self, kind: str) -> Iterator[tuple[str, str]]:
        """(id, key) of all rows of a kind known by what it joins; the same as ``key``, each thing joined named once."""
        own, rows = kinds()[kind], self.rows(kind)
        columns: list[list[str]] = []
        for name in own.identity:
            target, values = own[name].target, [getattr(row, name) for row in rows.values()]
            named = {one: self.link(target, one, self.key) if target else str(one) for one in set(values)}
            columns.append([named[one] for one in values])
        keys = ["/".join(filter(None, parts)) for parts in zip(*columns, strict=True)]
        return zip(rows, keys, strict=True)

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
        found = sorted(self._into.get(id, ()), key=lambda at: (_places()[at[0]], self.arrival(at[0])[at[1]]))
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
        for kind in kinds():
            if kind.key and (id := self.by_key(kind.name).get(key)):
                return self.rows(kind.name)[id]
        return None

    def counts(self) -> dict[str, int]:
        """Kind name → number of rows, in the order of the kinds."""
        return {kind.name: len(self.rows(kind.name)) for kind in kinds()}


@cache
def _fields(kind: str) -> tuple[str, ...]:
    """``kind.field`` for each field of a kind."""
    return tuple(f"{kind}.{field.name}" for field in kinds()[kind].fields)


@cache
def placing(kind: str) -> tuple[str, ...]:
    """The fields that decide where a row stands and by what key it is known, and which rows there are."""
    own = kinds()[kind]
    names = ("id", own.parent, own.order, *own.identity)
    return tuple(f"{kind}.{name}" for name in names if name)


@cache
def _places() -> dict[str, int]:
    return {name: place for place, name in enumerate(kinds().names())}


def _kinds_behind(kind: str) -> tuple[str, ...]:
    """The kinds whose rows decide the keys of this kind: itself and, for joins, what it joins."""
    own = kinds()[kind]
    return (
        (kind, *(own[name].target for name in own.identity if own[name].target)) if not own.key else (kind,)
    )
