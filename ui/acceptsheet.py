"""The sheet that accepts a finding: why it may stay as it is, and the last day on which that holds.

Both are fields of the acceptance that is kept in the plan, so they are asked for with the editors of these fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from dmdesk.kinds import kinds
from dmdesk.types import BadValue
from ui.changesheet import over
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import LineEditor, ProseEditor, editor
from ui.labels import plain
from ui.theme import theme

if TYPE_CHECKING:
    from dmdesk.checks import Finding


class AcceptSheet(Sheet):
    """Asks for the reason and the last day, and accepts the finding as one step."""

    def __init__(self, ctx: Context, finding: Finding) -> None:
        super().__init__("Accept the problem", finding.words, over())
        self.ctx, self.finding = ctx, finding
        fields = kinds()["acceptance"]
        self.reason = ProseEditor(fields["reason"], ctx, self, False)
        self.until = editor(fields["until"], ctx, self)
        assert isinstance(self.until, LineEditor)
        self.reason.set_value("")
        self.until.set_value("")
        self._ask("Why may it stay as it is?", self.reason)
        self._ask("Until which day? Empty: for as long as the checks say the same.", self.until)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.end("Accept")
        for held in (self.reason, self.until):
            held.given_up.connect(self.reject)
        self.until.line.returnPressed.connect(self.accept)
        self.reason.done.connect(lambda: self.accept() if self.reason.has_cursor() else None)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, words: str, body: ProseEditor | LineEditor) -> None:
        label = plain(words, "muted", "small")
        label.setWordWrap(True)
        label.setBuddy(body)
        together = QVBoxLayout()
        together.setSpacing(theme().space(1))
        together.addWidget(label)
        together.addWidget(body)
        body.setAccessibleName(words)
        body.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.column.addLayout(together)

    def accept(self) -> None:
        """Accept the finding, or say what is missing."""
        from dmdesk import checks
        from dmdesk.checks.finding import today

        try:
            reason, until = str(self.reason.value()).strip(), str(self.until.value())
            if not reason:
                raise BadValue("Accepting takes a reason; say why it may stay as it is.")
            if until and until < today():
                raise BadValue(f"{until} is over; give a day to come, or none.")
        except BadValue as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        super().accept()
        accepted = checks.accept(self.ctx.data, [self.finding], reason, until)
        title = f"Accept {self.finding.code}" + (f" until {until}" if until else "")
        self.ctx.step(title, accepted, reason)
