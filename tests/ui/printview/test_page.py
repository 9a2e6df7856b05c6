"""The preview: what it shows, how one moves in it, and the way from a row to its print and back."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from dmdesk import changes as c
from dmdesk import report
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from tests.house.tree import ROOT
from tests.ui.answers import Answers
from tests.ui.printview.conftest import settled
from ui import settings
from ui.actions import actions, perform
from ui.context import Context
from ui.printview.page import PrintPage
from ui.printview.pdf import Pdf
from ui.printview.view import FIT_PAGE, LARGEST, SMALLEST
from ui.views import make_page
from ui.window import Window

Key = Qt.Key


def at(page: PrintPage, number: int, x: float, y: float) -> QPoint:
    """The point of the viewport that shows a point of a page."""
    view = page.view
    rect = view.layout_.rect(number)
    return (rect.topLeft() + QPointF(x, y) * view.layout_.scale - view._shift()).toPoint()


def words_at(page: PrintPage, words: str, kind: str, id: str) -> QPoint:
    """Bring a row into view; the point where words of it stand."""
    edition = page.view.edition
    place = edition.printed.place(kind, id)
    page.view.reveal(place.page, place.top, place.bottom)
    box = edition.pdf.boxes(place.page, *edition.pdf.find(place.page, words)[0])[0]
    return at(page, place.page, (box.left + box.right) / 2, (box.top + box.bottom) / 2)


def rename(ctx: Context, name: str) -> None:
    assert ctx.step("Rename", [c.put(ctx.data.rows("product")["HEADER"], {"name": name})])


def all_drawn(page: PrintPage, qtbot) -> None:
    """Wait until every page of the small plan is there in small."""
    settled(page, qtbot)
    number, count = page.view.edition.number, page.view.edition.printed.pages
    qtbot.waitUntil(lambda: all(page.view.pictures.small_right(number, one) for one in range(count)))


def shown_words(page: PrintPage) -> str:
    edition = page.view.edition
    place = edition.printed.place("product", "HEADER")
    return edition.pdf.words(place.page, 0, edition.pdf.letters(place.page))


def test_it_shows_the_pages_that_are_printed(page, ctx):
    whole = report.make(ctx.data.copy())
    assert page.view.edition.printed.pages == whole.pages
    assert page.summary.text().startswith(f"{whole.pages} pages")
    picture = page.view.grab().toImage()
    assert (
        len(
            {
                picture.pixel(x, y)
                for x in range(50, picture.width(), 9)
                for y in range(0, picture.height(), 7)
            }
        )
        > 3
    )


def test_a_double_click_goes_to_the_row_in_the_plan(page, ctx, qtbot):
    spot = words_at(page, "Header Generator", "product", "HEADER")
    with qtbot.waitSignal(ctx.go) as went:
        QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert went.args == ["product", "HEADER"]


def test_a_click_makes_the_row_current_and_marks_it_and_enter_goes_there(page, ctx, qtbot):
    spot = words_at(page, "Header Generator", "product", "HEADER")
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert ctx.current == ("product", "HEADER")
    assert page.view.marks.row.id == "HEADER"
    with qtbot.waitSignal(ctx.go) as went:
        QTest.keyClick(page.view, Key.Key_Return)
    assert went.args == ["product", "HEADER"]


def test_the_cover_leads_to_the_document(page, ctx, qtbot):
    page.view.go(0)
    with qtbot.waitSignal(ctx.go) as went:
        QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=at(page, 0, 300, 260))
    assert went.args == ["plan", ""]


def test_keys_walk_from_row_to_row(page, ctx):
    page.view.go(*page.view.edition.printed.place("product", "DM")[:2])
    seen = []
    for _ in range(3):
        QTest.keyClick(page.view, Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        seen.append(ctx.current[1])
    assert seen == ["DM", "L1", "HEADER"]
    QTest.keyClick(page.view, Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert ctx.current[1] == "L1"


def test_show_in_print_marks_the_row_and_the_same_key_goes_back(window: Window, qtbot):
    window.go("product", "ARC")
    perform(actions()["view.in-print"], window.ctx)
    page = window.stack.currentWidget()
    assert isinstance(page, PrintPage)
    settled(page, qtbot)
    assert page.view.marks.row.id == "ARC"
    assert page.view.marks.row.page in page.view.shown_pages()
    assert actions()["view.in-print"].text(window.ctx) == "Show in plan"
    perform(actions()["view.in-print"], window.ctx)
    assert (window.ctx.page_kind, window.ctx.current) == ("product", ("product", "ARC"))


def test_a_row_that_is_not_printed_is_said_to_be_so(page, ctx, qtbot):
    with qtbot.waitSignal(ctx.said) as said:
        page.reveal("team:tLDF")
    assert "not printed" in said.args[0]


def test_zoom_by_keys_wheel_and_field_stays_within_bounds(page):
    view = page.view
    QTest.keyClick(view, Key.Key_1)
    assert view.zoom == 1.0
    QTest.keyClick(view, Key.Key_Plus)
    assert view.zoom > 1
    for turn, bound in ((120, LARGEST), (-120, SMALLEST)):
        for _ in range(40):
            wheel(view, turn)
        assert view.zoom == pytest.approx(bound)
    page.tools.zoom.setEditText("85")
    QTest.keyClick(page.tools.zoom.lineEdit(), Key.Key_Return)
    assert view.zoom == 0.85
    page.tools.zoom.setEditText("nonsense")
    QTest.keyClick(page.tools.zoom.lineEdit(), Key.Key_Return)
    assert (view.zoom, page.tools.zoom.currentText()) == (0.85, "85%")
    QTest.keyClick(view, Key.Key_0)
    assert view.layout_.rect(view.page).height() <= view.viewport().height()
    QTest.keyClick(view, Key.Key_W)
    assert view.layout_.width <= view.viewport().width()


def wheel(view, turn: int) -> None:
    spot = QPointF(100, 100)
    event = QWheelEvent(
        spot, view.viewport().mapToGlobal(spot), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


def test_the_field_shows_the_zoom_that_fits_as_soon_as_there_are_pages(ctx, qtbot):
    settings.put_all({"preview.fit": FIT_PAGE, "preview.zoom": 3.0})
    made = make_page(ctx, "printview")
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    settled(made, qtbot)
    assert made.view.zoom < 1
    assert made.tools.zoom.currentText() == f"{made.view.zoom:.0%}"


def test_what_is_under_the_mouse_stays_there_when_zooming(page):
    page.view.set_zoom(1.0)
    page.view.go(2, 300)
    spot = QPointF(300, 200)
    before = page.view.place(spot)
    page.view.zoom_by(1.7, spot)
    assert page.view.place(spot) == pytest.approx(before, abs=1.5)


def test_large_pages_are_drawn_only_where_they_are_seen(page, qtbot):
    page.view.set_zoom(8.0)
    settled(page, qtbot)
    part = page.view.pictures.best(page.view.page)
    assert part.image.width() * part.image.height() < 9_000_000
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().value() + 3000)
    settled(page, qtbot)


def test_pages_smaller_than_the_small_pictures_are_drawn_as_well(page, qtbot):
    page.view.set_zoom(SMALLEST)
    settled(page, qtbot)
    page.view.set_zoom(0.15)
    settled(page, qtbot)


def test_nothing_of_the_preview_is_loaded_before_it_is_opened():
    program = (
        "import sys, ui.app, ui.actions; ui.actions.actions();"
        "print([m for m in sys.modules if 'pdfium' in m or 'printview' in m])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_page_box_goes_to_pages_as_they_are_numbered(page):
    for typed, wanted in (("1", "1"), ("ii", "ii"), ("99999", page.view.edition.pdf.labels[-1])):
        page.tools.page.field.setText(typed)
        QTest.keyClick(page.tools.page.field, Key.Key_Return)
        page.view.set_fit("page")
        labels = page.view.edition.pdf.labels
        assert labels[page.view.page] == wanted


def test_the_outline_leads_to_its_headings_and_backspace_returns(page):
    heading = next(one for one in page.view.edition.printed.bookmarks if one.page > 3)
    page.view.go(0)
    start = page.view.where()
    page.side.picked.emit(heading.page, heading.y)
    assert page.view.where()[0] in (heading.page, heading.page - 1)
    QTest.keyClick(page.view, Key.Key_Backspace)
    assert page.view.where() == pytest.approx(start, abs=1)


def test_a_link_within_the_document_is_followed_and_one_out_of_it_asked_for(page, answers: Answers, ctx):
    edition, view = page.view.edition, page.view
    links = [(n, link) for n in range(len(edition.pdf.sizes)) for link in edition.pdf.links(n)]
    number, link = next((n, link) for n, link in links if link.page > n)
    view.go(number, max(0, link.box.top - 100))
    middle = at(page, number, (link.box.left + link.box.right) / 2, (link.box.top + link.box.bottom) / 2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert link.page in view.shown_pages()
    answers.yes = False
    view.address.emit("https://example.org/x")
    assert "https://example.org/x" in answers.asked[-1]


def test_words_are_selected_with_the_mouse_and_copied(page):
    spot = words_at(page, "Header Generator", "product", "HEADER")
    left, view = Qt.MouseButton.LeftButton, page.view.viewport()
    start, end = spot - QPoint(40, 0), spot + QPoint(60, 0)
    QTest.mousePress(view, left, pos=start)
    QTest.mouseMove(view, spot)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, pos=end)
    QTest.keyClick(page.view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Generator" in QApplication.clipboard().text()
    QTest.mouseClick(view, left, pos=QPoint(5, 5))
    assert page.view.marks.selected == ()


def drag(page: PrintPage, start: QPoint, end: QPoint) -> str:
    """Draw the mouse over words, copy them, and say which they were."""
    left, view = Qt.MouseButton.LeftButton, page.view.viewport()
    QTest.mousePress(view, left, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, left, pos=end)
    QTest.keyClick(page.view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QApplication.clipboard().text()


def draft(page: PrintPage, ctx: Context, qtbot) -> None:
    assert ctx.step("Draft", [c.put(ctx.data.plan(), {"state": "draft"})])
    settled(page, qtbot)


def test_neither_header_nor_watermark_is_taken_with_the_words_of_a_page(page, ctx, qtbot):
    draft(page, ctx, qtbot)
    words_at(page, "Header Generator", "product", "HEADER")
    page.view.set_fit("page")
    QTest.keyClick(page.view, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.view, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert "Header Generator" in copied
    assert "Draft" not in copied
    assert "Latest revision" not in copied
    assert "page" not in copied.split()


def test_words_drawn_over_to_the_margins_are_those_of_the_text_alone(page, ctx, qtbot):
    draft(page, ctx, qtbot)
    spot = words_at(page, "Header Generator", "product", "HEADER")
    page.view.set_fit("page")
    number, pdf = page.view.page, page.view.edition.pdf
    box = pdf.boxes(number, *pdf.find(number, "Header Generator")[0])[0]
    spot = at(page, number, box.left + 2, (box.top + box.bottom) / 2)
    down = drag(page, spot, at(page, number, 300, pdf.sizes[number][1] - 60))
    assert down.startswith("Header Generator")
    up = drag(page, spot, at(page, number, 300, 72))
    assert up
    assert not {"Draft:", "Draft", "Latest"} & {*up.split(), *down.split()}
    header = drag(page, at(page, number, 80, 72), at(page, number, 250, 72))
    assert "Management" in header, "a header is taken when one begins there"


def test_a_search_counts_no_words_of_header_footer_and_watermark(page, ctx, qtbot):
    draft(page, ctx, qtbot)
    page.search.field.setText("not under change control")
    qtbot.waitUntil(lambda: bool(page.view.marks.hits) and not page.search._left)
    assert {hit.page for hit in page.search._in_order()} == {0}, "the cover says so once"
    page.search.field.setText("latest revision")
    qtbot.waitUntil(lambda: not page.search._soon.isActive() and not page.search._left)
    assert page.search.count.text() in ("Not found", "1 of 1")


def test_all_hits_of_a_search_are_marked_and_walked_through(page, qtbot):
    page.focus_filter()
    page.search.field.setText("header")
    qtbot.waitUntil(lambda: page.view.marks.current is not None and not page.search._left)
    hits = page.search._in_order()
    assert len(hits) > 1
    assert page.search.count.text() == f"1 of {len(hits)}"
    QTest.keyClick(page.search.field, Key.Key_Return)
    assert page.view.marks.current == hits[1]
    QTest.keyClick(page.search.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.search.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.marks.current == hits[-1]
    page.search.field.setText("no such words anywhere")
    qtbot.waitUntil(lambda: page.search.count.text() == "Not found")
    assert not page.search.buttons[0].isEnabled()


def test_only_the_hits_are_coloured(page, qtbot):
    page.search.field.setText("header")
    qtbot.waitUntil(lambda: page.view.marks.current is not None and not page.search._left)
    page.view.setFocus()
    settled(page, qtbot)
    hit = page.view.marks.current
    box = page.view.edition.pdf.boxes(*hit)[0]
    picture = page.view.viewport().grab().toImage()
    assert picture.pixelColor(at(page, hit.page, 12, box.top)) == QColor("white")
    over = at(page, hit.page, box.left + 1, box.top + 1)
    assert picture.pixelColor(over) != QColor("white")


def test_an_edit_is_seen_a_moment_later_and_nothing_moves(page, ctx, qtbot):
    words_at(page, "Header Generator", "product", "HEADER")
    page.view.set_zoom(1.1)
    where, zoom = page.view.where(), page.view.zoom
    page.search.field.setText("maker")
    rename(ctx, "Header Maker")
    settled(page, qtbot)
    assert "Header Maker" in shown_words(page)
    assert page.view.where() == pytest.approx(where, abs=1)
    assert page.view.zoom == zoom
    qtbot.waitUntil(lambda: bool(page.view.marks.hits))
    ctx.undo()
    settled(page, qtbot)
    assert "Header Generator" in shown_words(page)


def test_pages_that_look_as_before_keep_their_pictures(page, ctx, qtbot, monkeypatch):
    all_drawn(page, qtbot)
    drawn, usual = set(), Pdf.picture

    def noting(pdf, number, *more):
        drawn.add(number)
        return usual(pdf, number, *more)

    monkeypatch.setattr(Pdf, "picture", noting)
    before = page.view.edition
    rename(ctx, "Header Maker")
    settled(page, qtbot)
    all_drawn(page, qtbot)
    after = page.view.edition
    there = after.printed.place("product", "HEADER").page
    assert there in drawn
    assert 0 not in drawn
    assert all(
        (number in drawn) == (old != new)
        for number, (old, new) in enumerate(zip(before.printed.faces, after.printed.faces, strict=True))
    )
    for number in range(after.printed.pages):
        held = page.view.pictures.small(number)
        assert held.image == after.pdf.picture(
            number, held.scale, (0, 0, held.part.width(), held.part.height())
        )


def test_pictures_go_with_their_pages_when_a_page_comes_before_them(page, ctx, qtbot):
    all_drawn(page, qtbot)
    last = page.view.edition.printed.pages - 1
    face = page.view.edition.printed.faces[last]
    edition, pictures = page.view.edition, page.view.pictures
    one = kinds()["section"].make({"key": "more", "title": "More", "body": "Words of a text. " * 900})
    assert ctx.step("Write", [c.add(one)])
    settled(page, qtbot)
    all_drawn(page, qtbot)
    now = page.view.edition
    assert now.printed.pages > edition.printed.pages
    assert face not in now.printed.faces  # the number at its foot is another
    for number in range(now.printed.pages):
        held = pictures.small(number)
        assert held.edition == now.number
        assert held.image == now.pdf.picture(
            number, held.scale, (0, 0, held.part.width(), held.part.height())
        )


def test_the_print_of_before_is_closed_once_the_next_is_seen(page, ctx, qtbot):
    old = page.view.edition

    def closed():
        try:
            old.pdf.picture(0, 0.1, (0, 0, 61, 79))
        except ValueError:
            return True
        return False

    assert not closed()
    rename(ctx, "Another name")
    settled(page, qtbot)
    qtbot.waitUntil(closed, timeout=5_000)


def test_of_many_edits_the_last_is_shown(page, ctx, qtbot):
    for number in range(8):
        rename(ctx, f"Header {number}")
        QTest.qWait(7)
    settled(page, qtbot)
    assert "Header 7" in shown_words(page)


def test_the_row_at_the_top_stays_there_when_pages_come_before_it(page, ctx, qtbot):
    place = page.view.edition.printed.place("wbs", "w3")
    page.view.go(place.page, place.top)
    body = "\n\n".join(["Words and more words. " * 30] * 60)
    assert ctx.step("Lengthen", [c.put(ctx.data.rows("product")["DM"], {"description": body})])
    settled(page, qtbot)
    now = page.view.edition.printed.place("wbs", "w3")
    assert now.page > place.page
    assert page.view.where() == pytest.approx((now.page, now.top), abs=1)


def test_a_hidden_preview_prints_again_when_it_is_shown(page, ctx, qtbot):
    page.hide()
    before = page.view.edition
    rename(ctx, "Header Maker")
    QTest.qWait(150)
    assert page.view.edition is before
    page.show()
    settled(page, qtbot)
    assert "Header Maker" in shown_words(page)


def width(page: PrintPage) -> float:
    """How wide the first page is, in points."""
    return page.view.edition.pdf.sizes[0][0]


def test_another_paper_is_chosen_in_the_menu_and_printed_on_at_once(page, ctx, qtbot):
    settings.put("print.paper", "letter")
    here = page.view.edition.printed.place("wbs", "w3")
    page.view.go(here.page, here.top)
    menu = QMenu(page)
    page._add_all(menu)
    inner = next(one for one in menu.findChildren(QMenu) if one.title() == "Paper")
    papers = {one.text(): one for one in inner.actions()}
    assert [(name, one.isCheckable(), one.isChecked()) for name, one in papers.items()] == [
        ("Letter", True, True),
        ("A4", True, False),
    ]
    papers["A4"].trigger()
    assert settings.get("print.paper") == "a4"
    settled(page, qtbot)
    assert width(page) == pytest.approx(595.28, abs=0.1)
    now = page.view.edition.printed.place("wbs", "w3")
    assert page.view.where() == pytest.approx((now.page, now.top), abs=1)


def test_another_paper_chosen_elsewhere_is_seen_when_the_preview_comes_back(page, qtbot):
    settings.put("print.paper", "letter")
    page.hide()
    settings.put("print.paper", "a4")
    page.show()
    settled(page, qtbot)
    assert width(page) == pytest.approx(595.28, abs=0.1)


def test_another_paper_chosen_in_a_sheet_is_seen_when_that_closes(page, qtbot):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    sheet = QDialog(page)
    sheet.show()
    sheet.activateWindow()
    qtbot.waitUntil(lambda: not page.isActiveWindow())
    settings.put("print.paper", "a4" if width(page) > 600 else "letter")
    before = width(page)
    sheet.close()
    page.activateWindow()  # as the system does where windows are managed
    qtbot.waitUntil(lambda: page.settled and width(page) != before)


def test_what_cannot_be_printed_is_said_and_the_last_print_stays(page, ctx, qtbot, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise PlanError("The fonts are gone.")

    before = page.view.edition
    with monkeypatch.context() as patch:
        patch.setattr(report, "make", fail)
        rename(ctx, "Header Maker")
        qtbot.waitUntil(lambda: page.wrong.isVisible())
    assert page.wrong.text() == "The fonts are gone. What is shown is the last print."
    assert page.view.edition is before
    rename(ctx, "Header Builder")
    settled(page, qtbot)
    assert not page.wrong.isVisible()


def test_what_nobody_foresaw_is_one_sentence_too(ctx, qtbot, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(report, "make", fail)
    made = make_page(ctx, "printview")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.wrong.isVisible())
    assert made.wrong.text().startswith("The plan could not be printed; the details are in")


def test_a_read_only_plan_is_previewed(empty: Context, ctx, tmp_path: Path, qtbot):
    ctx.close()
    ctx.open(tmp_path / "small.dmplan", read_only=True)
    made = make_page(ctx, "printview")
    qtbot.addWidget(made)
    made.show()
    settled(made, qtbot)
    assert not ctx.writable


def test_closing_the_plan_while_it_prints_ends_the_print(window: Window, qtbot):
    window.go("printview")
    window.ctx.close()
    QTest.qWait(200)
    assert window.ctx.plan is None


def test_a_plan_with_nothing_in_it_has_a_preview(empty: Context, tmp_path: Path, qtbot):
    from dmdesk.plan import Plan

    Plan.create(tmp_path / "empty.dmplan").close()
    empty.open(tmp_path / "empty.dmplan")
    made = make_page(empty, "printview")
    qtbot.addWidget(made)
    made.show()
    settled(made, qtbot)
    QTest.keyClick(made.view, Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made.view, Key.Key_Return)


def test_thumbnails_are_drawn_and_lead_to_their_page(page, qtbot):
    page.side.setCurrentIndex(1)
    number = page.view.edition.number
    qtbot.waitUntil(lambda: page.view.pictures.small_right(number, 0))
    page.side.thumbnails.setCurrentIndex(page.side.thumbnails.model().index(3, 0))
    assert page.view.where()[0] in (2, 3)
