"""States of a plan that a command names: a baseline by its version, another plan by its file, or the plan as it is.

With two of them comes the history between, as far as the plan's file knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dmdesk import baselines
from dmdesk.changes import Change
from dmdesk.cli.comparing import steps_between
from dmdesk.cli.opening import both, history_of, is_text, looked_at
from dmdesk.comparing.history import between
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.store import Step, Store


@dataclass(frozen=True)
class State:
    """A state of a plan: its name ("" for the plan as it is), its rows, and the step that made it, 0 for none."""

    name: str
    data: PlanData
    step: int = 0


Steps = list[tuple[Step, list[Change]]]


@contextmanager
def states(file: Path, start: str, end: str) -> Iterator[tuple[State, State, Steps]]:
    """Two states and the steps between; ``end`` is "" for the plan as it is.

    Raises:
        PlanError: one of them is neither a baseline of the plan nor a plan that can be read.
    """
    if not _sealed(start) and not _sealed(end):
        a, b = Path(start), Path(end) if end else file
        with both(a, b) as (before, after):
            yield State(a.name, before), State(b.name if end else "", after), steps_between(a, b)
        return
    if is_text(file):
        raise PlanError(f"“{file.name}” holds no baselines; name the plan file, or give files to compare.")
    with history_of(file) as (now, kept):
        first = _state(file, kept, now, start)
        last = _state(file, kept, now, end) if end else State("", now)
        if last.step or not end:
            steps = between(kept.steps(), first.step, last.step)
            yield first, last, [(step, kept.changes_of(step.id)) for step in steps]
        else:
            yield first, last, []


def _sealed(words: str) -> bool:
    """Whether words name a version, and not a plan that lies there."""
    return bool(words) and baselines.numbers(words) is not None and not Path(words).exists()


def _state(file: Path, kept: Store, now: PlanData, words: str) -> State:
    if _sealed(words):
        one = baselines.named(kept.baselines(), words, file.name)
        return State(one.version, baselines.data_of(kept, one), one.step)
    with looked_at(Path(words), now) as data:
        return State(Path(words).name, data.load_all())
