"""The outline of the print: its headings as a tree that stays as it is looked at from one print to the next."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeView

from dmdesk.typeset.navigation import Bookmark
from ui.models.rows import Index
from ui.theme import theme

OPEN_LEVELS = 60
"""Outlines of up to so many entries are shown all open."""
SHORT = 24
"""Titles of more letters have a tip with the whole."""
BELOW = 40
"""Points below a place where a heading counts as in force there."""
_NUMBER = re.compile(r"^(?:\w+ [A-Z]?[\d.]+: |(?:[A-Z]|\d+)(?:\.\d+)* )")

Headings = tuple[Bookmark, ...]


class Tree(QAbstractItemModel):
    """The headings as rows; each index carries the number of its heading in the print."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings: Headings = ()
        self._above: list[int] = []
        self._below: dict[int, list[int]] = {}
        self._rows: list[int] = []

    def renew(self, headings: Headings) -> None:
        """Show other headings."""
        self.beginResetModel()
        self.headings = headings
        self._above, self._rows, self._below = [], [], {-1: []}
        within: list[int] = []
        for number, heading in enumerate(headings):
            del within[heading.level :]
            above = within[-1] if within else -1
            within.append(number)
            self._above.append(above)
            self._rows.append(len(self._below[above]))
            self._below[above].append(number)
            self._below[number] = []
        self.endResetModel()

    def move(self, headings: Headings) -> None:
        """Take the same headings at other places."""
        self.headings = headings
        for numbers in self._below.values():
            if numbers:
                self.dataChanged.emit(self.at(numbers[0]), self.at(numbers[-1]))

    def at(self, number: int) -> QModelIndex:
        """Where a heading is in the tree."""
        return self.createIndex(self._rows[number], 0, number) if number >= 0 else QModelIndex()

    def number(self, index: Index) -> int:
        """Which heading stands somewhere in the tree, -1 for none."""
        return int(index.internalId()) if index.isValid() else -1

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        below = self._below.get(-1 if parent is None else self.number(parent), [])
        return self.at(below[row]) if column == 0 and 0 <= row < len(below) else QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        number = self.number(index)
        return self.at(self._above[number]) if 0 <= number < len(self._above) else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._below.get(-1 if parent is None else self.number(parent), []))

    def columnCount(self, parent: Index | None = None) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = self.number(index)
        if not 0 <= number < len(self.headings):
            return None
        title = self.headings[number].title
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.ToolTipRole and len(title) > SHORT:
            return title.replace("<", "&lt;")
        return QSize(0, theme().row) if role == Qt.ItemDataRole.SizeHintRole else None


class Outline(QTreeView):
    """The headings. ``picked`` tells (page, y) of the one that is wanted."""

    picked = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme().space(3.5))
        self.setAccessibleName("Outline of the print")
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.tree = Tree(self)
        self.setModel(self.tree)
        self.clicked.connect(self._pick)
        self.activated.connect(self._pick)

    def take(self, headings: Headings) -> None:
        """Show these headings; what is open stays open, and the current and the topmost one stay where they are."""
        old = self.tree.headings
        if [one[:2] for one in headings] == [one[:2] for one in old]:
            if headings != old:
                self.tree.move(headings)
            return
        now = found(old, headings)
        opened = [now[one] for one in range(len(old)) if one in now and self.isExpanded(self.tree.at(one))]
        current = self.tree.number(self.currentIndex())
        top = self.indexAt(QPoint(0, 0))
        topmost, cut = self.tree.number(top), self.visualRect(top).top()
        self.tree.renew(headings)
        if not old and len(headings) <= OPEN_LEVELS:
            self.expandAll()
        for number in opened:
            self.setExpanded(self.tree.at(number), True)
        self._stay(_last(now, current), _last(now, topmost), cut)

    def _stay(self, current: int, topmost: int, cut: int) -> None:
        """Make a heading current and let another one be the topmost, so many pixels beyond the edge."""
        if current >= 0:
            self.setAutoScroll(False)
            self.setCurrentIndex(self._shown(current))
            self.setAutoScroll(True)
        if topmost >= 0:
            bar = self.verticalScrollBar()
            self.scrollTo(self._shown(topmost), QTreeView.ScrollHint.PositionAtTop)
            if self.verticalScrollMode() == QTreeView.ScrollMode.ScrollPerPixel:
                bar.setValue(bar.value() - cut)

    def _shown(self, number: int) -> QModelIndex:
        """A heading, or the one above it that hides it."""
        index = found = self.tree.at(number)
        while index.parent().isValid():
            index = index.parent()
            if not self.isExpanded(index):
                found = index
        return found

    def follow(self, page: int, y: float) -> None:
        """Mark the heading that is in force at a place."""
        headings = self.tree.headings
        at = bisect_right(headings, (page, y + BELOW), key=lambda one: (one.page, one.y)) - 1
        if at >= 0 and not self.hasFocus():
            self.setCurrentIndex(self._shown(at))

    def _pick(self, index: Index) -> None:
        number = self.tree.number(index)
        if number >= 0:
            heading = self.tree.headings[number]
            self.picked.emit(heading.page, heading.y)


def found(old: Headings, new: Headings) -> dict[int, int]:
    """Which of the new headings each of the old ones is now, whatever its number; one that is renamed stays itself."""
    was, now = ([(one.level, _NUMBER.sub("", one.title, count=1)) for one in some] for some in (old, new))
    most = min(len(was), len(now))
    head = next((n for n in range(most) if was[n] != now[n]), most)
    tail = next((n for n in range(most - head) if was[-1 - n] != now[-1 - n]), most - head)
    pairs = {n: n for n in range(head)}
    pairs.update({len(was) - 1 - n: len(now) - 1 - n for n in range(tail)})
    between, instead = range(head, len(was) - tail), range(head, len(now) - tail)
    if len(between) == len(instead):
        pairs.update(zip(between, instead, strict=True))
        return pairs
    there: dict[tuple[int, str], list[int]] = {}
    for n in reversed(instead):
        there.setdefault(now[n], []).append(n)
    for n in between:
        if there.get(was[n]):
            pairs[n] = there[was[n]].pop()
    return pairs


def _last(pairs: dict[int, int], number: int) -> int:
    """Where a heading is now, or else the one before it that is still there; -1 for none."""
    return next((pairs[n] for n in range(number, -1, -1) if n in pairs), -1)
