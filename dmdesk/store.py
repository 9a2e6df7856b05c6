"""The plan file: one SQLite database, and the only place with SQL.

The standard library's sqlite3 is used because it opens and reads a plan in a tenth of the time that importing a
database toolkit takes; the schema itself is declared and migrated through SQLAlchemy and Alembic (``schema.py``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from dmdesk import changes as c
from dmdesk.errors import Conflict, PlanError
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.values import frozen

APPLICATION_ID = 0x444D5031
"""“DMP1” in the header of every plan file, so that file managers and we know one."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""All schema revisions, oldest first; a test holds this against the migrations."""

SCHEMA = REVISIONS[-1]

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


def inspect(path: Path) -> str:
    """The schema revision of a plan file, from a look that changes nothing (but takes back a step that was cut off).

    Raises:
        PlanError: there is no such file, it is no plan, or it is damaged or newer than this program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise PlanError(f"There is no file “{path}”; check the name.") from None
    except IsADirectoryError:
        raise PlanError(
            f"“{path}” is a folder; choose a plan file (.dmplan) or import the folder as text."
        ) from None
    except OSError as error:
        raise PlanError(f"“{path}” cannot be read ({error.strerror}); check who may open it.") from None
    if header[:16] != b"SQLite format 3\0" or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise PlanError(f"“{path.name}” is not a dmdesk plan; it was left as it is.")
    _take_back_what_was_cut_off(path)
    with _reading(path):
        connection = connect(path, read_only=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    if row is None or sound[0] != "ok":
        raise damaged(path)
    if row[0] not in REVISIONS:
        raise PlanError(
            f"“{path.name}” was made by a newer dmdesk (schema {row[0]}); update the program to open it."
        )
    return str(row[0])


def _take_back_what_was_cut_off(path: Path) -> None:
    """Let SQLite roll back a step that the power or a signal cut off; it cannot while it only reads."""
    resolved = path.resolve()
    if resolved.with_name(f"{resolved.name}-journal").exists():
        with suppress(sqlite3.Error), closing(connect(path, read_only=False)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def damaged(path: Path) -> PlanError:
    """The error for a file that SQLite cannot read through."""
    return PlanError(f"“{path.name}” is damaged and was left as it is; restore one of its backups.")


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        raise _why_not_read(path, error) from None


def _why_not_read(path: Path, error: sqlite3.Error) -> PlanError:
    code = _code(error)
    if code == sqlite3.SQLITE_BUSY:
        return PlanError(f"“{path.name}” is being written by another program; try again in a moment.")
    if code == sqlite3.SQLITE_CANTOPEN and not path.exists():
        return PlanError(f"“{path.name}” is no longer where it was; save a copy of the open plan elsewhere.")
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
        sentence = f"“{path.name}” cannot be opened: a step was cut off and its folder is read-only; "
        return PlanError(sentence + "copy the file together with its -journal to a folder you can write.")
    return damaged(path)


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 for errors that Python's own module makes, as for text that is not UTF-8."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection with our settings: every commit is on the disk, and nothing lies beside the idle file."""
    mode = "ro" if read_only else "rw"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=2
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def copy_file(source: Path, target: Path) -> None:
    """Copy a plan file through SQLite, complete even while it is being written; the target appears whole or not.

    Raises:
        PlanError: the target cannot be written or the source not be read.
    """
    with _reading(source):
        reader = connect(source, read_only=True)
        with closing(reader):
            reader.execute("SELECT 1 FROM sqlite_master").fetchone()
            _copy(reader, source, target)


def _copy(reader: sqlite3.Connection, source: Path, target: Path) -> None:
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as writer:
            reader.backup(writer)
        partial.replace(target)
    except sqlite3.Error as error:
        if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise _why_not_read(source, error) from None
        reason = "the disk is full" if _code(error) == sqlite3.SQLITE_FULL else error
        raise PlanError(f"“{target}” cannot be written ({reason}); choose another place.") from None
    except OSError as error:
        raise PlanError(f"“{target}” cannot be written ({error.strerror}); choose another place.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


class Store:
    """An open plan file."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        with _reading(path):
            self._db = connect(path, read_only=read_only)
            self._db.execute("SELECT 1 FROM alembic_version")

    def close(self) -> None:
        """Close the file; nothing is left beside it."""
        self._db.close()

    def rows(self, kind: Kind) -> dict[str, Entity]:
        """All rows of a kind by id."""
        with _reading(self.path):
            load = kind.load
            return {stored[0]: load(stored) for stored in self._db.execute(_select(kind))}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is on the disk at the end, or was never there.

        Raises:
            PlanError: the file could not be written; it is as it was before.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise PlanError(_why_not_saved(self.path, error)) from error
            raise

    def write(self, change: c.Change) -> None:
        """Write one change to its row.

        Raises:
            Conflict: the row in the file is not what the change was made against.
        """
        kind = kinds()[change.kind]
        if change.op == c.ADD:
            row = kind.make({name: new for name, (_, new) in change.fields.items()}, change.id)
            places = ", ".join("?" * (len(kind.fields) + 1))
            stored = (field.type.store(v) for field, v in zip(kind.fields, kind.values(row)[1:], strict=True))
            self._db.execute(
                f'INSERT INTO "{kind.name}" ({_columns(kind)}) VALUES ({places})', (row.id, *stored)
            )
            return
        if change.op == c.DROP:
            stands = " AND ".join(f'"{field.name}" IS ?' for field in kind.fields)
            olds = [
                field.type.store(change.fields.get(field.name, (field.type.empty,))[0])
                for field in kind.fields
            ]
            done = self._db.execute(
                f'DELETE FROM "{kind.name}" WHERE id = ? AND {stands}', (change.id, *olds)
            )
        elif not change.fields:
            return
        else:
            sets = ", ".join(f'"{name}" = ?' for name in change.fields)
            news = [kind[n].type.store(kind[n].type.clean(new)) for n, (_, new) in change.fields.items()]
            stands = " AND ".join(f'"{name}" IS ?' for name in change.fields)
            olds = [kind[name].type.store(old) for name, (old, _) in change.fields.items()]
            sql = f'UPDATE "{kind.name}" SET {sets} WHERE id = ? AND {stands}'
            done = self._db.execute(sql, (*news, change.id, *olds))
        if done.rowcount != 1:
            raise Conflict(f"A {kind.label.lower()} was changed by another program; open the plan again.")

    def log(
        self, at: str, who: str, title: str, why: str, changes: Iterable[c.Change], rfc: str = ""
    ) -> Step:
        """Add a step to the history; undone steps can no longer be redone."""
        changes = list(changes)
        self._db.execute("UPDATE step SET state = ? WHERE state = ?", (ABANDONED, UNDONE))
        cursor = self._db.execute(
            "INSERT INTO step (at, who, title, why, state, schema, size, rfc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
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
        with _reading(self.path):
            return [Step(*row) for row in self._db.execute(f"{_STEPS} ORDER BY id {order} LIMIT ?", (limit,))]

    def last_done(self) -> Step | None:
        """The step that undo takes back."""
        return self._step("WHERE state = 'done' ORDER BY id DESC")

    def first_undone(self) -> Step | None:
        """The step that redo brings back."""
        return self._step("WHERE state = 'undone' ORDER BY id ASC")

    def _step(self, which: str) -> Step | None:
        with _reading(self.path):
            row = self._db.execute(f"{_STEPS} {which} LIMIT 1").fetchone()
        return Step(*row) if row else None

    def outline(self) -> list[tuple[int, str, str]]:
        """(id, at, state) of every step, newest first: what a list of many thousands needs of those out of sight."""
        with _reading(self.path):
            return self._db.execute("SELECT id, at, state FROM step ORDER BY id DESC").fetchall()

    def steps_between(self, first: int, last: int) -> list[Step]:
        """The steps with these ids and those between, oldest first."""
        sql = f"{_STEPS} WHERE id BETWEEN ? AND ? ORDER BY id"
        with _reading(self.path):
            return [Step(*row) for row in self._db.execute(sql, (first, last))]

    def changes_of(self, step_id: int, limit: int = -1) -> list[c.Change]:
        """What a step changed, in order, or the first of it."""
        sql = "SELECT op, kind, row, fields FROM change WHERE step = ? ORDER BY place LIMIT ?"
        with _reading(self.path):
            return [c.from_json(*row) for row in self._db.execute(sql, (step_id, limit))]

    def changes_between(self, first: int, last: int) -> dict[int, list[c.Change]]:
        """What each of the steps with these ids and those between changed, in order."""
        found: dict[int, list[c.Change]] = {}
        sql = "SELECT step, op, kind, row, fields FROM change WHERE step BETWEEN ? AND ? ORDER BY step, place"
        with _reading(self.path):
            for step, *row in self._db.execute(sql, (first, last)):
                found.setdefault(step, []).append(c.from_json(*row))
        return found

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
        with _reading(self.path):
            width = len(_STEP_COLUMNS)
            return [
                (Step(*row[:width]), c.from_json(*row[width:])) for row in self._db.execute(sql, (value,))
            ]

    def last_changes(self) -> dict[str, str]:
        """Row id → when it was changed last (UTC, ISO 8601), for every row that a step which stands has changed."""
        sql = "SELECT change.row, max(step.at) FROM change JOIN step ON step.id = change.step "
        with _reading(self.path):
            return dict(
                self._db.execute(f"{sql} WHERE step.state = ? GROUP BY change.row", (DONE,)).fetchall()
            )

    def copy(self, target: Path) -> None:
        """Copy the open plan to another file, even after its own file was moved or deleted.

        Raises:
            PlanError: the target cannot be written.
        """
        _copy(self._db, self.path, target)

    def replace_with(self, backup: Path) -> None:
        """Make the file's content that of another plan file, whole or not at all.

        Raises:
            PlanError: the backup cannot be read, or the file not be written.
        """
        with _reading(backup), closing(connect(backup, read_only=True)) as source:
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            try:
                source.backup(self._db)
            except sqlite3.Error as error:
                raise PlanError(_why_not_saved(self.path, error)) from error


def fill(connection: sqlite3.Connection, data: PlanData) -> None:
    """Write all rows of a plan into a new, empty file: what it starts from, which is no step in its history."""
    for kind in kinds():
        places = ", ".join("?" * (len(kind.fields) + 1))
        rows = (
            (
                row.id,
                *(field.type.store(v) for field, v in zip(kind.fields, kind.values(row)[1:], strict=True)),
            )
            for row in data.in_order(kind.name)
        )
        connection.executemany(f'INSERT INTO "{kind.name}" ({_columns(kind)}) VALUES ({places})', rows)


_STEP_COLUMNS = ("id", "at", "who", "title", "why", "state", "schema", "size", "rfc")
_STEPS = f"SELECT {', '.join(_STEP_COLUMNS)} FROM step"


def _columns(kind: Kind) -> str:
    return ", ".join(["id", *(f'"{field.name}"' for field in kind.fields)])


def _select(kind: Kind) -> str:
    return f'SELECT {_columns(kind)} FROM "{kind.name}" ORDER BY rowid'


def _why_not_saved(path: Path, error: sqlite3.Error) -> str:
    code = _code(error)
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return (
            f"“{path.name}” was moved or deleted by another program; save a copy to keep what is open here."
        )
    if code == sqlite3.SQLITE_FULL:
        return f"The change to “{path.name}” was not saved because the disk is full; free some space and try again."
    if code == sqlite3.SQLITE_BUSY:
        return (
            f"The change to “{path.name}” was not saved because another program is using the file; try again."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return f"The change to “{path.name}” was not saved because its folder cannot be written; save a copy elsewhere."
    return f"The change to “{path.name}” was not saved ({error}); save a copy elsewhere."
