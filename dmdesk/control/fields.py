"""Computed fields of change requests: what tables show and filters ask beside what was typed, as of this moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dmdesk import types as t
from dmdesk.computed import computed
from dmdesk.control import clock as clocks
from dmdesk.control import flagging
from dmdesk.control.requests import UNDECIDED, last_move, open_objections, state_of
from dmdesk.control.states import may
from dmdesk.model import ChangeRequest
from dmdesk.model.control import ADOPTED
from dmdesk.reading import PlanData

CLOCK = ("rfc", "rfcmove", "plan")


def now() -> datetime:
    """The moment that clocks are held against."""
    return datetime.now(UTC)


@computed("rfc", "clock", "Clock", t.LINE, CLOCK)
def clock(data: PlanData, request: ChangeRequest) -> str:
    """What is left until it may be adopted, or since when it may; of one the board has, until the board must decide."""
    return clocks.in_words(data, request, now())


@computed("rfc", "left", "Hours left", t.COUNT, CLOCK)
def left(data: PlanData, request: ChangeRequest) -> int | None:
    """Hours until its clock runs out, begun ones counted; 0 when it has, nothing for one that is decided."""
    rest = clocks.clock_of(data, request).left(now())
    return None if rest is None or state_of(request) not in UNDECIDED else -(-rest // timedelta(hours=1))


@computed("rfc", "may_adopt", "May be adopted", t.FLAG, (*CLOCK, "objection", "document"))
def may_adopt(data: PlanData, request: ChangeRequest) -> bool:
    """Whether nothing is in the way of adopting it."""
    return may(data, request, ADOPTED, now()).free


@computed("rfc", "must_flag", "Must be flagged", t.FLAG, ("rfc", "plan", "document"))
def must_flag(data: PlanData, request: ChangeRequest) -> bool:
    """Whether the board must see it, because it changes a controlled document or is an LCR."""
    return flagging.must_flag(data, request)


@computed("rfc", "open_objections", "Open objections", t.COUNT, ("objection",))
def objections(data: PlanData, request: ChangeRequest) -> int:
    """How many objections are neither answered nor taken back."""
    return len(open_objections(data, request.id))


@computed("rfc", "since", "In this state since", t.DAY, ("rfc", "rfcmove"))
def since(data: PlanData, request: ChangeRequest) -> str:
    """The day on which it came to its state."""
    last = last_move(data, request.id, state_of(request))
    return last.at[:10] if last else request.proposed[:10]
