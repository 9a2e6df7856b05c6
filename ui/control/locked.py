"""The way out of a lock: why a change was refused, in one sentence, and what may be done so that it can be made."""

from __future__ import annotations

from dmdesk.changes import put
from dmdesk.control.lock import DRAFT, FREE, FREE_FIELDS, OFF, lock_of
from dmdesk.control.requests import WORKED_ON, requests
from dmdesk.errors import PlanError
from dmdesk.model import ChangeRequest
from ui import working
from ui.context import Context


def says(ctx: Context, kind: str, field: str = "") -> str:
    """Why rows of a kind, or one field of them, cannot be changed now, and what to do; "" where they can.

    Of kinds that are locked in part only fields are.
    """
    plan, free = ctx.data.plan(), FREE_FIELDS.get(kind, ())
    if ctx.plan is None or plan is None or kind in FREE or (free and field in ("", *free)):
        return ""
    lock = lock_of(ctx.data, sealed=bool(ctx.baselines()))
    if lock == OFF or ctx.plan.read_only:
        return ""
    if getattr(plan, "state", "") == "baselined":
        return "Locked: the plan is baselined; make it a draft to change this."
    if lock == DRAFT or working.key_now(ctx):
        return ""
    return "Locked: choose the change request you work on to change this (Ctrl+Shift+W)."


def way_out(ctx: Context) -> bool:
    """Say why the last change was refused and offer what helps; whether the change may be tried again."""
    plan = ctx.data.plan()
    if ctx.plan is None or plan is None:
        return False
    if getattr(plan, "state", "") == "baselined":
        if not ctx.ask.confirm(ctx.refused, "Make the plan a draft"):
            return False
        ctx.plan.step("Make the plan a draft", [put(plan, {"state": "draft"})])
        return True
    return ctx.ask.confirm(ctx.refused, "Work on a change request…") and choose(ctx)


def choose(ctx: Context) -> bool:
    """Let the person choose the request to work on; whether there is one now."""
    found = [*requests(ctx.data, *WORKED_ON)]
    now = ctx.plan.working_on if ctx.plan is not None else ""
    found.sort(key=lambda row: (row.id == now, row.state != "adopted"))
    if not found:
        ctx.report(
            "No change request is open, so there is none to work on; propose one first (Change control > Propose)."
        )
        return False
    at = ctx.ask.choose(
        "Work on a change request", "Every step is made under it from now on.",
        [f"{row.key}  {row.name} ({row.state})" for row in found], "Work on it",
    )  # fmt: skip
    if at is None:
        return False
    take(ctx, found[at])
    return True


def take(ctx: Context, row: ChangeRequest) -> None:
    """Work on a request.

    Raises:
        PlanError: nothing is done under it any more.
    """
    if row.state in working.OVER:
        raise PlanError(f"“{row.key or row.name}” is {row.state}, so nothing is done under it any more.")
    working.work_on(ctx, row.id)
    ctx.said.emit(f"Working on {row.key or row.name}: every step is made under it from now on.")
