"""Rescaling: edited scales are kept in their rows, scores go on in three ways, and each ends in a level that exists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk.changes import inverse
from dmdesk.plan import preview
from dmdesk.risks.book import further, scored
from dmdesk.risks.ready import READY, adopted
from dmdesk.risks.rescaling import drafting as d
from dmdesk.risks.rescaling.effects import counts, effects, orphans
from dmdesk.risks.rescaling.rows import copied, rewritten, used
from dmdesk.risks.rescaling.scores import AMOUNTS, KEEP, MAP, WAYS, by_origin, by_place, rescored, way
from dmdesk.risks.scale import scale_of
from dmdesk.risks.scale_faults import grave
from dmdesk.values import replace
from tests.core.risks.register import plan, plan_with, risk, row, score
from tests.core.risks.scales import registers, scales

RUBIN, DOE, PMI = READY["rubin"], READY["doe"], READY["pmi"]
PLAN = row("plan", "plan", title="Plan", cost_baseline=100_000_000)


def with_scale(scale, *rows):
    """A plan that judges by a copy of a scale, and the scale as it is read there."""
    data = plan(PLAN, *rows)
    data = plan_with(data, used(data, replace(scale, id="")))
    return data, scale_of(data)


def rubin(*rows):
    return with_scale(RUBIN, *rows)


def edited(data, draft, how=KEEP):
    """The plan after a draft was applied in one way."""
    old = scale_of(data)
    return plan_with(data, [*rewritten(data, draft), *rescored(data, draft.scale, way(how, old, draft))])


# -- laws


@settings(max_examples=30, deadline=None)
@given(scales(), scales())
def test_the_rows_read_back_as_the_scale_that_was_edited(old, new):
    data, held = with_scale(old)
    draft = d.Draft(replace(new, id=held.id), (0,) * new.height, (0,) * new.width, {})
    changes = rewritten(data, draft)
    after = plan_with(data, changes)
    assert scale_of(after) == replace(new, table=new.table or held.table)
    assert rewritten(after, d.begun(scale_of(after))) == []
    assert preview(after, inverse(changes)).rows("band") == data.rows("band")


EDITS = (
    lambda draft, n: d.add_band(draft, n),
    lambda draft, n: d.drop_band(draft, n),
    lambda draft, n: d.add_level(draft, n),
    lambda draft, n: d.drop_level(draft, n),
    lambda draft, n: d.add_dimension(draft, f"more {n}"),
    lambda draft, n: d.drop_dimension(draft, ("cost", "people")[n % 2]),
    lambda draft, n: (
        d.name_dimension(draft, "people", f"folk {n}") if "people" in draft.scale.levels else draft
    ),
    lambda draft, n: d.with_scale(draft, rule=("table", "product")[n % 2]),
)


@settings(max_examples=40, deadline=None)
@given(scales(), st.lists(st.tuples(st.sampled_from(EDITS), st.integers(1, 9)), max_size=8))
def test_edits_of_levels_keep_a_whole_scale_whole_and_its_rows_true(scale, edits):
    data, held = with_scale(scale)
    draft = d.begun(held)
    for edit, number in edits:
        draft = edit(draft, number)
    assert [fault.words for fault in grave(draft.scale)] == []
    after = plan_with(data, rewritten(data, draft))
    assert scale_of(after) == replace(draft.scale, table=draft.scale.table or held.table)


@settings(max_examples=30, deadline=None)
@given(scales(), registers())
def test_mapping_a_scale_to_itself_changes_no_level_that_it_has(scale, rows):
    data, held = with_scale(scale, *rows)
    after = plan_with(data, rescored(data, held, way(MAP, held, d.begun(held))))
    for id, before in data.rows("score").items():
        if not any(one[0].id == id for one in orphans(data, held)):
            assert after.rows("score")[id] == before


@settings(max_examples=40, deadline=None)
@given(scales(), scales("other", ""), registers(), st.sampled_from(WAYS))
def test_every_score_ends_in_a_level_that_exists_and_none_is_lost(old, new, rows, how):
    data, held = with_scale(old, *rows)
    draft = d.begun(new)
    after = plan_with(data, [*used(data, new), *rescored(data, new, way(how, held, draft))])
    assert scale_of(after) == new
    assert orphans(after, new) == []
    for id, before in data.rows("score").items():
        now = after.rows("score")[id]
        assert {name for name, _ in further(now.further)} == {name for name, _ in further(before.further)}
        assert (now.likelihood is None, now.cost is None) == (before.likelihood is None, before.cost is None)


@given(st.integers(1, 9), st.integers(1, 9))
def test_going_by_place_keeps_order_ends_and_itself(before, now):
    found = by_place(before, now)
    assert list(found.values()) == sorted(found.values())
    assert found[1] == 1
    assert before == 1 or found[before] == now
    assert before != now or all(old == new for old, new in found.items())


# -- ways, in examples


def test_when_levels_are_removed_scores_follow_theirs_and_those_of_a_removed_one_go_to_the_next_higher():
    data, scale = rubin(risk("a"), score("a", 5, 4), risk("b"), score("b", 3, 1))
    draft = d.drop_band(d.begun(scale), 3)
    after = edited(data, draft, MAP)
    assert scored(after, "a").current.likelihood == 4
    assert scored(after, "b").current.likelihood == 3
    assert by_origin(5, (1, 2, 4, 5)) == {1: 1, 2: 2, 3: 3, 4: 3, 5: 4}


def test_numbers_that_are_kept_stay_within_the_scale():
    data, scale = rubin(risk("a"), score("a", 5, 5), risk("b"), score("b", 3, 1))
    draft = d.drop_band(d.begun(scale), 3)
    assert [(one.risk, name, level) for one, name, level in orphans(data, draft.scale)] == [
        ("a", "likelihood", 5)
    ]
    after = edited(data, draft)
    assert [scored(after, id).current.likelihood for id in "ab"] == [4, 3]


def test_a_level_that_is_added_in_between_takes_its_scores_along_only_when_they_are_mapped():
    data, scale = rubin(risk("a"), score("a", 2, 4))
    draft = d.add_level(d.begun(scale), 2)
    assert [scored(edited(data, draft, how), "a").current.impact for how in (KEEP, MAP)] == [4, 5]


def test_by_amounts_likelihood_follows_the_point_of_the_band_and_impact_the_likely_amount():
    row_of = score("a", 3, 1, cost=5, schedule=2)
    data, scale = rubin(risk("a", cost_likely=12_000_000, delay_likely="7"), row_of)
    found = rescored(data, DOE, way(AMOUNTS, scale, d.begun(DOE)))
    after = plan_with(data, [*used(data, DOE), *found]).rows("score")[row_of.id]
    assert (after.likelihood, after.cost, after.schedule) == (3, 4, 4)


def test_a_typed_probability_decides_before_the_band_does():
    data, scale = rubin(risk("a", probability="95"), score("a", 3, 1))
    (change,) = rescored(data, DOE, way(AMOUNTS, scale, d.begun(DOE)))
    assert change.fields == {"likelihood": (3, 5)}


def test_scores_of_the_past_and_targets_go_by_what_their_level_covered_and_not_by_the_amount_now():
    past = score("a", 3, None, date="2017-01-01", cost=2)
    data, scale = rubin(
        risk("a", cost_likely=50_000_000), past, score("a", 3, None, date="2017-06-01", cost=2)
    )
    after = plan_with(data, rescored(data, DOE, way(AMOUNTS, scale, d.begun(DOE))))
    assert [one.cost for one in after.rows("score").values()] == [2, 5]


def test_a_dimension_with_another_name_takes_its_scores_along():
    own = score("a", 3, 1, further=("people: 5", "asset: 2"))
    data, scale = rubin(risk("a"), own)
    after = edited(data, d.name_dimension(d.begun(scale), "people", "Safety"))
    assert after.rows("score")[own.id].further == ("Safety: 5", "asset: 2")
    assert scale_of(after).levels["Safety"] == scale.levels["people"]
    assert {one.id for one in after.rows("impact").values()} == {
        one.id for one in data.rows("impact").values()
    }


def test_levels_that_move_keep_their_rows():
    data, scale = rubin()
    changes = rewritten(data, d.drop_band(d.begun(scale), 1))
    assert sorted(change.op for change in changes) == ["drop", "set", "set", "set", "set", "set"]
    assert {"Unlikely", "Possible"} <= {one.name for one in plan_with(data, changes).rows("band").values()}


def test_a_table_whose_lines_are_alike_is_kept_whole():
    table = ((1, 1), (1, 1), (2, 2))
    scale = replace(DOE, table=table, bands=DOE.bands[:3], levels={"overall": DOE.levels["overall"][:2]})
    _, held = with_scale(scale)
    assert held.table == table


# -- copying and choosing


def test_a_copy_has_a_key_of_its_own_and_the_same_scale():
    data = plan(PLAN)
    data = plan_with(data, copied(data, RUBIN))
    data = plan_with(data, copied(data, RUBIN, "Ours"))
    assert sorted(one.key for one in data.rows("scale").values()) == ["rubin", "rubin-2"]
    second = data.find("scale", "rubin-2")
    assert scale_of(data, second.id) == replace(RUBIN, key="rubin-2", name="Ours")


def test_a_scale_whose_key_was_changed_does_not_stand_in_the_way_of_the_ready_one():
    data = plan(PLAN)
    data = plan_with(data, adopted(data, "rubin"))
    draft = d.with_scale(d.begun(scale_of(data)), key="ours")
    data = plan_with(data, rewritten(data, draft))
    again = plan_with(data, copied(data, RUBIN))
    assert sorted(one.key for one in again.rows("scale").values()) == ["ours", "rubin"]
    assert len(again.rows("band")) == 10


def test_using_the_scale_that_is_used_changes_nothing():
    data, scale = rubin()
    assert used(data, scale) == []


# -- what it comes to


def test_effects_name_the_risks_that_stand_otherwise_and_zones_are_counted_from_the_highest():
    data, scale = rubin(risk("a"), score("a", 5, 5), risk("b"), score("b", 1, 1), risk("c"))
    zones = d.set_zone(d.begun(scale), 2, least=26)
    after = edited(data, zones)
    (effect,) = effects(data, after)
    assert (effect.risk, effect.before.words, effect.now.words) == (
        "a",
        "L5 × I5 · 25 · high",
        "L5 × I5 · 25 · moderate",
    )
    assert list(counts(data).items()) == [("high", 1), ("moderate", 0), ("low", 1), ("", 1)]
    assert list(counts(after).items()) == [("high", 0), ("moderate", 1), ("low", 1), ("", 1)]


def test_closed_risks_come_last_and_are_not_counted():
    data, scale = rubin(risk("a", state="retired"), score("a", 5, 5), risk("b"), score("b", 5, 5))
    after = edited(data, d.set_zone(d.begun(scale), 2, least=26))
    assert [one.risk for one in effects(data, after)] == ["b", "a"]
    assert sum(counts(after).values()) == 1


@pytest.mark.parametrize("how", WAYS)
def test_a_scale_that_stays_as_it_is_changes_nothing_where_no_amounts_are_known(how):
    data, scale = rubin(risk("a"), score("a", 4, 2, cost=3, schedule=1, further=("people: 4",)))
    assert rescored(data, scale, way(how, scale, d.begun(scale))) == []


# -- edits that fill in what keeps a scale whole


def test_a_new_band_is_cut_from_the_one_below_or_from_what_is_free_above():
    draft = d.add_band(d.begun(RUBIN), 3)
    assert [(one.level, one.name, one.least, one.most) for one in draft.scale.bands[2:5]] == [
        (3, "Possible", 41, 50.5), (4, "New", 50.5, 60), (5, "Likely", 61, 80)
    ]  # fmt: skip
    top = d.add_band(d.begun(RUBIN), 5).scale.bands[-1]
    assert (top.level, top.least, top.most, top.point) == (6, 90, 100, 95)
    assert draft.scale.table[3] == draft.scale.table[2] == RUBIN.table[2]


def test_the_point_of_a_band_above_the_highest_is_a_number_that_its_row_can_hold():
    scale = replace(
        RUBIN, bands=(*RUBIN.bands[:-1], replace(RUBIN.bands[-1], most=27.177, least=20, point=25))
    )
    assert d.add_band(d.begun(scale), 5).scale.bands[-1].point == 63.5885


def test_a_removed_band_is_covered_by_the_one_below():
    draft = d.drop_band(d.begun(RUBIN), 3)
    assert [(one.least, one.most) for one in draft.scale.bands] == [(10, 20), (21, 60), (61, 80), (81, 90)]
    assert grave(draft.scale) == []


def test_levels_stay_between_two_and_nine():
    draft = d.begun(RUBIN)
    for _ in range(12):
        draft = d.add_level(d.add_band(draft, 2), 2)
    assert (draft.scale.height, draft.scale.width) == (9, 9)
    for _ in range(12):
        draft = d.drop_level(d.drop_band(draft, 1), 1)
    assert (draft.scale.height, draft.scale.width) == (2, 2)
    assert grave(draft.scale) == []


def test_a_table_becomes_a_product_and_a_product_a_table_that_says_the_same():
    product = d.with_scale(d.begun(RUBIN), rule="product").scale
    assert [one.value for one in product.levels["overall"]] == [0.05, 0.1, 0.2, 0.4, 0.8]
    table = d.with_scale(d.begun(PMI), rule="table").scale
    assert table.table[3][3] == 0.28
    assert table.score(4, 4) == PMI.score(4, 4)


def test_the_scores_of_a_table_that_is_too_small_can_be_typed():
    small = replace(RUBIN, table=RUBIN.table[:1])
    assert d.set_score(d.begun(small), 5, 5, 25).scale.table[4] == (0, 0, 0, 0, 25)
