"""One change request: where it stands and what may be done, then its proposal, what is said, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from dmdesk.control.requests import comments_of, objections_of, open_objections
from dmdesk.errors import PlanError
from dmdesk.model import ChangeRequest, Objection
from ui import working
from ui.actions import actions, perform
from ui.context import Context
from ui.control import deeds, sheets
from ui.control.effects import Effects
from ui.control.fitted import FittedText
from ui.control.request.changed import Changed
from ui.control.request.standing import ClockBar, Moves, StateLine, line
from ui.control.request.talk import Talk
from ui.control.work import Work
from ui.heading import Heading
from ui.minutes.blocktext import BlockText
from ui.theme import theme, themes

if TYPE_CHECKING:
    from dmdesk.manuscript.blocks import Block

LOW = 95
"""Below so many steps of space of height the head says less, so that the rest has room."""

MINUTE = 60_000
"""Milliseconds after which the clock is looked at again."""


class Details(QWidget):
    """All of the current request."""

    def __init__(self, ctx: Context, work: Work, effects: Effects, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.work = ctx, work
        self.id = ""
        self.title = Heading("title", 2)
        self.states, self.clock, self.moves = StateLine(), ClockBar(), Moves()
        self.text = FittedText("Proposal")
        self.talk, self.changed = Talk(ctx), Changed(ctx, effects)
        self.record = BlockText("The change request as it is printed")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Parts of the change request")
        self.on_it = QPushButton("Work on it")
        self.escalate, self.print = QPushButton("Escalate…"), QPushButton("Print…")
        self.minute = QTimer(self, interval=MINUTE)
        self.minute.timeout.connect(self.tick)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(2))
        top.setSpacing(look.space(2))
        top.addWidget(self.title)
        top.addWidget(self.states)
        top.addWidget(self.clock)
        top.addWidget(line(self.on_it, self.escalate, self.print))
        column.addLayout(top)
        self.tabs.addTab(self._overview(), "Decision")
        self.tabs.addTab(self.talk, "Discussion")
        self.tabs.addTab(self.changed, "Changes")
        self.tabs.addTab(self.record, "Record")
        self.tabs.setObjectName("Inset")
        self.tabs.setMinimumHeight(look.space(24))
        self.setFocusProxy(self.tabs)
        column.addWidget(self.tabs, 1)

    def _overview(self) -> QWidget:
        look, inside, area = theme(), QWidget(), QScrollArea()
        column = QVBoxLayout(inside)
        column.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(4))
        column.setSpacing(look.space(3))
        column.addWidget(self.moves)
        column.addWidget(self.text)
        column.addStretch(1)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        self.moves.wanted.connect(lambda to: self._do(sheets.move, to))
        self.talk.wanted.connect(self._talk)
        self.text.picked.connect(self.ctx.show)
        self.record.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.record.picked.connect(self.ctx.show)
        self.on_it.clicked.connect(self._work_on_it)
        self.escalate.clicked.connect(lambda: perform(actions()["control.escalate"], self.ctx))
        self.print.clicked.connect(lambda: perform(actions()["control.print"], self.ctx))
        self.tabs.currentChanged.connect(lambda _: self._fill())
        self.ctx.working.connect(self.renew)
        themes().changed.connect(self.renew)

    # -- what is shown

    @property
    def row(self) -> ChangeRequest | None:
        """The request that is shown, while it is in the plan."""
        row = self.ctx.data.get("rfc", self.id) if self.ctx.plan is not None else None
        return row if isinstance(row, ChangeRequest) else None

    def show_request(self, id: str) -> None:
        """Show a request."""
        self.id = id
        self.renew()

    def renew(self) -> None:
        """Show it as it is now."""
        row, data = self.row, self.ctx.data
        if row is None:
            return
        self.title.setText(f"{row.key}  {row.name}")
        self.states.show_states(data, row)
        open_ones, said = len(open_objections(data, row.id)), len(comments_of(data, row.id))
        said += len(objections_of(data, row.id))
        more = f" ({said}{f', {open_ones} open' if open_ones else ''})" if said else ""
        self.tabs.setTabText(1, f"Discussion{more}")
        steps = self.work.steps(row.id)
        self.tabs.setTabText(2, f"Changes ({steps})" if steps else "Changes")
        on_it = self.ctx.plan is not None and self.ctx.plan.working_on == row.id
        self.on_it.setText("Stop working on it" if on_it else "Work on it")
        self.on_it.setEnabled(self.ctx.writable and (on_it or row.state not in working.OVER))
        self.escalate.setEnabled(
            self.ctx.writable and row.state in ("", "proposed", "flagged", "recommended")
        )
        self.tick()
        self._fill()

    def tick(self) -> None:
        """Show the clock and what depends on it as they are at this moment; nothing is done by it."""
        row = self.row
        if row is not None:
            self.clock.show_clock(self.ctx.data, row, deeds.now())
            self.moves.show_moves(self.ctx.data, row, deeds.now(), writable=self.ctx.writable)

    def _fill(self) -> None:
        """Fill the tab in front."""
        row, at = self.row, self.tabs.currentIndex()
        if row is None:
            return
        if at == 0:
            self.text.show_blocks("", _proposal(self.ctx, row))
        elif at == 1:
            self.talk.show_talk(row)
        elif at == 2:
            self.changed.show_set(self.work.of(row.id), row.key or row.name)
        else:
            self._fill_record(row)

    def _fill_record(self, row: ChangeRequest) -> None:
        from dmdesk.manuscript.parts.control import request

        found = {row.id: self.work.of(row.id).parts}
        self.record.show_blocks(f"{row.key}  {row.name}", request(self.ctx.data, row, found))

    # -- what is done

    def _do(self, what: object, *more: object) -> None:
        row = self.row
        if row is None or not self.ctx.writable:
            return
        try:
            what(self.ctx, row, *more)  # type: ignore[operator]
        except PlanError as error:
            self.ctx.report(error)

    def _talk(self, what: str, id: str) -> None:
        if what in ("object", "comment"):
            self._do({"object": sheets.object_to, "comment": sheets.comment}[what])
            return
        row = self.ctx.data.get("objection", id)
        if not isinstance(row, Objection) or not self.ctx.writable:
            return
        if what == "reopen":
            if wrong := deeds.reopen(self.ctx, row):
                self.ctx.report(wrong)
        else:
            {"answer": sheets.answer, "withdraw": sheets.withdraw_objection}[what](self.ctx, row)

    def _work_on_it(self) -> None:
        row, plan = self.row, self.ctx.plan
        if row is not None and plan is not None:
            self.ctx.select("rfc", row.id)
            on_it = plan.working_on == row.id
            perform(actions()["control.stop" if on_it else "control.work-on-this"], self.ctx)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < theme().space(LOW)
        if low != self.states.short:
            self.states.short, self.title.lines = low, 1 if low else 2
            self.title.updateGeometry()
            self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.minute.start()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.minute.stop()


def _proposal(ctx: Context, row: ChangeRequest) -> Iterator[Block]:
    """The proposal, what was agreed, and what the request touches, with a way to each."""
    from dmdesk.manuscript import prose
    from dmdesk.manuscript.blocks import Facts, Paragraph, Run
    from dmdesk.manuscript.parts.control import request

    blocks = list(request(ctx.data, row))
    for title, text in (("Proposal", row.proposal), ("Conclusion", row.conclusion)):
        if text.strip():
            yield Paragraph((Run(title),), label=True)
            yield from prose.blocks(text)
    if not row.proposal.strip():
        yield Paragraph(
            (Run("Nothing is proposed yet; say in the inspector what is to be decided.", emphasis=True),)
        )
    yield Paragraph((Run("Facts"),), label=True)
    for block in blocks:
        if isinstance(block, Facts):
            yield Facts(tuple(pair for pair in block.pairs if pair[0] not in ("Request", "State")))
            return
