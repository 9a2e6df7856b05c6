"""What is kept of one print for the next: after an edit only what changed is set, laid out and drawn again.

Each stage keeps its own: sections as long as nothing that was read for them has changed, the pages of a stretch as far
as their parts are the same ones, and drawn pages (in ``typeset.kept``) as long as they look the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dmdesk.typeset.kept import Kept as Pages
from dmdesk.watching import Reads, Watched

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report.laying import Laid

R = TypeVar("R")


class _Made(NamedTuple):
    """What was made of something given, and what it read of the plan."""

    given: Hashable
    reads: Reads
    value: Any


class Kept:
    """What is kept of a print for the next one of the same plan; for prints without tags, one after another."""

    def __init__(self) -> None:
        self.pages = Pages()
        self._rows: PlanData | None = None
        self._data: Watched | None = None
        self._ground: Hashable = None
        self._made: dict[str, _Made] = {}
        self._used: dict[str, _Made] = {}

    def begin(self, data: PlanData, ground: Hashable) -> PlanData:
        """Begin a print; it has to read the plan that is returned. ``ground``: all that decides it besides the plan."""
        if data is not self._rows or ground != self._ground:
            self._rows, self._data, self._ground, self._made = data, Watched(data), ground, {}
        self._used = {}
        assert self._data is not None
        return self._data

    def parts(self, name: str, given: Hashable, make: Callable[[], R]) -> R:
        """What ``make`` gives; as before unless it is given something else, or would read something else."""
        held = self._holding(name)
        return held.value if held and held.given == given else self._make(name, given, Reads(), make)

    def pages_of(self, name: str, lay: Callable[[Laid | None], Laid]) -> Laid:
        """The pages of the stretch of that name. ``lay`` is told those of the print before, as far as they hold."""
        held = self._holding(name)
        if held is None:
            return self._make(name, None, Reads(), lambda: lay(None))
        return self._make(name, None, held.reads.further(), lambda: lay(held.value))

    def _holding(self, name: str) -> _Made | None:
        """What was made under a name, unless what it read of the plan is not so any more."""
        held = self._made.get(name)
        if held is None or self._data is None or not self._data.still(held.reads):
            return None
        self._used[name] = held
        return held

    def _make(self, name: str, given: Hashable, reads: Reads, make: Callable[[], R]) -> R:
        assert self._data is not None
        with self._data.noting(reads):
            value = make()
        self._used[name] = _Made(given, reads, value)
        return value

    def end(self) -> None:
        """The print is whole: what it had no use for is let go."""
        self._made = self._used
