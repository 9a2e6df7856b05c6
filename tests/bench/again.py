"""What asking the checks again costs after one edit of a big plan, by what was edited: a process of its own a size."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.measure import ROOT

TURNS = 15


def measured(products: int) -> dict[str, float]:
    """Median seconds of CPU by what was edited."""
    command = [sys.executable, "-m", "tests.bench.again", str(products)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return found


def measure(products: int) -> dict[str, float]:
    """The same, in this process."""
    from dmdesk import checks
    from dmdesk.kinds import changed, kinds
    from tests.bench import plans

    data = plans.rows(products, 2 * products, 5 * products)
    for n in range(200):
        section = kinds()["section"].make(
            {"key": f"s{n}", "title": f"Section {n}", "body": f"[[PR{n:05d}]] is built."}
        )
        data.replace("section", section.id, section)
    checks.run_again(data)
    people, tree = list(data.rows("person")), list(data.rows("product"))

    def edits(kind: str, value: Callable[[int], dict[str, Any]]) -> float:
        ids, took = list(data.rows(kind)), []
        for turn in range(TURNS):
            row = data.rows(kind)[ids[(turn * 37 + 11) % len(ids)]]
            new = changed(row, value(turn))
            assert new != row, "an edit that changes nothing measures nothing"
            start = time.process_time()
            data.replace(kind, row.id, new)
            checks.run_again(data)
            took.append(time.process_time() - start)
        return statistics.median(took)

    def traces(gone: bool) -> float:
        took = []
        for turn, row in enumerate(list(data.rows("trace").values())[:TURNS]):
            made = changed(row, {"id": f"new {turn}"})
            start = time.process_time()
            data.replace("trace", row.id if gone else made.id, None if gone else made)
            checks.run_again(data)
            took.append(time.process_time() - start)
        return statistics.median(took)

    return {
        "a product's name": edits("product", lambda n: {"name": f"Another {n}"}),
        "a product's description": edits("product", lambda n: {"description": f"Other words {n}"}),
        "a product's parent": edits("product", lambda n: {"parent": tree[n % 3]}),
        "a product's owner": edits("product", lambda n: {"owners": (people[n % len(people)],)}),
        "a requirement's title": edits("requirement", lambda n: {"name": f"Another {n}"}),
        "a requirement's text": edits("requirement", lambda n: {"text": f"Other words {n}"}),
        "a requirement's key": edits("requirement", lambda n: {"key": f"OTHER-{n}"}),
        "a trace link, dropped": traces(gone=True),
        "a trace link, added": traces(gone=False),
        "a WBS element's code": edits("wbs", lambda n: {"key": f"1.77.{n}"}),
        "the day a person left": edits("person", lambda n: {"left": f"2020-01-{n + 1:02d}"}),
        "a section's body": edits("section", lambda n: {"body": f"[[PR{n:05d}]] and TBD."}),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))), flush=True)
