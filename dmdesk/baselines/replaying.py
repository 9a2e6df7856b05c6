"""Following the history from a sealed state, however it was tampered with, to say where it leads and what does not fit.

The plan itself refuses a change whose old value no longer stands; here such a change is made all the same and noted,
since the question is what somebody else did to the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import changed, kinds
from dmdesk.reading import PlanData
from dmdesk.types import BadValue
from dmdesk.values import frozen


@frozen
class Misfit:
    """A change of the history that does not fit what was before it: ``field`` was ``found``, not ``told``."""

    change: Change
    field: str
    told: Any
    found: Any


def follow(data: PlanData, changes: Iterable[Change]) -> Iterator[Misfit]:
    """Make the changes in the plan that is given, whatever stands there; what did not fit is given."""
    for change in changes:
        if change.kind not in kinds():
            continue
        row = data.get(change.kind, change.id)
        yield from _misfits(data, change)
        kind = kinds()[change.kind]
        news = {name: new for name, (_, new) in change.fields.items() if name in kind}
        try:
            if change.op == c.ADD:
                data.replace(change.kind, change.id, kind.make(news, change.id))
            elif change.op == c.DROP:
                data.replace(change.kind, change.id, None)
            elif row is not None:
                cleaned = {name: kind[name].type.clean(new) for name, new in news.items()}
                data.replace(change.kind, change.id, changed(row, cleaned))
        except BadValue:
            yield Misfit(change, "", "", "")


def _misfits(data: PlanData, change: Change) -> Iterator[Misfit]:
    row, kind = data.get(change.kind, change.id), kinds()[change.kind]
    if (row is None) != (change.op == c.ADD):
        yield Misfit(change, "", "", "")
    elif row is not None:
        for name, (old, _) in change.fields.items():
            if name in kind and getattr(row, name) != old:
                yield Misfit(change, name, old, getattr(row, name))


def back(data: PlanData, changes: Iterable[Change]) -> PlanData | None:
    """The plan before the changes, or None where they do not lead there."""
    before = data.copy()
    try:
        fits = not any(True for _ in follow(before, c.inverse(changes)))
    except (PlanError, KeyError):
        return None
    return before if fits else None
