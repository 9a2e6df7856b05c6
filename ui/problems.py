"""The problems panel: every finding of the checks, a click away from its row and, often, from its cure.

One list model painted by one delegate, so a plan with ten thousand findings scrolls like one with ten.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.actions import ACTIONS, perform
from ui.context import Context
from ui.labels import plain
from ui.theme import icon, theme

if TYPE_CHECKING:
    from dmdesk.checks import Finding

Index = QModelIndex | QPersistentModelIndex
LEVELS = ("error", "warning", "note")
_ICONS = {
    "error": ("error", "text.error"),
    "warning": ("warning", "text.warning"),
    "note": ("note", "text.info"),
}


class Findings(QAbstractListModel):
    """The findings of the levels that are shown, in the order of the checks."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.shown: set[str] = set(LEVELS)
        self.rows: list[Finding] = []
        self._icons = {level: icon(*shape) for level, shape in _ICONS.items()}

    def renew(self) -> None:
        """Show the findings as they are now."""
        self.beginResetModel()
        self.rows = [finding for finding in self._ctx.findings if finding.level in self.shown]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return finding
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.subject(finding)} — {finding.words}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{finding.level}: {self.subject(finding)}: {finding.words} {finding.fix_title}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[finding.level]
        return None

    def subject(self, finding: Finding) -> str:
        """The words for the row that a finding is about."""
        row = self._ctx.data.get(finding.kind, finding.id)
        return self._ctx.data.title(row) if row is not None else "deleted meanwhile"


class _Painter(QStyledItemDelegate):
    """Icon, subject, words and the fix as a link."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme().row)

    def parts(self, rect: QRect, index: Index) -> tuple[QRect, QRect, QRect, QRect]:
        """Where the icon, the subject, the words and the fix stand."""
        look = theme()
        finding, model = index.data(Qt.ItemDataRole.UserRole), index.model()
        side = look.icon_size
        inner = rect.adjusted(look.space(4), 0, -look.space(4), 0)
        picture = QRect(inner.left(), inner.center().y() - side // 2 + 1, side, side)
        left = picture.right() + look.space(2.5)
        fix_wide = QFontMetrics(look.font()).horizontalAdvance(finding.fix_title) if finding.fix else 0
        room = inner.right() - left - (fix_wide + look.space(3) if fix_wide else 0)
        subject = model.subject(finding)  # type: ignore[attr-defined]
        wide = min(QFontMetrics(look.font("strong")).horizontalAdvance(subject) + 2, room // 2)
        title = QRect(left, rect.top(), wide, rect.height())
        said_at = title.right() + look.space(2)
        said_wide = min(
            QFontMetrics(look.font()).horizontalAdvance(finding.words) + 2, room - wide - look.space(2)
        )
        words = QRect(said_at, rect.top(), max(said_wide, 0), rect.height())
        fix = (
            QRect(words.right() + look.space(3), rect.top(), fix_wide + 2, rect.height())
            if fix_wide
            else QRect()
        )
        return picture, title, words, fix

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        finding = index.data(Qt.ItemDataRole.UserRole)
        picture, title, words, fix = self.parts(option.rect, index)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, look.color("bg.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, look.color("bg.hover"))
        drawing: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        drawing.paint(painter, picture)
        _draw(painter, title, index.model().subject(finding), "strong", "text")  # type: ignore[attr-defined]
        _draw(painter, words, finding.words, "ui", "text")
        if finding.fix:
            font = look.font()
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(look.color("text.link"))
            painter.drawText(fix, Qt.AlignmentFlag.AlignVCenter, finding.fix_title)
        painter.restore()


def _draw(painter: QPainter, rect: QRect, text: str, font: str, role: str) -> None:
    """Draw a line of text, with … where it does not fit."""
    painter.setFont(theme().font(font))
    painter.setPen(theme().color(role))
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting)


class _View(QListView):
    """The list: a click or Enter goes to the row, a click on the fix cures."""

    def __init__(self, ctx: Context, model: Findings) -> None:
        super().__init__()
        self._ctx = ctx
        self.painter = _Painter(self)
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName("Problems")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._go)
        self.selectionModel().currentChanged.connect(self._note)

    def _note(self, current: Index, _: Index = QModelIndex()) -> None:  # noqa: B008
        self._ctx.finding = current.data(Qt.ItemDataRole.UserRole) if current.isValid() else None

    def _go(self, index: Index) -> None:
        finding = index.data(Qt.ItemDataRole.UserRole)
        if finding is not None:
            self._ctx.show(finding.kind, finding.id)

    def over_fix(self, at: QPoint) -> bool:
        """Whether a place in the list is on the link of a fix."""
        index = self.indexAt(at)
        return index.isValid() and self.painter.parts(self.visualRect(index), index)[3].contains(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.over_fix(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self._note(index)
        if self.over_fix(at):
            perform(ACTIONS["problem.fix"], self._ctx)
        else:
            self._go(index)


class Problems(QWidget):
    """The panel: how many of each level, switches for the levels, and the list."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.setObjectName("Problems")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._ctx = ctx
        self.model = Findings(ctx, self)
        self.view = _View(ctx, self.model)
        self.setFocusProxy(self.view)
        self._levels = {level: self._switch(level) for level in LEVELS}
        self._nothing = plain("Nothing to mend.", "muted")
        self._arrange()
        ctx.found.connect(self.renew)
        ctx.opened.connect(self.renew)
        self.renew()
        self.setMinimumHeight(theme().space(18))

    def _switch(self, level: str) -> QPushButton:
        button = QPushButton()
        button.setProperty("quiet", True)
        button.setCheckable(True)
        button.setChecked(True)
        button.setIcon(icon(*_ICONS[level]))
        button.toggled.connect(lambda on: self._show_level(level, on))
        return button

    def _arrange(self) -> None:
        space = theme().space
        head = QHBoxLayout()
        head.setContentsMargins(space(4), space(1.5), space(2.5), space(1.5))
        head.setSpacing(space(1.5))
        head.addWidget(plain("Problems", font="strong"))
        head.addSpacing(space(2))
        for button in self._levels.values():
            head.addWidget(button)
        head.addStretch(1)
        close = QToolButton()
        close.setIcon(icon("close", "text.muted"))
        close.setToolTip("Hide the problems (F8)")
        close.setAccessibleName("Hide the problems")
        close.clicked.connect(lambda: self._ctx.wanted.emit("problems"))
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, space(1))
        column.setSpacing(0)
        column.addLayout(head)
        self._body = QStackedLayout()
        self._nothing.setContentsMargins(space(4), space(1), 0, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._body.addWidget(self._nothing)
        self._body.addWidget(self.view)
        column.addLayout(self._body, 1)

    def _show_level(self, level: str, on: bool) -> None:
        (self.model.shown.add if on else self.model.shown.discard)(level)
        self.renew()

    def renew(self) -> None:
        """Show the findings as they are now, with the same one current where it is still there."""
        held, scrolled = self._ctx.finding, self.view.verticalScrollBar().value()
        self.model.renew()
        counts = Counter(finding.level for finding in self._ctx.findings)
        for level, button in self._levels.items():
            button.setText(f" {counts[level]} {level}{'' if counts[level] == 1 else 's'}")
            button.setAccessibleName(f"Show {level}s ({counts[level]})")
            button.setVisible(bool(counts[level]))
        nothing = "Nothing to mend." if self._ctx.checked else "Checking…"
        self._nothing.setText("All problems are filtered out." if self._ctx.findings else nothing)
        self._body.setCurrentIndex(1 if self.model.rows else 0)
        self._hold(held)
        self.view.verticalScrollBar().setValue(scrolled)

    def _hold(self, held: Any) -> None:
        self._ctx.finding = None
        for at, finding in enumerate(self.model.rows):
            if held is not None and (finding.code, finding.id, finding.field) == (
                held.code,
                held.id,
                held.field,
            ):
                self.view.setCurrentIndex(self.model.index(at))
                return

    def next(self, step: int) -> None:
        """Go to the next finding (1) or the one before (-1)."""
        if self.model.rows:
            index = self.view.currentIndex()
            at = (index.row() + step) % len(self.model.rows) if index.isValid() else 0
            self.view.setCurrentIndex(self.model.index(at))
            self.view.scrollTo(self.model.index(at))
            finding = self.model.rows[at]
            self._ctx.show(finding.kind, finding.id)


def counted(findings: list[Any]) -> tuple[int, int]:
    """How many errors and warnings there are; notes are no problems."""
    counts = Counter(finding.level for finding in findings)
    return counts["error"], counts["warning"]
