"""Renumbering on the screen: the preview follows the code, collisions are told at the field, one step does it all."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from dmdesk import changes as c
from ui import changesheet
from ui.actions import actions, perform
from ui.context import Context
from ui.renumbering import RenumberSheet, dropped
from ui.theme import theme
from ui.views import make_page


@pytest.fixture
def plan(ctx: Context) -> Iterator[Context]:
    """The small plan, with a text that names two elements; open sheets are closed afterwards."""
    ctx.step(
        "Write",
        [c.put(ctx.data.get("section", "s2"), {"body": "See 1.02C.03.09 and https://x/1.02C.03 too."})],
    )
    yield ctx
    for sheet in list(changesheet._open):
        sheet.reject()
    QApplication.processEvents()


def opened(ctx: Context, id: str = "w3") -> RenumberSheet:
    ctx.page_kind = "wbs"
    ctx.set_rows("wbs", (id,))
    ctx.select("wbs", id)
    perform(actions()["wbs.renumber"], ctx)
    return sheet()


def sheet() -> RenumberSheet:
    (found,) = changesheet._open
    assert isinstance(found, RenumberSheet)
    return found


def shown(made: RenumberSheet) -> set[tuple[str, str, str]]:
    return {(item.field, item.old, item.new) for item in made.table.changes.items}


def test_the_preview_shows_each_code_and_each_mention_with_the_words_around_it(plan: Context):
    made = opened(plan)
    assert (made.code.text(), made.yes.isEnabled()) == ("1.02C.03", False)
    made.code.setText("1.02C.08")
    made.renew()
    assert shown(made) == {
        ("Code", "1.02C.03", "1.02C.08"),
        ("Code", "1.02C.03.09", "1.02C.08.09"),
        ("Code", "1.02C.03.10", "1.02C.08.10"),
        ("Text", "See 1.02C.03.09 and https://x/1.02C.03 to…", "See 1.02C.08.09 and https://x/1.02C.03 to…"),
    }
    assert made._words.text() == "3 codes change, 1 mention follows."


def test_accepting_is_one_step_and_undo_takes_all_of_it_back(plan: Context):
    made = opened(plan)
    made.code.setText("1.02C.08")
    made.accept()
    assert plan.plan.undoable.title == "Renumber 1.02C.03 to 1.02C.08"
    assert plan.data.get("wbs", "w9").key == "1.02C.08.09"
    assert "1.02C.03.09" in plan.data.get("wbs", "w9").aka
    assert plan.data.get("section", "s2").body.startswith("See 1.02C.08.09")
    plan.undo()
    assert plan.data.get("wbs", "w9").key == "1.02C.03.09"
    assert plan.data.get("section", "s2").body.startswith("See 1.02C.03.09")


def test_a_code_that_is_taken_is_told_at_the_field_and_nothing_happens(plan: Context):
    made = opened(plan)
    before = plan.plan.undoable
    made.code.setText("1.02C.02")
    made.accept()
    assert "is the code of “Systems” already" in made.remarks[0].text()
    assert not made.remarks[0].isHidden()
    assert not made.yes.isEnabled()
    assert made.isVisible()
    assert plan.plan.undoable == before


def test_enter_in_the_field_renumbers(plan: Context):
    made = opened(plan)
    made.code.setText("1.02C.08")
    QTest.keyClick(made.code, Qt.Key.Key_Return)
    assert plan.data.get("wbs", "w3").key == "1.02C.08"


def test_an_element_dropped_onto_another_is_offered_the_next_code_there(plan: Context):
    assert dropped(plan, ["w2"], "w3")
    made = sheet()
    assert made.code.text() == "1.02C.03.11"
    assert ("Below", "—", "1.02C.03 Level 1") in shown(made)
    made.accept()
    moved = plan.data.get("wbs", "w2")
    assert (moved.key, moved.parent) == ("1.02C.03.11", "w3")


def test_moving_only_leaves_the_code(plan: Context):
    assert dropped(plan, ["w2"], "w3")
    (button,) = [one for one in sheet().findChildren(QPushButton) if one.text() == "Move only"]
    button.click()
    moved = plan.data.get("wbs", "w2")
    assert (moved.key, moved.parent) == ("1.02C.02", "w3")


@pytest.mark.parametrize(("ids", "parent"), [(["w9"], "w3"), (["w2", "w9"], "w3"), (["w9"], ""), ([], "w3")])
def test_nothing_is_asked_where_a_move_alone_is_meant(plan: Context, ids: list[str], parent: str):
    assert not dropped(plan, ids, parent)
    assert not changesheet._open


def test_the_action_is_there_for_elements_only(plan: Context):
    plan.page_kind = "product"
    plan.select("product", "DM")
    assert not actions()["wbs.renumber"].when(plan)


def test_dropping_an_element_on_the_page_opens_the_sheet_and_moves_nothing_yet(plan: Context, qtbot):
    page = make_page(plan, "wbs")
    qtbot.addWidget(page)
    page.show()
    model, grid = page.model, page.grid
    held = model.mimeData([model.index(model.row_of("w2"), 0)])
    at = QPointF(60, grid.rowViewportPosition(model.row_of("w3")) + theme().row / 2)
    none = Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(at, Qt.DropAction.MoveAction, held, Qt.MouseButton.LeftButton, none, QEvent.Type.Drop)
    grid.dropEvent(drop)
    qtbot.waitUntil(lambda: bool(changesheet._open))
    assert plan.data.get("wbs", "w2").parent == ""
    sheet().accept()
    assert plan.data.get("wbs", "w2").key == "1.02C.03.11"
