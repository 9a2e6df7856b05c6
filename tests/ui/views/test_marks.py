"""Marks of findings in tables and trees: at their cells, told in words, and kept current."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication

from dmdesk import changes as c
from dmdesk.checks import Finding
from tests.ui.small_plan import row
from ui.context import Context
from ui.theme import theme
from ui.views import make_page
from ui.views.page import Page

DESCRIBED = int(Qt.ItemDataRole.AccessibleDescriptionRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)


def finding(
    id: str, field: str, level: str = "warning", words: str = "Look at <this>.", kind: str = "product"
):
    return Finding("test", level, kind, id, field, words)


@pytest.fixture
def page(ctx: Context, qtbot) -> Page:
    made = make_page(ctx, "product")
    qtbot.addWidget(made)
    ctx.page_kind = "product"
    made.resize(900, 600)
    made.show()
    made.shown()
    return made


def marked(page: Page, id: str) -> dict[str, str]:
    """Column → level of the marks of a row."""
    at = page.model.row_of(id)
    found = {name: page.model.mark(at, column) for column, name in enumerate(page.model.columns)}
    return {name: mark.level for name, mark in found.items() if mark}


def test_a_finding_is_marked_at_its_cell_and_notes_are_not(page: Page, ctx: Context):
    ctx.found_now([finding("ARC", "wbs"), finding("ARC", "wbs", "error"), finding("DAC", "wbs", "note")])
    assert marked(page, "ARC") == {"wbs": "error"}
    assert marked(page, "DAC") == {}
    assert marked(page, "HEADER") == {}


def test_what_is_found_in_a_hidden_field_stands_at_the_first_column(page: Page, ctx: Context):
    ctx.found_now([finding("ARC", "jira"), finding("ARC", "order", "error"), finding("ARC", "")])
    assert marked(page, "ARC") == {"name": "error", "jira": "warning"}
    assert len(page.model.mark(page.model.row_of("ARC"), 0).words) == 3
    page.grid.columns.show(page.model.columns.index("jira"), True)
    assert len(page.model.mark(page.model.row_of("ARC"), 0).words) == 2


def test_the_words_of_a_finding_are_in_the_tip_and_spoken_as_plain_words(page: Page, ctx: Context):
    ctx.found_now([finding("ARC", "wbs", "error")])
    index = page.model.index(page.model.row_of("ARC"), page.model.columns.index("wbs"))
    assert page.model.data(index, TIP) == "<p style='white-space:pre-wrap'>Look at &lt;this&gt;.</p>"
    assert page.model.data(index, DESCRIBED) == "error: Look at <this>."


def test_closed_rows_show_that_something_below_has_problems(page: Page, ctx: Context):
    ctx.found_now([finding("ARC", "wbs"), finding("HEADER", "name"), finding("DM", "name")])
    top, below = page.model.row_of("DM"), page.model.row_of("L1")
    assert (page.model.hides_problems(top), page.model.hides_problems(below)) == (0, 0)
    page.model.set_open(["L1"], False)
    assert page.model.hides_problems(below) == 2
    assert "2 rows below with problems." in page.model.data(page.model.index(below, 0), TIP)
    page.model.set_open(["DM"], False)
    assert page.model.hides_problems(top) == 2


def test_the_level_of_a_row_is_spoken(page: Page, ctx: Context):
    model = page.model
    spoken = {id: model.data(model.index(model.row_of(id), 0), DESCRIBED) for id in ("DM", "L1", "ARC")}
    assert spoken == {"DM": "level 1, open, 2 below", "L1": "level 2, open, 2 below", "ARC": "level 3"}
    model.set_open(["L1"], False)
    ctx.found_now([finding("ARC", "wbs")])
    assert model.data(model.index(1, 0), DESCRIBED) == "level 2, closed, 2 below, problems in 1 below"


def test_marks_follow_the_findings_and_rows_that_move(page: Page, ctx: Context):
    ctx.found_now([finding("ARC", "wbs")])
    page.model.set_open(["L1"], False)
    ctx.step("Move", [c.put(ctx.data.get("product", "ARC"), {"parent": "DAC"})])
    assert page.model.hides_problems(page.model.row_of("L1")) == 0
    ctx.found_now([])
    assert marked(page, "ARC") == {}


def test_a_hidden_page_marks_what_was_found_when_it_is_shown(page: Page, ctx: Context):
    page.hide()
    ctx.found_now([finding("ARC", "wbs")])
    assert marked(page, "ARC") == {}
    page.show()
    assert marked(page, "ARC") == {"wbs": "warning"}


def test_a_sign_is_drawn_at_the_right_of_its_cell(page: Page, ctx: Context):
    model = page.model
    rect = page.grid.visualRect(model.index(model.row_of("ARC"), model.columns.index("repositories")))
    before = page.grid.viewport().grab(rect).toImage()
    ctx.found_now([finding("ARC", "repositories", "error")])
    after = page.grid.viewport().grab(rect).toImage()
    wide, high, side = after.width(), after.height(), theme().space(6)
    differing = [x for x in range(wide) for y in range(high) if after.pixel(x, y) != before.pixel(x, y)]
    assert differing
    assert min(differing) > wide - side


class Painted(QObject):
    """Notes where a view is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.places.append(event.region().boundingRect())
        return False


def test_an_edit_and_a_finding_paint_their_row_and_no_other(page: Page, ctx: Context, qtbot):
    ctx.step("Prepare", [c.add(row("product", "X", key="X", name="X", order="9"))])
    qtbot.wait(50)
    painted, view = Painted(), page.grid.viewport()
    view.installEventFilter(painted)
    ctx.step("Rename", [c.put(ctx.data.get("product", "ARC"), {"description": "Stores."})])
    QApplication.processEvents()
    ctx.found_now([finding("DM", "wbs")])
    QApplication.processEvents()
    tops = {page.grid.rowViewportPosition(page.model.row_of(id)) for id in ("ARC", "DM")}
    assert painted.places
    assert {place.top() for place in painted.places} == tops
    assert all(place.height() <= theme().row + 1 for place in painted.places)
