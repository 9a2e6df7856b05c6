"""The end of a release: that it is sealed, where its PDF is, and until when it can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dmdesk.errors import PlanError
from dmdesk.store import Baseline
from ui.baselines.deeds import named, printed, undo_release
from ui.context import Context
from ui.labels import plain
from ui.printing.outcome import Outcome
from ui.theme import icon, theme

if TYPE_CHECKING:
    from dmdesk.report import Printed


class End(QWidget):
    """What came of the release."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.one: Baseline | None = None
        self.printed: Printed | None = None
        self.words = plain("", font="strong")
        self.words.setWordWrap(True)
        self.undoable = plain("")
        self.undoable.setWordWrap(True)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.outcome = Outcome(ctx, self)
        self.put = QPushButton(" Put the PDF into a file…")
        self.put.setIcon(icon("print"))
        self.undo = QPushButton(" Undo the release…")
        self.undo.setIcon(icon("undo"))
        row = QHBoxLayout()
        row.setSpacing(theme().space(2))
        for button in (self.put, self.undo):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(3))
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.words, self.wrong, self.undoable):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.outcome)
        column.addStretch(1)
        self.put.clicked.connect(self.put_into_file)
        self.undo.clicked.connect(self.take_back)

    def show_release(self, one: Baseline, made: Printed, out: Path | None, wrong: str) -> None:
        """Tell of a release that was made; ``wrong``: why its PDF is not in its place."""
        self.one, self.printed = one, made
        self.words.setText(f"Version {one.version} is sealed, and the plan is a draft again.")
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        if one.exported and out is not None:
            self.outcome.begin(out)
            self.outcome.end(out, made)
        self._renew()

    def _renew(self) -> None:
        final = bool(self.one and self.one.exported)
        self.undoable.setText(
            "Its PDF is in a file, so the release is final."
            if final
            else "Its PDF is not in a file yet. Until it is, the release can be undone."
        )
        for button in (self.put, self.undo):
            button.setVisible(not final)

    def put_into_file(self) -> None:
        """Put the PDF of the release into a file; it is final from then on."""
        one, made = self.one, self.printed
        if one is None or made is None:
            return
        path = self._ctx.ask.save_file("The PDF of the release", named(self._ctx, one, ".pdf"), "PDF (*.pdf)")
        if path is None:
            return
        out = path if path.suffix else path.with_suffix(".pdf")
        printed(self._ctx, one, out, made, "")
        self.one = next((other for other in self._ctx.baselines() if other.seal == one.seal), one)
        if self.one.exported:
            self.wrong.hide()
            self.outcome.begin(out)
            self.outcome.end(out, made)
        self._renew()

    def take_back(self) -> None:
        """Undo the release; the sheet has nothing to say of it any more."""
        if self.one is None:
            return
        try:
            undo_release(self._ctx, self.one)
        except PlanError as error:
            self._ctx.report(error)
        top = self.window()
        if all(other.seal != self.one.seal for other in self._ctx.baselines()):
            top.close()
