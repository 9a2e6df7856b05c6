"""Zones as a drawing shows them: a pale colour, a pattern and a letter, so that they are told apart in grey as well."""

from __future__ import annotations

import re

from dmdesk.drawing.charts.board import Board
from dmdesk.risks.scale import Scale, Zone

PALE = 0.7
"""How much white is mixed into the colour of a zone, so that words on it are readable."""
NO_COLOUR = "#DDDDDD"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


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
    pattern = zone.mark if zone else ""
    made.box(x, y, wide, high, fill=pale(zone), named="cell", under=True, pattern=pattern)
