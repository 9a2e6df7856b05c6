"""Checks of requirements: each traces to one above it, or says why not."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.checks.dates import on_circles
from dmdesk.checks.finding import ERROR, NOTE, WARNING, Finding, check
from dmdesk.model import Requirement, Trace
from dmdesk.reading import PlanData


def untraced(data: PlanData) -> list[Requirement]:
    """The requirements that trace to none above, of those documents that have any that do.

    A document none of whose requirements trace upwards stands at the top and is left out.
    """
    traced = {trace.requirement for trace in data.all(Trace).values()}
    requirements = data.all(Requirement)
    lower = {requirements[id].source for id in traced if id in requirements}
    return [row for id, row in requirements.items() if id not in traced and row.source in lower]


@check("requirement.untraced", WARNING, kinds=("requirement", "trace"))
def no_trace(data: PlanData) -> Iterator[Finding]:
    """A requirement that traces to none above it and gives no reason in “Derived because”."""
    for row in untraced(data):
        if not row.derived:
            words = "This requirement traces to none above it; link one, or say in “Derived because” why it has none."
            yield no_trace.at(row, "derived", words)


@check("requirement.circle", ERROR, kinds=("requirement", "trace"))
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


@check("requirement.sourceless", NOTE, kinds=("requirement",))
def sourceless(data: PlanData) -> Iterator[Finding]:
    """A requirement that does not say which document states it, where others do."""
    rows = data.all(Requirement).values()
    if any(row.source for row in rows):
        for row in [row for row in rows if not row.source]:
            yield sourceless.at(row, "source", "It does not say which document states this requirement.")
