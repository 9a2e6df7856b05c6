"""Checks that follow from the kinds: required fields, links, keys, choices and trees.

A kind that is declared is checked by these the same moment, without a word about it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import put, without
from dmdesk.checks.finding import ERROR, WARNING, Finding, Fix, check_each, named_by, of, removed_with
from dmdesk.checks.fixing import CLEAR, removal, setting
from dmdesk.checks.naming import a_kind, in_words, loose_links, loose_read
from dmdesk.checks.perrow import per_row
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData


def _required(kind: Kind) -> tuple[str, ...]:
    return tuple(field.name for field in kind.fields if field.required)


def _empty_read(kind: Kind) -> tuple[str, ...]:
    """The fields; the rows themselves where a fix removes one."""
    part = any(field.required and field.part for field in kind.fields)
    whole = removed_with(kind.name) if part else ()
    return (*of(kind.name, *_required(kind)), *named_by(kind.name), *whole) if _required(kind) else ()


@check_each("field.empty", ERROR, needs=_empty_read)
def empty(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field that must be filled in is empty."""
    required = _required(kind)

    def look(rows: Sequence[Entity]) -> dict[str, tuple[tuple[str, str], ...]]:
        if len(required) == 1:
            return {row.id: ((row.id, required[0]),) for row in rows if not getattr(row, required[0])}
        get = attrgetter(*required)
        lacking = [row for row in rows if not all(get(row))]
        return {
            row.id: tuple((row.id, name) for name in required if not getattr(row, name)) for row in lacking
        }

    for id, name in per_row(data, "empty", kind.name, required, look):
        row, label = data.rows(kind.name)[id], kind[name].label
        words = f"“{label}” is empty; {a_kind(kind.name)} needs one."
        yield empty.at(row, name, words, _empty_fixes(data, kind, row, name))


def _empty_fixes(data: PlanData, kind: Kind, row: Entity, field: str) -> Iterator[Fix]:
    key = data.key(row)
    if field == kind.title and field != kind.key and kind.key and key:
        yield setting(row, f"Call it “{key}”", "take the key", **{field: key})
    if kind[field].part:
        yield removal(data, row, f"Remove this {in_words(kind.name)}")


@check_each("link.dangling", ERROR, needs=loose_read)
def dangling(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A link points at a row that is not in the plan."""
    for row, field, link in loose_links(data, kind):
        if not link.startswith(t.UNRESOLVED) and field.name != kind.parent:
            what = in_words(field.target)
            words = f"“{field.label}” points at a {what} that is no longer in the plan."
            cured = put(row, {field.name: without(getattr(row, field.name), link)})
            yield dangling.at(row, field.name, words, [Fix("Remove the link", (cured,), CLEAR)])


def _twice_read(kind: Kind) -> tuple[str, ...]:
    """The keys, and the name of the first; the rows themselves where a fix removes one."""
    return named_by(kind.name) if kind.key else (*named_by(kind.name), *removed_with(kind.name))


@check_each("key.twice", ERROR, needs=_twice_read)
def twice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Two rows of a kind have the same key, or join the same things, so that nobody can tell them apart."""
    get = attrgetter(*kind.identity)
    index = data.index("identity", kind.name, lambda row: (get(row),))
    field = kind[kind.identity[0]]
    for identity in index.shared:
        if not identity:
            continue
        first, *others = (data.rows(kind.name)[id] for id in index.ids(identity))
        for row in others:
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


def _choices(kind: Kind) -> tuple[str, ...]:
    return of(kind.name, *(field.name for field in kind.fields if isinstance(field.type, t.Choice_)))


@check_each("choice.unknown", WARNING, needs=_choices)
def unknown_choice(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A field holds a word that is not among those to choose from."""
    for field in kind.fields:
        if isinstance(field.type, t.Choice_):
            get, options = attrgetter(field.name), frozenset(("", *field.type.options))
            known = ", ".join(field.type.options)

            def look(
                rows: Sequence[Entity], get: attrgetter[str] = get, options: frozenset[str] = options
            ) -> dict[str, tuple[str, ...]]:
                return {row.id: (row.id,) for row in rows if get(row) not in options}

            for id in per_row(data, "choice", kind.name, (field.name,), look):
                row = data.rows(kind.name)[id]
                words = f"{field.label} “{get(row)}” is none of: {known}."
                like = [option for option in field.type.options if option[:3] == get(row).casefold()[:3]]
                fixes = [
                    setting(row, f"Choose “{option}”", "nearest", **{field.name: option}) for option in like
                ]
                fixes.append(setting(row, f"Remove “{get(row)}”", CLEAR, **{field.name: ""}))
                yield unknown_choice.at(row, field.name, words, fixes)


def _upwards(kind: Kind) -> tuple[str, ...]:
    names = [f.name for f in kind.links if f.target == kind.name and isinstance(f.type, t.To_)]
    return (*of(kind.name, *names), *named_by(kind.name)) if names else ()


@check_each("tree.circle", ERROR, needs=_upwards)
def circle(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A row is, over some others, part of itself, or a role reports to itself."""
    rows = data.rows(kind.name)
    for field in kind.links:
        if field.target != kind.name or not isinstance(field.type, t.To_):
            continue
        at, name = of(kind.name, field.name), field.name
        for ids in data.memo(f"circles {at[0]}", at, partial(trees.cycles, rows, name)):
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
