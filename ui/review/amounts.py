"""Money and time of the risk in the meeting: three amounts each, typed in place, with what stood there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dmdesk import types as t
from dmdesk.kinds import Field, kinds
from dmdesk.model import Risk
from dmdesk.risks import due, reviewing, undoing
from dmdesk.types import BadValue
from ui.editors import DayEditor, LineEditor
from ui.labels import plain
from ui.review.session import Session
from ui.review.words import sign_of
from ui.theme import theme

ROWS = (("cost_min", "cost_likely", "cost_max"), ("delay_min", "delay_likely", "delay_max"))
HEADS = ("Least", "Likely", "Greatest")


class Place(QWidget):
    """An editor with what stood there before the review below it, once that is something else."""

    def __init__(self, editor: LineEditor) -> None:
        super().__init__()
        self.editor = editor
        self.was = plain("", "muted", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(0.5))
        column.addWidget(editor)
        column.addWidget(self.was)
        self.was.hide()

    def show_value(self, value: Any, old: Any, hint: str = "", *, fresh: bool = False) -> None:
        """Show the value and the old one; what is typed and not written yet stays, unless all is ``fresh``."""
        held, kind = self.editor, self.editor.field.type
        if held.loaded and held.touched() and not fresh:
            return
        if not held.shows(value, hint):
            held.set_value(value, hint)
        self.say(f"was {kind.show(old) or '—'}" if old != value else "", wrong=False)

    def say(self, words: str, *, wrong: bool) -> None:
        """Words below the editor."""
        role = "error" if wrong else "muted"
        if self.was.property("role") != role:
            self.was.setProperty("role", role)
            self.was.style().unpolish(self.was)
            self.was.style().polish(self.was)
        self.was.setWordWrap(wrong)
        self.was.setText(words)
        self.was.setVisible(bool(words))


class Amounts(QWidget):
    """The grid. ``typed`` tells of each key; ``take`` is given a field that was left with another value."""

    typed = Signal()

    def __init__(
        self, session: Session, take: Callable[[str, Any], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._of = ""
        self.session = session
        self.places: dict[str, Place] = {}
        self.labels: list[QLabel] = []
        look, grid = theme(), QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(2))
        grid.setVerticalSpacing(look.space(1.25))
        for column, head in enumerate((*HEADS, "Next review"), 1):
            grid.addWidget(plain(head, "muted", "small"), 0, column)
        for row, names in enumerate(ROWS, 1):
            label = plain("", "muted")
            self.labels.append(label)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, look.space(1.5), 0, 0)
            for column, name in enumerate(names, 1):
                grid.addWidget(self._place(kinds()["risk"][name]), row, column, Qt.AlignmentFlag.AlignTop)
                grid.setColumnStretch(column, 3)
        grid.addWidget(self._place(kinds()["reviewed"]["next_review"]), 1, 4, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(4, 4)
        self.usual = plain("", "muted", "small")
        self.usual.setWordWrap(True)
        self.usual.setMinimumWidth(1)
        grid.addWidget(self.usual, 2, 4, Qt.AlignmentFlag.AlignTop)

    def _place(self, field: Field) -> Place:
        made = (DayEditor if field.name == "next_review" else LineEditor)(
            field, self.session.ctx, self, False
        )
        place = self.places[field.name] = Place(made)
        made.setMinimumWidth(theme().space(30 if field.name == "next_review" else 19))
        made.line.textEdited.connect(lambda _: self.typed.emit())
        made.done.connect(lambda: self._commit(place))
        made.given_up.connect(lambda: self._give_up(place))
        return place

    # -- what is typed

    def pending(self) -> dict[str, Any]:
        """The amounts of fields that hold another value than the plan; those that do not fit are left out."""
        found = {}
        for names in ROWS:
            for name in names:
                held = self.places[name].editor
                if held.touched():
                    try:
                        found[name] = held.value()
                    except BadValue:
                        continue
        return found

    def write(self) -> bool:
        """Write what is being typed; False when it does not fit its field."""
        fit = [self._commit(place) for place in self.places.values()]
        return all(fit)

    def _commit(self, place: Place) -> bool:
        held = place.editor
        if not held.touched():
            return True
        try:
            value = held.value()
        except BadValue as error:
            place.say(str(error), wrong=True)
            return False
        before, held.original = held.original, value
        if not self._take(held.field.name, value):
            held.original = before
            return False
        return True

    def _give_up(self, place: Place) -> None:
        place.editor.set_value(place.editor.original, place.editor.hint)
        self.renew()
        self.typed.emit()
        self.window().setFocus()

    # -- what is shown

    def _order(self, risk: Risk | None) -> None:
        """Say below a likely amount that it does not lie between the others."""
        for least, likely, most in ROWS if risk is not None else ():
            known = [t.amount(getattr(risk, name)) for name in (least, likely, most)]
            kept = [one for one in known if one is not None]
            if kept != sorted(kept):
                self.places[likely].say("not in order", wrong=True)

    def renew(self) -> None:
        """Show the amounts as they stand, with those before the review."""
        session, data = self.session, self.session.ctx.data
        plan, review, risk, item = session.ctx.plan, session.review, session.risk, session.item
        gain = risk is not None and risk.kind == "opportunity"
        self.labels[0].setText(f"{'Gain' if gain else 'Cost'} ({sign_of(data)})")
        self.labels[1].setText(f"{'Gain' if gain else 'Delay'} (months)")
        if plan is None or review is None or item is None:
            return
        fresh, self._of = item.id != self._of, item.id
        olds = undoing.olds_of(plan, reviewing.why_of(review), item.risk) if risk else {}
        for name, place in self.places.items():
            place.editor.set_read_only(risk is None or not session.ctx.writable)
            if name != "next_review":
                value = getattr(risk, name) if risk else place.editor.field.type.empty
                place.show_value(value, (olds or {}).get(name, value), fresh=fresh)
        self._order(risk)
        usual = due.later(review.date, due.review_days(data))
        self.places["next_review"].show_value(item.next_review, item.next_review, usual, fresh=fresh)
        before = (olds or {}).get("next_review", risk.next_review if risk else "")
        self.usual.setText(f"it was due {before}" if before else f"usually {due.review_days(data)} days on")
