"""What may happen and what it would cost or delay, as plain values, and the sum that anybody can check by hand.

It stands apart from the simulation so that a table of expected amounts needs no numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite

from dmdesk.values import frozen

MOST_OCCURRENCES = 1_000
LARGEST = 2**53
"""All amounts together, in the parts that are counted: up to here sums of whole numbers are exact everywhere."""


@frozen
class Uncertain:
    """One risk or opportunity: how probable, and its amount as three points in one unit, money or months.

    The amounts of the ``occurrences`` that come add up; each comes with the probability, whatever the others do. Risks
    with the same ``event`` come together, and the largest of them counts once. A gain is taken away from the total.
    """

    key: str
    """Names the risk and its stream of random numbers; no two risks of a simulation share one."""
    probability: float
    low: float
    likely: float
    high: float
    occurrences: int = 1
    gain: bool = False
    event: str = ""


def pert_mean(low: float, likely: float, high: float) -> float:
    """The mean of three points in which the likely one counts four times."""
    return (low + 4 * likely + high) / 6


def expected(risks: Iterable[Uncertain]) -> float:
    """The plain sum of probability × PERT mean × occurrences, gains taken away; what a simulation is held against.

    Of risks with the same event only the threat with the largest product and the gain with the largest count. The
    simulation takes the largest of each run instead, so its mean lies somewhat higher where an event has several.

    Raises:
        ValueError: a risk is no sense; the sentence says which and why.
    """
    risks = list(risks)
    check(risks)
    total, largest = 0.0, dict[tuple[str, bool], float]()
    for risk in sorted(risks, key=lambda risk: risk.key):
        amount = risk.probability * pert_mean(risk.low, risk.likely, risk.high) * risk.occurrences
        if not risk.event:
            total += -amount if risk.gain else amount
        else:
            largest[risk.event, risk.gain] = max(amount, largest.get((risk.event, risk.gain), 0.0))
    return total + sum(-amount if gain else amount for (_, gain), amount in sorted(largest.items()))


def fault(risk: Uncertain) -> str:
    """What is wrong with a risk in one sentence, or nothing."""
    points = (risk.low, risk.likely, risk.high)
    if not 0 <= risk.probability <= 1:
        return f"The probability of {risk.key} is {risk.probability:g}; give one from 0 to 1."
    if not all(map(isfinite, points)):
        return f"The amounts of {risk.key} are not all numbers; give its lowest, likely and highest amount."
    if min(points) < 0:
        return f"An amount of {risk.key} is negative; give 0 or more, and mark an opportunity as a gain."
    if not risk.low <= risk.likely <= risk.high:
        told = ", ".join(f"{point:g}" for point in points)
        return f"The amounts of {risk.key} are out of order ({told}); give lowest ≤ likely ≤ highest."
    if not 1 <= risk.occurrences <= MOST_OCCURRENCES or risk.occurrences != int(risk.occurrences):
        return f"{risk.key} has {risk.occurrences:g} possible occurrences; give 1 to {MOST_OCCURRENCES:,}."
    return ""


def check(risks: Sequence[Uncertain], parts: int = 1) -> None:
    """Refuse what cannot be counted.

    Raises:
        ValueError: with a sentence that names the risk and what to give instead.
    """
    keys = set[str]()
    for risk in risks:
        if wrong := fault(risk):
            raise ValueError(wrong)
        if risk.key in keys:
            raise ValueError(f"Two risks are called {risk.key}; give each a name of its own.")
        keys.add(risk.key)
    if sum(risk.high * parts * risk.occurrences for risk in risks) >= LARGEST:
        raise ValueError("The amounts of all risks together are too large to be counted; use a larger unit.")
