"""The drawing's page: what is drawn, looked at, clicked, followed and saved, on a real canvas without a screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from dmdesk import changes as c
from dmdesk.kinds import kind_of, kinds
from tests.ui.small_plan import large
from ui import settings
from ui.canvas import LARGEST, SMALLEST
from ui.context import Context
from ui.theme import themes
from ui.views import make_page
from ui.views.drawing import DrawingPage

Key = Qt.Key


@pytest.fixture
def page(ctx: Context, qtbot) -> DrawingPage:
    made = make_page(ctx, "drawing")
    assert isinstance(made, DrawingPage)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.shown()
    made.setFocus()
    qtbot.waitUntil(lambda: made.made is not None)
    return made


def settled(page: DrawingPage, qtbot) -> None:
    """Wait until what was asked for last is shown."""
    qtbot.waitUntil(lambda: not page._waiting.isActive() and not page.ctx.tasks._running)


def point(page: DrawingPage, id: str, repeated: bool = False) -> QPoint:
    box = next(box for box in page.made.boxes if box.id == id and box.repeated == repeated)
    return page.canvas.mapFromScene(page.canvas.sheets.place(box).center())


def click(page: DrawingPage, at: QPoint) -> None:
    QTest.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def choose(page: DrawingPage, combo, at: int, qtbot) -> None:
    combo.setCurrentIndex(at)
    combo.activated.emit(at)
    settled(page, qtbot)


def grow(ctx: Context, products: int) -> None:
    """Add a large tree to the small plan."""
    new = [row for row in large(products) if not ctx.data.get(kind_of(row).name, row.id)]
    assert ctx.step("Many", [c.add(row) for row in new])


def ids(page: DrawingPage) -> set[str]:
    return {box.id for box in page.made.boxes}


def test_the_page_draws_every_product_and_says_how_much_it_is(page, ctx):
    assert ids(page) == set(ctx.data.rows("product"))
    assert page.summary.text().startswith("6 products · 1 page of ")
    picture = page.canvas.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, 900, 7) for y in range(0, 400, 7)}) > 3


def test_a_click_selects_the_product_and_a_click_beside_it_changes_nothing(page, ctx):
    click(page, point(page, "HEADER"))
    assert ctx.current == ("product", "HEADER")
    assert page.canvas.sheets.current == "HEADER"
    assert "Header Generator" in page.canvas.accessibleDescription()
    click(page, page.canvas.mapFromScene(QPointF(3, 3)))
    assert ctx.current == ("product", "HEADER")


def test_another_part_of_the_window_marks_its_product_here(page, ctx):
    ctx.select("product", "ARC")
    assert page.canvas.sheets.current == "ARC"
    ctx.select("wbs", "w3")
    assert page.canvas.sheets.current == ""


def test_a_double_click_or_enter_shows_the_product_on_its_page(page, ctx, qtbot):
    with qtbot.waitSignal(ctx.go) as went:
        QTest.mouseDClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=point(page, "DAC"))
    assert went.args == ["product", "DAC"]
    ctx.select("product", "L1")
    with qtbot.waitSignal(ctx.go) as went:
        QTest.keyClick(page.canvas, Key.Key_Return)
    assert went.args == ["product", "L1"]


def test_arrow_keys_go_from_box_to_box(page, ctx):
    QTest.keyClick(page.canvas, Key.Key_Down)
    assert ctx.current == ("product", "DM")
    visited = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Up):
        QTest.keyClick(page.canvas, key)
        visited.append(ctx.current[1])
    assert visited == ["L1", "HEADER", "ARC", "HEADER"]
    QTest.keyClick(page.canvas, Key.Key_Right)
    assert ctx.current[1] == "DAC"


def test_zoom_by_keys_buttons_and_wheel_stays_within_bounds(page):
    start = page.canvas.zoom
    QTest.keyClick(page.canvas, Key.Key_Plus)
    assert page.canvas.zoom > start
    QTest.keyClick(page.canvas, Key.Key_Minus)
    assert page.canvas.zoom == pytest.approx(start)
    wheel(page, 120)
    assert page.canvas.zoom > start
    for _ in range(60):
        wheel(page, -120)
    assert page.canvas.zoom == pytest.approx(SMALLEST)
    for _ in range(60):
        page.canvas.zoom_by(2)
    assert page.canvas.zoom == pytest.approx(LARGEST)
    QTest.keyClick(page.canvas, Key.Key_0)
    whole = page.canvas.mapFromScene(page.canvas.sheets.boundingRect()).boundingRect()
    assert page.canvas.viewport().rect().adjusted(-2, -2, 2, 2).contains(whole)


def wheel(page: DrawingPage, turn: int) -> None:
    at = QPointF(100, 100)
    event = QWheelEvent(
        at, page.canvas.viewport().mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.canvas.viewport(), event)


def test_dragging_moves_the_drawing_and_selects_nothing(page, ctx):
    page.canvas.zoom_by(4)
    page.canvas.centerOn(page.canvas.sheets.boundingRect().center())
    before = page.canvas.mapToScene(QPoint(0, 0))
    view, left = page.canvas.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, pos=QPoint(300, 200))
    QTest.mouseMove(view, QPoint(200, 150))
    QTest.mouseMove(view, QPoint(150, 120))
    QTest.mouseRelease(view, left, pos=QPoint(150, 120))
    after = page.canvas.mapToScene(QPoint(0, 0))
    assert (after.x() - before.x()) * page.canvas.zoom == pytest.approx(150, abs=3)
    assert (after.y() - before.y()) * page.canvas.zoom == pytest.approx(80, abs=3)
    assert ctx.current[1] == ""


def test_the_drawing_follows_changes_and_stays_where_it_was_looked_at(page, ctx, qtbot):
    page.canvas.zoom_by(2)
    zoom, was = page.canvas.zoom, page.made
    ctx.step("Rename", [c.put(ctx.data.get("product", "ARC"), {"name": "Archive of everything"})])
    qtbot.waitUntil(lambda: page.made is not was)
    assert any("Archive of everything" in box.title for box in page.made.boxes)
    assert page.canvas.zoom == zoom
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.get("product", "ARC")]))
    qtbot.waitUntil(lambda: "ARC" not in ids(page))
    ctx.undo()
    qtbot.waitUntil(lambda: "ARC" in ids(page))


def test_a_hidden_page_draws_again_when_it_is_shown(page, ctx, qtbot):
    page.hide()
    was = page.made
    ctx.step("Rename", [c.put(ctx.data.get("product", "ARC"), {"name": "Archive"})])
    QTest.qWait(100)
    assert page.made is was
    page.show()
    qtbot.waitUntil(lambda: page.made is not was)


def test_choices_change_what_is_drawn(page, qtbot):
    left = page.made
    choose(page, page.shape, 1, qtbot)
    assert page.made.width != left.width
    choose(page, page.levels, 1, qtbot)
    assert ids(page) == {"DM", "L1", "DAC", "ODD"}
    choose(page, page.root, page.root.findData("L1"), qtbot)
    assert ids(page) == {"L1", "HEADER", "ARC"}
    choose(page, page.paper, 1, qtbot)
    page.marks["landscape"].setChecked(True)
    page.marks["managers"].setChecked(True)
    settled(page, qtbot)
    assert page.made.width > page.made.height
    assert [entry.words[1].text for entry in page.made.legend] == ["Simon Krughoff", "Joel Plutchak"]


def test_choices_are_remembered(page, ctx, qtbot):
    choose(page, page.shape, 2, qtbot)
    page.marks["wbs"].setChecked(True)
    again = make_page(ctx, "drawing")
    qtbot.addWidget(again)
    assert (again.options.shape, again.options.wbs, again.options.managers) == ("top", True, False)
    settings.put("drawing", {"shape": "round", "paper": 3, "wbs": "yes"})
    odd = make_page(ctx, "drawing")
    qtbot.addWidget(odd)
    assert (odd.options.shape, odd.options.paper, odd.options.wbs) == ("mixed", "fits", False)


def test_a_root_that_is_deleted_gives_way_to_the_whole_tree(page, ctx, qtbot):
    choose(page, page.root, page.root.findData("L1"), qtbot)
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.get("product", "L1")]))
    qtbot.waitUntil(lambda: ids(page) == {"DM", "DAC", "ODD"})
    assert page.root.currentText() == "Whole tree"


def test_a_plan_without_products_says_what_to_do(page, ctx, qtbot):
    ctx.step("Empty", c.drop_all(ctx.data, list(ctx.data.rows("product").values())))
    qtbot.waitUntil(lambda: page.made is None)
    assert page.below.currentIndex() == 1
    assert not page.exporter.isEnabled()


@pytest.mark.parametrize(("form", "starts"), [("SVG", b"<?xml"), ("PDF", b"%PDF"), ("PNG", b"\x89PNG")])
def test_the_drawing_is_saved_in_each_form(page, ctx, tmp_path, qtbot, form, starts):
    asked = []

    def save_file(title: str, start: Path, filters: str) -> Path:
        asked.append((title, start.name, filters))
        return tmp_path / "mine"

    ctx.ask.save_file = save_file
    with qtbot.waitSignal(ctx.said) as said:
        page.save(form)
    suffix = form.lower()
    assert asked == [(f"Save the drawing as {form}", f"small product tree.{suffix}", f"{form} (*.{suffix})")]
    assert (tmp_path / f"mine.{suffix}").read_bytes().startswith(starts)
    assert said.args == [f"The drawing was saved as “mine.{suffix}”."]


def test_a_drawing_that_cannot_be_saved_is_told_in_one_sentence(page, ctx, tmp_path, qtbot):
    ctx.ask.save_file = lambda *_: tmp_path / "nowhere" / "a.svg"
    page.save("SVG")
    qtbot.waitUntil(lambda: bool(ctx.ask.told))
    assert "could not be written" in ctx.ask.told[0]


def test_a_mark_of_continuation_leads_to_the_page_it_names(page, ctx, qtbot):
    grow(ctx, 300)
    page.paper.setCurrentIndex(1)
    choose(page, page.shape, 1, qtbot)
    qtbot.waitUntil(lambda: page.made is not None and len(page.made.pages) > 3)
    box, mark = next((box, words) for box in page.made.boxes for words in box.words if words.page > box.page)
    canvas = page.canvas
    middle = QPointF(mark.x + mark.width / 2, mark.baseline - 2 + canvas.sheets.top(box.page))
    canvas.centerOn(middle)
    click(page, canvas.mapFromScene(middle))
    seen = canvas.mapToScene(canvas.viewport().rect()).boundingRect()
    goals = [other for other in canvas.sheets.boxes_of(box.id) if other.page == mark.page]
    assert any(seen.contains(canvas.sheets.place(goal).center()) for goal in goals)
    assert ctx.current == ("product", box.id)


def test_names_are_plain_text_in_tips(page):
    event = QHelpEvent(QEvent.Type.ToolTip, point(page, "ODD"), page.canvas.mapToGlobal(point(page, "ODD")))
    QApplication.sendEvent(page.canvas.viewport(), event)
    assert "&lt;b&gt;bold&lt;/b&gt;" in QToolTip.text()


def test_the_drawing_takes_the_colours_of_the_theme(page):
    def ground() -> str:
        at = page.canvas.mapFromScene(QPointF(4, 4))
        return page.canvas.grab().toImage().pixelColor(at).name()

    before = themes().choice
    try:
        themes().choose("light")
        light = ground()
        themes().choose("dark")
        assert light == "#ffffff"
        assert ground() != light
    finally:
        themes().choose(before)


def test_thousands_of_boxes_are_painted(page, ctx, qtbot):
    grow(ctx, 3000)
    qtbot.waitUntil(lambda: len(page.made.boxes) > 3000, timeout=20_000)
    page.canvas.fit()
    picture = page.canvas.grab().toImage()
    middle = picture.height() // 2
    assert len({picture.pixelColor(x, middle).name() for x in range(picture.width())}) > 1


def test_everything_on_the_page_has_a_name_for_screen_readers(page):
    for part in (
        page.canvas,
        page.what,
        page.shape,
        page.root,
        page.levels,
        page.paper,
        page.shows,
        page.exporter,
    ):
        assert part.accessibleName()


def draw(page: DrawingPage, what: str, qtbot) -> None:
    choose(page, page.what, page.what.findData(what), qtbot)


def organised(ctx: Context) -> None:
    """A role with its holder below another, a document, a milestone and a figure of blocks."""

    def make(kind: str, id: str, **values):
        return c.add(kinds()[kind].make(values, id))

    assert ctx.step("Organise", [
        make("role", "boss", key="BOSS", name="Project Manager"),
        make("role", "sci", key="SCI", name="Project Scientist", reports_to="boss"),
        make("document", "doc", key="LDM-1", name="To be written", state="not written"),
        make("milestone", "ms", key="M-1", name="First light", due="2020-01-01", level="1"),
        make("figure", "fig", key="parts", caption="The parts", drawing="blocks", blocks="- Inside\n  - A\n  - B"),
    ])  # fmt: skip


def test_other_parts_of_the_plan_are_drawn_and_a_click_selects_their_rows(page, ctx, qtbot):
    organised(ctx)
    for what, kind, id in (
        ("organisation", "role", "sci"), ("documents", "document", "doc"), ("milestones", "milestone", "ms"),
    ):  # fmt: skip
        draw(page, what, qtbot)
        assert id in ids(page)
        page.canvas.fit()
        click(page, point(page, id))
        assert ctx.current == (kind, id)
        assert page.canvas.sheets.current == id
        assert not page.shape.isVisible()
        assert not page.marks["wbs"].isVisible()
    draw(page, "tree", qtbot)
    assert page.shape.isVisible()
    assert page.marks["wbs"].isVisible()


def test_figures_of_blocks_are_offered_and_follow_what_is_typed(page, ctx, qtbot):
    organised(ctx)
    settled(page, qtbot)
    draw(page, "figure:parts", qtbot)
    assert [box.title for box in page.made.boxes] == ["Inside", "A", "B"]
    ctx.step("Type", [c.put(ctx.data.get("figure", "fig"), {"blocks": "- C"})])
    qtbot.waitUntil(lambda: [box.title for box in page.made.boxes] == ["C"])
    ctx.step("Empty", [c.put(ctx.data.get("figure", "fig"), {"blocks": ""})])
    qtbot.waitUntil(lambda: page.made is None)
    assert "no blocks yet" in page.nothing.text()


def test_a_part_that_the_plan_has_nothing_of_is_told_in_a_sentence(page, ctx, qtbot):
    ctx.step("Empty", c.drop_all(ctx.data, list(ctx.data.rows("milestone").values())))
    draw(page, "milestones", qtbot)
    assert page.made is None
    assert page.nothing.text().startswith("This plan has no milestones yet")


def test_show_in_the_drawing_goes_back_to_the_product_tree(page, ctx, qtbot):
    organised(ctx)
    draw(page, "organisation", qtbot)
    page.reveal("HEADER")
    settled(page, qtbot)
    assert page.what.currentData() == "tree"
    assert page.canvas.sheets.current == "HEADER"
