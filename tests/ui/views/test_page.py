"""Pages: filter, selection, editing, dragging and opening, on real widgets without a screen."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from dmdesk import changes as c
from dmdesk.kinds import kinds
from tests.ui.small_plan import row
from ui.context import Context
from ui.editors import Editor
from ui.models.tree import TreeModel
from ui.theme import theme
from ui.views import make_page
from ui.views.outline import Outline
from ui.views.page import Page

Key = Qt.Key


@pytest.fixture
def page(ctx: Context, qtbot):
    """Opens the page of a kind as the window does."""

    def opened(kind: str) -> Page:
        made = make_page(ctx, kind)
        qtbot.addWidget(made)
        ctx.page_kind = kind
        ctx.go.connect(lambda name, id: made.reveal(id) if name == ctx.page_kind == kind and id else None)
        made.resize(900, 600)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.setFocus()
        made.shown()
        return made

    return opened


def editor_in(page: Page) -> Editor:
    found = page.grid.viewport().findChildren(Editor)
    assert len(found) == 1, "no cell is being edited"
    return found[0]


@pytest.mark.parametrize("kind", kinds().names())
def test_every_kind_has_a_page_that_opens_and_says_how_much_there_is(page, ctx: Context, kind: str):
    made = page(kind)
    assert made.title
    if not kinds()[kind].single:
        assert str(len(ctx.data.rows(kind))) in made.summary.text()
        assert not made.grab().isNull()


def test_a_page_that_is_closed_listens_no_longer(ctx: Context):
    import shiboken6

    for kind in ("plan", "section", "wbs", "product"):
        made = make_page(ctx, kind)
        made.show()
        shiboken6.delete(made)
    ctx.found_now([])
    ctx.select("product", "DM")
    ctx.step("Rename", [c.put(ctx.data.get("product", "DM"), {"name": "DM"})])
    QApplication.processEvents()
    assert ctx.data.get("product", "DM").name == "DM"


NOT_TYPED = ("review",)
"""Kinds whose rows begin otherwise than by a row of a table; the tests of their pages say how."""


@pytest.mark.parametrize(
    "kind", [kind.name for kind in kinds() if not kind.single and kind.name not in NOT_TYPED]
)
def test_an_empty_page_says_what_to_do_and_its_button_does_it(page, ctx: Context, kind: str):
    ctx.step("Empty", c.drop_all(ctx.data, list(ctx.data.rows(kind).values())))
    made = page(kind)
    assert made.remedy.isVisible()
    made.remedy.click()
    assert len(ctx.data.rows(kind)) == 1
    assert not made.remedy.isVisible()


def test_no_label_takes_typed_words_for_markup(page):
    made = page("product")
    assert {label.textFormat() for label in made.findChildren(QLabel)} <= {Qt.TextFormat.PlainText}


def test_the_summary_counts_what_is_missing(page):
    assert page("product").summary.text() == (
        "6 products · 6 without an owner of their own · 1 WBS reference unresolved"
    )


def test_typing_into_the_filter_narrows_and_escape_widens_again(page):
    made = page("product")
    made.focus_filter()
    QTest.keyClicks(made.filter, "header")
    assert made.model.shown == ["DM", "L1", "HEADER"]
    assert made.summary.text().startswith("1 match · ")
    QTest.keyClick(made.filter, Key.Key_Down)
    assert made.grid.current_id() == "HEADER"
    made.focus_filter()
    QTest.keyClick(made.filter, Key.Key_Escape)
    assert len(made.model.shown) == 6
    assert made.grid.current_id() == "HEADER"


def test_a_filter_without_matches_offers_to_be_cleared(page):
    made = page("product")
    made.filter.setText("no such thing")
    assert made.nothing.isVisible()
    made.remedy.click()
    assert len(made.model.shown) == 6


def test_a_row_hidden_by_the_filter_is_revealed_by_clearing_it(page):
    made = page("product")
    made.filter.setText("header")
    made.reveal("DAC")
    assert made.grid.current_id() == "DAC"
    assert made.filter.text() == ""


def test_the_window_is_told_which_rows_are_selected(page, ctx: Context):
    made = page("product")
    made.reveal("HEADER")
    assert (ctx.current, [row.id for row in ctx.rows()]) == (("product", "HEADER"), ["HEADER"])
    QTest.keyClick(made.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in ctx.rows()] == ["HEADER", "ARC"]


def test_arrow_keys_close_open_and_go_to_the_parent(page):
    made = page("product")
    made.reveal("HEADER")
    QTest.keyClick(made.grid, Key.Key_Left)
    assert made.grid.current_id() == "L1"
    QTest.keyClick(made.grid, Key.Key_Left)
    assert "HEADER" not in made.model.shown
    QTest.keyClick(made.grid, Key.Key_Right)
    assert "HEADER" in made.model.shown


def test_a_click_on_the_arrow_opens_and_closes(page):
    made = page("product")
    at = made.grid.itemDelegate().arrow(0, made.grid.visualRect(made.model.index(0, 0))).center()
    QTest.mouseClick(made.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert made.model.shown == ["DM", "ODD"]
    QTest.mouseClick(made.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "HEADER" in made.model.shown


def test_typing_over_a_name_renames_and_undo_restores_the_view(page, ctx: Context):
    made = page("product")
    made.reveal("HEADER")
    QTest.keyClick(made.grid, Key.Key_F2)
    line = editor_in(made).findChild(QLineEdit)
    assert line.text() == "Header Generator"
    QTest.keyClicks(line, "Header & <b>Maker</b>")
    QTest.keyClick(line, Key.Key_Return)
    assert ctx.data.get("product", "HEADER").name == "Header & <b>Maker</b>"
    ctx.undo()
    assert made.model.cell(made.model.row_of("HEADER"), 0).text == "Header Generator"
    assert made.grid.current_id() == "HEADER"


def test_escape_leaves_a_cell_as_it_was(page, ctx: Context):
    made = page("product")
    made.reveal("HEADER")
    before = ctx.plan.undoable
    QTest.keyClick(made.grid, Key.Key_F2)
    line = editor_in(made).findChild(QLineEdit)
    QTest.keyClicks(line, "something else")
    QTest.keyClick(line, Key.Key_Escape)
    assert ctx.plan.undoable == before
    assert made.grid.hasFocus()


def test_a_day_that_is_none_stays_in_its_editor_until_it_is_one(page, ctx: Context):
    made = page("milestone")
    made.reveal("m1")
    made.grid.edit(made.model.index(made.model.row_of("m1"), made.model.columns.index("due")))
    held = editor_in(made)
    held.line.setText("soon")
    QTest.keyClick(held.line, Key.Key_Return)
    assert ctx.data.get("milestone", "m1").due == "2017-11-30"
    assert editor_in(made) is held
    held.line.setText("2018-01-31")
    QTest.keyClick(held.line, Key.Key_Return)
    assert ctx.data.get("milestone", "m1").due == "2018-01-31"


def test_links_are_typed_into_a_cell_and_unknown_words_are_kept(page, ctx: Context):
    made = page("product")
    made.reveal("ARC")
    made.grid.edit(made.model.index(made.model.row_of("ARC"), made.model.columns.index("managers")))
    held = editor_in(made)
    QTest.keyClicks(held.line, "joel plutchak,")
    QTest.keyClicks(held.line, "A. N. Other")
    QTest.keyClick(held.line, Key.Key_Return)
    assert ctx.data.get("product", "ARC").managers == ("pPlu", "?A. N. Other")
    assert ctx.plan.undoable.title == "Change manager of Archiver"


def test_space_turns_a_flag_over(page, ctx: Context):
    made = page("institution")
    lead = made.model.columns.index("lead")
    made.grid.setCurrentIndex(made.model.index(made.model.row_of("iNCSA"), lead))
    QTest.keyClick(made.grid, Key.Key_Space)
    assert ctx.data.get("institution", "iNCSA").lead is True


def test_a_read_only_plan_cannot_be_edited_in_cells(page, ctx: Context):
    made = page("product")
    ctx.plan.read_only = "Opened for reading only."
    made.reveal("HEADER")
    QTest.keyClick(made.grid, Key.Key_F2)
    assert made.grid.viewport().findChildren(Editor) == []


def drop(grid: Outline, ids: list[str], at: QPoint) -> QDropEvent:
    data = grid.rows_model.mimeData([grid.rows_model.index(grid.rows_model.row_of(id), 0) for id in ids])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(at), Qt.DropAction.MoveAction, data, buttons, keys, QEvent.Type.Drop)
    grid.dropEvent(event)
    return event


def spot(grid: Outline, id: str, part: float, level: int = 9) -> QPoint:
    """A point in a row: how far down its height, and at which level of the tree."""
    top = grid.rowViewportPosition(grid.rows_model.row_of(id))
    return QPoint(theme().space(4.5 * (level + 1)) + 2, top + int(theme().row * part))


def test_dropping_in_the_middle_of_a_row_puts_below_it(page, ctx: Context):
    made = page("product")
    drop(made.grid, ["HEADER"], spot(made.grid, "DAC", 0.5))
    assert ctx.data.get("product", "HEADER").parent == "DAC"
    assert made.grid.current_id() or made.model.row_of("HEADER") > 0


def test_dropping_between_rows_reorders_and_the_pointer_chooses_the_level(page, ctx: Context):
    made = page("product")
    model = made.model
    assert isinstance(model, TreeModel)
    drop(made.grid, ["ARC"], spot(made.grid, "HEADER", 0.1))
    assert model.children_of("L1") == ["ARC", "HEADER"]
    drop(made.grid, ["ARC"], spot(made.grid, "HEADER", 0.95, level=1))
    assert model.children_of("DM") == ["L1", "ARC", "DAC"]


def test_nothing_can_be_dropped_below_itself(page, ctx: Context):
    made = page("product")
    assert made.grid.target_at(spot(made.grid, "HEADER", 0.5), ["DM"]) is None
    before = ctx.plan.undoable
    assert not drop(made.grid, ["DM"], spot(made.grid, "HEADER", 0.5)).isAccepted()
    assert ctx.plan.undoable == before


def test_rows_that_come_and_go_leave_selection_where_it_was(page, ctx: Context):
    made = page("product")
    made.reveal("ARC")
    ctx.step("Add", [c.add(row("product", "first", key="FIRST", name="First", order="000"))])
    assert made.grid.selected_ids() == ["ARC"]
    ctx.step("Drop", c.drop_all(ctx.data, [ctx.data.get("product", "ARC")]))
    assert made.grid.current_id() == "DAC"
    assert ctx.current == ("product", "DAC")


def test_a_hidden_page_takes_over_what_it_missed_when_it_is_shown(page, ctx: Context):
    made = page("product")
    made.hide()
    ctx.step("Add", [c.add(row("product", "late", key="LATE", name="Late"))])
    assert "late" not in made.model.shown
    made.show()
    assert "late" in made.model.shown


def test_a_click_on_a_heading_sorts_up_down_and_not_at_all(page):
    made = page("milestone")
    due = made.model.columns.index("due")
    orders = []
    for _ in range(3):
        made.sorting.choose(due)
        orders.append(list(made.model.shown))
    assert orders == [["m2", "m1"], ["m1", "m2"], ["m1", "m2"]]
    assert made.model.sorting == ()


def test_columns_are_chosen_and_remembered(page, ctx: Context, qtbot):
    made = page("product")
    jira = made.model.columns.index("jira")
    assert made.grid.isColumnHidden(jira)
    made.grid.columns.show(jira, True)
    made.grid.columns.remember()
    again = make_page(ctx, "product")
    qtbot.addWidget(again)
    assert not again.grid.isColumnHidden(jira)
    again.grid.columns.reset()
    assert again.grid.isColumnHidden(jira)


def test_the_wbs_page_lists_the_products_defined_at_an_element_by_the_finest_match(page):
    made = page("wbs")
    made.reveal("w9")
    QApplication.processEvents()
    assert [line.id for line in made.products.lines] == ["ODD"]
    made.reveal("w10")
    QApplication.processEvents()
    assert [line.words for line in made.products.lines] == ["No product names this element."]


def test_a_page_first_shown_by_a_mouse_click_fits_its_columns_to_the_room(page, monkeypatch):
    """The button is still down while the new page is laid out; that is nobody dragging a column."""
    monkeypatch.setattr(QApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    made = page("milestone")
    made.resize(900, 500)
    QApplication.processEvents()
    name = made.model.columns.index("name")
    assert not made.grid.columns.own
    assert made.grid.columnWidth(name) >= made.grid.columns.usual_width(name) * 0.69


def test_dragging_the_edge_of_a_column_is_remembered(page):
    made = page("milestone")
    header = made.grid.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) - 1, 5)
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(30, 0))
    header.resizeSection(0, header.sectionSize(0) + 30)
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(30, 0))
    assert made.grid.columns.own


def test_control_home_and_end_select_the_row_they_go_to(page, ctx: Context):
    """Otherwise Delete would take the row that was selected before, out of sight."""
    made = page("product")
    made.reveal("HEADER")
    for key, place in ((Key.Key_Home, 0), (Key.Key_End, -1)):
        QTest.keyClick(made.windowHandle() or made.grid, key, Qt.KeyboardModifier.ControlModifier)
        assert [row.id for row in ctx.rows()] == [made.model.shown[place]]


def test_only_requirements_that_should_trace_upwards_are_counted(page, ctx: Context):
    """q1 traces to q2, which stands in a document whose requirements trace to none: the top."""
    rows = ctx.data.rows("requirement")
    ctx.step("State sources", [c.put(rows["q1"], {"source": "d1"}), c.put(rows["q2"], {"source": "d2"})])
    assert page("requirement").summary.text() == "2 requirements"
    new = kinds()["requirement"].make({"key": "DMS-REQ-0011", "source": "d1"})
    ctx.step("Add one", [c.add(new)])
    assert page("requirement").summary.text() == "3 requirements · 1 not traced upwards"


def test_trace_links_are_shown_with_the_titles_of_both_requirements(page):
    made = page("trace")
    words = [made.model.cell(0, made.model.columns.index(name)).text for name in ("requirement", "parent")]
    assert words == ["DMS-REQ-0009 Nine", "DMS-REQ-0010 Ten"]


def test_what_is_dragged_is_shown_small_so_that_the_target_stays_visible(page, monkeypatch):
    made = page("product")
    made.reveal("HEADER")
    dragged = []
    monkeypatch.setattr(
        QDrag, "exec", lambda self, *_: dragged.append((self.mimeData(), self.pixmap(), self.hotSpot()))
    )
    made.grid.startDrag(Qt.DropAction.MoveAction)
    data, picture, spot = dragged[0]
    assert made.model.dragged(data) == ["HEADER"]
    assert picture.width() < 260
    assert picture.height() <= theme().row
    assert spot.x() < 0, "beside the pointer, not below it"
    assert spot.y() < 0
