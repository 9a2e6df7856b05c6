"""Checks of figures and aims: estimates in order, grave risks in money, targets that the responses can reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dmdesk import types as t
from dmdesk.checks.finding import WARNING, Finding, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.risks.asking import SCALE, SCORES, asked, of_risk, scale_stamp, stands_alone
from dmdesk.model import Response, Risk
from dmdesk.reading import PlanData
from dmdesk.risks.book import Judged, Scored, scored
from dmdesk.risks.scale import Scale, scale_of

COSTS = ("cost_min", "cost_likely", "cost_max")
DELAYS = ("delay_min", "delay_likely", "delay_max")
IDLE = ("accept", "ignore")
"""Strategies that leave a risk as it is."""

_AIMS = (*of("risk", "state", "headline"), *SCORES, *of("response", "risk", "strategy"))


@check("risk.estimate-order", WARNING, kinds=of("risk", *COSTS, *DELAYS))
def estimate_order(data: PlanData) -> Iterator[Finding]:
    """An estimate whose least, likely and greatest values are not in this order; in sums they are put right."""

    def find(row: Risk) -> Iterator[Finding]:
        for what, names in (("cost", COSTS), ("delay", DELAYS)):
            known = [name for name in names if getattr(row, name) not in ("", None)]
            values = [getattr(row, name) for name in known]
            ranked = sorted(values, key=_size)
            if [_size(one) for one in values] != [_size(one) for one in ranked]:
                said = " – ".join(f"{one:,}" if isinstance(one, int) else one for one in values)
                words = f"The {what} {said} is not least, likely, greatest."
                fix = setting(row, "Sort them", "sort", **dict(zip(known, ranked, strict=True)))
                yield estimate_order.at(row, known[0], words, [fix])

    yield from asked(data, "estimate order", (*COSTS, *DELAYS), find)


def _size(value: Any) -> float:
    return t.amount(value) or 0.0


@check("risk.no-figures", WARNING, kinds=(*of("risk", "state", "headline", *COSTS, *DELAYS), *SCORES, *SCALE))
def no_figures(data: PlanData) -> Iterator[Finding]:
    """An active risk in the highest zone, other than a headline, without any figure of cost or delay."""
    scale = scale_of(data)

    def find(row: Risk) -> Iterator[Finding]:
        if any(getattr(row, name) not in ("", None) for name in (*COSTS, *DELAYS)):
            return
        zone = _highest(scale, data, row)
        if zone:
            words = f"It is {zone}, but nothing says what it would cost, or how much time; estimate one."
            yield no_figures.at(row, "cost_likely", words)

    fields = ("state", "headline", *COSTS, *DELAYS)
    yield from asked(data, "no figures", fields, find, setting=scale_stamp(data))


def _highest(scale: Scale, data: PlanData, row: Risk) -> str:
    """The zone of an active risk that stands in the highest of several; else ""."""
    zone = scored(data, row.id).zone if stands_alone(row) and len(scale.zones) > 1 else None
    return zone.name if zone and zone.rank == len(scale.zones) - 1 else ""


@check(
    "risk.no-response", WARNING, kinds=(*of("risk", "state", "headline"), *SCORES, *SCALE, "response.risk")
)
def no_response(data: PlanData) -> Iterator[Finding]:
    """An active risk in the highest zone, other than a headline, that no response answers, not even by accepting it."""
    scale = scale_of(data)

    def find(row: Risk) -> Iterator[Finding]:
        zone = _highest(scale, data, row)
        if zone and not of_risk(data, "response", row.id):
            yield no_response.at(row, "state", f"It is {zone}, but no response says what is done about it.")

    yield from asked(data, "no response", ("state", "headline"), find, setting=scale_stamp(data))


def _working(data: PlanData, row: Risk) -> Sequence[Response]:
    """The responses of an active risk that are to change it."""
    if not stands_alone(row):
        return ()
    return [one for one in of_risk(data, "response", row.id) if one.strategy not in IDLE]


@check(
    "risk.no-target",
    WARNING,
    kinds=(
        *of("risk", "state", "headline"),
        *of("score", "risk", "sort"),
        *of("response", "risk", "strategy"),
    ),
)
def no_target(data: PlanData) -> Iterator[Finding]:
    """An active risk with a response that does something, but without the target score it aims at."""

    def find(row: Risk) -> Iterator[Finding]:
        if _working(data, row) and scored(data, row.id).target is None:
            yield no_target.at(
                row, "state", "Its responses aim at no target score; say what remains once they work."
            )

    yield from asked(data, "no target", ("state", "headline"), find)


@check("risk.target-idle", WARNING, kinds=_AIMS)
def target_idle(data: PlanData) -> Iterator[Finding]:
    """A target that is the initial score, as if the responses did nothing."""

    def find(row: Risk) -> Iterator[Finding]:
        own = scored(data, row.id)
        if (
            own.target
            and _whole(own.target)
            and _working(data, row)
            and _cell(own.target) == _cell(_base(own))
        ):
            yield target_idle.at(
                row, "state", "Its target is the score it began with, as if its responses did nothing."
            )

    yield from asked(data, "target idle", ("state", "headline"), find)


@check(
    "risk.target-unearned",
    WARNING,
    kinds=(*of("risk", "state", "headline"), *SCORES, *of("action", "risk", "state")),
)
def target_unearned(data: PlanData) -> Iterator[Finding]:
    """A target that leaves next to nothing of a risk, without any action that would bring it there."""

    def find(row: Risk) -> Iterator[Finding]:
        own = scored(data, row.id)
        if not stands_alone(row) or not own.target or not _slight(own.target) or _slight(_base(own)):
            return
        if not any(action.state != "dropped" for action in of_risk(data, "action", row.id)):
            words = "Its target leaves next to nothing of it, but no action would bring it there."
            yield target_unearned.at(row, "state", words)

    yield from asked(data, "target unearned", ("state", "headline"), find)


def _base(own: Scored) -> Judged | None:
    return own.initial or own.current


def _cell(judged: Judged | None) -> tuple[int | None, int | None]:
    return (judged.likelihood, judged.impact) if judged else (None, None)


def _whole(judged: Judged) -> bool:
    return None not in _cell(judged)


def _slight(judged: Judged | None) -> bool:
    """Whether next to nothing is left: the least likelihood or impact, and the other not above the second."""
    if judged is None or judged.likelihood is None or judged.impact is None:
        return False
    return min(judged.likelihood, judged.impact) <= 1 and max(judged.likelihood, judged.impact) <= 2
