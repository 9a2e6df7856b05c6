"""The plan file: what is written is what is read, copies are whole, and the connection is set as it must be."""

from contextlib import closing

import pytest
from hypothesis import given, settings

from dmdesk import changes as c
from dmdesk import schema, store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from tests.core import rows

TEAM = kinds()["team"]


@settings(max_examples=25)
@given(rows.plans())
def test_a_file_made_of_rows_holds_those_rows(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("made") / "a.dmplan"
    schema.create(path, data)
    assert rows.on_disk(path) == rows.state(data)


@given(rows.plans())
def test_rows_written_as_changes_are_the_rows_that_are_read(tmp_path_factory, data):
    path = rows.empty_file(tmp_path_factory.mktemp("written") / "a.dmplan")
    with Plan.open(path) as plan:
        plan.step("Import", c.difference(PlanData(), data))
    assert rows.on_disk(path) == rows.state(data)


def test_every_commit_is_on_the_disk_and_nothing_lies_beside_the_idle_file(plan):
    ask = plan._store._db.execute
    assert ask("PRAGMA synchronous").fetchone() == (2,)
    assert ask("PRAGMA journal_mode").fetchone() == ("delete",)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_file_manager_can_tell_a_plan_by_its_header(plan):
    header = plan.path.read_bytes()[:100]
    assert header[:15] == b"SQLite format 3"
    assert header[68:72] == b"DMP1"


def test_looking_at_a_file_changes_nothing(tmp_path):
    path = rows.full_file(tmp_path / "a.dmplan")
    before = path.read_bytes()
    assert store.inspect(path) == store.SCHEMA
    assert path.read_bytes() == before


def test_a_copy_made_while_a_step_is_half_done_holds_the_state_before_it(plan, tmp_path):
    plan.step("Add", [c.add(TEAM.make({"key": "A"}, "a"))])
    with plan._store.transaction():
        plan._store.write(c.add(TEAM.make({"key": "B"}, "b")))
        store.copy_file(plan.path, tmp_path / "copy.dmplan")
    assert set(rows.on_disk(tmp_path / "copy.dmplan")["team"]) == {"a"}


def test_a_copy_of_a_damaged_file_is_refused_and_leaves_what_was_there(tmp_path):
    source, target = rows.full_file(tmp_path / "a.dmplan"), tmp_path / "copy.dmplan"
    source.write_bytes(source.read_bytes()[:5000])
    target.write_text("old")
    with pytest.raises(PlanError, match=r"^“a\.dmplan” is damaged"):
        store.copy_file(source, target)
    assert (target.read_text(), rows.listed(tmp_path)) == ("old", ["a.dmplan", "copy.dmplan"])


def test_a_copy_of_a_file_that_is_gone_says_so(tmp_path):
    with pytest.raises(PlanError, match=r"^“gone\.dmplan” is no longer where it was"):
        store.copy_file(tmp_path / "gone.dmplan", tmp_path / "copy.dmplan")
    assert rows.listed(tmp_path) == []


def test_a_closed_file_is_a_mistake_of_ours_and_not_damage(tmp_path):
    file = store.Store(rows.empty_file(tmp_path / "a.dmplan"), read_only=True)
    file.close()
    with pytest.raises(Exception, match="closed database") as caught:
        file.rows(TEAM)
    assert not isinstance(caught.value, PlanError)


def test_a_file_opened_for_reading_cannot_be_written(tmp_path):
    with closing(store.Store(rows.empty_file(tmp_path / "a.dmplan"), read_only=True)) as file:
        with (
            pytest.raises(PlanError, match=r"because its folder cannot be written; save a copy elsewhere\.$"),
            file.transaction(),
        ):
            file.write(c.add(TEAM.make({"key": "A"})))
        assert file.rows(TEAM) == {}
