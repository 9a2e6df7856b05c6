"""What working sets cause and cure, found out in the background one after the other, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dmdesk.changes import Change, inverse
from dmdesk.control.workingset import is_content
from dmdesk.errors import PlanError
from dmdesk.outcome import preview
from dmdesk.working import WorkingSet
from ui.context import Context

Tell = Callable[[Sequence[str], Sequence[str]], object]
Of = tuple[int, ...]
"""The ids of the steps of a working set."""


class Effects:
    """Asks the checks about working sets, and remembers what they said until the plan changes."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[Of, tuple[list[str], list[str]]] = {}
        self._wanted: dict[Of, tuple[list[Change], list[Tell]]] = {}
        self._running = False
        self._age = 0

    def forget(self) -> None:
        """The plan is another."""
        self._age += 1
        self._known, self._wanted, self._running = {}, {}, False

    def ask(self, found: WorkingSet, tell: Tell) -> str:
        """Tell what a working set causes and cures, now or soon; "" or why that cannot be told."""
        of, plan = tuple(step.id for step in found.steps), self._ctx.plan
        if of in self._known:
            tell(*self._known[of])
        elif of in self._wanted:
            self._wanted[of][1].append(tell)
        elif plan is not None:
            try:
                self._wanted[of] = plan.taking_back(found.steps, is_content), [tell]
            except PlanError as error:
                return f"What it causes and cures cannot be told apart from what was done later: {error}"
            self._next()
        return ""

    def _next(self) -> None:
        plan = self._ctx.plan
        if self._running or not self._wanted or plan is None:
            return
        of, (back, _) = next(iter(self._wanted.items()))
        data, age, self._running = plan.snapshot(), self._age, True

        def work(_: object) -> tuple[list[str], list[str]]:
            from dmdesk.checks import effect

            made = effect(preview(data, back), inverse(back))
            return _words(made.caused), _words(made.cured)

        self._ctx.tasks.run(
            "Checking the change request", work, lambda told: self._tell(of, age, told), quiet=True
        )

    def _tell(self, of: Of, age: int, told: tuple[list[str], list[str]]) -> None:
        if age != self._age:
            return
        self._running, self._known[of] = False, told
        _, tellings = self._wanted.pop(of)
        for tell in tellings:
            tell(*told)
        self._next()


def _words(findings: Sequence[object]) -> list[str]:
    return [str(getattr(one, "words")) for one in findings if getattr(one, "level") != "note"]  # noqa: B009
