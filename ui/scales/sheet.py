"""The sheet before a scale is changed or chosen: what happens to scores, in which way, and which risks stand otherwise.

The ways: old levels become new ones as a person says, the numbers stay, or probability and amounts decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QWidget,
)

from dmdesk.plan import preview
from dmdesk.reading import PlanData
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.rescaling.effects import Effect, effects, orphans
from dmdesk.risks.rescaling.scores import AMOUNTS, KEEP, MAP, Way, by_place, rescored, way
from dmdesk.risks.scale import OVERALL, Scale, scale_of
from dmdesk.values import replace
from ui.changelist import Item, items
from ui.changesheet import opened
from ui.context import Context
from ui.labels import plain
from ui.models.cells import full_name
from ui.preview import FollowingSheet, Outcome
from ui.scales.beside import scale_changes
from ui.theme import theme
from ui.views.summaries import counted

WAYS = {
    MAP: "Give old levels new ones",
    KEEP: "Keep the numbers of the levels",
    AMOUNTS: "By probability and amounts",
}
HINTS = {
    MAP: "Each score gets the level that its old one became:",
    KEEP: "A 4 stays a 4; what is above the highest level becomes the highest.",
    AMOUNTS: "Likelihood by the probability, or by the point of its band; cost and delay by the likely amount; "
    "what has no amount goes in proportion.",
}


class LevelBoxes:
    """Boxes in two lines of a grid that say which new level each old one becomes."""

    def __init__(
        self,
        grid: QGridLayout,
        top: int,
        name: str,
        old: list[str],
        new: list[str],
        follow: Callable[..., None],
    ) -> None:
        self.boxes: list[QComboBox] = []
        grid.addWidget(plain(name, "muted", "small"), top + 1, 0)
        for at, words in enumerate(old):
            box = QComboBox()
            box.addItems(new)
            box.setAccessibleName(f"{name} {words} becomes")
            box.setMinimumContentsLength(4)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(follow)
            label = plain(words, "muted", "small")
            label.setMinimumWidth(1)
            grid.addWidget(label, top, at + 1)
            grid.addWidget(box, top + 1, at + 1)
            grid.setColumnStretch(at + 1, 1)
            self.boxes.append(box)

    def show_mapping(self, mapping: Mapping[int, int]) -> None:
        """Show which new level each old one becomes."""
        for at, box in enumerate(self.boxes, 1):
            with QSignalBlocker(box):
                box.setCurrentIndex(mapping.get(at, at) - 1)

    def mapping(self) -> dict[int, int]:
        """What is chosen."""
        return {at: box.currentIndex() + 1 for at, box in enumerate(self.boxes, 1)}


class RescaleSheet(FollowingSheet):
    """Asks how scores go on with an edited or another scale. ``use``: the plan uses it from then on or does already."""

    def __init__(
        self, ctx: Context, draft: Draft, title: str, yes: str, *, use: bool, done: Callable[[], None]
    ) -> None:
        super().__init__(ctx, title, "What would change.", yes)
        self.draft, self.use, self._done = draft, use, done
        self.old: Scale = scale_of(ctx.data)
        self._step = title
        self.first: Way = way(MAP, self.old, draft)
        self.asked = use and bool(ctx.data.rows("score"))
        if self.asked:
            self._offer()
        for at, steps in enumerate((62, 24, 48)):
            self.table.setColumnWidth(at, theme().space(steps))
        self.resize(theme().space(200), theme().space(140 if self.asked else 110))
        self.renew()
        (self.ways[MAP] if self.asked else self.yes).setFocus()

    def _offer(self) -> None:
        body, look = QWidget(), theme()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(look.space(1))
        group = QButtonGroup(self)
        self.ways: dict[str, QRadioButton] = {}
        choices = QHBoxLayout()
        choices.setSpacing(look.space(5))
        for how, words in WAYS.items():
            button = self.ways[how] = QRadioButton(words)
            button.setAccessibleDescription(HINTS[how])
            group.addButton(button)
            choices.addWidget(button)
        choices.addStretch(1)
        grid.addLayout(choices, 0, 0)
        self.ways[MAP].setChecked(True)
        group.buttonToggled.connect(lambda _, on: self._chosen() if on else None)
        self.hint = plain("", "muted", "small")
        self.hint.setWordWrap(True)
        grid.addWidget(self.hint, 1, 0)
        self.maps = self._maps()
        grid.addWidget(self.maps, 2, 0)
        self.column.insertWidget(2, body)
        self._chosen()

    def _maps(self) -> QWidget:
        new, old, made, look = self.draft.scale, self.old, QWidget(), theme()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(1.5))
        grid.setVerticalSpacing(look.space(0.5))
        self.likelihoods = LevelBoxes(grid, 0, "Likelihood", _bands(old), _bands(new), self.follow)
        self.impacts = LevelBoxes(grid, 2, "Impact", _levels(old), _levels(new), self.follow)
        first, even = self.first, (by_place(old.height, new.height), by_place(old.width, new.width))
        self.likelihoods.show_mapping(first.likelihoods)
        self.impacts.show_mapping(first.impacts)
        if (first.likelihoods, first.impacts) == even:
            return made
        line = QHBoxLayout()
        line.setContentsMargins(0, look.space(1), 0, 0)
        line.setSpacing(look.space(1.5))
        for words, tall, wide in (
            ("Follow the levels", first.likelihoods, first.impacts),
            ("In proportion", *even),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.setToolTip("Fill in all of them")
            button.clicked.connect(lambda _=False, tall=tall, wide=wide: self._fill(tall, wide))
            line.addWidget(button)
        line.addStretch(1)
        grid.addLayout(line, 4, 1, 1, max(old.height, old.width, 1))
        return made

    def _fill(self, tall: Mapping[int, int], wide: Mapping[int, int]) -> None:
        self.likelihoods.show_mapping(tall)
        self.impacts.show_mapping(wide)
        self.renew()

    @property
    def how(self) -> str:
        """The way that is chosen."""
        return (
            next((how for how, button in self.ways.items() if button.isChecked()), MAP)
            if self.asked
            else KEEP
        )

    def _chosen(self) -> None:
        self.hint.setText(HINTS[self.how])
        self.maps.setVisible(self.how == MAP)
        self.follow()

    def _way(self) -> Way:
        if self.how != MAP:
            return replace(self.first, how=self.how)
        return replace(self.first, likelihoods=self.likelihoods.mapping(), impacts=self.impacts.mapping())

    def outcome(self) -> Outcome | None:
        data, draft = self.ctx.data, self.draft
        own = scale_changes(data, draft, use=self.use)
        scores = rescored(data, draft.scale, self._way()) if self.use else []
        after = preview(data, [*own, *scores])
        found = effects(data, after) if self.use else []
        shown = [*(_item(data, effect) for effect in found), *items(data, after, own)]
        return Outcome(self._step, [*own, *scores], shown, self._told(data, found, len(scores)))

    def _told(self, data: PlanData, found: list[Effect], scores: int) -> str:
        if not self.use:
            return "The plan does not judge by this scale, so that no risk is touched."
        if not self.asked:
            return "No risk has a score yet."
        lost = len({row.id for row, _, _ in orphans(data, self.draft.scale)})
        gone = counted(lost, "score names a level", "scores name a level")
        zones = sum(effect.before.zone != effect.now.zone for effect in found)
        parts = [
            f"{counted(len(found), 'risk stands', 'risks stand')} otherwise, {zones:,} in another zone",
            counted(scores, "score gets other levels", "scores get other levels"),
            f"{gone} that the scale does not have" if lost else "",
        ]
        return "; ".join(filter(None, parts)) + "."

    def _do(self) -> None:
        if self.now is not None and self.ctx.step(self.now.title, self.now.changes):
            self.ctx.said.emit(self.now.title)
            self._done()


def _item(data: PlanData, effect: Effect) -> Item:
    row = data.rows("risk")[effect.risk]
    return Item(full_name(data, row), "Stands at", effect.before.words, effect.now.words)


def _bands(scale: Scale) -> list[str]:
    return [f"{band.level} {band.name}" for band in scale.bands]


def _levels(scale: Scale) -> list[str]:
    found = [(at, scale.level(OVERALL, at)) for at in range(1, scale.width + 1)]
    return [f"{at} {level.name}" if level else str(at) for at, level in found]


def ask(ctx: Context, draft: Draft, *, done: Callable[[], None] = lambda: None) -> RescaleSheet:
    """Open the sheet for an edited scale of the plan."""
    name = draft.scale.name or draft.scale.key
    use = scale_of(ctx.data).id == draft.scale.id
    sheet = RescaleSheet(ctx, draft, f"Change scale {name}", "Change", use=use, done=done)
    opened(sheet)
    return sheet


def ask_use(ctx: Context, draft: Draft) -> RescaleSheet:
    """Open the sheet for another scale that the plan is to use."""
    name = draft.scale.name or draft.scale.key
    sheet = RescaleSheet(ctx, draft, f"Use scale {name}", "Use it", use=True, done=lambda: None)
    opened(sheet)
    return sheet
