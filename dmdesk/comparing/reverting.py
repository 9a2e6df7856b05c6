"""Reverting: the changes that lead from one compared state to the other, whole or in chosen parts that hold together.

What is chosen is put back into a copy of the new state, together with what it cannot be without; what then differs from
the new state are the changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk import types as t
from dmdesk.changes import Change, difference, without
from dmdesk.comparing import outline
from dmdesk.comparing.items import Comparison, Item
from dmdesk.comparing.pairing import aligned, turned
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Field, Kind, changed, kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.trees import ancestors, rank_between
from dmdesk.values import frozen


@frozen
class Pick:
    """What to take back: a field of a row, a row with its parts (no field), or all rows of a kind (no id)."""

    kind: str
    id: str = ""
    field: str = ""


def changes(comparison: Comparison) -> list[Change]:
    """The changes that make the old state, as it was given, hold what the new one does; paired rows keep their ids."""
    return difference(comparison.given, aligned(comparison.new, turned(comparison.pairs)))


def revert(comparison: Comparison, only: Iterable[Pick] | None = None) -> list[Change]:
    """The changes to the new state that take back what is picked, or everything.

    With a row that comes back, come its parts, the rows it is linked to and the links that were lost with it; with a
    row that goes, go the added rows below it, while others return to where they were.

    Raises:
        PlanError: what is picked cannot be taken back alone, since a tree would bite its tail.
    """
    if only is None:
        return difference(comparison.new, comparison.old)
    back = _Back(comparison)
    for pick in only:
        back.take(pick)
    return back.changes()


class _Back:
    """The new state on its way to what is picked."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._old, self._new = comparison.old, comparison.new
        self._work = comparison.new.copy()

    def changes(self) -> list[Change]:
        """What differs from the new state by now."""
        found = difference(self._new, self._work)
        self._refuse_circles(found)
        return found

    def take(self, pick: Pick) -> None:
        """Take one pick back."""
        kind = kinds()[pick.kind]
        if not pick.id:
            for id in self._differing(kind):
                self._row(kind, id)
        elif pick.field:
            self._field(kind, pick.id, pick.field)
        else:
            self._row(kind, pick.id)
            item = self._comparison.find(pick.kind, pick.id)
            for part in item.parts if item else ():
                self._take_item(part)

    def _take_item(self, item: Item) -> None:
        for one in item.walk():
            self._row(kinds()[one.kind], one.id)

    def _differing(self, kind: Kind) -> list[str]:
        old, new = self._old.rows(kind.name), self._new.rows(kind.name)
        return [id for id in {**old, **new} if old.get(id) != new.get(id)]

    # -- one row

    def _row(self, kind: Kind, id: str) -> None:
        before, now = self._old.get(kind.name, id), self._new.get(kind.name, id)
        if before is None and now is None:
            raise PlanError(f"This {kind.label.lower()} is in neither state; compare them again.")
        if before is None:
            self._drop(kind, id)
        elif now is None:
            self._bring(kind, id)
        else:
            for field in kind.fields:
                if getattr(before, field.name) != getattr(now, field.name):
                    self._field(kind, id, field.name)

    def _field(self, kind: Kind, id: str, name: str) -> None:
        """Give a field its old value; what that leads to comes back with it."""
        before, now = self._old.get(kind.name, id), self._work.get(kind.name, id)
        if before is None or now is None:
            self._row(kind, id)
            return
        value = getattr(before, name)
        if name == kind.order and kind[name].type is t.RANK:
            value = self._rank(kind, before)
        self._need(kind[name], value)
        self._put(now, {name: value})

    def _put(self, row: Entity, values: dict[str, Any]) -> None:
        self._work.replace(kind_of(row).name, row.id, changed(row, values))

    def _need(self, field: Field, value: Any) -> None:
        """Bring back the rows that a value links to."""
        for link in t.links_of(field.type, value):
            if self._work.get(field.target, link) is None:
                self._bring(kinds()[field.target], link)

    # -- a row that was dropped

    def _bring(self, kind: Kind, id: str) -> None:
        """Bring a dropped row back, with its parts, what it links to and what was lost with it."""
        todo = [(kind.name, id)]
        while todo:
            at = todo.pop()
            row = self._old.get(*at)
            if row is None or self._work.get(*at) is not None:
                continue
            self._work.replace(*at, row)
            for field in kind_of(row).links:
                todo += ((field.target, link) for link in t.links_of(field.type, getattr(row, field.name)))
            for source, name in self._old.incoming(row.id):
                if self._work.get(kind_of(source).name, source.id) is not None:
                    self._relink(source, name, row.id)
                elif self._whole(source, name):
                    todo.append((kind_of(source).name, source.id))

    def _whole(self, part: Entity, name: str) -> bool:
        """Whether a row was part of one that came back, and all else that it was part of is there."""
        kind = kind_of(part)
        owners = [(f.target, getattr(part, f.name)) for f in kind.fields if f.part and f.name != name]
        return kind[name].part and all(
            t.unresolved(link) or not link or self._work.get(target, link) is not None
            for target, link in owners
        )

    def _relink(self, source: Entity, name: str, id: str) -> None:
        """Give a row its link to one that came back, where only that was lost."""
        now = self._work.get(kind_of(source).name, source.id)
        assert now is not None
        was, value = getattr(source, name), getattr(now, name)
        if isinstance(was, tuple):
            if id not in value:
                self._put(now, {name: _with(value, was, id)})
        elif was == id and not value:
            self._put(now, {name: id})

    # -- a row that was added

    def _drop(self, kind: Kind, id: str) -> None:
        """Drop an added row with what was added to it; what was there before returns to where it was."""
        doomed: dict[str, Entity] = {}
        left: list[tuple[Entity, str, str]] = []
        todo = [self._work.get(kind.name, id)]
        while todo:
            row = todo.pop()
            if row is None or row.id in doomed:
                continue
            doomed[row.id] = row
            for source, name in self._work.incoming(row.id):
                own = kind_of(source)
                added = self._old.get(own.name, source.id) is None
                if added and (name == own.parent or own[name].part):
                    todo.append(source)
                else:
                    left.append((source, name, row.id))
        for source, name, gone in left:
            if source.id not in doomed:
                self._unlink(source, name, gone)
        for row in doomed.values():
            self._work.replace(kind_of(row).name, row.id, None)

    def _unlink(self, source: Entity, name: str, gone: str) -> None:
        """Take a link to a row that goes out of a row that stays; a single link gets its old value."""
        kind = kind_of(source)
        before, now = self._old.get(kind.name, source.id), self._work.get(kind.name, source.id)
        assert now is not None
        value = getattr(now, name)
        if before is None or isinstance(value, tuple):
            self._put(now, {name: without(value, gone)})
        elif value == gone:
            self._field(kind, source.id, name)

    # -- order, and what must hold

    def _rank(self, kind: Kind, before: Entity) -> str:
        """The old rank, or one beside what it stood beside where the ranks of others are new."""
        old: str = getattr(before, kind.order)
        siblings = _siblings(self._old, kind, before)
        now = [self._work.get(kind.name, one.id) for one in siblings]
        if all(one is None or getattr(one, kind.order) == getattr(was, kind.order) or one.id == before.id
               for one, was in zip(now, siblings, strict=True)):  # fmt: skip
            return old
        at = [one.id for one in siblings].index(before.id)
        above = next((one for one in reversed(now[:at]) if one is not None), None)
        rank = getattr(above, kind.order) if above is not None else ""
        here = self._work.get(kind.name, before.id) or before
        later = [getattr(one, kind.order) for one in _siblings(self._work, kind, here) if one.id != before.id]
        return rank_between(rank, min((one for one in later if one > rank), default=""))

    def _refuse_circles(self, found: list[Change]) -> None:
        for change in found:
            kind = kinds()[change.kind]
            row = self._work.get(change.kind, change.id)
            if row is None or kind.parent not in change.fields:
                continue
            rows = self._work.rows(change.kind)
            if any(
                getattr(above, kind.parent) == row.id
                for above in (row, *ancestors(rows, row.id, kind.parent))
            ):
                raise PlanError(
                    f"“{self._work.title(row)}” cannot go back to where it was alone, since what it was below is now "
                    "below it; take both back."
                )


def _siblings(data: PlanData, kind: Kind, row: Entity) -> list[Entity]:
    """The rows that a row is ranked among, itself included."""
    if kind.parent:
        return data.children(kind.name).get(getattr(row, kind.parent), [row])
    owner = outline.owner_field(kind)
    rows = data.in_order(kind.name)
    return [one for one in rows if getattr(one, owner) == getattr(row, owner)] if owner else rows


def _with(value: tuple[str, ...], was: tuple[str, ...], id: str) -> tuple[str, ...]:
    """Links with one that was lost, behind the one it stood behind."""
    before = [link for link in was[: was.index(id)] if link in value]
    at = value.index(before[-1]) + 1 if before else 0
    return (*value[:at], id, *value[at:])
