"""Patterns: the lines and dots within boxes that tell their grounds apart without colour, found when they are drawn.

There are thousands of them in a heat map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dmdesk.drawing.sheet import Box

STEP = 5.0
"""The distance between the lines or dots of a pattern."""
DOT = 0.9
Points = tuple[tuple[float, float], tuple[float, float]]


def of(boxes: Iterable[Box]) -> list[Points]:
    """The lines of the patterns of all these boxes."""
    return [
        points
        for box in boxes
        if box.pattern
        for points in within(box.pattern, box.x, box.y, box.wide, box.high)
    ]


def within(mark: str, x: float, y: float, wide: float, high: float) -> Iterator[Points]:
    """The lines of a pattern ("dots", "lines", "hatch" or "cross") within a cell."""
    if mark == "dots":
        for row, down in enumerate(_steps(high)):
            for across in _steps(wide, STEP / 2 * (row % 2)):
                yield (x + across, y + down), (x + across + DOT, y + down)
    elif mark == "lines":
        for down in _steps(high):
            yield (x, y + down), (x + wide, y + down)
    if mark in ("hatch", "cross"):
        yield from _slanted(x, y, wide, high)
    if mark == "cross":
        for (x0, y0), (x1, y1) in _slanted(x, y, wide, high):
            yield (2 * x + wide - x0, y0), (2 * x + wide - x1, y1)


def _slanted(x: float, y: float, wide: float, high: float) -> Iterator[Points]:
    """Lines that rise to the right, cut at the edges of the cell."""
    for sum in _steps(wide + high):
        left, right = max(0.0, sum - high), min(wide, sum)
        if right > left:
            yield (x + left, y + sum - left), (x + right, y + sum - right)


def _steps(length: float, start: float = 0.0) -> Sequence[float]:
    count = max(0, int((length - start - 0.5) // STEP))
    return [start + STEP * (at + 0.5) for at in range(count + 1) if start + STEP * (at + 0.5) < length - 0.5]
