"""Money and time of one risk: three-point estimates from what was filled in, their mean, and how often they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dmdesk import types as t
from dmdesk.model import Risk
from dmdesk.risks.uncertain import MOST_OCCURRENCES, pert_mean


@dataclass(frozen=True)
class Estimate:
    """The least, likely and greatest amount if the risk happens once: money in whole units, or months."""

    least: float
    likely: float
    most: float

    @property
    def mean(self) -> float:
        """The PERT mean."""
        return pert_mean(self.least, self.likely, self.most)


def estimate(least: Any, likely: Any, most: Any) -> Estimate | None:
    """The estimate of up to three values, None without any; missing ones follow from the others, order is put right."""
    known = sorted(one for one in map(t.amount, (least, likely, most)) if one is not None)
    if not known:
        return None
    middle = t.amount(likely)
    if middle is None:
        middle = (known[0] + known[-1]) / 2
    middle = min(max(middle, known[0]), known[-1]) if len(known) < 3 else known[1]
    return Estimate(known[0], middle, known[-1])


def cost_of(risk: Risk) -> Estimate | None:
    """What a risk costs, or gains, when it happens once."""
    return estimate(risk.cost_min, risk.cost_likely, risk.cost_max)


def delay_of(risk: Risk) -> Estimate | None:
    """The months a risk costs, or gains, when it happens once."""
    return estimate(risk.delay_min, risk.delay_likely, risk.delay_max)


def occurrences_of(risk: Risk) -> int:
    """How many times a risk may happen; once where nothing, or nothing sensible, is said."""
    return min(max(risk.occurrences or 1, 1), MOST_OCCURRENCES)
