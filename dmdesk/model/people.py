"""Who works on the project and in which role: institutions, people, roles, appointments, teams."""

from dmdesk.kinds import Entity, choice, code, day, flag, items, kind, line, many, prose, rank, to, words


@kind("institution", "Institution", "Institutions")
class Institution(Entity):
    """An organisation that takes part; a lead institution answers for WBS elements."""

    key: str = code("Key", "Short, for example NCSA.", required=True)
    name: str = line("Name", "The full name.", required=True)
    lead: bool = flag("Lead institution", "Leads one or more top-level WBS elements.")
    place: str = line("Place", "City and country.")
    summary: str = prose("Summary", "What it hosts and does for the project.")
    number: str = code("OBS number", "Its number in the organisation breakdown structure.")


@kind("person", "Person", "People")
class Person(Entity):
    """Somebody named in the plan."""

    key: str = code("Key", "Short and unique, for example swinbank.", required=True)
    name: str = line("Name", "As printed.", required=True)
    institution: str = to("institution", "Institution", "Where the person works.")
    teams: tuple[str, ...] = many("team", "Teams", "The teams the person belongs to.")
    email: str = line("E-mail", "The address for this project.")
    initials: str = line("Initials", "As used in the change record.")
    left: str = day("Left on", "The day the person left the project.")
    aka: tuple[str, ...] = words("Also known as", "Other spellings of the name, one a line.")


@kind("role", "Role", "Roles", ranked="order")
class Role(Entity):
    """A role with its responsibilities and authorities (R2A2), apart from whoever holds it."""

    key: str = code("Abbreviation", "For example DMPM.", required=True)
    name: str = line("Name", "The role's full name.", required=True)
    order: str = rank("Order", "Its place in the list of roles.")
    summary: str = prose("Summary", "What the role is for.")
    reports_to: str = to("role", "Reports to", "The role it reports to.")
    reports_outside: str = line("Reports to, outside", "A role outside this plan that it reports to.")
    responsibilities: tuple[str, ...] = items("Responsibilities", "One a line.")
    authorities: tuple[str, ...] = items("Authorities", "One a line.")
    institution: str = to("institution", "Hosted by", "The institution that hosts the role.")
    section: str = to("section", "Section", "Where the plan describes it.")
    aka: tuple[str, ...] = words("Also known as", "Other names, one a line.")


@kind("appointment", "Appointment", "Appointments", title="", identity=("role", "person", "start"))
class Appointment(Entity):
    """Who holds a role, from when to when, or stands in for the holder."""

    role: str = to("role", "Role", "The role that is held.", part=True, required=True)
    person: str = to("person", "Person", "Who holds it.", part=True, required=True)
    capacity: str = choice(("holder", "deputy", "acting"), "As", "Holder, deputy or acting.")
    start: str = day("From", "The first day.")
    end: str = day("To", "The last day; empty while it lasts.")
    scope: str = line("Scope", "What part of the project, when several hold the role.")


@kind("team", "Team", "Teams")
class Team(Entity):
    """A team that does work: its institution, leads and charge."""

    key: str = code("Key", "Short, for example DRP.", required=True)
    name: str = line("Name", "The full name.", required=True)
    institution: str = to("institution", "Institution", "Where the team sits.")
    manager: str = to("person", "Manager", "Its technical / control account manager.")
    lead: str = to("person", "Science or engineering lead", "Its scientific or engineering lead.")
    wbs: tuple[str, ...] = many("wbs", "WBS elements", "The elements the team works under.")
    summary: str = prose("Summary", "What the team is for.")
    activities: tuple[str, ...] = items("Areas of activity", "One a line.")
    section: str = to("section", "Section", "Where the plan describes it.")
