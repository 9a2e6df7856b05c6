"""The page of change requests: a list with where each stands, and all of the current one; or all as a table."""

from __future__ import annotations

from dmdesk.control.clock import clock_of, in_words
from dmdesk.control.requests import STATES, UNDECIDED, open_objections, state_of
from dmdesk.model import ChangeRequest
from ui.context import Context
from ui.control import deeds
from ui.control.effects import Effects
from ui.control.listed import ListedPage
from ui.control.request.details import Details
from ui.control.request.unrequested import WithoutRequest
from ui.control.requestlist import Entry
from ui.control.work import Work
from ui.views.summaries import counted

UNREQUESTED = "without a request"
"""The id of the line that stands for what was changed without a request."""


class RequestsPage(ListedPage):
    """Requests one by one, and before them what was changed without one."""

    first = ("control.propose", "Propose…")
    views = ("Requests", "Table")

    def __init__(self, ctx: Context) -> None:
        work, effects = Work(ctx), Effects(ctx)
        self.details, self.without = Details(ctx, work, effects), WithoutRequest(ctx)
        super().__init__(ctx, "rfc", [self.details, self.without], work, effects)
        self.details.minute.timeout.connect(self._renew)

    def has_entries(self) -> bool:
        """Whether there is anything to list."""
        return super().has_entries() or bool(self.work.without())

    def entries(self) -> list[Entry]:
        """The lines of the list: what was changed without a request, then requests, those that are open first."""
        rows, model = self.model.rows, self.model
        found = [row for id in model.all_ids() if isinstance(row := rows.get(id), ChangeRequest)]
        found = [row for row in found if not model.filtered or row.id in model.hits]
        found.sort(key=lambda row: STATES.index(state_of(row)))
        lines = [self._entry(row) for row in found]
        without = self.work.without()
        if without and not model.filtered:
            facts = f"{counted(len(without), 'step', 'steps')} since the last baseline"
            lines.insert(0, Entry(UNREQUESTED, "Without a request", "Changes to assign", "", facts, True))
        return lines

    def _entry(self, row: ChangeRequest) -> Entry:
        data, now = self.ctx.data, deeds.now()
        objections, steps = len(open_objections(data, row.id)), self.work.steps(row.id)
        clock = clock_of(data, row)
        facts = [
            in_words(data, row, now),
            counted(objections, "open objection", "open objections") if objections else "",
            "major" if row.weight == "major" else "",
            data.link("person", row.assignee) if row.assignee else "no assignee",
            counted(steps, "step", "steps") if steps else "",
        ]
        warns = bool(objections) or (state_of(row) in UNDECIDED and clock.over(now))
        return Entry(row.id, row.key, row.name, state_of(row), " · ".join(filter(None, facts)), warns)

    def entry(self) -> str:
        """The id of what is shown."""
        return UNREQUESTED if self.right.currentWidget() is self.without else self.details.id

    def show_entry(self, id: str) -> None:
        """Show a request, or what was changed without one."""
        self.right.setCurrentWidget(self.without if id == UNREQUESTED else self.details)
        if id == UNREQUESTED:
            self.without.show_steps(self.work.without())
        else:
            self.details.show_request(id)

    def reveal(self, id: str) -> None:
        """Show a request, or with ``UNREQUESTED`` what was changed without one."""
        super().reveal(id)
        if id == UNREQUESTED and not self.work.without():
            self.ctx.said.emit("Every change since the last baseline was made under a change request.")
