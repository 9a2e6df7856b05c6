"""The chip in the top bar that says under which change request steps are made; a click changes or ends that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from ui import working
from ui.context import Context
from ui.theme import icon, theme

NOTHING = "No request"


class WorkChip(QPushButton):
    """The key of the request that is worked on; that there is none where the plan's lock wants one."""

    def __init__(self, ctx: Context, act: Callable[[str], QAction]) -> None:
        super().__init__()
        self._ctx, self._act = ctx, act
        self.setObjectName("WorkChip")
        self.setFont(theme().font("small"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._clicked)
        ctx.working.connect(self.renew)
        ctx.opened.connect(lambda: working.restore(ctx))
        ctx.changed.connect(lambda _: working.look_after(ctx))
        working.restore(ctx)

    def renew(self) -> None:
        """Show what is worked on now."""
        key, locked = working.key_now(self._ctx), working.is_locked(self._ctx)
        self.setVisible(bool(key) or (locked and self._ctx.writable))
        if self.isHidden():
            return
        self.setText(key or NOTHING)
        self.setIcon(icon("change", "text.chip") if key else icon("lock", "text.warning"))
        name = f"Working on {key}" if key else "Working on no change request; what was baselined is locked"
        self.setAccessibleName(name)
        self.setToolTip(f"<p>{name.replace('&', '&amp;').replace('<', '&lt;')}</p>")
        role = "work" if key else "draft"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def menu_now(self) -> QMenu:
        """What can be done while a request is worked on."""
        menu = QMenu(self)
        for name in ("control.show", "control.work", "control.stop"):
            menu.addAction(self._act(name))
        return menu

    def _clicked(self) -> None:
        if not working.key_now(self._ctx):
            self._act("control.work").trigger()
            return
        menu = self.menu_now()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
