"""Who does what: roles, groups, teams and institutions as the plan describes each in its own section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.kinds import Entity
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Begin, Block, Facts, Inline, Inlines, Items, Paragraph, Run
from dmdesk.manuscript.parts import part
from dmdesk.manuscript.words import blank, joined, linked, named, only
from dmdesk.model import Appointment, Group, Institution, Meeting, Membership, Role, Team

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

CAPACITIES = {"holder": "Held by", "deputy": "Deputy", "acting": "Acting"}


@part("role", "Role", "A role: who holds it, to whom it reports, its responsibilities and authorities.",
      about="role", single=True)  # fmt: skip
def role(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One role."""
    one = only(row, Role)
    yield Begin("role", one.id)
    yield from prose.blocks(one.summary)
    yield from _facts(
        *holders(data, one),
        ("Reports to", joined([*linked(data, "role", [one.reports_to]), *blank(one.reports_outside)])),
        ("Hosted by", joined(linked(data, "institution", [one.institution]))),
        ("Member of", joined(_groups_of(data, one.id))),
    )
    yield from _list("Responsibilities", one.responsibilities)
    yield from _list("Authorities", one.authorities)


@part("roles", "Roles", "All roles, one after the other.")
def roles(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All roles."""
    for one in data.in_order("role"):
        yield _headed(data, one)
        yield from role(data, one)


def holders(data: PlanData, one: Role) -> list[tuple[str, Inlines]]:
    """Who holds a role on the day of the plan, by capacity; a role nobody holds is vacant."""
    held: dict[str, list[Inlines]] = {}
    day = getattr(data.plan(), "date", "")
    for each in data.all(Appointment).values():
        begun = not each.start or not day or each.start <= day
        if each.role == one.id and begun and (not each.end or each.end >= day):
            words = named(data, "person", each.person)
            scope = (Run(f" ({each.scope})"),) if each.scope else ()
            held.setdefault(each.capacity or "holder", []).append((*words, *scope))
    if not held:
        return [("Held by", (Run("nobody at present", emphasis=True),))]
    order = [*filter(held.get, CAPACITIES), *sorted(held.keys() - CAPACITIES.keys())]
    return [(CAPACITIES.get(capacity, capacity), joined(held[capacity])) for capacity in order]


def _groups_of(data: PlanData, id: str) -> list[Inlines]:
    found = dict.fromkeys(one.group for one in data.all(Membership).values() if one.role == id)
    return [named(data, "group", group) for group in found]


@part("group", "Group", "A group or board: charter, members by role, decision rule and way of working.",
      about="group", single=True)  # fmt: skip
def group(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One group."""
    one = only(row, Group)
    yield Begin("group", one.id)
    yield from prose.blocks(one.summary)
    yield from _facts(
        ("Chair", joined(_with_holders(data, [one.chair]))),
        ("Co-chair", joined(_with_holders(data, [one.cochair]))),
        ("Reports to", joined(linked(data, "role", [one.reports_to]))),
        ("Meets", joined(blank(one.cadence))),
        ("Mailing list", joined(blank(one.mailing_list))),
    )
    yield from _list("Purpose", one.purpose)
    yield from _list("Responsibilities", one.responsibilities)
    yield from _members(data, one)
    if one.decision_rule:
        yield _label("How it decides")
        yield from prose.blocks(one.decision_rule)
    if one.communications:
        yield _label("Communications")
        yield from prose.blocks(one.communications)


@part("groups", "Groups", "All groups and boards, one after the other.")
def groups(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All groups."""
    for one in data.in_order("group"):
        yield _headed(data, one)
        yield from group(data, one)


def _members(data: PlanData, one: Group) -> Iterator[Block]:
    members = [each for each in data.all(Membership).values() if each.group == one.id]
    order = {role.id: at for at, role in enumerate(data.in_order("role"))}
    places = {"chair": 0, "co-chair": 1, "member": 2, "ex officio": 3, "": 2}
    members.sort(
        key=lambda each: (places.get(each.position, 2), order.get(each.role, 999), each.note, each.id)
    )
    if members:
        yield _label("Members")
        yield Items(tuple((Paragraph(_member(data, each)),) for each in members))


def _member(data: PlanData, each: Membership) -> Inlines:
    words: list[Inline] = [
        *joined(_with_holders(data, [each.role])),
        *joined(linked(data, "person", [each.person])),
    ]
    if each.note:
        words += [Run(" – "), *prose.inline(each.note)] if words else prose.inline(each.note)
    if each.position in ("chair", "co-chair", "ex officio"):
        words.append(Run(f" ({each.position})", emphasis=True))
    return tuple(words)


def _with_holders(data: PlanData, ids: Sequence[str]) -> list[Inlines]:
    """Roles with the names of those who hold them."""
    found = []
    for id in filter(None, ids):
        words = list(named(data, "role", id))
        one = data.all(Role).get(id)
        people = dict(holders(data, one)).get("Held by", ()) if one else ()
        if people and not (isinstance(people[0], Run) and people[0].emphasis):
            words += [Run(", "), *people]
        found.append(tuple(words))
    return found


@part("team", "Team", "A team: its institution, leads, areas of activity.", about="team", single=True)
def team(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One team."""
    one = only(row, Team)
    yield Begin("team", one.id)
    yield from prose.blocks(one.summary)
    yield from _facts(
        ("Manager", joined(linked(data, "person", [one.manager]))),
        ("Science or engineering lead", joined(linked(data, "person", [one.lead]))),
        ("Institution", joined(linked(data, "institution", [one.institution]))),
        ("WBS", joined(linked(data, "wbs", one.wbs))),
    )
    yield from _list("Areas of activity", one.activities)


@part("teams", "Teams", "All teams, one after the other.")
def teams(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All teams."""
    for one in data.in_order("team"):
        yield _headed(data, one)
        yield from team(data, one)


@part("institution", "Institution", "An institution: what it hosts, its teams and people in charge.",
      about="institution", single=True)  # fmt: skip
def institution(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One institution."""
    one = only(row, Institution)
    yield Begin("institution", one.id)
    yield from prose.blocks(one.summary)
    hosted = [each.id for each in data.in_order("role") if getattr(each, "institution", "") == one.id]
    own = [each.id for each in data.in_order("team") if getattr(each, "institution", "") == one.id]
    yield from _facts(
        ("Place", joined(blank(one.place))),
        ("Roles", joined(linked(data, "role", hosted))),
        ("Teams", joined(linked(data, "team", own))),
    )


@part("meetings", "Meetings", "All meetings with their purpose.")
def meetings(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """All meetings."""
    for row in data.in_order("meeting"):
        one = only(row, Meeting)
        yield _headed(data, one)
        yield Begin("meeting", one.id)
        yield from _facts(
            ("Group", joined(linked(data, "group", [one.group]))),
            ("Chair", joined(linked(data, "role", [one.chair]))),
            ("When", joined(blank(", ".join(filter(None, (one.cadence, one.length, one.form)))))),
        )
        yield from _list("Purpose", one.purpose)


# -- what they share


def _headed(data: PlanData, one: Entity) -> Block:
    key, title = data.key(one), data.title(one)
    return _label(f"{title} ({key})" if key and key != title else title)


def _label(words: str) -> Paragraph:
    return Paragraph((Run(words, strong=True),), label=True)


def _list(label: str, texts: Iterable[str]) -> Iterator[Block]:
    items = tuple((Paragraph(prose.inline(text)),) for text in texts if text.strip())
    if items:
        yield _label(label)
        yield Items(items)


def _facts(*pairs: tuple[str, Inlines]) -> Iterator[Block]:
    said = tuple(pair for pair in pairs if pair[1])
    if said:
        yield Facts(said)
