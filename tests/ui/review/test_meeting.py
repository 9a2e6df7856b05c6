"""The meeting: what is shown of a risk, what each key does, and that nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.risks import deeds, reviewing
from tests.ui.answers import Answers
from tests.ui.review.conftest import item, review_of
from tests.ui.test_accessible import nameless
from ui.context import Context
from ui.review import asking
from ui.review.asking import ActionSheet, JumpSheet, WordsSheet
from ui.review.meeting import Meeting, factor_for, open_meeting
from ui.theme import themes
from ui.window import Window

K = Qt.Key


def titles(ctx: Context) -> list[str]:
    assert ctx.plan is not None
    return [step.title for step in ctx.plan.history()]


def sheet() -> WordsSheet | ActionSheet | JumpSheet:
    found = QApplication.activeModalWidget()
    assert isinstance(found, WordsSheet | ActionSheet | JumpSheet)
    return found


def test_the_first_risk_is_shown_with_its_figures_and_the_agenda_says_how_far_it_is(
    held: Meeting, qtbot: QtBot
) -> None:
    assert held.desk.head.title.text() == "Risk A"
    assert held.desk.head.late.text() == "·  26 days overdue"
    assert held.agenda.far.text() == "0 of 4 reviewed · 1 overdue first"
    qtbot.waitUntil(lambda: "score 22 high" in held.desk.line.text())
    assert held.desk.map.trail[0] == "DM-T-001"


def test_space_is_reviewed_and_next_and_left_goes_back(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    qtbot.keyClick(held, K.Key_Space)
    assert (held.desk.head.title.text(), item(ctx, "A").state) == ("Risk B", "reviewed")
    assert held.agenda.far.text() == "1 of 4 reviewed"
    qtbot.keyClick(held, K.Key_Left)
    assert (held.desk.head.title.text(), item(ctx, "A").state) == ("Risk A", "waiting")


def test_a_skipped_risk_comes_back_at_the_end(held: Meeting, qtbot: QtBot) -> None:
    seen = []
    qtbot.keyClick(held, K.Key_S)
    for _ in range(4):
        seen.append(held.desk.head.title.text())
        qtbot.keyClick(held, K.Key_Space)
    assert seen == ["Risk B", "Risk H", "Risk C", "Risk A"]
    assert held.stack.currentIndex() == 1
    assert "Every risk has been looked at" in held.minutes.remark.text()


def test_a_level_is_a_step_at_once_and_the_old_one_stays_beside_it(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    boxes = held.desk.scores.lines["likelihood"]
    boxes.setFocus()
    qtbot.keyClick(boxes, K.Key_2)
    assert titles(ctx)[0] == "DM-T-001: likelihood 4 → 2"
    assert (boxes.level, boxes.old) == (2, 4)
    assert "was 4" in held.desk.scores.likelihood.text()
    assert "was 4" in boxes.accessibleDescription()
    qtbot.waitUntil(lambda: "(was 22)" in held.desk.line.text())
    qtbot.keyClick(boxes, K.Key_Right)
    assert titles(ctx)[0] == "DM-T-001: likelihood 2 → 3"


def test_the_figures_move_while_an_amount_is_typed_and_nothing_is_written_yet(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    qtbot.waitUntil(lambda: held.desk.line.text() != "")
    before, steps = held.desk.line.text(), titles(ctx)
    field = held.desk.amounts.places["cost_max"].editor.line  # type: ignore[attr-defined]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "90k")
    qtbot.waitUntil(lambda: held.desk.line.text() != before)
    assert "(was $" in held.desk.line.text()
    assert titles(ctx) == steps
    qtbot.keyClick(field, K.Key_Return)
    assert titles(ctx)[0] == "DM-T-001: greatest cost 900 → 90,000"
    assert held.desk.amounts.places["cost_max"].was.text() == "was 900"


def test_an_amount_that_is_none_is_said_below_and_the_risk_stays(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    field = held.desk.amounts.places["cost_max"].editor.line  # type: ignore[attr-defined]
    field.setFocus()
    field.setText("much")
    held.press("next")
    assert held.desk.head.title.text() == "Risk A"
    assert "not an amount" in held.desk.amounts.places["cost_max"].was.text()
    qtbot.keyClick(field, K.Key_Escape)
    assert field.text() == "900"


def test_a_space_in_the_notes_is_a_space_and_ctrl_enter_goes_on(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    notes = held.desk.talk.notes
    notes.setFocus()
    qtbot.keyClicks(notes, "Go on so")
    qtbot.keyClick(notes, K.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (item(ctx, "A").notes, item(ctx, "A").state) == ("Go on so", "reviewed")
    assert held.desk.head.title.text() == "Risk B"
    assert notes.toPlainText() == ""


def test_notes_are_one_step_a_pause_and_not_one_a_letter(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    held.desk.talk._silence.setInterval(50)
    held.desk.talk.notes.setFocus()
    qtbot.keyClicks(held.desk.talk.notes, "Agreed.")
    qtbot.waitUntil(lambda: item(ctx, "A").notes == "Agreed.")
    assert titles(ctx).count("DM-T-001: notes") == 1


def test_nothing_typed_is_lost_when_the_meeting_is_left(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    held.desk.talk.notes.setFocus()
    qtbot.keyClicks(held.desk.talk.notes, "Not yet paused")
    field = held.desk.amounts.places["cost_min"].editor.line  # type: ignore[attr-defined]
    field.setFocus()
    qtbot.keyClicks(field, "1")
    held.close()
    assert item(ctx, "A").notes == "Not yet paused"
    assert ctx.data.rows("risk")["A"].cost_min == 1100  # type: ignore[attr-defined]
    assert themes().factor == 1


def test_a_review_goes_on_where_it_was_left(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    qtbot.keyClick(held, K.Key_Space)
    qtbot.keyClick(held, K.Key_Escape)
    assert not held.isVisible()
    assert ctx.plan is not None
    with Plan.open(ctx.plan.path, read_only=True) as other:
        assert reviewing.running(other.data) is not None
    again = Meeting(ctx, review_of(ctx).id)
    qtbot.addWidget(again)
    again.show()
    assert again.desk.head.title.text() == "Risk B"


def test_a_retired_risk_wants_a_reason(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    qtbot.keyClick(held, K.Key_R)
    asked = sheet()
    asked.accept()
    assert "Say why" in asked.wrong.text()
    asked.text.setPlainText("No longer possible")  # type: ignore[union-attr]
    asked.accept()
    assert ctx.data.rows("risk")["A"].state == "retired"  # type: ignore[attr-defined]
    assert held.desk.talk.buttons["retire"].isChecked()


def test_a_risk_is_realised_and_its_actions_are_because_of_it(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    qtbot.keyClick(held, K.Key_O)
    asked = sheet()
    asked.text.setPlainText("Two have left")  # type: ignore[union-attr]
    asked.accept()
    qtbot.keyClick(held, K.Key_A)
    action = sheet()
    assert isinstance(action, ActionSheet)
    action.accept()
    assert action.wrong.text() == "Say what is to be done."
    action.what.setText("Hire")
    action.accept()
    (made,) = [row for row in ctx.data.rows("action").values() if ctx.data.title(row) == "Hire"]
    assert (made.on_realisation, made.owner) == (True, "ann")  # type: ignore[attr-defined]
    assert [row.name for row in held.desk.responses.rows()] == ["Train deputies", "Name deputies", "Hire"]


def test_a_risk_is_escalated_with_what_is_to_be_decided(held: Meeting, qtbot: QtBot, ctx: Context) -> None:
    qtbot.keyClick(held, K.Key_E)
    asked = sheet()
    asked.text.setPlainText("Who pays?")  # type: ignore[union-attr]
    asked.accept()
    assert item(ctx, "A").decision == "escalate"
    assert titles(ctx)[0] == "DM-T-001: escalated to the board"


def test_jumping_finds_by_a_part_of_the_id_and_puts_others_on_the_agenda(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    for typed, title in (("003", "Risk C"), ("t-004", "Risk D")):
        qtbot.keyClick(held, K.Key_G)
        asked = sheet()
        assert isinstance(asked, JumpSheet)
        asked.field.setText(typed)
        asked.accept()
        assert held.desk.head.title.text() == title
    assert item(ctx, "D").place == 5
    qtbot.keyClick(held, K.Key_Space)
    assert held.desk.head.title.text() == "Risk A"


def test_a_risk_that_is_deleted_meanwhile_is_said_to_be_gone(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    ctx.step("Delete", c.drop_all(ctx.data, [ctx.data.rows("risk")["A"]]))
    assert held.desk.head.facts.text() == "No longer in the plan"
    assert not held.keys.buttons["action"].isEnabled()
    qtbot.keyClick(held, K.Key_A)
    qtbot.keyClick(held, K.Key_Space)
    assert held.desk.head.title.text() == "Risk B"


def test_what_another_step_changes_is_shown(held: Meeting, ctx: Context) -> None:
    ctx.step("Rename", [c.put(ctx.data.rows("risk")["A"], {"name": "Another", "cost_max": 700})])
    assert held.desk.head.title.text() == "Another"
    assert held.desk.amounts.places["cost_max"].editor.value() == 700


def test_undo_takes_the_last_thing_back_and_shows_where_it_was(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    qtbot.keyClick(held, K.Key_Space)
    qtbot.keyClick(held, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (held.desk.head.title.text(), item(ctx, "A").state) == ("Risk A", "waiting")


def test_a_review_that_is_taken_back_ends_the_meeting(held: Meeting, ctx: Context) -> None:
    ctx.undo()
    assert not held.isVisible()


def test_a_headline_is_judged_at_its_worst_child(held: Meeting, ctx: Context) -> None:
    held.session.look_at(item(ctx, "H").id)
    assert held.desk.scores.lines["likelihood"].fixed
    assert "DM-T-002" in held.desk.scores.remark.text()


def test_an_action_is_set_in_place(held: Meeting, ctx: Context) -> None:
    assert ctx.plan is not None
    held.session.do(deeds.progressed, ctx.data.rows("action")["T"], "done")
    assert titles(ctx)[0] == "DM-T-001: “Name deputies” done"
    held.desk.renew()
    assert ctx.data.rows("action")["T"].done == "2017-09-25"  # type: ignore[attr-defined]


def test_finishing_asks_about_what_is_left_and_shows_the_minutes(
    held: Meeting, qtbot: QtBot, ctx: Context, answers: Answers
) -> None:
    qtbot.keyClick(held, K.Key_Space)
    answers.yes = False
    held.finish()
    assert review_of(ctx).state == "running"
    answers.yes = True
    held.finish()
    assert "3 risks are not reviewed" in answers.asked[-1]
    assert (review_of(ctx).state, held.stack.currentIndex()) == ("finished", 1)
    assert "1 of 4 reviewed" in held.minutes.text.toPlainText()
    qtbot.keyClick(held, K.Key_Space)
    assert review_of(ctx).state == "finished"


def test_decisions_are_chosen_and_taken_out_again(held: Meeting, ctx: Context) -> None:
    held.desk.talk.buttons["watch"].click()
    assert item(ctx, "A").decision == "watch"
    held.desk.talk.buttons["watch"].click()
    assert item(ctx, "A").decision == ""


@pytest.mark.parametrize(
    ("width", "height", "factor"), [(1000, 650, 1.0), (1440, 860, 1.2), (1920, 1080, 1.5)]
)
def test_type_grows_with_the_screen(width: int, height: int, factor: float) -> None:
    assert factor_for(width, height) == factor


def test_the_meeting_is_made_anew_in_another_theme_and_size_with_what_was_typed(
    held: Meeting, qtbot: QtBot, ctx: Context
) -> None:
    held.desk.talk.notes.setPlainText("Kept")
    themes().enlarge(1.3)
    assert held.desk.talk.notes.toPlainText() == "Kept"
    assert item(ctx, "A").notes == "Kept"
    assert themes().factor == 1.3


def test_every_control_of_the_meeting_has_a_name(held: Meeting) -> None:
    assert nameless(held) == []
    made = asking.action(held.session)
    assert made is not None
    assert nameless(made) == []
    made.reject()


def test_keys_are_those_on_the_buttons(held: Meeting) -> None:
    assert [button.text() for button in held.keys.buttons.values()] == [
        "Previous (←)", "Go to… (G)", "Action… (A)", "Escalate… (E)", "Close… (R)", "Realised… (O)", "Skip (S)",
        "Reviewed, next → (Space)",
    ]  # fmt: skip


@pytest.mark.parametrize("where", ["levels", "state", "agenda"])
def test_the_keys_work_from_whatever_takes_no_text(
    held: Meeting, qtbot: QtBot, ctx: Context, where: str
) -> None:
    boxes = held.desk.responses.findChildren(QComboBox)
    widget: QWidget = {
        "levels": held.desk.scores.lines["likelihood"], "state": boxes[0], "agenda": held.agenda.list,
    }[where]  # fmt: skip
    widget.setFocus()
    qtbot.keyClick(widget, K.Key_Space)
    assert item(ctx, "A").state == "reviewed"


def test_a_word_that_does_not_fit_is_not_lost_unasked(
    held: Meeting, qtbot: QtBot, ctx: Context, answers: Answers
) -> None:
    held.desk.amounts.places["cost_max"].editor.line.setText("much")  # type: ignore[attr-defined]
    answers.yes = False
    held.close()
    assert held.isVisible()
    assert "Leave the review?" in answers.asked[-1]
    answers.yes = True
    held.close()
    assert not held.isVisible()


def test_the_window_behind_is_as_large_as_before(ctx: Context, qtbot: QtBot) -> None:
    window = Window(ctx)
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    qtbot.wait(50)
    before = (window.size(), window.navigation.width())
    deed = reviewing.start(ctx.data, "2017-09-25")
    ctx.step(deed.title, deed.changes, deed.why)
    meeting = open_meeting(ctx, deed.about, window)
    themes().enlarge(1.6)
    qtbot.wait(50)
    meeting.close()
    qtbot.wait(50)
    assert (window.size(), window.navigation.width()) == before


def test_what_was_typed_stays_when_it_cannot_be_written(
    held: Meeting, qtbot: QtBot, ctx: Context, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ctx.plan is not None

    def full(*_: object) -> None:
        raise PlanError("The disk is full.")

    monkeypatch.setattr(ctx.plan, "step", full)
    held.desk.talk.notes.setPlainText("Important")
    field = held.desk.amounts.places["cost_max"].editor
    field.line.setText("700")  # type: ignore[attr-defined]
    held.press("next")
    assert answers.told[-1] == "The disk is full."
    assert (held.desk.talk.notes.toPlainText(), field.value()) == ("Important", 700)
    assert held.desk.head.title.text() == "Risk A"
    monkeypatch.undo()
    held.press("next")
    assert item(ctx, "A").notes == "Important"
    assert ctx.data.rows("risk")["A"].cost_max == 700  # type: ignore[attr-defined]


def test_the_last_review_is_one_before_this_one(held: Meeting, ctx: Context) -> None:
    held.session.do(deeds.rate, {"likelihood": 2})
    assert "last reviewed 2017-06-01" in held.desk.head.facts.text()
