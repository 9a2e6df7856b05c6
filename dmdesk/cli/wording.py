"""Values and changes in words: links by the titles of their rows, never by ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dmdesk import changes as c
from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.cli.output import cell, number
from dmdesk.comparing import MOVED, RENUMBERED
from dmdesk.comparing.words import name_of as named
from dmdesk.comparing.words import plain as plain
from dmdesk.comparing.words import shown as shown
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData

VALUE = 70
"""Characters of an old or new value that a line about a change shows."""


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
    return cell(named(data, row), 0)


OPS = {c.ADD: "added", c.SET: "changed", c.DROP: "removed"}


def how(change: Change) -> list[str]:
    """What of a row's place or name a change is about: “renumbered”, “moved”, both or neither."""
    kind = kinds()[change.kind]
    if change.op != c.SET:
        return []
    found = [RENUMBERED] if kind.key in change.fields else []
    return [*found, MOVED] if kind.parent in change.fields else found


def done(change: Change) -> str:
    """What a change did to its row: “added”, “renumbered, moved”, “changed” …"""
    found = how(change)
    kind = kinds()[change.kind]
    if not found or change.fields.keys() - {kind.key, kind.parent, kind.order}:
        found.append(OPS[change.op])
    return ", ".join(found)


def lines(changes: Iterable[Change], before: PlanData, after: PlanData) -> Iterator[str]:
    """Changes in words, by kind and row: ``field: old → new``; ``before`` names the old values, ``after`` the new."""
    now = ""
    for change in changes:
        kind = kinds()[change.kind]
        if change.kind != now:
            now = change.kind
            yield kind.plural
        home = after if change.op != c.DROP else before
        yield f"  {done(change)}: {name_of(home, row_of(change, home, before))}"
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
    told = {
        "op": change.op, "kind": change.kind, "id": change.id, "key": home.key(row), "title": home.title(row),
        "fields": fields,
    }  # fmt: skip
    found = how(change)
    return {**told, "how": found} if found else told
