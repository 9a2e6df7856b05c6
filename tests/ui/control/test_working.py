"""Working on a change request: chosen once, carried by every step, remembered, ended; and the way out of a lock."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk.changes import add, drop_all, put
from tests.core.control.requested import now_in, row
from ui import working
from ui.actions import actions, perform
from ui.context import Context


def rename(ctx, name):
    return ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": name})])


def name(ctx):
    return ctx.data.rows("product")["ARC"].name


def lock(ctx, value="change request"):
    ctx.step("Set lock", [put(ctx.data.plan(), {"change_lock": value})])


def test_every_step_carries_the_request_that_is_worked_on_until_that_ends(window, ctx):
    perform(actions()["control.work"], ctx)
    assert window.topbar.work.text() == "RFC-1"
    assert window.topbar.work.accessibleName() == "Working on RFC-1"
    rename(ctx, "Vault")
    assert ctx.plan.undoable.rfc == "RFC"
    perform(actions()["control.stop"], ctx)
    assert window.topbar.work.isHidden()
    rename(ctx, "Store")
    assert ctx.plan.undoable.rfc == ""


def test_the_menu_of_the_chip_leads_to_the_request_to_another_and_out(window, ctx):
    working.work_on(ctx, "RFC")
    words = [act.text() for act in window.topbar.work.menu_now().actions()]
    assert words == [
        "Show the change request that is worked on", "Work on another change request…", "Stop working on RFC-1"
    ]  # fmt: skip


def test_what_is_worked_on_is_remembered_for_the_file(window, ctx, tmp_path):
    working.work_on(ctx, "RFC")
    path = ctx.plan.path
    ctx.close()
    assert window.topbar.work.isHidden()
    ctx.open(path)
    assert ctx.plan.working_on == "RFC"
    assert window.topbar.work.text() == "RFC-1"


@pytest.mark.parametrize("state", ["withdrawn", "implemented"])
def test_a_request_that_is_over_is_no_longer_worked_on_and_the_window_says_so(window, ctx, state):
    said = []
    ctx.said.connect(said.append)
    working.work_on(ctx, "RFC")
    ctx.step("Move", [put(now_in(ctx.data), {"state": state})])
    assert ctx.plan.working_on == ""
    assert f"RFC-1 is {state}; steps are made under no change request from now on." in said
    perform(actions()["control.work"], ctx)
    assert ctx.plan.working_on == ""


def test_a_request_that_is_deleted_is_no_longer_worked_on(window, ctx):
    working.work_on(ctx, "RFC")
    ctx.step("Delete", drop_all(ctx.data, [now_in(ctx.data)]))
    assert ctx.plan.working_on == ""


def test_a_locked_plan_says_why_it_refuses_and_makes_the_change_once_a_request_is_chosen(
    window, ctx, answers
):
    lock(ctx)
    assert window.topbar.work.text() == "No request"
    assert rename(ctx, "Vault")
    assert "“Archive” was baselined and is changed under a change request only" in answers.asked[-2]
    assert name(ctx) == "Vault"
    assert ctx.plan.undoable.rfc == "RFC"
    assert window.topbar.work.text() == "RFC-1"


def test_a_locked_plan_stays_as_it_is_for_who_changes_their_mind(window, ctx, answers):
    lock(ctx)
    answers.yes = False
    assert not rename(ctx, "Vault")
    assert (name(ctx), ctx.plan.working_on) == ("Archive", "")


def test_the_lock_can_be_turned_off_while_it_is_on(window, ctx, answers):
    lock(ctx)
    lock(ctx, "off")
    assert window.topbar.work.isHidden()
    assert rename(ctx, "Vault")
    assert answers.asked == []


def test_a_baselined_plan_is_made_a_draft_first(window, ctx, answers):
    lock(ctx, "draft")
    ctx.step("Baseline", [put(ctx.data.plan(), {"state": "baselined"})])
    assert rename(ctx, "Vault")
    assert "make the plan a draft first" in answers.asked[-1]
    assert (ctx.data.plan().state, name(ctx)) == ("draft", "Vault")


def test_the_button_of_a_request_starts_and_ends_working_on_it(window, ctx: Context):
    window.go("rfc", "RFC")
    button = window.pages["rfc"].details.on_it
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (ctx.plan.working_on, button.text()) == ("RFC", "Stop working on it")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (ctx.plan.working_on, button.text()) == ("", "Work on it")


def test_the_inspector_says_what_is_locked_before_somebody_types(window, ctx, qtbot):
    window.go("product", "ARC")
    lock(ctx)
    qtbot.waitUntil(lambda: window.inspector.lock is not None and window.inspector.lock.isVisible())
    assert "choose the change request you work on" in window.inspector.lock.text()
    working.work_on(ctx, "RFC")
    qtbot.waitUntil(lambda: not window.inspector.lock.isVisible())
    working.work_on(ctx, "")
    window.go("rfc", "RFC")
    qtbot.waitUntil(lambda: window.inspector.title.text() == "Rename the archive")
    assert not window.inspector.lock.isVisible()


def columns_of(page, *names: str) -> list[int]:
    return [page.model.columns.index(name) for name in names]


def test_the_page_shows_what_is_locked_and_says_so_when_it_is_edited(window, ctx, qtbot):
    window.go("product", "ARC")
    page = window.pages["product"]
    tip, key = Qt.ItemDataRole.ToolTipRole, page.model.columns.index("key")
    cell = page.model.index(page.model.row_of("ARC"), page.model.columns.index("name"))
    assert page.grid.header._locks == frozenset()
    lock(ctx)
    qtbot.waitUntil(lambda: page.grid.header._locks == frozenset({0}))
    assert "choose the change request you work on" in cell.data(tip)
    assert "choose the change request you work on" in page.model.headerData(
        key, Qt.Orientation.Horizontal, tip
    )
    said = []
    ctx.said.connect(said.append)
    page.grid.edit(cell)
    assert said == ["Locked: choose the change request you work on to change this (Ctrl+Shift+W)."]
    window.grab()
    working.work_on(ctx, "RFC")
    assert page.grid.header._locks == frozenset()
    assert "Locked" not in (cell.data(tip) or "")


def test_of_rows_that_are_locked_in_part_the_other_columns_are_marked(window, ctx, qtbot):
    ctx.step("Add", [add(row("milestone", "M", key="LDM-503-1", name="Platform", level="2"))])
    lock(ctx)
    window.go("milestone", "M")
    page = window.pages["milestone"]
    qtbot.waitUntil(lambda: bool(page.grid.header._locks))
    assert page.grid.header._locks.isdisjoint(columns_of(page, "forecast", "done"))
    assert page.grid.header._locks.issuperset(columns_of(page, "key", "name", "due"))
    cell = page.model.index(0, columns_of(page, "forecast")[0])
    assert "Locked" not in (cell.data(Qt.ItemDataRole.ToolTipRole) or "")


def test_records_of_work_and_plans_without_a_lock_show_none(window, ctx):
    lock(ctx)
    window.go("risk")
    page = window.pages["risk"]
    page.grab()
    assert page.model.locked == {}
    lock(ctx, "off")
    window.go("product", "ARC")
    assert window.pages["product"].model.locked == {}


def test_a_page_looked_at_later_shows_the_lock_of_then(window, ctx, qtbot):
    window.go("section", "INTRO")
    lock(ctx)
    ctx.step("Baseline", [put(ctx.data.plan(), {"state": "baselined"})])
    window.go("product", "ARC")
    qtbot.waitUntil(lambda: bool(window.pages["product"].model.locked))
    assert set(window.pages["product"].model.locked.values()) == {
        "Locked: the plan is baselined; make it a draft to change this."
    }
