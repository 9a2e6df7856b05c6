"""Grouped rows: one thing on the left, the lines of all that belong to it on the right.

Right-hand lines run on whatever the height of the left, so no gaps arise; a group that must be parted is parted
between two of its things, and says on the next page what it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from dmdesk.report.parts import Cell, Part, Row, Table
from dmdesk.typeset.lines import Line, broken
from dmdesk.typeset.looks import MUTED, Span, Style

KEPT = 6
"""Groups of so many lines are not parted, unless one is higher than the page."""
CONTINUED = " (continued)"
SHOWN_AGAIN = 120
"""How many characters of a name are said again on the next page."""
_NOTHING = Line((), 0.0, 0, True)

Texts = tuple[Sequence[Span], Sequence[Span]]
"""The code and the name of one thing, as spans."""


@dataclass
class Group(Row):
    """A row of four columns: code and name of one thing, codes and names of those that belong to it."""

    starts: tuple[int, ...] = field(default=(0,), kw_only=True)

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
        left = [column[cut:] for column in lines[:2]] if len(lines[1]) > cut else self._again()
        right = [column[cut:] for column in lines[2:]]
        starts = tuple(at - cut for at in self.starts if at >= cut) or (0,)
        head = replace(self, _lines=[column[:cut] for column in lines], keep=False)
        return head, replace(self, _lines=left + right, starts=starts, anchors=())

    def _again(self) -> list[list[Line]]:
        """Code and name on the left, as they are said on the next page."""
        code, name = self.cells[:2]
        said = name.style.span(CONTINUED, face="italic", colour=MUTED)
        inner = [wide - 2 * self._table.padding[0] for wide in self._table.columns]
        return [broken(code.spans, inner[0]), broken([*shortened(name.spans, name.style), said], inner[1])]


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
