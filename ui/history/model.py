"""The steps of the history as a Qt model, filtered in the language of all other rows.

Of a step that nobody has seen only its number, time and state are read; the filter looks through all of it, which is
made ready a little at a time while nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from dmdesk import past
from dmdesk.errors import PlanError
from dmdesk.filters import Completion, Facts, Filter
from dmdesk.kinds import Kind
from dmdesk.reading import PlanData
from dmdesk.store import ABANDONED, UNDONE, Baseline, Compaction, Step
from ui.context import Context
from ui.models.filtering import Filtering
from ui.models.rows import Index
from ui.times import day_of, exactly, local
from ui.words import tip

NO_INDEX = QModelIndex()

AHEAD = 60
"""Steps before and behind one that is seen, read with it."""

AT_ONCE = 400
"""Steps that are made ready for the filter without anybody noticing."""

TOUCHED = 4
"""Changes of a step that are read to say which rows it touched."""


class Line(NamedTuple):
    """A line of the list: its day, whether it is the first of that day, and the step or what was removed before it.

    ``seal`` is the version that the step sealed.
    """

    day: str
    begins: bool
    step: Step | None = None
    seal: Baseline | None = None
    gone: Compaction | None = None


class _OfSteps(Filtering):
    """The filtering of steps, which can be asked other things than rows of the plan."""

    def __init__(self, steps: Steps, kind: Kind) -> None:
        super().__init__(_Told(steps), kind)
        self._steps = steps

    def parse(self, text: str) -> Filter:
        return past.parse(text)

    def complete(self, text: str, cursor: int) -> list[Completion]:
        return past.complete(text, cursor, self._steps.told())


class _Told:
    """What a filter of steps reads."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    @property
    def data(self) -> PlanData:
        return self._steps.told()


class Steps(QAbstractListModel):
    """The steps that fit the filter, newest first. ``settled`` says that a filter that had to wait has been applied."""

    settled = Signal()

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.outline: list[tuple[int, str, str]] = []
        """(id, at, state) of every step, newest first."""
        self.shown: list[tuple[int, str, str]] = []
        self.waiting: str | None = None
        """The filter that is applied when all steps are ready to be looked through."""
        self.kind = past.STEP
        self.undone = 0
        self.seals: dict[int, Baseline] = {}
        """The version that each step sealed, by its number."""
        self.gone: list[Compaction] = []
        """What was removed of the history, newest first."""
        self._keys: list[str] = []
        self._days: list[str] = []
        self._tail: list[Compaction] = []
        self._day_of: dict[int, str] = {}
        self._read: dict[int, Step] = {}
        self._touched: dict[int, Sequence[Any]] = {}
        self._past: past.Past | None = None
        self._whole: list[Step] = []
        self._of: tuple[object, object, PlanData] | None = None
        self._ready = False
        self.filtering: Filtering = _OfSteps(self, past.STEP)
        self.filtering.facts = lambda _: self._facts()
        self._known_facts = Facts()

    # -- reading

    def read(self) -> None:
        """Read the history again."""
        plan = self._ctx.plan
        self.outline = plan.past.outline() if plan else []
        self.seals = {one.step: one for one in plan.baselines()} if plan else {}
        self.gone = plan.past.compactions()[::-1] if plan else []
        states = {id: state for id, _, state in self.outline}
        self._read = {id: step for id, step in self._read.items() if states.get(id) == step.state}
        self._touched.clear()
        fresh = [(id, at) for id, at, _ in self.outline if id not in self._day_of]
        self._day_of.update(zip((id for id, _ in fresh), _days(at for _, at in fresh), strict=True))
        self._keys = [str(id) for id, _, _ in self.outline]
        days = (self._day_of[id] for id, _, _ in self.outline)
        self._known_facts = Facts(dict(zip(self._keys, days, strict=True)), sealed=self._sealed)
        self.undone = sum(state in (UNDONE, ABANDONED) for _, _, state in self.outline)
        self._of, self._ready = None, False
        self._whole = []
        if self.filtering:
            self._make_ready()
        self._show()

    def step(self, id: int) -> Step | None:
        """A step by its number, read with those around it."""
        found = self._read.get(id)
        if found is None and self._ctx.plan is not None:
            for one in self._ctx.plan.past.steps_in(id - AHEAD, id + AHEAD):
                self._read[one.id] = one
            found = self._read.get(id)
        return found

    def touched(self, step: Step) -> Sequence[Any]:
        """The first changes of a step."""
        found = self._touched.get(step.id)
        if found is None and self._ctx.plan is not None:
            found = self._touched[step.id] = self._ctx.plan.past.changes_of(step.id, TOUCHED)
        return found or ()

    @property
    def rows(self) -> list[Step]:
        """The steps that are shown, all of them read."""
        return [step for id, _, _ in self.shown if (step := self.step(id)) is not None]

    def place(self, id: str) -> int:
        """In which line a step stands; -1 for none."""
        return next((at for at, (one, _, _) in enumerate(self.shown) if str(one) == id), -1)

    # -- filtering

    def _all(self) -> list[Step]:
        """Every step, newest first; those that are known already are not read again."""
        if len(self._whole) != len(self.outline):
            known = self._read
            missing = [id for id, _, _ in self.outline if id not in known]
            if missing and self._ctx.plan is not None:
                for step in self._ctx.plan.past.steps_in(missing[-1], missing[0]):
                    known.setdefault(step.id, step)
            self._whole = [known[id] for id, _, _ in self.outline]
        return self._whole

    def _sealed(self, version: str) -> int | None:
        return past.sealed(self._ctx.baselines(), version)

    def _facts(self) -> Facts:
        return self._known_facts

    def told(self) -> PlanData:
        """The plan with its steps as rows; what they changed is read when a filter first asks."""
        plan = self._ctx.plan
        if plan is None:
            return self._ctx.data
        if self._past is None:
            self._past = past.Past(plan.past)
        if self._of is None or self._of[0] is not self._ctx.data or self._of[1] is not self._whole:
            data = self._past.data(self._ctx.data, self._all())
            self._of = (self._ctx.data, self._whole, data)
        return self._of[2]

    def warm(self) -> bool:
        """Make some steps ready to be looked through; whether all are."""
        most = AT_ONCE
        plan = self._ctx.plan
        if self._ready or plan is None:
            return True
        if self._past is None:
            self._past = past.Past(plan.past)
        if not self._know(most):
            return False
        self._ready = self._past.tell(self._ctx.data, self._all(), most) and self.filtering.warm()
        if self._ready and self.waiting is not None:
            text, self.waiting = self.waiting, None
            self._apply(text)
            self.settled.emit()
        return self._ready

    def _know(self, most: int) -> bool:
        """Read some steps that were not seen yet; whether all are read."""
        missing = [id for id, _, _ in self.outline if id not in self._read]
        if missing and self._ctx.plan is not None:
            part = missing[:most]
            for step in self._ctx.plan.past.steps_in(part[-1], part[0]):
                self._read.setdefault(step.id, step)
        return len(missing) <= most

    def _make_ready(self) -> None:
        """What is missing, where that takes no time."""
        if len(self.outline) <= AT_ONCE:
            while not self.warm():
                pass

    def set_filter(self, text: str) -> None:
        """Show the steps that fit the text alone; at once, or when all of them can be looked through.

        Raises:
            FilterError: it cannot be read.
        """
        if text.strip():
            past.parse(text)
            self._make_ready()
            if not self.warm():
                self.waiting = text
                return
        self.waiting = None
        self._apply(text)

    def _apply(self, text: str) -> None:
        try:
            if self.filtering.take(text):
                self._show()
        except PlanError:
            return

    def refilter(self) -> None:
        """Look anew for what fits."""
        self._show()

    def _show(self) -> None:
        ids = self.filtering.found() if self.filtering else None
        pairs = zip(self.outline, self._keys, strict=True)
        self.beginResetModel()
        self.shown = self.outline if ids is None else [one for one, key in pairs if key in ids]
        known = self._day_of
        self._days = [known[id] for id, _, _ in self.shown]
        self._tail = self.gone if ids is None else []
        self.endResetModel()

    # -- Qt's model

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.shown) + len(self._tail)

    def line(self, row: int) -> Line | None:
        """What stands in a line; None outside of the list."""
        if len(self.shown) <= row < len(self.shown) + len(self._tail):
            return Line("", False, gone=self._tail[row - len(self.shown)])
        step = self.step(self.shown[row][0]) if 0 <= row < len(self.shown) else None
        if step is None:
            return None
        day = self._days[row]
        return Line(day, row == 0 or self._days[row - 1] != day, step, self.seals.get(step.id))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return line.step
        if role == Qt.ItemDataRole.DisplayRole:
            return line.step.title if line.step is not None else " ".join(removed(line))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole and line.step is not None:
            return tip(f"{exactly(line.step.at)} by {line.step.who}")
        return None


def removed(line: Line) -> tuple[str, str]:
    """What is said of a part of the history that was removed, in two lines."""
    gone = line.gone
    if gone is None:
        return "", ""
    to = f" up to {gone.version}" if gone.version else ""
    words = (
        f"History before {day_of(gone.until)} was compacted" if gone.until else "The history was compacted"
    )
    count = f"{gone.steps:,} step{'s' if gone.steps != 1 else ''}"
    return words, f"{count}{to} removed on {day_of(gone.at)} by {gone.who}"


def sealed(line: Line) -> str:
    """What is said of a step that sealed a version."""
    if line.seal is None:
        return ""
    return f"{line.seal.version} sealed" + (f": {line.seal.description}" if line.seal.description else "")


def _spoken(line: Line) -> str:
    step = line.step
    if step is None:
        return ", ".join(removed(line))
    words = ", ".join(
        (sealed(line) or step.title, step.state, step.who, exactly(step.at), f"{step.size} changes")
    )
    return f"{words}. {step.why}"


def _days(moments: Iterator[str]) -> Iterator[str]:
    """The local day of each moment; worked out once for moments of one day that follow each other."""
    day, first, last = "", "", ""
    for at in moments:
        if not first <= at < last:
            try:
                here = local(at).date()
            except (ValueError, OverflowError):
                yield at[:10]
                continue
            day, first, last = here.isoformat(), *_span(here)
        yield day


def _span(day: date) -> tuple[str, str]:
    """When a local day begins and ends, in UTC; nothing where the clock skips its midnight."""
    ends = []
    for one in (day, day + timedelta(days=1)):
        midnight = datetime(one.year, one.month, one.day).astimezone()
        if midnight.date() != one or (midnight - timedelta(seconds=1)).astimezone().date() == one:
            return "", ""
        ends.append(midnight.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    return ends[0], ends[1]
