"""The page of the reviews: minutes to read, to compare, to print, and what a review changed taken back by risk."""

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dmdesk.plan import Plan
from dmdesk.risks import deeds, reviewing
from tests.core.risks import meeting as register
from tests.ui.answers import Answers
from ui.context import Context
from ui.minutes.page import ReviewsPage
from ui.minutes.printing import print_minutes
from ui.views import make_page


def hold(plan: Any, day: str, level: int, words: str) -> Any:
    """A whole review, in which A is judged."""
    review = register.begin(plan, day)
    one = register.item(plan, review, "A")
    register.do(plan, deeds.rate(plan.data, review, one, {"likelihood": level}))
    register.do(plan, deeds.note(plan.data, review, one, words))
    register.do(plan, reviewing.through(plan.data, review, one, 90))
    register.do(plan, reviewing.finish(plan.data, review))
    return review


@pytest.fixture
def ctx(empty: Context, tmp_path: Path) -> Context:
    plan: Any = register.file(tmp_path)
    hold(plan, "2017-06-26", 5, "It gets <b>worse</b>")
    hold(plan, "2017-09-25", 2, "It gets better")
    plan.close()
    empty.open(tmp_path / "risks.dmplan")
    return empty


@pytest.fixture
def page(ctx: Context, qtbot: QtBot) -> ReviewsPage:
    made = make_page(ctx, "review")
    assert isinstance(made, ReviewsPage)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.shown()
    return made


def test_reviews_stand_newest_first_and_the_newest_is_read(page: ReviewsPage) -> None:
    assert [line.words for line in page.lines.lines] == ["2017-09-25  Risk review", "2017-06-26  Risk review"]
    text = page.minutes.text.toPlainText()
    assert "It gets better" in text
    assert "Since the review of 2017-06-26: 1 lowered" in text


def test_what_was_typed_is_shown_as_it_is(page: ReviewsPage, ctx: Context) -> None:
    page.reveal(next(row.id for row in ctx.data.rows("review").values() if ctx.data.key(row) == "2017-06-26"))
    assert "It gets <b>worse</b>" in page.minutes.text.toPlainText()


def test_any_two_reviews_are_compared(page: ReviewsPage, ctx: Context) -> None:
    page.reveal(next(row.id for row in ctx.data.rows("review").values() if ctx.data.key(row) == "2017-06-26"))
    page.minutes.compared.setCurrentIndex(0)
    page.minutes._write()
    text = page.minutes.text.toPlainText()
    assert "From 2017-06-26 to 2017-09-25" in text
    assert "Lowered" in text


def test_what_it_changed_of_a_risk_is_taken_back_and_the_minutes_say_so(
    page: ReviewsPage, ctx: Context
) -> None:
    entries = [entry.text() for entry in page.minutes.menu().actions()]
    assert entries == ["What it changed of DM-T-001 Risk A"]
    page.minutes.take_back("A")
    assert deeds.levels_of(ctx.data, "A")["likelihood"] == 5
    assert page.minutes.remark.text() == "What this review changed of DM-T-001 was taken back since."
    assert page.minutes.menu().actions()[0].text() == "It changed nothing that still stands"
    ctx.undo()
    assert deeds.levels_of(ctx.data, "A")["likelihood"] == 2


def test_an_earlier_review_is_not_taken_back_past_a_later_one(
    page: ReviewsPage, ctx: Context, answers: Answers
) -> None:
    page.reveal(next(row.id for row in ctx.data.rows("review").values() if ctx.data.key(row) == "2017-06-26"))
    page.minutes.take_back("A")
    assert "because “DM-T-001: reviewed” of" in answers.told[-1]


def test_minutes_are_printed_to_a_file_of_their_own(
    page: ReviewsPage, ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = tmp_path / "minutes"
    assert page.minutes.review is not None
    print_minutes(ctx, page.minutes.review)
    assert "risk-review-2017-09-25.pdf" in answers.asked[-1]
    target = tmp_path / "minutes.pdf"
    qtbot.waitUntil(target.exists, timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF")


def test_on_a_read_only_plan_past_reviews_are_read(page: ReviewsPage, ctx: Context) -> None:
    assert ctx.plan is not None
    path = ctx.plan.path
    ctx.close()
    ctx.take(Plan.open(path, read_only=True))
    page.shown()
    assert "It gets better" in page.minutes.text.toPlainText()
    assert not page.minutes.undo.isEnabled()


def test_without_a_review_the_page_says_how_to_start_one(
    empty: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    Plan.create(tmp_path / "none.dmplan").close()
    empty.open(tmp_path / "none.dmplan")
    made = ReviewsPage(empty)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    assert made.nothing.isVisible()
