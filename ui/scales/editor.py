"""The scale editor: name and source, four tabs over one draft, and a foot that says why it must wait."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from dmdesk import types as t
from dmdesk.risks.rescaling import drafting
from dmdesk.risks.scale import Scale
from dmdesk.risks.scale_faults import Fault
from ui.context import Context
from ui.labels import plain
from ui.scales.desk import Desk, Place
from ui.scales.tabs import TABS, Tab
from ui.theme import icon, theme

_KEYS = QKeySequence.StandardKey
FIELDS = (("name", "Name", 5), ("source", "Source", 5), ("key", "Key", 2))


class Editor(QWidget):
    """Edits one scale. ``wanted`` tells that the draft is to be applied."""

    wanted = Signal()

    def __init__(self, ctx: Context, scale: Scale) -> None:
        super().__init__()
        self.ctx = ctx
        self.desk = Desk(scale, self)
        self.fields: dict[str, QLineEdit] = {}
        self._why = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(1))
        column.addLayout(self._head())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Parts of the scale")
        self.tabs.tabBar().setExpanding(False)
        self.tabs.setStyleSheet(f"QTabWidget::tab-bar {{ left: {theme().space(4)}px; }}")
        self.pages: list[Tab] = [make(self.desk, ctx) for make in TABS]
        for page in self.pages:
            self.tabs.addTab(page, page.title)
            page.grid.selectionModel().currentChanged.connect(lambda *_, page=page: page.renew())
        column.addWidget(self.tabs, 1)
        column.addWidget(self._foot())
        self.desk.changed.connect(self.renew)
        self.setFocusProxy(self.tabs)
        self.renew()

    def _head(self) -> QGridLayout:
        look, grid = theme(), QGridLayout()
        grid.setContentsMargins(look.space(4.5), look.space(2), look.space(3), 0)
        grid.setHorizontalSpacing(look.space(2))
        grid.setVerticalSpacing(look.space(0.5))
        for at, (name, words, share) in enumerate(FIELDS):
            line = self.fields[name] = QLineEdit()
            line.setAccessibleName(f"{words} of the scale")
            label = plain(words, "muted", "small")
            label.setBuddy(line)
            grid.addWidget(label, 0, at)
            grid.addWidget(line, 1, at)
            grid.setColumnStretch(at, share)
            line.editingFinished.connect(lambda name=name: self._named(name))
        self.fields["key"].setFont(look.font("mono"))
        return grid

    def _foot(self) -> QWidget:
        look, foot = theme(), QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(look.space(4.5), look.space(1), look.space(3), look.space(2.5))
        row.setSpacing(look.space(2))
        self.reason = QPushButton()
        self.reason.setProperty("link", True)
        self.reason.clicked.connect(self.go_to_first)
        self.state = plain("", "muted")
        self.discard = QPushButton("Discard")
        self.discard.setToolTip("Leave the scale as the plan has it")
        self.discard.clicked.connect(self.give_up)
        self.apply = QPushButton("Apply…")
        self.apply.setProperty("primary", True)
        self.apply.clicked.connect(self.wanted)
        for part in (self.reason, self.state):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.apply)
        return foot

    # -- what it shows

    def show_scale(self, scale: Scale, *, read_only: bool) -> None:
        """Show another scale, or the same as the plan has it now."""
        self.desk.read_only = read_only
        self.desk.begin(scale)

    def renew(self) -> None:
        """Bring everything up to date."""
        desk = self.desk
        for name, line in self.fields.items():
            value = getattr(desk.scale, name)
            if line.text() != value and not (line.hasFocus() and line.isModified()):
                line.setText(value)
                line.setCursorPosition(0)
            line.setReadOnly(desk.read_only)
        for at, page in enumerate(self.pages):
            page.renew()
            found = page.mine()
            sign = "error" if any(one.grave for one in found) else "warning" if found else ""
            self.tabs.setTabIcon(at, icon(sign, f"text.{sign}") if sign else QIcon())
            self.tabs.setTabToolTip(at, found[0].words if found else "")
        self._renew_foot([*self._bad_names(), *desk.graves()])

    def _renew_foot(self, graves: list[Fault]) -> None:
        desk = self.desk
        for button in (self.discard, self.apply):
            button.setVisible(not desk.read_only)
        self.discard.setEnabled(desk.dirty)
        self.apply.setEnabled(desk.dirty and not graves)
        self.apply.setToolTip(
            graves[0].words if graves else "See what happens to scores, then change the scale"
        )
        words = f"Cannot be applied: {graves[0].words}" if graves and not desk.read_only else ""
        self._why = words
        self._fit()
        self.reason.setVisible(bool(words))
        self.state.setText("" if words or not desk.dirty else "Edited, not applied yet")

    def _fit(self) -> None:
        """Show as much of the reason as there is room for."""
        room = (
            self.width() - self.discard.sizeHint().width() - self.apply.sizeHint().width() - theme().space(18)
        )
        cut = self.reason.fontMetrics().elidedText(
            self._why, Qt.TextElideMode.ElideRight, max(room, theme().space(30))
        )
        self.reason.setText(cut.replace("&", "&&"))
        self.reason.setAccessibleName(self._why)
        self.reason.setToolTip(f"<p>{html.escape(self._why)}</p>" if self._why else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _bad_names(self) -> list[Fault]:
        scale, found = self.desk.scale, list[Fault]()
        if self.desk.read_only:
            return found
        if not scale.name:
            found.append(Fault("The scale has no name; give it one.", "scale", (), "name"))
        other = self.ctx.data.find("scale", scale.key)
        if not scale.key:
            found.append(Fault("The scale has no key; give it a short one.", "scale", (), "key"))
        elif other is not None and other.id != scale.id:
            words = f"Another scale of the plan has the key “{scale.key}”; choose one that is free."
            found.append(Fault(words, "scale", (), "key"))
        return found

    def go_to_first(self) -> None:
        """Go to what keeps the draft from being applied."""
        for fault in self._bad_names():
            self.fields[fault.field].setFocus()
            return
        for fault in self.desk.graves():
            self.reveal(Place(fault.part, fault.at, fault.field))
            return

    def reveal(self, place: Place) -> None:
        """Show the tab and the cell of a place."""
        for page in self.pages:
            if page.holds(place):
                self.tabs.setCurrentWidget(page)
                page.reveal(place)
                return

    # -- what is done

    def _named(self, name: str) -> None:
        line = self.fields[name]
        words = t.one_line(line.text())
        line.setModified(False)
        if not self.desk.read_only and words != getattr(self.desk.scale, name):
            self.desk.edit(drafting.with_scale(self.desk.draft, **{name: words}))

    def finish(self) -> None:
        """Take what is being typed in a field above the tabs."""
        for name, line in self.fields.items():
            if line.isModified():
                self._named(name)

    def give_up(self) -> None:
        """Show the scale as the plan has it."""
        for line in self.fields.values():
            line.setModified(False)
        self.desk.begin(self.desk.base)

    def event(self, event: QEvent) -> bool:
        """Undo and redo take back what was edited here while there is such, and steps of the plan otherwise."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = event.matches(_KEYS.Undo), event.matches(_KEYS.Redo)
            if (undo and self.desk.undoable) or (redo and self.desk.redoable):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(_KEYS.Undo) and self.desk.undoable:
            self.desk.undo()
        elif event.matches(_KEYS.Redo) and self.desk.redoable:
            self.desk.redo()
        else:
            super().keyPressEvent(event)
