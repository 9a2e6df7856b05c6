"""Keeping: what the working plan differs in from its last baseline, worked out once and told of every step since.

The baseline is read and compared in the background, from the file itself, after the first picture; a step then costs
as much as the rows it replaces. Where only a whole comparison can tell, one follows in a moment.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from dmdesk.comparing.since import Since
from dmdesk.plan import Event
from dmdesk.reading import PlanData
from dmdesk.store import Baseline
from ui.context import Context
from ui.tasks import Task

PAUSE = 700
"""Milliseconds of quiet until what a step alone cannot tell is compared anew."""


class Keeping(QObject):
    """Keeps ``ctx.since`` true."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._ctx = ctx
        self._baseline: Baseline | None = None
        self._base: PlanData | None = None
        self._task: Task | None = None
        self._behind: dict[tuple[str, str], None] = {}
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self._compare)
        ctx.opened.connect(self.start)
        ctx.changed.connect(self._heard)

    def start(self) -> None:
        """Begin with the plan as it is: another was opened, or another baseline is the last one."""
        self._forget()
        self._baseline = self._last()
        if self._baseline is not None:
            self._compare()

    def _forget(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._base, self._baseline = None, None, None
        self._later.stop()
        self._tell(None)

    def _heard(self, event: Event) -> None:
        last = self._last()
        if (last and last.seal) != (self._baseline and self._baseline.seal):
            self.start()
            return
        if last is None:
            return
        rows = {(change.kind, change.id): None for change in event.changes}
        if self._task is not None and self._task.running:
            self._behind.update(rows)
        since = self._ctx.since
        if since is not None:
            self._follow(since, rows)

    def _follow(self, since: Since, rows: dict[tuple[str, str], None]) -> None:
        for kind, id in rows:
            since.replace(kind, id, self._ctx.data.get(kind, id))
        self._tell(since)
        if not since.exact or any(kind == "plan" for kind, _ in rows):  # the draft mark is no change
            self._later.start()

    def _compare(self) -> None:
        """Compare in the background; steps that are made meanwhile are followed afterwards."""
        plan, baseline, base = self._ctx.plan, self._baseline, self._base
        if plan is None or baseline is None:
            return
        if self._task is not None and self._task.running:
            self._later.start()
            return
        now, file = plan.snapshot(), plan.file

        def work(_: Task) -> tuple[PlanData, Since]:
            from dmdesk.comparing import compare
            from dmdesk.comparing.drafting import without_mark

            old = base if base is not None else _read(file, baseline)
            return old, Since(baseline.version, compare(without_mark(old, now), now))

        self._behind = {}
        self._task = self._ctx.tasks.run("Comparing with the baseline", work, self._done, quiet=True)

    def _done(self, found: tuple[PlanData, Since]) -> None:
        self._task = None
        self._base, since = found
        self._follow(since, self._behind)

    def _last(self) -> Baseline | None:
        """The last baseline; none in a window that shows one for reading."""
        known = self._ctx.baselines() if self._ctx.sealed is None else []
        return known[-1] if known else None

    def _tell(self, since: Since | None) -> None:
        if since is not None or self._ctx.since is not None:
            self._ctx.since = since
            self._ctx.compared.emit()


def _read(file: Path, baseline: Baseline) -> PlanData:
    """The rows of a baseline, read from the file in a thread of its own."""
    from dmdesk import baselines
    from dmdesk.store import Store

    kept = Store(file, read_only=True)
    try:
        return baselines.data_of(kept, baseline).load_all()
    finally:
        kept.close()


def kept(ctx: Context) -> Keeping:
    """Keep ``ctx.since`` true from now on."""
    made = Keeping(ctx)
    made.start()
    return made
