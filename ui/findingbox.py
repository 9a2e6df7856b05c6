"""What the checks have found in the current row, each with every way to mend it and the way to accept it.

A fix that is chosen here shows what it would do, and which problems that would cause and cure, before it is done.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.context import Context
from ui.form import plain_label
from ui.theme import icon, theme

if TYPE_CHECKING:
    from dmdesk.checks import Finding, Fix

LEVELS = {"error": ("error", "text.error"), "warning": ("warning", "text.warning")}


class _Link(QPushButton):
    """A button that looks like a link, cut with … where there is no room; the whole of it is its tip."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._fit(theme().space(60))

    def _fit(self, wide: int) -> None:
        room = max(wide - theme().space(1), 1)
        words = self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        self.setText(words.replace("&", "&&"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width())


class FindingBox(QFrame):
    """One finding: its words, its fixes, and “Accept…”."""

    def __init__(self, ctx: Context, finding: Finding) -> None:
        super().__init__()
        self.ctx, self.finding = ctx, finding
        look = theme()
        ground = finding.level if finding.level in LEVELS else "chip"
        self.setObjectName(f"Finding-{finding.level}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(
            f"#{self.objectName()} {{ background: {look.color(f'bg.{ground}').name()};"
            f" border-radius: {look.space(1.5)}px; }}"
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(look.space(2), look.space(1.5), look.space(2), look.space(1.5))
        line.setSpacing(look.space(2))
        line.addWidget(self._picture(), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look.space(0.5))
        said = plain_label(finding.words)
        said.setAccessibleName(f"{finding.level}: {finding.words}")
        words.addWidget(said)
        line.addLayout(words, 1)
        if ctx.writable:
            for fix in finding.fixes:
                words.addWidget(self._mend(fix))
            if finding.kind != "acceptance":
                words.addWidget(self._accept())

    def _picture(self) -> QWidget:
        side = theme().icon_size
        made = QLabel()
        made.setPixmap(icon(*LEVELS.get(self.finding.level, ("note", "text.info"))).pixmap(side, side))
        made.setToolTip(self.finding.level.capitalize())
        return made

    def _link(self, title: str, tip: str) -> QPushButton:
        made = _Link(title)
        made.setProperty("link", True)
        made.setToolTip(f"<p>{html.escape(tip)}</p>")
        made.setAccessibleName(title)
        made.setAccessibleDescription(self.finding.words)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return made

    def _mend(self, fix: Fix) -> QPushButton:
        made = self._link(fix.title or "Fix", f"{fix.title or 'Fix'}: shows what changes first")
        made.clicked.connect(lambda: self._show(fix))
        return made

    def _show(self, fix: Fix) -> None:
        from ui.commands.mending import cure_shown

        cure_shown(self.ctx, self.finding, fix)

    def _accept(self) -> QPushButton:
        made = self._link("Accept…", "Leave it as it is, for a reason that the plan keeps")
        made.clicked.connect(self._ask)
        return made

    def _ask(self) -> None:
        from ui.commands.mending import accept_shown

        accept_shown(self.ctx, self.finding)
