"""The problems panel: what it shows, filters, goes to and cures."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.checks import Finding, Fix
from tests.ui.answers import Answers
from ui import changesheet
from ui.acceptsheet import AcceptSheet
from ui.actions import actions, perform
from ui.checking import Checking
from ui.commands.mending import cure_alike
from ui.context import Context
from ui.navigation import Navigation
from ui.problems import Findings, Problems


def finding(ctx: Context, level: str = "error", fix: bool = False) -> Finding:
    row = ctx.data.rows("product")["HEADER"]
    fixes = (Fix("Rename it", (c.put(row, {"name": "Header Maker"}),)),) if fix else ()
    return Finding("name", level, "product", "HEADER", "name", "The name is odd.", fixes)


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


def agree() -> None:
    """Press the button of the sheet that shows what a fix changes."""
    (sheet,) = changesheet._open
    sheet.accept()


def test_a_click_on_the_link_cures_in_one_step_that_undo_takes_back(
    panel: Problems, ctx: Context, qtbot: QtBot
) -> None:
    ctx.found_now([finding(ctx, fix=True)])
    index = panel.model.index(0)
    link = panel.view.painter.parts(panel.view.visualRect(index), index)[3]
    assert link.width() > 20
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=link.center())
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Generator", "shown before it is done"
    agree()
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
    agree()
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


def lacking(ctx: Context) -> list[Finding]:
    """Two products that name WBS codes nobody knows, as the checks find them."""
    assert ctx.plan is not None
    rows = [ctx.data.rows("product")[id] for id in ("HEADER", "ARC")]
    ctx.plan.step("Type codes", [c.put(row, {"wbs": [f"?1.02C.99.0{at}"]}) for at, row in enumerate(rows)])
    found = checks.run(ctx.data, ["wbs.unknown", "wbs.malformed"])
    ctx.found_now(found)
    return found


def test_several_fixes_are_offered_in_a_menu_and_the_chosen_one_is_made(
    panel: Problems, ctx: Context
) -> None:
    finding = lacking(ctx)[0]
    panel.view.setCurrentIndex(panel.model.index(0))
    menu = panel.view.menu(panel.model.index(0))
    titles = [entry.text() for entry in menu.actions()]
    assert titles[: len(finding.fixes)] == [fix.title for fix in finding.fixes]
    assert "Fix all problems like this" in titles and f"Show only {finding.code}" in titles
    place = next(at for at, fix in enumerate(finding.fixes) if fix.way == "clear")
    menu.actions()[place].trigger()
    agree()
    assert ctx.data.rows("product")[finding.id].wbs == ()
    menu.deleteLater()


def test_the_keyboard_chooses_among_the_fixes(panel: Problems, ctx: Context, answers: Answers) -> None:
    finding = lacking(ctx)[0]
    panel.view.setCurrentIndex(panel.model.index(0))
    answers.place = len(finding.fixes) - 1
    perform(actions()["problem.choose"], ctx)
    agree()
    assert finding.fixes[0].title in answers.asked[-1]
    assert ctx.plan is not None and ctx.plan.undoable is not None
    assert ctx.plan.undoable.title == finding.fixes[-1].title


def test_all_problems_of_a_sort_are_shown_and_cured_as_one_step(
    panel: Problems, ctx: Context, qtbot: QtBot
) -> None:
    findings = lacking(ctx)
    panel.view.setCurrentIndex(panel.model.index(0))
    cure_alike(ctx, findings[0], "clear")
    (sheet,) = changesheet._open
    qtbot.waitUntil(lambda: sheet.remarks[2].text().startswith("Cures 2 problems"), timeout=5000)
    assert ctx.data.rows("product")["ARC"].wbs != ()
    sheet.accept()
    assert [ctx.data.rows("product")[id].wbs for id in ("HEADER", "ARC")] == [(), ()]
    ctx.undo()
    assert ctx.data.rows("product")["ARC"].wbs != ()


def accepting(ctx: Context, reason: str, until: str = "") -> AcceptSheet:
    """Fill in the sheet that the action opens, and press its button."""
    perform(actions()["problem.accept"], ctx)
    (sheet,) = changesheet._open
    assert isinstance(sheet, AcceptSheet)
    sheet.reason.text.setPlainText(reason)
    sheet.until.line.setText(until)
    sheet.accept()
    return sheet


def test_a_problem_is_accepted_with_a_reason_and_opened_again(panel: Problems, ctx: Context) -> None:
    lacking(ctx)
    panel.view.setCurrentIndex(panel.model.index(0))
    sheet = accepting(ctx, " ")
    assert "takes a reason" in sheet.wrong.text()
    assert ctx.data.rows("acceptance") == {}
    sheet.reason.text.setPlainText("RFC-380 adds it")
    sheet.accept()
    ctx.found_now(checks.run(ctx.data, ["wbs.unknown", "wbs.malformed"]))
    assert len(panel.model.rows) == 1
    assert panel._levels["accepted"].text() == " 1 accepted"
    panel._levels["accepted"].click()
    assert panel.model.index(1).data().endswith("Accepted: RFC-380 adds it")
    panel.grab()
    panel.view.setCurrentIndex(panel.model.index(1))
    assert not actions()["problem.accept"].when(ctx)
    perform(actions()["problem.reopen"], ctx)
    assert ctx.data.rows("acceptance") == {}


def test_a_problem_is_accepted_until_a_day_that_is_shown_and_is_open_again_afterwards(
    panel: Problems, ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking(ctx)
    panel.view.setCurrentIndex(panel.model.index(0))
    monkeypatch.setattr("dmdesk.checks.finding.today", lambda: "2030-06-01")
    sheet = accepting(ctx, "RFC-380 adds it", "soon")
    assert "not a date" in sheet.wrong.text()
    sheet.until.line.setText("2030-05-31")
    sheet.accept()
    assert "is over" in sheet.wrong.text()
    assert ctx.data.rows("acceptance") == {}
    sheet.until.line.setText("2030-06-30")
    sheet.accept()
    assert [row.until for row in ctx.data.rows("acceptance").values()] == ["2030-06-30"]
    panel._levels["accepted"].click()
    codes = ["wbs.unknown", "wbs.malformed"]
    ctx.found_now(checks.run(ctx.data, codes))
    assert panel.model.rows[-1].accepted
    assert panel.model.index(1).data().endswith("Accepted until 2030-06-30: RFC-380 adds it")
    monkeypatch.setattr("dmdesk.checks.finding.today", lambda: "2030-07-01")
    ctx.found_now(checks.run(ctx.data, codes))
    assert not any(row.accepted for row in panel.model.rows)
    assert len(panel.model.rows) == 2


def test_only_problems_of_a_check_or_kind_are_shown_until_all_are_wanted_again(
    panel: Problems, ctx: Context
) -> None:
    ctx.found_now([finding(ctx), Finding("other", "error", "person", "ann", "name", "Odd too.")])
    panel.view.narrowed.emit(("code", "other"))
    assert [row.code for row in panel.model.rows] == ["other"]
    assert panel._all.isVisible() and panel._all.text() == " Only other"
    panel.narrow(("kind", "product"))
    assert (panel._all.text(), [row.kind for row in panel.model.rows]) == (" Only Products", ["product"])
    panel._all.click()
    assert len(panel.model.rows) == 2 and not panel._all.isVisible()


def test_what_was_typed_is_never_markup_in_a_tip(panel: Problems, ctx: Context) -> None:
    ctx.found_now([Finding("x", "error", "product", "HEADER", "", "“<b>bold</b>” is odd.")])
    assert "&lt;b&gt;" in panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_checks_read_a_copy_that_keeps_up_with_the_plan(ctx: Context, qtbot: QtBot) -> None:
    checking = Checking(ctx)
    for name in ("TBD", "Header", "TBC"):
        assert ctx.plan is not None
        ctx.plan.step("Rename", [c.put(ctx.data.rows("product")["HEADER"], {"name": name})])
        with qtbot.waitSignal(ctx.found, timeout=5000):
            checking.start()
        assert ctx.findings == checks.run(ctx.data)
    ctx.undo()
    with qtbot.waitSignal(ctx.found, timeout=5000):
        checking.start()
    assert ctx.findings == checks.run(ctx.data)


def test_pages_whose_rows_have_problems_carry_a_dot_and_say_so(ctx: Context, qtbot: QtBot) -> None:
    navigation = Navigation(ctx)
    qtbot.addWidget(navigation)
    model = navigation.model()
    products, people = (
        next(i for i in range(model.rowCount()) if getattr(model.rows[i], "name", "") == name)
        for name in ("product", "person")
    )
    ctx.found_now([finding(ctx, "warning"), finding(ctx), finding(ctx), finding(ctx, "note")])
    assert (model.worst(model.rows[products]), model.worst(model.rows[people])) == ("error", "")
    words = model.index(products, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.endswith(": 2 errors, 1 warning")
    navigation.grab()
    ctx.found_now([finding(ctx, "warning"), finding(ctx, "accepted")])
    assert model.worst(model.rows[products]) == "warning"
    ctx.close()
    assert model.worst(model.rows[products]) == ""
