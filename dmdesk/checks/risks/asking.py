"""Asking about risks: one at a time, again only where the risk, what is part of it, or the day has changed.

A register of thousands is edited while people sit in a meeting, so no answer may cost a walk through all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dmdesk.changes import add
from dmdesk.checks import finding as f
from dmdesk.checks.finding import Finding, Fix, of
from dmdesk.checks.fixing import missing
from dmdesk.checks.perrow import Near, each, per_row
from dmdesk.keeping import Index, Replaced
from dmdesk.kinds import Entity
from dmdesk.model import Risk
from dmdesk.model.risks import ACTIVE
from dmdesk.reading import PlanData
from dmdesk.risks.scale import KINDS
from dmdesk.risks.states import moved

PARTS = ("score", "move", "response", "action", "draw", "reviewed")
"""Kinds whose rows name the risk they are about in ``risk``."""

SCALE = ("plan.scale", *KINDS)
"""What the scale of the plan is made of."""

SCORES = of("score", "risk", "sort", "date", "likelihood", "overall", "cost", "schedule", "further")

Find = Callable[[Any], Iterable[Finding]]


def near_parts(step: Replaced) -> Iterator[str]:
    """The risks that a replaced part is, or was, about."""
    if step.kind in PARTS:
        yield from (row.risk for row in (step.old, step.new) if row is not None)  # type: ignore[attr-defined]


def asked(
    data: PlanData, name: str, fields: Sequence[str], find: Find, *, kind: str = "risk", near: Near | None = None,
    setting: Any = None,
) -> list[Finding]:  # fmt: skip
    """What ``find`` says of each risk (or row of another kind), kept until what it is told to depend on changes."""
    return per_row(data, name, kind, fields, each(find), near or near_parts, (f.today(), setting))


def scale_stamp(data: PlanData) -> tuple[int, ...]:
    """Differs after the scale of the plan has changed."""
    return data.version(*SCALE)


def by_risk(data: PlanData, kind: str) -> Index[str]:
    """The rows of a kind by the risk they are about."""
    return data.index("by risk", kind, lambda row: (row.risk,))  # type: ignore[attr-defined]


def parts(data: PlanData) -> Index[str]:
    """The risks by the headline that they belong to."""
    return data.index("parts", "risk", lambda row: (row.parent,))  # type: ignore[attr-defined]


def of_risk(data: PlanData, kind: str, risk: str) -> list[Any]:
    """The rows of a kind that are about a risk."""
    rows = data.rows(kind)
    return [rows[id] for id in by_risk(data, kind).ids(risk)]


def stands_alone(row: Risk) -> bool:
    """Whether it is active and judged by itself, not by risks below it."""
    return row.state == ACTIVE and not row.headline


def moving(data: PlanData, risk: Risk, title: str, way: str, state: str, reason: str) -> Fix:
    """The fix that moves a risk to another state today."""
    change, recorded = moved(data, risk, state, f.today(), reason)
    values = {name: new for name, (_, new) in recorded.fields.items()}
    return Fix(title, (change, add(missing(data, "move", f"{risk.id}/{f.today()}/{state}", values))), way)


def counted(number: int, one: str) -> str:
    """“1 risk”, “3 risks”."""
    return f"{number} {one}{'s' * (number != 1)}"


def title_of(data: PlanData, row: Entity) -> str:
    """What a sentence or a fix calls a risk."""
    return data.key(row) or f"“{data.title(row)}”"
