"""A risk review from start to finish: what stands on the agenda, whose turn it is, what each thing done changes."""

import pytest

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.risks import deeds, due, reviewing, undoing
from dmdesk.risks.book import scored
from tests.core.risks import meeting
from tests.core.risks.meeting import DAY, begin, do, item


@pytest.fixture
def plan(tmp_path):
    made = meeting.file(tmp_path)
    yield made
    made.close()


def turn(plan, review):
    now = reviewing.at(plan.data, review.id)
    return now.risk if now else ""


def test_open_risks_stand_on_the_agenda_overdue_first_then_by_score(plan):
    review = begin(plan, people=("ann",), others=("A guest",))
    assert [one.risk for one in reviewing.agenda(plan.data, review.id)] == ["A", "B", "H", "C"]
    assert (review.key, review.state, review.people, review.others) == (
        DAY,
        "running",
        ("ann",),
        ("A guest",),
    )
    first = item(plan, review, "A")
    assert (first.likelihood_before, first.impact_before, first.score_before) == (4, 4, "22")
    assert (first.state_before, first.subject) == ("active", "DM-T-001 Risk A")
    assert first.exposure_before == round(scored(plan.data, "A").emv)
    assert reviewing.progress(plan.data, review) == reviewing.Progress(4, 0, 0, 1, 0)
    assert review.expected_before > 0 and review.p80_before is not None


def test_a_second_review_of_a_day_has_a_letter(plan):
    for key in (DAY, f"{DAY}b", f"{DAY}c"):
        review = begin(plan)
        assert review.key == key
        do(plan, reviewing.finish(plan.data, review))


def test_no_second_review_is_started_while_one_runs(plan):
    begin(plan)
    with pytest.raises(PlanError, match="review of 2017-09-25 is still running"):
        reviewing.start(plan.data, "2017-10-01")


def test_without_a_risk_no_review_is_started(plan):
    with pytest.raises(PlanError, match="No risk is to be looked at"):
        reviewing.start(plan.data, DAY, ids=[])


def test_every_step_of_a_review_gives_it_as_its_reason(plan):
    review = begin(plan)
    do(plan, deeds.rate(plan.data, review, item(plan, review, "A"), {"likelihood": 3}))
    step = plan.undoable
    assert (step.title, step.why) == ("DM-T-001: likelihood 4 → 3", "Risk review of 2017-09-25")


def test_reviewed_risks_are_due_again_after_the_plans_days(plan):
    review = begin(plan)
    do(plan, reviewing.through(plan.data, review, item(plan, review, "A"), 40))
    assert (
        plan.data.rows("risk")["A"].next_review == due.later(DAY, 90) == item(plan, review, "A").next_review
    )
    assert (item(plan, review, "A").decision, item(plan, review, "A").seconds) == ("keep", 40)
    assert turn(plan, review) == "B"


def test_a_day_that_was_typed_holds_once_the_risk_is_through(plan):
    review = begin(plan)
    do(plan, deeds.next_look(plan.data, review, item(plan, review, "A"), "2017-10-10"))
    assert plan.data.rows("risk")["A"].next_review == "2017-09-01"
    do(plan, reviewing.through(plan.data, review, item(plan, review, "A")))
    assert plan.data.rows("risk")["A"].next_review == "2017-10-10"


def test_what_is_skipped_comes_back_at_the_end(plan):
    review = begin(plan)
    do(plan, reviewing.skip(plan.data, review, item(plan, review, "A")))
    seen = []
    while turn(plan, review) and len(seen) < 9:
        seen.append(turn(plan, review))
        do(plan, reviewing.through(plan.data, review, reviewing.at(plan.data, review.id)))
    assert seen == ["B", "H", "C", "A"]


def test_back_opens_the_risk_before_again(plan):
    review = begin(plan)
    do(plan, reviewing.through(plan.data, review, item(plan, review, "A")))
    do(plan, reviewing.back(plan.data, review, item(plan, review, "B"), 7))
    assert turn(plan, review) == "A"
    assert item(plan, review, "B").seconds == 7
    assert reviewing.back(plan.data, review, item(plan, review, "A")).changes == []


def test_what_does_not_change_makes_no_step(plan):
    review = begin(plan)
    one = item(plan, review, "A")
    for deed in (
        deeds.rate(plan.data, review, one, {"likelihood": 4, "overall": 4}),
        deeds.amounts(plan.data, review, one, {"cost_likely": 200}),
        deeds.note(plan.data, review, one, ""),
        deeds.next_look(plan.data, review, one, ""),
    ):
        assert do(plan, deed) is None


def test_levels_in_further_dimensions_are_kept_beside_the_others(plan):
    review = begin(plan)
    do(plan, deeds.rate(plan.data, review, item(plan, review, "A"), {"performance": 5, "safety": 2}))
    do(plan, deeds.rate(plan.data, review, item(plan, review, "A"), {"safety": None}))
    levels = deeds.levels_of(plan.data, "A")
    assert (levels["performance"], levels.get("safety"), levels["likelihood"]) == (5, None, 4)
    assert plan.undoable.title == "DM-T-001: safety impact 2 → —"


def test_the_levels_before_the_review_are_known_whatever_was_changed(plan):
    review = begin(plan)
    for level in (3, 2, 5):
        do(plan, deeds.rate(plan.data, review, item(plan, review, "A"), {"likelihood": level}))
    assert undoing.levels_before(plan, review, "A")["likelihood"] == 4
    do(plan, deeds.rate(plan.data, review, item(plan, review, "C"), {"overall": 3}))
    assert undoing.levels_before(plan, review, "C")["overall"] == 2


def test_a_score_of_the_same_day_is_changed_and_its_old_levels_are_known(plan):
    review = begin(plan, "2017-09-01")
    do(plan, deeds.rate(plan.data, review, item(plan, review, "B"), {"overall": 5}))
    assert undoing.levels_before(plan, review, "B")["overall"] == 3
    assert len(scored(plan.data, "B").history) == 1


def test_a_review_dated_before_the_last_score_changes_what_is_seen(plan):
    review = begin(plan, "2017-08-01")
    do(plan, deeds.rate(plan.data, review, item(plan, review, "B"), {"likelihood": 5}))
    assert deeds.levels_of(plan.data, "B")["likelihood"] == 5


def test_retiring_wants_a_reason_and_is_the_decision(plan):
    review = begin(plan)
    with pytest.raises(PlanError, match="Say why"):
        deeds.shift(plan.data, review, item(plan, review, "A"), "retired", " ")
    do(plan, deeds.shift(plan.data, review, item(plan, review, "A"), "retired", "Deputies are trained"))
    do(plan, reviewing.through(plan.data, review, item(plan, review, "A")))
    risk = plan.data.rows("risk")["A"]
    assert (risk.state, risk.conclusion, risk.next_review) == (
        "retired",
        "Deputies are trained",
        "2017-09-01",
    )
    assert item(plan, review, "A").decision == "retire"


def test_a_candidate_is_not_realised_at_once(plan):
    review = begin(plan)
    with pytest.raises(PlanError, match="can become active or deprecated"):
        deeds.shift(plan.data, review, item(plan, review, "C"), "realised", "It happened")


def test_an_action_is_added_behind_the_others_and_decided(plan):
    review = begin(plan)
    do(plan, deeds.act(plan.data, review, item(plan, review, "A"), "Ask again", "ann", "2017-10-31", "R"))
    made = next(row for row in plan.data.rows("action").values() if row.name == "Ask again")
    assert (made.owner, made.due, made.response, made.state) == ("ann", "2017-10-31", "R", "open")
    assert made.order > plan.data.rows("action")["T"].order
    assert item(plan, review, "A").decision == "act"
    with pytest.raises(PlanError, match="an action “Ask again” already"):
        deeds.act(plan.data, review, item(plan, review, "A"), "Ask again")


def test_a_risk_is_escalated_to_the_owner_of_its_headline_or_to_the_board(plan):
    review = begin(plan)
    do(plan, deeds.escalate(plan.data, review, item(plan, review, "B"), "More people?"))
    do(plan, deeds.escalate(plan.data, review, item(plan, review, "A"), "Who pays?"))
    made = {row.name: row for row in plan.data.rows("action").values()}
    assert made["Escalate to DM-T-009: More people?"].owner == "ann"
    assert made["Escalate to the board: Who pays?"].risk == "A"
    assert item(plan, review, "B").decision == "escalate"


def test_an_action_that_is_done_was_done_on_the_day_of_the_review(plan):
    review = begin(plan)
    one, action = item(plan, review, "A"), plan.data.rows("action")["T"]
    do(plan, deeds.progressed(plan.data, review, one, action, "done"))
    assert plan.data.rows("action")["T"].done == DAY
    do(plan, deeds.progressed(plan.data, review, one, action, "in progress"))
    assert plan.data.rows("action")["T"].done == ""


def test_finishing_keeps_how_risks_stand_then_and_what_was_skipped(plan):
    review = begin(plan)
    one = item(plan, review, "A")
    do(plan, deeds.rate(plan.data, review, one, {"likelihood": 2}))
    do(plan, deeds.amounts(plan.data, review, one, {"cost_max": 400}))
    do(plan, reviewing.through(plan.data, review, one, 30))
    do(plan, reviewing.finish(plan.data, review, {one.id: 12}))
    done, other, ended = item(plan, review, "A"), item(plan, review, "B"), plan.data.rows("review")[review.id]
    assert (done.likelihood_before, done.likelihood_after, done.score_after) == (4, 2, "14")
    assert done.exposure_after < done.exposure_before
    assert (other.state, other.score_after) == ("skipped", "")
    assert (ended.state, ended.seconds) == ("finished", 42)
    assert ended.expected_after < ended.expected_before
    assert reviewing.running(plan.data) is None


def test_a_risk_that_is_deleted_meanwhile_is_passed_by(plan):
    review = begin(plan)
    plan.step("Delete", c.drop_all(plan.data, [plan.data.rows("risk")["A"]]))
    gone = reviewing.at(plan.data, review.id)
    assert (gone.risk, gone.subject) == ("", "DM-T-001 Risk A")
    with pytest.raises(PlanError, match="“DM-T-001 Risk A” is no longer in the plan"):
        deeds.rate(plan.data, review, gone, {"likelihood": 3})
    do(plan, reviewing.through(plan.data, review, gone))
    do(plan, reviewing.finish(plan.data, review))
    assert turn(plan, review) == "B"


def test_a_risk_that_is_not_on_the_agenda_is_put_at_its_end(plan):
    review = begin(plan, ids=["A", "B"])
    do(plan, reviewing.added(plan.data, review, plan.data.rows("risk")["D"]))
    assert [one.risk for one in reviewing.agenda(plan.data, review.id)] == ["A", "B", "D"]


def test_what_a_review_changed_of_one_risk_is_taken_back_and_the_rest_stays(plan):
    before = plan.snapshot()
    review = begin(plan)
    for id in "AB":
        do(plan, deeds.rate(plan.data, review, item(plan, review, id), {"likelihood": 1}))
        do(plan, deeds.act(plan.data, review, item(plan, review, id), "Look at it"))
        do(plan, reviewing.through(plan.data, review, item(plan, review, id)))
    do(plan, reviewing.finish(plan.data, review))
    assert undoing.changed_risks(plan, review) == ["A", "B"]
    step = undoing.take_back(plan, review, "A")
    assert step.title == "Take back what the review of 2017-09-25 changed of DM-T-001"
    assert plan.data.rows("risk")["A"] == before.rows("risk")["A"]
    assert [row.name for row in plan.data.rows("action").values() if row.risk == "A"] == ["Name deputies"]
    assert deeds.levels_of(plan.data, "B")["likelihood"] == 1
    assert item(plan, review, "A").decision == "act"
    assert undoing.take_back(plan, review, "A") is None


def test_a_later_step_on_a_reviewed_risk_is_named_before_anything_is_taken_back(plan):
    review = begin(plan)
    do(plan, deeds.amounts(plan.data, review, item(plan, review, "A"), {"cost_likely": 300}))
    plan.step("Estimate anew", [c.put(plan.data.rows("risk")["A"], {"cost_likely": 500})])
    with pytest.raises(PlanError, match="because “Estimate anew”"):
        undoing.take_back(plan, review, "A")


def test_a_running_review_is_found_again_after_the_file_is_opened_anew(plan):
    review = begin(plan)
    do(plan, reviewing.through(plan.data, review, item(plan, review, "A")))
    plan.close()
    with Plan.open(plan.path) as again:
        assert reviewing.running(again.data) == review
        assert turn(again, review) == "B"
