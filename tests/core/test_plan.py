"""The open plan: one door for writing, exact ways back, refusals that change nothing, listeners that hear all."""

import os
import sqlite3
from contextlib import closing

import pytest

from dmdesk import backups
from dmdesk import changes as c
from dmdesk.errors import Conflict, PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Event, Plan, outcome, preview
from tests.core import rows

PRODUCT, TEAM, TRACE = (kinds()[name] for name in ("product", "team", "trace"))


@pytest.fixture
def filled(plan, small):
    plan.step("Fill", c.difference(plan.data.copy(), small))
    return plan


def rename(plan, id, name):
    return c.put(plan.data.get("product", id), {"name": name})


def test_a_step_is_seen_in_memory_in_the_file_and_in_the_history(filled):
    step = filled.step("Rename", [rename(filled, "ap", "Prompt")], "asked for by the board")
    assert filled.data.get("product", "ap").name == "Prompt"
    assert rows.on_disk(filled.path)["product"]["ap"].name == "Prompt"
    assert filled.history()[0] == step
    assert (step.title, step.why, step.state, step.size) == ("Rename", "asked for by the board", "done", 1)
    assert filled.changes_of(step) == [c.Change("set", "product", "ap", {"name": ("Alerts", "Prompt")})]


def test_a_step_that_changes_nothing_is_no_step(filled):
    before = filled.history()
    assert filled.step("Nothing", []) is None
    assert filled.step("The same", [rename(filled, "ap", "Alerts")]) is None
    assert filled.history() == before


def test_a_step_carries_the_name_the_user_chose(filled, monkeypatch):
    monkeypatch.setenv("DMDESK_USER", "W. O'Mullane")
    assert filled.step("Rename", [rename(filled, "ap", "Prompt")]).who == "W. O'Mullane"


def test_undo_and_redo_go_on_after_a_restart(filled):
    states = [rows.state(filled.data)]
    for name in ("one", "two", "three"):
        filled.step(name, [rename(filled, "ap", name)])
        states.append(rows.state(filled.data))
    filled.undo()
    filled.close()
    with Plan.open(filled.path) as again:
        assert (again.undoable.title, again.redoable.title) == ("two", "three")
        assert again.undo().title == "two"
        assert rows.state(again.data) == states[1]
    with Plan.open(filled.path) as again:
        assert (again.redo().title, again.redo().title, again.redo()) == ("two", "three", None)
        assert rows.state(again.data) == states[3]


def test_a_new_step_abandons_what_was_undone_but_keeps_it_in_the_history(filled):
    filled.step("one", [rename(filled, "ap", "one")])
    filled.undo()
    filled.step("two", [rename(filled, "ap", "two")])
    assert filled.redoable is None
    assert filled.redo() is None
    assert [(step.title, step.state) for step in filled.history()] == [
        ("two", "done"), ("one", "abandoned"), ("Fill", "done"),
    ]  # fmt: skip
    filled.close()
    with Plan.open(filled.path) as again:
        assert again.redoable is None
        assert again.undo().title == "two"
        assert again.data.get("product", "ap").name == "Alerts"


def test_there_is_nothing_to_undo_in_a_new_plan(plan):
    assert (plan.undo(), plan.redo(), plan.undoable, plan.redoable) == (None, None, None, None)


def test_the_history_of_a_row_is_told_newest_first(filled):
    filled.step("Rename", [rename(filled, "ap", "Prompt")])
    filled.step("Other", [rename(filled, "drp", "Other")])
    found = filled.history_of(filled.data.get("product", "ap"))
    assert [(step.title, change.op) for step, change in found] == [("Rename", "set"), ("Fill", "add")]
    assert [step.title for step in filled.history(limit=1)] == ["Other"]


# -- refusals


def refused(plan, changes, words, error=PlanError):
    """The step is refused in words, and neither memory, file nor history change."""
    before, history, told = rows.state(plan.data), plan.history(), []
    end = plan.listen(told.append)
    with pytest.raises(error) as caught:
        plan.step("Refused", changes)
    end()
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert rows.state(plan.data) == before == rows.on_disk(plan.path)
    assert (plan.history(), told) == (history, [])


def test_a_link_to_nothing_is_refused(filled):
    refused(
        filled,
        [c.put(filled.data.get("product", "ap"), {"uses": ("gone",)})],
        "“Uses” of “Alerts” would point at nothing",
    )
    refused(filled, [c.put(filled.data.get("product", "ap"), {"parent": "team"})], "would point at nothing")
    refused(filled, [c.add(TRACE.make({"requirement": "r1", "parent": "gone"}))], "would point at nothing")


def test_dropping_what_others_refer_to_is_refused(filled):
    refused(
        filled, [c.drop(filled.data.get("product", "ap"))], "“Releases” still refers to what would be deleted"
    )
    refused(filled, [c.drop(filled.data.get("product", "dm"))], "still refers to what would be deleted")


def test_a_link_made_to_a_row_that_the_same_step_drops_is_refused(filled):
    drops = c.drop_all(filled.data, [filled.data.get("team", "team")])
    refused(
        filled,
        [*drops, c.put(filled.data.get("product", "drp"), {"teams": ("team",)})],
        "would point at nothing",
    )


@pytest.mark.parametrize("below", ["dm", "ap", "new"])
def test_a_circle_of_parents_is_refused(filled, below):
    changes = [c.add(PRODUCT.make({"key": "N", "parent": "ap"}, "new"))]
    changes.append(c.put(filled.data.get("product", "dm"), {"parent": below}))
    refused(filled, changes, "cannot be moved below itself")


def test_two_moves_that_make_a_circle_only_together_are_refused(filled):
    ap, drp = filled.data.get("product", "ap"), filled.data.get("product", "drp")
    refused(
        filled, [c.put(ap, {"parent": "drp"}), c.put(drp, {"parent": "ap"})], "cannot be moved below itself"
    )


def test_turning_a_branch_upside_down_in_one_step_is_allowed(filled):
    dm, ap = filled.data.get("product", "dm"), filled.data.get("product", "ap")
    filled.step("Turn", [c.put(dm, {"parent": "ap"}), c.put(ap, {"parent": ""})])
    assert filled.data.get("product", "dm").parent == "ap"


def test_rows_that_link_to_each_other_can_be_added_in_one_step(plan):
    made = [PRODUCT.make({"key": "A", "uses": ("b",)}, "a"), PRODUCT.make({"key": "B", "uses": ("a",)}, "b")]
    plan.step("Add", map(c.add, made))
    assert rows.dangling(plan.data) == []
    assert plan.step("Drop", map(c.drop, made)).size == 2


def test_a_change_against_an_old_value_in_memory_is_a_conflict(filled):
    stale = rename(filled, "ap", "mine")
    filled.step("Theirs", [rename(filled, "ap", "theirs")])
    refused(
        filled, [rename(filled, "drp", "x"), stale], "“Name” of this product has changed meanwhile", Conflict
    )


def outside(plan, sql):
    with closing(sqlite3.connect(plan.path)) as connection:
        connection.execute(sql)
        connection.commit()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE product SET name = 'Theirs', note = 'theirs' WHERE id = 'ap'",
        "DELETE FROM product WHERE id = 'ap'",
    ],
)
@pytest.mark.parametrize("op", ["set", "drop", "undo"])
def test_what_another_program_wrote_meanwhile_is_a_conflict_and_never_overwritten(filled, sql, op):
    filled.step("Mine", [rename(filled, "ap", "Mine")])
    filled.data.load_all()
    memory = rows.state(filled.data)
    outside(filled, sql)
    file, history = rows.on_disk(filled.path), filled.history()
    with pytest.raises(Conflict, match=r"was changed by another program; open the plan again\.$"):
        if op == "undo":
            filled.undo()
        elif op == "set":
            filled.step("Set", [rename(filled, "drp", "x"), rename(filled, "ap", "y")])
        else:
            filled.step("Drop", c.drop_all(filled.data, [filled.data.get("product", "ap")]))
    assert rows.state(filled.data) == memory
    assert (rows.on_disk(filled.path), filled.history()) == (file, history)


def test_a_drop_does_not_take_along_what_another_program_typed_into_an_empty_field(filled):
    filled.data.load_all()
    outside(filled, "UPDATE product SET note = 'typed elsewhere' WHERE id = 'drp'")
    with pytest.raises(Conflict):
        filled.step("Drop", [c.drop(filled.data.get("product", "drp"))])
    assert rows.on_disk(filled.path)["product"]["drp"].note == "typed elsewhere"


def test_a_row_that_another_program_added_meanwhile_is_not_overwritten(filled):
    filled.data.load_all()
    outside(filled, "INSERT INTO team (id, key, name) VALUES ('new', 'X', 'Theirs')")
    with pytest.raises(PlanError, match=r"was not saved"):
        filled.step("Add", [c.add(TEAM.make({"name": "Mine"}, "new"))])
    assert filled.data.get("team", "new") is None


# -- listeners, snapshots, previews


def test_listeners_hear_every_step_and_what_it_did_until_they_end(filled):
    heard: list[Event] = []
    end = filled.listen(heard.append)
    filled.step("one", [rename(filled, "ap", "one")])
    filled.undo()
    filled.redo()
    end()
    end()
    filled.undo()
    assert [(event.step.title, event.how) for event in heard] == [
        ("one", "step"),
        ("one", "undo"),
        ("one", "redo"),
    ]
    assert [event.changes[0].fields["name"] for event in heard] == [
        ("Alerts", "one"), ("one", "Alerts"), ("Alerts", "one"),
    ]  # fmt: skip


def test_a_listener_sees_the_plan_after_the_step(filled):
    seen = []
    filled.listen(lambda event: seen.append(filled.data.get("product", "ap").name))
    filled.step("one", [rename(filled, "ap", "one")])
    assert seen == ["one"]


def test_a_preview_shows_what_would_be_and_changes_nothing(filled):
    before = rows.state(filled.data)
    then = preview(filled.data, c.drop_all(filled.data, [filled.data.get("product", "dm")]))
    assert then.rows("product") == {}
    assert rows.state(filled.data) == before


def test_an_outcome_with_a_value_that_does_not_fit_says_so(filled):
    with pytest.raises(PlanError, match=r"is not text\. Nothing was changed\.$"):
        outcome(filled.data, [c.Change("set", "product", "ap", {"name": ("Alerts", 5)})])


# -- the file


def test_nothing_lies_beside_the_file_while_it_is_idle(tmp_path):
    folder = tmp_path / "plans"
    folder.mkdir()
    with Plan.create(folder / "a.dmplan") as plan:
        assert rows.listed(folder) == ["a.dmplan"]
        plan.step("Add", [c.add(TEAM.make({"key": "A"}))])
        assert rows.listed(folder) == ["a.dmplan"]
        plan.undo()
        assert rows.listed(folder) == ["a.dmplan"]
    assert rows.listed(folder) == ["a.dmplan"]


def test_a_plan_never_takes_the_place_of_a_file(tmp_path):
    path = tmp_path / "a.dmplan"
    path.write_text("mine")
    with pytest.raises(PlanError, match=r"is there already and was left as it is; choose another name\.$"):
        Plan.create(path)
    assert (path.read_text(), rows.listed(tmp_path)) == ("mine", ["a.dmplan"])


def test_a_plan_can_start_from_rows(tmp_path, small):
    with Plan.create(tmp_path / "a.dmplan", small) as plan:
        assert rows.state(plan.data) == rows.state(small)
        assert plan.history() == []


def test_a_copy_holds_everything_with_its_history(filled, tmp_path):
    filled.save_copy(tmp_path / "new folder/copy.dmplan")
    with Plan.open(tmp_path / "new folder/copy.dmplan") as copy:
        assert rows.state(copy.data) == rows.state(filled.data)
        assert copy.history() == filled.history()
        copy.undo()
        assert rows.state(copy.data) != rows.state(filled.data)


def test_a_copy_never_replaces_the_plan_itself_nor_one_that_is_open_elsewhere(filled, tmp_path):
    with pytest.raises(PlanError, match="cannot replace the open plan itself"):
        filled.save_copy(filled.path)
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PlanError, match="cannot replace the open plan itself"):
        filled.save_copy(tmp_path / "link" / filled.path.name)
    with Plan.create(tmp_path / "other.dmplan") as other:
        with pytest.raises(
            PlanError, match=r"“other\.dmplan” is open for writing elsewhere \(.*choose another name\.$"
        ):
            filled.save_copy(other.path)
        other.step("Add", [c.add(TEAM.make({"key": "A"}))])
    assert len(rows.on_disk(tmp_path / "other.dmplan")["team"]) == 1
    filled.save_copy(tmp_path / "other.dmplan")
    assert rows.on_disk(tmp_path / "other.dmplan") == rows.state(filled.data)


def test_a_copy_that_cannot_be_written_says_so_and_leaves_what_was_there(filled, tmp_path, unwritable):
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "old.dmplan").write_text("old")
    with (
        unwritable(folder),
        pytest.raises(PlanError, match=r"“.*old\.dmplan” cannot be written \(.*\); choose another place\.$"),
    ):
        filled.save_copy(folder / "old.dmplan")
    assert (folder / "old.dmplan").read_text() == "old"
    assert rows.listed(folder) == ["old.dmplan"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of open files")
def test_what_is_open_can_be_saved_after_its_file_was_deleted(filled, tmp_path):
    filled.step("Rename", [rename(filled, "ap", "Prompt")])
    before = rows.state(filled.data)
    filled.path.unlink()
    with pytest.raises(
        PlanError, match=r"was moved or deleted by another program; save a copy to keep what is open here\.$"
    ):
        filled.step("Rename", [rename(filled, "ap", "Lost?")])
    assert rows.state(filled.data) == before
    filled.save_copy(tmp_path / "saved.dmplan")
    assert rows.on_disk(tmp_path / "saved.dmplan") == before


def test_a_backup_that_cannot_be_made_is_told_and_keeps_nobody_from_working(plan, small, unwritable):
    backups.folder(plan.path).parent.mkdir(parents=True)
    with unwritable(backups.folder(plan.path).parent):
        assert plan.step("Fill", c.difference(plan.data.copy(), small))
    assert "backup could not be made, but changes are saved" in plan.unprotected
    assert plan.data.get("product", "ap") == small.get("product", "ap")


def test_a_listener_that_fails_keeps_nobody_else_from_hearing(filled):
    heard = []

    def fails(_):
        raise RuntimeError("no")

    filled.listen(fails)
    filled.listen(heard.append)
    with pytest.raises(RuntimeError):
        filled.step("Rename", [rename(filled, "ap", "Renamed")])
    assert [event.how for event in heard] == ["step"]
