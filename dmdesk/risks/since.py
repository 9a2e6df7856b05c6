"""Since: what became of the risks between two reviews, or since one: new, raised, lowered, retired, realised.

It is read from dated rows alone (agendas, scores, moves), so minutes that are printed years later say what they said
on the day; levels of then and now are scored by one scale, so that a new scale does not raise a whole register.
"""

from __future__ import annotations

from dmdesk import trees
from dmdesk.model import Reviewed, Risk, RiskReview, RiskScore
from dmdesk.model.risks import CANDIDATE, DEPRECATED, INITIAL, REALISED, RETIRED, TARGET
from dmdesk.reading import PlanData
from dmdesk.risks.book import OPEN, judged, scored, scores_of
from dmdesk.risks.scale import scale_of
from dmdesk.risks.states import moves_of
from dmdesk.values import field, frozen, replace

NEW, RAISED, LOWERED, OTHERWISE = "new", "raised", "lowered", "otherwise"
GONE = "gone"
GROUPS = (NEW, RAISED, LOWERED, RETIRED, REALISED, DEPRECATED, OTHERWISE, GONE)
"""What may have become of a risk; each risk is in one group at most. ``otherwise``: it came back, or moved between
candidate and active, or was scored first; ``gone``: it is no longer in the plan."""


@frozen
class Standing:
    """How a risk stood at some time: its state, levels, score by the plan's scale, and exposure where it is known."""

    state: str
    likelihood: int | None = None
    impact: int | None = None
    score: float | None = None
    exposure: float | None = None


@frozen
class Became:
    """What became of a risk. ``risk`` is its id, "" for one that is gone; ``subject`` its ID and title.

    ``before`` is None for one that was not there then, ``after`` for one that is gone. ``date`` and ``reason``
    are those of its last score or move, as its group has it.
    """

    risk: str
    subject: str
    group: str
    before: Standing | None
    after: Standing | None
    date: str = ""
    reason: str = ""


@frozen
class Since:
    """What became of the risks since a day, up to another or ("") now; each group in the plan's order.

    ``unchanged`` counts the open risks of which nothing is told. ``first``: there was no review to compare with, so all
    that is open counts as new.
    """

    since: str
    until: str
    groups: dict[str, tuple[Became, ...]] = field(hash=False)
    unchanged: int = 0
    first: bool = False

    def of(self, group: str) -> tuple[Became, ...]:
        """The risks of a group."""
        return self.groups.get(group, ())

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """(group, how many) of all groups that have any, in their order."""
        return tuple((name, len(self.of(name))) for name in GROUPS if self.of(name))


# -- reviews


def day_of(review: RiskReview) -> str:
    """The day of a review; its key begins with it."""
    return review.date or review.key[:10]


def reviews(data: PlanData) -> list[RiskReview]:
    """The reviews, oldest first."""
    rows = [row for row in data.rows("review").values() if isinstance(row, RiskReview)]
    return sorted(rows, key=lambda row: (day_of(row), trees.natural(row.key), row.id))


def last(data: PlanData) -> RiskReview | None:
    """The last review that is finished."""
    return next((row for row in reversed(reviews(data)) if row.state != "running"), None)


def before(data: PlanData, review: RiskReview) -> RiskReview | None:
    """The finished review before another one."""
    rows = reviews(data)
    at = next((at for at, row in enumerate(rows) if row.id == review.id), len(rows))
    return next((row for row in reversed(rows[:at]) if row.state != "running"), None)


def agenda(data: PlanData, review: RiskReview) -> list[Reviewed]:
    """The risks of a review in the order of its agenda."""
    ids = data.index("agenda", "reviewed", lambda row: (getattr(row, "review"),)).ids(review.id)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.rows("reviewed")[id], Reviewed)]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, trees.natural(row.subject)))


# -- the comparison


def since(data: PlanData, then: RiskReview | None, until: RiskReview | None = None) -> Since:
    """What became of each risk from the end of one review to the end of another, or to what the plan says now.

    Without a review to start from, all that is there by the end is new.
    """
    past, present = _Moment(data, then), _Moment(data, until)
    found: dict[str, list[Became]] = {}
    unchanged = 0
    for row in data.in_order("risk"):
        assert isinstance(row, Risk)
        old = past.of(row) if then else None
        now = present.of(row)
        group = _group(old, now, compared=not scored(data, row.id).worst)
        if group and now:
            date, reason = _why(data, row, group, past.day, present.day)
            subject = f"{data.key(row)} {data.title(row)}".strip()
            found.setdefault(group, []).append(Became(row.id, subject, group, old, now, date, reason))
        elif now and now.state in OPEN:
            unchanged += 1
    for gone in past.gone(present):
        found.setdefault(GONE, []).append(gone)
    groups = {name: tuple(found[name]) for name in GROUPS if name in found}
    return Since(past.day if then else "", present.day, groups, unchanged, then is None)


def _group(old: Standing | None, now: Standing | None, *, compared: bool) -> str:
    """The group of a risk, "" for none. ``compared``: its score is its own and not that of a child."""
    if now is None:
        return ""
    if now.state not in OPEN:
        return now.state if old is None or old.state != now.state else ""
    if old is None:
        return NEW
    if old.state not in OPEN or (old.state or CANDIDATE) != (now.state or CANDIDATE):
        return OTHERWISE
    if not compared or old.score == now.score:
        return ""
    if old.score is None or now.score is None:
        return OTHERWISE
    return RAISED if now.score > old.score else LOWERED


def _why(data: PlanData, risk: Risk, group: str, after: str, until: str) -> tuple[str, str]:
    """Day and reason of what put a risk into its group: of its last score, or of its last move within that time."""

    def within(day: str) -> bool:
        return day >= after and (not until or day <= until)

    if group in (RAISED, LOWERED):
        scores = [
            one for one in scores_of(data, risk.id) if within(one.date) and one.sort not in (INITIAL, TARGET)
        ]
        return (scores[-1].date, scores[-1].note) if scores else ("", "")
    moves = [one for one in moves_of(data, risk.id) if within(one.date)] if group != NEW else []
    if not moves:
        return (risk.entered, "") if group == NEW else ("", "")
    return moves[-1].date, moves[-1].reason or ("" if moves[-1].state in OPEN else risk.conclusion)


class _Moment:
    """How the risks stood at the end of a review; without one, how they stand now."""

    def __init__(self, data: PlanData, review: RiskReview | None) -> None:
        self._data, self._review = data, review
        self._scale = scale_of(data)
        self._rows = agenda(data, review) if review else []
        self._agenda = {row.risk: row for row in self._rows}
        self.day = day_of(review) if review else ""

    def of(self, risk: Risk) -> Standing | None:
        """How a risk stood; None for one that was not there."""
        if self._review is None:
            own = scored(self._data, risk.id)
            now = own.current
            levels = (now.likelihood, now.impact, now.score) if now else (None, None, None)
            return Standing(risk.state, *levels, own.emv)
        row, dated = self._agenda.get(risk.id), self._dated(risk)
        if row is None:
            return dated
        told = self._told(row)
        return told if told.state or dated is None else replace(told, state=dated.state)

    def gone(self, later: _Moment) -> list[Became]:
        """The risks of the agenda that are no longer in the plan, unless the later agenda has them still."""
        told = {row.subject for row in later._rows}
        return [
            Became("", row.subject, GONE, self._told(row), None)
            for row in self._rows
            if self._data.get("risk", row.risk) is None and row.subject not in told
        ]

    def _told(self, row: Reviewed) -> Standing:
        """As the agenda says: after the talk or, of a risk that was passed over, before it."""
        talked = row.state == "reviewed"
        likelihood = _either(row.likelihood_after if talked else None, row.likelihood_before)
        impact = _either(row.impact_after if talked else None, row.impact_before)
        score = self._scale.score(likelihood, impact)
        if score is None:
            typed = (row.score_after if talked else "") or row.score_before
            score = float(typed) if typed else None
        state = (row.state_after if talked else "") or row.state_before
        return Standing(
            state, likelihood, impact, score,
            _either(row.exposure_after if talked else None, row.exposure_before),
        )  # fmt: skip

    def _dated(self, risk: Risk) -> Standing | None:
        """As scores and moves up to that day say."""
        moves, scores = moves_of(self._data, risk.id), scores_of(self._data, risk.id)
        came = [one.date for one in moves[:1] if not one.before]
        first = min((day for day in (risk.entered, *came, *(one.date for one in scores)) if day), default="")
        if first > self.day:
            return None
        done = [one for one in moves if one.date <= self.day]
        state = done[-1].state if done else moves[0].before if moves else risk.state
        now = _last_score(scores, self.day)
        if now is None:
            return Standing(state)
        told = judged(self._scale, now)
        return Standing(state, told.likelihood, told.impact, told.score)


def _last_score(scores: list[RiskScore], day: str) -> RiskScore | None:
    """The current score that held on a day, or else the initial one."""
    rows = [row for row in scores if row.date <= day and row.sort != TARGET]
    current = [row for row in rows if row.sort != INITIAL]
    found = current or rows
    return found[-1] if found else None


def _either(first: int | None, second: int | None) -> int | None:
    return second if first is None else first
