"""Milestones on a time axis: a lane for each level, each milestone at its baseline date, its code and name beside it.

Labels share rows where they do not meet. What is higher than a page is cut by time, so a page is a span of months.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts import calendar
from dmdesk.drawing.charts.board import Board, Card, Sign, Writer
from dmdesk.drawing.charts.people import day_of
from dmdesk.drawing.sheet import Drawing
from dmdesk.drawing.tree import Options
from dmdesk.model import Milestone
from dmdesk.typeset import fonts

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

NATURAL = 900.0
GUTTER = 62.0
"""The width of the names of lanes."""
LABEL = 118.0
MARK = 8.0
AXIS = 26.0
"""The height of the axis."""
ROW_GAP = 3.0
LANES = {
    "1": ("Level 1", "funding agency"), "2": ("Level 2", "across subsystems"), "3": ("Level 3", "across teams"),
    "4": ("Level 4", "within a team"), "": ("Other", "no level given"),
}  # fmt: skip
LOOKS = {"done": ("disc", "strong"), "due": ("diamond", "leaf"), "overdue": ("triangle", "missing")}
"""The shape and fill of a milestone's mark by how it stands."""


class Stone(NamedTuple):
    """A milestone to place: its day, lane, how it stands, and its label."""

    row: Milestone
    day: int
    lane: str
    state: str
    card: Card
    wide: float


class Row(NamedTuple):
    """Milestones that share a row of a lane, with the corner of each label and its mark's middle."""

    high: float
    placed: list[tuple[Stone, float, float]]


def milestones(data: PlanData, options: Options) -> Drawing:
    """The time line of a plan that has milestones."""
    today = day_of(data)
    signs = _signs(today)
    made = b.board(options, NATURAL, signs)
    rows = [row for row in data.in_order("milestone") if isinstance(row, Milestone)]
    dated = sorted(
        (_stone(row, day, today) for row in rows if (day := calendar.ordinal(row.due)) is not None),
        key=lambda stone: stone.day,
    )
    for stones, span in _pages(dated, made):
        made.turn()
        _page(made, stones, span, today)
    _undated(made, [row for row in rows if calendar.ordinal(row.due) is None])
    return b.drawing(made, options, "Milestones", signs)


def described(data: PlanData) -> str:
    """What the time line shows, in words."""
    today = day_of(data)
    rows = [row for row in data.in_order("milestone") if isinstance(row, Milestone)]
    states = [_state(row, today) for row in rows]
    counts = ", ".join(f"{states.count(one)} {one}" for one in LOOKS if states.count(one))
    days = sorted(row.due for row in rows if calendar.ordinal(row.due) is not None)
    when = f", from {days[0]} to {days[-1]}" if days else ""
    return f"Time line of {len(rows)} milestone{'s'[: len(rows) != 1]}{when}: {counts}."


def _signs(today: str) -> tuple[Sign, ...]:
    words = {"done": "done", "due": "due", "overdue": f"overdue on {today}" if today else "overdue"}
    return tuple(
        Sign(words[state], fill, "missing mark" if state == "overdue" else "mark", shape)
        for state, (shape, fill) in LOOKS.items()
    )


def _state(row: Milestone, today: str) -> str:
    """How a milestone stands on the plan's own date."""
    if row.done:
        return "done"
    return "overdue" if row.due and today and row.due < today else "due"


def _stone(row: Milestone, day: int, today: str) -> Stone:
    state = _state(row, today)
    out = Writer(LABEL, pad=0.0, y=0.0)
    out.line(row.key or "no code", b.NAME, "link", link=f"#milestone-{row.id}")
    when = row.due if not row.done or row.done == row.due else f"{row.due}, done {row.done}"
    if row.forecast and row.forecast != row.due and not row.done:
        when = f"{row.due}, now {row.forecast}"
    out.beside(when, b.SMALL, "missing" if state == "overdue" else "muted")
    out.line(row.name, b.SMALL, most=3)
    wide = max(word.x + word.width for word in out.words)
    return Stone(
        row, day, row.level if row.level in LANES else "", state, Card(tuple(out.words), out.y), wide
    )


def _scale(made: Board, span: tuple[int, int]) -> tuple[float, float]:
    """Where the axis begins, and points a day."""
    left = GUTTER + MARK
    return left, (made.wide - left - MARK) / (span[1] - span[0])


def _rows(made: Board, stones: Sequence[Stone], span: tuple[int, int]) -> list[Row]:
    """The milestones of a lane in as few rows as they need; labels stand right of their mark, or left at the edge."""
    left, scale = _scale(made, span)
    rows: list[list[tuple[Stone, float, float]]] = []
    ends: list[float] = []
    for stone in stones:
        x = left + (stone.day - span[0]) * scale
        label = x + MARK / 2 + 3
        if label + stone.wide > made.wide:
            label = x - MARK / 2 - 3 - stone.wide
        start, end = min(x - MARK / 2, label), max(x + MARK / 2, label + stone.wide) + 6
        at = next((at for at, used in enumerate(ends) if used <= start), len(ends))
        if at == len(ends):
            rows.append([])
            ends.append(0.0)
        rows[at].append((stone, label, x))
        ends[at] = end
    return [Row(max(stone.card.high for stone, _, _ in row), row) for row in rows]


def _lanes(made: Board, stones: Sequence[Stone], span: tuple[int, int]) -> list[tuple[str, list[Row]]]:
    found = []
    for lane in LANES:
        own = [stone for stone in stones if stone.lane == lane]
        if own:
            found.append((lane, _rows(made, own, span)))
    return found


def _high(lanes: Sequence[tuple[str, list[Row]]]) -> float:
    return AXIS + sum(_lane_high(rows) for _, rows in lanes)


def _lane_high(rows: Sequence[Row]) -> float:
    return max(24.0, sum(row.high + ROW_GAP for row in rows)) + 8.0


def _pages(stones: list[Stone], made: Board) -> list[tuple[list[Stone], tuple[int, int]]]:
    """The milestones of each page with its span: as many whole months as fit, or part of a month where none does."""
    found = []
    rest = stones
    while rest:
        taken = _most(rest, made)
        days = [stone.day for stone in rest[:taken]]
        found.append((rest[:taken], calendar.span(days)))
        rest = rest[taken:]
    return found


def _most(stones: list[Stone], made: Board) -> int:
    """How many milestones, from the first, a page has room for, cut at the end of a month where that is possible."""

    def fits(count: int) -> bool:
        chosen = stones[:count]
        return _high(_lanes(made, chosen, calendar.span([one.day for one in chosen]))) <= made.full

    low, high = 1, len(stones)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    if low == len(stones):
        return low
    month = calendar.month_start(stones[low].day)
    whole = sum(1 for stone in stones[:low] if stone.day < month)
    return whole if whole and fits(whole) else low


def _page(made: Board, stones: list[Stone], span: tuple[int, int], today: str) -> None:
    lanes = _lanes(made, stones, span)
    top, bottom = made.y, made.y + _high(lanes)
    _axis(made, span, top, bottom)
    day = calendar.ordinal(today) if today else None
    left, scale = _scale(made, span)
    if day is not None and span[0] <= day < span[1]:
        x = left + (day - span[0]) * scale
        made.line(((x, top + AXIS - 2), (x, bottom)), "today")
    made.y += AXIS
    for lane, rows in lanes:
        _lane(made, lane, rows)
    made.y = bottom


def _axis(made: Board, span: tuple[int, int], top: float, bottom: float) -> None:
    """Years above their quarters or months, with a line down through all lanes for each."""
    left, scale = _scale(made, span)
    found = calendar.ticks(*span, made.wide - left)
    fine = any(not tick.words.isdigit() for tick in found)
    if fine:
        for year, first, last in calendar.years(*span):
            room = (last - first) * scale
            if room > 22:
                made.text(str(year), b.NAME, "strong", left + (first - span[0]) * scale + 2, top)
    for tick in found:
        x = left + (tick.day - span[0]) * scale
        end = bottom if tick.year or len(found) <= 24 else top + AXIS
        made.line(((x, top + (0 if tick.year else 12)), (x, end)), "axis" if tick.year and fine else "grid")
        if x + 2 + fonts.natural_width(tick.words, b.SMALL.face, b.SMALL.size) <= made.wide:
            made.text(tick.words, b.SMALL, "muted", x + 2, top + 13)
    made.line(((left - MARK, top + AXIS - 2), (made.wide, top + AXIS - 2)), "axis")


def _lane(made: Board, lane: str, rows: list[Row]) -> None:
    name, more = LANES[lane]
    y = made.y + 5
    made.text(name, b.NAME, "strong", 0.0, y)
    made.text(more, b.NOTE, "muted", 0.0, y + 10)
    for row in rows:
        for stone, label, x in row.placed:
            shape, fill = LOOKS[stone.state]
            made.box(
                label, y, stone.wide, stone.card.high, stone.card, kind="milestone", id=stone.row.id,
                title=f"{stone.row.key}: {stone.row.name}, {stone.row.due}, {stone.state}", named="none", fill="paper",
            )  # fmt: skip
            edge = "missing mark" if stone.state == "overdue" else "mark"
            made.box(x - MARK / 2, y + 0.8, MARK, MARK, named=edge, fill=fill, shape=shape)
        y += row.high + ROW_GAP
    made.y += _lane_high(rows)
    made.line(((0.0, made.y - 1), (made.wide, made.y - 1)), "axis")


def _undated(made: Board, rows: list[Milestone]) -> None:
    """The milestones that have no baseline date, below the time line."""
    if not rows:
        return
    b.heading(made, f"Without a date · {len(rows)}", 30.0)
    count, wide = b.columns(made.wide, LABEL)
    for start in range(0, len(rows), count):
        cards = []
        for row in rows[start : start + count]:
            out = Writer(wide)
            out.line(row.key or "no code", b.NAME, "link", link=f"#milestone-{row.id}")
            out.line(row.name, b.SMALL, most=3)
            cards.append((row, out.card()))
        high = max(card.high for _, card in cards)
        if not made.fits(high):
            made.turn()
        for place, (row, card) in enumerate(cards):
            title = f"{row.key}: {row.name}"
            made.box(
                place * (wide + b.GAP), made.y, wide, high, card, kind="milestone", id=row.id, title=title
            )
        made.y += high + b.GAP
