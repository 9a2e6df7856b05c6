"""The top bar: which plan this is, go to anything, undo and redo, how many problems, print.

It shows only what the context says and only starts actions, so it never gets out of step with the menus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.commands import comparing, control, edit, printing, view  # noqa: F401  (they declare the actions of the buttons)
from ui.context import Context
from ui.labels import plain
from ui.theme import icon, theme
from ui.workchip import WorkChip

if TYPE_CHECKING:
    from dmdesk.comparing.since import Since


class Elided(QLabel):
    """A line of plain text that ends in … where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._full = ""

    def set(self, text: str) -> None:
        """Show a text."""
        self._full = text
        self.setAccessibleName(text)
        self.setToolTip("")
        self._fit()

    def full_width(self) -> int:
        """The width that the whole text needs, in pixels."""
        return self.fontMetrics().horizontalAdvance(self._full) + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(
            self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        )


class TopBar(QWidget):
    """The bar; ``act`` finds the actions that its buttons start by their names."""

    def __init__(self, ctx: Context, act: Callable[[str], QAction]) -> None:
        super().__init__()
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ctx = ctx
        self._handle = plain("", font="strong")
        self._title = Elided()
        self.state = self._chip(act("compare.baseline"))
        self.work = WorkChip(ctx, act)
        self.search = self._search(act("view.palette"))
        self._tools = [self._tool(act(name)) for name in ("edit.undo", "edit.redo", "view.history")]
        self.problems = self._problems(act("view.problems"))
        self.print = self._print(act("file.print"))
        self._arrange()
        self.renew()

    def _search(self, act: QAction) -> QPushButton:
        button = QPushButton(" Go to anything…")
        button.setObjectName("SearchButton")
        button.setAccessibleName("Go to anything, Ctrl+K")
        button.setIcon(icon("search", "text.muted"))
        button.clicked.connect(act.trigger)
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, theme().space(1.5), 0)
        row.addStretch(1)
        key = plain(act.shortcut().toString(), "key", "small")
        key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(key, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def _chip(self, act: QAction) -> QPushButton:
        """What the plan is: a draft or a baseline, and how far from the last baseline."""
        chip = QPushButton()
        chip.setObjectName("StateChip")
        chip.setFont(theme().font("small"))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(act.trigger)
        return chip

    def _tool(self, act: QAction) -> QToolButton:
        tool = QToolButton()
        tool.setDefaultAction(act)
        tool.setIconSize(QSize(theme().space(4.5), theme().space(4.5)))
        tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        act.changed.connect(lambda: tool.setAccessibleName(act.text()))
        return tool

    def _problems(self, act: QAction) -> QPushButton:
        button = QPushButton()
        button.setProperty("quiet", True)
        button.setToolTip(act.toolTip())
        button.clicked.connect(act.trigger)
        return button

    def _print(self, act: QAction) -> QPushButton:
        button = QPushButton("Print…")
        button.setProperty("primary", True)
        button.setToolTip(act.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act.trigger)
        act.changed.connect(lambda: button.setEnabled(act.isEnabled()))
        return button

    def _arrange(self) -> None:
        space = theme().space
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), space(2.25), space(3.5), space(2.25))
        row.setSpacing(space(1.5))
        left = QWidget()
        inside = QHBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(space(2))
        inside.addWidget(self._handle)
        inside.addWidget(self._title, 1)
        inside.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.work, 0, Qt.AlignmentFlag.AlignVCenter)
        inside.addStretch()
        row.addWidget(left, 5)
        row.addWidget(self.search, 4)
        right = QHBoxLayout()
        right.setSpacing(space(1))
        right.addStretch(1)
        for tool in self._tools:
            right.addWidget(tool)
        right.addSpacing(space(2))
        right.addWidget(self.problems)
        right.addSpacing(space(2))
        right.addWidget(self.print)
        row.addLayout(right, 5)
        self.search.setMinimumWidth(space(40))
        self.search.setMaximumWidth(space(90))
        self._left = left

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the title what it needs and no more, so that the state stands right beside it."""
        self._title.setMaximumWidth(self._title.full_width())
        self._title.setVisible(self.width() > theme().space(240))

    def renew(self) -> None:
        """Show the plan's names and state as they are now."""
        row = self._ctx.data.plan() if self._ctx.plan else None
        handle, title = getattr(row, "handle", ""), getattr(row, "title", "")
        self._handle.setText(handle or ("dmdesk" if row is None else "Unnamed plan"))
        self._handle.setVisible(bool(handle or not title))
        self._title.set(title)
        self._renew_state(row)
        self.work.renew()
        self._fit()

    def _renew_state(self, row: object) -> None:
        sealed = self._ctx.sealed.version if self._ctx.sealed else ""
        words, role = state_words(row, sealed, self._ctx.since)
        chip, since = self.state, self._ctx.since
        chip.setText(words)
        chip.setVisible(bool(words))
        chip.setEnabled(since is not None)
        chip.setToolTip(f"Compare {since.version} with the working plan" if since is not None else "")
        chip.setAccessibleName(f"State of the plan: {words}")
        if chip.property("role") != role:
            chip.setProperty("role", role)
            chip.style().unpolish(chip)
            chip.style().polish(chip)

    def count(self, errors: int, warnings: int, known: bool) -> None:
        """Show how many problems there are."""
        number = errors + warnings
        words = (
            "Checking…"
            if not known
            else "No problems"
            if not number
            else f"{number} problem{'s'[: number > 1]}"
        )
        shape = (
            ("error", "text.error")
            if errors
            else ("warning", "text.warning")
            if warnings
            else ("check", "text.ok")
        )
        self.problems.setText(f" {words}")
        self.problems.setIcon(icon(*shape) if known else icon("refresh", "text.muted"))
        self.problems.setAccessibleName(f"{words}: {errors} errors, {warnings} warnings" if known else words)
        self.problems.setVisible(self._ctx.plan is not None)


def state_words(row: object, sealed: str = "", since: Since | None = None) -> tuple[str, str]:
    """The words of the state chip and their style: "DRAFT after 3.0", "DRAFT, 41 changes since 3.0".

    ``sealed``: the version of the baseline that is shown for reading.
    """
    version = getattr(row, "version", "")
    if sealed:
        return f"Baseline {sealed}, read only", "baselined"
    if row is None:
        return "", "draft"
    baselined = getattr(row, "state", "") == "baselined"
    if since is not None and (since.count or not baselined):
        state = f"Baselined {version}".strip() if baselined else "DRAFT"
        return f"{state}, {_changes(since.count)} since {since.version}", "draft"
    if baselined:
        return f"Baselined {version}".strip(), "baselined"
    return (f"DRAFT after {version}" if version else "DRAFT"), "draft"


def _changes(number: int) -> str:
    return f"{number:,} change{'s' if number > 1 else ''}" if number else "unchanged"


def titled(ctx: Context) -> str:
    """The window's title: which plan it shows, and which of its versions if not the one that is worked on."""
    if ctx.plan is None:
        return "dmdesk"
    path = ctx.plan.path
    if ctx.sealed:
        return f"{path.stem}, baseline {ctx.sealed.version} (read only) — dmdesk"
    return f"{f'as printed in {path.name}' if path.suffix.lower() == '.pdf' else path.stem} — dmdesk"
