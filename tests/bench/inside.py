"""What a keystroke, an edit and its undo cost: in the core alone and in a real window with its products page."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import Row, apart, calls, growth, verdict

if TYPE_CHECKING:
    from dmdesk.plan import Plan

TYPED = "science pipeline catalog query archive image 77"


def inside(files: dict[int, Path]) -> Iterator[Row]:
    """The rows of the table, each size measured in a process of its own.

    Targets are held against the worst keystroke and the worst page, and against the median of everything else.
    """
    took = {size: apart("tests.bench.inside", path) for size, path in files.items()}
    small, *_, large = took
    for what, target, goal in (
        ("core: one edit, written to the disk", 30, 10),
        ("core: undo of it", 30, 10),
        ("window: one edit, written and repainted", 30, 10),
        ("window: undo of it", 30, 10),
        ("window: a keystroke in the filter", 50, 16),
        ("window: a page down, painted", 33, 16),
        ("core: paste of 1,000 rows", 1000, 500),
        ("core: undo of the paste", 1000, 500),
    ):
        mediansmall, _ = took[small][what]
        median, worst = took[large][what]
        grown = growth(mediansmall, median, large / small)
        held = worst if "keystroke" in what or "page down" in what else median
        stands = verdict(held, target, goal)
        yield (
            f"{what}, 10,000 products",
            f"median {median:.1f} ms, worst {worst:.1f} ms",
            f"target {target} ms, goal {goal}: {stands}; 300 products {mediansmall:.1f} ms, grows as N^{grown:.2f}",
        )


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """(median, worst) milliseconds by what was done."""
    return {**_core(path), **_window(path)}


def _core(path: Path) -> dict[str, tuple[float, float]]:
    from dmdesk import changes as c
    from dmdesk.plan import Plan

    with Plan.open(path) as plan:
        products = plan.data.in_order("product")
        plan.step("The day's backup is made", [c.put(products[0], {"note": "begun"})])

        def edit(turn: int) -> None:
            row = plan.data.rows("product")[products[turn * 7 % len(products)].id]
            plan.step("Rename", [c.put(row, {"name": f"Renamed {turn}"})])
            plan.data.in_order("product")

        def undo(_: int) -> None:
            plan.undo()
            plan.data.in_order("product")

        found = {"core: one edit, written to the disk": _ms(edit), "core: undo of it": _ms(undo)}
        return found | _pasted(plan)


def _pasted(plan: Plan) -> dict[str, tuple[float, float]]:
    """A thousand rows of three columns pasted over what is there, as one step, and undone."""
    from dmdesk.checks.naming import named
    from dmdesk.exchange import table
    from dmdesk.kinds import kinds

    ids = [row.id for row in plan.data.in_order("product")][:1000]
    fields = ("name", "description", "managers")
    cells = [[f"Pasted {n}", f"What {n} does", f"p{n % 10}"] for n in range(1000)]

    def paste(_: int) -> None:
        made = table.paste(plan.data, kinds()["product"], ids, fields, cells, named)
        plan.step("Paste", made.changes)

    pasted = _ms(paste, 1)
    return {"core: paste of 1,000 rows": pasted, "core: undo of the paste": _ms(lambda _: plan.undo(), 1)}


def _window(path: Path) -> dict[str, tuple[float, float]]:
    from dmdesk import changes as c
    from ui.app import application
    from ui.context import Context
    from ui.window import Window

    app = application(sys.argv[:1])
    ctx = Context(Silent())
    ctx.open(path)
    ctx.page_kind = "product"
    window = Window(ctx)
    window.resize(1486, 900)
    window.show()
    settle()
    page: Any = window.stack.currentWidget()
    products = ctx.data.in_order("product")

    def settled(work: Callable[[int], object]) -> Callable[[int], None]:
        def both(turn: int) -> None:
            work(turn)
            app.processEvents()

        return both

    def edit(turn: int) -> None:
        row = ctx.data.rows("product")[products[turn * 7 % len(products)].id]
        ctx.step("Rename", [c.put(row, {"name": f"Renamed {turn}"})])

    found = {
        "window: one edit, written and repainted": _ms(settled(edit)),
        "window: undo of it": _ms(settled(lambda _: ctx.undo())),
    }
    settle()
    found["window: a keystroke in the filter"] = _ms(
        settled(lambda turn: page.filter.setText(TYPED[: turn % len(TYPED) + 1])), 50
    )
    page.filter.clear()
    app.processEvents()
    bar = page.grid.verticalScrollBar()
    found["window: a page down, painted"] = _ms(
        settled(lambda turn: bar.setValue((turn + 1) * bar.pageStep() % max(1, bar.maximum()))), 30
    )
    window.close()
    return found


def settle(seconds: float = 3) -> None:
    """Let the window do what it leaves for a pause, as between editing and reaching for the filter."""
    from PySide6.QtWidgets import QApplication

    ready = time.monotonic() + seconds
    while time.monotonic() < ready:
        QApplication.processEvents()


class Silent:
    """Answers no question; a measurement must not stop for one."""

    def tell(self, sentence: str, title: str = "") -> None:
        """Fail loudly instead of showing a box."""
        raise RuntimeError(sentence)


def _ms(work: Callable[[int], object], count: int = 40) -> tuple[float, float]:
    median, worst = calls(work, count)
    return median * 1000, worst * 1000


if __name__ == "__main__":
    import os

    print(json.dumps(measure(Path(sys.argv[1]))), flush=True)
    os._exit(0)
