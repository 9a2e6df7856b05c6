"""The form: labelled editors for the fields of a row, or of several rows at once, in the order of ``ui/layouts.py``.

Every field that is left with another value than it had becomes one named step.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.kinds import Entity, Field, kinds
from dmdesk.naming import renamed
from dmdesk.types import BadValue
from ui import layouts, linkwords
from ui.context import Context
from ui.editors import Editor, FlagEditor, editor
from ui.models import moves
from ui.models.since import Was, was_at
from ui.theme import theme

if TYPE_CHECKING:
    from ui.compare.wasline import WasLine


def plain_label(text: str, role: str = "", font: str = "ui") -> QLabel:
    """A wrapping label that shows text as the plain text it is."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setFont(theme().font(font))
    if role:
        made.setProperty("role", role)
    return made


class _Place(QWidget):
    """One field: label, editor, and what is wrong with it."""

    def __init__(self, made: Editor) -> None:
        super().__init__()
        self.editor = made
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1))
        field = made.field
        self.label: QLabel | None = None
        if not isinstance(made, FlagEditor):
            label = self.label = plain_label(field.label, "muted", "small")
            label.setBuddy(made)
            label.setToolTip(f"<p>{html.escape(field.help)}</p>" if field.help else "")
            column.addLayout(self._head(label, made))
        else:
            made.setToolTip(f"<p>{html.escape(field.help)}</p>")
        column.addWidget(made)
        self.words = plain_label("", "error", "small")
        self.words.hide()
        column.addWidget(self.words)
        self._was: WasLine | None = None

    def _head(self, label: QLabel, made: Editor) -> QHBoxLayout:
        """The label, and at the right what the editor offers to do with its text."""
        line = QHBoxLayout()
        line.addWidget(label, 1)
        tools = getattr(made, "tools", None)
        if isinstance(tools, QWidget):
            line.addWidget(tools)
        return line

    def say(self, sentence: str) -> None:
        """Show a sentence below the field; "" takes it away."""
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))

    def show_was(self, ctx: Context, row: Entity | None, was: Was | None) -> None:
        """Say below the field what it was in the last baseline, where that is something else."""
        if was is not None and self._was is None:
            from ui.compare.wasline import WasLine

            self._was = WasLine(ctx, self.editor.field)
            self._column.addWidget(self._was)
        if self._was is not None:
            self._was.setVisible(was is not None)
            if row is not None and was is not None:
                self._was.tell(row, was)

    def mark(self, level: str, words: str) -> None:
        """Say in the label, by word and by colour, what the checks have found in the field."""
        role = {"error": "error", "warning": "warning"}.get(level, "muted")
        if self.label is not None:
            name = self.editor.field.label
            self.label.setText(f"{name} · {role}" if role != "muted" else name)
        if self.label is not None and self.label.property("role") != role:
            self.label.setProperty("role", role)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)
        self.editor.setAccessibleDescription(words)


class Form(QWidget):
    """Editors for all fields of a kind that a layout places."""

    written = Signal()

    def __init__(self, ctx: Context, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.kind = kinds()[kind]
        self.rows: list[Entity] = []
        self.places: dict[str, _Place] = {}
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(3))
        for heading, names in layouts.form(kind):
            if heading:
                head = plain_label(heading, "muted", "heading")
                head.setContentsMargins(0, look.space(2), 0, 0)
                column.addWidget(head)
            for name in names:
                column.addWidget(self._place(self.kind[name]))
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _place(self, field: Field) -> _Place:
        made = editor(field, self.ctx, self)
        place = self.places[field.name] = _Place(made)
        made.done.connect(lambda: self._commit(place))
        made.given_up.connect(lambda: self._give_up(place))
        return place

    # -- showing

    def load(self, rows: Sequence[Entity]) -> None:
        """Show these rows: one, or what several have in common. Where somebody is typing nothing is taken away."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        self.rows = list(rows)
        writable = self.ctx.writable
        for name, place in self.places.items():
            held = place.editor
            if same and held.loaded and held.touched() and held.has_cursor():
                continue
            value, hint = self._value(held.field)
            held.set_read_only(not writable)
            if not held.shows(value, hint):
                held.set_value(value, hint)
            place.say("")
            place.setVisible(len(rows) == 1 or name not in (self.kind.title, *self.kind.identity))
        self.show_was()

    def show_was(self) -> None:
        """Say at each field what it was in the last baseline; of several rows nothing is said."""
        row = self.rows[0] if len(self.rows) == 1 else None
        for place in self.places.values():
            place.show_was(self.ctx, row, was_at(self.ctx, self.kind, row, place.editor.field, first=False))

    def _value(self, field: Field) -> tuple[Any, str]:
        """What a field shows, and the hint while that is empty."""
        if not self.rows:
            return field.type.empty, ""
        values = [getattr(row, field.name) for row in self.rows]
        if any(value != values[0] for value in values):
            return field.type.empty, "several values"
        return values[0], self._hint(field) if not values[0] else ""

    def _hint(self, field: Field) -> str:
        if field.inherits and len(self.rows) == 1:
            value, source = trees.inherited(self.ctx.data, self.rows[0], field.name)
            if source is not None:
                links = value if isinstance(value, tuple) else (value,)
                words = ", ".join(linkwords.words_of(self.ctx.data, field, link) for link in links)
                return f"{words} — inherited from {self.ctx.data.title(source)}"
        return "none yet" if field.target or isinstance(field.type, t.Many_) else ""

    def mark(self, findings: Iterable[Any]) -> None:
        """Mark the fields in which the checks have found something."""
        found: dict[str, list[Any]] = {}
        for finding in findings:
            found.setdefault(finding.field, []).append(finding)
        for name, place in self.places.items():
            here = found.get(name, [])
            place.mark(here[0].level if here else "", " ".join(finding.words for finding in here))

    # -- writing

    def _commit(self, place: _Place) -> None:
        held = place.editor
        if not self.rows or not held.touched():
            return
        try:
            value = held.value()
        except BadValue as error:
            place.say(str(error))
            return
        place.say("")
        if (self.kind.name, held.field.name) == ("risk", "state"):
            self._move(place, value)
            return
        changes = [self._change(row, held.field, value) for row in self.rows]
        title = moves.title_of(self.ctx.data, self.rows[0], held.field)
        if len(self.rows) > 1:
            title = f"Change {held.field.label.lower()} of {moves.several(self.ctx.data, self.rows)}"
        held.original = value
        if self.ctx.step(title, changes):
            self.written.emit()
        else:
            self._give_up(place)

    def _move(self, place: _Place, state: str) -> None:
        """A risk's state is changed by a move that is kept, and for some states by a reason that is asked for."""
        from ui.risks.moving import set_state

        try:
            set_state(self.ctx, self.rows, state)  # type: ignore[arg-type]
        except BadValue as error:
            self._give_up(place)
            place.say(str(error))
            return
        self._give_up(place)

    def _change(self, row: Entity, field: Field, value: Any) -> Change:
        """The change of one field; the name a row had for long is kept as also known as."""
        values = {field.name: value}
        named = field.name in (self.kind.key, self.kind.title)
        return put(row, renamed(row, values) if named and not self.ctx.is_new(row) else values)

    def _give_up(self, place: _Place) -> None:
        """Show the value that stands in the plan again."""
        self.rows = [
            now for row in self.rows if (now := self.ctx.data.get(self.kind.name, row.id)) is not None
        ]
        place.editor.set_value(*self._value(place.editor.field))
        place.say("")

    def finish(self) -> None:
        """Write what is being typed, before another row is shown."""
        for place in self.places.values():
            if place.editor.has_cursor():
                self._commit(place)

    def focus_on(self, name: str) -> None:
        """Put the cursor into a field."""
        if name in self.places:
            self.places[name].editor.setFocus()
