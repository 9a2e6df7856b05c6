"""The document page: the plan itself as a controlled document, as one form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dmdesk.changes import add
from dmdesk.kinds import kinds
from dmdesk.plan import Event
from ui.actions import actions, perform
from ui.baselines.words import steps_since
from ui.context import Context
from ui.focusing import in_order
from ui.form import Form
from ui.theme import icon, theme
from ui.views.head import head
from ui.views.summaries import counted

TOOLS = {"baseline.page": "Baselines", "baseline.release": "Release…"}

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
        self.begin = QPushButton("Describe the document")
        self.begin.clicked.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, self.summary = head(self.title)
        self.tools = {name: self._tool(name, words) for name, words in TOOLS.items()}
        for tool in self.tools.values():
            top.addWidget(tool)
        column.addLayout(top)
        body = QVBoxLayout()
        body.setContentsMargins(look.space(4.5), 0, 0, 0)
        body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._scrolled(), 1)
        column.addLayout(body, 1)
        in_order(*self.tools.values(), self.begin)
        self.setFocusProxy(next(iter(self.form.places.values())).editor)
        ctx.changed.connect(self._heard)
        ctx.found.connect(self._mark)
        self.refresh()

    def _tool(self, name: str, words: str) -> QPushButton:
        entry = actions()[name]
        tool = QPushButton(f" {words}")
        tool.setAccessibleName(words)
        tool.setIcon(icon(entry.icon))
        tool.setToolTip(entry.help)
        tool.clicked.connect(lambda: perform(entry, self.ctx))
        return tool

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
        parts.append(self._since() if row is not None else "")
        self.summary.setText(
            " · ".join(part for part in parts if part) or "This plan does not say yet what it is."
        )
        for name, tool in self.tools.items():
            tool.setVisible(row is not None and not self.ctx.sealed)
            tool.setEnabled(actions()[name].when(self.ctx))
        self._mark()

    def _since(self) -> str:
        """How much was done since the last baseline."""
        known = self.ctx.baselines()
        if not known:
            return ""
        steps = steps_since(self.ctx, known[-1])
        return f"{counted(steps, 'step', 'steps') if steps else 'nothing'} done since {known[-1].version} was sealed"

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
