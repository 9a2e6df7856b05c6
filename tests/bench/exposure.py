"""What the exposure of a big register costs: asked for the first time, numpy's import included, and after one edit."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk.values import replace
from tests.bench.measure import ROOT, process, verdict

if TYPE_CHECKING:
    from dmdesk.risks.uncertain import Uncertain

Row = tuple[str, str, str]
RISKS = 500
TURNS = 20


def exposures(floor: float) -> Iterator[Row]:
    """The rows of the table; ``floor`` is what starting Python costs in seconds of CPU."""
    cost = process(["-m", "tests.bench.exposure"])
    cpu = cost.cpu - floor
    yield (
        f"{RISKS} risks × 10,000 runs, first time",
        f"cpu {cpu:.3f} s  {cost.peak:.0f} MB",
        f"target 0.3 s, goal 0.25: {verdict(cpu, 0.3, 0.25)}; target 150 MB: {verdict(cost.peak, 150, 100)}",
    )
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.exposure", "again"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    median, worst = map(float, run.stdout.split())
    yield (
        "one risk changed",
        f"cpu, median {median:.1f} ms, worst {worst:.1f} ms",
        f"target 30 ms, goal 15: {verdict(worst, 30, 15)}",
    )


def register() -> list[Uncertain]:
    """Risks with three points each, some of which may come three times; a tenth are opportunities."""
    from dmdesk.risks.uncertain import Uncertain

    dice = random.Random(3)
    return [
        Uncertain(
            f"DM-T-{n:03d}", dice.choice([0.1, 0.3, 0.5, 0.7, 0.9]),
            *map(float, sorted(dice.randrange(1, 10_000_000) for _ in range(3))),
            gain=n % 10 == 0, occurrences=1 if n % 20 else 3,
        )
        for n in range(RISKS)
    ]  # fmt: skip


def again() -> tuple[float, float]:
    """Median and worst milliseconds of CPU after a change of one risk."""
    from dmdesk.risks.simulation import Simulation

    risks, simulation = register(), Simulation()
    simulation.of(risks)
    took = []
    for turn in range(TURNS):
        place = turn * 37 % RISKS
        risks[place] = replace(risks[place], probability=0.2 + turn / 100)
        start = time.process_time()
        simulation.of(risks)
        took.append((time.process_time() - start) * 1000)
    return statistics.median(took), max(took)


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*again())
    else:
        from dmdesk.risks.simulation import simulate

        simulate(register())
