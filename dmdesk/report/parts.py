"""The parts pages are filled with: texts, headings, table rows, rules.

A part knows its height at a width, where it may be parted over two pages, and how to draw itself with a pen;
the filler (``flow``) asks nothing else, so a figure needs no more than these three functions either.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from dmdesk.typeset import fonts, tags
from dmdesk.typeset.lines import broken, listed
from dmdesk.typeset.looks import HAIRLINE, SECTION, Span, Style
from dmdesk.typeset.pieces import Line
from dmdesk.values import field, frozen, record, replace

if TYPE_CHECKING:
    from dmdesk.typeset.pen import Pen
    from dmdesk.typeset.tags import Element

ARTIFACT = "artifact"
"""The role of parts that are decoration only."""
MARKER_GAP = 5.3
WIDEST_NUMBER = 150.0
CAPTION_SHARE = 0.9
"""How much of the width captions take."""
FEWEST_LINES = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""


@record
class Part:
    """What all parts have: white space around, anchors that links lead to, whether it stays with the next part.

    One that ``floats`` may stand at the head of a later page while the text goes on; ``turned``, it has a page of its
    own that lies the other way. ``role`` says what a screen reader is told of it, where its class does not ("Caption",
    "Code", "BlockQuote", "TOCI", or ``ARTIFACT`` for decoration; see ``tagging``). ``origin`` is the same in all pieces
    of one part. A part with ``own`` makes its elements itself when it is drawn, with ``pen.tags`` or ``pen.figure``.
    """

    before: float = field(default=0.0, kw_only=True)
    after: float = field(default=0.0, kw_only=True)
    anchors: tuple[str, ...] = field(default=(), kw_only=True)
    keep: bool = field(default=False, kw_only=True)
    floats: bool = field(default=False, kw_only=True)
    turned: bool = field(default=False, kw_only=True)
    notes: tuple[Part, ...] = field(default=(), kw_only=True)
    table: Table | None = field(default=None, kw_only=True)
    role: str = field(default="", kw_only=True)
    own: bool = field(default=False, kw_only=True)
    origin: object = field(default_factory=object, kw_only=True, repr=False, compare=False)

    def height(self, width: float) -> float:
        """The height at a width, both in points."""
        return 0.0

    def least(self, width: float) -> float:
        """The height of the smallest beginning that may stand at the foot of a page."""
        return self.height(width)

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        """The part as two, the first no higher than ``room``; None where it cannot be parted there.

        ``force`` says that the page is empty, so the part must be parted somewhere.
        """
        return None

    def look(self, width: float) -> Hashable:
        """All that decides how the part is drawn at a width, as a value; None: it is drawn anew each time."""
        return None

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """Draw the part with its upper left corner at (x, y), y measured downwards from the page's top."""


@record
class Text(Part):
    """A paragraph: spans in a style, indented, with an optional marker that hangs to the left of its first line."""

    spans: Sequence[Span] = ()
    style: Style = field(kw_only=True)
    indent: float = field(default=0.0, kw_only=True)
    marker: Span | None = field(default=None, kw_only=True)
    label: Element | None = field(default=None, kw_only=True, repr=False, compare=False)
    _lines: tuple[float, list[Line]] | None = field(default=None, kw_only=True, repr=False)

    def lines(self, width: float) -> list[Line]:
        """The lines at a width, broken once."""
        if self._lines is None or self._lines[0] != width:
            justified = self.style.align == "justify"
            self._lines = (width, broken(self.spans, width - self.indent, hyphenate=justified))
        return self._lines[1]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        count = len(self.lines(width))
        return (count if count <= FEWEST_LINES + 1 else FEWEST_LINES) * self.style.leading

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        lines = self.lines(width)
        fewest = 1 if force else FEWEST_LINES
        first = min(int((room + 0.01) / self.style.leading), len(lines) - fewest)
        if first < fewest:
            return None
        called = {piece.look.link for line in lines[:first] for piece in line.pieces}
        here = tuple(note for note in self.notes if f"#{note.anchors[0]}" in called)
        there = tuple(note for note in self.notes if note not in here)
        head = replace(self, _lines=(width, lines[:first]), after=0.0, notes=here)
        tail = replace(self, _lines=(width, lines[first:]), before=0.0, anchors=(), marker=None, notes=there)
        return head, tail

    def look(self, width: float) -> Hashable:
        return type(self), self.style, self.indent, self.marker, tuple(self.lines(width))

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        if self.marker:
            wide = fonts.natural_width(self.marker.text, self.marker.look.face, self.marker.look.size)
            with pen.tags.labelled(self.label):
                pen.words(x + self.indent - MARKER_GAP - wide, y + self.style.look.size, *self.marker)
        pen.lines(self.lines(width), x + self.indent, y, self.style, width - self.indent)


@record
class Listing(Text):
    """A block of code in one look, which keeps its lines as far as they fit."""

    def lines(self, width: float) -> list[Line]:
        """The lines at a width, broken only where they must be."""
        if self._lines is None or self._lines[0] != width:
            text = "".join([span.text for span in self.spans])
            self._lines = (width, listed(text, self.style.look, width - self.indent))
        return self._lines[1]


@record
class Heading(Text):
    """A heading, which announces itself to the outline, the contents and the running header."""

    level: int = field(default=1, kw_only=True)
    number: str = field(default="", kw_only=True)
    title: str = field(default="", kw_only=True)
    listed: bool = field(default=True, kw_only=True)

    @property
    def anchor(self) -> str:
        """The anchor that the outline and the contents lead to."""
        return self.anchors[0]

    def least(self, width: float) -> float:
        return self.height(width)

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        return super().split(width, room, force=force) if force else None

    def look(self, width: float) -> Hashable:
        return super().look(width), self.number if self.anchors else ""

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        if self.number and self.anchors:
            with pen.tags.element("Lbl"):
                pen.words(x, y + self.style.look.size, self.number, self.style.look)
        pen.lines(self.lines(width), x + self.indent, y, self.style, width - self.indent)


@record
class Caption(Text):
    """The words above a table or below a figure, which announce themselves to the outline and the lists of such.

    ``target`` is the anchor that these lead to; one without is not listed.
    """

    named: str = field(default="", kw_only=True)
    title: str = field(default="", kw_only=True)
    target: str = field(default="", kw_only=True)

    def lines(self, width: float) -> list[Line]:
        """The lines, narrower than the text around."""
        if self._lines is None or self._lines[0] != width:
            self._lines = (width, broken(self.spans, width * CAPTION_SHARE))
        return self._lines[1]


def heading(
    level: int, number: str, title: str, anchor: str, style: Style, *, listed: bool = True
) -> Heading:
    """A heading with its number one em left of the title; turned lines hang below the title.

    A number that would leave the title no room, such as a long code, is set as part of it.
    """
    look = style.look
    if number and fonts.natural_width(fonts.printable(number), look.face, look.size) > WIDEST_NUMBER:
        number, title = "", f"{number} {title}"
    indent = fonts.natural_width(number, look.face, look.size) + look.size if number else 0.0
    return Heading(
        (Span(title, look),), style=style, indent=indent, level=level, number=number, title=title, listed=listed,
        anchors=(anchor,), keep=True, before=style.before, after=style.after,
    )  # fmt: skip


def paragraph(spans: Sequence[Span] | str, style: Style, **more: Any) -> Text:
    """A text with the white space of its style."""
    if isinstance(spans, str):
        spans = (style.span(spans),)
    return Text(spans, style=style, **{"before": style.before, "after": style.after, **more})


@record
class Rule(Part):
    """A horizontal rule over the whole width."""

    thickness: float = 0.4
    colour: str = HAIRLINE

    def height(self, width: float) -> float:
        return self.thickness

    def look(self, width: float) -> Hashable:
        return type(self), self.thickness, self.colour

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        pen.rule(x, y, x + width, self.thickness, self.colour)


@frozen
class Table:
    """A table: its column widths, what its rows have in common, and the rows repeated at the head of each page.

    ``head`` is asked for these with the row that follows and whether it continues a table from the page before.
    """

    columns: tuple[float, ...]
    head: Callable[[Row, bool], list[Row]]
    padding: tuple[float, float] = (3.5, 2.4)
    grid: bool = False


@record
class Cell:
    """The content of one cell; ``head`` says that it is the head of its row."""

    spans: Sequence[Span]
    style: Style
    indent: float = 0.0
    span: int = 1
    head: bool = False


@record
class Row(Part):
    """One row of a table; rows are kept whole unless they are higher than a page."""

    cells: Sequence[Cell] = ()
    tint: str = field(default="", kw_only=True)
    rules: tuple[float, str] = field(default=(0.4, HAIRLINE), kw_only=True)
    path: tuple[str, ...] = field(default=(), kw_only=True)
    repeated: bool = field(default=False, kw_only=True)
    elements: list[Element] = field(default_factory=list, kw_only=True, repr=False, compare=False)
    _lines: list[list[Line]] | None = field(default=None, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        assert self.table is not None
        self._table = self.table
        self._high = 0.0
        self._columns = _columns(self.cells, self.table.columns)

    def lines(self) -> list[list[Line]]:
        """The lines of each cell, broken once."""
        if self._lines is None:
            side = 2 * self._table.padding[0]
            self._lines = [
                broken(cell.spans, wide - side - cell.indent) if cell.spans else []
                for cell, _, wide in self._columns
            ]
        return self._lines

    def height(self, width: float) -> float:
        if not self._high:
            tall = [
                len(lines) * cell.style.leading for cell, lines in zip(self.cells, self.lines(), strict=True)
            ]
            self._high = max(tall, default=0.0) + 2 * self._table.padding[1] + self.rules[0]
        return self._high

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        room -= 2 * self._table.padding[1] + self.rules[0]
        if not force or room < max(cell.style.leading for cell in self.cells):
            return None
        heads, tails = [], []
        for cell, lines in zip(self.cells, self.lines(), strict=True):
            count = int((room + 0.01) / cell.style.leading)
            heads.append(lines[:count])
            tails.append(lines[count:])
        if not any(tails):
            return None
        head = replace(self, _lines=heads, notes=(), keep=False)
        return head, replace(self, _lines=tails, anchors=())

    def look(self, width: float) -> Hashable:
        table = self._table
        cells = tuple([(cell.style, cell.indent, cell.span) for cell in self.cells])
        lines = tuple([tuple(each) for each in self.lines()])
        return table.columns, table.padding, table.grid, self.tint, self.rules, self.repeated, cells, lines

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        height = self.height(width)
        side, top = self._table.padding
        columns = self._columns
        if self.tint:
            with pen.artifact():
                pen.box(x, y + 0.8, columns[-1][1] + columns[-1][2], height - 0.8, self.tint)
        cells = self._tagged(pen)
        for (cell, left, wide), lines, element in zip(columns, self.lines(), cells, strict=True):
            if lines:
                indent = side + cell.indent
                with pen.tags.inside(element):
                    pen.lines(lines, x + left + indent, y + top, cell.style, wide - side - indent, cell=True)
        with pen.artifact():
            self._draw_rules(pen, x, y, height, columns)

    def _tagged(self, pen: Pen) -> list[Element]:
        """The elements of the cells, the same ones on each page that the row takes."""
        if pen.tags.silent:
            return [pen.tags.root] * len(self.cells)
        if not self.elements:
            for cell in self.cells:
                scope = "Column" if self.repeated else "Row" if cell.head else ""
                extra = tags.cell(scope=scope, across=cell.span)
                self.elements.append(pen.tags.open("TH" if scope else "TD", extra))
        return self.elements

    def _draw_rules(
        self, pen: Pen, x: float, y: float, height: float, columns: list[tuple[Cell, float, float]]
    ) -> None:
        thickness, colour = self.rules
        right = x + columns[-1][1] + columns[-1][2]
        if thickness:
            pen.rule(x, y + height - thickness, right, thickness, colour)
        if self._table.grid:
            if self.repeated:
                pen.rule(x, y, right, 0.4, colour)
            for left in (*(column[1] for column in columns), right - x):
                pen.upright(x + left, y, y + height, 0.4, colour)


def _columns(cells: Sequence[Cell], columns: Sequence[float]) -> list[tuple[Cell, float, float]]:
    """(cell, x, width) from left to right."""
    found, x, at = [], 0.0, 0
    for cell in cells:
        wide = columns[at] if cell.span == 1 else sum(columns[at : at + cell.span])
        found.append((cell, x, wide))
        x, at = x + wide, at + cell.span
    return found


def head_rules() -> tuple[float, str]:
    """The rule below a table's head."""
    return (1.0, SECTION)
