"""Scope: which rows of a plan belong to a WBS element, an institution or a person, to read a part of a comparison.

To a WBS element belong those below it and what names one of them; to an institution its people, teams, hosted roles,
the elements it leads, and what names one of those; to a person what they own, manage or hold. Parts go with what they
are part of. What is inherited counts as if it were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmdesk import trees
from dmdesk import types as t
from dmdesk.comparing import outline
from dmdesk.comparing.items import Comparison, Item
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Field, kind_of, kinds
from dmdesk.reading import PlanData

At = tuple[str, str]
"""(kind, id) of a row."""

PRESENCE = frozenset({"watchers", "present", "people"})
"""Links that say who was there or is told, and not whose something is."""

SCOPES = {"wbs": "WBS element", "institution": "institution", "person": "person"}
"""What a scope can be, by kind, and how it is called."""


def within_scope(comparison: Comparison, kind: str, key: str) -> Comparison:
    """What of a comparison belongs to a row, in either state. A key means what it means now, or else what it meant.

    Raises:
        PlanError: there is no such row in either.
    """
    states = (comparison.new, comparison.old)
    row = next((row for data in states if (row := data.find(kind, key)) is not None), None)
    if row is None:
        raise PlanError(f"There is no {SCOPES[kind]} “{key}” in either plan.")
    found: set[At] = set()
    for data in states:
        there = data.get(kind, row.id)
        if there is not None:
            found |= belonging(data, there)

    def keep(item: Item) -> Item | None:
        return item if (item.kind, item.id) in found else None

    return comparison.kept(keep)


def belonging(data: PlanData, row: Entity) -> set[At]:
    """The rows that belong to a WBS element, an institution or a person, itself included."""
    kind = kind_of(row).name
    if kind == "wbs":
        core = _elements(data, [row.id])
    elif kind == "institution":
        core = _of_institution(data, row.id)
    else:
        core = _of_person(data, row.id)
    found = core | _naming(data, core if kind != "person" else {(kind, row.id)})
    if kind != "person":
        found |= _products_below(data, found)
    return _with_parts(data, found)


def _elements(data: PlanData, ids: Iterable[str]) -> set[At]:
    children = data.children_ids("wbs")
    found = set(ids)
    for id in list(found):
        found.update(trees.below(children, id))
    return {("wbs", id) for id in found}


def _of_institution(data: PlanData, id: str) -> set[At]:
    """The institution with its people, teams and roles, and the WBS elements that it leads, by inheritance too."""
    found: set[At] = {("institution", id)}
    for kind in ("person", "team", "role"):
        found |= {(kind, row.id) for row in data.rows(kind).values() if getattr(row, "institution") == id}  # noqa: B009
    led = [row for row in data.rows("wbs").values() if id in trees.inherited(data, row, "institutions")[0]]
    return found | {("wbs", row.id) for row in led}


def _of_person(data: PlanData, id: str) -> set[At]:
    """The person, the roles they hold, and what is theirs by inheritance."""
    found: set[At] = {("person", id)}
    for row in data.rows("appointment").values():
        if getattr(row, "person") == id:  # noqa: B009
            found |= {("appointment", row.id), ("role", getattr(row, "role"))}  # noqa: B009
    for kind in kinds():
        for field in kind.fields:
            if field.inherits and field.target == "person":
                rows = data.rows(kind.name).values()
                found |= {
                    (kind.name, row.id)
                    for row in rows
                    if id in _links(trees.inherited(data, row, field.name)[0])
                }
    return found


def _naming(data: PlanData, core: set[At]) -> set[At]:
    """The rows that name one of these as theirs: their WBS element, team, owner, manager, department …"""
    found: set[At] = set()
    for kind in kinds():
        fields = [field for field in kind.links if _says_whose(kind.name, field.target, field.name)]
        for row in data.rows(kind.name).values() if fields else ():
            if any(at in core for field in fields for at in _named(data, field, row)):
                found.add((kind.name, row.id))
    return found


def _named(data: PlanData, field: Field, row: Entity) -> Iterator[At]:
    """The rows that a field names; a WBS code without an element stands for the nearest one above it."""
    for link in _links(getattr(row, field.name)):
        typed = t.unresolved(link)
        if typed and field.target == "wbs":
            link = trees.finest(data.by_key("wbs"), typed)
        if link:
            yield field.target, link


def _says_whose(kind: str, target: str, field: str) -> bool:
    if field == kinds()[kind].parent or field in PRESENCE:
        return False
    return target in ("wbs", "team", "person", "institution")


def _products_below(data: PlanData, found: set[At]) -> set[At]:
    """The products below those found that name no work of their own."""
    children, rows = data.children("product"), data.rows("product")
    more: set[At] = set()
    todo = [id for kind, id in found if kind == "product"]
    while todo:
        for row in children.get(todo.pop(), ()):
            at = ("product", row.id)
            if at not in found and at not in more and not getattr(rows[row.id], "wbs"):  # noqa: B009
                more.add(at)
                todo.append(row.id)
    return more


def _with_parts(data: PlanData, found: set[At]) -> set[At]:
    """The rows with those that are part of them."""
    parts = set()
    for kind in kinds():
        if outline.owner_field(kind):
            for row in data.rows(kind.name).values():
                if outline.owner_of(row) in found:
                    parts.add((kind.name, row.id))
    return found | parts


def _links(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
