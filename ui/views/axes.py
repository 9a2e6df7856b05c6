"""The edges of a matrix: names of rows with their levels, names of columns turned upright below their groups.

They stay in view while the cells scroll, follow the crosshair, and open and close what is below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView

from dmdesk.kinds import Entity
from ui.models import derived
from ui.models.cells import BY_KEY
from ui.models.matrix import MatrixModel
from ui.theme import Theme, icon, theme
from ui.views.crossmarks import dashed

if TYPE_CHECKING:
    from ui.views.crossing import Crossing

STEP = 3.5
"""Indentation of a level, in steps of space."""

BAND = 6.5
"""Height of the band that names the groups of columns, in steps of space."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.TextElideMode.ElideRight


class Edge(QHeaderView):
    """A header that paints names by itself. ``picked`` tells the id whose name was clicked."""

    picked = Signal(str)

    def __init__(self, way: Qt.Orientation, view: Crossing, model: MatrixModel) -> None:
        super().__init__(way, view)
        self.crossing, self.matrix = view, model
        self.side = model.side(way)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setHighlightSections(False)
        self.setMouseTracking(True)

    def entity(self, at: int) -> Entity | None:
        """The row of the plan that a section stands for; None while it is being taken away."""
        shown = self.side.shown
        return self.matrix.entity_of(self.orientation(), shown[at]) if 0 <= at < len(shown) else None

    def ground(self, painter: QPainter, rect: QRect, at: int) -> None:
        """The ground of a section: lit where the crosshair is."""
        vertical = self.orientation() == Qt.Orientation.Vertical
        now = self.crossing.currentIndex()
        current = (now.row() if vertical else now.column()) == at
        hovered = self.crossing.hovered[0 if vertical else 1] == at
        role = "bg.selected" if current else "bg.hover" if hovered else "bg.page"
        painter.fillRect(rect, theme().color(role))
        if self._gap(self.side.shown[at]):
            start = rect.topLeft() if vertical else rect.bottomLeft()
            dashed(painter, start + QPoint(1, -1), rect.bottomLeft() + QPoint(1, 0) if vertical else
                   rect.bottomRight() - QPoint(0, 1))  # fmt: skip

    def _gap(self, id: str) -> bool:
        now = self.matrix.matrix
        return id in (now.row_gaps if self.orientation() == Qt.Orientation.Vertical else now.column_gaps)

    def role(self, at: int) -> str:
        """The colour of a section's name: one without the other kind warns, one that is only on the way is dim."""
        id = self.side.shown[at]
        if self.side.filtered and id not in self.side.hits:
            return "text.disabled"
        return "text.warning" if self._gap(id) else "text"

    def arrow_at(self, point: QPoint) -> str:
        """The id of the row or column whose arrow is there, "" for none."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        id = self.arrow_at(point)
        if id:
            self.matrix.set_open(self.orientation(), id, not self.side.is_open(id))
            return
        at = self.logicalIndexAt(point)
        if 0 <= at < len(self.side.shown):
            self.crossing.go_along(self.orientation(), at)
            self.picked.emit(self.side.shown[at])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self.logicalIndexAt(event.position().toPoint())
        vertical = self.orientation() == Qt.Orientation.Vertical
        self.crossing.hover(at if vertical else -1, -1 if vertical else at)

    def leaveEvent(self, event: QEvent) -> None:
        self.crossing.hover(-1, -1)
        super().leaveEvent(event)


class Rows(Edge):
    """The names of the rows, indented by their level."""

    def __init__(self, view: Crossing, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Vertical, view, model)
        self.setDefaultSectionSize(theme().row)
        self.setAccessibleName("Rows")

    def _lead(self, at: int) -> int:
        """Pixels before the arrow of a row."""
        look = theme()
        return look.space(2.5) + self.side.axis.depth[self.side.shown[at]] * look.space(STEP)

    def arrow_at(self, point: QPoint) -> str:
        at = self.logicalIndexAt(point)
        if not 0 <= at < len(self.side.shown) or not self.side.axis.has_below(self.side.shown[at]):
            return ""
        left = self._lead(at)
        return self.side.shown[at] if left - 2 <= point.x() < left + theme().space(4) else ""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        entity = self.entity(logicalIndex)
        if not rect.isValid() or entity is None:
            return
        look, id = theme(), self.side.shown[logicalIndex]
        painter.save()
        self.ground(painter, rect, logicalIndex)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), look.color("line.strong"))
        left, small, side = rect.left() + self._lead(logicalIndex), look.space(3.5), look.space(4)
        if self.side.axis.has_below(id):
            name = "chevron-down" if self.side.is_open(id) else "chevron-right"
            icon(name, "text.muted").paint(
                painter, QRect(left, rect.top() + (rect.height() - small) // 2, small, small)
            )
        left += look.space(4)
        role = self.role(logicalIndex)
        picture = icon(derived.icon_name(entity, self.side.axis.kind), role if role != "text" else "icon")
        picture.paint(painter, QRect(left, rect.top() + (rect.height() - side) // 2, side, side))
        left += side + look.space(1.5)
        room = QRect(left, rect.top(), rect.right() - look.space(1.5) - left, rect.height())
        if id in self.matrix.matrix.notes:
            at = QRect(room.right() - small, rect.top() + (rect.height() - small) // 2, small, small)
            icon("warning", "text.warning").paint(painter, at)
            room.setRight(at.left() - look.space(1))
        names(painter, look, room, self.matrix, self.side.axis.kind, entity, role)
        painter.restore()


class Columns(Edge):
    """The names of the columns: upright below a band of groups where they make a tree, else level."""

    def __init__(self, view: Crossing, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view, model)
        self.setAccessibleName("Columns")
        self.low = False

    def fit(self, height: int) -> None:
        """Take the height that a view of so many pixels leaves: codes only where it is low."""
        look = theme()
        self.low = height < look.space(130)
        upright = look.space(BAND + (31 if self.low else 45))
        self.setFixedHeight(upright if self.matrix.grouped else look.space(16))

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def _box(self, rect: QRect) -> QRect:
        """Where the arrow of an upright name stands: at its foot."""
        side = theme().space(3.5)
        return QRect(rect.center().x() - side // 2 + 1, rect.bottom() - side - theme().space(1), side, side)

    def _section(self, at: int) -> QRect:
        return QRect(self.sectionViewportPosition(at), 0, self.sectionSize(at), self.height())

    def _group_at(self, x: int) -> str:
        """The id of the group whose band lies there, if it is a column to be seen."""
        at = self.logicalIndexAt(x)
        return next((id for id, _, _ in self.matrix.groups(at, at)), "") if at >= 0 else ""

    def _opens(self, at: int) -> bool:
        """Whether an arrow stands at the foot of a column; that of a group stands in its band."""
        id = self.side.shown[at]
        return self.matrix.grouped and self.side.axis.has_below(id) and self._heads(at) == ""

    def _heads(self, at: int) -> str:
        """The id of a column that its group is called by, "" for the others."""
        id = self.side.shown[at]
        return id if any(group == id for group, _, _ in self.matrix.groups(at, at)) else ""

    def arrow_at(self, point: QPoint) -> str:
        at = self.logicalIndexAt(point)
        if not self.matrix.grouped or not 0 <= at < len(self.side.shown):
            return ""
        if point.y() < theme().space(BAND):
            id = self._group_at(point.x())
            return id if self.side.axis.has_below(id) and self.matrix.place("", id)[1] >= 0 else ""
        found = self._opens(at) and self._box(self._section(at)).adjusted(-4, -4, 4, 4).contains(point)
        return self.side.shown[at] if found else ""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        entity = self.entity(logicalIndex)
        if not rect.isValid() or entity is None:
            return
        look, role = theme(), self.role(logicalIndex)
        painter.save()
        self.ground(painter, rect, logicalIndex)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), look.color("line"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line.strong"))
        if self.matrix.grouped:
            self._upright(painter, look, rect, logicalIndex, entity, role)
        else:
            self._level(painter, look, rect, entity, role)
        painter.restore()

    def _upright(
        self, painter: QPainter, look: Theme, rect: QRect, at: int, entity: Entity, role: str
    ) -> None:
        foot = look.space(1.5)
        if self._opens(at):
            name = "chevron-down" if self.side.is_open(self.side.shown[at]) else "chevron-right"
            icon(name, "text.muted").paint(painter, self._box(rect))
            foot = look.space(5.5)
        painter.translate(rect.left(), rect.bottom() - foot)
        painter.rotate(-90)
        room = QRect(0, 0, rect.height() - foot - look.space(BAND + 1), rect.width())
        names(painter, look, room, self.matrix, self.side.axis.kind, entity, role, codes=self.low)

    def _level(self, painter: QPainter, look: Theme, rect: QRect, entity: Entity, role: str) -> None:
        room = rect.adjusted(look.space(2.5), look.space(1.5), -look.space(2), -look.space(1.5))
        painter.setFont(look.font("strong" if getattr(entity, "lead", False) else "medium"))
        painter.setPen(look.color(role))
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextSingleLine
        for line in two_lines(painter.fontMetrics(), self.matrix.source.data.title(entity), room.width()):
            painter.drawText(room, top, line)
            room.setTop(room.top() + painter.fontMetrics().height())
        number = getattr(entity, "number", "")
        remark = " · ".join(filter(None, ("lead" if getattr(entity, "lead", False) else "", number)))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(room, top, painter.fontMetrics().elidedText(remark, _RIGHT, room.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.matrix.grouped or not self.side.shown:
            return
        first = max(self.logicalIndexAt(0), 0)
        last = self.logicalIndexAt(self.viewport().width() - 1)
        last = last if last >= 0 else len(self.side.shown) - 1
        painter = QPainter(self.viewport())
        for id, begin, end in self.matrix.groups(first, last):
            left = self.sectionViewportPosition(begin)
            right = self.sectionViewportPosition(end) + self.sectionSize(end)
            self._band(painter, id, QRect(left, 0, right - left, theme().space(BAND)))
        painter.end()

    def _band(self, painter: QPainter, id: str, rect: QRect) -> None:
        """A group's name, kept in view while any of its columns is."""
        look = theme()
        painter.fillRect(rect, look.color("bg.stripe"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.fillRect(rect.right(), 0, 1, self.height(), look.color("line.strong"))
        small = look.space(3.5)
        left = max(rect.left(), 0) + (
            look.space(1) if rect.width() > look.space(9) else (rect.width() - small) // 2
        )
        if self.side.axis.has_below(id) and self.matrix.place("", id)[1] >= 0:
            name = "chevron-down" if self.side.is_open(id) else "chevron-right"
            icon(name, "text.muted").paint(painter, QRect(left, (rect.height() - small) // 2, small, small))
            left += small
        room = QRect(left + look.space(1), 0, rect.right() - left - look.space(2), rect.height())
        entity = self.matrix.entity_of(self.orientation(), id)
        if room.width() > look.space(8) and entity is not None:
            names(painter, look, room, self.matrix, self.side.axis.kind, entity, "text")


def names(
    painter: QPainter, look: Theme, room: QRect, model: MatrixModel, kind: str, entity: Entity, role: str,
    *, codes: bool = False,
) -> None:  # fmt: skip
    """Code and name of a row of the plan, as much of them as there is room for; kinds without codes have the name."""
    data = model.source.data
    key, title = data.key(entity), data.title(entity)
    if kind in BY_KEY and key:
        painter.setFont(look.font("mono"))
        painter.setPen(look.color(role))
        metrics = QFontMetrics(painter.font())
        painter.drawText(room, _MIDDLE, metrics.elidedText(key, Qt.TextElideMode.ElideLeft, room.width()))
        room = room.adjusted(metrics.horizontalAdvance(key) + look.space(1.5), 0, 0, 0)
        role = role if role == "text.disabled" else "text.muted"
        if codes or room.width() < look.space(6):
            return
    painter.setFont(look.font())
    painter.setPen(look.color(role))
    painter.drawText(room, _MIDDLE, painter.fontMetrics().elidedText(title, _RIGHT, max(room.width(), 0)))


def two_lines(metrics: QFontMetrics, words: str, width: int) -> list[str]:
    """The words in at most two lines of so many pixels, broken between words, the second cut where it must be."""
    if metrics.horizontalAdvance(words) <= width:
        return [words]
    first, *rest = words.split()
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}") <= width:
        first = f"{first} {rest.pop(0)}"
    return [metrics.elidedText(line, _RIGHT, width) for line in (first, " ".join(rest)) if line]
