"""A matrix as a Qt model: the rows and columns to be seen, opened, closed and filtered, and what a click does.

Cells are asked for when they are painted and never kept, so ten thousand rows by five thousand columns cost what
forty by forty do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from dmdesk import matrices
from dmdesk.changes import put
from dmdesk.kinds import Entity, Field, kinds
from dmdesk.matrices import Axis, Cell, Matrix, Relation
from dmdesk.plan import Event
from ui.models import moves
from ui.models.cells import full_name
from ui.models.filtering import Filtering
from ui.models.rows import Index, Source
from ui.words import tip

FEW = 300
"""An axis of so many opens with all of them to be seen; a larger one with its first levels."""

MOST_COPIED = 1_000_000
"""Cells that are copied at once; more would be of no use in a spreadsheet."""

_FLAG = Qt.ItemFlag
_ALONG = Qt.Orientation.Horizontal


class Side:
    """The rows, or the columns, to be seen: ``shown`` are their ids, ``hits`` those that a filter is about."""

    def __init__(self, source: Source, axis: Axis, ways: bool) -> None:
        self._ways = ways
        self.axis = axis
        self.filtering = Filtering(source, kinds()[axis.kind])
        self.gaps = False
        self.open: set[str] = set()
        self.closed: set[str] = set()
        self.kept: set[str] = set()
        self.hits: set[str] = set()
        self.shown: list[str] = []

    @property
    def filtered(self) -> bool:
        """Whether a filter hides anything."""
        return bool(self.filtering) or self.gaps

    def arrange(self, axis: Axis, gaps: Collection[str]) -> list[str]:
        """The ids to be seen now; what a filter showed before an edit stays until the filter changes.

        What is new in a small tree is open, so that nothing put below it goes out of sight.
        """
        if len(axis.ids) <= FEW:
            self.open |= axis.place.keys() - self.axis.place.keys()
        self.axis = axis
        if not self.filtered:
            return self._unfolded(axis.ids, self.open)
        self.hits = set(gaps if self.gaps else axis.ids)
        if self.filtering:
            self.hits &= self.filtering.found()
        self.hits |= {id for id in self.kept if id in axis.place}
        self.kept = set(self.hits)
        seen = set(self.hits)
        for id in self.hits if self._ways else ():
            for above in axis.ways(id):
                if above in seen:
                    break
                seen.add(above)
        return self._unfolded((id for id in axis.ids if id in seen), seen - self.closed)

    def _unfolded(self, ids: Iterable[str], opened: set[str]) -> list[str]:
        depth, found, limit = self.axis.depth, [], len(self.axis.ids)
        for id in ids:
            level = depth[id]
            if level <= limit:
                found.append(id)
                limit = len(self.axis.ids) if id in opened else level
        return found

    def is_open(self, id: str) -> bool:
        """Whether those below one are to be seen."""
        return self.axis.has_below(id) and (id not in self.closed if self.filtered else id in self.open)

    def set_open(self, id: str, opened: bool) -> None:
        """Open or close one."""
        for ids, inside in ((self.closed, not opened), (self.open, opened)):
            if ids is self.closed or not self.filtered:
                ids.add(id) if inside else ids.discard(id)

    def open_levels(self, levels: int) -> None:
        """Open the first so many levels and close the rest."""
        self.open = {id for id, level in self.axis.depth.items() if level < levels}
        self.closed = {id for id, level in self.axis.depth.items() if level >= levels}

    def refilter(self) -> None:
        """Forget what another filter showed."""
        self.kept.clear()
        self.closed.clear()


class MatrixModel(QAbstractTableModel):
    """A relation between two kinds. ``rows`` and ``columns`` are what of them is to be seen."""

    changing = Signal()
    """Rows or columns are about to come or go: views note where they are."""
    settled = Signal()
    """They have."""

    def __init__(self, source: Source, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.relation: Relation = matrices.RELATIONS[name]
        self.matrix: Matrix = matrices.matrix(source.data, name)
        self.rows = Side(source, self.matrix.rows, ways=True)
        self.columns = Side(source, self.matrix.columns, ways=False)
        self._row_kind = kinds()[self.matrix.rows.kind]
        self.field_typed: Field | None = self._row_kind[self.relation.field] if self.relation.field else None
        for side, axis in ((self.rows, self.matrix.rows), (self.columns, self.matrix.columns)):
            side.open_levels(len(axis.ids) if len(axis.ids) <= FEW else 2)
        self._fixed = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable | _FLAG.ItemNeverHasChildren
        if self.field_typed is not None:
            self._fixed |= _FLAG.ItemIsEditable
        self._take(*self._seen())

    # -- what is seen

    def side(self, orientation: Qt.Orientation) -> Side:
        """The columns for a horizontal orientation, else the rows."""
        return self.columns if orientation == _ALONG else self.rows

    def _seen(self) -> tuple[list[str], list[str]]:
        self.matrix = now = matrices.matrix(self.source.data, self.relation.name)
        return self.rows.arrange(now.rows, now.row_gaps), self.columns.arrange(now.columns, now.column_gaps)

    def _take(self, rows: list[str], columns: list[str]) -> None:
        self.rows.shown, self.columns.shown = rows, columns
        self._at = {id: n for n, id in enumerate(rows)}, {id: n for n, id in enumerate(columns)}
        self._groups = self._grouped()

    def renew(self) -> None:
        """Show what is to be seen now."""
        rows, columns = self._seen()
        if (rows, columns) == (self.rows.shown, self.columns.shown):
            if rows and columns:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.changing.emit()
        self.beginResetModel()
        self._take(rows, columns)
        self.endResetModel()
        self.settled.emit()

    def follow(self, event: Event) -> None:
        """Take over what a step, undo or redo did."""
        if event.how == "restore" or any(change.kind in self.relation.of for change in event.changes):
            self.renew()

    def place(self, row: str, column: str) -> tuple[int, int]:
        """The places of a row and a column among those shown, -1 for one that is not."""
        return self._at[0].get(row, -1), self._at[1].get(column, -1)

    def set_filter(self, orientation: Qt.Orientation, text: str) -> None:
        """Show only rows, or columns, that fit.

        Raises:
            FilterError: the text cannot be read; all stays as it was.
        """
        if self.side(orientation).filtering.take(text):
            self.refilter(orientation)

    def refilter(self, orientation: Qt.Orientation) -> None:
        """Look anew which rows, or columns, fit."""
        self.side(orientation).refilter()
        self.renew()

    def set_gaps(self, orientation: Qt.Orientation, gaps: bool) -> None:
        """Show only rows, or columns, without the other kind."""
        side = self.side(orientation)
        if gaps != side.gaps:
            side.gaps = gaps
            self.refilter(orientation)

    def set_open(self, orientation: Qt.Orientation, id: str, opened: bool) -> None:
        """Open or close a row or column."""
        self.side(orientation).set_open(id, opened)
        self.renew()

    def open_levels(self, orientation: Qt.Orientation, levels: int) -> None:
        """Open the first so many levels of the rows or columns, and close the rest."""
        self.side(orientation).open_levels(levels)
        self.renew()

    # -- groups of columns

    def _grouped(self) -> list[tuple[str, int, int]]:
        """(id, first, last) of the stretches of columns that stand below the same element of the second level."""
        axis, found = self.columns.axis, list[tuple[str, int, int]]()
        level = 1 if sum(not axis.depth[id] for id in axis.ids) == 1 else 0
        for at, id in enumerate(self.columns.shown):
            over = id
            while axis.depth[over] > level:
                over = axis.above[over]
            if found and found[-1][0] == over:
                found[-1] = (over, found[-1][1], at)
            else:
                found.append((over, at, at))
        return found

    def groups(self, first: int, last: int) -> list[tuple[str, int, int]]:
        """The groups of columns that lie between two places, both included."""
        at = max(bisect_right(self._groups, first, key=lambda group: group[1]) - 1, 0)
        end = bisect_right(self._groups, last, key=lambda group: group[1])
        return self._groups[at:end]

    @property
    def grouped(self) -> bool:
        """Whether the columns make a tree, so that groups say anything."""
        return bool(kinds()[self.columns.axis.kind].parent)

    # -- rows, columns and cells

    def entity_of(self, orientation: Qt.Orientation, id: str) -> Entity | None:
        """The row of the plan behind a row or column; None when a step took it and this model has yet to hear of it."""
        return self.source.data.get(self.side(orientation).axis.kind, id)

    def name_of(self, orientation: Qt.Orientation, id: str) -> str:
        """Code and title of a row or column."""
        entity = self.entity_of(orientation, id)
        return full_name(self.source.data, entity) if entity is not None else ""

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands in a shown cell; None for nothing."""
        of, other, data = self.rows.shown[row], self.columns.shown[column], self.source.data
        if of not in data.rows(self.rows.axis.kind) or other not in data.rows(self.columns.axis.kind):
            return None
        return self.matrix.cell(of, other)

    def toggle(self, row: int, column: int) -> bool:
        """Do what a click in a cell does, as one step."""
        title, changes = matrices.toggled(
            self.source.data, self.relation.name, self.rows.shown[row], self.columns.shown[column]
        )
        return bool(changes) and self.source.step(title, changes)

    # -- what the editor of a cell asks for

    def field(self, column: int) -> Field | None:
        """The field that is typed into a cell."""
        return self.field_typed

    def entity(self, index: Index) -> Entity | None:
        """The row of the plan that a cell's field is of."""
        return (
            self.entity_of(Qt.Orientation.Vertical, self.rows.shown[index.row()]) if index.isValid() else None
        )

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a value of the typed field as one step.

        Raises:
            BadValue: the value does not fit the field.
        """
        entity, field = self.entity(index), self.field_typed
        if entity is None or field is None or role != Qt.ItemDataRole.EditRole:
            return False
        change = put(entity, {field.name: value})
        return not change.fields or self.source.step(
            moves.title_of(self.source.data, entity, field), [change]
        )

    # -- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._fixed if index.isValid() else _FLAG.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows.shown):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return matrices.mark(self.cell(index.row(), index.column()), counts=True)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.words(index.row(), index.column()), lines=True)
        if role == Qt.ItemDataRole.EditRole and self.field_typed is not None:
            return getattr(self.entity(index), self.field_typed.name, None)
        return None

    def words(self, row: int, column: int) -> str:
        """A cell in sentences."""
        found = self.cell(row, column)
        if found is not None and found.state:
            return found.words
        names = " × ".join(
            self.name_of(way, side.shown[at])
            for way, side, at in ((Qt.Orientation.Vertical, self.rows, row), (_ALONG, self.columns, column))
        )
        return f"{names}: {found.words}" if found is not None else f"{names}: nothing yet."

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        side = self.side(orientation)
        if not 0 <= section < len(side.shown):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name_of(orientation, side.shown[section])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.about(orientation, side.shown[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.about(orientation, side.shown[section]), lines=True)
        return None

    def about(self, orientation: Qt.Orientation, id: str) -> str:
        """A row or column in words: its name, and what is missing or has no column."""
        relation, now = self.relation, self.matrix
        gaps = now.column_gaps if orientation == _ALONG else now.row_gaps
        lines = [self.name_of(orientation, id)]
        if id in gaps:
            kind = kinds()[self.side(orientation).axis.kind]
            lines.append(f"{kind.label} {relation.gap_words[orientation == _ALONG]}.")
        if orientation != _ALONG and id in now.notes:
            lines.append(now.notes[id])
        return "\n".join(lines)

    # -- copying

    def copied(self, rows: range, columns: range) -> str:
        """A part of what is shown as lines parted by tabs, with codes and names at the edges; "" if it is too much."""
        if len(rows) * len(columns) > MOST_COPIED:
            return ""
        data, lines = self.source.data, list[list[str]]()
        heads = [self.entity_of(_ALONG, self.columns.shown[at]) for at in columns]
        for words in (data.key, data.title):
            lines.append(["", "", *(words(head) for head in heads if head is not None)])
        for at in rows:
            row = self.entity_of(Qt.Orientation.Vertical, self.rows.shown[at])
            if row is not None:
                marks = (matrices.mark(self.cell(at, column), counts=True) for column in columns)
                lines.append([data.key(row), data.title(row), *marks])
        return "\n".join("\t".join(" ".join(part.split()) for part in line) for line in lines) + "\n"


class Edge:
    """The rows, or the columns, of a matrix as a filter box sees them."""

    def __init__(self, model: MatrixModel, orientation: Qt.Orientation) -> None:
        self._model, self._orientation = model, orientation
        side = model.side(orientation)
        self.kind, self.filtering = kinds()[side.axis.kind], side.filtering

    def set_filter(self, text: str) -> None:
        """Show what fits the text alone."""
        self._model.set_filter(self._orientation, text)

    def refilter(self) -> None:
        """Look anew for what fits."""
        self._model.refilter(self._orientation)
