"""What surrounds a drawing on its pages: margins, the title with the page's number, and the legend of managers."""

from __future__ import annotations

from typing import NamedTuple

from dmdesk.drawing.boxes import letter
from dmdesk.drawing.sheet import SWATCHES, Entry, Page, Words
from dmdesk.drawing.tree import PAPERS, Options, Tree
from dmdesk.drawing.wording import placed
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look

MARGIN = 28.0
HEAD = 22.0
"""The height of the line with the title."""
_TITLE = Look("bold", 10.0)
_NUMBER = Look("regular", 8.0)
_NAME = Look("regular", 8.0)
_LETTER = Look("bold", 7.0)
ENTRY_WIDE, ENTRY_HIGH, ENTRY_STEP = 150.0, 11.0, 14.0
SWATCH = 18.0
NARROWEST = 300.0
"""The width of a sheet for a tree of a single box, so that the title has room."""
ROOM = 2 * MARGIN + HEAD + 400.0
"""What margins, title and the longest legend may take of a sheet."""


class Frame(NamedTuple):
    """A page's size, the corner and size of the room for boxes, and the legend below it."""

    width: float
    height: float
    left: float
    top: float
    wide: float
    high: float
    legend: tuple[Entry, ...]


def on_paper(tree: Tree, options: Options) -> Frame:
    """The frame of a named paper, or of a size without margins."""
    if options.size:
        width, height = options.size
        high = height - _legend_lines(tree, width) * ENTRY_STEP
        return Frame(width, height, 0.0, 0.0, width, high, _legend(tree, width, high, 0.0))
    width, height = PAPERS[options.paper]
    if options.landscape:
        width, height = height, width
    wide = width - 2 * MARGIN
    lines = _legend_lines(tree, wide)
    high = height - 2 * MARGIN - HEAD - lines * ENTRY_STEP
    top = MARGIN + HEAD
    return Frame(width, height, MARGIN, top, wide, high, _legend(tree, wide, top + high))


def around(tree: Tree, wide: float, high: float) -> Frame:
    """The frame of a sheet that is as large as the drawing needs."""
    width = max(wide + 2 * MARGIN, NARROWEST)
    inner = width - 2 * MARGIN
    top = MARGIN + HEAD
    height = top + high + _legend_lines(tree, inner) * ENTRY_STEP + MARGIN
    return Frame(width, height, (width - wide) / 2, top, wide, high, _legend(tree, inner, top + high))


def _columns(wide: float) -> int:
    return max(1, int(wide // ENTRY_WIDE))


def _legend_lines(tree: Tree, wide: float) -> int:
    """Lines of the legend, with an empty one above."""
    return 1 + -(-len(tree.managers) // _columns(wide)) if tree.managers else 0


def _legend(tree: Tree, wide: float, y: float, left: float = MARGIN) -> tuple[Entry, ...]:
    columns = _columns(wide)
    step = min(wide / columns, ENTRY_WIDE * 1.4)
    found = []
    for at, name in enumerate(tree.managers):
        row, column = divmod(at, columns)
        x, top = left + column * step, y + (row + 1) * ENTRY_STEP
        mark = placed(letter(at), _LETTER, "ink", 0.0, 0.0)[0]
        mark = mark._replace(x=x + (SWATCH - mark.width) / 2, baseline=top + 8.0)
        words = placed(fitted(name, _NAME, step - SWATCH - 12), _NAME, "ink", top + 0.6, x + SWATCH + 5)
        found.append(Entry(x, top, SWATCH, ENTRY_HIGH, f"manager {at % len(SWATCHES)}", (mark, *words)))
    return tuple(found)


def pages(title: str, frame: Frame, count: int) -> tuple[Page, ...]:
    """The pages with the words at their heads."""
    right = frame.width - MARGIN
    found = []
    for number in range(1, count + 1):
        words: list[Words] = []
        if count > 1 and title:
            words += placed(f"page {number} of {count}", _NUMBER, "muted", MARGIN, right, right=True)
        room = right - MARGIN - (words[0].width + 12 if words else 0)
        words += placed(fitted(title, _TITLE, room), _TITLE, "ink", MARGIN - 1, MARGIN)
        found.append(Page(number, title, tuple(words)))
    return tuple(found)
