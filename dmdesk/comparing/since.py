"""Since: which rows and fields of the working plan differ from a baseline, kept true by every replaced row.

A comparison tells all of it in order; this answers for one row at once, so that it can be asked for every cell that is
painted and counted anew after every edit.
"""

from __future__ import annotations

from collections import Counter

from dmdesk import types as t
from dmdesk.comparing.drafting import MARK, without_mark
from dmdesk.comparing.items import ADDED, CHANGED, DROPPED, KEPT, PLACED, Comparison
from dmdesk.comparing.making import compare
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.reading import PlanData

At = tuple[str, str]
"""(kind, id) of a row."""


class Since:
    """What differs from a baseline. ``old`` is the baseline with the ids of the plan, ``given`` as it was sealed.

    ``exact`` is False after an edit that a whole comparison may tell in another way: a row that came or went may be one
    that was known by another id, and a new rank need not be another place.
    """

    def __init__(self, version: str, comparison: Comparison) -> None:
        self.version = version
        self.given, self.old = comparison.given, comparison.old
        self.exact = True
        self._ops: dict[At, str] = {}
        self._placed: set[At] = set()
        for item in comparison.items:
            at = item.kind, item.id
            if _is_the_mark(item.kind, item.new, {edit.field for edit in item.edits}):
                continue
            self._ops[at] = item.op
            if item.op == CHANGED and any(edit.how == PLACED for edit in item.edits):
                self._placed.add(at)

    @property
    def count(self) -> int:
        """How many rows were added, changed or dropped."""
        return len(self._ops)

    def counts(self, kind: str = "") -> tuple[int, int, int]:
        """How many rows, of one kind or of all, were added, changed and dropped."""
        found = Counter(op for (of, _), op in self._ops.items() if kind in ("", of))
        return found[ADDED], found[CHANGED], found[DROPPED]

    def op(self, kind: str, id: str) -> str:
        """What became of a row, "" when it is as it was."""
        return self._ops.get((kind, id), "")

    def ids(self, kind: str) -> set[str]:
        """The rows of a kind that are in the plan and differ."""
        return {id for (of, id), op in self._ops.items() if of == kind and op != DROPPED}

    def any_of(self, kind: str) -> bool:
        """Whether any row of a kind was added, changed or dropped."""
        return any(of == kind for of, _ in self._ops)

    def was(self, kind: str, id: str) -> Entity | None:
        """The row as it was, None when it was not there."""
        return self.old.get(kind, id)

    def fields(self, row: Entity, kind: Kind) -> tuple[str, ...]:
        """The fields of a changed row that are not as they were; of one that was added, or is as it was, none."""
        before = self.old.get(kind.name, row.id)
        if before is None or self.op(kind.name, row.id) != CHANGED:
            return ()
        return tuple(
            field.name
            for field in kind.fields
            if getattr(before, field.name) != getattr(row, field.name)
            and (field.type is not t.RANK or (kind.name, row.id) in self._placed)
        )

    def moved(self, row: Entity, kind: Kind) -> bool:
        """Whether a row stands elsewhere than it did."""
        before = self.old.get(kind.name, row.id)
        if before is None:
            return False
        parent = bool(kind.parent) and getattr(before, kind.parent) != getattr(row, kind.parent)
        return parent or (kind.name, row.id) in self._placed

    def replace(self, kind: str, id: str, row: Entity | None) -> None:
        """Take note of a row as it is now, None when it is gone."""
        at, before = (kind, id), self.old.get(kind, id)
        op = self._became(kinds()[kind], at, before, row)
        if op in (ADDED, DROPPED) or self._ops.get(at) in (ADDED, DROPPED):
            self.exact = False
        if op == KEPT:
            self._ops.pop(at, None)
        else:
            self._ops[at] = op

    def _became(self, kind: Kind, at: At, before: Entity | None, row: Entity | None) -> str:
        if before is None:
            return ADDED if row is not None else KEPT
        if row is None:
            return DROPPED
        differing = {f for f in kind.fields if getattr(before, f.name) != getattr(row, f.name)}
        others = {field for field in differing if field.type is not t.RANK}
        self._placed.discard(at)
        if differing - others:
            self._placed.add(at)
            self.exact = False
        mark = _is_the_mark(kind.name, row, {field.name for field in differing})
        return CHANGED if differing and not mark else KEPT


def _is_the_mark(kind: str, row: Entity | None, differing: set[str]) -> bool:
    """Whether nothing differs but the draft mark, which every release puts on again."""
    return kind == "plan" and differing == {MARK} and getattr(row, MARK, "") == "draft"


def differing(old: PlanData, new: PlanData, kind: str) -> set[str]:
    """The ids of the rows of a kind that are in the new state and not as they were in the old one."""
    found = compare(without_mark(old, new), new)
    return {item.id for item in found.items if item.kind == kind and item.op != DROPPED}
