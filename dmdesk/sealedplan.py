"""What an open plan knows of its sealed versions: to seal one, to open one, and what undo may no longer take back.

Apart from Plan, which writes the step that a seal is part of; ``baselines`` makes the seals, and is loaded when asked.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.outcome import preview
from dmdesk.reading import PlanData
from dmdesk.store import SCHEMA, Baseline, Step, Store, inspect

if TYPE_CHECKING:
    from dmdesk.baselines import Terms, Verdict


class SealedPlan:
    """The sealed versions of an open plan file."""

    path: Path
    data: PlanData
    read_only: str
    _store: Store
    _at: dict[str, PlanData]

    @abstractmethod
    def _made(
        self, title: str, changes: list[Change], why: str, rfc: str | None,
        also: Callable[[Step], None] | None = None,
    ) -> Step:  # fmt: skip
        """Make the changes as one step; ``also`` writes what belongs to it in the same transaction."""

    def _writable(self) -> None:
        if self.read_only:
            raise PlanError(self.read_only)

    @property
    def file(self) -> Path:
        """Where the rows, the history and the baselines lie, to be read elsewhere: mostly ``path`` itself."""
        return self._store.path

    def baselines(self) -> list[Baseline]:
        """The sealed versions, oldest first; their texts are not read."""
        return self._store.baselines()

    def lost_in(self, other: Path) -> list[Baseline]:
        """The sealed versions, oldest first, that another plan file, such as a backup, does not have.

        A file of an older schema has nothing to compare, and is not restored.

        Raises:
            PlanError: the other file cannot be read.
        """
        mine = self.baselines()
        if not mine or inspect(other) != SCHEMA:
            return []
        held = Store(other, read_only=True)
        try:
            there = {one.seal for one in held.baselines()}
        finally:
            held.close()
        return [one for one in mine if one.seal not in there]

    def at(self, version: str) -> PlanData:
        """The plan as it was sealed as that version; remembered, and never to be changed.

        Raises:
            PlanError: there is no such baseline, or it is damaged.
        """
        from dmdesk import baselines

        one = baselines.named(self.baselines(), version, self.path.name)
        if one.seal not in self._at:
            self._at[one.seal] = baselines.data_of(self._store, one)
        return self._at[one.seal]

    def seal(
        self, terms: Terms, before: Iterable[Change] = (), after: Iterable[Change] = (), *, title: str = "",
        why: str = "", printed_from: str = "",
    ) -> Baseline:  # fmt: skip
        """Make the changes ``before``, seal the plan as it then is, and make the changes ``after``, all as one step.

        Undo takes the step and with it the baseline back, until its print is noted as exported. ``printed_from``: the
        SHA-256 of the text that the print was made from, for a print that took its time.

        Raises:
            PlanError: the version cannot be, the plan was changed since, or cannot be written; nothing was changed.
        """
        from dmdesk import baselines

        first, last, known = list(before), list(after), self.baselines()
        self._writable()
        baselines.refuse(terms.version, known, self.data)
        text = baselines.text_of(preview(self.data, first))
        if printed_from and baselines.sha256(text) != printed_from:
            raise PlanError("The plan was changed while it was printed; print and release it again.")

        def also(step: Step) -> None:
            standing = [one for one in known if one.step != step.id]
            self._store.put_baseline(baselines.row(terms, text, last, standing, step.id, step.at, step.who))

        self._made(title or f"Seal {terms.version}", first + last, why, terms.rfc or None, also)
        return self.baselines()[-1]

    def verify(self, version: str = "") -> Verdict:
        """Whether every baseline, or one, is what was sealed, and the history leads from the last to the plan as it is.

        Raises:
            PlanError: there is no such baseline.
        """
        from dmdesk import baselines

        one = baselines.named(self.baselines(), version, self.path.name) if version else None
        return baselines.verify(self._store, one)

    def note_print(self, version: str, sha256: str, paper: str, *, exported: bool) -> None:
        """Note the print of a baseline, once; exported, its release can no longer be undone.

        Raises:
            PlanError: there is no such baseline, or the plan cannot be written.
        """
        from dmdesk import baselines

        self._writable()
        one = baselines.named(self.baselines(), version, self.path.name)
        noted = baselines.print_of(self._store, one, sha256, paper, now() if exported else "")
        with self._store.transaction():
            self._store.note_print(one.number, noted)

    def refuse_released(self, steps: Iterable[Step], *, sealed_ones: bool = False) -> None:
        """Refuse to undo a release that has left the house, and to take one back in another way than by undo."""
        by_step = {one.step: one for one in self.baselines()}
        for step in steps:
            one = by_step.get(step.id)
            if one and one.exported:
                raise PlanError(
                    f"Version {one.version} cannot be undone: its PDF was exported on {one.exported[:10]}, so others "
                    "may have it; release a later version instead."
                )
            if one and sealed_ones:
                raise PlanError(
                    f"“{step.title}” sealed version {one.version}; only undo takes that back, after all later steps."
                )


def now() -> str:
    """The present moment: UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
