"""Marks: where a line begins, which pieces of it are links or have a line below or through them, and where that is.

A change record shows what was removed and added by such lines, which are told apart in grey too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dmdesk.typeset import fonts
from dmdesk.typeset.looks import UNDER, Style
from dmdesk.typeset.pieces import LOOSEST, Line, Piece

BELOW, ACROSS = 0.14, -0.27
"""How far the upper edge of a line is from the baseline, in units of the font size, downwards."""
THICKNESS = 0.06


def runs(line: Line, target: Callable[[str], str]) -> list[tuple[str, str, Sequence[Piece]]]:
    """The pieces of a line by the link they are and the line they have, "" for none; ``target`` knows the links."""
    pieces = line.pieces
    if line.plain:
        return [("", "", pieces)] if pieces else []
    found: list[tuple[str, str, list[Piece]]] = []
    last = None
    for piece in pieces:
        _, _, _, link, _, mark = piece.look
        if link and not target(link):
            link = ""
        if last == (link, mark):
            found[-1][2].append(piece)
        else:
            last = link, mark
            found.append((link, mark, [piece]))
    return [*found]


def place(
    pieces: Sequence[Piece], baseline: float, left: float, right: float, stretch: float
) -> tuple[float, float, float, float, str]:
    """The line of words from ``left`` to ``right``, without the spaces before and after them.

    Its left, upper and right edge, thickness and colour.
    """
    font, text, look = pieces[0]
    if text.startswith(" "):
        left += look.size * fonts.measure(" ", font) + stretch
    font, text, look = pieces[-1]
    if text.endswith(" "):
        right -= look.size * fonts.measure(" ", font) + stretch
    upper = baseline + (BELOW if look.line == UNDER else ACROSS) * look.size
    return left, upper, max(left, right), THICKNESS * look.size, look.colour


def aligned(line: Line, x: float, rest: float, style: Style) -> tuple[float, float]:
    """Where a line begins that leaves so much ``rest``, and how much its spaces grow; too loose a line stays ragged."""
    if style.align == "justify" and not line.last and line.spaces and not line.from_right:
        stretch = rest / line.spaces
        return x, stretch if stretch <= LOOSEST * style.look.size else 0.0
    if style.align == "center":
        return x + rest / 2, 0.0
    return x + rest if style.align == "right" or line.from_right else x, 0.0


def end(line: Line, pieces: Sequence[Piece], x: float, stretch: float) -> float:
    """Where some pieces of a line end that begin at x, when its spaces are stretched."""
    if len(pieces) == len(line.pieces):
        return x + line.width + stretch * line.spaces
    return x + sum([_width(piece, stretch) for piece in pieces])


def _width(piece: Piece, stretch: float) -> float:
    font, text, look = piece
    spaces = text.count(" ") + text.count("\xa0") if stretch else 0
    return look.size * fonts.measure(text, font) + stretch * spaces
