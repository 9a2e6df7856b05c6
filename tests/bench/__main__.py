"""`make bench`: what dmdesk costs, beside the floors of this machine measured in the same run.

Nothing here passes or fails; a target that is missed is marked, and the reader decides.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tests.bench import again, plans
from tests.bench.comparing import comparisons
from tests.bench.exposure import exposures
from tests.bench.history import histories
from tests.bench.inside import inside
from tests.bench.measure import ROOT, Cost, Row, growth, process, verdict
from tests.bench.previewing import previews
from tests.bench.printing import prints
from tests.bench.register import registers as asked
from tests.bench.registering import registers

SIZES = (300, 3_000, 10_000)
BARE = str(Path(__file__).with_name("bare_window.py"))


def main() -> None:
    """Measure and print the tables."""
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    os.environ.setdefault("QT_QPA_PLATFORM", "" if display else "offscreen")
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    print(f"{machine}, Qt on {os.environ['QT_QPA_PLATFORM'] or 'the display'}")
    print("Whole processes: medians of 5 runs after one that does not count\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {f"XDG_{what}_HOME": name for what in ("DATA", "CONFIG", "CACHE", "STATE")}
        os.environ |= {"PYTHONPYCACHEPREFIX": f"{name}/pyc", "PYTHONDONTWRITEBYTECODE": ""}
        sample = folder / "sample.dmplan"
        subprocess.run([sys.executable, "-m", "dmdesk", "sample", str(sample)], cwd=ROOT, check=True)
        files = {size: plans.file(folder, size) for size in SIZES}
        floors = measured_floors()
        table("Floors", floors_of(floors))
        table("Start to painted window", starts(sample, files, floors))
        table("Command line", commands(sample, files, floors))
        table("Inside the window and the core", inside(files))
        table("Checks", checks())
        table("Risks", chain(exposures(floors["Python start"].cpu), asked()))
        table("Register of risks", registers(folder))
        table("Comparing", comparisons())
        table("History", histories(folder))
        table("Drawing", drawings(sample, folder))
        table("Print", prints(sample, folder))
        table("Preview", previews(sample, plans.file(folder, 2_140)))


def table(title: str, rows: Iterator[Row]) -> None:
    """Print a table: what, measured, and how it stands to its target."""
    print(title)
    for what, measured, stands in rows:
        print(f"  {what:<58} {measured:<30} {stands}")
        sys.stdout.flush()
    print()


def measured_floors() -> dict[str, Cost]:
    """What the machine charges for the interpreter, the libraries and a window with nothing in it."""
    return {
        "Python start": process(["-c", "pass"]),
        "import sqlite3": process(["-c", "import sqlite3"]),
        "import PySide6.QtWidgets": process(["-c", "import PySide6.QtWidgets"]),
        "import reportlab.platypus": process(["-c", "import reportlab.platypus"]),
        "import sqlalchemy": process(["-c", "import sqlalchemy"]),
        "bare window painted": process([BARE]),
    }


def floors_of(floors: dict[str, Cost]) -> Iterator[Row]:
    """The floors as rows."""
    for what, cost in floors.items():
        yield what, told(cost), ""


def told(cost: Cost) -> str:
    """Wall, CPU and peak in words."""
    return f"{cost.wall:.3f} s  cpu {cost.cpu:.3f}  {cost.peak:.0f} MB"


def against(value: float, floor: float, target: float, goal: float) -> str:
    """A ratio to a floor, with target and goal."""
    ratio = value / floor
    return f"{ratio:.2f} × floor (target {target}, goal {goal}): {verdict(ratio, target, goal)}"


def within(value: float, target: float, goal: float, unit: str) -> str:
    """A value against target and goal."""
    return f"target {target:g} {unit}, goal {goal:g}: {verdict(value, target, goal)}"


def starts(sample: Path, files: dict[int, Path], floors: dict[str, Cost]) -> Iterator[Row]:
    """From exec to the first painted window with the plan's products in it."""
    bare = floors["bare window painted"].wall
    for what, path, target, goal, peaks in (
        ("sample plan", sample, 2, 1.25, (130, 100)),
        ("10,000 products", files[10_000], 2.5, 1.3, (180, 130)),
    ):
        cost = process(["main.py", str(path), "--page", "product"], DMDESK_START_TIMES="quit")
        yield what, told(cost), against(cost.wall, bare, target, goal)
        yield f"{what}: peak memory", f"{cost.peak:.0f} MB", within(cost.peak, *peaks, "MB")


def commands(sample: Path, files: dict[int, Path], floors: dict[str, Cost]) -> Iterator[Row]:
    """Whole processes of the command line."""
    alchemy = floors["import sqlalchemy"].wall
    for words in (["info"], ["list", "product"], ["check"]):
        cost = process(["-m", "dmdesk", words[0], str(sample), *words[1:]], ok=(0, 1))
        ratio = f"{cost.wall / alchemy:.2f} × import sqlalchemy; "
        yield (
            f"dmdesk {' '.join(words)}, sample",
            told(cost),
            ratio + within(cost.wall, 1.2 * alchemy, 0.15, "s"),
        )
    for words in (["info"], ["list", "product"], ["check"]):
        costs = {
            size: process(["-m", "dmdesk", words[0], str(path), *words[1:]], runs=3, ok=(0, 1))
            for size, path in files.items()
        }
        small, *_, large = costs
        walls = " / ".join(f"{cost.wall:.2f}" for cost in costs.values())
        grown = growth(costs[small].wall, costs[large].wall, large / small)
        what = f"dmdesk {' '.join(words)}, 300 / 3,000 / 10,000 products"
        yield what, f"{walls} s", f"grows as N^{grown:.2f} (target 1.1)"


def checks() -> Iterator[Row]:
    """All checks over a big plan, again after one edit, and their growth."""
    script = (
        "import sys, time; from tests.bench import plans; from dmdesk import checks;"
        "n = int(sys.argv[1]); data = plans.rows(n, 2 * n, 5 * n); start = time.process_time();"
        "found = checks.run(data); once = time.process_time() - start;"
        "print(once)"
    )
    took = {size: number(script, size) for size in (1_000, 10_000)}
    stands = within(took[10_000], 1.5, 0.4, "s")
    yield "10,000 products, 20,000 requirements, 50,000 links", f"cpu {took[10_000]:.3f} s", stands
    small, large = (again.measured(size) for size in (1_000, 10_000))
    for what, median in large.items():
        told_small = f"1,000 products {small[what] * 1000:.1f} ms; "
        yield (
            f"checked again after an edit of {what}",
            f"cpu, median {median * 1000:.1f} ms",
            told_small + within(median, 0.05, 0.02, "s"),
        )
    yield "growth from 1,000 to 10,000", f"N^{growth(took[1_000], took[10_000], 10):.2f}", "target 1.1"


def drawings(sample: Path, folder: Path) -> Iterator[Row]:
    """Whole processes that draw the product tree and charts."""
    large, people = plans.file(folder, 3_000), plans.organisation(folder, 300)
    for what, path, words, target, goal in (
        ("sample, organisation chart, SVG", sample, ["--what", "organisation"], 0.5, 0.3),
        ("sample, document tree, SVG", sample, ["--what", "documents"], 0.5, 0.3),
        ("sample, milestones, SVG", sample, ["--what", "milestones"], 0.5, 0.3),
        (
            "300 roles and people, PDF on letter",
            people,
            ["--what", "organisation", "--paper", "letter"],
            1.0,
            0.6,
        ),
        ("300 milestones, PDF on letter", people, ["--what", "milestones", "--paper", "letter"], 1.0, 0.6),
        ("sample, three levels (191 boxes), SVG", sample, ["--depth", "3"], 0.5, 0.3),
        ("3,000 boxes, PDF", large, ["--paper", "fits"], 3.0, 1.5),
    ):
        out = str(folder / ("tree.svg" if "SVG" in what else "tree.pdf"))
        cost = process(["-m", "dmdesk", "draw", str(path), out, *words], runs=3)
        yield what, told(cost), within(cost.wall, target, goal, "s")


def number(script: str, *arguments: object) -> float:
    """The number that a script prints, the median of three processes."""
    import statistics

    command = [sys.executable, "-c", script, *map(str, arguments)]
    runs = (subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True) for _ in range(3))
    return statistics.median(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()
