"""Arrows between the boxes of a diagram: straight where boxes face each other, with two bends where they do not.

Lines run below boxes, so an arrow may pass behind one but is never drawn over its words.
"""

from __future__ import annotations

from dmdesk.drawing.charts.board import Board
from dmdesk.drawing.charts.outline import Arrow
from dmdesk.drawing.sheet import Box
from dmdesk.drawing.wording import placed
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look

LABEL = Look("italic", 7.0)
MOST_LABEL = 80.0
FACING = 10.0
"""How much of two boxes must face each other for a straight arrow."""

Point = tuple[float, float]


def draw_arrows(made: Board, arrows: list[Arrow], boxes: dict[int, Box]) -> None:
    """Draw every arrow whose two boxes are on one page; others say in words where they lead."""
    shared: dict[tuple[int, int], int] = {}
    for arrow in arrows:
        start, end = boxes[id(arrow.start)], boxes[id(arrow.end)]
        if start.page != end.page:
            continue
        pair = (min(id(start), id(end)), max(id(start), id(end)))
        place = shared[pair] = shared.get(pair, -1) + 1
        points = route(start, end, place * 12.0)
        made.page, page = start.page, made.page
        made.line(points, "arrow")
        if arrow.both:
            made.line(points[::-1], "arrow")
        if arrow.words:
            _label(made, arrow.words, points)
        made.page = page


def route(start: Box, end: Box, shift: float = 0.0) -> list[Point]:
    """The corners of an arrow from one box to another; ``shift`` keeps several between the same boxes apart."""
    left, right = max(start.x, end.x), min(start.x + start.wide, end.x + end.wide)
    top, bottom = max(start.y, end.y), min(start.y + start.high, end.y + end.high)
    if bottom - top >= FACING and right <= left:
        y = min((top + bottom) / 2 + shift, bottom - 3)
        ahead = end.x >= start.x
        return [(start.x + start.wide if ahead else start.x, y), (end.x if ahead else end.x + end.wide, y)]
    if right - left >= FACING and bottom <= top:
        x = min((left + right) / 2 + shift, right - 3)
        down = end.y >= start.y
        return [(x, start.y + start.high if down else start.y), (x, end.y if down else end.y + end.high)]
    if bottom <= top:
        down = end.y >= start.y
        x0, x1 = start.x + start.wide / 2 + shift, end.x + end.wide / 2 + shift
        y0, y1 = (start.y + start.high, end.y) if down else (start.y, end.y + end.high)
        return [(x0, y0), (x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2), (x1, y1)]
    y0, y1 = start.y + start.high / 2 + shift, end.y + end.high / 2 + shift
    ahead = end.x >= start.x
    x0, x1 = (start.x + start.wide, end.x) if ahead else (start.x, end.x + end.wide)
    return [(x0, y0), ((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)]


def _label(made: Board, words: str, points: list[Point]) -> None:
    """The words of an arrow: above its level stretch, or right of it where it runs down."""
    at = max(range(len(points) - 1), key=lambda at: abs(points[at][0] - points[at + 1][0]))
    (x0, y0), (x1, y1) = points[at], points[at + 1]
    text = fitted(words, LABEL, MOST_LABEL)
    if abs(x0 - x1) < 1:
        x, y = x0 + 4, (y0 + y1) / 2 - 5
    else:
        x, y = (x0 + x1) / 2, y0 - 10.5
    line = placed(text, LABEL, "ink", y, 0.0)[0]
    if abs(x0 - x1) >= 1:
        x -= line.width / 2
    x = max(0.0, min(x, made.wide - line.width))
    made.words.setdefault(made.page, []).append(line._replace(x=x))
