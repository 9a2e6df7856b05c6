"""Effects: which risks stand otherwise in one state of a plan than in another, and what names no level of a scale."""

from __future__ import annotations

from dmdesk.model import RiskScore
from dmdesk.reading import PlanData
from dmdesk.risks.book import further, is_open, scored
from dmdesk.risks.scale import COST, OVERALL, SCHEDULE, Scale, scale_of
from dmdesk.values import frozen


@frozen
class Stand:
    """How a risk stands: levels, score and the name of its zone; None and "" for what is missing."""

    likelihood: int | None
    impact: int | None
    score: float | None
    zone: str

    @property
    def words(self) -> str:
        """For example “L4 × I3 · 18 · moderate”."""
        if self.likelihood is None and self.impact is None:
            return "not scored"
        levels = f"L{self.likelihood or '–'} × I{self.impact or '–'}"
        score = "no score" if self.score is None else f"{self.score:g}"
        return " · ".join(filter(None, (levels, score, self.zone)))


def stand(data: PlanData, risk: str) -> Stand:
    """How a risk stands in a plan."""
    judged = scored(data, risk).current
    if judged is None:
        return Stand(None, None, None, "")
    return Stand(judged.likelihood, judged.impact, judged.score, judged.zone.name if judged.zone else "")


@frozen
class Effect:
    """A risk that stands otherwise than before."""

    risk: str
    before: Stand
    now: Stand


def effects(before: PlanData, after: PlanData) -> list[Effect]:
    """The risks that stand otherwise in one state of the plan than in another: the open ones first, then by id."""
    risks = [row for row in after.rows("risk").values() if row.id in before.rows("risk")]
    found = [Effect(row.id, stand(before, row.id), stand(after, row.id)) for row in risks]
    changed = [one for one in found if one.before != one.now]
    keys = {row.id: (not is_open(row), getattr(row, "key", "")) for row in risks}
    return sorted(changed, key=lambda one: keys[one.risk])


def counts(data: PlanData) -> dict[str, int]:
    """How many open risks stand in each zone, the highest first, and at last without one under ""."""
    found = {zone.name: 0 for zone in reversed(scale_of(data).zones)}
    for row in data.rows("risk").values():
        if is_open(row):
            name = stand(data, row.id).zone
            found[name] = found.get(name, 0) + 1
    return found


def orphans(data: PlanData, scale: Scale) -> list[tuple[RiskScore, str, int]]:
    """(score, dimension or "likelihood", level) of all that scores say and a scale does not have."""
    found = []
    for row in data.rows("score").values():
        assert isinstance(row, RiskScore)
        if row.likelihood is not None and scale.band(row.likelihood) is None:
            found.append((row, "likelihood", row.likelihood))
        given = [(OVERALL, row.overall), (COST, row.cost), (SCHEDULE, row.schedule), *further(row.further)]
        for name, level in given:
            if level is not None and not 1 <= level <= scale.width:
                found.append((row, name, level))
    return found
