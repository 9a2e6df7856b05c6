"""Handing over on the screen: all that a person holds, who takes it, and from which day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from dmdesk import leaving
from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.leaving import Held
from dmdesk.model import Appointment
from dmdesk.values import replace
from ui.changelist import Item
from ui.changesheet import opened
from ui.context import Context
from ui.editors import editor
from ui.labels import plain
from ui.models import moves
from ui.models.cells import full_name
from ui.preview import FollowingSheet, Outcome
from ui.theme import theme
from ui.views.summaries import counted


class HandoverSheet(FollowingSheet):
    """Asks who takes over what a person holds; what is not ticked stays as it is."""

    def __init__(self, ctx: Context, person: Entity) -> None:
        self.person = person
        self._held: list[Held] = []
        self._kept: set[tuple[str, str]] = set()
        self._filling = False
        name = ctx.data.title(person)
        words = "Choose who takes over; without anybody, the places become empty."
        super().__init__(ctx, f"Hand over from {moves.short(name)}", words, "Hand over", tickable=True)
        fields = kinds()["appointment"]
        self.to = editor(fields["person"], ctx, self)
        self.day = editor(fields["start"], ctx, self)
        self.leaves = QCheckBox(f"{moves.short(name, 40)} leaves on that day".replace("&", "&&"))
        self.to.set_value("", "nobody")
        self.day.set_value(date.today().isoformat())
        self._arrange()
        self.table.changes.tickings.connect(self._ticked)
        self.to.setFocus()
        self.renew()

    def _arrange(self) -> None:
        look, made = theme(), QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(3))
        grid.setVerticalSpacing(look.space(2))
        for row, (words, held) in enumerate((("To", self.to), ("On", self.day))):
            label = plain(words, "muted")
            label.setBuddy(held)
            grid.addWidget(label, row, 0)
            grid.addWidget(held, row, 1)
            held.done.connect(self.follow)
            held.given_up.connect(self.reject)
        grid.addWidget(self.leaves, 2, 1)
        grid.setColumnStretch(1, 1)
        self.leaves.toggled.connect(self.follow)
        for column, steps in enumerate((92, 32, 36)):
            self.table.setColumnWidth(column, look.space(steps))
        self.column.insertWidget(2, made)

    # -- what is chosen

    def successor(self) -> Entity | None:
        """Who takes over, None for nobody.

        Raises:
            PlanError: the words name nobody.
        """
        link = str(self.to.value())
        if words := t.unresolved(link):
            raise PlanError(
                f"Nobody in this plan is called “{words}”; choose somebody, or leave the field empty."
            )
        return (self.ctx.data.get("person", link) or self.ctx.unborn(link)) if link else None

    def outcome(self) -> Outcome | None:
        data, to, day = self.ctx.data, self.successor(), str(self.day.value())
        self._held = leaving.holds(data, self.person, day)
        only = {(row.id, field) for row, field in self._held} - self._kept
        changes = leaving.reassign(data, self.person, to, day, only)
        if not self.leaves.isChecked():
            changes = [one for change in changes if (one := self._stays(change)) is not None]
        name, heir = moves.short(data.title(self.person), 40), moves.short(data.title(to), 40) if to else ""
        what = f"{name} leaves" if self.leaves.isChecked() else f"Reassign what {name} holds"
        title = f"{what}, {heir} takes over" if heir and self.leaves.isChecked() else what
        title = f"{what} to {heir}" if heir and not self.leaves.isChecked() else title
        places = counted(len(only), "place", "places")
        whom = f"go to {data.title(to)}" if to else "become empty"
        words = f"{places} of {len(self._held):,} {whom}." if self._held else f"{name} holds nothing."
        return Outcome(title, changes, self._items(to, day), words)

    def _stays(self, change: Change) -> Change | None:
        """The change without the day on which the person leaves."""
        if (change.kind, change.id) != ("person", self.person.id):
            return change
        fields = {name: pair for name, pair in change.fields.items() if name != "left"}
        return replace(change, fields=fields) if fields else None

    def _items(self, to: Entity | None, day: str) -> list[Item]:
        data, heir = self.ctx.data, self.ctx.data.title(to) if to else "—"
        found = []
        for row, field in self._held:
            kind = kind_of(row)
            new = f"until {day}, then {heir}" if isinstance(row, Appointment) else heir
            found.append(
                Item(
                    f"{kind.label}: {full_name(data, row)}",
                    kind[field].label,
                    data.title(self.person),
                    new,
                )
            )
        return found

    # -- ticks

    def renew(self) -> None:
        self._filling = True
        super().renew()
        model = self.table.changes
        for at, (row, field) in enumerate(self._held[: len(model.ticked)]):
            model.ticked[at] = (row.id, field) not in self._kept
        self._filling = False

    def _ticked(self) -> None:
        if not self._filling:
            pairs = zip(self._held, self.table.changes.ticked, strict=False)
            self._kept = {(row.id, field) for (row, field), wanted in pairs if not wanted}
            self.follow()


def ask(ctx: Context, person: Entity) -> HandoverSheet:
    """Open the sheet for a person."""
    sheet = HandoverSheet(ctx, person)
    opened(sheet)
    return sheet
