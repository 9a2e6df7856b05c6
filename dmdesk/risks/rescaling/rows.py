"""The rows of a scale: the changes that make them say what a draft says, that copy a scale, and that put it to use.

Each level keeps its row wherever it moves, so that the history of a plan tells what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dmdesk.changes import Change, add, drop_all, put
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.model import ImpactLevel, LikelihoodBand, PlanDocument, RiskScale, ScoreZone
from dmdesk.reading import PlanData
from dmdesk.risks.ready import rows_of
from dmdesk.risks.rescaling.drafting import Draft
from dmdesk.risks.scale import KINDS, Scale, digits, level_of, written
from dmdesk.values import replace


def rewritten(data: PlanData, draft: Draft) -> list[Change]:
    """The changes after which the rows of a scale of the plan read as the draft; each level keeps its row."""
    scale, row = draft.scale, data.get("scale", draft.scale.id)
    if not isinstance(row, RiskScale):
        return []
    values = {"key": scale.key, "name": scale.name, "source": scale.source, "rule": scale.rule}
    table = {"table": written(scale.table)} if scale.table else {}
    parts = {kind: _parts(data, kind, scale.id) for kind in KINDS[1:]}
    found = [put(row, {**values, **table})]
    spare: list[Entity] = []
    for kind, wanted in (
        ("band", _bands(draft)),
        ("impact", _impacts(draft)),
        ("zone", _zones(draft, parts["zone"])),
    ):
        held = parts[kind]
        for at, own in wanted:
            part = held.pop(at, None)
            found.append(put(part, own) if part else add(kinds()[kind].make({"scale": scale.id, **own})))
        spare += held.values()
    return [change for change in found if change.fields] + drop_all(data, spare)


def _parts(data: PlanData, kind: str, scale: str) -> dict[tuple[object, ...], Entity]:
    """The rows of a scale by what tells them apart; what says no level is left alone, as when the scale is read."""
    found: dict[tuple[object, ...], Entity] = {}
    for part in data.rows(kind).values():
        if not isinstance(part, LikelihoodBand | ImpactLevel | ScoreZone) or part.scale != scale:
            continue
        at: tuple[object, ...] = (part.name,)
        if not isinstance(part, ScoreZone):
            level = level_of(part.level)
            if not level:
                continue
            at = (level,) if isinstance(part, LikelihoodBand) else (part.dimension, level)
        found[at if at not in found else (*at, part.id)] = part
    return found


def _bands(draft: Draft) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    for band, was in zip(draft.scale.bands, draft.likelihoods, strict=True):
        yield (was,), {
            "level": str(band.level), "name": band.name, "least": digits(band.least), "most": digits(band.most),
            "point": digits(band.point),
        }  # fmt: skip


def _impacts(draft: Draft) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    former = {now: before for before, now in draft.names.items()}
    for dimension, levels in draft.scale.levels.items():
        for level in levels:
            was = draft.impacts[level.level - 1] if level.level <= len(draft.impacts) else 0
            yield (former.get(dimension, dimension), was), {
                "dimension": dimension, "level": str(level.level), "name": level.name, "words": level.words,
                "limit": digits(level.limit), "unit": level.unit, "value": digits(level.value),
            }  # fmt: skip


def _zones(
    draft: Draft, held: Mapping[tuple[object, ...], Entity]
) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    """Zones by name; one with a new name takes the row of one whose name is gone."""
    names = {(zone.name,) for zone in draft.scale.zones}
    free = [at for at in held if at not in names]
    for zone in draft.scale.zones:
        at: tuple[object, ...] = (zone.name,)
        if at not in held and free:
            at = free.pop(0)
        yield at, {"name": zone.name, "least": digits(zone.least), "colour": zone.colour, "mark": zone.mark}


def copied(data: PlanData, scale: Scale, name: str = "") -> list[Change]:
    """The changes that add a copy of a scale to the plan, under a key that is free; the first adds the scale's row."""
    key = scale.key or "scale"
    keys = (key if at == 1 else f"{key}-{at}" for at in range(1, len(data.rows("scale")) + 2))
    rows = rows_of(
        replace(
            scale, key=next(one for one in keys if data.find("scale", one) is None), name=name or scale.name
        )
    )
    if any(data.get(kind, row.id) for row in rows for kind in KINDS):
        first = _fresh(rows[0])
        rows = [first, *(_fresh(part, scale=first.id) for part in rows[1:])]
    return [add(row) for row in rows]


def _fresh(row: Entity, **values: str) -> Entity:
    """The same row under an id of its own."""
    kind = kind_of(row)
    return kind.make({field.name: getattr(row, field.name) for field in kind.fields} | values)


def used(data: PlanData, scale: Scale) -> list[Change]:
    """The changes after which the plan judges by a scale, which is added where the plan does not have it."""
    made = [] if scale.id else copied(data, scale)
    plan = data.plan()
    if not isinstance(plan, PlanDocument):
        return made
    return [*made, *(one for one in [put(plan, {"scale": scale.id or made[0].id})] if one.fields)]
