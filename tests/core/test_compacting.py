"""Compacting: the oldest steps go for good, and all else stays: the plan, its baselines, what came after, a copy."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk import backups, compacting, store
from dmdesk import changes as c
from dmdesk.baselines import Terms
from dmdesk.compacting import Boundary
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import programs, rows

DIES_BEFORE_SHRINKING = """
from dmdesk import store
from dmdesk.compacting import Boundary
from dmdesk.plan import Plan
store.Store.shrink = lambda self: os.kill(os.getpid(), signal.SIGKILL)
Plan.open(path).compact(Boundary(3, ""))
"""

DIES_WHILE_REMOVING = """
from dmdesk import store
from dmdesk.compacting import Boundary
from dmdesk.plan import Plan
remove = store.Store.remove_until
def die(self, *told):
    remove(self, *told)
    os.kill(os.getpid(), signal.SIGKILL)
store.Store.remove_until = die
Plan.open(path).compact(Boundary(3, ""))
"""


@pytest.fixture
def plan(tmp_path):
    """Five steps: three long ones, the seal of 1.0, and a rename of B."""
    made = Plan.open(rows.empty_file(tmp_path / "a.dmplan"))
    make = kinds()["product"].make
    made.step("Begin", [c.add(make({"key": id, "name": id}, id)) for id in ("A", "B")])
    rename(made, "A", note="words " * 20_000)
    rename(made, "A", note="")
    made.seal(Terms("1.0", "2017-06-30"))
    rename(made, "B", name="Berta")
    yield made
    made.close()


def rename(plan, id, **values):
    return plan.step(f"Change {id}", [c.put(plan.data.get("product", id), values)])


def titles(plan):
    return [step.title for step in plan.history()]


def upto(plan, words=""):
    return plan.boundary(words)


def test_the_history_up_to_a_baseline_goes_and_the_file_gets_smaller(plan):
    then, before = rows.state(plan.data), plan.path.stat().st_size
    done = plan.compact(upto(plan))
    assert titles(plan) == ["Change B"]
    assert rows.state(plan.data) == then == rows.on_disk(plan.path)
    assert (done.sizes.before, done.sizes.after) == (before, plan.path.stat().st_size)
    assert done.sizes.after < before - 100_000
    assert (done.compaction.version, done.compaction.steps, done.compaction.changes) == ("1.0", 4, 4)
    assert plan.past.compactions() == [done.compaction]


def test_what_would_go_and_remain_is_known_before_to_the_byte(plan):
    there = upto(plan)
    told = compacting.sizes(plan.path, there)
    found = compacting.extent(plan._store, there)
    assert (found.steps, found.changes) == (4, 4)
    done = plan.compact(there)
    assert done.sizes.before == told.before
    assert abs(done.sizes.after - told.after) <= 4096


def test_undo_never_goes_below_and_redo_comes_back(plan):
    plan.compact(upto(plan))
    assert plan.undo().title == "Change B"
    assert plan.undo() is None
    assert plan.redo().title == "Change B"


def test_a_copy_with_the_whole_history_is_kept_for_good(plan):
    every = titles(plan)
    kept = plan.compact(upto(plan)).backup
    with Plan.open(kept, read_only=True) as copy:
        assert titles(copy) == every
    for day in range(1, 20):
        (backups.folder(plan.path) / f"2031-01-{day:02d}.dmplan").write_bytes(b"")
    backups.make(plan.path, backups.date(2031, 2, 1))
    assert kept.exists()
    assert len(backups.found(plan.path)) == backups.KEPT + 1


def test_nothing_is_removed_where_the_copy_cannot_be_kept(plan, monkeypatch):
    every = titles(plan)

    def full(*_):
        raise PlanError("The disk is full.")

    monkeypatch.setattr(store, "copy_file", full)
    with pytest.raises(PlanError, match=r"was not compacted, because no copy of it could be kept\. The disk"):
        plan.compact(upto(plan))
    assert titles(plan) == every
    assert plan.past.compactions() == []


def test_when_rows_were_changed_last_stays_known_however_often_it_is_compacted(plan):
    then = plan.last_changes()
    plan.compact(Boundary(1, ""))
    assert plan.last_changes() == then
    plan.compact(Boundary(3, ""))
    assert plan.last_changes() == then
    rename(plan, "A", note="again")
    assert plan.last_changes().keys() == {"A", "B"}


def test_baselines_stand_and_open_as_before_even_when_their_step_is_gone(plan):
    sealed = plan.baselines()
    then = rows.state(plan.at("1.0"))
    plan.compact(Boundary(5, ""))
    assert titles(plan) == []
    with Plan.open(plan.path, read_only=True) as again:
        assert again.baselines() == sealed
        assert rows.state(again.at("1.0")) == then


def test_numbers_of_steps_are_never_used_again(plan):
    plan.compact(Boundary(5, ""))
    assert rename(plan, "B", name="Bertram").id == 6


def test_steps_that_redo_could_make_again_are_not_removed(plan):
    plan.undo()
    with pytest.raises(PlanError, match="redo could not make them again"):
        plan.compact(Boundary(5, ""))
    assert plan.redo().title == "Change B"


def test_compacting_twice_up_to_the_same_step_says_that_nothing_is_left(plan):
    plan.compact(upto(plan))
    with pytest.raises(PlanError, match="begins after that already"):
        plan.compact(upto(plan))


def test_a_program_killed_while_it_removes_leaves_everything(plan):
    every = titles(plan)
    plan.close()
    assert programs.run(DIES_WHILE_REMOVING, plan.path)[0] == -9
    with Plan.open(plan.path) as again:
        assert titles(again) == every
        assert again.past.compactions() == []


def test_a_program_killed_before_it_gives_back_the_room_loses_nothing(plan):
    then, size = rows.state(plan.data), plan.path.stat().st_size
    plan.close()
    assert programs.run(DIES_BEFORE_SHRINKING, plan.path)[0] == -9
    with Plan.open(plan.path) as again:
        assert titles(again) == ["Change B", "Seal 1.0"]
        assert rows.state(again.data) == then
        assert plan.path.stat().st_size >= size
        again.compact(Boundary(4, "1.0"))
        assert plan.path.stat().st_size < size - 100_000


def test_where_the_room_cannot_be_given_back_it_is_said(plan, monkeypatch):
    def busy(_):
        raise PlanError("busy")

    monkeypatch.setattr(store.Store, "shrink", busy)
    done = plan.compact(upto(plan))
    assert "as large as before" in done.unshrunk
    assert titles(plan) == ["Change B"]


def test_a_version_a_day_a_step_and_nothing_name_where_to_compact_to(plan):
    assert upto(plan) == upto(plan, "1.0") == Boundary(4, "1.0")
    assert upto(plan, "3") == upto(plan, "step 3") == Boundary(3, "")
    assert upto(plan, "2999-01-01") == Boundary(5, "")
    for words, said in (
        ("2001-01-01", "no step before"),
        ("99", "no step of this plan"),
        ("2017-99-99", "no day"),
    ):
        with pytest.raises(PlanError, match=said):
            upto(plan, words)


def test_without_a_baseline_it_must_be_said_up_to_where(tmp_path):
    with Plan.create(tmp_path / "b.dmplan") as plan, pytest.raises(PlanError, match="There is no baseline"):
        upto(plan)


def test_a_read_only_plan_is_not_compacted(plan):
    plan.close()
    with Plan.open(plan.path, read_only=True) as looked, pytest.raises(PlanError, match="for reading only"):
        looked.compact(Boundary(3, ""))


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_every_step_after_the_boundary_is_undone_and_redone_as_before(tmp_path_factory, data):
    with Plan.open(rows.empty_file(tmp_path_factory.mktemp("law") / "a.dmplan")) as plan:
        plan.step("Begin", [c.add(kinds()["product"].make({"key": "A", "name": "0"}, "A"))])
        states = [rows.state(plan.data)]
        for number in range(1, data.draw(st.integers(2, 9))):
            rename(plan, "A", name=str(number))
            states.append(rows.state(plan.data))
        last = data.draw(st.integers(1, len(states)))
        plan.compact(Boundary(last, ""))
        for number in range(len(states) - 1, last - 1, -1):
            assert rows.state(plan.data) == states[number]
            assert plan.undo()
        assert rows.state(plan.data) == states[last - 1]
        assert plan.undo() is None
        while plan.redo():
            pass
        assert rows.state(plan.data) == states[-1] == rows.on_disk(plan.path)


def test_an_older_file_gets_the_table_and_is_compacted(tmp_path):
    from dmdesk import schema

    path = tmp_path / "old.dmplan"
    schema.migrate(path, "0009")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO step VALUES (1, '2017-01-01T00:00:00Z', 'a', 'Old', '', 'done', '0009', 0, '')"
        )
    with Plan.open(path) as plan:
        assert plan.compact(Boundary(1, "")).compaction.until == "2017-01-01T00:00:00Z"
        assert titles(plan) == []
