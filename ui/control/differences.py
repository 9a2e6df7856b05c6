"""What a working set made of the plan, as the page that compares shows it: words are marked within the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QContextMenuEvent

from dmdesk.changes import ADD, DROP, SET, Change, add, drop, inverse, put
from dmdesk.comparing import compare
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.outcome import preview
from dmdesk.reading import PlanData
from dmdesk.store import Step
from ui.compare.lines import COUNT, HEADS, Line, Told
from ui.compare.view import ChangesView
from ui.context import Context
from ui.theme import theme


class Differences(ChangesView):
    """The differences that changes come to. Enter or a click on an item's name goes to its row."""

    def __init__(self, ctx: Context, name: str) -> None:
        super().__init__(ctx)
        self.ctx = ctx
        self.setAccessibleName(name)
        self.setMinimumHeight(theme().row * 4)
        self.wanted.connect(self._go)

    def show_changes(self, changes: Sequence[Change], steps: Iterable[Step] = ()) -> None:
        """Show what changes made; ``steps`` are those that made them, for who, when and why."""
        plan = self.ctx.plan
        known = [(step, plan.changes_of(step)) for step in steps] if plan is not None else []
        before, after = sides(self.ctx.data, changes)
        self.changes.show(Told(compare(before, after, steps=known)))
        self.changes.keep(lambda line: line.sort not in (HEADS, COUNT))

    def _go(self, line: Line) -> None:
        if line.item is not None and self.ctx.data.get(line.item.kind, line.item.id) is not None:
            self.ctx.show(line.item.kind, line.item.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """There is none: what was done under a request is taken back as a whole."""
        event.accept()


def sides(data: PlanData, changes: Sequence[Change]) -> tuple[PlanData, PlanData]:
    """The plan before and after some changes and no others, with the rest as it is now.

    What was done later to the same values is left out on both sides; rows that are gone since are as well.
    """
    fitting = [
        change for change in changes if change.op != SET or data.get(change.kind, change.id) is not None
    ]
    try:
        after = preview(data, [made for change in fitting for made in _towards(data, change)])
        return preview(after, inverse(fitting)), after
    except PlanError:
        return data, data


def _towards(data: PlanData, change: Change) -> Iterable[Change]:
    """The changes that give a row the values which a change led to, whatever they are now."""
    row = data.get(change.kind, change.id)
    values = {name: new for name, (_, new) in change.fields.items()}
    if change.op == DROP:
        return [drop(row)] if row is not None else []
    if row is None:
        return [add(kinds()[change.kind].make(values, change.id))]
    if change.op == ADD:
        return [drop(row), add(kinds()[change.kind].make(values, change.id))]
    return [put(row, values)]
