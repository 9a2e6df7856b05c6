"""What comparing two states costs: 10,000 changed fields on 10,000 products, other ids, and what is made of it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from dmdesk.comparing import Comparison, compare, revert, words
from dmdesk.comparing.pairing import aligned
from dmdesk.kinds import Entity, changed, new_id
from dmdesk.reading import PlanData
from dmdesk.record import Record, written
from tests.bench import plans
from tests.bench.measure import ROOT, Row, verdict

PRODUCTS = 10_000
TARGET, GOAL = 1.0, 0.5
"""Seconds for each way in which every product differs."""


def comparisons() -> Iterator[Row]:
    """The rows of the table, in a process of its own: its memory would count as the least of all that come after."""
    command = [sys.executable, "-m", "tests.bench.comparing"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    yield from map(tuple, json.loads(run.stdout.splitlines()[-1]))


def measured() -> Iterator[Row]:
    """The same, here."""
    data = plans.rows(PRODUCTS, 2_000, 3_000)
    found: Comparison | None = None
    for what, change in _ways().items():
        new = _each(data, change)
        took, found = _timed(lambda new=new: compare(data.copy(), new))  # type: ignore[misc]
        yield _told(f"comparing, {what}", took, f"{found.total.fields:,} fields")
    other = aligned(data, {"product": {id: new_id() for id in data.rows("product")}})
    took, found = _timed(lambda: compare(data.copy(), other))
    yield _told("comparing, every product with another id", took, f"{found.total.rows:,} rows differ")
    took, found = _timed(lambda: compare(data.copy(), _each(other, lambda n, row: {"key": f"X{n}"})))
    yield (
        f"comparing, every product with another id and key, {PRODUCTS:,} products",
        f"{took:.2f} s",
        "by likeness",
    )
    found = compare(data.copy(), _each(data, _ways()["a word of every description"]))
    for what, make in _uses(found).items():
        took, _ = _timed(make)
        yield f"{what}, 10,000 changed texts", f"{took:.2f} s", ""


def _ways() -> dict[str, Callable[[int, Entity], dict[str, Any]]]:
    return {
        "a word of every description": lambda n, row: {"description": f"{getattr(row, 'description')} Now."},  # noqa: B009
        "every key": lambda n, row: {"key": f"X{n}"},
        "every product elsewhere among its siblings": lambda n, row: {"order": f"{n * 7919 % 10007:06d}5"},
        "every product at the top": lambda n, row: {"parent": ""},
    }


def _uses(found: Comparison) -> dict[str, Callable[[], object]]:
    return {
        "words within": lambda: [words.runs(found, one, edit) for one in found.items for edit in one.edits],
        "taking all back": lambda: revert(found),
        "record as Markdown": lambda: written(Record(found, "a", "b"), "md"),
        "record as XLSX": lambda: written(Record(found, "a", "b"), "xlsx"),
        "record as PDF": lambda: written(Record(found, "a", "b"), "pdf"),
    }


def _each(data: PlanData, change: Callable[[int, Entity], dict[str, Any]]) -> PlanData:
    new = data.copy()
    for n, row in enumerate(list(new.rows("product").values())):
        new.replace("product", row.id, changed(row, change(n, row)))
    return new


def _timed(make: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    found = make()
    return time.process_time() - start, found


def _told(what: str, took: float, more: str) -> Row:
    return (
        f"{what}, {PRODUCTS:,} products",
        f"{took:.2f} s, {more}",
        f"target {TARGET:g} s, goal {GOAL:g}: {verdict(took, TARGET, GOAL)}",
    )


if __name__ == "__main__":
    print(json.dumps([*measured()]))
