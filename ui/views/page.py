"""A page: title, summary, filter and tools over the rows of one kind, and what to do when there are none."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk.kinds import kinds
from dmdesk.plan import Event
from ui.actions import actions, perform
from ui.context import NAME_IT, SORT, Context
from ui.focusing import in_order
from ui.models.rows import RowsModel
from ui.models.table import TableModel
from ui.models.tree import DEEP, TreeModel
from ui.theme import icon, theme
from ui.views import locks
from ui.views.filterbox import FilterBox
from ui.views.grid import Grid
from ui.views.head import head
from ui.views.keptfilters import KeptFilters
from ui.views.outline import Outline
from ui.views.sorting import Sorting
from ui.views.summaries import counted, small, summary

PAUSE = 60
"""Milliseconds after a step until the summary is counted anew."""

MISSED = 20
"""After so many steps that a hidden page has missed it reads everything anew."""


def label(text: str, font: str = "ui", role: str = "") -> QLabel:
    """A label that shows text as the plain text it is."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(theme().font(font))
    if role:
        made.setProperty("role", role)
    return made


class Page(QWidget):
    """The rows of one kind."""

    def __init__(self, ctx: Context, kind: str) -> None:
        super().__init__()
        self.ctx = ctx
        self.kind = kinds()[kind]
        self.title = self.kind.plural
        self.model: RowsModel = self.make_model()
        self.grid: Grid = (
            Outline(ctx, self.model, self) if self.model.movable else Grid(ctx, self.model, self)
        )
        self._missed: list[Event] = []
        self._unseen = True
        self._findings: list[Any] = []
        self.setFocusProxy(self.grid)
        self._build()
        self._connect()
        self.refresh()

    # -- arrangement

    def make_model(self) -> RowsModel:
        """The model of the page's rows."""
        name = self.kind.name
        return TreeModel(self.ctx, name) if self.kind.parent else TableModel(self.ctx, name)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, self.summary = head(self.title)
        self.filter = FilterBox(self.ctx, self.model)
        top.addWidget(self.filter)
        self.tools = [KeptFilters(self.filter), *self._tools()]
        for tool in self.tools:
            top.addWidget(tool)
        column.addLayout(top)
        for part in self.parts():
            column.addWidget(part)
        self.below = QStackedLayout()
        self.below.addWidget(self.grid)
        self.below.addWidget(self._empty())
        column.addLayout(self.body(), 1)
        in_order(self.filter, *self.tools, self.grid)

    def parts(self) -> list[QWidget]:
        """What stands between the head and the rows; nothing on most pages."""
        return []

    def body(self) -> QStackedLayout | QHBoxLayout | QVBoxLayout:
        """What stands below the head; pages with more than rows arrange it here."""
        return self.below

    def _tools(self) -> list[QToolButton]:
        tools = []
        if isinstance(self.model, TreeModel):
            levels = _tool("tree", "Open and close levels")
            levels.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            levels.setMenu(self._levels(levels, self.model))
            tools.append(levels)
        columns = _tool("columns", "Choose columns")
        columns.clicked.connect(
            lambda: self.grid.columns.menu().popup(columns.mapToGlobal(columns.rect().bottomLeft()))
        )
        self.adder = _tool("add", f"Add {small(self.kind.label)} (Ins)")
        self.adder.clicked.connect(self._add)
        return [*tools, columns, self.adder]

    def _levels(self, parent: QWidget, model: TreeModel) -> QMenu:
        menu = QMenu(parent)
        menu.addAction(icon("expand-all"), "Open all").triggered.connect(lambda: model.open_levels(DEEP))
        menu.addAction(icon("collapse-all"), "Close all").triggered.connect(lambda: model.open_levels(0))
        menu.addSeparator()
        for level in (1, 2, 3, 4):
            words = f"Open {level} level{'s' if level > 1 else ''}"
            menu.addAction(words).triggered.connect(lambda _=False, level=level: model.open_levels(level))
        return menu

    def _empty(self) -> QWidget:
        look, made = theme(), QWidget()
        column = QVBoxLayout(made)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(look.space(2))
        self.nothing = label("", "big", "muted")
        self.advice = label("", "ui", "muted")
        self.remedy = QPushButton()
        self.remedy.clicked.connect(self._remedy)
        for part in (self.nothing, self.advice, self.remedy):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    # -- what happens

    def _connect(self) -> None:
        self.filter.filtered.connect(self._say)
        self.filter.leave.connect(self._to_first_match)
        self.grid.picked.connect(lambda id: self.ctx.select(self.kind.name, id))
        self.ctx.changed.connect(self._heard)
        self.ctx.found.connect(self._found)
        self.ctx.compared.connect(self._compared)
        self.ctx.working.connect(self._lock)
        self.ctx.wanted.connect(self._wanted)
        self.ctx.selected.connect(self._followed)
        self.sorting = (
            Sorting(self.grid, self.model, self.grid.header) if isinstance(self.model, TableModel) else None
        )
        self._counting = QTimer(self, singleShot=True, interval=PAUSE)
        self._counting.timeout.connect(self._rested)
        self._warming = QTimer(self, interval=2)
        self._warming.timeout.connect(self._warm)

    def _rested(self) -> None:
        """What may wait until nobody has edited for a moment."""
        self.refresh()
        self._warming.start()

    def _warm(self) -> None:
        if self.model.warm():
            self._warming.stop()

    def _found(self, findings: list[Any]) -> None:
        """Mark what the checks have found; a page that is hidden does so when it is shown."""
        if self.isVisible():
            self._findings = findings
            self.model.set_findings(findings)

    def _compared(self) -> None:
        """Other rows may differ from the baseline now: paint their marks anew, and look anew where a filter asks."""
        if isinstance(self.model, TreeModel):
            self.model.compared()
        if "changed" in self.model.filtering.asks:
            self.model.refilter()
            self._say()
        if self.isVisible():
            self.grid.viewport().update()

    def _heard(self, event: Event) -> None:
        if self.isVisible():
            self.model.follow(event)
            self._say()
            self._lock()
            self._warming.stop()
            self._counting.start()
        else:
            self._missed.append(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        missed, self._missed = self._missed, []
        if len(missed) > MISSED:
            self.model.reload()
        else:
            for one in missed:
                self.model.follow(one)
        if missed:
            self.refresh()
        if self._findings is not self.ctx.findings:
            self._found(self.ctx.findings)
        self._unseen = True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once it is seen it makes ready what filters look through; the first picture does not wait for that."""
        super().paintEvent(event)
        if self._unseen:
            self._unseen = False
            QTimer.singleShot(0, self, self._seen)

    def _seen(self) -> None:
        self._warming.start()
        self._lock()

    def _lock(self) -> None:
        """Show what is locked, where that can be seen; a page that is hidden does so when it is shown."""
        if self.isVisible():
            locks.renew(self.ctx, self.grid, self.model)

    def shown(self) -> None:
        """The page came to the front: what is selected here is what the window is about."""
        kind = self.kind.name
        if not self.grid.selected_ids() and self.model.shown:
            self.grid.reveal(self.grid.current_id() or self.model.shown[0])
        self.ctx.set_rows(kind, self.grid.selected_ids())
        self.ctx.set_cells(kind, self.grid.cells)
        self.ctx.select(kind, self.grid.current_id())

    def _followed(self, kind: str, id: str) -> None:
        """Another part of the window chose a row of this page."""
        if kind == self.kind.name and id and id != self.grid.current_id() and self.isVisible():
            self.grid.reveal(id)

    def _wanted(self, what: str) -> None:
        if what == SORT and self.sorting and self.isVisible():
            self.sorting.choose(max(self.grid.currentIndex().column(), 0))
        if what == NAME_IT and self.isVisible():
            self.grid.setFocus()
            self.grid.edit_title()

    def refresh(self) -> None:
        """Renew the summary and, with no rows to be seen, say why and what to do."""
        self._counting.stop()
        self._counted = summary(self.ctx.data, self.kind.name)
        self._say()

    def _say(self) -> None:
        words = self._counted
        if self.model.filtered:
            words = f"{counted(len(self.model.hits), 'match', 'matches')} · {words}"
        self.summary.setText(words)
        self.adder.setEnabled(self.ctx.writable)
        empty = not self.model.shown
        self.below.setCurrentIndex(int(empty))
        if empty:
            self._say_why()

    def _say_why(self) -> None:
        if self.model.filtered:
            self.nothing.setText("Nothing matches")
            self.advice.setText(f"No row fits “{self.filter.text()[:60]}”.")
            self.remedy.setText("Clear the filter")
        else:
            self.nothing.setText(f"No {small(self.kind.plural)} yet")
            self.advice.setText(self.kind.help)
            self.remedy.setText(f"Add the first {small(self.kind.label)}")
        self.remedy.setEnabled(bool(self.model.filtered) or self.ctx.writable)

    def _remedy(self) -> None:
        if self.model.filtered:
            self.filter.clear()
            self.grid.setFocus()
        else:
            self._add()

    def _add(self) -> None:
        name = "row.add-sibling" if self.kind.parent else "row.add"
        perform(actions()[name], self.ctx)

    # -- what the window asks for

    def reveal(self, id: str) -> None:
        """Select a row; a filter that hides it is cleared."""
        if not self.grid.reveal(id) and id in self.model.rows:
            self.filter.clear()
            self.grid.reveal(id)
        self.shown()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _to_first_match(self) -> None:
        shown = self.model.shown
        if shown and (not self.grid.current_id() or self.model.filtered):
            self.grid.reveal(next((id for id in shown if self.model.is_hit(id)), shown[0]))
        self.grid.setFocus()


def _tool(name: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    side = theme().icon_size
    made.setIconSize(made.iconSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
