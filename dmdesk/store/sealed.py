"""The baselines in a plan file: sealed rows that SQLite itself refuses to change or to drop.

A baseline stands while the step that sealed it does: undo only marks the step, redo brings the very same row back,
and a baseline whose step was overtaken goes with it. What was printed of one is noted once. All is read as raw bytes,
so that a damaged row can be shown and judged instead of keeping the others from being read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from dmdesk.errors import PlanError
from dmdesk.store.files import File, reading
from dmdesk.values import frozen

Stored = Mapping[str, tuple[str, bytes]]
"""What a row holds by column: SQLite's name of the type, and the bytes."""

SEALED = (
    "number", "version", "date", "description", "owner", "rfc", "rfc_words", "at", "who", "schema", "step", "follows",
    "accepted", "sha256", "previous", "text", "proof",
)  # fmt: skip
"""The columns that the seal covers, in its order."""

PRINTED = ("pdf", "paper", "exported")
"""The columns that are filled once, later."""

COLUMNS = (*SEALED, "seal", *PRINTED, "mark")

INTEGERS = ("number", "step")

BASELINE = (*(name for name in COLUMNS if name != "text"), "text")
"""The columns as they lie in the table: the text last, so that nothing else has to be read past it."""

TRIGGERS = {
    "baseline_sealed": f"""CREATE TRIGGER baseline_sealed BEFORE UPDATE ON baseline
WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in (*SEALED, "seal"))}
  OR (OLD.pdf <> '' AND (NEW.pdf IS NOT OLD.pdf OR NEW.paper IS NOT OLD.paper))
  OR (OLD.exported <> '' AND NEW.exported IS NOT OLD.exported)
BEGIN SELECT RAISE(ABORT, 'a sealed baseline is never changed'); END""",
    "baseline_kept": """CREATE TRIGGER baseline_kept BEFORE DELETE ON baseline
WHEN OLD.exported <> '' OR NOT EXISTS (SELECT 1 FROM step WHERE id = OLD.step AND state <> 'done')
BEGIN SELECT RAISE(ABORT, 'a sealed baseline is kept'); END""",
    "step_forgotten": """CREATE TRIGGER step_forgotten BEFORE DELETE ON step WHEN OLD.state <> 'done'
BEGIN DELETE FROM baseline WHERE step = OLD.id; END""",
}
"""What SQLite refuses for whatever program: to change a sealed row, and to drop one whose step stands."""


@frozen
class Baseline:
    """A sealed version of the plan, without its text.

    ``at``: when it was sealed (UTC, ISO 8601); ``date``: the date of the release, as printed. ``rfc``: the id of the
    RFC that approved it; ``rfc_words``: what it was called, so that it is known when the RFC is gone. ``step``: the
    step of the history that sealed it. ``accepted``: what was open when it was sealed, and why that was accepted.
    ``pdf``: the SHA-256 of its print, on ``paper``; ``exported``: when that was first put into a file, which makes the
    release final. ``seal``: a SHA-256 over all but the print, and over the seal of the baseline before.
    """

    number: int
    version: str
    date: str
    description: str
    owner: str
    rfc: str
    rfc_words: str
    at: str
    who: str
    schema: str
    step: int
    accepted: str
    sha256: str
    seal: str
    pdf: str
    paper: str
    exported: str


_LISTED = tuple(Baseline.__annotations__)
_ALL = "FROM baseline"
_STANDING = (
    "FROM baseline LEFT JOIN step ON step.id = baseline.step WHERE coalesce(step.state, 'done') = 'done'"
)


class Sealed(File):
    """The baselines of an open plan file."""

    def baselines(self, *, standing: bool = True) -> list[Baseline]:
        """The baselines that stand, oldest first, or all with those whose step is undone; their texts are not read."""
        columns = ", ".join(f"CAST(baseline.{name} AS BLOB)" for name in _LISTED)
        with reading(self.path):
            found = self._db.execute(
                f"SELECT {columns} {_STANDING if standing else _ALL} ORDER BY number"
            ).fetchall()
        return [Baseline(**dict(zip(_LISTED, map(_told, _LISTED, values), strict=True))) for values in found]

    def sealed(self, number: int) -> Stored:
        """All that the file holds of one baseline, as it lies there.

        Raises:
            PlanError: there is none of that number.
        """
        columns = ", ".join(f"typeof(baseline.{name}), CAST(baseline.{name} AS BLOB)" for name in COLUMNS)
        with reading(self.path):
            values = self._db.execute(
                f"SELECT {columns} FROM baseline WHERE number = ?", (number,)
            ).fetchone()
        if values is None:
            raise PlanError(f"There is no baseline number {number} in “{self.path.name}”.")
        pairs = zip(values[::2], values[1::2], strict=True)
        return {name: (sort, held or b"") for name, (sort, held) in zip(COLUMNS, pairs, strict=True)}

    def guards_missing(self) -> list[str]:
        """What no longer keeps other programs from changing baselines: triggers that are gone or were changed."""
        with reading(self.path):
            there = dict(self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return [name for name, sql in TRIGGERS.items() if there.get(name) != sql]

    def put_baseline(self, values: Mapping[str, str | int | bytes]) -> None:
        """Write a sealed row, within a transaction."""
        names, places = ", ".join(BASELINE), ", ".join("?" * len(BASELINE))
        self._db.execute(
            f"INSERT INTO baseline ({names}) VALUES ({places})", [values[name] for name in BASELINE]
        )

    def note_print(self, number: int, values: Mapping[str, str]) -> None:
        """Note the print of a baseline, within a transaction; what was noted before stays.

        Raises:
            PlanError: another print was noted already.
        """
        sets = ", ".join(f"{name} = ?" for name in values)
        try:
            self._db.execute(f"UPDATE baseline SET {sets} WHERE number = ?", (*values.values(), number))
        except sqlite3.IntegrityError:
            raise PlanError("The print of a sealed baseline is noted once; it was left as it is.") from None


def _told(name: str, held: bytes | None) -> Any:
    """A value for people and programs; what is damaged is as readable as it can be, ``verify`` judges the bytes."""
    words = (held or b"").decode("utf-8", "replace")
    if name not in INTEGERS:
        return words
    return int(words) if words.isascii() and words.isdigit() else 0
