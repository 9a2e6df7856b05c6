"""Change requests as they are read: their state, moves, objections, comments and places on dockets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

from dmdesk.kinds import Entity
from dmdesk.model import BoardAction, ChangeRequest, Comment, DocketItem, Objection, RequestMove
from dmdesk.model.control import ADOPTED, FLAGGED, IMPLEMENTED, PROPOSED, RECOMMENDED, WITHDRAWN
from dmdesk.reading import PlanData
from dmdesk.types import INSTANT

E = TypeVar("E", bound=Entity)

STATES = (PROPOSED, FLAGGED, RECOMMENDED, ADOPTED, IMPLEMENTED, WITHDRAWN)

UNDECIDED = (PROPOSED, FLAGGED, RECOMMENDED)
"""States in which it is still discussed."""

WORKED_ON = (*UNDECIDED, ADOPTED)
"""States in which steps may be made under it."""


def now_as_instant(now: datetime) -> str:
    """A moment as the plan keeps it.

    Raises:
        ValueError: it has no time zone, so that nobody knows which moment it is.
    """
    if now.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return INSTANT.clean(now.astimezone(UTC).isoformat())


def state_of(request: ChangeRequest) -> str:
    """Where the request stands; nothing said, or a word that is no state, counts as proposed."""
    return request.state if request.state in STATES else PROPOSED


def name_of(data: PlanData, request: ChangeRequest) -> str:
    """What sentences call it: its key, or its title."""
    return data.key(request) or data.title(request)


def of_request(data: PlanData, kind: str, cls: type[E], request: str) -> list[E]:
    """The rows of a kind that belong to a request, in the order in which they came."""
    ids = data.index("by request", kind, lambda row: (getattr(row, "rfc"),)).ids(request)  # noqa: B009
    arrival = data.arrival(kind)
    rows = (data.rows(kind)[id] for id in sorted(ids, key=lambda id: arrival.get(id, 0)))
    return [row for row in rows if isinstance(row, cls)]


def moves_of(data: PlanData, request: str) -> list[RequestMove]:
    """Its moves, oldest first; those of one minute in the order in which each leads on from the one before."""
    return data.memo("moves of requests", ("rfcmove",), lambda: _all_moves(data)).get(request, [])


def _all_moves(data: PlanData) -> dict[str, list[RequestMove]]:
    by_request: dict[str, list[RequestMove]] = {}
    for row in data.all(RequestMove).values():
        by_request.setdefault(row.rfc, []).append(row)
    return {id: _led_on(sorted(rows, key=lambda row: row.at)) for id, rows in by_request.items()}


def _led_on(left: list[RequestMove]) -> list[RequestMove]:
    found: list[RequestMove] = []
    while left:
        together = [row for row in left if row.at == left[0].at]
        now = found[-1].state if found else ""
        move = next((row for row in together if row.before == now), together[0])
        left.remove(move)
        found.append(move)
    return found


def last_move(data: PlanData, request: str, state: str = "") -> RequestMove | None:
    """The last move, or the last one to that state."""
    found = [row for row in moves_of(data, request) if not state or row.state == state]
    return found[-1] if found else None


def objections_of(data: PlanData, request: str) -> list[Objection]:
    """What people object to, oldest first."""
    return sorted(of_request(data, "objection", Objection, request), key=lambda row: row.raised)


def open_objections(data: PlanData, request: str) -> list[Objection]:
    """The objections that are neither answered nor taken back."""
    return [row for row in objections_of(data, request) if row.state in ("", "open")]


def comments_of(data: PlanData, request: str) -> list[Comment]:
    """What people said, oldest first."""
    return sorted(of_request(data, "comment", Comment, request), key=lambda row: row.at)


def items_of(data: PlanData, request: str) -> list[DocketItem]:
    """Where it stands, or stood, on dockets."""
    return of_request(data, "docketitem", DocketItem, request)


def actions_of(data: PlanData, request: str) -> list[BoardAction]:
    """What the board asked somebody to do about it."""
    return of_request(data, "boardaction", BoardAction, request)


def requests(data: PlanData, *states: str) -> Iterator[ChangeRequest]:
    """The change requests in natural order of their keys, or those in these states."""
    for row in data.in_order("rfc"):
        if isinstance(row, ChangeRequest) and (not states or state_of(row) in states):
            yield row
