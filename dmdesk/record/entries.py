"""Entries: a comparison as a list to be written down, in the order of the plan, every value in words.

All forms are made of this one list, so that none of them says more or less than another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk.comparing import ADDED, CHANGED, DROPPED, Comparison, Edit, Item, Run, words
from dmdesk.comparing.history import rfc_of
from dmdesk.kinds import kinds
from dmdesk.model import Revision
from dmdesk.reading import PlanData
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.store import Step


@frozen
class Record:
    """What a change record is made of: the comparison, what its two states are called, and what was left in.

    ``new_name`` is "" for the plan as it is.
    """

    comparison: Comparison
    old_name: str
    new_name: str
    scope: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title: “Changes from 3.0 to 3.1”, or “Changes since 3.0”."""
        if not self.new_name:
            return f"Changes since {self.old_name}"
        return f"Changes from {self.old_name} to {self.new_name}"


@frozen
class Line:
    """One field: its label, what it was and is, what of it was removed and added, and who made it so.

    ``several``: the runs are members of a list. ``alone``: the field of a row that was added or dropped.
    """

    label: str
    field: str
    how: str
    old: str
    new: str
    runs: tuple[Run, ...]
    several: bool
    alone: bool
    made: Made | None


@frozen
class Made:
    """Who made something what it is, when (UTC, ISO 8601), under which change request and why."""

    who: str
    at: str
    rfc: str
    why: str

    @property
    def day(self) -> str:
        """The day of it."""
        return self.at[:10]

    @property
    def words(self) -> str:
        """The whole of it: “J. Swinbank, 2017-07-12, RFC-358: the reason”."""
        told = ", ".join(filter(None, (self.who, self.day, self.rfc)))
        return f"{told}: {self.why}" if self.why else told


@frozen
class Entry:
    """An item: where it belongs, what became of it, its fields. ``depth`` is 1 for the part of another item.

    ``old_key``: the code it had, where that was another. ``made``: who did it on the whole; a line
    that somebody else made says so.
    """

    part: str
    item: Item
    depth: int
    label: str
    plural: str
    key: str
    old_key: str
    name: str
    title: str
    what: str
    lines: tuple[Line, ...]
    made: Made | None


def entries(record: Record) -> Iterator[Entry]:
    """Every item that differs, in the order of the plan, parts after what they belong to."""
    for group in record.comparison.groups:
        for item in group.items:
            yield from _entries(record.comparison, group.part, item, 0)


def _entries(comparison: Comparison, part: str, item: Item, depth: int) -> Iterator[Entry]:
    kind = kinds()[item.kind]
    data = comparison.old if item.new is None else comparison.new
    old_key = comparison.old.key(item.old) if item.renumbered and item.old is not None else ""
    lines = tuple(_line(comparison, item, edit) for edit in _told(item, depth))
    name = words.part_name(comparison, item) if depth else words.name_of(data, item.row)
    yield Entry(
        part, item, depth, kind.label, kind.plural, data.key(item.row), old_key, name,
        data.title(item.row), words.what(item), lines, _of_all(comparison, item, lines),
    )  # fmt: skip
    for one in item.parts:
        yield from _entries(comparison, part, one, depth + 1)


def _told(item: Item, depth: int) -> Iterator[Edit]:
    """The edits that the name of the item does not say already."""
    kind = kinds()[item.kind]
    said = {kind.key, kind.title, *(kind.identity if depth else ())}
    for edit in item.edits:
        if item.op == CHANGED or edit.field not in said:
            yield edit


def _line(comparison: Comparison, item: Item, edit: Edit) -> Line:
    old, new = words.told(comparison, item, edit)
    return Line(
        words.label(item, edit), edit.field, edit.how, old, new, words.runs(comparison, item, edit),
        words.is_list(kinds()[item.kind][edit.field]), item.op != CHANGED,
        made(comparison.new, edit.made),
    )  # fmt: skip


def _of_all(comparison: Comparison, item: Item, lines: tuple[Line, ...]) -> Made | None:
    """Who made an item what it is on the whole: who dropped or added it, or made most of its edits; None if unknown."""
    if item.op == DROPPED or not lines:
        return made(comparison.new, item.steps[0]) if item.steps else None
    if item.op == ADDED:
        return made(comparison.new, item.steps[-1]) if item.steps else None
    known = [line.made for line in lines if line.made]
    return max(known, key=lambda one: (known.count(one), one.at)) if known else None


def made(data: PlanData, step: Step | None) -> Made | None:
    """Who made a step, when, under which change request and why."""
    if step is None:
        return None
    rfc = data.get("rfc", rfc_of(step))
    return Made(step.who, step.at, data.key(rfc) if rfc is not None else "", step.why)


def revisions(record: Record) -> list[Revision]:
    """The entries of the change record in the front matter, oldest first."""
    rows = record.comparison.new.in_order("revision")
    return [row for row in rows if isinstance(row, Revision)]


def numbers(record: Record) -> list[tuple[str, tuple[int, ...]]]:
    """The summary: a line of numbers for each kind, and one for all where there are several."""
    counts = record.comparison.counts
    found: list[tuple[str, tuple[int, ...]]] = [(kinds()[one.kind].plural, one.numbers) for one in counts]
    return [*found, ("All", record.comparison.total.numbers)] if len(found) > 1 else found


NUMBERS = ("Added", "Changed", "Moved", "Renumbered", "Dropped", "Fields")
"""What the numbers of a summary count; those moved and renumbered are among the changed, fields are theirs."""
