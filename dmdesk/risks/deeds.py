"""Deeds: what a review does to the risk it looks at, each as one named step; only what really changes makes changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmdesk import trees
from dmdesk.changes import Change, add, put
from dmdesk.errors import PlanError
from dmdesk.kinds import Field, kinds
from dmdesk.model import Person, Response, Reviewed, Risk, RiskAction, RiskReview
from dmdesk.model.risks import CURRENT, DEPRECATED, INITIAL, REALISED, RETIRED
from dmdesk.reading import PlanData
from dmdesk.risks.book import further, is_open
from dmdesk.risks.judging import held, judge
from dmdesk.risks.reviewing import REVIEWED, Deed, deed, fresh, name_of, risk_of
from dmdesk.risks.scale import FIRST
from dmdesk.risks.states import moved

LIKELIHOOD = "likelihood"
AMOUNTS = (
    "cost_min", "cost_likely", "cost_max", "delay_min", "delay_likely", "delay_max", "probability", "occurrences",
)  # fmt: skip
DECISIONS: tuple[str, ...] = ("keep", "watch", "act", "accept", "escalate", "retire", "realise", "deprecate")
BY_STATE = {RETIRED: "retire", REALISED: "realise", DEPRECATED: "deprecate"}


def note(data: PlanData, review: RiskReview, item: Reviewed, words: str) -> Deed:
    """What was said of a risk."""
    return deed(data, review, item, "notes", [put(fresh(data, item), {"notes": words})])


def decide(data: PlanData, review: RiskReview, item: Reviewed, decision: str) -> Deed:
    """What was decided."""
    item = fresh(data, item)
    words = f"decision {decision or 'taken out'}"
    return deed(data, review, item, words, [put(item, {"decision": decision})])


def levels_of(data: PlanData, risk: str) -> dict[str, int | None]:
    """The levels a risk is judged by itself now: likelihood, then each dimension."""
    row = held(data, risk, CURRENT) or held(data, risk, INITIAL)
    found: dict[str, int | None] = {name: getattr(row, name, None) for name in (LIKELIHOOD, *FIRST)}
    return {**found, **dict(further(row.further if row else ()))}


def rate(data: PlanData, review: RiskReview, item: Reviewed, levels: Mapping[str, int | None]) -> Deed:
    """Judge the risk on the day of the review: levels by dimension, “likelihood” among them; others stay.

    A review that is dated before the last score changes that score: a new one would stand before it.
    """
    risk, now = _there(data, item), levels_of(data, item.risk)
    given = {name: level for name, level in levels.items() if level != now.get(name)}
    values: dict[str, Any] = {name: level for name, level in given.items() if name in (LIKELIHOOD, *FIRST)}
    if len(values) < len(given):
        more = {name: level for name, level in {**now, **given}.items() if name not in (LIKELIHOOD, *FIRST)}
        values["further"] = tuple(f"{name}: {level}" for name, level in more.items() if level is not None)
    words = ", ".join(
        f"{_called(name)} {_shown(now.get(name))} → {_shown(level)}" for name, level in given.items()
    )
    last = held(data, risk.id, CURRENT)
    changes = (
        judge(data, risk, CURRENT, values, max(review.date, last.date if last else "")) if values else []
    )
    return deed(data, review, item, words, changes)


def _called(dimension: str) -> str:
    return dimension if dimension == LIKELIHOOD else f"{dimension} impact"


def _shown(level: int | None) -> str:
    return "—" if level is None else str(level)


def amounts(data: PlanData, review: RiskReview, item: Reviewed, values: Mapping[str, Any]) -> Deed:
    """What the risk costs and delays, and how probable it is where that is better known than its band."""
    risk = _there(data, item)
    change = put(risk, {name: value for name, value in values.items() if name in AMOUNTS})
    words = ", ".join(_from_to(kinds()["risk"][name], pair) for name, pair in change.fields.items())
    return deed(data, review, item, words, [change])


def _from_to(field: Field, pair: tuple[Any, Any]) -> str:
    old, new = (field.type.show(value) or "—" for value in pair)
    return f"{field.label[0].lower()}{field.label[1:]} {old} → {new}"


def next_look(data: PlanData, review: RiskReview, item: Reviewed, day: str) -> Deed:
    """By when the risk is looked at again; it holds for the risk once it is through."""
    item, risk = fresh(data, item), risk_of(data, item)
    changes = [put(item, {"next_review": day})]
    if item.state == REVIEWED and risk is not None and is_open(risk) and day:
        changes.append(put(risk, {"next_review": day}))
    return deed(data, review, item, f"next review {day or 'as usual'}", changes)


def shift(data: PlanData, review: RiskReview, item: Reviewed, state: str, reason: str, who: str = "") -> Deed:
    """Move the risk to another state on the day of the review; closing it is the decision then.

    Raises:
        PlanError: the move is not allowed, or wants a reason.
    """
    risk, item = _there(data, item), fresh(data, item)
    changes = moved(data, risk, state, review.date, reason, who)
    if state in BY_STATE:
        changes.append(put(item, {"decision": BY_STATE[state]}))
    return deed(data, review, item, f"{risk.state or 'candidate'} → {state}", changes)


def act(
    data: PlanData, review: RiskReview, item: Reviewed, name: str, owner: str = "", due: str = "", response: str = "",
    *, happened: bool = False,
) -> Deed:  # fmt: skip
    """Something is to be done: a step of a response, or an action by itself; “act” is decided unless more was.

    Raises:
        PlanError: it has no words, or the risk has an action of that name.
    """
    risk, item = _there(data, item), fresh(data, item)
    made = _action(data, risk, name, owner, due, response, happened)
    changes: list[Change] = [add(made)]
    if item.decision in ("", "keep", "watch"):
        changes.append(put(item, {"decision": "act"}))
    return deed(data, review, item, f"action “{made.name}”", changes)


def escalate(data: PlanData, review: RiskReview, item: Reviewed, words: str) -> Deed:
    """Bring the risk before those above: an action for the owner of its headline, or one for the board.

    Raises:
        PlanError: nothing is said of what they are to decide.
    """
    risk, item = _there(data, item), fresh(data, item)
    above = data.get("risk", risk.parent)
    whom = data.key(above) if isinstance(above, Risk) else "the board"
    owner = above.owner if isinstance(above, Risk) else ""
    if not words.strip():
        raise PlanError(f"Say what {whom} is to decide about “{name_of(data, item)}”.")
    made = _action(data, risk, f"Escalate to {whom}: {words.strip()}", owner)
    changes = [add(made), put(item, {"decision": "escalate"})]
    return deed(data, review, item, f"escalated to {whom}", changes)


def progressed(data: PlanData, review: RiskReview, item: Reviewed, action: RiskAction, state: str) -> Deed:
    """How far an action is; one that is done was done on the day of the review, unless a day is kept already."""
    row = data.get("action", action.id)
    if not isinstance(row, RiskAction):
        raise PlanError(f"The action “{action.name}” is no longer in the plan.")
    done = (row.done or review.date) if state == "done" else ""
    return deed(
        data, review, item, f"“{row.name}” {state or 'open'}", [put(row, {"state": state, "done": done})]
    )


def answered(data: PlanData, review: RiskReview, item: Reviewed, response: Response, state: str) -> Deed:
    """Where a response stands."""
    row = data.get("response", response.id)
    if not isinstance(row, Response):
        raise PlanError(f"The response “{response.name}” is no longer in the plan.")
    return deed(data, review, item, f"“{row.name}” {state or 'not said'}", [put(row, {"state": state})])


def _action(
    data: PlanData,
    risk: Risk,
    name: str,
    owner: str = "",
    due: str = "",
    response: str = "",
    happened: bool = False,
) -> RiskAction:
    name = name.strip()
    others = [
        row for row in data.rows("action").values() if isinstance(row, RiskAction) and row.risk == risk.id
    ]
    if not name:
        raise PlanError("Say what is to be done.")
    if any(row.name == name for row in others):
        raise PlanError(f"“{data.key(risk)}” has an action “{name}” already; give this one another name.")
    last = max((row.order for row in others), default="")
    made = kinds()["action"].make(
        {
            "risk": risk.id, "response": response, "name": name, "order": trees.rank_between(last, ""),
            "owner": owner if isinstance(data.get("person", owner), Person) else "", "due": due, "state": "open",
            "on_realisation": happened,
        }
    )  # fmt: skip
    assert isinstance(made, RiskAction)
    return made


def _there(data: PlanData, item: Reviewed) -> Risk:
    risk = risk_of(data, fresh(data, item))
    if risk is None:
        raise PlanError(f"“{item.subject}” is no longer in the plan; go on to the next risk.")
    return risk
