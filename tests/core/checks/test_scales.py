"""Checks of scales: their faults are found and closed up; the ready ones have none."""

import pytest

from dmdesk.plan import preview
from dmdesk.risks.ready import READY, adopted
from dmdesk.risks.scale import scale_of
from tests.core.checks.plans import cured, found, plan, row, words
from tests.core.checks.register import part, risk, scale

CODES = ("scale.level", "scale.bands", "scale.limits", "scale.table", "scale.falls", "scale.zones")


def with_scale(*rows, **values):
    return plan(row("plan", "P", scale="scale own"), *scale(**values), *rows)


@pytest.mark.parametrize("key", READY)
def test_the_ready_scales_have_no_faults(key):
    data = plan(row("plan", "P"))
    assert found(preview(data, adopted(data, key)), *CODES) == []


def test_a_scale_that_is_in_order_is_no_finding():
    assert found(with_scale(), *CODES) == []


def edited(id, **values):
    from dmdesk.changes import put

    data = with_scale()
    kind = id.split()[1]
    return preview(data, [put(data.get(kind, id), values)])


@pytest.mark.parametrize(
    ("values", "said", "after"),
    [
        ({"least": "15"}, "Likelihood 2 begins at 15 %, within likelihood 1, which ends at 20 %.", {"least": "20"}),
        (
            {"least": "25"},
            "Between likelihood 1 and 2 there is a gap from 20 to 25 %.",
            {"least": "20"},
        ),
        (
            {"least": "40", "most": "21"},
            "Likelihood 2 goes from 40 % to 21 %; it must end above where it begins.",
            {"least": "21", "most": "40"},
        ),
        ({"point": "50"}, "The point of likelihood 2, 50 %, is outside 21–40 %.", {"point": ""}),
    ],
)  # fmt: skip
def test_gaps_overlaps_and_points_outside_are_found_and_cured(values, said, after):
    data = edited("own band 2", **values)
    finding = next(one for one in found(data, "scale.bands") if one.words == said)
    band = cured(data, finding).get("band", "own band 2")
    assert {name: getattr(band, name) for name in after} == after


def test_a_level_that_is_none_or_follows_a_missing_one_is_found():
    data = edited("own band 2", level="two")
    assert words(data, "scale.level") == [
        ("own band 3", "Level 2 of likelihood is missing; levels count from 1."),
        ("own band 2", "Its level “two” is no number from 1 to 9, so that it is left out."),
    ]


def test_a_table_of_another_size_is_found():
    (finding,) = found(with_scale(table=("1 2 3", "1 2")), "scale.table")
    assert finding.words == "The score table has 2 lines for 3 levels of likelihood."


def test_a_ready_scale_gets_its_table_back():
    data = plan(row("plan", "P"))
    data = preview(data, adopted(data, "nasa"))
    from dmdesk.changes import put

    broken = preview(data, [put(data.find("scale", "nasa"), {"table": ("1 2",)})])
    (finding,) = found(broken, "scale.table")
    assert finding.fix_title == "Take the table of NASA"
    assert scale_of(cured(broken, finding)) == READY["nasa"]


def test_a_product_scale_without_values_is_found():
    assert words(with_scale(rule="product"), "scale.table") == [
        (f"own impact {n}", f"Level {n} of overall impact has no value to multiply by.") for n in (1, 2, 3)
    ]


def test_a_score_that_falls_is_said_once():
    assert words(with_scale(table=("4 3 2", "2 6 5", "1 3 7")), "scale.falls") == [
        (
            "scale own",
            "Likelihood 2 × impact 3 scores 5, less than 7 at a lower level beside it.",
        )
    ]


def test_zones_in_another_order_than_their_names_are_put_in_order():
    data = edited("own zone low", least="12")
    (finding,) = found(data, "scale.zones")
    assert finding.words == "By their scores the zones are, from below: moderate, high, low."
    after = cured(data, finding)
    names = ("low", "moderate", "high")
    assert [after.get("zone", f"own zone {name}").least for name in names] == ["6", "11", "12"]


def test_zones_that_are_never_met_are_found():
    assert words(edited("own zone high", least="16"), "scale.zones") == [
        ("own zone high", "No cell of the scale lies in zone “high”.")
    ]
    assert words(edited("own zone high", least="6"), "scale.zones") == [
        ("own zone high", "Zone “high” begins at 6, as “moderate” does; one of them is never met.")
    ]


def test_limits_in_percent_want_a_cost_baseline_once_risks_have_costs():
    costly = risk("A", cost_likely=5)
    assert [one.field for one in found(with_scale(costly), "scale.no-baseline")] == ["cost_baseline"]
    assert found(with_scale(risk("A")), "scale.no-baseline") == []
    data = plan(row("plan", "P", cost_baseline=70_000_000), costly)
    assert found(data, "scale.no-baseline") == []


def test_a_scale_without_zones_is_found():
    bare = [one for one in scale() if not one.id.startswith("own zone")]
    assert [one.id for one in found(plan(*bare), "scale.zones")] == ["scale own"]
    assert [
        (one.id, one.words) for one in found(plan(row("scale", "own")), "scale.zones", "scale.level")
    ] == [
        ("scale own", "There are 0 levels of likelihood; a scale has 2 to 9."),
        ("scale own", "The scale has no levels of overall impact; every scale needs them."),
        ("scale own", "The scale has no zones; add one, so that scores have a name and a colour."),
    ]


def test_limits_that_do_not_rise_or_count_nothing_are_found_at_their_level():
    assert words(edited("own impact 2", limit="4"), "scale.limits") == [
        (
            "own impact 2",
            "The limit of level 2 of overall impact, 4, is not above 5, that of the level below.",
        )
    ]
    (finding,) = found(edited("own impact 2", unit=""), "scale.limits")
    assert (finding.id, finding.field) == ("own impact 2", "unit")


def test_a_dimension_with_other_levels_than_the_rest_is_found_at_its_first_level():
    rows = [part("impact", f"c{n}", scale="scale own", dimension="cost", level=n, name=n) for n in "12"]
    assert words(with_scale(*rows), "scale.level") == [
        ("c1", "The dimension “cost” has 2 levels where others have 3.")
    ]


def test_zones_of_the_same_pattern_are_found():
    assert words(edited("own zone high", mark="dots"), "scale.zones") == [
        (
            "own zone high",
            "Zones “moderate” and “high” have the same pattern, and cannot be told apart in grey.",
        )
    ]


def test_a_band_that_is_there_twice_gets_no_cure_that_may_be_for_the_other():
    again = part("band", "again", scale="scale own", level="2", name="Again", least="5", most="9", point="50")
    data = with_scale(again)
    assert found(data, "scale.bands")
    assert not any(one.fixes for one in found(data, "scale.bands") if one.id == "again")


def test_what_checks_of_all_kinds_say_is_not_said_again():
    twin = part("band", "twin", scale="scale own", level="3", name="Often", least="41", most="60")
    data = preview(with_scale(twin), [])
    assert found(data, "key.twice")
    assert not found(data, "scale.level")
    data = edited("own band 1", name="")
    assert found(data, "field.empty")
    assert not found(data, *CODES)
