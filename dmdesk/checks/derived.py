"""Checks that follow from the kinds: required fields, links, keys, choices and trees.

A kind that is declared is checked by these the same moment, without a word about it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import put, without
from dmdesk.checks.finding import ERROR, WARNING, Finding, check_each, just_itself
from dmdesk.checks.naming import a_kind, in_words, loose_links
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData


@check_each("field.empty", ERROR, needs=just_itself)
def empty(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field that must be filled in is empty."""
    for field in kind.fields:
        if field.required:
            get = attrgetter(field.name)
            for row in [row for row in data.rows(kind.name).values() if not get(row)]:
                yield empty.at(row, field.name, f"“{field.label}” is empty; {a_kind(kind.name)} needs one.")


@check_each("link.dangling", ERROR)
def dangling(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A link points at a row that is not in the plan."""
    for row, field, link in loose_links(data, kind):
        if not link.startswith(t.UNRESOLVED):
            what = in_words(field.target)
            words = f"“{field.label}” points at a {what} that is no longer in the plan."
            cured = put(row, {field.name: without(getattr(row, field.name), link)})
            yield dangling.at(row, field.name, words, [cured], "Remove the link")


@check_each("key.twice", ERROR)
def twice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Two rows of a kind have the same key, or join the same things, so that nobody can tell them apart."""
    get = attrgetter(*kind.identity)
    seen: dict[Any, Entity] = {}
    for row in data.rows(kind.name).values():
        identity = get(row)
        if identity and seen.setdefault(identity, row) is not row:
            first, field = seen[identity], kind[kind.identity[0]]
            if kind.key:
                words = f"{field.label} “{identity}” is that of “{data.title(first)}” as well; each needs its own."
            else:
                words = f"There is another {in_words(kind.name)} for the same: {data.key(row)}."
            yield twice.at(row, field.name, words)


@check_each("choice.unknown", WARNING, needs=just_itself)
def unknown_choice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field holds a word that is not among those to choose from."""
    for field in kind.fields:
        if isinstance(field.type, t.Choice_):
            get, options = attrgetter(field.name), frozenset(("", *field.type.options))
            known = ", ".join(field.type.options)
            for row in [row for row in data.rows(kind.name).values() if get(row) not in options]:
                yield unknown_choice.at(row, field.name, f"{field.label} “{get(row)}” is none of: {known}.")


@check_each("tree.circle", ERROR, needs=just_itself)
def circle(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A row is, over some others, part of itself."""
    if not kind.parent:
        return
    rows = data.rows(kind.name)
    for ids in trees.cycles(rows, kind.parent):
        names = " → ".join(data.title(rows[id]) for id in (*ids, ids[0]))
        words = f"This {in_words(kind.name)} is part of itself: {names}; give one of them another place."
        yield circle.at(rows[ids[0]], kind.parent, words)
