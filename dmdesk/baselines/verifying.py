"""Verifying: each baseline is what was sealed, they follow one another, and the history leads from each to the next and
from the last to the plan as it is.

All is read as it lies in the file. Nothing is mended; what can be made again from the history is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dmdesk.baselines.opening import rows_of
from dmdesk.baselines.proving import broken, sha256, unpacked
from dmdesk.baselines.replaying import back, follow
from dmdesk.baselines.sealing import followed, text_of
from dmdesk.baselines.telling import clocks, differences, misfit, missing
from dmdesk.baselines.verdict import CHAIN, GUARD, HISTORY, ROWS, SEAL, WORKING, Flaw, Verdict
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Baseline, Step, Store, Stored
from dmdesk.store.sealed import COLUMNS

Made = list[tuple[Step, list[Change]]]

UNREAD: Stored = dict.fromkeys(COLUMNS, ("null", b""))
"""What stands for a row that cannot be read at all."""

UNREADABLE = (PlanError, ValueError, TypeError, KeyError)
"""What values raise that another program has written."""

_LABELS = {
    "number": "its number", "version": "its version", "date": "its date", "description": "its description",
    "owner": "its owner", "rfc": "the link to its RFC", "rfc_words": "the words of its RFC", "at": "when it was sealed",
    "who": "who sealed it", "schema": "its schema", "step": "its step", "follows": "what its step changed after it",
    "accepted": "what was accepted", "sha256": "the SHA-256 of its text", "previous": "the seal of the one before",
    "text": "its text", "proof": "its fingerprints", "seal": "its seal", "pdf": "the note of its print",
    "mark": "the note of its print",
}  # fmt: skip


class Verification:
    """One look at a plan file: every baseline or one, and the history between and after them."""

    def __init__(self, file: Store) -> None:
        self._file = file
        self.flaws: list[Flaw] = []
        self.notes: list[str] = []
        self.recoverable: list[str] = []
        self._data = PlanData(self._readable).load_all()
        self._known, every = self._listed()
        self._rows = {one.number: self._row(one) for one in every}
        self._hidden = [one for one in every if one not in self._known]
        self._states: dict[int, PlanData | None] = {}

    def all(self) -> Verdict:
        """Every baseline, the history, and the working plan."""
        self._guards()
        for at, one in enumerate(self._known):
            self._baseline(at, one)
        for one in self._hidden:
            self._sealed(one, self._rows[one.number])
        for at, one in enumerate(self._known, 1):
            self._history(one, self._known[at] if at < len(self._known) else None)
        self.notes += clocks(self._known, datetime.now(UTC))
        if not self._known and not self.flaws:
            self.notes.append("Nothing was sealed in this plan yet, so there is nothing to hold it against.")
        return Verdict(tuple(self._known), tuple(self.flaws), tuple(self.notes), tuple(self.recoverable))

    def one(self, baseline: Baseline) -> Verdict:
        """One baseline alone."""
        at = [one.number for one in self._known].index(baseline.number)
        self._baseline(at, baseline)
        return Verdict((baseline,), tuple(self.flaws), tuple(self.notes), tuple(self.recoverable))

    def _listed(self) -> tuple[list[Baseline], list[Baseline]]:
        """The baselines that stand, and all with those whose step is undone."""
        try:
            return self._file.baselines(), self._file.baselines(standing=False)
        except PlanError:
            self.flaws.append(
                Flaw("", SEAL, "The baselines cannot be read: the file is damaged where they lie.")
            )
            return [], []

    def _row(self, one: Baseline) -> Stored:
        try:
            return self._file.sealed(one.number)
        except PlanError:
            return UNREAD

    def _readable(self, kind: Kind) -> dict[str, Entity]:
        try:
            return self._file.rows(kind)
        except UNREADABLE:
            words = (
                f"The {kind.plural.lower()} cannot be read: a value was written that does not fit its field."
            )
            self.flaws.append(Flaw("", WORKING, words, kind.name))
            return {}

    # -- the baselines themselves

    def _guards(self) -> None:
        for name in self._file.guards_missing():
            words = f"The guard “{name}” that keeps other programs from changing baselines is gone or was changed."
            self.flaws.append(Flaw("", GUARD, words, field=name))

    def _baseline(self, at: int, one: Baseline) -> None:
        row = self._rows[one.number]
        wrong = self._sealed(one, row)
        if self._read(one) is None:
            self._text(one, row, wrong)
        self._chain(at, one)

    def _sealed(self, one: Baseline, row: Stored) -> list[str]:
        if row is UNREAD:
            words = f"Baseline {one.version} cannot be read: the file is damaged where it lies."
            self.flaws.append(Flaw(one.version, SEAL, words))
            return ["text"]
        wrong = broken(row)
        for name in wrong:
            words = f"Baseline {one.version}: {_LABELS[name]} is not what was sealed{_lies(row, name)}."
            self.flaws.append(Flaw(one.version, SEAL, words, field=name, found=_plain(row, name)))
        return wrong

    def _text(self, one: Baseline, row: Stored, wrong: Sequence[str]) -> None:
        """Say what lies in the place of a text that is not the sealed one, row by row where that can be known."""
        first = self._recovered(one)
        if first is not None:
            self.recoverable.append(one.version)
        try:
            lying = rows_of(unpacked(row["text"][1]).decode("utf-8"), one)
        except (PlanError, UnicodeDecodeError):
            words = f"Baseline {one.version}: its text cannot be read any more."
            self.flaws.append(Flaw(one.version, ROWS, words))
            return
        if first is None:
            if not wrong:
                words = f"Baseline {one.version}: its text is not the one that its SHA-256 was made of."
                self.flaws.append(Flaw(one.version, SEAL, words, field="sha256"))
            return
        self.flaws += differences(first, lying, one.version, ROWS, "but was sealed as")

    def _chain(self, at: int, one: Baseline) -> None:
        before = self._known[at - 1] if at else None
        told = self._rows[one.number]["previous"][1].decode("utf-8", "replace")
        if told == (before.seal if before else "") and one.number == at + 1:
            return
        if before is not None and "seal" in broken(self._rows[before.number]):
            return
        follows = f"after {before.version}" if before else "as the first"
        words = f"Baseline {one.version} was not sealed {follows}: one between is missing, or another took its place."
        self.flaws.append(Flaw(one.version, CHAIN, words, field="previous", found=told))

    def _state(self, one: Baseline) -> PlanData | None:
        """The rows of a baseline if it is what was sealed, or made again from the history if that can be proven."""
        if one.number not in self._states:
            found = self._read(one)
            self._states[one.number] = self._recovered(one) if found is None else found
        return self._states[one.number]

    def _read(self, one: Baseline) -> PlanData | None:
        row = self._rows[one.number]
        wrong = broken(row)
        try:
            words = unpacked(row["text"][1])
            if "text" not in wrong and ("sha256" in wrong or sha256(words).encode() == row["sha256"][1]):
                return rows_of(words.decode("utf-8"), one)
        except (PlanError, UnicodeDecodeError):
            pass
        return None

    def _recovered(self, one: Baseline) -> PlanData | None:
        """What was sealed, made from the history after or before it, if its SHA-256 says that it is that."""
        told = self._rows[one.number]["sha256"][1]
        for made in (self._from_after, self._from_before):
            found = made(one)
            if found is not None and sha256(text_of(found)).encode() == told:
                return found
        return None

    def _from_after(self, one: Baseline) -> PlanData | None:
        after = next((other for other in self._known if other.number > one.number), None)
        start = self._state(after) if after else self._data
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
        follows, last = self._follows(one), self._follows(after) if after else []
        if follows is None or last is None:
            return None
        steps = self._steps(one, after)
        changes = [change for step, made in steps if step.state == DONE for change in made]
        return follows + changes[: len(changes) - len(last)]

    def _steps(self, one: Baseline, after: Baseline | None) -> Made:
        try:
            return self._file.steps_between(one.step, after.step if after else None)
        except UNREADABLE:
            words = f"The steps since {one.version} cannot be read: something was written into the history."
            if all(flaw.words != words for flaw in self.flaws):
                self.flaws.append(Flaw("", HISTORY, words))
            return []

    def _follows(self, one: Baseline) -> list[Change] | None:
        if {"step", "follows"} & set(broken(self._rows[one.number])):
            return None
        try:
            return followed(self._rows[one.number]["follows"][1].decode("utf-8"))
        except (ValueError, TypeError, UnicodeDecodeError):
            return None

    # -- the history between and after them

    def _history(self, one: Baseline, after: Baseline | None) -> None:
        """Hold what the steps since a baseline lead to against the next one, or against the plan as it is."""
        to = after.version if after else "the plan as it is"
        start, end = self._state(one), self._state(after) if after else self._data
        follows, last = self._follows(one), self._follows(after) if after else []
        if start is None or end is None or follows is None or last is None:
            self.notes.append(f"Whether the history leads from {one.version} to {to} cannot be said.")
            return
        steps = self._steps(one, after)
        if self._was_compacted(one):
            self.notes.append(
                f"The steps between {one.version} and {to} were removed by compacting the history."
            )
            return
        self.flaws += missing(steps, one, after)
        where = start.copy()
        list(follow(where, follows))
        for step, made in steps:
            if step.state == DONE:
                own = made[: len(made) - len(last)] if after and step.id == after.step else made
                self.flaws += [misfit(step, one, found, where) for found in follow(where, own)]
        about = HISTORY if after else WORKING
        self.flaws += differences(where, end, after.version if after else "", about, "should be")

    def _was_compacted(self, one: Baseline) -> bool:
        """Whether steps since a baseline were removed by compacting, which the file keeps a record of."""
        return any(gone.step > one.step for gone in self._file.compactions())


def _lies(row: Stored, name: str) -> str:
    """What lies in a field now, for those that people can read."""
    if name in ("text", "proof", "seal", "mark", "pdf", "previous", "sha256", "follows"):
        return ""
    words = " ".join(_plain(row, name).split())
    return f": it reads “{words[:60]}” now"


def _plain(row: Stored, name: str) -> str:
    return "" if name == "text" else row[name][1].decode("utf-8", "replace")


def verify(file: Store, only: Baseline | None = None) -> Verdict:
    """Every baseline of a file, its history, and the plan as it is; or one baseline alone."""
    look = Verification(file)
    return look.one(only) if only else look.all()
