"""The canvas: a drawing to look around in, by mouse and by keyboard. Click selects, drag moves, Ctrl and wheel zoom."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QToolTip

from dmdesk.drawing.sheet import Box, Drawing
from ui.drawn import Sheets
from ui.theme import theme

STEP = 1.25
SMALLEST, LARGEST = 0.02, 8.0
COMFORTABLE = (1.1, 1.3)
"""Between which zooms a drawing is first shown, so that it can be read."""


class Canvas(QGraphicsView):
    """Shows a drawing. ``picked`` tells the kind and id of the row that was chosen, ``opened`` of one to see."""

    picked = Signal(str, str)
    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.sheets = Sheets()
        scene = QGraphicsScene(self)
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        scene.addItem(self.sheets)
        self.setScene(scene)
        self.setObjectName("Canvas")
        self.setAccessibleName("Drawing")
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setMouseTracking(True)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._fresh = True
        self.retheme()

    def retheme(self) -> None:
        """Take the colours of the theme in use."""
        look = theme()
        self.setBackgroundBrush(look.color("bg.nav"))
        self.viewport().update()

    # -- what is shown

    def take(self, drawing: Drawing | None) -> None:
        """Show a drawing, looked at from where the last one was."""
        self.sheets.take(drawing)
        self.setSceneRect(self.sheets.boundingRect().adjusted(-16, -16, 16, 16))
        if drawing and self._fresh:
            self._fresh = False
            low, high = COMFORTABLE
            self._zoom_to(max(low, min(high, self.viewport().width() / self.sceneRect().width())))
            self.verticalScrollBar().setValue(self.verticalScrollBar().minimum())
        self.viewport().update()
        self._describe()

    def start_afresh(self) -> None:
        """Look at the next drawing from its beginning."""
        self._fresh = True

    def mark(self, id: str, *, reveal: bool = False) -> None:
        """Mark a row ("" for none) and, if wanted, bring its box into view."""
        if id != self.sheets.current:
            self.sheets.current = id
            self.viewport().update()
            self._describe()
        boxes = self.sheets.boxes_of(id) if reveal else []
        if boxes:
            self.ensureVisible(self.sheets.place(boxes[0]), 40, 40)

    def _describe(self) -> None:
        boxes = self.sheets.boxes_of(self.sheets.current)
        self.setAccessibleDescription(boxes[0].title if boxes else "")

    # -- zoom

    @property
    def zoom(self) -> float:
        """How large a point of the drawing is, in pixels."""
        return self.transform().m11()

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out around the middle, or the mouse."""
        self._zoom_to(self.zoom * factor)

    def _zoom_to(self, zoom: float) -> None:
        zoom = max(SMALLEST, min(LARGEST, zoom))
        self.scale(zoom / self.zoom, zoom / self.zoom)

    def fit(self) -> None:
        """Show the whole drawing."""
        if self.sheets.drawing:
            self.fitInView(self.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
            if self.zoom > LARGEST:
                self._zoom_to(LARGEST)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            over = self._at(event.position())
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
            )
            return
        moved = event.position() - self._pressed
        if self._dragging or moved.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - round(moved.x()))
            down.setValue(down.value() - round(moved.y()))
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position())
        self._dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        box = self._at(event.position())
        if box:
            self.opened.emit(box.kind, box.id)

    def _at(self, point: QPointF) -> Box | None:
        return self.sheets.box_at(self.mapToScene(point.toPoint()))

    def _click(self, point: QPointF) -> None:
        """Choose the row under the mouse; a mark of continuation leads to where its tree goes on."""
        box = self._at(point)
        if box is None:
            return
        self.picked.emit(box.kind, box.id)
        at = self.mapToScene(point.toPoint()) - QPointF(0, self.sheets.top(box.page))
        for words in box.words:
            reach = QRectF(words.x, words.baseline - words.size, words.width, 1.3 * words.size)
            if words.page and reach.contains(at):
                self.follow(box, words.page)

    def follow(self, box: Box, page: int) -> None:
        """Look at another box of the same row, on a page."""
        for other in self.sheets.boxes_of(box.id):
            if other.page == page and other != box:
                self.centerOn(self.sheets.place(other).center())
                return

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            box = self.sheets.box_at(self.mapToScene(event.pos()))
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(box.title)}</p>" if box else "", self)
            return True
        return super().viewportEvent(event)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, ways = event.key(), Qt.Key
        arrows = {ways.Key_Left: (-1, 0), ways.Key_Right: (1, 0), ways.Key_Up: (0, -1), ways.Key_Down: (0, 1)}
        if key in (ways.Key_Plus, ways.Key_Equal):
            self.zoom_by(STEP)
        elif key == ways.Key_Minus:
            self.zoom_by(1 / STEP)
        elif key == ways.Key_0:
            self.fit()
        elif key in (ways.Key_Return, ways.Key_Enter) and self.sheets.current:
            boxes = self.sheets.boxes_of(self.sheets.current)
            if boxes:
                self.opened.emit(boxes[0].kind, boxes[0].id)
        elif key in arrows and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._step(*arrows[ways(key)])
        else:
            super().keyPressEvent(event)

    def _step(self, across: int, down: int) -> None:
        """Choose the nearest box in a direction; the first one when none is chosen."""
        drawing = self.sheets.drawing
        rows = [box for box in drawing.boxes if box.id] if drawing else []
        if not rows:
            return
        here = self.sheets.boxes_of(self.sheets.current)
        if not here:
            self._choose(rows[0])
            return
        start = self.sheets.place(here[0])
        best, nearest = None, float("inf")
        for box in rows:
            place = self.sheets.place(box)
            ahead = (place.left() - start.left()) * across + (place.top() - start.top()) * down
            beside = max(place.left() - start.right(), start.left() - place.right(), 0.0)
            above = max(place.top() - start.bottom(), start.top() - place.bottom(), 0.0)
            distance = ahead + 3 * (above if across else beside)
            if ahead > 1 and distance < nearest and box.id != self.sheets.current:
                best, nearest = box, distance
        if best:
            self._choose(best)

    def _choose(self, box: Box) -> None:
        self.picked.emit(box.kind, box.id)
        self.ensureVisible(self.sheets.place(box), 40, 40)
