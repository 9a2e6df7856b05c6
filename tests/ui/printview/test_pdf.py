"""A printed document, read: its words, links and outline where the print says they are, and nothing unsafe."""

import gc

import pytest
from PySide6.QtGui import QColor

from dmdesk import report
from dmdesk.reading import PlanData
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
