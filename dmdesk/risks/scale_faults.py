"""What is wrong with a scale, sentence by sentence, each with its place; checks and the scale editor both ask here.

A *grave* fault leaves a score, a probability or an amount without one answer, so that a scale with it is not taken; the
others are remarks on what people will stumble over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dmdesk.model.scales import PRODUCT
from dmdesk.risks.scale import MOST_LEVELS, OVERALL, Level, Scale, Zone
from dmdesk.values import frozen

LEAST_LEVELS = 2
STEP = 1.0
"""Bands in whole percent leave so much between them (10–20, 21–40); more is a gap."""

ORDER = ("very low", "low", "medium", "moderate", "high", "very high", "extreme")
"""Names of zones whose order everybody knows, the lowest first."""


@frozen
class Fault:
    """A sentence, and where: ``part`` is the kind of row ("scale" for the table and what concerns the whole).

    ``at`` is the level of a band, (dimension, level) of an impact level, the place from 0 of a zone, (likelihood,
    impact) of a cell of the table, or () for none of them; ``field`` is that of the row.
    """

    words: str
    part: str
    at: tuple[object, ...] = ()
    field: str = ""
    grave: bool = True


def faults(scale: Scale) -> list[Fault]:
    """All that is wrong with a scale, in the order in which it is read."""
    return [*_bands(scale), *_dimensions(scale), *_table(scale), *_zones(scale)]


def grave(scale: Scale) -> list[Fault]:
    """The faults with which a scale cannot be judged by."""
    return [fault for fault in faults(scale) if fault.grave]


# -- likelihood


def _bands(scale: Scale) -> Iterator[Fault]:
    numbers = [band.level for band in scale.bands]
    yield from _numbered("likelihood", numbers, "band", ())
    for band in scale.bands:
        at = (band.level,)
        if not band.name.strip():
            yield Fault(f"Likelihood {band.level} has no name; give it one.", "band", at, "name")
        if band.least >= band.most:
            yield Fault(
                f"Likelihood {band.level} goes from {_percent(band.least)} to {_percent(band.most)}; "
                "it must end above where it begins.", "band", at, "most",
            )  # fmt: skip
        elif not band.least <= band.point <= band.most:
            yield Fault(
                f"The point of likelihood {band.level}, {_percent(band.point)}, is outside "
                f"{band.least:g}–{_percent(band.most)}.", "band", at, "point",
            )  # fmt: skip
    for lower, upper in pairwise(scale.bands):
        yield from _between(lower.level, lower.most, upper.level, upper.least)


def _between(lower: int, most: float, upper: int, least: float) -> Iterator[Fault]:
    if least < most:
        yield Fault(
            f"Likelihood {upper} begins at {_percent(least)}, within likelihood {lower}, "
            f"which ends at {_percent(most)}.",
            "band", (upper,), "least",
        )  # fmt: skip
    elif least - most > STEP:
        yield Fault(
            f"Between likelihood {lower} and {upper} there is a gap from {most:g} to {_percent(least)}.",
            "band", (upper,), "least", grave=False,
        )  # fmt: skip


def _percent(number: float) -> str:
    return f"{number:g} %"


# -- impact


def _dimensions(scale: Scale) -> Iterator[Fault]:
    if OVERALL not in scale.levels:
        yield Fault("The scale has no levels of overall impact; every scale needs them.", "impact")
    known: set[str] = set()
    for name, levels in scale.levels.items():
        at = (name, 0)
        if not name.strip():
            yield Fault("A dimension of impact has no name; give it one.", "impact", at, "dimension")
        elif any(sign in name for sign in ":="):
            yield Fault(
                f"The dimension “{name}” has a colon or an equals sign in its name; leave it out.",
                "impact", at, "dimension",
            )  # fmt: skip
        if name.strip().casefold() in known:
            yield Fault(f"The dimension “{name}” is there twice.", "impact", at, "dimension")
        known.add(name.strip().casefold())
        yield from _levels(scale, name, levels)


def _levels(scale: Scale, name: str, levels: Sequence[Level]) -> Iterator[Fault]:
    numbers = [level.level for level in levels]
    yield from _numbered(f"{name} impact", numbers, "impact", (name,))
    if len(levels) != scale.width and numbers == list(range(1, len(levels) + 1)):
        yield Fault(
            f"The dimension “{name}” has {len(levels)} levels where others have {scale.width}.",
            "impact",
            (name, 0),
        )
    for level in levels:
        if not level.name.strip():
            words = f"Level {level.level} of {name} impact has no name; give it one."
            yield Fault(words, "impact", (name, level.level), "name")
    yield from _limits(name, levels)
    if scale.rule == PRODUCT and name == OVERALL:
        yield from _values(name, levels)


def _limits(name: str, levels: Sequence[Level]) -> Iterator[Fault]:
    limited = [level for level in levels if level.limit is not None]
    for level in levels[:-1]:
        if limited and level.limit is None:
            words = f"Level {level.level} of {name} impact has no limit; only the highest may be without one."
            yield Fault(words, "impact", (name, level.level), "limit")
    for level in limited:
        if not level.unit:
            words = f"The limit of level {level.level} of {name} impact has no unit; choose one."
            yield Fault(words, "impact", (name, level.level), "unit")
        elif level.unit != limited[0].unit:
            units = f"“{limited[0].unit}” and “{level.unit}”"
            words = f"The limits of {name} impact count {units}; use one unit for all of them."
            yield Fault(words, "impact", (name, level.level), "unit")
    yield from _rising(name, "limit", [(level.level, level.limit) for level in levels])


def _values(name: str, levels: Sequence[Level]) -> Iterator[Fault]:
    for level in levels:
        if level.value is None:
            words = f"Level {level.level} of {name} impact has no value to multiply by."
            yield Fault(words, "impact", (name, level.level), "value")
    yield from _rising(name, "value", [(level.level, level.value) for level in levels])


def _rising(name: str, what: str, numbers: Sequence[tuple[int, float | None]]) -> Iterator[Fault]:
    known = [(level, number) for level, number in numbers if number is not None]
    for (_, before), (level, number) in pairwise(known):
        if number <= before:
            yield Fault(
                f"The {what} of level {level} of {name} impact, {number:g}, is not above {before:g}, "
                "that of the level below.",
                "impact", (name, level), what,
            )  # fmt: skip


def _numbered(name: str, numbers: Sequence[int], part: str, of: tuple[object, ...]) -> Iterator[Fault]:
    """Levels count from 1 without a hole, and there are 2 to 9 of them."""
    if len(set(numbers)) != len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        yield Fault(
            f"Level {twice} of {name} is there {numbers.count(twice)} times.", part, (*of, twice), "level"
        )
    elif list(numbers) != list(range(1, len(numbers) + 1)):
        missing = next(one for one in range(1, max(numbers) + 1) if one not in numbers)
        yield Fault(
            f"Level {missing} of {name} is missing; levels count from 1.", part, (*of, missing), "level"
        )
    if not LEAST_LEVELS <= len(numbers) <= MOST_LEVELS:
        words = f"There are {len(numbers)} levels of {name}; a scale has {LEAST_LEVELS} to {MOST_LEVELS}."
        yield Fault(words, part, (*of, 0) if of else ())


# -- scores


def _table(scale: Scale) -> Iterator[Fault]:
    if scale.rule == PRODUCT:
        return
    if len(scale.table) != scale.height:
        words = f"The score table has {len(scale.table)} lines for {scale.height} levels of likelihood."
        yield Fault(words, "scale", (), "table")
    for likelihood, row in enumerate(scale.table, 1):
        if len(row) != scale.width:
            words = f"Likelihood {likelihood} has {len(row)} scores for {scale.width} levels of impact."
            yield Fault(words, "scale", (likelihood, 0), "table")
    yield from _falling(scale)


def _falling(scale: Scale) -> Iterator[Fault]:
    """Cells whose score is less than that of a lower likelihood or impact."""
    for l, row in enumerate(scale.table):  # noqa: E741
        for i, score in enumerate(row):
            beside = [row[i - 1]] if i else []
            below = [scale.table[l - 1][i]] if l and i < len(scale.table[l - 1]) else []
            more = max([*beside, *below], default=score)
            if score < more:
                yield Fault(
                    f"Likelihood {l + 1} × impact {i + 1} scores {score:g}, "
                    f"less than {more:g} at a lower level beside it.",
                    "scale", (l + 1, i + 1), "table", grave=False,
                )  # fmt: skip


def scores(scale: Scale) -> list[float]:
    """The scores of all cells that have one."""
    cells = ((l, i) for l in range(1, scale.height + 1) for i in range(1, scale.width + 1))  # noqa: E741
    return [score for cell in cells if (score := scale.score(*cell)) is not None]


def _zones(scale: Scale) -> Iterator[Fault]:
    if not scale.zones:
        yield Fault("The scale has no zones; add one, so that scores have a name and a colour.", "zone")
        return
    yield from _zone_names(scale.zones)
    disorder = [*_starts(scale.zones), *misnamed(scale.zones)]
    yield from disorder
    if not disorder:
        yield from _unmet(scale)


def _starts(zones: Sequence[Zone]) -> Iterator[Fault]:
    for place, (lower, upper) in enumerate(pairwise(zones), 1):
        if upper.least <= lower.least:
            where = f"not above {lower.least:g}, where “{lower.name}” begins"
            if upper.least == lower.least:
                where = f"as “{lower.name}” does; one of them is never met"
            yield Fault(f"Zone “{upper.name}” begins at {upper.least:g}, {where}.", "zone", (place,), "least")


def misnamed(zones: Sequence[Zone]) -> Iterator[Fault]:
    """The first zone that stands where another belongs by the names whose order everybody knows."""
    known = [(place, zone) for place, zone in enumerate(zones) if zone.name.casefold() in ORDER]
    for (place, zone), right in zip(known, by_name(zones), strict=True):
        if zone is not right:
            words = f"By their scores the zones are, from below: {', '.join(one.name for _, one in known)}."
            yield Fault(words, "zone", (place,), "least", grave=False)
            return


def by_name(zones: Iterable[Zone]) -> list[Zone]:
    """The zones whose names say an order that everybody knows, in that order."""
    known = [zone for zone in zones if zone.name.casefold() in ORDER]
    return sorted(known, key=lambda zone: ORDER.index(zone.name.casefold()))


def _unmet(scale: Scale) -> Iterator[Fault]:
    """Scores below every zone, and zones that no score is in."""
    known = scores(scale)
    first = scale.zones[0]
    if known and min(known) < first.least:
        words = f"Scores from {min(known):g} lie below every zone; they count as “{first.name}”, from {first.least:g}."
        yield Fault(words, "zone", (0,), "least", grave=False)
    reached = {zone.least for score in known if (zone := scale.zone(score))}
    for place, zone in enumerate(scale.zones):
        if known and zone.least not in reached:
            words = f"No cell of the scale lies in zone “{zone.name}”."
            yield Fault(words, "zone", (place,), "least", grave=False)


def _zone_names(zones: Sequence[Zone]) -> Iterator[Fault]:
    known: set[str] = set()
    marks: dict[str, str] = {}
    for place, zone in enumerate(zones):
        if not zone.name.strip():
            yield Fault(f"The zone from {zone.least:g} has no name; give it one.", "zone", (place,), "name")
        elif zone.name.strip().casefold() in known:
            yield Fault(f"The zone “{zone.name}” is there twice.", "zone", (place,), "name")
        known.add(zone.name.strip().casefold())
        mark = zone.mark or "none"
        if mark in marks:
            words = f"Zones “{marks[mark]}” and “{zone.name}” have the same pattern, and cannot be told apart in grey."
            yield Fault(words, "zone", (place,), "mark", grave=False)
        marks.setdefault(mark, zone.name)
