"""Choosing: which two states are compared, and which changes are seen: of a kind, by whom, for what, with words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from dmdesk.comparing import Comparison
from dmdesk.filters.words import fold
from dmdesk.kinds import kinds
from ui.compare.lines import NONE, Told, Wanted
from ui.compare.states import THE_PLAN, State, baseline_state, file_state
from ui.context import Context
from ui.labels import plain
from ui.theme import icon, theme

FILES = "Plans and printed plans (*.dmplan *.pdf);;Plans as text (*.toml)"
A_FILE, A_FOLDER = "A plan file or printed PDF…", "A folder with the plan as text…"


class States(QWidget):
    """The two states. ``chosen`` says that they are others now."""

    chosen = Signal()

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self._ctx = ctx
        self._files: list[State] = []
        self.old, self.new = self._box("Compare this state"), self._box("with this state")
        self.turn = QToolButton()
        self.turn.setIcon(icon("refresh"))
        self.turn.setToolTip("Compare the other way round")
        self.turn.setAccessibleName("Compare the other way round")
        self.turn.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(1.5))
        for part in (self.old, plain("→", "muted"), self.new, self.turn):
            row.addWidget(part)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(theme().space(40))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda at: self._activated(box, at))
        return box

    def fill(self) -> None:
        """Offer what there is now; what was chosen stays so, at first the last baseline and the working plan."""
        sealed = list(reversed(self._ctx.baselines()))
        states = [THE_PLAN, *map(baseline_state, sealed), *self._files]
        chosen = self.chosen_states()
        dates = {one.version: one.date or one.at[:10] for one in sealed}
        for box, held, usual in (
            (self.old, chosen[0], states[1] if len(states) > 1 else None), (self.new, chosen[1], THE_PLAN)
        ):  # fmt: skip
            with QSignalBlocker(box):
                box.clear()
                for state in states:
                    day = dates.get(state.name, "") if state.sort == "baseline" else ""
                    box.addItem(f"{state.name}  ({day})" if day else state.name, state)
                box.insertSeparator(box.count())
                for words in (A_FILE, A_FOLDER):
                    box.addItem(words, words)
            self._put(box, held if held in states else usual)

    def chosen_states(self) -> tuple[State | None, State | None]:
        """The old and the new state; None for one that is not chosen yet."""
        found = [
            data if isinstance(data := box.currentData(), State) else None for box in (self.old, self.new)
        ]
        return found[0], found[1]

    def choose(self, old: State, new: State) -> None:
        """Compare these two."""
        self._put(self.old, old)
        self._put(self.new, new)
        self.chosen.emit()

    def _put(self, box: QComboBox, state: State | None) -> None:
        at = next((at for at in range(box.count()) if state is not None and box.itemData(at) == state), -1)
        with QSignalBlocker(box):
            box.setCurrentIndex(at)
        box.setProperty("held", at)

    def _turn(self) -> None:
        old, new = self.chosen_states()
        if old is not None and new is not None:
            self.choose(new, old)

    def _activated(self, box: QComboBox, at: int) -> None:
        wanted = box.itemData(at)
        if wanted in (A_FILE, A_FOLDER):
            ask = self._ctx.ask
            path = (
                ask.open_file("Compare with a file", FILES)
                if wanted == A_FILE
                else ask.folder("Compare with")
            )
            if path is None:
                with QSignalBlocker(box):
                    box.setCurrentIndex(box.property("held"))
                return
            self.add(box, path)
            return
        box.setProperty("held", at)
        self.chosen.emit()

    def add(self, box: QComboBox, path: Path) -> None:
        """Offer a file or folder in both boxes, and choose it in one of them."""
        state = file_state(path)
        if state not in self._files:
            self._files.append(state)
        self.fill()
        self._put(box, state)
        self.chosen.emit()


class Narrowing(QWidget):
    """What is seen of the changes. ``narrowed`` says that it is something else now; ``leave``: on to the list."""

    narrowed = Signal()
    leave = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.who, self.rfc = self._box("Kind"), self._box("Person"), self._box("Change request")
        self.text = _Text()
        self.text.setPlaceholderText("Filter…")
        self.text.setAccessibleName("Filter the changes")
        self.text.setToolTip(
            "<p>Show the changes with these words, in names, fields, old and new values. (Ctrl+F)</p>"
        )
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("search", "text.muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.setMinimumWidth(theme().space(40))
        self.text.textChanged.connect(lambda _: self.narrowed.emit())
        self.text.leave.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(2))
        row.addWidget(self.text)
        for box in (self.kind, self.who, self.rfc):
            row.addWidget(box)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(theme().space(30))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setMaximumWidth(theme().space(48))
        box.currentIndexChanged.connect(lambda _: self.narrowed.emit())
        return box

    def fill(self, told: Told) -> None:
        """Offer the kinds, people and change requests of a comparison; what was chosen stays so."""
        comparison = told.comparison
        counted = {one.kind: one.rows for one in comparison.counts}
        _refill(
            self.kind, "All kinds", ((f"{kinds()[kind].plural} ({n:,})", kind) for kind, n in counted.items())
        )
        _refill(self.who, "By anybody", ((who, who) for who in told.people))
        keys = ((_key(comparison, id), id) for id in told.rfcs)
        none = [("Under no request", NONE)] if told.people else []
        _refill(self.rfc, "Any request", [*sorted(keys), *none])
        self.who.setEnabled(bool(told.people))
        self.rfc.setEnabled(bool(told.people))

    def wanted(self) -> Wanted:
        """What is asked for."""
        kind, who, rfc = (str(box.currentData() or "") for box in (self.kind, self.who, self.rfc))
        return Wanted(kind, who, rfc, tuple(fold(self.text.text()).split()))

    def show_kind(self, kind: str) -> None:
        """Show the changes of one kind, of all with "" or when only that kind is shown."""
        at = self.kind.findData(kind)
        self.kind.setCurrentIndex(0 if at == self.kind.currentIndex() else max(at, 0))

    def in_words(self) -> tuple[str, ...]:
        """What is asked for, a sentence each."""
        found = []
        if self.kind.currentData():
            found.append(f"Only {kinds()[self.kind.currentData()].plural.lower()}.")
        if self.who.currentData():
            found.append(f"Only what {self.who.currentData()} changed.")
        if self.rfc.currentData():
            none = self.rfc.currentData() == NONE
            under = "no change request" if none else self.rfc.currentText()
            found.append(f"Only what was changed under {under}.")
        if self.text.text().strip():
            found.append(f"Only changes with the words “{self.text.text().strip()}”.")
        return tuple(found)


class _Text(QLineEdit):
    """The filter line: Enter and Down lead to the list, Escape empties it."""

    leave = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.leave.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Escape:
            self.leave.emit()
        else:
            super().keyPressEvent(event)


def _key(comparison: Comparison, id: str) -> str:
    """What a change request is called; its id where it is gone."""
    row = comparison.new.get("rfc", id) or comparison.given.get("rfc", id)
    return comparison.new.key(row) if row is not None else id


def _refill(box: QComboBox, every: str, options: Iterable[tuple[str, str]]) -> None:
    held = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(every, "")
        for words, data in options:
            box.addItem(words, data)
        box.setCurrentIndex(max(box.findData(held), 0) if held else 0)
