"""Taking back: a field, an item or all of a kind as it was in the baseline, shown before, done as one step."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from tests.ui.answers import Answers
from ui import changesheet
from ui.actions import actions, perform
from ui.changesheet import ChangeSheet
from ui.compare.page import ComparePage
from ui.compare.wasline import WasLine
from ui.window import Window


def sheet() -> ChangeSheet:
    """The sheet that is open."""
    (found,) = [one for one in changesheet._open if isinstance(one, ChangeSheet)]
    return found


def told(one: ChangeSheet) -> list[tuple[str, str, str]]:
    return [(item.field, item.old, item.new) for item in one.table.changes.items]


@pytest.fixture(autouse=True)
def no_sheet_stays():
    yield
    for one in list(changesheet._open):
        one.reject()
    QApplication.processEvents()


def test_a_field_is_taken_back_from_the_inspector_as_one_step(window: Window) -> None:
    window.go("product", "HEADER")
    assert window.inspector is not None
    window.inspector.renew()
    window.inspector.form.places["name"].findChild(WasLine).revert.click()
    assert told(sheet()) == [("Name", "Header Maker", "Header Generator")]
    assert window.ctx.data.rows("product")["HEADER"].name == "Header Maker"
    sheet().accept()
    assert window.ctx.data.rows("product")["HEADER"].name == "Header Generator"
    step = window.ctx.plan.undoable
    assert (step.title, step.why) == ("Revert Name of Header Maker to 3.0", "As in 3.0")
    assert window.ctx.since.count == 5
    window.ctx.undo()
    assert window.ctx.since.count == 6


def test_the_sheet_says_which_problems_it_would_cause_and_cure(window: Window, qtbot: QtBot) -> None:
    ctx = window.ctx
    ctx.step("Link", [c.put(ctx.data.rows("product")["DAC"], {"wbs": ("?1.02C.99",)})])
    window.go("product", "DAC")
    perform(actions()["revert.row"], ctx)
    open_now = sheet()
    qtbot.waitUntil(lambda: open_now.remarks[2].isVisible(), timeout=10_000)
    assert open_now.remarks[2].text().startswith("Cures 1 problem:")


def test_an_item_comes_back_with_what_it_was(window: Window) -> None:
    window.go("product", "ARC")
    assert actions()["revert.row"].text(window.ctx) == "Revert Archiver to 3.0…"
    perform(actions()["revert.row"], window.ctx)
    sheet().accept()
    assert window.ctx.data.rows("product")["ARC"].parent == "L1"


def test_a_cell_is_taken_back_by_its_column(window: Window) -> None:
    ctx = window.ctx
    ctx.step("Hand over", [c.put(ctx.data.rows("product")["HEADER"], {"managers": ("pKru",)})])
    window.go("product", "HEADER")
    grid = window.pages["product"].grid
    model = grid.rows_model
    grid.setCurrentIndex(model.index(model.row_of("HEADER"), model.columns.index("managers")))
    assert actions()["revert.field"].text(ctx) == "Revert Manager to 3.0…"
    perform(actions()["revert.field"], ctx)
    sheet().accept()
    row = ctx.data.rows("product")["HEADER"]
    assert (row.managers, row.name) == (("pPlu",), "Header Maker")


def test_what_is_as_it_was_offers_nothing(window: Window) -> None:
    window.go("product", "DAC")
    assert not actions()["revert.row"].when(window.ctx)
    assert not actions()["revert.field"].when(window.ctx)
    assert actions()["revert.kind"].when(window.ctx)
    window.go("role")
    assert not actions()["revert.kind"].when(window.ctx)


def test_all_of_a_kind_comes_back_in_one_step_those_that_are_gone_included(window: Window) -> None:
    ctx = window.ctx
    ctx.step("Drop", c.drop_all(ctx.data, [ctx.data.rows("product")["DAC"]]))
    window.go("product")
    perform(actions()["revert.kind"], ctx)
    sheet().accept()
    rows = ctx.data.rows("product")
    assert rows["HEADER"].name == "Header Generator"
    assert rows["ARC"].parent == "L1"
    assert rows["DAC"].name == "Data Access Center"
    assert not ctx.since.any_of("product")
    ctx.undo()
    assert "DAC" not in ctx.data.rows("product")


def test_a_dropped_item_comes_back_from_the_page(page: ComparePage) -> None:
    page.view.set_line(page.view.changes.place("document", "d2"))
    perform(actions()["revert.row"], page.ctx)
    assert sheet().windowTitle() == "Revert LDM-151 “Pipelines” to 3.0"
    sheet().accept()
    assert page.ctx.data.rows("document")["d2"].key == "LDM-151"


def test_one_field_comes_back_from_the_page(page: ComparePage) -> None:
    page.view.set_line(page.view.changes.place("section", "s1", "body"))
    perform(actions()["revert.field"], page.ctx)
    sheet().accept()
    assert page.ctx.data.rows("section")["s1"].body == "Some *words* here."


def test_all_of_a_kind_comes_back_from_the_page(page: ComparePage) -> None:
    page.view.set_line(page.view.changes.place("product", "HEADER", "name"))
    perform(actions()["revert.kind"], page.ctx)
    sheet().accept()
    assert not page.ctx.since.any_of("product")


def test_only_the_working_plan_can_be_changed(page: ComparePage, answers: Answers, qtbot: QtBot) -> None:
    page.states.turn.click()
    qtbot.waitUntil(lambda: page._task is None, timeout=10_000)
    perform(actions()["revert.row"], page.ctx)
    assert "Only the working plan can be changed" in answers.told[-1]


def test_what_cannot_hold_together_alone_is_told_in_a_sentence(window: Window, answers: Answers) -> None:
    ctx = window.ctx
    ctx.step("Out", [c.put(ctx.data.rows("product")["L1"], {"parent": ""})])
    ctx.step("Under", [c.put(ctx.data.rows("product")["DM"], {"parent": "L1"})])
    window.go("product", "L1")
    perform(actions()["revert.row"], ctx)
    assert "take both back" in answers.told[-1]
    assert not changesheet._open
    assert ctx.data.rows("product")["L1"].parent == ""


def test_a_plan_that_may_only_be_read_is_not_changed(window: Window) -> None:
    window.ctx.plan.read_only = "It may only be read."
    window.go("product", "HEADER")
    assert not actions()["revert.row"].when(window.ctx)
    assert not actions()["revert.kind"].when(window.ctx)
    window.ctx.plan.read_only = ""
