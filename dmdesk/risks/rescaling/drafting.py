"""Drafts of scales: a scale as it is being edited, and where its levels came from, so that scores can follow them.

Every edit makes another draft; nothing touches a plan. What an edit adds is filled with what keeps the scale whole
(a band cut in two, scores like those beside them), so that a new level never begins as an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from dmdesk.model.scales import PATTERNS, PRODUCT
from dmdesk.risks.scale import FIRST, MOST_LEVELS, OVERALL, Band, Level, Scale, Zone
from dmdesk.risks.scale_faults import LEAST_LEVELS
from dmdesk.values import frozen, replace

T = TypeVar("T")


@frozen
class Draft:
    """An edited scale. ``likelihoods`` and ``impacts`` say which level of the scale it began as each level was, 0 for
    new ones; ``names`` the dimensions that have another name now, by the former.
    """

    scale: Scale
    likelihoods: tuple[int, ...]
    impacts: tuple[int, ...]
    names: Mapping[str, str]

    @property
    def moved(self) -> bool:
        """Whether levels came, went or changed places."""
        return any(list(one) != list(range(1, len(one) + 1)) for one in (self.likelihoods, self.impacts))


def begun(scale: Scale) -> Draft:
    """The draft of a scale with nothing edited yet."""
    return Draft(scale, tuple(band.level for band in scale.bands), tuple(range(1, scale.width + 1)), {})


def with_scale(draft: Draft, **values: Any) -> Draft:
    """Other values for the scale as a whole: key, name, source, rule."""
    scale = replace(draft.scale, **values)
    if scale.rule == PRODUCT and draft.scale.rule != PRODUCT:
        scale = _valued(scale)
    elif scale.rule != PRODUCT and draft.scale.rule == PRODUCT:
        scale = replace(scale, table=_tabled(draft.scale))
    return replace(draft, scale=scale)


def _valued(scale: Scale) -> Scale:
    """The scale with a value for every overall level: 0.05 for the slightest, doubled at each step up to it."""
    levels = tuple(
        one if one.value is not None else replace(one, value=round(0.8 / 2 ** (scale.width - one.level), 6))
        for one in scale.levels.get(OVERALL, ())
    )
    return replace(scale, levels={**scale.levels, OVERALL: levels})


def _tabled(scale: Scale) -> tuple[tuple[float, ...], ...]:
    """The table that says the same as the product did; a table that is there already stays."""
    if len(scale.table) == scale.height and all(len(row) == scale.width for row in scale.table):
        return scale.table
    wide = range(1, scale.width + 1)
    return tuple(tuple(scale.score(band.level, i) or 0 for i in wide) for band in scale.bands)


# -- likelihood


def set_band(draft: Draft, level: int, **values: Any) -> Draft:
    """Other values for a band."""
    bands = tuple(replace(one, **values) if one.level == level else one for one in draft.scale.bands)
    return replace(draft, scale=replace(draft.scale, bands=bands))


def add_band(draft: Draft, after: int) -> Draft:
    """A likelihood level above another, cut from it or from what is free above the highest."""
    scale = draft.scale
    if not scale.bands:
        return _banded(draft, (Band(1, "Low", 0, 50, 25), Band(2, "High", 50, 100, 75)), scale.table, (0, 0))
    if scale.height >= MOST_LEVELS or not 1 <= after <= scale.height:
        return draft
    below, rest = scale.bands[after - 1], scale.bands[after:]
    if not rest and below.most < 100:
        first, new = below, Band(0, "", below.most, 100, round((below.most + 100) / 2, 6))
    else:
        middle = round((below.least + below.most) / 2, 6)
        first = _centred(replace(below, most=middle))
        new = _centred(Band(0, "", middle, below.most, 0))
    bands = (
        *scale.bands[: after - 1],
        first,
        replace(new, name=_fresh("New", [b.name for b in scale.bands])),
        *rest,
    )
    table = _with(scale.table, after, lambda row: row)
    return _banded(draft, bands, table, (*draft.likelihoods[:after], 0, *draft.likelihoods[after:]))


def drop_band(draft: Draft, level: int) -> Draft:
    """A likelihood level less; the one below it, or else the one above, takes over its probabilities."""
    scale = draft.scale
    if scale.height <= LEAST_LEVELS or not 1 <= level <= scale.height:
        return draft
    gone, bands = scale.bands[level - 1], list(scale.bands)
    del bands[level - 1]
    if level > 1:
        bands[level - 2] = _centred(replace(bands[level - 2], most=max(gone.most, bands[level - 2].most)))
    else:
        bands[0] = _centred(replace(bands[0], least=min(gone.least, bands[0].least)))
    table = tuple(row for at, row in enumerate(scale.table, 1) if at != level)
    return _banded(draft, bands, table, _without(draft.likelihoods, level))


def _centred(band: Band) -> Band:
    """The band with its point in the middle where it would lie outside."""
    inside = band.least <= band.point <= band.most
    return band if inside else replace(band, point=round((band.least + band.most) / 2, 6))


def _banded(
    draft: Draft, bands: Sequence[Band], table: tuple[tuple[float, ...], ...], origins: tuple[int, ...]
) -> Draft:
    numbered = tuple(replace(band, level=at) for at, band in enumerate(bands, 1))
    return replace(draft, scale=replace(draft.scale, bands=numbered, table=table), likelihoods=origins)


# -- impact


def set_level(draft: Draft, dimension: str, level: int, **values: Any) -> Draft:
    """Other values for an impact level of one dimension."""
    levels = tuple(
        replace(one, **values) if one.level == level else one for one in draft.scale.levels[dimension]
    )
    return _levelled(draft, {**draft.scale.levels, dimension: levels})


def _levelled(draft: Draft, levels: Mapping[str, tuple[Level, ...]]) -> Draft:
    return replace(draft, scale=replace(draft.scale, levels=levels))


def add_level(draft: Draft, after: int) -> Draft:
    """An impact level above another, in every dimension."""
    scale = draft.scale
    if not scale.width:
        first = {OVERALL: (Level(1, "Low"), Level(2, "High"))}
        return replace(draft, scale=replace(scale, levels=first), impacts=(0, 0))
    if scale.width >= MOST_LEVELS or not 1 <= after <= scale.width:
        return draft
    name = _fresh("New", [one.name for one in scale.levels.get(OVERALL, ())])
    levels = {of: _inserted(some, after, name) for of, some in scale.levels.items()}
    table = tuple(_with(row, after, lambda score: score) for row in scale.table)
    origins = (*draft.impacts[:after], 0, *draft.impacts[after:])
    return replace(draft, scale=replace(scale, levels=levels, table=table), impacts=origins)


def _inserted(levels: tuple[Level, ...], after: int, name: str) -> tuple[Level, ...]:
    if len(levels) < after:
        return levels
    below, rest = levels[after - 1], levels[after:]
    above = rest[0] if rest else None
    limit, first = _between(below.limit, above.limit if above else None), below
    if above is None and below.limit is None and any(one.limit is not None for one in levels):
        first, limit = (
            replace(below, limit=(levels[after - 2].limit or 1) * 2, unit=levels[after - 2].unit),
            None,
        )
    new = Level(
        0,
        name,
        "",
        limit,
        below.unit if limit is not None else "",
        _between(below.value, above.value if above else None),
    )
    made = (*levels[: after - 1], first, new, *rest)
    return tuple(replace(one, level=at) for at, one in enumerate(made, 1))


def _between(low: float | None, high: float | None) -> float | None:
    """A number between two, or twice the lower where there is no higher; None without a lower."""
    if low is None:
        return None
    return round((low + high) / 2, 6) if high is not None else low * 2 or 1


def drop_level(draft: Draft, level: int) -> Draft:
    """An impact level less, in every dimension."""
    scale = draft.scale
    if scale.width <= LEAST_LEVELS or not 1 <= level <= scale.width:
        return draft
    levels = {
        of: tuple(replace(one, level=at) for at, one in enumerate((x for x in some if x.level != level), 1))
        for of, some in scale.levels.items()
    }
    table = tuple(_without(row, level) for row in scale.table)
    return replace(
        draft, scale=replace(scale, levels=levels, table=table), impacts=_without(draft.impacts, level)
    )


def add_dimension(draft: Draft, name: str) -> Draft:
    """Levels of a dimension of their own, named as the overall ones."""
    if not name or name in draft.scale.levels:
        return draft
    own = tuple(Level(one.level, one.name) for one in draft.scale.levels.get(OVERALL, ()))
    levels = {**draft.scale.levels, name: own}
    order = [*(one for one in FIRST if one in levels), *(one for one in levels if one not in FIRST)]
    return _levelled(draft, {one: levels[one] for one in order})


def drop_dimension(draft: Draft, name: str) -> Draft:
    """A dimension less; scores keep what was judged in it."""
    names = {before: now for before, now in draft.names.items() if now != name}
    levels = {of: some for of, some in draft.scale.levels.items() if of != name}
    return replace(_levelled(draft, levels), names=names)


def name_dimension(draft: Draft, name: str, now: str) -> Draft:
    """Another name for a dimension; those that every scale has keep theirs."""
    if name in FIRST or name == now or now in draft.scale.levels:
        return draft
    levels = {now if of == name else of: some for of, some in draft.scale.levels.items()}
    before = next((old for old, new in draft.names.items() if new == name), name)
    names = {**draft.names, before: now}
    if before == now:
        del names[before]
    return replace(_levelled(draft, levels), names=names)


# -- scores and zones


def set_score(draft: Draft, likelihood: int, impact: int, score: float) -> Draft:
    """Another score for a cell; a table that is too small grows to the size of the scale."""
    scale = draft.scale
    rows = [
        [*(scale.table[l][: scale.width] if l < len(scale.table) else ())]
        for l in range(scale.height)  # noqa: E741
    ]
    for row in rows:
        row += [0.0] * (scale.width - len(row))
    rows[likelihood - 1][impact - 1] = score
    return replace(draft, scale=replace(scale, table=tuple(map(tuple, rows))))


def set_zone(draft: Draft, place: int, **values: Any) -> Draft:
    """Other values for the zone at a place, from 0."""
    zones = tuple(replace(one, **values) if at == place else one for at, one in enumerate(draft.scale.zones))
    return _zoned(draft, zones)


def add_zone(draft: Draft, after: int, colour: str) -> Draft:
    """A zone above another, with a pattern that no other has."""
    zones = draft.scale.zones
    if len(zones) >= MOST_LEVELS:
        return draft
    below, above = zones[after] if zones else None, zones[after + 1] if after + 1 < len(zones) else None
    least = _between(below.least, above.least if above else None) if below else 0
    mark = next((one for one in PATTERNS if one not in {zone.mark or "none" for zone in zones}), PATTERNS[-1])
    new = Zone(_fresh("new", [zone.name for zone in zones]), least or 0, colour, mark)
    if below and above is None:
        top = max((score for row in draft.scale.table for score in row), default=0)
        new = replace(new, least=round((below.least + top) / 2, 6) if top > below.least else below.least + 1)
    return _zoned(draft, (*zones[: after + 1], new, *zones[after + 1 :]))


def drop_zone(draft: Draft, place: int) -> Draft:
    """A zone less; the last one stays."""
    if len(draft.scale.zones) < 2:
        return draft
    return _zoned(draft, tuple(zone for at, zone in enumerate(draft.scale.zones) if at != place))


def _zoned(draft: Draft, zones: Sequence[Zone]) -> Draft:
    ranked = tuple(replace(zone, rank=at) for at, zone in enumerate(zones))
    return replace(draft, scale=replace(draft.scale, zones=ranked))


# -- what is shared


def _with(items: tuple[T, ...], after: int, like: Callable[[T], T]) -> tuple[T, ...]:
    """The items with one more after that place, like the one there."""
    return (*items[:after], like(items[after - 1]), *items[after:]) if 0 < after <= len(items) else items


def _without(items: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (*items[: place - 1], *items[place:])


def _fresh(word: str, taken: Sequence[str]) -> str:
    """A word that is not taken yet, with a number where it is."""
    free = (word if at == 1 else f"{word} {at}" for at in range(1, len(taken) + 2))
    return next(one for one in free if one not in taken)
