"""Who, when, why: the steps between two states, found by the rows and fields that they changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dmdesk.changes import Change

if TYPE_CHECKING:
    from dmdesk.store import Step

Steps = Iterable["tuple[Step, Sequence[Change]]"]
"""Steps with what they changed, in any order."""

STANDS = "done"


class Made:
    """The steps that touched each row, newest first; those that were undone count for nothing."""

    def __init__(self, steps: Steps) -> None:
        self._of: dict[tuple[str, str], list[tuple[Step, Change]]] = {}
        standing = [(step, changes) for step, changes in steps if step.state == STANDS]
        for step, changes in sorted(standing, key=lambda one: one[0].id, reverse=True):
            for change in reversed(changes):
                self._of.setdefault((change.kind, change.id), []).append((step, change))

    def __bool__(self) -> bool:
        return bool(self._of)

    def steps(self, kind: str, *ids: str) -> tuple[Step, ...]:
        """The steps that touched the row, newest first, each once."""
        return tuple({step.id: step for step, _ in self._touched(kind, ids)}.values())

    def field(self, kind: str, name: str, *ids: str) -> Step | None:
        """The last step that changed a field of the row."""
        return next((step for step, change in self._touched(kind, ids) if name in change.fields), None)

    def whole(self, kind: str, op: str, *ids: str) -> Step | None:
        """The last step that added, or dropped, the row."""
        return next((step for step, change in self._touched(kind, ids) if change.op == op), None)

    def _touched(self, kind: str, ids: tuple[str, ...]) -> list[tuple[Step, Change]]:
        for id in ids:
            found = self._of.get((kind, id))
            if found:
                return found
        return []


def between(steps: Iterable[Step], after: int = 0, until: int = 0) -> list[Step]:
    """The steps that stand from one number on, up to and with another; 0 for no bound.

    The step that sealed a baseline also made the draft that follows it, so it belongs to both of its sides.
    """
    return [
        one for one in steps if one.state == STANDS and one.id >= after and (not until or one.id <= until)
    ]


def rfc_of(step: Step | None) -> str:
    """The id of the change request that a step carries, or ""."""
    return str(getattr(step, "rfc", "") or "")
