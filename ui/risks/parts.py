"""What follows for a risk, above its form: statement, matrix with trail, history, money, and its parts."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dmdesk.changes import add, drop_all
from dmdesk.kinds import kinds
from dmdesk.model import Risk
from dmdesk.risks import matrix
from dmdesk.risks.book import Scored, scored
from dmdesk.risks.columns import ARROWS, in_words
from dmdesk.risks.due import today
from dmdesk.risks.scale import Scale, scale_of
from ui.actions import actions, perform
from ui.context import Context
from ui.labels import plain
from ui.models import moves
from ui.models.derived import kind_icon
from ui.risks import partlines
from ui.risks.heatmap import HeatMap
from ui.risks.scorechip import ScoreChip
from ui.risks.sparkline import Dated, Sparkline
from ui.theme import icon, theme
from ui.views.lines import HEADING, Line, Lines
from ui.views.summaries import small

HISTORY = 4
"""So many of the last scores are named beside the matrix; all stand in the list."""
ADDABLE = ("response", "action", "draw")


class RiskParts(QWidget):
    """Shows one risk; its parts are picked to be edited on a sheet, and added."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.ctx = ctx
        self.risk: Risk | None = None
        self.statement = QLabel()
        self.statement.setTextFormat(Qt.TextFormat.RichText)
        self.statement.setWordWrap(True)
        self.chip, self.trend = ScoreChip("Score now"), plain("", "muted")
        self.scorer, self.mover = QPushButton("Score…"), QPushButton("Move to…")
        self.map = HeatMap(small=True, name="Matrix of this risk")
        self.map.setFixedSize(theme().space(33), theme().space(28))
        self.spark, self.history = Sparkline(), plain("", "muted", "small")
        self.money = plain("")
        self.parts = Lines("Responses, actions, draws, moves and scores")
        self.adder = QPushButton(icon("add"), "Add…")
        for label in (self.money, self.history):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._arrange()
        self.scorer.clicked.connect(lambda: perform(actions()["risk.score"], ctx))
        self.mover.clicked.connect(lambda: perform(actions()["risk.move"], ctx))
        self.parts.picked.connect(self._edit)
        self.parts.unwanted.connect(self._take_away)
        self._menu()

    def _arrange(self) -> None:
        look, column = theme(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(2))
        column.addWidget(self.statement)
        line = QHBoxLayout()
        for part in (self.chip, self.trend):
            line.addWidget(part)
        line.addStretch(1)
        column.addLayout(line)
        doing = QHBoxLayout()
        for button in (self.scorer, self.mover):
            doing.addWidget(button)
        doing.addStretch(1)
        column.addLayout(doing)
        beside, right = QHBoxLayout(), QVBoxLayout()
        beside.addWidget(self.map)
        right.addWidget(self.spark)
        right.addWidget(self.history)
        right.addStretch(1)
        beside.addLayout(right, 1)
        column.addLayout(beside)
        column.addWidget(self.money)
        column.addWidget(self.parts)
        foot = QHBoxLayout()
        foot.addWidget(self.adder)
        foot.addStretch(1)
        column.addLayout(foot)

    def _menu(self) -> None:
        menu = QMenu(self.adder)
        for name in ADDABLE:
            kind = kinds()[name]
            menu.addAction(icon(kind_icon(name)), kind.label).triggered.connect(
                lambda _=False, name=name: self.add(name)
            )
        self.adder.setMenu(menu)

    # -- what is shown

    def show_risk(self, risk: Risk) -> None:
        """Show what follows for this risk."""
        self.risk = risk
        data, own, scale = self.ctx.data, scored(self.ctx.data, risk.id), scale_of(self.ctx.data)
        self.statement.setText(_statement(risk))
        self.statement.setVisible(bool(risk.condition or risk.consequence))
        self.chip.show_score(in_words(own.current), own.zone)
        self.chip.setVisible(own.score is not None)
        worst = data.get("risk", own.worst) if own.worst else None
        self.trend.setText(f"from {data.key(worst)}" if worst is not None else ARROWS.get(own.trend, ""))
        self._matrix(risk, own, scale)
        said = partlines.money(data, risk)
        self.money.setText("\n".join(said))
        self.money.setVisible(bool(said))
        self._list(partlines.lines(data, risk))
        for button in (self.scorer, self.mover, self.adder):
            button.setEnabled(self.ctx.writable)

    def _matrix(self, risk: Risk, own: Scored, scale: Scale) -> None:
        data = self.ctx.data
        trail = matrix.trail(data, risk.id)
        now = matrix.cell(own.current)
        if now and trail[-1:] != [now]:
            trail.append(now)
        self.map.show_cells(scale, {now: [data.key(risk)]} if now else {})
        self.map.show_trail(data.key(risk), trail, matrix.cell(own.target))
        line = [one for one in (own.initial, *own.history) if one is not None and one.score is not None]
        dated = [Dated(one.date, one.score or 0, one.zone) for one in line]
        top = max((score for row in scale.table for score in row), default=0) or max(
            (one.score for one in dated), default=1
        )
        self.spark.show_scores(dated, top)
        told = [f"{one.date or 'undated'}  {in_words(one)}" for one in reversed(line[-HISTORY:])]
        aim = [f"Aim: {in_words(own.target)}"] if own.target and own.target.score is not None else []
        self.history.setText("\n".join([*told, *aim]) or "Not scored yet.")

    def _list(self, lines: list[Line]) -> None:
        self.parts.show_lines(lines)
        look, headings = theme(), sum(line.style == HEADING for line in lines)
        self.parts.setFixedHeight(look.space(5.75 * len(lines) + 2.25 * max(headings - 1, 0) + 1.5))

    # -- editing

    def _edit(self, kind: str, id: str) -> None:
        from ui.risks.partsheet import ask

        ask(self.ctx, kind, id)

    def _take_away(self, kind: str, id: str) -> None:
        row = self.ctx.data.get(kind, id)
        if row is not None and self.ctx.writable:
            title = moves.short(self.ctx.data.title(row)) or small(kinds()[kind].label)
            self.ctx.step(f"Remove {title}", drop_all(self.ctx.data, [row]))

    def add(self, name: str) -> None:
        """Add a part of that kind to the risk, and let the person fill it in."""
        if self.risk is None:
            return
        kind, risk = kinds()[name], self.risk
        values: dict[str, object] = {"risk": risk.id}
        if kind.title:
            values[kind.title] = f"New {small(kind.label)}"
        if name == "draw":
            values |= {"date": today(), "amount": 0}
        if kind.order:
            from dmdesk import places

            beside = places.siblings(self.ctx.data, kind, "")
            values[kind.order] = places.room(kind, beside, len(beside), 1)[0][0]
        row = kind.make(values)
        if self.ctx.step(f"Add {small(kind.label)} to {self.ctx.data.key(risk)}", [add(row)]):
            self._edit(name, row.id)


def _statement(risk: Risk) -> str:
    """“If … then …”; what people typed stays plain text."""
    parts = [("If", risk.condition), ("then", risk.consequence)]
    return " ".join(f"<b>{word}</b> {html.escape(text.strip())}" for word, text in parts if text.strip())
