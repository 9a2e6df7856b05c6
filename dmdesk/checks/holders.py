"""Holders: the people behind a role, a group or a team that somebody typed where a person should stand."""

from __future__ import annotations

from dmdesk.checks import finding as f
from dmdesk.checks.finding import named_by, of
from dmdesk.checks.naming import named
from dmdesk.kinds import Entity
from dmdesk.model import Appointment, Group, Role, Team
from dmdesk.reading import PlanData

KINDS = ("role", "group", "team", "institution")
"""What is no person, but is often typed for one."""

NAMES = tuple(name for kind in KINDS for name in named_by(kind))
READ = (
    *NAMES,
    *of("appointment", "role", "person", "end"),
    *of("group", "chair"),
    *of("team", "lead", "manager"),
    *named_by("person"),
)

MOST = 3


def meant(data: PlanData, words: str) -> Entity | None:
    """The role, group, team or institution that the words name, if any."""
    return next((row for kind in KINDS if (row := named(data, kind, words)) is not None), None)


def holders(data: PlanData, row: Entity) -> list[Entity]:
    """The people who hold the role today, chair the group or lead the team; three at most."""
    if isinstance(row, Team):
        ids = [row.lead, row.manager]
    else:
        role = row.chair if isinstance(row, Group) else row.id if isinstance(row, Role) else ""
        ids = [
            one.person
            for one in data.all(Appointment).values()
            if role and one.role == role and (not one.end or one.end >= f.today())
        ]
    people = (data.get("person", id) for id in dict.fromkeys(ids))
    return [one for one in people if one is not None][:MOST]
