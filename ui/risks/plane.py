"""Planes: where the cells of a matrix and the marks of a chart stand, as plain numbers that know no painter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dmdesk.risks.matrix import Cell


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x where it ends."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The y where it ends."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return self.left + self.width / 2, self.top + self.height / 2

    def inside(self, left: float, top: float, right: float, bottom: float) -> Box:
        """What is left of it without margins, never less than nothing."""
        wide, high = max(self.width - left - right, 0.0), max(self.height - top - bottom, 0.0)
        return Box(self.left + left, self.top + top, wide, high)


@dataclass(frozen=True)
class Lattice:
    """The cells of a matrix within a box: likelihood from the bottom up, impact from left to right, both from 1."""

    rows: int
    columns: int
    box: Box
    gap: float = 4

    @property
    def _step(self) -> tuple[float, float]:
        return self.box.width / max(self.columns, 1), self.box.height / max(self.rows, 1)

    def cell(self, at: Cell) -> Box:
        """Where a cell stands."""
        across, down = self._step
        left, top = self.box.left + (at[1] - 1) * across, self.box.top + (self.rows - at[0]) * down
        return Box(
            left + self.gap / 2, top + self.gap / 2, max(across - self.gap, 1), max(down - self.gap, 1)
        )

    def at(self, x: float, y: float) -> Cell | None:
        """The cell at a point, None outside."""
        across, down = self._step
        if not (0 <= x - self.box.left < self.box.width and 0 <= y - self.box.top < self.box.height):
            return None
        return self.rows - int((y - self.box.top) / down), int((x - self.box.left) / across) + 1

    def holds(self, at: Cell | None) -> bool:
        """Whether there is such a cell."""
        return at is not None and 1 <= at[0] <= self.rows and 1 <= at[1] <= self.columns

    def moved(self, at: Cell, up: int, right: int) -> Cell:
        """The cell so many further, no further than the edge."""
        return min(max(at[0] + up, 1), self.rows), min(max(at[1] + right, 1), self.columns)


def fitting(lines: int, room: float, high: float) -> tuple[int, bool]:
    """(How many of so many lines to show in that room, whether a line says how many more there are)."""
    most = int(room // high) if high > 0 else 0
    if lines <= most:
        return lines, False
    return max(most - 1, 0), most > 0
