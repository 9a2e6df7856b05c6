"""Values and changes in words: links by the titles of their rows, never by ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dmdesk import changes as c
from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.cli.output import cell, number
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.reading import PlanData

VALUE = 70
"""Characters of an old or new value that a line about a change shows."""


def plain(data: PlanData, field: Field, value: Any) -> Any:
    """A value as JSON has it: links by title, unresolved words marked, several as a list; pictures in words."""
    if not field.type.typed:
        return field.type.show(value)
    if not field.target:
        return list(value) if isinstance(value, tuple) else value
    if isinstance(value, tuple):
        return [_link(data, field, link) for link in value]
    return _link(data, field, value) if value else ""


def _link(data: PlanData, field: Field, link: str) -> str:
    return link if t.unresolved(link) else data.link(field.target, link)


def shown(data: PlanData, field: Field, value: Any) -> str:
    """A value as text: several texts a line each, "" for nothing."""
    if value == field.type.empty:
        return ""
    return "\n".join(plain(data, field, value)) if isinstance(value, tuple) else str(_one(data, field, value))


def _one(data: PlanData, field: Field, value: Any) -> str:
    return str(plain(data, field, value)) if field.target else str(field.type.show(value))


def brief(data: PlanData, field: Field, value: Any) -> str:
    """A value on one line, for a line about a change."""
    text = shown(data, field, value)
    return cell(text.replace("\n", "; "), VALUE) or "(nothing)"


def row_of(change: Change, *datas: PlanData) -> Entity:
    """The row a change is about, as the first of the states knows it, or as it was added or dropped."""
    for data in datas:
        row = data.get(change.kind, change.id)
        if row is not None:
            return row
    side, kind = 1 if change.op == c.ADD else 0, kinds()[change.kind]
    return kind.make({name: pair[side] for name, pair in change.fields.items() if name in kind}, change.id)


def _field(kind: Kind, name: str) -> Field:
    """The field; one that an older schema had is shown by its name, for the history keeps it."""
    return kind[name] if name in kind else Field(name, name, t.LINE)


def name_of(data: PlanData, row: Entity) -> str:
    """Key and title of a row, on one line."""
    title = data.title(row)
    key = data.key(row) if kind_of(row).key else ""
    return cell(f"{key} “{title}”" if key and key != title else title, 0)


OPS = {c.ADD: "added", c.SET: "changed", c.DROP: "removed"}


def lines(changes: Iterable[Change], before: PlanData, after: PlanData) -> Iterator[str]:
    """Changes in words, by kind and row: ``field: old → new``; ``before`` names the old values, ``after`` the new."""
    now = ""
    for change in changes:
        kind = kinds()[change.kind]
        if change.kind != now:
            now = change.kind
            yield kind.plural
        home = after if change.op != c.DROP else before
        yield f"  {OPS[change.op]}: {name_of(home, row_of(change, home, before))}"
        for name, (old, new) in change.fields.items():
            field = _field(kind, name)
            if change.op == c.SET:
                yield f"    {field.label}: {brief(before, field, old)} → {brief(after, field, new)}"
            elif name not in (kind.key, kind.title):
                yield f"    {field.label}: {brief(home, field, new if change.op == c.ADD else old)}"


def counts(changes: Iterable[Change]) -> list[list[str]]:
    """A line for each kind with the numbers of rows added, changed and removed."""
    found: dict[str, dict[str, int]] = {}
    for change in changes:
        tally = found.setdefault(change.kind, dict.fromkeys(OPS, 0))
        tally[change.op] += 1
    return [[kinds()[kind].plural, *(f"{tally[op]:,}" for op in OPS)] for kind, tally in found.items()]


def summary(changes: list[Change]) -> str:
    """“3 changes: 1 added, 2 changed”."""
    tally = {op: sum(change.op == op for change in changes) for op in OPS}
    parts = ", ".join(f"{count:,} {OPS[op]}" for op, count in tally.items() if count)
    return f"{number(len(changes), 'row')}: {parts}" if changes else "No differences"


def as_data(change: Change, before: PlanData, after: PlanData) -> dict[str, Any]:
    """A change as JSON has it."""
    kind: Kind = kinds()[change.kind]
    home = after if change.op != c.DROP else before
    row = row_of(change, home, before)
    fields = {
        name: {"old": plain(before, _field(kind, name), old), "new": plain(after, _field(kind, name), new)}
        for name, (old, new) in change.fields.items()
    }
    return {
        "op": change.op, "kind": change.kind, "id": change.id, "key": home.key(row), "title": home.title(row),
        "fields": fields,
    }  # fmt: skip
