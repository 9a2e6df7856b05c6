"""The preview page: the plan as it will be printed, true again a moment after each edit.

A click shows the row in the inspector, a double click goes to its place in the plan; “Show in print” comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import (
    QActionGroup,
    QDesktopServices,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QMenu,
    QSplitter,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk.plan import Event
from ui import settings
from ui.actions import actions, perform
from ui.context import Context
from ui.labels import plain
from ui.printing import making
from ui.printview.edition import Edition
from ui.printview.keys import KEYS
from ui.printview.reprint import Reprint
from ui.printview.searching import SearchBar
from ui.printview.side import Side
from ui.printview.tools import Tools, tool
from ui.printview.view import FIT_PAGE, FIT_WIDTH, FREE, PageView
from ui.printview.worker import Worker
from ui.theme import theme, themes
from ui.views.head import head
from ui.views.summaries import counted

if TYPE_CHECKING:
    from dmdesk.report import Place

SHORT = 60
ROOM = 720
"""Pixels below which the panel beside is closed until it is asked for."""


class PrintPage(QWidget):
    """The preview with its tools."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.title = "Preview"
        self.worker = Worker("pages", "thumbs", "search", "small", "old")
        self.view = PageView(self.worker)
        self.reprint = Reprint(ctx, self)
        self._stale = True
        self._wanted = ""
        self._narrow = False
        self._remember()
        self._build()
        self._connect()
        self.setFocusProxy(self.view)
        self.destroyed.connect(self.worker.stop)

    def _remember(self) -> None:
        fit = settings.get("preview.fit", FIT_WIDTH)
        self.view.fit = fit if fit in (FIT_WIDTH, FIT_PAGE, FREE) else FIT_WIDTH
        self.view.zoom = min(8.0, max(0.1, settings.get("preview.zoom", 1.0)))
        self.view.dim = settings.get("preview.dim", False)

    # -- arrangement

    def _build(self) -> None:
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, self.summary = head(self.title, below=2, apart=1)
        self.search = SearchBar(self.view, self.worker)
        top.addWidget(self.search)
        self.more = tool("more", "More", self._more)
        top.addWidget(self.more)
        column.addLayout(top)
        self.tools = Tools(self.view, settings.get("preview.side", True))
        self.updating = plain("", "muted", "small")
        self.tools.row.addWidget(self.updating)
        column.addWidget(self.tools)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.setContentsMargins(look.space(4.5), 0, look.space(4), look.space(2))
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.side = Side(self.view, self.worker)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        self.across.addWidget(self.side)
        self.across.addWidget(self.view)
        self.across.setStretchFactor(1, 1)
        self.across.setSizes([look.space(52), 1000])
        self.below = QStackedLayout()
        column.addLayout(self.below, 1)  # before its widgets, which would be windows for a moment
        self.waiting = plain("Printing…", "muted")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.below.addWidget(self.waiting)
        self.below.addWidget(self.across)
        self._show_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < ROOM
        if narrow != self._narrow:
            self._narrow = narrow
            self.tools.side.setChecked(not narrow and settings.get("preview.side", True))
            self._show_side()

    def _show_side(self) -> None:
        self.side.setVisible(self.tools.side.isChecked())
        self.side.follow()

    def _connect(self) -> None:
        view, reprint = self.view, self.reprint
        reprint.printed.connect(self._printed)
        reprint.failed.connect(self._failed)
        reprint.began.connect(lambda: self.updating.setText("updating…" if view.edition else ""))
        view.looked.connect(self._looked)
        view.zoomed.connect(self._zoomed)
        view.pointed.connect(self._pointed)
        view.opened.connect(self.go_to_plan)
        view.menu.connect(self._menu)
        view.address.connect(self._follow)
        self.side.picked.connect(view.jump)
        self.tools.beside.connect(self._beside)
        self.ctx.changed.connect(self._heard)
        self.ctx.opened.connect(self._let_go)
        themes().changed.connect(self._rethemed)
        for key, away in (("F3", 1), ("Shift+F3", -1)):
            short = QShortcut(QKeySequence(key), self)
            short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            short.activated.connect(lambda away=away: self.search.step(away))

    def _rethemed(self) -> None:
        self.view.viewport().update()

    def _beside(self, shown: bool) -> None:
        if not self._narrow:
            settings.put("preview.side", shown)
        self._show_side()

    # -- printing

    def _heard(self, _: Event) -> None:
        if not self.isVisible():
            self._stale = True
            self.reprint.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """See whether another paper was chosen in a sheet, once the window has the keyboard again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self.isVisible():
            self._renew()

    def _renew(self) -> None:
        """Print again if the plan or the paper is another than that of the print."""
        if self._stale or self.reprint.outdated:
            self._stale = False
            self.reprint.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        settings.put_all({"preview.fit": self.view.fit, "preview.zoom": round(self.view.zoom, 3)})

    def _let_go(self) -> None:
        """The plan is closed or another: nothing more is printed for this page, which goes."""
        self.reprint.stop()
        self.worker.stop()

    def _printed(self, edition: Edition) -> None:
        old, marks = self.view.edition, self.view.marks
        row = marks.row
        marks.row = None
        if row is not None and old is not None:
            same = [one for one in old.printed.places if (one.kind, one.id) == (row.kind, row.id)]
            now = [one for one in edition.printed.places if (one.kind, one.id) == (row.kind, row.id)]
            marks.row = now[min(same.index(row), len(now) - 1)] if now else None
        self.below.setCurrentIndex(1)
        self.view.take(edition)
        if old is not None:
            self.worker.put("old", [old.pdf.close])
        self.wrong.hide()
        self.updating.setText("")
        self.side.renew()
        self.search.again()
        self.summary.setText(self._summed(edition))
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.reveal(wanted)

    def _summed(self, edition: Edition) -> str:
        state = getattr(self.ctx.data.plan(), "state", "")
        parts = [
            counted(edition.printed.pages, "page", "pages"),
            f"{len(edition.printed.pdf) / 1000:,.0f} kB",
        ]
        return " · ".join([*parts, "draft" if state == "draft" else state])

    def _failed(self, sentence: str) -> None:
        self.updating.setText("")
        self.wrong.setText(f"{sentence} What is shown is the last print." if self.view.edition else sentence)
        self.wrong.show()
        if self.view.edition is None:
            self.waiting.setText("There is no print to show.")

    # -- where one is

    def _looked(self) -> None:
        self.tools.page.renew()
        self.side.follow()

    def _zoomed(self) -> None:
        self.tools.zoom.renew()

    def place(self, page: int, y: float) -> Place | None:
        """What of the plan is printed at a height of a page and is still in it."""
        place = self.view.edition.at(page, y) if self.view.edition else None
        return place if place is not None and self.ctx.data.get(place.kind, place.id) is not None else None

    def _pointed(self, page: int, y: float) -> None:
        place = self.place(page, y)
        self.view.marks.row = place
        self.view.viewport().update()
        if place is not None:
            self.ctx.select(place.kind, place.id)
            self.view.setAccessibleDescription(self._named(place))
        else:
            plan = self.ctx.data.plan()
            self.ctx.select("plan", plan.id if plan is not None else "")

    def _named(self, place: Place) -> str:
        row = self.ctx.data.get(place.kind, place.id)
        title = self.ctx.data.title(row) if row is not None else ""
        return title if len(title) <= SHORT else f"{title[: SHORT - 1]}…"

    def go_to_plan(self, page: int, y: float) -> None:
        """Go to the row that is printed at a height of a page; to the document where there is none."""
        if self.view.edition is None:
            return
        place = self.place(page, y)
        self.view.marks.row = place
        if place is not None:
            self.ctx.show(place.kind, place.id)
        else:
            self.ctx.show("plan")

    def _follow(self, address: str) -> None:
        shown = address if len(address) <= 200 else f"{address[:199]}…"
        question = f"Open “{shown}” outside dmdesk?"
        if self.ctx.ask.confirm(question, "Open") and not QDesktopServices.openUrl(QUrl(address)):
            self.ctx.ask.tell(f"No program was found that opens “{shown}”.")

    # -- menus

    def _more(self) -> None:
        menu = QMenu(self)
        self._add_all(menu)
        self._popup(menu, self.more)

    def _popup(self, menu: QMenu, button: QToolButton) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _menu(self, page: int, y: float, where: QPoint) -> None:
        menu, place = QMenu(self), self.place(page, y)
        if place is not None:
            go = menu.addAction(f"Go to “{self._named(place)}” in the plan".replace("&", "&&"))
            go.triggered.connect(lambda: self.go_to_plan(page, y))
        pointing = self.view.pointing
        link = pointing.link(self.view.viewport().mapFromGlobal(where).toPointF())
        if link is not None:
            words = f"Open “{link.address[:SHORT]}”" if link.address else "Follow the link"
            follow = menu.addAction(words.replace("&", "&&"))
            follow.triggered.connect(lambda: pointing.follow(link))
        copy = menu.addAction("Copy the selected words")
        copy.setEnabled(bool(self.view.marks.selected))
        copy.triggered.connect(pointing.copy)
        menu.addAction("Select all words of the page").triggered.connect(pointing.select_page)
        menu.addSeparator()
        self._add_all(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _add_all(self, menu: QMenu) -> None:
        for name in ("file.print", "file.printer"):
            entry = menu.addAction(actions()[name].label)
            entry.triggered.connect(lambda _=False, name=name: perform(actions()[name], self.ctx))
        papers = menu.addMenu("Paper")
        group = QActionGroup(papers)
        for name, words in making.PAPERS.items():
            choice = papers.addAction(words)
            choice.setCheckable(True)
            choice.setChecked(name == making.paper())
            choice.triggered.connect(lambda _=False, name=name: self._set_paper(name))
            group.addAction(choice)
        menu.addSeparator()
        dim = menu.addAction("Dim the pages in the dark theme")
        dim.setCheckable(True)
        dim.setChecked(self.view.dim)
        dim.toggled.connect(self._set_dim)
        menu.addAction("Keys of this page…").triggered.connect(
            lambda: self.ctx.ask.tell(KEYS, "Keys of the preview")
        )

    def _set_paper(self, name: str) -> None:
        settings.put("print.paper", name)
        self._renew()

    def _set_dim(self, on: bool) -> None:
        settings.put("preview.dim", on)
        self.view.dim = on
        self.view.viewport().update()

    # -- what the window asks for

    def shown(self) -> None:
        """The page came to the front; the window stays about what it was about."""
        self.ctx.set_rows("", [])

    def reveal(self, id: str) -> None:
        """Show where a row, given as “kind:id”, is printed first, or that of which it is a part."""
        kind, _, row = id.partition(":")
        edition = self.view.edition
        if edition is None or self._stale or self.updating.text():
            self._wanted = id
        if edition is None or not row:
            return
        place = printed_place(self.ctx, edition, kind, row)
        if place is None:
            if not self._wanted:
                self.ctx.said.emit("This is not printed by itself; nothing in the preview stands for it.")
            return
        self.view.marks.row = place
        self.view.trail.append(self.view.where())
        self.view.reveal(place.page, place.top, place.bottom)
        self.view.viewport().update()

    def focus_filter(self) -> None:
        """Put the cursor into the search."""
        self.search.field.setFocus()
        self.search.field.selectAll()

    @property
    def settled(self) -> bool:
        """Whether what is seen is the newest print, drawn as it should be."""
        edition = self.view.edition
        return edition is not None and self.reprint.newest(edition) and self.view.settled


def printed_place(ctx: Context, edition: Edition, kind: str, id: str) -> Place | None:
    """Where a row is printed first, or else the row of which it is a part."""
    from dmdesk.kinds import kinds

    for _ in range(3):
        place = edition.printed.place(kind, id)
        row = ctx.data.get(kind, id)
        if place is not None or row is None:
            return place
        part: Any = next((field for field in kinds()[kind].links if field.part), None)
        if part is None or not isinstance(getattr(row, part.name), str):
            return None
        kind, id = part.target, getattr(row, part.name)
    return None
