"""The line that moves as one types: exposure and score of the risk, and the contingency of the whole plan."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from dmdesk.changes import Change
from dmdesk.risks import deeds
from dmdesk.types import amount
from ui.review.amounts import Amounts
from ui.review.session import Session
from ui.review.words import number, short, was
from ui.theme import theme

PAUSE = 60
"""Milliseconds without a key until the figures follow."""


class Line(QLabel):
    """“Exposure $400k (was $520k) · score 16 high (was 20) · plan P80 $3.1M (was $3.3M)”."""

    def __init__(self, session: Session, amounts: Amounts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._amounts = amounts
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self.renew)
        amounts.typed.connect(self._later.start)
        look = theme()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAccessibleName("Figures")
        self.setFont(look.font("medium"))
        self.setMargin(look.space(1.5))
        self.setFixedHeight(2 * self.fontMetrics().lineSpacing() + look.space(4))
        self.setProperty("role", "figures")

    def renew_soon(self) -> None:
        """Show the figures once whoever types has paused."""
        self._later.start()

    def renew(self) -> None:
        """Work out the figures with what is being typed, and show them beside those before the review."""
        session = self.session
        item, review, data = session.item, session.review, session.ctx.data
        figures = session.figures(self._changes()) if item and review else None
        if item is None or review is None or figures is None:
            self.setText("")
            return
        parts = []
        if session.risk is not None:
            emv = short(data, figures.emv)
            parts.append(f"Exposure {emv}{was(emv, short(data, item.exposure_before))}")
            score, old = number(figures.score), number(amount(item.score_before))
            parts.append(f"score {score}{f' {figures.zone}' if figures.zone else ''}{was(score, old)}")
        p80 = short(data, figures.p80)
        parts.append(f"plan P80 {p80}{was(p80, short(data, review.p80_before))}")
        self.setText("  ·  ".join(parts))

    def _changes(self) -> list[Change]:
        pending = self._amounts.pending()
        if not pending or self.session.risk is None:
            return []
        deed = self.session.deed(deeds.amounts, pending)
        return deed.changes if deed else []
