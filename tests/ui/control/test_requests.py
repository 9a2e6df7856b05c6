"""The page of change requests: where each stands, what may be done, and what is said and changed, in a real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from dmdesk.changes import drop_all, put
from dmdesk.control.requests import comments_of, last_move, open_objections
from tests.core.control.requested import now_in
from ui import working
from ui.control import sheets
from ui.control.page import UNREQUESTED, RequestsPage
from ui.window import Window


@pytest.fixture
def page(window: Window) -> RequestsPage:
    """The page with the request in front."""
    window.go("rfc", "RFC")
    made = window.pages["rfc"]
    assert isinstance(made, RequestsPage)
    return made


def filled(sheet, **values):
    """Type values into a sheet and accept it; what it says is wrong."""
    for name, value in values.items():
        sheet.editors[name].set_value(value)
    sheet.accept()
    return sheet.wrong.text()


def conditions(page):
    """The conditions that are listed, as a screen reader says them."""
    moves = page.details.moves
    names = [one.accessibleName() for one in moves.findChildren(QLabel) if one.isVisibleTo(moves)]
    return [name for name in names if name.startswith(("Holds", "Does not hold"))]


def differences(view):
    """The lines of a list of differences in words, without its headings."""
    changes = view.changes
    return [changes.spoken(line) for line in changes.lines if line.sort != "group"]


def test_the_list_says_where_a_request_stands_and_what_is_left_of_its_clock(page):
    entry = next(one for one in page.entries() if one.id == "RFC")
    assert (entry.key, entry.title, entry.state) == ("RFC-1", "Rename the archive", "proposed")
    assert entry.facts == "66 h left · Ann"
    assert "RFC-1, Rename the archive, proposed, 66 h left" in page.list.model().index(0, 0).data()


def test_a_move_waits_for_its_conditions_which_are_listed_and_is_free_once_they_hold(page, moment):
    adopt = page.details.moves.buttons["adopted"]
    assert not adopt.isEnabled()
    assert any(words.startswith("Does not hold: The clock of 72 hours runs") for words in conditions(page))
    moment.be("2017-07-06 18:00")
    page.details.tick()
    assert page.details.moves.buttons["adopted"].isEnabled()
    assert all(words.startswith("Holds") for words in conditions(page))


def test_the_clock_shows_what_is_left_and_never_adopts_by_itself(page, ctx, moment):
    assert page.details.clock.words.text() == "66 h left, until 2017-07-06 18:00 UTC"
    assert page.details.clock.bar.value() == 1000 * 6 // 72
    moment.be("2017-07-06 18:01")
    page.details.tick()
    assert page.details.clock.words.text() == "May be adopted since 2017-07-06 18:00 UTC"
    assert page.details.clock.bar.value() == 1000
    assert now_in(ctx.data).state == "proposed"


def test_each_minute_list_and_clock_are_looked_at_again_while_somebody_sees_them(page, window, moment):
    assert page.details.minute.isActive()
    moment.be("2017-07-05 18:00")
    page.details.minute.timeout.emit()
    assert page.list.entries[0].facts == "24 h left · Ann"
    assert page.details.clock.words.text().startswith("24 h left")
    window.go("product", "ARC")
    assert not page.details.minute.isActive()


def test_adopting_is_one_step_under_the_request_with_who_and_why(page, ctx, moment):
    moment.be("2017-07-07 09:00")
    assert filled(sheets.move(ctx, now_in(ctx.data), "adopted"), reason="Nobody objects", who="ann") == ""
    assert (now_in(ctx.data).state, now_in(ctx.data).conclusion) == ("adopted", "Nobody objects")
    assert (ctx.plan.undoable.title, ctx.plan.undoable.rfc) == ("Adopt RFC-1", "RFC")
    assert last_move(ctx.data, "RFC").who == "ann"
    assert set(page.details.moves.buttons) == {"implemented", "withdrawn"}


def test_a_reason_moves_a_request_before_its_clock_ran_out_and_none_does_not(page, ctx):
    sheet = sheets.move(ctx, now_in(ctx.data), "adopted")
    assert "cannot become adopted yet" in filled(sheet, reason="", despite="", who="ann")
    assert now_in(ctx.data).state == "proposed"
    assert filled(sheet, despite="The manager needs it today") == ""
    assert "despite clock: The manager needs it today" in last_move(ctx.data, "RFC").reason


def test_an_objection_is_raised_shown_and_answered(page, ctx):
    page.details.tabs.setCurrentIndex(1)
    assert (
        filled(sheets.object_to(ctx, now_in(ctx.data)), name="Too long", words="Why so?", person="ben") == ""
    )
    (row,) = open_objections(ctx.data, "RFC")
    assert page.details.tabs.tabText(1) == "Discussion (1, 1 open)"
    assert "1 open objection" in next(one for one in page.entries() if one.id == "RFC").facts
    assert ("answer", row.id) in page.details.talk.buttons
    assert filled(sheets.answer(ctx, row), answer="Made shorter.", answerer="ann") == ""
    assert open_objections(ctx.data, "RFC") == []
    QTest.mouseClick(page.details.talk.buttons["reopen", row.id], Qt.MouseButton.LeftButton)
    assert [one.id for one in open_objections(ctx.data, "RFC")] == [row.id]


def test_a_comment_is_kept_as_it_was_typed_and_an_empty_one_is_refused(page, ctx):
    assert "an empty comment is none" in filled(
        sheets.comment(ctx, now_in(ctx.data)), words=" ", person="ben"
    )
    assert filled(sheets.comment(ctx, now_in(ctx.data)), words="<b>Fine</b>", person="ben") == ""
    assert [one.words for one in comments_of(ctx.data, "RFC")] == ["<b>Fine</b>"]
    page.details.tabs.setCurrentIndex(1)
    shown = [one.text() for one in page.details.talk.findChildren(QLabel)]
    assert "<b>Fine</b>" in shown
    assert all(one.textFormat() == Qt.TextFormat.PlainText for one in page.details.talk.findChildren(QLabel))


def test_a_new_request_gets_the_next_number_and_a_clock_and_is_shown(page, ctx):
    sheet = sheets.propose(ctx)
    assert "Say in a line what is proposed" in filled(sheet, name="")
    assert filled(sheet, name="Split the access center", proposal="Split it.", weight="major") == ""
    row = ctx.data.find("rfc", "RFC-2")
    assert (row.proposed, row.planned_end) == ("2017-07-04T00:00Z", "2017-07-11T00:00Z")
    assert page.entry() == row.id
    assert ctx.current == ("rfc", row.id)


def test_what_was_done_under_a_request_is_shown_with_the_problems_it_causes(page, ctx, qtbot):
    page.details.tabs.setCurrentIndex(2)
    assert "Nothing of the plan was changed under RFC-1 yet" in page.details.changed.words.text()
    working.work_on(ctx, "RFC")
    intro = ctx.data.rows("section")["INTRO"]
    ctx.step("Reword", [put(intro, {"body": "Words with [[nothing-there]]."})])
    qtbot.waitUntil(lambda: "Causes" in page.details.changed.causes.text(), timeout=10_000)
    assert "[[nothing-there]] names nothing in this plan." in page.details.changed.causes.text()
    assert differences(page.details.changed.table) == [
        "Section intro “Introduction”, changed", "Text: was Words., is Words with [[nothing-there]]."
    ]  # fmt: skip
    assert page.details.tabs.tabText(2) == "Changes (1)"


def test_differences_tell_what_was_done_under_a_request_whatever_was_done_since(page, ctx):
    archive = ctx.data.rows("product")["ARC"]
    ctx.step("Rename", [put(archive, {"name": "Vault"})], rfc="RFC")
    ctx.step("Drop", drop_all(ctx.data, [ctx.data.rows("product")["DAC"]]), rfc="RFC")
    ctx.step("Rename again", [put(ctx.data.rows("product")["ARC"], {"name": "Cellar", "jira": "DM"})])
    page.details.tabs.setCurrentIndex(2)
    told = differences(page.details.changed.table)
    assert "Name: was Archive, is Vault" in told
    assert any("DAC" in line and "dropped" in line for line in told)
    assert not any("JIRA" in line or "Cellar, was" in line for line in told)


def test_the_steps_of_a_request_are_shown_in_the_history(page, window, ctx):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})], rfc="RFC")
    ctx.step("Rename", [put(ctx.data.rows("product")["DAC"], {"name": "Door"})])
    page.details.tabs.setCurrentIndex(2)
    QTest.mouseClick(page.details.changed.steps, Qt.MouseButton.LeftButton)
    history = window.pages["history"]
    assert history.filter.text() == "rfc:RFC-1"
    assert {step.rfc for step in history.steps.rows} == {"RFC"}


def test_withdrawing_can_take_back_what_was_done_under_it(page, ctx):
    working.work_on(ctx, "RFC")
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})])
    sheet = sheets.move(ctx, now_in(ctx.data), "withdrawn")
    sheet.tick.setChecked(True)
    assert filled(sheet, reason="Nobody wants it", who="ann") == ""
    assert now_in(ctx.data).state == "withdrawn"
    assert ctx.data.rows("product")["ARC"].name == "Archive"


def test_what_was_changed_without_a_request_is_listed_and_assigned(page, ctx, answers):
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})])
    page.reveal(UNREQUESTED)
    assert [one.step.title for one in page.without.found] == ["Rename"]
    QTest.mouseClick(page.without.assign, Qt.MouseButton.LeftButton)
    assert answers.asked[-1].startswith("Assign to a change request")
    assert ctx.plan.history()[0].rfc == "RFC"
    assert [one.id for one in page.entries()] == ["RFC"]
    assert page.work.steps("RFC") == 1


def test_what_was_done_under_a_request_that_was_deleted_is_named_and_can_be_assigned(page, ctx, answers):
    id = sheets.deeds.propose(ctx, {"name": "Another", "sort": "RFC"})[0]
    ctx.step("Rename", [put(ctx.data.rows("product")["ARC"], {"name": "Vault"})], rfc=id)
    assert page.work.without() == []
    ctx.step("Delete", drop_all(ctx.data, [ctx.data.rows("rfc")[id]]))
    page.reveal(UNREQUESTED)
    assert "Rename" in page.without.list.model().index(0, 0).data()
    assert "RFC-2 (deleted)" in page.without.list.model().index(0, 0).data()
    QTest.mouseClick(page.without.assign, Qt.MouseButton.LeftButton)
    assert page.work.without() == []
    assert page.work.steps("RFC") == 1


def test_the_filter_narrows_the_list_and_the_table_shows_the_same_rows(page, ctx):
    page.filter.setText("state:adopted")
    assert page.entries() == []
    page.reveal("RFC")
    assert page.filter.text() == ""
    page.tabs.setCurrentIndex(1)
    assert page.grid.isVisible()
    assert page.model.shown == ["RFC"]


def test_a_plan_that_is_only_read_shows_all_and_changes_nothing(page, ctx, monkeypatch):
    monkeypatch.setattr(ctx.plan, "read_only", "It is read only.")
    page.details.renew()
    page.details.talk.show_talk(now_in(ctx.data))
    assert not any(button.isEnabled() for button in page.details.moves.buttons.values())
    assert not page.details.on_it.isEnabled()
    assert not page.details.talk.object.isEnabled()
