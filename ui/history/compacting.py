"""Compacting the history: the sheet that says what would go and what remains, and asks before anything does."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from dmdesk import compacting
from dmdesk.compacting import Boundary, Sizes
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.store import Step
from ui.changesheet import over
from ui.context import Context
from ui.dialogs import Sheet
from ui.labels import plain
from ui.tasks import Task
from ui.times import day_of
from ui.views.summaries import counted
from ui.words import short


class CompactSheet(Sheet):
    """Asks up to where the history is removed, and says how much that is."""

    def __init__(self, ctx: Context, plan: Plan, step: Step | None) -> None:
        super().__init__(
            "Compact the history",
            "The oldest steps are removed for good, so that the file gets smaller. The plan itself, its baselines and "
            "the later steps stay as they are; undo never goes below.",
            over(),
        )
        self.ctx, self.plan = ctx, plan
        self._task: Task | None = None
        self.choices: list[tuple[str, Boundary]] = list(_choices(plan, step))
        self.where = QComboBox()
        for words, _ in self.choices:
            self.where.addItem(words)
        self.goes, self.shrinks, self.caution = plain(""), plain("", "muted"), plain("", "warning")
        self.kept = plain(
            "A copy of the whole file, with all of its history, is kept among the backups first. "
            "Where that cannot be written, nothing is removed.",
            "muted",
        )
        label = plain("Remove all steps up to and with", "muted")
        label.setBuddy(self.where)
        self.column.addWidget(label)
        self.put(self.where, "Remove all steps up to and with")
        for line in (self.goes, self.caution, self.shrinks, self.kept):
            line.setWordWrap(True)
            self.column.addWidget(line)
        self.yes = self.end("Compact")
        self.where.currentIndexChanged.connect(self.renew)
        self.finished.connect(self._stop)
        self.renew()

    @property
    def boundary(self) -> Boundary:
        """What is chosen."""
        return self.choices[self.where.currentIndex()][1]

    def _stop(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()

    def renew(self, *_: object) -> None:
        """Say how much would go and remain; the bytes as soon as they are known."""
        self._stop()
        upto, plan = self.boundary, self.plan
        self.caution.setText(compacting.caution(plan.baselines(), upto))
        self.caution.setVisible(bool(self.caution.text()))
        try:
            found = plan.extent(upto)
        except PlanError as error:
            self.goes.setText(str(error))
            self.shrinks.setText("")
            self.yes.setEnabled(False)
            return
        left = len(plan.past.outline()) - found.steps
        self.goes.setText(
            f"{counted(found.steps, 'step', 'steps')} with {counted(found.changes, 'change', 'changes')}, made from "
            f"{day_of(found.first)} to {day_of(found.last)}, will go; {counted(left, 'step', 'steps')} will remain."
        )
        self.shrinks.setText("Measuring how much smaller the file will be …")
        self.yes.setEnabled(True)
        self._task = self.ctx.tasks.run(
            "Measuring the file", lambda _: compacting.sizes(plan.path, upto), self._measured, quiet=True
        )

    def _measured(self, sizes: Sizes) -> None:
        gone = max(sizes.before - sizes.after, 0)
        self.shrinks.setText(
            f"The file will shrink by {compacting.in_words(gone)}, from {compacting.in_words(sizes.before)} to "
            f"{compacting.in_words(sizes.after)}."
        )


def _choices(plan: Plan, step: Step | None) -> list[tuple[str, Boundary]]:
    """The baselines, the newest first, and the current step."""
    there = {id for id, _, _ in plan.past.outline()}
    found = [
        (f"Version {one.version}, sealed on {day_of(one.at)}", Boundary(one.step, one.version))
        for one in reversed(plan.baselines())
        if one.step in there
    ]
    if step is not None and all(step.id != other.step for _, other in found):
        found.append(
            (f"The current step, “{short(step.title, 50)}” of {day_of(step.at)}", Boundary(step.id, ""))
        )
    return found


def compact_shown(ctx: Context, step: Step | None) -> CompactSheet | None:
    """Ask up to where the history is to be compacted, and do it; None, after a sentence, when there is nothing to."""
    plan = ctx.plan
    if plan is None:
        return None
    if not _choices(plan, step):
        ctx.ask.tell("There is no step yet that could be removed.")
        return None
    from ui.changesheet import opened

    sheet = CompactSheet(ctx, plan, step)
    sheet.accepted.connect(lambda: _compact(ctx, sheet.boundary))
    opened(sheet)
    return sheet


def _compact(ctx: Context, upto: Boundary) -> None:
    if ctx.plan is None:
        return
    try:
        done = ctx.plan.compact(upto)
    except PlanError as error:
        ctx.report(error)
        return
    sizes = f"{compacting.in_words(done.sizes.before)} to {compacting.in_words(done.sizes.after)}"
    words = done.unshrunk or f"The file shrank from {sizes}."
    ctx.ask.tell(
        f"{counted(done.compaction.steps, 'step', 'steps')} went. {words} The file as it was is kept as the backup "
        f"“{done.backup.stem}”, which File › Restore a backup… brings back.",
        "The history was compacted",
    )
