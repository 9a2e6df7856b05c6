"""A scale as one value: bands, levels, table and zones, with the look-ups that scores are made of.

The score is a table to look up and not a product, because the registers in use weigh impact more than likelihood
(JSC-66705 Rev A, figure 4); a product of values is one of the rules a scale can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity
from dmdesk.model import ImpactLevel, LikelihoodBand, PlanDocument, RiskScale, ScoreZone
from dmdesk.model.scales import PRODUCT, TABLE
from dmdesk.reading import PlanData
from dmdesk.values import field, frozen

OVERALL, COST, SCHEDULE = FIRST = ("overall", "cost", "schedule")
"""The dimensions that every scale has, as scores of risks name them."""

MOST_LEVELS = 9
KINDS = ("scale", "band", "impact", "zone")
"""The kinds a scale is made of."""


@frozen
class Band:
    """A likelihood level; probabilities in percent."""

    level: int
    name: str
    least: float
    most: float
    point: float

    @property
    def words(self) -> str:
        """For example “3 · Possible (41–60 %)”."""
        return f"{self.level} · {self.name} ({self.least:g}–{self.most:g} %)"


@frozen
class Level:
    """An impact level of one dimension. ``limit``: the greatest amount in it, None for no limit, in ``unit``."""

    level: int
    name: str
    words: str = ""
    limit: float | None = None
    unit: str = ""
    value: float | None = None


@frozen
class Zone:
    """Scores from ``least`` up to the next zone; ``rank`` counts from 0, the lowest."""

    name: str
    least: float
    colour: str
    mark: str
    rank: int = 0


@frozen
class Scale:
    """A scale to judge risks by. ``table[l][i]`` is the score of likelihood l + 1 and impact i + 1."""

    key: str
    name: str
    source: str
    rule: str
    bands: tuple[Band, ...]
    levels: Mapping[str, tuple[Level, ...]]
    table: tuple[tuple[float, ...], ...]
    zones: tuple[Zone, ...]
    id: str = field(default="", compare=False)
    """The id of its row; "" when it is ready-made and not in the plan."""

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions, the three of every scale first."""
        return (*FIRST, *(name for name in self.levels if name not in FIRST))

    @property
    def height(self) -> int:
        """How many likelihood levels there are."""
        return len(self.bands)

    @cached_property
    def width(self) -> int:
        """How many impact levels there are."""
        return max((one.level for levels in self.levels.values() for one in levels), default=0)

    def band(self, likelihood: int | None) -> Band | None:
        """The band of a likelihood level."""
        return next((one for one in self.bands if one.level == likelihood), None)

    def level(self, dimension: str, impact: int | None) -> Level | None:
        """The level of a dimension; where the scale words only the overall impact, that."""
        of = self.levels.get(dimension) or self.levels.get(OVERALL, ())
        return next((one for one in of if one.level == impact), None)

    def score(self, likelihood: int | None, impact: int | None) -> float | None:
        """The score of a cell; None outside the matrix."""
        if likelihood is None or impact is None:
            return None
        if self.rule == PRODUCT:
            band, level = self.band(likelihood), self.level(OVERALL, impact)
            if band is None or level is None or level.value is None:
                return None
            return round(band.point / 100 * level.value, 6)
        if not 0 < likelihood <= len(self.table) or not 0 < impact <= len(self.table[likelihood - 1]):
            return None
        return self.table[likelihood - 1][impact - 1]

    def zone(self, score: float | None) -> Zone | None:
        """The zone of a score; the lowest one for scores below all."""
        if score is None or not self.zones:
            return None
        return next((one for one in reversed(self.zones) if score >= one.least), self.zones[0])

    def clamped(self, probability: float) -> tuple[Band, bool] | None:
        """The band of a probability in percent, and whether it lay outside all bands and was put into the nearest."""
        if not self.bands:
            return None
        outside = not self.bands[0].least <= probability <= self.bands[-1].most
        return next((one for one in self.bands if probability <= one.most), self.bands[-1]), outside

    def impact_of(self, dimension: str, amount: float, baseline: int | None = None) -> int | None:
        """The level that an amount (currency or months) falls in; None where the scale has no limits for it."""
        levels = self.levels.get(dimension, ())
        if not any(one.limit is not None for one in levels):
            return None
        for one in levels:
            if one.limit is None:
                return one.level
            limit = one.limit
            if one.unit.startswith("%"):
                if not baseline:
                    return None
                limit = one.limit * baseline / 100
            if amount <= limit:
                return one.level
        return levels[-1].level


def parsed(lines: Iterable[str]) -> tuple[tuple[float, ...], ...]:
    """The score table of lines with the highest likelihood first; what is no number is left out."""
    rows = [tuple(float(one) for one in re.findall(r"\d+(?:\.\d+)?", line)) for line in lines]
    return tuple(reversed(rows))


def written(table: Iterable[Iterable[float]]) -> tuple[str, ...]:
    """The lines of a score table, the highest likelihood first."""
    return tuple(reversed([" ".join(map(digits, row)) for row in table]))


def digits(number: float | None) -> str:
    """A number as a field keeps it: plain, with as many decimals as it has; "" for none."""
    if number is None:
        return ""
    text = f"{number:.9f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def of_rows(scale: RiskScale, parts: Iterable[Entity]) -> Scale:
    """The scale that a row and its parts make; parts without a level are left out."""
    bands, zones, levels = [], [], list[tuple[str, Level]]()
    for row in parts:
        if isinstance(row, LikelihoodBand) and (level := level_of(row.level)):
            point = _number(row.point) if row.point else (_number(row.least) + _number(row.most)) / 2
            bands.append(Band(level, row.name, _number(row.least), _number(row.most), point))
        elif isinstance(row, ImpactLevel) and (level := level_of(row.level)):
            limit, value = t.amount(row.limit), t.amount(row.value)
            levels.append((row.dimension, Level(level, row.name, row.words, limit, row.unit, value)))
        elif isinstance(row, ScoreZone):
            zones.append(Zone(row.name, _number(row.least), row.colour, row.mark))
    known = dict.fromkeys([*(one for one in FIRST if one in dict(levels)), *(name for name, _ in levels)])
    return Scale(
        scale.key, scale.name, scale.source, scale.rule or TABLE,
        tuple(sorted(bands, key=lambda one: one.level)),
        {name: tuple(sorted((one for of, one in levels if of == name), key=lambda one: one.level)) for name in known},
        parsed(scale.table), ranked(zones), scale.id,
    )  # fmt: skip


def ranked(zones: Iterable[Zone]) -> tuple[Zone, ...]:
    """Zones in order of their scores, with their ranks."""
    in_order = sorted(zones, key=lambda one: one.least)
    return tuple(Zone(z.name, z.least, z.colour, z.mark, at) for at, z in enumerate(in_order))


def level_of(text: str) -> int:
    """The level that a field says, 0 for none."""
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) <= MOST_LEVELS else 0


def _number(text: str) -> float:
    return float(text or 0)


def scale_of(data: PlanData, id: str = "") -> Scale:
    """The scale of that id, or the one the plan uses; Rubin's where it has chosen none."""
    return data.memo(f"scale {id}", ("plan.scale", *KINDS), lambda: _scale_of(data, id))


def _scale_of(data: PlanData, id: str) -> Scale:
    from dmdesk.risks.ready import READY

    plan = data.plan()
    row = data.get("scale", id or (plan.scale if isinstance(plan, PlanDocument) else ""))
    if not isinstance(row, RiskScale):
        return READY["rubin"]
    parts = [
        part
        for kind in KINDS[1:]
        for part in data.rows(kind).values()
        if isinstance(part, LikelihoodBand | ImpactLevel | ScoreZone) and part.scale == row.id
    ]
    return of_rows(row, sorted(parts, key=lambda part: trees.natural(getattr(part, "level", ""))))
