"""What is on the docket: each request with what it changes, causes and cures, and what is decided of it, and how."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from dmdesk.control import dockets
from dmdesk.control.clock import board_clock, moment, shown
from dmdesk.control.dockets import ALONE
from dmdesk.control.requests import open_objections, state_of
from dmdesk.model import ChangeRequest, Docket, DocketItem
from dmdesk.working import WorkingSet
from ui.context import Context
from ui.control import deeds
from ui.control.board import sheets
from ui.control.differences import Differences
from ui.control.effects import Effects
from ui.control.request.changed import told
from ui.control.request.standing import line
from ui.control.work import Work
from ui.labels import plain
from ui.theme import theme
from ui.views.summaries import counted

DECISIONS = (
    ("", "not decided"), ("recommend", "Recommend it"), ("return", "Return it as proposed"),
    ("withdraw", "Withdraw it"), ("defer", "Decide another time"),
)  # fmt: skip
MANNERS = (
    ("consensus", "by consensus"),
    ("vote", "by vote"),
    (ALONE, "by the project manager alone"),
)


class ItemBox(QFrame):
    """One item of a docket."""

    def __init__(
        self, ctx: Context, id: str, work: Work, effects: Effects, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ctx, self.id, self.work, self.effects = ctx, id, work, effects
        self.subject = QPushButton()
        self.subject.setProperty("flat", True)
        self.facts, self.alone, self.said = plain("", "muted", "small"), plain("", "warning"), plain("")
        self.causes, self.cures = plain("", "warning"), plain("", "ok")
        self.decision, self.manner = _chooser("Decision", DECISIONS), _chooser("Decided", MANNERS)
        self.say = QPushButton("Dissent and notes…")
        self.open = QPushButton()
        self.open.setCheckable(True)
        self.open.setProperty("quiet", True)
        self.table = Differences(ctx, "What it changes")
        self.table.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        look, column = theme(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.space(1))
        column.setSpacing(look.space(1))
        column.addWidget(line(self.subject))
        for words in (self.facts, self.causes, self.cures):
            words.setWordWrap(True)
            column.addWidget(words)
        column.addWidget(line(self.open))
        column.addWidget(self.table)
        column.addWidget(line(self.decision, self.manner, self.say))
        for words in (self.alone, self.said):
            words.setWordWrap(True)
            column.addWidget(words)

    def _connect(self) -> None:
        self.subject.clicked.connect(self._go)
        self.decision.activated.connect(lambda _: self._decide())
        self.manner.activated.connect(lambda _: self._decide())
        self.say.clicked.connect(self._say)
        self.open.toggled.connect(self._unfold)

    @property
    def row(self) -> DocketItem | None:
        """The item, while it is on the docket."""
        row = self.ctx.data.get("docketitem", self.id)
        return row if isinstance(row, DocketItem) else None

    @property
    def request(self) -> ChangeRequest | None:
        """The request it is about, while it is in the plan."""
        row = self.ctx.data.get("rfc", self.row.rfc) if self.row is not None else None
        return row if isinstance(row, ChangeRequest) else None

    # -- what is shown

    def renew(self, docket: Docket, at: int) -> None:
        """Show the item as it is now, at its place."""
        row, request = self.row, self.request
        if row is None:
            return
        self.subject.setText(f"{at}.  {row.subject}".replace("&", "&&"))
        self.subject.setAccessibleName(f"Show {row.subject}")
        self.subject.setEnabled(request is not None)
        self._facts(request)
        for box, value in ((self.decision, row.decision), (self.manner, row.manner or "consensus")):
            box.setCurrentIndex(max(box.findData(value), 0))
            box.setEnabled(self.ctx.writable)
            box.setAccessibleDescription(row.subject)
        self.manner.setEnabled(self.ctx.writable and bool(row.decision))
        self.say.setEnabled(self.ctx.writable)
        self.say.setAccessibleDescription(row.subject)
        words = [f"Dissent: {'; '.join(row.dissent)}" if row.dissent else "", row.notes]
        self.said.setText("\n".join(filter(None, words)))
        self.said.setVisible(bool(self.said.text()))
        self._tell_alone(request, docket)

    def _facts(self, request: ChangeRequest | None) -> None:
        found = self.work.of(request.id) if request is not None else WorkingSet((), ())
        facts = ["the request is no longer in the plan"]
        if request is not None:
            objections = len(open_objections(self.ctx.data, request.id))
            facts = [
                state_of(request),
                counted(objections, "open objection", "open objections")
                if objections
                else "no open objection",
                counted(len(found.steps), "step", "steps")
                if found.steps
                else "nothing is changed under it yet",
            ]
        self.facts.setText(" · ".join(facts))
        self.open.setText(f"{'Hide' if self.open.isChecked() else 'Show'} what it changes")
        self.open.setVisible(bool(found.changes))
        self.table.setVisible(self.open.isChecked() and bool(found.changes))
        if self.table.isVisibleTo(self):
            self.table.show_changes(found.changes, found.steps)
            self.table.setFixedHeight(theme().row * min(2 * len(self.table.changes.lines) + 1, 11))
        self._tell_effect([], [])
        if request is not None and found.steps:
            self.effects.ask(found, self._tell_effect)

    def _tell_effect(self, caused: Sequence[str], cured: Sequence[str]) -> None:
        for words, verb, found in ((self.causes, "Causes", caused), (self.cures, "Cures", cured)):
            words.setVisible(bool(found))
            words.setText(told(verb, found) if found else "")

    def _tell_alone(self, request: ChangeRequest | None, docket: Docket) -> None:
        """Say from when the project manager decides alone, and offer that only then."""
        at = moment(docket.at)
        clock = board_clock(self.ctx.data, request) if request is not None else None
        over = clock is not None and at is not None and clock.over(at)
        place = self.manner.findData(ALONE)
        model = self.manner.model()
        chosen = self.manner.currentData() == ALONE
        model.item(place).setEnabled(over or chosen)  # type: ignore[attr-defined]
        words = ""
        if clock is not None and clock.closes is not None and not over:
            words = f"The project manager may decide alone from {shown(clock.closes)}, when the board's time is over."
        elif over and clock is not None:
            words = (
                f"The board's time was over on {shown(clock.closes)}: the project manager may decide alone."
            )
        self.alone.setText(words)
        self.alone.setVisible(bool(words) and (chosen or over))
        self.manner.setToolTip(f"<p>{words}</p>")

    # -- what is done

    def _decide(self) -> None:
        row = self.row
        if row is None:
            return
        decision, manner = str(self.decision.currentData()), str(self.manner.currentData())
        wrong = deeds.attempt(
            self.ctx, f"Decide on {row.subject}",
            lambda: dockets.decide(self.ctx.data, row, decision, manner, row.dissent),
        )  # fmt: skip
        if wrong:
            self.ctx.report(wrong)

    def _say(self) -> None:
        if self.row is not None:
            sheets.say(self.ctx, self.row)

    def _go(self) -> None:
        if self.request is not None:
            self.ctx.show("rfc", self.request.id)

    def _unfold(self) -> None:
        self._facts(self.request)


class Items(QWidget):
    """All items of a docket. ``added`` says that there are other boxes now."""

    added = Signal()

    def __init__(self, ctx: Context, work: Work, effects: Effects, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.work, self.effects = ctx, work, effects
        self.boxes: dict[str, ItemBox] = {}
        self.nothing: QLabel = plain("Nothing is on the docket yet; take flagged requests in.", "muted")
        self.nothing.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space(3))
        self._column.addWidget(plain("Docket", font="strong"))
        self._column.addWidget(self.nothing)

    def show_meeting(self, docket: Docket) -> None:
        """Show what is on a docket."""
        rows = dockets.items_on(self.ctx.data, docket)
        ids = [row.id for row in rows]
        for id in [id for id in self.boxes if id not in ids]:
            box = self.boxes.pop(id)
            box.hide()
            box.deleteLater()
        for at, id in enumerate(ids):
            if id not in self.boxes:
                self.boxes[id] = ItemBox(self.ctx, id, self.work, self.effects)
            self._column.insertWidget(2 + at, self.boxes[id])
            self.boxes[id].renew(docket, at + 1)
        self.nothing.setVisible(not rows)
        self.added.emit()


def _chooser(name: str, options: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in options:
        made.addItem(words, value)
    return made
