"""Parting a tree that is larger than a page: which subtrees go on elsewhere, and what stands together on which page.

From the leaves up, a product whose children need more room than a page has sends the largest of their subtrees to
pieces of their own, until the rest fits: few pieces, found in one walk. Pieces are then set on pages in tree order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dmdesk.drawing.boxes import MARK
from dmdesk.drawing.tree import Node
from dmdesk.values import record

GAP = 5.0
"""Between siblings that stand below each other."""
FAMILY = 5.0
"""What is added below the last child, so that families stand apart."""
LEVEL_GAP = {"left": 26.0, "top": 24.0, "mixed": 24.0}
"""Between a parent and its children, where lines run."""
SIDE_GAP = 10.0
"""Between siblings and columns that stand beside each other."""
INDENT = 13.0
"""How much further to the right each level of a column stands."""
DEEPEST = 8
"""Levels that are indented in a column of a page."""
PIECE_GAP = 22.0
"""Between pieces on one page."""


class Forest(NamedTuple):
    """The boxes to place: for each its children, level and height in points; all are equally wide."""

    shape: str
    wide: float
    children: list[list[int]]
    levels: list[int]
    highs: list[float]
    roots: list[int]


def forest_of(nodes: Sequence[Node], shape: str, wide: float, highs: list[float]) -> Forest:
    """The boxes of the products, parents before their children."""
    children: list[list[int]] = [[] for _ in nodes]
    for at, node in enumerate(nodes):
        if node.above >= 0:
            children[node.above].append(at)
    roots = [at for at, node in enumerate(nodes) if node.above < 0]
    return Forest(shape, wide, children, [node.level for node in nodes], highs, roots)


class Flow(NamedTuple):
    """The sizes of a shape in its own directions: ``along`` siblings, and across ``starts`` and ``ends`` of levels.

    ``mark`` is what a mark of continuation adds along; in a ``stacked`` shape children stand below their parent.
    """

    own: list[float]
    mark: float
    stacked: bool
    starts: list[float]
    ends: list[float]


def flow_of(forest: Forest, *, parted: bool) -> Flow:
    """The sizes of the forest's shape; ``parted`` keeps room for marks of continuation."""
    count = max(forest.levels, default=0) + 1
    if forest.shape == "top":
        rows = [0.0] * count
        for level, high, below in zip(forest.levels, forest.highs, forest.children, strict=True):
            rows[level] = max(rows[level], high + (MARK if below and parted else 0.0))
        starts = [0.0]
        for row in rows:
            starts.append(starts[-1] + row + LEVEL_GAP["top"])
        ends = [start + row for start, row in zip(starts, rows, strict=False)]
        return Flow([forest.wide + SIDE_GAP] * len(forest.highs), 0.0, False, starts, ends)
    step = INDENT if forest.shape == "mixed" else forest.wide + LEVEL_GAP["left"]
    starts = [step * level for level in range(count)]
    ends = [start + forest.wide for start in starts]
    return Flow([high + GAP for high in forest.highs], MARK, forest.shape == "mixed", starts, ends)


class Cuts(NamedTuple):
    """Which subtrees go on elsewhere, and what then remains of each: its size along and its lowest level."""

    gone: set[int]
    extent: list[float]
    lowest: list[int]

    def size(self, flow: Flow, at: int) -> float:
        """The size along of a child as it stands below its parent."""
        return flow.own[at] + flow.mark if at in self.gone else self.extent[at]

    def sizes(self, flow: Flow, below: list[int]) -> list[float]:
        """The sizes along of children."""
        gone, extent, own, mark = self.gone, self.extent, flow.own, flow.mark
        return [own[child] + mark if child in gone else extent[child] for child in below]


def cut(forest: Forest, flow: Flow, along: float, across: float) -> Cuts:
    """Send subtrees elsewhere until everything fits into pieces of this size, apart from long rows of children."""
    found = Cuts(set(), list(flow.own), list(forest.levels))
    columns = set(forest.roots) if forest.shape == "mixed" else set()
    for at in range(len(forest.levels) - 1, -1, -1):
        below = forest.children[at]
        if not below:
            continue
        start = flow.starts[forest.levels[at]]
        for child in below:
            far = flow.ends[found.lowest[child]] - start
            if forest.children[child] and (far > across or (at in columns and found.extent[child] > along)):
                found.gone.add(child)
        room = along - (flow.own[at] + flow.mark if flow.stacked else 0.0) - FAMILY
        total = sum(found.sizes(flow, below))
        if total > room and at not in columns:
            _thin(forest, flow, found, below, total, room)
            total = sum(found.sizes(flow, below))
        total += FAMILY
        found.extent[at] = flow.own[at] + total if flow.stacked else max(flow.own[at], total)
        found.lowest[at] = max(
            forest.levels[child] if child in found.gone else found.lowest[child] for child in below
        )
    return found


def _thin(forest: Forest, flow: Flow, found: Cuts, below: list[int], total: float, room: float) -> None:
    """Send the largest of the children's subtrees elsewhere until the rest fits.

    Where even all would not do, the children are set in several runs anyway; then only the large ones go.
    """
    movable = [child for child in below if forest.children[child] and child not in found.gone]
    movable.sort(key=lambda child: -found.extent[child])
    taken = []
    for child in movable:
        if total <= room:
            break
        total -= found.extent[child] - flow.own[child] - flow.mark
        taken.append(child)
    if total > room:
        taken = [child for child in taken if found.extent[child] > room / 2]
    found.gone.update(taken)


@record
class Piece:
    """A subtree, or a run of its root's children, that stands in one place; ``first`` tells the first run."""

    root: int
    run: list[int]
    wide: float
    high: float
    first: bool
    page: int = 1
    x: float = 0.0
    y: float = 0.0


def pieces(forest: Forest, flow: Flow, cuts: Cuts, along: float, wide: float) -> list[Piece]:
    """The pieces that the cuts make, in tree order, with their sizes; a row of columns is at most ``wide``."""
    found = []
    for root in sorted({*forest.roots, *cuts.gone}):
        across = forest.shape == "mixed" and root in forest.roots
        below = forest.children[root]
        if across:
            sizes = [_column(flow, cuts, forest, child) + SIDE_GAP for child in below]
            room = wide + SIDE_GAP
        else:
            sizes = cuts.sizes(flow, below)
            room = along - FAMILY - (flow.own[root] + flow.mark if flow.stacked else 0.0)
        for place, run in enumerate(_runs(below, sizes, room)):
            size = _measured(forest, flow, cuts, root, run, across)
            found.append(Piece(root, run, *size, place == 0))
    return found


def _runs(below: list[int], sizes: list[float], room: float) -> list[list[int]]:
    """The children in runs that fit; one run for none."""
    runs: list[list[int]] = [[]]
    used = 0.0
    for child, size in zip(below, sizes, strict=True):
        if runs[-1] and used + size > room + 0.01:
            runs.append([])
            used = 0.0
        runs[-1].append(child)
        used += size
    return runs


def _column(flow: Flow, cuts: Cuts, forest: Forest, at: int) -> float:
    """The width of a column, with the levels that remain in it."""
    level = forest.levels[at]
    lowest = level if at in cuts.gone else cuts.lowest[at]
    return flow.ends[lowest] - flow.starts[level]


def _measured(
    forest: Forest, flow: Flow, cuts: Cuts, root: int, run: list[int], across: bool
) -> tuple[float, float]:
    """Width and height of a piece."""
    extents = cuts.sizes(flow, run)
    head = forest.highs[root] + MARK
    if across:
        columns = sum(_column(flow, cuts, forest, child) + SIDE_GAP for child in run) - SIDE_GAP
        return max(columns, forest.wide), head + (LEVEL_GAP["mixed"] + max(extents) if run else 0.0)
    levels = [forest.levels[child] if child in cuts.gone else cuts.lowest[child] for child in run]
    deep = flow.ends[max(levels, default=forest.levels[root])] - flow.starts[forest.levels[root]]
    along = sum(extents) + FAMILY * bool(run)
    if forest.shape == "left":
        return deep, max(along, head + GAP)
    if forest.shape == "mixed":
        return deep, head + GAP + along
    return max(along, forest.wide), deep + MARK * (not run)


def pack(found: Iterable[Piece], wide: float, high: float, *, upright: bool) -> int:
    """Set the pieces on pages of this size in their order; the number of pages. ``upright`` stacks them first."""
    page, x, y, thick = 1, 0.0, 0.0, 0.0
    for piece in found:
        along, across = (piece.high, piece.wide) if upright else (piece.wide, piece.high)
        room, depth = (high, wide) if upright else (wide, high)
        if x and x + along > room + 0.01:
            x, y, thick = 0.0, y + thick + PIECE_GAP, 0.0
        if (x or y) and y + across > depth + 0.01:
            page, x, y, thick = page + 1, 0.0, 0.0, 0.0
        piece.page = page
        piece.x, piece.y = (y, x) if upright else (x, y)
        x += along + PIECE_GAP
        thick = max(thick, across)
    return page


class Parted(NamedTuple):
    """A tree in pieces on pages."""

    flow: Flow
    cuts: Cuts
    pieces: list[Piece]
    pages: int


def parted(forest: Forest, wide: float, high: float) -> Parted:
    """The tree in pieces that fit on pages with so much room."""
    flow = flow_of(forest, parted=True)
    if forest.shape == "left":
        along, across, turned = high, wide, True
    elif forest.shape == "top":
        along, across, turned = wide, high, False
    else:
        heads = max(forest.highs[root] for root in forest.roots) + MARK + LEVEL_GAP["mixed"]
        along, across, turned = high - heads, min(wide, forest.wide + DEEPEST * INDENT), False
    cuts = cut(forest, flow, along, across)
    found = pieces(forest, flow, cuts, along, wide)
    return Parted(flow, cuts, found, pack(found, wide, high, upright=turned))


def whole(forest: Forest) -> Parted:
    """The tree in one piece for each root, on one page as large as it needs."""
    endless = float("inf")
    flow = flow_of(forest, parted=False)
    cuts = cut(forest, flow, endless, endless)
    found = pieces(forest, flow, cuts, endless, endless)
    return Parted(flow, cuts, found, pack(found, endless, endless, upright=forest.shape == "left"))
