"""The lines of a comparison as a Qt model: a flat list of those that fit, remade at once for every letter typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QWidget

from dmdesk.comparing import words
from dmdesk.kinds import kinds
from ui.compare.lines import COUNT, FIELD, GROUP, HEADS, ITEM, Line, Told, Wanted
from ui.words import tip

Index = QModelIndex | QPersistentModelIndex
NUMBERS = ("Added", "Changed", "Moved", "Renumbered", "Dropped", "Fields")
"""What the numbers count; those moved and renumbered are among the changed, fields are theirs."""


class Changes(QStringListModel):
    """The lines of a comparison that fit what is wanted.

    Qt asks for the number of rows with every one of them, so it counts them itself, in a list of as many empty words.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told: Told | None = None
        self.wanted = Wanted()
        self.lines: list[Line] = []

    def show(self, told: Told | None) -> None:
        """Show another comparison."""
        self.told = told
        self._renew()

    def want(self, wanted: Wanted) -> None:
        """Show the lines that fit."""
        if wanted != self.wanted:
            self.wanted = wanted
            self._renew()

    def _renew(self) -> None:
        self._put(self.told.wanted(self.wanted) if self.told is not None else [])

    def _put(self, lines: list[Line]) -> None:
        self.lines = lines
        self.setStringList([""] * len(lines))

    def keep(self, fits: Callable[[Line], bool]) -> None:
        """Leave out the lines that do not fit, until others are shown."""
        self._put([line for line in self.lines if fits(line)])

    def place(self, kind: str, id: str, field: str = "") -> int:
        """The place of an item, or of one of its fields; -1 when it is not shown."""
        found = -1
        for at, line in enumerate(self.lines):
            item = line.item
            if item is None or (item.kind, item.id) != (kind, id):
                continue
            if line.sort == ITEM:
                found = at
            if line.edit is not None and line.edit.field == field:
                return at
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.made(line), lines=True) or None
        return None

    def spoken(self, line: Line) -> str:
        """A line in words alone."""
        if line.sort == HEADS:
            return "Numbers"
        if line.sort == COUNT:
            told = [
                f"{number:,} {name.lower()}"
                for number, name in zip(line.numbers, NUMBERS, strict=True)
                if number
            ]
            return f"{line.label}: {', '.join(told)}"
        if line.sort == GROUP:
            return f"{line.label}: {kinds()[line.kind].plural}"
        item, edit = line.item, line.edit
        if line.sort == ITEM and item is not None:
            became = words.what(item)
            return f"{kinds()[item.kind].label} {line.label}{f', {became}' if became else ''}"
        if line.sort != FIELD or item is None or edit is None or self.told is None:
            return line.label
        old, new = words.told(self.told.comparison, item, edit)
        return f"{line.label or words.label(item, edit)}: was {old or 'empty'}, is {new or 'empty'}"

    def made(self, line: Line) -> str:
        """Who made an item or field what it is, when and why, in a sentence or two."""
        item, edit = line.item, line.edit
        step = edit.made if edit is not None else item.steps[0] if item is not None and item.steps else None
        if step is None or self.told is None:
            return ""
        from dmdesk.record.entries import made

        told = made(self.told.comparison.new, step)
        return f"{step.title}\n{told.words}" if told is not None else ""
