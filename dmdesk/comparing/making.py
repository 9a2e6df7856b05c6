"""Making a comparison: what differs between two states, field by field, put in the order of the plan.

Rows are told apart once (``pairing``), held against each other kind by kind, and parts put under what they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from dmdesk import changes as c
from dmdesk import types as t
from dmdesk.comparing import order, outline
from dmdesk.comparing.history import Made, Steps
from dmdesk.comparing.items import (
    ADDED,
    CHANGED,
    DROPPED,
    KEPT,
    MOVED,
    PLACED,
    RENUMBERED,
    SET,
    Comparison,
    Edit,
    Group,
    Item,
)
from dmdesk.comparing.pairing import Names, aligned, pairs, turned
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.trees import ordered
from dmdesk.values import replace


def compare(old: PlanData, new: PlanData, *, steps: Steps = ()) -> Comparison:
    """What differs between two states of a plan, or two plans; neither is touched, both are kept.

    Of a plan that goes on changing hand in a ``snapshot()``, or the comparison tells of rows that are no longer so.
    ``steps``: the history between them, as far as it is known, so that each edit knows who made it, when and why.
    """
    names = pairs(old, new)
    look = _Look(old, aligned(old, names), new, turned(names), Made(steps))
    found = {kind.name: {item.id: item for item in look.items(kind)} for kind in kinds()}
    return Comparison(old, look.old, new, names, _Places(look, found).groups(), look.shifted)


class _Look:
    """Two states held against each other, with the ids of the new one in both."""

    def __init__(self, given: PlanData, old: PlanData, new: PlanData, was: Names, made: Made) -> None:
        self.given, self.old, self.new, self._was, self._made = given, old, new, was, made
        self.shifted = 0

    def items(self, kind: Kind) -> Iterator[Item]:
        """The rows of a kind that differ, in no order."""
        then, now = self.old.rows(kind.name), self.new.rows(kind.name)
        differing: list[tuple[Entity, Entity]] = []
        for id, row in now.items():
            before = then.get(id)
            if before is None:
                yield self._whole(kind, ADDED, row)
            elif before is not row and before != row:
                differing.append((before, row))
        for id, row in then.items():
            if id not in now:
                yield self._whole(kind, DROPPED, row)
        yield from self._changed(kind, differing)

    def was(self, kind: str, id: str) -> str:
        """The id that a row of the old state was given with."""
        return self._was.get(kind, {}).get(id, id)

    def _whole(self, kind: Kind, op: str, row: Entity) -> Item:
        was = self.was(kind.name, row.id)
        made = self._made
        step = made.whole(kind.name, c.ADD if op == ADDED else c.DROP, row.id, was) if made else None
        edits = []
        for field, value in zip(kind.fields, kind.values(row)[1:], strict=True):
            if value != field.type.empty and field.type is not t.RANK:
                empty = field.type.empty
                last = made.field(kind.name, field.name, row.id, was) if made and op == ADDED else step
                pair = (empty, value) if op == ADDED else (value, empty)
                edits.append(Edit(field.name, *pair, made=last))
        steps = made.steps(kind.name, row.id, was) if made else ()
        if op == ADDED:
            return Item(kind.name, row.id, "", op, None, row, tuple(edits), steps=steps)
        return Item(kind.name, row.id, was, op, row, None, tuple(edits), steps=steps)

    def _changed(self, kind: Kind, differing: list[tuple[Entity, Entity]]) -> Iterator[Item]:
        ranked = kind.order if kind.order and kind[kind.order].type is t.RANK else ""
        placed = self._placed(kind, ranked, differing) if ranked else {}
        special = {kind.key: RENUMBERED, kind.parent: MOVED, ranked: PLACED}
        fields = [(field.name, special.get(field.name, SET)) for field in kind.fields]
        values = kind.values
        for before, now in differing:
            edits = []
            for (name, how), a, b in zip(fields, values(before)[1:], values(now)[1:], strict=True):
                if a is b or a == b:
                    continue
                if how != PLACED:
                    edits.append(Edit(name, a, b, how))
                elif now.id in placed:
                    edits.append(Edit(name, a, b, how, placed[now.id]))
            if not edits:
                self.shifted += 1
                continue
            yield self._told(
                Item(kind.name, now.id, self.was(kind.name, now.id), CHANGED, before, now, tuple(edits))
            )

    def _told(self, item: Item) -> Item:
        """The item with who made it what it is."""
        made = self._made
        if not made:
            return item
        edits = tuple(
            replace(edit, made=made.field(item.kind, edit.field, item.id, item.was)) for edit in item.edits
        )
        return replace(item, edits=edits, steps=made.steps(item.kind, item.id, item.was))

    def _placed(
        self, kind: Kind, ranked: str, differing: list[tuple[Entity, Entity]]
    ) -> dict[str, tuple[str, str]]:
        """The rows that were moved among their siblings, with the siblings they stood and stand after."""
        rank = attrgetter(ranked)
        touched = {now.id for before, now in differing if rank(before) != rank(now)}
        if not touched:
            return {}
        then, now = _siblings(self.old, kind), _siblings(self.new, kind)
        found: dict[str, tuple[str, str]] = {}
        for key, ids in now.items():
            here = then.get(key)
            if here is None or touched.isdisjoint(ids):
                continue

            def weight(id: str) -> int:
                name = order.steady(id, self.was(kind.name, id))
                return name if id in touched else name + (1 << 48)

            moved = order.moved(here, ids, weight) & touched
            if moved:
                stood, stands = _before(here), _before(ids)
                found |= {id: (stood[id], stands[id]) for id in moved}
        return found


def _siblings(data: PlanData, kind: Kind) -> dict[str, list[str]]:
    """The ids of rows that are ranked among each other, in order: children of a row, parts of one, or all of a kind."""
    if kind.parent:
        return data.children_ids(kind.name)
    owner = outline.owner_field(kind)
    if not owner:
        return {"": [row.id for row in data.in_order(kind.name)]}
    found: dict[str, list[Entity]] = {}
    for row in data.rows(kind.name).values():
        found.setdefault(getattr(row, owner), []).append(row)
    return {link: [row.id for row in ordered(rows)] for link, rows in found.items()}


def _before(ids: list[str]) -> dict[str, str]:
    """The sibling that each stands after, "" for the first."""
    return dict(zip(ids, ["", *ids], strict=False))


# -- putting items in their places

At = tuple[str, str]
"""(kind, id) of an item."""


class _Places:
    """Items in the order of the plan, parts under what they are part of."""

    def __init__(self, look: _Look, found: dict[str, dict[str, Item]]) -> None:
        self._look = look
        self._items: dict[At, Item] = {
            (kind, id): item for kind, of in found.items() for id, item in of.items()
        }
        self._parts: dict[At, list[At]] = {}
        self._order: dict[str, dict[str, int]] = {}
        alone: dict[str, list[At]] = {}
        todo = list(self._items)
        while todo:
            at = todo.pop()
            owner = self._owner(at)
            if owner is None:
                alone.setdefault(at[0], []).append(at)
                continue
            self._parts.setdefault(owner, []).append(at)
            if owner not in self._items:
                self._items[owner] = self._kept(owner)
                todo.append(owner)
        self._alone = alone

    def groups(self) -> tuple[Group, ...]:
        """The items that are no parts, by kind."""
        return tuple(
            Group(part, kind, tuple(self._whole(at) for at in sorted(self._alone[kind], key=self._place)))
            for kind, (_, part) in outline.places().items()
            if kind in self._alone
        )

    def _whole(self, at: At) -> Item:
        item, parts = self._items[at], self._parts.get(at)
        if not parts:
            return item
        return replace(item, parts=tuple(self._whole(part) for part in sorted(parts, key=self._place)))

    def _owner(self, at: At) -> At | None:
        owner = outline.owner_of(self._items[at].row)
        if owner is None or (self._look.new.get(*owner) or self._look.old.get(*owner)) is None:
            return None
        return owner

    def _kept(self, at: At) -> Item:
        look, (kind, id) = self._look, at
        return Item(kind, id, look.was(kind, id), KEPT, look.old.get(kind, id), look.new.get(kind, id))

    def _place(self, at: At) -> tuple[int, int]:
        kind, id = at
        known = self._order.get(kind)
        if known is None:
            known = self._order[kind] = {id: place for place, id in enumerate(self._in_order(kind))}
        return outline.places()[kind][0], known[id]

    def _in_order(self, kind: str) -> list[str]:
        old, new = self._look.old, self._look.new
        now, parent = new.rows(kind), kinds()[kind].parent

        def stays(row: Entity) -> bool:
            return not parent or getattr(row, parent) == getattr(now[row.id], parent)

        return order.merged(old.in_order(kind), new.in_order(kind), stays)
