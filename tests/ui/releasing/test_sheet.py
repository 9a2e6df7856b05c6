"""The release in one flow: from what stands in the way to the sealed version, and how it is left at any point."""

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk import changes as c
from dmdesk import store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from tests.core import releasing as small
from tests.core import rows
from tests.ui.releasing.conftest import opened
from ui import changesheet
from ui.printing import making
from ui.releasing import running

ALONE = ["plan.dmplan"]


def filled(sheet, tmp_path, *, now=True, **fields):
    """Go through the steps to the last one."""
    sheet.turn(1)
    sheet.terms.day.line.setText(fields.get("date", small.DAY))
    sheet.terms.version.setText(fields.get("version", "3.0"))
    sheet.terms.owner.setText("WOM")
    sheet.turn(3)
    assert sheet.at == 3
    sheet.sealing.file.setText(str(tmp_path / "out.pdf"))
    (sheet.sealing.now if now else sheet.sealing.later).setChecked(True)


def released(sheet, qtbot):
    sheet.accept()
    qtbot.waitUntil(lambda: sheet.done_with, timeout=20_000)


def with_an_error(ctx):
    row = kinds()["product"].make({"key": "DM", "name": "Twice", "description": "see [[nowhere]]"})
    ctx.step("Add", [c.add(row)])


def test_with_nothing_in_the_way_it_begins_with_what_is_proposed(sheet):
    assert sheet.at == 1
    assert sheet.terms.version.text() == "2.1"
    assert sheet.terms.approval.currentText() == "RFC-358 Correct the managers (adopted)"
    sheet.accept()
    assert sheet.entry.words.toPlainText() == "RFC-358: Correct the managers; Begin; Rename to B"


def test_a_release_seals_prints_and_begins_the_next_draft(sheet, ctx, tmp_path, qtbot):
    filled(sheet, tmp_path)
    assert sheet.yes.text() == "Release 3.0"
    released(sheet, qtbot)
    (one,) = ctx.baselines()
    assert (one.version, one.owner, one.rfc) == ("3.0", "WOM", "rfc358")
    assert hashlib.sha256((tmp_path / "out.pdf").read_bytes()).hexdigest() == one.pdf
    assert ctx.data.plan().state == "draft"
    assert ctx.plan.undoable.title == "Release 3.0"
    assert str(tmp_path / "out.pdf") in sheet.end_page.outcome.words.text()
    assert "the release is final" in sheet.end_page.undoable.text()
    sheet.accept()
    assert not changesheet._open


def test_without_a_file_it_can_be_undone_and_the_file_follows_later(sheet, ctx, answers, tmp_path, qtbot):
    filled(sheet, tmp_path, now=False)
    released(sheet, qtbot)
    assert rows.listed(tmp_path) == ALONE
    assert sheet.end_page.undo.isVisible() and "can be undone" in sheet.end_page.undoable.text()
    answers.file = tmp_path / "later"
    sheet.end_page.put.click()
    (one,) = ctx.baselines()
    assert one.exported and hashlib.sha256((tmp_path / "later.pdf").read_bytes()).hexdigest() == one.pdf
    assert not sheet.end_page.undo.isVisible()


def test_the_release_is_undone_from_its_end(sheet, ctx, tmp_path, qtbot):
    before = rows.state(ctx.data)
    filled(sheet, tmp_path, now=False)
    released(sheet, qtbot)
    sheet.end_page.undo.click()
    assert ctx.baselines() == [] and rows.state(ctx.data) == before
    assert not changesheet._open


def test_until_when_it_can_be_undone_is_said_where_it_is_decided(sheet, tmp_path):
    from PySide6.QtWidgets import QLabel

    filled(sheet, tmp_path)
    said = " ".join(label.text() for label in sheet.sealing.body.findChildren(QLabel))
    assert "the release is final" in said and "can be undone until its PDF is put into a file" in said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "A release needs a version"),
        ("three", "“three” is no version"),
        ("1.9", "1.9 comes before 2.0"),
        ("2.5", ""),
    ],
)
def test_a_version_that_cannot_be_is_refused_under_its_field_while_it_is_typed(sheet, typed, said):
    sheet.terms.version.clear()
    QTest.keyClicks(sheet.terms.version, typed)
    assert sheet.terms.refused.text().startswith(said) and sheet.terms.refused.isVisible() == bool(said)
    assert sheet.yes.isEnabled() == sheet.crumbs[2].isEnabled() == (not said)


def test_the_version_of_a_baseline_and_one_before_it_are_refused(sheet, ctx, tmp_path, qtbot):
    filled(sheet, tmp_path)
    released(sheet, qtbot)
    sheet.accept()
    again = opened(ctx, qtbot)
    for typed, said in (("3.0", "was sealed on"), ("2.9", "2.9 comes before 3.0")):
        again.terms.version.setText(typed)
        assert said in again.terms.refused.text()


def test_a_date_that_is_none_is_refused_and_one_that_is_odd_is_remarked(sheet):
    sheet.terms.day.line.setText("June")
    assert "June" in sheet.terms.undated.text() and not sheet.yes.isEnabled()
    sheet.terms.day.line.setText("2107-01-01")
    assert "check the date and the clock" in sheet.terms.odd.text() and sheet.yes.isEnabled()


def test_an_approval_that_the_plan_does_not_know_is_kept_in_words(sheet, ctx, tmp_path, qtbot):
    sheet.terms.approval.setEditText("LCR-898")
    filled(sheet, tmp_path, now=False)
    released(sheet, qtbot)
    (one,) = ctx.baselines()
    assert (one.rfc, one.rfc_words) == ("", "LCR-898")


def test_a_release_needs_words_for_the_change_record(sheet):
    sheet.turn(2)
    sheet.entry.words.setPlainText("  ")
    assert not sheet.yes.isEnabled() and "needs a description" in sheet.entry.wrong.text()
    sheet.entry.again.click()
    assert sheet.yes.isEnabled()


def test_the_entry_stands_beside_what_was_done_and_how_much(sheet, qtbot):
    sheet.turn(2)
    told = [line.words for line in sheet.entry.lines.lines]
    assert told == [
        "RFC-358  Correct the managers",
        "Rename to A",
        "Without a change request",
        "Begin",
        "Rename to B",
    ]
    qtbot.waitUntil(lambda: "first baseline" in sheet.entry.numbers.text())


def test_what_stands_in_the_way_is_shown_first_and_needs_a_reason(ctx, tmp_path, qtbot):
    with_an_error(ctx)
    sheet = opened(ctx, qtbot)
    assert sheet.at == 0 and not sheet.yes.isEnabled() and not sheet.crumbs[1].isEnabled()
    assert sheet.obstacles.lines.isVisible()
    QTest.keyClicks(sheet.obstacles.reason, "The board wants it today")
    filled(sheet, tmp_path, now=False)
    released(sheet, qtbot)
    reason, *found = ctx.baselines()[0].accepted.splitlines()
    assert reason == "The board wants it today" and found


def test_a_click_on_what_stands_in_the_way_goes_there_and_keeps_what_was_typed(ctx, qtbot):
    with_an_error(ctx)
    sheet = opened(ctx, qtbot)
    sheet.obstacles.reason.setText("Because")
    sheet.turn(1)
    sheet.terms.version.setText("7.0")
    sheet.turn(0)
    line = next(line for line in sheet.obstacles.lines.lines if line.kind)
    with qtbot.waitSignal(ctx.go) as went:
        sheet.obstacles.lines.picked.emit(line.kind, line.id)
    assert went.args == [line.kind, line.id] and not changesheet._open
    again = opened(ctx, qtbot)
    assert (again.obstacles.reason.text(), again.terms.version.text()) == ("Because", "7.0")


def test_what_only_the_released_plan_has_in_its_way_is_asked_before_it_is_printed(sheet, tmp_path, qtbot):
    sheet.turn(2)
    sheet.entry.words.setPlainText("LDM-xxx was written")
    filled(sheet, tmp_path)
    sheet.obstacles.show_groups({})
    with_an_error(sheet.ctx)
    sheet.accept()
    qtbot.waitUntil(lambda: sheet.at == 0, timeout=20_000)
    assert sheet.obstacles.lines.isVisible() and sheet.ctx.baselines() == []


# -- leaving, and what goes wrong


@pytest.mark.parametrize("at", [1, 2, 3])
def test_it_can_be_left_at_any_step_with_nothing_done(at, sheet, ctx, tmp_path):
    before, steps = rows.on_disk(ctx.plan.path), ctx.plan.history()
    sheet.turn(at)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not changesheet._open
    assert (rows.on_disk(ctx.plan.path), ctx.plan.history(), ctx.baselines()) == (before, steps, [])
    assert rows.listed(tmp_path) == ALONE


def test_a_print_under_way_is_cancelled_with_nothing_done(sheet, ctx, tmp_path, qtbot):
    before, steps = rows.on_disk(ctx.plan.path), ctx.plan.history()
    filled(sheet, tmp_path)
    with making.turn():
        sheet.accept()
        qtbot.waitUntil(lambda: sheet.far.text().startswith("Waiting for another print"), timeout=20_000)
        assert not sheet.stack.isEnabled() and not sheet.yes.isEnabled()
        with qtbot.waitSignal(sheet._task.ended):
            sheet.no.click()
    assert not changesheet._open
    assert (rows.on_disk(ctx.plan.path), ctx.plan.history(), ctx.baselines()) == (before, steps, [])
    assert rows.listed(tmp_path) == ALONE
    assert opened(ctx, qtbot).terms.version.text() == "3.0"


def test_a_folder_that_cannot_be_written_is_found_before_anything_is_sealed(
    sheet, ctx, tmp_path, monkeypatch
):
    filled(sheet, tmp_path)
    sheet.sealing.file.setText(str(tmp_path / "none" / "out.pdf"))
    sheet.accept()
    assert "There is no folder" in sheet.sealing.wrong.text() and ctx.baselines() == []

    def refused(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    sheet.sealing.file.setText(str(tmp_path / "out.pdf"))
    sheet.accept()
    assert sheet.sealing.wrong.text() == (
        f"Nothing can be written into “{tmp_path}” (Permission denied); choose another place."
    )
    assert sheet._task is None


def test_a_file_that_is_there_is_replaced_only_if_that_is_agreed(sheet, ctx, tmp_path, answers):
    filled(sheet, tmp_path)
    (tmp_path / "out.pdf").write_text("mine")
    answers.yes = False
    sheet.accept()
    assert answers.asked == ["Replace “out.pdf”?\n"] and sheet._task is None
    assert (tmp_path / "out.pdf").read_text() == "mine"


def test_a_full_disk_at_the_pdf_leaves_a_sealed_version_that_can_be_undone(
    sheet, ctx, tmp_path, qtbot, monkeypatch
):
    from dmdesk.releasing import flow

    def full(out, content):
        raise PlanError(f"“{out.name}” could not be written (No space left on device); choose another place.")

    filled(sheet, tmp_path)
    monkeypatch.setattr(flow, "put_in_place", full)
    released(sheet, qtbot)
    assert sheet.end_page.wrong.text().startswith("Version 3.0 is sealed, but its PDF is not there yet: ")
    assert sheet.end_page.undo.isVisible() and not ctx.baselines()[0].exported
    assert rows.listed(tmp_path) == ALONE


def test_a_full_disk_at_the_seal_leaves_everything_as_it_was(sheet, ctx, tmp_path, qtbot, monkeypatch):
    def full(*_):
        raise PlanError("The plan could not be saved: the disk is full; free some space.")

    before = rows.state(ctx.data)
    filled(sheet, tmp_path)
    monkeypatch.setattr(store.Store, "put_baseline", full)
    sheet.accept()
    qtbot.waitUntil(lambda: bool(sheet.wrong.text()), timeout=20_000)
    assert sheet.wrong.text() == "The plan could not be saved: the disk is full; free some space."
    assert sheet.at == 3 and sheet.yes.isEnabled() and sheet.stack.isEnabled()
    assert rows.state(ctx.data) == before == rows.on_disk(ctx.plan.path) and ctx.baselines() == []
    assert rows.listed(tmp_path) == ALONE


def test_a_print_that_fails_says_why_and_the_sheet_stays(sheet, ctx, tmp_path, qtbot, monkeypatch):
    def fails(*_):
        raise PlanError("Page 3 is too long to be printed.")

    filled(sheet, tmp_path)
    monkeypatch.setattr(running.releasing, "print_of", fails)
    sheet.accept()
    qtbot.waitUntil(lambda: sheet.wrong.text() == "Page 3 is too long to be printed.", timeout=20_000)
    assert sheet.at == 3 and ctx.baselines() == [] and rows.listed(tmp_path) == ALONE


def test_a_clock_that_went_back_by_years_is_said_and_keeps_nothing_from_being_released(
    sheet, ctx, tmp_path, qtbot, monkeypatch
):
    filled(sheet, tmp_path, now=False)
    released(sheet, qtbot)
    sheet.accept()
    from ui.releasing import terms

    monkeypatch.setattr(terms, "now", lambda: "1999-01-01T00:00:00Z")
    again = opened(ctx, qtbot)
    assert "clock says 1999-01-01" in again.terms.odd.text()
    assert again.terms.ready()


def test_another_plan_closes_the_sheet(sheet, ctx, tmp_path):
    small.made(tmp_path / "other.dmplan").close()
    ctx.open(tmp_path / "other.dmplan")
    assert not changesheet._open
