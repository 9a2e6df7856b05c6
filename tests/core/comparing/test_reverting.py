"""Taking back parts of a difference: what is picked comes back with what it cannot be without."""

import pytest

from dmdesk import changes as c
from dmdesk.comparing import Pick, compare, revert
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from tests.core import rows


def product(id, **values):
    return kinds()["product"].make({"key": id.upper(), "name": id, **values}, id)


@pytest.fixture
def old():
    return PlanData.of(
        [
            product("dm", order="1"), product("a", parent="dm", order="1"), product("b", parent="dm", order="2"),
            product("b1", parent="b", teams=("t",)), product("c", parent="dm", order="3", uses=("a", "b", "b1")),
            kinds()["team"].make({"key": "T", "name": "Team"}, "t"),
            kinds()["risk"].make({"key": "R", "name": "Risk", "products": ("b",)}, "r"),
            kinds()["score"].make({"risk": "r", "sort": "initial", "date": "2017-01-01"}, "s"),
        ]
    )  # fmt: skip


def dropped(data, *at):
    return preview(data, c.drop_all(data, [data.get(*one) for one in at]))


def put(data, kind, id, **values):
    return preview(data, [c.put(data.get(kind, id), values)])


def back(old, new, *picks):
    """The new state with some picks taken back, as a plan file makes it."""
    made = revert(compare(old, new), picks)
    after = preview(new, made)
    assert rows.dangling(after) == []
    return after


def test_one_field_comes_back_and_others_stay(old):
    new = put(put(old, "product", "a", name="New"), "product", "a", note="kept")
    after = back(old, new, Pick("product", "a", "name"))
    assert (after.get("product", "a").name, after.get("product", "a").note) == ("a", "kept")


def test_a_field_that_led_to_a_row_that_is_gone_brings_it_back(old):
    new = dropped(put(old, "risk", "r", products=("a",)), ("product", "b"))
    after = back(old, new, Pick("risk", "r", "products"))
    assert after.get("risk", "r").products == ("b",)
    assert after.get("product", "b") == old.get("product", "b")
    assert after.get("product", "b1") is None


def test_a_row_comes_back_with_its_parts_and_the_links_that_were_lost_with_it(old):
    new = put(dropped(old, ("risk", "r"), ("product", "a")), "product", "c", uses=("b1",))
    after = back(old, new, Pick("risk", "r"), Pick("product", "a"))
    assert after.get("score", "s") == old.get("score", "s")
    assert after.get("product", "c").uses == ("a", "b1")


def test_a_row_comes_back_with_what_it_was_below_and_linked_to(old):
    new = dropped(old, ("product", "b"), ("team", "t"))
    after = back(old, new, Pick("product", "b1"))
    assert set(after.rows("product")) == {"dm", "a", "b", "b1", "c"}
    assert after.get("team", "t") is not None and after.get("product", "b1").teams == ("t",)
    assert after.get("product", "c").uses == ("a", "b", "b1") and after.get("risk", "r").products == ("b",)


def test_a_row_that_was_added_goes_with_those_added_below_and_the_others_return(old):
    added = preview(old, [c.add(product("group", parent="dm")), c.add(product("more", parent="group"))])
    new = put(put(added, "product", "b", parent="group"), "product", "a", uses=("more", "c"))
    after = back(old, new, Pick("product", "group"))
    assert after.get("product", "more") is None
    assert after.get("product", "b").parent == "dm"
    assert after.get("product", "a").uses == ("c",)


def test_all_rows_of_a_kind_come_back_and_other_kinds_stay(old):
    new = put(put(dropped(old, ("product", "b1")), "product", "a", name="x"), "team", "t", name="Other")
    after = back(old, new, Pick("product"))
    assert after.rows("product") == old.rows("product")
    assert after.get("team", "t").name == "Other"


def test_a_row_goes_back_beside_what_it_stood_beside_though_all_ranks_are_new(old):
    new = old.copy()
    for id, order in (("c", "100"), ("b", "200"), ("a", "300")):
        new = put(new, "product", id, order=order)
    after = back(old, new, Pick("product", "a", "order"), Pick("product", "c", "order"))
    assert [row.id for row in after.children("product")["dm"]] == ["a", "b", "c"]


def test_what_would_bite_its_tail_is_refused_and_both_together_come_back(old):
    new = put(put(old, "product", "a", parent=""), "product", "dm", parent="a")
    found = compare(old, new)
    with pytest.raises(PlanError, match="cannot go back to where it was alone"):
        revert(found, [Pick("product", "a", "parent")])
    after = back(old, new, Pick("product", "a", "parent"), Pick("product", "dm", "parent"))
    assert rows.state(after) == rows.state(old)


def test_nothing_is_taken_back_of_a_row_that_is_as_it_was(old):
    found = compare(old, put(old, "team", "t", name="x"))
    assert revert(found, [Pick("product", "a")]) == []
    with pytest.raises(PlanError, match="is in neither state"):
        revert(found, [Pick("product", "never")])


def test_a_plan_file_takes_it_as_one_step(tmp_path):
    with Plan.open(rows.full_file(tmp_path / "p.dmplan")) as plan:
        before = plan.snapshot()
        plan.step(
            "Drop", c.drop_all(plan.data, [plan.data.get("risk", "risk1"), plan.data.get("wbs", "wbs1")])
        )
        plan.step("Back", revert(compare(before, plan.data), [Pick("risk"), Pick("wbs", "wbs1")]))
        assert plan.data.rows("risk") == before.rows("risk")
        plan.step("All", revert(compare(before, plan.data)))
        assert rows.state(plan.data) == rows.state(before)


def test_thousands_of_rows_that_hang_together_come_back_at_once():
    chain = [product("n0"), *(product(f"n{n}", parent=f"n{n - 1}") for n in range(1, 3000))]
    old = PlanData.of(chain)
    new = dropped(old, ("product", "n1"))
    after = back(old, new, Pick("product", "n2999"))
    assert len(after.rows("product")) == 3000
    assert len(preview(old, revert(compare(new, old), [Pick("product", "n1")])).rows("product")) == 1
