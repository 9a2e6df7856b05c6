"""Printing on paper: the pages as pictures of the printer's resolution, since PDFium draws nothing else.

It works in a task of its own, page by page, so it shows how far it is and can be cancelled between two pages.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from dmdesk.errors import PlanError
from dmdesk.saving import spare
from ui.changesheet import over
from ui.context import Context
from ui.printing import making
from ui.printview.pdf import Pdf
from ui.tasks import Cancelled, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from dmdesk.reading import PlanData

    Make = Callable[[PlanData, Task], bytes]
    """Makes the PDF that is put on paper from a plan that nobody changes; runs in a task."""

DPI = 300
SIZES = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}
NO_PRINTER = (
    "No printer is set up on this system; set one up, or print to a PDF file and print that elsewhere."
)


def ask(ctx: Context, make: Make | None = None) -> None:
    """Let the person choose a printer, pages and copies, then print what is made; without ``make`` the plan."""
    if not QPrinterInfo.availablePrinterNames():
        ctx.ask.tell(NO_PRINTER)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(SIZES[making.paper()]))
    dialog = QPrintDialog(printer, over())
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, 9999)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(lambda code: start(ctx, printer, make) if code else None)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()


def start(ctx: Context, printer: QPrinter, make: Make | None = None) -> None:
    """Print the open plan, or what is made of it, in the background."""
    if ctx.plan is None:
        return
    data = ctx.plan.snapshot()
    task = ctx.tasks.run(
        "Printing on paper",
        lambda task: on_paper(task, data, printer, make or whole_plan),
        lambda pages: ctx.said.emit(
            "1 page was sent to the printer" if pages == 1 else f"{pages} pages were sent to the printer"
        ),
    )
    ctx.opened.connect(task.cancel)


def whole_plan(data: PlanData, task: Task) -> bytes:
    """The plan as it is printed, without what only a file needs."""
    from dmdesk.report import Options

    options = Options(paper=making.paper(), embed=False, tagged=False)
    return making.made(data, options, task.progress, lambda: task.cancelled).pdf


def on_paper(task: Task, data: PlanData, printer: QPrinter, make: Make = whole_plan) -> int:
    """Print what is made of a plan on paper; the number of sides. Runs in a task.

    Raises:
        PlanError: it cannot be printed, or the printer refuses.
        Cancelled: nobody wants it any more.
    """
    pdf = Pdf(make(data, task))
    try:
        with _into_place(printer):
            return _sides(task, pdf, printer)
    finally:
        pdf.close()


@contextmanager
def _into_place(printer: QPrinter) -> Iterator[None]:
    """Let a printer that writes a file put it in place whole or not at all."""
    if not printer.outputFileName():
        yield
        return
    out = Path(printer.outputFileName())
    spare(out)
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    printer.setOutputFileName(str(partial))
    try:
        yield
        partial.replace(out)
    except OSError as error:
        raise PlanError(
            f"“{out.name}” could not be written ({error.strerror}); choose another place."
        ) from None
    finally:
        partial.unlink(missing_ok=True)
        printer.setOutputFileName(str(out))


def _sides(task: Task, pdf: Pdf, printer: QPrinter) -> int:
    pages = chosen(printer, len(pdf.sizes))
    if not pages:
        raise PlanError(f"None of the pages asked for is there; there are {len(pdf.sizes)}.")
    printer.setFullPage(True)
    printer.setResolution(DPI)
    _turn(printer, pdf, pages[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise PlanError("The printer does not take the pages; see whether it is on and connected.")
    try:
        for done, page in enumerate(pages):
            task.progress(done, len(pages), f"page {done + 1} of {len(pages)}")
            if done:
                _turn(printer, pdf, page)
                if not printer.newPage():
                    raise PlanError(f"The printer took {done} of {len(pages)} pages and no more.")
            _side(painter, printer, pdf, page)
    except (Cancelled, PlanError):
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def _turn(printer: QPrinter, pdf: Pdf, page: int) -> None:
    wide, high = pdf.sizes[page]
    across = QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(across)


def _side(painter: QPainter, printer: QPrinter, pdf: Pdf, page: int) -> None:
    """Draw one page as large as the paper lets it be, in its middle."""
    wide, high = pdf.sizes[page]
    paper = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    scale = min(paper.width() / wide, paper.height() / high)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    image = pdf.picture(page, scale, (0, 0, *size))
    left, top = (paper.width() - size[0]) / 2, (paper.height() - size[1]) / 2
    painter.drawImage(QRectF(left, top, *size), image)


def chosen(printer: QPrinter, count: int) -> list[int]:
    """The pages to print, counted from 0, in the order in which they leave the printer, copies included."""
    pages = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        ranges = [(one.from_, one.to) for one in printer.pageRanges().toRangeList()]
        ranges = ranges or [(printer.fromPage(), printer.toPage())]
        pages = [page for page in pages if any(low <= page + 1 <= high for low, high in ranges)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]
