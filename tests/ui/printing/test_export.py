"""The sheet that prints to PDF: what is chosen is what is printed, whole or not at all."""

import hashlib
import threading
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from dmdesk import report
from dmdesk.changes import add, put
from dmdesk.checks import Finding
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from dmdesk.values import replace
from tests.ui.answers import Answers
from ui import changesheet, settings
from ui.context import Context
from ui.printing import making
from ui.printing.export import ExportSheet, ask
from ui.printview.pdf import Pdf


@pytest.fixture
def sheet(ctx: Context):
    ask(ctx)
    (made,) = changesheet._open
    assert isinstance(made, ExportSheet)
    yield made
    for one in list(changesheet._open):
        one.close()


def printed(sheet: ExportSheet, qtbot) -> report.Printed:
    sheet.accept()
    qtbot.waitUntil(lambda: sheet.outcome.printed is not None, timeout=20_000)
    assert sheet.outcome.printed is not None
    return sheet.outcome.printed


def test_a_file_beside_the_plan_is_proposed_named_after_its_handle(sheet, tmp_path):
    assert sheet.path == tmp_path / "LDM-294.pdf"


def test_the_whole_plan_is_printed_and_its_sum_shown(sheet, tmp_path, qtbot):
    made = printed(sheet, qtbot)
    data = (tmp_path / "LDM-294.pdf").read_bytes()
    assert data == made.pdf
    assert sheet.outcome.sum.text() == hashlib.sha256(data).hexdigest()
    sheet.outcome.copy()
    assert QApplication.clipboard().text() == made.sha256
    assert "LDM-294.pdf" in sheet.outcome.words.text()


def test_chosen_chapters_alone_are_printed(sheet, qtbot):
    sheet.whole.setChecked(False)
    assert not sheet.yes.isEnabled(), "nothing is chosen yet"
    names = [sheet.chapters.item(at).data(Qt.ItemDataRole.UserRole) for at in range(sheet.chapters.count())]
    assert names == list(report.chapter_titles(sheet.ctx.data))
    assert "risks" in names
    sheet.chapters.item(names.index("wbs")).setCheckState(Qt.CheckState.Checked)
    assert sheet.options().only == ("wbs",)
    made = printed(sheet, qtbot)
    words = "".join(Pdf(made.pdf).words(page, 0, 9999) for page in range(made.pages))
    assert "1.02C.03.09" in words
    assert "Header Generator" not in words


def test_datasheets_have_the_history_and_the_open_problems_of_their_products(
    sheet, ctx: Context, tmp_path, qtbot
):
    row = next(iter(ctx.data.rows("product").values()))
    ctx.step("Describe it", [put(row, {"description": "Once."})])
    ctx.step("Describe it", [put(ctx.data.get("product", row.id), {"description": "Twice."})])
    noted = Finding("product.no-owner", "warning", "product", row.id, "owners", "This one is open.")
    ctx.found_now([noted, replace(noted, level="accepted", words="This one is accepted.", accepted="So.")])
    sheet.whole.setChecked(False)
    names = list(report.chapter_titles())
    sheet.chapters.item(names.index("datasheets")).setCheckState(Qt.CheckState.Checked)
    pdf = PdfDocument(printed(sheet, qtbot).pdf)
    said = " ".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    assert "Description: Once. → Twice." in said
    assert "This one is open." in said
    assert "This one is accepted." not in said


def test_the_minutes_of_each_review_can_be_chosen_the_last_one_first(ctx, qtbot):
    days = ("2017-06-28", "2017-09-25")
    rows = [kinds()["review"].make({"key": day, "name": "Quarterly review", "date": day}) for day in days]
    ctx.plan.step("Hold reviews", [add(row) for row in rows])
    ask(ctx)
    (sheet,) = changesheet._open
    sheet.whole.setChecked(False)
    items = [sheet.chapters.item(at) for at in range(sheet.chapters.count())]
    assert [item.data(Qt.ItemDataRole.UserRole) for item in items[-2:]] == [
        f"review:{day}" for day in reversed(days)
    ]
    assert items[-2].text() == "Minutes: Quarterly review (2017-09-25)"
    items[-2].setCheckState(Qt.CheckState.Checked)
    assert sheet.options().only == ("review:2017-09-25",)
    made = printed(sheet, qtbot)
    sheet.close()
    assert "Since the review of 2017-06-28" in " ".join(Pdf(made.pdf).words(0, 0, 9999).split())


def test_paper_state_and_the_embedded_plan_are_passed_on_and_the_paper_remembered(sheet, qtbot, monkeypatch):
    seen: list[report.Options] = []
    real = report.make

    def make(data: PlanData, options: report.Options, *rest: object) -> report.Printed:
        seen.append(options)
        return real(data, options, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(report, "make", make)
    sheet.paper.setCurrentIndex(list(making.PAPERS).index("a4"))
    sheet.state.setCurrentIndex(2)
    sheet.embed.setChecked(False)
    printed(sheet, qtbot)
    assert (seen[-1].paper, seen[-1].draft, seen[-1].embed) == ("a4", False, False)
    assert making.paper() == "a4"
    assert settings.get("print.embed") is False


def test_a_file_that_is_there_is_replaced_only_when_that_was_agreed(sheet, tmp_path, answers: Answers, qtbot):
    (tmp_path / "LDM-294.pdf").write_bytes(b"older")
    answers.yes = False
    sheet.accept()
    assert "Replace “LDM-294.pdf”?" in answers.asked[-1]
    assert sheet._task is None
    answers.yes = True
    printed(sheet, qtbot)
    assert (tmp_path / "LDM-294.pdf").read_bytes().startswith(b"%PDF")


def test_the_plan_itself_is_never_written_over(sheet, ctx: Context, answers: Answers):
    answers.yes = True
    before = ctx.plan.path.read_bytes()
    sheet.file.setText(str(ctx.plan.path))
    sheet.accept()
    assert "is a plan file, which nothing is written over" in sheet.wrong.text()
    assert sheet._task is None
    assert answers.asked == []
    assert ctx.plan.path.read_bytes() == before


def test_the_system_may_be_asked_for_the_file(sheet, tmp_path, answers: Answers, qtbot):
    answers.file = tmp_path / "elsewhere"
    sheet.choose()
    printed(sheet, qtbot)
    assert (tmp_path / "elsewhere.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_written_is_one_sentence_and_the_choices_stay(sheet, tmp_path, qtbot):
    sheet.file.setText(str(tmp_path / "no such folder" / "x.pdf"))
    sheet.accept()
    qtbot.waitUntil(lambda: not sheet.wrong.isHidden(), timeout=20_000)
    assert sheet.wrong.text().count(".") >= 1
    assert "Traceback" not in sheet.wrong.text()
    assert sheet.yes.isEnabled()
    assert sheet.body.isEnabled()


@pytest.fixture
def slow(monkeypatch):
    """Printing that has begun waits, asking whether it was cancelled, until it is."""
    begun, ended = threading.Event(), threading.Event()

    def make(data, options, progress, cancelled, kept):
        begun.set()
        while not cancelled():
            ended.wait(0.005)
        ended.set()
        raise report.Stopped("Printing was stopped; nothing was written.")

    monkeypatch.setattr(report, "make", make)
    return begun, ended


def test_a_cancelled_print_leaves_nothing_behind_and_says_nothing(sheet, slow, tmp_path, answers, qtbot):
    before = sorted(tmp_path.iterdir())
    sheet.accept()
    assert slow[0].wait(5)
    sheet.reject()
    assert slow[1].wait(5)
    qtbot.waitUntil(lambda: not sheet.ctx.tasks._running)
    assert sorted(tmp_path.iterdir()) == before
    assert answers.told == []


def test_closing_the_plan_cancels_its_print(sheet, slow, tmp_path, ctx, qtbot):
    sheet.accept()
    assert slow[0].wait(5)
    ctx.close()
    assert slow[1].wait(5)
    qtbot.waitUntil(lambda: not ctx.tasks._running)
    assert not (tmp_path / "LDM-294.pdf").exists()
    assert not changesheet._open


def test_a_read_only_plan_is_printed(ctx: Context, tmp_path: Path, qtbot):
    ctx.close()
    ctx.open(tmp_path / "small.dmplan", read_only=True)
    ask(ctx)
    (made,) = changesheet._open
    printed(made, qtbot)  # type: ignore[arg-type]
    assert (tmp_path / "LDM-294.pdf").exists()
    made.close()


def test_the_file_and_its_folder_are_opened_by_the_system(sheet, tmp_path, qtbot, monkeypatch, answers):
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)))
    printed(sheet, qtbot)
    sheet.outcome.open()
    sheet.outcome.show_in_folder()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "LDM-294.pdf", tmp_path]
    assert len(answers.told) == 2, "no program was found, and that is said"
