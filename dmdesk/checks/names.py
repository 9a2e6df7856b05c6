"""Checks of names: two things of one kind should not be called the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, check
from dmdesk.kinds import Entity, kinds
from dmdesk.model import WbsElement
from dmdesk.reading import PlanData

KINDS = ("product", "role", "group", "document")


@check("name.twice", WARNING, kinds=(*KINDS, "wbs"))
def name_twice(data: PlanData) -> Iterator[Finding]:
    """Two products, roles, groups or documents, or two WBS elements side by side, have the same name."""
    for kind in KINDS:
        yield from _same(name_twice, data, kind, (("", row) for row in data.rows(kind).values()))
    yield from _same(name_twice, data, "wbs", ((row.parent, row) for row in data.all(WbsElement).values()))


@check("name.repeated", NOTE, kinds=("wbs",))
def name_repeated(data: PlanData) -> Iterator[Finding]:
    """WBS elements in different branches have the same name; usual for management, worth a look elsewhere."""
    first: dict[str, WbsElement] = {}
    for row in data.all(WbsElement).values():
        name = _folded(row.name)
        if name and first.setdefault(name, row).parent != row.parent:
            yield name_repeated.at(
                row, "name", f"“{row.name}” is the name of {data.key(first[name])} as well."
            )


def _same(check: Check, data: PlanData, kind: str, rows: Iterable[tuple[str, Entity]]) -> Iterator[Finding]:
    title = kinds()[kind].title
    get = attrgetter(title)
    first: dict[tuple[str, str], Entity] = {}
    for place, row in rows:
        name = _folded(get(row))
        if name and first.setdefault((place, name), row) is not row:
            other = data.key(first[place, name])
            yield check.at(row, title, f"“{get(row)}” is the name of {other or 'another one'} as well.")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
