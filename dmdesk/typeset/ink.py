"""Ink: filled shapes on a page, in the colour that was chosen last or in another one.

Lengths are points, y is measured downwards from the top of the page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from dmdesk.typeset.shapes import Lengths


class Ink:
    """Draws shapes on the page of a canvas; ``_high``: its height, ``_colour``: the colour in force, "" for unknown."""

    canvas: Any
    _at: Lengths
    _high: float
    _colour: str

    def rule(self, x0: float, y: float, x1: float, thickness: float, colour: str) -> None:
        """A horizontal rule, its upper edge at y."""
        self.box(x0, y, x1 - x0, thickness, colour)

    def upright(self, x: float, y0: float, y1: float, thickness: float, colour: str) -> None:
        """A vertical rule around x."""
        self.box(x - thickness / 2, y0, thickness, y1 - y0, colour)

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled rectangle."""
        at = self._at
        self.canvas._code.append(
            f"{self._ink(colour)}{at[x]} {at[self._high - y - high]} {at[wide]} {at[high]} re f"
        )

    def circle(self, x: float, y: float, radius: float, thickness: float, colour: str) -> None:
        """The outline of a circle."""
        self.canvas.setLineWidth(thickness)
        self.canvas.setStrokeColor(colour)
        self.canvas.circle(x, self._high - y, radius)

    def _ink(self, colour: str) -> str:
        if colour == self._colour:
            return ""
        self._colour = colour
        return fill(colour) + " "


@cache
def fill(colour: str) -> str:
    """The operator that makes a colour, as “#rrggbb”, the one to fill with."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"
