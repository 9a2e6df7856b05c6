"""Zones as a drawing shows them: a pale colour, a pattern and a letter, so that they are told apart in grey as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dmdesk.drawing.charts.board import Board
from dmdesk.drawing.sheet import Line
from dmdesk.risks.scale import Scale, Zone

PALE = 0.7
"""How much white is mixed into the colour of a zone, so that words on it are readable."""
NO_COLOUR = "#DDDDDD"
STEP = 5.0
"""The distance between the lines or dots of a pattern."""
DOT = 0.9
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
Points = tuple[tuple[float, float], tuple[float, float]]


def pale(zone: Zone | None) -> str:
    """The colour of a zone's ground; grey where nobody chose one. A solid zone keeps more of its colour."""
    if zone is None:
        return "paper"
    if not _COLOUR.fullmatch(zone.colour):
        return NO_COLOUR
    white = PALE - 0.25 if zone.mark == "solid" else PALE
    parts = (int(zone.colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 * white + part * (1 - white)):02X}" for part in parts)


def letters(scale: Scale) -> dict[str, str]:
    """The letter of each zone by its name: the first of its name, or its number where two begin alike."""
    firsts = [zone.name[:1].upper() for zone in scale.zones]
    alike = len(set(firsts)) < len(firsts) or not all(firsts)
    return {
        zone.name: str(at) if alike else first
        for at, (zone, first) in enumerate(zip(scale.zones, firsts, strict=True), 1)
    }


def ground(made: Board, x: float, y: float, wide: float, high: float, zone: Zone | None) -> None:
    """A cell in the colour and pattern of its zone."""
    made.box(x, y, wide, high, fill=pale(zone), named="cell", under=True)
    lines = pattern(zone.mark if zone else "", x, y, wide, high)
    made.lines += [Line(made.page, "", "", points, "pattern") for points in lines]


def pattern(mark: str, x: float, y: float, wide: float, high: float) -> Iterator[Points]:
    """The lines of a pattern within a cell."""
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
