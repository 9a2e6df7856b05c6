"""Computed fields: what follows from a row and others, asked for like a field in filters, columns and lists.

They are declared beside the rules they follow, typed like fields and never stored, so that nothing can disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from dmdesk.kinds import Entity, Field, Kind
from dmdesk.reading import PlanData
from dmdesk.registry import Registry
from dmdesk.types import ValueType
from dmdesk.values import frozen

FAMILIES = {"risk": ("dmdesk.risks.fields",), "rfc": ("dmdesk.control.fields",)}
"""Kind → the modules that declare its computed fields; loaded when that kind is asked of."""

Value = Callable[[PlanData, Any], Any]


@frozen
class Computed:
    """A field that is worked out. ``value`` gives a value of ``field.type``; ``of`` names the kinds it is made of."""

    kind: str
    field: Field
    of: tuple[str, ...]
    value: Value

    @property
    def name(self) -> str:
        """``kind.field``: unique among all computed fields."""
        return f"{self.kind}.{self.field.name}"


COMPUTED: Registry[Computed] = Registry("computed field")


def computed(
    kind: str, name: str, label: str, type: ValueType, of: tuple[str, ...]
) -> Callable[[Value], Value]:
    """Declare the decorated function of the plan and a row as a computed field; its docstring is the field's help."""

    def declare(value: Value) -> Value:
        help_text = " ".join((value.__doc__ or "").split())
        COMPUTED.add(Computed(kind, Field(name, label, type, help_text), of, value))
        return value

    return declare


@cache
def computed_of(kind: str) -> dict[str, Computed]:
    """The computed fields of a kind by name."""
    for family in FAMILIES.get(kind, ()):
        import_module(family)
    return {one.field.name: one for one in COMPUTED if one.kind == kind}


@cache
def asked_of(kind: Kind) -> Kind:
    """The kind as filters may ask of it: with its computed fields after its own."""
    more = computed_of(kind.name)
    if not more:
        return kind
    fields = (*kind.fields, *(one.field for one in more.values()))
    return Kind(
        kind.name, kind.label, kind.plural, kind.help, kind.cls, fields, kind.title, kind.identity, kind.parent,
        kind.order, kind.single,
    )  # fmt: skip


def value_of(data: PlanData, row: Entity, kind: str, field: str) -> Any:
    """The value of a field of a row, computed or its own."""
    more = computed_of(kind)
    return more[field].value(data, row) if field in more else getattr(row, field)
