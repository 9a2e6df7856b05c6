"""Blocks of cells: marked by keys and mouse beside the rows, and shown."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ui.context import Cells, Context
from ui.theme import theme
from ui.views import make_page
from ui.views.page import Page

Key, SHIFT, CTRL = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SEEN = ("name", "wbs", "managers", "owners", "repositories")


@pytest.fixture
def page(ctx: Context, qtbot) -> Page:
    made = make_page(ctx, "product")
    qtbot.addWidget(made)
    ctx.page_kind = "product"
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    made.shown()
    return made


def at(page: Page, id: str, column: str) -> QPoint:
    model = page.model
    return page.grid.visualRect(model.index(model.row_of(id), model.columns.index(column))).center()


def click(page: Page, id: str, column: str) -> None:
    QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=at(page, id, column))


def keys(page: Page, *pressed: Qt.Key, held: Qt.KeyboardModifier = SHIFT) -> None:
    for key in pressed:
        QTest.keyClick(page.grid, key, held)


def test_a_click_selects_the_row_and_no_block(page: Page, ctx: Context):
    click(page, "L1", "managers")
    assert ctx.cells()._replace(shown=(), seen=()) == Cells(
        "product",
        ("L1",),
        SEEN,
        False,
        ("L1", "HEADER", "ARC", "DAC", "ODD"),
        ("managers", "owners", "repositories"),
    )


def test_shift_and_arrows_mark_cells_and_their_rows_stay_selected(page: Page, ctx: Context):
    click(page, "HEADER", "managers")
    keys(page, Key.Key_Down, Key.Key_Left)
    marked = ctx.cells()
    assert (marked.ids, marked.columns, marked.only) == (("HEADER", "ARC"), ("wbs", "managers"), True)
    assert (marked.below[0], marked.right[0]) == ("HEADER", "wbs")
    assert [row.id for row in ctx.rows()] == ["HEADER", "ARC"]
    keys(page, Key.Key_Up, Key.Key_Up)
    assert ctx.cells().ids == ("L1", "HEADER")


def test_with_control_a_block_reaches_to_the_end(page: Page, ctx: Context):
    click(page, "HEADER", "managers")
    keys(page, Key.Key_Down, Key.Key_Right, held=SHIFT | CTRL)
    assert (ctx.cells().ids, ctx.cells().columns) == (("HEADER", "ARC", "DAC", "ODD"), SEEN[2:])


def test_from_the_first_column_shift_and_down_select_rows(page: Page, ctx: Context):
    click(page, "HEADER", "name")
    keys(page, Key.Key_Down)
    assert (ctx.cells().ids, ctx.cells().only) == (("HEADER", "ARC"), False)


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Escape])
def test_shift_space_and_escape_mean_whole_rows_again(page: Page, ctx: Context, key: Qt.Key):
    click(page, "HEADER", "managers")
    keys(page, Key.Key_Down)
    keys(page, key, held=SHIFT if key == Key.Key_Space else Qt.KeyboardModifier.NoModifier)
    assert (ctx.cells().ids, ctx.cells().only) == (("HEADER", "ARC"), False)


def test_moving_on_ends_a_block(page: Page, ctx: Context):
    click(page, "HEADER", "managers")
    keys(page, Key.Key_Down)
    keys(page, Key.Key_Down, held=Qt.KeyboardModifier.NoModifier)
    assert (ctx.cells().ids, ctx.cells().only) == (("DAC",), False)


def test_dragging_marks_cells_and_stays_inside(page: Page, ctx: Context):
    view = page.grid.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(page, "L1", "wbs"))
    QTest.mouseMove(view, at(page, "ARC", "owners"))
    assert (ctx.cells().ids, ctx.cells().columns) == (("L1", "HEADER", "ARC"), ("wbs", "managers", "owners"))
    QTest.mouseMove(view, QPoint(5000, 5000))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(5000, 5000))
    assert (ctx.cells().ids[-1], ctx.cells().columns[-1]) == ("ODD", "repositories")
    click(page, "L1", "wbs")
    assert not ctx.cells().only


def test_a_right_click_inside_keeps_the_block_and_hidden_columns_take_no_part(page: Page, ctx: Context):
    page.grid.columns.show(page.model.columns.index("managers"), False)
    click(page, "HEADER", "wbs")
    keys(page, Key.Key_Right)
    assert ctx.cells().columns == ("wbs", "owners")
    QTest.mousePress(page.grid.viewport(), Qt.MouseButton.RightButton, pos=at(page, "HEADER", "owners"))
    assert ctx.cells().only
    page.grid.columns.show(page.model.columns.index("owners"), False)
    assert ctx.cells().columns == ("wbs",)


def test_a_block_is_framed_where_it_ends(page: Page):
    click(page, "HEADER", "wbs")
    plain = page.grid.viewport().grab().toImage()
    keys(page, Key.Key_Down, Key.Key_Right)
    shown, ink = page.grid.viewport().grab().toImage(), theme().color("focus").rgb()
    model = page.model
    first = page.grid.visualRect(model.index(model.row_of("HEADER"), model.columns.index("wbs")))
    last = page.grid.visualRect(model.index(model.row_of("ARC"), model.columns.index("managers")))
    for spot in (first.topLeft() + QPoint(5, 0), last.bottomRight() - QPoint(5, 0)):
        assert shown.pixel(spot * shown.devicePixelRatio()) == ink
    assert plain != shown
