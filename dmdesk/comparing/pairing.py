"""Pairing: which rows of two states are the same thing, also where one of them gave its rows other ids.

First the id, then the key or what rows join, then likeness for those left over. No choice depends on which state is the
old one, so that a comparison and its mirror pair alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dmdesk.comparing.likeness import alike
from dmdesk.kinds import Entity, Kind, changed, kinds
from dmdesk.reading import PlanData

Names = Mapping[str, Mapping[str, str]]
"""Kind → id → the id that the same row has in the other state; rows of equal ids are left out."""


def pairs(old: PlanData, new: PlanData) -> Names:
    """The rows that are the same under other ids: kind → old id → new id."""
    found: dict[str, dict[str, str]] = {}
    every = sorted(kinds(), key=lambda kind: not kind.key)  # what rows join is paired before they are
    for kind in every:
        before, now = old.rows(kind.name), new.rows(kind.name)
        if before.keys() == now.keys():
            continue
        left = [row for row in old.in_order(kind.name) if row.id not in now]
        right = [row for row in new.in_order(kind.name) if row.id not in before]
        if left and right:
            found[kind.name] = _of_kind(kind, left, right, found)
    return {kind: names for kind, names in found.items() if names}


def _of_kind(kind: Kind, left: list[Entity], right: list[Entity], known: Names) -> dict[str, str]:
    """The pairs among the rows of a kind whose ids are in one state only."""
    if kind.single and len(left) == len(right) == 1:
        return {left[0].id: right[0].id}
    made = _by_identity(
        left, right, lambda row: _identity(kind, row, known), lambda row: _identity(kind, row, {})
    )
    gone = set(made.values())
    left = [row for row in left if row.id not in made]
    right = [row for row in right if row.id not in gone]
    return made | alike(kind, left, right, lambda field, value: mapped(value, known.get(field.target, {})))


def _identity(kind: Kind, row: Entity, known: Names) -> tuple[Any, ...]:
    """What tells a row from others, with ids as the other state has them; all empty for rows that say nothing."""
    other = _other_ids(kind, row, known)
    return tuple(other[name] if name in other else getattr(row, name) for name in kind.identity)


def _other_ids(kind: Kind, row: Entity, known: Names) -> dict[str, Any]:
    """The fields of a row that hold ids which are others in the other state, with those."""
    found = {
        field.name: mapped(getattr(row, field.name), known.get(field.target, {})) for field in kind.links
    }
    if kind.name in IDS_AS_TEXT:
        of, id = IDS_AS_TEXT[kind.name]
        found[id] = mapped(getattr(row, id), known.get(getattr(row, of), {}))
    return {name: value for name, value in found.items() if value != getattr(row, name)}


IDS_AS_TEXT = {"acceptance": ("kind", "row")}
"""Kinds that name rows of any kind, and the fields that say of which kind and which."""


def _by_identity(
    left: list[Entity],
    right: list[Entity],
    of_left: Callable[[Entity], Any],
    of_right: Callable[[Entity], Any],
) -> dict[str, str]:
    """Rows of equal identity; where several have it, in the order of the plan."""
    waiting: dict[Any, list[str]] = {}
    for row in right:
        waiting.setdefault(of_right(row), []).append(row.id)
    for rows in waiting.values():
        rows.reverse()
    found = {}
    for row in left:
        own = of_left(row)
        if any(own) and waiting.get(own):
            found[row.id] = waiting[own].pop()
    return found


def mapped(value: Any, names: Mapping[str, str]) -> Any:
    """A link value with the ids of the other state."""
    if not names or not value:
        return value
    if isinstance(value, tuple):
        return tuple(names.get(link, link) for link in value)
    return names.get(value, value)


def aligned(data: PlanData, names: Names) -> PlanData:
    """The plan with the ids of the other state, in rows and links; the plan itself where none is another."""
    if not names:
        return data
    made = PlanData()
    for kind in kinds():
        own = names.get(kind.name, {})
        touched = own or kind.name in IDS_AS_TEXT or any(field.target in names for field in kind.links)
        rows = made.rows(kind.name)
        for id, row in data.rows(kind.name).items():
            new = _other_ids(kind, row, names) if touched else {}
            if id in own:
                new["id"] = own[id]
            rows[own.get(id, id)] = changed(row, new) if new else row
    return made


def turned(names: Names) -> Names:
    """The names the other way round."""
    return {kind: {new: old for old, new in ids.items()} for kind, ids in names.items()}
