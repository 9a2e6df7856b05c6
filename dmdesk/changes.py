"""Changes: what happens to one row, as plain data that can be inverted, stored, compared and shown.

Undo, redo, history, comparison, import, quick fixes and previews are all lists of these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dmdesk import types as t
from dmdesk.errors import Conflict
from dmdesk.kinds import Entity, Kind, changed, kind_of, kinds
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

ADD, SET, DROP = "add", "set", "drop"


@frozen
class Change:
    """One row added, set or dropped.

    ``fields`` maps a field to its (old, new) values: all that are not empty for an add or a drop,
    those that differ for a set.
    """

    op: str
    kind: str
    id: str
    fields: Mapping[str, tuple[Any, Any]]

    def inverse(self) -> Change:
        """The change that takes this one back."""
        op = {ADD: DROP, DROP: ADD, SET: SET}[self.op]
        return Change(op, self.kind, self.id, {name: (new, old) for name, (old, new) in self.fields.items()})

    def to_json(self) -> str:
        """The fields as the history keeps them."""
        return json.dumps(self.fields, ensure_ascii=False, separators=(",", ":"))


def from_json(op: str, kind: str, id: str, text: str) -> Change:
    """A change as the history kept it."""
    fields = {name: (_value(old), _value(new)) for name, (old, new) in json.loads(text).items()}
    return Change(op, kind, id, fields)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def add(row: Entity) -> Change:
    """The change that adds a row."""
    kind = kind_of(row)
    return Change(ADD, kind.name, row.id, {n: (e, v) for n, e, v in _filled(kind, row)})


def drop(row: Entity) -> Change:
    """The change that drops a row, and only that row (see ``drop_all``)."""
    kind = kind_of(row)
    return Change(DROP, kind.name, row.id, {n: (v, e) for n, e, v in _filled(kind, row)})


def _filled(kind: Kind, row: Entity) -> Iterator[tuple[str, Any, Any]]:
    for field, value in zip(kind.fields, kind.values(row)[1:], strict=True):
        if value != field.type.empty:
            yield field.name, field.type.empty, value


def put(row: Entity, values: Mapping[str, Any]) -> Change:
    """The change that sets some fields of a row; fields that stay the same are left out.

    Raises:
        KeyError: a field is not the kind's.
        BadValue: a value does not fit its field.
    """
    kind = kind_of(row)
    fields = {}
    for name, value in values.items():
        new, old = kind[name].type.clean(value), getattr(row, name)
        if new != old:
            fields[name] = (old, new)
    return Change(SET, kind.name, row.id, fields)


def inverse(changes: Iterable[Change]) -> list[Change]:
    """The changes that take the given ones back, in the order to apply them."""
    return [change.inverse() for change in reversed(list(changes))]


def applied(row: Entity | None, change: Change) -> Entity | None:
    """The row after the change; None after a drop.

    Raises:
        Conflict: the row, or one of its old values, is not what the change was made against.
    """
    kind = kinds()[change.kind]
    if change.op == ADD:
        if row is not None:
            raise Conflict(f"This {kind.label.lower()} is in the plan already; nothing was changed.")
        return kind.make({name: new for name, (_, new) in change.fields.items()}, change.id)
    if row is None:
        raise Conflict(f"This {kind.label.lower()} is no longer in the plan; nothing was changed.")
    if change.op == DROP:
        expected = kind.make({name: old for name, (old, _) in change.fields.items()}, change.id)
        if expected != row:
            raise Conflict(f"The {kind.label.lower()} has changed meanwhile; nothing was changed.")
        return None
    for name, (old, _) in change.fields.items():
        if getattr(row, name) != old:
            label = kind[name].label
            raise Conflict(
                f"“{label}” of this {kind.label.lower()} has changed meanwhile; nothing was changed."
            )
    return changed(row, {name: kind[name].type.clean(new) for name, (_, new) in change.fields.items()})


def drop_all(data: PlanData, rows: Iterable[Entity]) -> list[Change]:
    """The changes that drop the rows with all that goes along.

    Rows below them in their tree and rows that are part of them are dropped; links to any of those are cleared.
    """
    doomed: dict[str, Entity] = {}
    todo = list(rows)
    while todo:
        row = todo.pop()
        if row.id in doomed:
            continue
        doomed[row.id] = row
        for source, field in data.incoming(row.id):
            kind = kind_of(source)
            if field == kind.parent or kind[field].part:
                todo.append(source)
    cleared: dict[str, tuple[Entity, dict[str, Any]]] = {}
    for id in doomed:
        for source, field in data.incoming(id):
            if source.id not in doomed:
                _, values = cleared.setdefault(source.id, (source, {}))
                now = values.get(field, getattr(source, field))
                values[field] = without(now, id)
    order = {kind.name: place for place, kind in enumerate(kinds())}
    drops = sorted(doomed.values(), key=lambda row: order[kind_of(row).name])
    return [put(row, values) for row, values in cleared.values()] + [drop(row) for row in drops]


def without(value: Any, id: str) -> Any:
    """A link value without one of its links."""
    if isinstance(value, tuple):
        return tuple(link for link in value if link != id)
    return "" if value == id else value


def difference(then: PlanData, now: PlanData) -> list[Change]:
    """The changes that lead from one state of a plan to another, kind by kind; rows are matched by id."""
    found: list[Change] = []
    for kind in kinds():
        old, new = then.rows(kind.name), now.rows(kind.name)
        found += [drop(row) for id, row in old.items() if id not in new]
        for id, row in new.items():
            before = old.get(id)
            if before is None:
                found.append(add(row))
            elif before != row:
                found.append(put(before, dict(zip(_names(kind), kind.values(row)[1:], strict=True))))
    return found


def _names(kind: Kind) -> tuple[str, ...]:
    return tuple(field.name for field in kind.fields)


def links_in(change: Change) -> Iterator[tuple[str, str, str]]:
    """(field, target kind, id) of every link that the change sets."""
    kind = kinds()[change.kind]
    for field in kind.links:
        if field.name in change.fields:
            for link in t.links_of(field.type, change.fields[field.name][1]):
                yield field.name, field.target, link
