"""The header of a grid: labels, the sorting arrow and the line below, drawn to stand exactly over their columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme import icon, theme

FIRST = 4.5
"""Steps of space before the first column's words, so that they stand below the page's title."""


class Header(QHeaderView):
    """A horizontal header."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(theme().space(8))
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(theme().space(8))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        look, model = theme(), self.model()
        painter.save()
        painter.fillRect(rect, look.color("bg.page"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        room = rect.adjusted(look.space(FIRST if logicalIndex == 0 else 2), 0, -look.space(2), 0)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        if sorted_here:
            side = look.space(3.5)
            room.setRight(room.right() - side)
            name = (
                "chevron-up" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "chevron-down"
            )
            at = QRect(room.right() + 1, rect.top() + (rect.height() - side) // 2, side, side)
            icon(name, "text.accent").paint(painter, at)
        painter.setFont(look.font("medium"))
        painter.setPen(look.color("text.accent" if sorted_here else "text.muted"))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        side_of = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(room, Qt.AlignmentFlag(side_of) | Qt.TextFlag.TextSingleLine, words)
        painter.restore()
