"""Texts: what a search finds in the fields of a kind, searched again only where a text has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from dmdesk import types as t
from dmdesk.checks.finding import of
from dmdesk.checks.perrow import per_row
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData

R = TypeVar("R")

Text = str | tuple[str, ...]
Scan = Callable[[Iterable[tuple[str, Text]]], Mapping[str, R]]
"""Searches texts, given with the ids of their rows; the ids of those where something is found, with what it is."""


@cache
def fields_of(kind: Kind, types: tuple[t.ValueType, ...]) -> tuple[str, ...]:
    """The names of a kind's fields of these types that hold words of people, which addresses are not."""
    return tuple(field.name for field in kind.fields if field.type in types and field.name != "url")


def read_of(kind: Kind, types: tuple[t.ValueType, ...]) -> tuple[str, ...]:
    """Those fields with the kind's name, as checks name what they depend on."""
    return of(kind.name, *fields_of(kind, types))


def searched(
    data: PlanData, name: str, kind: Kind, types: tuple[t.ValueType, ...], scan: Scan[R], setting: Any = None
) -> Iterator[tuple[Entity, str, R]]:
    """(row, field, what was found) for the fields of these types, in the order in which rows came.

    ``name`` tells this search from others; all is searched anew after another ``setting``.
    """
    rows = data.rows(kind.name)
    for field in fields_of(kind, types):
        get = attrgetter(field)

        def look(
            some: Sequence[Entity], get: Callable[[Entity], Text] = get
        ) -> dict[str, list[tuple[str, R]]]:
            found = scan([(row.id, value) for row in some if (value := get(row))])
            return {id: [(id, what)] for id, what in found.items()}

        for id, what in per_row(data, name, kind.name, (field,), look, setting=setting):
            yield rows[id], field, what


def joined(value: Text) -> str:
    """A field's text as one, a list's items a line each."""
    return "\n".join(value) if isinstance(value, tuple) else value
