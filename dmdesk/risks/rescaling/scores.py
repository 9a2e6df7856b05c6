"""The scores when a plan goes on with an edited or another scale: the numbers kept, mapped, or found from amounts.

Whatever the way, every level ends as one that the scale has; what was judged in a dimension is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.model import PlanDocument, Risk, RiskScore
from dmdesk.model.risks import CURRENT, INITIAL
from dmdesk.reading import PlanData
from dmdesk.risks.book import further, scores_of
from dmdesk.risks.money import cost_of, delay_of
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.scale import COST, OVERALL, SCHEDULE, Scale, scale_of
from dmdesk.values import frozen, replace

KEEP, MAP, AMOUNTS = WAYS = ("keep", "map", "amounts")
"""Ways to go on with scores: the numbers stay, old levels become new ones, or probability and amounts decide."""

Mapped = Mapping[int, int]


@frozen
class Way:
    """How scores go on: ``likelihoods`` and ``impacts`` are new levels by old ones, ``names`` dimensions by old names.

    What a mapping leaves out keeps its number. Whatever the way, every level ends as one that the scale has.
    """

    how: str
    likelihoods: Mapped
    impacts: Mapped
    names: Mapping[str, str]


def by_place(before: int, now: int) -> dict[int, int]:
    """New levels by old ones, in proportion: the lowest stays the lowest, the highest the highest, halves go up."""
    if before < 2:
        return dict.fromkeys(range(1, before + 1), 1)
    steps = before - 1
    return {one: 1 + (2 * (one - 1) * (now - 1) + steps) // (2 * steps) for one in range(1, before + 1)}


def by_origin(before: int, origins: tuple[int, ...]) -> dict[int, int]:
    """New levels by old ones, following each; one that is gone becomes the next higher that is left, or the highest."""
    place = {old: new for new, old in enumerate(origins, 1) if old}
    return {
        one: place[min((old for old in place if old >= one), default=max(place))] if place else 1
        for one in range(1, before + 1)
    }


def way(how: str, old: Scale, draft: Draft) -> Way:
    """A way of that sort with mappings that follow the draft's levels, or go by place where none was the old one's."""
    follow = draft.scale.id == old.id and bool(old.id)
    height, width = draft.scale.height, draft.scale.width
    return Way(
        how,
        by_origin(old.height, draft.likelihoods) if follow else by_place(old.height, height),
        by_origin(old.width, draft.impacts) if follow else by_place(old.width, width),
        draft.names,
    )


def rescored(data: PlanData, new: Scale, way: Way) -> list[Change]:
    """The changes of all scores of the plan when it goes on with another scale in that way."""
    old, found = scale_of(data), list[Change]()
    plain = _Levels(data, old, new, way, None)
    present = _present_ones(data) if way.how == AMOUNTS else {}
    for row in data.all(RiskScore).values():
        levels = replace(plain, risk=present[row.id]) if row.id in present else plain
        values = {name: value for name, value in levels.of(row).items() if value != getattr(row, name)}
        if values:
            found.append(put(row, values))
    return found


def _present_ones(data: PlanData) -> dict[str, Risk]:
    """The risks by the score that says how each stands now."""
    found = {}
    for risk in data.all(Risk).values():
        row = _present(scores_of(data, risk.id))
        if row is not None:
            found[row.id] = risk
    return found


def _present(rows: list[RiskScore]) -> RiskScore | None:
    """The score that says how the risk stands now."""
    for sort in (CURRENT, INITIAL):
        some = [row for row in rows if (row.sort or CURRENT) == sort]
        if some:
            return some[-1]
    return None


@frozen
class _Levels:
    """The levels that one score gets. ``risk`` is given when the score is how that risk stands now."""

    data: PlanData
    old: Scale
    new: Scale
    way: Way
    risk: Risk | None

    def of(self, row: RiskScore) -> dict[str, Any]:
        """The values of its fields."""
        return {
            "likelihood": self._likelihood(row.likelihood),
            OVERALL: self._impact(OVERALL, row.overall),
            COST: self._impact(COST, row.cost),
            SCHEDULE: self._impact(SCHEDULE, row.schedule),
            "further": self._further(row.further),
        }

    def _further(self, lines: Iterable[str]) -> tuple[str, ...]:
        found = []
        for line in lines:
            for name, level in further([line]):
                now, to = self.way.names.get(name, name), self._impact(name, level)
                line = line if (now, to) == (name, level) else f"{now}: {to}"
            found.append(line)
        return tuple(found)

    def _likelihood(self, level: int | None) -> int | None:
        if level is None:
            return None
        if self.way.how == AMOUNTS:
            level = self._by_probability(level)
        elif self.way.how == MAP:
            level = self.way.likelihoods.get(level, level)
        return clamped(level, self.new.height)

    def _by_probability(self, level: int) -> int:
        band = self.old.band(level)
        typed = t.amount(self.risk.probability) if self.risk else None
        point = typed if typed is not None else band.point if band else None
        found = self.new.clamped(point) if point is not None else None
        return found[0].level if found else level

    def _impact(self, dimension: str, level: int | None) -> int | None:
        if level is None:
            return None
        found = level
        if self.way.how == AMOUNTS:
            own = self._by_amount(dimension, level)
            found = own if own is not None else by_place(self.old.width, self.new.width).get(level, level)
        elif self.way.how == MAP:
            found = self.way.impacts.get(level, level)
        return clamped(found, self.new.width)

    def _by_amount(self, dimension: str, level: int) -> int | None:
        """The level of the risk's likely amount; for other scores, of the middle of what the old level covered."""
        plan = self.data.plan()
        baseline = plan.cost_baseline if isinstance(plan, PlanDocument) else None
        if self.risk is not None and dimension in (COST, SCHEDULE):
            amount = (cost_of if dimension == COST else delay_of)(self.risk)
            if amount is not None:
                return self.new.impact_of(dimension, amount.likely, baseline)
        now = self.way.names.get(dimension, dimension)
        middle = _middle(self.old, dimension, level, _units(self.new, now), baseline)
        return None if middle is None else self.new.impact_of(now, middle[0], middle[1])


def clamped(level: int, most: int) -> int:
    """The level, or the nearest there is; as it is in a scale without levels."""
    return min(max(level, 1), most) if most else level


def _units(scale: Scale, dimension: str) -> set[str]:
    return {one.unit for one in scale.levels.get(dimension, ()) if one.limit is not None}


def _middle(
    old: Scale, dimension: str, level: int, units: set[str], baseline: int | None
) -> tuple[float, int | None] | None:
    """The middle of what a level covered, and the baseline to read it with; None where that cannot be compared."""
    levels = {one.level: one for one in old.levels.get(dimension, ())}
    own, below = levels.get(level), levels.get(level - 1)
    known = _units(old, dimension)
    if own is None or len(known) != 1 or not units:
        return None
    least = below.limit if below and below.limit is not None else 0
    middle = (least + own.limit) / 2 if own.limit is not None else least * 1.5
    (unit,) = known
    if units == {unit}:
        return middle, 100 if unit.startswith("%") else baseline
    money = all(one.startswith("%") or one == "currency" for one in (unit, *units))
    if not money or not baseline:
        return None
    return (middle * baseline / 100 if unit.startswith("%") else middle), baseline
