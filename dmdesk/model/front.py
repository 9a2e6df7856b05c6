"""The plan document itself: its front matter, change record, sections and figures."""

from dmdesk.kinds import (
    Entity,
    choice,
    code,
    count,
    day,
    flag,
    items,
    kind,
    line,
    money,
    prose,
    rank,
    to,
    words,
)
from dmdesk.kinds import picture as picture_


@kind("plan", "Plan", "Plan", title="title", identity=("handle",), single=True)
class PlanDocument(Entity):
    """The plan as a controlled document: what its cover, header and footer say."""

    handle: str = code("Handle", "The document's identifier in the archive, for example LDM-294.")
    title: str = line("Title", "The full title, as on the cover.")
    short_title: str = line("Short title", "The title that the running header has room for.")
    project: str = line("Project", "The project's name, above the title on the cover.")
    letterhead: str = line(
        "Letterhead", "The words of the letterhead; with a logo they stand below it on the cover."
    )
    logo: str = picture_("Logo", "Printed at the head of the cover and of every page.")
    version: str = code("Version", "The version of the last release, for example 3.0.")
    date: str = day("Revision date", "The date printed as the latest revision.")
    state: str = choice(
        ("draft", "baselined"),
        "State",
        "A draft carries the draft marks; a baselined plan is under change control.",
    )
    authors: tuple[str, ...] = words("Authors", "One a line, in the order of the cover.")
    abstract: str = prose("Abstract", "What the plan covers, in a few sentences.")
    curator: str = to("person", "Document curator", "The person who keeps the document.")
    source_location: str = line("Source location", "Where the document's source is kept.")
    control_authority: str = to("group", "Control authority", "The board that approves changes.")
    control_statement: str = prose(
        "Control statement", "On the cover; empty for what the handle's prefix asks for, - for none."
    )
    control_notice: str = line(
        "Control notice",
        "At the foot of every page; empty for what the handle's prefix asks for, - for none.",
    )
    flagged: tuple[str, ...] = items(
        "Always flagged", "Changes that always need the control authority, one a line."
    )
    copyright: str = line("Copyright", "Printed below the abstract when it is set.")
    currency: str = line("Currency", "The sign before amounts of money; empty for $.")
    cost_baseline: int | None = money("Cost baseline", "What the project costs; limits in % count of it.")
    scale: str = to("scale", "Risk scale", "The scale risks are judged by; empty for Rubin's.")
    risk_pattern: str = code(
        "Risk IDs", "The pattern of new ones: {type} is T or O, 000 the number; empty for DM-{type}-000."
    )
    review_days: int | None = count("Review every (days)", "How often a risk is reviewed; empty for 90.")
    candidate_days: int | None = count(
        "Decide within (days)", "How long a risk may stay a candidate; empty for 90."
    )
    change_lock: str = choice(
        ("off", "draft", "change request"),
        "Change lock",
        "What was baselined may be changed always, in a draft only, or under a change request only.",
    )
    ordinary_hours: int | None = count(
        "Ordinary issues (hours)",
        "How long silence must last before an ordinary RFC is adopted; empty for 72.",
    )
    major_hours: int | None = count(
        "Major issues (hours)", "How long silence must last before a major one is adopted; empty for 168."
    )
    board_hours: int | None = count(
        "Board (hours)", "How long the board has before the project manager decides alone; empty for 168."
    )


@kind(
    "revision", "Change record entry", "Change record", title="version", identity=("version",), ranked="date"
)
class Revision(Entity):
    """One line of the change record: a release of the plan, oldest first."""

    version: str = code("Version", "The released version.", required=True)
    date: str = day("Date", "The day of the release.", required=True)
    description: str = line("Description", "What changed, naming the RFC or change request.", required=True)
    owner: str = line("Owner", "Who answers for the release, as printed.")


@kind("section", "Section", "Sections", title="title", parent="parent", ranked="order")
class Section(Entity):
    """A numbered section of the plan. Numbers follow from the order; appendices count A, B, C."""

    key: str = code("Key", "What references name, as in [[risk-management]].", required=True)
    title: str = line("Title", "The heading.", required=True)
    parent: str = to("section", "Within", "The section this one is part of.")
    order: str = rank("Order", "Its place among its siblings.")
    appendix: bool = flag(
        "Appendix", "Counted with letters, after the sections; only top sections can be one."
    )
    body: str = prose(
        "Text", "Markdown; [[key]] refers to anything in the plan, {{products}} is filled in by it."
    )


@kind("figure", "Figure", "Figures", title="caption", ranked="order")
class Figure(Entity):
    """A figure of the plan: where it stands, its caption and what it is drawn from."""

    key: str = code("Key", "What references name.", required=True)
    caption: str = line("Caption", "The words below the figure.", required=True)
    section: str = to("section", "Section", "Where it is printed.")
    order: str = rank("Order", "Its place among the figures.")
    drawing: str = choice(
        ("organisation chart", "product tree", "document tree", "milestones", "blocks", "picture"),
        "Drawn from",
        "The part of the plan it is drawn from, blocks that are typed here, or a picture.",
    )
    blocks: str = prose(
        "Blocks",
        "A nested list of boxes: dashes beside each other, numbers below one another; A -> B: words is an arrow.",
    )
    picture: str = picture_("Picture", "What is printed when the figure is a picture.")
    alternative: str = line("Alternative text", "What the figure shows, for those who cannot see it.")
