"""Blocks: the rectangle of cells that is marked in a grid, beside the rows that Qt keeps as selected.

Rows stay what is selected, so everything about rows works with a block as well; a block says which of their
cells are meant. A click selects rows. Dragging, and Shift with an arrow, mark cells, but from the first column, which
stands for its row, dragging moves rows and Shift with up and down selects rows. Hidden columns take no part.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTableView

from ui.context import Cells
from ui.models.rows import RowsModel
from ui.theme import theme

Place = tuple[int, int]
"""Row and column, the column as the model counts them."""

WAYS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Block(NamedTuple):
    """From where a block was begun to where it reaches."""

    anchor: Place
    corner: Place

    @property
    def top(self) -> int:
        """Its first row."""
        return min(self.anchor[0], self.corner[0])

    @property
    def bottom(self) -> int:
        """Its last row."""
        return max(self.anchor[0], self.corner[0])


def columns_seen(grid: QTableView) -> list[int]:
    """The columns of a grid that are not hidden, from left to right."""
    header = grid.horizontalHeader()
    order = (header.logicalIndex(place) for place in range(header.count()))
    return [column for column in order if not grid.isColumnHidden(column)]


class Marking:
    """Marks blocks in a grid, by mouse and keys; ``block`` is the one that is marked now."""

    def __init__(self, grid: QTableView, model: RowsModel) -> None:
        self._grid, self._model = grid, model
        self.block: Block | None = None
        self.columns: list[int] = []
        """The columns of the block, from left to right as they are seen; none without a block."""
        self._pressed: Place | None = None
        grid.horizontalHeader().sectionMoved.connect(lambda: self.mark(None))

    def cells(self, ids: tuple[str, ...]) -> Cells:
        """What is selected, seen as cells, of the selected rows."""
        model, seen, at = self._model, columns_seen(self._grid), self._grid.currentIndex()
        columns = [column for column in self.columns if column in seen] or seen
        first = columns[0] if self.block else at.column()
        right = seen[seen.index(first) :] if first in seen else seen
        top = model.row_of(ids[0]) if ids else len(model.shown)
        return Cells(
            model.kind.name, ids, tuple(model.columns[at] for at in columns), self.block is not None,
            tuple(model.shown[top:]), tuple(model.columns[at] for at in right),
            tuple(model.shown), tuple(model.columns[at] for at in seen),
        )  # fmt: skip

    def mark(self, block: Block | None) -> None:
        """Mark a block, whose rows become the selected ones; None leaves the rows as they are."""
        if block == self.block:
            return
        self.block, self.columns = block, []
        if block is not None:
            seen = columns_seen(self._grid)
            ends = sorted(seen.index(column) for _, column in block if column in seen)
            self.columns = seen[ends[0] : ends[-1] + 1]
            model, flag, choice = self._model, QItemSelectionModel.SelectionFlag, self._grid.selectionModel()
            last = max(model.columnCount() - 1, 0)
            corner = model.index(*block.corner)
            choice.setCurrentIndex(corner, flag.NoUpdate)
            rows = QItemSelection(model.index(block.top, 0), model.index(block.bottom, last))
            choice.select(rows, flag.ClearAndSelect)
            self._grid.scrollTo(corner)
        self._grid.viewport().update()

    # -- keys

    def key(self, event: QKeyEvent) -> bool:
        """Mark by keys; whether the key was one for that."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ends = (event.key() == Qt.Key.Key_Escape and not held) or (
            event.key() == Qt.Key.Key_Space and held == _SHIFT
        )
        if self.block is not None and ends:
            self.mark(None)
            return True
        far = held == _SHIFT | _CTRL
        if event.key() not in WAYS or not (far or held == _SHIFT):
            return False
        return self._extend(WAYS[Qt.Key(event.key())], far)

    def _extend(self, way: tuple[int, int], far: bool) -> bool:
        at = self._grid.currentIndex()
        if not at.isValid() or (way[0] and self.block is None and not at.column()):
            return False
        anchor, corner = self.block or ((at.row(), at.column()),) * 2
        seen, rows = columns_seen(self._grid), len(self._model.shown)
        row = min(max(corner[0] + way[0] * (rows if far else 1), 0), rows - 1)
        place = (seen.index(corner[1]) if corner[1] in seen else 0) + way[1] * (len(seen) if far else 1)
        self.mark(Block(anchor, (row, seen[min(max(place, 0), len(seen) - 1)])))
        return True

    # -- mouse

    def pressed(self, event: QMouseEvent) -> None:
        """A button went down: a click ends the block, dragging may begin another."""
        index = self._grid.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = (index.row(), index.column()) if plain and index.column() > 0 else None
        if event.button() != Qt.MouseButton.RightButton or not self.holds(index.row(), index.column()):
            self.mark(None)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in the block."""
        return (
            self.block is not None and self.block.top <= row <= self.block.bottom and column in self.columns
        )

    def released(self) -> bool:
        """The button went up; whether a block was being marked."""
        was, self._pressed = self._pressed, None
        return was is not None and self.block is not None

    def dragged(self, event: QMouseEvent) -> bool:
        """Mark up to where the mouse is; whether it drags from a cell that is not a row's first."""
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton or not self._model.shown:
            return False
        area, at = self._grid.viewport().rect(), event.position().toPoint()
        end = self._grid.rowViewportPosition(len(self._model.shown) - 1) + theme().row - 1
        inside = QPoint(min(max(at.x(), 0), area.right()), min(max(at.y(), 0), area.bottom(), end))
        to = self._grid.indexAt(inside)
        if to.isValid() and (self.block is not None or (to.row(), to.column()) != self._pressed):
            self.mark(Block(self._pressed, (to.row(), to.column())))
        return True
