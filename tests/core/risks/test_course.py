"""How a register stood at the ends of quarters, from dated scores and moves."""

from dmdesk.risks.course import course, quarter_ends
from tests.core.risks.register import plan, risk, row, score


def stands(data, until="2017-12-31"):
    return [
        (one.day, one.levels, one.unscored, one.total) for one in course(data, list(data.rows("risk")), until)
    ]


def test_quarters_are_those_two_days_lie_in_and_between():
    assert quarter_ends("2016-11-02", "2017-04-01") == ["2016-12-31", "2017-03-31", "2017-06-30"]


def test_a_risk_counts_from_its_entry_with_the_score_it_had_then():
    data = plan(
        risk("a", entered="2017-02-01"),
        score("a", 1, 1, "2017-02-01", "initial"),
        score("a", 5, 5, "2017-07-10"),
        score("a", 1, 1, "2017-07-10", "target"),
    )
    assert stands(data) == [
        ("2017-03-31", (1, 0, 0), 0, 1), ("2017-06-30", (1, 0, 0), 0, 1), ("2017-09-30", (0, 0, 1), 0, 25),
    ]  # fmt: skip


def test_a_retired_risk_counts_until_it_was_retired():
    data = plan(
        risk("a", state="retired"),
        score("a", 5, 5, "2017-01-10"),
        row("move", "m1", risk="a", date="2017-01-10", state="active"),
        row("move", "m2", risk="a", date="2017-05-10", before="active", state="retired"),
    )
    assert [(day, levels) for day, levels, *_ in stands(data)] == [
        ("2017-03-31", (0, 0, 1)), ("2017-06-30", (0, 0, 0)),
    ]  # fmt: skip


def test_a_risk_without_a_score_is_counted_as_such():
    assert stands(plan(risk("a", entered="2017-02-01"))) == [("2017-03-31", (0, 0, 0), 1, 0)]


def test_what_is_after_the_day_that_is_asked_for_does_not_count():
    data = plan(risk("a", entered="2017-02-01"), score("a", 5, 5, "2017-08-01"))
    assert [one[0] for one in stands(data, "2017-05-01")] == ["2017-03-31"]


def test_a_register_without_days_has_no_course():
    assert stands(plan(risk("a"), score("a", 2, 2))) == []
