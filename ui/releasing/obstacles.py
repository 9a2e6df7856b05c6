"""The first step of a release: what a reader would stumble over, a click away from its place, or accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from ui.context import Context
from ui.labels import plain
from ui.printing.obstacles import lines
from ui.releasing.stage import Stage, say
from ui.theme import theme
from ui.views.lines import Lines
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.checks import Finding

    Groups = dict[str, list[Finding]]


class Obstacles(Stage):
    """What stands in the way. ``went``: a line was picked, so the release waits until that is mended."""

    title = "In the way"
    went = Signal(str, str)

    def __init__(self, ctx: Context, reason: str) -> None:
        super().__init__()
        self._ctx = ctx
        self.groups: Groups | None = None
        self.words = self.note("Checking the plan…", "")
        self.lines = Lines("What stands in the way")
        self.lines.setObjectName("Lines")
        self.lines.setMinimumHeight(theme().row * 8)
        self.lines.picked.connect(self.went)
        self.label = plain("Release it all the same, because")
        self.reason = QLineEdit(reason)
        self.reason.setAccessibleName("Why it is released all the same")
        self.reason.setPlaceholderText(
            "The reason is kept with the version, and so is what stands in the way now"
        )
        self.reason.textChanged.connect(lambda _: self.edited.emit())
        self.label.setBuddy(self.reason)
        for part, stretch in ((self.words, 0), (self.lines, 1), (self.label, 0), (self.reason, 0)):
            self.column.addWidget(part, stretch)
        self.column.addStretch(0)
        self._show(False)

    def _show(self, some: bool) -> None:
        for part in (self.lines, self.label, self.reason):
            part.setVisible(some)

    def show_groups(self, groups: Groups) -> None:
        """Show what was found."""
        self.groups = groups
        count = sum(map(len, groups.values()))
        self._show(bool(count))
        if count:
            things = counted(count, "thing stands", "things stand")
            say(
                self.words,
                f"{things} in the way of a release. A click goes there; what was typed so far is kept.",
            )
            self.lines.show_lines(lines(self._ctx, groups))
        else:
            say(self.words, "Nothing stands in the way.")
        self.edited.emit()

    def ready(self) -> bool:
        return self.groups is not None and (not self.groups or bool(self.reason.text().strip()))

    def typed(self) -> dict[str, str]:
        return {"accept": self.reason.text().strip() if self.groups else ""}

    def shown(self) -> None:
        (self.lines if self.groups else self).setFocus()
