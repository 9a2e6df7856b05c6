"""The clock of lazy consensus: how long silence must last, what is left of it, and what that is in words.

It runs by elapsed time in UTC, so a weekend, a holiday or a change of daylight saving makes it neither longer nor
shorter (LDM-294, C.2 and 7.4: 72 hours, a week for major issues, a week for the board). It says when one may adopt and
never adopts.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dmdesk.control.requests import last_move, now_as_instant, state_of
from dmdesk.model import ChangeRequest, PlanDocument
from dmdesk.model.control import ADOPTED, FLAGGED, IMPLEMENTED, PROPOSED, RECOMMENDED, WITHDRAWN
from dmdesk.reading import PlanData
from dmdesk.types import INSTANT, BadValue
from dmdesk.values import frozen

ORDINARY, MAJOR, BOARD = 72, 168, 168
"""The usual hours, where the plan says nothing."""

MOST_HOURS = 24 * 366 * 100
"""No clock runs longer; a century is a slip of the keyboard and keeps the arithmetic within the calendar."""

_LAST = datetime.max.replace(tzinfo=UTC, second=0, microsecond=0)
_YEAR = timedelta(days=365.2425)


@lru_cache(maxsize=8192)
def moment(text: str) -> datetime | None:
    """The moment that an instant in the plan stands for, in UTC; None for nothing, or what is no moment."""
    try:
        clean = INSTANT.clean(text)
    except BadValue:
        return None
    return datetime.fromisoformat(clean) if clean else None


def hours(data: PlanData, request: ChangeRequest) -> int:
    """How long silence must last before the request may be adopted."""
    plan = data.plan()
    own = plan if isinstance(plan, PlanDocument) else None
    if request.weight == "major":
        return _sensible(own.major_hours if own else None, MAJOR)
    return _sensible(own.ordinary_hours if own else None, ORDINARY)


def board_hours(data: PlanData) -> int:
    """How long the board has before the project manager decides alone."""
    plan = data.plan()
    return _sensible(plan.board_hours if isinstance(plan, PlanDocument) else None, BOARD)


def _sensible(given: int | None, usual: int) -> int:
    return usual if given is None or given < 0 else min(given, MOST_HOURS)


@frozen
class Clock:
    """A clock: when it began (None: nobody said), when it has run out, and until when people were told they may object.

    ``closes`` is the later of the two: nothing is adopted before. ``board``: it is the board's week that runs.
    """

    begins: datetime | None
    ends: datetime | None
    closes: datetime | None
    hours: int
    board: bool = False

    def left(self, now: datetime) -> timedelta | None:
        """What is left until it closes, never less than nothing; None where it never began."""
        return None if self.closes is None else max(self.closes - now, timedelta())

    def runs(self, now: datetime) -> bool:
        """Whether something is left of it."""
        return self.closes is not None and now < self.closes

    def over(self, now: datetime) -> bool:
        """Whether it has begun and run out."""
        return self.closes is not None and now >= self.closes


def clock_of(data: PlanData, request: ChangeRequest) -> Clock:
    """The clock that counts for a request now: the board's while it is flagged, else that of lazy consensus."""
    return board_clock(data, request) if state_of(request) == FLAGGED else consensus_clock(data, request)


def consensus_clock(data: PlanData, request: ChangeRequest) -> Clock:
    """The clock of lazy consensus, from when the request was proposed.

    What was returned by the board, taken up again or proposed anew starts it again, because people must have had the
    time to object to what is proposed now. An edit of the proposal alone does not: who changes more than words proposes
    anew.
    """
    begins, again = moment(request.proposed), last_move(data, request.id, PROPOSED)
    anew = moment(again.at) if again else None
    if begins is not None and anew is not None:
        begins = max(begins, anew)
    return _clock(begins or anew, hours(data, request), moment(request.planned_end))


def board_clock(data: PlanData, request: ChangeRequest) -> Clock:
    """The clock of the board, from when the request was flagged (or, where nobody noted that, proposed)."""
    flagged = last_move(data, request.id, FLAGGED)
    begins = moment(flagged.at) if flagged else None
    return _clock(begins or moment(request.proposed), board_hours(data), None, board=True)


def _clock(begins: datetime | None, lasts: int, planned: datetime | None, *, board: bool = False) -> Clock:
    ends = None if begins is None else later(begins, lasts)
    return Clock(begins, ends, ends and max(ends, planned or ends), lasts, board)


def later(begins: datetime, lasts: int) -> datetime:
    """The moment so many hours later; the last one there is where the calendar ends before."""
    try:
        return begins + timedelta(hours=lasts)
    except OverflowError:
        return _LAST


def in_words(data: PlanData, request: ChangeRequest, now: datetime) -> str:
    """What the clock of a request says: what is left, since when one may decide, or what became of it."""
    state = state_of(request)
    if state in (ADOPTED, IMPLEMENTED, WITHDRAWN):
        done = last_move(data, request.id, state)
        return f"{state} on {shown(moment(done.at))}" if done and moment(done.at) else state
    clock = clock_of(data, request)
    if clock.begins is None or clock.closes is None:
        return "no clock: it does not say when it was proposed"
    if clock.begins > now:
        return f"starts in {span(clock.begins - now)}, on {shown(clock.begins)}"
    if state == FLAGGED:
        if clock.runs(now):
            return f"the board has {span(clock.closes - now)} left"
        return f"the project manager may decide alone since {shown(clock.closes)}"
    if clock.runs(now):
        return f"{span(clock.closes - now)} left"
    return f"{'recommended; ' if state == RECOMMENDED else ''}may be adopted since {shown(clock.closes)}"


def span(left: timedelta) -> str:
    """A length of time in words; up to four days to the minute, rounded up: none says it is over before it is."""
    if left >= 2 * _YEAR:
        return f"about {round(left / _YEAR)} years"
    minutes = -(-left // timedelta(minutes=1))
    days, rest = divmod(minutes, 24 * 60)
    hour, minute = divmod(rest, 60)
    if days >= 4:
        return f"{days} days {hour} h" if hour else f"{days} days"
    hour += days * 24
    return f"{hour} h {minute} min" if hour and minute else f"{hour} h" if hour else f"{minute} min"


def shown(at: datetime | None) -> str:
    """A moment as people read it, in UTC."""
    return "" if at is None else INSTANT.show(now_as_instant(at))
