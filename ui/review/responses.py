"""Responses and actions of the risk in the meeting: who does what by when, and how far it is, to be set in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from dmdesk import types as t
from dmdesk.kinds import kinds
from dmdesk.model import Response, RiskAction
from dmdesk.risks import deeds
from ui.labels import Cut, plain
from ui.review.session import Session
from ui.theme import theme


class Responses(QWidget):
    """A line for each response, its steps below it, then the actions that stand alone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._shown: object = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(3))
        self._grid.setVerticalSpacing(theme().space(1))
        self._grid.setColumnStretch(0, 1)

    def rows(self) -> list[Response | RiskAction]:
        """Responses and actions in the order in which they are shown."""
        data, risk = self.session.ctx.data, self.session.risk
        if risk is None:
            return []
        answers = [
            row for row in data.in_order("response") if isinstance(row, Response) and row.risk == risk.id
        ]
        actions = [
            row for row in data.in_order("action") if isinstance(row, RiskAction) and row.risk == risk.id
        ]
        found: list[Response | RiskAction] = []
        for answer in answers:
            found += [answer, *(row for row in actions if row.response == answer.id)]
        named = {answer.id for answer in answers}
        return [*found, *(row for row in actions if row.response not in named)]

    def renew(self) -> None:
        """Show them as they stand."""
        rows = self.rows()
        names = [self.session.ctx.data.link("person", row.owner) for row in rows]
        shown = (rows, names, self.session.ctx.writable)
        if shown == self._shown:
            return
        self._shown = shown
        while (taken := self._grid.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not rows:
            self._grid.addWidget(plain("Nothing is planned yet; A adds an action.", "muted"), 0, 0)
        for at, (row, owner) in enumerate(zip(rows, names, strict=True)):
            self._line(at, row, owner)

    def _line(self, at: int, row: Response | RiskAction, owner: str) -> None:
        answer = isinstance(row, Response)
        words = f"{row.name}  ({row.strategy})" if isinstance(row, Response) and row.strategy else row.name
        if isinstance(row, RiskAction) and row.on_realisation:
            words = f"{words}  (because it happened)"
        name = Cut(words, font="medium" if answer else "")
        if isinstance(row, RiskAction) and row.response:
            name.setIndent(theme().space(4))
        due = row.due if isinstance(row, RiskAction) else ""
        make = deeds.answered if isinstance(row, Response) else deeds.progressed
        who = Cut(owner, "muted")
        who.setMaximumWidth(theme().space(24))
        parts = (name, who, plain(due, "muted"))
        for column, part in enumerate(parts):
            self._grid.addWidget(part, at, column)
        self._grid.addWidget(self._state(row, partial(self.session.do, make, row)), at, 3)

    def _state(self, row: Response | RiskAction, choose: Callable[[str], object]) -> QComboBox:
        box = QComboBox()
        kind = kinds()["response" if isinstance(row, Response) else "action"]["state"].type
        assert isinstance(kind, t.Choice_)
        for option in ("", *kind.options):
            box.addItem(option or "—", option)
        if row.state not in ("", *kind.options):
            box.addItem(row.state, row.state)
        box.setCurrentIndex(box.findData(row.state))
        box.setAccessibleName(f"State of {row.name}")
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setEnabled(self.session.ctx.writable)
        box.installEventFilter(self)
        box.activated.connect(lambda at: choose(box.itemData(at)))
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls, and letters and Space are keys of the meeting; the box keeps arrows, Enter and Escape."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.text().isprintable()
        ):
            if event.text():
                self.window().keyPressEvent(event)
            return bool(event.text())
        return super().eventFilter(watched, event)
