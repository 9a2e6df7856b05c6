"""The matrix of the register: the heat map of its risks now, at first or as aimed at, and the risks of a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from dmdesk.model.risks import CURRENT, INITIAL, TARGET
from dmdesk.risks import matrix
from dmdesk.risks.book import book, scored
from dmdesk.risks.matrix import Cell
from dmdesk.risks.scale import scale_of
from ui import settings
from ui.labels import plain
from ui.risks.heatmap import COUNTS, IDS, HeatMap
from ui.risks.view import Listed, View, chooser, risk_lines, tool_line
from ui.theme import theme
from ui.views.lines import Lines
from ui.views.summaries import counted

BESIDE, CAME, AIM = "beside", "came", "aim"
WAYS = (
    (CURRENT, "Now"), (INITIAL, "At first"), (TARGET, "As aimed at"), (BESIDE, "All three side by side"),
    (CAME, "Arrows: first → now"), (AIM, "Arrows: now → aim"),
)  # fmt: skip
TITLES = {INITIAL: "At first", CURRENT: "Now", TARGET: "As aimed at"}
_ARROWS = {CAME: (INITIAL, CURRENT), AIM: (CURRENT, TARGET)}


class MatrixView(View):
    """Heat maps at the left, the risks of the chosen cell at the right."""

    def __init__(self, page: Listed) -> None:
        super().__init__(page)
        self.way = chooser("What the matrix shows", WAYS)
        self.naming = chooser("What stands in the cells", ((COUNTS, "Counts"), (IDS, "Ids")))
        self.maps = {which: HeatMap(name=f"Heat map: {TITLES[which].lower()}") for which in TITLES}
        self.titles = {which: plain(TITLES[which], "muted", "medium") for which in TITLES}
        self.heading = plain("", font="medium")
        self.risks = Lines("Risks of the cell")
        self.narrower = QPushButton("Show in the table")
        self.chosen: tuple[str, Cell] | None = None
        self._ids: list[str] = []
        self._arrange()
        for which, map in self.maps.items():
            map.picked.connect(lambda up, right, which=which: self.choose(which, (up, right)))
        for box, key in ((self.way, "way"), (self.naming, "naming")):
            box.setCurrentIndex(max(box.findData(settings.get(f"risks.{key}", "")), 0))
            box.activated.connect(lambda _, box=box, key=key: self._chose(box.currentData(), key))
        self.risks.picked.connect(self.pick)
        self.narrower.clicked.connect(self._narrow)
        self.ctx.selected.connect(lambda *_: self.later())
        self.setFocusProxy(self.maps[CURRENT])

    def _arrange(self) -> None:
        look, left, right = theme(), QWidget(), QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tool_line(self.way, self.naming))
        grid = QGridLayout(left)
        grid.setContentsMargins(look.space(3), 0, look.space(3), look.space(2))
        for at, which in enumerate(TITLES):
            grid.addWidget(self.titles[which], 0, at, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(self.maps[which], 1, at)
        grid.setRowStretch(1, 1)
        side = QVBoxLayout(right)
        side.setContentsMargins(look.space(1), 0, look.space(1), look.space(2))
        self.heading.setContentsMargins(look.space(3), 0, 0, 0)
        self.heading.setWordWrap(True)
        side.addWidget(self.heading)
        side.addWidget(self.risks, 1)
        side.addWidget(self.narrower, 0, Qt.AlignmentFlag.AlignHCenter)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setSizes([look.space(150), look.space(64)])
        column.addWidget(split, 1)

    # -- what is chosen

    def _chose(self, value: str, key: str) -> None:
        settings.put(f"risks.{key}", value)
        self.chosen = None
        self.later()

    def choose(self, which: str, at: Cell) -> None:
        """Show the risks of a cell; (0, 0) shows all again."""
        self.chosen = (which, at) if at != (0, 0) else None
        for other, map in self.maps.items():
            if other != which:
                map.choose(None)
        self._list()

    def _narrow(self) -> None:
        if self.chosen:
            likelihood, impact = self.chosen[1]
            self.page.narrow(f"likelihood:{likelihood} impact:{impact}")

    # -- what is shown

    def renew(self) -> None:
        data, way, naming = self.ctx.data, self.way.currentData(), self.naming.currentData()
        scale = scale_of(data)
        self.naming.setEnabled(way not in _ARROWS)
        of = book(data).of
        ids = self._ids = [id for id in self.page.listed() if not of(id).worst]
        for which, map in self.maps.items():
            seen = way in (which, BESIDE) or (which == CURRENT and way in _ARROWS)
            map.setVisible(seen)
            self.titles[which].setVisible(seen and way == BESIDE)
            if not seen:
                continue
            found = matrix.cells(data, ids, which)
            rows = data.rows("risk")
            map.show_cells(scale, {at: [data.key(rows[id]) for id in of] for at, of in found.items()})
            map.show_names(naming)
            map.show_arrows(self._arrows(ids, way))
            map.choose(self.chosen[1] if self.chosen and self.chosen[0] == which else None)
            self._trail(map, way == CURRENT and which == CURRENT)
        self._list()

    def _arrows(self, ids: Sequence[str], way: str) -> Counter[tuple[Cell, Cell]]:
        """How many risks went from one cell to another."""
        found: Counter[tuple[Cell, Cell]] = Counter()
        for id in ids if way in _ARROWS else ():
            first, last = (
                matrix.cell(matrix.judgement(scored(self.ctx.data, id), one)) for one in _ARROWS[way]
            )
            if first and last and first != last:
                found[first, last] += 1
        return found

    def _trail(self, map: HeatMap, wanted: bool) -> None:
        kind, id = self.ctx.current
        row = self.ctx.data.get("risk", id) if wanted and kind == "risk" else None
        if row is None:
            map.show_trail("", ())
            return
        aim = matrix.cell(scored(self.ctx.data, id).target)
        map.show_trail(self.ctx.data.key(row), matrix.trail(self.ctx.data, id), aim)

    def _list(self) -> None:
        data, of = self.ctx.data, book(self.ctx.data).of
        ids = [id for id in self._ids if id in data.rows("risk")]
        way = self.way.currentData()
        which, at = self.chosen or (way if way in TITLES else CURRENT, None)
        if at:
            ids = [id for id in ids if matrix.cell(matrix.judgement(of(id), which)) == at]
            scale = scale_of(data)
            zone = scale.zone(scale.score(*at))
            words = f"{at[0]} × {at[1]}{f' · {zone.name}' if zone else ''}"
            self.heading.setText(f"{words} · {counted(len(ids), 'risk', 'risks')}")
        else:
            lost = sum(matrix.cell(matrix.judgement(of(id), which)) is None for id in ids)
            without = f" · {lost:,} without a score" if lost else ""
            self.heading.setText(f"{counted(len(ids), 'risk', 'risks')}, the worst first{without}")
        self.risks.show_lines(risk_lines(self.ctx, matrix.worst_first(data, ids), "No risk stands there."))
        self.narrower.setVisible(bool(at) and which == CURRENT)

    @property
    def heading_label(self) -> QLabel:
        """What the list shows, in words."""
        return self.heading
