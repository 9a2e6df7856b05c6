"""The steps of the history as a Qt model, filtered in the language of all other rows.

What the steps changed is read when a filter first asks for it, so that a long history opens at once.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from dmdesk import past
from dmdesk.filters import Completion, Filter
from dmdesk.kinds import Kind
from dmdesk.reading import PlanData
from dmdesk.store import Step
from ui.context import Context
from ui.models.filtering import Filtering
from ui.models.rows import Index
from ui.times import exactly

NO_INDEX = QModelIndex()


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
    """The steps that fit the filter, newest first."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.every: list[Step] = []
        self.rows: list[Step] = []
        self.kind = past.STEP
        self._past: past.Past | None = None
        self._of: tuple[object, list[Step], PlanData] | None = None
        self.filtering: Filtering = _OfSteps(self, past.STEP)
        self.filtering.facts = lambda _: past.facts(self.every)

    def read(self) -> None:
        """Read the history again."""
        plan = self._ctx.plan
        self.every = plan.history() if plan else []
        self._show()

    def told(self) -> PlanData:
        """The plan with its steps as rows; what they changed is read when a filter first asks."""
        plan = self._ctx.plan
        if self._past is None and plan is not None:
            self._past = past.Past(plan.changes_of)
        if self._of is None or self._of[0] is not self._ctx.data or self._of[1] is not self.every:
            data = self._past.data(self._ctx.data, self.every) if self._past else self._ctx.data
            self._of = (self._ctx.data, self.every, data)
        return self._of[2]

    def set_filter(self, text: str) -> None:
        """Show the steps that fit the text alone."""
        if self.filtering.take(text):
            self._show()

    def refilter(self) -> None:
        """Look anew for what fits."""
        self._show()

    def _show(self) -> None:
        ids = self.filtering.found() if self.filtering else None
        self.beginResetModel()
        self.rows = [step for step in self.every if ids is None or str(step.id) in ids]
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        step = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return step
        if role == Qt.ItemDataRole.DisplayRole:
            return step.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                f"{step.title}, {step.state}, {step.who}, {exactly(step.at)}, {step.size} changes. {step.why}"
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{exactly(step.at)} by {step.who}"
        return None
