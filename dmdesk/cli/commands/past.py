"""Commands about the history: taking steps back, making them again, and removing the oldest of them."""

from __future__ import annotations

from pathlib import Path

from dmdesk import compacting
from dmdesk.changes import inverse
from dmdesk.cli import output
from dmdesk.cli.command import PLAN, arg, command, flag
from dmdesk.cli.opening import history_of, opened
from dmdesk.errors import PlanError
from dmdesk.plan import Plan, preview
from dmdesk.store import Step, Store
from dmdesk.takeback import InTheWay

STEP = arg("--step", "A step of the past, by the id that “history --json” gives it.", type=int, metavar="N")
DRY = flag(
    "--dry-run", "Say what it would change, and which findings it would cause and cure; change nothing."
)
TO = arg(
    "--to",
    "Up to and with this: a baseline's version, a step's id, or all before a day; the last baseline if left out.",
    default="",
    metavar="VERSION|STEP|DAY",
)


@command("undo", PLAN, STEP, DRY)
def undo(file: Path, step: int | None, dry_run: bool) -> None:
    """Take the last step back. A step of the past is taken back as a new step; what was done since stays."""
    with opened(file) as plan:
        if step is None:
            if dry_run:
                _show(plan, plan.undoable, file)
            else:
                _say(plan.undo(), "Undid", "There is nothing to undo", file)
            return
        held = next(iter(plan.past.steps_in(step, step)), None)
        if held is None:
            raise PlanError(
                f"There is no step {step} in the history of “{file.name}”; “dmdesk history” lists them."
            )
        try:
            taken = _show(plan, held, file) if dry_run else plan.take_back([held])
        except InTheWay as error:
            raise PlanError(_with_number(error)) from None
        if taken is None:
            raise PlanError(f"Nothing is left of “{held.title}”; it was taken back already.")
        if not dry_run:
            output.say(f"Took back: {output.cell(held.title, 0)}.")


def _with_number(error: InTheWay) -> str:
    """The sentence, with the number by which the step in the way is taken back."""
    return f"{error} That is step {error.later.id}." if error.later is not None else str(error)


def _show(plan: Plan, step: Step | None, file: Path) -> Step | None:
    """Print what taking a step back would change, cause and cure; None where nothing is left of it."""
    from dmdesk.cli.comparing import print_changes
    from dmdesk.cli.findings import print_effect

    if step is None:
        raise PlanError(f"There is nothing to undo in “{file.name}”.")
    last = plan.undoable
    changes = inverse(plan.changes_of(step)) if last and last.id == step.id else plan.taking_back([step])
    if not changes:
        return None
    before = plan.data.copy()
    print_changes(changes, before, preview(before, changes))
    print_effect(before, changes)
    output.say("Nothing was changed; this was a dry run.")
    return step


@command("redo", PLAN)
def redo(file: Path) -> None:
    """Make the step that was undone last again."""
    with opened(file) as plan:
        _say(plan.redo(), "Did again", "There is nothing to redo", file)


def _say(step: Step | None, done: str, nothing: str, file: Path) -> None:
    if step is None:
        raise PlanError(f"{nothing} in “{file.name}”.")
    output.say(f"{done}: {output.cell(step.title, 0)}.")


@command("compact", PLAN, TO, flag("--dry-run", "Say how much would go and remain, and remove nothing."))
def compact(file: Path, to: str, dry_run: bool) -> None:
    """Remove the oldest steps of the history for good, so that the file gets smaller. A copy of the whole file is kept
    among the backups first. The plan itself, its baselines and the later steps stay; undo never goes below.
    """
    if dry_run:
        with history_of(file) as (_, kept):
            upto = compacting.boundary(kept, to)
            _say_extent(kept, upto, "would go")
            sizes = compacting.sizes(kept.path, upto)
            caution = compacting.caution(kept.baselines(), upto)
        output.say(f"The file would shrink from {_sizes(sizes)}.")
        if caution:
            output.say(caution)
        output.say("Nothing was removed; this was a dry run.")
        return
    with opened(file) as plan:
        done = plan.compact(plan.boundary(to))
        made = done.compaction
        output.say(
            f"Removed {output.number(made.steps, 'step')} with {output.number(made.changes, 'change')}, the last of "
            f"{made.until[:10]}; {output.number(len(plan.past.outline()), 'step')} remain."
        )
        output.say(done.unshrunk or f"The file shrank from {_sizes(done.sizes)}.")
        output.say(f"The file as it was is kept as the backup “{done.backup.stem}”.")


def _say_extent(kept: Store, upto: compacting.Boundary, verb: str) -> None:
    found = compacting.extent(kept, upto)
    left = len(kept.outline()) - found.steps
    output.say(
        f"{output.number(found.steps, 'step')} with {output.number(found.changes, 'change')}, of {found.first[:10]} to "
        f"{found.last[:10]}, {verb}; {output.number(left, 'step')} would remain."
    )


def _sizes(sizes: compacting.Sizes) -> str:
    return f"{compacting.in_words(sizes.before)} to {compacting.in_words(sizes.after)}"
