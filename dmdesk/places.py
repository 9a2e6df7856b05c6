"""Places: where rows stand among their siblings, and the ranks and keys of rows that come to stand there.

Dragging, adding, pasting and importing must find the same room for a new row, so all of them ask here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData


def ranked(kind: Kind) -> bool:
    """Whether rows of the kind have an order that people give them."""
    return bool(kind.order) and kind[kind.order].type is t.RANK


def above(data: PlanData, kind: Kind, row: Entity) -> str:
    """The id of the row above; "" at the top, also when what is named there is not in the plan."""
    parent = str(getattr(row, kind.parent)) if kind.parent else ""
    return parent if parent in data.rows(kind.name) else ""


def siblings(data: PlanData, kind: Kind, parent: str) -> list[Entity]:
    """The rows below one ("" for the top), in order."""
    rows = data.rows(kind.name)
    if not kind.parent:
        return trees.ordered(rows.values())
    if parent:
        return trees.ordered(row for row in rows.values() if getattr(row, kind.parent) == parent)
    return trees.ordered(row for row in rows.values() if getattr(row, kind.parent) not in rows)


def room(kind: Kind, beside: Sequence[Entity], at: int, number: int) -> tuple[list[str], list[Change]]:
    """Ranks for so many rows at a place among their siblings, and the changes that make room where there is none."""
    if not ranked(kind) or not number:
        return [""] * number, []
    order = [str(getattr(row, kind.order)) for row in beside]
    before, after = order[at - 1] if at else "", order[at] if at < len(order) else ""
    first = trees.rank_between(before, after)
    found = [first] if number == 1 else [first + rank for rank in trees.ranks(number)]
    if first <= before or (at < len(order) and found[-1] >= after) or (at and not before):
        return _anew(kind, beside, at, number)
    return found, []


def _anew(kind: Kind, beside: Sequence[Entity], at: int, number: int) -> tuple[list[str], list[Change]]:
    """New ranks for all, where those there leave no room."""
    fresh = trees.ranks(len(beside) + number)
    kept = fresh[:at] + fresh[at + number :]
    changes = [put(row, {kind.order: rank}) for row, rank in zip(beside, kept, strict=True)]
    return fresh[at : at + number], changes


def begun(data: PlanData, kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values given for a new row, with what rows of its kind begin with: a risk with an id, a type and a state."""
    if kind.name == "risk":
        from dmdesk.risks import due, states

        return {**values, **states.begun(data, values, due.today())}
    return dict(values)


def next_key(taken: Container[str], like: str) -> str:
    """A key that is not taken, counted on from a neighbour's: 1.02C.03 → 1.02C.04, HEADER → HEADER-1."""
    hit = re.fullmatch(r"(.*?)([0-9]+)([^0-9]*)", like)
    stem, number, tail = hit.groups() if hit else (f"{like}-" if like else "NEW-", "1", "")
    wide, count = len(number), int(number) + (1 if hit else 0)
    while (key := f"{stem}{count:0{wide}d}{tail}") in taken:
        count += 1
    return key
