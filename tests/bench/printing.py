"""What printing costs: the sample, as a whole process and once all is loaded, and the sample ten times over."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import ROOT, Cost, Row, apart, process, verdict


def prints(sample: Path, folder: Path) -> Iterator[Row]:
    """The rows of the table."""
    out, large = str(folder / "out.pdf"), folder / "tenfold.dmplan"
    subprocess.run([sys.executable, "-m", "tests.bench.tenfold", str(large)], cwd=ROOT, check=True)
    one = process(["-m", "dmdesk", "print", str(sample), out], runs=5)
    ten = process(["-m", "dmdesk", "print", str(large), out], runs=3)
    yield "the sample plan", _told(one), f"target 1 s of CPU, goal 0.6: {verdict(one.cpu, 1.0, 0.6)}"
    for what, path in (("the sample plan", sample), ("ten times the sample", large)):
        took, pages = apart("tests.bench.printing", path)["once ready"]
        rate = f"target 100 pages a second: {verdict(-pages / took, -100, -250)}"
        yield (
            f"{what}, once ready",
            f"{pages:,.0f} pages, cpu {took:.2f} s",
            f"{pages / took:.0f} a second; {rate}",
        )
    times = ten.cpu / one.cpu
    growth = f"{times:.1f} × the sample; target 10, goal 8: {verdict(times, 10, 8)}"
    peak = f"peak target 200 MB, goal 150: {verdict(ten.peak, 200, 150)}"
    yield "ten times the sample, in every kind", _told(ten), f"{growth}; {peak}"


def _told(cost: Cost) -> str:
    return f"{cost.wall:.2f} s  cpu {cost.cpu:.2f}  {cost.peak:.0f} MB"


def measure(path: Path) -> dict[str, tuple[float, float]]:
    """(seconds of CPU, pages) of a print after one that loaded what printing needs."""
    from dmdesk import report
    from dmdesk.plan import Plan

    with Plan.open(path, read_only=True) as plan:
        data = plan.snapshot()
    report.make(data)
    start = time.process_time()
    pages = report.make(data.copy()).pages
    return {"once ready": (time.process_time() - start, pages)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
