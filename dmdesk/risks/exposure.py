"""Exposure: what the open risks of a plan are expected to cost, by whatever people sum them by, and what was drawn.

A headline's own figures count only when none of its children has any, so that nothing is counted twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dmdesk import trees
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity
from dmdesk.model import Draw, Person, Risk
from dmdesk.model.risks import ACTIVE
from dmdesk.reading import PlanData
from dmdesk.risks.book import Scored, is_gain, scored
from dmdesk.risks.money import occurrences_of
from dmdesk.risks.uncertain import Uncertain, expected
from dmdesk.values import frozen

CONTINGENCY, BASELINE = "contingency", "baseline"

AXES = ("wbs", "institution", "owner", "category", "cycle")
"""What exposure can be summed by."""

NOBODY = "not said"


@frozen
class Exposed:
    """An active risk with figures: ``emv`` in currency and ``slip`` in months are negative for opportunities."""

    risk: Risk
    scored: Scored
    emv: float
    slip: float
    event: str


def exposed(data: PlanData, funding: str = CONTINGENCY, states: Sequence[str] = (ACTIVE,)) -> list[Exposed]:
    """The risks that count in sums, in the plan's order, funded from contingency or from the baseline ("" for both)."""
    found = []
    for row in data.in_order("risk"):
        assert isinstance(row, Risk)
        if row.state not in states or (funding and (row.funding or CONTINGENCY) != funding):
            continue
        own = scored(data, row.id)
        if (
            (own.cost is None and own.delay is None)
            or own.probability is None
            or _told_by_children(data, row)
        ):
            continue
        sign = -1 if is_gain(row) else 1
        found.append(Exposed(row, own, sign * (own.emv or 0), sign * (own.slip or 0), _event(data, row)))
    return found


def _told_by_children(data: PlanData, risk: Risk) -> bool:
    """Whether risks below say what this one costs."""
    below = (data.get("risk", id) for id in trees.below(data.children_ids("risk"), risk.id) if id != risk.id)
    return any(
        isinstance(row, Risk) and row.state == ACTIVE and (own := scored(data, row.id)).probability is not None
        and (own.cost or own.delay)
        for row in below
    )  # fmt: skip


def _event(data: PlanData, risk: Risk) -> str:
    """The key of the headline whose children are sides of one event, "" for risks that happen on their own."""
    above = data.get("risk", risk.parent)
    return data.key(above) if isinstance(above, Risk) and above.one_event else ""


def uncertain(data: PlanData, exposed: Iterable[Exposed]) -> list[Uncertain]:
    """The risks as the simulation of money takes them; of several with one id, the later ones go by their row's id."""
    found: dict[str, Uncertain] = {}
    for one in exposed:
        cost, own, key = one.scored.cost, one.scored, data.key(one.risk)
        if cost is None or own.probability is None:
            continue
        key = key if key and key not in found else one.risk.id
        found[key] = Uncertain(
            key, own.probability, cost.least, cost.likely, cost.most, occurrences_of(one.risk), is_gain(one.risk),
            one.event,
        )  # fmt: skip
    return list(found.values())


def total(data: PlanData, exposed: Iterable[Exposed]) -> float:
    """Σ P×I: the sum of expected values, opportunities taken away; of the sides of one event the largest counts.

    Raises:
        PlanError: the amounts are more than can be counted.
    """
    try:
        return expected(uncertain(data, exposed))
    except ValueError as error:
        raise PlanError(str(error)) from None


def drawn(data: PlanData, risk: str = "") -> int:
    """What was drawn from contingency, for one risk or for all."""
    rows = data.rows("draw")
    ids = data.index("by risk", "draw", lambda row: (getattr(row, "risk"),)).ids(risk) if risk else rows  # noqa: B009
    return sum(row.amount or 0 for id in ids if isinstance(row := rows[id], Draw))


def sums(data: PlanData, exposed: Iterable[Exposed], axis: str) -> list[tuple[str, float, int]]:
    """(name, Σ P×I, risks) by WBS element, institution, owner, category or cycle, the largest first.

    A risk with several WBS elements is shared out evenly; institution is the department, or else the owner's.
    """
    sizes: dict[str, float] = {}
    counts: dict[str, int] = {}
    for one in exposed:
        names = _NAMES[axis](data, one.risk) or [NOBODY]
        for name in names:
            sizes[name] = sizes.get(name, 0) + one.emv / len(names)
            counts[name] = counts.get(name, 0) + 1
    return sorted(
        ((name, size, counts[name]) for name, size in sizes.items()), key=lambda one: (-one[1], one[0])
    )


def institution_of(data: PlanData, risk: Risk) -> Entity | None:
    """The department of a risk, or else where its owner works."""
    found = data.get("institution", risk.department)
    owner = data.get("person", risk.owner)
    return found or (data.get("institution", owner.institution) if isinstance(owner, Person) else None)


def _titles(data: PlanData, rows: Iterable[Entity | None], *, key: bool = False) -> list[str]:
    return [
        f"{data.key(row)} {data.title(row)}" if key else data.title(row) for row in rows if row is not None
    ]


def top_category(data: PlanData, risk: Risk) -> Entity | None:
    """The category that a risk's category is within, at the top."""
    own = data.get("category", risk.category)
    return next(reversed([own, *trees.ancestors(data.rows("category"), own.id)]), own) if own else None


_NAMES: dict[str, Callable[[PlanData, Risk], list[str]]] = {
    "wbs": lambda data, risk: _titles(data, (data.get("wbs", id) for id in risk.wbs), key=True),
    "institution": lambda data, risk: _titles(data, [institution_of(data, risk)]),
    "owner": lambda data, risk: _titles(data, [data.get("person", risk.owner)]),
    "category": lambda data, risk: _titles(data, [top_category(data, risk)]),
    "cycle": lambda data, risk: [risk.cycle] if risk.cycle else [],
}
