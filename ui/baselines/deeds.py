"""What people do with a baseline: read it in a window, print it, export it, begin a plan from it, undo its release."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.plan import SUFFIX, Plan, preview
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Baseline
from ui.commands.file import PLANS, beside, open_path, the_plan
from ui.context import Context
from ui.tasks import Task

if TYPE_CHECKING:
    from dmdesk.report import Printed


def read(path: Path, one: Baseline) -> PlanData:
    """The rows of a baseline, read by a connection of its own. Runs in a task.

    Raises:
        PlanError: it is damaged, or no longer there.
    """
    with Plan.open(path, read_only=True) as own:
        return own.at(one.version)


def open_one(ctx: Context, one: Baseline) -> None:
    """Show a baseline in a window of its own."""
    from ui.baselines import window

    there = window.found(ctx, one)
    if there is not None:
        there.activateWindow()
        there.raise_()
        return
    path = the_plan(ctx).file
    ctx.tasks.run(
        f"Opening baseline {one.version}",
        lambda _: window.passing(read(path, one), path.stem),
        lambda file: window.opened(ctx, one, file),
    )


def named(ctx: Context, one: Baseline, suffix: str) -> Path:
    """The file that is proposed for something made of a baseline."""
    return named_version(ctx, one.version, suffix)


def named_version(ctx: Context, version: str, suffix: str) -> Path:
    """The same for a version: handle and version, beside the plan."""
    plan = the_plan(ctx)
    handle = str(getattr(ctx.data.plan(), "handle", "")) or plan.path.stem
    return beside(plan, re.sub(r"[^\w.-]+", "-", f"{handle}-{version}") + suffix)


# -- printing

FINAL = "With its PDF in a file, the release of {} can no longer be undone: others may have it then."


def print_one(ctx: Context, one: Baseline) -> None:
    """Print a baseline into a file: the same bytes as on the day, or a question."""
    if ctx.writable and not one.exported and not ctx.ask.confirm(FINAL.format(one.version), "Print"):
        return
    path = ctx.ask.save_file(f"Print {one.version} to a PDF file", named(ctx, one, ".pdf"), "PDF (*.pdf)")
    if path is None:
        return
    out, plan = path if path.suffix else path.with_suffix(".pdf"), the_plan(ctx).file

    def work(task: Task) -> tuple[Printed, str]:
        from dmdesk import releasing
        from ui.printing import making

        data = read(plan, one)
        with making.turn(task.progress, lambda: task.cancelled):
            return releasing.reprint(data, one, task.progress, lambda: task.cancelled)

    ctx.tasks.run(f"Printing {one.version}", work, lambda made: printed(ctx, one, out, *made))


def printed(ctx: Context, one: Baseline, out: Path, made: Printed, odd: str) -> None:
    """Put the print of a baseline into a file and note that; one that is not that of the day only if it is wanted."""
    from dmdesk.saving import put_in_place

    if odd and not ctx.ask.confirm(odd, "Write it all the same"):
        return
    try:
        put_in_place(out, made.pdf)
        if ctx.plan is not None and ctx.writable and not odd:
            ctx.plan.note_print(one.version, made.sha256, one.paper or "letter", exported=True)
            ctx.noted()
    except PlanError as error:
        ctx.report(error)
        return
    same = ", the same bytes as on the day" if one.pdf and not odd else ""
    ctx.said.emit(f"{one.version} was printed to “{out.name}”{same}")


# -- other forms


def export_text(ctx: Context, one: Baseline) -> None:
    """Write a baseline as sorted text into a folder."""
    folder = ctx.ask.folder(f"Export {one.version} as text into a folder")
    if folder is None:
        return
    path = the_plan(ctx).file

    def work(_: Task) -> int:
        from dmdesk.exchange import text

        return len(text.write(read(path, one), folder))

    ctx.tasks.run(
        f"Exporting {one.version}", work, lambda files: ctx.said.emit(f"{files} files written to “{folder}”")
    )


def export_file(ctx: Context, one: Baseline) -> None:
    """Write a baseline as a plan file, just as it was sealed."""
    out = _plan_file(ctx, one, f"Save {one.version} as a plan file", "")
    if out is not None:
        _make(
            ctx,
            one,
            out,
            lambda data: data,
            lambda made: ctx.said.emit(f"{one.version} was saved as “{made.name}”"),
        )


def new_plan(ctx: Context, one: Baseline) -> None:
    """Begin a plan of its own with what a baseline holds, as a draft, and open it."""
    out = _plan_file(ctx, one, f"New plan from {one.version}", "-new")
    if out is not None:
        _make(ctx, one, out, as_draft, lambda made: open_path(ctx, made))


def as_draft(data: PlanData) -> PlanData:
    """The rows with the draft mark on."""
    plan = data.plan()
    return (
        preview(data, [c.put(plan, {"state": "draft"})])
        if plan and getattr(plan, "state", "") != "draft"
        else data
    )


def _plan_file(ctx: Context, one: Baseline, title: str, end: str) -> Path | None:
    path = ctx.ask.save_file(title, named(ctx, one, f"{end}{SUFFIX}"), PLANS)
    return path if path is None or path.suffix else path.with_suffix(SUFFIX)


def _make(
    ctx: Context, one: Baseline, out: Path, change: Callable[[PlanData], PlanData], done: Callable[[Path], object]
) -> None:  # fmt: skip
    path = the_plan(ctx).file

    def work(_: Task) -> Path:
        from dmdesk import schema

        schema.create(out, change(read(path, one)))
        return out

    ctx.tasks.run(f"Making “{out.name}”", work, done)


# -- undoing


def undo_release(ctx: Context, one: Baseline) -> None:
    """Take the newest release back, with the steps that were made after it, when that is wanted."""
    plan = the_plan(ctx)
    plan.refuse_released([step for step in plan.history() if step.id == one.step])
    if one.seal != plan.baselines()[-1].seal:
        newest = plan.baselines()[-1].version
        raise PlanError(f"{one.version} can be undone only after {newest}, which was released later.")
    after = [step for step in plan.history() if step.id > one.step and step.state == DONE]
    question = f"Undo the release of {one.version}?"
    if after:
        count = "One step was made" if len(after) == 1 else f"{len(after)} steps were made"
        question += f" {count} since; undo takes back first what came last, and redo makes all of it again."
    if not ctx.ask.confirm(question, "Undo", "\n".join(step.title for step in after)):
        return
    for _ in range(len(after) + 1):
        if plan.undoable is None or plan.undoable.id < one.step:
            break
        plan.undo()
    ctx.said.emit(f"The release of {one.version} was undone")
