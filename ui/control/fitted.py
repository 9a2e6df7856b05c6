"""Blocks as text that is as high as it is long, to stand among other widgets in what scrolls."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.minutes.blocktext import BlockText

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Block


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
