"""Grids: tables of prose and of generated parts, their columns as wide as what they hold asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from dmdesk.report.parts import Cell, Part, Row, Table, head_rules
from dmdesk.report.styles import CELL, CELL_HEAD
from dmdesk.typeset import fonts
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import HAIRLINE, Span, Style
from dmdesk.values import replace

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Grid, Inlines

WIDTH = 468.0
PADDING = (4.5, 3.0)
NARROWEST = 34.0
TEXT = CELL.but(look=CELL.look._replace(size=9.0), leading=12.0)
HEAD = CELL_HEAD.but(look=CELL_HEAD.look._replace(size=9.0), leading=12.0)
SAMPLED = 200
"""How many rows are measured to divide the width."""

T = TypeVar("T")
Spans = Callable[["Inlines", Style], Sequence[Span]]


def grid(block: Grid, spans: Spans, after: float, width: float = WIDTH) -> Iterator[Part]:
    """The rows of a table, all columns within the width of the text.

    One of more columns than that has room for becomes several tables below one another, each with the first column.
    """
    for part in _parted(block, int(width // NARROWEST)):
        yield from _grid(part, spans, after, width)


def _parted(block: Grid, most: int) -> Iterator[Grid]:
    """A table in tables of so many columns at most."""
    count = len(block.head)
    if count <= most:
        yield block
        return
    for start in range(1, count, most - 1):
        kept = (0, *range(start, min(start + most - 1, count)))

        def some(cells: Sequence[T], kept: Sequence[int] = kept) -> tuple[T, ...]:
            return tuple(cells[at] for at in kept if at < len(cells))

        yield replace(
            block, head=some(block.head), rows=tuple(map(some, block.rows)), aligned=some(block.aligned),
            shares=some(block.shares), about=block.about if start == 1 else (),
        )  # fmt: skip


def _grid(block: Grid, spans: Spans, after: float, width: float) -> Iterator[Part]:
    heads = [[Span(span.text, HEAD.look) for span in spans(cell, HEAD)] for cell in block.head]
    bodies = [[list(spans(cell, TEXT)) for cell in row] for row in block.rows]
    columns = _shared(block.shares, width) if block.shares else _widths(heads, bodies[:SAMPLED], width)
    styles = [_aligned(TEXT, side) for side in (*block.aligned, *["left"] * len(columns))]

    def head(following: Row, continued: bool) -> list[Row]:
        cells = [
            Cell(words, _aligned(HEAD, style.align)) for words, style in zip(heads, styles, strict=False)
        ]
        return [Row(cells, table=following.table, rules=head_rules())]

    table = Table(columns, head, padding=PADDING)
    if not bodies:
        bodies = [[[] for _ in columns]]
    for at, row in enumerate(bodies):
        anchors = (safe("-".join(block.about[at])),) if at < len(block.about) else ()
        last = at == len(bodies) - 1
        yield Row(
            [Cell(words, style) for words, style in zip(row, styles, strict=False)], table=table, anchors=anchors,
            rules=(0.4, HAIRLINE), after=after if last else 0.0,
        )  # fmt: skip


def _aligned(style: Style, side: str) -> Style:
    return style if side == style.align else style.but(align=side)


def _shared(shares: Sequence[float], width: float) -> tuple[float, ...]:
    return tuple(width * share / sum(shares) for share in shares)


def _widths(heads: list[list[Span]], bodies: list[list[list[Span]]], width: float) -> tuple[float, ...]:
    """Natural widths where all have room; else each column gets its longest word, and the rest by what it holds."""
    side = 2 * PADDING[0] + 1.0
    natural, least = [], []
    for at, head in enumerate(heads):
        cells = [head, *(row[at] for row in bodies)]
        natural.append(max(NARROWEST, side + max(_natural(spans) for spans in cells)))
        least.append(max(NARROWEST, side + min(max(_longest(spans) for spans in cells), width / 3)))
    if sum(natural) <= width:
        return tuple(natural)
    if sum(least) >= width:
        return tuple(width * one / sum(least) for one in least)
    wanted = [max(whole - own, 0.0) ** 0.7 for whole, own in zip(natural, least, strict=True)]
    rest = (width - sum(least)) / (sum(wanted) or 1.0)
    return tuple(own + rest * more for own, more in zip(least, wanted, strict=True))


def _natural(spans: Sequence[Span]) -> float:
    lines = "".join(span.text for span in spans).split("\n")
    if len(lines) > 1 or len(lines[0]) > 400:
        return max(_measured(line[:400], spans) for line in lines)
    return sum(fonts.natural_width(fonts.printable(text), look.face, look.size) for text, look in spans)


def _longest(spans: Sequence[Span]) -> float:
    return max(
        (_measured(word[:60], [span]) for span in spans for word in span.text.split()[:200]), default=0.0
    )


def _measured(text: str, spans: Sequence[Span]) -> float:
    look = spans[0].look
    return fonts.natural_width(fonts.printable(text), look.face, look.size)
