"""People: which rows are somebody's, as a manager, an owner, a member, or the holder of a role."""

from __future__ import annotations

from typing import Any

from dmdesk import types as t
from dmdesk.filters.texts import in_force, names
from dmdesk.filters.words import fold
from dmdesk.kinds import Entity, Field, Kind
from dmdesk.model import Appointment
from dmdesk.reading import PlanData


def theirs(data: PlanData, kind: Kind, name: str, today: str) -> set[str]:
    """The ids of the rows of a kind that are a person's: linked to them or to a role they hold, inherited too."""
    who = persons(data, name)
    roles = {row.role for row in data.all(Appointment).values() if row.person in who and _runs(row, today)}
    if kind.name == "person":
        return set(who)
    found = roles & data.rows(kind.name).keys() if kind.name == "role" else set()
    for field in kind.links:
        wanted = {"person": who, "role": roles}.get(field.target)
        if wanted is not None:
            open_words = fold(name) if field.target == "person" else ""
            found |= _linking(data, kind, field, wanted, open_words)
    return found


def persons(data: PlanData, name: str) -> set[str]:
    """The people whose name, key, other name, initials or address this is."""
    words = fold(name)
    called = names(data, "person")
    return {
        id
        for id, row in data.rows("person").items()
        if words and (words in called[id].split("\n") or words in _marks(row))
    }


def _marks(row: Any) -> tuple[str, str]:
    return fold(row.initials), fold(row.email)


def _runs(row: Appointment, today: str) -> bool:
    return (not row.start or row.start <= today) and (not row.end or row.end >= today)


def _linking(data: PlanData, kind: Kind, field: Field, wanted: set[str], open_words: str) -> set[str]:
    inherited = in_force(data, kind, field.name) if field.inherits else {}

    def value(row: Entity) -> Any:
        return inherited[row.id][0] if row.id in inherited else getattr(row, field.name)

    def hit(link: str) -> bool:
        return link in wanted or (bool(open_words) and fold(t.unresolved(link)) == open_words)

    found = set[str]()
    for id, row in data.rows(kind.name).items():
        links = value(row)
        if any(map(hit, links if isinstance(links, tuple) else (links,))):
            found.add(id)
    return found
