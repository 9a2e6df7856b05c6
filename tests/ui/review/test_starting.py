"""Starting a review: the sheet, what it chooses, and what is said where there is nothing to review or write."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dmdesk.model import RiskReview
from dmdesk.plan import Plan
from dmdesk.risks import reviewing
from tests.ui.answers import Answers
from tests.ui.test_accessible import nameless
from ui.actions import actions, perform
from ui.context import Context
from ui.review.meeting import Meeting
from ui.review.starting import DUE, OTHER, RunningSheet, StartSheet
from ui.theme import themes


@pytest.fixture
def sheet(ctx: Context, qtbot: QtBot) -> StartSheet:
    begun: list[str] = []
    made = StartSheet(ctx, begun.append)
    made.begun = begun  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.day.set_value("2017-09-25")
    made._count()
    return made


def reviews(ctx: Context) -> list[RiskReview]:
    return [row for row in ctx.data.rows("review").values() if isinstance(row, RiskReview)]


def test_all_open_risks_are_counted_with_those_that_are_overdue(sheet: StartSheet) -> None:
    assert sheet.counted.text() == "4 risks, 1 of them overdue: these come first"
    assert nameless(sheet) == []


def test_the_review_begins_with_who_is_there(sheet: StartSheet, ctx: Context) -> None:
    sheet.people.set_value(("ann",))
    sheet.others.setPlainText("A guest\nAnother")
    sheet.accept()
    (review,) = reviews(ctx)
    assert (review.key, review.people, review.others) == ("2017-09-25", ("ann",), ("A guest", "Another"))
    assert sheet.begun == [review.id]  # type: ignore[attr-defined]


def test_a_name_that_is_nobodys_is_one_of_the_others(sheet: StartSheet, ctx: Context) -> None:
    sheet.people.set_value(("ann", "?Somebody Else"))
    sheet.accept()
    assert (reviews(ctx)[0].people, reviews(ctx)[0].others) == (("ann",), ("Somebody Else",))


def test_a_filter_chooses_the_risks_and_is_kept(sheet: StartSheet, ctx: Context) -> None:
    sheet.which.setCurrentIndex(sheet.which.findData(OTHER))
    sheet.filter.set_value("state:candidate")
    sheet._count()
    assert sheet.counted.text() == "1 risk"
    sheet.accept()
    assert [item.risk for item in reviewing.agenda(ctx.data, reviews(ctx)[0].id)] == ["C"]
    assert reviews(ctx)[0].scope == "state:candidate"


def test_a_filter_that_cannot_be_read_is_said(sheet: StartSheet, ctx: Context) -> None:
    sheet.which.setCurrentIndex(sheet.which.findData(OTHER))
    sheet.filter.set_value("nofield:x")
    sheet.accept()
    assert sheet.wrong.text() != ""
    assert reviews(ctx) == []


def test_no_risk_in_scope_is_said_and_nothing_begun(sheet: StartSheet, ctx: Context) -> None:
    sheet.which.setCurrentIndex(sheet.which.findData(OTHER))
    sheet.filter.set_value("nosuchrisk")
    sheet._count()
    assert "No risk is to be looked at" in sheet.counted.text()
    sheet.accept()
    assert "No risk is to be looked at" in sheet.wrong.text()
    assert reviews(ctx) == []


def test_a_review_without_a_day_is_refused(sheet: StartSheet, ctx: Context) -> None:
    sheet.day.set_value("")
    sheet.accept()
    assert "has a day" in sheet.wrong.text()


def test_only_those_due_are_offered(sheet: StartSheet) -> None:
    assert sheet.which.findData(DUE) == 1


def test_a_running_review_is_offered_to_be_resumed(ctx: Context, qtbot: QtBot) -> None:
    deed = reviewing.start(ctx.data, "2017-09-25")
    ctx.step(deed.title, deed.changes, deed.why)
    perform(actions()["risk.review"], ctx)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, RunningSheet)
    asked.accept()
    (meeting,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, Meeting) and one.isVisible()
    ]
    assert meeting.session.id == deed.about
    meeting.close()
    assert themes().factor == 1


def test_on_a_read_only_plan_a_sentence_says_so(ctx: Context, answers: Answers) -> None:
    assert ctx.plan is not None
    path = ctx.plan.path
    ctx.close()
    ctx.take(Plan.open(path, read_only=True))
    perform(actions()["risk.review"], ctx)
    assert "this plan cannot be changed" in answers.told[-1]


def test_without_risks_a_sentence_says_so(empty: Context, answers: Answers, tmp_path: Path) -> None:
    Plan.create(tmp_path / "none.dmplan").close()
    empty.open(tmp_path / "none.dmplan")
    perform(actions()["risk.review"], empty)
    assert "no risks to review" in answers.told[-1]
