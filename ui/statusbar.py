"""The status bar: the file, when it was saved, what undo would do, and work under way.

Everything is saved with each step, so the bar says when that was instead of whether it was.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStatusBar, QToolButton, QWidget

from ui.context import Context
from ui.labels import plain
from ui.tasks import Task
from ui.theme import icon, theme

DELAY = 400
"""Work that is done within so many milliseconds shows no progress."""


class StatusBar(QStatusBar):
    """The bar at the foot of the window."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._ctx = ctx
        self._saved = ""
        self._facts = plain("", font="small")
        self._facts.setContentsMargins(theme().space(3), 0, 0, 0)
        self.addWidget(self._facts, 1)
        self._task: Task | None = None
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, theme().space(2), 0)
        row.setSpacing(theme().space(2))
        self._words = plain("", font="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme().space(40))
        cancel = QToolButton()
        cancel.setIcon(icon("close", "text.muted"))
        cancel.setToolTip("Cancel")
        cancel.setAccessibleName("Cancel the work under way")
        cancel.clicked.connect(self._cancel)
        for part in (self._words, self._bar, cancel):
            row.addWidget(part)
        self._work.hide()
        self.addPermanentWidget(self._work)
        ctx.said.connect(self._say)
        ctx.tasks.started.connect(self._started)

    def _say(self, text: str) -> None:
        self.showMessage(f"   {text}", 6000)

    def renew(self) -> None:
        """Show the facts as they are now."""
        plan = self._ctx.plan
        if plan is None:
            self._facts.setText("No plan is open")
            return
        facts = [plan.path.name]
        if plan.read_only:
            facts.append("read only")
        elif self._saved:
            facts.append(f"saved {self._saved}")
        else:
            facts.append("every change is saved at once")
        if plan.undoable:
            facts.append(f"last change: {plan.undoable.title}")
        self._facts.setText("   ·   ".join(facts))
        self._facts.setToolTip(str(plan.path))

    def saved(self) -> None:
        """Note that a step was just saved."""
        self._saved = datetime.now().strftime("%H:%M:%S")
        self.clearMessage()
        self.renew()

    def opened(self) -> None:
        """Another plan: nothing has been saved in it yet."""
        self._saved = ""
        self.renew()

    def _started(self, task: Task) -> None:
        if task.quiet:
            return
        self._task = task
        task.progressed.connect(self._progress)
        task.ended.connect(self._ended)
        self._words.setText(task.title)
        self._bar.setAccessibleName(task.title)
        self._bar.setRange(0, 0)
        QTimer.singleShot(DELAY, self, lambda: self._work.setVisible(self._task is task))

    def _progress(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if self._task:
            self._words.setText(f"{self._task.title} — {words}" if words else self._task.title)

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()
            self._words.setText("Cancelling…")

    def _ended(self) -> None:
        self._task = None
        self._work.hide()
