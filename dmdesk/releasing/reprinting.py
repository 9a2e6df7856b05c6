"""Printing a baseline again: the same bytes as on the day, or a sentence that says that they are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmdesk.report import PAPERS, Options, make
from dmdesk.store import SCHEMA, Baseline

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report import Printed


def options(paper: str, schema: str = SCHEMA) -> Options:
    """How releases are printed: whole, as the plan's state says, carrying the plan by the schema it was sealed in."""
    return Options(paper=paper or PAPERS[0], schema=schema)


def reprint(
    data: PlanData,
    baseline: Baseline,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Printed, str]:
    """The print of a baseline, given its rows, and "" or a sentence that says it is not the one of the day."""
    printed = make(data, options(baseline.paper, baseline.schema), progress, cancelled)
    if not baseline.pdf or printed.sha256 == baseline.pdf:
        return printed, ""
    return printed, (
        f"This is not the file that was printed when {baseline.version} was released (SHA-256 {baseline.pdf}), though "
        "the plan in it is the same: this version of dmdesk prints otherwise. Keep the file of the day."
    )
