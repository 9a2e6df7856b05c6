"""Checking: the checks run again in the background after each change, and the findings go to the context.

They read a copy of the plan in another thread, which is brought up to date between runs; a change that arrives
meanwhile starts them once more.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer

from dmdesk.plan import Event, Plan
from dmdesk.reading import PlanData
from ui.context import Context
from ui.tasks import Task

PAUSE = 250
"""Milliseconds of quiet after a change before the checks run."""


class Checking(QObject):
    """Keeps ``ctx.findings`` true."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self._ctx = ctx
        self._task: Task | None = None
        self._copy: PlanData | None = None
        self._behind: dict[tuple[str, str], None] = {}
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._run)
        ctx.opened.connect(self._opened)
        ctx.changed.connect(self._heard)

    def _opened(self) -> None:
        self._copy = None
        if self._task:
            self._task.cancel()
            self._task = None

    def start(self) -> None:
        """Run the checks soon; called when the first page has been painted."""
        self._timer.start()

    def _heard(self, event: Event) -> None:
        self._behind.update(((change.kind, change.id), None) for change in event.changes)
        self._timer.start()

    def _run(self) -> None:
        if self._ctx.plan is None:
            self._ctx.found_now([])
            return
        if self._task is not None and self._task.running:
            self._timer.start()
            return
        data = self._caught_up(self._ctx.plan)

        def work(_: Task) -> list[Any]:
            from dmdesk import checks

            return checks.run_again(data)

        self._task = self._ctx.tasks.run("Checking the plan", work, self._done, quiet=True)

    def _caught_up(self, plan: Plan) -> PlanData:
        """The copy that the checks read, with what has changed since; it keeps what they worked out before."""
        if self._copy is None:
            self._copy = plan.snapshot()
        else:
            for kind, id in self._behind:
                self._copy.replace(kind, id, plan.data.get(kind, id))
        self._behind = {}
        return self._copy

    def _done(self, findings: list[Any]) -> None:
        self._task = None
        self._ctx.found_now(findings)
