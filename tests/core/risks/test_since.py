"""Since the last review: what became of each risk, told from dated rows."""

from dmdesk.risks.since import agenda, before, day_of, last, reviews, since
from tests.core.risks.register import plan, risk, row, score

LAST, NOW = "2017-06-12", "2017-09-25"


def review(day, **values):
    return row(
        "review", day, **{"key": day, "name": "Review", "date": day[:10], "state": "finished", **values}
    )


def reviewed(of, day, **values):
    values = {"review": day, "risk": of, "subject": f"{of} Risk {of}", "state": "reviewed", **values}
    return row("reviewed", f"{of}-{day}", **values)


def move(of, day, before, state, reason=""):
    return row("move", f"{of}-{day}", risk=of, date=day, before=before, state=state, reason=reason)


def names(found):
    return {group: [one.subject.split()[0] for one in found.of(group)] for group, _ in found.counts}


def register():
    """A register of two reviews: one risk of each sort, and one that nothing happened to."""
    return plan(
        review(LAST), review(NOW),
        risk("new", entered="2017-08-01"), score("new", 2, 2, "2017-08-01", sort="initial"),
        risk("up", entered="2016-01-01"), score("up", 2, 2, "2017-01-01"),
        score("up", 4, 4, "2017-09-25", note="Two people left."),
        risk("down"), score("down", 4, 4, "2017-01-01"), score("down", 2, 4, "2017-07-01"),
        risk("same"), score("same", 3, 3, "2017-01-01"), score("same", 3, 3, "2017-09-01"),
        risk("gone", state="retired"), move("gone", "2017-08-02", "active", "retired", "Delivered."),
        risk("real", state="realised"), move("real", "2017-08-03", "active", "realised", "The disk broke."),
        risk("void", state="deprecated"), move("void", "2017-09-25", "candidate", "deprecated", "Said twice."),
        risk("back"), move("back", "2017-03-01", "active", "retired"), move("back", "2017-07-01", "retired", "active"),
        risk("old", state="retired"), move("old", "2017-02-01", "active", "retired"),
    )  # fmt: skip


def test_each_risk_is_in_the_group_of_what_became_of_it():
    found = since(register(), register().get("review", LAST), register().get("review", NOW))
    assert names(found) == {
        "new": ["new"], "raised": ["up"], "lowered": ["down"], "retired": ["gone"], "realised": ["real"],
        "deprecated": ["void"], "otherwise": ["back"],
    }  # fmt: skip
    assert (found.unchanged, found.since, found.until, found.first) == (1, LAST, NOW, False)


def test_it_says_from_what_to_what_when_and_why():
    data = register()
    found = since(data, data.get("review", LAST), data.get("review", NOW))
    (up,) = found.of("raised")
    assert (up.before.likelihood, up.before.score, up.after.likelihood, up.after.score) == (2, 6, 4, 22)
    assert (up.date, up.reason) == ("2017-09-25", "Two people left.")
    (gone,) = found.of("retired")
    assert (gone.date, gone.reason, gone.before.state, gone.after.state) == (
        "2017-08-02", "Delivered.", "active", "retired",
    )  # fmt: skip


def test_what_happened_after_a_review_is_none_of_its_business():
    data = plan(
        review(LAST), review(NOW), risk("a"), score("a", 2, 2, "2017-01-01"), score("a", 5, 5, "2017-10-01"),
        risk("b", entered="2017-11-01"), risk("c", state="retired"), move("c", "2017-11-02", "active", "retired"),
    )  # fmt: skip
    then, now = data.get("review", LAST), data.get("review", NOW)
    assert since(data, then, now).counts == ()
    assert since(data, then, now).unchanged == 2
    assert names(since(data, now)) == {"new": ["b"], "raised": ["a"], "retired": ["c"]}


def test_the_agenda_counts_before_dates_so_two_reviews_of_one_day_differ():
    data = plan(
        review(LAST), review(f"{LAST}b"), risk("a"), score("a", 4, 4, LAST),
        reviewed("a", LAST, likelihood_before=2, impact_before=2, likelihood_after=3, impact_after=3),
        reviewed("a", f"{LAST}b", likelihood_before=3, impact_before=3, likelihood_after=4, impact_after=4),
    )  # fmt: skip
    first, second = reviews(data)
    assert [day_of(first), day_of(second)] == [LAST, LAST]
    (a,) = since(data, first, second).of("raised")
    assert (a.before.score, a.after.score) == (15, 22)
    assert since(data, second).counts == ()


def test_a_risk_that_was_passed_over_stands_as_it_stood_before():
    skipped = {"state": "skipped", "likelihood_before": 2, "impact_before": 2, "state_before": "candidate"}
    data = plan(review(LAST), risk("a", state="candidate"), score("a", 2, 2), reviewed("a", LAST, **skipped))
    assert (since(data, last(data)).counts, since(data, last(data)).unchanged) == ((), 1)


def test_a_risk_that_is_no_longer_in_the_plan_is_named_as_it_was():
    data = plan(review(LAST), row("reviewed", "x", review=LAST, risk="?DM-T-009", subject="DM-T-009 Fire"))
    (fire,) = since(data, last(data)).of("gone")
    assert (fire.subject, fire.risk, fire.after) == ("DM-T-009 Fire", "", None)


def test_without_a_review_before_all_that_is_open_is_new():
    data = plan(risk("a"), risk("b", state="retired"))
    found = since(data, last(data))
    assert names(found) == {"new": ["a"], "retired": ["b"]}
    assert found.first


def test_a_headline_takes_its_score_from_its_children_and_is_not_told_twice():
    data = plan(
        review(LAST), risk("h", headline=True), risk("a", parent="h"), score("a", 2, 2, "2017-01-01"),
        score("a", 4, 4, "2017-07-01"),
    )  # fmt: skip
    assert names(since(data, last(data))) == {"raised": ["a"]}


def test_levels_are_scored_by_the_scale_of_today_so_a_new_scale_raises_nothing():
    told = {"likelihood_after": 3, "impact_after": 3, "score_after": "9"}
    data = plan(review(LAST), risk("a"), score("a", 3, 3), reviewed("a", LAST, **told))
    assert since(data, last(data)).counts == ()


def test_the_review_before_is_the_last_finished_one():
    data = plan(review("2017-01-01"), review("2017-02-01", state="running"), review("2017-03-01"))
    assert before(data, data.get("review", "2017-03-01")).key == "2017-01-01"
    assert before(data, data.get("review", "2017-01-01")) is None
    assert last(data).key == "2017-03-01"


def test_an_agenda_is_in_the_order_of_its_places():
    data = plan(review(LAST), reviewed("a", LAST, place=2), reviewed("b", LAST, place=1), reviewed("c", LAST))
    assert [one.risk for one in agenda(data, data.get("review", LAST))] == ["b", "a", "c"]
