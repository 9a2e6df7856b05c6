"""Checks of scales: their faults are found and closed up; the ready ones have none."""

import pytest

from dmdesk.plan import preview
from dmdesk.risks.ready import READY, adopted
from dmdesk.risks.scale import scale_of
from tests.core.checks.plans import cured, found, plan, row, words
from tests.core.checks.register import risk, scale

CODES = ("scale.level", "scale.bands", "scale.table", "scale.falls", "scale.zones")


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
        ({"least": "15"}, "It begins at 15 %, below the end of the band under it (20 %).", {"least": "20"}),
        (
            {"least": "25"},
            "It begins at 25 %, but the band under it ends at 20 %; between them is a gap.",
            {"least": "20"},
        ),
        ({"least": "40", "most": "21"}, "It goes from 40 up to 21 %, which is less.", {"least": "21", "most": "40"}),
        ({"point": "50"}, "Its point 50 % does not lie between 21 and 40 %.", {"point": ""}),
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
        ("own band 3", "It follows level 2, which is missing."),
        ("own band 2", "Its level “two” is no number from 1 to 9, so that it is left out."),
    ]


def test_a_table_of_another_size_is_found():
    (finding,) = found(with_scale(table=("1 2 3", "1 2")), "scale.table")
    assert finding.words == "Its table is 2 × 3, but there are 3 likelihoods × 3 impacts."


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
        ("scale own", "Its score is likelihood × value, but not every overall impact level has a value.")
    ]


def test_a_score_that_falls_is_said_once():
    assert words(with_scale(table=("4 9 15", "2 6 5", "1 3 7")), "scale.falls") == [
        (
            "scale own",
            "The score falls from 7 to 5 between likelihood 1, impact 3 and likelihood 2, impact 3.",
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
        ("own zone high", "It begins above the highest score, 15, so that it is never met.")
    ]
    assert words(edited("own zone high", least="6"), "scale.zones") == [
        ("own zone high", "It begins at 6, as “moderate” does; one of them is never met.")
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
