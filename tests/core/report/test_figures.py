"""Figures in print: drawn from the plan within the text block, with captions, links between pages and to rows."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from dmdesk import report
from dmdesk.exchange import text
from dmdesk.report import figures, flow, pages, refer, styles
from dmdesk.report.figures import Drawn
from dmdesk.report.parts import Text
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.pen import Pen
from tests.core.report.pdf import links, plan, row, words
from tests.house.tree import ROOT

PORTRAIT = pages.block(styles.PAPERS["letter"])


@pytest.fixture(scope="module")
def sample():
    return text.read(ROOT / "sample_db" / "ldm-294")


def said(part: Text) -> str:
    return "".join(span.text for span in part.spans).replace("\xa0", " ")


def printed(parts, size=styles.PAPERS["letter"]) -> pdfium.PdfDocument:
    """The parts on pages."""
    filled = flow.fill(parts, *pages.block(size))
    pen = Pen(
        {anchor for page in filled for _, part in page.placed for anchor in part.anchors}, Facts("Figures")
    )
    for page in filled:
        pen.start_page(size)
        for y, part in page.placed:
            for anchor in part.anchors:
                pen.anchor(anchor, styles.LEFT, styles.TOP + y)
            part.draw(pen, styles.LEFT, styles.TOP + y, pages.block(size)[0])
        pen.end_page()
    return pdfium.PdfDocument(pen.data())


@pytest.mark.parametrize("landscape", [False, True])
def test_every_figure_of_the_sample_stands_on_one_page_with_its_caption(sample, landscape):
    wide, high = pages.block(styles.PAPERS["letter"][::-1] if landscape else styles.PAPERS["letter"])
    for number, figure in enumerate(sample.in_order("figure"), 1):
        parts = figures.parts(sample, figure, number, landscape=landscape)
        assert refer.anchor(figure) in parts[0].anchors
        for drawn, caption in zip(parts[::2], parts[1::2], strict=True):
            assert isinstance(drawn, Drawn)
            assert drawn.keep
            assert drawn.alternative
            assert drawn.height(wide) + drawn.after + caption.height(wide) <= high
            assert said(caption).startswith(f"Figure {number}")
            assert said(caption).endswith(figure.caption)


def test_figures_print_within_the_text_block_in_type_of_six_points_and_more(sample):
    parts = [
        part
        for number, figure in enumerate(sample.in_order("figure"), 1)
        for part in figures.parts(sample, figure, number)
    ]
    document = printed(parts)
    for page in document:
        for word in words(page):
            assert styles.LEFT - 0.5 <= word.left < word.right <= styles.LEFT + PORTRAIT[0] + 0.5, word
            assert word.bottom <= styles.TOP + PORTRAIT[1] + 1, word
    sizes = {
        one.size
        for part in parts
        if isinstance(part, Drawn)
        for box in part.drawing.boxes
        for one in box.words
    }
    assert min(sizes) >= 6


def test_a_drawing_of_several_pages_says_so_in_captions_and_its_marks_lead_on(sample):
    figure = sample.find("figure", "fig-product-tree")
    parts = figures.parts(sample, figure, 10, depth=2)
    count = len(parts) // 2
    assert count > 1
    assert [said(one).split(":")[0] for one in parts[1::2]] == [
        f"Figure 10 (sheet {page} of {count})" for page in range(1, count + 1)
    ]
    found = links(printed(parts))
    assert {link.to_page for link in found} == set(range(count))


def test_a_product_tree_that_nobody_gave_a_depth_takes_few_pages(sample):
    figure = sample.find("figure", "fig-product-tree")
    shallow, deep = figures.parts(sample, figure, 1), figures.parts(sample, figure, 1, depth=3)
    assert len(shallow) // 2 <= figures.MOST_PAGES < len(deep) // 2


def test_boxes_lead_to_where_their_rows_are_printed(sample):
    figure = sample.find("figure", "fig-product-tree")
    product = sample.find("product", "L1")
    listed = figures.CAPTION
    target = Text([listed.span("Level 1")], style=listed, anchors=(refer.anchor(product),))
    parts = figures.parts(sample, figure, 1, depth=1)
    assert len(links(printed([*parts, target]))) == len(links(printed(parts))) + 1


def test_a_document_leads_to_its_address():
    data = plan(
        row("document", key="LDM-1", name="There", url="https://ls.st/LDM-1"),
        row("document", key="LDM-2", name="Trap", url="javascript:alert(1)"),
        row("figure", key="f", caption="Documents", drawing="document tree"),
    )
    found = links(printed(figures.parts(data, data.find("figure", "f"), 1)))
    assert [link.address for link in found] == ["https://ls.st/LDM-1"]


@pytest.mark.parametrize(
    "drawing", ["organisation chart", "product tree", "document tree", "milestones", "blocks", ""]
)
def test_a_figure_with_nothing_to_draw_prints_a_line_of_words(drawing):
    data = plan(row("figure", key="f", caption="Nothing", drawing=drawing))
    parts = figures.parts(data, data.find("figure", "f"), 3)
    assert [said(part)[:9] for part in parts][1] == "Figure 3:"
    assert said(parts[0]).endswith(".")
    assert refer.anchor(data.find("figure", "f")) in parts[0].anchors
    assert len(printed(parts)) == 1


def test_words_for_those_who_cannot_see_a_figure_are_typed_or_made_from_the_data(sample):
    typed = sample.find("figure", "fig-organization")
    assert figures.parts(sample, typed, 5)[0].alternative.startswith(typed.alternative)
    data = plan(
        row("role", key="PM", name="Project Manager"),
        row("figure", key="f", caption="Who", drawing="organisation chart"),
    )
    made = figures.parts(data, data.find("figure", "f"), 1)[0].alternative
    assert made == "Organisation chart: 1 role, 1 of them vacant; at the head Project Manager."


def test_the_same_plan_prints_the_same_figures(sample):
    def bytes_of():
        parts = [part for one in sample.in_order("figure") for part in figures.parts(sample, one, 1)]
        return printed(parts)

    assert [page.get_textpage().get_text_range() for page in bytes_of()] == [
        page.get_textpage().get_text_range() for page in bytes_of()
    ]


@pytest.mark.parametrize(
    "body", ["{{products}}\n\n{{figure f}}", "{{figure f}}\n\n{{products}}", "{{figure f}}"]
)
@pytest.mark.parametrize("drawing", ["product tree", "document tree", "milestones", "organisation chart"])
def test_figures_stay_within_the_text_block_whichever_way_the_pages_of_their_section_lie(body, drawing):
    top = row("product", key="TOP", name="Top")
    data = plan(
        top, *(row("product", key=f"C{n}", name=f"Child {n}", parent=top.id) for n in range(40)),
        *(row("document", key=f"LDM-{n}", name=f"Document {n} with a title") for n in range(60)),
        *(row("milestone", key=f"M{n}", name=f"Mile {n}", due=f"{2010 + n % 15}-01-01") for n in range(60)),
        *(row("role", key=f"R{n}", name=f"Role {n}") for n in range(40)),
        row("figure", key="f", caption="A caption", drawing=drawing), row("section", key="s", title="S", body=body),
    )  # fmt: skip
    document = pdfium.PdfDocument(report.make(data, report.Options(embed=False)).pdf)
    captions, boxes = 0, 0
    for page in list(document)[3:]:
        wide = page.get_width()
        captions += "A caption" in page.get_textpage().get_text_range()
        for at in range(raw.FPDFPage_CountObjects(page.raw)):
            edges = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(raw.FPDFPage_GetObject(page.raw, at), *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            if top - bottom > 6 and right - left > 6:
                boxes += 1
                assert bottom >= styles.BOTTOM_MARGIN - 1 or top < styles.BOTTOM_MARGIN
                assert -1 <= left <= right <= wide + 1
    assert captions
    assert boxes > 20
