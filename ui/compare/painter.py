"""How the lines of a comparison are drawn: numbers in columns, items with what became of them, fields old and new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from dmdesk.comparing import CHANGED, Item, words
from dmdesk.comparing.items import ADDED, DROPPED, MOVED, PLACED, RENUMBERED
from dmdesk.kinds import kinds
from ui.compare.lines import COUNT, FIELD, GROUP, HEADS, ITEM, REST, Line, pair
from ui.compare.marked import Marked
from ui.compare.model import NUMBERS, Changes
from ui.models.derived import icon_name
from ui.theme import Theme, icon, theme

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine
CHIPS = {ADDED: ("text.ok", "bg.ok"), DROPPED: ("text.error", "bg.error")}
"""Ink and ground of the chip that says what became of an item; of changed ones those of chips."""

EDGE, STEP, LABEL, NAME, NUMBER = 4.5, 5, 34, 48, 20
"""Steps of space: before a line, for each level, for the label of a field, for the kind that numbers are of, for a
column of them."""


class Painter(QStyledItemDelegate):
    """Draws the lines; ``beside`` puts old and new into two columns.

    Qt asks for the heights of all lines between those in sight and the current one. Those out of reach are guessed, and
    known to be, since laying out thousands of texts for nothing would take seconds.
    """

    def __init__(self, view: QTreeView, model: Changes, in_reach: Callable[[int], bool]) -> None:
        super().__init__(view)
        self._view, self._model, self._in_reach = view, model, in_reach
        self.beside = False
        self._laid: dict[tuple[int, int], tuple[Line, list[Marked]]] = {}
        self._guessed: set[int] = set()

    def forget(self) -> None:
        """Lay out everything anew: other lines, another width or theme."""
        self._laid.clear()
        self._guessed.clear()

    def guessed(self, first: int, last: int) -> bool:
        """Whether the height of any of these lines was guessed."""
        return not self._guessed.isdisjoint(range(first, last))

    def settle(self) -> None:
        """Heights are asked for anew."""
        self._guessed.clear()

    # -- sizes

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.row() >= len(self._model.lines):
            return QSize(100, 0)
        line, look = self._model.lines[index.row()], theme()
        if line.sort == FIELD and not self._in_reach(index.row()):
            self._guessed.add(index.row())
            high = look.space(6)
        elif line.sort == FIELD:
            high = max(text.height for text in self._texts(line)) + look.space(1.5)
        elif line.sort == GROUP:
            high = look.space(10)
        elif line.sort == ITEM:
            high = look.space(8)
        else:
            high = look.space(6)
        return QSize(100, high)

    def _texts(self, line: Line) -> list[Marked]:
        """The texts of a field, laid out: one, or the old and the new one."""
        room = self._room(line)
        key = (id(line), room.width())
        held = self._laid.get(key)
        if held is None or held[0] is not line:
            told = self._model.told
            assert told is not None
            assert line.item is not None
            found = pair(told.comparison, line)
            gone = line.item.op == DROPPED
            ink = "text.muted" if gone else "text"
            wide = room.width()
            if self.beside:
                half = wide // 2 - theme().space(2)
                made = [Marked(found.old, half, ink, struck=gone), Marked(found.new, half, ink)]
            else:
                made = [Marked(found.inline, wide, ink, struck=gone)]
            held = self._laid[key] = (line, made)
        return held[1]

    def _room(self, line: Line) -> QRect:
        """Where the values of a field stand, in its line."""
        look = theme()
        left = look.space(EDGE + STEP * line.depth) + look.space(LABEL)
        return QRect(left, 0, self._view.viewport().width() - left - look.space(5), 0)

    def name_rect(self, line: Line, rect: QRect) -> QRect:
        """Where the name of an item stands in its line, to be clicked on."""
        look = theme()
        left = rect.left() + look.space(EDGE + STEP * line.depth) + look.icon_size + look.space(2)
        wide = QFontMetrics(look.font("strong"), self._view).horizontalAdvance(line.label) + look.space(1)
        return QRect(left, rect.top(), min(wide, rect.width() * 3 // 5), rect.height())

    # -- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.row() >= len(self._model.lines):
            return
        line, look, rect = self._model.lines[index.row()], theme(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.color("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver and line.sort not in (HEADS, GROUP, REST):
            painter.fillRect(rect, look.color("bg.hover"))
        {
            HEADS: self._numbers, COUNT: self._numbers, GROUP: self._group, ITEM: self._item, FIELD: self._field,
            REST: self._rest,
        }[line.sort](painter, rect, look, line)  # fmt: skip
        painter.restore()

    def _numbers(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        heads = line.sort == HEADS
        left, wide = rect.left() + look.space(EDGE), look.space(NUMBER)
        name = look.space(NAME)
        painter.setFont(look.font("small" if heads else "medium" if line.kind else "strong"))
        painter.setPen(look.color("text.muted" if heads else "text"))
        label = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, name)
        painter.drawText(QRect(left, rect.top(), name, rect.height()), _LEFT, label)
        cells = NUMBERS if heads else tuple(f"{number:,}" if number else "–" for number in line.numbers)
        painter.setFont(look.font("small" if heads else "ui" if line.kind else "strong"))
        for at, words_ in enumerate(cells):
            painter.setPen(look.color("text.muted" if heads or words_ == "–" else "text"))
            painter.drawText(QRect(left + name + at * wide, rect.top(), wide, rect.height()), _RIGHT, words_)
        painter.fillRect(QRect(left, rect.bottom(), name + 6 * wide, 1), look.color("line"))

    def _group(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        inner = rect.adjusted(look.space(EDGE), 0, -look.space(4), -look.space(1))
        low = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.font("heading"))
        painter.setPen(look.color("text.muted"))
        part = line.label.upper()
        painter.drawText(inner, low, part)
        used = painter.fontMetrics().horizontalAdvance(part) + look.space(2)
        painter.setFont(look.font("strong"))
        painter.setPen(look.color("text"))
        painter.drawText(inner.adjusted(used, 0, 0, 0), low, kinds()[line.kind].plural)
        painter.fillRect(QRect(inner.left(), rect.bottom(), inner.width(), 1), look.color("line.strong"))

    def _item(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        item = line.item
        assert item is not None
        side, left = look.icon_size, rect.left() + look.space(EDGE + STEP * line.depth)
        gone = item.op == DROPPED
        picture = icon(icon_name(item.row, item.kind), "text.disabled" if gone else "icon")
        picture.paint(painter, QRect(left, rect.center().y() - side // 2 + 1, side, side))
        aside = self._aside(painter, rect, look, item)
        room = self.name_rect(line, rect)
        font = look.font("strong")
        font.setStrikeOut(gone)
        painter.setFont(font)
        painter.setPen(look.color("text.muted" if gone else "text.link" if item.op != "kept" else "text"))
        name = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, name)
        after = room.left() + painter.fontMetrics().horizontalAdvance(name) + look.space(2.5)
        self._chips(painter, QRect(after, rect.top(), aside - after, rect.height()), look, item)

    def _aside(self, painter: QPainter, rect: QRect, look: Theme, item: Item) -> int:
        """Who changed the item last, when and under which change request, at the right; where it begins."""
        told, right = self._model.told, rect.right() - look.space(5)
        if not item.steps or told is None:
            return right
        from dmdesk.record.entries import made

        last = made(told.comparison.new, item.steps[0])
        remark = "   ·   ".join(filter(None, (last.who, last.day, last.rfc))) if last is not None else ""
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(QRect(rect.left(), rect.top(), right - rect.left(), rect.height()), _RIGHT, remark)
        return right - painter.fontMetrics().horizontalAdvance(remark) - look.space(3)

    def _chips(self, painter: QPainter, room: QRect, look: Theme, item: Item) -> None:
        """What became of the item, a chip for each: renumbered, moved, changed."""
        left = room.left()
        for word in filter(None, words.what(item).split(", ")):
            ink, ground = CHIPS.get(item.op, ("text.chip", "bg.chip"))
            painter.setFont(look.font("small"))
            wide = painter.fontMetrics().horizontalAdvance(word) + look.space(4)
            if left + wide > room.right():
                return
            high = painter.fontMetrics().height() + look.space(0.5)
            box = QRect(left, room.center().y() - high // 2 + 1, wide, high)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(ground))
            painter.drawRoundedRect(box, high / 2, high / 2)
            painter.setPen(look.color(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
            left += wide + look.space(1.5)

    def _field(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        room = self._room(line)
        top = rect.top() + look.space(0.75)
        label = QRect(
            rect.left() + room.left() - look.space(LABEL),
            top,
            look.space(LABEL - 2),
            painter.fontMetrics().height(),
        )
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        label = self._how(painter, label, look, line)
        name = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, _LEFT, name)
        left = rect.left() + room.left()
        for at, text in enumerate(self._texts(line)):
            text.draw(painter, left + at * (room.width() // 2), top)
        if self.beside:
            middle = left + room.width() // 2 - look.space(1.5)
            painter.fillRect(QRect(middle, rect.top(), 1, rect.height()), look.color("line"))

    def _how(self, painter: QPainter, label: QRect, look: Theme, line: Line) -> QRect:
        """A sign before the label of a place: the item stands elsewhere, or has another code."""
        edit, item = line.edit, line.item
        if edit is None or item is None or item.op != CHANGED or not line.label:
            return label
        name = {MOVED: "outdent", PLACED: "sort", RENUMBERED: "tag"}.get(edit.how, "")
        if not name:
            return label
        side = look.space(3.25)
        icon(name, "text.muted").paint(
            painter, QRect(label.left(), label.top() + (label.height() - side) // 2, side, side)
        )
        return label.adjusted(side + look.space(1), 0, 0, 0)

    def _rest(self, painter: QPainter, rect: QRect, look: Theme, line: Line) -> None:
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(rect.adjusted(self._room(line).left(), 0, 0, 0), _LEFT, line.label)
