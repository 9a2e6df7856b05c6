"""Checks of where risks stand: past their days, not looked at for long, realised or closed with something left open."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.checks import finding as f
from dmdesk.checks.finding import NOTE, WARNING, Finding, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.risks.asking import asked, moving, near_parts, of_risk
from dmdesk.keeping import Replaced
from dmdesk.model import Risk, RiskAction
from dmdesk.model.risks import ACTIVE, CANDIDATE, DEPRECATED, REALISED, RETIRED
from dmdesk.reading import PlanData
from dmdesk.risks import due
from dmdesk.risks.states import moves_of

MANY = 5
"""Risks not reviewed in time from which on it may be the register that nobody reviews."""

_MILESTONES = ("milestone.id", *of("milestone", "due", "forecast", "done"))


@check(
    "risk.past-retirement",
    WARNING,
    kinds=(
        *of("risk", "state", "retire_by", "retire_milestone", "conclusion"),
        "move.id",
        *_MILESTONES,
    ),
)
def past_retirement(data: PlanData) -> Iterator[Finding]:
    """An open risk past the day, or the milestone, by which it retires."""

    def near(step: Replaced) -> Iterator[str]:
        yield from near_parts(step)
        if step.kind == "milestone":
            yield from data.index("retired by", "risk", lambda row: (row.retire_milestone,)).ids(step.id)  # type: ignore[attr-defined]

    def find(row: Risk) -> Iterator[Finding]:
        if not due.is_overdue(data, row, f.today()):
            return
        day = due.retires(data, row)
        field = "retire_by" if day == row.retire_by else "retire_milestone"
        words = f"It was to be retired by {day}; retire it, say that it has happened, or set another day."
        fixes = []
        if row.state == ACTIVE:
            reason = f"It was to be retired by {day}."
            fixes.append(moving(data, row, "Retire it", "retire", RETIRED, reason))
        yield past_retirement.at(row, field, words, fixes)

    fields = ("state", "retire_by", "retire_milestone", "conclusion")
    yield from asked(data, "past retirement", fields, find, near=near)


@check("risk.past-impact", WARNING, kinds=of("risk", "state", "impact_on"))
def past_impact(data: PlanData) -> Iterator[Finding]:
    """An active risk whose impact date has passed, so that it has either happened or no longer can."""

    def find(row: Risk) -> Iterator[Finding]:
        if row.state == ACTIVE and row.impact_on and row.impact_on < f.today():
            words = f"It would have been felt from {row.impact_on} on; say whether it has happened, or set another day."
            yield past_impact.at(row, "impact_on", words)

    yield from asked(data, "past impact", ("state", "impact_on"), find)


@check(
    "risk.review-overdue",
    WARNING,
    kinds=(
        *of("risk", "state", "next_review", "entered"),
        *of("score", "risk", "sort", "date"),
        *of("move", "risk", "date"),
        "plan.review_days",
        *due.LOOKS,
    ),
)
def review_overdue(data: PlanData) -> Iterator[Finding]:
    """An active risk that was not reviewed in time, by its day or the plan's days; said once where most were not."""

    def near(step: Replaced) -> Iterator[str]:
        yield from near_parts(step)
        if step.kind == "review":
            rows = data.rows("reviewed")
            ids = data.index("by review", "reviewed", lambda row: (row.review,)).ids(step.id)  # type: ignore[attr-defined]
            yield from (rows[id].risk for id in ids)  # type: ignore[attr-defined]

    def find(row: Risk) -> Iterator[Finding]:
        if row.state != ACTIVE:
            return
        day = due.review_due(data, row)
        if not day:
            fixes = [setting(row, "Say that it was entered today", "entered today", entered=f.today())]
            words = "It was never reviewed, and does not say when it was entered."
            yield review_overdue.at(row, "entered", words, fixes)
        elif due.is_review_overdue(data, row, f.today()):
            last = due.reviewed_on(data, row)
            said = f"the last review was on {last}" if last else "it was never reviewed"
            yield review_overdue.at(row, "next_review", f"It was to be reviewed by {day}; {said}.")

    fields = ("state", "next_review", "entered")
    days = due.review_days(data)
    late = asked(data, "review overdue", fields, find, near=near, setting=days)
    active = sum(row.state == ACTIVE for row in data.all(Risk).values())
    if len(late) < MANY or 2 * len(late) <= active:
        yield from late
        return
    words = "Like most active risks it was not reviewed in time; hold a review of the register."
    yield review_overdue.at(data.rows("risk")[late[0].id], "next_review", words)


@check(
    "risk.candidate-old",
    WARNING,
    kinds=(
        *of("risk", "state", "entered", "conclusion"),
        *of("move", "id", "risk", "date"),
        "plan.candidate_days",
    ),
)
def candidate_old(data: PlanData) -> Iterator[Finding]:
    """A candidate that was not decided on within the days the plan allows."""
    days = due.candidate_days(data)

    def find(row: Risk) -> Iterator[Finding]:
        entered = due.entered_on(data, row)
        if row.state not in ("", CANDIDATE) or not entered or due.later(entered, days) >= f.today():
            return
        words = (
            f"It is a candidate since {entered}, for more than {days} days; make it active or deprecate it."
        )
        reason = f"Not decided on within {days} days."
        fixes = [
            moving(data, row, "Make it active", "activate", ACTIVE, ""),
            moving(data, row, "Deprecate it", "deprecate", DEPRECATED, reason),
        ]
        yield candidate_old.at(row, "state", words, fixes)

    fields = ("state", "entered", "conclusion")
    yield from asked(data, "candidate old", fields, find, setting=days)


@check(
    "risk.no-action",
    WARNING,
    kinds=(*of("risk", "state"), *of("action", "risk", "response", "on_realisation")),
)
def no_action(data: PlanData) -> Iterator[Finding]:
    """A realised risk without an action because it happened; steps of responses do not count."""

    def find(row: Risk) -> Iterator[Finding]:
        if row.state == REALISED and not any(map(_answers, of_risk(data, "action", row.id))):
            yield no_action.at(row, "state", "It has happened, but no action says what is done about it.")

    yield from asked(data, "no action", ("state",), find)


def _answers(row: RiskAction) -> bool:
    return row.on_realisation or not row.response


@check(
    "risk.no-conclusion",
    NOTE,
    kinds=(*of("risk", "state", "conclusion"), *of("move", "risk", "date", "state", "reason")),
)
def no_conclusion(data: PlanData) -> Iterator[Finding]:
    """A retired or deprecated risk that does not say what was learnt."""

    def find(row: Risk) -> Iterator[Finding]:
        if row.state not in (RETIRED, DEPRECATED) or row.conclusion.strip():
            return
        reasons = [
            move.reason for move in moves_of(data, row.id) if move.state == row.state and move.reason.strip()
        ]
        title = "Take the reason of its last move"
        fixes = [setting(row, title, "take the reason", conclusion=reasons[-1])] if reasons else []
        yield no_conclusion.at(
            row, "conclusion", f"It is {row.state} without a conclusion; say what was learnt.", fixes
        )

    yield from asked(data, "no conclusion", ("state", "conclusion"), find)
