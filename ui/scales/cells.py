"""Cells: the model and the table in which a face of the draft is edited as in a spreadsheet.

Typing replaces a cell, Enter goes down and Tab to the right, Delete empties, rectangles are copied and pasted. What
makes no value stays as it was typed, with a sentence, until it is mended.
"""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from dmdesk import types as t
from dmdesk.types import BadValue
from ui.scales.delegate import CellDelegate
from ui.scales.desk import Desk, Place
from ui.scales.faces import Column, Face
from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
_KEYS = QKeySequence.StandardKey
_ROLE = Qt.ItemDataRole


class Cells(QAbstractTableModel):
    """One face of the draft on a desk."""

    def __init__(self, desk: Desk, face: Face, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.face = desk, face
        self.short = False
        """Whether numbers stand for the names of levels."""
        self._shape = self._now()
        desk.changed.connect(self.renew)

    def _now(self) -> tuple[int, tuple[Column, ...]]:
        draft = self.desk.draft
        return self.face.count(draft), tuple(self.face.columns(draft))

    def renew(self) -> None:
        """Show the draft as it is now."""
        now = self._now()
        if (now[0], len(now[1])) != (self._shape[0], len(self._shape[1])):
            self.beginResetModel()
            self._shape = now
            self.endResetModel()
            return
        self._shape = now
        if now[0] and now[1]:
            self.dataChanged.emit(self.index(0, 0), self.index(now[0] - 1, len(now[1]) - 1))
            for way, last in (
                (Qt.Orientation.Horizontal, len(now[1]) - 1),
                (Qt.Orientation.Vertical, now[0] - 1),
            ):
                self.headerDataChanged.emit(way, 0, last)

    def column(self, at: int) -> Column:
        """A column."""
        return self._shape[1][at]

    def place(self, index: Index) -> Place:
        """Where a cell stands."""
        return self.face.place(self.desk.draft, index.row(), self.column(index.column()))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else self._shape[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shape[1])

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        free = not self.desk.read_only and self.face.editable(self.desk.draft, self.column(index.column()))
        return found | Qt.ItemFlag.ItemIsEditable if free else found

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        draft, row, column = self.desk.draft, index.row(), self.column(index.column())
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            typed = self.desk.typed(self.place(index))
            return self.face.shown(draft, row, column) if typed is None else typed
        if role == _ROLE.AccessibleTextRole:
            shown = self.data(index) or "empty"
            return f"{self.face.words(draft, row, column)}: {shown}"
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole):
            fault = self.desk.fault_at([self.place(index)])
            words = (
                fault.words if fault else "" if role == _ROLE.AccessibleDescriptionRole else self._long(index)
            )
            return f"<p>{html.escape(words)}</p>" if words and role == _ROLE.ToolTipRole else words or None
        return None

    def _long(self, index: Index) -> str:
        words = str(self.data(index) or "")
        return words if len(words) > 20 else ""

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        text, desk, place = t.one_line(str(value)), self.desk, self.place(index)
        if text == self.data(index):
            return True
        column = self.column(index.column())
        try:
            draft = self.face.put(desk.draft, index.row(), column, self.face.read(column, text))
        except BadValue as error:
            where = self.face.words(desk.draft, index.row(), column)
            desk.refuse(place, text, f"{where}: {error}")
            return True
        desk.accept(place)
        desk.edit(draft)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if section >= (len(self._shape[1]) if across else self._shape[0]):
            return None
        if role == _ROLE.TextAlignmentRole and across:
            return self.face.side(self.column(section)) | Qt.AlignmentFlag.AlignVCenter
        if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole):
            column = self.column(section) if across else None
            words = column.label if column else self.face.head(self.desk.draft, section)
            if column and self.short and role == _ROLE.DisplayRole:
                words = column.field
            return words if role == _ROLE.DisplayRole else f"<p>{html.escape(words)}</p>"
        return None


class CellGrid(QTableView):
    """The table of a face; rows that are ``tall`` share the height there is."""

    def __init__(self, desk: Desk, face: Face, name: str, *, tall: bool = False) -> None:
        super().__init__()
        self.desk, self.face, self.tall = desk, face, tall
        self.cells = Cells(desk, face, self)
        self.setModel(self.cells)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(theme().space(7))
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.cells.modelReset.connect(self.spread)
        self.cells.dataChanged.connect(lambda *_: self.viewport().update())

    # -- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    def spread(self) -> None:
        """Share the width among the columns, and give the rows their height."""
        columns = [self.cells.column(at) for at in range(self.cells.columnCount())]
        whole, wide = sum(column.share for column in columns), self.viewport().width()
        for at, column in enumerate(columns):
            self.setColumnWidth(at, max(wide * column.share // max(whole, 1), theme().space(7)))
        if self.face.numbered:
            metrics, room = self.horizontalHeader().fontMetrics(), theme().space(5)
            widths = [metrics.horizontalAdvance(column.label) + room for column in columns]
            self.cells.short = any(wide > self.columnWidth(at) for at, wide in enumerate(widths))
        rows, head = self.cells.rowCount(), self.horizontalHeader().sizeHint().height()
        if self.tall:
            share = (self.height() - head - 2) // max(rows, 1)
            self.verticalHeader().setDefaultSectionSize(min(max(share, theme().row), theme().space(16)))
        self.setMaximumHeight(head + rows * (theme().space(16) if self.tall else theme().row) + 2)

    # -- going about

    def go_to(self, place: Place) -> bool:
        """Make the cell at a place the current one, if there is such."""
        for row in range(self.cells.rowCount()):
            for at in range(self.cells.columnCount()):
                index = self.cells.index(row, at)
                if self.cells.place(index) == place:
                    self.setCurrentIndex(index)
                    self.scrollTo(index)
                    self.setFocus()
                    return True
        return False

    def row(self) -> int:
        """The current row; the last one where none is current."""
        at = self.currentIndex()
        return at.row() if at.isValid() else self.cells.rowCount() - 1

    def move(self, down: int) -> None:  # type: ignore[override]
        """Go so many rows down in the same column."""
        at = self.currentIndex()
        row = min(max(at.row() + down, 0), self.cells.rowCount() - 1)
        self.setCurrentIndex(self.cells.index(row, max(at.column(), 0)))

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, 0))

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Copy, paste and delete belong to the cells, and not to the pages' rows."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = any(event.matches(key) for key in (_KEYS.Copy, _KEYS.Paste, _KEYS.Cut))
            if own or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(_KEYS.Copy):
            self.copy()
        elif event.matches(_KEYS.Paste):
            self.paste()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.empty()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            if self.cells.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and not event.matches(_KEYS.SelectAll):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _block(self) -> tuple[range, range]:
        chosen = self.selectionModel().selection()
        if not chosen.isEmpty():
            one = chosen.at(0)
            return range(one.top(), one.bottom() + 1), range(one.left(), one.right() + 1)
        at = self.currentIndex()
        return range(at.row(), at.row() + at.isValid()), range(at.column(), at.column() + at.isValid())

    def copy(self) -> None:
        """Put the selected cells on the clipboard, parted by tabs."""
        rows, columns = self._block()
        lines = ["\t".join(str(self.cells.index(r, c).data() or "") for c in columns) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def paste(self) -> None:
        """Write what is on the clipboard from the first selected cell on, as far as there are cells."""
        rows, columns = self._block()
        lines = QGuiApplication.clipboard().text().replace("\r\n", "\n").rstrip("\n").split("\n")
        with self.desk.together():
            for down, line in enumerate(lines):
                for right, words in enumerate(line.split("\t")):
                    index = self.cells.index(rows.start + down, columns.start + right)
                    if index.isValid():
                        self.cells.setData(index, words)

    def empty(self) -> None:
        """Take away what stands in the selected cells."""
        rows, columns = self._block()
        with self.desk.together():
            for row in rows:
                for column in columns:
                    self.cells.setData(self.cells.index(row, column), "")
