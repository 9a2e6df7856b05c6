"""The delegate of a draft's cells: zones in their looks, choices with their pictures, and what does not fit marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdesk.risks.scale import Zone
from ui.risks import tints
from ui.scales.swatches import COLOURS
from ui.theme import icon, theme

if TYPE_CHECKING:
    from ui.scales.cells import CellGrid

Index = QModelIndex | QPersistentModelIndex
_DOWN = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class CellDelegate(QStyledItemDelegate):
    """Draws and edits the cells of one grid."""

    def __init__(self, grid: CellGrid) -> None:
        super().__init__(grid)
        self.grid = grid

    # -- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, grid = theme(), self.grid
        draft, column = grid.desk.draft, grid.cells.column(index.column())
        zone, rect = grid.face.zone(draft, index.row(), column), option.rect
        matrix = zone is not None and not column.choices
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected) and grid.hasFocus()
        if matrix:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            tints.fill(painter, QRectF(rect).adjusted(1, 1, -1, -1), zone, look.space(1))
        elif chosen:
            painter.fillRect(rect, look.color("bg.selected"))
        if not matrix:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        room = rect.adjusted(look.space(2), 0, -look.space(2), 0)
        if zone is not None and column.choices:
            side = look.space(4.25)
            swatch = QRectF(room.left(), room.center().y() - side / 2 + 1, side * 1.5, side)
            swatch_of(painter, swatch, zone if column.field == "mark" else _plain(zone))
            room = room.adjusted(round(swatch.width()) + look.space(2), 0, 0, 0)
        fault = grid.desk.fault_at([grid.cells.place(index)])
        if fault is not None:
            level, side = "error" if fault.grave else "warning", look.space(3.5)
            at = rect.adjusted(
                rect.width() - side - look.space(1), (rect.height() - side) // 2, -look.space(1), 0
            )
            icon(level, f"text.{level}").paint(painter, at.left(), at.top(), side, side)
            room = room.adjusted(0, 0, -side, 0)
        self._words(painter, room, index, matrix)
        if index == grid.currentIndex() and grid.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), look.space(1), look.space(1))
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, index: Index, matrix: bool) -> None:
        look, grid = theme(), self.grid
        column = grid.cells.column(index.column())
        side = grid.face.side(column)
        typed = grid.desk.typed(grid.cells.place(index)) is not None
        painter.setFont(look.font("strong" if matrix else "ui"))
        painter.setPen(look.color("text.error" if typed else "text"))
        words = " ".join(str(index.data() or "").split())
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    # -- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self.grid.cells.column(index.column())
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        if not column.choices:
            line = QLineEdit(parent)
            line.setAccessibleName(name)
            line.setAlignment(self.grid.face.side(column))
            return line
        box = QComboBox(parent)
        box.setAccessibleName(name)
        zone = self.grid.face.zone(self.grid.desk.draft, index.row(), column)
        for words in column.choices:
            box.addItem(_picture(column.field, words, zone), words or "none", words)
        if zone is not None:
            box.setIconSize(QSize(theme().space(6), theme().space(4)))
        box.activated.connect(lambda _: self._done(box, 0))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(str(index.data())), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        words = (
            editor.currentData()
            if isinstance(editor, QComboBox)
            else editor.text()
            if isinstance(editor, QLineEdit)
            else ""
        )
        model.setData(index, words)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        spare = max(editor.sizeHint().height() - rect.height(), 0)
        rect.adjust(0, -spare // 2, 0, spare - spare // 2)
        if rect.top() < 0:
            rect.translate(0, -rect.top())
        editor.setGeometry(rect)

    def _done(self, editor: QWidget, down: int) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.grid.setFocus()
        self.grid.move(down)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and the arrows up and down write the cell and go on, as in a spreadsheet."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            down = _DOWN.get(Qt.Key(event.key()))
            if down is not None and isinstance(editor, QLineEdit):
                self._done(editor, down)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._done(editor, 0)
                return True
        return super().eventFilter(editor, event)


def swatch_of(painter: QPainter, rect: QRectF, zone: Zone | None) -> None:
    """Paint a small piece of a zone with an edge."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = theme().space(0.75)
    tints.fill(painter, rect, zone, radius)
    painter.setPen(tints.stroke(zone))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def _plain(zone: Zone) -> Zone:
    """The zone without its pattern."""
    return Zone(zone.name, zone.least, zone.colour, "none", zone.rank)


def _picture(field: str, words: str, zone: Zone | None) -> QIcon:
    """A swatch of a colour or of a pattern; nothing for other choices."""
    if zone is None:
        return QIcon()
    colour, mark = (COLOURS[words], "none") if field == "colour" else (zone.colour, words)
    look = theme()
    pixels = QPixmap(look.space(6), look.space(4))
    pixels.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixels)
    swatch_of(painter, QRectF(0.5, 0.5, pixels.width() - 1, pixels.height() - 1), Zone("", 0, colour, mark))
    painter.end()
    return QIcon(pixels)
