"""What may happen, as values: the sum checked by hand, and what is refused with a sentence."""

import math
import subprocess
import sys

import pytest

from dmdesk.risks.simulation import simulate
from dmdesk.risks.uncertain import Uncertain, expected, pert_mean
from dmdesk.values import replace
from tests.house.tree import ROOT

CRANE = Uncertain("DM-T-001", 0.5, 5e6, 7.5e6, 20e6)


def test_the_published_example_has_its_brackets():
    assert pert_mean(5e6, 7.5e6, 20e6) == pytest.approx(9_166_667, abs=0.5)
    assert expected([CRANE]) == pytest.approx(4_583_333, abs=0.5)


def test_the_plain_sum_counts_occurrences_and_takes_gains_away():
    gain = Uncertain("DM-O-001", 0.1, 600, 600, 600, gain=True)
    assert expected([replace(CRANE, occurrences=3), gain]) == pytest.approx(13_750_000 - 60)
    assert expected([]) == 0


def test_the_plain_sum_counts_the_largest_of_an_event_once():
    fire = [
        Uncertain(key, 0.5, amount, amount, amount, event="fire") for key, amount in (("a", 100), ("b", 40))
    ]
    saved = Uncertain("c", 0.5, 10, 10, 10, gain=True, event="fire")
    assert expected(fire) == 50
    assert expected([saved, *reversed(fire)]) == 45


def test_expected_amounts_need_no_numpy():
    program = "import sys, dmdesk.risks.uncertain, dmdesk.cli; print('numpy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("counted", [expected, simulate])
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"probability": 1.2}, "from 0 to 1"), ({"probability": -0.1}, "from 0 to 1"),
        ({"probability": math.nan}, "from 0 to 1"),
        ({"low": -1.0}, "negative"), ({"low": 8e6}, "out of order"), ({"high": 7e6}, "out of order"),
        ({"likely": math.nan}, "not all numbers"), ({"high": math.inf}, "not all numbers"),
        ({"occurrences": 0}, "occurrences"), ({"occurrences": 1_001}, "occurrences"),
        ({"occurrences": 1.5}, "occurrences"),
        ({"high": 1e16}, "too large"),
    ],
)  # fmt: skip
def test_what_is_no_sense_is_refused_with_a_sentence(counted, wrong, says):
    with pytest.raises(ValueError, match=says) as refused:
        counted([replace(CRANE, **wrong)])
    assert str(refused.value).endswith(".")
    assert "DM-T-001" in str(refused.value) or says == "too large"


@pytest.mark.parametrize("counted", [expected, simulate])
def test_two_risks_of_one_name_are_refused_since_they_would_share_their_chances(counted):
    with pytest.raises(ValueError, match="Two risks are called DM-T-001"):
        counted([CRANE, replace(CRANE, probability=0.1)])
