"""The preview beside the editor: the register's matrix under the edited scale, and how many risks each zone gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from dmdesk.changes import Change, inverse
from dmdesk.model import Risk
from dmdesk.plan import outcome
from dmdesk.reading import PlanData
from dmdesk.risks import matrix
from dmdesk.risks.book import is_open
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.rescaling.effects import counts
from dmdesk.risks.rescaling.rows import rewritten, used
from dmdesk.risks.rescaling.scores import MAP, Way, rescored, way
from dmdesk.risks.scale import Scale, Zone, scale_of
from ui.labels import plain
from ui.risks.heatmap import HeatMap
from ui.scales.delegate import swatch_of
from ui.theme import theme


class Line(NamedTuple):
    """A zone with how many open risks it has before and after; no zone for those without a score."""

    zone: Zone | None
    before: int
    now: int

    @property
    def name(self) -> str:
        """What stands before the numbers."""
        return self.zone.name if self.zone else "no score"

    @property
    def words(self) -> str:
        """The line as it is heard."""
        return f"{self.name}: {self.before} now, {self.now} then"


def scale_changes(data: PlanData, draft: Draft, *, use: bool) -> list[Change]:
    """The changes of the scale's rows; with ``use`` also those that make the plan judge by it."""
    kept = rewritten(data, draft) if draft.scale.id else []
    return [*kept, *used(data, draft.scale)] if use else kept


def all_changes(data: PlanData, draft: Draft, how: Way) -> list[Change]:
    """The changes when a plan goes on with the draft, its scores in that way."""
    return [*scale_changes(data, draft, use=True), *rescored(data, draft.scale, how)]


def mapped(data: PlanData, draft: Draft) -> Way:
    """The way in which levels follow the draft."""
    return way(MAP, scale_of(data), draft)


def lines(before: Mapping[str, int], now: Mapping[str, int], old: Scale, new: Scale) -> list[Line]:
    """The zones of both scales, the highest first, with their numbers."""
    zones = {zone.name: zone for scale in (old, new) for zone in reversed(scale.zones)}
    names = dict.fromkeys([*(zone.name for zone in reversed(new.zones)), *before])
    found = [Line(zones.get(name), before.get(name, 0), now.get(name, 0)) for name in names]
    return [line for line in found if line.zone is not None or line.before or line.now]


class Tally(QWidget):
    """A line for each zone: its look, its name, and the numbers before and after."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.setAccessibleName("Open risks by zone")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_lines(self, found: Sequence[Line]) -> None:
        """Show these."""
        self.lines = list(found)
        self.setAccessibleDescription("; ".join(line.words for line in self.lines))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().space(40), theme().space(5.5) * max(len(self.lines), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, high = theme(), QPainter(self), theme().space(5.5)
        for at, line in enumerate(self.lines):
            top = at * high
            side = look.space(4)
            if line.zone is not None:
                swatch_of(painter, QRectF(0.5, top + (high - side) / 2, side * 1.5, side), line.zone)
            left = round(side * 1.5) + look.space(2)
            numbers = f"{line.before} → {line.now}" if line.before != line.now else f"{line.now}"
            painter.setFont(look.font("strong" if line.before != line.now else "ui"))
            wide = painter.fontMetrics().horizontalAdvance(numbers)
            painter.setPen(look.color("text"))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(0, top, self.width(), high, middle | Qt.AlignmentFlag.AlignRight, numbers)
            painter.setFont(look.font("ui"))
            room = max(self.width() - left - wide - look.space(2), 0)
            name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top, room, high, middle | Qt.AlignmentFlag.AlignLeft, name)
        painter.end()


class Beside(QWidget):
    """The matrix and the numbers."""

    def __init__(self) -> None:
        super().__init__()
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.space(3), look.space(2), look.space(4), look.space(3))
        column.setSpacing(look.space(2))
        column.addWidget(plain("Preview", "muted", "heading"))
        self.words = plain("", "muted", "small")
        self.words.setWordWrap(True)
        self.map = HeatMap(name="The register under this scale")
        self.tally = Tally()
        self._copy: PlanData | None = None
        self._of = (0, 0)
        self._made: list[Change] = []
        column.addWidget(self.words)
        column.addWidget(self.map, 1)
        column.addWidget(self.tally)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the matrix does without letters and titles; patterns and numbers stay."""
        super().resizeEvent(event)
        self.map.small = self.width() < theme().space(70)

    def show_draft(self, data: PlanData, draft: Draft) -> None:
        """Show what the register would look like under a draft."""
        old = scale_of(data)
        after = self._after(data, all_changes(data, draft, mapped(data, draft)))
        open_ones = [row.id for row in data.rows("risk").values() if isinstance(row, Risk) and is_open(row)]
        names = {id: after.key(after.rows("risk")[id]) for id in open_ones}
        found = matrix.cells(after, open_ones)
        self.map.show_cells(draft.scale, {at: [names[id] for id in ids] for at, ids in found.items()})
        self.tally.show_lines(lines(counts(data), counts(after), old, draft.scale))
        scored = sum(map(len, found.values()))
        same = (bool(old.id) and old.id == draft.scale.id) or (not old.id and draft.scale == old)
        words = f"{scored:,} of {len(open_ones):,} open risks have a score."
        self.words.setText(words if same else f"If the plan used this scale: {words}")

    def _after(self, data: PlanData, changes: Sequence[Change]) -> PlanData:
        """The plan after some changes: a copy that is kept while the plan stays, so that large registers follow."""
        if self._copy is None or self._of != (id(data), data.mark()):
            self._copy, self._of, self._made = data.copy(), (id(data), data.mark()), []
        for some in (inverse(self._made), list(changes)):
            for (kind, at), row in outcome(self._copy, some).items():
                self._copy.replace(kind, at, row)
        self._made = list(changes)
        return self._copy

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to see yet, and leave the matrix as it was."""
        self.words.setText(sentence)
