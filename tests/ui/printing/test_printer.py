"""Printing on paper, done for real into a printer that writes a file."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dmdesk import report
from dmdesk.errors import PlanError
from tests.ui.answers import Answers
from ui.actions import actions, perform
from ui.context import Context
from ui.printing import printer as paper
from ui.printview.pdf import Pdf
from ui.tasks import Cancelled, Task


@pytest.fixture
def printer(qapp, tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    return made


def printed(ctx: Context, printer: QPrinter) -> int:
    return paper.on_paper(Task("Printing", lambda _: None, True), ctx.data.copy(), printer)


def test_every_page_is_printed_as_it_lies(ctx, printer, tmp_path):
    whole = report.make(ctx.data.copy())
    assert printed(ctx, printer) == whole.pages
    sizes = Pdf((tmp_path / "paper.pdf").read_bytes()).sizes
    assert [wide > high for wide, high in sizes] == [wide > high for wide, high in Pdf(whole.pdf).sizes]


def test_what_is_on_the_paper_is_what_is_on_the_page(ctx, printer, tmp_path):
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printed(ctx, printer)
    whole, sheet = Pdf(report.make(ctx.data.copy()).pdf), Pdf((tmp_path / "paper.pdf").read_bytes())
    size = (0, 0, 60, 77)
    there, here = whole.picture(0, 0.098, size), sheet.picture(0, 0.098, size)
    dark = [
        [(x, y) for x in range(60) for y in range(77) if (image.pixel(x, y) & 0xFF) < 200]
        for image in (there, here)
    ]
    assert len(set(dark[0]) & set(dark[1])) > 0.7 * len(dark[0])


def test_a_range_of_pages_is_printed(ctx, printer, tmp_path):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setPageRanges(QPageRanges.fromString("2-3,5"))
    assert printed(ctx, printer) == 3
    assert len(Pdf((tmp_path / "paper.pdf").read_bytes()).sizes) == 3


def test_a_range_with_no_page_in_it_is_refused_in_a_sentence(ctx, printer):
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(900, 901)
    with pytest.raises(PlanError, match="None of the pages asked for is there"):
        printed(ctx, printer)


def test_copies_and_order_are_as_asked_for(printer):
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    copies = 1 if printer.supportsMultipleCopies() else 2
    assert paper.chosen(printer, 3) == [0, 1, 2] * copies
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert paper.chosen(printer, 3)[:3] == [2, 1, 0]


def test_a_cancelled_print_stops(ctx, printer):
    task = Task("Printing", lambda _: None, True)
    pdf = Pdf(report.make(ctx.data.copy()).pdf)
    task.cancel()
    with pytest.raises(Cancelled):
        paper._sides(task, pdf, printer)


def test_a_printer_that_writes_a_file_leaves_a_whole_one_or_the_older(ctx, printer, tmp_path):
    out = tmp_path / "paper.pdf"
    out.write_bytes(b"older")
    told: list[object] = []
    task = Task("Printing", told.append, True)

    def progress(*words: object) -> None:
        if len(told) > 3:
            raise Cancelled
        told.append(words)

    task.progress = progress  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        paper.on_paper(task, ctx.data.copy(), printer, lambda data, _: report.make(data).pdf)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir() if one.is_file()] == [
        ("paper.pdf", b"older"), *[(one.name, one.read_bytes()) for one in tmp_path.glob("*.dmplan*")],
    ]  # fmt: skip
    assert printed(ctx, printer) > 3
    assert out.read_bytes().startswith(b"%PDF")


def test_without_a_printer_that_is_said_in_a_sentence(ctx, answers: Answers, monkeypatch, qtbot):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    paper.ask(ctx)
    assert answers.told == [paper.NO_PRINTER]


def test_it_prints_in_the_background_and_says_how_much(ctx, printer, qtbot):
    with qtbot.waitSignal(ctx.said, timeout=20_000) as said:
        paper.start(ctx, printer)
    assert "pages were sent to the printer" in said.args[0]


def test_there_is_nothing_to_print_without_a_plan(empty: Context, answers: Answers):
    perform(actions()["file.printer"], empty)
    assert answers.told == []
