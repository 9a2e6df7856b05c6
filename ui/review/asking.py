"""What the meeting asks for: a reason, an action, what those above are to decide, which risk to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from dmdesk.kinds import kinds
from dmdesk.model import Response, Risk
from dmdesk.risks import deeds
from dmdesk.types import BadValue, many_lines
from ui.changesheet import opened, over
from ui.dialogs import Sheet, lines
from ui.editors import editor
from ui.labels import plain
from ui.review.session import Session
from ui.theme import theme

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
STATES = {
    "retired": "Retired: it can no longer happen, or is accepted",
    "deprecated": "Deprecated: it was none, or is part of another",
    "active": "Active",
    "candidate": "Candidate again",
}
"""The states that closing a risk offers, in order; that it is realised has a key of its own."""

Take = Callable[[str, str], str]
"""Takes the option and the words; gives the sentence that says what is wrong, or nothing."""


class _Asking(Sheet):
    """A sheet that says below its fields what is wrong with them."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title, words, over())
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()

    def finish(self, yes: str) -> None:
        """Put the sentence and the buttons below all else."""
        self.column.addWidget(self.wrong)
        self.end(yes)

    def say(self, sentence: str) -> bool:
        """Show what is wrong; whether there was anything."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        return bool(sentence)


class WordsSheet(_Asking):
    """Asks for some words, and before them for one of a few options where there are several."""

    def __init__(
        self, title: str, words: str, label: str, yes: str, take: Take,
        options: Sequence[tuple[str, str]] = (), chosen: str = "",
    ) -> None:  # fmt: skip
        super().__init__(title, words)
        self._take = take
        self.option = QComboBox()
        for value, name in options:
            self.option.addItem(name, value)
        self.option.setCurrentIndex(max(self.option.findData(chosen), 0))
        self.option.setAccessibleName("To")
        self.option.setVisible(bool(options))
        self.column.addWidget(self.option)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().space(22))
        self.text.installEventFilter(self)
        head = plain(label, "muted", "small")
        head.setBuddy(self.text)
        self.column.addWidget(head)
        self.put(self.text, label)
        self.finish(yes)
        self.text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Take the words, or say what is wrong."""
        option = self.option.currentData() or ""
        if not self.say(self._take(option, many_lines(self.text.toPlainText()))):
            super().accept()


class ActionSheet(_Asking):
    """Asks what is to be done, by whom and by when, and to which response it belongs."""

    def __init__(self, session: Session, *, happened: bool = False) -> None:
        super().__init__("Add an action", "")
        self.session = session
        fields, ctx = kinds()["action"], session.ctx
        self.what = QLineEdit()
        self.who, self.due = editor(fields["owner"], ctx, self), editor(fields["due"], ctx, self)
        self.who.set_value(session.risk.owner if session.risk else "", "nobody yet")
        self.due.set_value("")
        self.response = QComboBox()
        self.response.addItem("none: it stands alone", "")
        for row in ctx.data.in_order("response"):
            if isinstance(row, Response) and session.risk and row.risk == session.risk.id:
                self.response.addItem(row.name, row.id)
        self.happened = QCheckBox("Because the risk has been realised")
        self.happened.setChecked(happened)
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme().space(2.5))
        for name, field in (
            ("What", self.what), ("Who", self.who), ("Due", self.due), ("Step of", self.response), ("", self.happened),
        ):  # fmt: skip
            field.setAccessibleName(name or "Because the risk has been realised")
            form.addRow(name, field)
        self.put(body, "The action")
        self.finish("Add")
        self.setMinimumWidth(theme().space(130))
        for held in (self.who, self.due):
            held.given_up.connect(self.reject)
        self.what.setFocus()

    def accept(self) -> None:
        """Add the action, or say what is wrong."""
        try:
            who, due = str(self.who.value()), str(self.due.value())
        except BadValue as error:
            self.say(str(error))
            return
        words = (self.what.text(), who, due, self.response.currentData())
        if not self.say(self.session.attempt(deeds.act, *words, happened=self.happened.isChecked())):
            super().accept()


class JumpSheet(_Asking):
    """Finds a risk by some of its id or title; one that is not on the agenda is put there."""

    def __init__(self, session: Session) -> None:
        super().__init__("Go to a risk", "Type some of its id or title.")
        self.session = session
        data, items = session.ctx.data, session.agenda()
        listed = {item.risk for item in items}
        self._all = [(item.subject, item.id, None) for item in items] + [
            (f"{data.key(row)} {data.title(row)} (not on the agenda: puts it there)", "", row)
            for row in data.in_order("risk")
            if isinstance(row, Risk) and row.id not in listed
        ]
        self._found = self._all
        self.field = QLineEdit()
        self.field.setAccessibleName("Risk")
        self.field.textChanged.connect(self._filter)
        self.field.installEventFilter(self)
        self.column.addWidget(self.field)
        self.list = lines([])
        self.list.activated.connect(lambda _: self.accept())
        self.put(self.list, "Risks found")
        self.finish("Go")
        self.resize(theme().space(150), theme().space(110))
        self._filter("")
        self.field.setFocus()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._found = [one for one in self._all if all(word in one[0].casefold() for word in words)]
        model = self.list.model()
        model.setStringList([one[0] for one in self._found])  # type: ignore[attr-defined]
        self.list.setCurrentIndex(model.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and (step := _STEPS.get(Qt.Key(event.key()))):  # type: ignore[attr-defined]
            row = self.list.currentIndex().row() + step
            self.list.setCurrentIndex(self.list.model().index(min(max(row, 0), len(self._found) - 1), 0))
            return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Show the risk."""
        at = self.list.currentIndex().row()
        if not 0 <= at < len(self._found):
            self.say("No risk fits; type less of it.")
            return
        super().accept()
        _, item, risk = self._found[at]
        if risk is not None:
            self.session.add(risk)
        else:
            self.session.look_at(item)


def close(session: Session, chosen: str = "") -> WordsSheet | None:
    """Ask into which state the risk is to come, and why."""
    from dmdesk.risks.states import allowed

    risk = session.risk
    if risk is None:
        return None
    options = [(state, words) for state, words in STATES.items() if state in allowed(risk)]
    name = session.ctx.data.key(risk)
    sheet = WordsSheet(
        f"Close {name}, or move it",
        f"{name} is {risk.state or 'candidate'}.",
        "Why? It is kept with the move.",
        "Move",
        lambda state, why: session.attempt(deeds.shift, state, why),
        options,
        chosen if chosen in dict(options) else "",
    )
    opened(sheet)
    return sheet


def realised(session: Session) -> WordsSheet | None:
    """Ask what happened."""
    risk = session.risk
    if risk is None:
        return None
    sheet = WordsSheet(
        f"{session.ctx.data.key(risk)} is realised",
        "It has happened. Actions because of it can be added afterwards (A).",
        "What happened?", "Realised", lambda _, why: session.attempt(deeds.shift, "realised", why),
    )  # fmt: skip
    opened(sheet)
    return sheet


def escalate(session: Session) -> WordsSheet | None:
    """Ask what those above are to decide."""
    data, risk = session.ctx.data, session.risk
    if risk is None:
        return None
    above = data.get("risk", risk.parent)
    whom = f"the owner of {data.key(above)}, its headline" if above else "the board, since it has no headline"
    sheet = WordsSheet(
        f"Escalate {data.key(risk)}", f"It becomes an action for {whom}, and stands in the minutes.",
        "What are they to decide?", "Escalate", lambda _, words: session.attempt(deeds.escalate, words),
    )  # fmt: skip
    opened(sheet)
    return sheet


def action(session: Session) -> ActionSheet | None:
    """Ask what is to be done."""
    risk = session.risk
    if risk is None:
        return None
    sheet = ActionSheet(session, happened=risk.state == "realised")
    opened(sheet)
    return sheet


def jump(session: Session) -> JumpSheet:
    """Ask which risk to look at."""
    sheet = JumpSheet(session)
    opened(sheet)
    return sheet
