"""Every control of change control has a name and is reached by Tab, with a request and a meeting in front."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dmdesk.changes import put
from tests.core.control.requested import now_in
from tests.ui.control.test_requests import filled
from tests.ui.test_accessible import focusable, name_of, nameless
from ui.control import deeds, sheets
from ui.control.board import sheets as board
from ui.control.page import UNREQUESTED


def out_of_reach(window, qtbot):
    """The controls of the page in front that Tab does not come to."""
    page = window.stack.currentWidget()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    wanted, reached = set(focusable(page)), set()
    for _ in range(4 * len(wanted) + 40):
        now = QApplication.focusWidget()
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return [f"{type(one).__name__} {name_of(one)}" for one in wanted - reached]


@pytest.fixture
def shown(window, qtbot):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.parametrize("tab", range(4))
def test_each_part_of_a_request_is_named_and_in_reach(shown, ctx, qtbot, tab):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})], rfc="RFC")
    filled(sheets.object_to(ctx, now_in(ctx.data)), name="Too long", person="ben")
    filled(sheets.comment(ctx, now_in(ctx.data)), words="Fine", person="cleo")
    shown.go("rfc", "RFC")
    shown.pages["rfc"].details.tabs.setCurrentIndex(tab)
    qtbot.wait(100)
    assert nameless(shown.stack.currentWidget()) == []
    assert out_of_reach(shown, qtbot) == []


def test_what_has_no_request_is_named_and_in_reach(shown, ctx, qtbot):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})])
    shown.go("rfc", UNREQUESTED)
    qtbot.wait(100)
    assert nameless(shown.stack.currentWidget()) == []
    assert out_of_reach(shown, qtbot) == []


def test_a_meeting_is_named_and_in_reach(shown, ctx, qtbot):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})], rfc="RFC")
    deeds.move(ctx, now_in(ctx.data), "flagged", "ann", "")
    filled(board.call(ctx), at="2017-07-05 17:00", group="CCB", name="CCB meeting")
    (meeting,) = ctx.data.rows("docket").values()
    filled(board.ask(ctx, meeting), name="Tell the users")
    page = shown.pages["docket"]
    next(iter(page.meeting.items.boxes.values())).open.setChecked(True)
    qtbot.wait(100)
    assert nameless(shown.stack.currentWidget()) == []
    assert out_of_reach(shown, qtbot) == []
