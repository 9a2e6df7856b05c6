"""Who is at a meeting: the members of the board and their deputies, ticked when present, against the quorum."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dmdesk.control.board import Seat, attendance, seats
from dmdesk.model import Docket, Group
from ui.chips import Flow
from ui.context import Context
from ui.control import deeds
from ui.control.request.standing import cleared
from ui.labels import plain
from ui.theme import theme


class Members(QWidget):
    """The seats of the board, with a box for each who may sit there."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.id = ""
        self.boxes: dict[str, QCheckBox] = {}
        self.quorum = plain("")
        self.quorum.setWordWrap(True)
        self.guests = plain("", "muted")
        self.guests.setWordWrap(True)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme().space(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1.5))
        column.addWidget(plain("Members", font="strong"))
        column.addWidget(self.quorum)
        column.addLayout(self._column)
        column.addWidget(self.guests)
        self._seen: object = None

    def show_meeting(self, row: Docket) -> None:
        """Show the members on the day of a meeting."""
        data, self.id = self.ctx.data, row.id
        there = attendance(data, row)
        self.quorum.setText(there.words[:1].upper() + there.words[1:])
        role = "ok" if there.reached else "warning"
        if self.quorum.property("role") != role:
            self.quorum.setProperty("role", role)
            self.quorum.style().unpolish(self.quorum)
            self.quorum.style().polish(self.quorum)
        self.guests.setText(f"Others present: {'; '.join(there.guests)}")
        self.guests.setVisible(bool(there.guests))
        group = data.get("group", row.group)
        found = seats(data, group, row.at[:10]) if isinstance(group, Group) else []
        names = tuple(data.link("person", id) for seat in found for id in (*seat.people, *seat.deputies))
        seen = (row.id, tuple(found), names, self.ctx.writable)
        if seen != self._seen:
            self._seen = seen
            self._make(found)
        for id, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(id in row.present or any(id.casefold() in one.casefold() for one in row.others))
            box.blockSignals(False)

    def _make(self, found: list[Seat]) -> None:
        held = next((id for id, box in self.boxes.items() if box.hasFocus()), "")
        cleared(self._column)
        self.boxes = {}
        for seat in found:
            self._column.addWidget(self._seat(seat))
        if held in self.boxes:
            self.boxes[held].setFocus()

    def _seat(self, seat: Seat) -> QWidget:
        line = QWidget()
        flow = Flow(line)
        flow.setContentsMargins(0, 0, 0, 0)
        name = f"{seat.name}{', chair' if seat.chairs else ''}"
        for id in seat.people:
            person = self.ctx.data.link("person", id)
            flow.addWidget(self._box(id, person if person == seat.name else f"{person} ({name})"))
        for id in seat.deputies:
            flow.addWidget(self._box(id, f"{self.ctx.data.link('person', id)} (deputy)"))
        if not seat.people and seat.outside:
            flow.addWidget(self._box(seat.outside, f"{seat.outside} (not in this plan)"))
        elif seat.vacant:
            flow.addWidget(plain(f"{name}: vacant", "muted"))
        flow.addWidget(QWidget())
        return line

    def _box(self, id: str, words: str) -> QWidget:
        if id in self.boxes:
            return plain(f"{words}: see above", "muted")
        made = QCheckBox(words.replace("&", "&&"))
        made.setAccessibleName(f"Present: {words}")
        made.setEnabled(self.ctx.writable)
        made.toggled.connect(lambda on: self._tick(id, on))
        self.boxes[id] = made
        return made

    def _tick(self, id: str, on: bool) -> None:
        row = self.ctx.data.get("docket", self.id)
        if not isinstance(row, Docket):
            return
        field = "present" if self.ctx.data.get("person", id) is not None else "others"
        now = [one for one in getattr(row, field) if (one != id if field == "present" else id not in one)]
        wanted = (*now, id) if on else tuple(now)
        wrong = deeds.set_values(self.ctx, f"Note who is at {row.key or row.name}", row, {field: wanted})
        if wrong:
            self.ctx.report(wrong)
            self.show_meeting(row)
