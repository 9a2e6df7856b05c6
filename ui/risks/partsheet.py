"""A part of a risk on a sheet: a response, an action, a draw, a move or a score, edited beside the risk."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea

from dmdesk.changes import drop_all
from dmdesk.kinds import kinds
from dmdesk.plan import Event
from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.form import Form
from ui.models import moves
from ui.theme import icon, theme
from ui.views.summaries import small


class PartSheet(Sheet):
    """The form of one row; what is changed in it is written field by field, as in the inspector."""

    def __init__(self, ctx: Context, kind: str, id: str) -> None:
        super().__init__(kinds()[kind].label, "Every change is kept at once.", over())
        self.ctx, self.kind, self.id = ctx, kind, id
        self.form = Form(ctx, kind)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.form)
        self.put(area, kinds()[kind].label)
        line = QHBoxLayout()
        self.going = QPushButton(icon("external"), "Show on its page")
        self.going.clicked.connect(self._go)
        self.doomed = QPushButton(icon("delete"), f"Delete {small(kinds()[kind].label)}")
        self.doomed.setEnabled(ctx.writable)
        self.doomed.clicked.connect(self._delete)
        for button in (self.going, self.doomed):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)
        self.end("Close", "")
        self.resize(theme().space(130), theme().space(150))
        ctx.changed.connect(self._heard)
        self.renew()

    def renew(self) -> None:
        """Show the row as it is now; close when it is gone."""
        row = self.ctx.data.get(self.kind, self.id)
        if row is None:
            self.reject()
        else:
            self.form.load([row])

    def _heard(self, _: Event) -> None:
        self.renew()

    def _go(self) -> None:
        self.form.finish()
        self.reject()
        self.ctx.show(self.kind, self.id)

    def _delete(self) -> None:
        row = self.ctx.data.get(self.kind, self.id)
        self.form.rows = []
        if row is not None:
            title = moves.short(self.ctx.data.title(row)) or small(kinds()[self.kind].label)
            self.ctx.step(f"Delete {title}", drop_all(self.ctx.data, [row]))

    def accept(self) -> None:
        """Write what is being typed, and close."""
        self.form.finish()
        super().accept()

    def done(self, result: int) -> None:
        """Listen no longer."""
        self.ctx.changed.disconnect(self._heard)
        super().done(result)


def ask(ctx: Context, kind: str, id: str) -> PartSheet:
    """Open the sheet of a row."""
    sheet = PartSheet(ctx, kind, id)
    opened(sheet)
    return sheet
