"""Pictures in print: figures that are pictures, and the logo of the letterhead.

A picture is never stretched and never larger than it is; where there is none, or it is broken, a light frame with
words stands in its place, so that the reader knows what is missing.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from dmdesk import pictures
from dmdesk.pictures.pixels import Pixels, pixels
from dmdesk.report import refer
from dmdesk.report.parts import Caption, Part
from dmdesk.report.styles import CAPTION, WIDTH
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import HAIRLINE, MUTED, Look, Style
from dmdesk.typeset.pieces import Line
from dmdesk.typeset.raster import place
from dmdesk.values import field, record

if TYPE_CHECKING:
    from dmdesk.model import Figure
    from dmdesk.reading import PlanData
    from dmdesk.typeset.pen import Pen

HIGHEST = 560.0
HIGHEST_LYING = 360.0
"""How high a picture may be on a page that stands, and on one that lies on its side."""
BLOCK = 612.0
"""The text block of the lowest paper, which picture and caption share."""
LEAST = 120.0
NO_WORDS = "No picture, and no words for it, are in the plan yet."
_ABSENT = Style(Look("italic", 9.96, MUTED), 13.5, align="center")
_PADDING = 14.0
_SHARE = 0.8
"""The share of the width that the frame of an absent picture takes."""


@record
class Picture(Part):
    """A picture in its natural size, or smaller where that does not fit; ``alternative`` says what it shows."""

    picture: str = field(default="", kw_only=True, repr=False)
    alternative: str = field(default="", kw_only=True)
    highest: float = field(default=HIGHEST, kw_only=True)

    def size(self, width: float) -> tuple[float, float]:
        """Width and height in a text block of that width."""
        known = pictures.facts(self.picture) if self.picture and pictures.whole(self.picture) else None
        if known is None:
            wide = _SHARE * width
            return wide, min(len(self._words(wide)) * _ABSENT.leading + 2 * _PADDING, self.highest)
        most = self.highest if width <= WIDTH else min(self.highest, HIGHEST_LYING)
        return within(known.wide * 72 / known.dpi, known.high * 72 / known.dpi, width, most)

    def height(self, width: float) -> float:
        return self.size(width)[1]

    def look(self, width: float) -> Hashable:
        return type(self), self.picture, self.alternative, self.size(width)

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        wide, high = self.size(width)
        left = x + (width - wide) / 2
        drawn = pixels(self.picture)
        with pen.figure(self.alternative or NO_WORDS, (left, y, left + wide, y + high)):
            if drawn is not None:
                place(pen, drawn, left, y, wide, high)
            else:
                self._frame(pen, left, y, wide, high)

    def _words(self, wide: float) -> list[Line]:
        return broken([_ABSENT.span(self.alternative or NO_WORDS)], wide - 2 * _PADDING)

    def _frame(self, pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        for edge in (y, y + high - 0.6):
            pen.rule(x, edge, x + wide, 0.6, HAIRLINE)
        for side in (x + 0.3, x + wide - 0.3):
            pen.upright(side, y, y + high, 0.6, HAIRLINE)
        if wide < 4 * _PADDING:
            return
        room = max(int((high - 2 * _PADDING) / _ABSENT.leading), 0)
        lines = self._words(wide)[:room]
        top = y + (high - len(lines) * _ABSENT.leading) / 2
        pen.lines(lines, x + _PADDING, top, _ABSENT, wide - 2 * _PADDING)


def parts(data: PlanData, figure: Figure, number: int | str) -> list[Part]:
    """A figure that is a picture: the picture, or a frame with words in its place, and the caption below."""
    title = data.title(figure)
    caption = Caption(
        [CAPTION.span(f"Figure\xa0{number}: {title}")], style=CAPTION, named=f"Figure {number}", title=title,
        target=refer.anchor(figure), before=10.0, after=16.94, role="Caption",
    )  # fmt: skip
    room = BLOCK - caption.height(WIDTH) - caption.before - caption.after - 1.0
    drawn = Picture(
        picture=figure.picture, alternative=figure.alternative, highest=max(min(HIGHEST, room), LEAST),
        floats=True, keep=True, own=True, before=6.0, after=caption.before, anchors=(refer.anchor(figure),),
    )  # fmt: skip
    return [drawn, caption]


def within(wide: float, high: float, most_wide: float, most_high: float) -> tuple[float, float]:
    """A size with the same proportions that is no larger than another one."""
    share = min(1.0, most_wide / wide, most_high / high)
    return wide * share, high * share


def logo_size(drawn: Pixels, most: tuple[float, float]) -> tuple[float, float]:
    """How large a logo is in a box."""
    share = min(most[0] / drawn.wide, most[1] / drawn.high, 1.0)
    return drawn.wide * share, drawn.high * share


def logo(
    pen: Pen, drawn: Pixels, x: float, y: float, most: tuple[float, float], align: str = "left"
) -> tuple[float, float]:
    """Draw the logo into a box at (x, y), its height centred, at the left or around x; returns its size.

    A logo is as large as its box lets it be, whatever resolution its file speaks of, but never blurred by growing.
    """
    wide, high = logo_size(drawn, most)
    left = x - wide / 2 if align == "center" else x
    with pen.artifact():
        place(pen, drawn, left, y + (most[1] - high) / 2, wide, high)
    return wide, high
