"""What a big register costs: filtered and checked, at first and after one edit, in a process of its own."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from dmdesk.kinds import Entity, changed, kinds
from dmdesk.reading import PlanData
from tests.bench.measure import ROOT, Row, verdict

RISKS = 5_000
TURNS = 15
FILTER = "level:high owner:p7"


def registers() -> Iterator[Row]:
    """The rows of the table."""
    command = [sys.executable, "-m", "tests.bench.register"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    for what, milliseconds, target, goal in json.loads(run.stdout.splitlines()[-1]):
        stands = f"target {target:g} ms, goal {goal:g}: {verdict(milliseconds, target, goal)}"
        yield f"{RISKS:,} risks: {what}", f"cpu, {milliseconds:.1f} ms", stands


def register(risks: int = RISKS) -> PlanData:
    """Risks under headlines, each with three scores, a response and a step of it."""
    dice, made = random.Random(3), [_row("plan", "plan", handle="BENCH", title="A register")]
    made += [_row("person", f"p{n}", key=f"p{n}", name=f"Person {n}") for n in range(50)]
    for n in range(risks):
        id, head = f"r{n}", n % 20 == 0
        values = {
            "key": f"DM-T-{n:04d}", "name": f"Risk number {n}", "kind": "threat", "state": "active",
            "owner": f"p{n % 50}",
            "headline": head, "parent": "" if head else f"r{n - n % 20}", "entered": "2026-01-01",
            "condition": "If the data of the camera come late", "consequence": "the release of the catalogs slips",
            "cost_min": 1_000, "cost_likely": 20_000, "cost_max": 90_000,
            "retire_by": "2018-01-01" if n % 50 == 1 else "",
        }  # fmt: skip
        made.append(_row("risk", id, **values))
        if not head:
            for sort, date in (("initial", ""), ("current", "2026-06-01"), ("target", "")):
                levels = {"likelihood": dice.randint(1, 5), "overall": dice.randint(1, 5)}
                made.append(_row("score", f"{id} {sort}", risk=id, sort=sort, date=date, **levels))
            made.append(
                _row("response", f"{id} response", risk=id, name="Do it", strategy="mitigate", owner="p1")
            )
            made.append(
                _row(
                    "action", f"{id} action", risk=id, response=f"{id} response", name="Buy", due="2090-01-01"
                )
            )
    return PlanData.of(made)


def _row(kind: str, id: str, /, **values: Any) -> Entity:
    return kinds()[kind].make(values, id)


def measure() -> list[tuple[str, float, float, float]]:
    """(what, milliseconds of CPU, target, goal)."""
    from dmdesk import checks, filters

    data, risk = register(), kinds()["risk"]

    def filtered() -> set[str]:
        return set(filters.parse(FILTER, risk).matches(data))

    first = _took(filtered)
    again = statistics.median(_took(filtered) for _ in range(TURNS))
    found = [("filtered for the first time", first, 300, 100), (f"filtered again by {FILTER}", again, 50, 10)]
    found.append(("checked for the first time", _took(lambda: checks.run_again(data)), 1_500, 800))

    def edits(kind: str, value: Callable[[int], dict[str, Any]], then: Callable[[], object]) -> float:
        ids, took = list(data.rows(kind)), []
        for turn in range(TURNS):
            row = data.rows(kind)[ids[(turn * 37 + 11) % len(ids)]]
            new = changed(row, value(turn))
            assert new != row, "an edit that changes nothing measures nothing"
            data.replace(kind, row.id, new)
            took.append(_took(then))
        return statistics.median(took)

    def check() -> object:
        return checks.run_again(data)

    found += [
        ("filtered again after a score", edits("score", lambda n: {"likelihood": 6 + n}, filtered), 50, 20),
        ("checked again after a score", edits("score", lambda n: {"overall": 6 + n}, check), 50, 20),
        ("checked again after a title", edits("risk", lambda n: {"name": f"Another {n}"}, check), 50, 20),
        ("checked again after an id", edits("risk", lambda n: {"key": f"DM-X-{n}"}, check), 50, 20),
        ("checked again after an owner", edits("risk", lambda n: {"owner": f"?Nobody {n}"}, check), 50, 20),
        ("checked again after a move", edits("risk", lambda _: {"state": "realised"}, check), 50, 20),
        ("checked again after a cost", edits("risk", lambda n: {"cost_likely": 5 + n}, check), 50, 20),
        ("checked again after an action", edits("action", lambda _: {"state": "done"}, check), 50, 20),
    ]
    return found


def _took(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    print(json.dumps(measure()), flush=True)
