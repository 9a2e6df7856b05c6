"""The register's page: the table of risks, and beside it the same risks as matrix, top list, charts and timeline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from dmdesk.risks.book import is_open
from ui import settings
from ui.actions import actions, perform
from ui.commands.rows import NAME_IT
from ui.context import Context
from ui.models.rows import RowsModel
from ui.risks.model import RegisterModel
from ui.risks.view import View
from ui.theme import icon, theme
from ui.views.page import Page
from ui.views.sorting import Sorting

KEY = "risks.view"
TABLE = "table"


def _matrix(page: RegisterPage) -> View:
    from ui.risks.matrixview import MatrixView

    return MatrixView(page)


def _chart(name: str) -> Callable[[RegisterPage], View]:
    def make(page: RegisterPage) -> View:
        from ui.risks import chartviews

        made: View = getattr(chartviews, name)(page)
        return made

    return make


VIEWS: dict[str, tuple[str, str, Callable[[RegisterPage], View] | None]] = {
    TABLE: ("Table", "list", None),
    "matrix": ("Matrix", "matrix", _matrix),
    "top": ("Top ten", "sort", _chart("TopView")),
    "categories": ("Categories", "tag", _chart("CategoriesView")),
    "trend": ("Trend", "chart", _chart("TrendView")),
    "timeline": ("Timeline", "gantt", _chart("TimelineView")),
}
"""Name → (words, icon, what makes it): views are made when they are first looked at."""


class RegisterPage(Page):
    """Risks, as a table or in one of the views."""

    def __init__(self, ctx: Context) -> None:
        self.tabs = QTabBar()
        self.stack = QStackedWidget()
        self.views: dict[str, View] = {}
        super().__init__(ctx, "risk")
        assert isinstance(self.model, RegisterModel)
        self.sorting = Sorting(self.grid, self.model, self.grid.header)
        self.filter.filtered.connect(self._others)
        name = settings.get(KEY, TABLE)
        self.tabs.setCurrentIndex(list(VIEWS).index(name) if name in VIEWS else 0)
        self.tabs.currentChanged.connect(self._turned)
        self._show_view()

    # -- arrangement

    def make_model(self) -> RowsModel:
        return RegisterModel(self.ctx, "risk")

    def parts(self) -> list[QWidget]:
        look, line = theme(), QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(look.space(4.5), 0, look.space(4), 0)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName("Views of the register")
        for words, picture, _ in VIEWS.values():
            self.tabs.addTab(icon(picture), words)
        row.addWidget(self.tabs, 1)
        return [line]

    def body(self) -> QVBoxLayout:
        table, whole = QWidget(), QVBoxLayout()
        table.setLayout(self.below)
        self.stack.addWidget(table)
        whole.addWidget(self.stack)
        return whole

    def _empty(self) -> QWidget:
        made = super()._empty()
        self.usual = QPushButton("Add a scale and the usual categories…")
        self.usual.clicked.connect(lambda: perform(actions()["risk.usual"], self.ctx))
        column = made.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    # -- the views

    def listed(self) -> list[str]:
        """The ids of the risks that views show: those that fit the filter, without one those that are open."""
        model, rows = self.model, self.model.rows
        if model.filtered:
            return [id for id in model.all_ids() if id in model.hits and id in rows]
        return [id for id in model.all_ids() if id in rows and is_open(rows[id])]

    def everything(self) -> list[str]:
        """The ids of the risks that fit the filter, without one all of them, closed ones too."""
        return (
            self.listed()
            if self.model.filtered
            else [id for id in self.model.all_ids() if id in self.model.rows]
        )

    def narrow(self, text: str) -> None:
        """Show the table with the rows that fit a filter as well; without one so far, of the open risks."""
        held = self.filter.text().strip() if self.model.filtered else "open:yes"
        self.turn(TABLE)
        self.filter.setText(f"({held}) {text}" if " or " in held.lower() else f"{held} {text}")

    def turn(self, name: str) -> None:
        """Show the view of that name."""
        self.tabs.setCurrentIndex(list(VIEWS).index(name))

    @property
    def view(self) -> View | None:
        """The view in front, None for the table."""
        return self.views.get(list(VIEWS)[self.tabs.currentIndex()]) if self.stack.currentIndex() else None

    def _turned(self, at: int) -> None:
        settings.put(KEY, list(VIEWS)[at])
        self._show_view()

    def _show_view(self) -> None:
        name = list(VIEWS)[self.tabs.currentIndex()]
        make = VIEWS[name][2]
        if make is None or not self.model.rows:
            self.stack.setCurrentIndex(0)
            self.setFocusProxy(self.grid)
            return
        if name not in self.views:
            self.views[name] = make(self)
            self.stack.addWidget(self.views[name])
        self.stack.setCurrentWidget(self.views[name])
        self.setFocusProxy(self.views[name].focusProxy() or self.views[name])
        self.views[name].later()

    def _others(self) -> None:
        """What the filter shows is another: so are the views."""
        for view in self.views.values():
            view.later()

    def refresh(self) -> None:
        super().refresh()
        self._others()

    def _say(self) -> None:
        super()._say()
        nothing = not self.model.rows
        self.tabs.setVisible(not nothing)
        self.usual.setVisible(nothing and self.ctx.writable and not self.ctx.data.rows("scale"))
        if (not nothing and bool(self.tabs.currentIndex())) != bool(self.stack.currentIndex()):
            self._show_view()

    def _wanted(self, what: str) -> None:
        if what == NAME_IT and self.isVisible():
            self.turn(TABLE)
        super()._wanted(what)
