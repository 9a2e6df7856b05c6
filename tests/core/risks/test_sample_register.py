"""The sample's illustrative register: marked as made up, whole, and told by its reviews as its dated rows have it."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from dmdesk import trees
from dmdesk.exchange import text
from dmdesk.kinds import kind_of, kinds
from dmdesk.model.risks import (
    AGAINST_THREATS,
    CURRENT,
    DEPRECATED,
    FOR_OPPORTUNITIES,
    INITIAL,
    OPPORTUNITY,
    REALISED,
    RETIRED,
    STATES,
    TARGET,
)
from dmdesk.reading import PlanData
from dmdesk.risks import ready
from dmdesk.risks.book import is_open, scored, scores_of
from dmdesk.risks.contingency import contingency
from dmdesk.risks.due import is_review_overdue
from dmdesk.risks.exposure import exposed
from dmdesk.risks.matrix import cells, worst_first
from dmdesk.risks.scale import scale_of
from dmdesk.risks.states import MOVES, REASON_WANTED, moves_of, new_key
from tests.house.tree import ROOT

REVIEWS = ["2017-06-28", "2017-09-25"]
DATED = {"risk": "entered", "score": "date", "move": "date", "draw": "date", "review": "date"}
COMPARED = ("state", "likelihood", "impact", "score", "exposure")


@pytest.fixture(scope="module")
def sample():
    return text.read(ROOT / "sample_db/ldm-294")


def risks(data):
    return data.in_order("risk")


def of(data, kind, risk):
    return [row for row in data.in_order(kind) if row.risk == risk.id]


def day_before(day):
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def as_of(data, day):
    """The plan at the end of a day: without what is dated later, each risk in the state of its last move by then."""
    states = {
        risk.id: [move.state for move in moves_of(data, risk.id) if move.date <= day] for risk in risks(data)
    }
    held = {row.id for row in data.rows("review").values() if row.date <= day}
    found = []
    for kind in kinds():
        for row in data.rows(kind.name).values():
            if kind.name in DATED and getattr(row, DATED[kind.name]) > day:
                continue
            if kind.name == "reviewed" and row.review not in held:
                continue
            if kind.name == "risk":
                fields = {field.name: getattr(row, field.name) for field in kind.fields}
                row = kind.make({**fields, "state": states[row.id][-1]}, row.id)
            found.append(row)
    return PlanData.of(found)


def standing(data, id):
    """State, levels, score and exposure of a risk, as the rows of a review have them."""
    own = scored(data, id)
    now = own.current
    return (
        data.get("risk", id).state,
        now.likelihood if now else None,
        now.impact if now else None,
        f"{now.score:g}" if now else "",
        None if own.emv is None else round(own.emv),
    )


def told(row, when):
    return tuple(getattr(row, f"{what}_{when}") for what in COMPARED)


def review_of(data, day):
    review = data.find("review", day)
    rows = [row for row in data.rows("reviewed").values() if row.review == review.id]
    return review, sorted(rows, key=lambda row: row.place)


# -- what is in it


def test_it_has_about_twenty_risks_of_all_states_and_three_of_them_are_opportunities(sample):
    assert Counter(row.state for row in risks(sample)) == {
        "active": 17, "candidate": 2, "realised": 1, "retired": 1, "deprecated": 1,
    }  # fmt: skip
    assert set(STATES) == {row.state for row in risks(sample)}
    assert sum(row.kind == OPPORTUNITY for row in risks(sample)) == 3


def test_each_risk_says_that_it_is_illustrative_and_so_does_the_section_that_prints_them(sample):
    for row in risks(sample):
        assert row.context.startswith("Illustrative.")
        assert row.basis.startswith("Illustrative figures: ")
    assert all(
        row.note.startswith("Illustrative") for kind in ("review", "draw") for row in sample.in_order(kind)
    )
    assert "is an illustration" in sample.find("section", "risk-management").body


def test_change_requests_it_names_are_of_the_numbers_that_the_section_says_are_made_up(sample):
    named = [word for row in risks(sample) for word in row.changes] + [
        row.change for row in sample.in_order("draw")
    ]
    assert len(named) > 5
    assert all(int(word.partition("-")[2]) >= 9000 for word in named)


def test_the_scale_and_the_categories_are_the_ready_ones_as_rows(sample):
    used = scale_of(sample)
    assert (used.id, used) == (sample.find("scale", "rubin").id, ready.READY["rubin"])
    assert ready.categories(sample) == []
    assert len(sample.rows("category")) == 5 + 23


def test_every_risk_has_a_person_an_institution_a_finest_category_products_and_work(sample):
    for row in risks(sample):
        assert row.owner and row.department and row.products and row.wbs and row.cycle
        assert row.condition and row.consequence and row.status
        assert sample.get("category", row.category).parent
        assert (row.condition[-1], row.consequence[-1]) != (".", ".")
    tops = {sample.get("category", row.category).parent for row in risks(sample)}
    assert tops == {row.id for row in sample.children("category")[""]}


def test_every_risk_was_entered_as_a_candidate_and_moved_as_states_allow(sample):
    for row in risks(sample):
        moves = moves_of(sample, row.id)
        assert (moves[0].date, moves[0].before, moves[0].state) == (row.entered, "", "candidate")
        assert moves[-1].state == row.state
        for one, after in pairwise(moves):
            assert (after.before, after.state in MOVES[one.state]) == (one.state, True)
        assert all(move.reason for move in moves)
        assert bool(row.conclusion) == (row.state in REASON_WANTED)


def test_active_risks_have_three_scores_and_current_ones_over_up_to_four_quarters(sample):
    quarters = {"2016-12-12", "2017-03-30", "2017-06-28", "2017-09-25"}
    found = set()
    for row in risks(sample):
        dates = [score.date for score in scores_of(sample, row.id) if score.sort == CURRENT]
        assert set(dates) <= quarters
        found |= set(dates)
        if row.state == "active" and not row.headline:
            own = scored(sample, row.id)
            assert own.initial and own.target and own.history
            better = (
                own.target.score > own.current.score
                if row.kind == OPPORTUNITY
                else own.target.score < own.current.score
            )
            assert better, row.key
    assert found == quarters
    assert {scored(sample, row.id).trend for row in risks(sample)} == {"raised", "lowered", "same", ""}


def test_cost_levels_are_those_of_the_costs_and_likelihoods_those_of_typed_probabilities(sample):
    scale, baseline = scale_of(sample), sample.plan().cost_baseline
    for row in risks(sample):
        own = scored(sample, row.id)
        if own.cost is None:
            continue
        wanted = scale.impact_of("cost", own.cost.mean, baseline)
        judged = [score for score in scores_of(sample, row.id) if score.sort != TARGET]
        assert {score.cost for score in judged} == {wanted}, row.key
        if row.probability:
            band, outside = scale.clamped(float(row.probability))
            assert (band.level, outside) == (own.current.likelihood, False)
    assert sum(bool(row.probability) for row in risks(sample)) == 1


def test_two_headlines_gather_others_and_one_is_a_single_event(sample):
    headlines = [row for row in risks(sample) if row.headline]
    assert [row.one_event for row in headlines] == [False, True]
    for row in headlines:
        below = sample.children("risk")[row.id]
        assert len(below) >= 2
        assert scored(sample, row.id).score == max(scored(sample, child.id).score for child in below)
    (event,) = [row for row in headlines if row.one_event]
    sides = [scored(sample, child.id).probability for child in sample.children("risk")[event.id]]
    assert len(set(sides)) == 1


def test_each_active_risk_is_answered_with_steps_that_somebody_owns(sample):
    for row in risks(sample):
        if row.state != "active" or row.headline:
            continue
        responses = of(sample, "response", row)
        assert responses
        allowed = FOR_OPPORTUNITIES if row.kind == OPPORTUNITY else AGAINST_THREATS
        assert all(
            response.strategy in allowed and response.owner and response.summary for response in responses
        )
        steps = of(sample, "action", row)
        assert {step.response for step in steps} == {response.id for response in responses}
        assert all(step.owner and step.due and step.effect and step.works for step in steps)
        assert all((step.state == "done") == bool(step.done) for step in steps)


def test_what_was_realised_has_actions_because_of_it_and_a_draw_with_its_change_request(sample):
    (row,) = [row for row in risks(sample) if row.state == REALISED]
    assert sum(step.on_realisation and not step.response for step in of(sample, "action", row)) == 3
    (draw,) = sample.in_order("draw")
    assert (draw.risk, draw.change in row.changes) == (row.id, True)
    assert draw.date > moves_of(sample, row.id)[-1].date


def test_one_response_has_a_secondary_risk_that_came_after_it(sample):
    ((first, second),) = [(row.risk, link) for row in sample.in_order("response") for link in row.secondary]
    assert sample.get("risk", first).entered < sample.get("risk", second).entered


def test_most_of_the_matrix_is_not_red_and_all_of_it_is_used(sample):
    levels = Counter(scored(sample, row.id).zone.name for row in risks(sample) if is_open(row))
    assert 2 <= levels["high"] <= 4
    assert levels["moderate"] > levels["high"]
    assert levels["low"] > levels["high"]
    assert len(cells(sample, [row.id for row in risks(sample) if is_open(row)])) >= 8


def test_new_ids_follow_those_of_the_register(sample):
    assert (new_key(sample), new_key(sample, OPPORTUNITY)) == ("DM-T-020", "DM-O-004")


# -- what it comes to


def test_the_contingency_is_a_believable_part_of_the_baseline(sample):
    found = contingency(sample)
    assert 2_000_000 < found.expected < found.outcome.at(80) < 8_000_000
    assert found.drawn == 420_000
    assert (round(found.expected), round(found.outcome.at(80))) == (4_712_667, 6_511_245)


def test_the_baseline_pays_for_one_risk_that_contingency_then_does_not_count(sample):
    paid = [one.risk.key for one in exposed(sample, "baseline")]
    assert paid == ["DM-T-017"]
    assert paid[0] not in [one.risk.key for one in exposed(sample)]


# -- its reviews


def test_the_day_after_the_last_review_is_the_plan_as_it_is(sample):
    last = as_of(sample, REVIEWS[-1])
    for kind in kinds():
        assert dict(last.rows(kind.name)) == dict(sample.rows(kind.name)), kind.name


@pytest.mark.parametrize("day", REVIEWS)
def test_a_review_tells_of_each_risk_what_its_dated_rows_say_before_and_after(sample, day):
    before, after = as_of(sample, day_before(day)), as_of(sample, day)
    _, rows = review_of(sample, day)
    for row in rows:
        assert (
            row.subject == f"{sample.key(sample.get('risk', row.risk))} {sample.get('risk', row.risk).name}"
        )
        assert told(row, "before") == standing(before, row.risk), row.subject
        if row.state == "skipped":
            assert told(row, "after") == (*[""], None, None, "", None)
            assert standing(after, row.risk) == standing(before, row.risk)
        else:
            assert told(row, "after") == standing(after, row.risk), row.subject


@pytest.mark.parametrize("day", REVIEWS)
def test_a_review_tells_the_contingency_before_and_after_it(sample, day):
    review, _ = review_of(sample, day)
    then, now = contingency(as_of(sample, day_before(day))), contingency(as_of(sample, day))
    assert (review.expected_before, review.expected_after) == (round(then.expected), round(now.expected))
    assert (review.p80_before, review.p80_after) == (round(then.outcome.at(80)), round(now.outcome.at(80)))


@pytest.mark.parametrize("day", REVIEWS)
def test_a_review_takes_up_all_open_risks_the_overdue_first_and_those_passed_over_last(sample, day):
    before = as_of(sample, day_before(day))
    _, rows = review_of(sample, day)
    ids = worst_first(before, [row.id for row in risks(before) if is_open(row)])
    late = [id for id in ids if is_review_overdue(before, before.get("risk", id), day)]
    skipped = [row.risk for row in rows if row.state == "skipped"]
    wanted = sorted(late + [id for id in ids if id not in late], key=lambda id: id in skipped)
    assert [row.risk for row in rows] == wanted
    assert late
    assert [row.place for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("day", REVIEWS)
def test_what_was_reviewed_has_notes_a_decision_that_was_done_and_a_day_for_the_next(sample, day):
    review, rows = review_of(sample, day)
    done = [row for row in rows if row.state == "reviewed"]
    for row in done:
        assert row.notes and row.decision and row.seconds
        assert bool(row.next_review) == (row.state_after in ("active", "candidate"))
        closed = {"retire": RETIRED, "deprecate": DEPRECATED}
        assert row.state_after == closed.get(row.decision, row.state_after)
        assert (row.decision in closed) == (row.state_after in closed.values())
    assert review.state == "finished"
    assert review.people
    assert review.seconds > sum(row.seconds for row in done)


def test_a_risk_passed_over_in_one_review_comes_first_in_the_next(sample):
    (_, june), (_, september) = (review_of(sample, day) for day in REVIEWS)
    assert [row.subject[:8] for row in june if row.state == "skipped"] == ["DM-T-015"]
    assert september[0].subject.startswith("DM-T-015")
    assert [row.subject[:8] for row in september if row.state == "skipped"] == ["DM-T-017"]


def test_the_next_review_of_each_open_risk_is_the_one_its_last_review_set(sample):
    told = {}
    for day in REVIEWS:
        told |= {row.risk: row.next_review for row in review_of(sample, day)[1] if row.next_review}
    for row in risks(sample):
        assert row.next_review == (told[row.id] if is_open(row) else ""), row.key


def test_no_part_of_the_register_is_dated_before_its_risk_was_entered(sample):
    for kind in ("score", "move", "draw"):
        for row in sample.in_order(kind):
            assert row.date >= sample.get("risk", row.risk).entered, (kind_of(row).name, row)
    assert all(row.sort in (INITIAL, CURRENT, TARGET) for row in sample.in_order("score"))


def test_no_risk_stands_below_itself_or_below_what_is_no_headline(sample):
    for row in risks(sample):
        if row.parent:
            assert sample.get("risk", row.parent).headline
    assert trees.cycles(sample.rows("risk"), "parent") == []
