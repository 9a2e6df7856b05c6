"""A page with a list at the left and all of the current entry beside it, or with the same rows as a table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from dmdesk.control.workingset import is_content
from dmdesk.plan import Event
from ui import settings
from ui.actions import actions, perform
from ui.context import Context
from ui.control.effects import Effects
from ui.control.requestlist import Entry, EntryList
from ui.control.work import Work
from ui.theme import icon, theme
from ui.views.page import Page

NARROW = 165
"""Below so many steps of space the list is narrow."""


class ListedPage(Page):
    """Rows of one kind, one by one or as a table. ``first`` is the action behind the button at the right."""

    first = ("", "")
    views = ("", "")

    def __init__(self, ctx: Context, kind: str, details: list[QWidget], work: Work, effects: Effects) -> None:
        self.tabs, self.stack, self.right = QTabBar(), QStackedWidget(), QStackedWidget()
        self.work, self.effects = work, effects
        self.list = EntryList(self.views[0])
        for part in details:
            self.right.addWidget(part)
        self._ready = False
        self._key = f"control.view.{kind}"
        super().__init__(ctx, kind)
        self._ready = True
        self.filter.filtered.connect(self._renew)
        self.list.picked.connect(self._pick)
        self.list.entered.connect(self._enter)
        ctx.working.connect(self._renew)
        self.tabs.setCurrentIndex(1 if settings.get(self._key, "") == "table" else 0)
        self.tabs.currentChanged.connect(self._turned)
        self._turn()

    # -- what pages of this sort say

    def entries(self) -> list[Entry]:
        """The lines of the list, from what the filter lets through."""
        raise NotImplementedError

    def show_entry(self, id: str) -> None:
        """Show all of an entry ("" for none)."""
        raise NotImplementedError

    def entry(self) -> str:
        """The id of the entry that is shown."""
        raise NotImplementedError

    def has_entries(self) -> bool:
        """Whether there is anything to list."""
        return bool(self.model.rows)

    # -- arrangement

    def parts(self) -> list[QWidget]:
        look, line = theme(), QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(look.space(4.5), 0, look.space(4), 0)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(f"Views: {self.title}")
        self.tabs.addTab(icon("list"), self.views[0])
        self.tabs.addTab(icon("matrix"), self.views[1])
        row.addWidget(self.tabs, 1)
        self.starter = QPushButton(self.first[1])
        self.starter.clicked.connect(lambda: perform(actions()[self.first[0]], self.ctx))
        row.addWidget(self.starter)
        return [line]

    def body(self) -> QVBoxLayout:
        table, whole = QWidget(), QVBoxLayout()
        table.setLayout(self.below)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self._narrow: bool | None = None
        self.stack.addWidget(self.split)
        self.stack.addWidget(table)
        whole.addWidget(self.stack)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().space(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            wide = theme().space(46 if narrow else 72)
            self.split.setSizes([wide, max(self.width() - wide, 1)])

    def _turned(self, at: int) -> None:
        settings.put(self._key, "table" if at else "list")
        self._turn()

    def _turn(self) -> None:
        table = self._wants_table()
        self.stack.setCurrentIndex(int(table))
        self.setFocusProxy(self.grid if table else self.list)
        for tool in self.tools[1:]:
            tool.setVisible(table)
        if not table:
            self._renew()

    def _wants_table(self) -> bool:
        return bool(self.tabs.currentIndex()) or not self.has_entries()

    # -- what is shown

    def _renew(self) -> None:
        """Show the list and the current entry as they are now."""
        if self._ready and not self.stack.currentIndex() and self.ctx.plan is not None:
            self._show(self.list.show_entries(self.entries(), self.entry()))

    def _show(self, id: str) -> None:
        self.right.setVisible(bool(id))
        self.show_entry(id)

    def _pick(self, id: str) -> None:
        self._show(id)
        self._tell()

    def _enter(self) -> None:
        """Go on from the list to what it shows."""
        shown = self.right.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        """Tell the window which row it is about."""
        id = self.entry() if self.entry() in self.model.rows else ""
        self.ctx.set_rows(self.kind.name, [id] if id else [])
        self.ctx.select(self.kind.name if id else "", id)

    # -- what the window and the rows tell

    def _heard(self, event: Event) -> None:
        self.work.forget()
        if event.how != "step" or any(map(is_content, event.changes)):
            self.effects.forget()
        super()._heard(event)
        if self.isVisible():
            self._renew()

    def refresh(self) -> None:
        super().refresh()
        self._renew()

    def _say(self) -> None:
        super()._say()
        self.starter.setEnabled(self.ctx.writable)
        if self._ready and self._wants_table() != bool(self.stack.currentIndex()):
            self._turn()

    def shown(self) -> None:
        """The page came to the front: the current entry is what the window is about."""
        if self.stack.currentIndex():
            super().shown()
            return
        self._renew()
        self.ctx.set_cells("", self.grid.cells)
        self._tell()

    def _followed(self, kind: str, id: str) -> None:
        if self.stack.currentIndex():
            super()._followed(kind, id)
        elif kind == self.kind.name and id and self.isVisible() and id != self.entry():
            self.reveal(id)

    def reveal(self, id: str) -> None:
        """Show an entry; a filter that hides it is cleared."""
        if self.stack.currentIndex() and id in self.model.rows:
            super().reveal(id)
            return
        self.tabs.setCurrentIndex(0)
        if id not in {one.id for one in self.entries()}:
            self.filter.clear()
        if id in {one.id for one in self.entries()}:
            self._show(self.list.show_entries(self.entries(), id))
        if self.isVisible():
            self._tell()

    def _to_first_match(self) -> None:
        if self.stack.currentIndex():
            super()._to_first_match()
        else:
            self.list.setFocus()
