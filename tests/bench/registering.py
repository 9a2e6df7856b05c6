"""What a big register costs in a window: a key in the filter, sorting, the heat map and the other views."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData
from tests.bench.measure import Row, apart, calls, judged

RISKS = 5_000
TYPED = "network at base score>=15"
TARGETS = {
    "a keystroke in the filter": (50, 25),
    "sorted by score": (250, 100),
    "heat map, risks put into cells and painted": (100, 50),
    "a cell chosen, its risks listed": (100, 50),
    "one score added, written and repainted": (100, 50),
    "top ten": (250, 100),
    "categories": (250, 100),
    "trend": (1000, 500),
    "timeline": (250, 100),
}
"""What is done → milliseconds: target and goal."""


def rows(risks: int) -> list[Entity]:
    """A register of so many risks with four dated scores each; a tenth stand below headlines."""
    dice, kind = random.Random(11), kinds()
    made = [kind["plan"].make({"title": "Register", "handle": "BENCH"}, "plan")]
    made += [kind["category"].make({"key": f"c{n}", "name": f"Category {n}"}, f"c{n}") for n in range(12)]
    words = ("network", "archive", "camera", "staff", "alert", "budget")
    for n in range(risks):
        low = dice.randrange(1, 100) * 1000
        values = {
            "key": f"DM-T-{n:04d}", "name": f"The {words[n % 6]} at {words[n % 5]} fails in case {n}",
            "kind": "threat", "state": "active" if n % 5 else "candidate", "headline": n % 50 == 0,
            "parent": f"r{n // 50 * 50}" if n % 10 == 1 and n % 50 else "", "category": f"c{n % 12}",
            "cost_min": low, "cost_likely": low * 2, "cost_max": low * 5, "entered": "2024-01-15",
            "retire_by": f"20{dice.randrange(24, 32)}-0{dice.randrange(1, 10)}-15",
        }  # fmt: skip
        made.append(kind["risk"].make(values, f"r{n}"))
        for at, day in enumerate(("2024-01-15", "2024-06-01", "2025-01-10", "2025-09-01")):
            score = {"risk": f"r{n}", "sort": "current" if at else "initial", "date": day,
                     "likelihood": dice.randint(1, 5), "overall": dice.randint(1, 5)}  # fmt: skip
            made.append(kind["score"].make(score, f"s{n}-{at}"))
    return made


def file(folder: Path, risks: int = RISKS) -> Path:
    """Such a register as a file."""
    from dmdesk.exchange import text

    source, path = folder / f"register-{risks}", folder / f"register-{risks}.dmplan"
    text.write(PlanData.of(rows(risks)), source)
    text.build(source, path)
    return path


def registers(folder: Path) -> Iterator[Row]:
    """The rows of the table, measured in a process of its own."""
    yield from judged(apart("tests.bench.registering", file(folder)), TARGETS, f"{RISKS:,} risks")


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
    ctx.page_kind = "risk"
    window = Window(ctx)
    window.resize(1486, 900)
    window.show()
    page: Any = window.pages["risk"]
    page.turn("table")
    settle()

    def timed(work: Any, count: int) -> tuple[float, float]:
        def both(turn: int) -> None:
            work(turn)
            app.processEvents()

        median, worst = calls(both, count)
        return median * 1000, worst * 1000

    def add(turn: int) -> None:
        values = {"risk": f"r{turn * 7}", "sort": "current", "date": f"2025-10-{turn % 28 + 1:02d}", "likelihood": 3,
                  "overall": 4}  # fmt: skip
        ctx.step("Score", [c.add(kinds()["score"].make(values))])

    column = page.model.columns.index("+score")
    ctx.step("The day's backup is made", [c.put(ctx.data.rows("risk")["r1"], {"status": "begun"})])
    found = {
        "a keystroke in the filter": timed(
            lambda turn: page.filter.setText(TYPED[: turn % len(TYPED) + 1]), 50
        )
    }
    page.filter.clear()
    found["sorted by score"] = timed(lambda turn: page.model.sort_by(((column, bool(turn % 2)),)), 10)
    page.model.sort_by(())
    found["one score added, written and repainted"] = timed(add, 20)
    page.turn("matrix")
    settle(1)
    matrix = page.views["matrix"]

    def anew(view: Any) -> None:
        view.renew()
        view.repaint()

    found["heat map, risks put into cells and painted"] = timed(lambda _: anew(matrix), 10)
    found["a cell chosen, its risks listed"] = timed(
        lambda turn: matrix.choose("current", (turn % 5 + 1, 3)), 10
    )
    for name, what in (
        ("top", "top ten"),
        ("categories", "categories"),
        ("trend", "trend"),
        ("timeline", "timeline"),
    ):
        page.turn(name)
        settle(1)
        found[what] = timed(lambda _, name=name: anew(page.views[name]), 5)
    ctx.tasks.stop()
    window.close()
    return found


if __name__ == "__main__":
    import os

    print(json.dumps(measure(Path(sys.argv[1]))), flush=True)
    os._exit(0)
