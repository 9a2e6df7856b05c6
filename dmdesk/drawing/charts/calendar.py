"""The calendar of a time line: its ticks in years, quarters or months, and where it may be cut into pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FEWEST_MONTHS, FEW = 3, 12
"""A page of few milestones shows at least so many months, so that a single one has a scale around it."""


class Tick(NamedTuple):
    """The beginning of a year, quarter or month: its day, words, and whether it begins a year."""

    day: int
    words: str
    year: bool


def ordinal(day: str) -> int | None:
    """The day's number, None for what is no day."""
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


def month_start(day: int, later: int = 0) -> int:
    """The first day of a day's month, or of a month later; the calendar's own ends are the limit."""
    at = date.fromordinal(day)
    month = at.year * 12 + at.month - 1 + later
    month = max(12, min(month, 9999 * 12 + 11))
    return date(month // 12, month % 12 + 1, 1).toordinal()


def span(days: list[int]) -> tuple[int, int]:
    """The first day and the day after the last of whole months that hold these days."""
    start, end = month_start(min(days)), month_start(max(days), 1)
    return start, max(end, month_start(start, FEWEST_MONTHS if len(days) <= FEW else 1))


def ticks(start: int, end: int, wide: float) -> list[Tick]:
    """The ticks of a span, as fine as ``wide`` points have room for."""
    months = max(1.0, (end - start) / 30.4)
    room = wide / months
    step = next((one for one, least in ((1, 22.0), (3, 7.0), (12, 2.2)) if room >= least), 0)
    if not step:
        step = 12 * max(1, round(28.0 / max(room * 12, 0.01)))
    found = []
    first = date.fromordinal(start)
    month = first.year * 12 + first.month - 1
    month += -month % step
    while (day := _first_of(month)) is not None and day < end:
        at = date.fromordinal(day)
        words = (
            str(at.year) if step >= 12 else MONTHS[at.month - 1] if step == 1 else f"Q{(at.month + 2) // 3}"
        )
        found.append(Tick(day, words, at.month == 1))
        month += step
    return found


def _first_of(month: int) -> int | None:
    year = month // 12
    return date(year, month % 12 + 1, 1).toordinal() if year <= 9999 else None


def years(start: int, end: int) -> list[tuple[int, int, int]]:
    """Each year of a span with its first and last day within it."""
    found = []
    for year in range(date.fromordinal(start).year, date.fromordinal(end - 1).year + 1):
        first = max(start, date(year, 1, 1).toordinal())
        last = date(year, 12, 31).toordinal() + 1
        found.append((year, first, min(end, last)))
    return found


def said(start: int, end: int) -> str:
    """A span in words: from its first month to its last."""
    first, last = date.fromordinal(start), date.fromordinal(end) - timedelta(days=1)
    words = [f"{MONTHS[one.month - 1]} {one.year}" for one in (first, last)]
    return " – ".join(dict.fromkeys(words))
