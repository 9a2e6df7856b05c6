"""The page of baselines: what it tells of each version, and what can be done from it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dmdesk import releasing, store
from dmdesk.errors import PlanError
from tests.core import releasing as small
from tests.ui.baselines.spoiling import spoil
from ui import changesheet
from ui.actions import actions, perform
from ui.baselines.looking import DAMAGED, SOUND, looks
from ui.baselines.table import HEADS
from ui.baselines.verdict import VerdictSheet
from ui.releasing.sheet import ReleaseSheet


def cell(page, row, head):
    return page.model.index(row, HEADS.index(head)).data()


@pytest.fixture(autouse=True)
def no_sheet_is_left():
    yield
    for sheet in list(changesheet._open):
        sheet.reject()


def test_a_plan_without_baselines_says_what_one_is_and_offers_the_first(ctx, window):
    window.go("baselines")
    page = window.stack.currentWidget()
    assert "A baseline is the whole plan" in page.nothing.text()
    assert page.first.isVisible() and not page.table.isVisible()
    page.first.click()
    (sheet,) = changesheet._open
    assert isinstance(sheet, ReleaseSheet)


def test_the_draft_comes_first_with_what_was_changed_since_the_last_version(page):
    assert [cell(page, row, "Version") for row in range(2)] == ["draft", "3.0"]
    assert cell(page, 0, "Description") == "1 item changed in 2 steps since 3.0"
    assert page.summary.text() == "1 baseline · all sound · draft, 1 item changed in 2 steps since 3.0"


def test_a_version_is_told_with_all_that_was_said_when_it_was_sealed(page, sealed):
    (one,) = sealed.baselines()
    page.reveal("3.0")
    told = {head: cell(page, 1, head) for head in HEADS}
    assert (told["Date"], told["Description"], told["Owner"]) == (small.DAY, "What changed", "WOM")
    assert (told["Approved by"], told["Exported"], told["State"]) == ("RFC-358", "not yet", SOUND)
    assert one.who in told["Sealed"] and told["Items"] == "5"
    assert one.sha256.startswith(told["Text"][:-1]) and one.pdf.startswith(told["PDF"][:-1])
    assert one.sha256 in page.model.index(1, HEADS.index("Text")).data(Qt.ItemDataRole.ToolTipRole)
    facts = page.details.facts
    assert facts["approval"].value.text() == "RFC-358 Correct the managers"
    assert "undo can take the release back" in facts["exported"].value.text()


def test_both_sums_are_copied_whole(page, sealed):
    (one,) = sealed.baselines()
    page.reveal("3.0")
    for name, wanted in (("sha256", one.sha256), ("pdf", one.pdf)):
        page.details.facts[name].copy.click()
        assert QApplication.clipboard().text() == wanted


def test_what_is_changed_while_the_page_is_seen_is_counted(page, sealed, qtbot):
    sealed.step("Rename the person", [_named(sealed, "Bill")])
    wanted = "2 items changed in 3 steps since 3.0"
    qtbot.waitUntil(lambda: cell(page, 0, "Description") == wanted)


def _named(ctx, name):
    from dmdesk import changes as c

    return c.put(ctx.data.get("person", "wom"), {"name": name})


def test_a_version_that_was_damaged_is_marked_and_the_others_are_not(sealed, window, qtbot):
    small.rename(sealed.plan, "C")
    ahead = releasing.prepare(sealed.data, sealed.plan.baselines(), small.wish("3.1"))
    releasing.finish(sealed.plan, ahead, None)
    spoil(sealed.plan.path, "UPDATE baseline SET text = x'00' WHERE number = 1")
    window.go("baselines")
    page = window.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(looks(sealed).damaged))
    assert [cell(page, row, "State") for row in (1, 2)] == [SOUND, DAMAGED]
    assert "damaged: 3.0" in page.summary.text()
    page.reveal("3.0")
    assert "not what was sealed" in page.details.facts["wrong"].value.text()


def verified(ctx, qtbot):
    perform(actions()["baseline.verify"], ctx)
    qtbot.waitUntil(lambda: bool(changesheet._open), timeout=10_000)
    (sheet,) = changesheet._open
    assert isinstance(sheet, VerdictSheet)
    return sheet


def test_verify_says_that_all_is_as_it_was_sealed(page, sealed, qtbot):
    sheet = verified(sealed, qtbot)
    assert sheet.windowTitle() == "All is as it was sealed"
    page.reveal("3.0")
    assert page.details.facts["wrong"].value.text() == "It was proven to be what was sealed."


def test_verify_says_exactly_what_differs_and_leads_to_it(page, sealed, window, qtbot):
    spoil(sealed.plan.path, "UPDATE baseline SET owner = 'me' WHERE number = 1")
    spoil(sealed.plan.path, "UPDATE product SET name = 'Z' WHERE id = 'dm'")
    sheet = verified(sealed, qtbot)
    assert "not as sealed" in sheet.windowTitle()
    assert any("its owner is not what was sealed: it reads “me” now" in words for words in sheet._told)
    assert page.looks.state(sealed.baselines()[0]) == DAMAGED
    sheet.copy.click()
    assert QApplication.clipboard().text() == "\n".join(sheet._told)
    row = next(at for at, line in enumerate(sheet.lines.lines) if line.kind == "product")
    sheet.lines.setCurrentIndex(sheet.lines.model().index(row, 0))
    assert "“Z”" in sheet.whole.text()
    QTest.keyClick(sheet.lines, Qt.Key.Key_Return)
    assert sealed.page_kind == "product"


def test_the_menu_of_a_line_has_all_that_can_be_done_with_it(page):
    page.reveal("3.0")
    names = [act.text() for act in page.menu().actions() if act.text()]
    assert names[0] == "Open read-only…" and "Undo the release of 3.0…" in names and len(names) == 7
    page.reveal("")
    assert next(act.text() for act in page.menu().actions() if act.text()) == "Release…"


def test_undo_takes_the_release_and_what_came_after_it_back(page, sealed, answers):
    perform(actions()["baseline.undo"], sealed)
    assert "2 steps were made since" in answers.asked[-1]
    assert sealed.baselines() == [] and [step.state for step in sealed.plan.history()] == ["undone"] * 3 + [
        "done"
    ]
    assert page.nothing.isVisible()


def test_undo_is_gone_once_the_pdf_was_exported(page, sealed):
    (one,) = sealed.baselines()
    sealed.plan.note_print(one.version, one.pdf, "letter", exported=True)
    sealed.noted()
    assert not actions()["baseline.undo"].when(sealed)
    page.reveal("3.0")
    assert "the release is final" in page.details.facts["exported"].value.text()


def test_away_from_the_page_an_action_asks_which_version_is_meant(sealed, window, answers):
    small.rename(sealed.plan, "C")
    ahead = releasing.prepare(sealed.data, sealed.plan.baselines(), small.wish("3.1"))
    releasing.finish(sealed.plan, ahead, None)
    window.go("product")
    answers.place = None
    perform(actions()["baseline.open"], sealed)
    assert answers.asked[-1].splitlines()[1].startswith("3.1")


def test_a_narrow_window_leaves_out_what_the_details_say(page, window):
    window.resize(960, 600)
    assert page.table.isColumnHidden(HEADS.index("Text"))
    assert not page.table.isColumnHidden(HEADS.index("State"))


def test_a_plan_that_is_only_read_offers_no_release(sealed, window, qtbot, tmp_path):
    sealed.close()
    sealed.open(tmp_path / "plan.dmplan", read_only=True)
    window.go("baselines")
    page = window.stack.currentWidget()
    assert not page.release.isEnabled() and page.verify.isEnabled()
    assert not actions()["baseline.undo"].when(sealed)


def test_a_file_that_is_damaged_where_its_baselines_lie_says_so_and_can_be_verified(window, ctx, monkeypatch):
    def broken(_, **__):
        raise PlanError("“plan.dmplan” is damaged and cannot be read.")

    monkeypatch.setattr(store.Store, "baselines", broken)
    ctx.noted()
    window.go("baselines")
    page = window.stack.currentWidget()
    assert page.nothing.text() == "“plan.dmplan” is damaged and cannot be read."
    assert page.verify.isVisible() and page.verify.isEnabled() and not page.first.isVisible()


def test_nothing_but_the_window_is_on_the_screen(page, window, sealed):
    page.reveal("3.0")
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [window]
