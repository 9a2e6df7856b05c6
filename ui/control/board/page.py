"""The page of the board's meetings: those that are planned, then those that were held with their minutes."""

from __future__ import annotations

from dmdesk.control import dockets
from dmdesk.model import Docket
from dmdesk.types import INSTANT
from ui.context import Context
from ui.control.board.meeting import Meeting
from ui.control.effects import Effects
from ui.control.listed import ListedPage
from ui.control.requestlist import Entry
from ui.control.work import Work
from ui.views.summaries import counted


class MeetingsPage(ListedPage):
    """Meetings one by one."""

    first = ("control.meeting", "Plan a meeting…")
    views = ("Meetings", "Table")

    def __init__(self, ctx: Context) -> None:
        work, effects = Work(ctx), Effects(ctx)
        self.meeting = Meeting(ctx, work, effects)
        super().__init__(ctx, "docket", [self.meeting], work, effects)

    def entries(self) -> list[Entry]:
        """The meetings, planned ones first, then the newest."""
        rows, model = self.model.rows, self.model
        found = [row for row in rows.values() if isinstance(row, Docket)]
        found = [row for row in found if not model.filtered or row.id in model.hits]
        planned = sorted((row for row in found if row.state != "held"), key=lambda row: row.at)
        held = sorted((row for row in found if row.state == "held"), key=lambda row: row.at, reverse=True)
        return [self._entry(row) for row in (*planned, *held)]

    def _entry(self, row: Docket) -> Entry:
        number = len(dockets.items_on(self.ctx.data, row))
        facts = f"{INSTANT.show(row.at) or 'no time yet'} · {counted(number, 'request', 'requests')}"
        return Entry(row.id, row.key, row.name, row.state or "planned", facts)

    def entry(self) -> str:
        """The id of the meeting that is shown."""
        return self.meeting.id

    def show_entry(self, id: str) -> None:
        """Show a meeting."""
        self.meeting.show_meeting(id)
