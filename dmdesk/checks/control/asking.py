"""What checks of change control share: the moment that clocks are held against, and fixes that move a request.

Days pass at midnight UTC here, so that a plan finds the same all day and asking again finds what asking anew does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dmdesk.changes import ADD, add
from dmdesk.checks import finding as f
from dmdesk.checks.finding import Fix, of
from dmdesk.checks.fixing import missing
from dmdesk.control.clock import moment
from dmdesk.control.requests import requests
from dmdesk.control.states import noted
from dmdesk.model import ChangeRequest
from dmdesk.reading import PlanData

RFCS = of("rfc", "id", "key", "name", "state")
"""Which requests there are, in which order, and where they stand."""

MOVES = of("rfcmove", "id", "rfc", "at", "before", "state")

CLOCKS = (
    *RFCS,
    *MOVES,
    *of("rfc", "weight", "proposed", "planned_end"),
    *of("plan", "id", "ordinary_hours", "major_hours", "board_hours"),
)

FAR = timedelta(days=366)
"""What lies further in the future is a slip of the keyboard."""


def now() -> datetime:
    """The moment that clocks are held against: the beginning of the day."""
    return datetime.combine(date.fromisoformat(f.today()), time(), UTC)


def days_since(at: str) -> int:
    """Days from an instant until today; 0 for none."""
    found = moment(at)
    return (now() - found).days if found else 0


def each(data: PlanData, *states: str) -> Iterator[ChangeRequest]:
    """The requests in these states (all without), in the order of the plan."""
    return requests(data, *states)


def moving(data: PlanData, request: ChangeRequest, title: str, way: str, to: str, reason: str) -> Fix:
    """The fix that moves a request to another state today, with nobody's name."""
    changes = noted(data, request, to, now(), "", reason, {})
    made = []
    for change in changes:
        if change.op == ADD:
            values = {name: new for name, (_, new) in change.fields.items()}
            change = add(missing(data, change.kind, f"{request.id}/{values['at']}/{to}", values))
        made.append(change)
    return Fix(title, tuple(made), way)


def told(data: PlanData, request: ChangeRequest, title: str, way: str, values: Mapping[str, Any]) -> Fix:
    """The fix that adds a move that nobody noted."""
    key = f"{request.id}/{values['at']}/{values['state']}"
    return Fix(title, (add(missing(data, "rfcmove", key, {"rfc": request.id, **values})),), way)
