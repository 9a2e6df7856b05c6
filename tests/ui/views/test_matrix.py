"""Matrix pages in real windows: click, Space, undo, keys, filters, folding, typing a manager, copying."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dmdesk import changes as c
from dmdesk.matrices import RELATIONS
from ui.actions import actions, perform
from ui.context import Context
from ui.editors import Editor
from ui.theme import theme, themes
from ui.views import make_page
from ui.views.axes import BAND
from ui.views.matrix import MatrixPage
from ui.window import Window

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(ctx: Context, qtbot):
    """Opens a matrix as the window does."""

    def opened(name: str) -> MatrixPage:
        made = make_page(ctx, name)
        qtbot.addWidget(made)
        ctx.page_kind = name
        made.resize(1000, 640)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.setFocus()
        made.shown()
        return made

    return opened


def centre(page: MatrixPage, of: str, other: str) -> QPoint:
    return page.grid.visualRect(page.model.index(*page.model.place(of, other))).center()


def click(page: MatrixPage, of: str, other: str) -> None:
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=centre(page, of, other))


def press(page: MatrixPage, *keys) -> None:
    for key in keys:
        QTest.keyClick(page.grid, key)


def wbs(ctx: Context, id: str) -> tuple[str, ...]:
    return ctx.data.get("product", id).wbs


def test_a_click_assigns_a_second_takes_it_off_and_undo_brings_it_back(page, ctx: Context):
    made = page("product-wbs")
    click(made, "HEADER", "w9")
    assert wbs(ctx, "HEADER") == ("w9",)
    click(made, "HEADER", "w10")
    assert wbs(ctx, "HEADER") == ("w9", "w10")
    QTest.qWait(QApplication.doubleClickInterval() + 20)
    click(made, "HEADER", "w10")
    assert wbs(ctx, "HEADER") == ("w9",)
    ctx.undo()
    assert wbs(ctx, "HEADER") == ("w9", "w10")
    assert ctx.current == ("product", "HEADER")


def test_a_double_click_does_not_take_back_what_its_first_half_did(page, ctx: Context):
    made = page("product-wbs")
    spot = centre(made, "HEADER", "w9")
    QTest.mouseClick(made.grid.viewport(), LEFT, pos=spot)
    QTest.mouseDClick(made.grid.viewport(), LEFT, pos=spot)
    assert wbs(ctx, "HEADER") == ("w9",)


def test_dragging_from_cell_to_cell_assigns_nothing(page, ctx: Context):
    made, before = page("product-wbs"), ctx.data.get("product", "HEADER")
    QTest.mousePress(made.grid.viewport(), LEFT, pos=centre(made, "HEADER", "w9"))
    QTest.mouseRelease(made.grid.viewport(), LEFT, pos=centre(made, "ARC", "w10"))
    assert ctx.data.get("product", "HEADER") is before


def test_arrows_home_and_end_walk_and_space_marks(page, ctx: Context):
    made = page("product-wbs")
    assert made.grid.ids() == ("DM", "w2")
    press(made, Key.Key_Down, Key.Key_Down, Key.Key_End)
    assert made.grid.ids() == ("HEADER", "w10")
    press(made, Key.Key_Space)
    assert wbs(ctx, "HEADER") == ("w10",)
    press(made, Key.Key_Home)
    assert made.grid.ids() == ("HEADER", "w2")
    assert ctx.current == ("product", "HEADER")


def test_plus_and_minus_open_and_close_rows_and_brackets_columns(page, ctx: Context):
    made = page("product-wbs")
    made.grid.go_to(*made.model.place("HEADER", "w9"))
    QTest.keyClicks(made.grid, "-")
    assert made.grid.ids() == ("L1", "w9")
    assert made.model.rows.shown == ["DM", "L1", "DAC", "ODD"]
    QTest.keyClicks(made.grid, "+[")
    assert made.grid.ids() == ("L1", "w3")
    assert made.model.columns.shown == ["w2", "w3"]
    QTest.keyClicks(made.grid, "]")
    assert len(made.model.columns.shown) == 4


def test_arrows_of_rows_and_bands_of_groups_fold_by_mouse_and_keep_the_place(page, ctx: Context):
    made = page("product-wbs")
    made.grid.go_to(*made.model.place("ODD", "w2"))
    look, grid = theme(), made.grid
    y = grid.rowViewportPosition(made.model.place("L1", "")[0]) + look.row // 2
    QTest.mouseClick(grid.left.viewport(), LEFT, pos=QPoint(look.space(2.5 + 3.5 + 2), y))
    assert made.model.rows.shown == ["DM", "L1", "DAC", "ODD"]
    x = grid.columnViewportPosition(made.model.place("", "w9")[1]) + 5
    QTest.mouseClick(grid.top.viewport(), LEFT, pos=QPoint(x, look.space(BAND / 2)))
    assert made.model.columns.shown == ["w2", "w3"]
    assert grid.ids() == ("ODD", "w2")


def test_a_click_on_a_name_at_the_edge_shows_its_row_in_the_inspector(page, ctx: Context):
    made = page("product-wbs")
    x = made.grid.columnViewportPosition(made.model.place("", "w9")[1]) + 5
    QTest.mouseClick(made.grid.top.viewport(), LEFT, pos=QPoint(x, made.grid.top.height() // 2))
    assert ctx.current == ("wbs", "w9")
    assert made.grid.ids()[1] == "w9"
    y = made.grid.rowViewportPosition(2) + 5
    QTest.mouseClick(made.grid.left.viewport(), LEFT, pos=QPoint(made.grid.left.width() - 8, y))
    assert ctx.current == ("product", "HEADER")
    assert made.grid.ids() == ("HEADER", "w9")


def test_both_edges_take_the_filter_language_and_say_what_is_wrong(page, ctx: Context, qtbot):
    made = page("product-wbs")
    made.filters[0].setText("kind:software manager:plutchak")
    assert made.model.rows.hits == {"HEADER"}
    made.filters[1].setText("code:1.02C.03.09 or code:1.02C.02")
    assert [made.model.columns.shown] == [["w2", "w9"]]
    assert made.summary.text().startswith("1 of 6 products · 2 of 4 WBS elements")
    made.filters[0].setFocus()
    made.filters[0].setText("frob:1")
    assert "no field “frob”" in made.filters[0].wrong
    qtbot.waitUntil(lambda: bool(made.filters[0].note()))
    made.filters[0].setText("")
    QTest.keyClicks(made.filters[0], "kind:soft")
    assert made.filters[0]._offers is not None and made.filters[0]._offers.isVisible()


def test_filters_narrow_both_edges_and_escape_clears_them(page, ctx: Context):
    made = page("product-wbs")
    made.focus_filter()
    QTest.keyClicks(made.filters[0], "header")
    assert made.model.rows.shown == ["DM", "L1", "HEADER"]
    QTest.keyClick(made.filters[0], Key.Key_Return)
    assert made.grid.ids()[0] == "HEADER"
    assert made.grid.hasFocus()
    made.filters[1].setFocus()
    QTest.keyClicks(made.filters[1], "nothing like it")
    assert made.remedy.isVisible()
    made.remedy.click()
    assert (len(made.model.rows.shown), len(made.model.columns.shown)) == (6, 4)
    QTest.keyClicks(made.filters[0], "x")
    QTest.keyClick(made.filters[0], Key.Key_Escape)
    assert made.filters[0].text() == ""


def test_gaps_are_counted_in_the_head_and_shown_alone_by_an_action(page, ctx: Context):
    made = page("product-wbs")
    assert made.summary.text() == "3 products without any element · 1 WBS element without any product"
    perform(actions()["matrix.column-gaps"], ctx)
    assert made.model.columns.shown == ["w10"]
    click(made, "HEADER", "w10")
    assert made.summary.text() == "1 of 4 WBS elements · 2 products without any element"
    made.reveal("ODD")
    assert made.grid.ids()[0] == "ODD"


def test_revealing_a_row_opens_what_hides_it(page, ctx: Context):
    made = page("product-wbs")
    made.model.open_levels(Qt.Orientation.Vertical, 0)
    made.reveal("HEADER")
    assert made.grid.ids()[0] == "HEADER"
    made.filters[0].setText("archiver")
    made.reveal("DAC")
    assert (made.grid.ids()[0], made.filters[0].text()) == ("DAC", "")


def test_space_in_the_obs_grid_makes_a_lead_and_takes_it_off(page, ctx: Context):
    made = page("obs")
    made.grid.go_to(*made.model.place("w2", "iTUC"))
    press(made, Key.Key_Space)
    assert ctx.data.get("wbs", "w2").institutions == ("iTUC",)
    assert ctx.plan.undoable.title == "Make Tucson lead of 1.02C.02"
    press(made, Key.Key_Space)
    assert ctx.data.get("wbs", "w2").institutions == ()


def test_enter_in_the_obs_grid_edits_the_account_manager_with_names_to_choose_from(page, ctx: Context):
    made = page("obs")
    made.grid.go_to(*made.model.place("w3", "iNCSA"))
    press(made, Key.Key_Return)
    (editor,) = made.grid.viewport().findChildren(Editor)
    field = QApplication.focusWidget()
    assert isinstance(field, QWidget) and editor.isAncestorOf(field)
    QTest.keyClicks(field, "Joel Plutchak")
    QTest.keyClick(field, Key.Key_Return)
    assert ctx.data.get("wbs", "w3").manager == "pPlu"
    ctx.undo()
    assert ctx.data.get("wbs", "w3").manager == ""


def test_the_whole_grid_or_what_is_selected_is_copied(page, ctx: Context):
    made = page("product-wbs")
    perform(actions()["matrix.copy"], ctx)
    assert len(QApplication.clipboard().text().splitlines()) == 2 + 6
    QTest.keyClick(made.grid, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(made.grid, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(made.grid, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert lines[0] == ["", "", "1.02C.02", "1.02C.03"]
    assert [line[:1] for line in lines[2:]] == [["DM"], ["L1"]]


def test_the_current_row_and_column_are_lit_and_marks_are_drawn_where_they_are(page, ctx: Context):
    made = page("product-wbs")
    made.grid.go_to(*made.model.place("HEADER", "w9"))
    made.grid.hover(-1, -1)
    picture = made.grid.viewport().grab().toImage()

    def pixel(of: str, other: str, dx: int = 0) -> str:
        return picture.pixelColor(centre(made, of, other) + QPoint(dx, 0)).name()

    look = theme()
    assert pixel("L1", "w3") == look.color("focus").name()
    assert pixel("HEADER", "w10") == look.color("bg.chip").name()
    assert pixel("ARC", "w9") == look.color("bg.chip").name()
    assert pixel("ARC", "w10") == look.color("bg.page").name()


@pytest.mark.parametrize("name", RELATIONS.names())
@pytest.mark.parametrize("kind", ["product", "wbs", "institution"])
def test_a_plan_that_lacks_a_kind_says_so_and_leads_to_its_page(page, ctx: Context, name: str, kind: str):
    ctx.step("Empty", c.drop_all(ctx.data, list(ctx.data.rows(kind).values())))
    made, went = page(name), []
    ctx.go.connect(lambda *where: went.append(where))
    concerned = kind in RELATIONS[name].of[:2]
    assert made.remedy.isVisible() == concerned
    if concerned:
        made.remedy.click()
        assert went == [(kind, "")]


@pytest.mark.parametrize("name", RELATIONS.names())
@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("size", [(1200, 800), (560, 380)])
def test_a_matrix_is_painted_in_both_themes_and_in_little_room(
    page, ctx: Context, name: str, choice: str, size
):
    made = page(name)
    themes().choose(choice)
    made.resize(*size)
    made.grid.hover(1, 1)
    assert not made.grab().isNull()
    themes().choose("system")


def test_a_hidden_page_takes_over_what_it_missed(page, ctx: Context):
    made = page("product-wbs")
    made.hide()
    ctx.step("Drop", c.drop_all(ctx.data, [ctx.data.get("product", "L1")]))
    made.show()
    assert made.model.rows.shown == ["DM", "DAC", "ODD"]
    assert made.summary.text().startswith("1 product without")


def test_commands_for_rows_have_no_rows_to_delete_on_a_matrix(page, ctx: Context):
    page("product-wbs")
    assert ctx.row() is not None
    assert not actions()["row.delete"].when(ctx)
    assert not actions()["row.add"].when(ctx)


def test_going_to_a_row_or_column_asks_for_its_page(page, ctx: Context):
    made, went = page("product-wbs"), []
    ctx.go.connect(lambda *where: went.append(where))
    made.grid.go_to(*made.model.place("ARC", "w9"))
    perform(actions()["matrix.row"], ctx)
    perform(actions()["matrix.column"], ctx)
    assert went == [("product", "ARC"), ("wbs", "w9")]


def test_a_plan_for_reading_only_is_left_as_it_is(page, ctx: Context):
    made, said = page("product-wbs"), []
    ctx.said.connect(said.append)
    ctx.plan.read_only = "Open elsewhere."
    click(made, "HEADER", "w9")
    assert wbs(ctx, "HEADER") == ()
    assert said == ["This plan can only be read; nothing was changed."]
    ctx.plan.read_only = ""


@pytest.mark.parametrize(("name", "typed"), [("product-wbs", "product × w"), ("obs", "obs gr")])
def test_the_palette_finds_a_matrix_and_the_inspector_follows_its_rows(
    window: Window, qtbot, name: str, typed: str
):
    window.go("acronym")
    perform(actions()["view.palette"], window.ctx)
    assert window.palette_over is not None
    QTest.keyClicks(window.palette_over.field, typed)
    QTest.keyClick(window.palette_over.field, Key.Key_Return)
    assert window.ctx.page_kind == name
    made = window.pages[name]
    assert isinstance(made, MatrixPage) and made.grid.hasFocus()
    press(made, Key.Key_Down)
    qtbot.waitUntil(lambda: window.inspector is not None and window.inspector.rows == [window.ctx.row()])
    assert window.ctx.current == (made.kinds[0].name, made.grid.ids()[0])


def test_undo_in_the_window_takes_a_mark_back(window: Window):
    window.go("product-wbs", "HEADER")
    made = window.pages["product-wbs"]
    assert isinstance(made, MatrixPage)
    made.grid.go_to(*made.model.place("HEADER", "w10"))
    press(made, Key.Key_Space)
    assert wbs(window.ctx, "HEADER") == ("w10",)
    perform(actions()["edit.undo"], window.ctx)
    assert wbs(window.ctx, "HEADER") == ()
    assert made.grid.ids() == ("HEADER", "w10")
