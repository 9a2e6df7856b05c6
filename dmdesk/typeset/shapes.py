"""Shapes: outlines as the operators a page holds, written at once because figures have thousands of them.

Points are in the coordinates of the page, or of whatever it was moved to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

ROUND = 0.5523
"""How far, in radii, the handles of the curve are that comes nearest to a quarter of a circle."""

Points = Sequence[tuple[float, float]]


class Lengths(dict[float, str]):
    """Lengths as a page holds them: lines and columns stand at the same few places again and again."""

    def __missing__(self, length: float) -> str:
        found = self[length] = f"{length:.2f}"
        return found


def open_paths(lines: Sequence[Points]) -> str:
    """Lines along corners, of which a pattern has thousands; y is measured downwards."""
    form = " ".join(["%.2f %.2f m" + " %.2f %.2f l" * (len(points) - 1) for points in lines])
    return form % tuple([number for points in lines for x, y in points for number in (x, -y)])


def closed(points: Points) -> str:
    """A shape with corners; y is measured downwards."""
    return f"{open_paths([points])} h"


def rounded(x: float, y: float, wide: float, high: float, radius: float) -> str:
    """A rectangle with round corners, its lower left one at (x, y); a disc where the radius is half of both sides."""
    radius = min(radius, wide / 2, high / 2)
    if radius <= 0:
        return f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re"
    right, top, rest = x + wide, y + high, radius * (1 - ROUND)
    numbers = (
        x + radius, y, right - radius, y,
        right - rest, y, right, y + rest, right, y + radius, right, top - radius,
        right, top - rest, right - rest, top, right - radius, top, x + radius, top,
        x + rest, top, x, top - rest, x, top - radius, x, y + radius,
        x, y + rest, x + rest, y, x + radius, y,
    )  # fmt: skip
    corner = "%.2f %.2f %.2f %.2f %.2f %.2f c "
    return (
        f"%.2f %.2f m %.2f %.2f l {corner}%.2f %.2f l {corner}%.2f %.2f l {corner}%.2f %.2f l {corner}h"
    ) % numbers


def painted(path: str, fill: str = "", stroke: str = "", thickness: float = 0.0, dash: float = 0.0) -> str:
    """A path filled with a colour, followed by a line in another, or both; "" for neither."""
    how = "B" if fill and stroke else "f" if fill else "S"
    inks = [f"{_ink(fill)} rg"] if fill else []
    if stroke:
        inks += [f"{_ink(stroke)} RG", f"{thickness:.2f} w", f"[{dash:.2f}] 0 d" if dash else "[] 0 d"]
    return " ".join([*inks, path, how])


@lru_cache(maxsize=256)
def _ink(colour: str) -> str:
    return "{:.3f} {:.3f} {:.3f}".format(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
