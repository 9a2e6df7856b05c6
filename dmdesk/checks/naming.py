"""What words name in a plan: the row behind a key, a title or another name, and the links that name nothing.

People type names where a program wants keys; this is where words find their rows, for checks and commands alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from operator import attrgetter

from dmdesk import types as t
from dmdesk.checks.perrow import per_row
from dmdesk.keeping import Replaced
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.reading import PlanData

AKA = "aka"
"""The field that holds earlier and other names, in the kinds that have them."""

Loose = tuple[Entity, Field, str]
"""A row, one of its link fields, and a link in it that points at no row: ``?words`` or a dangling id."""


def loose_links(data: PlanData, kind: Kind) -> list[Loose]:
    """Every link of a kind's rows that points at no row."""
    targets = {field.target for field in kind.links}

    def near(step: Replaced) -> Iterator[str]:
        if step.kind in targets and (step.old is None or step.new is None):
            yield from (row.id for row, _ in data.incoming(step.id) if kind_of(row) is kind)

    def look(rows: Sequence[Entity]) -> dict[str, list[tuple[str, Field, str]]]:
        return _loose(data, kind, rows)

    fields = tuple(field.name for field in kind.links)
    rows = data.rows(kind.name)
    found = per_row(data, "loose links", kind.name, fields, look, near)
    return [(rows[id], field, link) for id, field, link in found]


def loose_read(kind: Kind) -> tuple[str, ...]:
    """What loose links depend on: the links, and which rows there are for them."""
    return tuple(
        dict.fromkeys(name for f in kind.links for name in (f"{kind.name}.{f.name}", f"{f.target}.id"))
    )


def _loose(data: PlanData, kind: Kind, rows: Sequence[Entity]) -> dict[str, list[tuple[str, Field, str]]]:
    found: dict[str, list[tuple[str, Field, str]]] = {}
    for field in kind.links:
        get, there = attrgetter(field.name), data.rows(field.target)
        if isinstance(field.type, t.To_):
            for row in [row for row in rows if (link := get(row)) and link not in there]:
                found.setdefault(row.id, []).append((row.id, field, get(row)))
        else:
            for row in [row for row in rows if get(row)]:
                for link in get(row):
                    if link not in there:
                        found.setdefault(row.id, []).append((row.id, field, link))
    return found


def named(data: PlanData, kind: str, words: str) -> Entity | None:
    """The row that the words name: by key or, when only one fits, by title or another name, case and spaces aside."""
    row = data.find(kind, words)
    if row is not None:
        return row
    own = kinds()[kind]
    if own.key:
        ids = data.index("all names", kind, lambda row: _names(data, own, row)).ids(_folded(words))
    else:
        ids = data.memo(f"names {kind}", kinds().names(), lambda: _all_names(data, own)).get(
            _folded(words), []
        )
    return data.get(kind, ids[0]) if len(ids) == 1 else None


def _names(data: PlanData, kind: Kind, row: Entity) -> dict[str, None]:
    others: tuple[str, ...] = getattr(row, AKA) if AKA in kind else ()
    return dict.fromkeys(map(_folded, (data.key(row), data.title(row), *others)))


def _all_names(data: PlanData, kind: Kind) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in data.rows(kind.name).values():
        for name in _names(data, kind, row):
            found.setdefault(name, []).append(row.id)
    return found


def near(data: PlanData, kind: str, words: str) -> list[Entity]:
    """At most two rows whose name shares most of its words' beginnings with these words, and at least half of them."""
    starts = _starts(words)
    if not starts:
        return []
    shared: dict[str, int] = {}
    for start in starts:
        for id in _starting(data, kind, start):
            shared[id] = shared.get(id, 0) + 1
    most = max(shared.values(), default=0)
    if 2 * most < len(starts):
        return []
    rows = data.rows(kind)
    best = [rows[id] for id, count in shared.items() if count == most]
    return best if len(best) <= 2 else []


MOST_NEAR = 200
"""Rows that a word's beginning may have in common before it says too little to go by."""


def _starting(data: PlanData, kind: str, start: str) -> list[str]:
    """The first rows with a word that begins so in their key or title."""
    if kinds()[kind].key:
        index = data.index("starts", kind, lambda row: _starts(data.title(row)) | _starts(data.key(row)))
        return index.ids(start)[:MOST_NEAR]
    return []


def _starts(words: str) -> set[str]:
    return {word[:4] for word in re.findall(r"\w{3,}", words.casefold())}


def key_for(data: PlanData, kind: Kind, words: str) -> str:
    """A free key for a row called by these words: a person's surname, otherwise the words with dashes between."""
    parts = re.findall(r"[\w.+-]+", words)
    key = parts[-1].casefold() if kind.name == "person" and parts else "-".join(parts) or words
    free = (key if number == 1 else f"{key}-{number}" for number in count(1))
    taken = data.by_key(kind.name)
    return next(one for one in free if one not in taken)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def in_words(kind: str) -> str:
    """A kind's label inside a sentence: “trace link”, but “WBS element”."""
    label = kinds()[kind].label
    return label if label[1:2].isupper() else label.lower()


def a_kind(kind: str) -> str:
    """A kind's label with its article: “a person”, “an acronym”, “a WBS element”."""
    name = in_words(kind)
    return f"an {name}" if name[0] in "aeio" else f"a {name}"
