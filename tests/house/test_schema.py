"""The schema is said once: tables follow from the kinds, and the migrations lead exactly there."""

import sqlite3
from contextlib import closing

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from dmdesk import schema, store
from dmdesk.kinds import kinds


def tables(path):
    """Table → what matters of it; the order of columns does not, because added ones come last."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        ask = connection.execute
        for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            columns = {row[1]: (row[2], bool(row[3]), row[5]) for row in ask(f'PRAGMA table_info("{name}")')}
            keys = sorted(tuple(row[2:7]) for row in ask(f'PRAGMA foreign_key_list("{name}")'))
            indexes = sorted(
                (row[1], row[2], tuple(part[2] for part in ask(f'PRAGMA index_info("{row[1]}")').fetchall()))
                for row in ask(f'PRAGMA index_list("{name}")').fetchall()
            )
            found[name] = (columns, keys, indexes)
        others = "SELECT type, name, sql FROM sqlite_master WHERE type NOT IN ('table', 'index')"
        found[""] = sorted(ask(others).fetchall())
    return found


@pytest.fixture
def migrated(tmp_path):
    path = tmp_path / "migrated.dmplan"
    schema.migrate(path, "head")
    return path


def test_the_migrations_lead_from_nothing_to_exactly_the_schema_of_the_kinds(migrated, tmp_path):
    schema.create(tmp_path / "created.dmplan")
    assert tables(migrated) == tables(tmp_path / "created.dmplan")


def test_a_migrated_file_is_a_plan_of_the_present_schema(migrated):
    assert store.inspect(migrated) == store.SCHEMA


def test_the_known_revisions_are_those_of_the_migrations_in_one_line():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [store.SCHEMA]
    assert tuple(revision.revision for revision in script.walk_revisions())[::-1] == store.REVISIONS


def test_every_kind_has_a_table_with_a_column_for_each_field(migrated):
    found = tables(migrated)
    for kind in kinds():
        columns, _, _ = found[kind.name]
        assert set(columns) == {"id", *(field.name for field in kind.fields)}
        assert columns["id"] == ("TEXT", True, 1)


def test_no_table_is_left_that_nothing_uses(migrated):
    assert set(tables(migrated)) == {kind.name for kind in kinds()} | {
        "step",
        "change",
        "baseline",
        "compaction",
        "alembic_version",
        "",
    }
