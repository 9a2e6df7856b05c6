"""The list of change requests: what each is, where it stands, how long its clock still runs and what is in its way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdesk.values import frozen
from ui.models.rows import Index
from ui.theme import theme

GROUNDS = {
    "proposed": ("bg.chip", "text.chip"), "flagged": ("bg.warning", "text.warning"),
    "recommended": ("bg.chip", "text.chip"), "adopted": ("bg.ok", "text.ok"), "implemented": ("bg.ok", "text.ok"),
    "withdrawn": ("bg.pressed", "text.muted"), "planned": ("bg.chip", "text.chip"), "held": ("bg.ok", "text.ok"),
}  # fmt: skip
"""State → the colours of its chip, ground and words."""


@frozen
class Entry:
    """A line of the list: ``state`` is its chip, ``facts`` the small line below its title, ``warns`` that they warn."""

    id: str
    key: str
    title: str
    state: str
    facts: str
    warns: bool = False

    @property
    def spoken(self) -> str:
        """All of it, as a screen reader says it."""
        return ", ".join(part for part in (self.key, self.title, self.state, self.facts) if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def put(self, entries: list[Entry]) -> None:
        same = [one.id for one in entries] == [one.id for one in self.entries]
        if same:
            self.entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken
        return entry if role == Qt.ItemDataRole.UserRole else None


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().space(30), theme().space(17))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        if entry is None:
            return
        look, rect = theme(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(
                rect.adjusted(look.space(2), 1, -look.space(2), -1), look.space(1.5), look.space(1.5)
            )
        room = rect.adjusted(look.space(4), look.space(1.5), -look.space(4), -look.space(1.5))
        high = room.height() // 3
        lines = [QRect(room.left(), room.top() + high * at, room.width(), high) for at in range(3)]
        self._chip(painter, lines[0], entry)
        self._words(painter, lines[0], entry.key, "strong", "text")
        self._words(painter, lines[1], entry.title, "ui", "text")
        self._words(painter, lines[2], entry.facts, "small", "text.warning" if entry.warns else "text.muted")
        painter.restore()

    def _chip(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        if not entry.state:
            return
        look = theme()
        ground, words = GROUNDS.get(entry.state, ("bg.chip", "text.chip"))
        painter.setFont(look.font("small"))
        wide = painter.fontMetrics().horizontalAdvance(entry.state) + look.space(4)
        high = look.space(4.5)
        chip = QRect(room.right() - wide + 1, room.center().y() - high // 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(ground))
        painter.drawRoundedRect(chip, high / 2, high / 2)
        painter.setPen(look.color(words))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, entry.state)
        room.setRight(chip.left() - look.space(2))

    def _words(self, painter: QPainter, room: QRect, words: str, font: str, role: str) -> None:
        look = theme()
        painter.setFont(look.font(font))
        painter.setPen(look.color(role))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)


class EntryList(QListView):
    """The list; ``picked`` tells the id of the line that became the current one."""

    picked = Signal(str)
    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("RowLines")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)
        self._quiet = False

    @property
    def entries(self) -> list[Entry]:
        """The lines that are shown."""
        return self._model.entries

    def show_entries(self, entries: list[Entry], current: str) -> str:
        """Show these lines, that one the current one or else the first; the id of the current one."""
        self._quiet = True
        self._model.put(entries)
        at = next((at for at, one in enumerate(entries) if one.id == current), 0 if entries else -1)
        self.setCurrentIndex(self._model.index(at, 0) if at >= 0 else QModelIndex())
        self._quiet = False
        return entries[at].id if at >= 0 else ""

    def _moved(self, current: Index, _: Index) -> None:
        entry = current.data(Qt.ItemDataRole.UserRole)
        if isinstance(entry, Entry) and not self._quiet:
            self.picked.emit(entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
