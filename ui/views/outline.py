"""The outline: a grid of a tree, with arrows to open and close rows and a line that shows where a drag will drop.

Lists with an order of their own are dragged in the same way; they only have no levels.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from dmdesk import places
from ui.context import Context
from ui.delegates import STEP, CellDelegate
from ui.models import moves
from ui.models.rows import RowsModel
from ui.models.tree import TreeModel
from ui.theme import theme
from ui.views.grid import Grid


class Target(NamedTuple):
    """Where dragged rows would go: below ``parent``, before ``before`` ("" = last); a line, or a row, shows it."""

    parent: str
    before: str
    line: int = -1
    depth: int = 0
    onto: int = -1


class Outline(Grid):
    """A grid whose rows can be opened, closed and dragged."""

    def __init__(self, ctx: Context, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(ctx, model, parent)
        self.target: Target | None = None
        self._refused = False
        self._opening = QTimer(self, singleShot=True, interval=700)
        self._opening.timeout.connect(self._open_under_drag)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    @property
    def tree(self) -> TreeModel | None:
        """The model when it is a tree's."""
        return self.rows_model if isinstance(self.rows_model, TreeModel) else None

    # -- opening and closing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_arrow(event.position().toPoint()):
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._on_arrow(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def _on_arrow(self, at: QPoint) -> bool:
        """Open or close the row whose arrow is there; whether one is."""
        index, tree, delegate = self.indexAt(at), self.tree, self.itemDelegate()
        if tree is None or not index.isValid() or index.column() or not isinstance(delegate, CellDelegate):
            return False
        id = tree.shown[index.row()]
        if not tree.has_below(id) or not delegate.arrow(index.row(), self.visualRect(index)).contains(at):
            return False
        tree.set_open([id], not tree.is_open(id))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tree, id = self.tree, self.current_id()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if tree is not None and id and plain and self.currentIndex().column() == 0:
            if event.key() == Qt.Key.Key_Left:
                if tree.is_open(id):
                    tree.set_open([id], False)
                elif tree.parent_id(id):
                    self.reveal(tree.parent_id(id))
                return
            if event.key() == Qt.Key.Key_Right and tree.has_below(id) and not tree.is_open(id):
                tree.set_open([id])
                return
        super().keyPressEvent(event)

    def reveal(self, id: str) -> bool:
        tree = self.tree
        if tree is not None and tree.row_of(id) < 0:
            tree.reveal(id)
        return super().reveal(id)

    # -- dragging

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag the selected rows with a small label beside the pointer, so that nothing hides where they would go."""
        ids = self.selected_ids()
        if not ids or not self.ctx.writable:
            return
        drag, look = QDrag(self), theme()
        drag.setMimeData(
            self.rows_model.mimeData([self.rows_model.index(self.rows_model.row_of(id), 0) for id in ids])
        )
        drag.setPixmap(self.drag_label(ids))
        drag.setHotSpot(QPoint(-look.space(3), -look.space(3)))
        drag.exec(supportedActions, Qt.DropAction.MoveAction)

    def drag_label(self, ids: list[str]) -> QPixmap:
        """What is dragged, in a few words, as a picture."""
        look, data = theme(), self.ctx.data
        words = moves.several(data, [self.rows_model.rows[id] for id in ids])
        words = QFontMetrics(look.font()).elidedText(words, Qt.TextElideMode.ElideRight, look.space(60))
        wide, high = QFontMetrics(look.font()).horizontalAdvance(words) + look.space(5), look.row
        scale = self.devicePixelRatioF()
        picture = QPixmap(round(wide * scale), round(high * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(look.color("bg.page"))
        painter = QPainter(picture)
        painter.setPen(look.color("focus"))
        painter.drawRect(0, 0, wide - 1, high - 1)
        painter.setFont(look.font())
        painter.setPen(look.color("text"))
        painter.drawText(
            QRect(0, 0, wide, high), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words
        )
        painter.end()
        return picture

    def target_at(self, at: QPoint, ids: list[str]) -> Target | None:
        """Where rows dropped at a point would go; None where they cannot."""
        found = self._aim(at)
        if found is None or not ids:
            return None
        above, tree = found.parent, self.tree
        while above and tree is not None:
            if above in ids:
                return None
            above = tree.parent_id(above)
        return found

    def _aim(self, at: QPoint) -> Target | None:
        row, model, tree = self.rowAt(at.y()), self.rows_model, self.tree
        ranked = places.ranked(model.kind)
        if row < 0:
            end = self.rowViewportPosition(len(model.shown) - 1) + theme().row if model.shown else 0
            return Target("", "", line=end)
        top, high, id = self.rowViewportPosition(row), theme().row, model.shown[row]
        part = (at.y() - top) / high
        if tree is not None and (not ranked or 0.25 <= part <= 0.75):
            return Target(id, "", onto=row)
        if part < 0.5:
            return Target(model.parent_id(id), id, line=top, depth=model.depth(row))
        return self._after(row, at.x())

    def _after(self, row: int, x: int) -> Target:
        """Below a row: before its first open row, or behind the ancestor at whose level the pointer is."""
        model, tree = self.rows_model, self.tree
        id, line = model.shown[row], self.rowViewportPosition(row) + theme().row
        if tree is None:
            following = model.shown[row + 1] if row + 1 < len(model.shown) else ""
            return Target("", following, line=line)
        if tree.is_open(id):
            return Target(id, tree.children_of(id)[0], line=line, depth=model.depth(row) + 1)
        least = model.depth(row + 1) if row + 1 < len(model.shown) else 0
        wanted = (x - self.columnViewportPosition(0)) // theme().space(STEP) - 1
        level = model.depth(row)
        while level > max(least, wanted):
            id, level = tree.parent_id(id), level - 1
        beside = tree.children_of(tree.parent_id(id))
        after = beside.index(id) + 1
        return Target(
            tree.parent_id(id), beside[after] if after < len(beside) else "", line=line, depth=level
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.ctx.writable and self.rows_model.dragged(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        ids, at = self.rows_model.dragged(event.mimeData()), event.position().toPoint()
        self._aim_at(self.target_at(at, ids))
        event.setAccepted(self.target is not None)
        self._say_why_not(ids)

    def _say_why_not(self, ids: list[str]) -> None:
        """Say once why rows cannot be dropped where they are; the cursor says that they cannot."""
        refused = self.target is None and bool(ids)
        if refused and not self._refused:
            names = moves.several(self.ctx.data, [self.rows_model.rows[id] for id in ids])
            self.ctx.said.emit(
                f"“{names}” cannot be moved below {'itself' if len(ids) == 1 else 'one of them'}."
            )
        self._refused = refused

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._aim_at(None)

    def dropEvent(self, event: QDropEvent) -> None:
        ids = self.rows_model.dragged(event.mimeData())
        target = self.target_at(event.position().toPoint(), ids)
        self._aim_at(None)
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        if target is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if self.rows_model.kind.name == "wbs" and target.parent:
            QTimer.singleShot(0, self, lambda: self._drop_element(ids, target))
            return
        self._drop(ids, target)

    def _drop_element(self, ids: list[str], target: Target) -> None:
        """A WBS element below another one: whether its code follows is the person's choice."""
        from ui.renumbering import dropped

        if not dropped(self.ctx, ids, target.parent):
            self._drop(ids, target)

    def _drop(self, ids: list[str], target: Target) -> None:
        if self.tree is not None and target.parent:
            self.tree.set_open([target.parent])
        self.rows_model.move(ids, target.parent, target.before)

    def _aim_at(self, target: Target | None) -> None:
        if target != self.target:
            self.target = target
            self._opening.start() if target is not None and target.onto >= 0 else self._opening.stop()
            self.viewport().update()

    def _open_under_drag(self) -> None:
        if self.tree is not None and self.target is not None and self.target.onto >= 0:
            self.tree.set_open([self.target.parent])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.target is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_target(painter, self.target)
            painter.end()

    def _draw_target(self, painter: QPainter, target: Target) -> None:
        """A frame around the row that takes the others in, or a line with a dot at the level they come to."""
        look = theme()
        pen = painter.pen()
        pen.setColor(look.color("focus"))
        pen.setWidth(2)
        painter.setPen(pen)
        wide = self.viewport().width()
        if target.onto >= 0:
            top = self.rowViewportPosition(target.onto)
            painter.drawRoundedRect(
                QRect(1, top + 1, wide - 3, look.row - 3), look.space(1.5), look.space(1.5)
            )
            return
        left = look.space(
            2 + (target.depth + (1 if self.tree is not None else 0)) * STEP
        ) + self.columnViewportPosition(0)
        line, dot = max(target.line, 2), look.space(0.75)
        painter.drawLine(left + dot, line, wide - look.space(2), line)
        painter.setBrush(look.color("bg.page"))
        painter.drawEllipse(QPoint(left, line), dot, dot)
