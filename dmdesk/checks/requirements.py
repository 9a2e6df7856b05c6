"""Checks of requirements: each traces to one above it, or says why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dmdesk.checks.dates import on_circles
from dmdesk.checks.finding import ERROR, NOTE, WARNING, Finding, check, of
from dmdesk.checks.perrow import per_row
from dmdesk.keeping import Index, Replaced
from dmdesk.kinds import Entity
from dmdesk.model import Requirement, Trace
from dmdesk.reading import PlanData


def untraced(data: PlanData) -> list[Requirement]:
    """The requirements that trace to none above, of those documents that have any that do.

    A document none of whose requirements trace upwards stands at the top and is left out.
    """
    traced, lower = _traced(data), _lower(data)
    return [row for id, row in data.all(Requirement).items() if id not in traced and row.source in lower]


def _traced(data: PlanData) -> Index[str]:
    """The trace links by the requirement that they lead up from."""
    return data.index("lower", "trace", lambda row: (row.requirement,))  # type: ignore[attr-defined]


def _lower(data: PlanData) -> frozenset[str]:
    """The documents that hold requirements which trace to others."""
    traced = _traced(data)
    sources = data.index("source", "requirement", lambda row: (row.source,))  # type: ignore[attr-defined]
    names = ("requirement.source", "trace.requirement")
    return data.memo(
        "documents below",
        names,
        lambda: frozenset(source for source in sources if any(id in traced for id in sources.group(source))),
    )


@check(
    "requirement.untraced",
    WARNING,
    kinds=(*of("requirement", "source", "derived"), *of("trace", "requirement")),
)
def no_trace(data: PlanData) -> Iterator[Finding]:
    """A requirement that traces to none above it and gives no reason in “Derived because”."""
    traced, lower = _traced(data), _lower(data)
    words = "This requirement traces to none above it; link one, or say in “Derived because” why it has none."

    def near(step: Replaced) -> Iterator[str]:
        if step.kind == "trace":
            yield from (row.requirement for row in (step.old, step.new) if isinstance(row, Trace))

    def look(rows: Sequence[Entity]) -> dict[str, tuple[Finding, ...]]:
        lacking = [
            row
            for row in rows
            if isinstance(row, Requirement)
            and row.source in lower
            and not row.derived
            and row.id not in traced
        ]
        return {row.id: (no_trace.at(row, "derived", words),) for row in lacking}

    yield from per_row(data, "untraced", "requirement", ("source", "derived"), look, near, setting=lower)


@check("requirement.circle", ERROR, kinds=("requirement.id", *of("trace", "requirement", "parent")))
def circle(data: PlanData) -> Iterator[Finding]:
    """A requirement that traces, over others, to itself; traces only lead upwards."""
    rows, traces = data.all(Requirement), data.all(Trace).values()
    between = {row.requirement for row in traces} & {row.parent for row in traces} & rows.keys()
    if not between:
        return
    after: dict[str, list[str]] = {id: [] for id in rows if id in between}
    for row in traces:
        if row.requirement in between and row.parent in between:
            after[row.requirement].append(row.parent)
    for id in on_circles(after):
        yield circle.at(
            rows[id], "key", "Over its trace links this requirement follows from itself; remove one of them."
        )


@check("requirement.sourceless", NOTE, kinds=of("requirement", "source"))
def sourceless(data: PlanData) -> Iterator[Finding]:
    """A requirement that does not say which document states it, where others do."""
    rows = data.all(Requirement).values()
    if any(row.source for row in rows):
        for row in [row for row in rows if not row.source]:
            yield sourceless.at(row, "source", "It does not say which document states this requirement.")
