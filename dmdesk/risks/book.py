"""The book: what follows from the scores of each risk, kept in step with the plan one replaced row at a time.

Scores lie in rows of their own, dated, so that a register has a history; what people ask of a risk (its level, its
trend, its exposure) is worked out here once for tables, filters, matrices, checks and print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dmdesk import trees
from dmdesk import types as t
from dmdesk.keeping import Replaced
from dmdesk.model import Risk, RiskScore
from dmdesk.model.risks import (
    ACTIVE,
    CANDIDATE,
    CURRENT,
    DEPRECATED,
    INITIAL,
    OPPORTUNITY,
    REALISED,
    RETIRED,
    TARGET,
)
from dmdesk.reading import PlanData
from dmdesk.risks.money import Estimate, cost_of, delay_of, occurrences_of
from dmdesk.risks.scale import COST, KINDS, OVERALL, SCHEDULE, Scale, Zone, scale_of
from dmdesk.values import frozen

OPEN = ("", CANDIDATE, ACTIVE)
"""States in which a risk may still happen; nothing said counts as a candidate."""

FOLLOWED = ("risk", "score", "plan.scale", *KINDS)
"""The kinds and fields from which the scores of risks follow."""

CLOSED = (REALISED, RETIRED, DEPRECATED)

_FURTHER = re.compile(r"\s*(.+?)\s*[:=]\s*(\d)\s*")


@frozen
class Judged:
    """One score of a risk: levels by dimension, the impact (the highest of them), the score and its zone."""

    row: RiskScore
    likelihood: int | None
    levels: tuple[tuple[str, int], ...]
    impact: int | None
    score: float | None
    zone: Zone | None

    @property
    def date(self) -> str:
        """The day of the judgement, "" for unknown."""
        return self.row.date


@frozen
class Scored:
    """What follows for one risk. ``history``: the dated current scores, oldest first; ``trend``: "raised", "lowered",
    "same" or "" for nothing to compare with; ``worst``: the id of the child a headline takes its level from.

    Amounts are those of one occurrence (``cost``, ``delay``) or expected (``emv``, ``slip``): probability ×
    occurrences × mean; gains of opportunities are positive as well. None where something is missing.
    """

    initial: Judged | None
    current: Judged | None
    target: Judged | None
    history: tuple[Judged, ...]
    trend: str
    worst: str
    probability: float | None
    clamped: bool
    cost: Estimate | None
    delay: Estimate | None
    emv: float | None
    slip: float | None

    @property
    def score(self) -> float | None:
        """The score now."""
        return self.current.score if self.current else None

    @property
    def zone(self) -> Zone | None:
        """The zone now."""
        return self.current.zone if self.current else None


class Book:
    """The scored risks of a plan, each worked out when first asked for."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self._known: dict[str, Scored] = {}
        self._headlines: set[str] = set()

    def replaced(self, step: Replaced) -> None:
        """Forget what the row had a part in."""
        if step.kind in KINDS or (step.kind == "plan" and _scale(step.old) != _scale(step.new)):
            self._known.clear()
            return
        if step.kind == "risk":
            self._known.pop(step.id, None)
        elif step.kind == "score":
            for row in (step.old, step.new):
                if isinstance(row, RiskScore):
                    self._known.pop(row.risk, None)
        else:
            return
        for id in self._headlines:
            self._known.pop(id, None)
        self._headlines.clear()

    def of(self, id: str) -> Scored:
        """What follows for a risk of the plan.

        Raises:
            KeyError: it is none.
        """
        known = self._known.get(id)
        if known is None:
            risk = self._data.rows("risk")[id]
            assert isinstance(risk, Risk)
            known = self._known[id] = self._scored(risk)
        return known

    def _scored(self, risk: Risk) -> Scored:
        scale = scale_of(self._data)
        found: dict[str, list[Judged]] = {INITIAL: [], CURRENT: [], TARGET: []}
        for row in scores_of(self._data, risk.id):
            found.setdefault(row.sort or CURRENT, []).append(judged(scale, row))
        own = found[CURRENT][-1] if found[CURRENT] else found[INITIAL][-1] if found[INITIAL] else None
        worst = self._worst(risk)
        current = self.of(worst).current if worst else own
        probability, clamped = _probability(scale, risk, own)
        cost, delay, times = cost_of(risk), delay_of(risk), occurrences_of(risk)
        share = None if probability is None else probability * times
        return Scored(
            _last(found[INITIAL]), current, _last(found[TARGET]), tuple(found[CURRENT]), _trend(found), worst,
            probability, clamped, cost, delay,
            cost.mean * share if cost and share is not None else None,
            delay.mean * share if delay and share is not None else None,
        )  # fmt: skip

    def _worst(self, risk: Risk) -> str:
        """The open risk of its type below a headline that stands highest; "" for what is no headline, or has none.

        An opportunity with a high score is good news, and raises no headline of threats.
        """
        if not risk.headline:
            return ""
        self._headlines.add(risk.id)
        below = [
            (score, id)
            for id in trees.below(self._data.children_ids("risk"), risk.id)
            if id != risk.id and is_open(row := self._data.rows("risk")[id]) and not getattr(row, "headline", False)
            and isinstance(row, Risk) and is_gain(row) == is_gain(risk)
            and (score := self.of(id).score) is not None
        ]  # fmt: skip
        return max(below, key=lambda one: one[0])[1] if below else ""


def _scale(plan: object) -> object:
    """The scale that a plan names."""
    return getattr(plan, "scale", None)


def book(data: PlanData) -> Book:
    """The book of this plan, kept with its rows."""
    return data.kept("risk book", lambda: Book(data), FOLLOWED)


def scored(data: PlanData, id: str) -> Scored:
    """What follows for one risk."""
    return book(data).of(id)


def scores_of(data: PlanData, risk: str) -> list[RiskScore]:
    """The scores of a risk, oldest first; undated ones come before all."""
    ids = data.index("scores by risk", "score", lambda row: (getattr(row, "risk"),)).ids(risk)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.rows("score")[id], RiskScore)]
    return sorted(rows, key=lambda row: row.date)


def judged(scale: Scale, row: RiskScore) -> Judged:
    """What a score says by a scale; the impact is the highest of its levels."""
    levels = [(OVERALL, row.overall), (COST, row.cost), (SCHEDULE, row.schedule), *further(row.further)]
    given = tuple((name, level) for name, level in levels if level is not None)
    impact = max((level for _, level in given), default=None)
    score = scale.score(row.likelihood, impact)
    return Judged(row, row.likelihood, given, impact, score, scale.zone(score))


def further(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """(dimension, level) of lines such as “performance: 3”; others say nothing."""
    for line in lines:
        if match := _FURTHER.fullmatch(line):
            yield match[1], int(match[2])


def _last(of: list[Judged]) -> Judged | None:
    return of[-1] if of else None


def _trend(found: dict[str, list[Judged]]) -> str:
    """How the last score compares with the one before it; of a single one, with the initial score."""
    line = [one.score for one in (*found[INITIAL][-1:], *found[CURRENT]) if one.score is not None]
    if len(line) < 2:
        return ""
    return "raised" if line[-1] > line[-2] else "lowered" if line[-1] < line[-2] else "same"


def _probability(scale: Scale, risk: Risk, own: Judged | None) -> tuple[float | None, bool]:
    """The probability of one occurrence, 0 to 1: as typed, put into the bands, or the band's point; whether put in."""
    typed = t.amount(risk.probability)
    if typed is not None:
        put = scale.clamped(typed)
        if put and put[1]:
            return min(max(typed, scale.bands[0].least), scale.bands[-1].most) / 100, True
        return typed / 100, False
    band = scale.band(own.likelihood) if own else None
    return (band.point / 100 if band else None), False


def is_open(risk: object) -> bool:
    """Whether a risk may still happen."""
    return getattr(risk, "state", "") in OPEN


def is_gain(risk: Risk) -> bool:
    """Whether it helps when it happens."""
    return risk.kind == OPPORTUNITY
