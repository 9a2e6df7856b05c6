"""A printed document, read: its words, links and outline where the print says they are, and nothing unsafe."""

import gc

import pytest
from PySide6.QtGui import QColor

from dmdesk import report
from dmdesk.reading import PlanData
from dmdesk.report.pages import DRAFT_NOTICE
from tests.ui.small_plan import row, rows
from ui.printview.pdf import Pdf


@pytest.fixture(scope="module")
def printed() -> report.Printed:
    unsafe = row("reference", "rf", key="X", name="Address", authors=("A, B.",), url="file:///etc/passwd")
    safe = row("reference", "rg", key="Y", name="Safe", authors=("C, D.",), url="https://example.org/a")
    return report.make(PlanData.of([*rows(), unsafe, safe]))


@pytest.fixture
def pdf(printed: report.Printed) -> Pdf:
    return Pdf(printed.pdf)


def test_it_has_the_pages_and_labels_of_the_print(pdf, printed):
    assert len(pdf.sizes) == len(pdf.labels) == printed.pages
    assert pdf.labels[0] == "i"
    assert "1" in pdf.labels


def test_words_stand_where_the_print_says_their_row_is(pdf, printed):
    place = printed.place("product", "HEADER")
    start, count = pdf.find(place.page, "header generator")[0]
    assert pdf.words(place.page, start, count) == "Header Generator"
    (box,) = pdf.boxes(place.page, start, count)
    assert place.top <= box.top < box.bottom <= place.bottom
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    assert start <= pdf.letter_at(place.page, *middle) < start + count


def test_a_page_can_be_drawn_in_parts_that_fit_together(pdf):
    whole = pdf.picture(0, 1.0, (0, 0, 612, 792))
    part = pdf.picture(0, 1.0, (100, 200, 300, 250))
    spots = [(x, y) for x in range(300) for y in range(250)]
    shades = [(part.pixelColor(x, y), whole.pixelColor(100 + x, 200 + y)) for x, y in spots]
    assert max(abs(one.green() - other.green()) for one, other in shades) <= 2
    assert len({whole.pixel(x, y) for x in range(0, 612, 9) for y in range(0, 792, 9)}) > 3
    assert QColor(whole.pixel(2, 2)) == QColor("white")


def test_only_links_to_safe_addresses_and_pages_are_followed(pdf):
    links = [link for page in range(len(pdf.sizes)) for link in pdf.links(page)]
    assert any(link.page >= 0 for link in links)
    assert {link.address.partition(":")[0] for link in links if link.address} <= {"http", "https", "mailto"}
    assert any(link.address == "https://example.org/a" for link in links)
    assert not any("passwd" in link.address for link in links)


def test_a_closed_document_says_so_and_many_may_come_and_go(printed):
    for _ in range(20):
        made = Pdf(printed.pdf)
        made.picture(0, 0.1, (0, 0, 61, 79))
        made.find(0, "x")
    made.close()
    with pytest.raises(ValueError, match="closed"):
        made.picture(0, 0.1, (0, 0, 61, 79))
    gc.collect()


@pytest.fixture(scope="module")
def draft() -> Pdf:
    """A draft, with the word on one of its pages, too."""
    more = row("section", "s9", key="more", title="More", order="090", body="This draft says more of drafts.")
    return Pdf(report.make(PlanData.of([*rows(), more]), report.Options(draft=True)).pdf)


def content(pdf: Pdf, page: int) -> str:
    """What is printed in the text block of a page."""
    frame = pdf.frame(page)
    return pdf.words(page, frame, pdf.letters(page) - frame)


def test_every_letter_of_a_draft_is_found_where_it_stands_also_on_the_watermark(draft):
    for page in range(len(draft.sizes)):
        for at in range(draft.frame(page), draft.letters(page), 3):
            boxes = draft.boxes(page, at, 1)
            if boxes and draft.words(page, at, 1).strip():
                left, top, right, bottom = boxes[0]
                assert draft.letter_at(page, (left + right) / 2, (top + bottom) / 2) == at


def test_the_watermark_is_never_found_and_the_frame_only_where_it_is_meant(draft):
    page = next(page for page in range(1, len(draft.sizes)) if draft.find(page, "drafts"))
    assert draft.words(page, 0, 5) == "Draft"
    wide, high = draft.sizes[page]
    spots = [(x, y) for x in range(0, int(wide), 9) for y in range(0, int(high), 9)]
    assert not {draft.letter_at(page, *spot) for spot in spots} & set(range(5))
    start = draft.words(page, 0, draft.letters(page)).index(DRAFT_NOTICE)
    boxes = draft.boxes(page, start, len(DRAFT_NOTICE))
    middle = (boxes[0].left + boxes[0].right) / 2, (boxes[0].top + boxes[0].bottom) / 2
    assert start <= draft.letter_at(page, *middle) < start + len(DRAFT_NOTICE)
    assert draft.letter_at(page, *middle, content=True) is None


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_content_of_a_page_is_what_is_within_its_frame(draft, paper):
    printed = report.make(PlanData.of(rows()), report.Options(draft=draft, paper=paper))
    pdf = Pdf(printed.pdf)
    page = printed.place("product", "HEADER").page
    assert "Header Generator" in content(pdf, page)
    cover = content(pdf, 0)
    for page in range(1, len(pdf.sizes)):
        words = pdf.words(page, 0, pdf.frame(page)).split("\n")
        assert pdf.labels[page] in words[-2] or f"page {pdf.labels[page]} of" in words[-2]
        assert words[-1] == ""
        assert "Latest revision" not in content(pdf, page)
        assert DRAFT_NOTICE not in content(pdf, page)
        assert ("Draft" in words) == draft
    assert not cover.startswith("Draft\n")
    assert "Data Management" in cover


def test_words_are_found_in_what_is_printed_not_in_the_frame_around_it(draft):
    pages = range(1, len(draft.sizes))
    found = {page: draft.find(page, "draft") for page in pages}
    assert sum(map(len, found.values())) == 2
    assert all(len(found[page]) == content(draft, page).lower().count("draft") for page in pages)
