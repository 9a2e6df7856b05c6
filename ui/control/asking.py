"""What change control asks for: a request, a reason, what is said and who says it, in one kind of sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dmdesk.kinds import kinds
from dmdesk.types import BadValue
from dmdesk.values import frozen
from ui.changesheet import over
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import Editor, LineEditor, ProseEditor, editor
from ui.labels import plain
from ui.theme import theme


@frozen
class Asked:
    """A value to ask for, with the editor of a field of some kind; ``label`` and ``name`` replace the field's own."""

    kind: str
    field: str
    value: Any = None
    label: str = ""
    hint: str = ""
    name: str = ""


Take = Callable[[Mapping[str, Any]], str]
"""Takes the values by their names; gives the sentence that says what is wrong, or nothing."""


class AskSheet(Sheet):
    """Asks for some values, and may offer one thing more to tick (as value "tick"); says below what is wrong."""

    def __init__(
        self,
        ctx: Context,
        title: str,
        words: str,
        asked: Sequence[Asked],
        yes: str,
        take: Take,
        tick: str = "",
    ) -> None:
        super().__init__(title, words, over())
        self._take = take
        self.editors: dict[str, Editor] = {}
        self.tick = QCheckBox(tick)
        self._put_fields(ctx, asked)
        self.tick.setVisible(bool(tick))
        self.column.addWidget(self.tick)
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.yes = self.end(yes)
        high = self.sizeHint().height() if len(asked) < 4 else theme().space(150)
        self.resize(theme().space(130), min(high, theme().space(150)))
        if self.editors:
            next(iter(self.editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_fields(self, ctx: Context, asked: Sequence[Asked]) -> None:
        inside, look = QWidget(), theme()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.space(1), 0)
        column.setSpacing(look.space(2.5))
        for one in asked:
            column.addLayout(self._field(ctx, one))
        column.addStretch(1)
        if len(asked) < 4:
            self.column.addWidget(inside, 1)
            return
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.column.addWidget(area, 1)

    def _field(self, ctx: Context, one: Asked) -> QVBoxLayout:
        field = kinds()[one.kind][one.field]
        made = editor(field, ctx, self)
        made.set_value(field.type.empty if one.value is None else one.value, one.hint)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label = plain(one.label or field.label, "muted", "small")
        label.setWordWrap(True)
        label.setBuddy(made)
        made.setAccessibleName(one.label or field.label)
        made.given_up.connect(self.reject)
        if isinstance(made, ProseEditor):
            made.done.connect(lambda: self.accept() if made.has_cursor() else None)
        elif isinstance(made, LineEditor):
            made.line.returnPressed.connect(self.accept)
        self.editors[one.name or one.field] = made
        together = QVBoxLayout()
        together.setSpacing(theme().space(1))
        together.addWidget(label)
        together.addWidget(made)
        return together

    def accept(self) -> None:
        """Take the values, or say what is wrong."""
        try:
            values: dict[str, Any] = {name: made.value() for name, made in self.editors.items()}
        except BadValue as error:
            self.say(str(error))
            return
        if self.tick.text():
            values["tick"] = self.tick.isChecked()
        if not self.say(self._take(values)):
            super().accept()

    def say(self, sentence: str) -> bool:
        """Show what is wrong; whether there was anything."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))
        return bool(sentence)
