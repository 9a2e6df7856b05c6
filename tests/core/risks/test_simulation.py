"""The simulation against closed forms, and the laws that a review relies on while figures move."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk.risks import shapes
from dmdesk.risks.simulation import PERT, TRIANGULAR, Driver, Simulation, Uncertain, expected, simulate
from dmdesk.values import replace

POINTS = [(0, 0, 1e8), (0, 1e8, 1e8), (0, 3e7, 1e8), (2e7, 9e7, 1e8), (5e6, 7.5e6, 20e6), (4e7, 4e7, 4e7)]


def register(size: int, **also) -> list[Uncertain]:
    """So many risks of many kinds, the same each time; some opportunities, some that may come three times."""
    dice = random.Random(294)
    return [
        Uncertain(
            f"DM-T-{n:03d}", dice.choice([0.1, 0.3, 0.5, 0.7, 0.9]),
            *map(float, sorted(dice.randrange(1, 10_000_000) for _ in range(3))),
            gain=n % 10 == 9, occurrences=3 if n % 7 == 6 else 1, **also,
        )
        for n in range(size)
    ]  # fmt: skip


def moments(risk: Uncertain, shape: str) -> tuple[float, float]:
    """Mean and variance of what a risk comes to, in closed form."""
    low, likely, high = risk.low, risk.likely, risk.high
    if shape == PERT:
        mean = (low + 4 * likely + high) / 6
        variance = (mean - low) * (high - mean) / 7
    else:
        mean = (low + likely + high) / 3
        variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    chance = risk.probability
    each = chance * (variance + mean**2) - (chance * mean) ** 2
    return (-1 if risk.gain else 1) * risk.occurrences * chance * mean, risk.occurrences * each


# ---------------------------------------------------------------- against closed forms


@pytest.mark.parametrize("shape", [PERT, TRIANGULAR])
@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("probability", [1, 0.3])
def test_a_shape_drawn_from_evenly_spread_numbers_has_the_mean_and_variance_of_its_formula(
    shape, points, probability
):
    count = 200_000
    even = (np.arange(count, dtype=np.uint64) * 2 + 1) * np.uint64(shapes.LEVELS // (2 * count))
    column = np.zeros(count)
    risk = Uncertain("a", probability, *points)
    shapes.draw(even, probability, shapes.table(risk, shape, 1), column)
    mean, variance = moments(risk, shape)
    assert column.mean() == pytest.approx(mean, rel=1e-4)
    assert column.var() == pytest.approx(variance, rel=5e-4, abs=1e-6)
    assert column.max() <= points[2]
    assert column[column > 0].min() >= points[0]


@pytest.mark.parametrize("shape", [PERT, TRIANGULAR])
def test_a_sum_of_independent_risks_has_the_mean_and_variance_of_the_formula_within_one_percent(shape):
    risks = [replace(risk, occurrences=1) for risk in register(12)]
    outcome = simulate(risks, 400_000, shape=shape)
    means, variances = zip(*(moments(risk, shape) for risk in risks), strict=True)
    assert outcome.mean == pytest.approx(sum(means), rel=0.01)
    assert outcome.deviation**2 == pytest.approx(sum(variances), rel=0.01)


@pytest.mark.parametrize("shape", [PERT, TRIANGULAR])
def test_occurrences_come_as_often_as_the_binomial_says_and_add_up(shape):
    risk = Uncertain("a", 0.3, 1000, 1000, 1000, occurrences=5)
    outcome = simulate([risk], 400_000, shape=shape)
    for times in range(6):
        share = outcome.totals.count(1000 * times) / outcome.runs
        assert share == pytest.approx(math.comb(5, times) * 0.3**times * 0.7 ** (5 - times), abs=0.003)
    spread = replace(risk, low=0, likely=200)
    mean, variance = moments(spread, shape)
    outcome = simulate([spread], 400_000, shape=shape)
    assert outcome.mean == pytest.approx(mean, rel=0.01)
    assert outcome.deviation**2 == pytest.approx(variance, rel=0.01)


def test_the_mean_is_the_plain_sum_where_no_event_has_several_risks():
    risks = register(40)
    assert simulate(risks, 200_000).mean == pytest.approx(expected(risks), rel=0.01)


def test_what_is_certain_is_that_and_what_is_impossible_is_nothing():
    certain = Uncertain("a", 1, 7, 7, 7, occurrences=2)
    outcome = simulate([certain, Uncertain("b", 0, 1, 2, 3)], 1_000)
    assert (outcome.mean, outcome.deviation, outcome.at(0), outcome.at(100)) == (14, 0, 14, 14)
    assert outcome.drivers == ()


def test_no_risks_at_all_come_to_nothing():
    outcome = simulate([])
    assert (outcome.mean, outcome.deviation, outcome.at(80), outcome.drivers) == (0, 0, 0, ())
    assert len(outcome.totals) == outcome.runs == 10_000


# ---------------------------------------------------------------- the same figures everywhere


def test_these_figures_come_out_on_every_machine():
    risks = [
        *register(40),
        Uncertain("x", 0.4, 2e6, 3e6, 9e6, event="flood"),
        Uncertain("y", 0.6, 1e6, 5e6, 6e6, event="flood"),
    ]
    told = {
        shape: (
            outcome.mean,
            outcome.deviation,
            outcome.at(50),
            outcome.at(80),
            outcome.at(90),
            outcome.at(100),
        )
        for shape in (PERT, TRIANGULAR)
        for outcome in [simulate(risks, 2_000, 7, shape)]
    }
    assert told == GOLDEN
    assert simulate(risks, 2_000, 7).drivers[0] == DRIVER


GOLDEN = {
    PERT: (117468195.1195, 16355200.869713709, 116993680.0, 131233543.0, 137973249.0, 175550561.0),
    TRIANGULAR: (119097194.844, 16717646.011235772, 118595951.0, 132826474.0, 140544642.0, 177773996.0),
}
DRIVER = Driver(key="DM-T-006", share=0.133276673, low=107354909.0415, high=128115087.9965)


def test_the_order_of_the_risks_changes_nothing():
    risks = register(60) + [replace(risk, key=f"e{risk.key}", event="storm") for risk in register(9)]
    shuffled = list(risks)
    random.Random(1).shuffle(shuffled)
    assert simulate(risks, 1_000) == simulate(shuffled, 1_000)


def test_another_seed_gives_other_figures_of_the_same_size():
    one, two = (simulate(register(60), seed=seed) for seed in (1, 2))
    assert one.totals != two.totals
    assert one.at(80) == pytest.approx(two.at(80), rel=0.02)


# ---------------------------------------------------------------- while somebody types


def test_adding_a_risk_changes_no_run_of_the_others():
    risks = register(10)
    before, after = Simulation(), Simulation()
    before.of(risks)
    after.of([Uncertain("new", 0.5, 1, 2, 3), *risks])
    for risk in risks:
        assert (before._kept[(risk,)].amounts == after._kept[(risk,)].amounts).all()


def test_a_changed_risk_is_sampled_alone_and_the_figures_are_those_of_a_fresh_start(monkeypatch):
    risks, simulation = register(30), Simulation(2_000)
    simulation.of(risks)
    risks[4] = replace(risks[4], probability=0.45)
    sampled = []
    really = Simulation._column
    monkeypatch.setattr(
        Simulation, "_column", lambda self, group: sampled.append(group) or really(self, group)
    )
    again = simulation.of(risks)
    assert sampled == [(risks[4],)]
    assert again == simulate(risks, 2_000)


def test_more_amounts_than_are_kept_give_the_same_figures(monkeypatch):
    risks = register(20)
    kept = simulate(risks, 2_000)
    monkeypatch.setattr("dmdesk.risks.simulation._KEPT", 0)
    simulation = Simulation(2_000)
    assert simulation.of(risks) == simulation.of(risks) == kept
    assert simulation._kept == {}


CHANCES = st.floats(0, 1)
AMOUNTS = st.lists(st.floats(0, 1e9), min_size=3, max_size=3).map(sorted)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(CHANCES, min_size=2, max_size=2).map(sorted),
    AMOUNTS,
    st.integers(1, 4),
    st.sampled_from([PERT, TRIANGULAR]),
)
def test_a_raised_probability_lowers_no_run(chances, points, times, shape):
    less, more = (Uncertain("a", chance, *points, occurrences=times) for chance in chances)
    lower, higher = Simulation(300, shape=shape), Simulation(300, shape=shape)
    lower.of([less])
    higher.of([more])
    assert (lower._kept[(less,)].amounts <= higher._kept[(more,)].amounts).all()


@settings(max_examples=60, deadline=None)
@given(
    CHANCES,
    st.lists(st.floats(0, 1e9), min_size=4, max_size=4).map(sorted),
    st.sampled_from([PERT, TRIANGULAR]),
)
def test_a_raised_likely_amount_lowers_no_figure(chance, points, shape):
    low, less, more, high = points
    lower, higher = (
        simulate([Uncertain("a", chance, low, likely, high)], 300, shape=shape) for likely in (less, more)
    )
    assert all(one <= other for one, other in zip(lower.totals, higher.totals, strict=True))


# ---------------------------------------------------------------- events


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(CHANCES, AMOUNTS, st.integers(1, 3)), min_size=1, max_size=5))
def test_an_event_never_exceeds_the_largest_of_its_risks_and_comes_to_no_less(given_risks):
    members = [
        Uncertain(f"r{n}", chance, *points, occurrences=times, event="fire")
        for n, (chance, points, times) in enumerate(given_risks)
    ]
    together = simulate(members, 300)
    alone = [simulate([member], 300) for member in members]
    assert together.at(100) == max(one.at(100) for one in alone)
    for run, total in enumerate(together.totals):
        assert total >= max(one.totals[run] for one in alone)
    assert together.at(100) <= max(round(member.high) * member.occurrences for member in members)


def test_risks_of_an_event_come_together():
    fire = [Uncertain(key, 0.3, 10, 10, 10, event="fire") for key in "ab"]
    outcome = simulate([*fire, Uncertain("c", 0.3, 4, 4, 4, gain=True, event="fire")])
    assert set(outcome.totals) == {0, 6}
    assert outcome.totals.count(6) == pytest.approx(3_000, abs=150)


# ---------------------------------------------------------------- what is told


def test_a_quantile_is_an_amount_that_so_many_percent_of_the_runs_do_not_exceed():
    outcome = simulate(register(30), 1_000)
    for percent in (0.1, 33.3, 50, 80, 90, 100):
        within = sum(total <= outcome.at(percent) for total in outcome.totals)
        assert within >= 10 * percent
    assert outcome.at(0) == outcome.totals[0]
    with pytest.raises(ValueError, match="no P101"):
        outcome.at(101)


def test_the_curve_rises_from_the_least_to_the_most():
    outcome = simulate(register(30), 1_000)
    curve = outcome.curve()
    assert [percent for _, percent in curve] == list(range(101))
    assert list(curve) == sorted(curve)
    assert (curve[0][0], curve[80][0], curve[100][0]) == (outcome.at(0), outcome.at(80), outcome.at(100))
    assert len(outcome.curve(5)) == 5
    with pytest.raises(ValueError, match="2 or more"):
        outcome.curve(1)


def test_months_keep_their_fractions_where_a_thousand_parts_are_counted():
    delay = Uncertain("a", 1, 0.25, 0.5, 2.0)
    outcome = simulate([delay], 100_000, parts=1000)
    assert outcome.mean == pytest.approx((0.25 + 4 * 0.5 + 2.0) / 6, rel=0.01)
    assert 0.25 <= outcome.at(0) < outcome.at(80) < outcome.at(100) <= 2
    assert simulate([replace(delay, low=0.5, high=0.5)], parts=1000).at(80) == 0.5


def test_the_tornado_has_the_ten_that_matter_most_longest_bar_first():
    small = [Uncertain(f"s{n:02d}", 0.5, 10, 20, 30) for n in range(30)]
    large = [Uncertain(f"L{n}", 0.5, 1e6 * n, 1e6 * n, 1e6 * n) for n in range(1, 10)]
    rare = Uncertain("rare", 0.02, 5e7, 5e7, 5e7)
    outcome = simulate([*small, *large, rare])
    drivers = outcome.drivers
    assert {driver.key for driver in drivers} == {"rare", *(risk.key for risk in large)}
    lengths = [driver.high - driver.low for driver in drivers]
    assert lengths == sorted(lengths, reverse=True)
    assert 0.99 < sum(driver.share for driver in drivers) <= 1
    assert all(driver.low < outcome.mean < driver.high for driver in drivers)
    nine = next(driver for driver in drivers if driver.key == "L9")
    assert nine.high - nine.low == pytest.approx(9e6), (
        "it comes in all of its worst tenth, in none of its best"
    )


def test_a_gain_in_the_tornado_lowers_the_total_and_an_event_is_one_bar():
    gain = Uncertain("won", 0.5, 100, 100, 100, gain=True)
    fire = [Uncertain(key, 0.5, 300, 300, 300, event="fire") for key in "ab"]
    outcome = simulate([gain, *fire])
    assert [driver.key for driver in outcome.drivers] == ["fire", "won"]
    won = outcome.drivers[1]
    assert isinstance(won, Driver)
    assert won.low == pytest.approx(won.high - 100)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"runs": 0}, "0 runs"), ({"runs": 1_000_001}, "1,000,001 runs"),
        ({"shape": "normal"}, "normal"), ({"parts": 0}, "0 parts"),
    ],
)  # fmt: skip
def test_a_simulation_that_cannot_be_made_is_refused_with_a_sentence(wrong, says):
    with pytest.raises(ValueError, match=says):
        simulate([], **wrong)


def test_one_run_is_enough_to_be_told_something():
    outcome = simulate(register(5), 1)
    assert outcome.at(0) == outcome.at(80) == outcome.mean
    assert outcome.deviation == 0


def test_the_largest_amounts_are_summed_up_exactly():
    risk = Uncertain("a", 1, 2.0**52 + 1, 2.0**52 + 1, 2.0**52 + 1)
    outcome = simulate([risk], 3_000)
    assert set(outcome.totals) == {2**52 + 1}
    assert outcome.mean == 2**52 + 1
