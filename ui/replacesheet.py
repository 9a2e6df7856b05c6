"""The sheet that finds words in a column and replaces them, with every change shown while one types.

Nothing is written before the button is pressed; rows that should stay as they are lose their tick.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.checks.naming import named
from dmdesk.errors import PlanError
from dmdesk.exchange import replace
from dmdesk.kinds import Entity, Field, kind_of
from ui.changelist import ChangeTable, items
from ui.changesheet import over
from ui.clipboard import link_name
from ui.context import Context
from ui.dialogs import Sheet
from ui.labels import plain
from ui.theme import theme
from ui.views.summaries import counted

PAUSE = 80
"""Milliseconds of quiet after a key until the changes are shown."""

_WAYS = {
    replace.ANYWHERE: "Anywhere",
    replace.WORDS: "Whole words",
    replace.WHOLE: "Whole cell",
    replace.PATTERN: "Regular expression",
}


class ReplaceSheet(Sheet):
    """Find and replace in one column of some rows."""

    def __init__(
        self, ctx: Context, rows: Sequence[Entity], fields: Sequence[Field], first: str,
        accept: Callable[[Field, list[Change]], object],
    ) -> None:  # fmt: skip
        of = counted(len(rows), kind_of(rows[0]).label, kind_of(rows[0]).plural)
        super().__init__("Find and replace", f"In {of}.", over())
        self._ctx, self._rows, self._fields, self._take = ctx, rows, fields, accept
        self.changes: list[Change] = []
        self.column_box, self.way = QComboBox(), QComboBox()
        for field in fields:
            self.column_box.addItem(field.label, field.name)
        self.column_box.setCurrentIndex(max(self.column_box.findData(first), 0))
        for way, label in _WAYS.items():
            self.way.addItem(label, way)
        self.words, self.other, self.case = QLineEdit(), QLineEdit(), QCheckBox("Match case")
        self._arrange()
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.table = ChangeTable(self, tickable=True)
        self.table.setColumnHidden(1, True)  # it is the same field in all of them
        self.put(self.table, "Changes")
        self.yes = self.end("Replace")
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.look)
        self._connect()
        self.look()
        self.words.setFocus()
        self.resize(theme().space(190), theme().space(150))

    def _arrange(self) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().space(3))
        grid.setVerticalSpacing(theme().space(2))
        lines: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("Column", self.column_box, None), ("Find", self.words, self.way), ("Replace with", self.other, self.case)
        )  # fmt: skip
        for at, (name, widget, more) in enumerate(lines):
            label = plain(name)
            label.setBuddy(widget)
            widget.setAccessibleName(name)
            grid.addWidget(label, at, 0)
            grid.addWidget(widget, at, 1)
            if more is not None:
                grid.addWidget(more, at, 2)
        self.way.setAccessibleName("How words are looked for")
        grid.setColumnStretch(1, 1)
        self.column.addWidget(body)

    def _connect(self) -> None:
        for line in (self.words, self.other):
            line.textChanged.connect(self._soon.start)
        self.case.toggled.connect(self.look)
        self.way.currentIndexChanged.connect(self.look)
        self.column_box.currentIndexChanged.connect(self.look)
        self.table.changes.tickings.connect(self._count)

    @property
    def field(self) -> Field:
        """The field in which words are looked for."""
        return self._fields[self.column_box.currentIndex()]

    def look(self, *_: object) -> None:
        """Find the words, and show what would become of them."""
        self._soon.stop()
        field, wrong = self.field, ""
        self.changes = []
        if self.words.text():
            try:
                find = replace.finder(
                    self.words.text(), self.other.text(), self.way.currentData(), self.case.isChecked()
                )
                self.changes = replace.replaced(self._rows, field, find, self._name, self._link)
            except PlanError as error:
                wrong = str(error)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        data = self._ctx.data
        shown = [
            item for item in items(data, data, self.changes) if item.field == field.label
        ]  # also-known-as goes along unseen
        self.table.changes.show_items(shown)

    def _name(self, link: str) -> str:
        return link_name(self._ctx.data, self.field, link)

    def _link(self, words: str) -> str:
        words = t.one_line(words)
        row = named(self._ctx.data, self.field.target, words) if words else None
        return row.id if row is not None else t.UNRESOLVED + words if words else ""

    def _count(self) -> None:
        number = sum(self.table.changes.ticked)
        self.yes.setText(f"Replace in {counted(number, 'row', 'rows')}" if number else "Replace")
        self.yes.setEnabled(bool(number))

    def accept(self) -> None:
        """Make the ticked changes."""
        self.look() if self._soon.isActive() else None
        wanted = [change for change, on in zip(self.changes, self.table.changes.ticked, strict=True) if on]
        if wanted:
            super().accept()
            self._take(self.field, wanted)
