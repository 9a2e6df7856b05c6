"""One meeting: while it is planned who is there, its docket and what is decided; once it was held, its minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dmdesk.control import dockets
from dmdesk.model import BoardAction, Docket
from dmdesk.types import INSTANT
from ui.actions import actions, perform
from ui.context import Context
from ui.control import deeds
from ui.control.board import sheets
from ui.control.board.items import Items
from ui.control.board.members import Members
from ui.control.effects import Effects
from ui.control.request.standing import cleared, condition, line
from ui.control.work import Work
from ui.heading import Heading
from ui.labels import plain
from ui.minutes.blocktext import BlockText
from ui.theme import theme, themes
from ui.views.summaries import counted


class Meeting(QWidget):
    """All of the current meeting."""

    def __init__(self, ctx: Context, work: Work, effects: Effects, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.work = ctx, work
        self.id = ""
        self.title, self.facts = Heading("title", 2), plain("", "muted")
        self.fill, self.hold = QPushButton("Take flagged requests in"), QPushButton("Hold the meeting…")
        self.print = QPushButton("Print minutes…")
        self.members, self.items = Members(ctx), Items(ctx, work, effects)
        self.asked = Actions(ctx)
        self.minutes = BlockText("Minutes of the meeting")
        self.stack = QStackedWidget()
        self._way = QVBoxLayout()
        self._seen: object = None
        self._arrange()
        for button, name in ((self.fill, "fill"), (self.hold, "hold"), (self.print, "minutes")):
            button.clicked.connect(lambda _=False, name=name: self._perform(f"control.{name}"))
        self.minutes.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.minutes.picked.connect(ctx.show)
        themes().changed.connect(self.renew)

    def _arrange(self) -> None:
        look, column, top = theme(), QVBoxLayout(self), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top.setContentsMargins(look.space(4), look.space(3), look.space(4), look.space(2))
        top.setSpacing(look.space(2))
        self.facts.setWordWrap(True)
        self.hold.setProperty("primary", True)
        top.addWidget(self.title)
        top.addWidget(self.facts)
        top.addWidget(line(self.hold, self.fill, self.print))
        column.addLayout(top)
        inside, area = QWidget(), QScrollArea()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(look.space(4), look.space(1), look.space(4), look.space(4))
        parts.setSpacing(look.space(4))
        self._way.setSpacing(look.space(1))
        parts.addLayout(self._way)
        for part in (self.items, self.members, self.asked):
            parts.addWidget(part)
        parts.addStretch(1)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.stack.addWidget(area)
        self.stack.addWidget(self.minutes)
        column.addWidget(self.stack, 1)

    @property
    def row(self) -> Docket | None:
        """The meeting that is shown, while it is in the plan."""
        row = self.ctx.data.get("docket", self.id) if self.ctx.plan is not None else None
        return row if isinstance(row, Docket) else None

    def show_meeting(self, id: str) -> None:
        """Show a meeting."""
        self.id = id
        self.renew()

    def renew(self) -> None:
        """Show it as it is now."""
        row, data = self.row, self.ctx.data
        if row is None:
            return
        held = row.state == "held"
        self.title.setText(f"{row.key}  {row.name}")
        board = data.link("group", row.group) if row.group else "no board yet"
        self.facts.setText(
            f"{'Held' if held else 'Planned'} · {board} · {INSTANT.show(row.at) or 'no time yet'}"
        )
        self.hold.setVisible(not held)
        self.fill.setVisible(not held)
        self.print.setText("Print minutes…" if held else "Print the docket…")
        self.stack.setCurrentIndex(int(held))
        if held:
            self._write(row)
            return
        there = {item.rfc for item in dockets.items_on(data, row)}
        waiting = sum(one.id not in there for one in dockets.waiting(data))
        self.fill.setText(f"Take in {counted(waiting, 'flagged request', 'flagged requests')}" if waiting else
                          "No other request is flagged")  # fmt: skip
        self.fill.setEnabled(self.ctx.writable and bool(waiting))
        self._show_way(row)
        self.members.show_meeting(row)
        self.items.show_meeting(row)
        self.asked.show_meeting(row)

    def _show_way(self, row: Docket) -> None:
        """What stands in the way of holding it."""
        found = dockets.in_the_way(self.ctx.data, row)
        self.hold.setEnabled(self.ctx.writable and not any(one.absolute for one in found))
        seen = (row.id, found, theme().name)
        if seen != self._seen:
            self._seen = seen
            cleared(self._way)
            for one in found:
                self._way.addWidget(condition(one))

    def _write(self, row: Docket) -> None:
        from dmdesk.manuscript.parts.control import minutes

        work = {item.rfc: self.work.of(item.rfc).parts for item in dockets.items_on(self.ctx.data, row)}
        self.minutes.show_blocks("", minutes(self.ctx.data, row, work, named=False))

    def _perform(self, name: str) -> None:
        if self.row is not None:
            self.ctx.select("docket", self.id)
            perform(actions()[name], self.ctx)


class Actions(QWidget):
    """What a meeting asks people to do."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx, self.id = ctx, ""
        self.add = QPushButton("Add an action…")
        self.buttons: dict[str, QPushButton] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme().space(1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1.5))
        column.addWidget(plain("Actions", font="strong"))
        column.addLayout(self._rows)
        column.addWidget(line(self.add))
        self.add.clicked.connect(self._add)
        self._seen: object = None

    def show_meeting(self, row: Docket) -> None:
        """Show the actions of a meeting."""
        self.id = row.id
        self.add.setEnabled(self.ctx.writable)
        found = dockets.actions_on(self.ctx.data, row)
        seen = (
            row.id,
            tuple(found),
            tuple(self.ctx.data.link("person", one.owner) for one in found if one.owner),
        )
        if seen == self._seen:
            return
        self._seen = seen
        cleared(self._rows)
        self.buttons = {}
        for one in found:
            self._rows.addWidget(self._action(one))

    def _action(self, one: BoardAction) -> QWidget:
        made = QWidget()
        who = self.ctx.data.link("person", one.owner) if one.owner else "nobody yet"
        request = self.ctx.data.get("rfc", one.rfc)
        key = self.ctx.data.key(request) if request is not None else ""
        words: QLabel = plain(
            " · ".join(filter(None, (one.name, who, f"by {one.due}" if one.due else "", key)))
        )
        words.setWordWrap(True)
        change, remove = QPushButton("Change…"), QPushButton("Remove")
        for button, name in ((change, "Change"), (remove, "Remove")):
            button.setProperty("quiet", True)
            button.setAccessibleName(f"{name}: {one.name}")
            button.setEnabled(self.ctx.writable)
        change.clicked.connect(lambda: self._change(one.id))
        remove.clicked.connect(lambda: self._remove(one.id))
        self.buttons[one.id] = change
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(change)
        row.addWidget(remove)
        return made

    def _meeting(self) -> Docket | None:
        row = self.ctx.data.get("docket", self.id)
        return row if isinstance(row, Docket) else None

    def _add(self) -> None:
        if (row := self._meeting()) is not None:
            sheets.ask(self.ctx, row)

    def _change(self, id: str) -> None:
        docket, row = self._meeting(), self.ctx.data.get("boardaction", id)
        if docket is not None and row is not None:
            sheets.ask(self.ctx, docket, row)

    def _remove(self, id: str) -> None:
        row = self.ctx.data.get("boardaction", id)
        if row is not None and (wrong := deeds.remove(self.ctx, f"Remove the action “{row.name}”", row)):  # type: ignore[attr-defined]
            self.ctx.report(wrong)
