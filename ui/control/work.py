"""What was done under change requests, counted and read once for each state of the history."""

from __future__ import annotations

from collections import Counter

from dmdesk import working
from dmdesk.control.workingset import is_content
from dmdesk.store import DONE
from dmdesk.working import Unrequested, WorkingSet
from ui.context import Context


class Work:
    """Knows the work of a plan; ``forget`` it when a step was made, undone or assigned."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._content: dict[int, bool] = {}
        self._counts: Counter[str] | None = None
        self._sets: dict[str, WorkingSet] = {}
        self._without: list[Unrequested] | None = None

    def forget(self) -> None:
        """The history is another."""
        self._counts, self._sets, self._without = None, {}, None

    def steps(self, rfc: str) -> int:
        """How many steps changed content under a request."""
        plan = self._ctx.plan
        if self._counts is None:
            self._counts = Counter()
            for step in plan.history() if plan is not None else ():
                if plan is None or not step.rfc or step.state != DONE:
                    continue
                if step.id not in self._content:
                    self._content[step.id] = any(map(is_content, plan.changes_of(step)))
                self._counts[step.rfc] += self._content[step.id]
        return self._counts[rfc]

    def of(self, rfc: str) -> WorkingSet:
        """The working set of a request."""
        plan = self._ctx.plan
        if rfc not in self._sets:
            self._sets[rfc] = working.working_set(plan, rfc) if plan is not None else WorkingSet((), ())
        return self._sets[rfc]

    def without(self) -> list[Unrequested]:
        """The steps since the last baseline that were made under no request, or one that was deleted, newest first."""
        plan = self._ctx.plan
        if self._without is None:
            found = working.without_request(plan) if plan is not None else []
            self._without = sorted((*found, *self._lost()), key=lambda one: one.step.id, reverse=True)
        return self._without

    def _lost(self) -> list[Unrequested]:
        """The steps whose request was deleted, with what they changed of the plan itself."""
        plan, found = self._ctx.plan, list[Unrequested]()
        for step in (
            (step for steps in working.lost(plan).values() for step in steps) if plan is not None else ()
        ):
            changes = tuple(filter(is_content, plan.changes_of(step))) if plan is not None else ()
            if changes and step.state == DONE:
                found.append(Unrequested(step, changes))
        return found
