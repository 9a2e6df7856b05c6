"""The page that compares: two states chosen at the top, what differs below, item by item and field by field.

The work is done in the background on copies; the page follows the plan in a moment when one of the two is being edited.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from dmdesk.comparing import Comparison, Pick, compare
from dmdesk.kinds import kinds
from dmdesk.plan import Event
from ui.actions import actions, perform
from ui.commands.comparing import is_beside
from ui.compare.choosing import Narrowing, States
from ui.compare.lines import FIELD, Line, Told
from ui.compare.states import BASELINE, THE_PLAN, WORKING, Compared, Reader, State
from ui.compare.view import ChangesView
from ui.context import Context
from ui.focusing import in_order
from ui.labels import plain
from ui.tasks import Task
from ui.theme import icon, theme
from ui.views.head import head
from ui.views.summaries import counted

PAUSE = 400
"""Milliseconds after a step until the states are compared anew."""

NOTHING = (
    "Choose what to compare: the working plan, a version that was sealed, another plan file, the plan as text, or a "
    "PDF that carries its plan."
)

EXPORTS = {
    "export changes": "export",
    "print changes": "print_record",
    "print changes on paper": "print_on_paper",
}
"""What is wanted of the page → what does it in ``ui.compare.exporting``."""


class ComparePage(QWidget):
    """Two states of a plan and what differs between them."""

    title = "Compare"
    page_actions: tuple[str, ...] = ("compare.export", "compare.print", "compare.printer", "revert.kind")

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.found: Compared | None = None
        self._task: Task | None = None
        self._stale = True
        self.states = States(ctx)
        self.narrowing = Narrowing()
        self.view = ChangesView(ctx)
        self.tools = [
            self._tool("compare.previous"), self._tool("compare.next"), self._tool("compare.beside"), self._more(),
        ]  # fmt: skip
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.renew)
        self._arrange()
        self._connect()
        self.set_beside()

    # -- arrangement

    def _tool(self, name: str) -> QToolButton:
        action, tool = actions()[name], QToolButton()
        tool.setIcon(icon(action.icon))
        tool.setToolTip(f"{action.label} ({action.key})")
        tool.setAccessibleName(action.label)
        tool.setCheckable(action.checked is not None)
        tool.clicked.connect(lambda: perform(action, self.ctx))
        return tool

    def _more(self) -> QToolButton:
        """The menu of what can be done with all or parts of what is shown."""
        tool = QToolButton()
        tool.setIcon(icon("more"))
        tool.setToolTip("Export, print, revert")
        tool.setAccessibleName("Export, print, revert")
        tool.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(tool)
        for name in ("compare.export", "compare.print", "compare.printer", "",
                     "revert.field", "revert.row", "revert.kind"):  # fmt: skip
            if not name:
                menu.addSeparator()
                continue
            action = actions()[name]
            menu.addAction(icon(action.icon), action.label).triggered.connect(
                lambda _=False, action=action: perform(action, self.ctx)
            )
        tool.setMenu(menu)
        return tool

    def _arrange(self) -> None:
        space = theme().space
        top, self.summary = head(self.title, below=2)
        top.addWidget(self.states)
        row = QHBoxLayout()
        row.setContentsMargins(space(4.5), 0, space(4), space(2.5))
        row.setSpacing(space(1.5))
        row.addWidget(self.narrowing)
        row.addStretch(1)
        for tool in self.tools:
            row.addWidget(tool)
        self.nothing = plain(NOTHING, "muted")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(space(12), 0, space(12), 0)
        self.stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row)
        column.addLayout(self.stack, 1)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.nothing)
        self.stack.setCurrentWidget(self.nothing)
        in_order(
            self.states.old, self.states.new, self.states.turn, self.narrowing.text, self.narrowing.kind,
            self.narrowing.who, self.narrowing.rfc, *self.tools, self.view,
        )  # fmt: skip

    def _connect(self) -> None:
        self.states.chosen.connect(self.renew)
        self.narrowing.narrowed.connect(self._narrow)
        self.narrowing.leave.connect(self._to_list)
        self.view.wanted.connect(self._go_to)
        self.view.kind_wanted.connect(self.narrowing.show_kind)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.ctx.changed.connect(self._changed)
        self.ctx.wanted.connect(self._wanted)
        self.setFocusProxy(self.states.old)

    # -- what is compared

    def shown(self) -> None:
        """The page came to the front: nothing else is selected any more, and what is shown is true."""
        self.ctx.set_rows("", ())
        self.states.fill()
        if self._stale:
            self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_beside()

    def reveal(self, id: str) -> None:
        """Compare the baseline of a version with the working plan."""
        old, new = State(BASELINE, id), THE_PLAN
        if self.states.chosen_states() != (old, new):
            self.states.choose(old, new)

    def renew(self) -> None:
        """Compare the two states that are chosen, as they are now, in the background."""
        self._soon.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._stale = False
        old, new = self.states.chosen_states()
        plan = self.ctx.plan
        if plan is None or old is None or new is None or old == new:
            words = (
                "Both are the same; choose two different ones." if old is not None and old == new else NOTHING
            )
            self._take(None, words)
            return
        since = self.ctx.since
        held = {since.version: since.given.copy()} if since is not None else {}
        reader = Reader(plan.snapshot(), plan.file, self.ctx.baselines(), held)

        def work(task: Task) -> tuple[Compared, Told]:
            found = reader.compared(old, new, lambda: task.progress(words="Comparing"))
            return found, Told(found.comparison)

        self.summary.setText("Comparing…")
        self._task = self.ctx.tasks.run("Comparing", work, self._done)

    def _done(self, result: tuple[Compared, Told]) -> None:
        self._task = None
        found, told = result
        self._take(found, "There are no differences.", told)

    def _take(self, found: Compared | None, nothing: str, told: Told | None = None) -> None:
        held = self.view.line()
        self.found = found
        if told is not None:
            self.narrowing.fill(told)
            self.view.changes.wanted = self.narrowing.wanted()
        self.nothing.setText(nothing)
        self.view.changes.show(told)
        self._again(held)
        self._say()

    def _again(self, held: Line | None) -> None:
        """Make the line current that was so before."""
        at = -1
        if held is not None and held.item is not None:
            field = held.edit.field if held.edit is not None else ""
            at = self.view.changes.place(held.item.kind, held.item.id, field)
        if at >= 0:
            self.view.set_line(at)
        else:
            self.view.first()

    def _narrow(self) -> None:
        held = self.view.line()
        self.view.changes.want(self.narrowing.wanted())
        self._again(held)
        self._say()

    def _say(self) -> None:
        told, lines = self.view.changes.told, self.view.changes.lines
        empty = told is None or not lines
        if told is not None and told.blocks and not lines:
            self.nothing.setText("No change fits what is asked for above.")
        if empty and self.view.hasFocus():
            self.states.old.setFocus()
        first = not empty and bool(self.stack.currentIndex()) and self.states.old.hasFocus()
        self.stack.setCurrentIndex(int(empty))
        self.setFocusProxy(self.states.old if empty else self.view)
        if first:
            self.view.setFocus()
        if told is None or self.found is None:
            self.summary.setText("")
            return
        self.summary.setText(_summed(told.comparison, self.found))

    # -- what happens

    def _changed(self, _: Event) -> None:
        old, new = self.states.chosen_states()
        if old is None or new is None or WORKING not in (old.sort, new.sort):
            return
        if self.isVisible():
            self._soon.start()
        else:
            self._stale = True

    def _moved(self, *_: object) -> None:
        """The current row of the window is that of the current line, if the plan has it."""
        line = self.view.line()
        at = self._row(line) if line is not None and self.isVisible() else None
        if at is not None:
            self.ctx.select(*at)

    def _row(self, line: Line) -> tuple[str, str] | None:
        item = line.item
        if item is None:
            return None
        ids = (id for id in (item.id, item.was) if id and self.ctx.data.get(item.kind, id) is not None)
        id = next(ids, "")
        return (item.kind, id) if id else None

    def _go_to(self, line: Line) -> None:
        at = self._row(line)
        if at is None:
            self.ctx.said.emit("That row is no longer in the plan; revert it to bring it back.")
        else:
            self.ctx.show(*at)

    def _to_list(self) -> None:
        if self.view.isVisible():
            self.view.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.narrowing.text.setFocus()
        self.narrowing.text.selectAll()

    def set_beside(self) -> None:
        """Show old and new side by side, or as one text."""
        self.tools[2].setChecked(is_beside())
        self.view.set_beside(is_beside())

    def _wanted(self, what: str) -> None:
        if not self.isVisible():
            return
        if what in ("next change", "previous change"):
            if not self.view.step(1 if what == "next change" else -1):
                self.ctx.said.emit("There is no other change that way.")
        elif what == "compare layout":
            self.set_beside()
        elif what in EXPORTS:
            self._export(what)
        elif what.startswith("revert "):
            self._revert(what.partition(" ")[2])

    def _export(self, what: str) -> None:
        from ui.compare import exporting

        if self.found is None:
            self.ctx.said.emit("There is nothing to write yet; choose two states to compare.")
            return
        getattr(exporting, EXPORTS[what])(
            self.ctx, self.found, self.view.changes.lines, self.narrowing.in_words()
        )

    # -- taking back

    def _revert(self, what: str) -> None:
        """Take a field, an item or all of a kind back to the old state, after showing what that would do."""
        from ui.compare.reverting import revert_shown

        found, line = self.found, self.view.line()
        if found is None or line is None or not self.ctx.writable:
            self.ctx.said.emit("Choose a change first.")
            return
        if found.new.sort != WORKING:
            self.ctx.report(
                "Only the working plan can be changed; compare with it as the second to take changes back."
            )
            return
        wanted = self._pick(what, line)
        if wanted is None:
            self.ctx.said.emit("Choose the item or the field to take back.")
            return
        pick, words = wanted
        now = compare(found.comparison.given, self.ctx.data.copy())
        revert_shown(self.ctx, now, [pick], f"Revert {words} to {found.old.words}", found.old.words)

    def _pick(self, what: str, line: Line) -> tuple[Pick, str] | None:
        from ui.models.moves import short

        item, edit = line.item, line.edit
        if what == "kind":
            kind = item.kind if item is not None else line.kind
            return (Pick(kind), f"all {kinds()[kind].plural}") if kind else None
        if item is None:
            return None
        name = short(line.label if line.sort != FIELD else self._named(line))
        if what == "field":
            if edit is None or item.op != "changed":
                return None
            return Pick(item.kind, item.id, edit.field), f"{kinds()[item.kind][edit.field].label} of {name}"
        return Pick(item.kind, item.id), name

    def _named(self, line: Line) -> str:
        from dmdesk.comparing import words

        assert self.found is not None
        assert line.item is not None
        return words.item_name(self.found.comparison, line.item)


def _summed(comparison: Comparison, found: Compared) -> str:
    """How much differs, in a sentence."""
    total = comparison.total
    between = f"from {found.old.words} to {found.new.words}"
    numbers = (total.added, "added"), (total.changed, "changed"), (total.dropped, "dropped")
    parts = [f"{number:,} {word}" for number, word in numbers if number]
    if not parts:
        return f"No changes {between}"
    return f"{counted(total.rows, 'change', 'changes')} {between}: {', '.join(parts)}"
