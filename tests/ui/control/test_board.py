"""Meetings of the board: planned with what is flagged, who is there, decided, held as one step, and printed."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk.changes import put
from dmdesk.control import dockets
from tests.core.control.requested import now_in
from tests.ui.control.test_requests import differences, filled
from ui.actions import actions, perform
from ui.control import deeds
from ui.control.board import sheets


@pytest.fixture
def page(window, ctx):
    """The page with a planned meeting that has the request, flagged on Tuesday, on its docket."""
    assert deeds.move(ctx, now_in(ctx.data), "flagged", "ann", "") == ""
    window.go("docket", "")
    assert filled(sheets.call(ctx), at="2017-07-05 17:00", group="CCB", name="CCB meeting") == ""
    return window.pages["docket"]


def the_meeting(ctx):
    (row,) = ctx.data.rows("docket").values()
    return row


def box_of(page):
    (box,) = page.meeting.items.boxes.values()
    return box


def choose(box, value):
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def present(page, *people):
    for id in people:
        QTest.mouseClick(page.meeting.members.boxes[id], Qt.MouseButton.LeftButton)


def test_a_meeting_is_planned_with_the_flagged_requests_and_shown(page, ctx):
    row = the_meeting(ctx)
    assert (row.key, row.at, row.state) == ("CCB-2017-07-05", "2017-07-05T17:00Z", "planned")
    assert page.entry() == row.id
    assert [item.rfc for item in dockets.items_on(ctx.data, row)] == ["RFC"]
    assert not page.meeting.hold.isEnabled()


def test_members_are_ticked_against_the_quorum(page, ctx):
    assert page.meeting.members.quorum.text() == "0 of 3 members, 2 needed: no quorum"
    assert set(page.meeting.members.boxes) == {"ann", "ben", "cleo"}
    present(page, "ann", "cleo")
    assert the_meeting(ctx).present == ("ann", "cleo")
    assert page.meeting.members.quorum.text() == "2 of 3 members, 2 needed: a quorum"
    present(page, "ann")
    assert the_meeting(ctx).present == ("cleo",)


def test_a_meeting_is_held_as_one_step_and_its_minutes_stand(page, ctx):
    present(page, "ann", "ben")
    choose(box_of(page).decision, "recommend")
    steps = len(ctx.plan.history())
    assert filled(sheets.hold(ctx, the_meeting(ctx)), who="ann") == ""
    assert len(ctx.plan.history()) == steps + 1
    assert (the_meeting(ctx).state, now_in(ctx.data).state) == ("held", "recommended")
    assert page.meeting.stack.currentWidget() is page.meeting.minutes
    assert "recommended" in page.meeting.minutes.toPlainText()
    assert the_meeting(ctx).name in page.meeting.title.text()
    assert the_meeting(ctx).name not in page.meeting.minutes.toPlainText(), "the title stands above, once"
    ctx.undo()
    assert (the_meeting(ctx).state, now_in(ctx.data).state) == ("planned", "flagged")


def test_without_a_quorum_a_meeting_decides_only_with_a_reason(page, ctx):
    present(page, "ann")
    choose(box_of(page).decision, "recommend")
    sheet = sheets.hold(ctx, the_meeting(ctx))
    assert "no quorum" in filled(sheet, who="ann")
    assert the_meeting(ctx).state == "planned"
    assert filled(sheet, reason="The others agreed by mail") == ""
    assert now_in(ctx.data).state == "recommended"


def test_the_project_manager_decides_alone_only_once_the_boards_week_ran_out(page, ctx):
    box = box_of(page)
    choose(box.decision, "recommend")
    item = box.manner.model().item(box.manner.findData("project manager"))
    assert not item.isEnabled()
    assert "may decide alone from 2017-07-11 00:00 UTC" in box.manner.toolTip()
    deeds.set_values(ctx, "Put it off", the_meeting(ctx), {"at": "2017-07-11T12:00Z"})
    assert item.isEnabled()
    assert box.alone.text() == (
        "The board's time was over on 2017-07-11 00:00 UTC: the project manager may decide alone."
    )
    choose(box.manner, "project manager")
    assert filled(sheets.hold(ctx, the_meeting(ctx)), who="ann") == ""
    assert now_in(ctx.data).state == "recommended"


def test_dissent_notes_and_actions_are_kept_with_the_meeting(page, ctx):
    item = box_of(page).row
    assert filled(sheets.say(ctx, item), dissent=("Ben: too soon",), notes="Talked long.") == ""
    assert box_of(page).said.text() == "Dissent: Ben: too soon\nTalked long."
    asked = {"name": "Tell the users", "owner": "cleo", "due": "2017-07-20", "rfc": "RFC"}
    assert filled(sheets.ask(ctx, the_meeting(ctx)), **asked) == ""
    (action,) = dockets.actions_on(ctx.data, the_meeting(ctx))
    assert (action.name, action.owner, action.due) == ("Tell the users", "cleo", "2017-07-20")
    assert action.id in page.meeting.asked.buttons


def test_what_a_request_changes_is_shown_on_the_docket(page, ctx):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})], rfc="RFC")
    box = box_of(page)
    assert "1 step" in box.facts.text()
    box.open.setChecked(True)
    assert differences(box.table)[1:] == ["Name: was Archive, is Vault"]


def test_what_is_flagged_later_is_taken_in(page, ctx):
    id, wrong = deeds.propose(ctx, {"name": "Another", "sort": "RFC", "assignee": "ann"})
    assert wrong == ""
    assert deeds.move(ctx, ctx.data.rows("rfc")[id], "flagged", "ann", "") == ""
    assert page.meeting.fill.text() == "Take in 1 flagged request"
    perform(actions()["control.fill"], ctx)
    assert {item.rfc for item in dockets.items_on(ctx.data, the_meeting(ctx))} == {"RFC", id}
    assert len(page.meeting.items.boxes) == 2


def test_the_minutes_are_printed_into_a_file_of_their_own(page, ctx, answers, qtbot, tmp_path):
    present(page, "ann", "ben")
    choose(box_of(page).decision, "recommend")
    filled(sheets.hold(ctx, the_meeting(ctx)), who="ann")
    answers.file = tmp_path / "minutes.pdf"
    perform(actions()["control.minutes"], ctx)
    qtbot.waitUntil(answers.file.exists, timeout=20_000)
    with pypdfium2.PdfDocument(answers.file) as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "CCB-2017-07-05" in words or "CCB meeting" in words
    assert "Rename the archive" in words
    assert "recommended" in words
