"""The risk register in words: what each column of its tables says of a risk, and which risks stand in which table.

Each form of output sets the long tables in its own way; what they say is said once, here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dmdesk import trees
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Inline, Inlines, Run
from dmdesk.manuscript.words import blank, by_key, joined, linked, named
from dmdesk.model import Draw, Response, Risk, RiskAction
from dmdesk.model.risks import DEPRECATED, OPPORTUNITY, RETIRED, THREAT
from dmdesk.risks import due, money, since
from dmdesk.risks.book import Judged, is_gain, is_open, scored
from dmdesk.risks.matrix import worst_first
from dmdesk.risks.states import moves_of

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.risks.scale import Zone

R = TypeVar("R", Response, RiskAction)
TREND = {"raised": "↑", "lowered": "↓", "same": "="}
"""The sign of a trend; in words it stands in the legend."""
LEGEND = (
    "Score: likelihood × impact → score and level; ↑ raised, ↓ lowered, = as it was judged before; the aim is below. "
    "EMV: expected monetary value, probability × occurrences × mean cost; of an opportunity it is a gain."
)
SORTS = {THREAT: "Threats", OPPORTUNITY: "Opportunities"}
CLOSED = (RETIRED, DEPRECATED)


class Placed(NamedTuple):
    """A risk in its table: how deep below headlines it stands, and whether others stand below it."""

    risk: Risk
    depth: int
    group: bool


# -- which risks


def rows_of(data: PlanData) -> list[Risk]:
    """All risks in the plan's order."""
    return [row for row in data.in_order("risk") if isinstance(row, Risk)]


def opened(data: PlanData, sort: str) -> list[Risk]:
    """The open threats or opportunities; what is neither counts as a threat."""
    return [row for row in rows_of(data) if is_open(row) and is_gain(row) == (sort == OPPORTUNITY)]


def in_state(data: PlanData, *states: str) -> list[Risk]:
    """The risks in some states, by their ids."""
    found = [row for row in rows_of(data) if row.state in states]
    return sorted(found, key=lambda row: (trees.natural(row.key), row.id))


def arranged(data: PlanData, rows: Sequence[Risk]) -> list[Placed]:
    """Risks below the headlines that are among them, the worst first on every level."""
    known = {row.id: row for row in rows}
    children: dict[str, list[str]] = {}
    for row in rows:
        above = (one.id for one in trees.ancestors(data.rows("risk"), row.id))
        children.setdefault(next((id for id in above if id in known), ""), []).append(row.id)
    in_order = {id: worst_first(data, below) for id, below in children.items()}
    found = [Placed(known[id], depth, bool(children.get(id))) for depth, id in trees.walk(in_order)]
    missed = known.keys() - {one.risk.id for one in found}
    return found + [Placed(row, 0, False) for row in rows if row.id in missed]


def judgeable(data: PlanData, rows: Iterable[Risk]) -> list[str]:
    """The ids of the risks that stand in a matrix themselves: not the headlines that take the level of a child."""
    ids = [row.id for row in rows if not scored(data, row.id).worst]
    return sorted(ids, key=lambda id: (trees.natural(data.rows("risk")[id].key), id))  # type: ignore[attr-defined]


def weighty(data: PlanData, rows: Iterable[Risk], most: int = 10) -> list[Risk]:
    """The risks that weigh most: by exposure, then by score; those with neither are left out."""
    known = {row.id: row for row in rows if not scored(data, row.id).worst}
    told = {id: scored(data, id) for id in known}
    kept = [id for id in known if told[id].emv or told[id].score]
    in_order = sorted(worst_first(data, kept), key=lambda id: -(told[id].emv or 0))
    return [known[id] for id in in_order[:most]]


# -- what is said of a risk


def ident(one: Risk) -> Inlines:
    """The id as a link to the risk's entry."""
    return (Run(one.key or "no ID", code=True, row=("risk", one.id)),)


def called(one: Risk) -> Inlines:
    """Id and title."""
    return (*ident(one), Run(f" {one.name}"))


def statement(data: PlanData, one: Risk) -> Inlines:
    """If … then …, each half where it is said."""
    words: list[Inline] = []
    for label, text in (("If ", one.condition), ("then ", one.consequence)):
        if text:
            words += [Run(" ")] * bool(words) + [Run(label, strong=True), *_inline(text)]
    return tuple(words)


def relations(data: PlanData, one: Risk, *, all: bool = True) -> Inlines:
    """The work, products and milestones it concerns, by their codes; with ``all``, documents and requirements too."""
    several = [
        ("WBS ", "wbs", one.wbs), ("Products ", "product", one.products), ("Impacts ", "milestone", (one.impacted,)),
        ("Documents ", "document", one.documents), ("Requirements ", "requirement", one.requirements),
    ]  # fmt: skip
    words: list[Inline] = []
    for label, kind, links in several if all else several[:3]:
        name = named if kind == "product" else by_key
        found = [name(data, kind, link) for link in links if link]
        if found:
            words += [Run(" · ")] * bool(words) + [Run(label), *joined(found)]
    return tuple(words)


def owner(data: PlanData, one: Risk) -> Inlines:
    """The owner, or that there is none."""
    return joined(linked(data, "person", [one.owner])) or (Run("no owner", emphasis=True),)


def level(judged: Judged | None) -> str:
    """A score with its level in words: 4 × 3 → 18 high."""
    if judged is None or (judged.likelihood is None and judged.impact is None):
        return ""
    return said(judged.likelihood, judged.impact, judged.score, judged.zone)


def said(likelihood: int | None, impact: int | None, score: float | None, zone: Zone | None) -> str:
    """Levels, score and zone in words; what is missing is a dash."""
    shown = ["–" if one is None else f"{one:g}" for one in (likelihood, impact, score)]
    return f"{shown[0]} × {shown[1]} → {shown[2]}{f' {zone.name}' if zone else ''}"


def score(data: PlanData, one: Risk, *, aim: bool = True) -> Inlines:
    """The score now with its level and trend, and below what responses aim at."""
    own = scored(data, one.id)
    now = level(own.current)
    if not now:
        return (Run("not scored", emphasis=True),)
    sign = TREND.get(own.trend, "")
    words = [Run(now, strong=True), *([Run(f"\xa0{sign}", strong=True)] if sign else [])]
    if own.worst:
        worst = data.get("risk", own.worst)
        words.append(Run(f"\nas {data.key(worst) or data.title(worst)}" if worst else "", emphasis=True))
    if aim and own.target and (told := level(own.target)):
        words.append(Run(f"\naim {told}", emphasis=True))
    return tuple(words)


def emv(data: PlanData, one: Risk) -> Inlines:
    """The expected monetary value; a gain says so."""
    value = scored(data, one.id).emv
    if value is None:
        return ()
    return (Run(money.words(data, value)), *([Run(" gain", emphasis=True)] if is_gain(one) else []))


def day_of(data: PlanData) -> str:
    """The day that the register is held against: that of the plan, or of the last review where that is later."""
    review = since.last(data)
    return max(str(getattr(data.plan(), "date", "")), since.day_of(review) if review else "")


def retire_by(data: PlanData, one: Risk) -> Inlines:
    """The day by which it retires, the milestone that says so, and whether that is past on the register's day."""
    day, milestone = due.retires(data, one), by_key(data, "milestone", one.retire_milestone)
    words: list[Inline] = [Run(day)] if day else []
    if milestone:
        words += [Run("\n")] * bool(words) + [*milestone]
    on = day_of(data)
    if on and due.is_overdue(data, one, on):
        words.append(Run(" overdue", strong=True))
    return tuple(words)


def review_by(data: PlanData, one: Risk) -> Inlines:
    """The day by which it is looked at again, and whether that is past on the register's day."""
    day, on = due.review_due(data, one), day_of(data)
    late = [Run(" overdue", strong=True)] if on and due.is_review_overdue(data, one, on) else []
    return (Run(day), *late) if day else ()


def closing(data: PlanData, one: Risk) -> tuple[str, Inlines]:
    """When a risk came to its state, and what was concluded."""
    moves = [each for each in moves_of(data, one.id) if each.state == one.state]
    reason = one.conclusion or (moves[-1].reason if moves else "")
    return (moves[-1].date if moves else ""), _inline(reason)


# -- what is done about it


def responses_of(data: PlanData, risk: str) -> list[tuple[Response | None, list[RiskAction]]]:
    """The responses to a risk, each with its steps; last, with None, the actions that stand alone."""
    plans = _parts(data, "response", risk, Response)
    steps = [one for one in _parts(data, "action", risk, RiskAction) if not one.on_realisation]
    found: list[tuple[Response | None, list[RiskAction]]] = [
        (plan, [one for one in steps if one.response == plan.id]) for plan in plans
    ]
    known = {plan.id for plan in plans}
    alone = [one for one in steps if one.response not in known]
    return [*found, (None, alone)] if alone else found


def actions_of(data: PlanData, risk: str) -> list[RiskAction]:
    """All actions about a risk in their order."""
    return _parts(data, "action", risk, RiskAction)


def draws_of(data: PlanData, risk: str = "") -> list[Draw]:
    """What was drawn from contingency, for one risk or for all, by day."""
    rows = [row for row in data.rows("draw").values() if isinstance(row, Draw) and risk in ("", row.risk)]
    return sorted(rows, key=lambda row: (row.date, row.change, row.id))


def response(data: PlanData, one: Response | None) -> Inlines:
    """A response: strategy, title, owner and state, then how it works."""
    if one is None:
        return (Run("Further actions", strong=True),)
    words: list[Inline] = [
        Run(f"{one.strategy.capitalize()}: " if one.strategy else ""),
        Run(one.name, strong=True),
    ]
    facts = [*linked(data, "person", [one.owner]), *blank(one.state)]
    if facts:
        words += [Run(" ("), *joined(facts), Run(")")]
    if one.summary:
        words += [Run(". " if not one.name.endswith(".") else " "), *_inline(one.summary)]
    if one.secondary:
        words += [Run(" Secondary risks: "), *joined([by_key(data, "risk", id) for id in one.secondary])]
    return tuple(words)


def effect(one: RiskAction) -> str:
    """What a step is expected to change, and how surely."""
    return ", ".join(filter(None, (one.effect, f"works with {one.works} %" if one.works else "")))


def state_of(one: RiskAction) -> str:
    """How an action stands."""
    return f"done {one.done}" if one.state == "done" and one.done else one.state or "open"


def _parts(data: PlanData, kind: str, risk: str, cls: type[R]) -> list[R]:
    ids = data.index("by risk", kind, lambda row: (getattr(row, "risk"),)).ids(risk)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.rows(kind)[id], cls)]
    return sorted(rows, key=lambda row: (getattr(row, "order", ""), row.id))


def _inline(text: str) -> Inlines:
    return prose.inline(" ".join(text.split()))


def legend(data: PlanData) -> str:
    """What signs mean, with the day on which what is overdue is told."""
    on = day_of(data)
    return f"{LEGEND} What is overdue is so on {on}." if on else LEGEND


def counted(data: PlanData) -> Iterator[str]:
    """How many risks there are, by sort and by state."""
    rows = rows_of(data)
    for sort, name in (("threat", "threats"), (OPPORTUNITY, "opportunities")):
        of = [row for row in rows if is_gain(row) == (sort == OPPORTUNITY)]
        states: dict[str, int] = {}
        for row in of:
            states[row.state or "candidate"] = states.get(row.state or "candidate", 0) + 1
        told = ", ".join(f"{count:,} {state}" for state, count in states.items())
        one = {"threats": "threat", "opportunities": "opportunity"}[name]
        if of:
            yield f"{len(of):,} {name if len(of) > 1 else one} ({told})"
    headlines = sum(row.headline for row in rows)
    if headlines:
        yield f"{headlines:,} of them headline{'s'[: headlines > 1]} that take the level of their worst risk"
