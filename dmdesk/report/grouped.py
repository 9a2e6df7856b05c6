"""Grouped rows: one thing on the left, the lines of all that belong to it on the right.

Right-hand lines run on whatever the height of the left, so no gaps arise; a group that must be parted is parted
between two of its things, and says on the next page what it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dmdesk.report.parts import Cell, Part, Row, Table
from dmdesk.typeset import tags
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import MUTED, Span, Style
from dmdesk.typeset.pieces import Line
from dmdesk.values import field, record, replace

if TYPE_CHECKING:
    from dmdesk.typeset.pen import Pen
    from dmdesk.typeset.tags import Element

KEPT = 6
"""Groups of so many lines are not parted, unless one is higher than the page."""
CONTINUED = " (continued)"
SHOWN_AGAIN = 120
"""How many characters of a name are said again on the next page."""
_NOTHING = Line((), 0.0, 0, True)

Texts = tuple[Sequence[Span], Sequence[Span]]
"""The code and the name of one thing, as spans."""


@record
class Group(Row):
    """A row of four columns: code and name of one thing, codes and names of those that belong to it."""

    starts: tuple[int, ...] = field(default=(0,), kw_only=True)
    again: bool = field(default=False, kw_only=True)
    own: bool = field(default=True, kw_only=True)

    def least(self, width: float) -> float:
        cuts = self._cuts()
        return self._tall_as(cuts[0]) if cuts else self.height(width)

    def _cuts(self) -> list[int]:
        """The lines before which the group may be parted: two things stay together on either side."""
        lines = self.lines()
        if max(map(len, lines)) <= KEPT:
            return []
        return [at for at in self.starts[2:-1] if at >= len(lines[1])]

    def _tall_as(self, lines: int) -> float:
        return lines * self.cells[0].style.leading + 2 * self._table.padding[1] + self.rules[0]

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        lines = self.lines()
        fitting = int((room - self._tall_as(0) + 0.01) / self.cells[0].style.leading)
        cuts = [at for at in self._cuts() if at <= fitting]
        if force and not cuts:
            cuts = [at for at in self.starts[1:] if at <= fitting] or [fitting]
        if not cuts or not 0 < cuts[-1] < max(map(len, lines)):
            return None
        cut = cuts[-1]
        unfinished = max(len(lines[0]), len(lines[1])) > cut
        left = [column[cut:] for column in lines[:2]] if unfinished else self._again()
        right = [column[cut:] for column in lines[2:]]
        starts = tuple(at - cut for at in self.starts if at >= cut)
        head = replace(self, _lines=[column[:cut] for column in lines], keep=False)
        return head, replace(self, _lines=left + right, starts=starts, anchors=(), again=not unfinished)

    def _again(self) -> list[list[Line]]:
        """Code and name on the left, as they are said on the next page."""
        code, name = self.cells[:2]
        said = name.style.span(CONTINUED, face="italic", colour=MUTED)
        inner = [wide - 2 * self._table.padding[0] for wide in self._table.columns]
        return [
            broken(shortened(code.spans, code.style), inner[0]),
            broken([*shortened(name.spans, name.style), said], inner[1]),
        ]

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        """To the eye one row of four cells; to a screen reader a row for each thing on the right."""
        if pen.tags.silent:
            super().draw(pen, x, y, width)
            return
        columns, lines = self._columns, self.lines()
        side, top = self._table.padding

        def put(column: int, start: int, end: int) -> None:
            cell, left, wide = columns[column]
            down = y + top + start * cell.style.leading
            pen.lines(lines[column][start:end], x + left + side, down, cell.style, wide - side, cell=True)

        for column, element in enumerate(self._left(pen)):
            with pen.artifact() if self.again else pen.tags.inside(element):
                put(column, 0, len(lines[column]))
        here = [at for at in self.starts if at < len(lines[3])]
        for start, end in pairwise([*([] if here[:1] == [0] else [0]), *here, len(lines[3])]):
            for column, element in enumerate(self._member(pen, fresh=start in here), 2):
                with pen.tags.inside(element):
                    put(column, start, end)
        with pen.artifact():
            self._draw_rules(pen, x, y, self.height(width), columns)

    def _left(self, pen: Pen) -> list[Element]:
        """The cells of the thing on the left, which reach over the rows of all that belongs to it."""
        if not self.elements:
            row = pen.tags.open("TR")
            extra = tags.cell(scope="Row", down=len(self.starts))
            self.elements += [row, *(pen.tags.open("TH", extra, row) for _ in range(2))]
        return self.elements[1:3]

    def _member(self, pen: Pen, *, fresh: bool) -> list[Element]:
        """The cells of one thing on the right: new ones, or those that go on from the page before."""
        if fresh:
            row = self.elements[0]
            if len(self.elements) > 3:
                row = pen.tags.open("TR")
                self.elements.append(row)
            self.elements += [pen.tags.open("TD", within=row) for _ in range(2)]
        return self.elements[-2:]


def group(
    table: Table, style: Style, own: Texts, members: Sequence[Texts], *, anchors: tuple[str, ...] = (),
    path: tuple[str, ...] = (),
) -> Group:  # fmt: skip
    """The row of one thing, ``own``, and its ``members``, all set in one style."""
    inner = [wide - 2 * table.padding[0] for wide in table.columns]
    codes: list[Line] = []
    names: list[Line] = []
    starts = []
    for code, name in members:
        starts.append(len(codes))
        codes += _broken(tuple(code), inner[2])
        names += _broken(tuple(name), inner[3])
        tall = max(len(codes), len(names))
        codes += [_NOTHING] * (tall - len(codes))
        names += [_NOTHING] * (tall - len(names))
    left = [_broken(tuple(spans), wide) for spans, wide in zip(own, inner, strict=False)]
    cells = [Cell(spans, style) for spans in (*own, (), ())]
    return Group(
        cells, table=table, anchors=anchors, path=path, starts=tuple(starts), _lines=[*left, codes, names]
    )


@lru_cache(maxsize=5_000)
def _broken(spans: tuple[Span, ...], width: float) -> list[Line]:
    """The lines of spans; kept, since a name is said once for each thing it belongs to. Not to be changed."""
    return broken(spans, width)


def shortened(spans: Sequence[Span], style: Style) -> Sequence[Span]:
    """A name as it is said again: no longer than a few lines."""
    text = "".join(span.text for span in spans)
    return spans if len(text) <= SHOWN_AGAIN else [style.span(f"{text[:SHOWN_AGAIN]}…")]
