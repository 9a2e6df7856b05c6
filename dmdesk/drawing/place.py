"""Placing: where each box of a piece stands and which way the lines run, from the sizes that parting found.

Each product is placed once where it stands below its parent; a piece that goes on from there repeats it at its root.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dmdesk.drawing.boxes import ATTACH
from dmdesk.drawing.split import GAP, INDENT, LEVEL_GAP, SIDE_GAP, Cuts, Flow, Forest, Parted, Piece

Point = tuple[float, float]


class Spot(NamedTuple):
    """The upper left corner of a product's box within its piece; ``parent`` is the spot's place, -1 for the root."""

    node: int
    x: float
    y: float
    parent: int


def spots(forest: Forest, made: Parted, piece: Piece, head: float) -> list[Spot]:
    """Every box of a piece, parents before children. ``head`` is the height of the root's box with its marks."""
    if forest.shape == "left":
        return _left(forest, made.flow, made.cuts, piece)
    if forest.shape == "top":
        return _top(forest, made.flow, made.cuts, piece)
    if piece.root in forest.roots:
        return _mixed(forest, made.flow, made.cuts, piece, head)
    return list(_column(forest, made.flow, made.cuts, piece, head))


def _below(forest: Forest, cuts: Cuts, at: int) -> list[int]:
    return [] if at in cuts.gone else forest.children[at]


def _left(forest: Forest, flow: Flow, cuts: Cuts, piece: Piece) -> list[Spot]:
    """Children to the right of their parent, the first on its height."""
    step = forest.wide + LEVEL_GAP["left"]
    found = [Spot(piece.root, 0.0, 0.0, -1)]
    stack = [(0, piece.run)]
    while stack:
        above, below = stack.pop()
        _, x, y, _ = found[above]
        for child in below:
            found.append(Spot(child, x + step, y, above))
            y += cuts.size(flow, child)
            stack.append((len(found) - 1, _below(forest, cuts, child)))
    return found


def _top(forest: Forest, flow: Flow, cuts: Cuts, piece: Piece) -> list[Spot]:
    """Children in a row below their parent, which stands over their middle."""
    high = flow.starts[forest.levels[piece.root]]
    found: list[Spot] = []
    stack = [(piece.root, -1, 0.0, piece.wide, piece.run)]
    while stack:
        at, above, left, wide, below = stack.pop()
        found.append(Spot(at, left + (wide - forest.wide) / 2, flow.starts[forest.levels[at]] - high, above))
        sizes = cuts.sizes(flow, below)
        left += (wide - sum(sizes)) / 2
        here = len(found) - 1
        for child, size in zip(below, sizes, strict=True):
            stack.append((child, here, left, size, _below(forest, cuts, child)))
            left += size
    return found


def _mixed(forest: Forest, flow: Flow, cuts: Cuts, piece: Piece, head: float) -> list[Spot]:
    """The root above a row of columns."""
    found = [Spot(piece.root, (piece.wide - forest.wide) / 2, 0.0, -1)]
    x, y = 0.0, head + LEVEL_GAP["mixed"]
    for child in piece.run:
        column = Piece(child, _below(forest, cuts, child), 0.0, 0.0, True)
        start = len(found)
        wide = forest.wide
        for spot in _column(forest, flow, cuts, column, flow.own[child] - GAP):
            found.append(
                Spot(spot.node, x + spot.x, y + spot.y, spot.parent + start if spot.parent >= 0 else 0)
            )
            wide = max(wide, spot.x + forest.wide)
        x += wide + SIDE_GAP
    return found


def _column(forest: Forest, flow: Flow, cuts: Cuts, piece: Piece, head: float) -> Iterator[Spot]:
    """Children below their parent, further to the right."""
    top = forest.levels[piece.root]
    yield Spot(piece.root, 0.0, 0.0, -1)
    y, count = head + GAP, 1
    stack = [(child, 0) for child in reversed(piece.run)]
    while stack:
        at, above = stack.pop()
        yield Spot(at, (forest.levels[at] - top) * INDENT, y, above)
        y += flow.own[at] + (flow.mark if at in cuts.gone else 0.0)
        stack.extend((child, count) for child in reversed(_below(forest, cuts, at)))
        count += 1


def route(forest: Forest, piece: Piece, parent: Spot, child: Spot, high: float) -> tuple[Point, ...]:
    """The corners of the line from a parent's box, ``high`` with its marks, to a child's."""
    wide = forest.wide
    if forest.shape == "left":
        start, end = (parent.x + wide, parent.y + ATTACH), (child.x, child.y + ATTACH)
        bend = start[0] + LEVEL_GAP["left"] / 2
        return (start, end) if start[1] == end[1] else (start, (bend, start[1]), (bend, end[1]), end)
    if forest.shape == "top" or (parent.parent < 0 and piece.root in forest.roots):
        start, end = (parent.x + wide / 2, parent.y + high), (child.x + wide / 2, child.y)
        bend = end[1] - LEVEL_GAP["top"] / 2
        return (
            (start, end) if abs(start[0] - end[0]) < 0.01 else (start, (start[0], bend), (end[0], bend), end)
        )
    trunk = parent.x + INDENT / 2
    return (trunk, parent.y + high), (trunk, child.y + ATTACH), (child.x, child.y + ATTACH)
