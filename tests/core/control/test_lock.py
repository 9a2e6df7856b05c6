"""The lock keeps what was baselined as it is, outside drafts and without a change request, and lets all else go on."""

import pytest

from dmdesk import changes as c
from dmdesk.control.lock import FREE, is_locked
from dmdesk.errors import Locked
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core.control.requested import request, row
from tests.core.rows import empty_file


@pytest.fixture
def plan(tmp_path):
    made = Plan.open(empty_file(tmp_path / "a.dmplan"))
    made.step(
        "Begin",
        [
            c.add(row("plan", "PLAN", state="draft")),
            c.add(row("product", "A", key="A", name="A")),
            c.add(row("risk", "R", key="R", name="R")),
            c.add(row("person", "ann", key="ann", name="Ann")),
            c.add(row("milestone", "M", key="M", name="M")),
            c.add(request(tickets=())),
            c.add(row("rfc", "DONE", key="RFC-0", name="Before", state="implemented")),
        ],
    )
    yield made
    made.close()


def baseline(plan, lock, state="draft"):
    plan.step("Release", [c.add(row("revision", "V1", version="1.0", date="2017-07-01"))])
    plan.step("Lock", [c.put(plan.data.plan(), {"change_lock": lock, "state": state})])


def rename(plan, name="Anton", **under):
    return plan.step("Rename", [c.put(plan.data.rows("product")["A"], {"name": name})], **under)


@pytest.mark.parametrize("lock", ["", "off", "draft", "change request"])
def test_before_the_first_baseline_everything_may_be_changed(plan, lock):
    plan.step("Lock", [c.put(plan.data.plan(), {"change_lock": lock, "state": "baselined"})])
    assert rename(plan)


@pytest.mark.parametrize("lock", ["", "off"])
def test_without_a_lock_a_baselined_plan_is_changed_as_before(plan, lock):
    baseline(plan, lock, "baselined")
    assert rename(plan)


@pytest.mark.parametrize("lock", ["draft", "change request"])
def test_a_baselined_plan_is_changed_in_a_draft_only(plan, lock):
    baseline(plan, lock, "baselined")
    with pytest.raises(Locked, match=r"“A” belongs to the baselined plan.*make the plan a draft first"):
        rename(plan, rfc="RFC")
    plan.step("Draft", [c.put(plan.data.plan(), {"state": "draft"})])
    assert rename(plan, rfc="RFC")


def test_under_a_change_request_only_means_one_that_is_open_or_adopted(plan):
    baseline(plan, "change request")
    with pytest.raises(Locked, match="under a change request only; choose the one you work on"):
        rename(plan)
    with pytest.raises(Locked, match="cannot be changed under “RFC-0”, which is implemented"):
        rename(plan, rfc="DONE")
    plan.working_on = "RFC"
    assert rename(plan).rfc == "RFC"
    assert plan.data.rows("product")["A"].name == "Anton"


def test_a_step_that_turns_the_lock_off_does_not_open_it_for_itself(plan):
    baseline(plan, "change request")
    both = [
        c.put(plan.data.plan(), {"change_lock": "off"}),
        c.put(plan.data.rows("product")["A"], {"name": "Anton"}),
    ]
    with pytest.raises(Locked):
        plan.step("Slip through", both)
    plan.step("Turn it off", both[:1])
    assert rename(plan)


def test_work_goes_on_whatever_is_locked(plan):
    baseline(plan, "change request", "baselined")
    rows = plan.data.rows
    for change in (
        c.put(rows("rfc")["RFC"], {"state": "withdrawn"}),
        c.put(rows("risk")["R"], {"next_review": "2017-08-01"}),
        c.put(rows("milestone")["M"], {"forecast": "2018-01-01"}),
        c.add(row("acceptance", "OK", reason="Known")),
        c.add(row("revision", "V2", version="2.0", date="2017-08-01")),
        c.put(plan.data.plan(), {"version": "2.0", "date": "2017-08-01", "state": "draft"}),
    ):
        assert plan.step("Go on", [change])


def test_adding_and_dropping_are_changes_too(plan):
    baseline(plan, "draft", "baselined")
    with pytest.raises(Locked, match="A new product belongs"):
        plan.step("Add", [c.add(row("product", "B", key="B", name="B"))])
    with pytest.raises(Locked, match="“M” belongs"):
        plan.step("Drop", [c.drop(plan.data.rows("milestone")["M"])])


def test_undo_and_redo_walk_through_the_lock(plan):
    rename(plan)
    baseline(plan, "draft", "baselined")
    for _ in range(3):
        plan.undo()
    assert plan.data.rows("product")["A"].name == "A"
    for _ in range(3):
        plan.redo()
    assert plan.data.rows("product")["A"].name == "Anton"


def test_what_was_done_under_a_rejected_request_can_go_without_turning_the_lock_off(plan):
    baseline(plan, "change request")
    step = rename(plan, rfc="RFC")
    plan.step("Withdraw", [c.put(plan.data.rows("rfc")["RFC"], {"state": "withdrawn"})])
    with pytest.raises(Locked):
        plan.take_back([step])
    taken = plan.take_back([step], rfc="RFC")
    assert (plan.data.rows("product")["A"].name, taken.rfc) == ("A", "RFC")


def test_another_requests_name_does_not_open_the_lock_for_taking_back(plan):
    baseline(plan, "change request")
    step = rename(plan, rfc="RFC")
    with pytest.raises(Locked):
        plan.take_back([step], rfc="DONE")


def test_every_kind_that_is_free_is_one_and_the_plans_content_is_none_of_them():
    assert set(FREE) <= set(kinds().names())
    for kind in ("product", "wbs", "section", "document", "role", "requirement", "milestone", "scale"):
        assert is_locked(c.Change(c.DROP, kind, "x", {}))
