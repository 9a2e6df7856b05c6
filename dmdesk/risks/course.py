"""The course of a register: how many risks stood at each level at the ends of quarters, and the sum of their scores.

It is worked out from the dated scores and moves, so nothing has to be kept for it, and a late entry mends the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dmdesk.model import Risk
from dmdesk.reading import PlanData
from dmdesk.risks.book import OPEN, scored
from dmdesk.risks.scale import Scale, Zone, scale_of
from dmdesk.risks.states import moves_of
from dmdesk.values import frozen

MOST_QUARTERS = 16


@frozen
class Standing:
    """The open risks at the end of a day: how many in each zone, the lowest first, without a score, and Σ score."""

    day: str
    levels: tuple[int, ...]
    unscored: int
    total: float

    @property
    def risks(self) -> int:
        """How many were open."""
        return sum(self.levels) + self.unscored


def quarter_ends(first: str, last: str) -> list[str]:
    """The last days of the quarters that two days lie in and between them."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    found, year, quarter = [], start.year, (start.month - 1) // 3
    while (year, quarter) <= (end.year, (end.month - 1) // 3):
        found.append(f"{year:04d}-{('03-31', '06-30', '09-30', '12-31')[quarter]}")
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
    return found


def course(data: PlanData, ids: Iterable[str], until: str) -> list[Standing]:
    """How those risks stood at the ends of the quarters in which anything happened up to that day, the last ones."""
    scale = scale_of(data)
    lives = [_life(data, row) for id in ids if isinstance(row := data.get("risk", id), Risk)]
    days = [day for states, scores in lives for day, _ in (*states, *scores) if _is_day(day) and day <= until]
    if not days:
        return []
    return [_at(scale, lives, day) for day in quarter_ends(min(days), max(days))[-MOST_QUARTERS:]]


_Life = tuple[Sequence[tuple[str, str]], Sequence[tuple[str, tuple[float, Zone | None] | None]]]
"""(Day, state) and (day, score and zone), the earliest first."""


def _life(data: PlanData, risk: Risk) -> _Life:
    moves = [(move.date, move.state) for move in moves_of(data, risk.id)]
    own = scored(data, risk.id)
    line = (own.initial, *own.history) if own.initial else own.history
    scores = sorted(
        ((one.date, (one.score, one.zone) if one.score is not None else None) for one in line),
        key=lambda one: one[0],
    )
    first = risk.entered or min((day for day, _ in (*moves, *scores) if day), default="")
    if not moves:
        moves = [(first, risk.state)]
    elif first < moves[0][0]:
        moves.insert(0, (first, ""))
    return moves, scores


def _at(scale: Scale, lives: Iterable[_Life], day: str) -> Standing:
    levels, unscored, total = [0] * max(len(scale.zones), 1), 0, 0.0
    for states, scores in lives:
        state = next((state for on, state in reversed(states) if on <= day), None)
        if state is None or state not in OPEN:
            continue
        score = next((score for on, score in reversed(scores) if on <= day), None)
        if score is None:
            unscored += 1
        else:
            total += score[0]
            levels[score[1].rank if score[1] else 0] += 1
    return Standing(day, tuple(levels), unscored, total)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
