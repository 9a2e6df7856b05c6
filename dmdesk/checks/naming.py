"""What words name in a plan: the row behind a key, a title or another name, and the links that name nothing.

People type names where a program wants keys; this is where words find their rows, for checks and commands alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING

from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind, kinds

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

AKA = "aka"
"""The field that holds earlier and other names, in the kinds that have them."""

Loose = tuple[Entity, Field, str]
"""A row, one of its link fields, and a link in it that points at no row: ``?words`` or a dangling id."""


def loose_links(data: PlanData, kind: Kind) -> list[Loose]:
    """Every link of a kind's rows that points at no row."""
    names = (kind.name, *dict.fromkeys(field.target for field in kind.links))
    return data.memo(f"loose links {kind.name}", names, lambda: list(_loose(data, kind)))


def _loose(data: PlanData, kind: Kind) -> Iterator[Loose]:
    rows = data.rows(kind.name).values()
    for field in kind.links:
        get, there = attrgetter(field.name), data.rows(field.target)
        if isinstance(field.type, t.To_):
            if not set(map(get, rows)) - {""} - there.keys():
                continue
            for row in [row for row in rows if (link := get(row)) and link not in there]:
                yield row, field, get(row)
        else:
            for row in [row for row in rows if get(row)]:
                for link in get(row):
                    if link not in there:
                        yield row, field, link


def named(data: PlanData, kind: str, words: str) -> Entity | None:
    """The row that the words name: by key or, when only one fits, by title or another name, case and spaces aside."""
    row = data.find(kind, words)
    if row is not None:
        return row
    behind = (kind,) if kinds()[kind].key else kinds().names()
    ids = data.memo(f"names {kind}", behind, lambda: _names(data, kinds()[kind]))
    found = ids.get(_folded(words), set())
    return data.get(kind, next(iter(found))) if len(found) == 1 else None


def _names(data: PlanData, kind: Kind) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in data.rows(kind.name).values():
        others: tuple[str, ...] = getattr(row, AKA) if AKA in kind else ()
        for name in (data.key(row), data.title(row), *others):
            found.setdefault(_folded(name), set()).add(row.id)
    return found


def near(data: PlanData, kind: str, words: str) -> list[Entity]:
    """At most two rows whose name shares most of its words' beginnings with these words, and at least half of them."""
    starts = _starts(words)
    if not starts:
        return []
    ids = data.memo(f"starts {kind}", (kind,), lambda: _by_start(data, kind))
    shared: dict[str, int] = {}
    for start in starts:
        for id in ids.get(start, ())[:MOST_NEAR]:
            shared[id] = shared.get(id, 0) + 1
    most = max(shared.values(), default=0)
    if 2 * most < len(starts):
        return []
    rows = data.rows(kind)
    best = [rows[id] for id, count in shared.items() if count == most]
    return best if len(best) <= 2 else []


MOST_NEAR = 200
"""Rows that a word's beginning may have in common before it says too little to go by."""


def _by_start(data: PlanData, kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in data.rows(kind).values():
        for start in _starts(data.title(row)) | _starts(data.key(row)):
            found.setdefault(start, []).append(row.id)
    return found


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
