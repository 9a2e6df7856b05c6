"""Making and upgrading plan files: whole or not at all, on any file system, and never over somebody's file."""

import os
import sqlite3
from contextlib import closing

import pytest

from dmdesk import schema, store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core import rows


def test_a_new_file_is_a_plan_of_the_present_schema(tmp_path):
    schema.create(tmp_path / "a.dmplan")
    assert store.inspect(tmp_path / "a.dmplan") == store.SCHEMA
    assert rows.listed(tmp_path) == ["a.dmplan"]


@pytest.mark.parametrize(
    "error", [PermissionError(1, "Operation not permitted"), OSError(95, "not supported")]
)
def test_a_plan_can_be_made_where_the_file_system_knows_no_links(tmp_path, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(os, "link", refuse)
    schema.create(tmp_path / "a.dmplan", rows.small())
    assert rows.on_disk(tmp_path / "a.dmplan") == rows.state(rows.small())
    with pytest.raises(PlanError, match="is there already"):
        schema.create(tmp_path / "a.dmplan")
    assert rows.listed(tmp_path) == ["a.dmplan"]


def test_a_file_that_appears_while_the_plan_is_made_is_left_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "a.dmplan"
    fill = store.fill

    def meanwhile(connection, data):
        path.write_text("mine")
        fill(connection, data)

    monkeypatch.setattr(store, "fill", meanwhile)
    with pytest.raises(PlanError, match="is there already and was left as it is"):
        schema.create(path)
    assert (path.read_text(), rows.listed(tmp_path)) == ("mine", ["a.dmplan"])


def test_a_plan_that_cannot_be_made_leaves_nothing_behind(tmp_path, monkeypatch, unwritable):
    with pytest.raises(PlanError, match=r"cannot be written \(.*\); choose another place\.$"):
        schema.create(tmp_path / "no such folder/a.dmplan")
    with (
        unwritable(tmp_path),
        pytest.raises(PlanError, match=r"cannot be written \(.*\); choose another place\.$"),
    ):
        schema.create(tmp_path / "a.dmplan")

    def fail(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store, "fill", fail)
    with pytest.raises(PlanError, match=r"cannot be written \(.*disk is full\)"):
        schema.create(tmp_path / "a.dmplan")
    assert rows.listed(tmp_path) == []


@pytest.mark.parametrize("revision", store.REVISIONS[:-1])
def test_rows_of_every_kind_survive_the_upgrade_and_fit_their_fields(tmp_path, revision):
    path = tmp_path / "a.dmplan"
    schema.migrate(path, revision)
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        for kind in kinds():
            if kind.name in tables:
                _fill(connection, kind)
        connection.commit()
    schema.upgrade(path)
    assert store.inspect(path) == store.SCHEMA
    with closing(store.Store(path, read_only=True)) as file:
        data = PlanData(file.rows)
        assert [kind.name for kind in kinds() if kind.name in tables and len(data.rows(kind.name)) != 1] == []
        for kind in kinds():
            for row in data.rows(kind.name).values():
                for field in kind.fields:
                    assert field.type.clean(getattr(row, field.name)) == getattr(row, field.name), field


def test_a_plan_from_before_the_risk_register_keeps_all_it_says_and_has_no_settings_for_risks_yet(tmp_path):
    path = tmp_path / "a.dmplan"
    schema.migrate(path, "0006")
    said = {
        "id": "plan",
        "handle": "LDM-294",
        "title": "Organization",
        "version": "3.0",
        "date": "2017-06-30",
    }
    with closing(sqlite3.connect(path)) as connection:
        texts = {
            row[1]: "" for row in connection.execute('PRAGMA table_info("plan")') if row[2] == "TEXT"
        } | said
        names, marks = ", ".join(texts), ", ".join("?" * len(texts))
        connection.execute(f"INSERT INTO plan ({names}) VALUES ({marks})", list(texts.values()))
        _fill(connection, kinds()["product"])
        connection.commit()
    schema.upgrade(path)
    with closing(store.Store(path, read_only=True)) as file:
        data = PlanData(file.rows)
        plan = data.plan()
        assert {name: getattr(plan, name) for name in said} == said
        assert len(data.rows("product")) == 1
        assert (plan.currency, plan.cost_baseline, plan.scale, plan.risk_pattern) == ("", None, "", "")
        assert (plan.review_days, plan.candidate_days) == (None, None)
        for kind in ("risk", "score", "review", "scale", "category"):
            assert not data.rows(kind)


def _fill(connection, kind):
    """One row with something in every column, as a program of that time would have written it."""
    columns = [row[1:3] for row in connection.execute(f'PRAGMA table_info("{kind.name}")')]
    values = [
        1 if kind_of_column == "INTEGER" else "" if name != "id" else "row"
        for name, kind_of_column in columns
    ]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    connection.execute(
        f'INSERT INTO "{kind.name}" ({names}) VALUES ({", ".join("?" * len(columns))})', values
    )


def test_an_upgrade_that_cannot_be_written_leaves_the_file_as_it_was(tmp_path, unwritable):
    path = tmp_path / "a.dmplan"
    schema.migrate(path, "0001")
    before = path.read_bytes()
    with unwritable(tmp_path), pytest.raises(PlanError):
        schema.upgrade(path)
    assert path.read_bytes() == before
    assert rows.listed(tmp_path) == ["a.dmplan"]
