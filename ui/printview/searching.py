"""Searching the pages: a field, how many hits there are, and the way from one to the next.

Pages are searched one after another in the background, from the one in sight on, so the first hit is there at once.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from ui.labels import plain
from ui.printview.edition import Edition
from ui.printview.marks import Span
from ui.printview.view import PageView
from ui.printview.worker import Worker
from ui.theme import icon, theme

PAUSE = 120
BATCH = 16
"""Pages that are searched before the hits are told."""


class _Field(QLineEdit):
    """Enter goes to the next hit, with Shift to the one before; Escape gives the search up."""

    def __init__(self, bar: SearchBar) -> None:
        super().__init__()
        self._bar = bar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._bar.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._bar.view.setFocus()
        else:
            super().keyPressEvent(event)


class SearchBar(QWidget):
    """The field with its count and its buttons, for one view."""

    def __init__(self, view: PageView, worker: Worker) -> None:
        super().__init__()
        self.view = view
        self._worker = worker
        self._left = 0
        self._run = 0
        self._wants = True
        self._build()
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.search)
        worker.done.connect(self._found, Qt.ConnectionType.QueuedConnection)

    def _build(self) -> None:
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.space(0.5))
        self.field = _Field(self)
        self.field.setPlaceholderText("Search the pages…")
        self.field.setAccessibleName("Search the printed pages")
        self.field.setClearButtonEnabled(True)
        self.field.setMinimumWidth(look.space(28))
        self.field.setMaximumWidth(look.space(50))
        self.field.textChanged.connect(self._typed)
        self.count = plain("", "muted", "small")
        self.count.setMinimumWidth(look.space(15))
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.buttons = []
        for name, tip, away in (
            ("chevron-up", "Previous hit (Shift+F3)", -1),
            ("chevron-down", "Next hit (F3)", 1),
        ):
            button = QToolButton()
            button.setIcon(icon(name))
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(partial(self._clicked, away))
            row.addWidget(button)
            self.buttons.append(button)
        self._say()

    def _clicked(self, away: int, _: bool = False) -> None:
        self.step(away)

    def _typed(self) -> None:
        self._wants = True
        self._soon.start()

    # -- searching

    def search(self) -> None:
        """Search all pages for what the field holds, from the page in sight on."""
        self._soon.stop()
        marks, edition, words = self.view.marks, self.view.edition, self.field.text().strip()
        marks.hits, marks.current = {}, None
        self._run += 1
        self._left = 0
        jobs = []
        if words and edition is not None:
            count = len(edition.pdf.sizes)
            start = self.view.where()[0]
            order = [*range(start, count), *range(start)]
            parts = [order[at : at + BATCH] for at in range(0, count, BATCH)]
            jobs = [partial(_searched, self._run, edition, words, part) for part in parts]
            self._left = len(jobs)
        self._worker.put("search", jobs)
        self._say()
        self.view.viewport().update()

    def again(self) -> None:
        """Search a new edition for the same words, without moving."""
        if self.field.text().strip():
            self._wants = False
            self.search()

    def _found(self, lane: str, result: Any) -> None:
        if lane != "search":
            return
        run: int
        hits: dict[int, list[Span]]
        run, hits = result
        if run != self._run:
            return
        self._left -= 1
        marks = self.view.marks
        marks.hits.update(hits)
        if hits and marks.current is None and self._wants:
            self._first()
        self._say()
        self.view.viewport().update()

    def _first(self) -> None:
        """Go to the first hit at or below the top of what is seen."""
        page, _ = self.view.where()
        hits = self._in_order()
        self._show(next((hit for hit in hits if hit.page >= page), hits[0]))

    def _in_order(self) -> list[Span]:
        hits = self.view.marks.hits
        return [hit for page in sorted(hits) for hit in hits[page]]

    def step(self, away: int) -> None:
        """Go to the next hit (1) or the one before (-1)."""
        if self._soon.isActive():
            self._wants = True
            self.search()
            return
        hits, current = self._in_order(), self.view.marks.current
        if not hits:
            return
        if current in hits:
            self._show(hits[(hits.index(current) + away) % len(hits)])
        else:
            self._first()
        self._say()

    def _show(self, hit: Span) -> None:
        self.view.marks.current = hit
        boxes = self.view.marks.boxes(self.view.edition, hit) if self.view.edition else []
        if boxes:
            self.view.reveal(hit.page, boxes[0].top, boxes[0].bottom)
        self.view.viewport().update()

    def _say(self) -> None:
        hits, current = self._in_order(), self.view.marks.current
        if not self.field.text().strip():
            words = ""
        elif hits:
            at = f"{hits.index(current) + 1:,} of " if current in hits else ""
            words = f"{at}{len(hits):,}{'+' if self._left else ''}"
        else:
            words = "Searching…" if self._left else "Not found"
        self.count.setText(words)
        self.field.setAccessibleDescription(words)
        self.count.setVisible(bool(words))
        for button in self.buttons:
            button.setVisible(bool(words))
            button.setEnabled(bool(hits))


def _searched(run: int, edition: Edition, words: str, pages: list[int]) -> tuple[int, dict[int, list[Span]]]:
    """The hits on some pages. Runs in the worker's thread."""
    found = {page: [Span(page, *hit) for hit in edition.pdf.find(page, words)] for page in pages}
    return run, {page: hits for page, hits in found.items() if hits}
