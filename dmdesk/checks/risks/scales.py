"""Checks of scales: each fault that a scale has, under its code, at the row it belongs to, with its cures.

What is wrong, and its words, are those that the editor of scales says; here is only what no scale knows: its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from dmdesk.changes import put
from dmdesk.checks.finding import ERROR, WARNING, Check, Finding, Fix, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.risks.asking import SCALE
from dmdesk.kinds import Entity, kind_of
from dmdesk.model import ImpactLevel, LikelihoodBand, PlanDocument, Risk, RiskScale, ScoreZone
from dmdesk.reading import PlanData
from dmdesk.risks.ready import READY
from dmdesk.risks.scale import KINDS, MOST_LEVELS, Scale, digits, level_of, scale_of, written
from dmdesk.risks.scale_faults import Fault, by_name, faults, misnamed
from dmdesk.values import frozen

Parts = Mapping[tuple[str, tuple[object, ...]], Sequence[Entity]]
"""The rows of a scale by kind and place, as faults say it; more than one where a level is there twice."""


@frozen
class _Told:
    """A fault of a scale, and the row it belongs to."""

    fault: Fault
    row: Entity
    parts: Parts
    scale: Scale


@check("scale.level", ERROR, kinds=KINDS)
def level(data: PlanData) -> Iterator[Finding]:
    """Levels that are left out, as they are no number from 1 to 9, or that are missing, there twice, or too few.

    Also a dimension that scores cannot name.
    """
    rows: list[LikelihoodBand | ImpactLevel] = [
        *data.all(LikelihoodBand).values(), *data.all(ImpactLevel).values()
    ]  # fmt: skip
    for row in rows:
        if data.get("scale", row.scale) and not level_of(row.level):
            words = f"Its level “{row.level}” is no number from 1 to {MOST_LEVELS}, so that it is left out."
            yield level.at(row, "level", words)
    yield from _findings(level, data)


@check("scale.bands", WARNING, kinds=KINDS)
def bands(data: PlanData) -> Iterator[Finding]:
    """Likelihood bands that overlap, leave a gap, are upside down, or do not hold the point that stands for them."""
    yield from _findings(bands, data)


@check("scale.limits", WARNING, kinds=KINDS)
def limits(data: PlanData) -> Iterator[Finding]:
    """Limits of impact levels that do not rise, have no unit or several, or that a level below the highest lacks."""
    yield from _findings(limits, data)


@check("scale.table", ERROR, kinds=KINDS)
def table(data: PlanData) -> Iterator[Finding]:
    """A score table that has not a line for each likelihood and a score for each impact, or values that do not rise.

    Values that are missing are found too, where scores are products.
    """
    yield from _findings(table, data)


@check("scale.falls", WARNING, kinds=KINDS)
def falls(data: PlanData) -> Iterator[Finding]:
    """A score that falls where likelihood or impact rises, said once for a scale."""
    yield from _findings(falls, data)


@check("scale.zones", WARNING, kinds=KINDS)
def zones(data: PlanData) -> Iterator[Finding]:
    """Zones in another order than their names say, with a start, name or pattern that another has, or no zones at all.

    Also zones that no score is in, and scores below them all.
    """
    yield from _findings(zones, data)


def _findings(check: Check, data: PlanData) -> Iterator[Finding]:
    """The faults under the code of a check; of those of a score table, which often come by the dozen, the first."""
    tables: set[str] = set()
    for one in data.memo("scale faults", KINDS, lambda: list(_told(data))):
        if _code(one.fault) != check.code or _told_elsewhere(data, one):
            continue
        if one.fault.part == "scale":
            if one.row.id in tables:
                continue
            tables.add(one.row.id)
        yield check.at(one.row, _field(one), one.fault.words, _fixes(one))


def _code(fault: Fault) -> str:
    if fault.part == "scale":
        return "scale.table" if fault.grave else "scale.falls"
    if fault.part == "zone":
        return "scale.zones"
    if fault.field in ("limit", "unit"):
        return "scale.limits"
    if fault.field == "value":
        return "scale.table"
    return "scale.bands" if fault.field in ("least", "most", "point") else "scale.level"


def _field(one: _Told) -> str:
    return "table" if isinstance(one.row, RiskScale) else one.fault.field or "level"


def _told_elsewhere(data: PlanData, one: _Told) -> bool:
    """Whether it is a field that is empty, or a row for the same as another, of which all kinds have checks."""
    kind, field = kind_of(one.row), _field(one)
    if kind[field].required and not getattr(one.row, field):
        return True
    same = attrgetter(*kind.identity)
    twins = (row for row in data.rows(kind.name).values() if row is not one.row)
    return field in kind.identity and any(same(row) == same(one.row) for row in twins)


# -- rows


def _told(data: PlanData) -> Iterator[_Told]:
    for row in data.all(RiskScale).values():
        scale, parts = scale_of(data, row.id), _parts(data, row)
        for fault in faults(scale):
            yield _Told(fault, _row(parts, fault) or row, parts, scale)


def _parts(data: PlanData, scale: RiskScale) -> Parts:
    found: dict[tuple[str, tuple[object, ...]], list[Entity]] = {}
    for band in data.all(LikelihoodBand).values():
        if band.scale == scale.id and (number := level_of(band.level)):
            found.setdefault(("band", (number,)), []).append(band)
    for impact in data.all(ImpactLevel).values():
        if impact.scale == scale.id and (number := level_of(impact.level)):
            found.setdefault(("impact", (impact.dimension, number)), []).append(impact)
    own = [zone for zone in data.all(ScoreZone).values() if zone.scale == scale.id]
    for place, zone in enumerate(sorted(own, key=lambda zone: float(zone.least or 0))):
        found["zone", (place,)] = [zone]
    return found


def _row(parts: Parts, fault: Fault) -> Entity | None:
    """The row at the place of a fault; for a missing level, or a dimension as a whole, the first above it."""
    if not fault.at:
        return None
    beside = (at for kind, at in parts if kind == fault.part and at[:-1] == fault.at[:-1])
    above = [at for at in beside if _number(at) >= _number(fault.at)]
    return parts[fault.part, min(above, key=_number)][-1] if above else None


def _number(at: Sequence[object]) -> int:
    return int(str(at[-1]))


# -- cures


def _fixes(one: _Told) -> list[Fix]:
    if isinstance(one.row, LikelihoodBand):
        return _of_band(one, one.row)
    if isinstance(one.row, ScoreZone) and one.fault in misnamed(one.scale.zones):
        return [_in_order(one)]
    if isinstance(one.row, RiskScale) and one.fault.part == "scale" and one.fault.grave:
        return _tables(one, one.row)
    return []


def _of_band(one: _Told, row: LikelihoodBand) -> list[Fix]:
    """None where the level is there twice, so that the fault may be the other's."""
    level, field = level_of(row.level), one.fault.field
    if len(one.parts["band", (level,)]) > 1:
        return []
    if field == "most" and float(row.least or 0) > float(row.most or 0):
        return [setting(row, "Swap them", "swap", least=row.most, most=row.least)]
    if field == "point":
        return [setting(row, "Take the middle", "take the middle", point="")]
    if field == "least":
        end = next(band.most for band in reversed(one.scale.bands) if band.level < level)
        if 0 < end < float(row.most or 0):
            return [setting(row, f"Let it begin at {end:g} %", "close up", least=digits(end))]
    return []


def _tables(one: _Told, row: RiskScale) -> list[Fix]:
    """The tables of ready scales that have the size of this one, first that of the scale it was made from."""
    size = one.scale.height, one.scale.width
    fitting = [ready for ready in READY.values() if ready.table and (ready.height, ready.width) == size]
    fitting.sort(key=lambda ready: ready.key != row.key)
    return [
        setting(row, f"Take the table of {ready.name}", f"table of {ready.key}", table=written(ready.table))
        for ready in fitting
    ]


def _in_order(one: _Told) -> Fix:
    """The zones keep their starts, dealt out in the order that their names say."""
    places = {id(zone): place for place, zone in enumerate(one.scale.zones)}
    found = (one.parts["zone", (places[id(zone)],)][0] for zone in by_name(one.scale.zones))
    rows = [row for row in found if isinstance(row, ScoreZone)]
    starts = sorted((row.least for row in rows), key=lambda least: float(least or 0))
    changes = (put(row, {"least": least}) for row, least in zip(rows, starts, strict=True))
    return Fix("Put the zones in order", tuple(change for change in changes if change.fields), "put in order")


# -- the baseline


@check(
    "scale.no-baseline", WARNING, kinds=("plan", *SCALE, *of("risk", "cost_min", "cost_likely", "cost_max"))
)
def no_baseline(data: PlanData) -> Iterator[Finding]:
    """The scale has limits in percent of the cost baseline, risks have costs, but the plan gives no baseline."""
    plan, scale = data.plan(), scale_of(data)
    if not isinstance(plan, PlanDocument) or plan.cost_baseline:
        return
    limited = any(
        one.limit is not None and one.unit.startswith("%") for of in scale.levels.values() for one in of
    )
    if limited and any(row.cost_likely or row.cost_max or row.cost_min for row in data.all(Risk).values()):
        words = f"The scale “{scale.name}” has limits in percent of the cost baseline; give the plan one."
        yield no_baseline.at(plan, "cost_baseline", words)
