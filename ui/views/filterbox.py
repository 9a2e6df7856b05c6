"""The filter box: the line that filters a page, with what may be typed there, what is wrong, and filters kept by name.

Words alone act at once as anywhere; whoever wants more finds it below the line while typing, and never has to look.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dmdesk.errors import PlanError
from ui.context import Context
from ui.labels import plain
from ui.models.filtering import Filtered
from ui.theme import icon, theme
from ui.views.offers import Offer, Offers

if TYPE_CHECKING:
    from dmdesk.filters import Facts

PAUSE = 600
"""Milliseconds without a key until the line says what is wrong: half of a condition is no mistake yet."""

NARROW, WIDE = 52, 110
"""Widths of the line, in steps of space: while it holds a word, and while it holds many."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterBox(QLineEdit):
    """Filters the rows of a model by what is typed."""

    filtered = Signal()
    """Other rows may be shown now."""
    leave = Signal()
    """Enter or Down: on to the rows. Escape in an empty line says so too."""

    def __init__(
        self, ctx: Context, model: Filtered, parent: QWidget | None = None, *, widths: tuple[int, int] = (NARROW, WIDE)
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._narrow, self._wide = widths
        self.ctx = ctx
        self.model = model
        self.wrong = ""
        """Why the text cannot be read, "" while it can."""
        self._wrong_at = 0
        self._by_hand = False
        self._offers: Offers | None = None
        self._note: QWidget | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._complain)
        self.setPlaceholderText("Filter…")
        self.setAccessibleName(f"Filter {model.kind.plural}")
        self.setToolTip(
            "<p>Show the rows that fit: words, or conditions such as manager:swinbank, no:owner or kind:software."
            " Ctrl+Space says what can be typed. (Ctrl+F)</p>"
        )
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setFixedWidth(theme().space(self._narrow))
        self.textChanged.connect(self._typed)
        self.textEdited.connect(self._edited)
        model.filtering.facts = model.filtering.facts or self.facts
        ctx.found.connect(self._found_anew)

    # -- filtering

    def _typed(self, text: str) -> None:
        self._fit()
        self.wrong, self._wrong_at = "", 0
        self._pause.stop()
        self._hide_note()
        try:
            self.model.set_filter(text)
        except PlanError as error:
            self.wrong, self._wrong_at = str(error), getattr(error, "at", 0)
            self._pause.start()
            self._without_last(text)
        self.setAccessibleDescription(self.wrong)
        self.offer() if self._by_hand else self.close_offers()
        self._by_hand = False
        self.filtered.emit()

    def set_widths(self, narrow: int, wide: int) -> None:
        """The widths of the line while it holds little and while it holds much, in steps of space."""
        self._narrow, self._wide = narrow, wide
        self._fit()

    def _fit(self) -> None:
        look = theme()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + look.space(18)
        self.setFixedWidth(min(max(wide, look.space(self._narrow)), look.space(self._wide)))

    def _edited(self, _: str) -> None:
        """Qt says this before it says that the text is another."""
        self._by_hand = True

    def _without_last(self, text: str) -> None:
        """Filter by all but the last condition, which is not whole yet; where that does not help, as before."""
        from dmdesk.filters.parsing import items

        last = items(text)[-1].start if text.strip() else 0
        with suppress(PlanError):
            self.model.set_filter(text[:last])

    def facts(self, asks: frozenset[str]) -> Facts:
        """What filters ask beside the rows; fetched when asked for, because it costs a look into the file."""
        from dmdesk.filters import Facts

        plan = self.ctx.plan
        changed = plan.last_changes() if plan is not None and "changed" in asks else {}
        problems = {finding.id for finding in self.ctx.findings} if "problems" in asks else frozenset()
        return Facts(changed, problems, differing=self.ctx.differing)

    def _found_anew(self, _: object) -> None:
        if "problems" in self.model.filtering.asks:
            self.model.refilter()
            self.filtered.emit()

    # -- what is wrong

    def _complain(self) -> None:
        """Say below the line why the text cannot be read; the rows stay as they were."""
        if not self.wrong or not self.hasFocus():
            return
        note = plain(self.wrong, "error", "small")
        note.setParent(self.window())
        note.setObjectName("FilterNote")
        look = theme()
        note.setStyleSheet(
            f"#FilterNote {{ background: {look.color('bg.error').name()}; color: {look.color('text.error').name()};"
            f" border-radius: {look.space(1)}px; padding: {look.space(1)}px {look.space(2)}px; }}"
        )
        note.setWordWrap(True)
        note.setFixedWidth(max(self.width(), look.space(80)))
        note.adjustSize()
        corner = self.mapTo(self.window(), self.rect().bottomRight())
        left = max(corner.x() - note.width() + 1, 0)
        note.move(left, corner.y() + look.space(1))
        note.show()
        note.raise_()
        self._note = note
        if self._offers is not None and self._offers.isVisible():
            note.move(left, self._offers.geometry().bottom() + look.space(1))

    def _hide_note(self) -> None:
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
            self._note = None

    def note(self) -> str:
        """The words that stand below the line."""
        return self.wrong if self._note is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.wrong:
            painter = QPainter(self)
            painter.fillRect(self._underline(), theme().color("text.error"))

    def _underline(self) -> QRect:
        """The line below what is wrong, up to the next blank; below the end where something is missing."""
        metrics, text, cursor = self.fontMetrics(), self.text(), self.cursorRect()
        start = cursor.center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        word = text[self._wrong_at :].split(" ", 1)[0]
        wide = max(metrics.horizontalAdvance(word), theme().space(2))
        left = start + metrics.horizontalAdvance(text[: self._wrong_at])
        inside = self.rect().adjusted(theme().space(2), 0, -theme().space(2), 0)
        return QRect(left, self.rect().bottom() - theme().space(1), wide, 2).intersected(inside)

    # -- what may be typed

    def offer(self, *, asked: bool = False) -> None:
        """Show what may stand at the cursor, where that helps; with ``asked``, also where nothing is typed yet."""
        text, cursor = self.text(), self.cursorPosition()
        found = [
            Offer(one.text, one.help, one.start, one.end)
            for one in self.model.filtering.complete(text, cursor)
            if text[one.start : one.end] != one.text
        ]
        begun = text[found[0].start : cursor] if found else ""
        in_value = text[: found[0].start].endswith((":", "=", "<", ">")) if found else False
        if not found or not (asked or in_value or len(begun) >= 2):
            self.close_offers()
            return
        if self._offers is None:
            self._offers = Offers(self.window())
            self._offers.chosen.connect(self._take)
        self._offers.show_below(self, found)

    def close_offers(self) -> bool:
        """Take the list away; whether there was one."""
        if self._offers is None or not self._offers.isVisible():
            return False
        self._offers.hide()
        return True

    def _take(self, offer: Offer) -> None:
        """Put a choice in the place of what it completes; behind a value goes a blank, for the next condition."""
        before, after = self.text()[: offer.start], self.text()[offer.end :]
        blank = "" if offer.text.endswith(":") or after.startswith(" ") else " "
        self.close_offers()
        self.setText(f"{before}{offer.text}{blank}{after}")
        self.setCursorPosition(len(before) + len(offer.text) + (1 if not offer.text.endswith(":") else 0))
        if offer.text.endswith(":"):
            self.offer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.offer(asked=True)
            return
        if self._offers is not None and self._offers.isVisible() and self._offers.key(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            if not self.close_offers():
                self.clear() if self.text() else self.leave.emit()
        elif event.key() == Qt.Key.Key_Down or event.key() in _ENTER:
            self.close_offers()
            self.leave.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab takes an offer before it means the next field."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._offers is not None
            and self._offers.isVisible()
        ):
            return self._offers.take()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_offers()
            self._hide_note()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._follow)

    def _follow(self) -> None:
        """The line grows to the left: what stands below it goes along."""
        if self._offers is not None and self._offers.isVisible():
            self._offers.place_below(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_offers()
        self._hide_note()
