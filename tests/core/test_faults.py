"""Faults: a program killed in the middle of a step, a full disk. The plan is as it was, and the next step works."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from dmdesk import changes as c
from dmdesk import store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import programs, rows

PRODUCT = kinds()["product"]
LONG = "words " * 20_000


def filled(path):
    with Plan.open(rows.empty_file(path)) as plan:
        made = (PRODUCT.make({"key": f"P{at}", "note": "before"}) for at in range(200))
        plan.step("Fill", map(c.add, made))
    return rows.on_disk(path)


@pytest.mark.parametrize("spilled", [False, True])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_program_killed_in_the_middle_of_a_step_leaves_the_state_before_it(tmp_path, spilled, read_only):
    path = tmp_path / "a.dmplan"
    before = filled(path)
    code, said = programs.run(programs.DIES_IN_A_STEP, path, spilled=spilled)
    assert (code, said) == (-9, "")
    assert rows.listed(tmp_path) == ["a.dmplan", "a.dmplan-journal"]
    with Plan.open(path, read_only=read_only) as plan:
        assert bool(plan.read_only) is read_only
        assert rows.state(plan.data) == before
        assert [step.title for step in plan.history()] == ["Fill"]
    with Plan.open(path) as plan:
        assert plan.step("Rename", [c.put(next(iter(plan.data.rows("product").values())), {"name": "New"})])
        assert rows.state(plan.data) == rows.on_disk(path)
    assert rows.listed(tmp_path) == ["a.dmplan"]


def test_a_half_done_step_in_a_folder_that_cannot_be_written_says_what_to_do(tmp_path, unwritable):
    path = tmp_path / "a.dmplan"
    filled(path)
    programs.run(programs.DIES_IN_A_STEP, path, spilled=True)
    with (
        unwritable(tmp_path),
        pytest.raises(PlanError, match=r"copy the file together with its -journal to a folder"),
    ):
        Plan.open(path)
    with Plan.open(path) as plan:
        assert plan.read_only == ""


def test_an_error_in_the_middle_of_a_step_changes_nothing(tmp_path, monkeypatch):
    path = tmp_path / "a.dmplan"
    before = filled(path)
    with Plan.open(path) as plan:
        plan.data.load_all()
        monkeypatch.setattr(store.Store, "log", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            plan.step("Drop", [c.drop(row) for row in plan.data.rows("product").values()])
        monkeypatch.undo()
        assert rows.state(plan.data) == before == rows.on_disk(path)
        assert plan.step("Add", [c.add(PRODUCT.make({"key": "next"}))])


def full(plan, change):
    before, history = rows.state(plan.data), plan.history()
    with pytest.raises(
        PlanError, match=r"was not saved because the disk is full; free some space and try again\.$"
    ):
        plan.step("Too much", [change])
    assert rows.state(plan.data) == before == rows.on_disk(plan.path)
    assert plan.history() == history


def test_a_full_disk_is_told_as_such_and_the_next_step_works_after_room_is_made(plan):
    plan.step("Add", [c.add(PRODUCT.make({"key": "A"}, "a"))])
    limit = plan._store._db.execute("PRAGMA page_count").fetchone()[0] + 1
    plan._store._db.execute(f"PRAGMA max_page_count = {limit}")
    full(plan, c.put(plan.data.get("product", "a"), {"note": LONG}))
    plan._store._db.execute("PRAGMA max_page_count = 1000000")
    assert plan.step("Add", [c.put(plan.data.get("product", "a"), {"note": LONG})])
    assert rows.on_disk(plan.path)["product"]["a"].note == LONG.strip("\n")


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of a megabyte, where the tests may mount one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only the superuser of Linux can mount a file system")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_really_full_is_told_as_such_and_the_next_step_works_after_room_is_made(tiny_disk):
    with Plan.open(rows.empty_file(tiny_disk / "a.dmplan")) as plan:
        plan.step("Add", [c.add(PRODUCT.make({"key": "A"}, "a"))])
        ballast = tiny_disk / "ballast"
        with pytest.raises(OSError, match="No space left"):
            ballast.write_bytes(bytes(1024 * 1024))
        full(plan, c.put(plan.data.get("product", "a"), {"note": LONG}))
        ballast.unlink()
        assert plan.step("Add", [c.put(plan.data.get("product", "a"), {"note": LONG})])
        assert rows.on_disk(plan.path)["product"]["a"].note == LONG.strip("\n")
    assert rows.listed(tiny_disk) == ["a.dmplan"]


def test_a_copy_to_a_full_disk_is_not_told_as_damage(tiny_disk, tmp_path):
    with Plan.open(rows.empty_file(tmp_path / "a.dmplan")) as plan:
        plan.step("Add", [c.add(PRODUCT.make({"key": "A", "note": LONG * 5}))])
        with pytest.raises(
            PlanError, match=r"copy\.dmplan” cannot be written \(the disk is full\); choose another place\.$"
        ):
            plan.save_copy(tiny_disk / "copy.dmplan")
    assert rows.listed(tiny_disk) == []


def test_a_file_that_another_program_is_writing_is_busy_and_not_damaged(plan, monkeypatch):
    plan.step("Add", [c.add(PRODUCT.make({"key": "A"}, "a"))])
    plan._store._db.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(plan.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(PlanError, match=r"because another program is using the file; try again\.$"):
            plan.step("Rename", [c.put(plan.data.get("product", "a"), {"name": "New"})])
        with pytest.raises(PlanError, match=r"is being written by another program; try again in a moment\.$"):
            plan.history()
    assert plan.step("Rename", [c.put(plan.data.get("product", "a"), {"name": "New"})])
