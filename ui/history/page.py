"""The history: every step, newest first, with who, when and why, and beside it what the current one changed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QSplitter, QTableView, QVBoxLayout, QWidget

from dmdesk.filters.tree import quoted
from dmdesk.store import Step
from ui.context import Context
from ui.focusing import in_order
from ui.history.details import Details
from ui.history.model import Steps, removed, sealed
from ui.history.painter import HIGH, StepPainter
from ui.history.taking import take_back_shown
from ui.theme import theme
from ui.views.filterbox import FilterBox
from ui.views.head import head

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()

TAKE_BACK, GROUP, COMPACT = "take back the step", "steps of one reason", "compact the history"
"""Said through ``Context.wanted``: what the page does with its current step."""

TIGHT = 190
"""Below this width, in steps of space, the page's buttons give way to the list."""


class StepList(QTableView):
    """The steps; a table of one column, since a table looks at the lines in sight only. Enter leads to the changes."""

    entered_step = Signal()

    def __init__(self, ctx: Context, steps: Steps) -> None:
        super().__init__()
        self._painter = StepPainter(ctx, steps, self)
        self.setObjectName("Steps")
        self.setModel(steps)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setAccessibleName("Steps, newest first")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMinimumWidth(theme().space(70))
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().space(HIGH))
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        over = self._painter.spot_at(self.visualRect(index), index.row(), at) if index.isValid() else None
        shape = Qt.CursorShape.PointingHandCursor if over is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._painter.pointed = at if over is not None else QPoint(-1, -1)
        self.update(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_step.emit()
        else:
            super().keyPressEvent(event)


class History(QWidget):
    """The page: the list of steps, and beside it the current one."""

    title = "History"
    page_actions: tuple[str, ...] = ()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.steps = Steps(ctx, self)
        self.list = StepList(ctx, self.steps)
        self.details = Details(ctx)
        self.filter = FilterBox(ctx, self.steps)
        self.group = QPushButton("Show its group")
        self.compact = QPushButton("Compact…")
        self._warming = QTimer(self, interval=0)
        self._warming.timeout.connect(self._warm)
        self._set_up()
        self._arrange()
        self._connect()

    def _set_up(self) -> None:
        self.filter.setAccessibleName("Filter the history")
        self.filter.setToolTip(
            "<p>Show the steps that fit: words, or conditions such as who:swinbank, kind:wbs, rfc:358 or"
            " changed&gt;2017-06-01. Ctrl+Space says what can be typed. (Ctrl+F)</p>"
        )
        self.group.setToolTip(
            "Show the steps with the same reason only, such as those of a review; again for all"
        )
        self.compact.setToolTip("Remove the oldest steps for good, to make the file smaller; asks first")

    def _arrange(self) -> None:
        top, self._subtitle = head(self.title)
        for part in (self.filter, self.group, self.compact):
            top.addWidget(part)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setHandleWidth(1)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.list)
        self._parts.addWidget(self.details)
        self._parts.setStretchFactor(0, 2)
        self._parts.setStretchFactor(1, 3)
        self._parts.setSizes([theme().space(120), theme().space(180)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._parts, 1)
        self.setFocusProxy(self.list)
        parts = self.details
        in_order(
            self.filter, self.group, self.compact, self.list, parts.rfc, parts.blocker, parts.back, parts.go,
            parts.lines,
        )  # fmt: skip

    def _connect(self) -> None:
        self.filter.filtered.connect(self._look)
        self.filter.leave.connect(self.list.setFocus)
        self.steps.settled.connect(self._look)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.entered_step.connect(self.details.lines.setFocus)
        self.details.wanted.connect(lambda id: self.reveal(str(id)))
        self.details.taking.connect(self.take_back)
        self.group.clicked.connect(self.show_group)
        self.compact.clicked.connect(self.ask_to_compact)
        self._ctx.changed.connect(self._changed)
        self._ctx.wanted.connect(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is tight, the buttons that menus and keys do as well give way."""
        self.group.setVisible(self.width() >= theme().space(TIGHT))

    # -- what is shown

    def shown(self) -> None:
        """Read the history again; the same step stays current."""
        held = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.steps.read()
        self.compact.setEnabled(self._ctx.writable and bool(self.steps.outline))
        self._say()
        (self.reveal(str(held.id)) if held else self._first())
        self._warming.start()

    def _warm(self) -> None:
        """Make the steps ready for the filter, some at a time."""
        if self.steps.warm():
            self._warming.stop()

    def _say(self) -> None:
        """How many steps there are, and how many of them the filter leaves."""
        number = len(self.steps.outline)
        undone = self.steps.undone
        words = f"{number:,} step{'s' if number != 1 else ''}" + (f" · {undone:,} undone" if undone else "")
        if self.steps.waiting is not None:
            words += " · looking through them …"
        elif self.steps.filtering:
            shown = len(self.steps.shown)
            words = f"{shown:,} of {words} · {number - shown:,} filtered out"
        self._subtitle.setText(words if number else "No steps yet.")

    def _changed(self, _: object) -> None:
        if self.isVisible():
            self.shown()

    def reveal(self, id: str) -> None:
        """Make a step the current one; a filter that hides it is taken away. Words such as rfc:RFC-358 filter."""
        if ":" in id:
            self.filter.setText(id)
            return
        if not self.steps.outline:
            self.steps.read()
        at = self.steps.place(id)
        if at < 0 and self.steps.filtering and any(str(one) == id for one, _, _ in self.steps.outline):
            self.filter.clear()
            at = self.steps.place(id)
        if at < 0:
            self._first()
            return
        self.list.setCurrentIndex(self.steps.index(at))
        self.list.scrollTo(self.steps.index(at))

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _first(self) -> None:
        self.list.setCurrentIndex(self.steps.index(0) if self.steps.shown else QModelIndex())
        self._moved(self.list.currentIndex())

    def _look(self) -> None:
        self._say()
        if self.steps.waiting is None:
            self._first()

    def _moved(self, current: Index, _: Index = NO_INDEX) -> None:
        step, line = self.step, self.steps.line(self.list.currentIndex().row())
        self.details.show_step(step, sealed(line) if line is not None else "")
        if line is not None and line.gone is not None:
            self.details.show_removed(*removed(line))
        self.group.setEnabled(step is not None and bool(step.why))

    @property
    def step(self) -> Step | None:
        """The current step."""
        step = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return step if isinstance(step, Step) else None

    # -- what is done

    def _wanted(self, what: str) -> None:
        if self.isVisible():
            todo = {TAKE_BACK: self.take_back, GROUP: self.show_group, COMPACT: self.ask_to_compact}
            if what in todo:
                todo[what]()

    def take_back(self) -> None:
        """Show what taking the current step back does while later ones stay, or say which of them is in the way."""
        if self.step is not None:
            take_back_shown(self._ctx, self.step)

    def ask_to_compact(self) -> None:
        """Ask up to where the history is to be removed, and do it."""
        from ui.history.compacting import compact_shown

        compact_shown(self._ctx, self.step)

    def show_group(self) -> None:
        """Show only the steps that share the reason of the current one; all again when that is so already."""
        step = self.step
        if step is not None and step.why:
            text = f"why={quoted(step.why)}"
            self.filter.setText("" if self.filter.text() == text else text)
            self.reveal(str(step.id))
