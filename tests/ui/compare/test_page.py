"""The page that compares: two states, what differs in order, narrowed, walked through, gone to, written to files."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk import report
from dmdesk.exchange import text
from tests.ui import small_plan
from tests.ui.answers import Answers
from tests.ui.compare.conftest import other_file
from ui.actions import actions, perform
from ui.compare.lines import COUNT, FIELD, GROUP, ITEM
from ui.compare.page import ComparePage
from ui.compare.states import THE_PLAN, file_state
from ui.printing import printer as paper
from ui.printview.pdf import Pdf
from ui.tasks import Task
from ui.window import Window


def items(page: ComparePage) -> list[str]:
    return [page.view.changes.spoken(line) for line in page.view.changes.lines if line.sort == ITEM]


def fields(page: ComparePage) -> list[str]:
    return [page.view.changes.spoken(line) for line in page.view.changes.lines if line.sort == FIELD]


def settled(page: ComparePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page._soon.isActive() and page._task is None, timeout=10_000)


def test_items_stand_in_the_order_of_the_plan_below_their_parts(page: ComparePage) -> None:
    heads = [page.view.changes.spoken(line) for line in page.view.changes.lines if line.sort == GROUP]
    assert heads == ["Plan: Sections", "Structure: Products", "Structure: WBS elements", "Structure: Milestones",
                     "Structure: Documents"]  # fmt: skip
    assert items(page) == [
        "Section intro “Introduction”, changed",
        "Product HEADER “Header Maker”, changed",
        "Product ARC “Archiver”, moved",
        "WBS element 1.02C.03.11 “Ten”, renumbered",
        "Milestone LDM-503-3 “Rehearsal”, added",
        "Document LDM-151 “Pipelines”, dropped",
    ]
    assert "Part of: was Level 1 System, is Data Management" in fields(page)


def test_the_numbers_stand_on_top(page: ComparePage) -> None:
    numbers = {line.label: line.numbers for line in page.view.changes.lines if line.sort == COUNT}
    assert numbers["Products"] == (0, 2, 1, 0, 0, 2)
    assert numbers["WBS elements"] == (0, 1, 0, 1, 0, 1)
    assert numbers["All"] == (1, 4, 1, 1, 1, 4)
    page.grab()


def test_the_model_keeps_the_rules_of_qt(page: ComparePage) -> None:
    QAbstractItemModelTester(page.view.changes, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.narrowing.text.setText("header")
    page.narrowing.text.setText("")


def test_words_narrow_to_items_by_name_and_to_fields_by_value(page: ComparePage) -> None:
    page.narrowing.text.setText("header maker")
    assert items(page) == ["Product HEADER “Header Maker”, changed"]
    page.narrowing.text.setText("data management")
    assert fields(page) == ["Part of: was Level 1 System, is Data Management"]
    page.narrowing.text.setText("nothing is like this")
    assert page.view.changes.lines == []
    assert page.stack.currentWidget() is page.nothing
    assert "No change fits" in page.nothing.text()


def test_a_kind_is_chosen_in_the_box_or_at_its_numbers(page: ComparePage) -> None:
    page.view.kind_wanted.emit("product")
    assert [line.split()[0] for line in items(page)] == ["Product", "Product"]
    page.view.kind_wanted.emit("product")
    assert len(items(page)) == 6


def test_people_and_change_requests_narrow_to_what_they_changed(page: ComparePage, qtbot: QtBot) -> None:
    ctx = page.ctx
    assert ctx.plan is not None
    rfc = small_plan.row("rfc", "r1", key="RFC-358", name="Baseline")
    ctx.plan.step("Add request", [c.add(rfc)])
    ctx.plan.step("Under it", [c.put(ctx.data.rows("product")["DAC"], {"name": "Centre"})], rfc="r1")
    settled(page, qtbot)
    page.narrowing.rfc.setCurrentIndex(page.narrowing.rfc.findText("RFC-358"))
    assert items(page) == ["Product DAC “Centre”, changed"]
    page.narrowing.rfc.setCurrentIndex(page.narrowing.rfc.findText("Under no request"))
    assert "Product DAC “Centre”, changed" not in items(page)
    page.narrowing.rfc.setCurrentIndex(0)
    assert page.narrowing.who.count() == 2
    page.narrowing.who.setCurrentIndex(1)
    assert len(items(page)) == 8


def test_keys_walk_through_the_changes_and_enter_goes_to_the_row(page: ComparePage, window: Window) -> None:
    first = page.view.line()
    assert first is not None
    assert first.sort == ITEM
    perform(actions()["compare.next"], page.ctx)
    second = page.view.line()
    assert second is not None
    assert second.sort == ITEM
    assert second != first
    perform(actions()["compare.previous"], page.ctx)
    assert page.view.line() == first
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert (window.ctx.page_kind, window.ctx.current) == ("section", ("section", "s1"))


def test_the_list_takes_the_cursor_once_it_is_there(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("compare", "3.0")
    page = window.pages["compare"]
    qtbot.waitUntil(lambda: page.found is not None, timeout=10_000)
    assert page.view.hasFocus()


def test_a_click_on_an_item_goes_to_it_and_one_beside_it_does_not(page: ComparePage, window: Window) -> None:
    view = page.view
    at = view.changes.place("milestone", "m3")
    view.set_line(at)
    rect = view.visualRect(view.changes.index(at, 0))
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 30, rect.center().y())
    )
    assert window.ctx.page_kind == "compare"
    name = view.painter.name_rect(view.changes.lines[at], rect)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=name.center())
    assert (window.ctx.page_kind, window.ctx.current) == ("milestone", ("milestone", "m3"))


def test_what_is_gone_says_so(page: ComparePage, window: Window) -> None:
    said: list[str] = []
    window.ctx.said.connect(said.append)
    page.view.set_line(page.view.changes.place("document", "d2"))
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert "no longer in the plan" in said[-1]
    assert window.ctx.page_kind == "compare"


def test_old_and_new_stand_side_by_side_when_wanted(page: ComparePage) -> None:
    at = page.view.changes.place("product", "HEADER", "name")
    assert len(page.view.painter._texts(page.view.changes.lines[at])) == 1
    perform(actions()["compare.beside"], page.ctx)
    assert len(page.view.painter._texts(page.view.changes.lines[at])) == 2
    assert page.tools[2].isChecked()
    page.grab()
    perform(actions()["compare.beside"], page.ctx)
    assert len(page.view.painter._texts(page.view.changes.lines[at])) == 1


def test_it_follows_the_plan_and_keeps_its_line(page: ComparePage, qtbot: QtBot) -> None:
    page.view.set_line(page.view.changes.place("product", "HEADER", "name"))
    page.ctx.step("Due", [c.put(page.ctx.data.rows("milestone")["m1"], {"due": "2018-01-31"})])
    settled(page, qtbot)
    assert "Milestone LDM-503-1 “Science platform”, changed" in items(page)
    line = page.view.line()
    assert line is not None
    assert line.item is not None
    assert (line.item.id, line.edit.field if line.edit else "") == ("HEADER", "name")


def test_the_other_way_round_is_the_mirror(page: ComparePage, qtbot: QtBot) -> None:
    page.states.turn.click()
    settled(page, qtbot)
    assert "Milestone LDM-503-3 “Rehearsal”, dropped" in items(page)
    assert "Document LDM-151 “Pipelines”, added" in items(page)
    assert page.summary.text().startswith("6 changes from the working plan to 3.0")


def test_another_plan_file_and_a_folder_of_text_are_compared(
    page: ComparePage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "other").mkdir()
    other = other_file(tmp_path / "other")
    page.states.add(page.states.old, other)
    settled(page, qtbot)
    assert page.states.chosen_states() == (file_state(other), THE_PLAN)
    assert items(page) == []
    assert page.nothing.text() == "There are no differences."
    page.ctx.undo()
    folder = tmp_path / "text"
    text.write(page.ctx.data, folder)
    page.ctx.redo()
    page.states.add(page.states.old, folder)
    settled(page, qtbot)
    assert items(page) == ["Document LDM-151 “Pipelines”, dropped"]


def test_a_pdf_that_carries_its_plan_is_compared_with_a_baseline(
    page: ComparePage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.ctx.undo()
    report.build(page.ctx.data, tmp_path / "printed.pdf")
    page.states.add(page.states.new, tmp_path / "printed.pdf")
    settled(page, qtbot)
    assert page.summary.text().startswith("5 changes from 3.0 to printed.pdf")
    assert "Product HEADER “Header Maker”, changed" in items(page)


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    page: ComparePage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.dmplan"
    broken.write_text("no plan")
    page.states.add(page.states.old, broken)
    qtbot.waitUntil(lambda: bool(answers.told), timeout=10_000)
    assert "broken.dmplan" in answers.told[-1]


def test_what_is_shown_is_written_to_a_file(
    page: ComparePage, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    page.narrowing.text.setText("header")
    for ending in (".xlsx", ".csv", ".md", ".tex", ".json", ".txt", ".pdf"):
        answers.file = path = tmp_path / f"changes{ending}"
        perform(actions()["compare.export"], page.ctx)
        qtbot.waitUntil(path.exists, timeout=10_000)
    told = (tmp_path / "changes.json").read_text("utf-8")
    assert json.loads(told)
    assert "Header Maker" in told
    assert "Rehearsal" not in told
    assert (tmp_path / "changes.pdf").read_bytes().startswith(b"%PDF-")
    answers.file = tmp_path / "printed"
    perform(actions()["compare.print"], page.ctx)
    qtbot.waitUntil((tmp_path / "printed.pdf").exists, timeout=20_000)
    assert "Only changes with the words “header”." in (tmp_path / "changes.txt").read_text("utf-8")


def test_what_is_shown_is_printed_on_paper(
    page: ComparePage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    """Into a printer that writes a file; what is asked of the person is the printer only."""
    page.narrowing.text.setText("header")
    made: list[Any] = []
    monkeypatch.setattr("ui.printing.printer.ask", lambda ctx, make: made.append((ctx, make)))
    perform(actions()["compare.printer"], page.ctx)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    paper.start(made[0][0], printer, made[0][1])
    said: list[str] = []
    page.ctx.said.connect(said.append)
    qtbot.waitUntil(lambda: any("sent to the printer" in words for words in said), timeout=20_000)
    assert said[-1] == "1 page was sent to the printer"
    pdf = Pdf(made[0][1](page.ctx.data, Task("Printing", lambda _: None, True)))
    words = pdf.words(0, 0, pdf.letters(0))
    pdf.close()
    assert "Header Maker" in words and "Rehearsal" not in words
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_printer_the_page_says_so_in_a_sentence(
    page: ComparePage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    perform(actions()["compare.printer"], page.ctx)
    assert answers.told == [paper.NO_PRINTER]


def test_without_a_baseline_the_page_says_what_can_be_compared(ctx, qtbot: QtBot) -> None:
    made = Window(ctx)
    qtbot.addWidget(made)
    with qtbot.waitSignal(ctx.found, timeout=10_000):
        made.show()
    made.go("compare")
    page = made.pages["compare"]
    assert page.stack.currentWidget() is page.nothing
    assert "Choose what to compare" in page.nothing.text()
    made.grab()


@pytest.mark.parametrize(
    "name",
    ["compare.next", "compare.export", "compare.print", "compare.printer", "revert.field", "revert.kind"],
)
def test_with_nothing_to_compare_its_actions_break_nothing(ctx, qtbot: QtBot, name: str) -> None:
    made = Window(ctx)
    qtbot.addWidget(made)
    with qtbot.waitSignal(ctx.found, timeout=10_000):
        made.show()
    made.go("compare")
    perform(actions()[name], ctx)


def test_lines_that_are_left_out_are_no_rows_any_more(page: ComparePage) -> None:
    changes = page.view.changes
    assert changes.rowCount() == len(changes.lines) > 3
    changes.keep(lambda line: line is changes.lines[1])
    assert changes.rowCount() == len(changes.lines) == 1
