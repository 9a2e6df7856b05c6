"""States and ids: how a risk moves from state to state, what each move records, and what a new one is called.

Moves follow the register of Rubin (RTN-051): candidate, active, realised, retired; a candidate or an active risk can
be deprecated, and what was retired or deprecated by mistake comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dmdesk.changes import Change, add, put
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import PlanDocument, Risk, RiskMove
from dmdesk.model.risks import ACTIVE, CANDIDATE, DEPRECATED, OPPORTUNITY, REALISED, RETIRED, THREAT
from dmdesk.reading import PlanData

MOVES: Mapping[str, tuple[str, ...]] = {
    CANDIDATE: (ACTIVE, DEPRECATED),
    ACTIVE: (REALISED, RETIRED, DEPRECATED, CANDIDATE),
    REALISED: (RETIRED, ACTIVE),
    RETIRED: (ACTIVE,),
    DEPRECATED: (CANDIDATE,),
}
"""State → the states it may move to."""

REASON_WANTED = (REALISED, RETIRED, DEPRECATED)
"""States that one comes to with a reason only."""

PATTERN = "DM-{type}-000"
LETTERS = {OPPORTUNITY: "O"}


def allowed(risk: Risk) -> tuple[str, ...]:
    """The states that a risk may move to."""
    return MOVES.get(risk.state or CANDIDATE, MOVES[CANDIDATE])


def moved(data: PlanData, risk: Risk, state: str, on: str, reason: str = "", who: str = "") -> list[Change]:
    """The changes that move a risk to a state; the move is kept with its day and reason, the reason as conclusion too.

    Raises:
        PlanError: the move is not allowed, or wants a reason.
    """
    name, now = data.key(risk) or data.title(risk), risk.state or CANDIDATE
    if state not in allowed(risk):
        raise PlanError(
            f"“{name}” is {now} and can become {' or '.join(allowed(risk))}, but not {state or 'nothing'}."
        )
    if state in REASON_WANTED and not reason.strip():
        raise PlanError(f"Say why “{name}” becomes {state}; the reason is kept with the move.")
    values = {"state": state}
    if state in REASON_WANTED and not risk.conclusion:
        values["conclusion"] = reason
    given = {"risk": risk.id, "date": on, "before": risk.state, "state": state, "reason": reason, "who": who}
    return [put(risk, values), add(kinds()["move"].make(given))]


def moves_of(data: PlanData, risk: str) -> list[RiskMove]:
    """The moves of a risk, oldest first."""
    ids = data.index("moves by risk", "move", lambda row: (getattr(row, "risk"),)).ids(risk)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.rows("move")[id], RiskMove)]
    return sorted(rows, key=lambda row: row.date)


def new_key(data: PlanData, kind: str = "threat", pattern: str = "") -> str:
    """The next free id by the plan's pattern: {type} is T or O, the zeros are a number of that many digits."""
    plan = data.plan()
    pattern = pattern or (plan.risk_pattern if isinstance(plan, PlanDocument) else "") or PATTERN
    shape = pattern.replace("{type}", LETTERS.get(kind, "T"))
    zeros = list(re.finditer("0+", shape))
    if not zeros:
        shape, zeros = f"{shape}-000", list(re.finditer("0+", f"{shape}-000"))
    at = zeros[-1]
    before, after, width = shape[: at.start()], shape[at.end() :], len(at[0])
    form = re.compile(re.escape(before) + r"(\d+)" + re.escape(after))
    taken = (form.fullmatch(key) for key in data.by_key("risk"))
    last = max((int(match[1]) for match in taken if match), default=0)
    return f"{before}{last + 1:0{width}d}{after}"


def begun(data: PlanData, values: Mapping[str, Any], on: str) -> dict[str, Any]:
    """What a new risk begins with where nothing is given: the next free id, a threat, a candidate since that day."""
    kind = values.get("kind") or THREAT
    usual = {"kind": kind, "state": CANDIDATE, "entered": on}
    if not values.get("key"):
        usual["key"] = new_key(data, kind)
    return {name: value for name, value in usual.items() if not values.get(name)}
