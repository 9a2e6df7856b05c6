"""Where pages are below one another, and where a row is in the next edition."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from dmdesk.report import Place, Printed
from ui.printview.edition import Edition, moved, same
from ui.printview.layout import GAP, Layout
from ui.printview.pictures import BYTES, Picture, Pictures


def edition(number: int, *places: Place, pages: int = 9, faces: str = "") -> Edition:
    class Sized:
        sizes = ((612.0, 792.0),) * pages

    return Edition(number, Sized(), Printed(b"", pages, places, (), tuple(faces)))  # type: ignore[arg-type]


def test_pages_follow_one_another_with_a_gap_and_are_centred():
    layout = Layout([(600, 800), (800, 600)], 0.5, 1000)
    assert layout.rect(0).getRect() == (350, GAP, 300, 400)
    assert layout.rect(1).top() == 2 * GAP + 400
    assert layout.height == 3 * GAP + 700
    assert layout.place(400, GAP + 50) == (0, 100, 100)
    assert list(layout.pages(0, 3 * GAP + 400)) == [0, 1]


def test_without_pages_nothing_is_seen():
    assert list(Layout([], 1.0).pages(0, 500)) == []


def test_what_was_at_the_top_is_found_by_its_row_when_pages_have_come_before_it():
    old = edition(1, Place(3, 100, 120, "product", "a"), Place(3, 200, 220, "product", "b"))
    new = edition(2, Place(5, 100, 120, "product", "a"), Place(6, 300, 320, "product", "b"))
    assert moved(old, new, 3, 210) == (6, 310)
    assert moved(old, new, 4, 50) == (7, 50), "the page after the row it begins on"


def test_a_row_that_is_printed_twice_is_found_in_the_same_one_of_its_places():
    old = edition(1, Place(1, 100, 120, "wbs", "a"), Place(4, 500, 520, "wbs", "a"))
    new = edition(2, Place(1, 100, 120, "wbs", "a"), Place(5, 80, 100, "wbs", "a"))
    assert moved(old, new, 4, 505) == (5, 85)


def test_without_its_row_a_place_is_found_by_its_page():
    old, new = edition(1, Place(3, 100, 120, "product", "a")), edition(2, pages=2)
    assert moved(old, new, 3, 110) == (1, 110)
    assert moved(old, new, 0, 60) == (0, 60)


def test_pages_are_known_by_what_is_seen_of_them_and_those_alike_stay_where_they_are():
    assert same(edition(1, faces="abcd"), edition(2, faces="xabcd")) == {1: 0, 2: 1, 3: 2, 4: 3}
    assert same(edition(1, faces="abbd"), edition(2, faces="abby")) == {0: 0, 1: 1, 2: 2}
    assert same(edition(1), edition(2, faces="ab")) == {}


def test_pictures_take_no_more_room_than_they_may():
    held = Pictures()
    held.near = 20
    for page in (20, 21, *range(60)):
        image = QImage(1000, 1000, QImage.Format.Format_RGB32)
        held.put(Picture(1, page, 1.0, QRect(0, 0, 1000, 1000), image))
    there = [page for page in range(60) if held.best(page) is not None]
    assert len(there) * 4_000_000 <= BYTES
    assert {17, 18, 19, 20, 21, 22, 23} <= set(there), "what is near the page looked at stays"
