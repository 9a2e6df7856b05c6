"""What an open plan knows of its past: the steps, what they changed, and parts of it to read.

Apart from Plan, which makes steps, takes them back and removes them; all of this only reads.
"""

from __future__ import annotations

from dmdesk.changes import Change
from dmdesk.kinds import Entity
from dmdesk.store import Step, Store
from dmdesk.takeback import History


class PastPlan:
    """The history of an open plan file."""

    _store: Store

    def history(self, limit: int = -1) -> list[Step]:
        """The steps, newest first."""
        return self._store.steps(limit=limit)

    @property
    def past(self) -> History:
        """The history as it lies in the file, to read parts of it."""
        return self._store

    def changes_of(self, step: Step) -> list[Change]:
        """What a step changed."""
        return self._store.changes_of(step.id)

    def history_of(self, row: Entity) -> list[tuple[Step, Change]]:
        """The changes of one row with their steps, newest first."""
        return self._store.steps_of_row(row.id)

    def histories(self, kind: str) -> dict[str, list[tuple[Step, Change]]]:
        """The changes of all rows of a kind with their steps, newest first, by the row's id."""
        return self._store.steps_of_kind(kind)

    def last_changes(self) -> dict[str, str]:
        """Row id → when it was changed last (UTC, ISO 8601), for every row that a step which stands has changed."""
        return self._store.last_changes()
