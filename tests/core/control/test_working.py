"""What was done under a change request can be seen as a difference, judged, taken back, and is never lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk import checks, working
from dmdesk.cli.blocks import lines_of
from dmdesk.cli.work import work_of
from dmdesk.control.workingset import net
from dmdesk.errors import Locked, PlanError
from dmdesk.manuscript.parts.control import minutes
from dmdesk.outcome import preview
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from dmdesk.releasing.flow import finish, prepare
from tests.core import releasing
from tests.core.control.requested import at, request, row
from tests.core.rows import empty_file

NOW = at("2017-07-07 12:00")


@pytest.fixture
def plan(tmp_path):
    made = Plan.open(empty_file(tmp_path / "a.dmplan"))
    rows = [
        row("plan", "PLAN", state="draft"),
        row("product", "A", key="A", name="A"),
        row("product", "B", key="B", name="B"),
        row("person", "ann", key="ann", name="Ann"),
        request(tickets=()),
        row("rfc", "R2", key="RFC-2", name="Another"),
    ]
    made.step("Begin", map(c.add, rows))
    yield made
    made.close()


def rename(plan, id, name, rfc="RFC"):
    return plan.step(f"Rename {id}", [c.put(plan.data.rows("product")[id], {"name": name})], rfc=rfc)


def changed_names(made):
    return {change.id: change.fields["name"] for change in made.changes}


def test_the_working_set_is_what_its_steps_come_to(plan):
    rename(plan, "A", "Anton")
    rename(plan, "B", "Berta", rfc="R2")
    rename(plan, "A", "Albert")
    made = working.working_set(plan, "RFC")
    assert [step.title for step in made.steps] == ["Rename A", "Rename A"]
    assert changed_names(made) == {"A": ("A", "Albert")}


def test_what_is_undone_or_said_about_a_request_is_no_part_of_its_work(plan):
    plan.working_on = "RFC"
    rename(plan, "A", "Anton", rfc=None)
    plan.undo()
    plan.step("Comment", [c.add(row("comment", "C", rfc="RFC", words="Well"))])
    assert working.working_set(plan, "RFC") == working.WorkingSet((), ())


def test_its_effect_is_held_against_the_plan_without_it(plan):
    rename(plan, "A", "B")
    caused = working.would_do(plan, "RFC").caused
    assert any(finding.id in "AB" and "name" in finding.field for finding in caused)
    assert working.would_do(plan, "R2") == ([], [])


def test_a_rejected_request_goes_with_its_work_in_one_step_and_keeps_what_was_said(plan):
    plan.step("Comment", [c.add(row("comment", "C", rfc="RFC", words="Well"))], rfc="RFC")
    rename(plan, "A", "Anton")
    rename(plan, "B", "Berta", rfc="R2")
    step = working.reject(plan, plan.data.rows("rfc")["RFC"], NOW, "ann", "Not needed")
    assert step.title == "Reject RFC-1"
    assert [plan.data.rows("product")[id].name for id in "AB"] == ["A", "Berta"]
    assert plan.data.rows("rfc")["RFC"].state == "withdrawn"
    assert plan.data.rows("comment")
    assert working.working_set(plan, "RFC").changes == ()
    plan.undo()
    assert plan.data.rows("product")["A"].name == "Anton"
    assert plan.data.rows("rfc")["RFC"].state == "proposed"


def test_work_that_others_build_on_is_not_taken_back_and_nothing_happens(plan):
    rename(plan, "A", "Anton")
    rename(plan, "A", "Albert", rfc="R2")
    with pytest.raises(PlanError, match="“Rename A”"):
        working.reject(plan, plan.data.rows("rfc")["RFC"], NOW, "ann", "Not needed")
    assert plan.data.rows("rfc")["RFC"].state == "proposed"
    with pytest.raises(PlanError):
        working.would_do(plan, "RFC")


def test_a_request_without_work_is_rejected_all_the_same(plan):
    working.reject(plan, plan.data.rows("rfc")["RFC"], NOW, "ann", "Not needed")
    assert plan.data.rows("rfc")["RFC"].state == "withdrawn"
    assert working.take_back(plan, "RFC") is None


def test_work_is_taken_back_through_the_lock(plan):
    rename(plan, "A", "Anton")
    plan.step("Release", [c.add(row("revision", "V", version="1.0", date="2017-07-07"))])
    plan.step("Lock", [c.put(plan.data.plan(), {"change_lock": "change request", "state": "baselined"})])
    with pytest.raises(Locked):
        rename(plan, "A", "Albert")
    working.take_back(plan, "RFC")
    assert plan.data.rows("product")["A"].name == "A"


def test_what_was_changed_under_no_request_since_the_last_baseline_is_listed_and_assigned(plan):
    rename(plan, "A", "Before", rfc="")
    assert working.without_request(plan) == []
    plan.step("Release", [c.add(row("revision", "V", version="1.0", date="2017-07-07"))])
    step = rename(plan, "A", "After", rfc="")
    rename(plan, "B", "Berta")
    plan.step("Comment", [c.add(row("comment", "C", rfc="RFC", words="Well"))])
    (found,) = working.without_request(plan)
    assert (found.step, [change.id for change in found.changes]) == (step, ["A"])
    working.assign(plan, [found.step], "RFC")
    assert working.without_request(plan) == []
    assert changed_names(working.working_set(plan, "RFC"))["A"] == ("Before", "After")
    with pytest.raises(PlanError, match="Choose the steps"):
        working.assign(plan, [], "RFC")


def test_a_deleted_request_leaves_its_work_its_steps_and_its_key(plan):
    step = rename(plan, "A", "Anton")
    plan.step("Rekey", [c.put(plan.data.rows("rfc")["RFC"], {"key": "RFC-358"})])
    assert working.key_of(plan, "RFC") == "RFC-358"
    plan.step("Delete", c.drop_all(plan.data, [plan.data.rows("rfc")["RFC"]]))
    assert plan.data.rows("product")["A"].name == "Anton"
    assert working.key_of(plan, "RFC") == "RFC-358 (deleted)"
    assert working.lost(plan) == {"RFC": [step]}
    assert [one.id for one in working.working_set(plan, "RFC").steps] == [step.id]
    plan.undo()
    assert (working.lost(plan), working.key_of(plan, "RFC")) == ({}, "RFC-358")
    assert (working.key_of(plan, ""), working.key_of(plan, "never")) == ("", "a change request (deleted)")


def test_what_the_history_tells_is_a_finding_where_the_lock_asks_for_requests(plan):
    plan.step("Release", [c.add(row("revision", "V", version="1.0", date="2017-07-07"))])
    rename(plan, "A", "Anton", rfc="")
    rename(plan, "A", "Albert", rfc="")
    plan.step("Drop", [c.drop(plan.data.rows("product")["B"])])
    assert working.findings(plan) == []
    plan.step("Lock", [c.put(plan.data.plan(), {"change_lock": "change request"})])
    found = working.findings(plan)
    assert [(one.code, one.kind, one.id, one.field) for one in found] == [
        ("history.no-request", "product", "A", "name"), ("history.no-request", "plan", "PLAN", "change_lock"),
    ]  # fmt: skip
    assert "changed it under no change request" in found[0].words
    assert "removed the product “B” under no change request" in found[1].words
    working.assign(plan, [one.step for one in working.without_request(plan)], "RFC")
    assert working.findings(plan) == []


def test_what_the_history_tells_is_accepted_like_other_findings_and_never_called_stale(plan):
    plan.step("Release", [c.add(row("revision", "V", version="1.0", date="2017-07-07"))])
    rename(plan, "A", "Anton", rfc="")
    plan.step("Lock", [c.put(plan.data.plan(), {"change_lock": "change request"})])
    plan.step("Accept", checks.accept(plan.data, working.findings(plan), "A typing error"))
    assert [one.level for one in working.findings(plan)] == ["accepted"]
    assert not [one for one in checks.run(plan.data) if one.code.startswith("acceptance")]


def test_steps_of_a_deleted_request_are_a_note_that_names_it(plan):
    rename(plan, "A", "Anton")
    plan.step("Delete", c.drop_all(plan.data, [plan.data.rows("rfc")["RFC"]]))
    (one,) = working.findings(plan)
    assert (one.code, one.words) == (
        "history.lost-request", "1 step stands under RFC-1 (deleted); put it under another request, or leave it so.",
    )  # fmt: skip


names = st.sampled_from(("", "Anton", "Berta", "C"))
deeds = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(("set", "set", "drop", "add")), names, names)
)


@given(deeds)
def test_the_net_of_any_changes_leads_where_they_lead(made):
    start = PlanData.of(row("product", id, key=id, name=id) for id in "AB")
    now, changes = start.copy(), []
    for id, what, name, key in made:
        held = now.get("product", id)
        if (what == "add") != (held is None):
            continue
        change = (
            c.add(row("product", id, key=key, name=name))
            if held is None
            else c.drop(held)
            if what == "drop"
            else c.put(held, {"name": name, "key": key})
        )
        changes.append(change)
        now = preview(now, [change])
    short = net(changes)
    assert preview(start, short).rows("product") == now.rows("product")
    assert len({change.id for change in short}) == len(short)
    assert preview(now, c.inverse(short)).rows("product") == start.rows("product")
    assert net([*changes, *c.inverse(changes)]) == []


MEETING = "2017-07-07T16:00Z"


def minutes_of(plan, state="held"):
    """What the minutes of a meeting say, one line a block."""
    docket = plan.data.rows("docket").get("D")
    if docket is None:
        rows = [row("docket", "D", key="CCB-1", name="First", at=MEETING, state=state),
                row("docketitem", "I", docket="D", rfc="RFC", subject="RFC-1")]  # fmt: skip
        plan.step("Meet", map(c.add, rows), rfc="RFC")
        docket = plan.data.rows("docket")["D"]
    work = {"RFC": working.working_set(plan, "RFC").parts}
    return "\n".join(lines_of(minutes(plan.data, docket, work)))


def test_minutes_show_what_was_done_until_the_meeting_and_say_that_more_came_after_it(plan):
    with plan.told("2017-07-07T15:59:59Z", "ann"):
        rename(plan, "A", "Anton")
    with plan.told("2017-07-07T16:00:01Z", "ann"):
        rename(plan, "A", "Albert")
        rename(plan, "B", "Berta")
    said = minutes_of(plan)
    assert "What RFC-1 had changed by then" in said
    assert "Anton" in said and "Albert" not in said and "Berta" not in said
    assert "2 steps were made under it after the meeting." in said


def test_minutes_of_a_request_without_work_at_the_time_say_so(plan):
    with plan.told("2017-07-08T09:00:00Z", "ann"):
        rename(plan, "A", "Anton")
    said = minutes_of(plan)
    assert "Nothing of the plan had been changed under it by then." in said
    assert "1 step was made under it after the meeting." in said and "Anton" not in said


def test_a_meeting_that_is_planned_shows_all_that_is_done(plan):
    with plan.told("2017-07-08T09:00:00Z", "ann"):
        rename(plan, "A", "Anton")
    said = minutes_of(plan, "planned")
    assert "What RFC-1 would change" in said and "Anton" in said and "after the meeting" not in said


def test_what_a_release_notes_for_itself_is_no_part_of_a_request(tmp_path):
    """The entry in the change record, and version, date and state of the plan: they say that it was released."""
    with releasing.made(tmp_path / "r.dmplan") as plan:
        releasing.rename(plan, "DM, renamed", rfc="rfc358")
        finish(plan, prepare(plan.data, plan.baselines(), releasing.wish(rfc="rfc358")), None)
        assert plan.history()[0].rfc == "rfc358"
        made = working.working_set(plan, "rfc358")
        assert [(one.kind, [*one.fields]) for one in made.changes] == [("product", ["name"])]
        assert len(made.steps) == 1
        work_of_file = work_of(plan._store)["rfc358"]
        assert [one.at for one in work_of_file] == [made.steps[0].at]


def test_other_settings_of_the_plan_changed_with_its_version_are_part_of_a_request(plan):
    change = c.put(plan.data.rows("plan")["PLAN"], {"version": "2.0", "title": "Renamed"})
    plan.step("Retitle", [change], rfc="RFC")
    assert [one.kind for one in working.working_set(plan, "RFC").changes] == ["plan"]
