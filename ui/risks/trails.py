"""Trails: how one risk moved across the matrix, and how many went from cell to cell, painted over its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from dmdesk.risks.matrix import Cell
from ui.risks.plane import Lattice
from ui.theme import theme

Point = tuple[float, float]


def shortened(start: Point, end: Point, first: float, last: float) -> tuple[Point, Point] | None:
    """A line that begins and ends so far from its points; None where nothing is left of it."""
    long = hypot(end[0] - start[0], end[1] - start[1])
    if long <= first + last:
        return None
    across, down = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    return (
        (start[0] + across * first, start[1] + down * first),
        (end[0] - across * last, end[1] - down * last),
    )


def points(grid: Lattice, cells: Sequence[Cell], low: bool) -> list[Point]:
    """The points of a trail: in the middle of its cells, or below the words that stand there."""
    found = []
    for at in cells:
        box = grid.cell(at)
        x, y = box.middle
        found.append((x, box.top + box.height * 0.8 if low else y))
    return found


def paint_trail(
    painter: QPainter, grid: Lattice, trail: Sequence[Cell], target: Cell | None, low: bool
) -> None:
    """Initial (an open ring), what came between (dots), current (a full dot), and a dashed arrow to the target."""
    look = theme()
    known = [at for at in trail if grid.holds(at)]
    spots, ink, radius = points(grid, known, low), look.color("text"), max(look.space(1), 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for start, end in pairwise(spots):
        _line(painter, start, end, ink, radius)
    if target is not None and grid.holds(target):
        (aim,) = points(grid, [target], low)
        if spots and aim != spots[-1]:
            _line(painter, spots[-1], aim, ink, radius, dashed=True, head=True)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(*aim), radius * 1.5, radius * 1.5)
        painter.drawEllipse(QPointF(*aim), radius * 0.5, radius * 0.5)
    for at, spot in enumerate(spots):
        last, first = at == len(spots) - 1, at == 0 and len(spots) > 1
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(look.color("bg.page") if first else ink)
        size = radius if last or first else radius / 2
        painter.drawEllipse(QPointF(*spot), size, size)


def paint_arrows(painter: QPainter, grid: Lattice, arrows: Mapping[tuple[Cell, Cell], int]) -> None:
    """An arrow for each way risks went, the thicker the more, with their number where it is more than one."""
    look = theme()
    ink, most = look.color("text"), max(arrows.values(), default=1)
    for (start, end), number in arrows.items():
        if not grid.holds(start) or not grid.holds(end) or start == end:
            continue
        wide = 1.2 + 2.5 * number / most
        first, last = grid.cell(start).middle, grid.cell(end).middle
        _line(painter, first, last, ink, look.space(2.5), head=True, wide=wide)
        if number > 1:
            x, y = first[0] * 0.4 + last[0] * 0.6, first[1] * 0.4 + last[1] * 0.6
            side = look.space(2.25)
            painter.setPen(QPen(ink, 1))
            painter.setBrush(look.color("bg.page"))
            painter.drawEllipse(QPointF(x, y), side, side)
            painter.setFont(look.font("heading"))
            painter.drawText(
                round(x - side),
                round(y - side),
                2 * side,
                2 * side,
                Qt.AlignmentFlag.AlignCenter,
                f"{number}",
            )


def _line(
    painter: QPainter, start: Point, end: Point, ink: QColor, apart: float,
    *, dashed: bool = False, head: bool = False, wide: float = 1.5,
) -> None:  # fmt: skip
    ends = shortened(start, end, apart, apart * (1.9 if dashed else 1))
    if ends is None:
        return
    first, last = ends
    painter.setPen(QPen(ink, wide, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.drawLine(QPointF(*first), QPointF(*last))
    if head:
        turn, size = atan2(last[1] - first[1], last[0] - first[0]), theme().space(2) + wide
        sides = [
            QPointF(last[0] - size * cos(turn + way), last[1] - size * sin(turn + way))
            for way in (pi / 7, -pi / 7)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(*last), *sides]))
