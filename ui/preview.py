"""Previews that follow: sheets in which a person chooses something and sees at once what the step would do.

Nothing is written before the button is pressed; what cannot be done is said at the field, and the button waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QTimer

from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.types import BadValue
from ui.changelist import Item
from ui.changesheet import ChangeSheet
from ui.context import Context
from ui.tasks import Task

SOON, LATER = 120, 350
"""Milliseconds after the last key until the list is renewed, and until the checks are asked."""


class Outcome(NamedTuple):
    """A step that could be made: its name, its changes, how they are shown, and a sentence above the list."""

    title: str
    changes: Sequence[Change]
    items: Sequence[Item]
    words: str = ""


class FollowingSheet(ChangeSheet):
    """A sheet of changes that follow what is chosen in it; ``outcome`` says what they are."""

    def __init__(self, ctx: Context, title: str, words: str, yes: str, *, tickable: bool = False) -> None:
        super().__init__(title, words, [], "", yes, self._do, tickable=tickable)
        self.ctx = ctx
        self.now: Outcome | None = None
        self.unchanged = words
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.renew)
        self._later = QTimer(self, singleShot=True, interval=LATER)
        self._later.timeout.connect(self._ask_checks)
        self.finished.connect(self._stop)

    def outcome(self) -> Outcome | None:
        """What would be done now; None while nothing is chosen.

        Raises:
            PlanError, BadValue: it cannot be done.
        """
        raise NotImplementedError

    def follow(self, *_: object) -> None:
        """Something else was chosen; the list follows in a moment, Enter before that."""
        self.yes.setEnabled(True)
        self._soon.start()

    def renew(self) -> None:
        """Show what would be done now, or why it cannot be."""
        self._soon.stop()
        for line in self.remarks:
            line.hide()
        try:
            self.now = self.outcome()
        except (PlanError, BadValue) as error:
            self.now = None
            self.remarks[0].setText(str(error))
            self.remarks[0].show()
        self.table.changes.show_items(list(self.now.items) if self.now else [])
        self._words.setText(self.now.words if self.now and self.now.words else self.unchanged)
        self.yes.setEnabled(self.now is not None and bool(self.now.changes))
        self._later.start()

    def _ask_checks(self) -> None:
        if self._task is not None:
            self._task.cancel()
        if self.now is not None:
            self._task = self.tell_effect(self.ctx, self.now.changes)

    def _stop(self, *_: object) -> None:
        self._soon.stop()
        self._later.stop()
        if self._task is not None:
            self._task.cancel()

    def accept(self) -> None:
        """Do what stands in the fields now, and not what stood there a moment ago."""
        self.renew()
        if self.now is not None and self.now.changes:
            super().accept()

    def _do(self) -> None:
        if self.now is not None and self.ctx.step(self.now.title, self.now.changes):
            self.ctx.said.emit(self.now.title)
