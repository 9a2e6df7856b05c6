"""Taking back a step of the past: what was done since stays, and what builds on it is named."""

import pytest

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import rows


@pytest.fixture
def plan(tmp_path):
    made = Plan.open(rows.empty_file(tmp_path / "a.dmplan"))
    made.step("Begin", [c.add(_row("product", id, key=id, name=id)) for id in ("A", "B")])
    yield made
    made.close()


def _row(kind, id, **values):
    return kinds()[kind].make(values, id)


def _set(plan, title, id, why="", **values):
    return plan.step(title, [c.put(plan.data.rows("product")[id], values)], why)


def test_a_step_is_taken_back_and_what_was_done_since_stays(plan):
    first = _set(plan, "Rename A", "A", "RFC-1", name="Anton")
    _set(plan, "Rename B", "B", name="Berta")
    taken = plan.take_back([first])
    assert [plan.data.rows("product")[id].name for id in "AB"] == ["A", "Berta"]
    assert (taken.title, taken.why) == ("Take back “Rename A”", "RFC-1")
    assert plan.undoable == taken


def test_a_taken_back_step_is_itself_taken_back(plan):
    taken = plan.take_back([_set(plan, "Rename A", "A", name="Anton")])
    plan.take_back([taken])
    assert plan.data.rows("product")["A"].name == "Anton"


def test_a_later_step_on_the_same_value_is_named(plan):
    first = _set(plan, "Rename A", "A", name="Anton")
    _set(plan, "Again", "A", name="Albert")
    with pytest.raises(PlanError, match="“Rename A” cannot be taken back, because “Again”"):
        plan.take_back([first])
    assert plan.data.rows("product")["A"].name == "Albert"


def test_another_value_of_the_same_row_is_not_in_the_way(plan):
    first = _set(plan, "Rename A", "A", name="Anton")
    _set(plan, "Key", "A", key="AA")
    plan.take_back([first])
    assert (plan.data.rows("product")["A"].name, plan.data.rows("product")["A"].key) == ("A", "AA")


def test_several_steps_on_one_value_are_taken_back_together(plan):
    steps = [_set(plan, name, "A", "Group", name=name) for name in ("One", "Two", "Three")]
    taken = plan.take_back(steps)
    assert plan.data.rows("product")["A"].name == "A"
    assert (taken.title, taken.why, taken.size) == ("Take back 3 steps", "Group", 1)


def test_what_was_taken_back_already_gives_no_step(plan):
    steps = [_set(plan, name, "A", name=name) for name in ("One", "Two")]
    taken = plan.take_back(steps)
    assert plan.take_back([*steps, taken]) is None


def test_an_undone_step_cannot_be_taken_back(plan):
    step = _set(plan, "Rename A", "A", name="Anton")
    plan.undo()
    with pytest.raises(PlanError, match="“Rename A” is undone already"):
        plan.take_back([step])


def test_a_row_that_something_links_to_since_is_kept_and_the_linking_step_named(plan):
    added = plan.step("Add C", [c.add(_row("product", "C", key="C", name="C"))])
    _set(plan, "Put B below C", "B", parent="C")
    with pytest.raises(PlanError, match="“Add C” cannot be taken back, because “Put B below C”"):
        plan.take_back([added])


def test_a_row_that_was_changed_since_it_was_added_names_that_step(plan):
    added = plan.step("Add C", [c.add(_row("product", "C", key="C", name="C"))])
    _set(plan, "Rename C", "C", name="Cäsar")
    with pytest.raises(PlanError, match="“Add C” cannot be taken back, because “Rename C”"):
        plan.take_back([added])


def test_a_row_does_not_come_back_without_what_it_links_to(plan):
    _set(plan, "Put B below A", "B", parent="A")
    gone = plan.step("Delete B", [c.drop(plan.data.rows("product")["B"])])
    plan.step("Delete A", [c.drop(plan.data.rows("product")["A"])])
    with pytest.raises(PlanError, match="“Delete B” cannot be taken back, because “Delete A”"):
        plan.take_back([gone])


def test_only_some_changes_of_a_step_are_taken_back(plan):
    both = [c.put(plan.data.rows("product")[id], {"name": id * 2}) for id in "AB"]
    step = plan.step("Rename both", both)
    plan.take_back([step], lambda change: change.id == "A", "Take back A")
    assert [plan.data.rows("product")[id].name for id in "AB"] == ["A", "BB"]
    assert plan.undoable.title == "Take back A"


def test_a_read_only_plan_says_so(plan):
    step = _set(plan, "Rename A", "A", name="Anton")
    plan.close()
    with Plan.open(plan.path, read_only=True) as looked, pytest.raises(PlanError, match="for reading only"):
        looked.take_back([step])


def test_a_circle_is_refused(plan):
    step = _set(plan, "Put B below A", "B", parent="A")
    _set(plan, "Take B out", "B", parent="")
    taken = plan.history()[0]
    _set(plan, "Put A below B", "A", parent="B")
    with pytest.raises(PlanError, match="cannot be moved below itself"):
        plan.take_back([taken])
    assert rows.dangling(plan.data) == []
    assert step.title == "Put B below A"


def test_a_step_that_is_taken_back_alone_a_second_time_is_said_to_be_so(plan):
    for step in (
        _set(plan, "Rename A", "A", name="Anton"),
        plan.step("Add C", [c.add(_row("product", "C", key="C", name="C"))]),
    ):
        plan.take_back([step])
        with pytest.raises(PlanError, match=f"Nothing is left of “{step.title}”"):
            plan.take_back([step])
