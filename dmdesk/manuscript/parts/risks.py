"""Parts about risks: one risk with all that is said of it, the weightiest ones, and what all may cost together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.errors import PlanError
from dmdesk.kinds import Entity
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Begin, Block, Facts, Grid, Inlines, Paragraph, Run
from dmdesk.manuscript.parts import part, register
from dmdesk.manuscript.parts.risktables import (
    Column,
    closed,
    draws,
    realised,
    realised_actions,
    register_table,
    steps,
    table,
)
from dmdesk.manuscript.words import blank, by_key, joined, linked, named, only
from dmdesk.model import PlanDocument, Risk
from dmdesk.model.risks import ACTIVE
from dmdesk.risks import money
from dmdesk.risks.book import is_open, scored
from dmdesk.risks.contingency import Contingency, usual
from dmdesk.risks.exposure import NOBODY, exposed, institution_of, sums
from dmdesk.risks.states import moves_of

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

NOTHING = "This plan has no risks yet."
CONFIDENCES = (50, 80, 90)


# -- what all may cost together


def contingency(data: PlanData) -> tuple[Contingency | None, str]:
    """The contingency, or why there is none."""
    try:
        found = usual(data)
    except PlanError as error:
        return None, str(error)
    return (
        found,
        ""
        if found
        else "No active risk has both a probability and a cost, so there is no exposure to add up.",
    )


def summary(data: PlanData) -> Iterator[Block]:
    """How many risks there are, and what they may cost together: the plain sum beside the simulation."""
    yield Paragraph((Run("; ".join(register.counted(data)) + "."),))
    found, why = contingency(data)
    if found is None:
        yield Paragraph((Run(why, emphasis=True),))
        return
    outcome = found.outcome
    amounts = {
        "Σ P×I": found.expected, "Mean": outcome.mean,
        **{f"P{one}": outcome.at(one) for one in CONFIDENCES}, "Drawn": found.drawn,
    }  # fmt: skip
    rows = [
        tuple(
            (Run(money.words(data, amount), strong=name in ("Σ P×I", "P80")),)
            for name, amount in amounts.items()
        )
    ]
    plan = data.plan()
    baseline = plan.cost_baseline if isinstance(plan, PlanDocument) else None
    if baseline:
        shares = (f"{100 * amount / baseline:.1f} %" for amount in amounts.values())
        rows.append(tuple((Run(share, emphasis=True),) for share in shares))
    count = len(found.risks)
    yield Grid(
        tuple((Run(name, strong=True),) for name in amounts),
        tuple(rows),
        ("right",) * len(amounts),
        (Run("What the active risks may cost together"),),
        (1.0,) * len(amounts),
    )
    words = (
        f"{count:,} active risk{'s'[: count != 1]} with figures, funded from contingency; opportunities are taken "
        f"away. Σ P×I is the plain sum of probability × mean cost; the rest is what {outcome.runs:,} runs "
        f"(seed {outcome.seed}) came to: P80 is the amount that four of five runs do not exceed."
    )
    share = (
        f" The second line is the share of the cost baseline, {money.words(data, baseline)}."
        if baseline
        else ""
    )
    yield Paragraph((Run(words + share, emphasis=True),))


@part("exposure", "Exposure",
      "What the risks may cost together, the plain sum beside the simulation, by WBS and institution.")  # fmt: skip
def exposure(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """The summary and the sums by WBS element and institution."""
    if not data.rows("risk"):
        yield Paragraph((Run(NOTHING, emphasis=True),))
        return
    yield from summary(data)
    yield from by_axis(data)


def by_axis(data: PlanData) -> Iterator[Block]:
    """What is expected by WBS element and by institution."""
    counted = exposed(data)
    whole = sum(one.emv for one in counted)
    places: dict[str, dict[str, str]] = {"wbs": {}, "institution": {}}
    for one in counted:
        for link in one.risk.wbs:
            target = data.get("wbs", link)
            if target is not None:
                places["wbs"][f"{data.key(target)} {data.title(target)}"] = target.id
        institution = institution_of(data, one.risk)
        if institution is not None:
            places["institution"][data.title(institution)] = institution.id

    def name(axis: str, words: str) -> Inlines:
        id = places[axis].get(words, "")
        return (Run(words, row=(axis, id)),) if id else (Run(words, emphasis=words == NOBODY),)

    for axis, title in (("wbs", "WBS element"), ("institution", "Institution")):
        found = sums(data, counted, axis) if counted else []
        if found:
            yield Grid(
                ((Run(title, strong=True),), *((Run(head, strong=True),) for head in ("Risks", "Σ P×I", "Share"))),
                tuple(
                    (
                        name(axis, words), (Run(f"{count:,}"),), (Run(money.words(data, size)),),
                        (Run(f"{size / whole:.0%}".replace("-", "−") if whole > 0 else ""),),
                    )
                    for words, size, count in found
                ),
                ("left", "right", "right", "right"),
                (Run(f"Exposure by {title if axis == 'wbs' else title.lower()}"),),
                (5.0, 0.8, 1.6, 0.9),
            )  # fmt: skip


# -- the weightiest


@part("top-risks", "Top risks", "The ten threats that weigh most, then the opportunities.")
def top_risks(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """Ten threats and ten opportunities by exposure."""
    found = False
    for sort, title in register.SORTS.items():
        rows = register.weighty(data, (one for one in register.opened(data, sort) if one.state == ACTIVE))
        found = found or bool(rows)
        if rows:
            yield table(f"{title} that weigh most, by exposure", rows, _top_columns(data))
    if not found:
        yield Paragraph((Run("This plan has no active risk that is scored yet.", emphasis=True),))


def _top_columns(data: PlanData) -> Sequence[Column[Risk]]:
    def probability(one: Risk) -> Inlines:
        value = scored(data, one.id).probability
        return (Run(f"{100 * value:.3g} %"),) if value is not None else ()

    return (
        ("Risk", 4.4, "left", register.called),
        ("Owner", 1.7, "left", lambda one: register.owner(data, one)),
        ("Score", 2.1, "left", lambda one: register.score(data, one, aim=False)),
        ("Probability", 1.3, "right", probability),
        ("EMV", 1.5, "right", lambda one: register.emv(data, one)),
        ("Retire by", 1.4, "left", lambda one: register.retire_by(data, one)),
    )


# -- one risk


@part("risk", "Risk", "A risk: statement, scores, money, days, responses with their steps, moves and draws.",
      about="risk", single=True)  # fmt: skip
def risk(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One risk."""
    one = only(row, Risk)
    yield Begin("risk", one.id)
    yield Paragraph(register.statement(data, one) or (Run("Nothing is stated yet.", emphasis=True),))
    yield from prose.blocks(one.context)
    yield Facts(tuple((label, words) for label, words in _facts(data, one) if words))
    yield from steps(data, [one])
    yield from realised_actions(data, [one])
    yield from draws(data, one.id)
    moves = moves_of(data, one.id)
    if moves:
        lines = [
            f"{each.date} {each.before or '–'} → {each.state}: {each.reason}".rstrip(": ") for each in moves
        ]
        yield Paragraph((Run("Moves", strong=True),), label=True)
        yield Paragraph((Run("\n".join(lines)),))


def _facts(data: PlanData, one: Risk) -> Iterator[tuple[str, Inlines]]:
    own = scored(data, one.id)
    place = [named(data, "category", one.category)] if one.category else []
    yield "State", (Run(f"{one.state or 'candidate'} {one.kind or 'threat'}"),)
    yield "Owner", joined([register.owner(data, one), *linked(data, "institution", [one.department])])
    yield "Headline", joined([by_key(data, "risk", one.parent)]) if one.parent else ()
    yield "Category", joined(place)
    yield "Score", register.score(data, one)
    yield "At first", joined(blank(register.level(own.initial)))
    yield "Expected", register.emv(data, one)
    if own.cost:
        points = (own.cost.least, own.cost.likely, own.cost.most)
        yield "Cost", (Run(" / ".join(money.words(data, point) for point in points)),)
    if own.delay:
        yield "Delay", (Run(f"{own.delay.mean:.1f} months if it happens"),)
    yield "Basis", prose.inline(" ".join(one.basis.split()))
    yield "Retire by", register.retire_by(data, one)
    yield "Review by", register.review_by(data, one)
    yield "Trigger", prose.inline(" ".join(one.trigger.split()))
    yield "Concerns", register.relations(data, one)
    yield "Status", prose.inline(" ".join(one.status.split()))
    if not is_open(one):
        day, why = register.closing(data, one)
        yield "Concluded", joined([*blank(day), *([why] if why else [])])


# -- the whole register


def groups(data: PlanData) -> Iterator[tuple[str, Iterable[Block]]]:
    """The whole register by the titles of its parts: all that the printed chapter says, without its figures."""
    yield "Exposure", [*summary(data), *by_axis(data)]
    yield "What weighs most", top_risks(data, None)
    for sort, title in register.SORTS.items():
        yield title, register_table(data, sort)
    yield "Responses", steps(data, [row for row in register.rows_of(data) if is_open(row)])
    yield from past(data)


def past(data: PlanData) -> Iterator[tuple[str, Iterable[Block]]]:
    """What has happened: realised risks, draws, and what was retired or deprecated."""
    yield "Realised risks", realised(data)
    yield "Draws from contingency", draws(data)
    yield "Retired and deprecated risks", closed(data)
