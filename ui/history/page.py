"""The history: every step ever made, newest first, with who, when and why, and what it changed from what to what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QPushButton,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dmdesk import store
from dmdesk.changes import SET, Change
from dmdesk.errors import PlanError
from dmdesk.filters.tree import quoted
from dmdesk.kinds import Field, kinds
from dmdesk.store import Step
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.models.steps import Steps
from ui.theme import icon, theme
from ui.times import when
from ui.views.filterbox import FilterBox
from ui.words import SIGNS, differing, shown, subject

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class _StepPainter(QStyledItemDelegate):
    """Title and reason at the left; state, who and when at the right; undone steps are struck out and say so."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = {store.DONE: icon("check", "text.ok"), store.UNDONE: icon("undo", "text.warning"),
                       store.ABANDONED: icon("close", "text.muted")}  # fmt: skip

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme().space(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, step = theme(), index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.color("bg.hover"))
        first = self._in_group(painter, option.rect, index, step)
        side = look.icon_size
        inner = option.rect.adjusted(look.space(4), 0, -look.space(5), 0)
        picture: QIcon = self._icons[step.state]
        picture.paint(painter, QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        aside = [step.state] * (step.state != store.DONE)
        aside += [f"{step.size} change{'s' if step.size != 1 else ''}", step.who, when(step.at)]
        remark = "   ·   ".join(aside)
        painter.setFont(look.font("small"))
        painter.setPen(look.color("text.muted"))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, remark)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(remark) - look.space(6)
        words = QRect(
            inner.left() + side + look.space(3), inner.top(), room - side - look.space(3), inner.height()
        )
        font = look.font("medium" if step.state == store.DONE else "ui")
        font.setStrikeOut(step.state != store.DONE)
        painter.setFont(font)
        painter.setPen(look.color("text" if step.state == store.DONE else "text.muted"))
        title = painter.fontMetrics().elidedText(step.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle, title)
        if step.why and first:
            used = painter.fontMetrics().horizontalAdvance(title) + look.space(3)
            painter.setFont(look.font())
            painter.setPen(look.color("text.muted"))
            why = painter.fontMetrics().elidedText(
                step.why, Qt.TextElideMode.ElideRight, max(words.width() - used, 0)
            )
            painter.drawText(words.adjusted(used, 0, 0, 0), middle, why)
        painter.restore()

    def _in_group(self, painter: QPainter, rect: QRect, index: Index, step: Step) -> bool:
        """Mark steps that share a reason by a bar beside them; whether this is the first of its run."""
        model, row = index.model(), index.row()
        before, after = (model.index(row + way, 0).data(Qt.ItemDataRole.UserRole) for way in (-1, 1))
        joined = [other is not None and bool(step.why) and other.why == step.why for other in (before, after)]
        if any(joined):
            edge = theme().space(1)
            bar = rect.adjusted(edge, 0 if joined[0] else edge, 0, 0 if joined[1] else -edge)
            painter.fillRect(
                QRect(bar.left(), bar.top(), max(edge // 2, 2), bar.height()), theme().color("focus")
            )
        return not joined[0]


class Changed(QAbstractTableModel):
    """What a step changed: a line for each field, or for a row added or deleted one for each of its values."""

    HEADS = ("What", "Field", "Old", "New")

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.lines: list[tuple[Change, Field]] = []

    def show(self, step: Step | None) -> None:
        """Show a step's changes."""
        self.beginResetModel()
        changes = self._ctx.plan.changes_of(step) if step and self._ctx.plan else []
        self.lines = [
            (change, kinds()[change.kind][name])
            for change in changes
            for name in change.fields
            if name in kinds()[change.kind]
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.HEADS)

    def headerData(
        self, section: int, across: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if across == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADS[section]
        if across == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        change, field = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= 2:
            return None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (1, 2):
            return theme().color("text.muted")
        if role == Qt.ItemDataRole.FontRole and index.column() == 2 and change.op == SET:
            font = theme().font()
            font.setStrikeOut(bool(change.fields[field.name][0]))
            return font
        return None

    def _text(self, at: int, column: int) -> str:
        change, field = self.lines[at]
        if column == 0:
            same = at > 0 and self.lines[at - 1][0] is change
            sign = "" if change.op == SET else f" {SIGNS[change.op]}"
            return "" if same else subject(self._ctx.data, change) + sign
        if column == 1:
            return field.label
        old, new = change.fields[field.name]
        if isinstance(old, str) and isinstance(new, str) and not field.target:
            return differing(old, new)[column - 2]
        return shown(self._ctx.data, field, (old, new)[column - 2])


class History(QWidget):
    """The page: the list of steps, and below it what the current one changed."""

    title = "History"
    page_actions: tuple[str, ...] = ()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.steps = Steps(ctx, self)
        self.changes = Changed(ctx, self)
        self._subtitle = plain("", "muted")
        self.filter = FilterBox(ctx, self.steps)
        self.list = QListView()
        self.table = QTableView()
        self._go = QPushButton("Go to the row")
        self._back = QPushButton("Take back this step")
        self._group = QPushButton("Show its group")
        self._set_up()
        self._arrange()
        self.setFocusProxy(self.list)
        ctx.changed.connect(self._changed)

    def _set_up(self) -> None:
        self.filter.setAccessibleName("Filter the history")
        self.filter.setToolTip(
            "<p>Show the steps that fit: words, or conditions such as who:swinbank, kind:wbs or changed&gt;2017-06-01."
            " Ctrl+Space says what can be typed. (Ctrl+F)</p>"
        )
        self.filter.filtered.connect(self._look)
        self.filter.leave.connect(self.list.setFocus)
        self.list.setObjectName("Steps")
        self.list.setModel(self.steps)
        self.list.setItemDelegate(_StepPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Steps, newest first")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.table.setObjectName("Changes")
        self.table.setModel(self.changes)
        self.table.setAccessibleName("What the step changed")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme().row)
        self.table.verticalHeader().setMinimumSectionSize(theme().row)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(1, theme().space(36))
        self.table.activated.connect(self._go_to)
        self._go.clicked.connect(lambda: self._go_to(self.table.currentIndex()))
        self._back.setToolTip("Take back what this step changed; what was done since stays")
        self._back.clicked.connect(self.take_back)
        self._group.setToolTip(
            "Show the steps with the same reason only, such as those of a review; again for all"
        )
        self._group.clicked.connect(self.show_group)

    def _arrange(self) -> None:
        space = theme().space
        words = QVBoxLayout()
        words.setSpacing(space(0.5))
        words.addWidget(plain("History", font="title"))
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setContentsMargins(space(4), space(4), space(4), space(3))
        head.setSpacing(space(2))
        head.addLayout(words, 1)
        head.addWidget(self.filter)
        for button in (self._group, self._back, self._go):
            head.addWidget(button)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(1)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self.table)
        parts.setSizes([300, 260])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(parts, 1)
        in_order(self.filter, self._group, self._back, self._go, self.list, self.table)

    def shown(self) -> None:
        """Read the history again; the same step stays current."""
        held = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        self.steps.read()
        self._say()
        (self.reveal(str(held.id)) if held else self._first())

    def _say(self) -> None:
        """How many steps there are, and how many of them the filter leaves."""
        undone = sum(step.state != store.DONE for step in self.steps.every)
        number = len(self.steps.every)
        words = f"{number} step{'s' if number != 1 else ''}" + (f" · {undone} undone" if undone else "")
        if self.steps.filtering:
            shown = len(self.steps.rows)
            words = f"{shown:,} of {words} · {number - shown:,} filtered out"
        elif number:
            words += " · nothing is ever taken out"
        self._subtitle.setText(words if number else "No steps yet.")

    def _changed(self, _: object) -> None:
        if self.isVisible():
            self.shown()

    def reveal(self, id: str) -> None:
        """Make a step the current one."""
        if not self.steps.every:
            self.steps.read()
        for at, step in enumerate(self.steps.rows):
            if str(step.id) == id:
                self.list.setCurrentIndex(self.steps.index(at))
                self.list.scrollTo(self.steps.index(at))
                return
        self._first()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def _first(self) -> None:
        self.list.setCurrentIndex(self.steps.index(0) if self.steps.rows else QModelIndex())
        self._moved(self.list.currentIndex())

    def _look(self) -> None:
        self._say()
        self._first()

    def _moved(self, current: Index, _: Index = NO_INDEX) -> None:
        self.changes.show(current.data(Qt.ItemDataRole.UserRole) if current.isValid() else None)
        self.table.setCurrentIndex(self.changes.index(0, 0) if self.changes.lines else QModelIndex())
        self._go.setEnabled(bool(self.changes.lines))
        step = self._step()
        self._back.setEnabled(step is not None and step.state == store.DONE and self._ctx.writable)
        self._group.setEnabled(step is not None and bool(step.why))

    def _step(self) -> Step | None:
        step = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return step if isinstance(step, Step) else None

    def take_back(self) -> None:
        """Take the current step back while later ones stay, or say which of them is in the way."""
        step, plan = self._step(), self._ctx.plan
        if step is None or plan is None:
            return
        try:
            taken = plan.take_back([step])
        except PlanError as error:
            self._ctx.report(error)
            return
        self._ctx.said.emit(f"Took back “{step.title}”" if taken else "All of it was taken back already.")

    def show_group(self) -> None:
        """Show only the steps that share the reason of the current one; all again when that is so already."""
        step = self._step()
        if step is not None and step.why:
            text = f"why={quoted(step.why)}"
            self.filter.setText("" if self.filter.text() == text else text)
            self.reveal(str(step.id))

    def _go_to(self, index: Index) -> None:
        if not index.isValid():
            return
        change, _ = self.changes.lines[index.row()]
        if self._ctx.data.get(change.kind, change.id) is None:
            self._ctx.said.emit("That row is no longer in the plan.")
        else:
            self._ctx.show(change.kind, change.id)
