"""The document page: the plan itself as a controlled document, as one form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dmdesk.changes import add
from dmdesk.kinds import kinds
from dmdesk.plan import Event
from ui.context import Context
from ui.form import Form
from ui.theme import theme
from ui.views.page import label

WIDEST = 190
"""Steps of space: lines longer than this are hard to read."""


class DocumentPage(QWidget):
    """What cover, header and footer of the plan say."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.title = "Document"
        look = theme()
        self.form = Form(ctx, "plan")
        self.form.setMaximumWidth(look.space(WIDEST))
        self.summary = label("", "ui", "muted")
        self.begin = QPushButton("Describe the document")
        self.begin.clicked.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4.5), look.space(3.5), 0, 0)
        column.setSpacing(look.space(0.5))
        column.addWidget(label(self.title, "title"))
        column.addWidget(self.summary)
        column.addSpacing(look.space(3))
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._scrolled(), 1)
        self.setFocusProxy(next(iter(self.form.places.values())).editor)
        ctx.changed.connect(self._heard)
        ctx.found.connect(self._mark)
        self.refresh()

    def _scrolled(self) -> QScrollArea:
        area, inside, look = QScrollArea(), QWidget(), theme()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.space(4.5), look.space(4))
        column.addWidget(self.form)
        area.setWidget(inside)
        return area

    def _heard(self, event: Event) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the document's row as it is now."""
        row = self.ctx.data.plan()
        self.begin.setVisible(row is None and self.ctx.writable)
        self.form.setVisible(row is not None)
        self.form.load([row] if row is not None else [])
        parts = [getattr(row, name, "") for name in ("handle", "version", "date", "state")]
        self.summary.setText(
            " · ".join(part for part in parts if part) or "This plan does not say yet what it is."
        )
        self._mark()

    def _mark(self, *_: object) -> None:
        self.form.mark([finding for finding in self.ctx.findings if finding.kind == "plan"])

    def _begin(self) -> None:
        if self.ctx.step("Describe the document", [add(kinds()["plan"].make({"title": "New plan"}))]):
            self.refresh()
            self.focus_filter()

    def shown(self) -> None:
        """The page came to the front."""
        row = self.ctx.data.plan()
        self.ctx.set_rows("plan", [row.id] if row is not None else [])
        self.ctx.select("plan", row.id if row is not None else "")

    def reveal(self, id: str) -> None:
        """There is only one row, and it is in view."""
        self.shown()

    def focus_filter(self) -> None:
        """A form has no filter: begin with its first field."""
        self.form.focus_on("title")
