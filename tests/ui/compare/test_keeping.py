"""What the working plan is: a draft so many changes from its last baseline, true after every step."""

from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.baselines import Terms
from tests.ui.compare.conftest import CHANGES, edit
from ui.context import Context
from ui.topbar import state_words
from ui.window import Window


def test_the_top_bar_says_how_many_changes_there_are_since_the_last_baseline(window: Window) -> None:
    assert window.topbar.state.text() == f"DRAFT, {CHANGES} changes since 3.0"
    window.ctx.undo()
    assert window.topbar.state.text() == f"DRAFT, {CHANGES - 1} changes since 3.0"
    window.ctx.redo()
    assert window.topbar.state.text() == f"DRAFT, {CHANGES} changes since 3.0"


def test_its_words_lead_to_what_differs(window: Window, qtbot: QtBot) -> None:
    window.topbar.state.click()
    assert window.ctx.page_kind == "compare"
    page = window.pages["compare"]
    qtbot.waitUntil(lambda: page.found is not None, timeout=10_000)
    assert page.summary.text() == "6 changes from 3.0 to the working plan: 1 added, 4 changed, 1 dropped"


def test_a_plan_without_a_baseline_says_what_it_said(ctx: Context, qtbot: QtBot) -> None:
    window = Window(ctx)
    qtbot.addWidget(window)
    with qtbot.waitSignal(ctx.found, timeout=10_000):
        window.show()
    assert ctx.since is None
    assert window.topbar.state.text() == "DRAFT"
    assert not window.topbar.state.isEnabled()


def test_each_step_is_counted_as_it_is_made_and_what_returns_is_no_change(kept: Context) -> None:
    assert kept.since is not None
    assert state_words(kept.data.plan(), "", kept.since)[0] == "DRAFT, unchanged since 3.0"
    kept.step("Rename", [c.put(kept.data.rows("product")["HEADER"], {"name": "Other"})])
    kept.step("Again", [c.put(kept.data.rows("product")["HEADER"], {"name": "Another"})])
    assert kept.since.count == 1
    kept.step("Back", [c.put(kept.data.rows("product")["HEADER"], {"name": "Header Generator"})])
    assert kept.since.count == 0


def test_a_row_that_was_dropped_and_entered_again_is_no_two_changes(kept: Context, qtbot: QtBot) -> None:
    from tests.ui import small_plan

    kept.step("Drop", c.drop_all(kept.data, [kept.data.rows("document")["d2"]]))
    again = small_plan.row("document", "other", key="LDM-151", name="Pipelines", parent="d1")
    kept.step("Add", [c.add(again)])
    qtbot.waitUntil(lambda: kept.since is not None and kept.since.exact, timeout=10_000)
    assert kept.since is not None
    assert kept.since.count == 0


def test_another_seal_begins_anew_and_its_undo_returns(kept: Context, qtbot: QtBot) -> None:
    assert kept.plan is not None
    edit(kept.plan)
    kept.plan.seal(Terms("3.1", "2017-08-01", "The second"))
    qtbot.waitUntil(lambda: kept.since is not None and kept.since.version == "3.1", timeout=10_000)
    assert kept.since is not None
    assert kept.since.count == 0
    kept.undo()
    qtbot.waitUntil(lambda: kept.since is not None and kept.since.version == "3.0", timeout=10_000)
    assert kept.since is not None
    assert kept.since.count == CHANGES


def test_a_baselined_plan_that_is_as_it_was_sealed_says_only_that(kept: Context) -> None:
    plan = kept.data.rows("plan")["plan"]
    assert kept.plan is not None
    kept.step("Release", [c.put(plan, {"version": "3.0", "state": "baselined"})])
    assert state_words(kept.data.plan()) == ("Baselined 3.0", "baselined")
    words, role = state_words(kept.data.plan(), "", kept.since)
    assert (words, role) == ("Baselined 3.0, 1 change since 3.0", "draft")


def test_the_draft_mark_alone_is_no_change(kept: Context, qtbot: QtBot) -> None:
    kept.step("Release", [c.put(kept.data.rows("plan")["plan"], {"state": "baselined"})])
    qtbot.waitUntil(lambda: kept.since is not None and kept.since.count == 0, timeout=10_000)
    assert state_words(kept.data.plan(), "", kept.since)[1] == "baselined"
