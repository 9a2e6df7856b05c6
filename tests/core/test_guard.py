"""The guard: one program writes, the others are told who, and a program that dies leaves no lock behind."""

import os
import signal

import pytest

from dmdesk import changes as c
from dmdesk import folders
from dmdesk.guard import Guard
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import programs, rows


@pytest.fixture
def path(tmp_path):
    return rows.empty_file(tmp_path / "a.dmplan")


@pytest.fixture
def other(path, monkeypatch):
    """Another program that has the plan open for writing."""
    monkeypatch.setenv("DMDESK_USER", "Frossie")
    process = programs.start(programs.OPENS_AND_WAITS, path)
    assert process.stdout.readline().strip() == "writable"
    yield process
    process.kill()
    process.communicate()


def holder_of(path):
    guard = Guard(path)
    guard.release()
    return guard.holder


def test_a_second_program_reads_and_is_told_who_writes(path, other):
    with Plan.open(path) as plan:
        assert plan.read_only.startswith("“a.dmplan” is open for writing elsewhere: Frossie on ")
        assert f"(process {other.pid}, since " in plan.read_only
        assert plan.read_only.endswith("It can be read here, not changed.")
        assert plan.data.counts()["product"] == 0


def test_the_plan_can_be_written_when_the_other_program_has_ended(path, other):
    other.communicate("", timeout=60)
    with Plan.open(path) as plan:
        assert plan.read_only == ""
        assert plan.step("Add", [c.add(kinds()["team"].make({"key": "A"}))])


def test_a_program_that_was_killed_leaves_no_lock(path, other):
    os.kill(other.pid, signal.SIGKILL)
    other.wait(60)
    with Plan.open(path) as plan:
        assert plan.read_only == ""
        assert plan.step("Add", [c.add(kinds()["team"].make({"key": "A"}))])


def test_a_second_window_of_the_same_program_reads_too(path):
    with Plan.open(path) as first, Plan.open(path) as second:
        assert first.read_only == ""
        assert f"process {os.getpid()}" in second.read_only
    with Plan.open(path) as third:
        assert third.read_only == ""


def test_who_writes_is_somebody_else_when_the_note_cannot_be_read(path):
    holder = Guard(path)
    note = folders.data() / "open" / f"{folders.of_plan(path)}.json"
    for text in ("", "[]", '{"user": 1}'):
        note.write_text(text)
        assert holder_of(path) == "another user or program"
    holder.release()
    assert not note.exists()
    assert holder_of(path) == ""


def test_a_note_that_cannot_be_written_is_no_reason_not_to_open(path, user_home, unwritable):
    folders.data().mkdir(parents=True)
    with unwritable(folders.data()):
        guard = Guard(path)
        assert guard.holder == ""
        guard.release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_does_not_keep_the_lock(path):
    guard = Guard(path)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(write)
        os.read(read, 1)
        os._exit(0)
    try:
        guard.release()
        assert holder_of(path) == ""
    finally:
        os.close(write)
        os.close(read)
        os.waitpid(child, 0)


def test_letting_go_twice_does_not_take_the_lock_from_another(path):
    first = Guard(path)
    first.release()
    second = Guard(path)
    first.release()
    assert second.holder == ""
    assert holder_of(path).endswith(")")
    second.release()
