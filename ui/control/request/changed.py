"""What a request changes: its steps, the differences they come to, and the problems they cause and cure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dmdesk.filters.tree import quoted
from dmdesk.working import WorkingSet
from ui.context import Context
from ui.control.differences import Differences
from ui.control.effects import Effects
from ui.labels import plain
from ui.theme import theme
from ui.views.summaries import counted

MOST = 3
"""So many problems are told in full; the others are counted."""


class Changed(QWidget):
    """The working set of one request."""

    def __init__(self, ctx: Context, effects: Effects, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.effects = ctx, effects
        self.words = _line("muted")
        self.causes, self.cures = _line("warning"), _line("ok")
        self.table = Differences(ctx, "What it changes")
        self.steps = QPushButton("Show in the history")
        self._set, self._key = WorkingSet((), ()), ""
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(3))
        column.setSpacing(look.space(2))
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.steps)
        column.addLayout(line)
        column.addWidget(self.causes)
        column.addWidget(self.cures)
        column.addWidget(self.table, 1)
        self.steps.clicked.connect(lambda: ctx.show("history", f"rfc:{quoted(self._key)}"))

    def show_set(self, found: WorkingSet, key: str) -> None:
        """Show a working set; what it causes and cures is found out in the background, when it is looked at."""
        self._set, self._key = found, key
        if not found.steps:
            self.words.setText(
                f"Nothing of the plan was changed under {key} yet. Work on it, and every step is made under it."
            )
        else:
            done = f"{counted(len(found.steps), 'step', 'steps')} under {key}"
            self.words.setText(f"{done}, last: {found.steps[-1].title}")
        self.table.setVisible(bool(found.steps))
        self.steps.setVisible(bool(found.steps))
        self.table.show_changes(found.changes, found.steps)
        self._judge()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._judge()

    def _judge(self) -> None:
        """Ask the checks, while somebody looks."""
        found = self._set
        self._say([], [])
        if found.steps and self.isVisible():
            why = self.effects.ask(found, lambda *told: self._say(*told) if self._set is found else None)
            if why:
                self.causes.setText(why)
                self.causes.show()

    def _say(self, caused: Sequence[str], cured: Sequence[str]) -> None:
        for line, verb, words in ((self.causes, "Causes", caused), (self.cures, "Cures", cured)):
            line.setVisible(bool(words))
            line.setText(told(verb, words) if words else "")


def told(verb: str, words: Sequence[str]) -> str:
    """“Causes 2 problems: …”."""
    more = " …" if len(words) > MOST else ""
    return f"{verb} {counted(len(words), 'problem', 'problems')}: {' '.join(words[:MOST])}{more}"


def _line(role: str) -> QLabel:
    made = plain("", role)
    made.setWordWrap(True)
    return made
