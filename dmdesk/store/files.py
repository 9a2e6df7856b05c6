"""Plan files: what tells them from others, how they are looked at, copied and opened, and why that fails.

The standard library's sqlite3 is used because it opens and reads a plan in a tenth of the time that importing a
database toolkit takes; the schema itself is declared and migrated through SQLAlchemy and Alembic (``schema.py``).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from dmdesk.errors import PlanError

APPLICATION_ID = 0x444D5031
"""“DMP1” in the header of every plan file, so that file managers and we know one."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""All schema revisions, oldest first; a test holds this against the migrations."""

SCHEMA = REVISIONS[-1]


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
    with reading(path):
        connection = connect(path, read_only=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            sound = _is_sound(connection)
        finally:
            connection.close()
    if row is None or not sound:
        raise damaged(path)
    if row[0] not in REVISIONS:
        raise PlanError(
            f"“{path.name}” was made by a newer dmdesk (schema {row[0]}); update the program to open it."
        )
    return str(row[0])


def _is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the file can be read, except perhaps for baselines: these are proven by themselves, and told apart."""
    if _passes(connection, "1"):
        return True
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in tables if not _passes(connection, f'"{name}"')] == ["baseline"]


def _passes(connection: sqlite3.Connection, what: str) -> bool:
    try:
        return bool(connection.execute(f"PRAGMA quick_check({what})").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if _code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        return False


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
def reading(path: Path) -> Iterator[None]:
    """Turn what SQLite says while a file is read into the sentence for a person."""
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
    with reading(source):
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


class File:
    """An open plan file, whatever is read from it."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        with reading(path):
            self._db = connect(path, read_only=read_only)
            self._db.execute("SELECT 1 FROM alembic_version")

    def close(self) -> None:
        """Close the file; nothing is left beside it."""
        self._db.close()

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
                raise PlanError(why_not_saved(self.path, error)) from error
            raise

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
        with reading(backup), closing(connect(backup, read_only=True)) as source:
            source.execute("SELECT 1 FROM sqlite_master").fetchone()
            try:
                source.backup(self._db)
            except sqlite3.Error as error:
                raise PlanError(why_not_saved(self.path, error)) from error


def why_not_saved(path: Path, error: sqlite3.Error) -> str:
    """Why a change was not written, as a sentence that says what to do."""
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
