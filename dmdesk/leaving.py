"""Leaving: what a person holds in a plan, and handing all of it over as one step when the person leaves.

Ended appointments are history and stay; running ones end on the last day, and the successor's begin there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from dmdesk import types as t
from dmdesk.changes import Change, add, drop_all, put
from dmdesk.checks.naming import loose_links, named
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kinds
from dmdesk.model import Appointment, Membership, Person
from dmdesk.reading import PlanData

Held = tuple[Entity, str]
"""A row, and the field of it that names the person."""


def holds(data: PlanData, person: Entity, day: str = "") -> list[Held]:
    """Everything a person holds, kind by kind; by links, and by words that name nobody else.

    Appointments that ended (with ``day``: before it) are left out.
    """
    found = list(data.incoming(person.id))
    for kind in kinds():
        for row, field, link in loose_links(data, kind):
            if field.target == "person" and _named_by(data, person, link):
                found.append((row, field.name))
    once = {(row.id, field): (row, field) for row, field in found}
    return [(row, field) for row, field in once.values() if not _ended(row, day)]


def _named_by(data: PlanData, person: Entity, link: str) -> bool:
    """Whether a link is the person's, or holds words that name the person and nobody else."""
    words = t.unresolved(link)
    row = named(data, "person", words) if words else None
    return link == person.id or (row is not None and row.id == person.id)


def _ended(row: Entity, day: str) -> bool:
    return isinstance(row, Appointment) and bool(row.end) and not (day and row.end > day)


def reassign(
    data: PlanData,
    person: Entity,
    to: Entity | None,
    day: str = "",
    only: Collection[tuple[str, str]] | None = None,
) -> list[Change]:
    """The changes by which a person leaves on a day (today, unless given) and hands over to another, or to nobody.

    ``only``: (row id, field) of what is handed over; the rest stays as it is.

    Raises:
        PlanError: the successor is the person, or has left before; the day is none.
    """
    day = _day(day)
    _refuse(data, person, to, day)
    changed: dict[str, tuple[Entity, dict[str, Any]]] = {person.id: (person, {"left": day})}
    gone: list[Entity] = []
    new: list[Entity] = []
    for row, field in holds(data, person, day):
        if only is not None and (row.id, field) not in only:
            continue
        if isinstance(row, Appointment):
            _end(data, row, to, day, changed, gone, new)
            continue
        values = _handed(data, person, row, field, to)
        if isinstance(row, Membership) and _superfluous(data, row, values["person"]):
            gone.append(row)
        else:
            changed.setdefault(row.id, (row, {}))[1].update(values)
    puts = [put(row, values) for row, values in changed.values()]
    return [change for change in puts if change.fields] + drop_all(data, gone) + [add(row) for row in new]


def _day(day: str) -> str:
    try:
        return str(t.DAY.clean(day)) or date.today().isoformat()
    except t.BadValue as error:
        raise PlanError(f"{error} Nothing was changed.") from None


def _refuse(data: PlanData, person: Entity, to: Entity | None, day: str) -> None:
    if to is None:
        return
    if to.id == person.id:
        raise PlanError(f"“{data.title(person)}” cannot hand over to themselves; choose somebody else.")
    if isinstance(to, Person) and to.left and to.left <= day:
        raise PlanError(f"“{data.title(to)}” left on {to.left} already; choose somebody else.")


def _handed(data: PlanData, person: Entity, row: Entity, field: str, to: Entity | None) -> dict[str, Any]:
    """The field with the successor in the person's place; without one, the place is empty."""
    value, heir = getattr(row, field), to.id if to else ""
    if isinstance(value, tuple):
        links = (heir if _named_by(data, person, link) else link for link in value)
        return {field: tuple(link for link in dict.fromkeys(links) if link)}
    return {field: heir}


def _superfluous(data: PlanData, row: Membership, person: str) -> bool:
    """Whether a membership says nothing any more, or what another one of the group says already."""
    if not (row.role or person or row.note):
        return True
    return any(
        other.id != row.id and (other.group, other.role, other.person) == (row.group, row.role, person)
        for other in data.all(Membership).values()
        if person or not row.note
    )


def _end(
    data: PlanData, row: Appointment, to: Entity | None, day: str,
    changed: dict[str, tuple[Entity, dict[str, Any]]], gone: list[Entity], new: list[Entity],
) -> None:  # fmt: skip
    """End a running appointment on the day and begin the successor's; one that has not begun changes hands whole."""
    taken = to is not None and any(
        (other.role, other.person, other.scope) == (row.role, to.id, row.scope)
        and not (other.end and other.end <= day)
        for other in data.all(Appointment).values()
    )
    if row.start and row.start >= day:
        if to is None or taken:
            gone.append(row)
        else:
            changed[row.id] = (row, {"person": to.id})
        return
    changed[row.id] = (row, {"end": day})
    if to is not None and not taken:
        values = {
            "role": row.role,
            "person": to.id,
            "capacity": row.capacity,
            "start": day,
            "scope": row.scope,
        }
        new.append(kinds()["appointment"].make({**values, "end": row.end}))
