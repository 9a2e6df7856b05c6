"""Moves and new places: which changes put rows elsewhere in a tree or list, and what the step is called.

Dragging, the keyboard and the commands must do exactly the same, so all three ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmdesk import trees
from dmdesk.changes import Change, put
from dmdesk.kinds import Entity, Field, Kind, kind_of
from dmdesk.places import above, ranked, room, siblings
from dmdesk.reading import PlanData


def title_of(data: PlanData, row: Entity, field: Field) -> str:
    """The name of the step that sets one field of a row."""
    kind = kind_of(row)
    name = short(data.title(row))
    if field.name == kind.title:
        return f"Rename {kind.label.lower()} {name}"
    return f"Change {field.label.lower()} of {name}"


def short(words: str, longest: int = 60) -> str:
    """Words short enough for the name of a step."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def several(data: PlanData, rows: Sequence[Entity]) -> str:
    """What a step calls the rows it is about."""
    if len(rows) == 1:
        return short(data.title(rows[0]))
    kind = kind_of(rows[0])
    return f"{len(rows)} {kind.plural.lower()}"


def moved(
    data: PlanData, kind: Kind, rows: Iterable[Entity], parent: str, before: str
) -> tuple[str, list[Change]]:
    """The step's name and the changes that put rows below a parent, before one of its rows ("" for the end)."""
    going = {row.id: row for row in rows}
    tops = [row for row in going.values() if not _inside(data, kind, row, going)]
    if not tops:
        return "", []
    if parent in going or (parent and _inside(data, kind, data.rows(kind.name)[parent], going)):
        return "", []
    beside = [row for row in siblings(data, kind, parent) if row.id not in going]
    at = next((at for at, row in enumerate(beside) if row.id == before), len(beside))
    if _there(data, kind, tops, parent, beside, at):
        return "", []
    ranks, changes = room(kind, beside, at, len(tops))
    for row, rank in zip(tops, ranks, strict=True):
        values = {kind.order: rank} if ranked(kind) else {}
        if kind.parent and above(data, kind, row) != parent:
            values[kind.parent] = parent
        changes.append(put(row, values))
    return _title(data, kind, tops, parent), [change for change in changes if change.fields]


def _inside(data: PlanData, kind: Kind, row: Entity, going: dict[str, Entity]) -> bool:
    if not kind.parent:
        return False
    return any(up.id in going for up in trees.ancestors(data.rows(kind.name), row.id, kind.parent))


def _there(
    data: PlanData, kind: Kind, tops: list[Entity], parent: str, beside: list[Entity], at: int
) -> bool:
    """Whether the rows stand there already."""
    if any(above(data, kind, row) != parent for row in tops):
        return False
    wanted = [row.id for row in (*beside[:at], *tops, *beside[at:])]
    return not ranked(kind) or wanted == [row.id for row in siblings(data, kind, parent)]


def _title(data: PlanData, kind: Kind, rows: list[Entity], parent: str) -> str:
    names = several(data, rows)
    if all(above(data, kind, row) == parent for row in rows):
        return f"Move {names}"
    return (
        f"Move {names} below {short(data.title(data.rows(kind.name)[parent]))}"
        if parent
        else f"Move {names} to the top"
    )
