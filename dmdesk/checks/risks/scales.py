"""Checks of scales: bands without gaps, a table of the right size that rises, zones in order, limits with a base."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dmdesk.changes import put
from dmdesk.checks.finding import ERROR, WARNING, Finding, Fix, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.risks.asking import SCALE
from dmdesk.model import ImpactLevel, LikelihoodBand, PlanDocument, Risk, RiskScale, ScoreZone
from dmdesk.model.scales import PRODUCT
from dmdesk.reading import PlanData
from dmdesk.risks.ready import READY
from dmdesk.risks.scale import KINDS, MOST_LEVELS, OVERALL, Scale, scale_of, written

GAP = 1
"""Percent that may lie between bands written in whole numbers, such as 10–20 and 21–40."""

ORDER = ("very low", "low", "medium", "moderate", "high", "very high", "extreme")
"""Names of zones whose order everybody knows, the lowest first."""


def _scales(data: PlanData) -> Iterator[tuple[RiskScale, Scale]]:
    for row in data.all(RiskScale).values():
        yield row, scale_of(data, row.id)


def _bands(data: PlanData, scale: RiskScale) -> list[LikelihoodBand]:
    """The bands of a scale whose level is one, the lowest first."""
    rows = [
        row for row in data.all(LikelihoodBand).values() if row.scale == scale.id and _is_level(row.level)
    ]
    return sorted(rows, key=lambda row: int(row.level))


def _is_level(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text) <= MOST_LEVELS


@check(
    "scale.level",
    ERROR,
    kinds=(*of("band", "scale", "level"), *of("impact", "scale", "dimension", "level"), "scale.id"),
)
def level(data: PlanData) -> Iterator[Finding]:
    """A band or impact level that is left out, as its level is no number from 1 to 9, or that follows a missing one."""
    for row in data.all(RiskScale).values():
        groups: dict[str, list[LikelihoodBand | ImpactLevel]] = {}
        for band in data.all(LikelihoodBand).values():
            if band.scale == row.id:
                groups.setdefault("", []).append(band)
        for impact in data.all(ImpactLevel).values():
            if impact.scale == row.id:
                groups.setdefault(f"of {impact.dimension}", []).append(impact)
        for rows in groups.values():
            yield from _wrong_levels(rows)


def _wrong_levels(rows: Sequence[LikelihoodBand | ImpactLevel]) -> Iterator[Finding]:
    known = {int(row.level) for row in rows if _is_level(row.level)}
    for row in rows:
        if not _is_level(row.level):
            words = f"Its level “{row.level}” is no number from 1 to {MOST_LEVELS}, so that it is left out."
            yield level.at(row, "level", words)
        elif int(row.level) > 1 and int(row.level) - 1 not in known:
            yield level.at(row, "level", f"It follows level {int(row.level) - 1}, which is missing.")


@check("scale.bands", WARNING, kinds=("scale.id", *of("band", "scale", "level", "least", "most", "point")))
def bands(data: PlanData) -> Iterator[Finding]:
    """Likelihood bands that overlap, leave a gap, are upside down, or do not hold the point that stands for them."""
    for scale in data.all(RiskScale).values():
        rows = _bands(data, scale)
        for row in rows:
            yield from _of_band(row)
        for low, high in pairwise(rows):
            yield from _between(low, high)


def _of_band(row: LikelihoodBand) -> Iterator[Finding]:
    least, most = _number(row.least), _number(row.most)
    if least > most:
        words = f"It goes from {least:g} up to {most:g} %, which is less."
        yield bands.at(
            row, "most", words, [setting(row, "Swap them", "swap", least=row.most, most=row.least)]
        )
    elif row.point and not least <= _number(row.point) <= most:
        words = f"Its point {row.point} % does not lie between {least:g} and {most:g} %."
        yield bands.at(row, "point", words, [setting(row, "Take the middle", "take the middle", point="")])


def _between(low: LikelihoodBand, high: LikelihoodBand) -> Iterator[Finding]:
    end, start = _number(low.most), _number(high.least)
    if start < end:
        words = f"It begins at {start:g} %, below the end of the band under it ({end:g} %)."
    elif start > end + GAP:
        words = f"It begins at {start:g} %, but the band under it ends at {end:g} %; between them is a gap."
    else:
        return
    fixes = [setting(high, f"Let it begin at {end:g} %", "close up", least=low.most)] if low.most else []
    yield bands.at(high, "least", words, fixes)


def _number(text: str) -> float:
    return float(text or 0)


@check("scale.table", ERROR, kinds=("scale", *KINDS[1:3]))
def table(data: PlanData) -> Iterator[Finding]:
    """A score table that has not a line for each likelihood and a score for each impact, or levels without values."""
    for row, scale in _scales(data):
        if not scale.height or not scale.width:
            yield table.at(
                row, "table", "It has no likelihood bands, or no impact levels, so nothing can be scored."
            )
        elif scale.rule == PRODUCT:
            lacking = [one for one in scale.levels.get(OVERALL, ()) if one.value is None]
            if lacking or not scale.levels.get(OVERALL):
                words = "Its score is likelihood × value, but not every overall impact level has a value."
                yield table.at(row, "rule", words)
        else:
            yield from _size(row, scale)


def _size(row: RiskScale, scale: Scale) -> Iterator[Finding]:
    if len(scale.table) == scale.height and all(len(line) == scale.width for line in scale.table):
        return
    has = f"{len(scale.table)} × {max(map(len, scale.table), default=0)}"
    words = f"Its table is {has}, but there are {scale.height} likelihoods × {scale.width} impacts."
    ready = [
        one for one in READY.values() if one.table and (one.height, one.width) == (scale.height, scale.width)
    ]
    ready.sort(key=lambda one: one.key != row.key)
    fixes = [
        setting(row, f"Take the table of {one.name}", f"table of {one.key}", table=written(one.table))
        for one in ready
    ]
    yield table.at(row, "table", words, fixes)


@check("scale.falls", WARNING, kinds=("scale", *KINDS[1:3]))
def falls(data: PlanData) -> Iterator[Finding]:
    """A score that falls where likelihood or impact rises, said once for a scale."""
    for row, scale in _scales(data):
        cell = next(_falling(scale), None)
        if cell:
            (likely, grave), (higher, graver), score, less = cell
            words = (
                f"The score falls from {score:g} to {less:g} between likelihood {likely}, impact {grave} "
                f"and likelihood {higher}, impact {graver}."
            )
            yield falls.at(row, "table", words)


def _falling(scale: Scale) -> Iterator[tuple[tuple[int, int], tuple[int, int], float, float]]:
    for likely in range(1, scale.height + 1):
        for grave in range(1, scale.width + 1):
            score = scale.score(likely, grave)
            for after in ((likely + 1, grave), (likely, grave + 1)):
                then = scale.score(*after)
                if score is not None and then is not None and then < score:
                    yield (likely, grave), after, score, then


@check("scale.zones", WARNING, kinds=("scale", *KINDS[1:]))
def zones(data: PlanData) -> Iterator[Finding]:
    """Zones that begin at one score, in another order than their names say, or above every score; or none at all."""
    for row, scale in _scales(data):
        own = [zone for zone in data.all(ScoreZone).values() if zone.scale == row.id]
        if not own:
            yield zones.at(row, "table", "It has no zones, so that no risk has a level such as high.")
        own.sort(key=lambda zone: _number(zone.least))
        yield from _out_of_order(own)
        for low, high in pairwise(own):
            if _number(low.least) == _number(high.least):
                words = (
                    f"It begins at {_number(high.least):g}, as “{low.name}” does; one of them is never met."
                )
                yield zones.at(high, "least", words)
        yield from _too_high(own, scale)


def _too_high(own: Sequence[ScoreZone], scale: Scale) -> Iterator[Finding]:
    cells = [(row, at) for row in range(1, scale.height + 1) for at in range(1, scale.width + 1)]
    scores = [score for cell in cells if (score := scale.score(*cell)) is not None]
    for zone in own[1:]:
        if scores and _number(zone.least) > max(scores):
            yield zones.at(
                zone, "least", f"It begins above the highest score, {max(scores):g}, so that it is never met."
            )


def _out_of_order(own: Sequence[ScoreZone]) -> Iterator[Finding]:
    """Zones, sorted by where they begin, whose well-known names say another order."""
    known = [zone for zone in own if zone.name.casefold() in ORDER]
    meant = sorted(known, key=lambda zone: ORDER.index(zone.name.casefold()))
    wrong = next((zone for zone, right in zip(known, meant, strict=True) if zone is not right), None)
    if wrong is not None:
        starts = [zone.least for zone in known]
        changes = tuple(put(zone, {"least": least}) for zone, least in zip(meant, starts, strict=True))
        fix = Fix(
            "Put the zones in order", tuple(change for change in changes if change.fields), "put in order"
        )
        names = ", ".join(zone.name for zone in known)
        yield zones.at(wrong, "least", f"By their scores the zones are, from below: {names}.", [fix])


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
