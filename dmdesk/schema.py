"""The schema of plan files: tables derived from the kinds, and their migrations.

Only this module knows SQLAlchemy and Alembic; it is imported when a file is made or upgraded, never to open one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import sqlalchemy as sa

from dmdesk import store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def metadata() -> sa.MetaData:
    """The tables of the present schema: one for each kind, and the history."""
    meta = sa.MetaData()
    for kind in kinds():
        types = {"TEXT": sa.Text, "INTEGER": sa.Integer}
        columns = [sa.Column(field.name, types[field.type.sql]()) for field in kind.fields]
        sa.Table(kind.name, meta, sa.Column("id", sa.Text(), primary_key=True), *columns)
    sa.Table(
        "step",
        meta,
        sa.Column("id", sa.Integer(), primary_key=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("at", "who", "title", "why", "state", "schema")
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("rfc", sa.Text(), nullable=False, server_default=""),
        sa.Index("ix_step_state", "state"),
    )
    sa.Table(
        "change",
        meta,
        sa.Column("step", sa.Integer(), sa.ForeignKey("step.id"), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("op", "kind", "row", "fields")),
        sa.Index("ix_change_row", "row"),
    )
    sorts = {"number": sa.Integer, "step": sa.Integer, "text": sa.LargeBinary}
    sa.Table(
        "baseline",
        meta,
        *(
            sa.Column(name, sorts.get(name, sa.Text)(), nullable=False, primary_key=name == "number")
            for name in store.BASELINE
        ),
    )
    sa.Table(
        "compaction",
        meta,
        sa.Column("step", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("until", "at", "who", "version")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("steps", "changes")),
        sa.Column("touched", sa.Text(), nullable=False),
    )
    for trigger in store.TRIGGERS.values():
        sa.event.listen(meta, "after_create", sa.DDL(trigger.replace("%", "%%")))  # type: ignore[no-untyped-call]
    return meta


def engine_for(connection: sqlite3.Connection) -> sa.Engine:
    """An engine over one open SQLite connection."""
    return sa.create_engine("sqlite://", creator=lambda: connection, poolclass=sa.StaticPool)


def create(path: Path, data: PlanData | None = None) -> None:
    """Make a plan file of the present schema, empty or with the given rows; it appears whole or not at all.

    Raises:
        PlanError: a file of that name is there already, or the folder cannot be written.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if path.exists():
            raise PlanError(f"“{path}” is there already and was left as it is; choose another name.")
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as connection:
            connection.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
            engine = engine_for(connection)
            with engine.begin() as begun:
                metadata().create_all(begun)
                begun.exec_driver_sql(
                    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
                )
                begun.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (store.SCHEMA,))
                store.fill(connection, data or PlanData())
            engine.dispose()
        _put_in_place(partial, path)
    except FileExistsError:
        raise PlanError(f"“{path}” is there already and was left as it is; choose another name.") from None
    except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise PlanError(f"“{path}” cannot be written ({_reason(error)}); choose another place.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _put_in_place(partial: Path, path: Path) -> None:
    """Give the finished file its name, which must still be free: a link never replaces a file."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise
    except (OSError, AttributeError):  # a file system, or a Python, without links
        if path.exists():
            raise FileExistsError from None
        partial.replace(path)


def upgrade(path: Path, target: str = "head") -> None:
    """Bring a plan file to a later schema; on any failure the file is as it was.

    The work is done on a copy beside it, which takes the file's place at the end.

    Raises:
        PlanError: the file or its folder cannot be written, or a migration failed.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.upgrade")
    try:
        store.copy_file(path, partial)
        migrate(partial, target)
        shutil.copymode(path, partial)
        partial.replace(path)
    except (OSError, sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise PlanError(
            f"“{path.name}” could not be upgraded ({_reason(error)}); it was left as it is."
        ) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def migrate(path: Path, target: str) -> None:
    """Run the migrations on a file in place; also makes a file from nothing, for tests of the migrations."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {store.APPLICATION_ID}")
        engine = engine_for(connection)
        with engine.begin() as begun:
            config.attributes["connection"] = begun
            command.upgrade(config, target)
        engine.dispose()


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error).splitlines()[0]
