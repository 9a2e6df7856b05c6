"""Delegates: how a cell is drawn and edited in tables and trees.

Words are drawn here as the plain text they are, so nothing that somebody typed can act as markup; one call to the
model gives all a cell needs, which keeps a page of forty rows under a few milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdesk import types as t
from dmdesk.types import BadValue
from ui.models import derived
from ui.models.cells import INHERITED, Cell
from ui.models.rows import Index, RowsModel
from ui.models.since import ADDED, BELOW, SIGNS
from ui.models.tree import TreeModel
from ui.theme import Theme, fill, icon, theme
from ui.views.header import FIRST

if TYPE_CHECKING:
    from dmdesk.risks.scale import Zone
    from ui.editors import Editor
    from ui.views.grid import Grid

STEP = 4.5
"""Indentation of a level, in steps of space."""

_END = QStyledItemDelegate.EndEditHint
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class CellDelegate(QStyledItemDelegate):
    """Draws rows as full-width bands with marks, and edits a cell by the editor of its type."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self.grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = self.grid.rows_model
        words = QFontMetrics(theme().font()).horizontalAdvance(model.cell(index.row(), index.column()).text)
        lead = self.lead(index.row()) if index.column() == 0 else theme().space(2)
        return QSize(lead + words + theme().space(8), theme().row)

    def lead(self, row: int) -> int:
        """Pixels before the words of a row's first column: indentation, arrow and icon."""
        look, model = theme(), self.grid.rows_model
        arrow = look.space(STEP - 1.5) if isinstance(model, TreeModel) else 0
        level = model.depth(row) * look.space(STEP)
        return look.space(FIRST) + level + arrow + look.icon_size + look.space(1.75)

    def arrow(self, row: int, rect: QRect) -> QRect:
        """Where the arrow of a tree's row stands in its first cell."""
        look = theme()
        left = rect.left() + look.space(FIRST - 2) + self.grid.rows_model.depth(row) * look.space(STEP)
        return QRect(left, rect.top(), look.space(STEP), rect.height())

    # -- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row, column = theme(), index.row(), index.column()
        model, rect = self.grid.rows_model, option.rect
        if row >= len(model.shown):
            return
        painter.save()
        self._ground(painter, option, look, row)
        if self.grid.marking.block is not None:
            self._mark(painter, rect, look, row, column)
        if model.source.since is not None:
            self._since(painter, rect, look, row, column)
        found = model.cell(row, column)
        left = rect.left() + look.space(2)
        if column == 0:
            left = self._first(painter, rect, look, row)
        room = QRect(left, rect.top(), rect.right() - left - look.space(1.5), rect.height())
        room = self._signs(painter, look, room, found, row, column)
        self._words(painter, look, room, found, index)
        if option.state & QStyle.StateFlag.State_HasFocus and self.grid.hasFocus():
            painter.setPen(look.color("focus"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -2, -3), look.space(1), look.space(1))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, look: Theme, row: int) -> None:
        rect, block = option.rect, self.grid.marking.block
        if option.state & QStyle.StateFlag.State_Selected:
            fill(painter, rect, look.color("bg.selected" if block is None else "bg.hover"))
        elif row == self.grid.hovered:
            fill(painter, rect, look.color("bg.hover"))
        fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), look.color("line"))

    def _mark(self, painter: QPainter, rect: QRect, look: Theme, row: int, column: int) -> None:
        """The wash and the frame of the block of cells, as far as they lie in one of them."""
        block, columns = self.grid.marking.block, self.grid.marking.columns
        if block is None or not block.top <= row <= block.bottom or column not in columns:
            return
        painter.fillRect(rect, look.color("bg.selected"))
        ink, edge = look.color("focus"), max(look.space(0.4), 2)
        if row == block.top:
            painter.fillRect(rect.left(), rect.top(), rect.width(), edge, ink)
        if row == block.bottom:
            painter.fillRect(rect.left(), rect.bottom() + 1 - edge, rect.width(), edge, ink)
        if column == columns[0]:
            painter.fillRect(rect.left(), rect.top(), edge, rect.height(), ink)
        if column == columns[-1]:
            painter.fillRect(rect.right() + 1 - edge, rect.top(), edge, rect.height(), ink)

    def _since(self, painter: QPainter, rect: QRect, look: Theme, row: int, column: int) -> None:
        """What is not as it was in the last baseline: a sign and a bar before the row, a corner of the cell."""
        was = self.grid.rows_model.was(row, column)
        if was is None:
            return
        ink = look.color("text.ok" if was.what == ADDED else "text.info")
        if was.what == BELOW:
            self._ring(painter, rect, look, ink)
            return
        if column:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            side, at = look.space(1.75), rect.topLeft()
            painter.drawPolygon([at, at + QPoint(side, 0), at + QPoint(0, side)])
            painter.restore()
            return
        wide = max(look.space(0.75), 2)
        painter.fillRect(rect.left(), rect.top(), wide, rect.height() - 1, ink)
        painter.setFont(look.font("strong"))
        painter.setPen(ink)
        room = QRect(rect.left() + wide, rect.top(), look.space(FIRST - 2) - wide, rect.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, SIGNS[was.what])

    def _ring(self, painter: QPainter, rect: QRect, look: Theme, ink: QColor) -> None:
        """The sign of a closed row that hides what is not as it was: the dot of a change, hollow."""
        small = look.space(1.25)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, max(look.space(0.375), 1)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = rect.left() + (look.space(FIRST - 2) + max(look.space(0.75), 2) - small) / 2
        painter.drawEllipse(QRectF(left, rect.top() + (rect.height() - small) / 2, small, small))
        painter.restore()

    def _first(self, painter: QPainter, rect: QRect, look: Theme, row: int) -> int:
        """Arrow and icon of the first column; where the words begin."""
        model = self.grid.rows_model
        id, side = model.shown[row], look.icon_size
        top = rect.top() + (rect.height() - side) // 2
        if isinstance(model, TreeModel) and model.has_below(id):
            box = self.arrow(row, rect)
            small = look.space(3.5)
            name = "chevron-down" if model.is_open(id) else "chevron-right"
            at = QRect(
                box.left() + (box.width() - small) // 2,
                rect.top() + (rect.height() - small) // 2,
                small,
                small,
            )
            icon(name, "text.muted").paint(painter, at)
        left = rect.left() + self.lead(row)
        entity = model.rows.get(id)
        if entity is not None:
            role = "icon" if model.is_hit(id) else "text.disabled"
            picture = icon(derived.icon_name(entity, model.kind.name), role)
            picture.paint(painter, QRect(left - side - look.space(1.75), top, side, side))
        return left

    def _signs(
        self, painter: QPainter, look: Theme, room: QRect, found: Cell, row: int, column: int
    ) -> QRect:
        """Signs at the right: a finding of the cell, and a ring where closed rows have problems; the room left."""
        model, side = self.grid.rows_model, look.space(3.5)
        mark = model.mark(row, column)
        if mark is not None and not (mark.level == "warning" and found.mark not in ("", INHERITED)):
            at = QRect(room.right() + 1 - side, room.top() + (room.height() - side) // 2, side, side)
            icon(mark.level, f"text.{mark.level}").paint(painter, at)
            room = room.adjusted(0, 0, -side - look.space(1), 0)
        if not column and model.hides_problems(row):
            small = look.space(1.75)
            left, top = room.right() + 1 - small - look.space(0.75), room.center().y() - small // 2
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.color("text.warning"), max(look.space(0.375), 1)))
            painter.drawEllipse(left, top, small, small)
            painter.restore()
            room = room.adjusted(0, 0, -small - look.space(1.5), 0)
        return room

    def _words(self, painter: QPainter, look: Theme, room: QRect, found: Cell, index: Index) -> None:
        model, row, column = self.grid.rows_model, index.row(), index.column()
        field = model.field(column)
        color, font = "text", look.font("mono" if _is_code(model, column) else "ui")
        if not model.is_hit(model.shown[row]) or (column and field is None):
            color = "text.muted"
        after = 0
        if found.mark == INHERITED:
            color, after = "text.muted", look.space(4)
            font.setItalic(True)
        elif found.mark:
            color = "text.warning"
            side = look.space(3.5)
            at = QRect(room.left(), room.top() + (room.height() - side) // 2, side, side)
            icon("warning", "text.warning").paint(painter, at)
            room = room.adjusted(side + look.space(1), 0, 0, 0)
        if column == 0:
            room = self._prefix(painter, look, room, row)
        painter.setFont(font)
        if model.columns[column] in model.zones and (zone := _zone_of(model, row, column)) is not None:
            color = "text" if model.is_hit(model.shown[row]) else "text.muted"
            room = self._zone(painter, look, room, found.text, zone)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(found.text, Qt.TextElideMode.ElideRight, max(room.width() - after, 0))
        if model.words and not model.is_number(column):
            self._highlight(painter, look, room, text, model.words)
        painter.setPen(look.color(color))
        painter.drawText(room, _RIGHT if model.is_number(column) else _LEFT, text)
        if after:
            small = look.space(3)
            left = room.left() + metrics.horizontalAdvance(text) + look.space(1.5)
            at = QRect(left, room.top() + (room.height() - small) // 2, small, small)
            icon("inherit", "text.muted").paint(painter, at)

    def _zone(self, painter: QPainter, look: Theme, room: QRect, text: str, zone: Zone) -> QRect:
        """The colour and the pattern of a zone of scores behind its words; the room for them."""
        from ui.risks.tints import chip

        words = painter.fontMetrics().horizontalAdvance(text)
        wide = min(words + look.space(3), room.width())
        box = QRect(
            room.right() + 1 - wide, room.top() + look.space(0.75), wide, room.height() - look.space(1.75)
        )
        chip(painter, QRectF(box), zone, look.space(1))
        return QRect(room.left(), room.top(), room.width() - look.space(1.5), room.height())

    def _prefix(self, painter: QPainter, look: Theme, room: QRect, row: int) -> QRect:
        """A section's number before its title."""
        model = self.grid.rows_model
        entity = model.rows.get(model.shown[row])
        words = derived.prefix(model.source.data, entity, model.kind.name) if entity is not None else ""
        if not words:
            return room
        painter.setFont(look.font())
        painter.setPen(look.color("text.muted"))
        painter.drawText(room, _LEFT, words)
        return room.adjusted(painter.fontMetrics().horizontalAdvance(words) + look.space(2), 0, 0, 0)

    def _highlight(
        self, painter: QPainter, look: Theme, room: QRect, text: str, words: tuple[str, ...]
    ) -> None:
        """A wash behind what the filter found; scripts whose letters join or run leftwards go without."""
        folded = text.casefold()
        if len(folded) != len(text) or not _plain_script(text):
            return
        metrics = painter.fontMetrics()
        for word in words:
            at = folded.find(word)
            if at >= 0:
                left = room.left() + metrics.horizontalAdvance(text[:at])
                wide = metrics.horizontalAdvance(text[at : at + len(word)])
                high = metrics.height()
                box = QRect(left, room.top() + (room.height() - high) // 2, wide + 1, high)
                painter.fillRect(box, look.color("bg.warning"))

    # -- editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self.grid.rows_model.field(index.column())
        assert field is not None, "derived columns are not editable"
        from ui.editors import editor

        made = editor(field, self.grid.ctx, parent, in_table=True)
        made.done.connect(lambda: self._finish(made, _END.NoHint))
        made.given_up.connect(lambda: self._give_up(made))
        made.leave.connect(
            lambda back: self._finish(made, _END.EditPreviousItem if back else _END.EditNextItem)
        )
        return made

    def _finish(self, made: Editor, hint: QStyledItemDelegate.EndEditHint) -> None:
        """Write and close; a value that does not fit stays in its editor, with the reason beside it."""
        if made.finished:
            return
        try:
            made.value()
        except BadValue as error:
            if made.complain(str(error)):
                return
        made.finished = True
        self.commitData.emit(made)
        self.closeEditor.emit(made, hint)

    def _give_up(self, made: Editor) -> None:
        made.finished = True
        self.closeEditor.emit(made, _END.RevertModelCache)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        from ui.editors import Editor

        assert isinstance(editor, Editor)
        if not editor.loaded:
            editor.load(self.grid.rows_model.entity(index))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        from ui.editors import Editor

        assert isinstance(editor, Editor)
        if not editor.touched():
            return
        try:
            if isinstance(model, RowsModel) and (model.kind.name, editor.field.name) == ("risk", "state"):
                from ui.risks.moving import set_state

                set_state(self.grid.ctx, [model.entity(index)], editor.value())  # type: ignore[list-item]
            else:
                model.setData(index, editor.value())
        except BadValue as error:
            self.grid.ctx.said.emit(f"{error} Nothing was changed.")

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        from ui.editors import Editor

        assert isinstance(editor, Editor)
        rect = QRect(option.rect)
        if index.column() == 0:
            rect.setLeft(rect.left() + self.lead(index.row()) - theme().space(2))
        wide, high = editor.wanted_size()
        area = self.grid.viewport().rect()
        rect.setWidth(min(max(rect.width(), wide), area.width()))
        rect.setHeight(max(rect.height(), high))
        if rect.right() > area.right():
            rect.moveRight(area.right())
        if rect.bottom() > area.bottom():
            rect.moveBottom(max(area.bottom(), rect.height() - 1))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Editors say by themselves when they are done, so Qt's own rules for keys and focus stay out of it."""
        return False


def _zone_of(model: RowsModel, row: int, column: int) -> Zone | None:
    """The zone of scores in which a cell of the register stands."""
    from ui.risks.model import RegisterModel

    return model.zone(row, column) if isinstance(model, RegisterModel) else None


def _is_code(model: RowsModel, column: int) -> bool:
    """Whether the words of a column are codes, drawn in a font of equal widths."""
    field = model.field(column)
    return field is not None and (
        field.type is t.CODE or field.target == "wbs" or field.name == "repositories"
    )


def _plain_script(text: str) -> bool:
    """Whether each letter stands alone and to the right of the one before."""
    return all(ord(letter) < 0x590 or 0x1E00 <= ord(letter) < 0x2028 for letter in text)
