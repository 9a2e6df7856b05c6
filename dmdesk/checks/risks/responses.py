"""Checks of what is done about risks: responses that fit and do something, actions in time, draws that were allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dmdesk.changes import without
from dmdesk.checks import finding as f
from dmdesk.checks.finding import ERROR, WARNING, Finding, check, of
from dmdesk.checks.fixing import CLEAR, setting
from dmdesk.checks.perrow import Near
from dmdesk.checks.risks.asking import asked, by_risk
from dmdesk.keeping import Index, Replaced
from dmdesk.model import Draw, Response, Risk, RiskAction
from dmdesk.model.risks import AGAINST_THREATS, FOR_OPPORTUNITIES, OPPORTUNITY, THREAT
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_open

FITTING = {THREAT: AGAINST_THREATS, OPPORTUNITY: FOR_OPPORTUNITIES}
_BOTH = (*zip(AGAINST_THREATS, FOR_OPPORTUNITIES, strict=True),)
OPPOSITE: Mapping[str, str] = {**dict(_BOTH), **{other: one for one, other in _BOTH}}
"""What does for a threat as the other does for an opportunity."""

IDLE = ("accept", "ignore")
WATCHING = re.compile(
    r"(keep (an eye|watch|track)|monitor|watch|track|observe|review|follow|discuss|await|wait|stay informed"
    r"|report|look at|keep looking)\w*\b",
    re.IGNORECASE,
)
"""How a step begins that only looks on."""

FEW = 3


def _near(data: PlanData, kind: str) -> Near:
    """The rows of a kind that are about a replaced risk."""

    def near(step: Replaced) -> Iterator[str]:
        if step.kind == "risk":
            yield from by_risk(data, kind).ids(step.id)

    return near


def _steps(data: PlanData) -> Index[str]:
    """The actions by the response that they are steps of."""
    return data.index("steps", "action", lambda row: (row.response,))  # type: ignore[attr-defined]


def _near_steps(data: PlanData) -> Near:
    """The responses near a replaced risk, or a replaced step."""
    risks = _near(data, "response")

    def near(step: Replaced) -> Iterator[str]:
        yield from risks(step)
        if step.kind == "action":
            yield from (row.response for row in (step.old, step.new) if isinstance(row, RiskAction))

    return near


def _about(data: PlanData, row: Response | RiskAction | Draw) -> Risk | None:
    risk = data.get("risk", row.risk)
    return risk if isinstance(risk, Risk) else None


@check("response.misfit", WARNING, kinds=("risk.id", "risk.kind", *of("response", "risk", "strategy")))
def misfit(data: PlanData) -> Iterator[Finding]:
    """A strategy that does not fit the type of the risk, such as avoiding an opportunity."""

    def find(row: Response) -> Iterator[Finding]:
        risk = _about(data, row)
        if risk is None or row.strategy not in OPPOSITE or row.strategy in FITTING.get(risk.kind, OPPOSITE):
            return
        other = OPPOSITE[row.strategy]
        what = "an opportunity" if risk.kind == OPPORTUNITY else "a threat"
        words = f"One does not {row.strategy} {what}; one may {other} it."
        fixes = [setting(row, f"Make it {other}", "the usual opposite", strategy=other)]
        yield misfit.at(row, "strategy", words, fixes)

    near = _near(data, "response")
    yield from asked(data, "misfit", ("risk", "strategy"), find, kind="response", near=near)


@check(
    "response.no-owner",
    WARNING,
    kinds=("risk.id", *of("risk", "state", "owner"), *of("response", "risk", "owner", "state")),
)
def no_owner(data: PlanData) -> Iterator[Finding]:
    """A response to an open risk, not complete yet, that nobody sees done."""

    def find(row: Response) -> Iterator[Finding]:
        risk = _about(data, row)
        if row.owner or row.state == "complete" or risk is None or not is_open(risk):
            return
        fixes = (
            [setting(row, "Give it to the owner of the risk", "risk's", owner=risk.owner)]
            if risk.owner
            else []
        )
        yield no_owner.at(row, "owner", "Nobody sees this response done; name a person.", fixes)

    near = _near(data, "response")
    yield from asked(data, "no owner", ("risk", "owner", "state"), find, kind="response", near=near)


@check(
    "response.no-step",
    WARNING,
    kinds=(
        "risk.id",
        "risk.state",
        *of("response", "risk", "strategy", "state"),
        "response.id",
        "action.response",
    ),
)
def no_step(data: PlanData) -> Iterator[Finding]:
    """A response to an open risk that does something, not complete yet, but has no step by which it is done."""

    def find(row: Response) -> Iterator[Finding]:
        risk = _about(data, row)
        if row.strategy in IDLE or row.state == "complete" or risk is None or not is_open(risk):
            return
        if row.id not in _steps(data):
            yield no_step.at(row, "name", "No action is a step of this response; say who does what by when.")

    near = _near_steps(data)
    yield from asked(data, "no step", ("risk", "strategy", "state"), find, kind="response", near=near)


@check(
    "response.monitors",
    WARNING,
    kinds=(*of("response", "name", "strategy"), *of("action", "response", "name", "state")),
)
def monitors(data: PlanData) -> Iterator[Finding]:
    """A response called mitigate (or enhance) that only looks on: its steps, or else its title, begin with watching."""

    def find(row: Response) -> Iterator[Finding]:
        if row.strategy not in ("mitigate", "enhance"):
            return
        steps = [data.rows("action")[id] for id in _steps(data).ids(row.id)]
        said = [step.name for step in steps if isinstance(step, RiskAction) and step.state != "dropped"] or [
            row.name
        ]
        if not all(WATCHING.match(words.strip()) for words in said):
            return
        idle = "accept" if row.strategy == "mitigate" else "ignore"
        words = (
            f"It only watches, which changes nothing; {row.strategy} by doing something, or call it {idle}."
        )
        fixes = [setting(row, f"Call it {idle}", "call it what it is", strategy=idle)]
        yield monitors.at(row, "strategy", words, fixes)

    near = _near_steps(data)
    yield from asked(data, "monitors", ("name", "strategy"), find, kind="response", near=near)


@check("response.own-risk", ERROR, kinds=of("response", "risk", "secondary"))
def own_risk(data: PlanData) -> Iterator[Finding]:
    """A response whose secondary risks hold the risk it answers."""

    def find(row: Response) -> Iterator[Finding]:
        if row.risk and row.risk in row.secondary:
            fixes = [setting(row, "Take it out", CLEAR, secondary=without(row.secondary, row.risk))]
            words = "The risk it answers stands among its secondary risks; only risks that it brings belong there."
            yield own_risk.at(row, "secondary", words, fixes)

    yield from asked(data, "own risk", ("risk", "secondary"), find, kind="response")


@check("action.overdue", WARNING, kinds=("risk.id", "risk.state", *of("action", "risk", "due", "state")))
def overdue(data: PlanData) -> Iterator[Finding]:
    """An action that should have been done by now, of a risk that is neither retired nor deprecated."""

    def find(row: RiskAction) -> Iterator[Finding]:
        risk = _about(data, row)
        if not row.due or row.due >= f.today() or row.state in ("done", "dropped") or risk is None:
            return
        if is_open(risk) or risk.state == "realised":
            yield overdue.at(row, "due", f"It was due on {row.due}; say that it is done, or set another day.")

    near = _near(data, "action")
    yield from asked(data, "overdue", ("risk", "due", "state"), find, kind="action", near=near)


@check("draw.no-change", WARNING, kinds=("risk.id", "risk.changes", *of("draw", "risk", "change")))
def no_change(data: PlanData) -> Iterator[Finding]:
    """A draw from contingency without the change request (RFC or LCR) that allowed it."""

    def find(row: Draw) -> Iterator[Finding]:
        if row.change.strip():
            return
        risk = _about(data, row)
        named = [line.split()[0].rstrip(",;:") for line in (risk.changes if risk else ()) if line.strip()]
        fixes = [
            setting(row, f"Name {one}", "the risk's", change=one) for one in dict.fromkeys(named[:FEW]) if one
        ]
        yield no_change.at(
            row, "change", "It names no change request that allowed it; name the RFC or LCR.", fixes
        )

    near = _near(data, "draw")
    yield from asked(data, "no change", ("risk", "change"), find, kind="draw", near=near)
