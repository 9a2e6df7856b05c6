"""The history of one row, in the inspector: its steps with old and new, to take back here, or to see it as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.store import DONE, Step
from dmdesk.types import BadValue
from ui.changelist import items
from ui.changesheet import ChangeSheet, opened
from ui.context import Context
from ui.focusing import in_order
from ui.history.changes import ChangeLines
from ui.history.taking import take_back_shown
from ui.history.words import steps
from ui.labels import plain
from ui.theme import theme
from ui.times import in_full
from ui.words import short

Index = QModelIndex | QPersistentModelIndex


class RowHistory(QWidget):
    """What happened to the current row, newest first."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._row: Entity | None = None
        self._told: Sequence[tuple[Step, Change]] = ()
        self.lines = ChangeLines(ctx, of_steps=True)
        self.lines.setAccessibleName("History of the row")
        self.nothing = plain("", "muted", "small")
        self.back = QPushButton("Take back…")
        self.then = QPushButton("As it was…")
        self.go = QPushButton("Show step")
        self.go.setToolTip("Show the whole step on the page of the history")
        self.back.setToolTip("Take back what this step did to this row; shows what that changes first")
        self.then.setToolTip(
            "Compare the row with what it was after this step, and put it back to that if wanted"
        )
        self._arrange()
        self.back.clicked.connect(self.take_back)
        self.then.clicked.connect(self.show_then)
        self.go.clicked.connect(self.go_to_step)
        self.lines.picked.connect(ctx.show)
        self.lines.selectionModel().currentChanged.connect(self._moved)

    def _arrange(self) -> None:
        look = theme()
        edge = look.space(4)
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(edge, look.space(2), edge, look.space(2))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(edge, look.space(1), edge, look.space(2))
        buttons.setSpacing(look.space(1.5))
        for button in (self.back, self.then, self.go):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space(1), 0, 0)
        column.setSpacing(0)
        column.addWidget(self.lines, 1)
        column.addWidget(self.nothing)
        column.addLayout(buttons)
        in_order(self.lines, self.back, self.then, self.go)

    def show_row(self, row: Entity | None, told: Sequence[tuple[Step, Change]]) -> None:
        """Show what happened to a row; ``told`` is what the history says of it, newest first."""
        self._row, self._told = row, told
        self.lines.show_parts(steps(self._ctx, told))
        self.lines.setVisible(bool(told))
        gone = self._ctx.plan.past.compactions() if self._ctx.plan is not None else []
        words = "" if told or row is None else "Unchanged since the plan was made."
        if gone:
            words = f"What was before {in_full(gone[-1].until)} is not known: the history was compacted."
        self.nothing.setText(words)
        self.nothing.setVisible(bool(words))
        self._moved()

    @property
    def step(self) -> Step | None:
        """The step of the current line."""
        part = self.lines.part
        return part.step if part is not None else None

    def _moved(self, *_: Index) -> None:
        step = self.step
        stands = step is not None and step.state == DONE
        self.back.setEnabled(stands and self._ctx.writable)
        newest = next((one for one, _ in self._told if one.state == DONE), None)
        self.then.setEnabled(stands and newest is not None and step is not None and step.id != newest.id)
        self.go.setEnabled(step is not None)

    # -- what is done

    def go_to_step(self) -> None:
        """Show the whole step on the page of the history."""
        if self.step is not None:
            self._ctx.show("history", str(self.step.id))

    def take_back(self) -> None:
        """Show what taking back this step of this row changes, and do it if wanted."""
        row, step = self._row, self.step
        if row is not None and step is not None:
            take_back_shown(self._ctx, step, lambda change: change.id == row.id, self._ctx.data.title(row))

    def show_then(self) -> None:
        """Show what differs between the row and what it was after the step."""
        row, step = self._row, self.step
        if row is None or step is None:
            return
        try:
            then = as_it_was_after(row, step, self._told)
            changes = _back_to(row, then)
        except (PlanError, BadValue) as error:
            self._ctx.report(error)
            return
        opened(ThenSheet(self._ctx, row, step, changes))


class ThenSheet(ChangeSheet):
    """What differs between a row and what it was after a step; the button puts it back to that."""

    def __init__(self, ctx: Context, row: Entity, step: Step, changes: list[Change]) -> None:
        from dmdesk.plan import preview

        name = short(ctx.data.title(row), 60)
        title = f"“{name}” as it was"
        words = (
            f"After “{short(step.title, 60)}” of {in_full(step.at)}. Old is what stands now, new what was then."
            if changes
            else f"It is as it was after “{short(step.title, 60)}” of {in_full(step.at)}."
        )
        step_title = f"Put “{name}” back to {step.at[:10]}"
        try:
            found, refused = items(ctx.data, preview(ctx.data, changes), changes), ""
        except PlanError as error:
            found, refused = [], str(error)
        super().__init__(title, words, found, refused, "Put it back", lambda: ctx.step(step_title, changes))
        self.yes.setEnabled(bool(changes) and not refused and ctx.writable)
        if changes and not refused:
            self.tell_effect(ctx, changes)


def as_it_was_after(row: Entity, step: Step, told: Sequence[tuple[Step, Change]]) -> Entity:
    """A row as it was after a step; ``told``: its changes, newest first.

    Raises:
        PlanError: the later steps do not lead back to it.
    """
    now: Entity | None = row
    for other, change in told:
        if other.id <= step.id:
            break
        if other.state == DONE:
            now = c.applied(now, change.inverse())
    if now is None:
        raise PlanError(f"After “{step.title}” this row was not in the plan.")
    return now


def _back_to(row: Entity, then: Entity) -> list[Change]:
    """The changes that put a row back to what it was; its place among its siblings stays."""
    kind = kinds()[kind_of(row).name]
    values = {field.name: getattr(then, field.name) for field in kind.fields if field.name != kind.order}
    change = c.put(row, values)
    return [change] if change.fields else []
