"""Dialogs: every question and notice, in one shape, keyboard first, plain text only.

Views and commands ask through the context, so tests answer for the person and nothing else opens a dialog.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import settings
from ui.labels import plain
from ui.theme import theme


class Sheet(QDialog):
    """A dialog with a heading, words, an optional body and buttons."""

    def __init__(self, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or "dmdesk")
        self.setMinimumWidth(theme().space(110))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme().space(6)] * 4)
        column.setSpacing(theme().space(3))
        if title:
            heading = plain(title, font="title")
            heading.setWordWrap(True)
            heading.setMinimumSize(1, 1)
            column.addWidget(heading)
        self._words = plain(words)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.setVisible(bool(words))
        self._words.setMinimumSize(1, 1)
        column.addWidget(self._words)
        self.column = column
        self._body = False

    def put(self, body: QWidget, name: str) -> None:
        """Add a widget to the body, with a name for screen readers."""
        self._body = True
        body.setAccessibleName(name)
        self.column.addWidget(body, 1)

    def end(self, yes: str, no: str = "Cancel") -> QPushButton:
        """Add the buttons; the result is the one that says yes."""
        buttons = QDialogButtonBox()
        accept = QPushButton(yes)
        accept.setProperty("primary", True)
        accept.setDefault(True)
        buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.no = QPushButton(no)
        if no:
            buttons.addButton(self.no, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addSpacing(theme().space(2))
        self.column.addWidget(buttons)
        return accept

    def ask(self) -> bool:
        """Show the dialog, no higher than its words need; whether it was accepted."""
        if not self._body:
            wide = self.minimumWidth()
            self.resize(wide, self.column.totalHeightForWidth(wide))
        return self.exec() == QDialog.DialogCode.Accepted


def lines(texts: list[str]) -> QListView:
    """A list of texts, drawn only where it is seen."""
    view = QListView()
    view.setObjectName("Lines")
    view.setModel(QStringListModel(texts, view))
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setUniformItemSizes(True)
    view.setMinimumHeight(theme().row * min(max(len(texts), 3), 12))
    if texts:
        view.setCurrentIndex(view.model().index(0, 0))
    return view


class Dialogs:
    """Asks on the screen, above the window in use."""

    def tell(self, sentence: str, title: str = "") -> None:
        """Show a sentence that must be read."""
        sheet = Sheet(title, sentence, _above())
        sheet.end("OK", "")
        sheet.ask()

    def confirm(self, question: str, yes: str, detail: str = "", no: str = "Cancel") -> bool:
        """Whether the person chooses the action named ``yes``."""
        short = "\n" not in detail
        sheet = Sheet(question, detail, _above()) if detail and short else Sheet("", question, _above())
        if not short:
            sheet.put(lines(detail.split("\n")), "Details")
            sheet.resize(theme().space(180), theme().space(110))
        sheet.end(yes, no)
        return sheet.ask()

    def text(self, title: str, label: str, start: str = "") -> str | None:
        """A line of text, or None."""
        sheet = Sheet(title, label, _above())
        field = QLineEdit(start)
        field.selectAll()
        sheet.put(field, label)
        sheet.end("OK")
        return field.text() if sheet.ask() else None

    def choose(self, title: str, label: str, options: list[str], yes: str = "Choose") -> int | None:
        """The place of the chosen option, or None."""
        sheet = Sheet(title, label, _above())
        view = lines(options)
        view.activated.connect(lambda _: sheet.accept())
        sheet.put(view, label or title)
        sheet.end(yes).setEnabled(bool(options))
        sheet.resize(theme().space(150), sheet.sizeHint().height())
        return view.currentIndex().row() if sheet.ask() and options else None

    def open_file(self, title: str, filters: str) -> Path | None:
        """An existing file, or None."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(_above(), title, str(settings.folder()), filters)
        return settings.used(Path(name)) if name else None

    def save_file(self, title: str, start: Path, filters: str) -> Path | None:
        """A file to write, or None."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(_above(), title, str(start), filters)
        return settings.used(Path(name)) if name else None

    def folder(self, title: str) -> Path | None:
        """A folder, or None."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(_above(), title, str(settings.folder()))
        return settings.used(Path(name)) if name else None


def _above() -> QWidget | None:
    return QApplication.activeModalWidget() or QApplication.activeWindow()
