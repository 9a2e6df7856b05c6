"""What fixes are made of: changes of one row that clear, replace or keep what somebody typed.

Checks of different families offer the same ways to cure, so that people learn them once.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from dmdesk.changes import drop_all, put
from dmdesk.checks.finding import Fix
from dmdesk.kinds import Entity, derived_id, kind_of, kinds
from dmdesk.reading import PlanData

NOTE_FIELDS = ("note", "comment")
"""Where a note belongs, in the kinds that have a place for it."""

CLEAR, KEEP, CREATE, REMOVE, LINK = "clear", "keep the words", "create", "remove", "link"
"""Ways to cure that many checks offer."""


def setting(row: Entity, title: str, way: str, /, **values: Any) -> Fix:
    """The fix that sets fields of a row."""
    return Fix(title, (put(row, values),), way)


def removal(data: PlanData, row: Entity, title: str) -> Fix:
    """The fix that takes a row out of the plan, with what goes along."""
    return Fix(title, tuple(drop_all(data, [row])), REMOVE)


def missing(data: PlanData, kind: str, key: str, values: dict[str, Any]) -> Entity:
    """A row that is missing, to be added by a fix.

    Its id follows from its key, so that two findings that lack the same row do not make it twice; an id that a row
    still has which was renamed is not taken again.
    """
    rows = data.rows(kind)
    follow = (derived_id(kind, key if number == 1 else f"{key}\n{number}") for number in count(1))
    return kinds()[kind].make(values, next(id for id in follow if id not in rows))


def note_place(row: Entity) -> str:
    """The field of the row that notes go to, or ""."""
    kind = kind_of(row)
    return next((name for name in NOTE_FIELDS if name in kind), "")


def noted(row: Entity, field: str, words: str) -> dict[str, str]:
    """The value of the row's note with the words of a field added; nothing where the row has no place for notes."""
    place = note_place(row)
    if not place:
        return {}
    line = f"{kind_of(row)[field].label}: {words}"
    return {place: "\n".join(part for part in (getattr(row, place), line) if part)}
