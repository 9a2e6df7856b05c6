"""Working sets: what the steps made under a change request come to, row by row, whatever order they were made in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.kinds import kinds
from dmdesk.values import frozen

CONTROL = ("rfc", "rfcmove", "objection", "comment", "docket", "docketitem", "boardaction")
"""Kinds that say how a request is decided. They are no part of what it changes, and are never taken back with it."""


VERSION = frozenset({"version", "date", "state"})
"""Fields of the plan that say which version it is."""


@frozen
class Part:
    """What one step changed under a request. ``at`` is when (UTC, ISO 8601)."""

    at: str
    changes: tuple[Change, ...]


Work = Mapping[str, Sequence[Part]]
"""What was done under each request, by its id, oldest step first; it stands in the history, so it is handed on."""


def is_content(change: Change) -> bool:
    """Whether a change is part of what a request changes, and not of how it is decided or that it was released."""
    return change.kind not in CONTROL and not _noted(change)


def _noted(change: Change) -> bool:
    """Whether a change is what a release notes of itself: the entry in the change record, which version the plan is."""
    if change.kind == "plan":
        return change.op == c.SET and VERSION.issuperset(change.fields)
    return change.kind == "revision"


def work(steps: Iterable[tuple[str, str, Iterable[Change]]]) -> dict[str, list[Part]]:
    """What was done under each request, from steps: under which request each was made, when, and its changes."""
    made: dict[str, list[Part]] = {}
    for rfc, at, changes in steps:
        content = tuple(filter(is_content, changes)) if rfc else ()
        if content:
            made.setdefault(rfc, []).append(Part(at, content))
    return made


def comes_to(parts: Iterable[Part], until: datetime | None = None) -> list[Change]:
    """What the parts of a working set come to, as far as they were made until a moment (None: all of them)."""
    return net(change for one in parts if not _after(one, until) for change in one.changes)


def later(parts: Iterable[Part], until: datetime | None) -> int:
    """How many of the parts were made after a moment; none where there is no moment."""
    return sum(_after(one, until) for one in parts)


def _after(one: Part, until: datetime | None) -> bool:
    made = datetime.fromisoformat(one.at) if until is not None else None
    return made is not None and (made if made.tzinfo else made.replace(tzinfo=UTC)) > (until or made)


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
