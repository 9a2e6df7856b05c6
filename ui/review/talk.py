"""What is said and decided of the risk: notes that are written while they are typed, and the decision."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from dmdesk.risks import deeds
from dmdesk.risks.deeds import DECISIONS
from dmdesk.types import many_lines
from ui.chips import Flow
from ui.labels import plain
from ui.review.session import Session
from ui.theme import theme

SILENCE = 1500
"""Milliseconds without a key after which notes are written: one step a pause, not one a letter."""

BY_HAND = DECISIONS[:4]
"""Decisions that are chosen here; the others are what a key of the meeting does."""


class Talk(QWidget):
    """Notes and decision. ``wanted`` names a decision that needs more words: escalate, retire, realise, deprecate."""

    wanted = Signal(str)
    leave = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._of = ""
        self._silence = QTimer(self, singleShot=True, interval=SILENCE)
        self._silence.timeout.connect(self.write)
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName("Notes of this review")
        self.notes.setPlaceholderText("What is said. It is kept while you type.")
        self.notes.setTabChangesFocus(True)
        self.notes.installEventFilter(self)
        self.notes.textChanged.connect(self._typed)
        self.buttons = {name: self._button(name) for name in DECISIONS}
        self._arrange()

    def _button(self, name: str) -> QPushButton:
        made = QPushButton(name.capitalize())
        made.setCheckable(True)
        made.setProperty("decision", True)
        made.setFont(theme().font("small"))
        made.setAccessibleName(f"Decision: {name}")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self._decide(name))
        return made

    def _arrange(self) -> None:
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1.5))
        column.addWidget(plain("Notes of this review", font="strong"))
        column.addWidget(self.notes)
        row = QWidget()
        flow = Flow(row)
        flow.setContentsMargins(0, 0, 0, 0)
        for button in self.buttons.values():
            flow.addWidget(button)
        flow.addWidget(QWidget())  # takes what is left of the last line
        line = QHBoxLayout()
        line.setSpacing(look.space(3))
        line.addWidget(plain("Decision", "muted", "small"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(row, 1)
        column.addLayout(line)

    def set_high(self, high: int) -> None:
        """Give the notes so many pixels."""
        self.notes.setFixedHeight(high)

    # -- what is typed

    def _typed(self) -> None:
        if self._of:
            self._silence.start()

    def write(self) -> bool:
        """Write the notes now; whether they are in the plan."""
        self._silence.stop()
        item = self.session.item
        if item is None or item.id != self._of:
            return True
        words = many_lines(self.notes.toPlainText())
        return words == item.notes or self.session.do(deeds.note, words)

    def _decide(self, name: str) -> None:
        item = self.session.item
        if name in BY_HAND and item is not None:
            self.session.do(deeds.decide, "" if item.decision == name else name)
        elif item is not None and item.decision != name:
            self.wanted.emit(name)
        self.renew()

    # -- what is shown

    def renew(self) -> None:
        """Show what is written; words that are being typed stay."""
        item = self.session.item
        if item is None:
            return
        if item.id != self._of or (not self.notes.hasFocus() and not self._silence.isActive()):
            self._of = ""
            if self.notes.toPlainText() != item.notes:
                self.notes.setPlainText(item.notes)
            self._of = item.id
        elif not self._silence.isActive() and many_lines(self.notes.toPlainText()) != item.notes:
            self._of = ""
            self.notes.setPlainText(item.notes)
            self._of = item.id
        self.notes.setReadOnly(not self.session.ctx.writable)
        for name, button in self.buttons.items():
            button.setChecked(item.decision == name)
            button.setEnabled(self.session.ctx.writable)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus():
            self.write()
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.write()
            self.leave.emit()
            return True
        return super().eventFilter(watched, event)
