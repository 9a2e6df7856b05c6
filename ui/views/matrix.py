"""The page of a matrix: what is missing in a line, filters for both edges, levels, gaps and copying over the cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dmdesk.kinds import Kind, kinds
from dmdesk.plan import Event
from ui.commands import matrix as commands
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.models.derived import kind_icon
from ui.models.matrix import Edge, MatrixModel
from ui.theme import icon, theme
from ui.views.crossing import Crossing
from ui.views.filterbox import FilterBox
from ui.views.head import head
from ui.views.summaries import counted, small

_WAYS = (Qt.Orientation.Vertical, Qt.Orientation.Horizontal)


class MatrixPage(QWidget):
    """Two kinds against each other."""

    def __init__(self, ctx: Context, name: str) -> None:
        super().__init__()
        self.ctx = ctx
        self.model = MatrixModel(ctx, name)
        self.relation = self.model.relation
        self.title = self.relation.label
        self.kinds: tuple[Kind, Kind] = (
            kinds()[self.model.rows.axis.kind],
            kinds()[self.model.columns.axis.kind],
        )
        self.grid = Crossing(ctx, self.model, self)
        self._missed = False
        self.setFocusProxy(self.grid)
        self._build()
        self.grid.picked.connect(ctx.select)
        ctx.changed.connect(self._heard)
        ctx.wanted.connect(self._wanted)
        self.model.settled.connect(self.say)
        self.model.dataChanged.connect(self.say)
        self.say()

    # -- arrangement

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top, self.summary = head(self.title)
        self.filters = [self._filter(way, kind) for way, kind in zip(_WAYS, self.kinds, strict=True)]
        for field in self.filters:
            top.addWidget(field, 0)
        tools = self._tools()
        for tool in tools:
            top.addWidget(tool)
        column.addLayout(top)
        self.below = QStackedLayout()
        self.below.addWidget(self.grid)
        self.below.addWidget(self._empty())
        column.addLayout(self.below, 1)
        in_order(*self.filters, *tools, self.grid)

    def _filter(self, way: Qt.Orientation, kind: Kind) -> FilterBox:
        made = FilterBox(self.ctx, Edge(self.model, way), widths=(38, 90))
        made.setPlaceholderText(f"{kind.plural}…")
        made.filtered.connect(self.say)
        made.leave.connect(self._to_first_match)
        return made

    def _tools(self) -> list[QToolButton]:
        self.gaps: list[QAction] = []
        gaps = _tool("filter", "Show only gaps")
        gaps.setCheckable(True)
        menu = QMenu(gaps)
        for at, (way, kind) in enumerate(zip(_WAYS, self.kinds, strict=True)):
            entry = menu.addAction(f"{kind.plural} {self.relation.gap_words[at]}")
            entry.setCheckable(True)
            entry.toggled.connect(lambda on, way=way: self.model.set_gaps(way, on))
            entry.toggled.connect(lambda _: gaps.setChecked(any(gap.isChecked() for gap in self.gaps)))
            self.gaps.append(entry)
        _opens(gaps, menu)
        levels = _tool("tree", "Open and close levels (rows: + −, columns: ] [)")
        menu = QMenu(levels)
        for way, kind in zip(_WAYS, self.kinds, strict=True):
            if kind.parent:
                self._levels(menu.addMenu(icon(kind_icon(kind.name)), kind.plural), way)
        _opens(levels, menu)
        copy = _tool("copy", "Copy the grid (Ctrl+Shift+C)")
        copy.clicked.connect(self.grid.copy_all)
        return [gaps, levels, copy]

    def _levels(self, menu: QMenu, way: Qt.Orientation) -> None:
        def opener(level: int) -> Callable[[], None]:
            return lambda: self.model.open_levels(way, level)

        menu.addAction(icon("expand-all"), "Open all").triggered.connect(opener(10**6))
        menu.addAction(icon("collapse-all"), "Close all").triggered.connect(opener(0))
        menu.addSeparator()
        for level in (1, 2, 3):
            words = f"Open {level} level{'s' if level > 1 else ''}"
            menu.addAction(words).triggered.connect(opener(level))

    def _empty(self) -> QWidget:
        look, made = theme(), QWidget()
        column = QVBoxLayout(made)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(look.space(2))
        self.nothing, self.advice = plain("", "muted", "big"), plain("", "muted")
        self.remedy = QPushButton()
        self.remedy.clicked.connect(self._remedy)
        for part in (self.nothing, self.advice, self.remedy):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > theme().space(180)
        for field in self.filters:
            field.set_widths(*((38, 90) if wide else (30, 46)))

    # -- what it says

    def say(self) -> None:
        """Say what is missing, and what to do where there is nothing to be seen."""
        now, parts = self.model.matrix, self._found()
        for at, (kind, gaps) in enumerate(zip(self.kinds, (now.row_gaps, now.column_gaps), strict=True)):
            if gaps:
                parts.append(f"{counted(len(gaps), kind.label, kind.plural)} {self.relation.gap_words[at]}")
        self.summary.setText(" · ".join(parts) or "No gaps")
        self.summary.setToolTip(f"{self.summary.text()}\n{self.relation.help}")
        empty = not (self.model.rows.shown and self.model.columns.shown)
        self.below.setCurrentIndex(int(empty))
        if empty:
            self._say_why()

    def _found(self) -> list[str]:
        """What the filters leave, and of how many, said first."""
        sides = zip((self.model.rows, self.model.columns), self.kinds, strict=True)
        return [
            f"{len(side.hits):,} of {counted(len(side.axis.ids), kind.label, kind.plural)}"
            for side, kind in sides
            if side.filtered
        ]

    def _lacking(self) -> Kind | None:
        """The kind of which the plan has no rows at all."""
        return next((kind for kind in self.kinds if not self.ctx.data.rows(kind.name)), None)

    def _say_why(self) -> None:
        lacking = self._lacking()
        if lacking is not None:
            self.nothing.setText(f"No {small(lacking.plural)} yet")
            self.advice.setText(lacking.help)
            self.remedy.setText(f"Go to {lacking.plural}")
        else:
            self.nothing.setText("Nothing matches")
            self.advice.setText("The filters leave no rows or no columns.")
            self.remedy.setText("Clear the filters")

    def _remedy(self) -> None:
        lacking = self._lacking()
        if lacking is not None:
            self.ctx.show(lacking.name)
            return
        self._clear()
        self.grid.setFocus()

    def _clear(self) -> None:
        for field in self.filters:
            field.clear()
        for gap in self.gaps:
            gap.setChecked(False)

    # -- what happens

    def _heard(self, event: Event) -> None:
        if self.isVisible():
            self.model.follow(event)
        else:
            self._missed = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self._missed = False
            self.model.renew()
            self.say()

    def _wanted(self, what: str) -> None:
        if not self.isVisible():
            return
        row, column = self.grid.ids()
        todo: dict[str, Callable[[], object]] = {
            commands.MARK: self.grid.toggle_current,
            commands.EDIT: self.grid.edit_current,
            commands.COPY: self.grid.copy_all,
            commands.ROW_GAPS: self.gaps[0].toggle,
            commands.COLUMN_GAPS: self.gaps[1].toggle,
            commands.ROW: lambda: self.ctx.show(self.kinds[0].name, row),
            commands.COLUMN: lambda: self.ctx.show(self.kinds[1].name, column),
        }
        if what in todo:
            todo[what]()

    # -- what the window asks for

    def shown(self) -> None:
        """The page came to the front: the window is about its current row; commands for rows have none to work on."""
        if not self.grid.currentIndex().isValid():
            self.grid.go_to(0, 0)
        self.ctx.set_rows("", ())
        self.ctx.select(self.kinds[0].name, self.grid.ids()[0])

    def reveal(self, id: str) -> None:
        """Go to a row; filters and closed rows that hide it give way."""
        rows = self.model.rows
        if id not in rows.axis.place:
            return
        if self.model.place(id, "")[0] < 0 and rows.filtered:
            self._clear()
        if self.model.place(id, "")[0] < 0:
            for above in rows.axis.ways(id):
                rows.set_open(above, True)
            self.model.renew()
        self.grid.go_to(self.model.place(id, "")[0], self._column_for(id))

    def _column_for(self, id: str) -> int:
        """Where to look in a row: the present column if it has a mark there, else the first one that has."""
        now = self.grid.currentIndex().column()
        places = {self.model.place("", column)[1] for column in self.model.matrix.marked(id)} - {-1}
        return now if now in places or not places else min(places)

    def focus_filter(self) -> None:
        """Put the cursor into the filter of the rows; from there into that of the columns."""
        field = self.filters[self.filters[0].hasFocus()]
        field.setFocus()
        field.selectAll()

    def _to_first_match(self) -> None:
        rows = self.model.rows
        first = next((n for n, id in enumerate(rows.shown) if not rows.filtered or id in rows.hits), 0)
        self.grid.go_to(first, self.grid.currentIndex().column())
        self.grid.setFocus()


def _tool(name: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(name))
    side = theme().icon_size
    made.setIconSize(made.iconSize().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made


def _opens(tool: QToolButton, menu: QMenu) -> None:
    tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    tool.setMenu(menu)
