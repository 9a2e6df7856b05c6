"""Checks of the register: each finds what reviewers find, says nothing of what is right, and its fix cures it."""

import pytest

from dmdesk.checks import finding as f
from dmdesk.plan import preview
from dmdesk.risks.states import moves_of
from tests.core.checks.plans import cured, found, joined, plan, row, words
from tests.core.checks.register import action, part, response, risk, scale, score


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-07-01")


def ways(data, code):
    """The plan after each fix of the only finding of a check, by the way in which it cures."""
    (finding,) = found(data, code)
    return {fix.way: preview(data, fix.changes) for fix in finding.fixes}


def of(data, key):
    return data.get("risk", f"risk {key}")


RIGHT = risk("R", entered="2017-06-01")


def test_a_risk_with_a_statement_an_owner_a_score_and_a_review_in_time_is_no_finding():
    data = plan(RIGHT, score("R", 3, 3, date="2017-06-01"))
    assert [one for one in found(data) if one.kind in ("risk", "score")] == []


def test_a_risk_without_a_half_of_its_statement_is_found_unless_it_is_closed_or_a_headline():
    lacking = [risk(key, condition="", **more) for key, more in
               (("A", {}), ("B", {"consequence": ""}), ("C", {"state": "retired"}),
                ("D", {"headline": True}))]  # fmt: skip
    assert words(plan(*lacking), "risk.statement") == [
        ("risk A", "It does not say IF what happens."),
        ("risk B", "It does not say IF what happens or THEN what follows."),
    ]


def test_a_statement_typed_into_one_field_is_taken_apart_at_then():
    data = plan(risk("A", condition="If the disks come late, then the archive fills up", consequence=""))
    after = of(cured(data, found(data, "risk.statement")[0]), "A")
    assert (after.condition, after.consequence) == ("the disks come late", "the archive fills up")


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Staffing", True),
        ("Late data.", True),
        ("Data come late", False),
        ("数据来得太晚", False),
        ("", False),
    ],
)
def test_a_label_is_told_from_a_statement(text, is_label):
    data = plan(risk("A", condition=text, consequence="the release of catalogs slips"))
    assert bool(found(data, "risk.label")) == is_label


def test_a_half_that_is_the_title_once_more_is_found():
    data = plan(risk("A", name="Loss of key staff", condition="Loss of key staff."))
    assert words(data, "risk.label") == [
        ("risk A", "The IF is the title once more; say in a sentence what is meant.")
    ]


def test_an_ownerless_risk_is_given_to_the_owner_of_its_headline():
    data = plan(risk("H", headline=True), risk("A", parent="risk H", owner=""))
    (finding,) = found(data, "risk.no-owner")
    assert of(cured(data, finding), "A").owner == "person ann"


def test_a_role_or_a_team_typed_as_owner_is_found_once_and_its_holder_linked():
    data = plan(
        row("role", "SE", name="Systems Engineer"), joined("appointment", "a", role="role SE", person="person ben"),
        row("team", "DRP", name="The pipelines team", lead="person ann"), row("institution", "IPAC"),
        risk("A", owner="?Systems Engineer"), risk("B", owner="?DRP"), risk("C", owner="?IPAC"),
        risk("D", owner="?Nobody"),
    )  # fmt: skip
    first, second, third = found(data, "link.no-person")
    assert first.words == "“Systems Engineer” is a role and not a person; name somebody who answers."
    assert of(cured(data, first), "A").owner == "person ben"
    assert of(cured(data, second), "B").owner == "person ann"
    assert [fix.way for fix in third.fixes] == ["clear"]
    assert [one.id for one in found(data, "link.unresolved")] == ["risk D"]
    assert found(data, "risk.no-owner") == []


def test_threats_without_any_opportunity_are_said_once_and_not_of_a_small_register():
    threats = [risk(key) for key in "ABCDE"]
    assert [one.id for one in found(plan(*threats), "risk.no-opportunity")] == ["risk A"]
    assert found(plan(*threats[:4]), "risk.no-opportunity") == []
    assert found(plan(*threats, risk("O", kind="opportunity", state="retired")), "risk.no-opportunity") == []


def test_a_risk_past_its_day_or_milestone_is_found_and_retired_by_a_kept_move():
    milestone = row("milestone", "M", due="2017-06-30")
    data = plan(
        milestone, risk("A", retire_by="2017-06-30"), risk("B", retire_milestone="milestone M"),
        risk("C", retire_by="2017-07-01"), risk("D", retire_by="2017-01-01", state="retired"),
        risk("E", retire_milestone="?gone"), risk("F", retire_by="2017-06-01", state="candidate"),
    )  # fmt: skip
    a, b, candidate = found(data, "risk.past-retirement")
    assert (a.field, b.field, candidate.fixes) == ("retire_by", "retire_milestone", ())
    after = cured(data, a)
    assert (of(after, "A").state, of(after, "A").conclusion) == (
        "retired", "It was to be retired by 2017-06-30.",
    )  # fmt: skip
    assert [(move.date, move.state) for move in moves_of(after, "risk A")] == [("2017-07-01", "retired")]
    assert [one.id for one in found(after, "risk.past-retirement")] == ["risk B", "risk F"]


def test_an_active_risk_past_its_impact_date_is_found():
    data = plan(
        risk("A", impact_on="2017-06-30"), risk("B", impact_on="2017-06-30", state="realised"),
        risk("C", impact_on="2017-07-01"),
    )  # fmt: skip
    assert [one.id for one in found(data, "risk.past-impact")] == ["risk A"]


def test_a_review_is_overdue_by_the_days_of_the_plan():
    data = plan(
        row("plan", "P", review_days=30), RIGHT, risk("A", entered="2017-05-31"), risk("B", entered=""),
        risk("C", entered="2017-01-01"), score("C", 3, 3, date="2017-06-20"),
        risk("D", entered="2017-06-01", next_review="2017-06-15"), score("D", 3, 3, date="2017-06-02"),
        part("review", "r", key="r", date="2017-06-25"), risk("E", entered="2017-01-01"),
        part("reviewed", "x", review="r", subject="risk E", risk="risk E", state="reviewed"),
    )  # fmt: skip
    assert words(data, "risk.review-overdue") == [
        ("risk A", "It was to be reviewed by 2017-06-30; it was never reviewed."),
        ("risk B", "It was never reviewed, and does not say when it was entered."),
        ("risk D", "It was to be reviewed by 2017-06-15; the last review was on 2017-06-02."),
    ]
    assert of(cured(data, found(data, "risk.review-overdue")[1]), "B").entered == "2017-07-01"


def test_a_register_that_nobody_reviews_is_said_once():
    late = [risk(key, entered="2017-01-01") for key in "ABCDE"]
    (finding,) = found(plan(*late, risk("F", entered="2017-06-01")), "risk.review-overdue")
    said = "Like most active risks it was not reviewed in time; hold a review of the register."
    assert (finding.id, finding.words) == ("risk A", said)
    kept = [risk(key, entered="2017-06-01") for key in "FGHIJ"]
    assert len(found(plan(*late, *kept), "risk.review-overdue")) == 5


def test_a_candidate_waits_no_longer_than_the_plan_says_and_is_made_active_or_deprecated():
    data = plan(
        row("plan", "P", candidate_days=30),
        risk("A", state="candidate", entered="2017-05-31"), risk("B", state="", entered="2017-06-01"),
    )  # fmt: skip
    after = ways(data, "risk.candidate-old")
    assert of(after["activate"], "A").state == "active"
    gone = of(after["deprecate"], "A")
    assert (gone.state, gone.conclusion) == ("deprecated", "Not decided on within 30 days.")
    assert moves_of(after["deprecate"], "risk A")[0].reason == "Not decided on within 30 days."


def test_a_realised_risk_wants_an_action_that_is_no_step_of_a_response():
    realised = [risk(key, state="realised") for key in "ABC"]
    data = plan(
        *realised, response("A", "Prepare"), action("A", "Step", "Prepare"), action("B", "Do it"),
        action("C", "Buy", on_realisation=True),
    )  # fmt: skip
    assert [one.id for one in found(data, "risk.no-action")] == ["risk A"]


def test_a_closed_risk_without_a_conclusion_takes_the_reason_of_its_last_move():
    moves = [
        part("move", n, risk="risk A", date=day, state=state, reason=reason)
        for n, day, state, reason in (
            ("1", "2017-01-01", "active", "No."), ("2", "2017-02-01", "retired", "The disks came."),
        )
    ]  # fmt: skip
    data = plan(
        risk("A", state="retired"),
        risk("B", state="deprecated"),
        risk("C", state="retired", conclusion="x"),
        *moves,
    )
    first, second = found(data, "risk.no-conclusion")
    assert of(cured(data, first), "A").conclusion == "The disks came."
    assert (second.words, second.fixes) == (
        "It is deprecated without a conclusion; say what was learnt.", (),
    )  # fmt: skip


def test_a_headline_without_risks_is_made_a_risk_of_its_own():
    data = plan(
        risk("H", headline=True, one_event=True), risk("G", headline=True), risk("A", parent="risk G")
    )
    (finding,) = found(data, "risk.headline-empty")
    after = of(cured(data, finding), "H")
    assert (after.headline, after.one_event) == (False, False)


def test_a_parent_that_is_no_headline_is_said_once_and_made_one():
    data = plan(risk("P"), risk("A", parent="risk P"), risk("B", parent="risk P"))
    assert words(data, "risk.no-headline") == [("risk P", "2 risks belong to it, but it is no headline.")]
    after = ways(data, "risk.no-headline")
    assert of(after["make it a headline"], "P").headline
    assert of(after["clear"], "A").parent == of(after["clear"], "B").parent == ""


def test_risks_outside_headlines_are_found_only_where_most_are_in_one():
    inside = [risk(key, parent="risk H") for key in "ABC"]
    data = plan(risk("H", headline=True), *inside, risk("O"), risk("R", state="retired"))
    (finding,) = found(data, "risk.outside")
    assert (finding.id, finding.fix_title) == ("risk O", "Put it under H")
    assert of(cured(data, finding), "O").parent == "risk H"
    assert found(plan(risk("H", headline=True), inside[0], risk("O")), "risk.outside") == []


def test_a_top_category_without_risks_is_found_where_categories_are_used():
    categories = [row("category", "C"), row("category", "C1", parent="category C"), row("category", "D")]
    assert found(plan(*categories, risk("A")), "category.empty") == []
    data = plan(*categories, risk("A", category="category C1"))
    assert [one.id for one in found(data, "category.empty")] == ["category D"]


def test_an_active_risk_that_nobody_judged_is_found():
    data = plan(
        risk("A"), risk("B", headline=True), risk("C", state="candidate"), risk("D"), score("D", 3, 3, "initial"),
        risk("E"), score("E", 1, 1, "target"),
    )  # fmt: skip
    assert [one.id for one in found(data, "risk.no-score")] == ["risk A", "risk E"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((3, None), "It says how likely, but not how grave; a score needs both."),
        ((None, 3), "It says how grave, but not how likely; a score needs both."),
        ((None, None), "It says nothing yet."),
    ],
)
def test_a_score_that_lacks_a_half_is_found(values, said):
    assert words(plan(risk("A"), score("A", *values)), "score.half") == [("score A current ", said)]


def test_any_dimension_makes_the_second_half_of_a_score():
    data = plan(
        risk("A"), score("A", 3, None, further=["people: 2"]), risk("B"), score("B", 3, None, schedule=2)
    )
    assert found(data, "score.half") == []


def test_levels_that_the_scale_does_not_have_are_found_and_brought_to_the_nearest():
    lines = ["people: 3", "people: 9", "luck: 2"]
    data = plan(
        row("plan", "P"), risk("A"), score("A", 7, 0, cost=5, further=lines), risk("B"), score("B", 5, 5)
    )
    likely, grave, people, luck = found(data, "score.no-level")
    assert likely.words == "Level 7 is none of the scale “Rubin Observatory”, which has 1 to 5."
    assert cured(data, likely).get("score", likely.id).likelihood == 5
    assert cured(data, grave).get("score", grave.id).overall == 1
    assert people.words == "“people: 9” names no dimension and level of the scale “Rubin Observatory”."
    assert cured(data, luck).get("score", luck.id).further == ("people: 3", "people: 9")


def test_levels_are_held_against_the_scale_that_the_plan_uses():
    data = plan(row("plan", "P", scale="scale own"), *scale(), risk("A"), score("A", 5, 3))
    assert [one.field for one in found(data, "score.no-level")] == ["likelihood"]


def test_a_probability_outside_the_bands_is_found_with_what_it_counts_as():
    data = plan(risk("A", probability="95"), risk("B", probability="5"), risk("C", probability="90"))
    assert words(data, "risk.probability-outside") == [
        ("risk A", "95 % lies outside the bands of the scale “Rubin Observatory”; it counts as 90 %."),
        ("risk B", "5 % lies outside the bands of the scale “Rubin Observatory”; it counts as 10 %."),
    ]
    assert of(cured(data, found(data, "risk.probability-outside")[0]), "A").probability == "90"


def test_a_probability_in_another_band_than_judged_is_found_and_either_follows_the_other():
    data = plan(
        risk("A", probability="35"), score("A", 2, 2, "initial"), score("A", 4, 4, date="2017-06-01"),
        risk("B", probability="35"), score("B", 2, 2, "initial"), risk("C", probability="35"),
    )  # fmt: skip
    (finding,) = found(data, "risk.probability-band")
    assert finding.words == (
        "35 % lies in “2 · Unlikely (21–40 %)”, but it is judged to be “4 · Likely (61–80 %)”."
    )
    after = ways(data, "risk.probability-band")
    assert after["judge it so"].get("score", "score A current 2017-06-01").likelihood == 2
    assert of(after["clear"], "A").probability == ""


def test_an_edge_that_two_bands_share_agrees_with_both():
    from dmdesk.risks.ready import adopted

    data = plan(row("plan", "P"), risk("A", probability="25"), score("A", 3, 3))
    assert found(preview(data, adopted(data, "nasa")), "risk.probability-band") == []


def test_values_that_are_not_least_likely_greatest_are_sorted():
    data = plan(
        risk("A", cost_min=9_000, cost_likely=5_000, cost_max=7_000), risk("B", delay_min="10", delay_max="9.5"),
        risk("C", cost_min=1, cost_max=1, delay_likely="3"),
    )  # fmt: skip
    cost, delay = found(data, "risk.estimate-order")
    assert cost.words == "The cost 9,000 – 5,000 – 7,000 is not least, likely, greatest."
    after = of(cured(data, cost), "A")
    assert (after.cost_min, after.cost_likely, after.cost_max) == (5_000, 7_000, 9_000)
    after = of(cured(data, delay), "B")
    assert (after.delay_min, after.delay_likely, after.delay_max) == ("9.5", "", "10")


def test_a_high_risk_wants_figures_and_a_response():
    high = [risk("A"), risk("B", cost_likely=0), risk("C", delay_max="3"), risk("D", state="candidate")]
    data = plan(
        *high, *(score(key, 5, 5) for key in "ABCD"), risk("E"), score("E", 1, 1), response("C", "Buy")
    )
    assert [one.id for one in found(data, "risk.no-figures")] == ["risk A"]
    assert [one.id for one in found(data, "risk.no-response")] == ["risk A", "risk B"]


def test_a_risk_with_a_response_that_does_something_wants_a_target_below_its_beginning():
    data = plan(
        *(risk(key) for key in "ABCD"), *(score(key, 4, 4, "initial") for key in "ABCD"),
        *(response(key, f"Work on {key}") for key in "ABC"), response("D", "Bear it", strategy="accept"),
        score("B", 4, 4, "target"), score("C", 4, 2, "target"), score("D", 4, 4, "target"),
    )  # fmt: skip
    assert [one.id for one in found(data, "risk.no-target")] == ["risk A"]
    assert [one.id for one in found(data, "risk.target-idle")] == ["risk B"]


def test_next_to_nothing_is_no_target_without_an_action():
    data = plan(
        *(risk(key) for key in "ABCD"), *(score(key, 4, 4, "initial") for key in "ABC"), score("D", 1, 1, "initial"),
        *(score(key, 1, 2, "target") for key in "ABCD"), action("B", "Do it"),
        action("C", "Or do it", state="dropped"),
    )  # fmt: skip
    assert [one.id for one in found(data, "risk.target-unearned")] == ["risk A", "risk C"]
