"""States and ids: how a risk moves from state to state, what each move records, and what a new one is called.

Moves follow the register of Rubin (RTN-051): candidate, active, realised, retired; a candidate or an active risk can
be deprecated, and what was retired or deprecated by mistake comes back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dmdesk.changes import SET, Change, add, put
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import PlanDocument, Risk, RiskMove
from dmdesk.model.risks import ACTIVE, CANDIDATE, DEPRECATED, OPPORTUNITY, REALISED, RETIRED
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


def with_moves(changes: Sequence[Change], on: str) -> list[Change]:
    """The changes, and a move for each risk whose state they set without one, so that none goes unrecorded."""
    told = {
        change.fields["risk"][1] for change in changes if change.kind == "move" and "risk" in change.fields
    }
    found = list(changes)
    for change in changes:
        before, after = (
            change.fields.get("state", ("", "")) if (change.kind, change.op) == ("risk", SET) else ("", "")
        )
        if before != after and after and change.id not in told:
            given = {"risk": change.id, "date": on, "before": before, "state": after}
            found.append(add(kinds()["move"].make(given)))
    return found


def moves_of(data: PlanData, risk: str) -> list[RiskMove]:
    """The moves of a risk, oldest first; those of one day in the order in which each leads on from the one before."""
    ids = data.index("moves by risk", "move", lambda row: (getattr(row, "risk"),)).ids(risk)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.rows("move")[id], RiskMove)]
    return _led_on(sorted(rows, key=lambda row: row.date))


def _led_on(moves: list[RiskMove]) -> list[RiskMove]:
    """Moves in order of their days; days say no more, so within one the state that each left says which came first."""
    left, found, now = list(moves), list[RiskMove](), ""
    while left:
        today = [row for row in left if row.date == left[0].date]
        move = next((row for row in today if row.before == now), today[0])
        left.remove(move)
        found.append(move)
        now = move.state
    return found


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
