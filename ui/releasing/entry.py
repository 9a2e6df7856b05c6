"""The third step: the entry in the change record, proposed from change requests and steps, beside what was done."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton

from dmdesk import changes as c
from dmdesk import releasing
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from dmdesk.releasing import Wish
from dmdesk.store import DONE, Baseline, Step
from ui.baselines.looking import changed
from ui.context import Context
from ui.labels import plain
from ui.releasing.stage import Stage, say
from ui.theme import theme
from ui.views.lines import HEADING, ROW, Line, Lines
from ui.views.summaries import counted, small

MOST = 500
"""So many steps are listed; more are counted."""


class EntryStage(Stage):
    """The words of the change record, and below them what they stand for."""

    title = "Change record"

    def __init__(self, ctx: Context, wish: Wish, proposed: Wish) -> None:
        super().__init__()
        self._ctx, self._proposed = ctx, proposed
        self.words = QPlainTextEdit(wish.description)
        self.words.setAccessibleName("Description in the change record")
        self.words.setPlaceholderText("What changed, in a line, naming the change request")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme().row * 5)
        self.wrong = self.note("", "error")
        self.again = QPushButton("Propose again")
        self.again.setAutoDefault(False)
        self.again.setToolTip(
            "Write what is proposed from change requests and steps in place of what stands here"
        )
        self.again.clicked.connect(lambda: self.words.setPlainText(proposed.description))
        self.numbers = self.note("Counting what was changed…")
        self.lines = Lines("What was done since the last baseline")
        self.lines.setObjectName("Lines")
        self.lines.setMinimumHeight(theme().row * 5)
        line = QHBoxLayout()
        line.addWidget(plain("The entry of this version in the change record, as it will be printed"), 1)
        line.addWidget(self.again)
        self.column.addLayout(line)
        for part, stretch in ((self.words, 0), (self.wrong, 0), (self.numbers, 0), (self.lines, 1)):
            self.column.addWidget(part, stretch)
        self.words.textChanged.connect(self._look)
        self._list()
        self._count()
        self._look()

    def _look(self) -> None:
        say(self.wrong, "" if self._text() else "A release needs a description for the change record.")
        self.again.setEnabled(bool(self._proposed.description) and self._text() != self._proposed.description)
        self.edited.emit()

    def _text(self) -> str:
        return " ".join(self.words.toPlainText().split())

    def _list(self) -> None:
        """The steps since the last baseline, those made under a change request below its name."""
        known = self._ctx.baselines()
        last = known[-1].step if known else 0
        history = self._ctx.plan.history() if self._ctx.plan else []
        done = [step for step in reversed(history) if step.id > last and step.state == DONE]
        self.lines.show_lines(_lines(self._ctx.data, done))

    def _count(self) -> None:
        plan, known = self._ctx.plan, self._ctx.baselines()
        if plan is None:
            return
        path, data = plan.file, plan.snapshot()

        def counted_by_kind(_: object) -> str:
            return numbers(path, known, data)

        self._ctx.tasks.run("Counting the changes", counted_by_kind, self._counted, quiet=True)

    def _counted(self, words: str) -> None:
        import shiboken6

        if shiboken6.isValid(self):
            say(self.numbers, words)

    def ready(self) -> bool:
        return bool(self._text())

    def typed(self) -> dict[str, str]:
        return {"description": self._text()}

    def shown(self) -> None:
        self.words.setFocus()


def numbers(path: object, known: list[Baseline], data: PlanData) -> str:
    """What was changed since the last baseline, kind by kind, in a sentence. Runs in a task."""
    if not known:
        return f"This is the first baseline: it seals {sum(data.counts().values()):,} items."
    with Plan.open(str(path), read_only=True) as own:
        changes = changed(own.at(known[-1].version), data)
    if not changes:
        return f"Nothing was changed since {known[-1].version}."
    by_kind: dict[str, Counter[str]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, Counter())[change.op] += 1
    told = "; ".join(_of_kind(kind, ops) for kind, ops in by_kind.items())
    return f"Since {known[-1].version}: {told}."


def _of_kind(kind: str, ops: Counter[str]) -> str:
    one = kinds()[kind]
    signs = ((c.ADD, "added"), (c.SET, "changed"), (c.DROP, "deleted"))
    parts = [f"{ops[op]:,} {name}" for op, name in signs if ops[op]]
    return f"{small(one.label if sum(ops.values()) == 1 else one.plural)} {', '.join(parts)}"


def _lines(data: PlanData, steps: list[Step]) -> list[Line]:
    requests, found = data.all(ChangeRequest), []
    groups: dict[str, list[Step]] = {}
    for step in steps[:MOST]:
        groups.setdefault(step.rfc if step.rfc in requests else "", []).append(step)
    for id, made in sorted(groups.items(), key=lambda pair: not pair[0]):
        name = f"{requests[id].key}  {requests[id].name}" if id else "Without a change request"
        found.append(Line(HEADING, name, aside=counted(len(made), "step", "steps")))
        found += [Line(ROW, step.title, "check", step.who) for step in made]
    if len(steps) > MOST:
        found.append(Line(HEADING, f"and {len(steps) - MOST:,} more"))
    return found


def proposed(ctx: Context) -> Wish:
    """What the release is proposed to be."""
    from datetime import date

    history = ctx.plan.history() if ctx.plan else []
    return releasing.proposed(ctx.data, ctx.baselines(), history, date.today())
