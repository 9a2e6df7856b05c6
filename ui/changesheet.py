"""Sheets of changes: what pasting, replacing or setting would do, shown and confirmed before it is done.

They are opened, not run: nothing waits for them, and what they do is done when they are accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from dmdesk.changes import Change
from dmdesk.kinds import Entity, Field
from dmdesk.types import BadValue
from ui.changelist import ChangeTable, Item
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import LineEditor, editor
from ui.labels import plain
from ui.theme import theme
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.checks import Finding
    from ui.tasks import Task

MOST = 3
"""So many problems are told in full; the others are counted."""

TALL = 130
"""The height of a sheet with many changes, in steps of space."""

_open: set[Sheet] = set()


def over() -> QWidget | None:
    """The window to open a sheet above."""
    return QApplication.activeModalWidget() or QApplication.activeWindow()


def opened(sheet: Sheet) -> None:
    """Open a sheet; it is thrown away when it is closed."""
    _open.add(sheet)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.destroyed.connect(lambda: _open.discard(sheet))
    sheet.finished.connect(lambda _: _open.discard(sheet))
    sheet.open()


class ChangeSheet(Sheet):
    """What a step would do, with remarks above the list, and a button that does it."""

    def __init__(
        self, title: str, words: str, items: Sequence[Item], refused: str, yes: str, accept: Callable[[], object],
        *, tickable: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, words, over())
        self.remarks = [self._line(refused, "error"), self._line("", "warning"), self._line("", "ok")]
        """What does not fit, and which problems would be caused and cured; hidden while there is nothing to say."""
        self.table = ChangeTable(self, tickable=tickable)
        self.table.changes.show_items(list(items))
        self.put(self.table, "Changes")
        self.yes: QPushButton = self.end(yes)
        self.yes.setEnabled(any(not item.why for item in items))
        self.accepted.connect(accept)
        high = 52 + 6.25 * len(items) if items else TALL
        self.resize(theme().space(220), theme().space(min(max(high, 102), TALL)))

    def _line(self, words: str, role: str) -> QLabel:
        line = plain(words, role)
        line.setWordWrap(True)
        line.setVisible(bool(words))
        self.column.addWidget(line)
        return line

    def tell_effect(self, ctx: Context, changes: Sequence[Change]) -> Task:
        """Find out in the background which problems the changes would cause and cure, and say so."""
        data = ctx.data.copy()

        def work(_: object) -> tuple[list[str], list[str]]:
            from dmdesk.checks import effect

            found = effect(data, changes)
            return _told(found.caused), _told(found.cured)

        return ctx.tasks.run("Checking the changes", work, self._tell, quiet=True)

    def _tell(self, found: tuple[list[str], list[str]]) -> None:
        if self not in _open:
            return
        for line, verb, words in zip(self.remarks[1:], ("Causes", "Cures"), found, strict=True):
            if words:
                line.setText(f"{verb} {counted(len(words), 'problem', 'problems')}: {_some(words)}")
                line.show()


def _told(findings: Sequence[Finding]) -> list[str]:
    return [finding.words for finding in findings if finding.level != "note"]


def _some(words: Sequence[str]) -> str:
    return " ".join(words[:MOST]) + (" …" if len(words) > MOST else "")


class SetSheet(Sheet):
    """Asks for the value that a field of several rows is to have."""

    def __init__(
        self,
        ctx: Context,
        field: Field,
        rows: Sequence[Entity],
        words: str,
        accept: Callable[[object], object],
    ) -> None:
        super().__init__(f"Set {field.label}", words, over())
        self.editor = editor(field, ctx, self)
        values = [getattr(row, field.name) for row in rows]
        same = all(value == values[0] for value in values)
        self.editor.set_value(values[0] if same else field.type.empty, "" if same else "several values")
        self.put(self.editor, field.label)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.end("Set")
        self._take = accept
        if type(self.editor) is LineEditor:
            self.editor.done.connect(lambda: self.accept() if self.editor.has_cursor() else None)
        self.editor.given_up.connect(self.reject)
        self.editor.setFocus()

    def accept(self) -> None:
        """Set the value, or say why it does not fit."""
        try:
            value = self.editor.value()
        except BadValue as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        super().accept()
        self._take(value)
