"""What is marked on pages: the row one came from, the words that are selected, the words that were searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ui.printview.pdf import Box

if TYPE_CHECKING:
    from dmdesk.report import Place
    from ui.printview.edition import Edition

ROW = QColor(15, 118, 110, 34)
ROW_EDGE = QColor(15, 118, 110, 190)
SELECTED = QColor(38, 110, 200, 70)
HIT = QColor(250, 200, 30, 110)
CURRENT = QColor(240, 130, 10, 120)
CURRENT_EDGE = QColor(150, 70, 0)
"""Colours on paper, which is white in both themes; the current hit and the row have an edge as well."""
EDGE = 40
"""Points that the edge of a row stands away from the side of its page."""


class Span(NamedTuple):
    """A piece of a page's text."""

    page: int
    start: int
    letters: int


class Marks:
    """The marks there are; ``hits`` by page."""

    def __init__(self) -> None:
        self.row: Place | None = None
        self.selected: tuple[Span, ...] = ()
        self.hits: dict[int, list[Span]] = {}
        self.current: Span | None = None
        self._boxes: dict[Span, list[Box]] = {}

    def renew_words(self, pages: dict[int, int]) -> None:
        """Forget what stands at letters of a print that is shown no more, but for words that stand as they did.

        ``pages``: where each page of that print is now which looks as it did; a selection stays if all its pages do.
        """
        keep = all(span.page in pages for span in self.selected)
        self.selected = tuple(span._replace(page=pages[span.page]) for span in self.selected) if keep else ()
        self.hits, self.current = {}, None
        self._boxes.clear()

    def boxes(self, edition: Edition, span: Span) -> list[Box]:
        """Where a span stands on its page."""
        if span not in self._boxes:
            if len(self._boxes) > 5000:
                self._boxes.clear()
            self._boxes[span] = edition.pdf.boxes(*span)
        return self._boxes[span]

    def paint(self, painter: QPainter, edition: Edition, page: int, at: QPointF, scale: float) -> None:
        """Draw the marks of a page whose upper left corner is at ``at``."""
        painter.save()
        if self.row is not None and self.row.page == page:
            self._paint_row(painter, self.row, edition.pdf.sizes[page][0], at, scale)
        for span in self.hits.get(page, ()):
            current = span == self.current
            painter.setPen(CURRENT_EDGE if current else QColor(0, 0, 0, 0))
            painter.setBrush(CURRENT if current else HIT)
            for box in self.boxes(edition, span):
                painter.drawRect(_rect(box, at, scale).adjusted(-1, -1, 1, 1))
        for span in self.selected:
            if span.page == page:
                for box in self.boxes(edition, span):
                    painter.fillRect(_rect(box, at, scale).adjusted(-1, -1, 1, 1), SELECTED)
        painter.restore()

    def _paint_row(self, painter: QPainter, row: Place, wide: float, at: QPointF, scale: float) -> None:
        rect = _rect(Box(EDGE, row.top - 2, wide - EDGE, row.bottom + 1), at, scale)
        painter.fillRect(rect, ROW)
        painter.setPen(QPen(ROW_EDGE, 3))
        painter.drawLine(rect.topLeft(), rect.bottomLeft())


def _rect(box: Box, at: QPointF, scale: float) -> QRectF:
    upper, lower = QPointF(box.left, box.top) * scale, QPointF(box.right, box.bottom) * scale
    return QRectF(at + upper, at + lower)
