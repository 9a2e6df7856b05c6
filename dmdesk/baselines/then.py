"""What a plan was when it was sealed, for verification: read from the texts, or made again from the history.

A damaged text is not lost while the history leads to it from the baseline before or after, or from the plan as it is;
that it does is proven by the SHA-256 that was sealed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dmdesk.baselines.opening import rows_of
from dmdesk.baselines.proving import broken, sha256, unpacked
from dmdesk.baselines.replaying import back, follow
from dmdesk.baselines.sealing import followed, text_of
from dmdesk.baselines.verdict import HISTORY, Flaw
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Baseline, Step, Store, Stored
from dmdesk.store.sealed import COLUMNS

Made = list[tuple[Step, list[Change]]]

UNREAD: Stored = dict.fromkeys(COLUMNS, ("null", b""))
"""What stands for a row that cannot be read at all."""

UNREADABLE = (PlanError, ValueError, TypeError, KeyError)
"""What values raise that another program has written."""


class Then:
    """The states that were sealed in a file. ``data`` is the plan as it is, ``flaws`` takes what cannot be read."""

    def __init__(
        self, file: Store, data: PlanData, known: Sequence[Baseline], rows: Mapping[int, Stored], flaws: list[Flaw]
    ) -> None:  # fmt: skip
        self._file, self._data, self._known, self._flaws = file, data, known, flaws
        self.rows = rows
        self._states: dict[int, PlanData | None] = {}

    def remember(self, one: Baseline, data: PlanData) -> None:
        """Take a state that was proven in another way."""
        self._states[one.number] = data

    def state(self, one: Baseline) -> PlanData | None:
        """The rows of a baseline if it is what was sealed, or made again from the history if that can be proven."""
        if one.number not in self._states:
            found = self._read(one)
            self._states[one.number] = self.recovered(one) if found is None else found
        return self._states[one.number]

    def _read(self, one: Baseline) -> PlanData | None:
        words = self.text(one)
        try:
            return None if words is None else rows_of(words.decode("utf-8"), one)
        except (PlanError, UnicodeDecodeError):
            return None

    def text(self, one: Baseline) -> bytes | None:
        """The text of a baseline if it is what was sealed."""
        row = self.rows[one.number]
        wrong = broken(row)
        try:
            words = unpacked(row["text"][1])
        except PlanError:
            return None
        whole = "text" not in wrong and ("sha256" in wrong or sha256(words).encode() == row["sha256"][1])
        return words if whole else None

    def recovered(self, one: Baseline) -> PlanData | None:
        """What was sealed, made from the history after or before it, if its SHA-256 says that it is that."""
        told = self.rows[one.number]["sha256"][1]
        for made in (self._from_after, self._from_before):
            found = made(one)
            if found is not None and sha256(text_of(found)).encode() == told:
                return found
        return None

    def _from_after(self, one: Baseline) -> PlanData | None:
        after = next((other for other in self._known if other.number > one.number), None)
        start = self.state(after) if after else self._data
        changes = self._changes(one, after)
        return None if start is None or changes is None else back(start, changes)

    def _from_before(self, one: Baseline) -> PlanData | None:
        before = next((other for other in reversed(self._known) if other.number < one.number), None)
        start = self._read(before) if before else None
        changes = self._changes(before, one) if before else None
        if start is None or changes is None:
            return None
        there = start.copy()
        return None if any(True for _ in follow(there, changes)) else there

    def _changes(self, one: Baseline, after: Baseline | None) -> list[Change] | None:
        """What leads from a baseline to the next one or to the plan as it is; None where that cannot be read."""
        follows, last = self.follows(one), self.follows(after) if after else []
        if follows is None or last is None:
            return None
        steps = self.steps(one, after)
        changes = [change for step, made in steps if step.state == DONE for change in made]
        return follows + changes[: len(changes) - len(last)]

    def steps(self, one: Baseline, after: Baseline | None) -> Made:
        """The steps since a baseline, up to the one that sealed the next."""
        try:
            return self._file.steps_between(one.step, after.step if after else None)
        except UNREADABLE:
            words = f"The steps since {one.version} cannot be read: something was written into the history."
            if all(flaw.words != words for flaw in self._flaws):
                self._flaws.append(Flaw("", HISTORY, words))
            return []

    def follows(self, one: Baseline) -> list[Change] | None:
        """What the step that sealed a baseline changed after it; None where that was tampered with."""
        if {"step", "follows"} & set(broken(self.rows[one.number])):
            return None
        try:
            return followed(self.rows[one.number]["follows"][1].decode("utf-8"))
        except (ValueError, TypeError, UnicodeDecodeError):
            return None
