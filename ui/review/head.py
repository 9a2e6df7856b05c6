"""The head of the meeting's page: which risk this is, how it stands, and its statement."""

from __future__ import annotations

import html
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dmdesk.model import Reviewed, RiskReview
from dmdesk.model.risks import CURRENT
from dmdesk.reading import PlanData
from dmdesk.risks import due
from dmdesk.risks.book import scores_of
from ui.labels import plain
from ui.review.session import Session
from ui.review.words import count
from ui.theme import theme


class Head(QWidget):
    """A line of facts, the title, and if … then …"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.facts = plain("", "muted")
        self.late = plain("", "error", "medium")
        self.title = plain("", font="big")
        self.title.setWordWrap(True)
        self.statement = QLabel()
        self.statement.setTextFormat(Qt.TextFormat.RichText)
        self.statement.setWordWrap(True)
        self.statement.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setMinimumWidth(1)
        for label in (self.title, self.statement):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        look = theme()
        line = QHBoxLayout()
        line.setSpacing(look.space(2))
        line.addWidget(self.facts)
        line.addWidget(self.late)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(0.75))
        column.addLayout(line)
        column.addWidget(self.title)
        column.addWidget(self.statement)

    def renew(self) -> None:
        """Show the risk as it stands."""
        data, item, risk, review = (
            self.session.ctx.data,
            self.session.item,
            self.session.risk,
            self.session.review,
        )
        if item is None or review is None:
            return
        if risk is None:
            self.facts.setText("No longer in the plan")
            self.late.setText("")
            self.title.setText(item.subject)
            self.statement.setText(
                "It was deleted meanwhile. Go on with Space; the minutes keep what was said of it."
            )
            return
        owner = data.link("person", risk.owner) if risk.owner else "nobody"
        last = _last_before(data, risk.id, review)
        facts = [
            data.key(risk),
            risk.state or "candidate",
            f"owner {owner}",
            f"last reviewed {last}" if last else "never reviewed",
        ]
        self.facts.setText("  ·  ".join(facts))
        self.late.setText("·  " + self._late() if self._late() else "")
        self.title.setText(data.title(risk))
        self.statement.setText(_statement(risk.condition, risk.consequence))
        self.statement.setVisible(bool(risk.condition or risk.consequence))

    def _late(self) -> str:
        """By how many days the review of the risk is overdue on the day of this one."""
        data, risk, review = self.session.ctx.data, self.session.risk, self.session.review
        if risk is None or review is None or not due.is_review_overdue(data, risk, review.date):
            return ""
        try:
            days = (date.fromisoformat(review.date) - date.fromisoformat(due.review_due(data, risk))).days
        except ValueError:
            return "overdue"
        return f"{count(days, 'day')} overdue"


def _last_before(data: PlanData, risk: str, review: RiskReview) -> str:
    """The day a risk was looked at last before a review: in another one, or by a dated current score."""
    days = [
        row.date
        for row in scores_of(data, risk)
        if (row.sort or CURRENT) == CURRENT and row.date < review.date
    ]
    for row in data.rows("reviewed").values():
        held = data.get("review", row.review) if isinstance(row, Reviewed) and row.risk == risk else None
        if isinstance(held, RiskReview) and held.id != review.id and getattr(row, "state", "") == "reviewed":
            days.append(held.date)
    return max((day for day in days if day <= review.date), default="")


def _statement(condition: str, consequence: str) -> str:
    """“If …, then ….” with these two words marked; what people typed is shown as it is."""
    parts = [
        (word, text.strip().rstrip(",.")) for word, text in (("If", condition), ("then", consequence)) if text
    ]
    return ", ".join(f"<b>{word}</b> {html.escape(text)}" for word, text in parts) + "." * bool(parts)
