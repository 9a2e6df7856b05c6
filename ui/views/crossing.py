"""The cells of a matrix: painted by one painter where they can be seen, marked by a click or Space, lit by a crosshair.

Only what is there is painted: lines and bands at once for all cells, marks for the few that have one.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView, QWidget

from ui.actions import actions, perform
from ui.context import Context
from ui.models.matrix import MatrixModel
from ui.models.rows import Index
from ui.theme import Theme, icon, theme, themes
from ui.views import axes
from ui.views.crossmarks import CrossDelegate, Legend

MENU = (
    "matrix.mark",
    "matrix.edit",
    "",
    "matrix.row",
    "matrix.column",
    "",
    "view.in-print",
    "",
    "matrix.copy",
)


class Crossing(QTableView):
    """The grid of a matrix. ``picked`` tells kind and id of what a person chose."""

    picked = Signal(str, str)

    def __init__(self, ctx: Context, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.rows_model = model
        self.hovered = (-1, -1)
        self._pressed = QModelIndex()
        self._held: tuple[str, str, int, int, int, int] = ("", "", 0, 0, 0, 0)
        model.setParent(self)
        self.legend = Legend(self, model)
        self.left, self.top = axes.Rows(self, model), axes.Columns(self, model)
        self.setVerticalHeader(self.left)
        self.setHorizontalHeader(self.top)
        self.setModel(model)
        self.painter_of_cells = CrossDelegate(self)
        self.setItemDelegate(self.painter_of_cells)
        self.setAccessibleName(model.relation.label)
        self._behave()
        model.changing.connect(self._hold)
        model.settled.connect(self._settle)
        model.dataChanged.connect(self._repaint)
        self.left.picked.connect(lambda id: self.picked.emit(model.rows.axis.kind, id))
        self.top.picked.connect(lambda id: self.picked.emit(model.columns.axis.kind, id))
        self.selectionModel().currentChanged.connect(self._moved)
        themes().changed.connect(self._repaint)

    def _behave(self) -> None:
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalScrollBar().setSingleStep(theme().row)
        self.horizontalScrollBar().setSingleStep(theme().space(7))
        self.fit()

    def fit(self) -> None:
        """Give the edges and columns their sizes for the room there is."""
        look, model = theme(), self.rows_model
        self.left.setFixedWidth(min(max(round(self.width() * 0.34), look.space(44)), look.space(84)))
        self.top.fit(self.height())
        wide = look.space(8)
        if not model.grouped and model.columns.shown:
            room = self.width() - self.left.width() - look.space(3)
            wide = min(max(room // len(model.columns.shown), look.space(37)), look.space(56))
        self.top.setDefaultSectionSize(wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.fit()
        super().resizeEvent(event)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.model() is not None:
            self.legend.setGeometry(0, 0, self.left.width(), self.top.height())

    def _repaint(self, *_: Any) -> None:
        self.viewport().update()
        for edge in (self.left, self.top):
            edge.viewport().update()

    # -- where we are

    def ids(self) -> tuple[str, str]:
        """The ids of the current row and column, "" for none."""
        at, model = self.currentIndex(), self.rows_model
        return (model.rows.shown[at.row()], model.columns.shown[at.column()]) if at.isValid() else ("", "")

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        model = self.rows_model
        if model.rows.shown and model.columns.shown:
            index = model.index(
                min(max(row, 0), model.rowCount() - 1), min(max(column, 0), model.columnCount() - 1)
            )
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def go_along(self, way: Qt.Orientation, at: int) -> None:
        """Go to a row, or a column, within the present column or row."""
        now = self.currentIndex()
        self.go_to(*((at, now.column()) if way == Qt.Orientation.Vertical else (now.row(), at)))

    def _moved(self, current: Index, previous: Index) -> None:
        self._repaint()
        if current.isValid() and current.row() != previous.row():
            self.picked.emit(self.rows_model.rows.axis.kind, self.ids()[0])

    def _hold(self) -> None:
        at = self.currentIndex()
        bars = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self._held = (*self.ids(), at.row(), at.column(), *bars)

    def _settle(self) -> None:
        """Stay at the same row and column; where one is gone, at what took its place."""
        row, column, *places = self._held
        self.hovered = (-1, -1)
        self.fit()
        self.updateGeometries()
        found = self.rows_model.place(row, column)
        model = self.rows_model
        if places[0] >= 0 and model.rowCount() and model.columnCount():
            at = [place if place >= 0 else before for place, before in zip(found, places[:2], strict=True)]
            self.setCurrentIndex(
                model.index(min(at[0], model.rowCount() - 1), min(at[1], model.columnCount() - 1))
            )
        self.verticalScrollBar().setValue(places[2])
        self.horizontalScrollBar().setValue(places[3])

    # -- painting

    def _seen(self, area: QRect) -> tuple[range, range]:
        """The rows and columns that lie in an area."""
        model = self.rows_model
        bounds = []
        for at, first, last, count in (
            (self.rowAt, area.top(), area.bottom(), model.rowCount()),
            (self.columnAt, area.left(), area.right(), model.columnCount()),
        ):
            begin, end = at(max(first, 0)), at(last)
            bounds.append(range(max(begin, 0), end + 1 if end >= 0 else count) if begin >= 0 else range(0))
        return bounds[0], bounds[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        look, area = theme(), event.rect()
        rows, columns = self._seen(area)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, look.color("bg.page"))
        self._bands(painter, look, rows, columns)
        self._lines(painter, look, rows, columns)
        lefts = [(column, self.columnViewportPosition(column)) for column in columns]
        wide, high, cell_at = self.top.defaultSectionSize(), look.row, self.rows_model.cell
        for row in rows:
            top = self.rowViewportPosition(row)
            for column, left in lefts:
                cell = cell_at(row, column)
                if cell is not None:
                    self.painter_of_cells.draw(painter, look, QRect(left, top, wide, high), cell)
        painter.end()

    def _bands(self, painter: QPainter, look: Theme, rows: range, columns: range) -> None:
        """The grounds: rows that want attention, the crosshair of the pointer and of the cursor, what is selected."""
        model, now = self.rows_model, self.currentIndex()
        bottom = self.rowViewportPosition(rows[-1]) + look.row if rows else 0
        wide = self.top.defaultSectionSize()
        right = self.columnViewportPosition(columns[-1]) + wide if columns else 0
        if not model.grouped:
            for row in rows:
                if model.rows.shown[row] in model.matrix.row_gaps:
                    painter.fillRect(
                        0, self.rowViewportPosition(row), right, look.row, look.color("bg.warning")
                    )
        for (row, column), role in ((self.hovered, "bg.hover"), ((now.row(), now.column()), "bg.chip")):
            if row in rows:
                painter.fillRect(0, self.rowViewportPosition(row), right, look.row, look.color(role))
            if column in columns:
                painter.fillRect(self.columnViewportPosition(column), 0, wide, bottom, look.color(role))
        for part in self.selectionModel().selection().toList():
            first, last = self.visualRect(part.topLeft()), self.visualRect(part.bottomRight())
            painter.fillRect(first.united(last), look.color("bg.selected"))

    def _lines(self, painter: QPainter, look: Theme, rows: range, columns: range) -> None:
        """The lines between cells, those between groups of columns stronger, and the frame of the current cell."""
        if not rows or not columns:
            return
        wide = self.top.defaultSectionSize()
        right = self.columnViewportPosition(columns[-1]) + wide
        bottom = self.rowViewportPosition(rows[-1]) + look.row
        ends = {end for _, _, end in self.rows_model.groups(columns[0], columns[-1])}
        thin, strong = look.color("line"), look.color("line.strong")
        for row in rows:
            painter.fillRect(0, self.rowViewportPosition(row) + look.row - 1, right, 1, thin)
        for column in columns:
            x = self.columnViewportPosition(column) + wide - 1
            painter.fillRect(x, 0, 1, bottom, strong if column in ends and self.rows_model.grouped else thin)
        if self.currentIndex().isValid() and self.hasFocus():
            painter.setPen(look.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.visualRect(self.currentIndex())).adjusted(0.5, 0.5, -1.5, -1.5)
            painter.drawRoundedRect(frame, look.space(0.75), look.space(0.75))

    # -- mouse and keys

    def hover(self, row: int, column: int) -> None:
        """Move the pointer's crosshair."""
        if (row, column) != self.hovered:
            self.hovered = (row, column)
            self._repaint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self.hover(self.rowAt(at.y()), self.columnAt(at.x()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(-1, -1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = self.indexAt(event.position().toPoint()) if plain else QModelIndex()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, QModelIndex()
        if pressed.isValid() and pressed == self.indexAt(event.position().toPoint()):
            self.toggle(pressed.row(), pressed.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks does not take the first one back."""
        event.accept()

    def toggle(self, row: int, column: int) -> None:
        """Mark a cell, or take its mark away."""
        if self.ctx.writable:
            self.rows_model.toggle(row, column)
        else:
            self.ctx.said.emit("This plan can only be read; nothing was changed.")

    def toggle_current(self) -> None:
        """Mark the current cell, or take its mark away."""
        if self.currentIndex().isValid():
            self.toggle(self.currentIndex().row(), self.currentIndex().column())

    def edit_current(self) -> None:
        """Edit the field that is typed into the current cell."""
        if self.currentIndex().isValid() and self.rows_model.field_typed is not None and self.ctx.writable:
            self.scrollTo(self.currentIndex())
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, now = event.key(), self.currentIndex()
        vertical, along = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        folds = {"+": (vertical, True), "-": (vertical, False), "]": (along, True), "[": (along, False)}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selected()
        elif key == Qt.Key.Key_Space:
            self.toggle_current()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_current() if self.rows_model.field_typed is not None else self.toggle_current()
        elif event.text() in folds and now.isValid():
            way, opened = folds[event.text()]
            self._fold(way, opened)
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fold(self, way: Qt.Orientation, opened: bool) -> None:
        """Open or close the current row or column; where there is nothing to close, what it is below."""
        side, id = self.rows_model.side(way), self.ids()[way == Qt.Orientation.Horizontal]
        above = side.axis.above.get(id, "")
        if not opened and not side.is_open(id) and above in side.shown:
            place = side.shown.index(above)
            self.go_along(way, place)
            id = above
        self.rows_model.set_open(way, id, opened)

    def copy_selected(self) -> None:
        """Copy the selected cells, or all that are shown when only one is selected."""
        parts = self.selectionModel().selection().toList()
        rows, columns = range(self.rows_model.rowCount()), range(self.rows_model.columnCount())
        if len(parts) == 1 and (parts[0].height() > 1 or parts[0].width() > 1):
            rows = range(parts[0].top(), parts[0].bottom() + 1)
            columns = range(parts[0].left(), parts[0].right() + 1)
        self._copy(rows, columns)

    def copy_all(self) -> None:
        """Copy all that is shown."""
        self._copy(range(self.rows_model.rowCount()), range(self.rows_model.columnCount()))

    def _copy(self, rows: range, columns: range) -> None:
        text = self.rows_model.copied(rows, columns)
        if text:
            QApplication.clipboard().setText(text)
            self.ctx.said.emit(f"Copied {len(rows):,} rows by {len(columns):,} columns.")
        else:
            self.ctx.said.emit("That is too much to copy; close some levels or filter first.")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for name in MENU:
            action = actions()[name] if name else None
            if action is None:
                menu.addSeparator()
            elif action.when(self.ctx):
                entry = menu.addAction(icon(action.icon), action.text(self.ctx).replace("&", "&&"))
                entry.triggered.connect(lambda _=False, action=action: perform(action, self.ctx))
        menu.aboutToHide.connect(menu.deleteLater)
        point = event.globalPos()
        menu.popup(point if not point.isNull() else self.mapToGlobal(QPoint(0, 0)))
