"""States, ids and days of the register: what may move where, what a new risk is called, and what is overdue."""

import pytest

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.risks import due
from dmdesk.risks.states import MOVES, moved, moves_of, new_key, with_moves
from tests.core.risks.register import plan, plan_with, risk, row, score


@pytest.mark.parametrize(
    ("state", "may"), [("candidate", "active"), ("candidate", "deprecated"), ("active", "realised"),
                       ("active", "retired"), ("realised", "retired"), ("deprecated", "candidate")],
)  # fmt: skip
def test_a_move_that_is_allowed_is_kept_with_its_day_and_reason(state, may):
    data = plan(risk("a", state=state))
    after = plan_with(data, moved(data, data.get("risk", "a"), may, "2017-09-25", "So it is.", "Ann"))
    assert after.get("risk", "a").state == may
    move = moves_of(after, "a")[-1]
    assert (move.date, move.before, move.state, move.reason, move.who) == (
        "2017-09-25",
        state,
        may,
        "So it is.",
        "Ann",
    )


@pytest.mark.parametrize(
    ("state", "not_to"), [("candidate", "retired"), ("retired", "realised"), ("active", "active")]
)
def test_a_move_that_is_not_allowed_is_refused_and_says_what_is(state, not_to):
    data = plan(risk("a", state=state))
    with pytest.raises(PlanError, match=f"“a” is {state} and can become {MOVES[state][0]}"):
        moved(data, data.get("risk", "a"), not_to, "2017-09-25", "why")


def test_retiring_without_a_reason_is_refused_and_the_reason_becomes_the_conclusion():
    data = plan(risk("a"))
    with pytest.raises(PlanError, match="Say why “a” becomes retired"):
        moved(data, data.get("risk", "a"), "retired", "2017-09-25", "  ")
    after = plan_with(data, moved(data, data.get("risk", "a"), "retired", "2017-09-25", "The data arrived."))
    assert after.get("risk", "a").conclusion == "The data arrived."


def test_a_risk_that_says_no_state_is_a_candidate():
    data = plan(risk("a", state=""))
    assert moved(data, data.get("risk", "a"), "active", "2017-09-25")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_moves_of_one_day_follow_each_other_in_whatever_order_their_rows_come(order):
    told = [
        ("2017-06-01", "", "candidate"), ("2017-09-25", "candidate", "active"),
        ("2017-09-25", "active", "realised"), ("2017-09-25", "realised", "retired"),
    ]  # fmt: skip
    moves = [
        row("move", f"m{at}", risk="a", date=told[at][0], before=told[at][1], state=told[at][2])
        for at in order
    ]
    found = moves_of(plan(risk("a", state="retired"), *moves), "a")
    assert [move.state for move in found] == ["candidate", "active", "realised", "retired"]


@pytest.mark.parametrize(
    ("pattern", "kind", "key"),
    [("", "threat", "DM-T-003"), ("", "opportunity", "DM-O-001"), ("R{type}-00", "threat", "RT-01"),
     ("RISK", "threat", "RISK-001"), ("2017/{type}0", "opportunity", "2017/O1")],
)  # fmt: skip
def test_a_new_id_follows_the_pattern_and_the_last_one(pattern, kind, key):
    data = plan(risk("a", key="DM-T-002"), risk("b", key="DM-T-001"), risk("c", key="other"))
    assert new_key(data, kind, pattern) == key


def test_the_pattern_is_a_setting_of_the_plan():
    data = plan()
    plan_row = data.plan()
    from dmdesk.changes import put

    assert new_key(plan_with(data, [put(plan_row, {"risk_pattern": "LSST-{type}-0000"})])) == "LSST-T-0001"


def test_a_risk_retires_with_its_day_or_its_milestone_whichever_is_earlier():
    milestone = row("milestone", "m", key="M", name="Reached", due="2017-11-30", forecast="2017-12-15")
    data = plan(
        milestone,
        risk("a", retire_by="2018-01-01", retire_milestone="m"),
        risk("b", retire_milestone="?gone"),
    )
    assert due.retires(data, data.get("risk", "a")) == "2017-12-15"
    assert due.retires(data, data.get("risk", "b")) == ""
    assert due.is_overdue(data, data.get("risk", "a"), "2017-12-16")
    assert not due.is_overdue(data, data.get("risk", "a"), "2017-12-15")


def test_a_review_is_due_after_the_days_of_the_plan_or_earlier_where_one_is_set():
    scores = [score(id, 3, 3, "2017-01-01") for id in "abd"]
    data = plan(
        risk("a"), risk("b", next_review="2017-02-01"), risk("c"), risk("d", state="retired"), *scores
    )
    found = [due.review_due(data, data.get("risk", id)) for id in "abcd"]
    assert found == ["2017-04-01", "2017-02-01", "", ""]
    assert due.is_review_overdue(data, data.get("risk", "b"), "2017-02-02")


def test_a_finished_review_counts_as_a_look():
    data = plan(
        risk("a"), risk("b"), row("review", "r", key="2017-05-05", name="R", date="2017-05-05", state="finished"),
        row("reviewed", "x", review="r", subject="a", risk="a", state="reviewed"),
        row("reviewed", "y", review="r", subject="b", risk="b", state="skipped"),
    )  # fmt: skip
    assert [due.reviewed_on(data, data.get("risk", id)) for id in "ab"] == ["2017-05-05", ""]


@pytest.mark.parametrize("day", ["9999-12-31", "9999-11-01"])
def test_days_at_the_end_of_the_calendar_do_no_harm(day):
    data = plan(risk("a"), score("a", 3, 3, day))
    assert due.review_due(data, data.get("risk", "a")) == "9999-12-31"


def test_a_state_set_without_a_move_is_given_one_and_one_with_a_move_keeps_it():
    data = plan(risk("a"), risk("b"))
    a, b = data.rows("risk")["a"], data.rows("risk")["b"]
    changes = [c.put(a, {"state": "retired", "name": "Gone"}), *moved(data, b, "candidate", "2017-01-01")]
    after = plan_with(data, with_moves(changes, "2017-02-01"))
    assert [(m.date, m.before, m.state) for m in moves_of(after, "a")] == [
        ("2017-02-01", "active", "retired")
    ]
    assert [m.date for m in moves_of(after, "b")] == ["2017-01-01"]
    assert with_moves([c.put(a, {"name": "Other"})], "2017-02-01") == [c.put(a, {"name": "Other"})]
