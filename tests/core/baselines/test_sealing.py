"""Sealing: a version is kept as it was, comes and goes with its step, and nothing changes it afterwards."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk import baselines, schema, store
from dmdesk import changes as c
from dmdesk.baselines import Terms
from dmdesk.canon import dumps, loads
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan, preview
from tests.core import rows


@given(rows.plans())
def test_a_text_with_all_ids_gives_back_the_very_rows_and_the_same_bytes(data):
    words = dumps(data, all_ids=True)
    again = loads(words, "the baseline")
    assert rows.state(again) == rows.state(data)
    assert dumps(again, all_ids=True) == words


@pytest.fixture
def full(tmp_path):
    with Plan.open(rows.full_file(tmp_path / "full.dmplan")) as plan:
        yield plan


def sealed(plan, version, **more):
    return plan.seal(Terms(version, "2017-06-30", **more))


def rename(plan, name):
    row = plan.data.get("product", "product1")
    return plan.step("Rename", [c.put(row, {"name": name})])


def test_a_sealed_version_is_what_the_plan_was_whatever_is_done_later(full):
    then = rows.state(full.data)
    words = dumps(full.data, all_ids=True)
    one = sealed(full, "1.0", description="First", owner="WOM")
    rename(full, "Something else")
    assert rows.state(full.at("1.0")) == then
    assert dumps(full.at("1.0"), all_ids=True) == words
    assert one.sha256 == baselines.sha256(words.encode())
    with Plan.open(full.path, read_only=True) as again:
        assert rows.state(again.at("1.0")) == then
        assert [(one.version, one.description, one.owner) for one in again.baselines()] == [
            ("1.0", "First", "WOM")
        ]


def test_what_is_sealed_lies_between_the_changes_before_and_after(full):
    row = full.data.get("product", "product1")
    sealed_row = c.applied(row, c.put(row, {"name": "as released"}))
    full.seal(
        Terms("1.0", "2017-06-30"),
        [c.put(row, {"name": "as released"})],
        [c.put(sealed_row, {"name": "draft"})],
    )
    assert full.at("1.0").get("product", "product1").name == "as released"
    assert full.data.get("product", "product1").name == "draft"
    full.undo()
    assert full.data.get("product", "product1").name == row.name


def test_undo_takes_the_baseline_back_and_redo_brings_the_very_same(full):
    first = sealed(full, "1.0")
    full.undo()
    assert full.baselines() == []
    with pytest.raises(PlanError, match=r"There is no baseline “1\.0”"):
        full.at("1.0")
    full.redo()
    assert full.baselines() == [first]


def test_a_baseline_that_was_undone_and_overtaken_is_gone_and_its_version_free(full):
    sealed(full, "1.0")
    full.undo()
    rename(full, "Overtaken")
    other = sealed(full, "1.0")
    assert [one.seal for one in full.baselines()] == [other.seal]
    assert other.number == 1
    with closing(sqlite3.connect(full.path)) as connection:
        assert connection.execute("SELECT count(*) FROM baseline").fetchone() == (1,)


def test_a_release_that_was_exported_is_not_undone(full):
    sealed(full, "1.0")
    full.note_print("1.0", "ab" * 32, "letter", exported=True)
    with pytest.raises(PlanError, match=r"^Version 1\.0 cannot be undone: its PDF was exported on .*\.$"):
        full.undo()
    assert [one.version for one in full.baselines()] == ["1.0"]
    later = rename(full, "Later")
    full.undo()
    assert later and full.undoable.title == "Seal 1.0"


def test_the_step_of_a_seal_is_taken_back_by_undo_alone(full):
    sealed(full, "1.0")
    rename(full, "Later")
    step = next(one for one in full.history() if one.title == "Seal 1.0")
    with pytest.raises(PlanError, match="only undo takes that back"):
        full.take_back([step])


def test_a_print_is_noted_once(full):
    sealed(full, "1.0")
    full.note_print("1.0", "ab" * 32, "letter", exported=False)
    full.note_print("1.0", "cd" * 32, "a4", exported=True)
    one = full.baselines()[0]
    assert (one.pdf, one.paper) == ("ab" * 32, "letter") and one.exported
    full.note_print("1", "cd" * 32, "a4", exported=True)
    assert full.baselines() == [one]


@pytest.mark.parametrize("column", store.BASELINE)
def test_sqlite_refuses_to_change_any_column_of_a_sealed_row(full, column):
    sealed(full, "1.0", pdf="ab" * 32, paper="letter", exported="2017-06-30T00:00:00Z")
    if column == "mark":
        return
    with closing(sqlite3.connect(full.path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="a sealed baseline is never changed"):
            connection.execute(
                f"UPDATE baseline SET {column} = 'other'"
                if column != "number"
                else "UPDATE baseline SET number = 7"
            )
        with pytest.raises(sqlite3.IntegrityError, match="a sealed baseline is kept"):
            connection.execute("DELETE FROM baseline")


def test_the_numbers_of_steps_go_on_after_the_history_was_removed(full):
    rename(full, "First")
    one = sealed(full, "1.0")
    path = full.path
    full.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM change")
        connection.execute("DELETE FROM step")
        connection.commit()
    with Plan.open(path) as again:
        assert again.baselines() == [one]
        assert rename(again, "Second").id > one.step
        assert again.at("1.0").get("product", "product1").name == "First"


def test_removing_a_step_that_was_undone_removes_what_it_sealed(full):
    sealed(full, "1.0")
    full.undo()
    with closing(sqlite3.connect(full.path)) as connection:
        connection.execute("DELETE FROM step")
        connection.commit()
        assert connection.execute("SELECT count(*) FROM baseline").fetchone() == (0,)


@pytest.mark.parametrize(
    "bad", ["", "3.", ".3", "v3.1", "3.1a", "3,1", "-3", "3.1 ", "03.1", "3.01", "1" * 12, "٣.١"]
)
def test_a_malformed_version_is_refused(full, bad):
    with pytest.raises(PlanError, match=r"is no version; give whole numbers with dots between, such as 3\.1"):
        sealed(full, bad)
    assert full.history() == []


def test_a_version_is_sealed_once_and_never_before_the_last(full):
    for version in ("3.0", "3.9", "3.10"):
        sealed(full, version)
    with pytest.raises(PlanError, match=r"^Version 3\.10 was sealed on .* already"):
        sealed(full, "3.10")
    with pytest.raises(PlanError, match=r"^Version 3\.0 was sealed"):
        sealed(full, "3")
    with pytest.raises(PlanError, match=r"^3\.9\.5 comes before 3\.10, which is sealed"):
        sealed(full, "3.9.5")
    assert [one.version for one in full.baselines()] == ["3.0", "3.9", "3.10"]
    assert baselines.next_version(full.baselines(), full.data) == "3.11"


def test_before_the_first_baseline_the_change_record_says_what_was_released(plan):
    made = kinds()["revision"].make({"version": "3.0", "date": "2017-06-30", "description": "x"})
    plan.step("Enter", [c.add(made)])
    with pytest.raises(PlanError, match=r"2\.9 comes before 3\.0, the last version in the change record"):
        sealed(plan, "2.9")
    assert sealed(plan, "3.0").version == "3.0"


def test_a_plan_that_is_read_only_is_not_sealed(full):
    with Plan.open(full.path, read_only=True) as plan, pytest.raises(PlanError, match="reading only"):
        sealed(plan, "1.0")


def test_a_seal_that_cannot_be_written_leaves_nothing(full, monkeypatch):
    def fail(*_):
        raise sqlite3.OperationalError("database or disk is full")

    row = full.data.get("product", "product1")
    monkeypatch.setattr(store.Store, "put_baseline", fail)
    with pytest.raises(PlanError, match="was not saved"):
        full.seal(Terms("1.0", "2017-06-30"), [c.put(row, {"name": "half"})])
    assert full.history() == [] and full.baselines() == []
    assert full.data.get("product", "product1") == row
    assert rows.on_disk(full.path) == rows.state(full.data)


def test_listing_baselines_never_reads_a_text(full, monkeypatch):
    sealed(full, "1.0")
    import zlib

    monkeypatch.setattr(zlib, "decompressobj", lambda: 1 / 0)
    assert [one.version for one in full.baselines()] == ["1.0"]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6))
@settings(max_examples=30)
def test_versions_are_ordered_number_by_number(pairs):
    words = [f"{major}.{minor}" for major, minor in pairs]
    assert sorted(words, key=baselines.numbers) == [f"{major}.{minor}" for major, minor in sorted(pairs)]


def test_a_file_of_the_schema_before_gets_the_table_and_can_be_sealed(tmp_path):
    path = tmp_path / "old.dmplan"
    schema.migrate(path, store.REVISIONS[-2])
    with Plan.open(path) as plan:
        assert plan.baselines() == []
        plan.step("Add", [c.add(row) for row in rows.small().rows("team").values()])
        sealed(plan, "1.0")
        assert rows.state(plan.at("1.0")) == rows.state(preview(plan.data, []))
