"""States: what can be compared, the working plan, its baselines and other files, and reading two of them.

All is read in the task's own thread and from the files themselves, so that the window waits for none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.changes import Change
from dmdesk.comparing import Comparison, compare
from dmdesk.comparing.drafting import without_mark
from dmdesk.plan import SUFFIX, Plan
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Step, Store
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.store import Baseline

WORKING, BASELINE, FILE = "working", "baseline", "file"

LAST = 1 << 62
"""More than the id of any step."""


@frozen
class State:
    """A state of a plan that can be compared: the open plan as it is, a baseline of it, or a file or folder."""

    sort: str
    name: str
    path: str = ""

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return "the working plan" if self.sort == WORKING else self.name


THE_PLAN = State(WORKING, "Working plan")


def baseline_state(baseline: Baseline) -> State:
    """The state that was sealed."""
    return State(BASELINE, baseline.version)


def file_state(path: Path) -> State:
    """The state that a file or folder holds."""
    return State(FILE, path.name, str(path))


@dataclass(frozen=True)
class Compared:
    """Two states and what differs between them; the lines to be shown are made with it."""

    old: State
    new: State
    comparison: Comparison


Told = tuple[Step, list[Change]]


class Reader:
    """Reads states: ``now`` is the working plan, ``file`` where its history and baselines lie.

    ``known``: copies of baselines that were read before, by version.
    """

    def __init__(
        self, now: PlanData, file: Path, baselines: Iterable[Baseline], known: Mapping[str, PlanData]
    ) -> None:
        self._now, self._file, self._held = now, file, known
        self._baselines = {one.version: one for one in baselines}

    def compared(self, old: State, new: State, word: Callable[[], object]) -> Compared:
        """What differs between two states; ``word`` is called between the parts of the work.

        Raises:
            PlanError: one of them cannot be read.
        """
        if _is_text(old) and not _is_text(new):
            after, told_after = self._read(new, None)
            word()
            before, told_before = self._read(old, after)
        else:
            before, told_before = self._read(old, None)
            word()
            after, told_after = self._read(new, before)
        word()
        if FILE not in (old.sort, new.sort):
            before = without_mark(before, after)
        return Compared(
            old, new, compare(before, after, steps=self._between(old, new, told_before, told_after))
        )

    def _read(self, state: State, like: PlanData | None) -> tuple[PlanData, list[Told]]:
        """The rows of a state, and the history of another plan file."""
        if state.sort == WORKING:
            return self._now, []
        if state.sort == BASELINE and state.name in self._held:
            return self._held[state.name], []
        if state.sort == BASELINE:
            from dmdesk import baselines

            kept = Store(self._file, read_only=True)
            try:
                return baselines.data_of(kept, self._baselines[state.name]).load_all(), []
            finally:
                kept.close()
        return _other(Path(state.path), like)

    def _between(self, old: State, new: State, before: list[Told], after: list[Told]) -> list[Told]:
        """The steps that led from one to the other, as far as they are known."""
        if FILE not in (old.sort, new.sort):
            first, last = sorted((self._step(old), self._step(new)))
            return _history(self._file, first - 1, last)
        if _is_text(old) and new.sort != FILE:
            return _history(self._file, 0, self._step(new))
        own = _history(self._file)
        known = {_known(step) for step, _ in (before or own)}
        return [told for told in (after or own) if _known(told[0]) not in known]

    def _step(self, state: State) -> int:
        one = self._baselines.get(state.name) if state.sort == BASELINE else None
        return one.step if one is not None else LAST


def _history(file: Path, after: int = 0, until: int = LAST) -> list[Told]:
    """The steps in a plan file that stand, those with the ids between, with what they changed."""
    kept = Store(file, read_only=True)
    try:
        return [told for told in kept.steps_between(after, until) if told[0].state == DONE]
    finally:
        kept.close()


def _known(step: Step) -> tuple[int, str, str]:
    return step.id, step.at, step.title


def _is_text(state: State) -> bool:
    """Whether a state comes without the ids of its rows and without a history."""
    return state.sort == FILE and Path(state.path).suffix.lower() != SUFFIX


def _other(path: Path, like: PlanData | None) -> tuple[PlanData, list[Told]]:
    if path.suffix.lower() == ".pdf" and not path.is_dir():
        from dmdesk.exchange import carried

        return carried.read(path, like), []
    if path.is_dir() or path.suffix.lower() != SUFFIX:
        from dmdesk.exchange import text

        return text.read(path, like), []
    with Plan.open(path, read_only=True) as plan:
        return plan.snapshot().load_all(), _history(plan.file)
