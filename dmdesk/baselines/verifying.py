"""Verifying: each baseline is what was sealed, they follow one another, and the history leads from each to the next and
from the last to the plan as it is.

All is read as it lies in the file. Nothing is mended; what can be made again from the history is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from dmdesk.baselines.opening import rows_of
from dmdesk.baselines.proving import broken, unpacked
from dmdesk.baselines.replaying import follow
from dmdesk.baselines.sealing import text_of
from dmdesk.baselines.telling import clocks, differences, misfit, missing
from dmdesk.baselines.then import UNREAD, UNREADABLE, Then
from dmdesk.baselines.verdict import CHAIN, GUARD, HISTORY, ROWS, SEAL, WORKING, Flaw, Verdict
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Baseline, Store, Stored

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
        rows = {one.number: self._row(one) for one in every}
        self._then = Then(file, self._data, self._known, rows, self.flaws)
        self._removed = max((one.step for one in file.compactions()), default=0)
        self._hidden = [one for one in every if one not in self._known]

    def all(self) -> Verdict:
        """Every baseline, the history, and the working plan."""
        self._guards()
        for at, one in enumerate(self._known):
            self._baseline(at, one)
        for one in self._hidden:
            self._sealed(one, self._then.rows[one.number])
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

    def sealed_state(self, one: Baseline) -> PlanData | None:
        """The rows that were sealed as a baseline, though it may be damaged; None where that cannot be proven."""
        return self._then.state(one)

    # -- the baselines themselves

    def _guards(self) -> None:
        for name in self._file.guards_missing():
            words = f"The guard “{name}” that keeps other programs from changing baselines is gone or was changed."
            self.flaws.append(Flaw("", GUARD, words, field=name))

    def _baseline(self, at: int, one: Baseline) -> None:
        row = self._then.rows[one.number]
        wrong = self._sealed(one, row)
        if self._then.text(one) is None:
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
        first = self._then.recovered(one)
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
        told = self._then.rows[one.number]["previous"][1].decode("utf-8", "replace")
        if told == (before.seal if before else "") and one.number == at + 1:
            return
        if before is not None and "seal" in broken(self._then.rows[before.number]):
            return
        follows = f"after {before.version}" if before else "as the first"
        words = f"Baseline {one.version} was not sealed {follows}: one between is missing, or another took its place."
        self.flaws.append(Flaw(one.version, CHAIN, words, field="previous", found=told))

    # -- the history between and after them

    def _history(self, one: Baseline, after: Baseline | None) -> None:
        """Hold what the steps since a baseline lead to against the next one, or against the plan as it is."""
        to = after.version if after else "the plan as it is"
        start, follows, last = (
            self._then.state(one),
            self._then.follows(one),
            self._then.follows(after) if after else [],
        )
        if start is None or follows is None or last is None:
            self.notes.append(f"Whether the history leads from {one.version} to {to} cannot be said.")
            return
        if self._removed > one.step:
            self.notes.append(_compacted(one, after, self._removed))
            return
        steps = self._then.steps(one, after)
        self.flaws += missing(steps, one, after)
        where = start.copy()
        list(follow(where, follows))
        for step, made in steps:
            if step.state == DONE:
                own = made[: len(made) - len(last)] if after and step.id == after.step else made
                self.flaws += [misfit(step, one, found, where) for found in follow(where, own)]
        self._hold(where, after)

    def _hold(self, where: PlanData, after: Baseline | None) -> None:
        """Hold where the history leads against the next baseline, or the plan as it is."""
        if after is None:
            self.flaws += differences(where, self._data, "", WORKING, "should be")
            return
        told = self._then.text(after)
        if told is not None and told == text_of(where):
            self._then.remember(after, where)
            return
        end = self._then.state(after)
        if end is None:
            self.notes.append(f"Whether the history leads to {after.version} cannot be said.")
        else:
            self.flaws += differences(where, end, after.version, HISTORY, "should be")


def _compacted(one: Baseline, after: Baseline | None, until: int) -> str:
    """What is said instead, where steps after a baseline were removed for good."""
    if after is None:
        return f"The first steps since {one.version} were removed by compacting, so nothing proves what they did."
    which = "The" if until >= after.step else "The first"
    return f"{which} steps between {one.version} and {after.version} were removed by compacting the history."


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


def recovered(file: Store, baseline: Baseline) -> PlanData:
    """What was sealed as a baseline, made again from the history where its text is damaged.

    Raises:
        PlanError: the history does not lead back to it.
    """
    found = Verification(file).sealed_state(baseline)
    if found is None:
        raise PlanError(
            f"What was sealed as {baseline.version} in “{file.path.name}” can neither be read nor made again from the "
            "history; take it from a backup or another copy."
        )
    return found
