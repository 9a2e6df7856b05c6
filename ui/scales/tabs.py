"""The tabs of the scale editor: likelihood, impact, scores and zones, each a grid with what adds to it and removes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dmdesk import types as t
from dmdesk.model.scales import PRODUCT, TABLE
from dmdesk.risks.rescaling import drafting
from dmdesk.risks.scale import FIRST, MOST_LEVELS, OVERALL
from dmdesk.risks.scale_faults import LEAST_LEVELS, Fault
from ui.context import Context
from ui.labels import plain
from ui.scales.cells import CellGrid
from ui.scales.desk import Desk, Place
from ui.scales.faces import Bands, Face, Levels, Scores, Zones
from ui.scales.swatches import next_free
from ui.theme import icon, theme


class Tab(QWidget):
    """A grid, a sentence on what is wrong below it, and buttons."""

    title, name = "", ""
    tall = False
    parts: tuple[tuple[str, str], ...] = ()
    """(part, field) of the faults that belong here; "" for any field."""

    def __init__(self, desk: Desk, ctx: Context, face: Face) -> None:
        super().__init__()
        self.desk, self.ctx = desk, ctx
        look = theme()
        self.grid = CellGrid(desk, face, self.name, tall=self.tall)
        self.head, self.foot = QHBoxLayout(), QHBoxLayout()
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(4.5), look.space(2), look.space(2), look.space(1))
        column.setSpacing(look.space(1.5))
        for line in (self.head, self.foot):
            line.setSpacing(look.space(1.5))
        column.addLayout(self.head)
        column.addWidget(self.grid, 1000)
        column.addWidget(self.wrong)
        column.addLayout(self.foot)
        column.addStretch(1)
        self.buttons: list[tuple[QPushButton, Callable[[], bool]]] = []
        self.build()
        self.foot.addStretch(1)
        self.setFocusProxy(self.grid)

    def build(self) -> None:
        """Make what stands above and below the grid."""

    def renew(self) -> None:
        """Bring words and buttons up to date."""
        found = self.mine()
        self.wrong.setText(found[0].words if found else "")
        self.wrong.setVisible(bool(found))
        role = "error" if found and found[0].grave else "warning"
        if self.wrong.property("role") != role:
            self.wrong.setProperty("role", role)
            self.wrong.style().unpolish(self.wrong)
            self.wrong.style().polish(self.wrong)
        for button, can in self.buttons:
            button.setEnabled(not self.desk.read_only and can())

    def mine(self) -> list[Fault]:
        """The faults that belong here: first that of the current cell, then the grave ones."""
        found = [one for one in self.desk.faults() if self.holds(Place(one.part, one.at, one.field))]
        at = self.grid.currentIndex()
        here = self.grid.cells.place(at) if at.isValid() and at.row() < self.grid.cells.rowCount() else None
        return sorted(found, key=lambda one: (Place(one.part, one.at, one.field) != here, not one.grave))

    def holds(self, place: Place) -> bool:
        """Whether a fault at a place belongs here."""
        return any(place.part == part and field in ("", place.field) for part, field in self.parts)

    def reveal(self, place: Place) -> None:
        """Go to a cell."""
        if not self.grid.go_to(place):
            self.grid.setFocus()

    def offer(
        self, words: str, sign: str, run: Callable[[], object], can: Callable[[], bool], where: QHBoxLayout
    ) -> QPushButton:
        """Add a button."""
        button = QPushButton(words)
        button.setIcon(icon(sign))
        button.clicked.connect(run)
        where.addWidget(button)
        self.buttons.append((button, can))
        return button


class BandsTab(Tab):
    """Likelihood bands."""

    title, name, parts = "Likelihood", "Likelihood bands", (("band", ""),)

    def __init__(self, desk: Desk, ctx: Context) -> None:
        super().__init__(desk, ctx, Bands())

    def build(self) -> None:
        desk, foot = self.desk, self.foot
        self.offer("Add level", "add", self.add, lambda: desk.scale.height < MOST_LEVELS, foot)
        self.offer("Remove level", "delete", self.remove, lambda: desk.scale.height > LEAST_LEVELS, foot)

    def add(self) -> None:
        """A level above the current one."""
        row = self.grid.row()
        self.desk.edit(drafting.add_band(self.desk.draft, row + 1))
        self.grid.setCurrentIndex(self.grid.cells.index(row + 1, 0))
        self.grid.setFocus()

    def remove(self) -> None:
        """The current level less."""
        row = self.grid.row()
        self.desk.edit(drafting.drop_band(self.desk.draft, row + 1))
        self.grid.setCurrentIndex(self.grid.cells.index(max(row - 1, 0), 0))


class LevelsTab(Tab):
    """Impact levels, one dimension at a time."""

    title, name, parts = "Impact", "Impact levels", (("impact", ""),)

    def __init__(self, desk: Desk, ctx: Context) -> None:
        self.face = Levels()
        super().__init__(desk, ctx, self.face)

    def build(self) -> None:
        self.box = QComboBox()
        self.box.setAccessibleName("Dimension")
        self.box.setMinimumWidth(theme().space(34))
        label = plain("Dimension", "muted", "small")
        label.setBuddy(self.box)
        self.head.addWidget(label)
        self.head.addWidget(self.box)
        self.offer("Add…", "add", self.add_dimension, lambda: True, self.head).setAccessibleName(
            "Add dimension…"
        )
        own = lambda: self.face.dimension not in FIRST  # noqa: E731
        self.offer("Rename…", "edit", self.rename, own, self.head).setAccessibleName("Rename dimension…")
        self.offer(
            "Remove", "delete", self.remove_dimension, lambda: self.face.dimension != OVERALL, self.head
        ).setAccessibleName("Remove dimension")
        self.head.addStretch(1)
        desk, foot = self.desk, self.foot
        self.offer("Add level", "add", self.add, lambda: desk.scale.width < MOST_LEVELS, foot)
        self.offer("Remove level", "delete", self.remove, lambda: desk.scale.width > LEAST_LEVELS, foot)
        self.foot.addWidget(plain("in every dimension", "muted", "small"))
        self.box.activated.connect(lambda _: self.choose(self.box.currentText()))

    def renew(self) -> None:
        names = list(self.desk.scale.levels)
        if self.face.dimension not in names:
            self.face.dimension = names[0] if names else OVERALL
            self.grid.cells.renew()
        if names != [self.box.itemText(at) for at in range(self.box.count())]:
            with QSignalBlocker(self.box):
                self.box.clear()
                self.box.addItems(names)
        with QSignalBlocker(self.box):
            self.box.setCurrentText(self.face.dimension)
        super().renew()

    def choose(self, dimension: str) -> None:
        """Show the levels of a dimension."""
        self.face.dimension = dimension
        self.grid.cells.renew()
        self.grid.viewport().update()
        self.renew()

    def reveal(self, place: Place) -> None:
        if place.at and place.at[0] in self.desk.scale.levels:
            self.choose(str(place.at[0]))
        super().reveal(place)

    def add(self) -> None:
        """A level above the current one, in every dimension."""
        row = self.grid.row()
        self.desk.edit(drafting.add_level(self.desk.draft, row + 1))
        self.grid.setCurrentIndex(self.grid.cells.index(row + 1, 0))
        self.grid.setFocus()

    def remove(self) -> None:
        """The current level less, in every dimension."""
        row = self.grid.row()
        self.desk.edit(drafting.drop_level(self.desk.draft, row + 1))
        self.grid.setCurrentIndex(self.grid.cells.index(max(row - 1, 0), 0))

    def add_dimension(self) -> None:
        """Ask for a dimension and show its levels."""
        name = self._asked("Add a dimension", "For example performance, or safety.", "")
        if name:
            self.desk.edit(drafting.add_dimension(self.desk.draft, name))
            self.choose(name)
            self.grid.setFocus()

    def rename(self) -> None:
        """Ask for another name of the dimension; its scores go along."""
        now = self._asked(
            "Rename the dimension", "Scores that were given in it go along.", self.face.dimension
        )
        if now and now != self.face.dimension:
            before, self.face.dimension = self.face.dimension, now
            self.desk.edit(drafting.name_dimension(self.desk.draft, before, now))

    def _asked(self, title: str, label: str, start: str) -> str:
        name = t.one_line(self.ctx.ask.text(title, label, start) or "")
        if name != start and name.casefold() in {one.casefold() for one in self.desk.scale.levels}:
            self.ctx.ask.tell(f"There is a dimension “{name}” already; nothing was changed.")
            return ""
        if any(sign in name for sign in ":="):
            self.ctx.ask.tell("A dimension's name has no colon and no equals sign; nothing was changed.")
            return ""
        return name

    def remove_dimension(self) -> None:
        """The dimension less."""
        self.desk.edit(drafting.drop_dimension(self.desk.draft, self.face.dimension))


class ScoresTab(Tab):
    """The matrix of scores, or the product."""

    title, name, parts = "Scores", "Score table", (("scale", ""),)
    tall = True

    def __init__(self, desk: Desk, ctx: Context) -> None:
        super().__init__(desk, ctx, Scores())

    def build(self) -> None:
        self.rule = QComboBox()
        self.rule.setAccessibleName("How scores are made")
        self.rule.addItem("Looked up in this table", TABLE)
        self.rule.addItem("Likelihood point × impact value", PRODUCT)
        self.rule.activated.connect(lambda _: desk_rule(self.desk, self.rule.currentData()))
        label = plain("Score", "muted", "small")
        label.setBuddy(self.rule)
        self.head.addWidget(label)
        self.head.addWidget(self.rule)
        self.head.addStretch(1)
        self.foot.addWidget(plain("Impact →   likelihood ↑", "muted", "small"))

    def renew(self) -> None:
        with QSignalBlocker(self.rule):
            self.rule.setCurrentIndex(self.rule.findData(self.desk.scale.rule))
        self.rule.setEnabled(not self.desk.read_only)
        super().renew()


def desk_rule(desk: Desk, rule: str) -> None:
    """Make scores in another way."""
    desk.edit(drafting.with_scale(desk.draft, rule=rule))


class ZonesTab(Tab):
    """Zones of scores."""

    title, name, parts = "Zones", "Score zones", (("zone", ""),)

    def __init__(self, desk: Desk, ctx: Context) -> None:
        super().__init__(desk, ctx, Zones())

    def build(self) -> None:
        desk, foot = self.desk, self.foot
        self.offer("Add zone", "add", self.add, lambda: len(desk.scale.zones) < MOST_LEVELS, foot)
        self.offer("Remove zone", "delete", self.remove, lambda: len(desk.scale.zones) > 1, foot)

    def add(self) -> None:
        """A zone above the current one."""
        row = self.grid.row()
        self.desk.edit(drafting.add_zone(self.desk.draft, row, next_free(self.desk.scale.zones)))
        self.grid.setCurrentIndex(self.grid.cells.index(row + 1, 0))
        self.grid.setFocus()

    def remove(self) -> None:
        """The current zone less."""
        row = self.grid.row()
        self.desk.edit(drafting.drop_zone(self.desk.draft, row))
        self.grid.setCurrentIndex(self.grid.cells.index(max(row - 1, 0), 0))


TABS = (BandsTab, LevelsTab, ScoresTab, ZonesTab)
