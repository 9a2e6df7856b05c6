"""The scores of the risk in the meeting: likelihood and each impact as boxes, with the level before the review."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

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
        self.lines: dict[str, Levels] = {}
        self.likelihood, self.impact = plain("", "muted", "small"), plain("", "muted", "small")
        self.impact.setWordWrap(True)
        for said in (self.likelihood, self.impact):
            said.setMinimumWidth(1)
        self.remark = plain("", "muted", "small")
        self.remark.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(2.5))
        self._grid.setVerticalSpacing(theme().space(1.25))
        self._grid.setColumnStretch(5, 1)

    def _build(self, scale: Scale) -> None:
        while (taken := self._grid.takeAt(0)) is not None:
            if (widget := taken.widget()) is not None and widget not in (
                self.remark,
                self.likelihood,
                self.impact,
            ):
                widget.hide()
                widget.deleteLater()
        self.scale, self.lines = scale, {}
        self._line(LIKELIHOOD, "Likelihood", [band.words for band in scale.bands], 0, 0)
        self._grid.addWidget(self.likelihood, 0, 2, 1, 3)
        for at, dimension in enumerate(scale.dimensions):
            levels = (scale.level(dimension, level) for level in range(1, scale.width + 1))
            words = [f"{one.level} · {one.name}" if one else "" for one in levels]
            self._line(dimension, self._called(dimension), words, 1 + at // 2, 3 * (at % 2))
        last = 2 + len(scale.dimensions) // 2
        self._grid.addWidget(self.impact, last, 0, 1, 6)
        self._grid.addWidget(self.remark, last + 1, 0, 1, 6)

    def _line(self, dimension: str, called: str, words: list[str], row: int, column: int) -> None:
        boxes, label = Levels(called, words), plain(called, "muted")
        label.setBuddy(boxes)
        boxes.chosen.connect(lambda level: self.rated.emit(dimension, level))
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(boxes, row, column + 1)
        self.lines[dimension] = boxes

    def _called(self, dimension: str) -> str:
        return "Overall" if dimension == OVERALL else f"{dimension[:1].upper()}{dimension[1:]}"

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
        for dimension, boxes in self.lines.items():
            fixed = bool(worst) or not session.ctx.writable
            boxes.show_level(now.get(dimension), old.get(dimension), fixed=fixed)
        self.likelihood.setText(self._told(self.lines[LIKELIHOOD], now.get(LIKELIHOOD), old.get(LIKELIHOOD)))
        if risk.probability and not worst:
            self.likelihood.setText(f"{self.likelihood.text()}, counted as {risk.probability} %")
        of = {name: level for name, level in now.items() if level and name != LIKELIHOOD}
        most = max(of.values(), default=None)
        before = max((level for name, level in old.items() if level and name != LIKELIHOOD), default=None)
        because = ", ".join(self._called(name).lower() for name, level in of.items() if level == most)
        words = self._told(self.lines[OVERALL], most, before)
        because = f", by {because}" if of.get(OVERALL) != most else ""
        self.impact.setText(f"Impact {words}{because}" if most else "No impact has been judged yet.")

    def _told(self, boxes: Levels, level: int | None, before: int | None) -> str:
        """A level by its name, and the number it was before."""
        return boxes.in_words(level) + (
            f" (was {'—' if before is None else before})" if before != level else ""
        )

    def _before(self, risk: str) -> dict[str, int | None]:
        """The levels before the review, read from the history once for a risk and again after each step."""
        plan, review = self.session.ctx.plan, self.session.review
        return undoing.levels_before(plan, review, risk) if plan is not None and review is not None else {}
