"""What a comparison is made of: groups of items, their edits, and the numbers on top.

Plain values, so that a window, a print and a spreadsheet tell the same story of two states of a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dmdesk.kinds import Entity, Field, kinds
from dmdesk.reading import PlanData
from dmdesk.values import replace

if TYPE_CHECKING:
    from dmdesk.store import Step

ADDED, CHANGED, DROPPED, KEPT = OPS = ("added", "changed", "dropped", "kept")
"""What became of an item; a kept one is told only because of its parts."""

SET, MOVED, RENUMBERED, PLACED = HOWS = ("set", "moved", "renumbered", "placed")
"""What an edit is: a value, another place in the tree, another code, another place among its siblings."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A field that differs. Links in ``old`` and ``new`` are ids of the compared plans.

    ``after``: of a row that was placed anew, the ids of the siblings it stood and stands after, "" for the first place.
    ``made``: the step that changed the field last, where the history is known.
    """

    field: str
    old: Any
    new: Any
    how: str = SET
    after: tuple[str, str] = ("", "")
    made: Step | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row that differs, or that has parts which do.

    ``id`` is the row's in the new state (of a dropped one in the old), ``was`` its id in the plan that was given as the
    old one; ``old`` and ``new`` are the row then and now. The edits of an added or dropped item are its filled fields.
    ``steps``: those that touched it, newest first.
    """

    kind: str
    id: str
    was: str
    op: str
    old: Entity | None
    new: Entity | None
    edits: tuple[Edit, ...] = ()
    parts: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def row(self) -> Entity:
        """The row as it is now, or as it was."""
        row = self.new if self.new is not None else self.old
        assert row is not None
        return row

    @property
    def moved(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.op == CHANGED and any(edit.how in (MOVED, PLACED) for edit in self.edits)

    @property
    def renumbered(self) -> bool:
        """Whether it has another code than before."""
        return self.op == CHANGED and any(edit.how == RENUMBERED for edit in self.edits)

    def edit(self, field: str) -> Edit | None:
        """What became of a field, None when it is as it was."""
        return next((edit for edit in self.edits if edit.field == field), None)

    def walk(self) -> Iterator[Item]:
        """The item and its parts, their parts included."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a kind were added, changed (those moved and renumbered among them) and dropped.

    ``fields``: the fields that differ in changed rows.
    """

    kind: str
    added: int = 0
    changed: int = 0
    moved: int = 0
    renumbered: int = 0
    dropped: int = 0
    fields: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.kind, *(a + b for a, b in zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self) -> tuple[int, int, int, int, int, int]:
        """Added, changed, moved, renumbered, dropped, fields."""
        return self.added, self.changed, self.moved, self.renumbered, self.dropped, self.fields

    @property
    def rows(self) -> int:
        """The rows that differ."""
        return self.added + self.changed + self.dropped


@dataclass(frozen=True, slots=True)
class Group:
    """The items of a kind, in the order of the plan, and the part of the plan they belong to."""

    part: str
    kind: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Comparison:
    """Two states of a plan, compared.

    ``old`` has the ids of the new state wherever two rows were found to be the same thing; ``given`` is the old state
    as it was given, and ``pairs`` says, kind by kind, which of its ids became which. ``shifted`` counts the rows whose
    rank differs although they stand where they stood.
    """

    given: PlanData
    old: PlanData
    new: PlanData
    pairs: Mapping[str, Mapping[str, str]]
    groups: tuple[Group, ...]
    shifted: int = 0

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def items(self) -> Iterator[Item]:
        """Every item that was added, changed or dropped, parts after the item they belong to."""
        return (one for group in self.groups for item in group.items for one in item.walk() if one.op != KEPT)

    def find(self, kind: str, id: str) -> Item | None:
        """What became of a row, by its id in either state; None when nothing did."""
        return self._found.get((kind, id))

    @cached_property
    def _found(self) -> dict[tuple[str, str], Item]:
        every = [one for group in self.groups for item in group.items for one in item.walk()]
        found = {(one.kind, one.was): one for one in every if one.was}
        return found | {(one.kind, one.id): one for one in every}

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """The numbers of each kind that has any, in the order of the kinds."""
        found: dict[str, list[int]] = {}
        for item in self.items:
            tally = found.setdefault(item.kind, [0] * 6)
            if item.op == CHANGED:
                tally[1] += 1
                tally[2] += item.moved
                tally[3] += item.renumbered
                tally[5] += len(item.edits)
            else:
                tally[0 if item.op == ADDED else 4] += 1
        return tuple(Count(kind.name, *found[kind.name]) for kind in kinds() if kind.name in found)

    @property
    def total(self) -> Count:
        """The numbers of all kinds together."""
        return sum(self.counts, Count(""))

    def kept(self, keep: Callable[[Item], Item | None]) -> Comparison:
        """The comparison with each item (parts included, from the inside out) as ``keep`` has it, None to leave it out.

        An item without edits of its own stays as long as it has parts.
        """
        groups = []
        for group in self.groups:
            items = tuple(made for item in group.items if (made := _kept(item, keep)) is not None)
            if items:
                groups.append(replace(group, items=items))
        return replace(self, groups=tuple(groups))

    def field(self, item: Item, edit: Edit) -> Field:
        """The declaration of an edited field."""
        return kinds()[item.kind][edit.field]


def _kept(item: Item, keep: Callable[[Item], Item | None]) -> Item | None:
    parts = tuple(made for part in item.parts if (made := _kept(part, keep)) is not None)
    own = keep(item)
    if own is not None:
        return own if own.parts == parts else replace(own, parts=parts)
    return replace(item, op=KEPT, edits=(), steps=(), parts=parts) if parts else None


def flat(items: Iterable[Item]) -> Iterator[Item]:
    """The items with their parts."""
    for item in items:
        yield from item.walk()
