"""The mouse on the pages: selects words, follows links, points at rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ui.printview.marks import Span

if TYPE_CHECKING:
    from ui.printview.pdf import Link
    from ui.printview.view import PageView

EDGE = 24
"""Pixels from the edge within which a selection scrolls the pages."""


class Pointing:
    """What the mouse is doing."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._pressed: QPointF | None = None
        self._from: tuple[int, int] | None = None
        self._selecting = False

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a selection."""
        if event.button() == Qt.MouseButton.LeftButton and self._view.edition is not None:
            self._pressed = event.position()
            self._from = self._letter(event.position())
            self._selecting = False

    def move(self, event: QMouseEvent) -> None:
        """Go on with a selection, or show what is under the pointer."""
        view = self._view
        if view.edition is None:
            return
        if self._pressed is None:
            self._hover(event)
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        self._selecting = self._selecting or far
        if self._selecting and self._from is not None:
            self._scroll(event.position())
            page, letter = self._from
            within = letter >= view.edition.pdf.frame(page)
            to = self._letter(event.position(), content=within)
            if to is not None:
                self._select(self._from, to)

    def _scroll(self, at: QPointF) -> None:
        bar, high = self._view.verticalScrollBar(), self._view.viewport().height()
        if at.y() < EDGE:
            bar.setValue(bar.value() - EDGE)
        elif at.y() > high - EDGE:
            bar.setValue(bar.value() + EDGE)

    def release(self, event: QMouseEvent) -> None:
        """End a selection, or click."""
        pressed, self._pressed = self._pressed, None
        view = self._view
        if pressed is None or self._selecting or view.edition is None:
            return
        if view.marks.selected:
            view.marks.selected = ()
            view.viewport().update()
        link = self.link(event.position())
        if link is not None:
            self.follow(link)
            return
        page, _, y = view.place(event.position())
        view.pointed.emit(page, y)

    def follow(self, link: Link) -> None:
        """Go where a link leads, or ask for its address."""
        if link.address:
            self._view.address.emit(link.address)
        else:
            self._view.jump(link.page, link.y)

    def link(self, at: QPointF) -> Link | None:
        """The link at a point of the viewport."""
        edition = self._view.edition
        if edition is None:
            return None
        page, x, y = self._view.place(at)
        return edition.pdf.link_at(page, x, y)

    def _hover(self, event: QMouseEvent) -> None:
        shapes = Qt.CursorShape
        link = self.link(event.position())
        self._view.viewport().setCursor(shapes.PointingHandCursor if link else shapes.IBeamCursor)
        if link is not None and link.address:
            QToolTip.showText(event.globalPosition().toPoint(), link.address.replace("<", "&lt;"), self._view)

    # -- words

    def _letter(self, at: QPointF, *, content: bool = False) -> tuple[int, int] | None:
        """(Page, place in its text) of the letter at or near a point; ``content``: never of header and footer."""
        edition = self._view.edition
        if edition is None:
            return None
        page, x, y = self._view.place(at)
        letter = edition.pdf.letter_at(page, x, y, content=content)
        return None if letter is None else (page, letter)

    def _select(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        edition = self._view.edition
        assert edition is not None
        (first, begin), (last, stop) = sorted((start, end))
        spans = []
        for page in range(first, last + 1):
            low = begin if page == first else edition.pdf.frame(page)
            high = stop + 1 if page == last else edition.pdf.letters(page)
            if low < high:
                spans.append(Span(page, low, high - low))
        self._view.marks.selected = tuple(spans)
        self._view.viewport().update()

    def selected_text(self) -> str:
        """The words that are selected."""
        edition = self._view.edition
        return "\n".join(edition.pdf.words(*span) for span in self._view.marks.selected) if edition else ""

    def select_page(self) -> None:
        """Select all words of the page in sight, but for those of its header, footer and watermark."""
        edition = self._view.edition
        if edition is not None:
            page = self._view.page
            first = edition.pdf.frame(page)
            count = edition.pdf.letters(page) - first
            self._view.marks.selected = (Span(page, first, count),) if count else ()
            self._view.viewport().update()

    def copy(self) -> bool:
        """Copy the words that are selected; False when there are none."""
        text = self.selected_text()
        if text:
            QApplication.clipboard().setText(text)
        return bool(text)
