"""Checks of people: every role has a holder, every group a chair, and nobody is named who has left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dmdesk.changes import put, without
from dmdesk.checks import finding as f
from dmdesk.checks.finding import WARNING, Finding, Fix, check, check_each, named_by, of
from dmdesk.checks.fixing import CLEAR, setting
from dmdesk.checks.naming import in_words
from dmdesk.kinds import Field, Kind, kind_of, kinds
from dmdesk.model import Appointment, Group, Membership, Person, Role
from dmdesk.reading import PlanData


def _holding_fields() -> dict[str, list[Field]]:
    """The fields that name people and so may stand for a role, by kind."""
    return {
        kind: [field for field in kinds()[kind].links if field.target == "person"]
        for kind in ("product", "wbs")
    }


_HELD = (
    *of("role", "name", "aka"),
    *of("appointment", "role", "end"),
    *(name for kind, fields in _holding_fields().items() for name in of(kind, *(f.name for f in fields))),
)


@check("role.no-holder", WARNING, kinds=_HELD)
def no_holder(data: PlanData) -> Iterator[Finding]:
    """A role that nobody holds today; one that a field names people for, such as “Product owner”, is held there."""
    held = {row.role for row in data.all(Appointment).values() if not row.end or row.end >= f.today()}
    by_field = {
        field.label.casefold()
        for kind, fields in _holding_fields().items()
        for field in fields
        if any(getattr(row, field.name) for row in data.rows(kind).values())
    }
    for row in data.all(Role).values():
        names = {name.casefold() for name in (row.name, *row.aka)}
        if row.id not in held and not names & by_field:
            yield no_holder.at(
                row, "name", "Nobody is appointed to this role; appoint somebody, if only acting."
            )


@check(
    "group.no-chair",
    WARNING,
    kinds=(*of("group", "chair"), *of("membership", "group", "role", "position"), *named_by("role")),
)
def no_chair(data: PlanData) -> Iterator[Finding]:
    """A group that names no chair, neither itself nor among its members."""
    chairs: dict[str, list[Membership]] = {}
    for member in data.all(Membership).values():
        if member.position == "chair":
            chairs.setdefault(member.group, []).append(member)
    for row in data.all(Group).values():
        if not row.chair and row.id not in chairs:
            fixes = [
                setting(row, f"Let “{data.title(role)}” chair it", member.role, chair=member.role)
                for member in data.all(Membership).values()
                if member.group == row.id and (role := data.get("role", member.role)) is not None
            ]
            yield no_chair.at(row, "chair", "Nobody chairs this group; say which role does.", fixes)


@check("group.no-members", WARNING, kinds=("group.id", "membership.group"))
def no_members(data: PlanData) -> Iterator[Finding]:
    """A group without any members."""
    manned = {member.group for member in data.all(Membership).values()}
    for row in data.all(Group).values():
        if row.id not in manned:
            yield no_members.at(row, "name", "This group has no members.")


@check(
    "appointment.left",
    WARNING,
    kinds=("appointment", *of("person", "left"), *named_by("person"), *named_by("role")),
)
def holder_left(data: PlanData) -> Iterator[Finding]:
    """Somebody holds a role after the day on which they left the project."""
    people = data.all(Person)
    for row in data.all(Appointment).values():
        person = people.get(row.person)
        if person is None or not _gone(person) or (row.end and row.end <= person.left):
            continue
        words = (
            f"{data.title(person)} left on {person.left}, but still holds “{data.link('role', row.role)}”."
        )
        fixes = (
            [setting(row, f"End it on {person.left}", "end", end=person.left)]
            if row.start <= person.left
            else []
        )
        yield holder_left.at(row, "end", words, fixes)


def _needs_people(kind: Kind) -> tuple[str, ...]:
    fields = [field.name for field in kind.links if field.target == "person"]
    return (*of(kind.name, *fields), *of("person", "left", "name")) if fields else ()


@check_each("person.left", WARNING, needs=_needs_people)
def left(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field names somebody as manager, owner or the like who has left the project."""
    if kind.name == "appointment":
        return
    gone = [row for row in data.all(Person).values() if row.left and _gone(row)]
    for person in gone:
        for row, name in data.incoming(person.id):
            field = kind[name] if kind_of(row) is kind else None
            if field is not None and field.target == "person":
                words = f"“{field.label}” names {person.name}, who left on {person.left}."
                value: Any = without(getattr(row, name), person.id)
                title = f"Remove {person.name} from this {in_words(kind.name)}"
                yield left.at(row, name, words, [Fix(title, (put(row, {name: value}),), CLEAR)])


def _gone(person: Person) -> bool:
    return bool(person.left) and person.left <= f.today()
