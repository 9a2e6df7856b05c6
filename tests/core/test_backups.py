"""Backups: one before a plan's first change of a day, ten kept, and a way back that can itself be taken back."""

from datetime import date, timedelta

import pytest

import dmdesk.plan
from dmdesk import backups, schema, store
from dmdesk import changes as c
from dmdesk.baselines import Terms
from dmdesk.baselines.telling import without
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import rows

TEAM = kinds()["team"]


@pytest.fixture
def clock(monkeypatch):
    """A calendar that stands still until it is set."""

    class Today(date):
        now = date(2017, 6, 25)

        @classmethod
        def today(cls):
            return cls.now

    monkeypatch.setattr(dmdesk.plan, "date", Today)
    return Today


def add(plan, key):
    return plan.step(f"Add {key}", [c.add(TEAM.make({"key": key}, key))])


def stems(plan):
    return [backup.stem for backup in backups.found(plan.path)]


def test_a_plan_that_is_only_read_has_no_backups(plan):
    plan.data.load_all()
    assert backups.found(plan.path) == []


def test_a_backup_is_made_before_the_first_change_of_a_day_and_not_again(plan, clock):
    add(plan, "a")
    add(plan, "b")
    plan.undo()
    plan.close()
    with Plan.open(plan.path) as again:
        add(again, "c")
        assert stems(again) == ["2017-06-25"]
        assert rows.on_disk(backups.found(again.path)[0])["team"] == {}
        clock.now += timedelta(days=1)
        again.undo()
        assert stems(again) == ["2017-06-26", "2017-06-25"]
        assert set(rows.on_disk(backups.found(again.path)[0])["team"]) == {"a", "c"}


def test_backups_lie_apart_from_the_plan_and_from_those_of_a_namesake(plan, tmp_path):
    add(plan, "a")
    (tmp_path / "other").mkdir()
    with Plan.open(rows.empty_file(tmp_path / "other/plan.dmplan")) as namesake:
        add(namesake, "b")
        assert backups.folder(namesake.path) != backups.folder(plan.path)
        assert len(stems(namesake)) == len(stems(plan)) == 1
    assert rows.listed(tmp_path) == ["other", "plan.dmplan"]


def test_ten_backups_are_kept(plan, clock):
    for day in range(14):
        clock.now = date(2017, 6, 25) + timedelta(days=day)
        add(plan, f"t{day}")
    assert backups.KEPT == 10
    assert stems(plan) == [(date(2017, 7, 8) - timedelta(days=back)).isoformat() for back in range(10)]


def test_restoring_brings_back_the_day_and_keeps_what_was_there(plan, clock):
    add(plan, "a")
    clock.now += timedelta(days=1)
    add(plan, "b")
    told = []
    plan.listen(told.append)
    present = rows.state(plan.data)
    plan.restore("2017-06-26")
    assert set(plan.data.rows("team")) == {"a"}
    assert rows.on_disk(plan.path) == rows.state(plan.data)
    assert [(event.step, event.changes, event.how) for event in told] == [(None, (), "restore")]
    assert (plan.undoable.title, plan.redoable) == ("Add a", None)
    assert stems(plan) == ["2017-06-26-1", "2017-06-26", "2017-06-25"]
    plan.restore()
    assert rows.state(plan.data) == present
    add(plan, "c")
    assert set(rows.on_disk(plan.path)["team"]) == {"a", "b", "c"}


def test_backups_of_a_day_are_found_newest_first_even_after_many(plan, clock):
    add(plan, "a")
    for _ in range(11):
        backups.keep_present(plan.path, clock.now)
    assert stems(plan) == [f"2017-06-25-{number}" for number in range(11, 0, -1)] + ["2017-06-25"]


def test_any_plan_file_can_be_restored_from_by_its_path(plan, tmp_path):
    add(plan, "a")
    plan.save_copy(tmp_path / "copy.dmplan")
    add(plan, "b")
    assert plan.restore(str(tmp_path / "copy.dmplan")) == tmp_path / "copy.dmplan"
    assert set(plan.data.rows("team")) == {"a"}


def test_a_backup_that_is_not_there_is_named_with_those_that_are(plan, clock):
    with pytest.raises(PlanError, match=r"^There is no backup of “plan\.dmplan”; there are: none yet\.$"):
        plan.restore()
    add(plan, "a")
    with pytest.raises(PlanError, match=r"no backup “2016” of “plan\.dmplan”; there are: 2017-06-25\.$"):
        plan.restore("2016")


def unchanged_by_restoring(plan, name, words):
    before = rows.state(plan.data)
    with pytest.raises(PlanError, match=words):
        plan.restore(name)
    assert rows.state(plan.data) == before == rows.on_disk(plan.path)


def test_restoring_is_refused_from_what_is_no_plan_damaged_or_older(plan, tmp_path, clock):
    add(plan, "a")
    (tmp_path / "no.dmplan").write_text("nothing")
    unchanged_by_restoring(plan, str(tmp_path / "no.dmplan"), "is not a dmdesk plan")
    schema.migrate(tmp_path / "older.dmplan", "0001")
    unchanged_by_restoring(plan, str(tmp_path / "older.dmplan"), "is of an older schema; open it by itself")
    backup = backups.found(plan.path)[0]
    backup.write_bytes(backup.read_bytes()[:8192])
    unchanged_by_restoring(plan, "2017-06-25", "is damaged")


def test_restoring_is_refused_on_a_plan_that_can_only_be_read(plan):
    add(plan, "a")
    with Plan.open(plan.path, read_only=True) as reader, pytest.raises(PlanError, match="for reading only"):
        reader.restore()
    assert set(rows.on_disk(plan.path)["team"]) == {"a"}


def test_a_backup_appears_whole_or_not_at_all(plan, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(PlanError, match=r"cannot be written \(No space left on device\)"):
        backups.make(plan.path, date(2017, 6, 25))
    assert rows.listed(backups.folder(plan.path)) == []


def test_a_backup_is_a_plan_like_any_other(plan):
    add(plan, "a")
    assert store.inspect(backups.found(plan.path)[0]) == store.SCHEMA


def sealed(plan, version):
    return plan.seal(Terms(version, "2017-06-30"))


def test_restoring_tells_before_which_baselines_go_and_keeps_them_for_good(plan, clock):
    add(plan, "a")
    assert plan.lost_in(backups.found(plan.path)[0]) == []
    sealed(plan, "1.0")
    backups.keep_present(plan.path, clock.now)
    sealed(plan, "1.1")
    sealed(plan, "1.2")
    plan.note_print("1.1", "ab" * 32, "letter", exported=True)
    newest, oldest = backups.found(plan.path)
    assert [one.version for one in plan.lost_in(newest)] == ["1.1", "1.2"]
    assert without(plan.lost_in(newest), newest.stem) == (
        "The backup “2017-06-25-1” does not have baselines 1.1 (exported, so others may have it) and 1.2; once it is "
        "restored, they are only in the copy that is kept of the plan as it is now."
    )
    assert "does not have baselines 1.0, 1.1 (exported, so others may have it) and 1.2;" in without(
        plan.lost_in(oldest), oldest.stem
    )
    plan.restore(newest.stem)
    assert [one.version for one in plan.baselines()] == ["1.0"]
    for _ in range(15):
        clock.now += timedelta(days=1)
        add(plan, f"t{clock.now.day}")
    kept = f"2017-06-25 {backups.RESTORING}"
    assert kept in stems(plan), "not pushed out by newer ones"
    plan.restore(kept)
    assert [one.version for one in plan.baselines()] == ["1.0", "1.1", "1.2"]
    assert plan.baselines()[1].exported
