"""The window: top bar, navigation, pages, inspector, problems and status bar, arranged and remembered.

Pages are built when they are first visited, so the start costs only what is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dmdesk.plan import Event
from ui import settings
from ui.checking import Checking
from ui.context import Context
from ui.focusing import move_on, next_pane
from ui.labels import banner
from ui.menus import Menus
from ui.navigation import Navigation, places
from ui.problems import Problems, counted
from ui.statusbar import StatusBar
from ui.theme import theme, themes
from ui.topbar import TopBar, titled

if TYPE_CHECKING:
    from ui.palette import Palette

NARROW = 1100
"""Below this width, in pixels, the navigation shows icons only, as it does when it is switched off."""

LOW = 700
"""Below this height, in pixels, the problems get two lines to begin with."""

WHOLE = ("overview", "history", "baselines", "compare", "plan", "scale", "")
"""Pages that take the room of the inspector too."""


class Window(QMainWindow):
    """The one window on a context. ``painted`` is emitted once, after it was painted for the first time."""

    painted = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.setMinimumSize(900, 560)
        self.setAcceptDrops(True)
        self.pages: dict[str, QWidget] = {}
        self.trail: list[tuple[str, str]] = []
        self.ahead: list[tuple[str, str]] = []
        ctx.panels = {
            name: bool(settings.get(f"show.{name}", True)) for name in ("navigation", "inspector", "problems")
        }
        self.menus = Menus(ctx, self)
        self.topbar = TopBar(ctx, self.menus.act)
        self.navigation = Navigation(ctx)
        self.problems = Problems(ctx)
        self.inspector: QWidget | None = None
        self.checking = Checking(ctx)
        self.keeping: QObject | None = None
        self.palette_over: Palette | None = None
        self._seen = False
        self._tight: tuple[bool, bool] | None = None
        self._arrange()
        self._connect()
        self._remember()
        self._opened()

    # -- arrangement

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        self.banner = banner()
        self.centre = QSplitter(Qt.Orientation.Vertical)
        self.centre.addWidget(self.stack)
        self.centre.addWidget(self.problems)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.centre)
        for splitter in (self.centre, self.across):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setStretchFactor(0, 1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.topbar, self.banner):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.across, 1)
        column.addLayout(row, 1)
        self.setCentralWidget(body)
        self.status = StatusBar(self.ctx)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        ctx = self.ctx
        ctx.opened.connect(self._opened)
        ctx.changed.connect(self._changed)
        ctx.go.connect(self.go)
        ctx.found.connect(self._found)
        ctx.compared.connect(self.topbar.renew)
        ctx.wanted.connect(self._wanted)
        ctx.selected.connect(self._selected)
        self.navigation.picked.connect(lambda name: self.go(name, ""))
        themes().changed.connect(self._rethemed)

    def _remember(self) -> None:
        """Take the size and places that the window had last time."""
        room = self.screen().availableSize()
        self.resize(QSize(1486, 900).boundedTo(room))
        geometry = settings.state("window")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
            self.resize(self.size().boundedTo(room))

    def _forget_not(self) -> None:
        sizes = self.across.sizes()
        values: dict[str, Any] = {"window": settings.packed(self.saveGeometry())}
        if self.problems.isVisible() and self._tight and not self._tight[1]:
            values["problems.height"] = self.centre.sizes()[1]
        if self.inspector and self.inspector.isVisible() and self._tight and not self._tight[0]:
            values["inspector.width"] = sizes[1]
        if self.ctx.page_kind:
            values["page"] = self.ctx.page_kind
        settings.put_all(values)

    # -- pages

    def go(self, name: str, id: str = "") -> None:
        """Show a page and reveal a row on it; an unknown name is ignored."""
        if self.ctx.plan is None or name not in {place.name for place in places()}:
            return
        if self.ctx.page_kind and (self.ctx.page_kind, id) != (name, ""):
            self.trail.append(self._here())
            del self.trail[:-100]
            self.ahead.clear()
        self._show(name, id)

    def _here(self) -> tuple[str, str]:
        kind, id = self.ctx.current
        return self.ctx.page_kind, id if kind == self.ctx.page_kind else ""

    def _show(self, name: str, id: str) -> None:
        page = self.pages.get(name)
        if page is None:
            from ui.views import make_page

            page = self.pages[name] = make_page(self.ctx, name)
            self.stack.addWidget(page)
        fresh = name != self.ctx.page_kind
        self.ctx.page_kind = name
        self.stack.setCurrentWidget(page)
        self.navigation.mark(name)
        self._shape()
        if fresh and hasattr(page, "shown"):
            page.shown()
        if id and hasattr(page, "reveal"):
            page.reveal(id)
        if fresh and not self.navigation.hasFocus():
            page.setFocus()
        self.menus.renew()

    def _travel(self, away: list[tuple[str, str]], back: list[tuple[str, str]]) -> None:
        if away:
            back.append(self._here())
            self._show(*away.pop())

    # -- what the context tells

    def _opened(self) -> None:
        plan = self.ctx.plan
        page = self.ctx.page_kind or settings.get("page", "overview")
        for view in self.pages.values():
            self.stack.removeWidget(view)
            view.deleteLater()
        self.pages.clear()
        self.trail.clear()
        self.ahead.clear()
        self.ctx.page_kind = ""
        self.banner.setText("\n".join(filter(None, (plan.read_only, plan.notice))) if plan else "")
        self.banner.setVisible(bool(self.banner.text()))
        self.setWindowTitle(titled(self.ctx))
        self.topbar.renew()
        self.topbar.count(0, 0, False)
        self.navigation.setVisible(plan is not None)
        self.status.opened()
        if plan is None:
            self._welcome()
            return
        self._show(page if page in {place.name for place in places()} else "overview", "")
        if self._seen:
            self._settle()

    def _settle(self) -> None:
        """What can wait until the first page is seen: counts of kinds nobody has read yet, the inspector."""
        self.navigation.recount()
        self.checking.start()
        self._keep_since()
        if self.inspector is None and self.ctx.panels["inspector"] and self.ctx.plan:
            from ui.inspector import Inspector

            self.inspector = Inspector(self.ctx)
            self.inspector.setObjectName("Inspector")
            self.across.addWidget(self.inspector)
            self.across.setStretchFactor(1, 0)
            self._tight = None
        self._shape()

    def _keep_since(self) -> None:
        """From the first picture on, know what differs from the last baseline."""
        if self.keeping is None:
            from ui.compare.keeping import kept

            self.keeping = kept(self.ctx)

    def _welcome(self) -> None:
        from ui.views.overview import Welcome

        self.pages["welcome"] = Welcome(self.ctx)
        self.stack.addWidget(self.pages["welcome"])
        self.stack.setCurrentWidget(self.pages["welcome"])
        self._shape()
        self.menus.renew()

    def _changed(self, event: Event) -> None:
        self.topbar.renew()
        self.navigation.recount()
        self.status.saved()
        self.menus.renew()
        if event.how in ("undo", "redo"):
            QTimer.singleShot(0, self, lambda: self._show_changed(event))

    def _show_changed(self, event: Event) -> None:
        """Bring a row that undo or redo changed into view, if it stands on the page in front."""
        kind, grid = self.ctx.page_kind, getattr(self.stack.currentWidget(), "grid", None)
        changed = [change.id for change in event.changes if change.kind == kind]
        if grid is not None and self.ctx.current[1] not in changed:
            any(grid.reveal(id) for id in changed)

    def _selected(self, kind: str, id: str) -> None:
        self.menus.renew()

    def _found(self, findings: list[Any]) -> None:
        self.topbar.count(*counted(findings), self.ctx.checked)
        self.menus.renew()

    def _rethemed(self) -> None:
        for part in self.findChildren(QWidget):
            part.update()
        self._shape()
        self.menus.renew()

    # -- what only the window can do

    def _wanted(self, what: str) -> None:
        todo: dict[str, Callable[[], Any]] = {
            "palette": self._open_palette,
            "back": lambda: self._travel(self.trail, self.ahead),
            "forward": lambda: self._travel(self.ahead, self.trail),
            "filter": self._focus_filter,
            "edit cell": self._edit_cell,
            "next problem": lambda: self.problems.next(1),
            "previous problem": lambda: self.problems.next(-1),
            "next pane": lambda: next_pane(self._panes()),
            "keys": self.menus.show_keys,
            "quit": self.close,
        }
        if what in self.ctx.panels:
            self._toggle(what)
        elif what in todo:
            todo[what]()

    def _open_palette(self) -> None:
        if self.palette_over is None:
            from ui.palette import Palette

            self.palette_over = Palette(self.ctx, self)
        self.palette_over.open_at(self.topbar.search)

    def _focus_filter(self) -> None:
        focus: Callable[[], None] | None = getattr(self.stack.currentWidget(), "focus_filter", None)
        if focus:
            focus()

    def _edit_cell(self) -> None:
        grid = getattr(self.stack.currentWidget(), "grid", None)
        focus = QApplication.focusWidget()
        if grid is None or (focus is not None and grid.viewport().isAncestorOf(focus)):
            return
        grid.setFocus()
        if grid.rows_model.field(max(grid.currentIndex().column(), 0)) is None:
            grid.edit_title()
        else:
            grid.edit(grid.currentIndex())

    def _toggle(self, name: str) -> None:
        self.ctx.panels[name] = not self.ctx.panels[name]
        settings.put(f"show.{name}", self.ctx.panels[name])
        if name == "inspector" and self.inspector is None:
            self._settle()
        self._shape()
        self.menus.renew()

    def _shape(self) -> None:
        """Show the panels that are wanted and fit."""
        panels, plan = self.ctx.panels, self.ctx.plan is not None
        self.navigation.set_narrow(not panels["navigation"] or self.width() < NARROW)
        self.problems.setVisible(plan and panels["problems"])
        if self.inspector:
            whole = self.ctx.page_kind in WHOLE
            self.inspector.setVisible(plan and panels["inspector"] and not whole)
        tight = (self.width() < NARROW, self.height() < LOW)
        if tight != self._tight:
            self._tight = tight
            self._share(*tight)

    def _share(self, narrow: bool, low: bool) -> None:
        """Divide the room among page, problems and inspector: as the person left it, or less where it is tight."""
        space = theme().space
        high = space(24) if low else settings.get("problems.height", 150)
        self.centre.setSizes([self.height() - space(28) - high, high])
        wide = space(76) if narrow else settings.get("inspector.width", space(86))
        self.across.setSizes([self.width() - self.navigation.width() - wide, wide])

    def _panes(self) -> list[QWidget]:
        panes = (self.navigation, self.stack.currentWidget(), self.inspector, self.problems)
        return [pane for pane in panes if pane is not None]

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes through the panes as they are seen, from the page on to the inspector."""
        return move_on([self.topbar, *self._panes()], next) or super().focusNextPrevChild(next)

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self._painted)

    def _painted(self) -> None:
        self.painted.emit()
        self.menus.complete()
        if self.ctx.plan:
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shape()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.toLocalFile().endswith((".dmplan", ".pdf")) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from ui.commands.file import open_path

        open_path(self.ctx, Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        focus = QApplication.focusWidget()
        if focus:
            focus.clearFocus()
        self._forget_not()
        self.ctx.leaving.emit()
        self.ctx.tasks.stop()
        super().closeEvent(event)
