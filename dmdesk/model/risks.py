"""What may happen to the project, threats and opportunities, and what is done about it."""

from dmdesk.kinds import (
    Entity,
    choice,
    code,
    count,
    day,
    flag,
    kind,
    line,
    many,
    money,
    number,
    percent,
    prose,
    rank,
    to,
    words,
)

THREAT, OPPORTUNITY = SORTS = ("threat", "opportunity")
CANDIDATE, ACTIVE, REALISED, RETIRED, DEPRECATED = STATES = (
    "candidate", "active", "realised", "retired", "deprecated",
)  # fmt: skip
INITIAL, CURRENT, TARGET = SCORES = ("initial", "current", "target")
AGAINST_THREATS = ("avoid", "transfer", "mitigate", "accept")
FOR_OPPORTUNITIES = ("exploit", "share", "enhance", "ignore")


@kind("category", "Risk category", "Risk categories", parent="parent", ranked="order")
class RiskCategory(Entity):
    """A category of risks, or a sub-category within one."""

    key: str = code("Key", "Short and unique, for example technical.interfaces.", required=True)
    name: str = line("Name", "The category's name.", required=True)
    parent: str = to("category", "Within", "The category this one is part of.")
    order: str = rank("Order", "Its place among its siblings.")
    summary: str = prose("Summary", "What belongs to it.")


@kind("risk", "Risk", "Risks", parent="parent")
class Risk(Entity):
    """Something uncertain that would harm the project (a threat) or help it (an opportunity)."""

    key: str = code("Risk ID", "For example DM-T-001; new ones follow the plan's pattern.", required=True)
    name: str = line("Title", "A few words to know it by.", required=True)
    kind: str = choice(SORTS, "Type", "A threat costs when it happens, an opportunity gains.")
    state: str = choice(STATES, "State", "Where it stands; each move is kept with its date and reason.")
    condition: str = prose("If", "What may happen, and why.")
    consequence: str = prose("Then", "What follows for the project when it does.")
    context: str = prose("Context", "What one must know to judge it.")
    owner: str = to("person", "Owner", "The person who answers for it, never a role or a team.")
    department: str = to("institution", "Department", "The organisation that owns it.")
    category: str = to("category", "Category", "The finest category it belongs to.")
    parent: str = to("risk", "Headline", "The headline risk it belongs to.")
    headline: bool = flag("Is a headline", "Gathers others and takes the level of its worst child.")
    one_event: bool = flag(
        "One event",
        "Of a headline: its children are sides of one event; they happen together, the largest counts.",
    )
    cycle: str = code("Planning cycle", "The cycle whose list it is on, for example S17.")
    entered: str = day("Entered on", "The day it came into the register.")
    trigger: str = prose("Trigger", "The sign that it is about to happen, or has happened.")
    retire_by: str = day("Retire by", "After this day it can no longer happen, or its cost is accepted.")
    retire_milestone: str = to(
        "milestone", "Retire by milestone", "The milestone after which it can no longer happen."
    )
    impacted: str = to("milestone", "Impacted milestone", "The milestone that slips when it happens.")
    impact_on: str = day("Impact date", "When it would be felt first.")
    products: tuple[str, ...] = many("product", "Products", "The products it concerns.")
    wbs: tuple[str, ...] = many("wbs", "WBS elements", "The work it concerns, or that is done about it.")
    documents: tuple[str, ...] = many("document", "Documents", "Documents that bear on it.")
    requirements: tuple[str, ...] = many("requirement", "Requirements", "Requirements at stake.")
    changes: tuple[str, ...] = words("RFC / LCR", "Change requests that bear on it, one a line.")
    share: bool = flag("Share externally", "May be shown outside the project.")
    existential: bool = flag("Existential", "Would end the project, or change it beyond recognition.")
    probability: str = percent(
        "Probability (%)", "When it is better known than its likelihood band; empty for the band's own."
    )
    occurrences: int | None = count("Occurrences", "How many times it may happen; empty for once.")
    cost_min: int | None = money("Least cost", "What it costs (or gains) at the least when it happens.")
    cost_likely: int | None = money("Likely cost", "What it most likely costs, or gains.")
    cost_max: int | None = money("Greatest cost", "What it costs, or gains, at the most.")
    delay_min: str = number("Least delay (months)", "The shortest delay, or gain of time, when it happens.")
    delay_likely: str = number("Likely delay (months)", "The most likely delay, or gain of time.")
    delay_max: str = number("Greatest delay (months)", "The longest delay, or gain of time.")
    funding: str = choice(
        ("contingency", "baseline"),
        "Funded from",
        "Contingency, or the baseline that has the money for it already; empty for contingency.",
    )
    basis: str = prose("Basis of estimate", "Where the figures come from.")
    next_review: str = day("Next review", "The day by which it is looked at again.")
    status: str = prose("Status", "How it stands, in a sentence or two.")
    conclusion: str = prose("Conclusion", "What was learnt, once it is retired, realised or deprecated.")
    aka: tuple[str, ...] = words("Also known as", "Earlier ids and names, one a line.")


@kind("score", "Risk score", "Risk scores", title="", identity=("risk", "sort", "date"))
class RiskScore(Entity):
    """How likely and how grave a risk was judged to be on a day: at first, then, or as the aim of its responses."""

    risk: str = to("risk", "Risk", "The risk that is judged.", part=True, required=True)
    sort: str = choice(SCORES, "Score", "Initial, current (dated and kept) or target.")
    date: str = day("Date", "The day of the judgement.")
    likelihood: int | None = count("Likelihood", "The level of the likelihood band.")
    overall: int | None = count(
        "Overall impact", "The impact level on the whole; it can only raise the rest."
    )
    cost: int | None = count("Cost impact", "The impact level on cost.")
    schedule: int | None = count("Schedule impact", "The impact level on schedule.")
    further: tuple[str, ...] = words(
        "Further impacts",
        "Impact levels in other dimensions of the scale, such as performance: 3; one a line.",
    )
    note: str = prose("Note", "Why it was judged so.")


@kind("move", "State move", "State moves", title="", identity=("risk", "date", "state"))
class RiskMove(Entity):
    """A risk moved to another state: when, from where, and why."""

    risk: str = to("risk", "Risk", "The risk that moved.", part=True, required=True)
    date: str = day("Date", "The day of the move.")
    before: str = choice(STATES, "From", "The state it left.")
    state: str = choice(STATES, "To", "The state it came to.")
    reason: str = prose("Reason", "Why it moved.")
    who: str = line("By", "Who moved it.")


@kind("response", "Response", "Responses", title="name", identity=("risk", "name"), ranked="order")
class Response(Entity):
    """A plan of what is done about a risk, before it happens."""

    risk: str = to("risk", "Risk", "The risk it answers.", part=True, required=True)
    name: str = line("Title", "What is done, in a few words.", required=True)
    order: str = rank("Order", "Its place among the responses.")
    strategy: str = choice(
        (*AGAINST_THREATS, *FOR_OPPORTUNITIES),
        "Strategy",
        "Threats: avoid, transfer, mitigate, accept. Opportunities: exploit, share, enhance, ignore.",
    )
    state: str = choice(("proposed", "endorsed", "active", "complete"), "State", "Where the plan stands.")
    owner: str = to("person", "Owner", "Who sees it done.")
    summary: str = prose("Summary", "How it works.")
    secondary: tuple[str, ...] = many("risk", "Secondary risks", "Risks that come from this response.")


@kind("action", "Risk action", "Risk actions", title="name", identity=("risk", "name"), ranked="order")
class RiskAction(Entity):
    """A step of a response, or what is done because a risk has been realised."""

    risk: str = to("risk", "Risk", "The risk it is about.", part=True, required=True)
    response: str = to("response", "Response", "The response it is a step of; none when it stands alone.")
    name: str = line("What", "What is done.", required=True)
    order: str = rank("Order", "Its place among the actions.")
    on_realisation: bool = flag("Because it happened", "Done because the risk was realised.")
    owner: str = to("person", "Who", "Who does it.")
    due: str = day("Due", "The day by which it is done.")
    state: str = choice(("open", "in progress", "done", "dropped"), "State", "Where it stands.")
    done: str = day("Done on", "The day it was done.")
    cost: int | None = money("Cost", "What doing it costs.")
    effect: str = line("Expected effect", "What changes when it works, for example likelihood 4 to 2.")
    works: str = percent("Works (%)", "The probability that it has the effect.")


@kind("draw", "Contingency draw", "Contingency draws", title="", identity=("risk", "date", "change"))
class Draw(Entity):
    """Money taken from contingency because of a risk."""

    risk: str = to("risk", "Risk", "The risk it was drawn for.", part=True, required=True)
    date: str = day("Date", "The day of the draw.")
    amount: int | None = money("Amount", "What was drawn.", required=True)
    change: str = code("RFC / LCR", "The change request that allowed it, for example LCR-1021.")
    note: str = prose("Note", "What it was for.")
