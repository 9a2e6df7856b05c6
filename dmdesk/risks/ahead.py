"""Ahead: what the plan would come to with changes that are being typed, fast enough to move with the typing.

It keeps a copy of the plan and a simulation: only the risk that changes is drawn anew, and nothing else is read again.
"""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData
from dmdesk.risks.book import scored
from dmdesk.risks.contingency import contingency
from dmdesk.risks.simulation import Simulation
from dmdesk.values import frozen


@frozen
class Figures:
    """Of one risk: exposure, score and the name of its zone; of the plan: Σ P×I and P80. None where unknown."""

    emv: float | None
    score: float | None
    zone: str
    expected: float | None
    p80: float | None


class Ahead:
    """A plan a few keys ahead of the one that is open. To be used by one thread."""

    def __init__(self, data: PlanData) -> None:
        self._data = data.copy()
        self.simulation = Simulation()

    def follow(self, data: PlanData, changes: Iterable[Change]) -> None:
        """Take over the rows that a step has changed in the open plan."""
        for kind, id in {(change.kind, change.id) for change in changes}:
            self._data.replace(kind, id, data.get(kind, id))

    def figures(self, risk: str, changes: Iterable[Change] = ()) -> Figures:
        """What a risk and the plan come to once the changes are made.

        Raises:
            PlanError: they do not fit the plan.
        """
        held: dict[tuple[str, str], Entity | None] = {}
        try:
            for change in changes:
                at = (change.kind, change.id)
                now = self._data.get(*at)
                after = c.applied(now, change)
                held.setdefault(at, now)
                self._data.replace(*at, after)
            return self._figures(risk)
        finally:
            for (kind, id), row in held.items():
                self._data.replace(kind, id, row)

    def _figures(self, risk: str) -> Figures:
        own = scored(self._data, risk) if self._data.get("risk", risk) is not None else None
        expected, p80 = None, None
        try:
            whole = contingency(self._data, by=self.simulation)
            expected, p80 = whole.expected, whole.outcome.at(80)
        except PlanError:
            pass  # figures that make no sense are among the problems; the meeting goes on without a sum
        if own is None:
            return Figures(None, None, "", expected, p80)
        return Figures(own.emv, own.score, own.zone.name if own.zone else "", expected, p80)
