"""The problems panel: what it shows, filters, goes to and cures."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.checks import Finding
from ui.actions import actions, perform
from ui.context import Context
from ui.problems import Findings, Problems


def finding(ctx: Context, level: str = "error", fix: bool = False) -> Finding:
    row = ctx.data.rows("product")["HEADER"]
    changes = (c.put(row, {"name": "Header Maker"}),) if fix else ()
    return Finding(
        "name", level, "product", "HEADER", "name", "The name is odd.", changes, "Rename it" if fix else ""
    )


@pytest.fixture
def panel(ctx: Context, qtbot: QtBot) -> Problems:
    made = Problems(ctx)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    return made


def test_before_the_checks_have_run_it_says_so(panel: Problems, ctx: Context) -> None:
    assert panel._nothing.text() == "Checking…"
    ctx.found_now([])
    assert panel._nothing.text() == "Nothing to mend."


def test_a_level_can_be_switched_off_and_on(panel: Problems, ctx: Context) -> None:
    ctx.found_now([finding(ctx), finding(ctx, "warning"), finding(ctx, "warning")])
    button = panel._levels["warning"]
    assert button.text() == " 2 warnings"
    button.click()
    assert [row.level for row in panel.model.rows] == ["error"]
    button.click()
    assert len(panel.model.rows) == 3


def test_the_model_keeps_the_rules_of_models(ctx: Context, panel: Problems) -> None:
    model = Findings(ctx, panel)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    ctx.findings = [finding(ctx), finding(ctx, "note")]
    model.renew()
    assert model.rowCount() == 2
    assert (
        model.index(0)
        .data(Qt.ItemDataRole.AccessibleTextRole)
        .startswith("error: Header Generator: The name")
    )


def test_a_click_goes_to_the_row(panel: Problems, ctx: Context, qtbot: QtBot) -> None:
    ctx.found_now([finding(ctx)])
    with qtbot.waitSignal(ctx.go) as went:
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 12))
    assert went.args == ["product", "HEADER"]


def test_enter_goes_to_the_row(panel: Problems, ctx: Context, qtbot: QtBot) -> None:
    ctx.found_now([finding(ctx)])
    panel.view.setCurrentIndex(panel.model.index(0))
    with qtbot.waitSignal(ctx.go):
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)


def test_a_click_on_the_link_cures_in_one_step_that_undo_takes_back(
    panel: Problems, ctx: Context, qtbot: QtBot
) -> None:
    ctx.found_now([finding(ctx, fix=True)])
    index = panel.model.index(0)
    link = panel.view.painter.parts(panel.view.visualRect(index), index)[3]
    assert link.width() > 20
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Maker"
    assert ctx.plan is not None
    assert ctx.plan.undoable is not None
    assert (ctx.plan.undoable.title, ctx.plan.undoable.why) == ("Rename it", "The name is odd.")
    ctx.undo()
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Generator"


def test_the_keyboard_cures_the_current_problem(panel: Problems, ctx: Context) -> None:
    ctx.found_now([finding(ctx), finding(ctx, fix=True)])
    panel.view.setCurrentIndex(panel.model.index(0))
    assert not actions()["problem.fix"].when(ctx)
    panel.view.setCurrentIndex(panel.model.index(1))
    assert actions()["problem.fix"].text(ctx) == "Fix: Rename it"
    perform(actions()["problem.fix"], ctx)
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Maker"


def test_the_same_problem_stays_current_when_findings_are_renewed(panel: Problems, ctx: Context) -> None:
    other = Finding("other", "error", "product", "ARC", "name", "Odd too.")
    ctx.found_now([finding(ctx), other])
    panel.view.setCurrentIndex(panel.model.index(1))
    ctx.found_now([Finding("first", "error", "product", "DM", "", "New."), finding(ctx), other])
    assert panel.view.currentIndex().row() == 2
    assert ctx.finding == other


def test_a_row_deleted_meanwhile_is_called_that(panel: Problems, ctx: Context) -> None:
    ctx.found_now([Finding("x", "error", "product", "gone", "", "Lost.")])
    assert panel.model.index(0).data() == "deleted meanwhile — Lost."
    panel.grab()
