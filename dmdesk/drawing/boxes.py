"""What stands in a box and how high that makes it, measured with the fonts that will draw it.

Text is wrapped within the box and cut with an ellipsis where it would be endless, so it never spills.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dmdesk.drawing.sheet import Words
from dmdesk.drawing.tree import Node
from dmdesk.drawing.wording import first_that_fits, placed, set_line, shortened
from dmdesk.typeset.lines import broken, fitted
from dmdesk.typeset.looks import Look, Span
from dmdesk.typeset.pieces import Line

WIDTHS = {"left": 116.0, "top": 92.0, "mixed": 106.0}
"""How wide boxes are in each shape."""
PAD_X, PAD_Y = 6.0, 3.6
NAME, NAME_LEADING, NAME_LINES = 9.0, 11.0, 4
SMALL, SMALL_LEADING = 7.0, 8.8
REPOSITORY_LINES = 4
BADGE, CODE, BELOW = Look("bold", SMALL), Look("code", SMALL), Look("italic", SMALL)
_NAMED = Look("regular", NAME), Look("bold", NAME)
MARK = SMALL_LEADING
"""What a mark of continuation adds to the height of a box."""
ATTACH = PAD_Y + NAME_LEADING / 2
"""How far below its upper edge lines meet a box; no box is lower than twice this."""


class Content(NamedTuple):
    """The words of a box, placed from its upper left corner, and its height without marks of continuation."""

    words: tuple[Words, ...]
    high: float


def letter(place: int) -> str:
    """The letter that stands for a manager besides the colour: A to Z, then AA …"""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def content(node: Node, wide: float) -> Content:
    """What stands in the box of a product."""
    room = wide - 2 * PAD_X
    y = PAD_Y
    badge = letter(node.manager) if node.manager >= 0 else ""
    words = placed(badge, BADGE, "ink", y, wide - PAD_X, right=True)
    name_room = room
    if node.codes:
        words += _codes(node.codes, room - (words[0].width + 4 if words else 0), y)
        y += SMALL_LEADING
    elif words:
        name_room -= words[0].width + 3
    look = _NAMED[node.group]
    for line in shortened(node.name, look, name_room, NAME_LINES):
        words.append(set_line(line, look, "ink", y, PAD_X))
        y += NAME_LEADING
    for line in _names(node.repositories, CODE, room):
        words.append(set_line(line, CODE, "muted", y, PAD_X))
        y += SMALL_LEADING
    if node.hidden:
        words += placed(f"+ {node.hidden:,} below", BELOW, "muted", y, wide - PAD_X, right=True)
        y += SMALL_LEADING
    return Content(tuple(words), y + PAD_Y)


def _codes(codes: Sequence[str], room: float, y: float) -> list[Words]:
    """The first WBS code, and how many there are besides."""
    more = f" +{len(codes) - 1}" if len(codes) > 1 else ""
    return placed(fitted(codes[0], CODE, room - 4 * len(more)) + more, CODE, "muted", y, PAD_X)


def marks(back: int, onward: int, here: int, wide: float, y: float) -> list[Words]:
    """The marks at a box's foot: from which page its tree comes, and on which it goes on; 0 for none."""
    look, room = BADGE, wide - 2 * PAD_X
    words: list[Words] = []
    texts: tuple[str, ...]
    if back:
        where = "this sheet" if back == here else f"sheet {back}"
        texts = (f"‹ from {where}", f"‹ {where}", f"‹ {back}")
        words += placed(
            first_that_fits(texts, look, (room - 6) / 2 if onward else room), look, "link", y, PAD_X
        )
    if onward:
        where = "this sheet" if onward == here else f"sheet {onward}"
        texts = (f"continued on {where} ›", f"on {where} ›", f"{where} ›", f"{onward} ›")
        text = first_that_fits(texts, look, (room - 6) / 2 if back else room)
        words += placed(text, look, "link", y, wide - PAD_X, right=True)
    pages = [back] * bool(back) + [onward] * bool(onward)
    return [one._replace(page=page) for one, page in zip(words, pages, strict=True)]


def _names(names: Sequence[str], look: Look, room: float) -> list[Line]:
    """Names below each other, each on one line or two; those that do not fit are counted."""
    lines: list[Line] = []
    for at, name in enumerate(names):
        own = shortened(name, look, room, 2)
        if len(lines) + len(own) + (at + 1 < len(names)) > REPOSITORY_LINES:
            return lines + broken([Span(f"+ {len(names) - at} more", look)], room)
        lines += own
    return lines
