"""Checks of the board: what waits for it, and meetings whose minutes do not hold together."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.checks import finding as f
from dmdesk.checks.control.asking import CLOCKS, each, now
from dmdesk.checks.finding import NOTE, WARNING, Finding, check, of
from dmdesk.checks.fixing import setting
from dmdesk.control import clock as clocks
from dmdesk.control.board import attendance
from dmdesk.control.clock import moment
from dmdesk.control.dockets import ALONE, DECIDED, VOTE, items_on
from dmdesk.control.requests import moves_of
from dmdesk.model import BoardAction, Docket, Group, PlanDocument
from dmdesk.model.control import FLAGGED
from dmdesk.reading import PlanData

DOCKETS = of("docket", "id", "key", "name", "group", "at", "state")
ITEMS = of("docketitem", "id", "docket", "subject", "rfc", "place", "decision", "manner")
SEATS = (
    *of("docket", "present", "others"),
    *of("group", "id", "chair", "cochair", "quorum"),
    *of("membership", "id", "group", "role", "person", "position", "note"),
    *of("role", "id", "key", "name", "order"),
    *of("person", "id", "key", "name"),
    *of("appointment", "id", "role", "person", "capacity", "start", "end", "scope"),
)


@check("rfc.board-overdue", WARNING, kinds=CLOCKS)
def board_overdue(data: PlanData) -> Iterator[Finding]:
    """A flagged change request that the board has had for longer than its time."""
    for row in each(data, FLAGGED):
        clock = clocks.board_clock(data, row)
        if clock.over(now()) and clock.ends:
            words = f"The board had until {clocks.shown(clock.ends)}; the project manager may decide alone."
            yield board_overdue.at(row, "state", words)


@check(
    "rfc.no-board",
    NOTE,
    kinds=(*of("rfc", "id", "key", "state"), "plan.id", "plan.control_authority", "group.id"),
)
def no_board(data: PlanData) -> Iterator[Finding]:
    """A flagged change request in a plan that does not say which board approves changes, said once."""
    plan, waiting = data.plan(), next(each(data, FLAGGED), None)
    known = isinstance(plan, PlanDocument) and data.get("group", plan.control_authority) is not None
    if waiting is not None and not known:
        yield no_board.at(
            waiting, "state", "It waits for the board, but the plan does not say which; set its authority."
        )


def _held(data: PlanData) -> Iterator[Docket]:
    for row in data.in_order("docket"):
        if isinstance(row, Docket) and row.state == "held":
            yield row


@check("docket.no-board", WARNING, kinds=(*DOCKETS, "group.id", "plan.id", "plan.control_authority"))
def docket_no_board(data: PlanData) -> Iterator[Finding]:
    """A meeting that does not say which board meets, so that nobody knows its members and quorum."""
    plan = data.plan()
    authority = plan.control_authority if isinstance(plan, PlanDocument) else ""
    for row in data.in_order("docket"):
        if isinstance(row, Docket) and not row.group:
            title = "Let it be the plan's control authority"
            known = isinstance(data.get("group", authority), Group)
            fixes = [setting(row, title, "the control authority", group=authority)] if known else []
            yield docket_no_board.at(row, "group", "It does not say which board meets.", fixes)


@check("docket.past", NOTE, kinds=(*DOCKETS,))
def past(data: PlanData) -> Iterator[Finding]:
    """A planned meeting whose day has passed: it was held, or is to be moved."""
    for row in data.in_order("docket"):
        at = moment(row.at) if isinstance(row, Docket) else None
        if isinstance(row, Docket) and row.state != "held" and at and at < now():
            yield past.at(
                row, "at", f"It was to meet on {clocks.shown(at)}; hold it, or move it to another day."
            )


@check("docket.no-quorum", WARNING, kinds=(*DOCKETS, *ITEMS, *SEATS))
def no_quorum(data: PlanData) -> Iterator[Finding]:
    """A meeting that decided without a quorum of its board."""
    for row in _held(data):
        decided = [one for one in items_on(data, row) if one.decision in DECIDED and one.manner != ALONE]
        there = attendance(data, row)
        if decided and not there.reached:
            yield no_quorum.at(row, "present", f"It has decided without a quorum: {there.words}.")


@check("docket.no-decision", WARNING, kinds=(*DOCKETS, *ITEMS, "rfc.id"))
def no_decision(data: PlanData) -> Iterator[Finding]:
    """A change request on the docket of a meeting that was held, without a decision."""
    for row in _held(data):
        for one in items_on(data, row):
            if not one.decision and data.get("rfc", one.rfc) is not None:
                fix = setting(one, "Say that it was deferred", "defer", decision="defer")
                yield no_decision.at(
                    one, "decision", "The meeting was held, but does not say what it decided.", [fix]
                )


@check("docket.no-dissent", NOTE, kinds=(*DOCKETS, *ITEMS, "docketitem.dissent"))
def no_dissent(data: PlanData) -> Iterator[Finding]:
    """A decision by vote that does not say who dissented and why; without dissent it was consensus."""
    for row in _held(data):
        for one in items_on(data, row):
            if one.decision and one.manner == VOTE and not one.dissent:
                fix = setting(one, "Say that it was consensus", "consensus", manner="consensus")
                words = (
                    "It was decided by vote, but nobody's dissent is noted; without dissent it was consensus."
                )
                yield no_dissent.at(one, "dissent", words, [fix])


@check(
    "docket.not-followed",
    WARNING,
    kinds=(*DOCKETS, *ITEMS, "rfc.id", *of("rfcmove", "id", "rfc", "at", "before", "state")),
)
def not_followed(data: PlanData) -> Iterator[Finding]:
    """A decision of a meeting that was held, after which the change request did not move as was decided."""
    for row in _held(data):
        for one in items_on(data, row):
            to = DECIDED.get(one.decision, "")
            if not to or data.get("rfc", one.rfc) is None:
                continue
            if not any(move.state == to and move.at >= row.at for move in moves_of(data, one.rfc)):
                words = f"It was to become {to} by this decision, but has no such move since."
                yield not_followed.at(one, "decision", words)


@check("docket.action-overdue", NOTE, kinds=of("boardaction", "id", "due", "done"))
def action_overdue(data: PlanData) -> Iterator[Finding]:
    """What a meeting asked somebody to do, past its day."""
    for one in data.rows("boardaction").values():
        if isinstance(one, BoardAction) and one.due and not one.done and one.due < f.today():
            fix = setting(one, "Say that it was done today", "done today", done=f.today())
            yield action_overdue.at(one, "due", f"It was to be done by {one.due}.", [fix])
