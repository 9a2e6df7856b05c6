"""The release in one flow: what is in the way, version, change record, print and seal. It can be left at any point.

Nothing is written before all is made: it is prepared and printed on a copy, then sealed as one step. What was typed is
kept until the release is made, so one may leave to mend something and come back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from dmdesk import releasing
from dmdesk.errors import PlanError
from dmdesk.releasing import Wish
from ui import settings
from ui.baselines.deeds import named_version
from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.labels import plain
from ui.releasing.entry import EntryStage, proposed
from ui.releasing.obstacles import Obstacles
from ui.releasing.outcome import End
from ui.releasing.running import Made, made
from ui.releasing.sealing import SealingStage
from ui.releasing.stage import Stage, say, wished
from ui.releasing.terms import TermsStage
from ui.tasks import Task
from ui.theme import theme

if TYPE_CHECKING:
    from dmdesk.checks import Finding

_begun: dict[tuple[Path, int], Wish] = {}
"""What was typed for releases that were left, by the file and how many baselines it had."""

PRINTING, SEALING = 2, 3


def ask(ctx: Context) -> None:
    """Open the sheet on the open plan."""
    if ctx.writable:
        opened(ReleaseSheet(ctx))


class ReleaseSheet(Sheet):
    """The four steps, the print under way, and the end."""

    def __init__(self, ctx: Context) -> None:
        super().__init__("Release a version", "", over())
        assert ctx.plan is not None
        self.ctx, self.plan = ctx, ctx.plan
        self._key = (ctx.plan.path, len(ctx.baselines()))
        self._task: Task | None = None
        first = proposed(ctx)
        self.wish = _begun.get(self._key, first)
        self.obstacles = Obstacles(ctx, self.wish.accept)
        self.terms = TermsStage(ctx, self.wish)
        self.entry = EntryStage(ctx, self.wish, first)
        self.sealing = SealingStage(ctx, self.wish)
        self.stages: list[Stage] = [self.obstacles, self.terms, self.entry, self.sealing]
        self.end_page = End(ctx)
        self._build()
        ctx.opened.connect(self.reject)
        self.resize(theme().space(185), theme().space(138))
        self._check()

    def _build(self) -> None:
        look = theme()
        self.way = QWidget()
        row = QHBoxLayout(self.way)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space(1))
        self.crumbs: list[QPushButton] = []
        for at, stage in enumerate(self.stages):
            crumb = QPushButton(f"{at + 1}  {stage.title}")
            crumb.setProperty("quiet", True)
            crumb.setCheckable(True)
            crumb.setAutoDefault(False)
            crumb.clicked.connect(lambda _=False, at=at: self.turn(at))
            self.crumbs.append(crumb)
            row.addWidget(crumb)
            if at + 1 < len(self.stages):
                row.addWidget(plain("›", "muted"))
            stage.edited.connect(self._renew)
        row.addStretch(1)
        self.column.addWidget(self.way)
        self.stack = QStackedWidget()
        for stage in self.stages:
            self.stack.addWidget(stage)
        self.stack.addWidget(self.end_page)
        self.put(self.stack, "Release")
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.wrong.hide()
        self.far = plain("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Printing the release")
        for part in (self.wrong, self.far, self.bar):
            self.column.addWidget(part)
        for part in (self.far, self.bar):
            part.hide()
        self.yes = self.end("Next")
        self.back = QPushButton("Back")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(lambda: self.turn(self.at - 1))
        box = self.findChild(QDialogButtonBox)
        assert isinstance(box, QDialogButtonBox)
        box.addButton(self.back, QDialogButtonBox.ButtonRole.ResetRole)
        self.obstacles.went.connect(self._leave_for)

    # -- from step to step

    @property
    def at(self) -> int:
        """The step in front."""
        return self.stack.currentIndex()

    @property
    def done_with(self) -> bool:
        """Whether the release is made."""
        return self.stack.currentWidget() is self.end_page

    def turn(self, at: int) -> None:
        """Show a step, as far as those before it are ready."""
        at = next((n for n in range(at) if not self.stages[n].ready()), at)
        self.stack.setCurrentIndex(at)
        say(self.wrong, "")
        if at == len(self.stages) - 1:
            wish = wished(self.wish, self.stages)
            self.sealing.begin(wish, named_version(self.ctx, wish.version, ".pdf"))
        self._renew()
        self.stages[at].shown()

    def _renew(self) -> None:
        if self.done_with:
            return
        running, last = self._task is not None, self.at == len(self.stages) - 1
        reachable = True
        for at, (crumb, stage) in enumerate(zip(self.crumbs, self.stages, strict=True)):
            crumb.setEnabled(reachable and not running)
            crumb.setChecked(at == self.at)
            reachable = reachable and stage.ready()
        self.back.setEnabled(self.at > 0 and not running)
        ready = all(stage.ready() for stage in self.stages[: self.at + 1])
        self.yes.setEnabled(ready and not running)
        self.yes.setText(f"Release {wished(self.wish, self.stages).version}" if last else "Next")
        self.stack.setEnabled(not running)

    def _check(self) -> None:
        """Find out what stands in the way; with nothing there the release begins with the version."""
        ctx = self.ctx
        if ctx.checked:
            from dmdesk.checks import in_the_way

            self._checked(in_the_way(ctx.findings))
            return
        data = self.plan.snapshot()
        self._renew()
        ctx.tasks.run("Checking the plan", lambda _: releasing.in_the_way(data), self._checked)

    def _checked(self, groups: dict[str, list[Finding]]) -> None:
        import shiboken6

        if shiboken6.isValid(self):
            self.obstacles.show_groups(groups)
            self.turn(0 if groups else 1)

    def _leave_for(self, kind: str, id: str) -> None:
        self.reject()
        self.ctx.show(kind, id)

    # -- the release

    def accept(self) -> None:
        """On to the next step; on the last one, make the release."""
        if self.done_with:
            super().accept()
        elif not self.yes.isEnabled():
            return
        elif self.at < len(self.stages) - 1:
            self.turn(self.at + 1)
        elif self._task is None and self.sealing.agreed():
            self._run()

    def _run(self) -> None:
        self.wish = wished(self.wish, self.stages)
        settings.put("print.paper", self.wish.paper)
        data, known, wish = self.plan.snapshot(), self.plan.baselines(), self.wish
        say(self.wrong, "")
        self.sealing.deeds.at(0)
        self.bar.setRange(0, 0)
        for part in (self.far, self.bar):
            part.show()
        self._task = self.ctx.tasks.run(
            f"Releasing {wish.version}", lambda task: made(task, data, known, wish), self._made
        )
        self._task.progressed.connect(self._tell)
        self._task.ended.connect(self._still)
        self._renew()
        self.no.setFocus()

    def _tell(self, done: int, total: int, words: str) -> None:
        if self._task is not None:
            self.sealing.deeds.at(PRINTING if total else 0)
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.far.setText(f"{words}…" if words else "Printing…")

    def _still(self) -> None:
        """The work has ended, in whatever way, cancelled from elsewhere too."""
        self._task = None
        for part in (self.far, self.bar):
            part.hide()
        if not self.done_with:
            self._renew()

    def _made(self, result: Made) -> None:
        import shiboken6

        if not shiboken6.isValid(self):
            return
        self._still()
        if result.groups:
            self.obstacles.show_groups(result.groups)
            self.turn(0)
        elif result.wrong or result.prepared is None or result.printed is None:
            self._failed(result.wrong)
        else:
            self._seal(result)

    def _failed(self, words: str) -> None:
        self.sealing.deeds.at(-1)
        self._renew()
        say(self.wrong, words)
        self.yes.setFocus()

    def _seal(self, result: Made) -> None:
        assert result.prepared is not None and result.printed is not None
        self.sealing.deeds.at(SEALING)
        out, wrong, before = self.sealing.out, "", len(self.plan.baselines())
        try:
            releasing.finish(self.plan, result.prepared, result.printed, out)
        except PlanError as error:
            wrong = str(error)
            if len(self.plan.baselines()) == before:
                self._failed(wrong)
                return
        self.ctx.noted()
        _begun.pop(self._key, None)
        one = self.plan.baselines()[-1]
        self.stack.setCurrentWidget(self.end_page)
        self.end_page.show_release(one, result.printed, out, wrong)
        for part in (self.way, self.back, self.no):
            part.hide()
        self.stack.setEnabled(True)
        self.yes.setText("Close")
        self.yes.setEnabled(True)
        self.yes.setFocus()
        self.ctx.said.emit(f"Version {one.version} was released")

    def done(self, code: int) -> None:
        """However the sheet is left: a print under way is cancelled, nothing was written, what was typed is kept."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        if not self.done_with and self.ctx.plan is self.plan:
            _begun[self._key] = wished(self.wish, self.stages)
        super().done(code)
