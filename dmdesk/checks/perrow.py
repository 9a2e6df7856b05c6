"""Per row: what follows from single rows, worked out again only for rows that changed and those near them.

An edit of one row of twenty thousand then costs the look at one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from dmdesk.keeping import Replaced
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData

V = TypeVar("V")

Look = Callable[[Sequence[Entity]], Mapping[str, Sequence[V]]]
"""Looks at rows: what there is to say of them, by id, for those of which there is something."""

Near = Callable[[Replaced], Iterable[str]]
"""The ids of other rows that a replaced row, of whatever kind, has an effect on."""


class _Rows(Generic[V]):
    """What was found in the rows of a kind, and which rows are to be looked at again."""

    def __init__(self, kind: str, fields: Sequence[str], near: Near | None) -> None:
        self._kind, self._fields, self._near = kind, fields, near
        self.again: dict[str, None] | None = None
        self.found: dict[str, Sequence[V]] = {}
        self.all: list[V] = []
        self.setting: Any = None

    def replaced(self, step: Replaced) -> None:
        """Note whom to look at again."""
        if self.again is None:
            return
        if step.kind == self._kind:
            old, new = step.old, step.new
            if (
                old is None
                or new is None
                or any(getattr(old, name) != getattr(new, name) for name in self._fields)
            ):
                self.again[step.id] = None
        if self._near is not None:
            self.again.update(dict.fromkeys(self._near(step)))

    def looked(self, data: PlanData, look: Look[V], setting: Any) -> list[V]:
        """Look at what is due; all there is to say, in the order in which the rows came."""
        rows = data.rows(self._kind)
        if self.again is None or setting != self.setting:
            self.found = dict(look(list(rows.values())))
        else:
            news = look([rows[id] for id in self.again if id in rows])
            if not news and self.found.keys().isdisjoint(self.again):
                self.again = {}
                return self.all
            for id in self.again:
                self.found.pop(id, None)
            self.found.update(news)
            arrival = data.arrival(self._kind)
            self.found = {id: self.found[id] for id in sorted(self.found, key=arrival.__getitem__)}
        self.again, self.setting = {}, setting
        self.all = [one for some in self.found.values() for one in some]
        return self.all


def per_row(
    data: PlanData,
    name: str,
    kind: str,
    fields: Sequence[str],
    look: Look[V],
    near: Near | None = None,
    setting: Any = None,
) -> list[V]:
    """What ``look`` finds in the rows of a kind; asked again of those in which a field of ``fields`` has changed.

    ``near`` names rows to look at again for a change elsewhere; after another ``setting`` all are.
    """
    kept: _Rows[V] = data.kept(f"{name} {kind} {' '.join(fields)}", lambda: _Rows(kind, fields, near))
    return kept.looked(data, look, setting)


def each(find: Callable[[Entity], Iterable[V]]) -> Look[V]:
    """The look that asks rows one by one."""

    def look(rows: Sequence[Entity]) -> dict[str, tuple[V, ...]]:
        return {row.id: found for row in rows if (found := tuple(find(row)))}

    return look
