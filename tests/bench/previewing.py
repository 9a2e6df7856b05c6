"""What the preview costs: from an edit until the page in sight is right again, and a turn of the pages."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.measure import Row, apart, calls, verdict

EDITS = 9


def previews(sample: Path, large: Path) -> Iterator[Row]:
    """The rows of the table; each plan in a process of its own."""
    took, big = apart("tests.bench.previewing", sample), apart("tests.bench.previewing", large)
    for what, target, goal in (
        ("name edited to the page right again", 300, 150),
        ("word edited in the text in sight to the page right again", 300, 150),
        ("text that makes pages more, to the page right again", 300, 150),
        ("page down, painted", 33, 16),
        ("page down, sharp", 100, 50),
    ):
        median, worst = took[what]
        held = worst if "painted" in what else median
        stands = verdict(held, target, goal)
        many, most = big[what]
        yield (
            f"{what}, sample",
            f"median {median:.0f} ms, worst {worst:.0f} ms",
            f"target {target} ms, goal {goal}: {stands}; 2,140 products {many:.0f} ms, worst {most:.0f} ms",
        )
    parts = ", ".join(f"{part} {took[part][0]:.0f} ms" for part in ("printing alone", "opening", "drawing"))
    yield "of which", parts, "opening and drawing are the window's"


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """(median, worst) milliseconds by what was done."""
    from dmdesk import changes as c
    from tests.bench.inside import Silent
    from ui.app import application
    from ui.context import Context
    from ui.window import Window

    app = application(sys.argv[:1])
    ctx = Context(Silent())
    ctx.open(path)
    ctx.page_kind = "printview"
    window = Window(ctx)
    window.resize(1486, 900)
    window.show()
    page: Any = window.stack.currentWidget()
    _until(lambda: page.settled)
    products = ctx.data.in_order("product")

    def edit(turn: int) -> None:
        row = ctx.data.rows("product")[products[turn * 7 % len(products)].id]
        ctx.step("Rename", [c.put(row, {"name": f"Renamed {time.time_ns()}"})])
        _until(lambda: page.settled)

    found = {"name edited to the page right again": _ms(edit, EDITS)} | _texts(ctx, page) | _parts(ctx, page)
    bar = page.view.verticalScrollBar()

    def turn(number: int) -> None:
        bar.setValue((number + 1) * 3 * bar.pageStep() % max(1, bar.maximum()))
        app.processEvents()

    def sharp(number: int) -> None:
        turn(number + 1)
        _until(lambda: page.view.settled)

    found |= {"page down, painted": _ms(turn, 60), "page down, sharp": _ms(sharp, 30)}
    window.close()
    return found


def _texts(ctx: Any, page: Any) -> dict[str, tuple[float, float]]:
    """Edits of a text that is looked at: of a section or, in a plan without, of a WBS element."""
    from dmdesk import changes as c

    texts = [("section", "body", row) for row in ctx.data.in_order("section")]
    texts += [("wbs", "dictionary", row) for row in ctx.data.in_order("wbs")]
    kind, field, id = next(
        (kind, field, row.id)
        for kind, field, row in texts
        if len(getattr(row, field)) > 100 and "{{" not in getattr(row, field)
    )
    page.reveal(f"{kind}:{id}")
    _until(lambda: page.settled)

    def put(more: str) -> None:
        row = ctx.data.rows(kind)[id]
        ctx.step("Write", [c.put(row, {field: getattr(row, field) + more})])
        _until(lambda: page.settled)

    return {
        "word edited in the text in sight to the page right again": _ms(lambda _: put(" word"), EDITS),
        "text that makes pages more, to the page right again": _ms(
            lambda _: put("\n\n" + "More words than a page has room for. " * 120), EDITS
        ),
    }


def _parts(ctx: Any, page: Any) -> dict[str, tuple[float, float]]:
    """The same work piece by piece, with nothing beside it."""
    from dmdesk import report
    from dmdesk.kinds import changed
    from dmdesk.report.kept import Kept
    from ui.printview.pdf import Pdf

    data, edition = ctx.plan.snapshot(), page.view.edition
    options, kept, products = report.Options(embed=False, tagged=False), Kept(), ctx.data.in_order("product")

    def alone(turn: int) -> None:
        id = products[turn * 7 % len(products)].id
        data.replace("product", id, changed(data.rows("product")[id], {"name": f"Renamed {time.time_ns()}"}))
        report.make(data, options, kept=kept)

    alone(EDITS)
    return {
        "printing alone": _ms(alone, 5),
        "opening": _ms(lambda _: Pdf(edition.printed.pdf).close(), 5),
        "drawing": _ms(lambda n: edition.pdf.picture(n + 4, 1.5, (0, 0, 918, 1188)), 10),
    }


def _until(ready: Callable[[], bool], seconds: float = 120) -> None:
    """Let the window run, which waits for events as it does under a person's hands, until it is as wanted."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    end, waking = time.monotonic() + seconds, QTimer(singleShot=True, interval=round(1000 * seconds))
    waking.start()
    QApplication.processEvents()
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError("the preview did not become right")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    waking.stop()


def _ms(work: Callable[[int], object], count: int) -> tuple[float, float]:
    median, worst = calls(work, count)
    return median * 1000, worst * 1000


if __name__ == "__main__":
    import os

    print(json.dumps(measure(Path(sys.argv[1]))), flush=True)
    os._exit(0)
