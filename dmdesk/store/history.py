"""The history in a plan file: named steps, their state, and the changes they are made of."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dmdesk import changes as c
from dmdesk.store.files import SCHEMA, File, reading
from dmdesk.values import frozen

DONE, UNDONE, ABANDONED = "done", "undone", "abandoned"


@frozen
class Step:
    """A named step of changes in the history.

    ``at`` is UTC, ISO 8601 to the second. ``state``: done, undone (redo brings it back) or abandoned
    (undone, then overtaken by another step). ``schema`` is the file's schema revision when it was made.
    ``rfc`` is the id of the change request it was made under, or "".
    """

    id: int
    at: str
    who: str
    title: str
    why: str
    state: str
    schema: str
    size: int
    rfc: str = ""


class History(File):
    """The steps of an open plan file."""

    def log(
        self, at: str, who: str, title: str, why: str, changes: Iterable[c.Change], rfc: str = ""
    ) -> Step:
        """Add a step to the history; undone steps can no longer be redone."""
        changes = list(changes)
        if self._db.execute("UPDATE step SET state = ? WHERE state = ?", (ABANDONED, UNDONE)).rowcount:
            self._db.execute(f"DELETE FROM baseline WHERE step IN ({_OVERTAKEN})", (ABANDONED,))
        cursor = self._db.execute(
            f"INSERT INTO step ({', '.join(_STEP_COLUMNS)}) VALUES ({_NEXT}, ?, ?, ?, ?, ?, ?, ?, ?)",
            (at, who, title, why, DONE, SCHEMA, len(changes), rfc),
        )
        id = cursor.lastrowid or 0
        self._db.executemany(
            "INSERT INTO change (step, place, op, kind, row, fields) VALUES (?, ?, ?, ?, ?, ?)",
            ((id, place, ch.op, ch.kind, ch.id, ch.to_json()) for place, ch in enumerate(changes)),
        )
        return Step(id, at, who, title, why, DONE, SCHEMA, len(changes), rfc)

    def mark(self, step: Step, state: str) -> None:
        """Note that a step was undone or redone."""
        self._db.execute("UPDATE step SET state = ? WHERE id = ?", (state, step.id))

    def assign(self, steps: Iterable[Step], rfc: str) -> None:
        """Note under which change request steps were made."""
        self._db.executemany("UPDATE step SET rfc = ? WHERE id = ?", ((rfc, step.id) for step in steps))

    def steps(self, *, newest_first: bool = True, limit: int = -1) -> list[Step]:
        """The history."""
        order = "DESC" if newest_first else "ASC"
        with reading(self.path):
            return [Step(*row) for row in self._db.execute(f"{_STEPS} ORDER BY id {order} LIMIT ?", (limit,))]

    def last_done(self) -> Step | None:
        """The step that undo takes back."""
        return self._step("WHERE state = 'done' ORDER BY id DESC")

    def first_undone(self) -> Step | None:
        """The step that redo brings back."""
        return self._step("WHERE state = 'undone' ORDER BY id ASC")

    def _step(self, which: str) -> Step | None:
        with reading(self.path):
            row = self._db.execute(f"{_STEPS} {which} LIMIT 1").fetchone()
        return Step(*row) if row else None

    def outline(self) -> list[tuple[int, str, str]]:
        """(id, at, state) of every step, newest first: what a list of many thousands needs of those out of sight."""
        with reading(self.path):
            return self._db.execute("SELECT id, at, state FROM step ORDER BY id DESC").fetchall()

    def steps_in(self, first: int, last: int) -> list[Step]:
        """The steps with these ids and those between, oldest first."""
        sql = f"{_STEPS} WHERE id BETWEEN ? AND ? ORDER BY id"
        with reading(self.path):
            return [Step(*row) for row in self._db.execute(sql, (first, last))]

    def changes_of(self, step_id: int, limit: int = -1) -> list[c.Change]:
        """What a step changed, in order, or the first of it."""
        sql = "SELECT op, kind, row, fields FROM change WHERE step = ? ORDER BY place LIMIT ?"
        with reading(self.path):
            return [c.from_json(*row) for row in self._db.execute(sql, (step_id, limit))]

    def changes_between(self, first: int, last: int) -> dict[int, list[c.Change]]:
        """What each of the steps with these ids and those between changed, in order."""
        found: dict[int, list[c.Change]] = {}
        sql = "SELECT step, op, kind, row, fields FROM change WHERE step BETWEEN ? AND ? ORDER BY step, place"
        with reading(self.path):
            for step, *row in self._db.execute(sql, (first, last)):
                found.setdefault(step, []).append(c.from_json(*row))
        return found

    def steps_between(self, after: int, until: int | None = None) -> list[tuple[Step, list[c.Change]]]:
        """The steps with a number above ``after``, up to ``until`` where given, oldest first, with their changes."""
        last = until if until is not None else _MOST
        with reading(self.path):
            found: dict[int, tuple[Step, list[c.Change]]] = {
                row[0]: (Step(*row), [])
                for row in self._db.execute(f"{_STEPS} WHERE id > ? AND id <= ? ORDER BY id", (after, last))
            }
            sql = "SELECT step, op, kind, row, fields FROM change WHERE step > ? AND step <= ? ORDER BY step, place"
            rows = self._db.execute(sql, (after, last)).fetchall()  # who reads on keeps others from writing
        for step, *change in rows:
            if step in found:
                found[step][1].append(c.from_json(*change))
        return list(found.values())

    def steps_of_row(self, id: str) -> list[tuple[Step, c.Change]]:
        """Every change of one row with its step, newest first."""
        return self._changes_with_steps("change.row", id)

    def steps_of_kind(self, kind: str) -> dict[str, list[tuple[Step, c.Change]]]:
        """Every change of the rows of a kind with its step, newest first, by the row."""
        found: dict[str, list[tuple[Step, c.Change]]] = {}
        for step, change in self._changes_with_steps("change.kind", kind):
            found.setdefault(change.id, []).append((step, change))
        return found

    def _changes_with_steps(self, column: str, value: str) -> list[tuple[Step, c.Change]]:
        columns = ", ".join(f"step.{name}" for name in _STEP_COLUMNS)
        sql = (
            f"SELECT {columns}, op, kind, row, fields FROM change JOIN step ON step.id = change.step "
            f"WHERE {column} = ? ORDER BY step.id DESC, change.place DESC"
        )
        with reading(self.path):
            width = len(_STEP_COLUMNS)
            return [
                (Step(*row[:width]), c.from_json(*row[width:])) for row in self._db.execute(sql, (value,))
            ]

    def last_changes(self) -> dict[str, str]:
        """Row id → when it was changed last (UTC, ISO 8601), for every row that a step which stands has changed.

        Steps that were removed from the history count too.
        """
        sql = "SELECT change.row, max(step.at) FROM change JOIN step ON step.id = change.step "
        with reading(self.path):
            found = self._db.execute(f"{sql} WHERE step.state = ? GROUP BY change.row", (DONE,)).fetchall()
            row = self._db.execute("SELECT touched FROM compaction WHERE touched <> ''").fetchone()
        return {**(json.loads(row[0]) if row else {}), **dict(found)}


_STEP_COLUMNS = ("id", "at", "who", "title", "why", "state", "schema", "size", "rfc")
_MOST = 2**63 - 1
_STEPS = f"SELECT {', '.join(_STEP_COLUMNS)} FROM step"
_OVERTAKEN = "SELECT id FROM step WHERE state = ?"
_NEXT = (
    "1 + max((SELECT coalesce(max(id), 0) FROM step), (SELECT coalesce(max(step), 0) FROM baseline), "
    "(SELECT coalesce(max(step), 0) FROM compaction))"
)
"""The number of a new step; never one that a baseline stands after, though older steps may have been removed."""
