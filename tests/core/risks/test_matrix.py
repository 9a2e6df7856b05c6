"""The matrix and the contingency of a whole register."""

import pytest

from dmdesk.errors import PlanError
from dmdesk.risks.contingency import contingency
from dmdesk.risks.matrix import cells, trail, worst_first
from tests.core.risks.register import plan, risk, score


def register():
    return plan(
        risk("a", cost_likely=100), risk("b", cost_likely=300), risk("c"), risk("d"),
        score("a", 3, 3, sort="initial"), score("a", 3, 3, "2017-01-01"), score("a", 4, 3, "2017-04-01"),
        score("a", 1, 1, sort="target"), score("b", 4, 3), score("c", None, 3),
    )  # fmt: skip


def test_cells_hold_the_risks_in_the_order_given_and_leave_out_what_has_no_whole_score():
    assert cells(register(), ["b", "a", "c", "d"]) == {(4, 3): ["b", "a"]}
    assert cells(register(), ["a", "b"], "initial") == {(3, 3): ["a"]}
    assert cells(register(), ["a", "b"], "target") == {(1, 1): ["a"]}


def test_a_trail_leads_through_the_cells_a_risk_has_stood_in():
    assert trail(register(), "a") == [(3, 3), (4, 3)]
    assert trail(register(), "d") == []


def test_the_worst_come_first_and_of_equal_scores_the_dearer():
    assert worst_first(register(), ["d", "a", "c", "b"]) == ["b", "a", "d", "c"]


def test_the_contingency_has_the_plain_sum_beside_the_simulated_one():
    data = register()
    found = contingency(data)
    assert found.expected == pytest.approx(0.7 * 400)
    assert found.outcome.mean == pytest.approx(280, rel=0.02)
    assert [one.risk.id for one in found.risks] == ["a", "b"]


def test_a_contingency_of_nothing_is_nothing():
    found = contingency(plan())
    assert (found.expected, found.outcome.mean, found.outcome.at(80), found.drawn) == (0, 0, 0, 0)


def test_runs_that_cannot_be_made_are_refused_in_words():
    with pytest.raises(PlanError, match="runs cannot be made"):
        contingency(register(), 0)
    with pytest.raises(PlanError, match="shape"):
        contingency(register(), shape="square")
