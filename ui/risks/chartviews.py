"""Views of the register that are charts: top ten with exposure, counts by category, the course, the timeline."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from dmdesk.errors import PlanError
from dmdesk.model import Milestone, Risk
from dmdesk.risks import due, exposure, matrix
from dmdesk.risks.book import is_gain, scored
from dmdesk.risks.columns import in_words
from dmdesk.risks.contingency import Contingency, contingency
from dmdesk.risks.course import course
from dmdesk.risks.scale import scale_of
from ui.labels import plain
from ui.risks.charts.axis import short
from ui.risks.charts.bars import Bar, Bars, Span
from ui.risks.charts.columns import Columns, quarter
from ui.risks.charts.curve import Curve, Mark
from ui.risks.charts.schedule import Flag, Retiring, Schedule
from ui.risks.partlines import amount
from ui.risks.view import Listed, View
from ui.theme import theme

TOP = 10
MOST_LINES = 400
"""So many risks a timeline shows, the earliest; the filter chooses others."""
WIDE = 190
"""From this width on, in steps of space, tornado and curve stand side by side."""


def heading(words: str) -> QLabel:
    """A heading over a chart."""
    made = plain(words, font="medium")
    made.setContentsMargins(theme().space(2), theme().space(2), 0, 0)
    return made


def scrolled(*parts: QWidget) -> tuple[QScrollArea, QGridLayout]:
    """An area that scrolls, with parts one below the other."""
    area, inside, look = QScrollArea(), QWidget(), theme()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    grid = QGridLayout(inside)
    grid.setContentsMargins(look.space(3), look.space(1), look.space(3), look.space(3))
    for at, part in enumerate(parts):
        grid.addWidget(part, at, 0)
    area.setWidget(inside)
    return area, grid


def _whole(view: QWidget, area: QWidget) -> None:
    column = QVBoxLayout(view)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(area)


class TopView(View):
    """The ten risks that count most, what moves the total, and how surely the total stays below an amount."""

    def __init__(self, page: Listed) -> None:
        super().__init__(page)
        self.top, self.tornado, self.curve = Bars("Top ten by expected value"), Bars("Tornado"), Curve()
        self.said = plain("", "muted")
        self.said.setWordWrap(True)
        self.said.setContentsMargins(theme().space(2), 0, 0, 0)
        words = (
            "Top ten, the worst first, with their expected value",
            "What moves the total: the ten that matter most",
            "How surely the total stays below",
        )
        self.heads = (heading(words[0]), heading(words[1]), heading(words[2]))
        area, self.grid = scrolled()
        _whole(self, area)
        self._place(False)
        self._simulation: Any = None
        self._working = self._again = False
        self.found: Contingency | None = None
        for bars in (self.top, self.tornado):
            bars.picked.connect(lambda id: self.pick("risk", id))
        self.setFocusProxy(self.top)

    def _place(self, wide: bool) -> None:
        self._wide = wide
        first, second, third = self.heads
        for at, (part, column) in enumerate(((first, 0), (self.top, 0), (self.said, 0))):
            self.grid.addWidget(part, at, column, 1, 2)
        self.grid.addWidget(second, 3, 0)
        self.grid.addWidget(self.tornado, 4, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(third, 3 if wide else 5, int(wide))
        self.grid.addWidget(self.curve, 4 if wide else 6, int(wide))
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, int(wide))
        self.grid.setRowStretch(7, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > theme().space(WIDE)
        if wide != self._wide:
            self._place(wide)

    def renew(self) -> None:
        data = self.ctx.data
        ids = [id for id in self.page.listed() if not scored(data, id).worst]
        bars = []
        for at, id in enumerate(matrix.worst_first(data, ids)[:TOP], 1):
            risk, own = data.rows("risk")[id], scored(data, id)
            value = (own.emv or 0) * (-1 if isinstance(risk, Risk) and is_gain(risk) else 1)
            words = f"{at}. {data.key(risk)} {data.title(risk)}"
            score = in_words(own.current) or "no score"
            aside = score if own.emv is None else f"{short(value)} · {score}"
            bars.append(
                Bar(
                    words,
                    (Span(0, value, own.zone),),
                    aside,
                    f"{words}: {score}, expected value {amount(value)}",
                    id,
                )
            )
        self.top.show_bars(bars)
        self._simulate()

    def _simulate(self) -> None:
        """Work out the contingency beside the window's own work, one run after another, the newest state last."""
        if self._working:
            self._again = True
            return
        self._working, self._again = True, False
        data = self.ctx.data.copy()

        def work(_: object) -> Contingency | str:
            try:
                if self._simulation is None:
                    from dmdesk.risks.simulation import Simulation

                    self._simulation = Simulation()
                return contingency(data, by=self._simulation)
            except PlanError as error:
                return str(error)

        self.ctx.tasks.run("Working out the exposure", work, self._ended, quiet=True)

    def _ended(self, found: Contingency | str) -> None:
        """Show what came of it, unless the page is gone by now; what cannot be counted is said in its place."""
        if not isValid(self):
            return
        self._working = False
        if isinstance(found, str):
            self.said.setText(found)
            self.tornado.show_bars(())
            self.curve.show_curve((), ())
        else:
            self._show(found)
        if self._again:
            self._simulate()

    def _show(self, found: Contingency) -> None:
        """Show what the simulation came to."""
        self.found = found
        outcome, data = found.outcome, self.ctx.data
        plan: Any = data.plan()
        unit = plan.currency if plan is not None else ""
        bars = []
        for driver in outcome.drivers:
            row = data.find("risk", driver.key)
            words = f"{driver.key} {data.title(row)}" if row is not None else driver.key
            range_ = f"{amount(driver.low, unit)} to {amount(driver.high, unit)}"
            said = f"{words}: the total comes to {range_}; {driver.share * 100:.0f} % of the spread"
            zone = scored(data, row.id).zone if row is not None else None
            bars.append(
                Bar(
                    words,
                    (Span(driver.low, driver.high, zone),),
                    f"{driver.share * 100:.0f} %",
                    said,
                    row.id if row else "",
                )
            )
        self.tornado.show_bars(bars, outcome.mean, f"Mean {amount(outcome.mean, unit)}")
        marks = [Mark(f"P{percent}", outcome.at(percent), percent) for percent in (50, 80, 90)]
        self.curve.show_curve(
            outcome.curve() if found.risks else (), [*marks, Mark("Σ P×I", found.expected, None)]
        )
        for part in (*self.heads[1:], self.tornado, self.curve):
            part.setVisible(bool(found.risks))
        told = ", ".join(f"{mark.name} {amount(mark.amount, unit)}" for mark in marks)
        drawn = f" Drawn so far: {amount(found.drawn, unit)}." if found.drawn else ""
        self.said.setText(
            f"All active risks that contingency pays for ({len(found.risks):,}): Σ P×I {amount(found.expected, unit)}; "
            f"{told} in {outcome.runs:,} runs.{drawn}"
            if found.risks
            else "No active risk has both a probability and an amount yet, so there is no exposure to work out."
        )


class CategoriesView(View):
    """How many risks stand at each level in each category."""

    def __init__(self, page: Listed) -> None:
        super().__init__(page)
        self.bars = Bars("Risks by category", amounts=False)
        area, grid = scrolled(
            heading("Risks by category and level; choose one to see its risks in the table"), self.bars
        )
        grid.setRowStretch(2, 1)
        _whole(self, area)
        self.bars.picked.connect(page.narrow)
        self.setFocusProxy(self.bars)

    def renew(self) -> None:
        data, zones = self.ctx.data, scale_of(self.ctx.data).zones
        counts: dict[str, Counter[int]] = {}
        for id in self.page.listed():
            risk, own = data.rows("risk")[id], scored(data, id)
            if own.worst or not isinstance(risk, Risk):
                continue
            rank = own.zone.rank if own.zone else -1
            top = exposure.top_category(data, risk)
            known = data.get("category", risk.category)
            for of in {top.id if top else "", known.id if known else ""}:
                counts.setdefault(of, Counter())[rank] += 1
        places = [
            (row.id, data.title(row), data.key(row), level) for row, level in _tree(data) if row.id in counts
        ]
        if "" in counts:
            places.append(("", "No category", "", 0))
        self.bars.show_bars(
            [self._bar(words, key, level, counts[id], zones) for id, words, key, level in places]
        )

    def _bar(self, words: str, key: str, level: int, counts: Counter[int], zones: Any) -> Bar:
        spans, start, said = [], 0, []
        for zone in (*reversed(zones), None):
            number = counts[zone.rank if zone else -1]
            if number:
                name = zone.name if zone else "no score"
                spans.append(Span(start, start + number, zone, f"{number} {name}"))
                said.append(f"{number} {name}")
                start += number
        ask = f'category="{key}"' if level else f'category:"{key}"' if key else "no:category"
        return Bar(words, tuple(spans), f"{start}", f"{words}: {', '.join(said)}", ask, level)


def _tree(data: Any) -> list[tuple[Any, int]]:
    """The categories in order, with their levels."""
    below, rows, found = data.children_ids("category"), data.rows("category"), []
    stack = [(id, 0) for id in reversed(below.get("", ()))]
    while stack:
        id, level = stack.pop()
        found.append((rows[id], level))
        stack.extend((kid, level + 1) for kid in reversed(below.get(id, ())))
    return found


class TrendView(View):
    """The levels of the risks over the last quarters."""

    def __init__(self, page: Listed) -> None:
        super().__init__(page)
        self.columns = Columns()
        self.note = plain("", "muted")
        self.note.setContentsMargins(theme().space(4.5), 0, 0, theme().space(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme().space(2), 0, theme().space(2), 0)
        column.addWidget(
            heading("Open risks by level at the end of each quarter, and the sum of their scores")
        )
        column.addWidget(self.columns, 1)
        column.addWidget(self.note)
        self.setFocusProxy(self.columns)

    def renew(self) -> None:
        data = self.ctx.data
        wanted = [id for id in self.page.everything() if not scored(data, id).worst]
        found = course(data, wanted, due.today())
        self.columns.show_course(found, scale_of(data).zones)
        old = bool(found) and found[-1].day < due.today()
        since = f"Nothing was scored or moved after {quarter(found[-1].day)}." if old else ""
        self.note.setText(
            since if found else "Nothing is dated yet: scores, moves or the days risks were entered."
        )


class TimelineView(View):
    """Risks by the day on which they retire, against milestones."""

    def __init__(self, page: Listed) -> None:
        super().__init__(page)
        self.schedule = Schedule()
        self.note = plain("", "muted")
        area, grid = scrolled(self.schedule, self.note)
        grid.setRowStretch(2, 1)
        _whole(self, area)
        self.schedule.picked.connect(lambda id: self.pick("risk", id))
        self.setFocusProxy(self.schedule)

    def renew(self) -> None:
        data, on = self.ctx.data, due.today()
        listed = [risk for id in self.page.listed() if isinstance(risk := data.rows("risk")[id], Risk)]
        dated = sorted((day, risk.id) for risk in listed if (day := due.retires(data, risk)))
        found = [self._retiring(id, day, on) for day, id in dated[:MOST_LINES]]
        self.schedule.show_risks(found, self._flags(found), on)
        more = f"{len(dated) - MOST_LINES:,} later ones are not shown. " if len(dated) > MOST_LINES else ""
        without = len(listed) - len(dated)
        self.note.setText(more + (f"{without:,} without a day to retire by." if without else ""))

    def _retiring(self, id: str, day: str, on: str) -> Retiring:
        data, risk = self.ctx.data, self.ctx.data.rows("risk")[id]
        assert isinstance(risk, Risk)
        words, late = f"{data.key(risk)} {data.title(risk)}", due.is_overdue(data, risk, on)
        milestone = data.get("milestone", risk.retire_milestone)
        by = f" ({data.key(milestone)})" if milestone is not None else ""
        own = scored(data, id)
        level = in_words(own.current) or "no score"
        said = f"{words}: retires by {day}{by}{', overdue' if late else ''}, {level}"
        return Retiring(id, words, day, own.zone, late, said)

    def _flags(self, risks: list[Retiring]) -> list[Flag]:
        """The milestones that risks of the page name, and those between the first and the last of their days."""
        data, days = self.ctx.data, [one.day for one in risks]
        found = []
        for row in data.rows("milestone").values():
            assert isinstance(row, Milestone)
            day = row.done or row.forecast or row.due
            if day and days and min(days) <= day <= max(*days, due.today()):
                found.append(Flag(data.key(row), day))
        return sorted(found, key=lambda one: one.day)
