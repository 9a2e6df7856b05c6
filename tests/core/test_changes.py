"""Changes: each can be taken back, kept as text, and says no where it was made against something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk.errors import Conflict
from dmdesk.kinds import kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData
from dmdesk.types import BadValue
from tests.core import rows

PRODUCT = kinds()["product"]


@given(rows.plans(), rows.plans())
def test_the_difference_of_two_plans_leads_from_one_to_the_other_and_back(then, now):
    there = c.difference(then, now)
    assert rows.state(preview(then, there)) == rows.state(now)
    assert rows.state(preview(now, c.inverse(there))) == rows.state(then)


@given(rows.plans())
def test_a_plan_does_not_differ_from_its_copy(data):
    assert c.difference(data, data.copy()) == []


@given(rows.plans(), rows.plans())
def test_the_history_keeps_a_change_as_text_without_loss(then, now):
    for change in c.difference(then, now):
        kept = change.to_json().encode("utf-8").decode("utf-8")
        assert c.from_json(change.op, change.kind, change.id, kept) == change
        assert change.inverse().inverse() == change


@given(rows.plans(), st.data())
def test_dropping_rows_with_all_that_goes_along_leaves_nothing_hanging_and_can_be_taken_back(data, draw):
    every = [row for table in rows.state(data).values() for row in table.values()]
    doomed = draw.draw(
        st.lists(st.sampled_from(every), unique_by=lambda row: row.id) if every else st.just([])
    )
    drops = c.drop_all(data, doomed)
    after = preview(data, drops)
    assert rows.dangling(after) == []
    assert all(after.get(c.kind_of(row).name, row.id) is None for row in doomed)
    assert rows.state(preview(after, c.inverse(drops))) == rows.state(data)


def test_dropping_a_product_takes_what_is_below_and_clears_the_links_to_it(small):
    dm, ap = small.get("product", "dm"), small.get("product", "ap")
    assert {change.id for change in c.drop_all(small, [dm])} == {"dm", "ap", "drp"}
    changes = c.drop_all(small, [ap])
    assert [(change.op, change.id) for change in changes] == [("set", "drp"), ("drop", "ap")]
    assert changes[0].fields == {"uses": (("ap",), ())}


def test_dropping_a_requirement_takes_its_trace_links_along(small):
    for end in ("r1", "r2"):
        changes = c.drop_all(small, [small.get("requirement", end)])
        assert {(change.op, change.id) for change in changes} == {("drop", end), ("drop", "trace")}


def test_a_row_that_loses_two_links_at_once_is_set_once():
    data = PlanData.of(
        [*(PRODUCT.make({"key": id}, id) for id in "abc"), PRODUCT.make({"uses": ("a", "b", "c")}, "d")]
    )
    changes = c.drop_all(data, [data.get("product", "a"), data.get("product", "c")])
    assert [change.fields for change in changes if change.id == "d"] == [{"uses": (("a", "b", "c"), ("b",))}]


def test_dropping_the_same_row_twice_drops_it_once(small):
    ap = small.get("product", "ap")
    assert [ch.op for ch in c.drop_all(small, [ap, ap])] == ["set", "drop"]


def test_setting_a_field_to_what_it_is_changes_nothing(small):
    assert c.put(small.get("product", "ap"), {"name": " Alerts\n"}).fields == {}


def test_setting_takes_only_fields_of_the_kind_and_values_that_fit(small):
    row = small.get("product", "ap")
    with pytest.raises(KeyError):
        c.put(row, {"nonsense": ""})
    with pytest.raises(BadValue):
        c.put(row, {"name": 5})


@pytest.mark.parametrize("op", [c.SET, c.DROP])
def test_a_change_made_against_an_old_value_is_a_conflict(small, op):
    row = small.get("product", "ap")
    change = c.put(row, {"name": "New"}) if op == c.SET else c.drop(row)
    meanwhile = c.applied(row, c.put(row, {"name": "Other"}))
    with pytest.raises(Conflict, match=r"has changed meanwhile; nothing was changed\.$"):
        c.applied(meanwhile, change)


def test_a_change_to_a_row_that_is_gone_or_already_there_is_a_conflict(small):
    row = small.get("product", "ap")
    with pytest.raises(Conflict, match="no longer in the plan"):
        c.applied(None, c.put(row, {"name": "New"}))
    with pytest.raises(Conflict, match="in the plan already"):
        c.applied(row, c.add(row))


def test_a_set_of_one_field_leaves_what_others_did_to_other_fields(small):
    row = small.get("product", "ap")
    meanwhile = c.applied(row, c.put(row, {"note": "typed meanwhile"}))
    after = c.applied(meanwhile, c.put(row, {"name": "New"}))
    assert (after.name, after.note) == ("New", "typed meanwhile")


def test_links_in_a_change_are_the_new_ones_that_lead_to_rows(small):
    change = c.put(small.get("product", "ap"), {"uses": ("drp", "?later"), "teams": (), "parent": "drp"})
    assert sorted(c.links_in(change)) == [("parent", "product", "drp"), ("uses", "product", "drp")]
