"""The rows of one kind as a Qt model: a flat list of those to be seen, with words and marks for each cell.

The model itself knows which rows are visible. A proxy model in Python takes seconds where this takes milliseconds,
and a flat list lets a view of 10,000 rows look at the forty it paints and at no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt, Signal

from dmdesk import places
from dmdesk.changes import SET, put
from dmdesk.kinds import Entity, Field, kinds
from dmdesk.naming import renamed
from dmdesk.plan import Event
from ui import layouts
from ui.models import cells, derived, differences, dragging, moves
from ui.models.cells import Cell
from ui.models.filtering import Filtering
from ui.models.marks import Mark, Marks, named
from ui.models.since import Was, was_at
from ui.models.source import Index as Index
from ui.models.source import Source as Source
from ui.models.touched import touched as touched_rows
from ui.words import tip

ID, MARK, DEPTH, BRANCH, OPEN, MATCH, ICON, PREFIX = (int(Qt.ItemDataRole.UserRole) + n for n in range(1, 9))
"""Roles: row id, mark of the cell, level in the tree, has rows below, is open, matches the filter, icon, prefix."""

_FLAG = Qt.ItemFlag
_NOTHING, _DROP = _FLAG.NoItemFlags, _FLAG.ItemIsDropEnabled
_FIXED = _FLAG.ItemIsEnabled | _FLAG.ItemIsSelectable

MANY = 50
"""So many rows that change their place at once are put in order together with all others."""


class RowsModel(QAbstractTableModel):
    """Rows of one kind, filtered; tables and trees differ in their order only.

    ``shown``: the ids of the rows to be seen, from the top down. ``columns``: names of fields and derived columns.
    """

    changing = Signal()
    """Rows are about to come, go or move: views note what is selected."""
    settled = Signal()
    """They have."""
    zones: tuple[str, ...] = ()  # columns whose words stand in a zone of scores

    def __init__(self, source: Source, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.kind = kinds()[kind]
        self.columns = layouts.choosable(kind)
        self.shown: list[str] = []
        self.hits: Collection[str] = ()
        self.marks = Marks()
        self.locked: Mapping[str, str] = {}  # column → why it cannot be changed now
        self.seen: Collection[str] = frozenset(self.columns)
        """The columns that a view does not hide: what is found in others is marked at the first."""
        self._derived = derived.derived(kind)
        by_name = {field.name: field for field in self.kind.fields}
        self._fields: list[Field | None] = [by_name.get(name) for name in self.columns]
        self._at: dict[str, int] | None = None
        self.filtering = Filtering(source, self.kind)
        self._kept: set[str] = set()
        of = {other for one in self._derived.values() for other in one.of}
        self._reads = {kind, *(field.target for field in self.kind.links), *of}
        self._places = {self.kind.parent, self.kind.order, *self.kind.identity}
        fixed = _FIXED | _FLAG.ItemNeverHasChildren
        if self.movable:
            fixed |= _FLAG.ItemIsDragEnabled | _FLAG.ItemIsDropEnabled
        self._flags = (fixed, fixed | _FLAG.ItemIsEditable)
        """Made once: Qt asks for them with every cell it paints."""
        self._arrange()
        self._begin()
        self.shown = self._visible()

    # -- what tables and trees do differently

    def _arrange(self) -> None:
        """Put all rows in order anew."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Choose what is seen of the rows at first."""

    def _rearrange(self, ids: set[str]) -> None:
        """Put the rows that came, went or may stand elsewhere in their places."""
        raise NotImplementedError

    def _visible(self) -> list[str]:
        """The ids of the rows to be seen, with ``hits`` taken into account."""
        raise NotImplementedError

    def all_ids(self) -> list[str]:
        """The ids of all rows, filtered or not, in order."""
        raise NotImplementedError

    def depth(self, row: int) -> int:
        """The level of a shown row, 0 at the top."""
        return 0

    def below(self, id: str) -> Iterable[str]:
        """The ids of all rows below one, shown or not."""
        return ()

    # -- rows and cells

    @property
    def rows(self) -> dict[str, Entity]:
        """All rows of the kind by id."""
        return self.source.data.rows(self.kind.name)

    def entity(self, index: Index) -> Entity | None:
        """The row an index stands for."""
        inside = index.isValid() and index.row() < len(self.shown)
        return self.rows.get(self.shown[index.row()]) if inside else None

    def row_of(self, id: str) -> int:
        """The place of a row among those shown, -1 when it is not."""
        self._at = self._at or {id: row for row, id in enumerate(self.shown)}
        return self._at.get(id, -1)

    def field(self, column: int) -> Field | None:
        """The field in a column; None for a derived one."""
        return self._fields[column]

    def cell(self, row: int, column: int) -> Cell:
        """The words of a shown cell."""
        entity = self.rows.get(self.shown[row])
        if entity is None:
            return Cell("")
        field = self._fields[column]
        if field is None:
            return self._derived[self.columns[column]].cell(self.source.data, entity)
        found = cells.cell(self.source.data, self.kind, entity, field)
        if not found.text and field.name == self.kind.title:
            return Cell(self.source.data.title(entity))
        return found

    def mark(self, row: int, column: int) -> Mark | None:
        """What the checks have found in a shown cell."""
        return self.marks.at(self.shown[row], self.columns[column], not column, self.seen)

    def was(self, row: int, column: int) -> Was | None:
        """What a shown cell, or at the first column its row, was in the last baseline; None when it is as it was."""
        entity = self.rows.get(self.shown[row])
        return was_at(self.source, self.kind, entity, self._fields[column], not column)

    def hides_problems(self, row: int) -> int:
        """How many rows with problems are below a shown row and not to be seen."""
        return 0

    def set_findings(self, findings: Iterable[Any]) -> None:
        """Mark what the checks have found."""
        self._tell_rows(self.marks.renew(self.kind.name, findings, self.parent_id))

    def is_number(self, column: int) -> bool:
        """Whether the column holds numbers, which stand at the right."""
        field = self._fields[column]
        return field.type.numeric if field else self._derived[self.columns[column]].number

    # -- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(row, column).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            hidden = 0 if column else self.hides_problems(row)
            return named(self.cell(row, column), self.mark(row, column), hidden, self.was(row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.spoken(row, column) or None
        if role == Qt.ItemDataRole.EditRole:
            field, entity = self._fields[column], self.entity(index)
            return None if field is None or entity is None else getattr(entity, field.name)
        return self._own(row, column, role) if role >= Qt.ItemDataRole.UserRole else None

    def _own(self, row: int, column: int, role: int) -> Any:
        id = self.shown[row]
        if role == ID:
            return id
        if role == MARK:
            return self.cell(row, column).mark
        if role == DEPTH:
            return self.depth(row)
        if role == MATCH:
            return self.is_hit(id)
        if role == ICON:
            return derived.icon_name(self.rows[id], self.kind.name)
        return derived.prefix(self.source.data, self.rows[id], self.kind.name) if role == PREFIX else None

    def _tip(self, row: int, column: int) -> str | None:
        """Escaped, because Qt takes a tip that looks like markup for markup."""
        found, mark, was = self.cell(row, column), self.mark(row, column), self.was(row, column)
        hidden = 0 if column else self.hides_problems(row)
        parts = [found.text if len(found.text) > 20 else "", found.tip, *(mark.words if mark else ())]
        below = f"{hidden:,} row{'s' if hidden > 1 else ''} below with problems." if hidden else ""
        parts += [was.sentence if was else "", below, self.locked.get(self.columns[column], "")]
        return tip("\n".join(dict.fromkeys(filter(None, parts))), lines=True) or None

    def spoken(self, row: int, column: int) -> str:
        """What a screen reader adds to the words of a cell: its mark and the findings."""
        found, mark, was = self.cell(row, column), self.mark(row, column), self.was(row, column)
        words = [f"{mark.level}: {words}" for words in mark.words] if mark else []
        return " ".join(filter(None, (found.tip if found.mark else "", *words, was.sentence if was else "")))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        field = self._fields[section] or self._derived[self.columns[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return field.label
        if role == Qt.ItemDataRole.ToolTipRole:
            words = filter(None, (field.help, self.locked.get(self.columns[section])))
            return tip("\n".join(words), lines=True) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.is_number(section) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return _DROP if self.movable else _NOTHING
        field = self._fields[index.column()]
        return self._flags[field is not None and field.type.typed]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a value of the field's type as one step; the name a row had for long is kept as also known as.

        Raises:
            BadValue: the value does not fit the field.
        """
        entity, field = self.entity(index), self._fields[index.column()] if index.isValid() else None
        if entity is None or field is None or role != Qt.ItemDataRole.EditRole:
            return False
        values = {field.name: value}
        new = field.name in (self.kind.key, self.kind.title) and self.source.is_new(entity)
        change = put(entity, values if new else renamed(entity, values))
        return not change.fields or self.source.step(
            moves.title_of(self.source.data, entity, field), [change]
        )

    # -- filtering

    def set_filter(self, text: str) -> None:
        """Show only rows that fit the text, as ``dmdesk.filters`` reads it.

        Raises:
            FilterError: it cannot be read; the rows stay as they are.
        """
        if self.filtering.take(text):
            self._kept.clear()
            self.refilter()

    def refilter(self) -> None:
        """Look anew for what fits, after something changed that does not stand in the rows."""
        self._find()
        self._show()

    @property
    def filtered(self) -> bool:
        """Whether a filter hides rows."""
        return bool(self.filtering)

    @property
    def words(self) -> tuple[str, ...]:
        """What to highlight, folded."""
        return self.filtering.words

    def is_hit(self, id: str) -> bool:
        """Whether a row matches the filter, and is not only kept as the way to one that does."""
        return not self.filtering or id in self.hits

    def _find(self) -> None:
        self.hits = self._kept.union(self.filtering.found()) if self.filtering else ()

    def warm(self) -> bool:
        """Make ready some of what the filter looks through; whether all is ready."""
        return self.filtering.warm()

    # -- following the plan

    def follow(self, event: Event) -> None:
        """Take over what a step, undo or redo did."""
        if event.how == "restore":
            self.reload()
            return
        own = [change for change in event.changes if change.kind == self.kind.name]
        touched = {change.kind for change in event.changes}
        if not touched & self._reads:
            return
        moved = {c.id for c in own if c.op != SET or not self._places.isdisjoint(c.fields)}
        if len(moved) > MANY:
            self._arrange()
        elif moved:
            self._rearrange(moved)
        stale = touched_rows(self.source.data, self.kind, event.changes, self.below)
        if self.filtering and own:
            self._kept = {id for id in (*self._kept, *(change.id for change in own)) if id in self.rows}
            self._find()
        if moved or (self.filtering and own):
            self._show()
        self._tell_touched(stale, touched, moved)

    def _tell_touched(self, stale: set[str], touched: set[str], moved: set[str]) -> None:
        """Have what an edit touches painted anew: the rows it changes, and columns counted from what it changes."""
        if not self.shown:
            return
        last = len(self.shown) - 1
        if moved:
            self.marks.recount(self.parent_id)
            stale = set(self.shown)
        self._tell_rows(stale)
        for name, column in self._derived.items():
            if not touched.isdisjoint(column.of):
                at = self.columns.index(name)
                self.dataChanged.emit(self.index(0, at), self.index(last, at))

    def _tell_rows(self, ids: set[str]) -> None:
        """Have rows painted anew."""
        last = len(self.shown) - 1
        if len(ids) > MANY and self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(last, len(self.columns) - 1))
            return
        for first, end in differences.spans(sorted(row for id in ids if (row := self.row_of(id)) >= 0)):
            self.dataChanged.emit(self.index(first, 0), self.index(end, len(self.columns) - 1))

    def reload(self) -> None:
        """Read everything anew, after another plan took the place of this one."""
        self._kept.clear()
        self._arrange()
        self._find()
        self._show()

    def _show(self) -> None:
        """Let the views see the rows that are to be seen now."""
        now = self._visible()
        if now == self.shown:
            return
        self.changing.emit()
        differences.become(self, now)
        self.settled.emit()

    def put_shown(self, now: list[str]) -> None:
        """Take these rows as shown; only ``differences`` calls this, between begin and end."""
        self.shown = now
        self._at = None

    # -- moving rows

    @property
    def movable(self) -> bool:
        """Whether people may move rows: in trees, and in lists with an order of their own."""
        return bool(self.kind.parent) or places.ranked(self.kind)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [dragging.MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        return dragging.packed(self.source.data, self.kind, (self.shown[row] for row in rows))

    def dragged(self, data: QMimeData | None) -> list[str]:
        """The ids of the rows that are being dragged, as they were seen from the top down."""
        return dragging.dragged(data, self.kind, self.rows)

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        return self.movable and bool(self.dragged(data))

    def parent_id(self, id: str) -> str:
        """The id of the row above, "" at the top."""
        return ""

    def move(self, ids: list[str], parent: str, before: str) -> bool:
        """Put rows below a parent ("" for the top), before one of its rows ("" for the end), as one step."""
        rows = [self.rows[id] for id in ids]
        title, changes = moves.moved(self.source.data, self.kind, rows, parent, before)
        return bool(changes) and self.source.step(title, changes)
