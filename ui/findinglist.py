"""Findings as a list: one model and one delegate, so a plan with ten thousand findings scrolls like one with ten.

A line shows the level, the row, what is said of it and, as a link, what would cure it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.context import Context
from ui.theme import icon, theme
from ui.words import tip

if TYPE_CHECKING:
    from dmdesk.checks import Finding

Index = QModelIndex | QPersistentModelIndex
LEVELS = ("error", "warning", "note", "accepted")
ICONS = {
    "error": ("error", "text.error"),
    "warning": ("warning", "text.warning"),
    "note": ("note", "text.info"),
    "accepted": ("check", "text.muted"),
}


class Findings(QAbstractListModel):
    """The findings of the levels that are shown, in the order of the checks."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self.shown: set[str] = set(LEVELS) - {"accepted"}
        self.only: tuple[str, str] | None = None
        """("code" or "kind", its value) of the findings that are wanted; None for all."""
        self.rows: list[Finding] = []
        self._until: dict[int, str] = {}
        self._icons = {level: icon(*shape) for level, shape in ICONS.items()}

    def renew(self) -> None:
        """Show the findings as they are now."""
        self.beginResetModel()
        self.rows = [finding for finding in self._ctx.findings if self._wanted(finding)]
        self.endResetModel()

    def _wanted(self, finding: Finding) -> bool:
        return finding.level in self.shown and (
            self.only is None or getattr(finding, self.only[0]) == self.only[1]
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.subject(finding)} — {self.said(finding)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{self.subject(finding)} — {self.said(finding)}") + tip(finding.code)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{finding.level}: {self.subject(finding)}: {self.said(finding)} {finding.fix_title}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._icons[finding.level]
        return None

    def subject(self, finding: Finding) -> str:
        """The words for the row that a finding is about."""
        row = self._ctx.data.get(finding.kind, finding.id)
        return self._ctx.data.title(row) if row is not None else "deleted meanwhile"

    def said(self, finding: Finding) -> str:
        """What a finding says, why it was accepted, and until when that holds."""
        if not finding.accepted:
            return finding.words
        until = f" until {finding.until}" if finding.until else ""
        return f"{finding.words} Accepted{until}: {finding.accepted}"


def offered(finding: Finding) -> str:
    """The words of the link that cures a finding, or "": its first fix, with … when there are several."""
    return f"{finding.fix_title} …" if len(finding.fixes) > 1 else finding.fix_title


class FindingPainter(QStyledItemDelegate):
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
        fix_wide = QFontMetrics(look.font()).horizontalAdvance(offered(finding))
        room = inner.right() - left - (fix_wide + look.space(3) if fix_wide else 0)
        subject, words_of = model.subject(finding), model.said(finding)  # type: ignore[attr-defined]
        wide = min(QFontMetrics(look.font("strong")).horizontalAdvance(subject) + 2, room // 2)
        title = QRect(left, rect.top(), wide, rect.height())
        said_at = title.right() + look.space(2)
        said_wide = min(
            QFontMetrics(look.font()).horizontalAdvance(words_of) + 2, room - wide - look.space(2)
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
        told = index.model().said(finding)  # type: ignore[attr-defined]
        _draw(painter, words, told, "ui", "text.muted" if finding.accepted else "text")
        if finding.fix:
            font = look.font()
            font.setUnderline(True)
            painter.setFont(font)
            painter.setPen(look.color("text.link"))
            painter.drawText(fix, Qt.AlignmentFlag.AlignVCenter, offered(finding))
        painter.restore()


def _draw(painter: QPainter, rect: QRect, text: str, font: str, role: str) -> None:
    """Draw a line of text, with … where it does not fit."""
    painter.setFont(theme().font(font))
    painter.setPen(theme().color(role))
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting)
