"""Verifying: what was held against what, and each thing that is not as it was sealed, a click away from its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ui.baselines.looking import looks
from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.labels import plain
from ui.theme import icon, theme
from ui.views.lines import REMARK, ROW, Line, Lines
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.baselines import Flaw, Verdict


def ask(ctx: Context) -> None:
    """Verify in the background, then say what was found."""
    looks(ctx).verify(lambda verdict: opened(VerdictSheet(ctx, verdict)))


class VerdictSheet(Sheet):
    """What verification found. A line goes to its row; below the list the current line is read whole."""

    def __init__(self, ctx: Context, verdict: Verdict) -> None:
        super().__init__(title(verdict), words(verdict), over())
        self._ctx = ctx
        self._told = told(verdict)
        self.whole = plain("")
        self.whole.setWordWrap(True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole.setMinimumHeight(theme().row * 2)
        self.whole.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.lines = Lines("What was found")
        self.lines.setObjectName("Lines")
        self.lines.show_lines(_lines(verdict))
        self.lines.picked.connect(self._go)
        self.lines.selectionModel().currentChanged.connect(self._moved)
        if self._told:
            self.put(self.lines, "What was found")
            self.column.addWidget(self.whole)
            self.lines.setMinimumHeight(theme().row * 8)
            self.resize(theme().space(190), theme().space(130))
            self.lines.setCurrentIndex(self.lines.model().index(0, 0))
        self.copy = QPushButton("Copy")
        self.copy.setIcon(icon("copy"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        self.column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.copy.setVisible(bool(self._told))
        self.end("Close", "")
        if not self._told:
            self.resize(self.minimumWidth(), self.column.totalHeightForWidth(self.minimumWidth()))

    def _moved(self, current: object, _: object) -> None:
        line = current.data(Qt.ItemDataRole.UserRole)  # type: ignore[attr-defined]
        self.whole.setText(line.words if line is not None else "")

    def _copy(self) -> None:
        QApplication.clipboard().setText("\n".join(self._told))
        self._ctx.said.emit("What was found was copied.")

    def _go(self, kind: str, id: str) -> None:
        if self._ctx.data.get(kind, id) is None:
            self._ctx.said.emit("That row is no longer in the plan.")
            return
        self.accept()
        self._ctx.show(kind, id)


def title(verdict: Verdict) -> str:
    """What came of it, in a few words."""
    number = len(verdict.flaws)
    return (
        counted(number, "thing is", "things are") + " not as sealed" if number else "All is as it was sealed"
    )


def words(verdict: Verdict) -> str:
    """What was held against what, or what to do."""
    number = counted(len(verdict.baselines), "baseline", "baselines")
    if not verdict.flaws:
        return (
            f"{number} proven by SHA-256 and seal; the steps of the history lead from each to the next, and from the "
            "last to the plan as it is."
        )
    again = ""
    if verdict.recoverable:
        names = ", ".join(verdict.recoverable)
        again = f" The text of {names} can be made again from the history, proven by its SHA-256."
    return f"The file was changed by other means than dmdesk, or is damaged; nothing was mended.{again}"


def told(verdict: Verdict) -> list[str]:
    """All that was found, a sentence each."""
    return [*(flaw.words for flaw in verdict.flaws), *verdict.notes]


def _lines(verdict: Verdict) -> list[Line]:
    return [*map(_line, verdict.flaws), *(Line(REMARK, note, "note") for note in verdict.notes)]


def _line(flaw: Flaw) -> Line:
    aside = flaw.version or ("history" if flaw.about == "history" else "")
    return Line(ROW, flaw.words, "error", aside, flaw.kind if flaw.id else "", flaw.id)
