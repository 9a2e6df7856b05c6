"""A view of the register: a picture of its risks that is drawn anew when they change, and only while it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from dmdesk.kinds import Entity
from ui.context import Context
from ui.labels import plain
from ui.theme import theme
from ui.views.lines import REMARK, ROW, Line


class Listed(Protocol):
    """A page whose risks a view shows."""

    ctx: Context

    def listed(self) -> list[str]:
        """The ids of the risks to show: those that fit the filter, without one those that are open."""

    def everything(self) -> list[str]:
        """The ids of the risks that fit the filter, without one all of them."""

    def narrow(self, text: str) -> None:
        """Show the table with the rows that fit a filter as well."""


class View(QWidget):
    """One view; ``renew`` fills it from what the page lists now."""

    def __init__(self, page: Listed) -> None:
        super().__init__()
        self.page, self.ctx = page, page.ctx
        self._stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew)

    def later(self) -> None:
        """What is shown may be out of date: renew it soon, or when it is shown."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _renew(self) -> None:
        if self._stale and self.isVisible() and self.ctx.plan is not None:
            self._stale = False
            self.renew()

    def renew(self) -> None:
        """Fill it from what the page lists now."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def pick(self, kind: str, id: str) -> None:
        """Make a row the current one; the page stays as it is."""
        self.ctx.select(kind, id)


def chooser(name: str, options: Iterable[tuple[str, str]]) -> QComboBox:
    """A box to choose one of (key, words) with."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    for key, words in options:
        made.addItem(words, key)
    return made


def tool_line(*parts: QWidget | str) -> QHBoxLayout:
    """A line of tools above a picture; words become labels."""
    line, look = QHBoxLayout(), theme()
    line.setContentsMargins(look.space(4.5), look.space(2), look.space(4), look.space(2))
    line.setSpacing(look.space(2))
    for part in parts:
        line.addWidget(plain(part, "muted") if isinstance(part, str) else part)
    line.addStretch(1)
    return line


MOST_LINES = 200
"""So many risks a list names; the others are counted."""


def risk_lines(ctx: Context, ids: Sequence[str], nothing: str) -> list[Line]:
    """Risks as lines to pick, with their scores at the right."""
    from dmdesk.risks.book import scored
    from dmdesk.risks.columns import in_words

    data, found = ctx.data, list[Line]()
    for id in ids[:MOST_LINES]:
        row: Entity | None = data.get("risk", id)
        if row is not None:
            key, score = data.key(row), in_words(scored(data, id).current)
            found.append(Line(ROW, f"{key} {data.title(row)}", "risk", score, "risk", id))
    if len(ids) > MOST_LINES:
        found.append(Line(REMARK, f"… and {len(ids) - MOST_LINES:,} more; the filter chooses among them."))
    return found or [Line(REMARK, nothing)]
