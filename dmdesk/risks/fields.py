"""Computed fields of risks: what tables show, filters ask and lists print beside what was typed."""

from __future__ import annotations

from dmdesk import types as t
from dmdesk.computed import computed
from dmdesk.model import Risk
from dmdesk.reading import PlanData
from dmdesk.risks import due
from dmdesk.risks.book import Judged, is_open, scored
from dmdesk.risks.bubbling import raised_by
from dmdesk.risks.exposure import drawn, institution_of
from dmdesk.risks.scale import KINDS

JUDGED = ("risk", "score", "plan", *KINDS)
LEVEL = t.Choice_(("low", "moderate", "high"))
TREND = t.Choice_(("raised", "lowered", "same"))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _money(value: float | None) -> int | None:
    return None if value is None else round(value)


def _score(judged: Judged | None) -> str:
    return _number(judged.score) if judged else ""


@computed("risk", "score", "Score", t.NUMBER, JUDGED)
def score(data: PlanData, risk: Risk) -> str:
    """The score now; of a headline that of its worst child."""
    return _score(scored(data, risk.id).current)


@computed("risk", "level", "Level", LEVEL, JUDGED)
def level(data: PlanData, risk: Risk) -> str:
    """The zone of the score now, such as high."""
    zone = scored(data, risk.id).zone
    return zone.name if zone else ""


@computed("risk", "likelihood", "Likelihood", t.COUNT, JUDGED)
def likelihood(data: PlanData, risk: Risk) -> int | None:
    """The likelihood level now."""
    now = scored(data, risk.id).current
    return now.likelihood if now else None


@computed("risk", "impact", "Impact", t.COUNT, JUDGED)
def impact(data: PlanData, risk: Risk) -> int | None:
    """The impact level now: the highest of all dimensions."""
    now = scored(data, risk.id).current
    return now.impact if now else None


@computed("risk", "initial", "Initial score", t.NUMBER, JUDGED)
def initial(data: PlanData, risk: Risk) -> str:
    """The score at first."""
    return _score(scored(data, risk.id).initial)


@computed("risk", "target", "Target score", t.NUMBER, JUDGED)
def target(data: PlanData, risk: Risk) -> str:
    """The score that its responses aim at."""
    return _score(scored(data, risk.id).target)


@computed("risk", "trend", "Trend", TREND, JUDGED)
def trend(data: PlanData, risk: Risk) -> str:
    """How the last score compares with the one before it: raised, lowered or same."""
    return scored(data, risk.id).trend


@computed("risk", "expected", "Expected cost", t.MONEY, ("risk",))
def expected(data: PlanData, risk: Risk) -> int | None:
    """The PERT mean of what it costs, or gains, when it happens once."""
    cost = scored(data, risk.id).cost
    return _money(cost.mean) if cost else None


@computed("risk", "emv", "EMV", t.MONEY, JUDGED)
def emv(data: PlanData, risk: Risk) -> int | None:
    """The expected monetary value: probability × occurrences × expected cost; an opportunity's is a gain."""
    return _money(scored(data, risk.id).emv)


@computed("risk", "delay", "Expected delay", t.NUMBER, ("risk",))
def delay(data: PlanData, risk: Risk) -> str:
    """The PERT mean of the months it costs, or gains, when it happens once."""
    found = scored(data, risk.id).delay
    return _number(round(found.mean, 1)) if found else ""


@computed("risk", "drawn", "Drawn", t.MONEY, ("draw",))
def drawn_for(data: PlanData, risk: Risk) -> int | None:
    """What was drawn from contingency because of it."""
    return drawn(data, risk.id) or None


@computed("risk", "institution", "Institution", t.LINE, ("risk", "person", "institution"))
def institution(data: PlanData, risk: Risk) -> str:
    """The department, or else where its owner works."""
    found = institution_of(data, risk)
    return f"{data.key(found)} {data.title(found)}" if found else ""


@computed("risk", "retires", "Retires", t.DAY, ("risk", "milestone"))
def retires(data: PlanData, risk: Risk) -> str:
    """The day by which it retires: its own, or that of its milestone where that is earlier."""
    return due.retires(data, risk)


@computed("risk", "reviewed", "Last review", t.DAY, ("risk", "score", "review", "reviewed"))
def reviewed(data: PlanData, risk: Risk) -> str:
    """The day it was looked at last."""
    return due.reviewed_on(data, risk)


@computed("risk", "review_due", "Review due", t.DAY, ("risk", "score", "move", "review", "reviewed", "plan"))
def review_due(data: PlanData, risk: Risk) -> str:
    """The day by which it must be looked at again."""
    return due.review_due(data, risk)


@computed("risk", "due", "Due for review", t.FLAG, ("risk", "score", "move", "review", "reviewed", "plan"))
def due_for_review(data: PlanData, risk: Risk) -> bool:
    """Whether it is open and should have been looked at by now."""
    return due.is_review_overdue(data, risk)


@computed("risk", "overdue", "Overdue", t.FLAG, ("risk", "milestone"))
def overdue(data: PlanData, risk: Risk) -> bool:
    """Whether it is open and past the day by which it retires."""
    return due.is_overdue(data, risk)


@computed("risk", "open", "Open", t.FLAG, ("risk",))
def open_(data: PlanData, risk: Risk) -> bool:
    """Whether it may still happen: a candidate or active."""
    return is_open(risk)


@computed("risk", "raises", "Would raise", t.LINE, (*JUDGED, "category"))
def raises(data: PlanData, risk: Risk) -> str:
    """The headline that it would raise if it were put below it; for open risks without a headline."""
    headline = raised_by(data, risk)
    return f"{data.key(headline)} {data.title(headline)}" if headline else ""
