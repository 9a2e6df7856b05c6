"""Change control: propose, move and discuss change requests, work on one, and hold the meetings of the board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui import working
from ui.actions import action, with_plan, writable
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.model import ChangeRequest, Docket

MENU = "Change control"


def _on_request(ctx: Context) -> bool:
    """Whether a change request is the current row."""
    return ctx.writable and ctx.current[0] == "rfc" and ctx.row() is not None


def _on_meeting(ctx: Context) -> bool:
    return ctx.plan is not None and ctx.current[0] == "docket" and ctx.row() is not None


def _on_planned(ctx: Context) -> bool:
    return ctx.writable and _on_meeting(ctx) and getattr(ctx.row(), "state", "") != "held"


def _request(ctx: Context) -> ChangeRequest:
    from dmdesk.model import ChangeRequest

    row = ctx.row()
    assert isinstance(row, ChangeRequest)
    return row


def _meeting(ctx: Context) -> Docket:
    from dmdesk.model import Docket

    row = ctx.row()
    assert isinstance(row, Docket)
    return row


@action("control.propose", "Propose a change request…", icon="add", menu=MENU, part="requests", when=writable)
def propose(ctx: Context) -> None:
    """Propose a change; its clock runs from then on."""
    from ui.control import sheets

    sheets.propose(ctx)


@action(
    "control.move", "Move the change request…", icon="decision", menu=MENU, part="requests", when=_on_request
)
def move(ctx: Context) -> None:
    """Bring the current change request to another state: flag, adopt, withdraw …; says what it depends on."""
    from dmdesk.control.requests import name_of, state_of
    from dmdesk.control.states import allowed
    from dmdesk.errors import PlanError
    from ui.control import deeds, sheets

    row = _request(ctx)
    name = name_of(ctx.data, row)
    ways = [one for one in allowed(ctx.data, row, deeds.now()) if not one.refused]
    if not ways:
        raise PlanError(f"“{name}” is {state_of(row)}, and stays so.")
    words = [sheets.way(state_of(row), one.state) + ("" if one.free else " (not yet)") for one in ways]
    at = ctx.ask.choose(f"Move {name}", f"It is {state_of(row)}.", words, "Move")
    if at is not None:
        sheets.move(ctx, row, ways[at].state)


@action(
    "control.object",
    "Object to the change request…",
    icon="warning",
    menu=MENU,
    part="talk",
    when=_on_request,
)
def object_to(ctx: Context) -> None:
    """Raise an objection to the current change request; it is not adopted while one is open."""
    from ui.control import sheets

    sheets.object_to(ctx, _request(ctx))


@action("control.answer", "Answer an objection…", icon="check", menu=MENU, part="talk", when=_on_request)
def answer(ctx: Context) -> None:
    """Answer an open objection to the current change request."""
    from ui.control import sheets

    sheets.answer_open(ctx, _request(ctx))


@action(
    "control.comment",
    "Comment on the change request…",
    icon="comment",
    menu=MENU,
    part="talk",
    when=_on_request,
)
def comment(ctx: Context) -> None:
    """Say something of the current change request."""
    from ui.control import sheets

    sheets.comment(ctx, _request(ctx))


@action(
    "control.escalate",
    "Escalate the change request…",
    icon="move-up",
    menu=MENU,
    part="talk",
    when=_on_request,
)
def escalate(ctx: Context) -> None:
    """Bring the current change request before the next who can decide."""
    from ui.control import sheets

    sheets.escalate(ctx, _request(ctx))


def _work_words(ctx: Context) -> str:
    return "Work on another change request…" if working.key_now(ctx) else "Work on a change request…"


@action(
    "control.work", "Work on a change request…", key="Ctrl+Shift+W", icon="change", menu=MENU, part="work",
    when=writable, words=_work_words,
)  # fmt: skip
def work(ctx: Context) -> None:
    """Choose the change request that every step is made under from now on."""
    from ui.control.locked import choose

    choose(ctx)


def _this_words(ctx: Context) -> str:
    row = ctx.row() if ctx.current[0] == "rfc" and ctx.plan is not None else None
    return (
        f"Work on {ctx.data.key(row)}"
        if row is not None and ctx.data.key(row)
        else "Work on this change request"
    )


def _can_work_on_this(ctx: Context) -> bool:
    row = ctx.row() if _on_request(ctx) else None
    return row is not None and getattr(row, "state", "") not in working.OVER and not _is_worked_on(ctx)


def _is_worked_on(ctx: Context) -> bool:
    return ctx.plan is not None and ctx.current == ("rfc", ctx.plan.working_on)


@action(
    "control.work-on-this", "Work on this change request", icon="change", menu=MENU, part="work",
    when=_can_work_on_this, words=_this_words,
)  # fmt: skip
def work_on_this(ctx: Context) -> None:
    """Make every step under the current change request from now on."""
    from ui.control.locked import take

    take(ctx, _request(ctx))


def _stop_words(ctx: Context) -> str:
    key = working.key_now(ctx)
    return f"Stop working on {key}" if key else "Stop working on a change request"


@action(
    "control.stop", "Stop working on a change request", icon="close", menu=MENU, part="work",
    when=lambda ctx: bool(working.key_now(ctx)), words=_stop_words,
)  # fmt: skip
def stop(ctx: Context) -> None:
    """Make steps under no change request from now on."""
    key = working.key_now(ctx)
    working.work_on(ctx, "")
    ctx.said.emit(f"No longer working on {key}.")


@action("control.show", "Show the change request that is worked on", icon="change", menu=MENU, part="work",
        when=lambda ctx: bool(working.key_now(ctx)))  # fmt: skip
def show(ctx: Context) -> None:
    """Go to the change request that steps are made under."""
    if ctx.plan is not None:
        ctx.show("rfc", ctx.plan.working_on)


@action(
    "control.unrequested",
    "Changes without a request",
    icon="problems",
    menu=MENU,
    part="work",
    when=with_plan,
)
def unrequested(ctx: Context) -> None:
    """Show the steps since the last baseline that were made under no change request, and assign them to one."""
    from ui.control.page import UNREQUESTED

    ctx.show("rfc", UNREQUESTED)


@action("control.meeting", "Plan a board meeting…", icon="meeting", menu=MENU, part="board", when=writable)
def meeting(ctx: Context) -> None:
    """Call a meeting of the board; its docket has the flagged requests."""
    from ui.control.board import sheets

    sheets.call(ctx)


@action("control.fill", "Take flagged requests in", icon="import", menu=MENU, part="board", when=_on_planned)
def fill(ctx: Context) -> None:
    """Put the requests that were flagged since on the docket of the current meeting."""
    from ui.control.board import sheets

    sheets.fill(ctx, _meeting(ctx))


@action("control.hold", "Hold the meeting…", icon="check", menu=MENU, part="board", when=_on_planned)
def hold(ctx: Context) -> None:
    """Make what the current meeting decided one step: its requests move, and its minutes stand."""
    from ui.control.board import sheets

    sheets.hold(ctx, _meeting(ctx))


@action("control.minutes", "Print the minutes…", icon="print", menu=MENU, part="board", when=_on_meeting)
def minutes(ctx: Context) -> None:
    """Print the minutes of the current meeting into a file of their own."""
    from ui.control.printing import print_part

    print_part(ctx, "docket", _meeting(ctx).key)


@action("control.print", "Print the change request…", icon="print", menu=MENU, part="requests",
        when=lambda ctx: ctx.plan is not None and ctx.current[0] == "rfc")  # fmt: skip
def print_request(ctx: Context) -> None:
    """Print the current change request with all that was said of it and what it changes."""
    from ui.control.printing import print_part

    print_part(ctx, "rfc", _request(ctx).key)
