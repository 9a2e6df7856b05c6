"""Looks: what a run of text, a block of text and a colour of the house are, for print and drawings alike.

They are plain values and know no font file, so measuring, breaking and drawing text all speak of the same thing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

BANNER = "#456A99"
SECTION = "#17365D"
TITLE = "#365F91"
NOTICE = "#1F497D"
DRAFT = "#B80000"
LINK = "#1B4F8F"
INK = "#000000"
MUTED = "#595959"
HAIRLINE = "#A9B4C4"
TINT = "#EEF2F8"
WATERMARK = "#F2F2F2"
ART = "#DFE7F0"

UNDER, THROUGH = "Underline", "LineThrough"


class Look(NamedTuple):
    """How a run of text is set; ``link`` is "", "#anchor", an address, or both parted by a space.

    ``line`` is ``UNDER`` or ``THROUGH`` for a line below or through the words.
    """

    face: str
    size: float
    colour: str = INK
    link: str = ""
    rise: float = 0.0
    line: str = ""


class Span(NamedTuple):
    """Some text with its look; "\\n" in the text is a forced line break."""

    text: str
    look: Look


@lru_cache(maxsize=1_000)
def _changed(look: Look, changes: tuple[tuple[str, Any], ...]) -> Look:
    return look._replace(**dict(changes))


class Style(NamedTuple):
    """How a block of text is set. ``before`` and ``after`` are white space; of two that meet the larger counts."""

    look: Look
    leading: float
    before: float = 0.0
    after: float = 0.0
    align: str = "left"

    def span(self, text: str, **changes: object) -> Span:
        """The text in this style's look, with some of it changed."""
        return Span(text, _changed(self.look, tuple(changes.items())) if changes else self.look)

    def but(self, **changes: object) -> Style:
        """This style with some fields changed."""
        return self._replace(**changes)  # type: ignore[arg-type]
