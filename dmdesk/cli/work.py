"""What was done under change requests, as the history of a plan file tells it to commands that only look."""

from __future__ import annotations

from dmdesk.control.workingset import Part, is_content, work
from dmdesk.store import DONE, Step, Store


def work_of(kept: Store) -> dict[str, list[Part]]:
    """What was done under each change request, by its id."""
    steps = (step for step in kept.steps(newest_first=False) if step.rfc and step.state == DONE)
    return work((step.rfc, step.at, kept.changes_of(step.id)) for step in steps)


def steps_of(kept: Store, rfc: str) -> list[Step]:
    """The steps that changed content under a change request, oldest first."""
    steps = (step for step in kept.steps(newest_first=False) if step.rfc == rfc and step.state == DONE)
    return [step for step in steps if any(map(is_content, kept.changes_of(step.id)))]
