"""The library: the scales of the plan and the ready ones, with what can be done with each as a whole."""

from __future__ import annotations

import html
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from dmdesk.model import RiskScale
from dmdesk.reading import PlanData
from dmdesk.risks.ready import READY
from dmdesk.risks.scale import Scale, scale_of
from ui.labels import plain
from ui.theme import icon, theme


class Entry(NamedTuple):
    """A scale in the list: of the plan by its id, or ready-made by its key."""

    id: str
    key: str

    def scale(self, data: PlanData) -> Scale:
        """The scale."""
        return scale_of(data, self.id) if self.id else READY[self.key]

    def used(self, data: PlanData) -> bool:
        """Whether the plan judges by it."""
        now = scale_of(data)
        return now.id == self.id and (bool(self.id) or now.key == self.key)


def own(data: PlanData) -> list[Entry]:
    """The scales of the plan, by name."""
    rows = [row for row in data.rows("scale").values() if isinstance(row, RiskScale)]
    return [Entry(row.id, row.key) for row in sorted(rows, key=lambda row: (row.name.casefold(), row.key))]


def ready(data: PlanData) -> list[Entry]:
    """The ready scales that the plan does not hold just so."""
    held = [entry.scale(data) for entry in own(data)]
    return [Entry("", key) for key, scale in READY.items() if scale not in held]


class Library(QWidget):
    """The list. ``picked`` tells which scale is to be shown; the buttons are for whoever arranges the page."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4.5), look.space(2), look.space(1), look.space(2.5))
        column.setSpacing(look.space(1.5))
        self.list = QListWidget()
        self.list.setObjectName("Lines")
        self.list.setAccessibleName("Scales")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(look.space(3.5), look.space(3.5)))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(lambda now, _: self._moved(now))
        column.addWidget(self.list, 1)
        self.use, self.copy, self.delete = (
            QPushButton("Use this…"),
            QPushButton("Copy to edit"),
            QPushButton("Delete…"),
        )
        self.remedy = QPushButton("Copy into the plan")
        """Stands in for the copy button while the plan has no scale of its own."""
        buttons = (
            (self.use, "check"),
            (self.copy, "duplicate"),
            (self.remedy, "duplicate"),
            (self.delete, "delete"),
        )
        for button, sign in buttons:
            button.setIcon(icon(sign))
            column.addWidget(button)
        self.note = plain("", "muted", "small")
        self.note.setWordWrap(True)
        column.addWidget(self.note)
        self.setFocusProxy(self.list)

    def show_scales(self, data: PlanData, wanted: Entry | None) -> None:
        """List the scales, with one as the current one; that in use where it is gone."""
        blocked = QSignalBlocker(self.list)
        self.list.clear()
        for heading, entries in (("In this plan", own(data)), ("Ready to use", ready(data))):
            if entries:
                self._heading(heading)
            for entry in entries:
                self._entry(data, entry)
        del blocked
        none = not own(data)
        self.remedy.setVisible(none)
        self.copy.setVisible(not none)
        entries = self.entries()
        used = next((entry for entry in entries if entry.used(data)), entries[0] if entries else None)
        self.choose(wanted if wanted in entries else used)

    def _heading(self, words: str) -> None:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme().font("heading"))
        self.list.addItem(item)

    def _entry(self, data: PlanData, entry: Entry) -> None:
        scale, used = entry.scale(data), entry.used(data)
        item = QListWidgetItem(scale.name or scale.key)
        item.setData(Qt.ItemDataRole.UserRole, entry)
        item.setFont(theme().font("strong" if used else "ui"))
        if used:
            item.setIcon(icon("check", "text.ok"))
        words = f"{scale.name}, {'a scale of this plan' if entry.id else 'ready to use'}"
        words += ", the plan uses it" if used else ""
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setToolTip(f"<p>{html.escape(words)}</p>")
        self.list.addItem(item)

    def entries(self) -> list[Entry]:
        """All that are listed."""
        found = (self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count()))
        return [entry for entry in found if entry is not None]

    def current(self) -> Entry | None:
        """The current one."""
        chosen = self.list.selectedItems()
        found = chosen[0].data(Qt.ItemDataRole.UserRole) if chosen else None
        return found if isinstance(found, Entry) else None

    def choose(self, wanted: Entry | None) -> None:
        """Make one the current one without telling."""
        blocked = QSignalBlocker(self.list)
        for at in range(self.list.count()):
            if wanted is not None and self.list.item(at).data(Qt.ItemDataRole.UserRole) == wanted:
                self.list.setCurrentRow(at)
        del blocked

    def _moved(self, now: QListWidgetItem | None) -> None:
        entry = self.current()
        if entry is not None:
            self.picked.emit(entry)
