"""Exposure drawn: the S-curve of what all risks may cost together, and the tornado of what drives it."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts.board import Board, Card
from dmdesk.drawing.sheet import Drawing
from dmdesk.drawing.tree import Options
from dmdesk.drawing.wording import placed
from dmdesk.risks import money
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmdesk.reading import PlanData
    from dmdesk.risks.contingency import Contingency

NATURAL = 648.0
MARKS = (50, 80, 90)
"""The confidences that are marked."""
HIGH = 112.0
LEFT = 34.0
FOOT = 25.0
TICKS = 6
TEXT, SMALL = Look("regular", 7.5), Look("regular", 7.0)
BAR, BAR_STEP = 10.0, 14.5
NAMES = 232.0
SHARE = 46.0
ENDS = 46.0
"""The room of an amount beside the longest bar."""


def curve(data: PlanData, found: Contingency, options: Options) -> Drawing:
    """How surely the cost of all risks together stays below an amount."""
    made = Board(*b.room_for(options, NATURAL))
    points = found.outcome.curve()
    ticks = even([points[0][0], points[-1][0], found.expected])
    low, high = ticks[0], ticks[-1]
    right, top, bottom = made.wide - 20.0, 12.0, 12.0 + min(HIGH, made.full - FOOT - 24.0)

    def across(amount: float) -> float:
        return LEFT + (right - LEFT) * (amount - low) / ((high - low) or 1.0)

    def up(percent: float) -> float:
        return bottom - (bottom - top) * percent / 100

    for percent in range(0, 101, 20):
        made.line(((LEFT, up(percent)), (right, up(percent))), "grid")
        made.text(f"{percent} %", SMALL, "muted", LEFT - 5.0, up(percent) - 4.5, right=True)
    _axis(made, data, ticks, across, bottom)
    made.centred("What all active risks may cost together", SMALL, "muted", (LEFT + right) / 2, bottom + 14.0)
    for percent in MARKS:
        x = across(found.outcome.at(percent))
        made.line(((x, bottom), (x, up(percent)), (right, up(percent))), "dashed")
    made.line(((across(found.expected), bottom), (across(found.expected), top)), "sum")
    made.line([(across(amount), up(percent)) for amount, percent in points], "curve")
    for percent in MARKS:
        words = f"P{percent}  {money.words(data, found.outcome.at(percent))}"
        _tag(made, words, right, up(percent) - 4.5, right=True)
    x = across(found.expected)
    _tag(made, f"Σ P×I  {money.words(data, found.expected)}", x, up(8) - 5.0, right=x > made.wide * 0.7)
    made.y = bottom + FOOT
    return b.drawing(made, options, "Exposure", ())


def tornado(data: PlanData, found: Contingency, options: Options) -> Drawing:
    """How far each of the ten risks that spread the total most moves it, the widest bar first."""
    made = Board(*b.room_for(options, NATURAL))
    drivers, mean = found.outcome.drivers, found.outcome.mean
    ticks = even([mean, *(end for one in drivers for end in (one.low, one.high))])
    names = min(NAMES, made.wide * 0.4)
    left, right = names + ENDS, made.wide - SHARE - ENDS

    def across(amount: float) -> float:
        return left + (right - left) * (amount - ticks[0]) / ((ticks[-1] - ticks[0]) or 1.0)

    bottom = 13.0 + BAR_STEP * len(drivers)
    made.text("of the spread", SMALL, "muted", made.wide, 0.0, right=True)
    for tick in ticks:
        made.line(((across(tick), 11.0), (across(tick), bottom)), "grid")
    for at, one in enumerate(drivers):
        y = 13.0 + BAR_STEP * at
        row = data.find("risk", one.key) or data.get("risk", one.key)
        title = f"{data.key(row)}  {data.title(row)}" if row else one.key
        words = placed(fitted(title, TEXT, names - 6.0), TEXT, "link" if row else "ink", 1.5, 0.0)
        made.box(0.0, y, names - 4.0, 12.5, Card(tuple(words), 12.5), id=row.id if row else "", title=title,
                 kind="risk", fill="paper", named="none")  # fmt: skip
        x0, x1 = across(one.low), across(one.high)
        made.box(x0, y + 1.0, max(x1 - x0, 0.5), BAR, fill="marked ground", named="leaf")
        _tag(made, money.short(data, one.low), x0 - 1.0, y + 1.0, right=True, look=SMALL)
        _tag(made, money.short(data, one.high), x1 - 2.0, y + 1.0, right=False, look=SMALL)
        made.text(f"{one.share:.0%}", TEXT, "ink", made.wide, y + 1.5, right=True)
    made.line(((across(mean), 11.0), (across(mean), bottom)), "today")
    made.centred(f"mean {money.words(data, mean)}", SMALL, "strong", across(mean), 0.0)
    _axis(made, data, ticks, across, bottom)
    made.y = bottom + 14.0
    return b.drawing(made, options, "What drives the exposure", ())


def _axis(made: Board, data: PlanData, ticks: Sequence[float], across: object, y: float) -> None:
    assert callable(across)
    made.line(((across(ticks[0]), y), (across(ticks[-1]), y)), "axis")
    for tick in ticks:
        made.line(((across(tick), y), (across(tick), y + 3.0)), "axis")
        made.centred(money.short(data, tick), SMALL, "muted", across(tick), y + 4.0)


def _tag(made: Board, text: str, x: float, y: float, *, right: bool, look: Look = b.NAME) -> None:
    """Words on a white plate beside a line."""
    wide = fonts.natural_width(fonts.printable(text), look.face, look.size) + 6.0
    left = x - wide if right else x + 3.0
    card = Card(tuple(placed(text, look, "ink", 0.5, 3.0)), 10.0)
    made.box(left, y, wide, 10.0, card, fill="paper", named="none", title=text)


def even(amounts: Sequence[float], most: int = TICKS) -> list[float]:
    """A few round amounts in even steps that reach over all of these."""
    low, high = min(amounts), max(amounts)
    rough = ((high - low) or abs(high) or 1.0) / (most - 1)
    unit = 10.0 ** floor(log10(rough))
    step = next(unit * times for times in (1, 2, 2.5, 5, 10) if unit * times >= rough * 0.999)
    first, last = floor(low / step + 1e-9), -floor(-high / step + 1e-9)
    return [round(step * at, 6) for at in range(first, max(last, first + 1) + 1)]


def described_curve(data: PlanData, found: Contingency) -> str:
    """What the S-curve shows, in words."""
    told = ", ".join(f"P{one} {money.words(data, found.outcome.at(one))}" for one in MARKS)
    return (
        f"S-curve of the cost of {len(found.risks)} active risks in {found.outcome.runs:,} runs: {told}; "
        f"the plain sum Σ P×I is {money.words(data, found.expected)}."
    )


def described_tornado(data: PlanData, found: Contingency) -> str:
    """What the tornado shows, in words."""
    told = "; ".join(
        f"{one.key} {money.words(data, one.low)} to {money.words(data, one.high)} ({one.share:.0%} of the spread)"
        for one in found.outcome.drivers
    )
    return f"Tornado of how far each risk moves the mean of {money.words(data, found.outcome.mean)}: {told}."
