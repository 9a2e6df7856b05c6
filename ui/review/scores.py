"""The scores of the risk in the meeting: likelihood and each impact as boxes, with the level before the review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from dmdesk.risks import undoing
from dmdesk.risks.book import scored
from dmdesk.risks.deeds import LIKELIHOOD, levels_of
from dmdesk.risks.scale import OVERALL, Scale, scale_of
from ui.labels import plain
from ui.review.levels import Levels
from ui.review.session import Session
from ui.theme import theme


class Scores(QWidget):
    """A line for the likelihood and for each dimension of the plan's scale."""

    rated = Signal(str, object)
    """(dimension, level or None)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.scale: Scale | None = None
        self.lines: dict[str, tuple[Levels, QLabel]] = {}
        self._old: tuple[str, dict[str, int | None]] = ("", {})
        self.remark = plain("", "muted", "small")
        self.remark.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(3))
        self._grid.setVerticalSpacing(theme().space(1.25))
        self._grid.setColumnStretch(2, 1)

    def _build(self, scale: Scale) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None and widget is not self.remark:
                widget.hide()
                widget.deleteLater()
        self.scale, self.lines = scale, {}
        names = {LIKELIHOOD: [band.words for band in scale.bands]}
        for dimension in scale.dimensions:
            levels = (scale.level(dimension, level) for level in range(1, scale.width + 1))
            names[dimension] = [f"{one.level} · {one.name}" if one else "" for one in levels]
        for row, (dimension, words) in enumerate(names.items()):
            called = "Likelihood" if dimension == LIKELIHOOD else self._called(dimension)
            boxes, said = Levels(called, words), plain("", "muted", "small")
            label = plain(called, "muted")
            label.setBuddy(boxes)
            said.setMinimumWidth(1)
            boxes.chosen.connect(lambda level, dimension=dimension: self.rated.emit(dimension, level))
            for column, part in enumerate((label, boxes, said)):
                self._grid.addWidget(part, row, column)
            self.lines[dimension] = (boxes, said)
        self._grid.addWidget(self.remark, len(names), 0, 1, 3)

    def _called(self, dimension: str) -> str:
        return "Impact" if dimension == OVERALL else f"{dimension[:1].upper()}{dimension[1:]}"

    def renew(self) -> None:
        """Show the levels as they stand, beside those before the review."""
        session, data = self.session, self.session.ctx.data
        scale, risk = scale_of(data), session.risk
        if scale != self.scale:
            self._build(scale)
        if risk is None:
            return
        own, worst = scored(data, risk.id), scored(data, risk.id).worst
        now, old = levels_of(data, risk.id), self._before(risk.id)
        if worst:
            held = own.current
            now = {**dict(held.levels), LIKELIHOOD: held.likelihood} if held else {}
            old = now
            row = data.get("risk", worst)
            name = data.key(row) if row else ""
            self.remark.setText(
                f"A headline: it takes the level of its worst child, {name}, and is judged there."
            )
        self.remark.setVisible(bool(worst))
        for dimension, (boxes, said) in self.lines.items():
            level, before = now.get(dimension), old.get(dimension)
            boxes.show_level(level, before, fixed=bool(worst) or not session.ctx.writable)
            words = boxes.in_words(level).partition(" · ")[2] or boxes.in_words(level)
            said.setText(words + (f"  (was {'—' if before is None else before})" if before != level else ""))

    def _before(self, risk: str) -> dict[str, int | None]:
        """The levels before the review, read from the history once for a risk and again after each step."""
        plan, review = self.session.ctx.plan, self.session.review
        return undoing.levels_before(plan, review, risk) if plan is not None and review is not None else {}
