"""Trees and codes: the order people expect, room between ranks, and nothing lost in a circle."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import trees
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core import rows

PRODUCT, WBS, SECTION = (kinds()[name] for name in ("product", "wbs", "section"))
digits = st.text("0123456789abcdefghijklmnopqrstuvwxyz", max_size=4)


def products(**parents):
    return {id: PRODUCT.make({"key": id, "parent": parent}, id) for id, parent in parents.items()}


@pytest.mark.parametrize(
    "codes",
    [
        ["1.02C.08", "1.02C.09", "1.02C.10"],
        ["02C", "2C", "10C"],
        ["DMS-REQ-2", "DMS-REQ-10", "dms-req-11"],
        ["01", "01A", "02"],
        ["9" * 18, "9" * 30],
    ],
)
def test_codes_sort_as_people_do(codes):
    backwards = list(reversed(codes))
    assert sorted(backwards, key=trees.natural) == codes


@given(st.lists(rows.any_text))
def test_any_texts_can_be_put_in_order(texts):
    in_order = [trees.natural(text) for text in sorted(texts, key=trees.natural)]
    assert all(one <= other for one, other in pairwise(in_order))


@given(st.integers(0, 300), st.lists(st.integers(0, 10**6), max_size=60))
def test_there_is_always_room_between_two_ranks(number, places):
    ranks = trees.ranks(number)
    for at in places:
        at %= len(ranks) + 1
        before = ranks[at - 1] if at else ""
        after = ranks[at] if at < len(ranks) else ""
        ranks.insert(at, trees.rank_between(before, after))
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_ranks_that_end_in_nought_still_leave_room_as_the_sample_has_them(places):
    ranks = [f"{place:02d}0" for place in range(1, 12)]
    for at in places:
        at = at % len(ranks) + 1
        after = ranks[at] if at < len(ranks) else ""
        ranks.insert(at, trees.rank_between(ranks[at - 1], after))
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_a_rank_is_no_longer_than_it_must_be():
    assert [trees.rank_between(*ends) for ends in [("", ""), ("15", "25"), ("a", "b"), ("1", "")]] == [
        "i",
        "1k",
        "ai",
        "i",
    ]


@given(digits, digits)
def test_a_rank_never_ends_in_nought(before, after):
    before, after = sorted((before, after))
    assert not trees.rank_between(before, after).endswith("0")


@given(rows.any_text, rows.any_text)
def test_ranks_typed_by_people_leave_room_too(before, after):
    before, after = sorted(PRODUCT["order"].type.clean(text) for text in (before, after))
    rank = trees.rank_between(before, after)
    assert before < rank
    if after and set(after) <= set("0123456789abcdefghijklmnopqrstuvwxyz"):
        assert rank < after or after.rstrip("0") == before.rstrip("0")


def test_rows_stand_by_rank_then_by_key():
    made = [
        PRODUCT.make({"key": key, "order": rank})
        for key, rank in [("b", "2"), ("a10", ""), ("a9", ""), ("c", "15")]
    ]
    assert [row.key for row in trees.ordered(made)] == ["a9", "a10", "c", "b"]
    assert trees.ordered([]) == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"])))
def test_no_row_is_lost_from_a_tree_whatever_its_parents_say(parents):
    made = products(**parents)
    children = trees.grow(made, "parent")
    walked = [id for _, id in trees.walk(children)]
    assert sorted(walked) == sorted(made)
    circles = trees.cycles(made, "parent")
    lifted = {circle[0] for circle in circles}
    for id, row in made.items():
        at_home = row.parent if row.parent in made and id not in lifted else ""
        assert id in children[at_home]


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"])))
def test_each_circle_of_parents_is_found_once(parents):
    circles = trees.cycles(products(**parents), "parent")
    on_circles = {id for id in parents if _comes_back(parents, id)}
    assert sorted(id for circle in circles for id in circle) == sorted(on_circles)
    for circle in circles:
        assert [parents[id] for id in circle] == [*circle[1:], circle[0]]


def _comes_back(parents, start):
    id = parents[start]
    for _ in parents:
        if id == start or id not in parents:
            break
        id = parents[id]
    return id == start


def test_ancestors_come_nearest_first_and_a_circle_ends_the_walk():
    made = products(a="", b="a", c="b", x="y", y="x")
    assert [row.id for row in trees.ancestors(made, "c")] == ["b", "a"]
    assert [row.id for row in trees.ancestors(made, "x")] == ["y"]
    assert list(trees.ancestors(made, "nobody")) == []


def test_below_gives_the_whole_branch_in_tree_order():
    children = trees.grow(products(a="", b="a", c="b", d="a", e=""), "parent")
    assert list(trees.below(children, "a")) == ["b", "c", "d"]
    assert list(trees.walk(children)) == [(0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e")]


def test_an_empty_value_is_inherited_from_the_nearest_ancestor_that_has_one():
    data = PlanData.of(
        [
            PRODUCT.make({"managers": ("?top",)}, "a"),
            PRODUCT.make({"parent": "a"}, "b"),
            PRODUCT.make({"parent": "b"}, "c"),
            PRODUCT.make({"parent": "b", "managers": ("?own",)}, "d"),
            PRODUCT.make({}, "e"),
        ]
    )
    found = {id: trees.inherited(data, row, "managers") for id, row in data.rows("product").items()}
    assert found["c"] == (("?top",), data.get("product", "a"))
    assert found["d"] == (("?own",), data.get("product", "d"))
    assert found["e"] == ((), None)


@pytest.mark.parametrize(
    ("code", "home"),
    [
        ("1.02C.07", "c7"),
        ("1.02C.07.04.06", "c7"),
        ("1.02C.070", "c"),
        ("1.02", ""),
        ("", ""),
        ("1.02C.07x", "c"),
    ],
)
def test_a_code_belongs_to_the_finest_element_above_it_by_whole_parts(code, home):
    assert trees.finest({"1.02C": "c", "1.02C.07": "c7"}, code) == home


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("1.02C.07", True),
        ("1.02", True),
        ("1", False),
        ("user workspace", False),
        ("1.02C.", False),
        ("v1.2", False),
    ],
)
def test_a_code_can_be_told_from_other_words(text, is_code):
    assert trees.looks_like_code(text) is is_code


def test_products_stand_at_their_elements_and_those_without_a_home_are_told_apart():
    data = PlanData.of(
        [
            WBS.make({"key": "1.02C"}, "c"),
            WBS.make({"key": "1.02C.07", "parent": "c"}, "c7"),
            PRODUCT.make({"key": "A", "wbs": ("c7", "?1.02C.07.04")}, "a"),
            PRODUCT.make({"key": "B", "wbs": ("c", "?nowhere")}, "b"),
            PRODUCT.make({"key": "C", "wbs": ("?nowhere",)}, "x"),
            PRODUCT.make({"key": "D"}, "d"),
        ]
    )
    at, homeless = trees.products_by_element(data)
    assert {id: [row.key for row in found] for id, found in at.items()} == {"c7": ["A"], "c": ["B"]}
    assert [row.key for row in homeless] == ["C"]


def test_sections_are_numbered_in_order_and_appendices_lettered():
    made = [("1", "", False), ("2", "", False), ("21", "2", False), ("211", "21", False)]
    made += [(f"x{at:02d}", "", True) for at in range(28)] + [("y", "x00", True)]
    data = PlanData.of(
        SECTION.make({"key": id, "parent": above, "order": id, "appendix": flag}, id)
        for id, above, flag in made
    )
    numbers = trees.section_numbers(data)
    assert [numbers[id] for id in ("1", "2", "21", "211", "x00", "y")] == [
        "1",
        "2",
        "2.1",
        "2.1.1",
        "A",
        "A.1",
    ]
    assert (numbers["x25"], numbers["x26"], numbers["x27"]) == ("Z", "AA", "AB")


def test_tree_kinds_are_those_with_a_parent():
    assert trees.tree_kinds() == tuple(kind.name for kind in kinds() if kind.parent)
    assert "product" in trees.tree_kinds()
