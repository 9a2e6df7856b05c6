"""The layout of a drawing: boxes are measured, the tree is parted where the paper asks for it, and all is placed.

On a named paper a drawing is scaled down, but no text below 6 points; what does not fit then goes to more pages.
All of it takes time in proportion to the number of boxes.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import NamedTuple

from dmdesk.drawing import boxes as b
from dmdesk.drawing import furniture, split
from dmdesk.drawing.boxes import Content
from dmdesk.drawing.place import Spot, route, spots
from dmdesk.drawing.sheet import SWATCHES, Box, Drawing, Line, Words
from dmdesk.drawing.split import Forest, Parted, Piece
from dmdesk.drawing.tree import FITS, Options, Tree

LEAST_TEXT = 6.0
"""The smallest text on a named paper, in points."""
LARGEST = 14_400.0
"""The longest side of a page that PDF readers show, in points; larger sheets are scaled down to it."""
TRIES = 6
"""How often the scale is halved in on."""


class Parting(NamedTuple):
    """A tree parted for its paper: how many pages it needs, and at which scale, are known before it is drawn."""

    tree: Tree
    contents: list[Content]
    forest: Forest
    made: Parted
    frame: furniture.Frame
    scale: float


def layout(tree: Tree, options: Options) -> Drawing:
    """The drawing of a tree that has at least one product."""
    return drawn(parting(tree, options), options)


def parting(tree: Tree, options: Options, most: float = inf) -> Parting:
    """The tree with its boxes measured, in pieces that fit; one that needs more pages than ``most`` stays small."""
    wide = b.WIDTHS[options.shape]
    contents = [b.content(node, wide) for node in tree.nodes]
    forest = split.forest_of(tree.nodes, options.shape, wide, [one.high for one in contents])
    if options.paper == FITS and not options.size:
        made, frame, scale = _as_large_as_needed(tree, forest)
    else:
        frame = furniture.on_paper(tree, options)
        made, scale = _on_paper(forest, contents, frame, options.pages, most)
    return Parting(tree, contents, forest, made, frame, scale)


def drawn(given: Parting, options: Options) -> Drawing:
    """The drawing of a tree that was parted for these options."""
    title, frame = given.tree.title, given.frame
    shown, lines = _all(given)
    pages = furniture.pages("" if options.size else title, frame, given.made.pages)
    return Drawing(title, frame.width, frame.height, given.scale, shown, lines, frame.legend, pages)


def _as_large_as_needed(tree: Tree, forest: Forest) -> tuple[Parted, furniture.Frame, float]:
    made = split.whole(forest)
    wide, high = _extent(made)
    scale = min(1.0, (LARGEST - furniture.ROOM) / max(wide, high))
    return made, furniture.around(tree, wide * scale, high * scale), scale


def _extent(made: Parted) -> tuple[float, float]:
    return max(one.x + one.wide for one in made.pieces), max(one.y + one.high for one in made.pieces)


def _on_paper(
    forest: Forest, contents: list[Content], frame: furniture.Frame, wanted: int, most: float
) -> tuple[Parted, float]:
    """The tree on pages of this frame, as large as the wanted number of pages allows (0: the fewest)."""
    made = split.whole(forest)
    wide, high = _extent(made)
    scale = min(1.0, frame.wide / wide, frame.high / high)
    smallest = min(words.size for content in contents for words in content.words)
    if scale * smallest >= LEAST_TEXT and wanted < 2:
        return made, scale

    def at(scale: float) -> Parted:
        return split.parted(forest, frame.wide / scale, frame.high / scale)

    low, high_scale = LEAST_TEXT / b.SMALL, 1.0
    best, best_scale = at(low), low
    limit = max(wanted, best.pages)
    for attempt in range(TRIES if best.pages <= most else 0):
        scale = high_scale if attempt == 0 else (low + high_scale) / 2
        made = at(scale)
        if made.pages <= limit:
            best, best_scale, low = made, scale, scale
        else:
            high_scale = scale
        if low >= high_scale:
            break
    return best, best_scale


def _all(given: Parting) -> tuple[tuple[Box, ...], tuple[Line, ...]]:
    """Every box and line of every piece, in points of the page."""
    back, onward, placed = _marks(given)
    nodes = given.tree.nodes
    found: list[Box] = []
    lines: list[Line] = []
    for place, piece in enumerate(given.made.pieces):
        here = placed[place]
        shown = [_box(given, piece, here[0], back[place], onward[place].get(piece.root, 0))]
        shown += [_box(given, piece, spot, 0, onward[place].get(spot.node, 0)) for spot in here[1:]]
        found += shown
        for spot in here[1:]:
            parent = here[spot.parent]
            points = route(given.forest, piece, parent, spot, shown[spot.parent].high / given.scale)
            corners = tuple(_point(given, piece, x, y) for x, y in points)
            lines.append(Line(piece.page, nodes[parent.node].id, nodes[spot.node].id, corners))
    return tuple(found), tuple(lines)


def _marks(given: Parting) -> tuple[list[int], list[dict[int, int]], list[list[Spot]]]:
    """For each piece the page its root comes from (0: none), the pages its products go on at, and its boxes."""
    pieces, gone = given.made.pieces, given.made.cuts.gone
    runs: dict[int, list[int]] = {}
    for place, piece in enumerate(pieces):
        runs.setdefault(piece.root, []).append(place)
    placed = []
    for piece in pieces:
        marked = piece.root in gone or len(runs[piece.root]) > 1
        head = given.contents[piece.root].high + (b.MARK if marked else 0.0)
        placed.append(spots(given.forest, given.made, piece, head))
    back, onward = [0] * len(pieces), [dict[int, int]() for _ in pieces]
    for place, here in enumerate(placed):
        for spot in here[1:]:
            if spot.node in gone:
                first = runs[spot.node][0]
                onward[place][spot.node], back[first] = pieces[first].page, pieces[place].page
    for root, places in runs.items():
        for place, after in pairwise(places):
            onward[place][root], back[after] = pieces[after].page, pieces[place].page
    return back, onward, placed


def _box(given: Parting, piece: Piece, spot: Spot, back: int, onward: int) -> Box:
    node, content = given.tree.nodes[spot.node], given.contents[spot.node]
    wide, high = given.forest.wide, content.high
    words = content.words
    if back or onward:
        words += tuple(b.marks(back, onward, piece.page, wide, high - b.PAD_Y))
        high += b.MARK
    x, y = _point(given, piece, spot.x, spot.y)
    scale = given.scale
    fill = (
        f"manager {node.manager % len(SWATCHES)}" if node.manager >= 0 else "group" if node.group else "leaf"
    )
    title = f"{node.name} ({node.key})" if node.key and node.key != node.name else node.name
    return Box(
        piece.page, x, y, wide * scale, high * scale, node.id, title, node.group, spot.parent < 0 and bool(back), fill,
        tuple(_scaled(one, x, y, scale) for one in words),
    )  # fmt: skip


def _scaled(words: Words, x: float, y: float, scale: float) -> Words:
    return words._replace(
        x=x + words.x * scale,
        baseline=y + words.baseline * scale,
        width=words.width * scale,
        size=words.size * scale,
    )


def _point(given: Parting, piece: Piece, x: float, y: float) -> tuple[float, float]:
    scale, frame = given.scale, given.frame
    return frame.left + (piece.x + x) * scale, frame.top + (piece.y + y) * scale
