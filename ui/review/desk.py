"""The desk of the meeting: the risk that is shown, with its matrix in the middle and what is said at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dmdesk.risks import matrix
from dmdesk.risks.book import scored
from dmdesk.risks.deeds import amounts, next_look
from dmdesk.risks.reviewing import risk_of
from dmdesk.risks.scale import scale_of
from ui.labels import plain
from ui.review.amounts import Amounts
from ui.review.head import Head
from ui.review.line import Line
from ui.review.responses import Responses
from ui.review.scores import Scores
from ui.review.session import Session
from ui.review.talk import Talk
from ui.risks.heatmap import HeatMap
from ui.theme import theme


class Desk(QWidget):
    """The parts, and which of them follow what."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.head = Head(session)
        self.map = HeatMap(name="Matrix of this review")
        self.map.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.scores = Scores(session)
        self.amounts = Amounts(session, self._amount)
        self.line = Line(session, self.amounts)
        self.responses = Responses(session)
        self.talk = Talk(session)
        self.map.picked.connect(lambda *_: self.map.choose(None))
        self._arrange()

    def _arrange(self) -> None:
        look = theme()
        inner = QWidget()
        parts = QVBoxLayout(inner)
        parts.setContentsMargins(0, 0, look.space(2), 0)
        parts.setSpacing(look.space(2.5))
        for part in (self.scores, self.amounts):
            parts.addWidget(part)
        parts.addWidget(plain("Responses", font="strong"))
        parts.addWidget(self.responses)
        parts.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        right = QVBoxLayout()
        right.setSpacing(look.space(2.5))
        right.addWidget(self.area, 1)
        right.addWidget(self.line)
        right.addWidget(self.talk)
        middle = QHBoxLayout()
        middle.setSpacing(look.space(5))
        middle.addWidget(self.map, 8)
        middle.addLayout(right, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        column.addWidget(self.head)
        column.addLayout(middle, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.talk.set_high(min(max(self.height() // 9, theme().space(11)), theme().space(40)))

    def renew(self) -> None:
        """Show the risk as it stands."""
        for part in (self.head, self.scores, self.amounts, self.responses, self.talk):
            part.renew()
        self._matrix()
        QTimer.singleShot(0, self, self._widen)
        self.line.renew_soon()

    def _amount(self, name: str, value: Any) -> bool:
        """Write an amount, or the day of the next review; whether it could be."""
        if name == "next_review":
            return self.session.do(next_look, value)
        return self.session.do(amounts, {name: value})

    def _widen(self) -> None:
        """Leave what scrolls the width that it needs; the matrix takes what is left."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        self.area.setMinimumWidth(self._inner.minimumSizeHint().width() + bar)

    def _matrix(self) -> None:
        data, risk = self.session.ctx.data, self.session.risk
        rows = [row for item in self.session.agenda() if (row := risk_of(data, item)) is not None]
        found = matrix.cells(data, [row.id for row in rows if not scored(data, row.id).worst or row == risk])
        names = data.rows("risk")
        self.map.show_cells(
            scale_of(data), {at: [data.key(names[id]) for id in ids] for at, ids in found.items()}
        )
        if risk is None:
            self.map.show_trail("", ())
            return
        own = scored(data, risk.id)
        shown = own.worst or risk.id
        trail = matrix.trail(data, shown)
        self.map.show_trail(data.key(risk), trail, matrix.cell(own.target))

    def to_top(self) -> None:
        """Show the beginning of what scrolls."""
        self.area.verticalScrollBar().setValue(0)
