"""Money and time of one risk: three-point estimates from what was filled in, their mean, and how often they count.

Amounts in words stand here too, so that every table and figure says them alike.
"""

from __future__ import annotations

from typing import Any

from dmdesk import types as t
from dmdesk.model import PlanDocument, Risk
from dmdesk.reading import PlanData
from dmdesk.risks.uncertain import MOST_OCCURRENCES, pert_mean
from dmdesk.values import frozen


@frozen
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


# -- in words

_UNITS = ((10**9, "G"), (10**6, "M"), (10**3, "k"))


def words(data: PlanData, amount: float) -> str:
    """An amount in full with the plan's currency, for example $1,250,000; whole units, minus before the sign."""
    return _signed(data, round(amount), f"{abs(round(amount)):,}")


def short(data: PlanData, amount: float) -> str:
    """An amount in three digits, for example $1.25M, for where there is little room."""
    size = abs(round(amount))
    for unit, letter in _UNITS:
        if float(f"{size:.3g}") >= unit:
            return _signed(data, amount, f"{float(f'{size:.3g}') / unit:g}{letter}")
    return _signed(data, round(amount), f"{size:.3g}")


def _signed(data: PlanData, amount: float, digits: str) -> str:
    plan = data.plan()
    sign = (plan.currency if isinstance(plan, PlanDocument) else "").strip() or "$"
    apart = "\xa0" if sign[-1].isalpha() else ""
    return f"{'−' if amount < 0 else ''}{sign}{apart}{digits}"
