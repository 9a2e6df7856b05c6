"""The book: levels, trends and exposure of risks, right after every step, with the published worked examples."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk.kinds import changed
from dmdesk.model.risks import CURRENT
from dmdesk.risks.book import Book, book, scored
from dmdesk.risks.exposure import drawn, exposed, sums, total, uncertain
from dmdesk.risks.judging import judge
from dmdesk.risks.money import estimate
from tests.core.risks.register import plan, plan_with, risk, row, score

FIVE = {"cost_min": 5_000_000, "cost_likely": 7_500_000, "cost_max": 20_000_000}


def test_the_worked_example_of_expected_cost_and_monetary_value():
    data = plan(risk("a", **FIVE), score("a", 3, 4))
    assert round(scored(data, "a").cost.mean) == 9_166_667
    assert round(scored(data, "a").emv) == 4_583_333


def test_the_worked_example_of_expected_delay():
    data = plan(risk("a", delay_min="0", delay_likely="2", delay_max="24"), score("a", 3, 4))
    assert round(scored(data, "a").delay.mean) == 5


def test_the_worked_example_of_impact_as_the_highest_of_all_dimensions():
    data = plan(
        risk("a"),
        score("a", 3, 4, cost=3, schedule=3),
        score("a", 3, None, sort="target", cost=2, schedule=2),
    )
    own = scored(data, "a")
    assert (own.current.impact, own.current.score, own.target.score) == (4, 19, 9)


def test_further_dimensions_can_raise_the_impact():
    data = plan(risk("a"), score("a", 3, 2, further=("performance: 5", "nonsense")))
    assert scored(data, "a").current.impact == 5


def test_the_last_dated_score_is_the_current_one_and_the_trend_is_against_the_one_before():
    data = plan(risk("a"), score("a", 3, 3, "2017-01-01"), score("a", 2, 3, "2017-06-01"))
    assert (scored(data, "a").score, scored(data, "a").trend) == (11, "lowered")
    assert [one.date for one in scored(data, "a").history] == ["2017-01-01", "2017-06-01"]


def test_a_first_score_is_compared_with_the_initial_one_and_stands_for_it_until_there_is_one():
    data = plan(risk("a"), score("a", 3, 3, sort="initial"))
    assert (scored(data, "a").score, scored(data, "a").trend) == (15, "")
    after = plan_with(data, judge(data, data.get("risk", "a"), CURRENT, {"likelihood": 4}, "2017-09-25"))
    assert (scored(after, "a").current.impact, scored(after, "a").trend) == (3, "raised")


def test_a_judgement_of_another_day_keeps_the_one_before_and_one_of_the_same_day_takes_its_place():
    data = plan(risk("a"), score("a", 3, 3, "2017-01-01"))
    data = plan_with(data, judge(data, data.get("risk", "a"), CURRENT, {"likelihood": 4}, "2017-02-01"))
    data = plan_with(data, judge(data, data.get("risk", "a"), CURRENT, {"overall": 5}, "2017-02-01"))
    assert [(one.date, one.likelihood, one.impact) for one in scored(data, "a").history] == [
        ("2017-01-01", 3, 3), ("2017-02-01", 4, 5)
    ]  # fmt: skip


def test_judging_as_before_changes_nothing():
    data = plan(risk("a"), score("a", 3, 3, "2017-01-01"))
    assert judge(data, data.get("risk", "a"), CURRENT, {"likelihood": 3}, "2017-02-01") == []


def test_a_headline_takes_the_level_of_its_worst_open_child():
    data = plan(
        risk("h", headline=True), risk("a", parent="h"), risk("b", parent="h"), risk("c", parent="h", state="retired"),
        score("a", 2, 2), score("b", 4, 3), score("c", 5, 5),
    )  # fmt: skip
    assert (scored(data, "h").score, scored(data, "h").worst) == (18, "b")


def test_an_opportunity_raises_no_headline_of_threats():
    data = plan(
        risk("h", headline=True), risk("a", parent="h"), risk("b", parent="h", kind="opportunity"),
        score("a", 2, 2), score("b", 5, 5),
    )  # fmt: skip
    assert (scored(data, "h").score, scored(data, "h").worst) == (6, "a")


def test_a_headline_follows_its_children_after_each_step():
    data = plan(risk("h", headline=True), risk("a", parent="h"), score("a", 2, 2))
    assert scored(data, "h").score == 6
    data.replace("score", "a-current-", changed(data.get("score", "a-current-"), {"likelihood": 5}))
    assert scored(data, "h").score == 16
    data.replace("risk", "a", changed(data.get("risk", "a"), {"parent": ""}))
    assert scored(data, "h").score is None


def test_a_typed_probability_stands_before_the_band_and_is_put_into_the_bands_when_it_lies_outside():
    data = plan(risk("a", probability="42", **FIVE), risk("b", probability="3"), score("a", 3, 4))
    assert (scored(data, "a").probability, scored(data, "a").clamped) == (0.42, False)
    assert (scored(data, "b").probability, scored(data, "b").clamped) == (0.1, True)


def test_several_occurrences_multiply_what_is_expected():
    data = plan(risk("a", occurrences=3, **FIVE), score("a", 3, 4))
    assert round(scored(data, "a").emv) == 13_750_000


def test_estimates_are_filled_up_and_put_in_order():
    assert estimate(None, 5, None).mean == 5
    assert estimate(2, None, 4).likely == 3
    assert estimate(9, 5, 1).least == 1
    assert estimate(None, None, None) is None


def test_sums_take_opportunities_away_and_leave_out_what_is_not_active_or_in_the_baseline():
    data = plan(
        risk("a", **FIVE), risk("b", kind="opportunity", cost_likely=1_000_000), risk("c", state="retired", **FIVE),
        risk("d", funding="baseline", **FIVE), score("a", 3, 4), score("b", 3, 2), score("c", 3, 4), score("d", 3, 4),
    )  # fmt: skip
    assert round(total(data, exposed(data))) == 4_583_333 - 500_000
    assert [one.key for one in uncertain(data, exposed(data))] == ["a", "b"]


def test_a_headline_with_money_of_its_own_is_not_counted_beside_its_children():
    data = plan(
        risk("h", headline=True, **FIVE), risk("a", parent="h", **FIVE), score("h", 5, 5), score("a", 3, 4),
    )  # fmt: skip
    assert [one.risk.id for one in exposed(data)] == ["a"]


def test_of_the_sides_of_one_event_the_largest_counts():
    data = plan(
        risk("h", headline=True, one_event=True), risk("a", parent="h", cost_likely=100),
        risk("b", parent="h", cost_likely=300), score("a", 3, 3), score("b", 3, 3),
    )  # fmt: skip
    assert total(data, exposed(data)) == 150


def test_sums_by_element_share_a_risk_out_and_name_what_is_not_said():
    data = plan(
        row("wbs", "w1", key="1.1", name="One"), row("wbs", "w2", key="1.2", name="Two"),
        risk("a", wbs=("w1", "w2"), cost_likely=200), risk("b", cost_likely=40), score("a", 3, 3), score("b", 3, 3),
    )  # fmt: skip
    assert sums(data, exposed(data), "wbs") == [("1.1 One", 50, 1), ("1.2 Two", 50, 1), ("not said", 20, 1)]


def test_draws_add_up_by_risk():
    data = plan(
        risk("a"), risk("b"), row("draw", "d", risk="a", amount=70), row("draw", "e", risk="b", amount=5)
    )
    assert (drawn(data, "a"), drawn(data)) == (70, 75)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(("a", "b", "h")),
        st.one_of(
            st.tuples(st.just("parent"), st.sampled_from(("", "h"))),
            st.tuples(st.just("state"), st.sampled_from(("active", "retired"))),
            st.tuples(st.just("cost_likely"), st.integers(0, 100)),
            st.tuples(st.just("likelihood"), st.integers(1, 5)),
            st.tuples(st.just("headline"), st.booleans()),
            st.tuples(st.just("gone"), st.none()),
        ),
    ),
    max_size=12,
)


@given(EDITS)
def test_the_kept_book_says_what_a_new_one_says_after_any_edits(edits):
    data = plan(
        risk("h", headline=True), risk("a", parent="h"), risk("b"), score("a", 2, 2), score("b", 3, 3)
    )
    for id, (name, value) in edits:
        before = {id: book(data).of(id) for id in data.rows("risk")}
        assert before == {id: Book(data).of(id) for id in data.rows("risk")}
        if name == "gone":
            data.replace("score", f"{id}-current-", None)
            continue
        kind, at = ("score", f"{id}-current-") if name == "likelihood" else ("risk", id)
        old = data.get(kind, at)
        if old is None or (name == "parent" and value == id):
            continue
        data.replace(kind, at, c.applied(old, c.put(old, {name: value})))
    assert {id: book(data).of(id) for id in data.rows("risk")} == {
        id: Book(data).of(id) for id in data.rows("risk")
    }
