"""The sample ten times over, in every kind: what its ten times longer print costs is measured with it."""

from __future__ import annotations

import sys
from pathlib import Path

from dmdesk.comparing.pairing import aligned
from dmdesk.exchange import text
from dmdesk.kinds import Entity, changed, kind_of, kinds, new_id
from dmdesk.reading import PlanData
from tests.bench.measure import ROOT

TIMES = 10
ONCE = ("plan", "scale", "band", "impact", "zone")
"""Kinds that a plan of any size has as many of."""


def tenfold() -> PlanData:
    """The sample and nine more of all its rows, under other ids and keys and linked among themselves."""
    sample = text.read(ROOT / "sample_db" / "ldm-294")
    rows = [row for kind in kinds() for row in sample.rows(kind.name).values()]
    for time in range(2, TIMES + 1):
        ids = {
            kind.name: {id: new_id() for id in sample.rows(kind.name)}
            for kind in kinds()
            if kind.name not in ONCE
        }
        other = aligned(sample, ids)
        rows += [_another(row, time) for name in ids for row in other.rows(name).values()]
    return PlanData.of(rows)


def _another(row: Entity, time: int) -> Entity:
    """A row with a key of its own. Parts of the print are asked for once: they are long enough."""
    kind = kind_of(row)
    values = {kind.key: f"{getattr(row, kind.key)}-{time}"} if kind.key else {}
    if kind.name == "section":
        lines = str(getattr(row, "body")).splitlines()  # noqa: B009
        values["body"] = "\n".join(line for line in lines if "{{" not in line)
    return changed(row, values)


if __name__ == "__main__":
    from dmdesk import schema

    schema.create(Path(sys.argv[1]), tenfold())
