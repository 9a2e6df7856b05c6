"""The window: pages, trail, panels, opening and closing, what it remembers, and that nothing ends in a traceback."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.kinds import kinds
from dmdesk.matrices import RELATIONS
from tests.ui.answers import Answers
from ui import log, settings
from ui.actions import actions, perform
from ui.commands.file import open_path
from ui.context import Context
from ui.navigation import Navigation, Place, places
from ui.window import Window


def test_every_kind_has_a_page_in_the_navigation() -> None:
    others = {"overview", "history", "baselines", "compare", "printview", "drawing", *RELATIONS.names()}
    assert {kind.name for kind in kinds()} | others == {place.name for place in places()}


@pytest.mark.parametrize("name", [place.name for place in places()])
def test_a_page_opens_from_its_action_and_takes_the_cursor(name: str, window: Window, qtbot: QtBot) -> None:
    window.go("overview" if name != "overview" else "product")
    own = {"history": "view.history", "printview": "view.preview", "baselines": "baseline.page",
           "compare": "compare.baseline"}  # fmt: skip
    perform(actions()[own.get(name, f"go.{name}")], window.ctx)
    assert window.ctx.page_kind == name
    assert window.stack.currentWidget() is window.pages[name]
    focus = window.focusWidget()
    assert focus is not None
    assert window.stack.isAncestorOf(focus)


def test_a_page_is_built_when_it_is_first_visited_and_kept(window: Window) -> None:
    assert "acronym" not in window.pages
    window.go("acronym")
    page = window.pages["acronym"]
    window.go("product")
    window.go("acronym")
    assert window.pages["acronym"] is page


def test_back_and_forward_follow_the_trail_to_the_row(window: Window) -> None:
    window.go("product", "HEADER")
    window.go("wbs", "w3")
    perform(actions()["view.back"], window.ctx)
    assert (window.ctx.page_kind, window.ctx.current) == ("product", ("product", "HEADER"))
    perform(actions()["view.forward"], window.ctx)
    assert (window.ctx.page_kind, window.ctx.current) == ("wbs", ("wbs", "w3"))


def test_going_nowhere_known_changes_nothing(window: Window) -> None:
    before = window.ctx.page_kind
    window.go("nonsense")
    assert window.ctx.page_kind == before


def test_arrow_keys_walk_the_navigation_over_its_headings(window: Window, qtbot: QtBot) -> None:
    window.go("printview")
    window.navigation.setFocus()
    qtbot.keyClick(window.navigation, Qt.Key.Key_Down)
    assert window.ctx.page_kind == "product"


def test_counts_follow_a_step(window: Window) -> None:
    def shown(navigation: Navigation) -> str:
        rows = navigation._model.rows
        place = next(row for row in rows if isinstance(row, Place) and row.name == "acronym")
        return navigation._model.count(place)

    assert shown(window.navigation) == ""
    window.ctx.step("Add", [c.add(kinds()["acronym"].make({"key": "DM", "meaning": "Data Management"}))])
    assert shown(window.navigation) == "1"


def test_undo_in_the_top_bar_says_what_it_would_undo(window: Window) -> None:
    window.ctx.step("Rename the header", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "H"})])
    act = window.menus.acts["edit.undo"]
    assert "Rename the header" in act.toolTip()
    assert act.isEnabled()
    act.trigger()
    assert window.menus.acts["edit.redo"].toolTip() == "Redo “Rename the header” (Ctrl+Shift+Z)"
    assert window.ctx.data.title(window.ctx.data.rows("product")["HEADER"]) == "Header Generator"


def test_the_problems_are_counted_and_lead_to_their_rows(window: Window) -> None:
    assert window.ctx.findings
    assert "problem" in window.topbar.problems.text()
    first = window.problems.model.rows[0]
    window.ctx.wanted.emit("next problem")
    assert window.ctx.page_kind == first.kind


def test_checks_run_again_after_a_step(window: Window, qtbot: QtBot) -> None:
    row = kinds()["product"].make({"key": "NEW", "name": "New", "wbs": ("?1.02C.99.99",)})
    with qtbot.waitSignal(window.ctx.found, timeout=10_000):
        window.ctx.step("Add", [c.add(row)])
    assert any(finding.id == row.id for finding in window.ctx.findings)


def test_panels_are_shown_and_hidden_and_that_is_remembered(window: Window) -> None:
    window.go("product")
    for name, panel in (("inspector", window.inspector), ("problems", window.problems)):
        assert panel is not None
        assert panel.isVisible()
        perform(actions()[f"view.{name}"], window.ctx)
        assert not panel.isVisible()
        assert settings.get(f"show.{name}", True) is False
        perform(actions()[f"view.{name}"], window.ctx)
        assert panel.isVisible()


def test_a_narrow_window_shows_the_navigation_as_icons(window: Window, qtbot: QtBot) -> None:
    window.resize(1400, 800)
    assert not window.navigation.narrow
    window.resize(900, 560)
    assert window.navigation.narrow
    assert window.minimumSize().width() <= 900


def test_next_pane_reaches_every_part_of_the_window(window: Window, qtbot: QtBot) -> None:
    window.go("product", "HEADER")
    reached = set()
    for _ in range(5):
        perform(actions()["view.panes"], window.ctx)
        focus = window.focusWidget()
        for name in ("navigation", "stack", "inspector", "problems"):
            part = getattr(window, name)
            if part is focus or part.isAncestorOf(focus):
                reached.add(name)
    assert reached == {"navigation", "stack", "inspector", "problems"}


@pytest.mark.parametrize("name", ["overview", "history", "product"])
def test_every_control_has_a_name_for_screen_readers(name: str, window: Window) -> None:
    window.go(name)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView)
        and widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    ]
    assert nameless == []


def test_another_plan_takes_the_place_of_the_first(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    for place in places():
        window.go(place.name)
    other = tmp_path / "other.dmplan"
    shutil.copy(window.ctx.plan.path, other)  # type: ignore[union-attr]
    assert open_path(window.ctx, other)
    assert window.windowTitle().startswith("other")
    qtbot.waitUntil(lambda: window.ctx.checked, timeout=10_000)
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "H"})])
    qtbot.wait(400)
    assert settings.recent()[0] == other.resolve()


def test_a_plan_open_elsewhere_can_be_read_and_says_why_not_written(
    window: Window, tmp_path: Path, empty: Context, qtbot: QtBot
) -> None:
    second = Context(Answers())
    assert window.ctx.plan is not None
    path = window.ctx.plan.path
    second.open(path)
    other = Window(second)
    qtbot.addWidget(other)
    other.show()
    assert other.banner.isVisible()
    assert "open for writing elsewhere" in other.banner.text()
    assert not other.menus.acts["edit.undo"].isEnabled()
    assert not second.step("Rename", [c.put(second.data.rows("product")["HEADER"], {"name": "H"})])
    assert isinstance(second.ask, Answers)
    assert "open for writing elsewhere" in second.ask.told[0]
    second.blockSignals(True)
    second.close()


def test_a_file_that_is_no_plan_is_refused_in_a_sentence_and_the_plan_stays(
    window: Window, tmp_path: Path, answers: Answers
) -> None:
    bad = tmp_path / "bad.dmplan"
    bad.write_text("hello")
    assert not open_path(window.ctx, bad)
    assert answers.told == ["“bad.dmplan” is not a dmdesk plan; it was left as it is."]
    assert window.ctx.data.rows("product")


def test_closing_the_plan_leads_to_the_welcome_and_its_buttons(window: Window, qtbot: QtBot) -> None:
    perform(actions()["file.close"], window.ctx)
    assert window.ctx.plan is None
    buttons = [button.text() for button in window.stack.currentWidget().findChildren(QAbstractButton)]
    assert buttons == ["Open…", "Open the sample plan", "New plan…"]
    window.grab()


def test_size_and_page_return_at_the_next_start(window: Window, qtbot: QtBot) -> None:
    window.go("milestone")
    window.resize(900, 640)
    window.close()
    again = Window(window.ctx)
    qtbot.addWidget(again)
    again.show()
    assert again.ctx.page_kind == "milestone"
    assert (again.width(), again.height()) == (900, 640)


def test_a_restored_backup_shows_at_once(window: Window, answers: Answers, qtbot: QtBot) -> None:
    window.go("product", "HEADER")
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "H"})])
    answers.place = 0
    perform(actions()["file.restore"], window.ctx)
    assert answers.asked[-1].startswith("Restore a backup")
    assert window.ctx.page_kind == "product"
    qtbot.waitUntil(lambda: window.ctx.checked, timeout=10_000)


def test_what_nobody_foresaw_goes_to_the_log_and_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, answers: Answers
) -> None:
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    log.catch_everything(answers.tell)
    try:
        raise ZeroDivisionError("deep inside")
    except ZeroDivisionError as error:
        sys.excepthook(ZeroDivisionError, error, error.__traceback__)
    assert len(answers.told) == 1
    assert str(log.file()) in answers.told[0]
    assert "Traceback" not in answers.told[0]
    written = log.file().read_text("utf-8")
    assert "deep inside" in written
    assert "Traceback" in written


def test_a_row_added_with_the_control_key_held_is_selected(window: Window, qtbot: QtBot) -> None:
    """Qt would read the key as “toggle the selection” while the new row is being named."""
    window.go("product", "HEADER")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    added = window.ctx.current[1]
    assert added != "HEADER"
    assert [row.id for row in window.ctx.rows()] == [added]


def test_undo_in_a_field_where_nothing_was_typed_undoes_the_last_step(window: Window, qtbot: QtBot) -> None:
    window.go("product", "HEADER")
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "Header Maker"})])
    field = inspector_field(window, "name")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.ctx.data.title(window.ctx.data.rows("product")["HEADER"]) == "Header Generator"
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_X)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "Header Generator", "what is typed is undone first, in the field"
    assert window.ctx.plan is not None
    assert window.ctx.plan.undoable is not None
    assert window.ctx.plan.undoable.title == "Fill"


def inspector_field(window: Window, name: str) -> QLineEdit:
    form = window.inspector.form  # type: ignore[union-attr]
    line = form.places[name].editor.line
    assert isinstance(line, QLineEdit)
    return line


def test_undo_and_redo_show_the_row_they_changed(window: Window, qtbot: QtBot) -> None:
    window.go("product", "DAC")
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "Header Maker"})])
    window.ctx.undo()
    qtbot.waitUntil(lambda: window.ctx.current == ("product", "HEADER"))
    window.go("wbs", "w9")
    window.ctx.redo()
    qtbot.wait(20)
    assert (window.ctx.page_kind, window.ctx.current) == ("wbs", ("wbs", "w9"))


def test_a_new_step_takes_the_place_of_an_older_message(window: Window) -> None:
    window.ctx.said.emit("Redid “something”")
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "Header Maker"})])
    assert window.status.currentMessage() == ""


def test_the_window_is_never_larger_than_the_screen(window: Window, ctx: Context, qtbot: QtBot) -> None:
    window.resize(5000, 4000)
    window.close()
    again = Window(ctx)
    qtbot.addWidget(again)
    room = again.screen().availableSize()
    least = again.minimumSize()
    assert again.width() <= max(room.width(), least.width())
    assert again.height() <= max(room.height(), least.height())


def test_without_a_plan_there_are_no_pages_to_choose(window: Window) -> None:
    assert window.ctx.plan is not None
    path = window.ctx.plan.path
    window.ctx.close()
    assert not window.navigation.isVisible()
    window.ctx.open(path)
    assert window.navigation.isVisible()


def test_a_plan_without_a_handle_shows_its_title_alone(window: Window) -> None:
    window.ctx.step("Clear", [c.put(window.ctx.data.plan(), {"handle": ""})])
    assert not window.topbar._handle.isVisible()
    window.ctx.step("Clear", [c.put(window.ctx.data.plan(), {"title": ""})])
    assert window.topbar._handle.text() == "Unnamed plan"


def test_f2_edits_the_current_cell_from_anywhere_in_the_window(window: Window, qtbot: QtBot) -> None:
    window.go("product", "HEADER")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigation.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F2)
    QTest.keyClicks(QApplication.focusWidget(), "Header Maker")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.ctx.data.title(window.ctx.data.rows("product")["HEADER"]) == "Header Maker"


def test_a_printed_plan_opens_read_only_and_the_title_says_what_it_is(window: Window, tmp_path: Path) -> None:
    from dmdesk import report

    assert window.ctx.plan is not None
    pdf = tmp_path / "LDM-1.pdf"
    report.build(window.ctx.data, pdf)
    assert open_path(window.ctx, pdf)
    assert window.windowTitle().startswith("as printed in LDM-1.pdf")
    assert not window.ctx.writable
    assert "as printed in “LDM-1.pdf”" in window.banner.text()
    copy = tmp_path / "copy.dmplan"
    window.ctx.plan.save_copy(copy)
    assert open_path(window.ctx, copy)
    assert window.ctx.writable
