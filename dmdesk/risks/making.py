"""Making risks: what a new one starts with, and a copy of one to begin another from."""

from __future__ import annotations

from typing import Any

from dmdesk.changes import Change, add
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.model import Response, Risk
from dmdesk.model.risks import INITIAL, TARGET, THREAT
from dmdesk.reading import PlanData
from dmdesk.risks.book import scored
from dmdesk.risks.due import today
from dmdesk.risks.judging import LEVELS
from dmdesk.risks.states import begun

OWN = ("key", "state", "entered", "next_review", "conclusion", "status", "aka", "headline", "one_event")
"""What a copy of a risk does not take over."""


def starting(data: PlanData, sort: str = THREAT, on: str = "") -> dict[str, Any]:
    """The values a new risk starts with: the next id of the plan's pattern, a candidate, entered that day (today)."""
    return {"kind": sort, **begun(data, {"kind": sort}, on or today())}


def cloned(data: PlanData, risk: Risk, on: str = "") -> tuple[Entity, list[Change]]:
    """(The copy of a risk, the changes that add it): its responses begin anew, its present score is the initial one."""
    on = on or today()
    values = {
        field.name: getattr(risk, field.name) for field in kind_of(risk).fields if field.name not in OWN
    }
    row = kinds()["risk"].make(
        {**values, **starting(data, risk.kind or THREAT, on), "name": f"{risk.name} (copy)"}
    )
    changes, own = [add(row)], scored(data, risk.id)
    now = own.current if not own.worst else None
    for sort, judged in ((INITIAL, now or own.initial), (TARGET, own.target)):
        if judged is not None:
            levels = {name: getattr(judged.row, name) for name in LEVELS}
            changes.append(add(kinds()["score"].make({**levels, "risk": row.id, "sort": sort, "date": on})))
    for response in data.in_order("response"):
        if isinstance(response, Response) and response.risk == risk.id:
            given = {field.name: getattr(response, field.name) for field in kind_of(response).fields}
            changes.append(add(kinds()["response"].make({**given, "risk": row.id, "state": "proposed"})))
    return row, changes
