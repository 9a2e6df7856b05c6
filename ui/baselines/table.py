"""The table of baselines: the draft first, then the sealed versions, newest first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from dmdesk.store import Baseline
from ui.baselines import words
from ui.baselines.looking import DAMAGED, SOUND, UNKNOWN, Looks
from ui.context import Context
from ui.models.rows import Index
from ui.theme import icon, theme
from ui.words import tip

DRAFT = ""
"""The version of the line that stands for the working plan."""

NO_INDEX = QModelIndex()
ICONS = {SOUND: ("check", "text.ok"), DAMAGED: ("error", "text.error"), UNKNOWN: ("refresh", "text.muted")}
NARROW = 250
"""Steps of space below which the table leaves out what the details say as well."""

Say = Callable[[Context, Baseline, Looks], str]
COLUMNS: tuple[tuple[str, int, Say], ...] = (
    ("Version", 20, lambda ctx, one, looks: one.version),
    ("Date", 27, lambda ctx, one, looks: one.date),
    ("Description", 0, lambda ctx, one, looks: one.description),
    ("Owner", 26, lambda ctx, one, looks: one.owner),
    ("Approved by", 28, lambda ctx, one, looks: words.approval_key(one)),
    ("Sealed", 38, lambda ctx, one, looks: f"{words.sealed_when(one)[:10]} {one.who}"),
    ("Items", 16, lambda ctx, one, looks: f"{looks.sizes[one.seal]:,}" if one.seal in looks.sizes else ""),
    ("Text", 24, lambda ctx, one, looks: words.short(one.sha256)),
    ("PDF", 24, lambda ctx, one, looks: words.short(one.pdf)),
    ("Exported", 27, lambda ctx, one, looks: words.exported_when(one)),
    ("State", 36, lambda ctx, one, looks: looks.state(one)),
)  # fmt: skip
"""Heading, width in steps of space (0: what is left), and what stands there."""

HEADS = [head for head, _, _ in COLUMNS]
MONO = {HEADS.index("Text"), HEADS.index("PDF")}
DESCRIPTION, SEALED, ITEMS, STATE = (
    HEADS.index(head) for head in ("Description", "Sealed", "Items", "State")
)
LEFT_OUT = [HEADS.index(head) for head in ("Owner", "Items", "Text", "PDF")]
SUMS = {HEADS.index("Text"): "sha256", HEADS.index("PDF"): "pdf"}


class Versions(QAbstractTableModel):
    """A line for the draft and for each baseline."""

    def __init__(self, ctx: Context, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._looks = ctx, looks
        self.lines: list[Baseline | None] = []
        looks.changed.connect(self.renew)

    def read(self) -> None:
        """Read the versions again."""
        self.beginResetModel()
        known = self._ctx.baselines()
        self.lines = [None, *reversed(known)] if known else []
        self.endResetModel()

    def renew(self) -> None:
        """Show what is known by now."""
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(COLUMNS) - 1))

    def at(self, row: int) -> Baseline | None:
        """The baseline of a line, None for the draft's."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def row_of(self, version: str) -> int:
        """The line of a version, -1 if there is none."""
        names = [one.version if one else DRAFT for one in self.lines]
        return names.index(version) if version in names else -1

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, across: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if across != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role == Qt.ItemDataRole.ToolTipRole and section in SUMS:
            return f"<p>SHA-256 of the {'text' if SUMS[section] == 'sha256' else 'PDF'}</p>"
        return self._aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _aligned(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column == ITEMS else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        one, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[column][2](self._ctx, one, self._looks) if one else self._of_the_draft(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._aligned(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(one, column)
        return self._look(one, column, role)

    def _look(self, one: Baseline | None, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and column == STATE:
            return icon(*ICONS[self._looks.state(one)]) if one else icon("edit", "text.warning")
        if role == Qt.ItemDataRole.FontRole and (column == 0 or column in MONO):
            return theme().font("medium" if column == 0 else "mono")
        if role == Qt.ItemDataRole.ForegroundRole and one and column == STATE:
            return theme().color("text.error" if self._looks.state(one) == DAMAGED else "text")
        return None

    def _tip(self, one: Baseline | None, column: int) -> str | None:
        if one and column in SUMS:
            return tip(getattr(one, SUMS[column]))
        if one and column == STATE and self._looks.told(one):
            return tip("\n".join(self._looks.told(one)), lines=True)
        if one and column == SEALED:
            return tip(f"{words.sealed_when(one)}, by {one.who}")
        if column == DESCRIPTION:
            return tip(str(self.data(self.index(self.lines.index(one), column))))
        return None

    def _of_the_draft(self, column: int) -> str:
        if column == DESCRIPTION:
            said = words.draft(self._ctx, self._looks.since)
            return said[0].upper() + said[1:]
        if column == ITEMS:
            return f"{sum(self._ctx.data.counts().values()):,}"
        state = "Draft" if getattr(self._ctx.data.plan(), "state", "") != "baselined" else "Working plan"
        return {0: "draft", STATE: state}.get(column, "")


class Table(QTableView):
    """The table. ``wanted``: Enter or a double click on the current line."""

    wanted = Signal()

    def __init__(self, model: Versions) -> None:
        super().__init__()
        self.setObjectName("Changes")
        self.setAccessibleName("Versions, newest first")
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.verticalHeader().setMinimumSectionSize(theme().row)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for at, (_, wide, _) in enumerate(COLUMNS):
            if wide:
                head.resizeSection(at, theme().space(wide))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _: self.wanted.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < theme().space(NARROW)
        for column in LEFT_OUT:
            self.setColumnHidden(column, narrow)
        super().resizeEvent(event)
