"""Reviews of the risks: start one, and go on with one that runs."""

from __future__ import annotations

from ui.actions import action, with_plan
from ui.context import Context


def _running(ctx: Context) -> str:
    """The id of the review that runs; looked up without loading what a review needs, since menus ask at the start."""
    rows = ctx.data.rows("review") if ctx.plan is not None else {}
    return max((id for id, row in rows.items() if getattr(row, "state", "") == "running"), default="")


def _can_resume(ctx: Context) -> bool:
    return ctx.writable and bool(_running(ctx))


def _meet(ctx: Context, review: str) -> None:
    from PySide6.QtWidgets import QApplication

    from ui.review.meeting import open_meeting

    open_meeting(ctx, review, QApplication.activeWindow())


@action(
    "risk.review", "Start risk review…", key="Ctrl+Shift+R", icon="meeting", menu="Risks", part="review",
    when=with_plan,
)  # fmt: skip
def start(ctx: Context) -> None:
    """Go through the risks in a meeting, full screen: overdue ones first, everything kept as it is typed."""
    from dmdesk.risks.reviewing import running
    from ui.changesheet import opened
    from ui.review.starting import RunningSheet, StartSheet

    if not ctx.writable:
        why = ctx.plan.read_only if ctx.plan else ""
        ctx.report(
            f"A review writes what is decided, and this plan cannot be changed. {why} Past reviews can be read."
        )
        return
    review = running(ctx.data)
    if review is not None:
        opened(RunningSheet(ctx, review, lambda id: _meet(ctx, id)))
    elif not ctx.data.rows("risk"):
        ctx.report("There are no risks to review yet; add some on the page Risks.")
    else:
        opened(StartSheet(ctx, lambda id: _meet(ctx, id)))


@action("risk.resume", "Resume review", icon="meeting", menu="Risks", part="review", when=_can_resume)
def resume(ctx: Context) -> None:
    """Go on with the review that runs, where it was left."""
    _meet(ctx, _running(ctx))
