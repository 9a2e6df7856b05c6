"""Axes: round steps between two numbers, and how large amounts are written short."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor, log10


def steps(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers between two, no more than so many, 1, 2 or 5 times a power of ten apart."""
    if not high > low:
        return [low]
    rough = (high - low) / max(most - 1, 1)
    power = 10 ** floor(log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    first = floor(low / step + 1e-9) * step
    found = [first + step * n for n in range(most + 3)]
    return [round(one, 10) for one in found if low - step * 1e-6 <= one <= high + step * 1e-6]


def span(numbers: Iterable[float], *, zero: bool = True) -> tuple[float, float]:
    """The least and the greatest of numbers, and 0; never without room between."""
    known = [*numbers, *([0.0] if zero else [])]
    low, high = min(known, default=0.0), max(known, default=0.0)
    return (low, high) if high > low else (low, low + 1)


def short(amount: float) -> str:
    """An amount in few characters: 950, 12 k, 3.4 M."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= size * 0.9995:
            return f"{amount / size:.3g} {unit}"
    return f"{amount:.3g}"
