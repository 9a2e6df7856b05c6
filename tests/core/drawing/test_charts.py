"""The laws of charts, for any plan: nothing spills, overlaps, gets lost, leaves its page or becomes too small."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk.drawing import drawn
from dmdesk.drawing.charts import blocks, outline
from dmdesk.drawing.charts.choosing import figure_named, reads, shown
from dmdesk.drawing.layout import LEAST_TEXT
from dmdesk.drawing.pdf import pdf
from dmdesk.drawing.svg import svg
from dmdesk.drawing.tree import FITS, PAPERS, Options
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.reading import PlanData
from dmdesk.report import figures
from tests.core.checks.watched import fields_read
from tests.core.drawing import charted
from tests.core.drawing.charted import plan_row, row
from tests.house.tree import ROOT

TOUCH = 0.05
PRINTED = ((468.0, 580.0), (648.0, 400.0))
sizes = st.builds(Options, paper=st.sampled_from([FITS, *PAPERS]), landscape=st.booleans()) | st.builds(
    Options, size=st.sampled_from(PRINTED)
)


@pytest.fixture(scope="module")
def sample() -> PlanData:
    return text.read(ROOT / "sample_db" / "ldm-294")


def edges(shape) -> tuple[float, float, float, float]:
    return shape.x, shape.y, shape.x + shape.wide, shape.y + shape.high


def inside(inner, outer) -> bool:
    return (
        inner[0] >= outer[0] - TOUCH
        and inner[1] >= outer[1] - TOUCH
        and inner[2] <= outer[2] + TOUCH
        and inner[3] <= outer[3] + TOUCH
    )


def apart(one, other) -> bool:
    return (
        one[2] <= other[0] + TOUCH
        or other[2] <= one[0] + TOUCH
        or one[3] <= other[1] + TOUCH
        or other[3] <= one[1] + TOUCH
    )


def ink(words) -> tuple[float, float, float, float]:
    return words.x, words.baseline - 0.8 * words.size, words.x + words.width, words.baseline


def the_laws_hold(drawing, *, arrows: bool = False) -> None:
    """The laws; ``arrows`` may have words that meet boxes, since they go wherever people want them to."""
    sheet = (0, 0, drawing.width, drawing.height)
    for page, boxes, lines in drawing.by_page():
        assert boxes, f"page {page.number} is empty"
        for shape in (*boxes, *drawing.legend):
            assert inside(edges(shape), sheet), shape
        for line in lines:
            for x, y in line.points:
                assert inside((x, y, x, y), sheet)
            assert all(abs(a[0] - b[0]) < TOUCH or abs(a[1] - b[1]) < TOUCH for a, b in pairwise(line.points))
        shown_words = [*page.words, *(words for one in (*boxes, *drawing.legend) for words in one.words)]
        for words in shown_words:
            assert words.size >= LEAST_TEXT
            assert inside(ink(words), sheet), words.text
        for at, box in enumerate(boxes):
            for words in box.words:
                assert inside(ink(words), edges(box)), (box.title, words.text)
            for one, other in pairwise(sorted(box.words, key=lambda one: (one.baseline, one.x))):
                assert apart(ink(one), ink(other)), (one.text, other.text)
            for other in boxes[at + 1 :]:
                nested = box.under and inside(edges(other), edges(box))
                assert nested or apart(edges(box), edges(other)), (box.title, other.title)
        if not arrows:
            free = [ink(words) for words in page.words]
            solid = [edges(box) for box in boxes if not box.under]
            for at, one in enumerate(free):
                assert all(apart(one, other) for other in [*free[at + 1 :], *solid])


def own(drawing, kind: str) -> list[str]:
    return sorted(box.id for box in drawing.boxes if box.kind == kind and not box.repeated)


@settings(max_examples=25)
@given(charted.organisations(), sizes)
def test_any_organisation_is_drawn_with_every_role_team_and_group_once(data, options):
    drawing = drawn(data, Options(**{**vars(options), "what": "organisation"}))
    the_laws_hold(drawing)
    for kind in ("role", "team", "group"):
        assert own(drawing, kind) == sorted(data.rows(kind))


@settings(max_examples=25)
@given(charted.libraries(), sizes)
def test_any_documents_are_drawn_once_each_and_references_lead_to_them(data, options):
    drawing = drawn(data, Options(**{**vars(options), "what": "documents"}))
    the_laws_hold(drawing)
    assert own(drawing, "document") == sorted(data.rows("document"))


@settings(max_examples=25)
@given(charted.schedules(), sizes)
def test_any_milestones_are_drawn_once_each_with_their_marks(data, options):
    drawing = drawn(data, Options(**{**vars(options), "what": "milestones"}))
    the_laws_hold(drawing)
    assert own(drawing, "milestone") == sorted(data.rows("milestone"))


@settings(max_examples=40)
@given(charted.lists, sizes)
def test_any_nested_list_is_drawn_and_no_word_of_it_is_lost(typed, options):
    found = outline.read(typed)
    if not found.top.inside:
        with pytest.raises(PlanError, match="no blocks yet"):
            blocks.blocks(typed, "blocks", options)
        return
    drawing = blocks.blocks(typed, "blocks", options)
    the_laws_hold(drawing, arrows=bool(found.arrows))
    named = [block.name for block in outline.every(found.top) if block.name]
    titles = [box.title for box in drawing.boxes]
    assert set(named) <= set(titles)
    assert len(titles) >= len(named)


@settings(max_examples=8)
@given(st.one_of(charted.organisations(6), charted.libraries(6), charted.schedules(6)), sizes)
def test_any_chart_is_well_formed_svg_and_a_pdf_of_as_many_pages(data, options):
    what = "organisation" if data.rows("role") else "documents" if data.rows("document") else "milestones"
    drawing = drawn(data, Options(**{**vars(options), "what": what}))
    ET.fromstring(svg(drawing).encode())
    assert len(pdfium.PdfDocument(pdf(drawing))) == len(drawing.pages)


# -- the sample


@pytest.mark.parametrize("size", PRINTED)
def test_every_figure_of_the_sample_fits_the_text_block_in_readable_type(sample, size):
    for figure in sample.in_order("figure"):
        drawing = shown(sample, figure, Options(size=size, depth=2))
        assert (drawing.width, drawing.height) == size
        assert min(words.size for box in drawing.boxes for words in box.words) >= LEAST_TEXT
        assert max(drawing.used(page.number) for page in drawing.pages) <= size[1]


def test_the_organisation_of_the_sample_says_who_leads_what(sample):
    drawing = drawn(sample, Options(what="organisation"))
    said = {box.title: [words.text for words in box.words] for box in drawing.boxes}
    assert said["DM Project Manager"] == ["DM Project Manager", "William O'Mullane"]
    assert "vacant" in said["Systems Engineer"]
    reports = {(line.parent, line.child) for line in drawing.lines}
    manager, deputy = sample.find("role", "DMPM"), sample.find("role", "DDMPM")
    assert (manager.id, deputy.id) in reports
    chips = {box.title for box in drawing.boxes if box.kind == "person"}
    assert {"Joel Plutchak", "Eric Bellm", "Xiuqin Wu"} <= chips


def test_scientists_and_vacancies_are_told_apart_without_colour(sample):
    by_title = {box.title: box.edge for box in drawn(sample, Options(what="organisation")).boxes}
    plain, science = by_title["DM Project Manager"], by_title["DM Subsystem Scientist"]
    vacant, both = by_title["Software Architect"], by_title["Pipelines Scientist"]
    shapes = {(one.radius, bool(one.dash)) for one in (plain, science, vacant, both)}
    assert len(shapes) == 4


def test_deputies_and_acting_holders_are_named_as_such_and_past_ones_are_not():
    rows = [
        plan_row(),
        row("role", "r", key="R", name="Boss"),
        row("role", "w", key="W", name="Worker", reports_to="r"),
    ]
    for at, (name, capacity, end) in enumerate(
        [
            ("Ada", "holder", ""),
            ("Bob", "deputy", ""),
            ("Cy", "acting", "2021-01-01"),
            ("Dan", "holder", "2019-01-01"),
        ]
    ):
        rows.append(row("person", f"p{at}", key=f"p{at}", name=name))
        rows.append(row("appointment", f"a{at}", role="r", person=f"p{at}", capacity=capacity, end=end))
    boss = next(
        box for box in drawn(PlanData.of(rows), Options(what="organisation")).boxes if box.title == "Boss"
    )
    assert [words.text for words in boss.words] == ["Boss", "Ada", "Acting: Cy", "Deputy: Bob"]


def test_three_hundred_people_wrap_into_rows_and_pages_and_none_is_lost():
    rows = [plan_row(), row("role", "top", key="TOP", name="Head")]
    for at in range(300):
        rows.append(row("person", f"p{at}", key=f"p{at}", name=f"Person {at}"))
        above = "top" if at % 3 else "" if at == 0 else f"r{at - 1}"
        rows.append(row("role", f"r{at}", key=f"R{at}", name=f"Role {at}", reports_to=above))
        rows.append(row("appointment", f"a{at}", role=f"r{at}", person=f"p{at}", capacity="holder"))
    data = PlanData.of(rows)
    drawing = drawn(data, Options(what="organisation", size=PRINTED[0]))
    assert len(drawing.pages) > 3
    assert own(drawing, "role") == sorted(data.rows("role"))
    said = {words.text for box in drawing.boxes for words in box.words}
    assert {f"Person {at}" for at in range(300)} <= said


def test_roles_in_a_cycle_are_all_drawn():
    rows = [
        row("role", f"r{at}", key=f"R{at}", name=f"Role {at}", reports_to=f"r{(at + 1) % 3}")
        for at in range(3)
    ]
    drawing = drawn(PlanData.of(rows), Options(what="organisation"))
    assert own(drawing, "role") == ["r0", "r1", "r2"]


def test_unwritten_documents_have_dashes_and_words_besides_red():
    rows = [
        row("document", "d", key="LDM-1", name="To come", state="not written"),
        row("document", "e", key="LDM-2"),
    ]
    unwritten, written = drawn(PlanData.of(rows), Options(what="documents")).boxes
    assert unwritten.edge.dash
    assert not written.edge.dash
    assert "not written" in [words.text for words in unwritten.words]


def test_a_tree_of_documents_that_goes_on_in_another_column_still_hangs_below_what_it_belongs_to():
    tops = {f"t{at}": f"d{at}" for at in range(6)}
    rows = [row("document", "d", key="LDM-0", name="The plan of all tests")]
    rows += [row("document", id, key=id, name="Tests of one sort", parent="d") for id in tops.values()]
    rows += [
        row("document", f"{id}-{at}", key=f"{id}-{at}", name="A test specification of many words", parent=id)
        for id in tops.values()
        for at in range(12)
    ]
    data = PlanData.of(rows)
    drawing = drawn(data, Options(what="documents", size=(468.0, 540.0)))
    assert own(drawing, "document") == sorted(data.rows("document"))
    assert {(line.child, line.parent) for line in drawing.lines if line.child} == {
        (one.id, one.parent) for one in data.rows("document").values() if one.parent
    }
    again = [box for box in drawing.boxes if box.repeated]
    assert again and all(box.words[-1].text.endswith("(continued)") for box in again)


def test_a_document_leads_to_its_address_or_to_its_place_in_the_plan():
    rows = [row("document", "d", key="LDM-1", url="https://ls.st/LDM-1"), row("document", "e", key="LDM-2")]
    there, here = drawn(PlanData.of(rows), Options(what="documents")).boxes
    assert there.words[0].link.split()[0] == "https://ls.st/LDM-1"
    assert here.words[0].link == "#document-e"


def test_milestones_done_due_and_overdue_on_the_plans_date_have_shapes_of_their_own():
    rows = [
        plan_row("2020-06-30"),
        row("milestone", "a", key="A", name="Was", due="2020-01-01", done="2020-01-02"),
        row("milestone", "b", key="B", name="Late", due="2020-03-01"),
        row("milestone", "c", key="C", name="Comes", due="2020-09-01"),
    ]
    drawing = drawn(PlanData.of(rows), Options(what="milestones"))
    assert [box.shape for box in drawing.boxes if not box.id] == ["disc", "triangle", "diamond"]
    assert any(line.stroke == "today" for line in drawing.lines)


def test_three_hundred_milestones_are_split_over_pages_by_time():
    rows = [
        row("milestone", f"m{at}", key=f"M-{at}", name="Something is reached by all of us", level=str(at % 4 + 1),
            due=f"{2018 + at % 6}-{at % 12 + 1:02d}-{at % 27 + 1:02d}")
        for at in range(300)
    ]  # fmt: skip
    data = PlanData.of([plan_row(), *rows])
    drawing = drawn(data, Options(what="milestones", size=PRINTED[0]))
    the_laws_hold(drawing)
    dues = {row.id: row.due for row in rows}
    last = ""
    for _, boxes, _ in drawing.by_page():
        here = [dues[box.id] for box in boxes if box.id]
        assert last <= min(here)
        last = max(here)
    assert 4 < len(drawing.pages) < 40


# -- block diagrams


def test_numbered_items_stand_below_one_another_and_dashes_beside_each_other():
    drawing = blocks.blocks("- Top\n  - A\n  - B\n- Low\n  1. C\n  2. D", "blocks", Options())
    a, b, c, d = ({box.title: box for box in drawing.boxes}[name] for name in "ABCD")
    assert a.y == b.y
    assert a.x < b.x
    assert c.x == d.x
    assert c.y < d.y


def test_an_arrow_runs_from_box_to_box_with_its_words():
    drawing = blocks.blocks("- A\n- B\n- A -> B: images", "blocks", Options())
    a, b = drawing.boxes
    (line,) = drawing.lines
    assert line.stroke == "arrow"
    assert line.points[0][0] == pytest.approx(a.x + a.wide)
    assert line.points[-1][0] == pytest.approx(b.x)
    assert "images" in [words.text for words in drawing.pages[0].words]


def test_an_arrow_to_nothing_stays_as_it_was_typed():
    drawing = blocks.blocks("- A\n- A -> Nowhere", "blocks", Options())
    assert [box.title for box in drawing.boxes] == ["A", "A -> Nowhere"]
    assert drawing.lines == ()


def test_marked_items_are_bold_in_a_heavy_outline():
    plain, marked = blocks.blocks("- A\n- **B**", "blocks", Options()).boxes
    assert marked.title == "B"
    assert marked.words[0].face == "bold"
    assert marked.edge.thickness > plain.edge.thickness


def test_a_diagram_higher_than_a_page_goes_on_under_its_name():
    typed = "- All\n" + "\n".join(f"  {at}. Part {at}" for at in range(1, 90))
    drawing = blocks.blocks(typed, "blocks", Options(size=PRINTED[0]))
    the_laws_hold(drawing)
    assert len(drawing.pages) > 1
    assert [box.title for box in drawing.boxes if box.under][1] == "All (continued)"


@pytest.mark.parametrize("what", ["organisation", "documents", "milestones"])
def test_a_plan_without_rows_to_draw_is_told_in_one_sentence(what):
    with pytest.raises(PlanError, match=r"^This plan has no .* to draw\.$"):
        drawn(PlanData(), Options(what=what))


def test_a_figure_that_is_a_picture_or_nothing_is_told_in_one_sentence(sample):
    data = PlanData.of([row("figure", "f", key="F", caption="C", drawing="picture")])
    with pytest.raises(PlanError, match="it is a picture"):
        drawn(data, Options(what="figure:F"))
    with pytest.raises(PlanError, match="no figure “G”"):
        figure_named(data, "G")


def test_a_figure_is_drawn_from_no_more_than_it_says(sample):
    for figure in sample.in_order("figure"):
        if figure.drawing == "picture":
            continue
        with fields_read() as read:
            figures.drawn(sample.copy(), figure, PRINTED[0])
        said = set(reads(figure))
        assert read, figure.key
        assert {name for name in read if not said & {name, name.partition(".")[0]}} == set(), figure.key
