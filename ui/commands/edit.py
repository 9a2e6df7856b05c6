"""The Edit menu: undo, redo, finding and mending. What is done to rows stands in ``rows.py``."""

from __future__ import annotations

from ui.actions import action, on_row, with_plan
from ui.context import Context


def _undoable(ctx: Context) -> bool:
    return ctx.writable and ctx.plan is not None and ctx.plan.undoable is not None


def _redoable(ctx: Context) -> bool:
    return ctx.writable and ctx.plan is not None and ctx.plan.redoable is not None


def _undo_words(ctx: Context) -> str:
    step = ctx.plan.undoable if ctx.plan else None
    return f"Undo “{_named(step.title)}”" if step else "Undo"


def _redo_words(ctx: Context) -> str:
    step = ctx.plan.redoable if ctx.plan else None
    return f"Redo “{_named(step.title)}”" if step else "Redo"


def _named(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"


@action(
    "edit.undo",
    "Undo",
    key="Ctrl+Z",
    icon="undo",
    menu="Edit",
    part="undo",
    when=_undoable,
    words=_undo_words,
)
def undo(ctx: Context) -> None:
    """Take the last step back; works across restarts."""
    ctx.undo()


@action(
    "edit.redo", "Redo", key="Ctrl+Shift+Z; Ctrl+Y", icon="redo", menu="Edit", part="undo", when=_redoable,
    words=_redo_words,
)  # fmt: skip
def redo(ctx: Context) -> None:
    """Make the last undone step again."""
    ctx.redo()


def _on_history(ctx: Context) -> bool:
    return ctx.writable and ctx.page_kind == "history"


@action("history.take-back", "Take back this step…", icon="undo", menu="Edit", part="undo", when=_on_history)
def take_back(ctx: Context) -> None:
    """Show what taking back the current step of the history would change, and do it while later steps stay."""
    ctx.wanted.emit("take back the step")


@action(
    "history.group",
    "Show the steps of this reason",
    icon="filter",
    when=lambda ctx: ctx.page_kind == "history",
)
def group(ctx: Context) -> None:
    """Show the steps of the history alone that share the reason of the current one; again for all."""
    ctx.wanted.emit("steps of one reason")


@action(
    "edit.filter", "Filter this page", key="Ctrl+F", icon="filter", menu="Edit", part="find", when=with_plan
)
def filter_page(ctx: Context) -> None:
    """Put the cursor into the page's filter."""
    ctx.wanted.emit("filter")


def _curable(ctx: Context) -> bool:
    return ctx.writable and bool(ctx.finding and ctx.finding.fix)


def _cure_words(ctx: Context) -> str:
    return f"Fix: {ctx.finding.fix_title}" if _curable(ctx) else "Fix the problem"


@action(
    "problem.fix",
    "Fix the problem",
    key="Ctrl+.",
    icon="fix",
    menu="Edit",
    part="find",
    when=_curable,
    words=_cure_words,
)
def fix(ctx: Context) -> None:
    """Show what curing the current problem would change, with a button that does it as one step."""
    from ui.commands.mending import cure_shown

    cure_shown(ctx, ctx.finding, ctx.finding.fixes[0])


@action("edit.cell", "Edit the cell", key="F2", icon="edit", menu="Edit", part="rows", when=on_row)
def cell(ctx: Context) -> None:
    """Edit the current cell in place; Enter does the same, and so does typing."""
    ctx.wanted.emit("edit cell")
