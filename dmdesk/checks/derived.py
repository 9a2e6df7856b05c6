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
from dmdesk.checks.finding import ERROR, WARNING, Finding, Fix, check_each, just_itself
from dmdesk.checks.fixing import CLEAR, removal, setting
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
                words = f"“{field.label}” is empty; {a_kind(kind.name)} needs one."
                yield empty.at(row, field.name, words, _empty_fixes(data, kind, row, field.name))


def _empty_fixes(data: PlanData, kind: Kind, row: Entity, field: str) -> Iterator[Fix]:
    key = data.key(row)
    if field == kind.title and field != kind.key and kind.key and key:
        yield setting(row, f"Call it “{key}”", "take the key", **{field: key})
    if kind[field].part:
        yield removal(data, row, f"Remove this {in_words(kind.name)}")


@check_each("link.dangling", ERROR)
def dangling(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A link points at a row that is not in the plan."""
    for row, field, link in loose_links(data, kind):
        if not link.startswith(t.UNRESOLVED) and field.name != kind.parent:
            what = in_words(field.target)
            words = f"“{field.label}” points at a {what} that is no longer in the plan."
            cured = put(row, {field.name: without(getattr(row, field.name), link)})
            yield dangling.at(row, field.name, words, [Fix("Remove the link", (cured,), CLEAR)])


@check_each("key.twice", ERROR)
def twice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Two rows of a kind have the same key, or join the same things, so that nobody can tell them apart."""
    get = attrgetter(*kind.identity)
    rows = data.rows(kind.name).values()
    if len(set(map(get, rows))) == len(rows):
        return
    seen: dict[Any, Entity] = {}
    for row in rows:
        identity = get(row)
        if identity and seen.setdefault(identity, row) is not row:
            first, field = seen[identity], kind[kind.identity[0]]
            if kind.key:
                words = f"{field.label} “{identity}” is that of “{data.title(first)}” as well; each needs its own."
                free = next(
                    key for n in range(2, 10**9) if (key := f"{identity}-{n}") not in data.by_key(kind.name)
                )
                fix = setting(row, f"Call it “{free}”", "another key", **{field.name: free})
            else:
                words = f"There is another {in_words(kind.name)} for the same: {data.key(row)}."
                fix = removal(data, row, f"Remove this {in_words(kind.name)}")
            yield twice.at(row, field.name, words, [fix])


@check_each("choice.unknown", WARNING, needs=just_itself)
def unknown_choice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field holds a word that is not among those to choose from."""
    for field in kind.fields:
        if isinstance(field.type, t.Choice_):
            get, options = attrgetter(field.name), frozenset(("", *field.type.options))
            known = ", ".join(field.type.options)
            for row in [row for row in data.rows(kind.name).values() if get(row) not in options]:
                words = f"{field.label} “{get(row)}” is none of: {known}."
                like = [option for option in field.type.options if option[:3] == get(row).casefold()[:3]]
                fixes = [
                    setting(row, f"Choose “{option}”", "nearest", **{field.name: option}) for option in like
                ]
                fixes.append(setting(row, f"Remove “{get(row)}”", CLEAR, **{field.name: ""}))
                yield unknown_choice.at(row, field.name, words, fixes)


@check_each("tree.circle", ERROR, needs=just_itself)
def circle(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A row is, over some others, part of itself, or a role reports to itself."""
    rows = data.rows(kind.name)
    for field in kind.links:
        if field.target != kind.name or not isinstance(field.type, t.To_):
            continue
        for ids in trees.cycles(rows, field.name):
            names = " → ".join(data.title(rows[id]) for id in (*ids, ids[0]))
            what = (
                "is part of itself" if field.name == kind.parent else f"“{field.label}” leads back to itself"
            )
            words = f"This {in_words(kind.name)} {what}: {names}; give one of them another place."
            if field.name != kind.parent:
                words = f"{what[0].upper()}{what[1:]}: {names}; change one of them."
            first = rows[ids[0]]
            fix = setting(first, f"Empty “{field.label}” of “{data.title(first)}”", CLEAR, **{field.name: ""})
            yield circle.at(first, field.name, words, [fix])
