"""The letters of a page: where each stands, and which are its content rather than the frame around it.

In a page's text the frame comes first, since it is drawn first: watermark, header and footer. The content begins with
the first letter in the text block that is no letter of the watermark. Lengths are points from the upper left corner.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from dmdesk.report.styles import BOTTOM_MARGIN, TOP

LARGE = 100.0
"""Letters of this size and more are a watermark."""
OVER = 8.0
"""How far letters may reach beyond the text block, above and below."""
NEAR = ((3.0, 3.0, 1.0), (12.0, 6.0, 2.0), (400.0, 8.0, 20.0))
"""How far from the pointer a letter may stand, across and down, and how much more down counts: tried in turn."""


Edges = tuple[float, float, float, float]


def _read(raw: Any, text: Any, high: float) -> Iterator[Edges]:
    """Left, top, right and bottom of each letter of a page's text, on a page so high."""
    left, right, bottom, top = (ctypes.c_double(0) for _ in range(4))
    box = raw.FPDFText_GetCharBox
    for at in range(raw.FPDFText_CountChars(text)):
        box(text, at, left, right, bottom, top)
        yield left.value, high - top.value, right.value, high - bottom.value


def frame(raw: Any, text: Any, high: float) -> int:
    """How many letters of a page's text come before its content. The lock is held by the caller."""
    count = 0
    for _, top, _, bottom in _read(raw, text, high):
        inside = TOP - OVER < top < bottom < high - BOTTOM_MARGIN + OVER
        if inside and raw.FPDFText_GetFontSize(text, count) < LARGE:
            return count
        count += 1
    return count


class Letters:
    """Where the letters of a page stand that can be pointed at: all but those of a watermark and breaks of lines."""

    def __init__(self, raw: Any, text: Any, high: float, framing: int) -> None:
        """Read them from a page's text of which so many letters are the frame. The lock is held by the caller."""
        self._all = [
            (at, *edges)
            for at, edges in enumerate(_read(raw, text, high))
            if edges[0] < edges[2] and (at >= framing or raw.FPDFText_GetFontSize(text, at) < LARGE)
        ]

    def at(self, x: float, y: float, first: int = 0) -> int | None:
        """The place in the text of the letter at a point or the nearest in reach; none before ``first``."""
        far, deep, _ = NEAR[-1]
        reach = []
        for at, left, top, right, bottom in self._all:
            down = max(top - y, y - bottom, 0.0)
            across = max(left - x, x - right, 0.0)
            if down <= deep and across <= far and at >= first:
                if not down and not across:
                    return at
                reach.append((across, down, at))
        for far, deep, weight in NEAR:
            near = [
                (across + weight * down, at) for across, down, at in reach if across <= far and down <= deep
            ]
            if near:
                return min(near)[1]
        return None
