"""Looking at the sealed versions in the background: whether each is sound, how much is in it, what was changed since.

All of it is read by a connection of its own, so the window waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from dmdesk.store import Baseline
from dmdesk.values import frozen
from ui.context import Context
from ui.tasks import Task

if TYPE_CHECKING:
    from dmdesk.baselines import Flaw, Verdict

SOUND, DAMAGED, UNKNOWN = "Sound", "Damaged", "Not yet verified"


@frozen
class Found:
    """What a look has found: rows of each version by its seal, a sentence for each that is damaged, and since the last
    one how many rows were added, changed and deleted.
    """

    sizes: dict[str, int]
    damaged: dict[str, str]
    last: tuple[str, PlanData] | None
    since: tuple[int, int, int] | None


class Looks(QObject):
    """What is known of the baselines of the open plan; ``changed`` says that it is more."""

    changed = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.ctx = ctx
        self._clear()
        ctx.opened.connect(self._clear)

    def _clear(self) -> None:
        self.sizes: dict[str, int] = {}
        self.damaged: dict[str, str] = {}
        self.since: tuple[int, int, int] | None = None
        self.verdict: Verdict | None = None
        self._last: tuple[str, PlanData] | None = None
        self._task: Task | None = None
        self._again = False

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
        if plan is None or not known:
            self.since = None
            return
        path, data, last = plan.file, plan.snapshot(), self._last
        asked = [one for one in known if one.seal not in self.sizes and one.seal not in self.damaged]

        def ended(found: Found) -> None:
            if self.ctx.plan is plan:
                self._take(found)

        self._task = self.ctx.tasks.run(
            "Looking at the baselines", lambda _: looked(path, known, asked, last, data), ended, quiet=True
        )

    def _take(self, found: Found) -> None:
        self.sizes |= found.sizes
        self.damaged |= found.damaged
        self._last, self.since = found.last, found.since
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


def looked(
    path: object, known: list[Baseline], asked: list[Baseline], last: tuple[str, PlanData] | None, data: PlanData
) -> Found:  # fmt: skip
    """Read those that are asked for, and hold the plan against the last one. Runs in a task."""
    sizes: dict[str, int] = {}
    damaged: dict[str, str] = {}
    with Plan.open(str(path), read_only=True) as own:
        for one in asked:
            try:
                sizes[one.seal] = sum(own.at(one.version).counts().values())
            except PlanError as error:
                damaged[one.seal] = str(error)
        if last is None or last[0] != known[-1].seal:
            try:
                last = known[-1].seal, own.at(known[-1].version)
            except PlanError:
                last = None
    return Found(sizes, damaged, last, since(last[1], data) if last else None)


def changed(then: PlanData, now: PlanData) -> list[c.Change]:
    """What was changed since a baseline, apart from the draft mark that each release puts on again."""
    return [change for change in c.difference(then, now) if not _is_the_mark(change)]


def since(then: PlanData, now: PlanData) -> tuple[int, int, int]:
    """How many rows were added, changed and deleted."""
    ops = [change.op for change in changed(then, now)]
    return ops.count(c.ADD), ops.count(c.SET), ops.count(c.DROP)


def _is_the_mark(change: c.Change) -> bool:
    return change.kind == "plan" and change.op == c.SET and set(change.fields) == {"state"}


def looks(ctx: Context) -> Looks:
    """What is known of the baselines of a window's plan."""
    found = ctx.findChild(Looks)
    return found if isinstance(found, Looks) else Looks(ctx)
