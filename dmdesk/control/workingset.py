"""Working sets: what the steps made under a change request come to, row by row, whatever order they were made in."""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.kinds import kinds

CONTROL = ("rfc", "rfcmove", "objection", "comment", "docket", "docketitem", "boardaction")
"""Kinds that say how a request is decided. They are no part of what it changes, and are never taken back with it."""


def is_content(change: Change) -> bool:
    """Whether a change is part of what a request changes, and not of how it is decided."""
    return change.kind not in CONTROL


def sets(parts: Iterable[tuple[str, Iterable[Change]]]) -> dict[str, list[Change]]:
    """The working set of each request, by its id, from steps: under which request each was made, and its changes."""
    made: dict[str, list[Change]] = {}
    for rfc, changes in parts:
        if rfc:
            made.setdefault(rfc, []).extend(filter(is_content, changes))
    return {rfc: found for rfc, changes in made.items() if (found := net(changes))}


def net(changes: Iterable[Change]) -> list[Change]:
    """What changes made one after the other come to, each row once: added, set, then dropped.

    Where others changed the same value in between, it still says from what and to what these led.
    """
    found: dict[tuple[str, str], Change] = {}
    for change in changes:
        at = (change.kind, change.id)
        both = _both(found.pop(at), change) if at in found else change
        if both is not None:
            found[at] = both
    return [change for op in (c.ADD, c.SET, c.DROP) for change in found.values() if change.op == op]


def _both(first: Change, then: Change) -> Change | None:
    """Two changes of one row as one; None where the second takes the first back."""
    if first.op == c.DROP and then.op == c.ADD:
        return _set(first, {**_emptied(first), **_filled(first, then)})
    fields = dict(first.fields)
    for name, (old, new) in then.fields.items():
        fields[name] = (fields[name][0] if name in fields else old, new)
    if first.op == c.ADD:
        if then.op == c.DROP:
            return None
        kept = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
        return Change(c.ADD, first.kind, first.id, kept)
    if then.op == c.DROP:
        empty = {name: (old, _empty(first, name)) for name, (old, _) in fields.items()}
        return Change(
            c.DROP, first.kind, first.id, {n: pair for n, pair in empty.items() if pair[0] != pair[1]}
        )
    return _set(first, fields)


def _set(first: Change, fields: dict[str, tuple[object, object]]) -> Change | None:
    kept = {name: pair for name, pair in fields.items() if pair[0] != pair[1]}
    return Change(c.SET, first.kind, first.id, kept) if kept else None


def _emptied(first: Change) -> dict[str, tuple[object, object]]:
    return {name: (old, _empty(first, name)) for name, (old, _) in first.fields.items()}


def _filled(first: Change, then: Change) -> dict[str, tuple[object, object]]:
    return {
        name: (first.fields[name][0] if name in first.fields else old, new)
        for name, (old, new) in then.fields.items()
    }


def _empty(change: Change, field: str) -> object:
    kind = kinds()[change.kind]
    return kind[field].type.empty if field in kind else ""
