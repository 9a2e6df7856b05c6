"""Printing changes for people; shared by every command that compares or says what it would do."""

from __future__ import annotations

from dmdesk.changes import Change
from dmdesk.cli import output, wording
from dmdesk.reading import PlanData


def print_changes(changes: list[Change], before: PlanData, after: PlanData, *, counted: bool = False) -> None:
    """A line per row and field, by kind; with ``counted``, numbers for each kind first; a summary last."""
    if counted and changes:
        output.table(wording.counts(changes), headers=["", "Added", "Changed", "Removed"], numbers=(1, 2, 3))
        output.say()
    for line in wording.lines(changes, before, after):
        output.say(line)
    output.say(f"{wording.summary(changes)}.")
