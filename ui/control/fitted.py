"""What fits among other widgets: text as high as it is long, and a table of changes as wide as there is room."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.changelist import ChangeTable
from ui.minutes.blocktext import BlockText
from ui.theme import theme

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Block

SHARES = (26, 16, 29)
"""Hundredths of the width that the columns of changes take; the last takes what is left."""


class FittedChanges(ChangeTable):
    """A table of changes that is low where there is little room, and never wider than that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumHeight(theme().row * 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.viewport().width()
        for column, share in enumerate(SHARES):
            self.setColumnWidth(column, wide * share // 100)


class FittedText(BlockText):
    """Shows blocks without a bar of its own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def show_blocks(self, title: str, blocks: Iterable[Block]) -> None:
        """Show the blocks, below a title if there is one."""
        super().show_blocks(title, blocks)
        self.document().setDocumentMargin(2)
        if not title:
            start = QTextCursor(self.document())
            start.deleteChar()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(ceil(self.document().size().height()) + 2 * self.frameWidth() + 2)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What scrolls is around this."""
        event.ignore()
