"""One step to read: what was done, when, by whom and why, what it changed, and whether it can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from dmdesk import store
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.store import Step
from dmdesk.takeback import InTheWay
from ui.context import Context
from ui.heading import Heading
from ui.history.changes import ChangeLines
from ui.history.words import rfc_of
from ui.labels import plain
from ui.theme import icon, theme
from ui.times import in_full
from ui.words import short

LATER = 120
"""Milliseconds until it is found out whether a step can be taken back, so that walking through steps stays quick."""

MOST = 500
"""Changes of a step that are shown; of those behind them the number is told."""

LOOKED = 2_000
"""Changes of a step up to which it is found out unasked whether it can be taken back; of others when that is asked."""

STATES = {
    store.UNDONE: "Undone. Redo brings it back, until another step is made.",
    store.ABANDONED: "Undone, and overtaken by another step: it can be read, not made again.",
}


class Details(QWidget):
    """The current step. ``wanted`` asks for another one, by its number, ``taking`` for this one to be taken back."""

    wanted = Signal(int)
    taking = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self.step: Step | None = None
        self.later: Step | None = None
        """The step that stands in the way of taking this one back."""
        self.title = Heading("title")
        self.facts = plain("", "muted")
        self.why = plain("")
        self.rfc = _link("")
        self.remark = plain("", "muted")
        self.blocker = _link("")
        self.back = QPushButton("Take back…")
        self.go = QPushButton("Go to the row")
        self.lines = ChangeLines(ctx)
        self.more = plain("", "muted", "small")
        self._soon = QTimer(self, singleShot=True, interval=LATER)
        self._soon.timeout.connect(self.look)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        look = theme()
        edge = look.space(4)
        self.back.setIcon(icon("undo"))
        self.back.setToolTip(
            "Shows what taking it back changes, and does it as a new step; what was done since stays"
        )
        self.go.setToolTip("Go to the row that the current line is about (Enter)")
        for label in (self.why, self.remark, self.facts):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QVBoxLayout()
        head.setContentsMargins(edge, look.space(3), edge, look.space(2))
        head.setSpacing(look.space(1))
        for part in (self.title, self.facts, self.why):
            head.addWidget(part)
        for line, last in ((self.rfc, None), (self.remark, self.blocker)):
            row = QHBoxLayout()
            row.setSpacing(look.space(2))
            row.addWidget(line, 1 if last is not None else 0)
            row.addWidget(last) if last is not None else row.addStretch(1)
            head.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.space(2))
        buttons.addWidget(self.back)
        buttons.addWidget(self.go)
        buttons.addStretch(1)
        head.addLayout(buttons)
        self.more.setContentsMargins(edge, look.space(1), edge, look.space(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        column.addWidget(self.more)

    def _connect(self) -> None:
        self.lines.picked.connect(self._go_to)
        self.lines.customContextMenuRequested.connect(self._menu)
        self.lines.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.go.clicked.connect(self._go_on)
        self.back.clicked.connect(self.taking)
        self.blocker.clicked.connect(lambda: self.wanted.emit(self.later.id) if self.later else None)
        self.rfc.clicked.connect(lambda: self._ctx.show("rfc", self.step.rfc) if self.step else None)

    def sizeHint(self) -> QSize:
        return QSize(theme().space(120), theme().space(100))

    # -- what is shown

    def show_step(self, step: Step | None, sealed: str = "") -> None:
        """Show a step, or none; ``sealed`` says which version it sealed."""
        plan = self._ctx.plan
        self.step, self.later = step, None
        self._soon.stop()
        changes = plan.past.changes_of(step.id, MOST) if step is not None and plan is not None else []
        self.title.setText(step.title if step is not None else "")
        self.facts.setText(self._told(step) if step is not None else "")
        why = ". ".join(filter(None, (sealed, step.why))) if step is not None else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))
        name = rfc_of(self._ctx.data, step) if step is not None else ""
        self.rfc.setText(name.replace("&", "&&"))
        self.rfc.setVisible(bool(name))
        self._remark(STATES.get(step.state, "") if step is not None else "")
        self.lines.show_changes(changes)
        self.go.setEnabled(bool(changes))
        self.back.setEnabled(self._may_be_taken_back())
        left = step.size - len(changes) if step is not None else 0
        self.more.setText(f"… and {left:,} changes more")
        self.more.setVisible(left > 0)
        if step is not None and self._may_be_taken_back() and step.size <= LOOKED:
            self._soon.start()

    def show_removed(self, words: str, more: str) -> None:
        """Show where the history begins because what was before was removed."""
        self.title.setText(words)
        self.facts.setText(more)
        self._remark("What is in the plan did not change by it; undo never goes below this line.")

    def _told(self, step: Step) -> str:
        count = f"{step.size:,} change{'s' if step.size != 1 else ''}"
        return "  ·  ".join((step.who, in_full(step.at), count))

    def _remark(self, words: str, later: str = "") -> None:
        self.remark.setText(words)
        self.remark.setVisible(bool(words))
        self.blocker.setText(later.replace("&", "&&"))
        self.blocker.setAccessibleName(later)
        self.blocker.setVisible(bool(later))

    def _may_be_taken_back(self) -> bool:
        return self.step is not None and self.step.state == store.DONE and self._ctx.writable

    def look(self) -> None:
        """Find out whether the step can be taken back, and what stands in the way."""
        self._soon.stop()
        plan, step = self._ctx.plan, self.step
        if plan is None or step is None or not self._may_be_taken_back():
            return
        try:
            plan.taking_back([step])
        except InTheWay as error:
            self._refuse(plan, step, error)
        except PlanError as error:
            self.back.setEnabled(False)
            self._remark(str(error))

    def _refuse(self, plan: Plan, step: Step, error: InTheWay) -> None:
        self.back.setEnabled(False)
        self.later = error.later
        if error.later is None:
            self._remark(str(error))
            return
        self._remark(
            f"Cannot be taken back: “{short(error.later.title, 60)}” of {in_full(error.later.at)} builds on it.",
            "Go to that step",
        )

    # -- what is done

    def _go_on(self) -> None:
        part = self.lines.part
        if part is not None:
            self._go_to(part.change.kind, part.change.id)

    def _go_to(self, kind: str, id: str) -> None:
        if self._ctx.data.get(kind, id) is None:
            self._ctx.said.emit("That row is no longer in the plan.")
        else:
            self._ctx.show(kind, id)

    def _menu(self, point: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.lines.viewport().mapToGlobal(point))

    def menu(self) -> QMenu:
        """Where the current line leads to, and what can be done with its row."""
        menu, part = QMenu(self), self.lines.part
        if part is None:
            return menu
        own = Change(part.change.op, part.change.kind, part.change.id, {})
        runs = [(run.text, run.kind, run.id) for run in part.runs if run.kind]
        if not part.op and self._ctx.data.get(own.kind, own.id) is not None:
            runs.insert(0, ("the row", own.kind, own.id))
        for words, kind, id in dict.fromkeys(runs):
            menu.addAction(f"Go to {words}".replace("&", "&&")).triggered.connect(
                lambda _=False, kind=kind, id=id: self._ctx.show(kind, id)
            )
        if menu.isEmpty():
            menu.addAction("That row is no longer in the plan").setEnabled(False)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()


def _link(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("link", True)
    made.hide()
    return made
