"""Milestones at four levels."""

from dmdesk.kinds import Entity, choice, code, day, kind, line, many, prose, words


@kind("milestone", "Milestone", "Milestones")
class Milestone(Entity):
    """A milestone: level 1 is shown to the funding agency, 2 crosses subsystems, 3 crosses teams, 4 is a team's own."""

    key: str = code("Code", "For example LDM-503-1.", required=True)
    name: str = line("Name", "What is reached.", required=True)
    level: str = choice(
        ("1", "2", "3", "4"), "Level", "1 funding agency, 2 subsystems, 3 teams, 4 within a team."
    )
    due: str = day("Baseline date", "When it is due by the baseline.")
    forecast: str = day("Forecast", "When it is expected now.")
    done: str = day("Done on", "When it was reached.")
    description: str = prose("Description", "What must be shown.")
    comment: str = prose("Comment", "What people say about it.")
    wbs: tuple[str, ...] = many("wbs", "WBS elements", "The work that leads to it.")
    predecessors: tuple[str, ...] = many("milestone", "Predecessors", "Milestones that must come first.")
    products: tuple[str, ...] = many("product", "Products", "Products it needs.")
    test_spec: str = line("Test specification", "The document that says how it is tested.")
    aka: tuple[str, ...] = words("Also known as", "Other codes, one a line.")
