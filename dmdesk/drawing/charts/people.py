"""Who holds what: roles with their holders and deputies, teams and groups of a plan as plain values to draw.

Whether somebody holds a role is asked on the plan's own date, so that the same plan always gives the same chart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import trees
from dmdesk import types as t
from dmdesk.model import Appointment, Group, Membership, Person, PlanDocument, Product, Role, Team

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

_SCIENCE = re.compile(r"\bscien", re.IGNORECASE)


class Holder(NamedTuple):
    """Somebody who holds a role: name, the person's id ("" for one the plan does not know), capacity and scope."""

    name: str
    id: str
    capacity: str
    scope: str


class Post(NamedTuple):
    """A role as the chart shows it; ``science`` tells scientists apart."""

    id: str
    key: str
    name: str
    holders: tuple[Holder, ...]
    outside: str
    science: bool


class Crew(NamedTuple):
    """A team: manager and lead as (name, id), the product owners of its work, and how many people belong to it."""

    id: str
    name: str
    codes: tuple[str, ...]
    manager: tuple[str, str]
    lead: tuple[str, str]
    owners: tuple[str, ...]
    members: tuple[str, ...]


class Board(NamedTuple):
    """A group: its chairs and members in words, and to whom it reports."""

    id: str
    key: str
    name: str
    chairs: tuple[str, ...]
    members: tuple[str, ...]
    reports: str


def day_of(data: PlanData) -> str:
    """The plan's date, or ""."""
    plan = data.plan()
    return plan.date if isinstance(plan, PlanDocument) else ""


def posts(data: PlanData) -> dict[str, Post]:
    """Every role by its id."""
    day = day_of(data)
    held: dict[str, list[Holder]] = {}
    for row in data.in_order("appointment"):
        if isinstance(row, Appointment) and _runs(row, day):
            held.setdefault(row.role, []).append(
                Holder(*named(data, row.person), row.capacity or "holder", row.scope)
            )
    order = {"holder": 0, "": 0, "acting": 1, "deputy": 2}
    return {
        id: Post(
            id, role.key, role.name or role.key or "unnamed role",
            tuple(sorted(held.get(id, ()), key=lambda one: order.get(one.capacity, 0))),
            role.reports_outside, bool(_SCIENCE.search(f"{role.name} {' '.join(role.aka)}")),
        )
        for id, role in data.all(Role).items()
    }  # fmt: skip


def named(data: PlanData, link: str) -> tuple[str, str]:
    """The name of the person that a link leads to, and the id; no id for words that name nobody."""
    if not link:
        return "", ""
    return data.link("person", link), "" if t.unresolved(link) else link


def _runs(row: Appointment, day: str) -> bool:
    if not day:
        return not row.end
    return (not row.start or row.start <= day) and (not row.end or row.end >= day)


def crews(data: PlanData) -> dict[str, list[Crew]]:
    """The teams by the id of their institution ("" for none)."""
    owners = _owners(data)
    members: dict[str, list[str]] = {}
    for person in data.in_order("person"):
        if isinstance(person, Person) and not person.left:
            for team in person.teams:
                members.setdefault(team, []).append(person.name)
    found: dict[str, list[Crew]] = {}
    for row in data.in_order("team"):
        if not isinstance(row, Team):
            continue
        codes = tuple(data.link("wbs", link, data.key) for link in row.wbs)
        manager, lead = named(data, row.manager), named(data, row.lead)
        rest = [name for name in members.get(row.id, ()) if name not in (manager[0], lead[0])]
        whose = dict.fromkeys(
            name for code, names in owners if any(_within(code, own) for own in codes) for name in names
        )
        others = tuple(name for name in whose if name != lead[0])
        at = row.institution if row.institution in data.rows("institution") else ""
        found.setdefault(at, []).append(
            Crew(row.id, row.name or row.key, codes, manager, lead, others, tuple(rest))
        )
    return found


def _owners(data: PlanData) -> list[tuple[str, list[str]]]:
    """For each WBS code that products name, the owners that the products name themselves."""
    found = []
    for row in data.in_order("product"):
        if isinstance(row, Product) and row.wbs and row.owners:
            names = [data.link("person", link) for link in row.owners]
            found += [(data.link("wbs", link, data.key), names) for link in row.wbs]
    return found


def _within(code: str, own: str) -> bool:
    return bool(own) and (code == own or code.startswith(f"{own}."))


def groups(data: PlanData) -> list[Board]:
    """The groups in their order, their members by the roles they hold."""
    roles = data.all(Role)
    members: dict[str, list[Membership]] = {}
    for row in data.in_order("membership"):
        if isinstance(row, Membership):
            members.setdefault(row.group, []).append(row)

    def who(row: Membership) -> str:
        role = roles.get(row.role)
        words = role.key or role.name if role else data.link("role", row.role) if row.role else ""
        return words or named(data, row.person)[0] or row.note

    def chair(link: str, words: str) -> list[str]:
        return [f"{words}: {data.link('role', link)}"] if link else []

    found = []
    for group in data.in_order("group"):
        if not isinstance(group, Group):
            continue
        plain = dict.fromkeys(
            who(row)
            for row in members.get(group.id, ())
            if row.role not in (group.chair, group.cochair) or not row.role
        )
        reports = data.link("role", group.reports_to) if group.reports_to else ""
        found.append(
            Board(
                group.id, group.key, group.name,
                (*chair(group.chair, "Chair"), *chair(group.cochair, "Co-chair")),
                tuple(filter(None, plain)), reports,
            )
        )  # fmt: skip
    return found


def lines_of_report(data: PlanData) -> dict[str, list[str]]:
    """The ids of the roles that report to each role, "" for those that report to none; cycles are opened."""
    return trees.grow(data.rows("role"), "reports_to")
