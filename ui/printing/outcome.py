"""Parts of the sheet that prints to PDF: the chapters to choose from, and how far the print is and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.context import Context
from ui.labels import plain
from ui.theme import icon, theme
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report import Printed

NAME = Qt.ItemDataRole.UserRole


class Chapters(QListWidget):
    """The chapters, tables and minutes that can be printed by themselves, each with a box to tick."""

    def __init__(self, data: PlanData) -> None:
        super().__init__()
        from dmdesk.report import chapter_titles

        self.setObjectName("Lines")
        self.setAccessibleName("Chapters and tables")
        for name, title in chapter_titles(data).items():
            item = QListWidgetItem(title)
            item.setData(NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.addItem(item)
        self.setMaximumHeight(theme().row * 8)

    def names(self) -> list[str]:
        """The names of those that are ticked."""
        items = (self.item(at) for at in range(self.count()))
        return [item.data(NAME) for item in items if item.checkState() == Qt.CheckState.Checked]


class Outcome(QWidget):
    """Progress while it prints; then the file, its SHA-256 and what to do with it."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.printed: Printed | None = None
        self.path = Path()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(2))
        self.words = plain("")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        self.after = self._after()
        column.addWidget(self.after)
        self.hide()

    def _after(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(plain("SHA-256", "muted", "small"))
        self.sum = plain("", font="mono")
        self.sum.setWordWrap(True)
        self.sum.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sum.setAccessibleName("SHA-256 of the file")
        column.addWidget(self.sum)
        row = QHBoxLayout()
        for words, picture, run in (
            ("Open it", "external", self.open),
            ("Show in folder", "folder", self.show_in_folder),
            ("Copy the SHA-256", "copy", self.copy),
        ):
            button = QPushButton(words)
            button.setIcon(icon(picture))
            button.setAutoDefault(False)
            button.clicked.connect(run)
            row.addWidget(button)
        row.addStretch(1)
        column.addSpacing(theme().space(1))
        column.addLayout(row)
        made.hide()
        return made

    def begin(self, path: Path) -> None:
        """A print into a file begins."""
        self.path = path
        self.words.setText(f"Printing “{path.name}”…")
        self.bar.setAccessibleName(f"Printing {path.name}")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.show()

    def tell(self, done: int, total: int, words: str) -> None:
        """How far it is."""
        if self.printed is None:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.words.setText(f"{words}…" if words else f"Printing “{self.path.name}”…")

    def end(self, path: Path, printed: Printed) -> None:
        """It is done."""
        self.printed, self.path = printed, path
        pages = counted(printed.pages, "page is", "pages are")
        self.words.setText(f"{pages} printed to “{path}” ({len(printed.pdf) / 1000:,.0f} kB).")
        self.sum.setText(printed.sha256)
        self.bar.hide()
        self.after.show()

    def open(self) -> None:
        """Open the file with the system's program."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.path))):
            self._ctx.ask.tell(
                f"No program was found that opens PDF files; the printed plan is “{self.path}”."
            )

    def show_in_folder(self) -> None:
        """Open the folder that the file is in."""
        folder = self.path.absolute().parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._ctx.ask.tell(f"No program was found that shows folders; the printed plan is in “{folder}”.")

    def copy(self) -> None:
        """Copy the SHA-256."""
        QApplication.clipboard().setText(self.sum.text())
        self._ctx.said.emit("The SHA-256 was copied.")
