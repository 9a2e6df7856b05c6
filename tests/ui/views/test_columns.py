"""Columns of a grid: sorted by several, the first kept in view, widths, and all of it remembered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dmdesk import changes as c
from tests.ui.small_plan import row
from ui.context import Context
from ui.views import make_page
from ui.views.page import Page


@pytest.fixture
def page(ctx: Context, qtbot):
    def opened(kind: str, wide: int = 900) -> Page:
        made = make_page(ctx, kind)
        qtbot.addWidget(made)
        ctx.page_kind = kind
        made.resize(wide, 600)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        made.setFocus()
        made.shown()
        return made

    return opened


@pytest.fixture
def milestones(ctx: Context) -> Context:
    """m1 (2, 2017-11-30), m2 (2, 2017-02-01) and m3 (1, 2017-11-30), m4 (no level)."""
    ctx.step("Add", [
        c.add(row("milestone", "m3", key="LDM-503-3", name="Third", level="1", due="2017-11-30")),
        c.add(row("milestone", "m4", key="LDM-503-4", name="Fourth", due="2017-01-01")),
    ])  # fmt: skip
    return ctx


def head(page: Page, column: str) -> QPoint:
    header = page.grid.horizontalHeader()
    at = page.model.columns.index(column)
    return QPoint(header.sectionViewportPosition(at) + header.sectionSize(at) // 2, 8)


def click(page: Page, column: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    view = page.grid.horizontalHeader().viewport()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, held, head(page, column))


def test_shift_and_a_click_sort_by_a_second_column_and_empty_cells_stay_last(page, milestones):
    made = page("milestone")
    click(made, "level")
    assert made.model.shown == ["m3", "m1", "m2", "m4"]
    click(made, "due", Qt.KeyboardModifier.ShiftModifier)
    assert made.model.shown == ["m3", "m2", "m1", "m4"]
    click(made, "due", Qt.KeyboardModifier.ShiftModifier)
    assert made.model.shown == ["m3", "m1", "m2", "m4"]
    assert made.model.sorting == ((2, False), (3, True))
    click(made, "due", Qt.KeyboardModifier.ShiftModifier)
    assert made.model.sorting == ((2, False),)
    click(made, "name")
    assert made.model.sorting == ((1, False),)


def test_a_row_edited_in_a_sorted_column_finds_its_new_place(page, milestones):
    made = page("milestone")
    made.sorting.choose(made.model.columns.index("level"))
    made.sorting.choose(made.model.columns.index("due"), more=True)
    milestones.changed.connect(made.model.follow)
    milestones.step("Set", [c.put(milestones.data.get("milestone", "m1"), {"due": "2016-01-01"})])
    assert made.model.shown == ["m3", "m1", "m2", "m4"]


def test_the_numbers_of_several_sorted_columns_are_shown_in_their_headings(page, milestones):
    made = page("milestone")
    view = made.grid.horizontalHeader().viewport()
    made.sorting.choose(2)
    alone = view.grab().toImage()
    made.sorting.choose(3, more=True)
    assert view.grab().toImage() != alone


def test_sorting_order_and_choice_of_columns_are_remembered(page, milestones):
    made = page("milestone")
    made.sorting.choose(2)
    made.sorting.choose(3, more=True)
    made.grid.horizontalHeader().moveSection(3, 1)
    made.grid.columns.remember()
    again = page("milestone")
    assert again.model.sorting == ((2, False), (3, False))
    assert again.grid.horizontalHeader().visualIndex(3) == 1
    assert again.model.shown == ["m3", "m2", "m1", "m4"]


def test_sorting_leaves_the_current_cell_where_it_was(page, milestones):
    made = page("milestone")
    made.grid.setCurrentIndex(made.model.index(made.model.row_of("m4"), 3))
    made.sorting.choose(2)
    assert (made.grid.current_id(), made.grid.currentIndex().column()) == ("m4", 3)


def test_sorting_by_a_column_that_is_gone_is_forgotten(page, milestones):
    from ui import settings

    settings.put("sort.milestone", [["no such", True], ["due", False], "broken"])
    made = page("milestone")
    assert made.model.sorting == ((made.model.columns.index("due"), False),)


@pytest.fixture
def narrow(page) -> Page:
    made = page("product", 700)
    for name in ("jira", "description", "aka", "note"):
        made.grid.columns.show(made.model.columns.index(name), True)
    for at in range(made.model.columnCount()):
        made.grid.setColumnWidth(at, 200)
    QApplication.processEvents()
    return made


def test_the_first_column_stays_in_view_while_the_others_scroll(narrow: Page):
    grid = narrow.grid
    view, wide = grid.viewport(), grid.columnWidth(0) - 2
    area = view.rect().adjusted(0, 0, wide - view.width(), 0)
    before = view.grab(area).toImage()
    grid.horizontalScrollBar().setValue(150)
    assert view.grab(area).toImage() == before
    assert (
        grid.horizontalHeader().viewport().grab(area.adjusted(0, 0, 0, 20 - area.height())).toImage()
        is not None
    )
    grid.columns.freeze(False)
    assert view.grab(area).toImage() != before


def test_a_click_on_the_frozen_column_is_one_on_its_row_and_opens_and_closes(narrow: Page):
    grid, model = narrow.grid, narrow.model
    grid.horizontalScrollBar().setValue(150)
    y = grid.rowViewportPosition(model.row_of("ARC")) + 5
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(190, y))
    assert (grid.current_id(), grid.currentIndex().column()) == ("ARC", 0)
    grid.horizontalScrollBar().setValue(150)
    arrow = grid.itemDelegate().arrow(0, grid.visualRect(model.index(0, 0))).center()
    at = arrow + QPoint(grid.horizontalHeader().offset(), 0)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert model.shown == ["DM", "ODD"]


def test_a_cell_that_is_gone_to_is_never_below_the_frozen_column(narrow: Page):
    grid, model = narrow.grid, narrow.model
    last = model.columns.index("note")
    grid.setCurrentIndex(model.index(0, last))
    for _ in range(model.columnCount()):
        QTest.keyClick(grid, Qt.Key.Key_Left)
        at = grid.currentIndex()
        if at.column():
            assert grid.visualRect(at).left() >= grid.frozen.width()
    assert grid.currentIndex().column() == 0


def test_whether_the_first_column_stays_is_remembered(narrow: Page, page):
    narrow.grid.columns.freeze(False)
    again = page("product", 700)
    assert not again.grid.frozen.on
    assert again.grid.frozen.width() == 0


def test_a_double_click_on_an_edge_fits_the_column_to_its_words(narrow: Page):
    header = narrow.grid.horizontalHeader()
    edge = QPoint(header.sectionViewportPosition(1) - 1, 8)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
    fitted = header.sectionSize(0)
    assert fitted != 200
    name = narrow.grid.sizeHintForColumn(0)
    assert abs(fitted - name) < 3
