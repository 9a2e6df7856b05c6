"""Touched: which rows look different after changes: those changed, those that link to them, those that inherit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dmdesk.changes import Change
from dmdesk.kinds import Kind, kind_of, kinds
from dmdesk.reading import PlanData

Below = Callable[[str], Iterable[str]]
"""Gives the ids of all rows below one."""


def touched(data: PlanData, kind: Kind, changes: Iterable[Change], below: Below) -> set[str]:
    """The ids of the rows of a kind that may look different now."""
    found = set[str]()
    inherited = {field.name for field in kind.fields if field.inherits}
    passed_on = {kind.parent, *inherited} if inherited else set()
    for change in changes:
        if change.kind == kind.name:
            found.add(change.id)
            if not passed_on.isdisjoint(change.fields):
                found.update(below(change.id))
        changed = kinds()[change.kind]
        if not {changed.title, *changed.identity}.isdisjoint(change.fields):
            for source, field in data.incoming(change.id):
                if kind_of(source) is kind:
                    found.add(source.id)
                    found.update(below(source.id) if field in inherited else ())
    return found
