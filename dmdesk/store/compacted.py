"""What was removed of the history in a plan file: since when it begins, and what of it is still known."""

from __future__ import annotations

import json
import sqlite3

from dmdesk.errors import PlanError
from dmdesk.store.files import File, reading, why_not_saved
from dmdesk.store.history import DONE, UNDONE
from dmdesk.values import frozen


@frozen
class Compaction:
    """A beginning of the history that was removed.

    ``step`` is the number of the last step that went and ``until`` when that was made; ``at`` and ``who`` say when and
    by whom it was removed (UTC, ISO 8601). ``version``: the baseline up to which it was, or "". ``steps`` and
    ``changes`` are how many went.
    """

    step: int
    until: str
    at: str
    who: str
    version: str
    steps: int
    changes: int


@frozen
class Extent:
    """How much of the history there is up to a step: steps and changes, when the first and last were made (UTC)."""

    steps: int
    changes: int
    first: str
    last: str
    undone: int
    """How many of the steps redo would make again."""


class Compacted(File):
    """What was removed of the history of an open plan file."""

    def compactions(self) -> list[Compaction]:
        """What was removed, oldest first."""
        with reading(self.path):
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM compaction ORDER BY step, at").fetchall()
        return [Compaction(*row) for row in rows]

    def extent(self, step: int) -> Extent:
        """How much of the history there is up to and with a step."""
        sql = (
            "SELECT count(*), coalesce(sum(size), 0), coalesce(min(at), ''), coalesce(max(at), ''), "
            "coalesce(sum(state = ?), 0) FROM step WHERE id <= ?"
        )
        with reading(self.path):
            return Extent(*self._db.execute(sql, (UNDONE, step)).fetchone())

    def remove_until(self, step: int, at: str, who: str, version: str) -> Compaction:
        """Remove the history up to and with a step, within a transaction; when rows were changed last stays known."""
        extent = self.extent(step)
        before = self._db.execute("SELECT touched FROM compaction WHERE touched <> ''").fetchone()
        touched = json.loads(before[0]) if before else {}
        touched.update(self._db.execute(_TOUCHED, (DONE, step)).fetchall())
        made = Compaction(step, extent.last, at, who, version, extent.steps, extent.changes)
        self._db.execute("DELETE FROM change WHERE step <= ?", (step,))
        self._db.execute("DELETE FROM step WHERE id <= ?", (step,))
        self._db.execute("UPDATE compaction SET touched = ''")
        values = [getattr(made, name) for name in Compaction.__annotations__]
        self._db.execute(
            f"INSERT INTO compaction ({_COLUMNS}, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, json.dumps(touched, separators=(",", ":"))),
        )
        return made

    def shrink(self) -> None:
        """Give back the room of what was removed: the file is written anew, whole or not at all.

        Raises:
            PlanError: it could not be; the file holds what it did.
        """
        try:
            self._db.execute("VACUUM")
        except sqlite3.Error as error:
            raise PlanError(why_not_saved(self.path, error)) from error


_COLUMNS = ", ".join(Compaction.__annotations__)
_TOUCHED = (
    "SELECT change.row, max(step.at) FROM change JOIN step ON step.id = change.step "
    "WHERE step.state = ? AND step.id <= ? GROUP BY change.row"
)
