"""Likeness: rows that are the same thing although neither id nor key says so, told by what they hold.

A row that was given another code in a copy of the plan would else be told as one that went and one that came. Only rows
that share something rare are held against each other, so that the cost stays in proportion to their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind
from dmdesk.naming import AKA, folded

SHARED = 8
"""What more rows than this have in common says nothing about which of them are the same."""

ENOUGH = 0.6
"""From 0, nothing in common, to 1: rows that are at least so alike are the same."""

TITLE, NAMED = 3.0, 1.0

Mapped = Callable[[Field, Any], Any]
"""A field's value of an old row as the new state would have it, links by its ids."""


def alike(kind: Kind, left: list[Entity], right: list[Entity], mapped: Mapped) -> dict[str, str]:
    """Old id → new id of rows that are alike enough, the most alike first, each row once.

    Of pairs that are equally alike those nearer to the top come first, whichever state is the old one.
    """
    if not left or not right:
        return {}
    fields = [
        field for field in kind.fields if field.name not in (kind.key, AKA) and field.type is not t.RANK
    ]
    olds = [_Told(kind, row, fields, mapped) for row in left]
    news = [_Told(kind, row, fields, lambda _, value: value) for row in right]
    scored = []
    for at, to in _candidates(olds, news, fields):
        score = _score(fields, kind, olds[at], news[to])
        if score >= ENOUGH:
            scored.append((-score, max(at, to), min(at, to), at, to))
    found: dict[int, int] = {}
    taken = set[int]()
    for *_, at, to in sorted(scored):
        if at not in found and to not in taken:
            found[at] = to
            taken.add(to)
    return {left[at].id: right[to].id for at, to in found.items()}


class _Told:
    """What a row says, made ready to be held against another."""

    def __init__(self, kind: Kind, row: Entity, fields: list[Field], mapped: Mapped) -> None:
        self.values = {field.name: mapped(field, getattr(row, field.name)) for field in fields}
        self.own = {folded(str(getattr(row, name))) for name in (kind.key, kind.title) if name} - {""}
        self.others = {folded(name) for name in getattr(row, AKA, ())} - {""}
        self._words: dict[str, frozenset[str]] = {}

    def features(self, fields: list[Field]) -> Iterator[Any]:
        """What rows may have in common: names, whole values, links."""
        for name in self.own | self.others:
            yield "", name
        for field in fields:
            value = self.values[field.name]
            if value in (field.type.empty, None) or isinstance(field.type, t.Flag_ | t.Choice_):
                continue
            for one in value if isinstance(value, tuple) else (value,):
                yield field.name, one

    def words(self, field: str) -> frozenset[str]:
        """The words of a text, or the members of a list."""
        found = self._words.get(field)
        if found is None:
            value = self.values[field]
            parts = value if isinstance(value, tuple) else re.findall(r"\w+", str(value).casefold())
            found = self._words[field] = frozenset(parts)
        return found


def _candidates(olds: list[_Told], news: list[_Told], fields: list[Field]) -> set[tuple[int, int]]:
    """(place of an old row, place of a new one) of all that share something rare."""
    who: dict[Any, tuple[list[int], list[int]]] = {}
    for side, rows in enumerate((olds, news)):
        for at, told in enumerate(rows):
            for feature in set(told.features(fields)):
                who.setdefault(feature, ([], []))[side].append(at)
    return {
        (at, to) for old, new in who.values() if len(old) + len(new) <= SHARED for at in old for to in new
    }


def _score(fields: list[Field], kind: Kind, old: _Told, new: _Told) -> float:
    """How alike two rows are: the likeness of each field that either fills, the title counting more."""
    if old.own & new.others or new.own & old.others:
        return 1 + NAMED  # one of them says that it was called as the other is
    whole = shared = 0.0
    for field in fields:
        a, b = old.values[field.name], new.values[field.name]
        empty = field.type.empty
        if a == empty and b == empty:
            continue
        weight = TITLE if field.name == kind.title else 1.0
        whole += weight
        if a == b:
            shared += weight
        elif a != empty and b != empty and (field.type.multiline or field.name == kind.title):
            shared += weight * _overlap(old.words(field.name), new.words(field.name))
    return shared / whole if whole else 0.0


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
