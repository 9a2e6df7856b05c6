"""Contingency: the simulation of a plan's exposure, beside the plain sum, as one value for window, print and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.risks.exposure import CONTINGENCY, Exposed, drawn, exposed, total, uncertain
from dmdesk.risks.scale import KINDS
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.risks.simulation import Outcome, Simulation

RUNS, SEED = 10_000, 1
OF = ("risk", "score", "draw", "plan.scale", *KINDS)
"""What the contingency follows from."""


@frozen
class Contingency:
    """What the active risks may cost together: Σ P×I, what the simulation says, and what was drawn already."""

    risks: tuple[Exposed, ...]
    expected: float
    outcome: Outcome
    drawn: int


def contingency(
    data: PlanData, runs: int = RUNS, seed: int = SEED, shape: str = "pert", *, funding: str = CONTINGENCY,
    by: Simulation | None = None,
) -> Contingency:  # fmt: skip
    """The contingency of a plan. ``by`` is a simulation that is kept, so that after one change only that is drawn anew.

    Raises:
        PlanError: the runs are no sensible number, or amounts more than can be counted.
    """
    from dmdesk.risks.simulation import Simulation

    counted = tuple(exposed(data, funding))
    try:
        outcome = (by or Simulation(runs, seed, shape)).of(uncertain(data, counted))
    except ValueError as error:
        raise PlanError(str(error)) from None
    return Contingency(counted, total(data, counted), outcome, drawn(data))


def usual(data: PlanData) -> Contingency | None:
    """The contingency with the usual runs and seed; None where no active risk has figures, and then without numpy.

    It is remembered until something it follows from changes, and then only the changed risks are drawn anew: a plan
    that is printed after every edit has it almost for nothing.

    Raises:
        PlanError: amounts are more than can be counted.
    """
    return data.memo("usual contingency", OF, lambda: _usual(data))


def _usual(data: PlanData) -> Contingency | None:
    if not uncertain(data, exposed(data)):
        return None
    from dmdesk.risks.simulation import Simulation

    kept: Simulation = data.memo("kept simulation", (), lambda: Simulation(RUNS, SEED))
    return contingency(data, by=kept)
