"""The marks of a matrix: how one cell is drawn and edited, and the legend that says what the marks mean.

The view calls this for the few cells that hold anything; nothing is made or kept for any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QWidget

from dmdesk import matrices
from dmdesk.matrices import Cell
from ui import editors
from ui.delegates import CellDelegate
from ui.models.matrix import MatrixModel
from ui.theme import Theme, icon, theme

if TYPE_CHECKING:
    from ui.views.crossing import Crossing

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_END = QStyledItemDelegate.EndEditHint


GAP = "gap"
"""The sign in the legend of a name without the other kind."""


def draw_mark(painter: QPainter, look: Theme, centre: QPointF, state: str) -> None:
    """The mark of a state: a full dot, a ring, or a warning."""
    if state == matrices.UNRESOLVED:
        side = look.space(3.75)
        box = QRect(round(centre.x() - side / 2), round(centre.y() - side / 2), side, side)
        icon("warning", "text.warning").paint(painter, box)
        return
    own = state == matrices.OWN
    radius = look.space(1.3) if own else look.space(1.05)
    pen = painter.pen()
    pen.setColor(look.color("focus" if own else "text.muted"))
    pen.setWidthF(1.4)
    painter.setPen(pen)
    painter.setBrush(look.color("focus") if own else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)


class CrossDelegate(CellDelegate):
    """Draws the marks of a cell, and edits the field that is typed into it."""

    def __init__(self, view: Crossing) -> None:
        super().__init__(view)  # type: ignore[arg-type]

    def lead(self, row: int) -> int:
        return theme().space(2)

    def draw(self, painter: QPainter, look: Theme, rect: QRect, cell: Cell) -> None:
        """Draw what stands in a cell."""
        wide = rect.width() > look.space(15)
        centre = QRectF(rect).center()
        if wide:
            centre.setX(rect.left() + look.space(4))
        elif cell.state and cell.below:
            centre.setX(rect.left() + look.space(1.9))
        if cell.state:
            draw_mark(painter, look, centre, cell.state)
        if cell.below:
            font = look.font("small")
            if cell.state and cell.below > 99:
                font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)
            painter.setPen(look.color("text.muted"))
            room = rect.adjusted(look.space(3.25) if cell.state else 0, 0, -1, 0)
            painter.drawText(room, _CENTRE, f"{cell.below}" if cell.below < 1000 else "…")
        if wide:
            self._text(painter, look, rect.adjusted(look.space(7), 0, -look.space(2), 0), cell)

    def _text(self, painter: QPainter, look: Theme, room: QRect, cell: Cell) -> None:
        own = cell.state == matrices.OWN
        words = cell.text or ("no manager" if own else "")
        font = look.font()
        font.setItalic(cell.quiet or not cell.text)
        painter.setFont(font)
        painter.setPen(look.color("text" if cell.text and not cell.quiet else "text.muted"))
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, elided)

    def _finish(self, made: editors.Editor, hint: QStyledItemDelegate.EndEditHint) -> None:
        """After Tab the cell beside it would edit the same field again."""
        super()._finish(made, _END.NoHint)


def dashed(painter: QPainter, start: QPoint, end: QPoint) -> None:
    """The dashed edge of a name that lacks the other kind: its colour says so too, but never alone."""
    pen = QPen(theme().color("text.warning"), 2, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(start, end)


class Legend(QWidget):
    """What the marks mean, in the corner between the names."""

    def __init__(self, view: Crossing, model: MatrixModel) -> None:
        super().__init__(view)
        self._lines = legend(model)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("; ".join(words for _, words in self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.color("bg.page"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line.strong"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), look.color("line.strong"))
        high = look.space(5.5)
        top = self.height() - look.space(1.5) - high * len(self._lines)
        for at, (state, words) in enumerate(self._lines):
            line = QRect(look.space(4.5), top + at * high, self.width() - look.space(6), high)
            centre = QPointF(line.left() + look.space(1.5), line.center().y() + 0.5)
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.muted"))
            if state == GAP:
                middle = QPoint(round(centre.x()), line.center().y())
                dashed(painter, middle - QPoint(0, look.space(1.75)), middle + QPoint(0, look.space(1.75)))
            elif state:
                draw_mark(painter, look, centre, state)
            else:
                painter.drawText(QRect(line.left(), line.top(), look.space(3), high), _CENTRE, "3")
            painter.setPen(look.color("text.muted"))
            room = line.adjusted(look.space(5), 0, 0, 0)
            fits = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, fits)


def legend(model: MatrixModel) -> list[tuple[str, str]]:
    """The states that cells can have, each with what it means."""
    order = (matrices.OWN, matrices.INHERITED, matrices.UNRESOLVED, "")
    found = [(state, model.relation.legend[state]) for state in order if state in model.relation.legend]
    return [*found, (GAP, "has no counterpart here")]
