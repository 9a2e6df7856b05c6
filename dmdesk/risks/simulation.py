"""The Monte Carlo of risk exposure: how much all risks together may come to, and how surely it stays below an amount.

The same seed gives the same figures on every machine and in any order of the risks, and a changed risk is sampled
alone, so that a review sees P80 move while somebody types. Why it is made so: docs/decisions/0401-exposure.md
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from hashlib import sha256
from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dmdesk.risks import shapes
from dmdesk.risks.arrays import np
from dmdesk.risks.shapes import PERT, SHAPES, TRIANGULAR
from dmdesk.risks.uncertain import Uncertain, check, expected, pert_mean
from dmdesk.values import field, frozen

if TYPE_CHECKING:
    from dmdesk.risks.shapes import Reals

__all__ = [
    "MOST_RUNS", "PERT", "SHAPES", "TRIANGULAR",
    "Driver", "Outcome", "Simulation", "Uncertain", "expected", "pert_mean", "simulate",
]  # fmt: skip

MOST_RUNS = 1_000_000
MOST_DRIVERS = 10

_KEPT = 16_000_000
"""Sampled amounts that are kept at most (128 MB); where there are more, all are sampled each time."""
_DIGITS = 9
"""Of a share; sums of squares are rounded, and in which order is numpy's affair."""


class Driver(NamedTuple):
    """How far one risk moves the total: a bar of the tornado, and its share of the spread.

    ``low`` is what the total comes to on average in the tenth of the runs that go best with this risk, ``high`` in the
    tenth that go worst, all other risks being as they are on average: "change in output mean" by ten bins, which
    @RISK draws by default, and ModelRisk's conditional mean. Since risks are independent the others are averaged over
    all runs, not over those of the bin: the same number with less noise. ``share`` is the contribution to the variance
    of the total; the shares of all risks make 1. Risks that share an event are one driver, by the event's name.
    """

    key: str
    share: float
    low: float
    high: float


@frozen
class Outcome:
    """What the runs came to, in the unit of the risks."""

    runs: int
    seed: int
    shape: str
    parts: int
    mean: float
    deviation: float
    drivers: tuple[Driver, ...]
    """The ten with the largest shares, longest bar first."""
    totals: tuple[int, ...] = field(repr=False)
    """The total of each run in parts of the unit, ascending."""

    def at(self, percent: float) -> float:
        """The least amount that so many percent of the runs do not exceed: ``at(80)`` is P80, ``at(0)`` the least.

        Raises:
            ValueError: the percentage lies outside 0 to 100.
        """
        if not 0 <= percent <= 100:
            raise ValueError(f"There is no P{percent:g}; give a percentage from 0 to 100.")
        return self.totals[max(0, ceil(self.runs * percent / 100) - 1)] / self.parts

    def curve(self, points: int = 101) -> tuple[tuple[float, float], ...]:
        """(amount, percent) from 0 to 100 percent in even steps: the S-curve.

        Raises:
            ValueError: there are fewer than two points.
        """
        if points < 2:
            raise ValueError(f"A curve of {points} points cannot be drawn; ask for 2 or more.")
        percents = [100 * point / (points - 1) for point in range(points)]
        return tuple((self.at(percent), percent) for percent in percents)


def simulate(
    risks: Sequence[Uncertain], runs: int = 10_000, seed: int = 1, shape: str = PERT, parts: int = 1
) -> Outcome:
    """What the risks come to together, once; see ``Simulation``."""
    return Simulation(runs, seed, shape, parts).of(risks)


_Group: TypeAlias = tuple[Uncertain, ...]


class _Column:
    """What a risk or an event comes to in each run, in parts, and how far that spreads."""

    __slots__ = ("amounts", "spread")

    def __init__(self, amounts: Reals) -> None:
        self.amounts = amounts
        away = amounts - amounts.sum() / len(amounts)
        away *= away
        self.spread = float(away.sum())


class Simulation:
    """Runs that can be asked again: only risks that have changed since are sampled again, from the same random numbers.

    Amounts are counted in whole parts of the unit: 1 for money, 1000 for months, so that fractions count.
    To be used by one thread at a time.
    """

    def __init__(self, runs: int = 10_000, seed: int = 1, shape: str = PERT, parts: int = 1) -> None:
        """Nothing is sampled yet.

        Raises:
            ValueError: with a sentence on what to give instead.
        """
        if not 1 <= runs <= MOST_RUNS:
            raise ValueError(f"{runs:,} runs cannot be made; give 1 to {MOST_RUNS:,}.")
        if shape not in SHAPES:
            raise ValueError(f"There is no shape “{shape}”; give one of {', '.join(SHAPES)}.")
        if parts < 1:
            raise ValueError(f"Amounts cannot be counted in {parts} parts of a unit; give 1 or more.")
        self.runs, self.seed, self.shape, self.parts = runs, seed, shape, parts
        self._kept: dict[_Group, _Column] = {}

    def of(self, risks: Sequence[Uncertain]) -> Outcome:
        """What the risks come to together.

        Raises:
            ValueError: a risk is no sense, or two have the same key; the sentence says which and why.
        """
        check(risks, self.parts)
        groups = _groups(risks)
        keep = len(groups) * self.runs <= _KEPT
        totals = np.zeros(self.runs)
        kept: dict[_Group, _Column] = {}
        spreads: dict[_Group, float] = {}
        for group in groups:
            column = self._kept.get(group) or self._column(group)
            totals += column.amounts
            spreads[group] = column.spread
            if keep:
                kept[group] = column
        self._kept = kept
        totals.sort()
        count = _sum(totals)
        return Outcome(
            self.runs,
            self.seed,
            self.shape,
            self.parts,
            mean=count / (self.runs * self.parts),
            deviation=sqrt(fsum(((totals - count / self.runs) ** 2).tolist()) / self.runs) / self.parts,
            drivers=self._drivers(spreads, count),
            totals=tuple(totals.astype(np.int64).tolist()),
        )

    def _column(self, group: _Group) -> _Column:
        """Sample a risk, or the risks of an event on the random numbers they share."""
        name = f"event {group[0].event}" if group[0].event else f"risk {group[0].key}"
        digest = sha256(f"{self.seed} {name}".encode("utf-8", "surrogatepass")).digest()
        stream = np.random.PCG64(int.from_bytes(digest, "little"))
        tables = [shapes.table(risk, self.shape, self.parts) for risk in group]
        columns = [np.zeros(self.runs) for _ in group]
        for turn in range(max(risk.occurrences for risk in group)):
            raw = stream.random_raw(self.runs) >> np.uint64(11)
            for risk, table, column in zip(group, tables, columns, strict=True):
                if turn < risk.occurrences:
                    shapes.draw(raw, risk.probability, table, column)
        losses, gains = (
            [column for risk, column in zip(group, columns, strict=True) if risk.gain == gain]
            for gain in (False, True)
        )
        amounts = reduce(np.maximum, losses) if losses else np.zeros(self.runs)
        if gains:
            amounts -= reduce(np.maximum, gains)
        return _Column(amounts)

    def _drivers(self, spreads: dict[_Group, float], total: int) -> tuple[Driver, ...]:
        """The largest shares of the spread, and how far each moves the mean of the total."""
        whole = sum(sorted(spreads.values())) or 1.0
        shares = {group: round(spread / whole, _DIGITS) for group, spread in spreads.items() if spread}
        largest = sorted(shares, key=lambda group: (-shares[group], group[0].key))[:MOST_DRIVERS]
        drivers = []
        for group in largest:
            amounts = (self._kept.get(group) or self._column(group)).amounts
            rest = total - _sum(amounts)
            bins = np.sort(amounts)
            tenth = max(1, self.runs // 10)
            low, high = (
                (rest * tenth + _sum(end) * self.runs) / (self.runs * tenth * self.parts)
                for end in (bins[:tenth], bins[-tenth:])
            )
            drivers.append(Driver(_named(group), shares[group], low, high))
        return tuple(sorted(drivers, key=lambda driver: (driver.low - driver.high, driver.key)))


def _groups(risks: Sequence[Uncertain]) -> list[_Group]:
    """Risks that come together, each its own where it names no event."""
    events = defaultdict[str, list[Uncertain]](list)
    for risk in risks:
        if risk.event:
            events[risk.event].append(risk)
    together = [tuple(sorted(members, key=lambda risk: risk.key)) for members in events.values()]
    return [*((risk,) for risk in risks if not risk.event), *together]


def _named(group: _Group) -> str:
    return group[0].key if len(group) == 1 else group[0].event


def _sum(amounts: Reals) -> int:
    """The exact sum: of parts of the numbers so small that no sum of them is rounded."""
    upper = np.floor(amounts * 2.0**-26)
    return (int(upper.sum()) << 26) + int((amounts - upper * 2.0**26).sum())
