"""The heat map: how many risks, or which, stand in each cell of likelihood and impact, and how one of them moved.

It is made of plain values and knows no plan, so that the register, the inspector and the review meeting share it.
Zones are told by colour, pattern and letter; the cells are walked by the arrow keys and said in words.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dmdesk.risks.matrix import Cell
from dmdesk.risks.scale import OVERALL, Scale
from ui.risks import tints
from ui.risks.plane import Box, Lattice, fitting
from ui.risks.trails import paint_arrows, paint_trail
from ui.theme import Theme, theme

COUNTS, IDS = "counts", "ids"

_KEYS = {
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_NAMED = 12
"""So many risks of a cell are named in words; the others are counted."""


class HeatMap(QWidget):
    """Shows a scale's matrix with the risks in it.

    ``picked`` tells likelihood and impact of the cell that was chosen by mouse, Enter or Space; (0, 0) when the chosen
    one was chosen again or Escape pressed. ``small`` leaves out names and letters, for a corner of another page.
    """

    picked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None, *, small: bool = False, name: str = "Heat map") -> None:
        super().__init__(parent)
        self.small = small
        self.naming = COUNTS
        self.scale: Scale | None = None
        self.cells: Mapping[Cell, Sequence[str]] = {}
        self.chosen: Cell | None = None
        self.here: Cell = (1, 1)
        self.trail: tuple[str, tuple[Cell, ...], Cell | None] = ("", (), None)
        self.arrows: Mapping[tuple[Cell, Cell], int] = {}
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    # -- what is shown

    def show_cells(self, scale: Scale, cells: Mapping[Cell, Sequence[str]]) -> None:
        """Show a scale, with the ids of the risks in each cell."""
        if scale != self.scale:
            self.here = (scale.height or 1, scale.width or 1)
        self.scale, self.cells = scale, cells
        self._tell()

    def show_trail(self, name: str, trail: Sequence[Cell], target: Cell | None = None) -> None:
        """Show where the risk of that id has been, the cell it is in last, and where it is to come; "" for none."""
        self.trail = (name, tuple(trail), target)
        self._tell()

    def show_arrows(self, arrows: Mapping[tuple[Cell, Cell], int]) -> None:
        """Show how many risks went from one cell to another."""
        self.arrows = arrows
        self._tell()

    def show_names(self, naming: str) -> None:
        """Show counts or ids in the cells."""
        self.naming = naming
        self.update()

    def choose(self, at: Cell | None) -> None:
        """Show a cell as the chosen one."""
        self.chosen = at
        if at:
            self.here = at
        self._tell()

    def _tell(self) -> None:
        self.update()
        said = (self.cell_in_words(self.here), self.trail_in_words(), self.arrows_in_words())
        words = ". ".join(filter(None, said))
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def cell_in_words(self, at: Cell) -> str:
        """Likelihood, impact, zone, score and risks of a cell."""
        scale = self.scale
        if scale is None or not scale.height:
            return "This scale has no cells"
        band, level, score = scale.band(at[0]), scale.level(OVERALL, at[1]), scale.score(*at)
        names, zone = self.cells.get(at, ()), scale.zone(score)
        parts = [
            f"Likelihood {at[0]}{f' {band.name}' if band else ''}, impact {at[1]}{f' {level.name}' if level else ''}",
            f"{zone.name if zone else 'no zone'}, {'no score' if score is None else f'score {score:g}'}",
            f"{len(names):,} risk{'' if len(names) == 1 else 's'}",
        ]
        listed = ", ".join(names[:_NAMED]) + (
            f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        )
        return "; ".join(parts) + (f": {listed}" if names else "")

    def trail_in_words(self) -> str:
        """How the risk that is marked moved."""
        name, trail, target = self.trail
        if not name or not trail:
            return ""
        went = ", then ".join(f"likelihood {one[0]} impact {one[1]}" for one in trail)
        aim = f", to come to likelihood {target[0]} impact {target[1]}" if target else ""
        return f"{name}: {went}{aim}"

    def arrows_in_words(self) -> str:
        """How many risks left the cell under the cursor, and where to."""
        went = [(last, number) for (first, last), number in self.arrows.items() if first == self.here]
        return ", ".join(f"{number:,} went to likelihood {at[0]} impact {at[1]}" for at, number in went)

    # -- where things stand

    def lattice(self) -> Lattice:
        """Where the cells stand now."""
        look, scale = theme(), self.scale
        rows, columns = (scale.height, scale.width) if scale else (0, 0)
        box = Box(0, 0, self.width(), self.height())
        if self.small:
            left = bottom = look.space(4.5)
            return Lattice(rows, columns, box.inside(left, 2, 2, bottom), max(look.space(0.5), 2))
        left = look.space(9.5 if self._narrow() else 26)
        return Lattice(rows, columns, box.inside(left, 2, 2, look.space(10.5)), look.space(1))

    def _narrow(self) -> bool:
        """Whether there is no room for the names of the bands."""
        return self.width() < theme().space(120)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.space(44), look.space(34)) if self.small else QSize(look.space(130), look.space(90))

    def minimumSizeHint(self) -> QSize:
        look = theme()
        return QSize(look.space(28), look.space(24)) if self.small else QSize(look.space(48), look.space(44))

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.scale is None or not self.scale.height or not self.scale.width:
            return
        painter, look, grid = QPainter(self), theme(), self.lattice()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for likelihood in range(1, grid.rows + 1):
            for impact in range(1, grid.columns + 1):
                self._cell(painter, look, grid, (likelihood, impact))
        self._axes(painter, look, grid)
        if self.arrows:
            paint_arrows(painter, grid, self.arrows)
        name, trail, target = self.trail
        if name:
            paint_trail(painter, grid, trail, target, low=not self.small)
        painter.end()

    def _cell(self, painter: QPainter, look: Theme, grid: Lattice, at: Cell) -> None:
        assert self.scale is not None
        rect, radius = QRectF(*grid.cell(at)), look.space(0.5 if self.small else 1)
        zone = self.scale.zone(self.scale.score(*at))
        tints.fill(painter, rect, zone, radius)
        marked = bool(self.trail[1]) and self.trail[1][-1] == at
        if at == self.chosen or marked:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(
                QPen(look.color("focus" if at == self.chosen else "text"), max(look.space(0.5), 2))
            )
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        if at == self.here and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("focus"), 1.5, Qt.PenStyle.DashLine))
            inset = max(look.space(0.75), 3)
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
        if not self.small:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text.muted" if zone is None else "text"))
            corner = rect.adjusted(look.space(1.25), look.space(0.5), -look.space(1.25), 0)
            side = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            painter.drawText(corner, side, tints.letter(self.scale, zone))
        self._words(painter, look, rect, at, marked)

    def _words(self, painter: QPainter, look: Theme, rect: QRectF, at: Cell, marked: bool) -> None:
        """The number of risks of a cell, or their ids as far as there is room; the marked risk is named in any case."""
        names = self.cells.get(at, ())
        painter.setPen(look.color("text"))
        middle = Qt.AlignmentFlag.AlignCenter
        if marked and not self.small:
            painter.setFont(look.font("strong"))
            if painter.fontMetrics().horizontalAdvance(self.trail[0]) > rect.width() - look.space(1):
                painter.setFont(look.font("heading"))
            others = len(names) - (self.trail[0] in names)
            lines = [self.trail[0], *([f"+ {others:,}"] if others > 0 else ())]
            high = painter.fontMetrics().height()
            lines = lines[: max(int(rect.height() * 0.65 // high), 1)]
            painter.drawText(rect, middle, "\n".join(self._cut(painter, one, rect, id=True) for one in lines))
            return
        if self.naming == COUNTS or self.small or self.arrows:
            if self.arrows:
                rect = rect.adjusted(look.space(1.25), look.space(0.5), 0, 0)
                middle = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
            painter.setFont(look.font("small" if self.small else "strong" if self.arrows else "title"))
            if names and not (self.small and self.trail[0]):
                painter.drawText(rect, middle, f"{len(names):,}")
            return
        painter.setFont(look.font("small"))
        high, top = painter.fontMetrics().height(), look.space(4)
        room = rect.adjusted(0, top, 0, 0) if rect.height() > top + 2 * high else rect
        shown, more = fitting(len(names), room.height(), high)
        lines = [*names[:shown], *([f"+ {len(names) - shown:,}"] if more else ())]
        painter.drawText(room, middle, "\n".join(self._cut(painter, one, rect, id=True) for one in lines))

    def _cut(self, painter: QPainter, text: str, rect: QRectF, *, id: bool = False) -> str:
        """The end of an id tells more than its beginning, which all have."""
        wide = int(rect.width() - theme().space(1))
        side = Qt.TextElideMode.ElideLeft if id else Qt.TextElideMode.ElideRight
        return painter.fontMetrics().elidedText(text, side, wide)

    def _axes(self, painter: QPainter, look: Theme, grid: Lattice) -> None:
        assert self.scale is not None
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        titled = 0 if self.small else look.space(5)
        for level in range(1, grid.rows + 1):
            cell = grid.cell((level, 1))
            band = self.scale.band(level)
            words = f"{level}" if self.small or self._narrow() or not band else f"{band.name} · {level}"
            place = QRectF(titled, cell.top, grid.box.left - titled - look.space(1), cell.height)
            painter.drawText(place, right, self._cut(painter, words, place))
        for level in range(1, grid.columns + 1):
            cell, of = grid.cell((1, level)), self.scale.level(OVERALL, level)
            words = f"{level}" if self.small or not of else f"{level} · {of.name}"
            place = QRectF(cell.left, grid.box.bottom, cell.width, look.space(4.5))
            if painter.fontMetrics().horizontalAdvance(words) > cell.width:
                words = f"{level}"
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._cut(painter, words, place))
        if self.small:
            return
        below = QRectF(grid.box.left, grid.box.bottom + look.space(5), grid.box.width, look.space(5))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, "Impact →")
        painter.save()
        painter.translate(look.space(2.5), grid.box.top + grid.box.height / 2)
        painter.rotate(-90)
        across = QRectF(-grid.box.height / 2, -look.space(2.5), grid.box.height, look.space(5))
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, "Likelihood →")
        painter.restore()

    # -- mouse and keys

    def _at(self, point: QPointF) -> Cell | None:
        return self.lattice().at(point.x(), point.y())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self.here = at
            self._pick(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position()) is not None and not self.small
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def _pick(self, at: Cell) -> None:
        self.chosen = None if at == self.chosen else at
        self._tell()
        self.picked.emit(*(self.chosen or (0, 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.here = self.lattice().moved(self.here, *_KEYS[key])
            self._tell()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self.here)
        elif key == Qt.Key.Key_Escape and self.chosen:
            self._pick(self.chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            words = self.cell_in_words(at) if at else self.trail_in_words()
            QToolTip.showText(event.globalPos(), f"<p>{html.escape(words)}</p>" if words else "", self)
            return True
        return super().event(event)
