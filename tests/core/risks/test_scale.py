"""Scales: the published tables and worked examples, and rows that give back the scale they were made from."""

import pytest

from dmdesk import risks  # noqa: F401
from dmdesk.reading import PlanData
from dmdesk.risks.ready import CATEGORIES, READY, adopted, categories, rows_of
from dmdesk.risks.scale import of_rows, parsed, scale_of, written
from tests.core.risks.register import plan_with

RUBIN, NASA, DOE, PMI = READY["rubin"], READY["nasa"], READY["doe"], READY["pmi"]


@pytest.mark.parametrize(
    ("likelihood", "impact", "score"), [(3, 4, 19), (3, 3, 15), (3, 2, 9), (5, 5, 25), (1, 1, 1)]
)
def test_rubin_looks_scores_up_in_the_table_of_ranks(likelihood, impact, score):
    assert RUBIN.score(likelihood, impact) == score


def test_the_ranks_are_the_numbers_from_1_to_25_each_once_and_rise_in_both_directions():
    table = RUBIN.table
    assert sorted(score for row in table for score in row) == list(range(1, 26))
    assert all(list(row) == sorted(row) for row in table)
    assert all(list(column) == sorted(column) for column in zip(*table, strict=True))


def test_nasa_differs_from_rubin_in_the_colour_of_one_cell():
    cells = [(l, i) for l in range(1, 6) for i in range(1, 6)]  # noqa: E741
    assert all(RUBIN.score(*cell) == NASA.score(*cell) for cell in cells)
    differ = [
        cell for cell in cells if RUBIN.zone(RUBIN.score(*cell)).name != NASA.zone(NASA.score(*cell)).name
    ]
    assert differ == [(5, 1)]
    assert NASA.zone(NASA.score(5, 1)).name == "low"


def test_pmi_multiplies_values():
    assert PMI.score(4, 4) == 0.28
    assert [PMI.score(5, impact) for impact in range(1, 6)] == [0.045, 0.09, 0.18, 0.36, 0.72]


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_point_probability_of_rubin_is_a_fifth_of_the_level_less_a_tenth(level):
    assert RUBIN.band(level).point == pytest.approx((0.20 * level - 0.10) * 100)


@pytest.mark.parametrize("scale", READY.values(), ids=READY.keys())
def test_rows_made_of_a_ready_scale_give_back_the_scale(scale):
    first, *parts = rows_of(scale)
    assert of_rows(first, parts) == scale


@pytest.mark.parametrize("scale", READY.values(), ids=READY.keys())
def test_every_cell_of_a_ready_scale_has_a_score_and_a_zone(scale):
    for likelihood in range(1, scale.height + 1):
        for impact in range(1, scale.width + 1):
            assert scale.zone(scale.score(likelihood, impact)) is not None


def test_a_table_is_written_with_the_highest_likelihood_first_and_read_back():
    assert written(RUBIN.table)[0] == "10 16 20 23 25"
    assert parsed(written(RUBIN.table)) == RUBIN.table


@pytest.mark.parametrize(
    ("percent", "level", "outside"),
    [(5, 1, True), (10, 1, False), (20.5, 2, False), (60, 3, False), (95, 5, True)],
)
def test_probabilities_outside_the_bands_are_put_into_the_nearest_and_said_to_be_outside(
    percent, level, outside
):
    band, told = RUBIN.clamped(percent)
    assert (band.level, told) == (level, outside)


def test_cost_limits_in_percent_count_of_the_baseline():
    assert [RUBIN.impact_of("cost", 70_000_000 * share, 70_000_000) for share in (0.005, 0.05, 0.1, 0.15, 0.2)] == [
        1, 2, 3, 4, 5
    ]  # fmt: skip
    assert RUBIN.impact_of("cost", 1) is None
    assert RUBIN.impact_of("people", 1) is None


def test_a_plan_that_chose_no_scale_is_judged_by_rubins_and_one_that_adopted_another_by_that():
    assert scale_of(PlanData()).key == "rubin"
    data = plan_with()
    data = plan_with(data, adopted(data, "pmi"))
    assert scale_of(data) == PMI
    assert scale_of(data).id


def test_adopting_a_scale_twice_adds_it_once():
    data = plan_with()
    data = plan_with(data, adopted(data, "nasa"))
    assert [change for change in adopted(data, "nasa") if change.fields] == []


def test_the_ready_categories_are_five_with_twenty_three_within_and_are_added_once():
    assert (len(CATEGORIES), sum(map(len, CATEGORIES.values()))) == (5, 23)
    data = plan_with()
    made = plan_with(data, categories(data))
    assert len(made.rows("category")) == 28
    assert categories(made) == []
    assert len({row.key for row in made.rows("category").values()}) == 28
