"""What a step changed, as a list to read: each row, and below it its fields, old and new marked in one sentence.

Lines are as high as their words need; they are measured when they come into sight or the room becomes another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dmdesk.changes import ADD, DROP, Change
from dmdesk.store import DONE
from ui.context import Context
from ui.history.words import ASIDE, NEW, OLD, STEP, Part, Run, parts
from ui.models.derived import kind_icon
from ui.models.rows import Index
from ui.theme import Theme, icon, theme
from ui.words import SIGNS

NO_INDEX = QModelIndex()

LABEL = 30
"""The room of a field's name, in steps of space; less where the list is narrow."""

NARROW = 100
"""Below this width, in steps of space, names of fields stand above their values."""

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine

_SPOKEN = {OLD: "old: ", NEW: "new: "}


class Changed(QAbstractListModel):
    """The lines about what a step changed."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.parts: list[Part] = []

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show these changes."""
        self.show_parts(parts(self._ctx, changes))

    def show_parts(self, told: list[Part]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.parts = told
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.parts):
            return None
        part = self.parts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(part)
        return part if role == Qt.ItemDataRole.UserRole else None


def plain(part: Part) -> str:
    """A line as words alone: “Name: Header Generator → Header Maker”."""
    words = "".join(run.text for run in part.runs)
    if part.op == STEP or not part.label:
        return ", ".join(filter(None, (words, part.label)))
    return f"{part.label} “{words}” {SIGNS[part.op]}" if part.op else f"{part.label}: {words}"


def spoken(part: Part) -> str:
    """A line for who cannot see what is struck out."""
    if part.op or not part.label:
        return plain(part)
    return f"{part.label}: {' '.join(_SPOKEN.get(run.what, '') + run.text for run in part.runs)}"


class _Painter(QStyledItemDelegate):
    """Draws a line: of a row its kind, title and what became of it, of a field its name and the marked words."""

    def __init__(self, view: ChangeLines) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look, part = theme(), index.data(Qt.ItemDataRole.UserRole)
        wide = max(self._view.viewport().width(), look.space(40))
        if part is not None and part.op == STEP:
            return QSize(look.space(40), look.space(13 if index.row() else 11))
        if part is None or part.op:
            return QSize(look.space(40), look.space(9.5 if index.row() else 8))
        high = (
            self.laid_out(part, self.room(QRect(0, 0, wide, 10), look, part.label).width())
            .boundingRect()
            .height()
        )
        above = look.space(5) if wide < look.space(NARROW) and part.label else 0
        return QSize(look.space(40), int(high) + above + look.space(2))

    def room(self, rect: QRect, look: Theme, label: str = "?") -> QRect:
        """Where the words of a field stand in its line."""
        left = look.space(4) + self._view.indent
        if self._view.viewport().width() < look.space(NARROW):
            return rect.adjusted(left, look.space(5) if label else 0, -look.space(4), 0)
        return rect.adjusted(left + look.space(LABEL), look.space(0.75), -look.space(4), 0)

    def laid_out(self, part: Part, wide: int, pointed: Run | None = None) -> QTextLayout:
        """The marked words, broken into lines."""
        look = theme()
        layout = QTextLayout("".join(run.text.replace("\n", "\u2028") for run in part.runs), look.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(list(_formats(part, look, pointed)))
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(wide, 1))
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        return layout

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, part, rect = theme(), index.data(Qt.ItemDataRole.UserRole), option.rect
        if part is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("bg.selected"))
            painter.drawRoundedRect(rect.adjusted(look.space(2), 0, -look.space(2), -1), 4, 4)
        pointed = self.run_at(part, rect, self._view.pointed) if rect.contains(self._view.pointed) else None
        if part.op == STEP:
            self._step(painter, rect, look, part)
        elif part.op:
            self._head(painter, rect, look, part, pointed)
        else:
            self._field(painter, rect, look, part, pointed)
        painter.restore()

    def _step(self, painter: QPainter, rect: QRect, look: Theme, part: Part) -> None:
        """What was done, over who did it and when."""
        stands = part.step is None or part.step.state == DONE
        half = look.space(5)
        room = QRect(
            rect.left() + look.space(4), rect.bottom() - 2 * half, rect.width() - look.space(8), half
        )
        font = look.font("medium" if stands else "ui")
        font.setStrikeOut(not stands)
        for at, words, face, role in (
            (room, part.runs[0].text, font, "text" if stands else "text.muted"),
            (room.translated(0, half), part.label, look.font("small"), "text.muted"),
        ):
            painter.setFont(face)
            painter.setPen(look.color(role))
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, _LEFT, cut)

    def _head(self, painter: QPainter, rect: QRect, look: Theme, part: Part, pointed: Run | None) -> None:
        room, side = _head_room(rect, look), look.icon_size
        icon(kind_icon(part.change.kind)).paint(
            painter, QRect(room.left() - side - look.space(2), room.center().y() - side // 2, side, side)
        )
        painter.setFont(look.font("small"))
        role = {ADD: "text.ok", DROP: "text.error"}.get(part.op, "text.muted")
        painter.setPen(look.color(role))
        aside = f"{part.label} {SIGNS[part.op]}"
        painter.drawText(room, _RIGHT, aside)
        wide = room.width() - painter.fontMetrics().horizontalAdvance(aside) - look.space(3)
        run, font = part.runs[0], look.font("medium")
        font.setUnderline(pointed is not None)
        font.setStrikeOut(part.op == DROP)
        painter.setFont(font)
        painter.setPen(look.color("text.link" if run.kind else "text"))
        painter.drawText(
            room, _LEFT, painter.fontMetrics().elidedText(run.text, Qt.TextElideMode.ElideRight, wide)
        )

    def _field(self, painter: QPainter, rect: QRect, look: Theme, part: Part, pointed: Run | None) -> None:
        room = self.room(rect, look, part.label)
        left = look.space(4) + self._view.indent
        name = QRect(rect.left() + left, rect.top(), look.space(LABEL) - look.space(2), look.space(5.5))
        if room.left() == name.left():
            name.setWidth(room.width())
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(
            name,
            _LEFT,
            painter.fontMetrics().elidedText(part.label, Qt.TextElideMode.ElideRight, name.width()),
        )
        painter.setPen(look.color("text"))
        self.laid_out(part, room.width(), pointed).draw(painter, QPointF(room.topLeft()))

    def run_at(self, part: Part, rect: QRect, point: Any) -> Run | None:
        """The words at a point that lead to a row."""
        look = theme()
        if part.op and part.op != STEP:
            return part.runs[0] if part.runs[0].kind and _head_room(rect, look).contains(point) else None
        if part.op == STEP:
            return None
        room = self.room(rect, look, part.label)
        layout = self.laid_out(part, room.width())
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if line.naturalTextRect().contains(QPointF(point - room.topLeft())):
                cursor = int(line.xToCursor(point.x() - room.left()))
                return next(
                    (run for run, start, end in _placed(part) if run.kind and start <= cursor < end), None
                )
        return None


def _head_room(rect: QRect, look: Theme) -> QRect:
    high = look.space(8)
    left = look.space(4) + look.icon_size + look.space(2)
    return QRect(rect.left() + left, rect.bottom() + 1 - high, rect.width() - left - look.space(4), high)


def _placed(part: Part) -> Iterator[tuple[Run, int, int]]:
    at = 0
    for run in part.runs:
        yield run, at, at + len(run.text)
        at += len(run.text)


def _formats(part: Part, look: Theme, pointed: Run | None) -> Iterator[QTextLayout.FormatRange]:
    """What went is struck out, what came underlined, each on a ground of its own; links are told by their colour."""
    grounds = {OLD: ("text.error", "bg.error"), NEW: ("text.ok", "bg.ok")}
    for run, start, end in _placed(part):
        form = QTextCharFormat()
        if run.what in grounds:
            ink, ground = grounds[run.what]
            form.setForeground(look.color(ink))
            form.setBackground(look.color(ground))
            form.setFontStrikeOut(run.what == OLD)
        elif run.what == ASIDE:
            form.setForeground(look.color("text.muted"))
        elif run.kind:
            form.setForeground(look.color("text.link"))
        form.setFontUnderline(run is pointed or run.what == NEW)
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, end - start, form
        yield made


class ChangeLines(QListView):
    """The list. A click on a title or Enter goes to the row; ``picked`` gives its kind and id."""

    picked = Signal(str, str)

    def __init__(self, ctx: Context, parent: QWidget | None = None, *, of_steps: bool = False) -> None:
        super().__init__(parent)
        self.indent = 0 if of_steps else theme().icon_size + theme().space(2)
        """Pixels by which fields stand in: below the title of their row, or below that of the step."""
        self.changes = Changed(ctx, self)
        self.pointed = self.rect().topLeft()
        self._painter = _Painter(self)
        self.setModel(self.changes)
        self.setItemDelegate(self._painter)
        self.setObjectName("RowLines")
        self.setAccessibleName("What the step changed")
        self.setMouseTracking(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(60)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Show what these changes did, the first line current."""
        self.changes.show_changes(changes)
        self._begin()

    def show_parts(self, told: list[Part]) -> None:
        """Show these lines, the first one current; nothing happens where they are shown already."""
        if told != self.changes.parts:
            self.changes.show_parts(told)
            self._begin()

    def _begin(self) -> None:
        if self.changes.parts:
            self.setCurrentIndex(self.changes.index(0))
        self.scrollToTop()

    @property
    def part(self) -> Part | None:
        """The current line."""
        part = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return part if isinstance(part, Part) else None

    def run_at(self, point: Any) -> Run | None:
        """The words at a point of the list that lead to a row."""
        index = self.indexAt(point)
        part = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return self._painter.run_at(part, self.visualRect(index), point) if part is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.pointed = event.position().toPoint()
        over = self.run_at(self.pointed)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor
        )
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed = self.rect().topLeft() - self.rect().bottomRight()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        run = self.run_at(event.position().toPoint())
        if run is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(run.kind, run.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        part = self.part
        if part is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(part.change.kind, part.change.id)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
