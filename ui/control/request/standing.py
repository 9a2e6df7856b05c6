"""Where a request stands: the line of its states, its clock, and the moves it may make with what each depends on."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from dmdesk.control import clock as clocks
from dmdesk.control.requests import STATES, UNDECIDED, moves_of, state_of
from dmdesk.control.states import Allowed, Condition, allowed
from dmdesk.model import ChangeRequest
from dmdesk.reading import PlanData
from ui.chips import Flow
from ui.control.sheets import way
from ui.labels import plain
from ui.theme import icon, theme

ROLES = {
    "proposed": "chip", "flagged": "draft", "recommended": "chip", "adopted": "baselined",
    "implemented": "baselined", "withdrawn": "chip",
}  # fmt: skip


def cleared(box: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := box.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def line(*parts: QWidget) -> QWidget:
    """Widgets beside each other, broken into lines where there is no room."""
    made = QWidget()
    flow = Flow(made)
    flow.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        flow.addWidget(part)
    flow.addWidget(QWidget())
    return made


class StateLine(QWidget):
    """The states one after the other: those it went through, the one it is in, and those to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._seen: tuple[object, ...] = ()
        self.short = False
        """Whether only the states around the present one are shown, where there is little room."""

    def show_states(self, data: PlanData, row: ChangeRequest) -> None:
        """Show the states of a request."""
        now, been = state_of(row), {one.state for one in moves_of(data, row.id)}
        states: list[str] = [one for one in STATES if one != "withdrawn" or now == "withdrawn"]
        if self.short:
            at = states.index(now)
            states = states[max(at - 1, 0) : at + 2]
        seen = (now, *sorted(been), *states)
        if seen == self._seen:
            return
        self._seen = seen
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, state in enumerate(states):
            if at:
                self._put(plain("›", "muted", "small"))
            words = state.capitalize()
            done = state in been and state != now
            made = plain(f"✓ {words}" if done else words, "" if done else "muted", "small")
            if state == now:
                made = plain(words, ROLES[state], "small")
                made.setAccessibleName(f"State: {state}")
            self._put(made)
        self._put(QWidget())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the states need, also where there is little room for the rest."""
        self.setMinimumHeight(self._flow.heightForWidth(max(self.width(), 1)))

    def _put(self, widget: QWidget) -> None:
        widget.setFixedHeight(theme().space(6))
        self._flow.addWidget(widget)
        widget.show()


class ClockBar(QWidget):
    """The clock: what it says, and a bar that fills while it runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = plain("")
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Clock")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1.5))
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def show_clock(self, data: PlanData, row: ChangeRequest, now: datetime) -> None:
        """Show the clock of a request as it stands at a moment."""
        clock, words = clocks.clock_of(data, row), clocks.in_words(data, row, now)
        undecided = state_of(row) in UNDECIDED
        if undecided and clock.runs(now) and clock.closes is not None:
            words = f"{words}, until {clocks.shown(clock.closes)}"
        self.words.setText(words[:1].upper() + words[1:])
        self.bar.setVisible(undecided and clock.begins is not None)
        self.bar.setValue(_thousandths(clock, now))
        self.bar.setToolTip(self.words.text())
        self.bar.setAccessibleDescription(self.words.text())


def _thousandths(clock: clocks.Clock, now: datetime) -> int:
    """How much of a clock has run."""
    if clock.begins is None or clock.closes is None or now <= clock.begins:
        return 0
    whole = max(clock.closes - clock.begins, timedelta(minutes=1))
    return min(int(1000 * ((now - clock.begins) / whole)), 1000)


class Moves(QWidget):
    """The moves from where a request stands; ``wanted`` names the state that somebody wants it to come to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space(3))
        self._seen: object = None
        self.buttons: dict[str, QPushButton] = {}
        self.anyway: dict[str, QPushButton] = {}

    def show_moves(self, data: PlanData, row: ChangeRequest, now: datetime, *, writable: bool) -> None:
        """Show the moves that a request may make at a moment, those that are on the way to its end first."""
        found = sorted(allowed(data, row, now), key=lambda one: not one.conditions)
        seen = (row.id, state_of(row), found, writable, theme().name)
        if seen == self._seen:
            return
        held = next((name for name, one in self._all() if one.hasFocus()), "")
        self._seen = seen
        cleared(self._column)
        self.buttons, self.anyway = {}, {}
        plain_ones = [one for one in found if not one.conditions]
        for one in found:
            if one.conditions:
                self._with_conditions(row, one, writable)
        if plain_ones:
            self._column.addWidget(self._row(row, plain_ones, writable))
        if held and held in self.buttons:
            self.buttons[held].setFocus()

    def _all(self) -> list[tuple[str, QPushButton]]:
        return [*self.buttons.items(), *self.anyway.items()]

    def _button(self, row: ChangeRequest, one: Allowed, enabled: bool) -> QPushButton:
        made = QPushButton(f"{way(state_of(row), one.state)}…")
        made.setEnabled(enabled)
        made.setProperty("primary", bool(one.conditions))
        made.clicked.connect(lambda: self.wanted.emit(one.state))
        made.setAccessibleDescription(" ".join(each.words for each in one.unmet))
        self.buttons[one.state] = made
        return made

    def _row(self, row: ChangeRequest, found: list[Allowed], writable: bool) -> QWidget:
        return line(*(self._button(row, one, writable) for one in found))

    def _with_conditions(self, row: ChangeRequest, one: Allowed, writable: bool) -> None:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().space(2))
        line.addWidget(self._button(row, one, writable and one.free))
        if not one.free and not one.refused:
            more = QPushButton("All the same…")
            more.setProperty("quiet", True)
            more.setAccessibleName(f"{way(state_of(row), one.state)} all the same")
            more.setToolTip("Move it although not all conditions hold; the reason is kept with the move.")
            more.setEnabled(writable)
            more.clicked.connect(lambda: self.wanted.emit(one.state))
            self.anyway[one.state] = more
            line.addWidget(more)
        line.addStretch(1)
        self._column.addWidget(head)
        for each in one.conditions:
            self._column.addWidget(condition(each))


def condition(one: Condition) -> QWidget:
    """A condition with a check or a cross."""
    made, look = QWidget(), theme()
    line = QHBoxLayout(made)
    line.setContentsMargins(look.space(1), 0, 0, 0)
    line.setSpacing(look.space(2))
    sign = QLabel()
    side = look.icon_size
    sign.setPixmap(
        icon("check" if one.holds else "close", "text.ok" if one.holds else "text.error").pixmap(
            QSize(side, side)
        )
    )
    sign.setAccessibleName("holds" if one.holds else "does not hold")
    words = plain(one.words, "" if not one.holds else "muted")
    words.setWordWrap(True)
    words.setAccessibleName(f"{'Holds' if one.holds else 'Does not hold'}: {one.words}")
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return made
