"""States: where a change request may move, on which conditions, and the changes that move it.

Conditions are values, so that windows show which hold, commands say why not, and checks find what was moved without
them. The rules are those of LDM-294 (C.2, C.3) and the project's developer guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dmdesk.changes import Change, add, put
from dmdesk.control import clock as clocks
from dmdesk.control import flagging
from dmdesk.control.requests import items_of, last_move, name_of, now_as_instant, open_objections, state_of
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest, Docket
from dmdesk.model.control import ADOPTED, FLAGGED, IMPLEMENTED, PROPOSED, RECOMMENDED, WITHDRAWN
from dmdesk.reading import PlanData
from dmdesk.values import frozen

MOVES: Mapping[str, tuple[str, ...]] = {
    PROPOSED: (FLAGGED, ADOPTED, WITHDRAWN, PROPOSED),
    FLAGGED: (RECOMMENDED, PROPOSED, WITHDRAWN),
    RECOMMENDED: (ADOPTED, FLAGGED, WITHDRAWN),
    ADOPTED: (IMPLEMENTED, WITHDRAWN),
    IMPLEMENTED: (),
    WITHDRAWN: (PROPOSED,),
}
"""State → the states it may move to; from proposed to proposed is proposing anew, which starts the clock again."""

REASON_WANTED = {(at, to) for at, many in MOVES.items() for to in many if to in (WITHDRAWN, PROPOSED)} | {
    (RECOMMENDED, FLAGGED)
}
"""Moves that nobody makes without a reason: to give up, to return, and to propose anew."""


@frozen
class Condition:
    """What a move depends on. ``words`` say how it holds, or why not and what to do.

    ``absolute``: it cannot be set aside; others can be, by a person who gives a reason that is kept with the move.
    """

    name: str
    holds: bool
    words: str
    absolute: bool = False


@frozen
class Allowed:
    """A state that a request may move to, and the conditions of that."""

    state: str
    conditions: tuple[Condition, ...]

    @property
    def unmet(self) -> tuple[Condition, ...]:
        """The conditions that do not hold."""
        return tuple(one for one in self.conditions if not one.holds)

    @property
    def free(self) -> bool:
        """Whether nothing is in the way."""
        return not self.unmet

    @property
    def refused(self) -> bool:
        """Whether not even a reason helps."""
        return any(one.absolute for one in self.unmet)


def allowed(data: PlanData, request: ChangeRequest, now: datetime) -> tuple[Allowed, ...]:
    """The states a request may move to from where it stands, each with its conditions now."""
    return tuple(Allowed(to, conditions(data, request, to, now)) for to in MOVES[state_of(request)])


def may(data: PlanData, request: ChangeRequest, to: str, now: datetime) -> Allowed:
    """The conditions of one move; of a move that the states do not know, that it is none."""
    at, name = state_of(request), name_of(data, request)
    if to in MOVES[at]:
        return Allowed(to, conditions(data, request, to, now))
    ways = " or ".join(MOVES[at])
    words = f"“{name}” is {at} and can become {ways}" if ways else f"“{name}” is {at}, and stays so"
    return Allowed(to, (Condition("state", False, f"{words}, but not {to or 'nothing'}.", True),))


def conditions(data: PlanData, request: ChangeRequest, to: str, now: datetime) -> tuple[Condition, ...]:
    """What moving a request to that state depends on, whether or not its present state leads there."""
    asked = _OF.get(to, ())
    return tuple(one(data, request, now) for one in asked)


def move(
    data: PlanData, request: ChangeRequest, to: str, now: datetime, who: str = "", reason: str = "", despite: str = ""
) -> list[Change]:  # fmt: skip
    """The changes that move a request: its state, and the row that keeps when, by whom (a person's id) and why.

    ``despite`` is the reason to move it although conditions do not hold; it is kept with the move, and so are they.
    What was agreed becomes the conclusion of an adopted request that has none. Proposing anew sets the planned end
    where it would come before the new clock runs out.

    Raises:
        PlanError: the move is none, lacks a reason, or a condition does not hold and no reason sets it aside.
    """
    way, at = may(data, request, to, now), state_of(request)
    refuse(data, request, way, despite)
    if (at, to) in REASON_WANTED and not (reason.strip() or despite.strip()):
        doing = "is proposed anew" if at == to else f"becomes {to}"
        raise PlanError(f"Say why “{name_of(data, request)}” {doing}; the reason is kept with the move.")
    said = reason.strip()
    if way.unmet:
        said = f"{said + '; ' if said else ''}despite {_named(way)}: {despite.strip()}"
    values: dict[str, Any] = {}
    if to == ADOPTED and reason.strip() and not request.conclusion.strip():
        values["conclusion"] = reason
    if to == PROPOSED:
        values |= _anew(data, request, now)
    return noted(data, request, to, now, who, said, values)


def noted(
    data: PlanData, request: ChangeRequest, to: str, now: datetime, who: str, reason: str, values: Mapping[str, Any]
) -> list[Change]:  # fmt: skip
    """The changes of a move that was judged already: the state with other values, and the row that keeps it."""
    made = {"rfc": request.id, "at": _when(data, request, now), "before": request.state, "state": to}
    row = kinds()["rfcmove"].make({**made, "who": who, "reason": reason})
    return [put(request, {**values, "state": to}), add(row)]


def refuse(data: PlanData, request: ChangeRequest, way: Allowed, despite: str = "") -> None:
    """Refuse a move whose conditions do not hold, unless there is a reason that sets them aside.

    Raises:
        PlanError: with every condition that does not hold, and what to do.
    """
    if way.free or (despite.strip() and not way.refused):
        return
    unmet = [one for one in way.unmet if one.absolute] or way.unmet
    words = " ".join(one.words for one in unmet)
    if unmet[0].name == "state":
        raise PlanError(words)
    more = "" if way.refused else " Give a reason to move it all the same."
    raise PlanError(f"“{name_of(data, request)}” cannot become {way.state} yet. {words}{more}")


def created(request: ChangeRequest, who: str = "") -> list[Change]:
    """The change that adds a new request, and its first move."""
    made = {"rfc": request.id, "at": request.proposed, "state": PROPOSED, "who": who or request.proposer}
    return [add(request), *([add(kinds()["rfcmove"].make(made))] if request.proposed else [])]


def _anew(data: PlanData, request: ChangeRequest, now: datetime) -> dict[str, str]:
    ends, planned = clocks.later(now, clocks.hours(data, request)), clocks.moment(request.planned_end)
    return {"planned_end": now_as_instant(ends)} if planned is None or planned < ends else {}


def _when(data: PlanData, request: ChangeRequest, now: datetime) -> str:
    """When a move is noted: now, but never before the last one, so that the order of moves stays what it was."""
    last = last_move(data, request.id)
    before = clocks.moment(last.at) if last else None
    return now_as_instant(max(now, before or now))


def _named(way: Allowed) -> str:
    return ", ".join(one.name for one in way.unmet)


# -- the conditions


def _clock(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    clock = clocks.consensus_clock(data, request)
    if clock.begins is None or clock.ends is None:
        return Condition(
            "clock", False, "It does not say when it was proposed, so no clock runs; set “Proposed”."
        )
    if clock.ends > now:
        left = clocks.span(clock.ends - now)
        words = f"The clock of {clock.hours} hours runs until {clocks.shown(clock.ends)}, {left} from now."
        return Condition("clock", False, words)
    return Condition(
        "clock", True, f"The clock of {clock.hours} hours ran out on {clocks.shown(clock.ends)}."
    )


def _planned_end(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    planned = clocks.moment(request.planned_end)
    if planned is None:
        return Condition("planned end", True, "No planned end is set; the clock alone counts.")
    if planned > now:
        words = f"People may object until {clocks.shown(planned)}, {clocks.span(planned - now)} from now."
        return Condition("planned end", False, words)
    return Condition("planned end", True, f"The planned end passed on {clocks.shown(planned)}.")


def _objections(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    names = [f"“{row.name}”" for row in open_objections(data, request.id)]
    if not names:
        return Condition("objections", True, "No objection is open.")
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    words = f"Objections are open: {', '.join(names[:3])}{more}; answer them, or have them taken back."
    return Condition("objections", False, words)


def _tickets(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    if request.tickets:
        return Condition("tickets", True, f"Triggered tickets: {', '.join(request.tickets[:3])}.")
    if flagging.touches_controlled(data, request):
        return Condition("tickets", True, "It changes a controlled document and needs no triggered ticket.")
    return Condition("tickets", False, "It has no triggered ticket; name the work that follows from it.")


def _judge(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    if request.assignee:
        name = data.link("person", request.assignee)
        return Condition("assignee", True, f"{name} judges when consensus is reached.")
    return Condition("assignee", False, "It has no assignee who judges consensus; name one.")


def _flag(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    found = flagging.reasons(data, request)
    certain = [reason for reason in found if reason.certain]
    if state_of(request) == RECOMMENDED:
        return Condition("flag", True, "The board has recommended it.", True)
    if certain:
        words = f"The board must see it, because {certain[0].words}; flag it first."
        return Condition("flag", False, words, True)
    if found:
        words = f"The board may have to see it: {found[0].words}; flag it, or say why not."
        return Condition("flag", False, words)
    return Condition("flag", True, "Nothing in it must be seen by the board.")


def _board(data: PlanData, request: ChangeRequest, now: datetime) -> Condition:
    flagged = last_move(data, request.id, FLAGGED)
    since = flagged.at if flagged else ""
    for item in items_of(data, request.id):
        docket = data.get("docket", item.docket)
        held = isinstance(docket, Docket) and docket.state == "held" and docket.at >= since
        if held and docket is not None and item.decision == "recommend":
            return Condition("board", True, f"Recommended at “{data.title(docket)}”.")
    return Condition("board", False, "No meeting of the board has recommended it; put it on a docket.")


_OF: Mapping[str, tuple[Callable[[PlanData, ChangeRequest, datetime], Condition], ...]] = {
    ADOPTED: (_flag, _clock, _planned_end, _objections, _tickets, _judge),
    RECOMMENDED: (_board,),
}
