"""The tools above the pages: which page, how large, and the panel beside."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from ui.labels import plain
from ui.printview.view import FIT_PAGE, FIT_WIDTH, STEP, PageView
from ui.theme import icon, theme

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 4.0)
FITS = {"Fit width": FIT_WIDTH, "Whole page": FIT_PAGE}


class PageBox(QWidget):
    """The number of the page in sight, as it is printed on it; another one goes there."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(1.5))
        self.field = QLineEdit()
        self.field.setFixedWidth(theme().space(13))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName("Page")
        self.field.setToolTip("Go to a page")
        self.field.returnPressed.connect(self._go)
        self.field.editingFinished.connect(self.renew)
        self.of = plain("", "muted")
        row.addWidget(self.field)
        row.addWidget(self.of)

    def renew(self) -> None:
        """Show the page in sight."""
        edition = self._view.edition
        if edition is None:
            return
        page, count = self._view.page, len(edition.pdf.sizes)
        label = edition.pdf.labels[page] if page < count else ""
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(label)
            self.field.setModified(False)
        plainly = label == str(page + 1)
        self.of.setText(f"of {count:,}" if plainly else f"({page + 1:,} of {count:,})")
        self._view.setAccessibleDescription(f"Page {label}, {page + 1} of {count}")

    def _go(self) -> None:
        edition, words = self._view.edition, self.field.text().strip()
        self.field.setModified(False)
        if edition is None:
            return
        labels = edition.pdf.labels
        if words in labels:
            self._view.go(labels.index(words))
        elif words.isdecimal() and words.isascii() and len(words) < 9:
            self._view.go(max(0, min(int(words), len(labels)) - 1))
        self._view.setFocus()


class ZoomBox(QComboBox):
    """The zoom in percent; one may be typed or chosen."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # type: ignore[arg-type]
        self.addItems([*FITS, *(f"{zoom:.0%}" for zoom in ZOOMS)])
        self.setAccessibleName("Zoom")
        self.setToolTip("Zoom (Ctrl+wheel, + and -)")
        self.setFixedWidth(theme().space(30))
        self.activated.connect(self._chosen)
        field = self.lineEdit()
        assert field is not None
        field.returnPressed.connect(self._typed)
        self.renew()

    def renew(self) -> None:
        """Show the zoom as it is."""
        self.setEditText(f"{self._view.zoom:.0%}")

    def _chosen(self, at: int) -> None:
        name = self.itemText(at)
        if name in FITS:
            self._view.set_fit(FITS[name])
        else:
            self._typed(name)
        self.renew()
        field = self.lineEdit()
        if field is not None and field.hasFocus():  # it is also called when the keyboard leaves the box
            self._view.setFocus()

    def _typed(self, words: str = "") -> None:
        found = re.match(r"\s*(\d{1,4})(?:[.,]\d*)?\s*%?\s*$", words or self.currentText())
        if found and int(found[1]):
            self._view.set_zoom(int(found[1]) / 100)
        self.renew()


class Tools(QWidget):
    """The row of tools. ``beside`` tells that the panel is to be shown or hidden."""

    beside = Signal(bool)

    def __init__(self, view: PageView, side: bool) -> None:
        super().__init__()
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.space(4), 0, look.space(4), look.space(2))
        row.setSpacing(look.space(1))
        self.side = tool("list", "Outline and pages beside", self._beside)
        self.side.setCheckable(True)
        self.side.setChecked(side)
        self.page = PageBox(view)
        self.zoom = ZoomBox(view)
        row.addWidget(self.side)
        row.addSpacing(look.space(2))
        row.addWidget(tool("chevron-up", "Page before (Ctrl+Page Up)", lambda: view.go(view.where()[0] - 1)))
        row.addWidget(
            tool("chevron-down", "Next page (Ctrl+Page Down)", lambda: view.go(view.where()[0] + 1))
        )
        row.addWidget(self.page)
        row.addSpacing(look.space(2))
        row.addWidget(tool("zoom-out", "Smaller (-)", lambda: view.zoom_by(1 / STEP)))
        row.addWidget(self.zoom)
        row.addWidget(tool("zoom-in", "Larger (+)", lambda: view.zoom_by(STEP)))
        row.addWidget(tool("fit-width", "Fit the width (W)", lambda: view.set_fit(FIT_WIDTH)))
        row.addWidget(tool("document", "Show the whole page (0)", lambda: view.set_fit(FIT_PAGE)))
        row.addStretch(1)
        self.row = row

    def _beside(self) -> None:
        self.beside.emit(self.side.isChecked())


def tool(name: str, tip: str, run: Callable[[], object]) -> QToolButton:
    """A button with a picture; its tip is its name as well."""
    made = QToolButton()
    made.setIcon(icon(name))
    made.setIconSize(QSize(theme().icon_size, theme().icon_size))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    made.clicked.connect(lambda _=False: run())
    return made
