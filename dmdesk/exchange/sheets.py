"""Sheets: the rows of a kind as a sheet of a spreadsheet, computed fields and all, with numbers and days as such."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk import types as t
from dmdesk.computed import asked_of, value_of
from dmdesk.exchange.xlsx import DAY, NUMBER, TEXT, WHOLE, Cell, Column, Sheet
from dmdesk.kinds import Entity, Field, Kind
from dmdesk.reading import PlanData


def sheet_of(data: PlanData, kind: Kind, rows: Iterable[Entity], name: str = "") -> Sheet:
    """The sheet of some rows of a kind: a column for each field, links by the titles of their rows."""
    fields = fields_of(kind)
    cells = [
        [cell(data, field, value_of(data, row, kind.name, field.name)) for field in fields] for row in rows
    ]
    return Sheet(name or kind.plural, [Column(field.label, holds(field)) for field in fields], cells)


def fields_of(kind: Kind) -> list[Field]:
    """The fields of a kind that say something outside of dmdesk, its computed ones last."""
    return [field for field in asked_of(kind).fields if field.type is not t.RANK]


def holds(field: Field) -> str:
    """What a column for the field holds."""
    if field.type is t.DAY:
        return DAY
    if isinstance(field.type, t.Count_):
        return WHOLE
    return NUMBER if isinstance(field.type, t.Number_) else TEXT


def number(value: Any) -> int | float | None:
    """The number that a value of a numeric field stands for, whole ones without a point; None for nothing."""
    found = t.amount(value)
    return found if found is None or not found.is_integer() else int(found)


def cell(data: PlanData, field: Field, value: Any) -> Cell:
    """A value as a cell: several texts a line each, words in place of a link with the mark of such."""
    if value == field.type.empty:
        return None
    if field.target:
        links = value if isinstance(value, tuple) else (value,)
        return "\n".join(link if t.unresolved(link) else data.link(field.target, link) for link in links)
    if isinstance(field.type, t.Count_ | t.Number_):
        return number(value)
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value) if field.type is t.DAY else str(field.type.show(value))
