"""Wording: lines of text at their places, and texts shortened to the room there is, measured as they are drawn."""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.drawing.sheet import Words
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import Look, Span
from dmdesk.typeset.pieces import Line


def placed(text: str, look: Look, colour: str, y: float, x: float, *, right: bool = False) -> list[Words]:
    """A line of text that begins, or ends, at x; nothing for no text."""
    if not text:
        return []
    line = broken([Span(text, look)], 1e9)[0]
    return [set_line(line, look, colour, y, x - line.width if right else x)]


def set_line(line: Line, look: Look, colour: str, y: float, x: float) -> Words:
    """A broken line of text that begins at x, its upper edge at y."""
    runs = tuple([(font, text) for font, text, _ in line.pieces])
    return Words(x, y + look.size, line.width, look.size, look.face, colour, runs)


def shortened(text: str, look: Look, room: float, most: int) -> list[Line]:
    """The text on at most so many lines; what does not fit is cut with an ellipsis."""
    text = " ".join(text.split())
    few = 60 * most
    lines = broken([Span(text[:few], look)], room)
    if len(lines) <= most and len(text) <= few:
        return lines
    low, high = 0, min(few, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        if len(broken([Span(f"{text[:middle].rstrip()}…", look)], room)) > most:
            high = middle - 1
        else:
            low = middle
    return broken([Span(f"{text[:low].rstrip()}…", look)], room)


def first_that_fits(texts: Iterable[str], look: Look, room: float) -> str:
    """The first of the texts that fits, or the last."""
    text = ""
    for text in texts:
        if broken([Span(text, look)], 1e9)[0].width <= room:
            return text
    return text
