"""The laws of a drawing, on random trees and the sample: nothing overlaps, spills, gets lost or becomes too small."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from dmdesk import trees
from dmdesk.drawing import drawn
from dmdesk.drawing.layout import LEAST_TEXT
from dmdesk.drawing.tree import FITS, PAPERS, SHAPES, Options, tree_of
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.reading import PlanData
from tests.core.drawing import forests
from tests.house.tree import ROOT

TOUCH = 0.01


@pytest.fixture(scope="module")
def sample() -> PlanData:
    return text.read(ROOT / "sample_db" / "ldm-294")


def apart(one, other) -> bool:
    return (
        one.x + one.wide <= other.x + TOUCH
        or other.x + other.wide <= one.x + TOUCH
        or one.y + one.high <= other.y + TOUCH
        or other.y + other.high <= one.y + TOUCH
    )


def overlapping(boxes) -> list[tuple[str, str]]:
    return [
        (one.words[0].text, other.words[0].text)
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if not apart(one, other)
    ]


def within(inner, outer) -> bool:
    x, y, right, bottom = inner
    return (
        outer[0] - TOUCH <= x
        and outer[1] - TOUCH <= y
        and right <= outer[2] + TOUCH
        and bottom <= outer[3] + TOUCH
    )


def edges(shape) -> tuple[float, float, float, float]:
    return shape.x, shape.y, shape.x + shape.wide, shape.y + shape.high


def on_edge(point, box) -> bool:
    left, top, right, bottom = edges(box)
    x, y = point
    return within((x, y, x, y), (left, top, right, bottom)) and (
        min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) < TOUCH
    )


@settings(max_examples=60)
@given(forests.plans(), forests.options)
def test_the_laws_of_a_drawing_hold_for_any_tree(data, options):
    drawing = drawn(data, options)
    sheet = (0, 0, drawing.width, drawing.height)
    for page, boxes, lines in drawing.by_page():
        assert boxes, f"page {page.number} is empty"
        assert (
            overlapping([*boxes, *drawing.legend]) == [] if not drawing.legend else overlapping(boxes) == []
        )
        for shape in (*boxes, *drawing.legend):
            assert within(edges(shape), sheet)
        for box in boxes:
            for words in box.words:
                ink = (words.x, words.baseline - 0.8 * words.size, words.x + words.width, words.baseline)
                assert within(ink, edges(box)), (box.title, words.text)
        for line in lines:
            parents = [box for box in boxes if box.id == line.parent]
            children = [box for box in boxes if box.id == line.child and not box.repeated]
            assert any(on_edge(line.points[0], box) for box in parents)
            assert any(on_edge(line.points[-1], box) for box in children)
            assert all(abs(a[0] - b[0]) < TOUCH or abs(a[1] - b[1]) < TOUCH for a, b in pairwise(line.points))
    every_product_once_as_itself(data, options, drawing)
    every_link_leads_to_where_the_tree_goes_on(drawing)
    if options.paper != FITS:
        assert {drawing.width, drawing.height} == set(PAPERS[options.paper])
        sizes = [words.size for box in drawing.boxes for words in box.words]
        assert min(sizes) >= LEAST_TEXT - 1e-9
        assert drawing.scale <= 1


def every_product_once_as_itself(data, options, drawing) -> None:
    tree = tree_of(data, options)
    assert sorted(box.id for box in drawing.boxes if not box.repeated) == sorted(
        node.id for node in tree.nodes
    )
    parents = {(tree.nodes[node.above].id, node.id) for node in tree.nodes if node.above >= 0}
    assert sorted((line.parent, line.child) for line in drawing.lines) == sorted(parents)


def every_link_leads_to_where_the_tree_goes_on(drawing) -> None:
    held = {(box.page, box.id) for box in drawing.boxes}
    repeated = {box.id for box in drawing.boxes if box.repeated}
    linked = set()
    for box in drawing.boxes:
        for words in box.words:
            if words.page:
                linked.add(box.id)
                assert (words.page, box.id) in held
                assert str(words.page) in words.text or "this sheet" in words.text
    assert linked == repeated


@pytest.mark.parametrize("shape", SHAPES)
def test_the_sample_to_depth_3_has_191_boxes_and_the_laws_hold(sample, shape):
    options = Options(shape=shape, depth=3, wbs=True, repositories=True, managers=True)
    drawing = drawn(sample, options)
    assert len(drawing.boxes) == 191
    assert len(drawing.pages) == 1
    assert overlapping(drawing.boxes) == []
    every_product_once_as_itself(sample, options, drawing)


def test_depth_leaves_out_what_is_lower_and_says_how_much(sample):
    drawing = drawn(sample, Options(depth=1))
    assert len(drawing.boxes) == 15
    said = {box.title: box.words[-1].text for box in drawing.boxes}
    level_1 = sample.find("product", "L1")
    count = len(list(trees.below(sample.children_ids("product"), level_1.id)))
    assert said["Level 1 System (L1)"] == f"+ {count} below"
    assert len(drawn(sample, Options(depth=0)).boxes) == 1


def test_below_a_product_only_its_own_tree_is_drawn(sample):
    top = sample.find("product", "L1")
    drawing = drawn(sample, Options(below=top.id))
    below = set(trees.below(sample.children_ids("product"), top.id))
    assert {box.id for box in drawing.boxes} == {top.id, *below}
    assert drawing.title == "Product tree: Level 1 System"


def test_the_shapes_put_the_root_where_they_say():
    data = forests.tree(None, 0, 0, 1)
    root, first, second, deep = (
        {box.id: box for box in drawn(data, Options(shape="left")).boxes}[f"id{at}"] for at in range(4)
    )
    assert root.x < first.x == second.x < deep.x
    assert root.y == first.y == deep.y < second.y
    root, first, second, deep = (
        {box.id: box for box in drawn(data, Options(shape="top")).boxes}[f"id{at}"] for at in range(4)
    )
    assert root.y < first.y == second.y < deep.y
    assert first.x < root.x < second.x
    root, first, second, deep = (
        {box.id: box for box in drawn(data, Options(shape="mixed")).boxes}[f"id{at}"] for at in range(4)
    )
    assert root.y < first.y == second.y < deep.y
    assert first.x < deep.x < second.x


def test_a_small_tree_is_not_blown_up_and_takes_one_page():
    drawing = drawn(forests.tree(None, 0, 0), Options(paper="a3"))
    assert (drawing.scale, len(drawing.pages)) == (1.0, 1)


def test_more_pages_make_larger_text_and_too_few_are_not_obeyed_where_text_would_be_too_small(sample):
    fewest, more, one = (
        drawn(sample, Options(shape="mixed", paper="a4", landscape=True, pages=pages)) for pages in (0, 9, 1)
    )
    assert len(one.pages) == len(fewest.pages) > 1
    assert fewest.scale <= more.scale
    assert len(more.pages) <= 9


def test_groups_are_told_apart_without_colour(sample):
    for box in drawn(sample, Options(depth=2)).boxes:
        assert {words.face for words in box.words} >= ({"bold"} if box.group else {"regular"})


def test_managers_have_a_letter_in_each_box_and_in_the_legend_and_are_inherited(sample):
    drawing = drawn(sample, Options(managers=True, depth=2))
    legend = {entry.words[0].text: entry.words[1].text for entry in drawing.legend}
    by_title = {box.title: box for box in drawing.boxes}
    taken = by_title["L1 OCS Components (L1ONL)"]
    assert legend[taken.words[0].text] == "Mario Jurić"
    assert taken.fill == by_title["Data Management (DM)"].fill == drawing.legend[0].fill
    assert len(legend) == len(drawing.legend)


def test_codes_and_repositories_are_shown_only_when_asked_for(sample):
    def said(options):
        return {words.text for box in drawn(sample, options).boxes for words in box.words}

    assert not {"1.02C.06.03", "ctrl_iip"} & said(Options())
    assert "1.02C.06.03" in said(Options(wbs=True))
    assert "ctrl_iip" in said(Options(repositories=True))


def test_a_long_name_is_cut_with_an_ellipsis_but_said_in_full_by_the_title():
    name = "Very long " * 60
    data = PlanData.of([forests.PRODUCT.make({"key": "K", "name": name})])
    (box,) = drawn(data, Options()).boxes
    assert len(box.words) == 4
    assert box.words[-1].text.endswith("…")
    assert box.title == f"{name.strip()} (K)"


def test_a_plan_without_products_is_told_in_one_sentence():
    with pytest.raises(PlanError, match="no products yet"):
        drawn(PlanData(), Options())


@pytest.mark.parametrize("shape", SHAPES)
def test_a_chain_a_row_and_a_bush_of_thousands_are_drawn(shape):
    chain = forests.tree(None, *range(2999))
    row = forests.tree(None, *[0] * 2999)
    bush = forests.tree(None, *[at // 3 for at in range(2999)])
    for data in (chain, row, bush):
        for paper in (FITS, "a4"):
            drawing = drawn(data, Options(shape=shape, paper=paper, wbs=True))
            assert len({box.id for box in drawing.boxes}) == 3000
