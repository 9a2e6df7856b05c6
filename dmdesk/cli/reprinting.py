"""Printing a baseline again from the command line: the file of the day, proven by its SHA-256."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import store
from dmdesk.cli import output
from dmdesk.cli.opening import baseline_of
from dmdesk.errors import PlanError
from dmdesk.saving import put_in_place

if TYPE_CHECKING:
    from dmdesk.report import Printed


def printed_again(file: Path, version: str, out: Path, *, sha: bool) -> int:
    """Print a baseline as on the day of its release; 1 if the file is not that of the day."""
    from dmdesk.releasing import reprint

    with baseline_of(file, version) as (data, one):
        printed, differs = reprint(data, one)
    put_in_place(out, printed.pdf)
    if sha:
        output.say(f"{printed.sha256}  {out}")
    else:
        same = ", the same file as on the day" if one.pdf and not differs else ""
        output.say(
            f"Printed {one.version} on {output.number(printed.pages, 'page')}, SHA-256 {printed.sha256}, "
            f"to “{out}”{same}."
        )
    if differs:
        output.complain(differs)
        return 1
    if not one.exported:
        _note(file, one, printed)
    return 0


def _note(file: Path, one: store.Baseline, printed: Printed) -> None:
    """Note in the plan that the print exists, where it can be written; from then on the release is not undone."""
    from dmdesk.plan import Plan
    from dmdesk.report import PAPERS

    if store.inspect(file) != store.SCHEMA:
        return
    with Plan.open(file) as plan:
        try:
            plan.note_print(one.version, printed.sha256, one.paper or PAPERS[0], exported=True)
        except PlanError as error:
            output.complain(f"That {one.version} was exported is not noted in the plan. {error}")
