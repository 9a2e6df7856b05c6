"""Timing: whole processes by wall, CPU and peak memory, and calls inside a process by their worst and median."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Row = tuple[str, str, str]
"""A row of the table: what was measured, what it took, and how that stands to target and goal."""

Taken = dict[str, tuple[float, float]]
"""(median, worst) milliseconds by what was done."""


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of wall and CPU, peak memory in MB; medians of several runs."""

    wall: float
    cpu: float
    peak: float


def process(arguments: Sequence[str], *, runs: int = 5, ok: Sequence[int] = (0,), **variables: str) -> Cost:
    """The median cost of running Python with the arguments, after one run that does not count.

    Raises:
        RuntimeError: a run ended with another exit code than those of ``ok``.
    """
    costs = [_once(arguments, ok, variables) for _ in range(runs + 1)][1:]
    return Cost(
        *(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak"))
    )


def _once(arguments: Sequence[str], ok: Sequence[int], variables: dict[str, str]) -> Cost:
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **variables},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    errors = child.stderr.read() if child.stderr else b""
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in ok:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}: {errors.decode()[-500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def calls(work: Callable[[int], object], count: int) -> tuple[float, float]:
    """(median, worst) seconds of calling the work with 0 … count - 1."""
    took = []
    for turn in range(count):
        start = time.perf_counter()
        work(turn)
        took.append(time.perf_counter() - start)
    return statistics.median(took), max(took)


def growth(small: float, large: float, factor: float) -> float:
    """The exponent e with which a cost grew: large / small = factor ** e."""
    from math import log

    return log(max(large, 1e-9) / max(small, 1e-9)) / log(factor)


def verdict(value: float, target: float, goal: float) -> str:
    """How a value that should be small stands to target and goal."""
    return "goal" if value <= goal else "met" if value <= target else "MISSED"


def apart(module: str, *arguments: object) -> Taken:
    """What a module of the benchmark measures in a process of its own, which prints it as its last line."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: Taken = json.loads(run.stdout.splitlines()[-1])
    return found


def judged(found: Taken, targets: Mapping[str, tuple[float, float]], of: str) -> Iterator[Row]:
    """A row for each target (target, goal): keystrokes are held by their worst, all else by the median."""
    for what, (target, goal) in targets.items():
        median, worst = found[what]
        held = worst if "keystroke" in what else median
        yield (
            f"{what}, {of}",
            f"median {median:.1f} ms, worst {worst:.1f} ms",
            f"target {target} ms, goal {goal}: {verdict(held, target, goal)}",
        )
