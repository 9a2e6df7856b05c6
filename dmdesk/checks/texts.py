"""Texts: what a search finds in the fields of a kind, searched again only where a text has changed.

Rows are immutable, so a text that is the same object as at the last search still holds the same; an edit of one row of
ten thousand then costs the search of one text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import TypeVar

from dmdesk import types as t
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData

R = TypeVar("R")

Text = str | tuple[str, ...]
Scan = Callable[[Iterable[tuple[str, Text]]], Mapping[str, R]]
"""Searches texts, given with the ids of their rows; the ids of those where something is found, with what it is."""


def searched(
    data: PlanData, name: str, kind: Kind, types: Collection[t.ValueType], scan: Scan[R]
) -> Iterator[tuple[Entity, str, R]]:
    """(row, field, what was found) for the fields of these types; ``name`` tells this search from others."""
    rows = data.rows(kind.name)
    for field in kind.fields:
        if field.type not in types or field.name == "url":
            continue
        held, found = data.memo(f"kept {name} {kind.name} {field.name}", (), lambda: _nothing_yet(scan))
        get = attrgetter(field.name)
        fresh = [(id, value) for id, row in rows.items() if (value := get(row)) and held.get(id) is not value]
        if fresh:
            for id, _ in fresh:
                found.pop(id, None)
            found.update(scan(fresh))
            held.update(fresh)
        for id, what in found.items():
            row = rows.get(id)
            if row is not None and get(row) is held[id]:
                yield row, field.name, what


def _nothing_yet(_: Scan[R]) -> tuple[dict[str, Text], dict[str, R]]:
    return {}, {}


def joined(value: Text) -> str:
    """A field's text as one, a list's items a line each."""
    return "\n".join(value) if isinstance(value, tuple) else value
