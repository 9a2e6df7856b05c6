"""Pieces and lines: what text becomes before it is drawn."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from dmdesk.typeset.looks import Look


class Piece(NamedTuple):
    """Text in one font and look."""

    font: str
    text: str
    look: Look


class Line(NamedTuple):
    """One line: its pieces with their spaces, natural width, number of spaces, and whether it ends a paragraph.

    ``parted``: the next line begins with another word, so a space belongs between the two when they are read out.
    ``plain``: no part of it is a link or has a line of its own.
    """

    pieces: tuple[Piece, ...]
    width: float
    spaces: int
    last: bool
    from_right: bool = False
    parted: bool = False
    plain: bool = True


made_piece = partial(tuple.__new__, Piece)
made_line = partial(tuple.__new__, Line)
"""Made without the constructors that are written in Python: a print has tens of thousands of them."""

SLACK = 0.01
"""Points by which a line may be wider than it should be, since sums of widths are not exact."""


LOOSE, LOOSEST = 0.4, 0.75
"""How much a space of a justified line grows, in units of the font size, before words are hyphenated, and at most."""


def loose(room: float, gaps: int, size: float, last: bool) -> bool:
    """Whether a line with so many spaces and ``room`` points left is too loose to be justified without hyphenation.

    ``last``: the next word is the last one of its paragraph. The rest of it would stand alone on the last line, so it
    is hyphenated only where the line would not be justified otherwise.
    """
    return room > max(gaps, 1) * (LOOSEST if last else LOOSE) * size
