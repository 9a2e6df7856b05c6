"""Moving risks: to which state, when and why; asked on a sheet that offers only what is allowed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import Risk
from dmdesk.risks.due import today
from dmdesk.risks.states import REASON_WANTED, allowed, moved
from dmdesk.types import BadValue
from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import editor
from ui.labels import plain
from ui.models import moves
from ui.theme import theme

HELP = {
    "candidate": "proposed, and not decided on",
    "active": "agreed, watched and counted in the exposure",
    "realised": "it has happened",
    "retired": "it can no longer happen",
    "deprecated": "it is no risk of this plan, or told by another",
}


def common(risks: Sequence[Risk]) -> list[str]:
    """The states that each of the risks may move to."""
    found = [allowed(risk) for risk in risks]
    return [state for state in found[0] if all(state in other for other in found)] if found else []


class MoveSheet(Sheet):
    """Asks for a state, a day and a reason."""

    def __init__(self, ctx: Context, risks: Sequence[Risk], state: str = "") -> None:
        many = len(risks) > 1
        name = moves.several(ctx.data, risks)
        now = ", ".join(dict.fromkeys(risk.state or "candidate" for risk in risks))
        words = f"{'They are' if many else 'It is'} {now} now. The move is kept with its day and its reason."
        super().__init__(f"Move {name}", words, over())
        self.ctx, self.risks = ctx, [risk.id for risk in risks]
        self.states: dict[str, QRadioButton] = {}
        self.group = QButtonGroup(self)
        choices, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        for one in common(risks):
            button = self.states[one] = QRadioButton(f"{one}: {HELP[one]}")
            self.group.addButton(button)
            column.addWidget(button)
        choices.setLayout(column)
        self.put(choices, "New state")
        fields = kinds()["move"]
        self.day, self.reason, self.who = (
            editor(fields[field], ctx, self) for field in ("date", "reason", "who")
        )
        self.labels = {
            field: self._labelled(field, held)
            for field, held in (("date", self.day), ("reason", self.reason), ("who", self.who))
        }
        self.day.set_value(today())
        self.reason.set_value("")
        self.who.set_value("")
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.yes = self.end("Move")
        wanted = state if state in self.states else next(iter(self.states), "")
        self.group.buttonToggled.connect(lambda *_: self._chose())
        if wanted:
            self.states[wanted].setChecked(True)
            (self.reason if state else self.states[wanted]).setFocus()
        self.resize(theme().space(130), self.sizeHint().height())

    def _labelled(self, field: str, held: QWidget) -> QLabel:
        label = plain(kinds()["move"][field].label, "muted", "small")
        label.setBuddy(held)
        self.column.addWidget(label)
        self.column.addWidget(held)
        return label

    @property
    def state(self) -> str:
        """The chosen state, "" for none."""
        return next((state for state, button in self.states.items() if button.isChecked()), "")

    def _chose(self) -> None:
        wanted = " (wanted)" if self.state in REASON_WANTED else ""
        self.labels["reason"].setText(f"{kinds()['move']['reason'].label}{wanted}")
        self.wrong.hide()

    def changes(self) -> list[Change]:
        """What the move would change.

        Raises:
            PlanError: it is not allowed, or wants a reason.
            BadValue: the day is none.
        """
        data = self.ctx.data
        rows = [row for id in self.risks if isinstance(row := data.get("risk", id), Risk)]
        day, reason, who = str(self.day.value()) or today(), str(self.reason.value()), str(self.who.value())
        return [change for row in rows for change in moved(data, row, self.state, day, reason, who)]

    def accept(self) -> None:
        """Move, or say what is missing."""
        try:
            changes = self.changes()
        except (PlanError, BadValue) as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            self.reason.setFocus()
            return
        rows = [row for id in self.risks if (row := self.ctx.data.get("risk", id)) is not None]
        title = f"Move {moves.several(self.ctx.data, rows)} to {self.state}"
        super().accept()
        self.ctx.step(title, changes)


def ask(ctx: Context, risks: Sequence[Risk], state: str = "") -> MoveSheet | None:
    """Open the sheet for risks; None, after a sentence, where they have no state in common to move to."""
    if not common(risks):
        ctx.report("These risks stand in different states, and there is none that all of them may move to.")
        return None
    sheet = MoveSheet(ctx, risks, state)
    opened(sheet)
    return sheet


def set_state(ctx: Context, risks: Sequence[Risk], state: str) -> None:
    """Do what choosing a state in a form or a table means: move at once, or ask for the reason that is wanted.

    Raises:
        BadValue: a risk may not move there.
    """
    risks = [risk for risk in risks if risk.state != state]
    if not risks:
        return
    for risk in risks:
        if state not in allowed(risk):
            now, others = risk.state or "candidate", " or ".join(allowed(risk))
            raise BadValue(f"“{ctx.data.key(risk)}” is {now} and can become {others}.")
    if state in REASON_WANTED:
        ask(ctx, risks, state)
        return
    changes = [change for risk in risks for change in moved(ctx.data, risk, state, today())]
    ctx.step(f"Move {moves.several(ctx.data, risks)} to {state}", changes)
