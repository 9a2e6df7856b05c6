"""The one style sheet of the print: page, colours, text styles and standing words, all lengths in points.

The numbers are those of the LSST documents of 2017, so that a reader recognises the house; where that look
was hard to read (tiny headers, pale blues, crowded tables) they were made larger and darker.
"""

from __future__ import annotations

from dmdesk.typeset.looks import INK, MUTED, SECTION, Look, Style

LEFT = 72.0
TOP = 93.0
BOTTOM_MARGIN = 87.0
PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
WIDTH, WIDE = 468.0, 648.0
"""How wide the text block is on pages that stand and on pages that lie on their side, on any paper."""

BODY = Style(Look("regular", 10.91), 16.94, 0, 16.94, "justify")
ITEM = BODY.but(after=5.0)
LABEL = Style(Look("regular", 9.0, MUTED), 13.5, 0, 9.0)
NOTE = Style(Look("regular", 8.97), 10.9, 0, 1.5, "justify")
CAPTION = Style(Look("regular", 9.96), 11.96, 4.0, 5.0, "center")
FACT = Style(Look("regular", 9.96), 14.0, 0, 2.5)
CODE = Style(Look("code", 9.96), 13.5, 0, 12.0)
CELL = Style(Look("regular", 8.5), 10.6)
CELL_HEAD = Style(Look("bold", 8.5, SECTION), 10.8)
SMALL = Style(Look("regular", 9.96), 14.94)
SMALL_HEAD = Style(Look("bold", 9.96), 14.94)
CONTENTS = Style(Look("regular", 10.91), 16.94)

HEADINGS = (
    Style(Look("bold", 14.35, SECTION), 17.9, 28.9, 20.0),
    Style(Look("bold", 11.96, SECTION), 15.0, 24.0, 12.0),
    Style(Look("bold", 10.91, SECTION), 13.6, 22.0, 9.0),
    Style(Look("bold", 10.91, INK), 13.6, 18.0, 7.0),
)
"""Headings of level 1, 2, 3 and deeper."""


def heading(level: int) -> Style:
    """The style of headings of a level, counted from 1."""
    return HEADINGS[min(level, len(HEADINGS)) - 1]
