"""A drawing on the screen: one item that paints what is in view, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from dmdesk.drawing.sheet import STROKES, Box, Drawing, Edge, Entry, Line, Words, corners, ink
from ui.theme import RESOURCES, theme

PAGE_GAP = 24.0
LEGIBLE = 3.5
"""Pixels below which text is not painted: nobody could read it."""
_FACES = {"regular": "OpenSans-Regular", "bold": "OpenSans-Bold", "italic": "OpenSans-Italic",
          "code": "Inconsolata-Regular"}  # fmt: skip
_DARK = {
    "ink": "text", "muted": "text.muted", "link": "text.link", "outline": "scroll.hover", "line": "scroll.hover",
    "frame": "line.strong", "paper": "bg.page", "leaf": "bg.field", "group": "bg.pressed", "ground": "bg.hover",
    "missing": "text.error", "strong": "text.strong", "science": "text.ok",
}  # fmt: skip


class Sheets(QGraphicsItem):
    """All pages of a drawing, below each other. ``current`` is the id of the row that is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.drawing: Drawing | None = None
        self.current = ""
        self._pages: list[tuple[float, list[Box], list[Line]]] = []

    def take(self, drawing: Drawing | None) -> None:
        """Show another drawing."""
        self.prepareGeometryChange()
        self.drawing = drawing
        self._pages = []
        for page, boxes, lines in drawing.by_page() if drawing else []:
            self._pages.append((self.top(page.number), sorted(boxes, key=lambda box: not box.under), lines))

    def top(self, page: int) -> float:
        """Where a page begins."""
        return (page - 1) * (self.drawing.height + PAGE_GAP) if self.drawing else 0.0

    def boundingRect(self) -> QRectF:
        if not self.drawing:
            return QRectF()
        return QRectF(
            0, 0, self.drawing.width, self.top(len(self.drawing.pages)) + self.drawing.height
        ).adjusted(-4, -4, 4, 4)

    def place(self, box: Box) -> QRectF:
        """Where a box stands in the scene."""
        return QRectF(box.x, box.y + self.top(box.page), box.wide, box.high)

    def box_at(self, point: QPointF) -> Box | None:
        """The box of a row under a point of the scene, the innermost of several."""
        boxes = self.drawing.boxes if self.drawing else ()
        return next((box for box in reversed(boxes) if box.id and self.place(box).contains(point)), None)

    def boxes_of(self, id: str) -> list[Box]:
        """The boxes of a row, its own one first."""
        boxes = self.drawing.boxes if self.drawing else ()
        return sorted((box for box in boxes if id and box.id == id), key=lambda box: box.repeated)

    # -- painting

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if not self.drawing:
            return
        seen: QRectF = option.exposedRect
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for page, (top, boxes, lines) in zip(self.drawing.pages, self._pages, strict=True):
            sheet = QRectF(0, top, self.drawing.width, self.drawing.height)
            if not sheet.intersects(seen):
                continue
            painter.save()
            painter.translate(0, top)
            local = seen.translated(0, -top)
            self._sheet(painter, sheet.translated(0, -top))
            shown = [box for box in boxes if QRectF(box.x, box.y, box.wide, box.high).intersects(local)]
            for box in shown:
                if box.under:
                    self._box(painter, box, zoom)
            self._lines(painter, lines, zoom)
            for box in shown:
                if not box.under:
                    self._box(painter, box, zoom)
            for entry in self.drawing.legend:
                self._shape(painter, entry, entry.edge, 1.0)
                self._text(painter, entry.words, 1.0, zoom)
            self._text(painter, page.words, 1.0, zoom)
            painter.restore()

    def _sheet(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(colour("frame"), 0))
        painter.setBrush(colour("paper"))
        painter.drawRect(rect)

    def _lines(self, painter: QPainter, lines: list[Line], zoom: float) -> None:
        """The lines, which run straight across or down and are crisp without smoothing, and the heads of arrows."""
        scale = self.drawing.scale if self.drawing else 1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for name, stroke in STROKES.items():
            chosen = [line for line in lines if line.stroke == name]
            thickness = stroke.thickness * scale
            pen = QPen(colour(stroke.colour), thickness if thickness * zoom > 1.5 else 0)
            if stroke.dash:
                pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for line in chosen:
                painter.drawPolyline(_polygon(line.points))
            if stroke.arrow:
                painter.setBrush(colour(stroke.colour))
                for line in chosen:
                    painter.drawPolygon(_polygon(line.head()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _box(self, painter: QPainter, box: Box, zoom: float) -> None:
        scale = self.drawing.scale if self.drawing else 1.0
        self._shape(painter, box, box.edge, scale)
        self._text(painter, box.words, scale, zoom)
        if box.id and box.id == self.current:
            radius = (box.edge.radius + 2) * scale
            painter.setPen(QPen(theme().color("focus"), max(2.5 * scale, 2.0 / zoom)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rect = QRectF(box.x, box.y, box.wide, box.high)
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius, radius)

    def _shape(self, painter: QPainter, shape: Box | Entry, edge: Edge, scale: float) -> None:
        """The outline of a box, mark or swatch."""
        pen = QPen(colour(edge.colour), edge.thickness * scale)
        if edge.dash:
            pen.setDashPattern([3, 2])
        painter.setPen(pen if edge.thickness else Qt.PenStyle.NoPen)
        painter.setBrush(colour(shape.fill))
        rect = QRectF(shape.x, shape.y, shape.wide, shape.high)
        if shape.shape == "box":
            painter.drawRoundedRect(rect, edge.radius * scale, edge.radius * scale)
        elif shape.shape == "disc":
            painter.drawEllipse(rect)
        else:
            painter.drawPolygon(_polygon(corners(shape)))

    def _text(self, painter: QPainter, lines: tuple[Words, ...], scale: float, zoom: float) -> None:
        """Lines of text; ``scale`` is taken out of their size, so that fonts are of whole pixels and measure true."""
        legible = [words for words in lines if words.size * zoom >= LEGIBLE]
        if not legible:
            return
        painter.save()
        painter.scale(scale, scale)
        for words in legible:
            font, text = _font(words.face, round(words.size / scale)), words.text
            painter.setFont(font)
            painter.setPen(colour(words.colour))
            at, room = QPointF(words.x / scale, words.baseline / scale), words.width / scale
            if text.isascii():
                painter.drawText(at, text)
            else:
                _squeezed(painter, at, text, room, font)
        painter.restore()


def _polygon(points: Iterable[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _squeezed(painter: QPainter, at: QPointF, text: str, room: float, font: QFont) -> None:
    """Text in the order in which it was laid out, no wider than it was measured with the fonts of the print."""
    text = f"\u202d{text}\u202c"
    wide = QFontMetricsF(font).horizontalAdvance(text)
    painter.save()
    painter.translate(at)
    if wide > room > 0:
        painter.scale(room / wide, 1)
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


def colour(name: str) -> QColor:
    """A colour of a drawing as the theme shows it: as on paper, or for the dark."""
    if not theme().dark:
        return QColor(ink(name))
    if name in _DARK:
        return theme().color(_DARK[name])
    light = QColor(ink(name))
    return QColor.fromHsvF(max(light.hsvHueF(), 0.0), min(1.0, light.hsvSaturationF() * 2.5), 0.34)


@lru_cache
def _font(face: str, pixels: int) -> QFont:
    font = QFont(_family(face))
    font.setPixelSize(max(pixels, 1))
    font.setBold(face == "bold")
    font.setItalic(face == "italic")
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache
def _family(face: str) -> str:
    id = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / f"{_FACES[face]}.ttf"))
    families = QFontDatabase.applicationFontFamilies(id) if id >= 0 else []
    return families[0] if families else "sans-serif"
