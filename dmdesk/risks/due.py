"""Due: by when a risk retires, when it was looked at last and must be again, and what is overdue."""

from __future__ import annotations

from datetime import date, timedelta

from dmdesk.model import Milestone, PlanDocument, Risk, RiskReview
from dmdesk.model.risks import CURRENT
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_open, scores_of
from dmdesk.risks.states import moves_of

USUAL_DAYS = 90
"""Days between reviews, and for a candidate to be decided on, where the plan says nothing (LDM-294: 3 months)."""

LOOKS = ("review.date", "reviewed.review", "reviewed.risk", "reviewed.state")
"""The fields that say which risk was looked at when."""


def today() -> str:
    """The day that days in the register are held against."""
    return date.today().isoformat()


def review_days(data: PlanData) -> int:
    """How often a risk must be looked at, in days."""
    plan = data.plan()
    return (plan.review_days if isinstance(plan, PlanDocument) else None) or USUAL_DAYS


def candidate_days(data: PlanData) -> int:
    """How long a risk may stay a candidate, in days."""
    plan = data.plan()
    return (plan.candidate_days if isinstance(plan, PlanDocument) else None) or USUAL_DAYS


def retires(data: PlanData, risk: Risk) -> str:
    """The day by which a risk retires: the earlier of its own and its milestone's (done, forecast or baseline)."""
    row = data.get("milestone", risk.retire_milestone)
    milestone = (row.done or row.forecast or row.due) if isinstance(row, Milestone) else ""
    return min((day for day in (risk.retire_by, milestone) if day), default="")


def reviewed_on(data: PlanData, risk: Risk) -> str:
    """The day a risk was looked at last: in a finished review or by a dated current score; "" for never."""
    days = [row.date for row in scores_of(data, risk.id) if (row.sort or CURRENT) == CURRENT]
    days.append(_last_reviews(data).get(risk.id, ""))
    return max(days, default="")


def _last_reviews(data: PlanData) -> dict[str, str]:
    def make() -> dict[str, str]:
        days = {row.id: row.date for row in data.rows("review").values() if isinstance(row, RiskReview)}
        found: dict[str, str] = {}
        for row in data.rows("reviewed").values():
            if getattr(row, "state", "") == "reviewed":
                risk, day = getattr(row, "risk", ""), days.get(getattr(row, "review", ""), "")
                found[risk] = max(found.get(risk, ""), day)
        return found

    return data.memo("last risk reviews", LOOKS, make)


def review_due(data: PlanData, risk: Risk) -> str:
    """The day by which an open risk must be looked at: as set, or so many days after the last look or its entry."""
    if not is_open(risk):
        return ""
    last = reviewed_on(data, risk) or entered_on(data, risk)
    latest = later(last, review_days(data)) if last else ""
    return min((day for day in (risk.next_review, latest) if day), default="")


def entered_on(data: PlanData, risk: Risk) -> str:
    """The day a risk came into the register: as it says, or that of its first move; "" for unknown."""
    first = moves_of(data, risk.id)[:1]
    return risk.entered or (first[0].date if first else "")


def later(day: str, days: int) -> str:
    """The day so many days later; the last day there is where the calendar ends before."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (OverflowError, ValueError):
        return date.max.isoformat()


def is_review_overdue(data: PlanData, risk: Risk, on: str = "") -> bool:
    """Whether an open risk should have been looked at before that day (today)."""
    due = review_due(data, risk)
    return bool(due) and due < (on or today())


def is_overdue(data: PlanData, risk: Risk, on: str = "") -> bool:
    """Whether an open risk is past the day by which it retires."""
    day = retires(data, risk)
    return is_open(risk) and bool(day) and day < (on or today())
