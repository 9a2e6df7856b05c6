"""How a step stands in the list: its day at the left, what was done and to what, by whom and when.

The list is long and every line equally high, so a day is written beside its first step, and beside the topmost one in
sight, instead of taking a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from dmdesk import store
from dmdesk.store import Step
from ui.context import Context
from ui.history.model import Line, Steps, removed, sealed
from ui.history.words import item_of, rfc_of
from ui.models.rows import Index
from ui.theme import Theme, icon, theme
from ui.times import local

HIGH = 11.5
"""The height of a line, in steps of space."""

GUTTER = 19
"""The room of the day, in steps of space."""

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class Spot(NamedTuple):
    """Words in a line that lead somewhere when they are clicked."""

    room: QRect
    words: str
    kind: str
    id: str


class StepPainter(QStyledItemDelegate):
    """Draws a step in two lines; the rows it touched are a click away."""

    def __init__(self, ctx: Context, steps: Steps, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._steps = ctx, steps
        self.pointed = QPoint(-1, -1)
        """Where the mouse is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme().space(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, line = theme(), self._steps.line(index.row())
        if line is None:
            return
        painter.save()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.color("bg.hover"))
        elif line.seal is not None:
            painter.fillRect(rect, look.color("bg.chip"))
        if line.begins and index.row():
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), look.color("line"))
        if line.day and (line.begins or rect.top() <= 0):
            self._day(painter, rect, look, line.day)
        if line.step is None:
            self._removed(painter, rect, look, line)
        else:
            first = self._group(painter, rect, look, index.row(), line, line.step.why)
            self._above(painter, _above(rect, look), look, line, line.step, first)
            self._below(painter, option, look, line, line.step)
        painter.restore()

    def _removed(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        """Where the history begins because what was before was removed."""
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), look.color("line.strong"))
        room, side = _above(rect, look), look.icon_size
        icon("history", "text.muted").paint(
            painter, QRect(room.left(), room.center().y() - side // 2 + 1, side, side)
        )
        words = room.adjusted(side + look.space(2.5), 0, 0, 0), _below(rect, look)
        painter.setPen(look.color("text.muted"))
        for at, text, font in zip(words, removed(line), ("ui", "small"), strict=True):
            painter.setFont(look.font(font))
            cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, at.width())
            painter.drawText(at, _LEFT, cut)

    def _day(self, painter: QPainter, rect: QRect, look: Theme, day: str) -> None:
        """The day over the weekday and the year, at the left."""
        try:
            when = date.fromisoformat(day)
            above, below = f"{when.day} {when:%b}", f"{when:%a} {when.year}"
        except ValueError:
            above, below = day, ""
        room = QRect(
            rect.left() + look.space(4), rect.top(), look.space(GUTTER) - look.space(4), rect.height()
        )
        half = room.height() // 2
        painter.setFont(look.font("medium"))
        painter.setPen(look.color("text"))
        painter.drawText(room.adjusted(0, look.space(1), 0, -half + look.space(1)), _LEFT, above)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(room.adjusted(0, half - look.space(0.5), 0, -look.space(1)), _LEFT, below)

    def _group(self, painter: QPainter, rect: QRect, look: Theme, row: int, line: Line, why: str) -> bool:
        """Mark steps that share a reason by a bar beside them; whether this is the first of its run."""
        others = (self._steps.line(row - 1), self._steps.line(row + 1))
        joined = [
            other is not None and other.step is not None and bool(why) and other.step.why == why
            for other in others
        ]
        if any(joined):
            edge = look.space(1)
            bar = rect.adjusted(look.space(GUTTER), 0 if joined[0] else edge, 0, 0 if joined[1] else -edge)
            painter.fillRect(
                QRect(bar.left(), bar.top(), max(edge // 2, 2), bar.height()), look.color("focus")
            )
        return not joined[0]

    def _above(
        self, painter: QPainter, room: QRect, look: Theme, line: Line, step: Step, first: bool
    ) -> None:
        """The sign of the state, what was done and why, and the time."""
        side = look.icon_size
        stands = step.state == store.DONE
        name, role = ("baseline", "text.accent") if line.seal is not None and stands else SIGNS[step.state]
        icon(name, role).paint(painter, QRect(room.left(), room.center().y() - side // 2 + 1, side, side))
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        aside = "  ·  ".join(
            filter(None, (rfc_of(self._ctx.data, step, whole=False), f"{local(step.at):%H:%M}"))
        )
        painter.drawText(room, _RIGHT, aside)
        wide = painter.fontMetrics().horizontalAdvance(aside) + look.space(3)
        words = room.adjusted(side + look.space(2.5), 0, -wide, 0)
        font = look.font("medium" if stands else "ui")
        font.setStrikeOut(not stands)
        painter.setFont(font)
        painter.setPen(look.color("text" if stands else "text.muted"))
        title = painter.fontMetrics().elidedText(
            sealed(line) or step.title, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, _LEFT, title)
        left = words.width() - painter.fontMetrics().horizontalAdvance(title) - look.space(3)
        if step.why and first and left > look.space(12):
            painter.setFont(look.font())
            painter.setPen(look.color("text.muted"))
            why = painter.fontMetrics().elidedText(step.why, Qt.TextElideMode.ElideRight, left)
            painter.drawText(words.adjusted(words.width() - left, 0, 0, 0), _LEFT, why)

    def _below(
        self, painter: QPainter, option: QStyleOptionViewItem, look: Theme, line: Line, step: Step
    ) -> None:
        """Who, what the step touched, and how much it changed; a step that does not stand says so."""
        room = _below(option.rect, look)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(room, _RIGHT, _amount(step))
        painter.drawText(room, _LEFT, self._who(painter.fontMetrics(), room, step))
        for spot in self.spots(option.rect, line):
            at = spot.kind and spot.room.contains(self.pointed)
            font = look.font("small")
            font.setUnderline(bool(at))
            painter.setFont(font)
            painter.setPen(
                look.color("text.link" if spot.kind and step.state == store.DONE else "text.muted")
            )
            painter.drawText(spot.room, _LEFT, spot.words)

    def _who(self, metrics: QFontMetrics, room: QRect, step: Step) -> str:
        return metrics.elidedText(step.who, Qt.TextElideMode.ElideRight, room.width() // 3)

    def spots(self, rect: QRect, line: Line) -> Iterator[Spot]:
        """Where the rows that a step touched are written, as far as there is room."""
        look, step = theme(), line.step
        if step is None:
            return
        room, metrics = _below(rect, look), QFontMetrics(look.font("small"))
        left = room.left() + metrics.horizontalAdvance(self._who(metrics, room, step)) + look.space(3)
        end = room.right() - metrics.horizontalAdvance(_amount(step)) - look.space(3)
        named: dict[tuple[str, str], str] = {}
        for change in self._steps.touched(step):
            named.setdefault((change.kind, change.id), item_of(self._ctx, change))
        for (kind, id), words in named.items():
            least = min(metrics.horizontalAdvance(words), look.space(12))
            if end - left < least:
                return
            cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, end - left)
            wide = metrics.horizontalAdvance(cut)
            there = self._ctx.data.get(kind, id) is not None
            yield Spot(
                QRect(left, room.top(), wide, room.height()), cut, kind if there else "", id if there else ""
            )
            left += wide + look.space(3)

    def spot_at(self, rect: QRect, row: int, point: QPoint) -> Spot | None:
        """What leads somewhere at a point of a line."""
        line = self._steps.line(row)
        found = self.spots(rect, line) if line is not None else iter(())
        return next((spot for spot in found if spot.kind and spot.room.contains(point)), None)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the words of a row goes to it."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            spot = self.spot_at(option.rect, index.row(), event.position().toPoint())
            if spot is not None and event.button() == Qt.MouseButton.LeftButton:
                self._ctx.show(spot.kind, spot.id)
                return True
        return False


SIGNS = {
    store.DONE: ("check", "text.ok"), store.UNDONE: ("undo", "text.warning"),
    store.ABANDONED: ("close", "text.muted"),
}  # fmt: skip


def _amount(step: Step) -> str:
    words = f"{step.size:,} change{'s' if step.size != 1 else ''}" if step.size else ""
    return words if step.state == store.DONE else f"{step.state} · {words}"


def _above(rect: QRect, look: Theme) -> QRect:
    inner = _inner(rect, look)
    return QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)


def _below(rect: QRect, look: Theme) -> QRect:
    inner = _inner(rect, look)
    half = inner.height() // 2
    indent = look.icon_size + look.space(2.5)
    return QRect(inner.left() + indent, inner.top() + half, inner.width() - indent, inner.height() - half)


def _inner(rect: QRect, look: Theme) -> QRect:
    left = look.space(GUTTER) + look.space(2)
    return rect.adjusted(left, look.space(1), -look.space(4), -look.space(1))
