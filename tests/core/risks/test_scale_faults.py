"""Faults of scales: each is one sentence with its place, and the ready scales have none."""

import pytest

from dmdesk.risks.ready import READY
from dmdesk.risks.scale import Band, Level, Zone
from dmdesk.risks.scale_faults import faults, grave
from dmdesk.values import replace

RUBIN, PMI = READY["rubin"], READY["pmi"]


def band(level, **values):
    """Rubin's scale with another band."""
    bands = tuple(replace(one, **values) if one.level == level else one for one in RUBIN.bands)
    return replace(RUBIN, bands=bands)


def impact(dimension, level, **values):
    """Rubin's scale with another impact level."""
    levels = tuple(replace(one, **values) if one.level == level else one for one in RUBIN.levels[dimension])
    return replace(RUBIN, levels={**RUBIN.levels, dimension: levels})


def told(scale):
    return [fault.words for fault in faults(scale)]


@pytest.mark.parametrize("scale", READY.values(), ids=READY.keys())
def test_the_ready_scales_have_no_faults(scale):
    assert faults(scale) == []


@pytest.mark.parametrize(
    ("scale", "words", "at", "field"),
    [
        (band(3, name=" "), "Likelihood 3 has no name; give it one.", (3,), "name"),
        (band(3, least=41, most=41, point=41),
         "Likelihood 3 goes from 41 % to 41 %; it must end above where it begins.", (3,), "most"),
        (band(2, point=45), "The point of likelihood 2, 45 %, is outside 21–40 %.", (2,), "point"),
        (band(3, least=30), "Likelihood 3 begins at 30 %, within likelihood 2, which ends at 40 %.", (3,), "least"),
        (impact("cost", 2, limit=None), "Level 2 of cost impact has no limit; only the highest may be without one.",
         ("cost", 2), "limit"),
        (impact("cost", 3, limit=5), "The limit of level 3 of cost impact, 5, is not above 5, that of the level below.",
         ("cost", 3), "limit"),
        (impact("cost", 3, unit="currency"),
         "The limits of cost impact count “% of baseline” and “currency”; use one unit for all of them.",
         ("cost", 3), "unit"),
        (impact("cost", 3, unit=""), "The limit of level 3 of cost impact has no unit; choose one.",
         ("cost", 3), "unit"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_part_is_said_at_its_field(scale, words, at, field):
    (fault,) = grave(scale)
    assert (fault.words, fault.at, fault.field) == (words, at, field)


def test_a_gap_between_bands_is_a_remark_and_whole_percents_leave_none():
    (fault,) = faults(band(3, least=45))
    assert fault.words == "Between likelihood 2 and 3 there is a gap from 40 to 45 %."
    assert not fault.grave


def test_a_table_of_the_wrong_size_and_scores_that_fall_are_told():
    assert told(replace(RUBIN, table=RUBIN.table[:4])) == [
        "The score table has 4 lines for 5 levels of likelihood."
    ]
    short = (RUBIN.table[0][:4], *RUBIN.table[1:])
    assert told(replace(RUBIN, table=short)) == ["Likelihood 1 has 4 scores for 5 levels of impact."]
    falling = ((1, 3, 2, 8, 12), *RUBIN.table[1:])
    (fault,) = faults(replace(RUBIN, table=falling))
    assert fault.words == "Likelihood 1 × impact 3 scores 2, less than 3 at a lower level beside it."
    assert (fault.at, fault.grave) == ((1, 3), False)


def test_levels_count_from_1_and_are_2_to_9():
    assert told(replace(RUBIN, bands=RUBIN.bands[1:], table=RUBIN.table[1:])) == [
        "Level 1 of likelihood is missing; levels count from 1."
    ]
    doubled = (*RUBIN.bands[:4], replace(RUBIN.bands[4], level=4))
    assert "Level 4 of likelihood is there 2 times." in told(replace(RUBIN, bands=doubled))
    many = tuple(Band(at, f"b{at}", at * 10 - 10, at * 10, at * 10 - 5) for at in range(1, 11))
    table = tuple(tuple(range(1, 6)) for _ in many)
    found = grave(replace(RUBIN, bands=many, table=table))
    assert [fault.words for fault in found] == ["There are 10 levels of likelihood; a scale has 2 to 9."]


def test_a_scale_without_anything_says_so_and_fails_nowhere():
    nothing = replace(RUBIN, bands=(), levels={}, table=(), zones=())
    words = told(nothing)
    assert "There are 0 levels of likelihood; a scale has 2 to 9." in words
    assert "The scale has no levels of overall impact; every scale needs them." in words
    assert "The scale has no zones; add one, so that scores have a name and a colour." in words


def test_dimensions_have_names_of_their_own_and_as_many_levels_as_the_others():
    extra = (Level(1, "a"), Level(2, "b"))
    found = told(replace(RUBIN, levels={**RUBIN.levels, "Cost": extra}))
    assert found == [
        "The dimension “Cost” is there twice.",
        "The dimension “Cost” has 2 levels where others have 5.",
    ]
    found = told(replace(RUBIN, levels={**RUBIN.levels, "a:b": RUBIN.levels["people"]}))
    assert found == ["The dimension “a:b” has a colon or an equals sign in its name; leave it out."]


def test_a_product_needs_a_value_for_every_level_and_no_table():
    levels = (replace(PMI.levels["overall"][0], value=None), *PMI.levels["overall"][1:])
    assert told(replace(PMI, levels={**PMI.levels, "overall": levels})) == [
        "Level 1 of overall impact has no value to multiply by."
    ]


def zones(*of):
    return replace(RUBIN, zones=tuple(Zone(*one, rank=at) for at, one in enumerate(of)))


def test_zones_rise_have_names_and_patterns_of_their_own_and_are_reached():
    low, mid = ("low", 0, "#00b050", "none"), ("mid", 10, "#ffff00", "dots")
    assert faults(zones(low, mid)) == []
    assert told(zones(mid, low)) == ["Zone “low” begins at 0, not above 10, where “mid” begins."]
    assert told(zones(low, ("Low", 10, "", "dots"))) == ["The zone “Low” is there twice."]
    assert told(zones(low, ("", 10, "", "dots"))) == ["The zone from 10 has no name; give it one."]
    (same,) = faults(zones(low, ("mid", 10, "", "")))
    assert same.words == "Zones “low” and “mid” have the same pattern, and cannot be told apart in grey."
    (under,) = faults(zones(("low", 3, "", "none"), mid))
    assert under.words == "Scores from 1 lie below every zone; they count as “low”, from 3."
    (beyond,) = faults(zones(low, ("mid", 26, "", "dots")))
    assert beyond.words == "No cell of the scale lies in zone “mid”."
    assert not any(one.grave for one in (same, under, beyond))


def test_zones_that_begin_at_one_score_or_stand_in_another_order_than_their_names_say_are_told():
    low, high = ("low", 11, "", "none"), ("high", 11, "", "dots")
    assert told(zones(low, high)) == ["Zone “high” begins at 11, as “low” does; one of them is never met."]
    (remark,) = faults(zones(("high", 0, "", "dots"), low))
    assert remark.words == "By their scores the zones are, from below: high, low."
    assert (remark.at, remark.grave) == ((0,), False)
