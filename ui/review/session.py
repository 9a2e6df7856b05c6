"""A review under way in the window: which risk is shown, how long it has been, and the one way by which it writes.

It has no widgets. All that counts stands in the plan's rows; this holds only where people look and the seconds that
have not been written yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.model import Reviewed, Risk, RiskReview
from dmdesk.plan import Event
from dmdesk.risks import reviewing
from dmdesk.risks.ahead import Ahead, Figures
from dmdesk.risks.reviewing import Deed
from dmdesk.types import BadValue
from ui.context import Context

LONGEST = 3600
"""Seconds without any step that count at most: a break is no time that a risk took."""


class Session(QObject):
    """``turned``: another risk is shown; ``renewed``: something in the plan has changed; ``ended``: no review here."""

    turned = Signal()
    renewed = Signal()
    finished = Signal()
    ended = Signal()

    def __init__(self, ctx: Context, review: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.id = review
        self.shown = ""
        self._ahead: Ahead | None = None
        self._since = time.monotonic()
        self._spent: dict[str, float] = {}
        self._look(reviewing.at(ctx.data, review))
        ctx.changed.connect(self._changed)
        ctx.opened.connect(self.ended)

    # -- what there is

    @property
    def review(self) -> RiskReview | None:
        """The review; None when it has been removed."""
        row = self.ctx.data.get("review", self.id)
        return row if isinstance(row, RiskReview) else None

    @property
    def item(self) -> Reviewed | None:
        """The item of the agenda that is shown; None when there is none left."""
        row = self.ctx.data.get("reviewed", self.shown)
        return row if isinstance(row, Reviewed) else None

    @property
    def risk(self) -> Risk | None:
        """The risk that is shown; None when it has left the plan."""
        item = self.item
        return reviewing.risk_of(self.ctx.data, item) if item else None

    def agenda(self) -> list[Reviewed]:
        """The items in order."""
        return reviewing.agenda(self.ctx.data, self.id)

    def figures(self, changes: Iterable[Change] = ()) -> Figures | None:
        """What the shown risk and the plan come to once the changes are made; None for changes that do not fit."""
        if self._ahead is None:
            self._ahead = Ahead(self.ctx.data)
        try:
            return self._ahead.figures(self.item.risk if self.item else "", changes)
        except (PlanError, BadValue):
            return None

    # -- writing

    def deed(self, make: Callable[..., Deed], *words: Any, **more: Any) -> Deed | None:
        """The step that would be made for the shown risk; None, after a sentence to the person, when it cannot be."""
        review, item = self.review, self.item
        if review is None or item is None:
            return None
        try:
            return make(self.ctx.data, review, item, *words, **more)
        except (PlanError, BadValue) as error:
            self.ctx.report(error)
            return None

    def do(self, make: Callable[..., Deed], *words: Any, **more: Any) -> bool:
        """Make a step for the shown risk; whether it could be made."""
        deed = self.deed(make, *words, **more)
        return deed is not None and self.write(deed)

    def attempt(self, make: Callable[..., Deed], *words: Any, **more: Any) -> str:
        """Make a step for the shown risk; the sentence that says why not, or nothing."""
        review, item = self.review, self.item
        if review is None or item is None:
            return "This risk is no longer on the agenda."
        try:
            self.write(make(self.ctx.data, review, item, *words, **more))
        except (PlanError, BadValue) as error:
            return str(error)
        return ""

    def write(self, deed: Deed) -> bool:
        """Make a step; one without changes is none."""
        return not deed.changes or self.ctx.step(deed.title, deed.changes, deed.why)

    # -- from risk to risk

    def go_on(self, make: Callable[..., Deed]) -> None:
        """Reviewed, or skipped: on to the risk whose turn it is."""
        alone = make is reviewing.skip and [one.id for one in self.agenda() if one.state != "reviewed"] == [
            self.shown
        ]
        if self.do(make, self._take_seconds()):
            self._look(None if alone else reviewing.at(self.ctx.data, self.id))

    def back(self) -> None:
        """Back to the risk before, which is then open again."""
        item = self.item
        if item is None:
            for one in self.agenda()[-1:]:
                self.look_at(one.id)
            return
        last = reviewing.before(self.ctx.data, item)
        if last is not None and self.do(reviewing.back, self._take_seconds()):
            self._look(last)

    def look_at(self, item: str) -> None:
        """Look at another risk of the agenda; that alone changes nothing."""
        row = self.ctx.data.get("reviewed", item)
        if isinstance(row, Reviewed) and item != self.shown:
            self._look(row)

    def add(self, risk: Risk) -> None:
        """Put a risk on the agenda and look at it."""
        review = self.review
        if review is not None:
            deed = reviewing.added(self.ctx.data, review, risk)
            if self.write(deed):
                self.look_at(deed.about)

    def finish(self) -> bool:
        """End the review; whether that could be done."""
        review, self._since = self.review, time.monotonic() - self.seconds_here
        if review is None:
            return False
        self._note_seconds()
        seconds = self._whole_seconds()
        by = self._ahead.simulation if self._ahead else None
        if not self.write(reviewing.finish(self.ctx.data, review, seconds, by)):
            return False
        self.finished.emit()
        return True

    def leave(self) -> None:
        """Write the time that is not written yet, when the meeting is left."""
        review = self.review
        if review is not None and review.state == reviewing.RUNNING and self.ctx.writable:
            self._note_seconds()
            self.write(reviewing.spent(self.ctx.data, review, self._whole_seconds()))
        self._spent.clear()

    def _look(self, item: Reviewed | None) -> None:
        self._note_seconds()
        self.shown = item.id if item else ""
        self.turned.emit()

    # -- time

    @property
    def seconds_here(self) -> float:
        """How long the shown risk has been on the screen since it came there."""
        return min(time.monotonic() - self._since, LONGEST)

    def seconds_of_risk(self) -> float:
        """How long the shown risk has taken."""
        return (
            (self.item.seconds or 0 if self.item else 0) + self._spent.get(self.shown, 0) + self.seconds_here
        )

    def seconds_of_all(self) -> float:
        """How long the review has taken."""
        written = sum(item.seconds or 0 for item in self.agenda())
        return written + sum(self._spent.values()) + self.seconds_here

    def _note_seconds(self) -> None:
        if self.shown:
            self._spent[self.shown] = self._spent.get(self.shown, 0) + self.seconds_here
        self._since = time.monotonic()

    def _take_seconds(self) -> int:
        self._note_seconds()
        return int(self._spent.pop(self.shown, 0))

    def _whole_seconds(self) -> dict[str, int]:
        found = {id: int(seconds) for id, seconds in self._spent.items() if seconds >= 1}
        self._spent.clear()
        return found

    # -- what others change

    def _changed(self, event: Event) -> None:
        if self._ahead is not None:
            self._ahead.follow(self.ctx.data, event.changes)
        if self.review is None:
            self.ended.emit()
            return
        touched = [change.id for change in event.changes if change.kind == "reviewed"]
        if (
            event.how in ("undo", "redo")
            and touched
            and self.ctx.data.get("reviewed", touched[0]) is not None
        ):
            self.shown = touched[0]
            self.turned.emit()
        elif self.shown and self.item is None:
            self._look(reviewing.at(self.ctx.data, self.id))
        else:
            self.renewed.emit()
