"""Scoring a risk: likelihood and impacts chosen by the words of the scale: at first, now, and as aimed at."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from dmdesk.changes import Change
from dmdesk.model import Risk
from dmdesk.model.risks import CURRENT, INITIAL, TARGET
from dmdesk.risks.book import further
from dmdesk.risks.due import today
from dmdesk.risks.judging import held, judge
from dmdesk.risks.scale import FIRST, OVERALL, Scale, scale_of
from dmdesk.types import BadValue
from ui.changesheet import opened, over
from ui.context import Context
from ui.dialogs import Sheet
from ui.editors import editor
from ui.labels import plain
from ui.models import moves
from ui.risks.scorechip import ScoreChip
from ui.theme import theme

SORTS = {INITIAL: "At first", CURRENT: "Now", TARGET: "As aimed at"}
LIKELIHOOD = "likelihood"
LABELS = {LIKELIHOOD: "Likelihood", OVERALL: "Overall impact"}


def options(scale: Scale, dimension: str) -> list[tuple[int, str]]:
    """(level, words) of a dimension, or of the likelihood, the lowest first."""
    if dimension == LIKELIHOOD:
        return [(band.level, band.words) for band in scale.bands]
    found = []
    for level in range(1, scale.width + 1):
        one = scale.level(dimension, level)
        if one is not None:
            found.append((level, f"{level} · {one.name}{f': {one.words}' if one.words else ''}"))
    return found


def levels_of(data: Any, risk: str, sort: str) -> dict[str, int | None]:
    """The levels of the last score of that sort, by dimension."""
    row = held(data, risk, sort)
    if row is None:
        return {}
    return {
        LIKELIHOOD: row.likelihood,
        **{name: getattr(row, name) for name in FIRST},
        **dict(further(row.further)),
    }


class ScoreSheet(Sheet):
    """Asks for the levels of a risk, three scores side by side."""

    def __init__(self, ctx: Context, risk: Risk) -> None:
        name = ctx.data.key(risk) or moves.short(ctx.data.title(risk))
        words = "The impact is the highest of its dimensions. Scores of other days are kept as history."
        super().__init__(f"Score {name}", words, over())
        self.ctx, self.risk, self.scale = ctx, risk.id, scale_of(ctx.data)
        self.boxes: dict[tuple[str, str], QComboBox] = {}
        self.chips = {sort: ScoreChip(f"Score {words.lower()}") for sort, words in SORTS.items()}
        self.dimensions = (LIKELIHOOD, *self.scale.dimensions)
        self.started = {sort: levels_of(ctx.data, risk.id, sort) for sort in SORTS}
        from dmdesk.kinds import kinds

        self.day = editor(kinds()["score"]["date"], ctx, self)
        self.note = editor(kinds()["score"]["note"], ctx, self)
        self.put(self._grid(), "Levels")
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.yes = self.end("Keep the score")
        self.day.set_value(today())
        self.note.set_value("")
        for sort in SORTS:
            self._tell(sort)
        self.boxes[LIKELIHOOD, CURRENT].setFocus()
        self.resize(theme().space(190), self.sizeHint().height())

    def _grid(self) -> QWidget:
        look, made = theme(), QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(3))
        grid.setVerticalSpacing(look.space(1.5))
        for at, words in enumerate(SORTS.values(), 1):
            grid.addWidget(plain(words, font="medium"), 0, at)
            grid.setColumnStretch(at, 1)
        for row, dimension in enumerate(self.dimensions, 1):
            label = plain(LABELS.get(dimension, dimension.capitalize()), "muted")
            grid.addWidget(label, row, 0)
            for at, sort in enumerate(SORTS, 1):
                grid.addWidget(self._box(dimension, sort), row, at)
        end = len(self.dimensions) + 1
        grid.addWidget(plain("Score", "muted"), end, 0)
        for at, chip in enumerate(self.chips.values(), 1):
            grid.addWidget(chip, end, at, Qt.AlignmentFlag.AlignLeft)
        for row, (words, field) in enumerate((("Judged on", self.day), ("Why", self.note)), end + 1):
            label = plain(words, "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1, 1, 3 if field is self.note else 1)
        return made

    def _box(self, dimension: str, sort: str) -> QComboBox:
        box = self.boxes[dimension, sort] = QComboBox()
        box.setAccessibleName(f"{LABELS.get(dimension, dimension.capitalize())}, {SORTS[sort].lower()}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.addItem("—", None)
        for level, words in options(self.scale, dimension):
            box.addItem(words, level)
            box.setItemData(box.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        started = self.started[sort].get(dimension)
        if started is not None and box.findData(started) < 0:
            box.addItem(f"{started} · not a level of this scale", started)
        box.setCurrentIndex(max(box.findData(started), 0))
        box.view().setMinimumWidth(theme().space(90))
        box.currentIndexChanged.connect(lambda _: self._tell(sort))
        return box

    # -- what is chosen

    def level(self, dimension: str, sort: str) -> int | None:
        """The level that is chosen."""
        found: int | None = self.boxes[dimension, sort].currentData()
        return found

    def _tell(self, sort: str) -> None:
        """Show the score that the levels make."""
        levels = [self.level(dimension, sort) for dimension in self.dimensions if dimension != LIKELIHOOD]
        impact = max((level for level in levels if level is not None), default=None)
        score = self.scale.score(self.level(LIKELIHOOD, sort), impact)
        zone = self.scale.zone(score)
        words = "" if score is None else f"{score:g} {zone.name}" if zone else f"{score:g}"
        self.chips[sort].show_score(words, zone)

    def values(self, sort: str) -> dict[str, Any]:
        """The levels of a score that are others than before, as fields."""
        changed = {one for one in self.dimensions if self.level(one, sort) != self.started[sort].get(one)}
        found: dict[str, Any] = {one: self.level(one, sort) for one in changed if one in (LIKELIHOOD, *FIRST)}
        if changed - found.keys():
            own = [one for one in self.dimensions if one not in (LIKELIHOOD, *FIRST)]
            others = {
                name: level for name, level in self.started[sort].items() if name not in self.dimensions
            }
            levels = {**others, **{one: self.level(one, sort) for one in own}}
            found["further"] = tuple(
                f"{name}: {level}" for name, level in levels.items() if level is not None
            )
        return found

    def changes(self) -> list[Change]:
        """What keeping the score would change.

        Raises:
            BadValue: the day is none.
        """
        risk = self.ctx.data.get("risk", self.risk)
        day, note = str(self.day.value()) or today(), str(self.note.value())
        found: list[Change] = []
        for sort in SORTS:
            values = self.values(sort)
            if sort == CURRENT and note and (values or held(self.ctx.data, self.risk, CURRENT)):
                values["note"] = note
            if values and isinstance(risk, Risk):
                found += judge(self.ctx.data, risk, sort, values, day)
        return found

    def accept(self) -> None:
        """Keep the scores, or say what does not fit."""
        try:
            changes = self.changes()
        except BadValue as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        super().accept()
        risk = self.ctx.data.get("risk", self.risk)
        if changes and risk is not None:
            self.ctx.step(
                f"Score {self.ctx.data.key(risk) or moves.short(self.ctx.data.title(risk))}", changes
            )


def ask(ctx: Context, risk: Risk) -> ScoreSheet:
    """Open the sheet for a risk."""
    sheet = ScoreSheet(ctx, risk)
    opened(sheet)
    return sheet
