"""Lines: a list of short lines of a few kinds (headings, rows one can go to, remarks), however many there are."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.rows import Index
from ui.theme import icon, theme

HEADING, ROW, REMARK, STRONG = "heading", "row", "remark", "strong"

_LOOKS = {
    HEADING: ("small", "text.muted"), ROW: ("ui", "text"), REMARK: ("small", "text.muted"), STRONG: ("medium", "text"),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line: its style, words, icon, words at the right, and the row (kind, id) it stands for."""

    style: str
    words: str
    icon: str = ""
    aside: str = ""
    kind: str = ""
    id: str = ""


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def put(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.words} {line.aside}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(line.words)}</p>" if len(line.words) > 30 else None
        return line if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        chosen = index.isValid() and index.row() < len(self.lines) and bool(self.lines[index.row()].kind)
        return (
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if chosen else Qt.ItemFlag.ItemIsEnabled
        )


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(Qt.ItemDataRole.UserRole)
        tall = line is not None and line.style in (HEADING, STRONG) and index.row()
        return QSize(theme().space(20), theme().space(8 if tall else 5.75))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line, rect = theme(), index.data(Qt.ItemDataRole.UserRole), option.rect
        if line is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = rect.adjusted(look.space(2), 0, -look.space(2), -1)
        ground = "bg.selected" if option.state & QStyle.StateFlag.State_Selected else "bg.hover"
        if line.kind and option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(ground))
            painter.drawRoundedRect(band, look.space(1.5), look.space(1.5))
        font, color = _LOOKS[line.style]
        base = rect.bottom() - look.space(5.75)
        room = QRect(rect.left() + look.space(4), base, rect.width() - look.space(8), look.space(5.75))
        if line.icon:
            side = look.icon_size
            icon(line.icon).paint(
                painter, QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
            )
            room.setLeft(room.left() + side + look.space(1.75))
        if line.aside:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.aside)
            room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(line.aside) - look.space(2))
        painter.setFont(look.font(font))
        painter.setPen(look.color(color))
        words = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.restore()


class Lines(QListView):
    """The list. A click or Enter picks the row of a line; Delete asks for it to be taken away."""

    picked = Signal(str, str)
    unwanted = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setObjectName("RowLines")
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def show_lines(self, lines: list[Line]) -> None:
        """Show these lines."""
        if lines != self._model.lines:
            self._model.put(lines)

    @property
    def lines(self) -> list[Line]:
        """The lines that are shown."""
        return self._model.lines

    def _pick(self, index: Index) -> None:
        line = index.data(Qt.ItemDataRole.UserRole)
        if line is not None and line.kind:
            self.picked.emit(line.kind, line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        if line is not None and line.kind and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(line.kind, line.id)
        elif line is not None and line.kind and event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit(line.kind, line.id)
        else:
            super().keyPressEvent(event)
