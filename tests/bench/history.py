"""What a long history costs in the window: opening its page, a key in the filter, scrolling, walking through steps."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.measure import Row, apart, calls, judged

STEPS = 20_000
TYPED = "rename part 77"
TARGETS = {
    "the page opened": (500, 250),
    "a keystroke in the filter": (50, 25),
    "a condition in the filter": (100, 50),
    "scrolled by a page": (50, 25),
    "the next step read": (50, 25),
    "one step made, the page renewed": (250, 100),
}
"""What is done → milliseconds: target and goal."""


def file(folder: Path, steps: int = STEPS) -> Path:
    """A plan whose products were renamed, described and handed over so many times."""
    from dmdesk import changes as c
    from dmdesk.plan import Plan
    from tests.ui import small_plan

    path = folder / f"history-{steps}.dmplan"
    with Plan.create(path) as plan:
        plan.step("Begin", [c.add(row) for row in small_plan.large(200)])
        plan._store._db.execute("PRAGMA synchronous = OFF")
        for number in range(steps):
            row = plan.data.get("product", f"x{number % 200}")
            assert row is not None
            values: dict[str, Any] = (
                {"name": f"{('Header', 'Archiver')[number % 2]} part {number}"},
                {"description": f"What it is there for, in the {number}th wording of a sentence."},
                {"managers": (f"p{number % 30}",)},
            )[number % 3]
            titles = ("Rename product", "Edit description", "Hand over")
            plan.step(titles[number % 3], [c.put(row, values)], f"RFC-{number // 40}" if number % 4 else "")
    return path


def histories(folder: Path) -> Iterator[Row]:
    """The rows of the table, measured in a process of its own."""
    yield from judged(apart("tests.bench.history", file(folder)), TARGETS, f"{STEPS:,} steps")


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """(median, worst) milliseconds by what was done."""
    from dmdesk import changes as c
    from tests.bench.inside import Silent, settle
    from ui.app import application
    from ui.context import Context
    from ui.window import Window

    app = application(sys.argv[:1])
    ctx = Context(Silent())
    ctx.open(path)
    window = Window(ctx)
    window.resize(1486, 900)
    window.show()
    settle()

    def timed(work: Any, count: int) -> tuple[float, float]:
        def both(turn: int) -> None:
            work(turn)
            app.processEvents()

        median, worst = calls(both, count)
        return median * 1000, worst * 1000

    def rename(turn: int) -> None:
        row = ctx.data.get("product", f"x{turn}")
        assert row is not None
        ctx.step("Rename", [c.put(row, {"name": f"Renamed {turn}"})])

    def opened(_: int) -> None:
        window.go("history")
        window.grab()

    found = {"the page opened": timed(opened, 1)}
    page: Any = window.stack.currentWidget()
    page._warming.stop()
    while not page.steps.warm():
        app.processEvents()
    found["a keystroke in the filter"] = timed(
        lambda turn: page.filter.setText(TYPED[: turn % len(TYPED) + 1]), 40
    )
    asked = ("who:p row:x77", "field:manager changed>2017-06-01", "value:77")
    found["a condition in the filter"] = timed(lambda turn: page.filter.setText(asked[turn % 3]), 12)
    page.filter.clear()
    bar = page.list.verticalScrollBar()
    found["scrolled by a page"] = timed(
        lambda turn: (bar.setValue(200 * turn), page.list.viewport().repaint()), 20
    )
    found["the next step read"] = timed(
        lambda turn: (page.list.setCurrentIndex(page.steps.index(3000 + turn)), page.repaint()), 20
    )
    rename(0)
    found["one step made, the page renewed"] = timed(lambda turn: rename(turn + 1), 10)
    ctx.tasks.stop()
    window.close()
    return found


if __name__ == "__main__":
    import os

    print(json.dumps(measure(Path(sys.argv[1]))), flush=True)
    os._exit(0)
