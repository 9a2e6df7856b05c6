"""What is said of a request: objections with their answers, and comments, each with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dmdesk.control.requests import UNDECIDED, comments_of, objections_of, state_of
from dmdesk.model import ChangeRequest, Comment, Objection
from dmdesk.types import INSTANT
from ui.context import Context
from ui.control.request.standing import cleared
from ui.labels import plain
from ui.theme import theme

_ROLES = {"open": "draft", "answered": "baselined", "withdrawn": "chip"}


class Talk(QScrollArea):
    """Objections and comments. ``wanted`` says (what, the id of the objection): object, comment, answer, …"""

    wanted = Signal(str, str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.object, self.comment = self._button("Object…", "object"), self._button("Comment…", "comment")
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        inside, look = QWidget(), theme()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(4))
        column.setSpacing(look.space(4))
        self._objections, self._comments = QVBoxLayout(), QVBoxLayout()
        for words, button, box in (
            ("Objections", self.object, self._objections), ("Comments", self.comment, self._comments)
        ):  # fmt: skip
            line = QHBoxLayout()
            line.addWidget(plain(words, font="strong"), 1)
            line.addWidget(button)
            column.addLayout(line)
            box.setSpacing(look.space(3))
            column.addLayout(box)
        column.addStretch(1)
        self.setWidget(inside)
        self._seen: object = None

    def _button(self, words: str, what: str, id: str = "") -> QPushButton:
        made = QPushButton(words)
        made.clicked.connect(lambda: self.wanted.emit(what, id))
        return made

    def show_talk(self, row: ChangeRequest) -> None:
        """Show what is said of a request."""
        data, writable = self.ctx.data, self.ctx.writable
        said, held = comments_of(data, row.id), objections_of(data, row.id)
        people = [data.link("person", id) for one in held for id in (one.person, one.answerer) if id]
        people += [data.link("person", one.person) for one in said if one.person]
        seen = (row.id, state_of(row), tuple(said), tuple(held), tuple(people), writable)
        if seen == self._seen:
            return
        self._seen = seen
        focus = next((at for at, one in self.buttons.items() if one.hasFocus()), None)
        cleared(self._objections)
        cleared(self._comments)
        self.buttons = {}
        self.object.setEnabled(writable and state_of(row) in UNDECIDED)
        self.comment.setEnabled(writable)
        for one in held:
            self._objections.addWidget(self._objection(one))
        for each in said:
            self._comments.addWidget(self._comment(each))
        if not held:
            self._objections.addWidget(plain("Nobody objects.", "muted"))
        if not said:
            self._comments.addWidget(plain("Nobody has said anything yet.", "muted"))
        if focus in self.buttons:
            self.buttons[focus].setFocus()

    def _objection(self, one: Objection) -> QWidget:
        made, look, state = QFrame(), theme(), one.state or "open"
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        line = QHBoxLayout()
        line.setSpacing(look.space(2))
        line.addWidget(_wrapped(one.name, "", "strong"), 1)
        line.addWidget(plain(state, _ROLES.get(state, "chip"), "small"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(_wrapped(self._by(one.person, one.raised), "muted", "small"))
        if one.words.strip():
            column.addWidget(_wrapped(one.words))
        if one.answer.strip():
            answered = self._by(one.answerer, one.answered)
            column.addWidget(_wrapped(f"Answer: {one.answer}"))
            column.addWidget(_wrapped(answered, "muted", "small"))
        column.addWidget(self._tools(one, state))
        return made

    def _tools(self, one: Objection, state: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        ways = (
            (("Answer…", "answer"), ("Withdraw…", "withdraw")) if state == "open" else (("Reopen", "reopen"),)
        )
        for words, what in ways:
            button = self._button(words, what, one.id)
            button.setAccessibleName(f"{words.rstrip('…')}: {one.name}")
            button.setEnabled(self.ctx.writable)
            self.buttons[what, one.id] = button
            row.addWidget(button)
        row.addStretch(1)
        return line

    def _comment(self, one: Comment) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1))
        column.addWidget(_wrapped(self._by(one.person, one.at), "muted", "small"))
        column.addWidget(_wrapped(one.words))
        return made

    def _by(self, person: str, at: str) -> str:
        name = self.ctx.data.link("person", person) if person else "Somebody"
        return ", ".join(part for part in (name, INSTANT.show(at)) if part)


def _wrapped(words: str, role: str = "", font: str = "") -> QWidget:
    made = plain(words, role, font)
    made.setWordWrap(True)
    made.setMinimumWidth(1)
    return made
