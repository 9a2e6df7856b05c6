"""Checks of requirements: each traces to one above it, or says why not."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.checks.finding import WARNING, Finding, check
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
