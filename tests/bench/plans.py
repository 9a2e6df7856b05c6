"""Plans of any size to measure with: a product tree, WBS, people, requirements and their links."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from dmdesk.kinds import Entity, derived_id, kinds
from dmdesk.reading import PlanData
from tests.bench.measure import ROOT

WORDS = [
    "alert",
    "data",
    "archive",
    "image",
    "survey",
    "camera",
    "science",
    "query",
    "pipeline",
    "service",
    "network",
    "catalog",
    "release",
]


def rows(products: int, requirements: int = 0, traces: int = 0) -> PlanData:
    """A plan of so many products, half as many WBS elements, and as many requirements and trace links as asked for."""
    made: list[Entity] = []

    def add(of: str, code: str, values: dict[str, Any]) -> str:
        made.append(kinds()[of].make({"key": code, **values}, derived_id(of, code)))
        return made[-1].id

    made.append(
        kinds()["plan"].make({"handle": f"BENCH-{products}", "title": f"A plan of {products} products"})
    )
    crew = range(max(10, products // 100))
    people = [add("person", f"p{n}", {"name": f"Person {n} {WORDS[n % 13].title()}"}) for n in crew]
    wbs: list[str] = []
    for n in range(max(1, products // 2)):
        above = (n - 1) // 8
        code = _code(n)
        parent = wbs[above] if n else ""
        values = {"name": f"{_name(n)} work", "parent": parent, "dictionary": f"All {_name(n + 3)}. " * 6}
        wbs.append(add("wbs", code, values))
    tree: list[str] = []
    for n in range(products):
        values = {
            "name": f"{_name(n)} {n}",
            "parent": tree[(n - 1) // 6] if n else "",
            "order": f"{n:06d}5",
            "description": f"The {_name(n + 5)} that serves the {_name(n + 9)}.",
            "kind": ("software", "hardware", "service")[n % 3] if 6 * n + 1 >= products else "group",
            "wbs": (wbs[n % len(wbs)],),
            "managers": (people[n % len(people)],) if n % 3 == 0 else (),
            "owners": (people[(n * 7) % len(people)],) if n % 5 == 0 else (),
            "repositories": (f"repo_{n}",) if n % 4 == 0 else (),
        }
        tree.append(add("product", f"PR{n:05d}", values))
    needs = [
        add("requirement", f"REQ-{n:05d}", {"name": f"{_name(n)} requirement {n}"})
        for n in range(requirements)
    ]
    lower = max(1, requirements // 2)
    for n in range(traces):
        low, high = needs[n % lower], needs[lower + (n * 31 + n // lower) % (requirements - lower)]
        made.append(kinds()["trace"].make({"requirement": low, "parent": high}, derived_id("trace", f"{n}")))
    return PlanData.of(made)


def file(folder: Path, products: int) -> Path:
    """Such a plan as a file; made by another process, whose memory would count as the least of all that come after."""
    path = folder / f"bench-{products}.dmplan"
    if not path.exists():
        subprocess.run([sys.executable, "-m", __name__, str(path), str(products)], cwd=ROOT, check=True)
    return path


def organisation(folder: Path, size: int) -> Path:
    """A plan file with so many roles, each held by a person, and as many milestones."""
    path = folder / f"bench-organisation-{size}.dmplan"
    if not path.exists():
        command = [sys.executable, "-m", __name__, str(path), str(size), "organisation"]
        subprocess.run(command, cwd=ROOT, check=True)
    return path


def charted(size: int) -> PlanData:
    """The rows of such a plan."""
    made = [
        kinds()["plan"].make({"handle": f"BENCH-{size}", "title": "A plan of roles", "date": "2020-06-30"})
    ]
    for n in range(size):
        made += [
            kinds()["person"].make({"key": f"p{n}", "name": f"Person {n}"}, f"p{n}"),
            kinds()["role"].make(
                {"key": f"R{n}", "name": f"{_name(n)} lead", "reports_to": f"r{(n - 1) // 7}" if n else ""}, f"r{n}"
            ),
            kinds()["appointment"].make({"role": f"r{n}", "person": f"p{n}", "capacity": "holder"}, f"a{n}"),
            kinds()["milestone"].make(
                {"key": f"M-{n}", "name": f"{_name(n)} is reached", "level": str(n % 4 + 1),
                 "due": f"{2018 + n % 6}-{n % 12 + 1:02d}-{n % 27 + 1:02d}"}, f"m{n}"
            ),
        ]  # fmt: skip
    return PlanData.of(made)


def _name(number: int) -> str:
    return " ".join(WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 7))


def _code(number: int) -> str:
    parts: list[str] = []
    while number:
        number, part = divmod(number - 1, 8)
        parts.append(f"{part:02d}")
    return ".".join(["1", *reversed(parts)])


if __name__ == "__main__":
    from dmdesk import schema

    of = charted if len(sys.argv) > 3 else rows
    schema.create(Path(sys.argv[1]), of(int(sys.argv[2])))
