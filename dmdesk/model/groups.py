"""How the project decides and talks: groups and boards, their members, and meetings."""

from dmdesk.kinds import Entity, choice, code, count, items, kind, line, prose, rank, to


@kind("group", "Group", "Groups", ranked="order")
class Group(Entity):
    """A board, team or working group: its charter, decision rule and way of working."""

    key: str = code("Abbreviation", "For example DMCCB.", required=True)
    name: str = line("Name", "The group's full name.", required=True)
    order: str = rank("Order", "Its place in the list of groups.")
    kind: str = choice(
        ("board", "team", "working group"), "Kind", "A board decides, a team works, a working group ends."
    )
    purpose: tuple[str, ...] = items("Purpose", "The charter, one point a line.")
    summary: str = prose("Summary", "What the group is, in a paragraph.")
    chair: str = to("role", "Chair", "The role that chairs it.")
    cochair: str = to("role", "Co-chair", "The role that co-chairs it.")
    responsibilities: tuple[str, ...] = items("Responsibilities", "One a line.")
    decision_rule: str = prose("Decision rule", "Quorum, how it decides, and what happens when it cannot.")
    quorum: int | None = count("Quorum", "How many members must be there; empty for more than half.")
    cadence: str = line("Cadence", "How often it meets.")
    mailing_list: str = line("Mailing list", "Its address.")
    communications: str = prose("Communications", "How it works between meetings.")
    reports_to: str = to("role", "Reports to", "The role it reports to.")
    section: str = to("section", "Section", "Where the plan describes it.")


@kind("membership", "Membership", "Memberships", title="", identity=("group", "role", "person", "note"))
class Membership(Entity):
    """A member of a group: by role, so that it follows the holder, or a person by name."""

    group: str = to("group", "Group", "The group.", part=True, required=True)
    role: str = to("role", "Role", "The role that is a member.")
    person: str = to("person", "Person", "A person who is a member by name.")
    position: str = choice(("chair", "co-chair", "member", "ex officio"), "Position", "In what capacity.")
    note: str = line("Note", "A member that is neither a role nor a person of this plan, or a condition.")


@kind("meeting", "Meeting", "Meetings")
class Meeting(Entity):
    """A recurring meeting."""

    key: str = code("Key", "Short and unique.", required=True)
    name: str = line("Name", "The meeting's name.", required=True)
    group: str = to("group", "Group", "The group that meets.")
    chair: str = to("role", "Chair", "The role that chairs it.")
    cadence: str = line("Cadence", "When and how often.")
    length: str = line("Length", "How long it takes.")
    form: str = choice(("telecon", "video", "face to face", "e-mail"), "Form", "How people meet.")
    purpose: tuple[str, ...] = items("Purpose", "One point a line.")
    section: str = to("section", "Section", "Where the plan describes it.")
