"""The two shapes that three points are given, as tables of amounts, and drawing from them with given random bits.

Only operations that IEEE 754 rounds in one way are used (+ − × ÷ and square roots, each by itself): a power or a
logarithm differs from machine to machine in the last digit, and figures that people sign must not.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dmdesk.risks.arrays import np
from dmdesk.risks.uncertain import Uncertain

if TYPE_CHECKING:
    import numpy.typing as npt

    Raw: TypeAlias = npt.NDArray[np.uint64]
    Reals: TypeAlias = npt.NDArray[np.float64]

PERT, TRIANGULAR = "pert", "triangular"
SHAPES = (PERT, TRIANGULAR)
LEVELS = 2**53
"""A random number is one of so many."""

_HALF = 128
"""Pieces of a table on either side of the median; they are narrow at its ends, where amounts change fast."""
_STEPS = 256
"""Pieces in which the density of a PERT shape is summed up."""
_BITS, _DIGIT = 20, 4
"""Binary digits of where between lowest and highest the likely amount lies, and how many are dealt with at once."""


class Table(NamedTuple):
    """Straight pieces, amount = base + place × slope: those from the most to the median, then from the least to it."""

    bases: Reals
    slopes: Reals


def table(risk: Uncertain, shape: str, parts: int) -> Table:
    """The amounts of one occurrence of a risk, counted in parts of its unit."""
    low, likely, high = (point * parts for point in (risk.low, risk.likely, risk.high))
    where = round((likely - low) / (high - low) * 2**_BITS) if high > low else 0
    bases, slopes = _unit_table(shape, where)
    return Table(bases * (high - low) + low, slopes * (high - low))


def draw(raw: Raw, probability: float, table: Table, column: Reals) -> None:
    """Add what one occurrence comes to in each run.

    One random number decides both whether it comes and how much it is, the smaller the worse. So the amount of a run
    never falls when the probability or the likely amount is raised.
    """
    came = np.flatnonzero(raw < ceil(probability * LEVELS))
    rest = raw.take(came).astype(np.float64)
    rest /= probability * LEVELS or 1
    place = 1 - rest
    late = rest > place
    np.minimum(rest, place, out=place)
    place *= 0.5
    np.sqrt(place, out=place)
    place *= 2 * _HALF
    cell = place.astype(np.int64)
    cell += late * (_HALF + 1)
    place *= table.slopes.take(cell)
    place += table.bases.take(cell)
    np.rint(place, out=place)
    column[came] += place


@lru_cache(maxsize=1024)
def _unit_table(shape: str, where: int) -> Table:
    """The table from 0 to 1 with the likely amount at so many parts of 2 ** _BITS."""
    levels, order, steps = _edges()
    values = _triangular(levels, where / 2**_BITS) if shape == TRIANGULAR else _pert(levels, where)
    sides = values[order]
    slopes = np.zeros_like(sides)
    np.subtract(sides[:, 1:], sides[:, :-1], out=slopes[:, :-1])
    sides -= slopes * steps
    return Table(sides.ravel(), slopes.ravel())


@lru_cache(maxsize=1)
def _edges() -> tuple[Reals, npt.NDArray[np.int64], Reals]:
    """The probabilities at the edges of pieces, ascending; which of them each side has, from its end; their places."""
    steps = np.arange(_HALF + 1)
    lower = 2 * (steps / (2 * _HALF)) ** 2
    return (
        np.concatenate([lower, 1 - lower[-2::-1]]),
        np.stack([2 * _HALF - steps, steps]),
        steps.astype(np.float64),
    )


def _triangular(levels: Reals, likely: float) -> Reals:
    """The amounts that a triangular shape stays below with these probabilities."""
    rising, falling = np.sqrt(levels * likely), 1 - np.sqrt((1 - levels) * (1 - likely))
    return np.where(levels < likely, rising, falling)


def _pert(levels: Reals, where: int) -> Reals:
    """The same for a PERT shape: a beta distribution whose exponents are 4 × likely and 4 × (1 − likely).

    Its density is summed up by Simpson's rule over a variable that is slow at both ends; powers are products of roots.
    """
    places, density, powers = _nodes()
    density = density * powers[-1] if where == 2**_BITS else density.copy()
    for digit in range(_BITS // _DIGIT):
        density *= powers[digit * 2**_DIGIT + (where >> digit * _DIGIT) % 2**_DIGIT]
    below = np.zeros(_STEPS + 1)
    np.cumsum(density[:-2:2] + 4 * density[1::2] + density[2::2], out=below[1:])
    below /= below[-1]
    inner = levels[1:-1]
    cell = np.searchsorted(below, inner, side="right") - 1
    start, first = below[cell], places[cell]
    values = np.empty_like(levels)
    values[0], values[-1] = 0, 1
    values[1:-1] = first + (places[cell + 1] - first) * ((inner - start) / (below[cell + 1] - start))
    return values


@lru_cache(maxsize=1)
def _nodes() -> tuple[Reals, Reals, list[Reals]]:
    """The places between pieces; (1 − x)⁴ by the weight, at places and middles; and powers of (x / (1 − x))⁴.

    The powers are those of every digit of ``where``, the lowest digit first, and at last the whole.
    """
    slow = np.arange(2 * _STEPS + 1) / (2 * _STEPS)
    place = slow * slow * slow * (10 - 15 * slow + 6 * slow * slow)
    weight = slow * slow * (1 - slow) * (1 - slow)
    rest = place[::-1]
    odds = np.ones_like(place)
    odds[1:-1] = place[1:-1] / rest[1:-1]
    roots = [odds * odds * odds * odds]
    for _ in range(_BITS):
        roots.append(np.sqrt(roots[-1]))
    powers: list[Reals] = []
    for bit in range(_BITS, 0, -_DIGIT):
        powers.append(np.ones_like(odds))
        for _ in range(2**_DIGIT - 1):
            powers.append(powers[-1] * roots[bit])
    return place[::2], rest * rest * rest * rest * weight, [*powers, roots[0]]
