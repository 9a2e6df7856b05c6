"""Looking at the sealed versions in the background: whether each is sound, and how much is in it.

All of it is read by a connection of its own, so the window waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.store import Baseline
from dmdesk.values import frozen
from ui.context import Context
from ui.tasks import Task

if TYPE_CHECKING:
    from dmdesk.baselines import Flaw, Verdict

SOUND, DAMAGED, UNKNOWN = "Sound", "Damaged", "Not yet verified"


@frozen
class Found:
    """What a look has found: rows of each version by its seal, and a sentence for each that is damaged."""

    sizes: dict[str, int]
    damaged: dict[str, str]


class Looks(QObject):
    """What is known of the baselines of the open plan; ``changed`` says that it is more."""

    changed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.ctx = ctx
        self._clear()
        ctx.opened.connect(self._clear)
        ctx.compared.connect(self.changed)

    def _clear(self) -> None:
        self.sizes: dict[str, int] = {}
        self.damaged: dict[str, str] = {}
        self.verdict: Verdict | None = None
        self._task: Task | None = None
        self._again = False

    @property
    def since(self) -> tuple[int, int, int] | None:
        """How many rows were added, changed and deleted since the last baseline; None while it is not known."""
        since, known = self.ctx.since, self.ctx.baselines()
        return since.counts() if since is not None and known and since.version == known[-1].version else None

    def state(self, one: Baseline) -> str:
        """Whether a baseline is sound, as far as that is known."""
        if one.seal in self.damaged or any(flaw.version == one.version for flaw in self._flaws()):
            return DAMAGED
        return SOUND if one.seal in self.sizes else UNKNOWN

    def told(self, one: Baseline) -> list[str]:
        """What is wrong with a baseline, in sentences."""
        found = [flaw.words for flaw in self._flaws() if flaw.version == one.version]
        return found or [self.damaged[one.seal]] * (one.seal in self.damaged)

    def _flaws(self) -> Iterable[Flaw]:
        return self.verdict.flaws if self.verdict else ()

    def look(self) -> None:
        """Find out what is not known yet."""
        if self._task is not None and self._task.running:
            self._again = True
            return
        self._again = False
        plan, known = self.ctx.plan, self.ctx.baselines()
        asked = [one for one in known if one.seal not in self.sizes and one.seal not in self.damaged]
        if plan is None or not asked:
            return
        path = plan.file

        def ended(found: Found) -> None:
            if self.ctx.plan is plan:
                self._take(found)

        self._task = self.ctx.tasks.run(
            "Looking at the baselines", lambda _: looked(path, asked), ended, quiet=True
        )

    def _take(self, found: Found) -> None:
        self.sizes |= found.sizes
        self.damaged |= found.damaged
        self.changed.emit()
        if self._again:
            self.look()

    def verify(self, done: Callable[[Verdict], object]) -> Task | None:
        """Hold every baseline, the history and the plan against each other, and hand over what was found."""
        plan = self.ctx.plan
        if plan is None:
            return None
        path = plan.file

        def work(_: Task) -> Verdict:
            with Plan.open(path, read_only=True) as own:
                return own.verify()

        def ended(verdict: Verdict) -> None:
            if self.ctx.plan is plan:
                self.verdict = verdict
                self.changed.emit()
                done(verdict)

        return self.ctx.tasks.run("Verifying the baselines", work, ended)


def looked(path: Path, asked: list[Baseline]) -> Found:
    """Read those that are asked for. Runs in a task."""
    sizes: dict[str, int] = {}
    damaged: dict[str, str] = {}
    with Plan.open(path, read_only=True) as own:
        for one in asked:
            try:
                sizes[one.seal] = sum(own.at(one.version).counts().values())
            except PlanError as error:
                damaged[one.seal] = str(error)
    return Found(sizes, damaged)


def looks(ctx: Context) -> Looks:
    """What is known of the baselines of a window's plan."""
    found = ctx.findChild(Looks)
    return found if isinstance(found, Looks) else Looks(ctx)
