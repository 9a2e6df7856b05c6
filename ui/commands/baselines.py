"""The Baselines menu: release a version, prove that what was sealed is unchanged, and use what was sealed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.actions import action, with_plan, writable
from ui.context import Context
from ui.navigation import places

if TYPE_CHECKING:
    from dmdesk.store import Baseline

COMPARE = "compare"


def current(ctx: Context) -> Baseline | None:
    """The baseline that is current on its page."""
    return next((one for one in ctx.baselines() if one.version == ctx.version), None)


def _with_baselines(ctx: Context) -> bool:
    return ctx.plan is not None and bool(ctx.baselines())


def _can_verify(ctx: Context) -> bool:
    return _with_baselines(ctx) or bool(ctx.unlisted)


def _can_compare(ctx: Context) -> bool:
    return _with_baselines(ctx) and any(place.name == COMPARE for place in places())


def _undoable(ctx: Context) -> bool:
    return ctx.writable and bool(ctx.baselines()) and not ctx.baselines()[-1].exported


def with_one(ctx: Context, title: str, do: Callable[[Context, Baseline], object]) -> None:
    """Do something with the current baseline on its page, elsewhere with the one that is chosen."""
    known = list(reversed(ctx.baselines()))
    one = current(ctx) if ctx.page_kind == "baselines" else None
    if one is None and len(known) == 1:
        one = known[0]
    if one is None:
        names = [f"{other.version}   {other.date}   {other.description}" for other in known]
        at = ctx.ask.choose(title, "Which version?", names)
        one = known[at] if at is not None else None
    if one is not None:
        do(ctx, one)


@action(
    "baseline.release", "Release…", key="Ctrl+Alt+R", icon="baseline", menu="Baselines", part="release", when=writable
)  # fmt: skip
def release(ctx: Context) -> None:
    """Seal the plan as a version: see what is in the way, write the change record, print, and begin the next draft."""
    from ui.releasing.sheet import ask

    ask(ctx)


@action(
    "baseline.undo", "Undo the release…", icon="undo", menu="Baselines", part="release", when=_undoable,
    words=lambda ctx: f"Undo the release of {ctx.baselines()[-1].version}…" if ctx.baselines() else "Undo the release…",
)  # fmt: skip
def undo(ctx: Context) -> None:
    """Take the last release back; possible until its PDF was put into a file."""
    from ui.baselines.deeds import undo_release

    undo_release(ctx, ctx.baselines()[-1])


@action(
    "baseline.page", "Baselines", key="Ctrl+Shift+L", icon="baseline", menu="Baselines", part="look", when=with_plan
)  # fmt: skip
def page(ctx: Context) -> None:
    """The sealed versions of the plan, and what is known of each."""
    ctx.show("baselines")


@action("baseline.verify", "Verify…", icon="check", menu="Baselines", part="look", when=_can_verify)
def verify(ctx: Context) -> None:
    """Prove that every baseline is what was sealed and that the history leads to it, or say exactly what differs."""
    from ui.baselines.verdict import ask

    ask(ctx)


@action("baseline.open", "Open read-only…", icon="lock", menu="Baselines", part="use", when=_with_baselines)
def open_read_only(ctx: Context) -> None:
    """Open a baseline in a window of its own, to read the plan as it was sealed."""
    from ui.baselines.deeds import open_one

    with_one(ctx, "Open a baseline", open_one)


@action(
    "baseline.compare", "Compare with the working plan…", icon="compare", menu="Baselines", part="use",
    when=_can_compare,
)  # fmt: skip
def compare(ctx: Context) -> None:
    """Show what was changed since a baseline."""
    if ctx.page_kind == "baselines" and not ctx.version:
        ctx.go.emit(COMPARE, ctx.baselines()[-1].version)
        return
    with_one(ctx, "Compare with a baseline", lambda ctx, one: ctx.go.emit(COMPARE, one.version))


@action("baseline.print", "Print to PDF…", icon="print", menu="Baselines", part="use", when=_with_baselines)
def print_again(ctx: Context) -> None:
    """Print a baseline: the same bytes as on the day it was released."""
    from ui.baselines.deeds import print_one

    with_one(ctx, "Print a baseline", print_one)


@action(
    "baseline.text", "Export as text…", icon="export", menu="Baselines", part="export", when=_with_baselines
)
def export_text(ctx: Context) -> None:
    """Write a baseline as sorted text into a folder, for version control."""
    from ui.baselines.deeds import export_text

    with_one(ctx, "Export a baseline as text", export_text)


@action(
    "baseline.file",
    "Save as a plan file…",
    icon="save-copy",
    menu="Baselines",
    part="export",
    when=_with_baselines,
)
def export_file(ctx: Context) -> None:
    """Write a baseline, just as it was sealed, as a plan file of its own."""
    from ui.baselines.deeds import export_file

    with_one(ctx, "Save a baseline as a plan file", export_file)


@action(
    "baseline.new", "New plan from it…", icon="new", menu="Baselines", part="export", when=_with_baselines
)
def new_plan(ctx: Context) -> None:
    """Begin a plan of its own with what a baseline holds."""
    from ui.baselines.deeds import new_plan

    with_one(ctx, "New plan from a baseline", new_plan)
