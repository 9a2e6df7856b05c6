"""Undoing a review risk by risk: which of its steps concern a risk, what that was before, and taking them back.

The steps of a review share their reason. What was said and decided stays in the review's own rows; what it changed of
the register is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dmdesk.changes import ADD, DROP, SET, Change
from dmdesk.kinds import kinds
from dmdesk.model import RiskReview
from dmdesk.model.risks import CURRENT, INITIAL
from dmdesk.reading import PlanData
from dmdesk.risks.book import further, scores_of
from dmdesk.risks.deeds import LIKELIHOOD, levels_of
from dmdesk.risks.judging import LEVELS, held
from dmdesk.risks.reviewing import agenda, name_of, why_of
from dmdesk.risks.scale import FIRST

if TYPE_CHECKING:
    from dmdesk.plan import Plan
    from dmdesk.store import Step

PARTS = ("score", "move", "response", "action", "draw")
"""The kinds whose rows are parts of a risk."""
OWN = ("review", "reviewed")
"""The kinds of a review's own rows."""


def steps_of(plan: Plan, review: RiskReview) -> list[Step]:
    """The steps of a review that stand, newest first."""
    return [step for step in plan.history() if step.why == why_of(review) and step.state == "done"]


def concerning(data: PlanData, changes: Iterable[Change], risk: str) -> Callable[[Change], bool]:
    """Whether a change is one of the risk or of a part of it; ``changes`` tell of parts that are gone by now."""
    owners: dict[str, str] = {}
    for change in changes:
        if change.kind in PARTS and "risk" in change.fields:
            old, new = change.fields["risk"]
            owners[change.id] = new or old

    def fits(change: Change) -> bool:
        if change.kind == "risk":
            return change.id == risk
        row = data.get(change.kind, change.id) if change.kind in PARTS else None
        return change.kind in PARTS and (getattr(row, "risk", "") or owners.get(change.id)) == risk

    return fits


def changed_risks(plan: Plan, review: RiskReview) -> list[str]:
    """The risks that stand otherwise because of the steps of a review, in the order of its agenda."""
    return [id for id, changes in _by_risk(plan, review) if _stands(changes)]


def taken_back_risks(plan: Plan, review: RiskReview) -> list[str]:
    """The risks that a review has changed and that stand as before, in the order of its agenda."""
    return [id for id, changes in _by_risk(plan, review) if changes and not _stands(changes)]


def _by_risk(plan: Plan, review: RiskReview) -> Iterator[tuple[str, list[Change]]]:
    """What a review changed of each risk of its agenda, oldest first."""
    steps = reversed(steps_of(plan, review))
    changes = [change for step in steps for change in plan.changes_of(step) if change.kind not in OWN]
    for id in dict.fromkeys(item.risk for item in agenda(plan.data, review.id) if item.risk):
        fits = concerning(plan.data, changes, id)
        yield id, [change for change in changes if fits(change)]


def _stands(changes: Iterable[Change]) -> bool:
    """Whether anything is left of changes that follow each other."""
    first: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str], Any] = {}
    for change in changes:
        whole = [(change.id, "")] if change.op != SET else []
        for at in whole:
            first.setdefault(at, change.op == DROP)
            last[at] = change.op == ADD
        for name, (old, new) in change.fields.items():
            first.setdefault((change.id, name), old)
            last[change.id, name] = new
    return first != last


def take_back(plan: Plan, review: RiskReview, risk: str) -> Step | None:
    """Take back what a review changed of a risk, as one step; None when nothing is left of it.

    Raises:
        PlanError: a later step builds on it, or the plan cannot be written.
    """
    steps = steps_of(plan, review)
    changes = [change for step in steps for change in plan.changes_of(step)]
    item = next((item for item in agenda(plan.data, review.id) if item.risk == risk), None)
    name = name_of(plan.data, item) if item else risk
    title = f"Take back what the review of {review.key} changed of {name}"
    return plan.take_back(steps, concerning(plan.data, changes, risk), title)


def levels_before(plan: Plan, review: RiskReview, risk: str) -> dict[str, int | None]:
    """The levels a risk was judged by before a review: likelihood, then each dimension."""
    now = held(plan.data, risk, CURRENT)
    if now is None:
        return levels_of(plan.data, risk)
    olds = olds_of(plan, why_of(review), now.id)
    if olds is None:
        rows = [
            row for row in (_score_before(plan.data, risk, now.date), held(plan.data, risk, INITIAL)) if row
        ]
        return _levels(rows[0]) if rows else dict.fromkeys((LIKELIHOOD, *FIRST))
    return _levels(now, olds)


def _score_before(data: PlanData, risk: str, date: str) -> Any:
    rows = [row for row in scores_of(data, risk) if (row.sort or CURRENT) == CURRENT and row.date < date]
    return rows[-1] if rows else None


def _levels(row: Any, olds: dict[str, Any] | None = None) -> dict[str, int | None]:
    values = {name: (olds or {}).get(name, getattr(row, name)) for name in LEVELS}
    lines: Sequence[str] = values.pop("further")
    return {**values, **dict(further(lines))}


def olds_of(plan: Plan, why: str, id: str) -> dict[str, Any] | None:
    """What the fields of a row held before the steps with that reason changed them; None when one of them added it."""
    row = next((row for kind in kinds() if (row := plan.data.get(kind.name, id)) is not None), None)
    if row is None:
        return {}
    found: dict[str, Any] = {}
    for step, change in plan.history_of(row):
        if step.why == why and step.state == "done":
            if change.op == ADD:
                return None
            found |= {name: old for name, (old, _) in change.fields.items()}
    return found
