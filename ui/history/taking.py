"""Taking a step back: the sheet that shows what it would change, cause and cure, or which step is in the way."""

from __future__ import annotations

from collections.abc import Callable

from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.plan import preview
from dmdesk.store import Step
from dmdesk.takeback import InTheWay
from ui.changelist import items
from ui.changesheet import ChangeSheet, opened
from ui.context import Context
from ui.words import short

LISTED = 1_000
"""Changes that the sheet lists; more are counted."""


def take_back_shown(
    ctx: Context, step: Step, only: Callable[[Change], bool] | None = None, of: str = ""
) -> ChangeSheet | None:
    """Show what taking a step back does, or what it did to the row called ``of``, with a button that does it.

    Where a later step stands in the way, its name is told and the way to it offered; None then.
    """
    plan = ctx.plan
    if plan is None:
        return None
    try:
        changes = plan.taking_back([step], only)
    except InTheWay as error:
        _refused(ctx, error)
        return None
    except PlanError as error:
        ctx.report(error)
        return None
    if not changes:
        ctx.said.emit("All of it was taken back already.")
        return None
    what = f"“{short(step.title, 60)}”" + (f" of “{short(of, 60)}”" if of else "")
    title = f"Take back {what}"
    sheet = TakeBackSheet(ctx, title, changes, lambda: _do(ctx, step, only, title if of else ""))
    opened(sheet)
    return sheet


class TakeBackSheet(ChangeSheet):
    """What taking back a step would change, and which problems that causes and cures."""

    def __init__(self, ctx: Context, title: str, changes: list[Change], accept: Callable[[], object]) -> None:
        count = f"{len(changes):,} row{'s' if len(changes) != 1 else ''}"
        words = f"This changes {count} as a new step; what was done since stays, and undo brings it back."
        if len(changes) > LISTED:
            words += f" The first {LISTED:,} are listed."
        after = preview(ctx.data, changes)
        found = items(ctx.data, after, changes[:LISTED])
        super().__init__(title, words, found, "", "Take back", accept)
        self.yes.setEnabled(True)
        self.tell_effect(ctx, changes)


def _refused(ctx: Context, error: InTheWay) -> None:
    """Name the step that stands in the way, and go to it if wanted."""
    if error.later is None:
        ctx.report(error)
    elif ctx.ask.confirm(str(error), "Go to that step"):
        ctx.show("history", str(error.later.id))


def _do(ctx: Context, step: Step, only: Callable[[Change], bool] | None, title: str) -> None:
    if ctx.plan is None:
        return
    try:
        taken = ctx.plan.take_back([step], only, title)
    except PlanError as error:
        ctx.report(error)
        return
    ctx.said.emit(f"Took back “{step.title}”" if taken else "All of it was taken back already.")
