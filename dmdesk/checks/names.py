"""Checks of names: two things of one kind should not be called the same, and one thing not by two names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

from dmdesk.checks.alike import Alike
from dmdesk.checks.finding import NOTE, WARNING, Finding, check, named_by, of
from dmdesk.checks.fixing import setting
from dmdesk.keeping import Index
from dmdesk.kinds import Entity, kinds
from dmdesk.model import Product, Reference, WbsElement
from dmdesk.reading import PlanData

KINDS = ("product", "role", "group", "document", "team", "institution", "person", "meeting", "reference")


_NAMES = tuple(name for kind in KINDS for name in named_by(kind))


@check("name.twice", WARNING, kinds=(*_NAMES, *of("wbs", "name", "key", "parent")))
def name_twice(data: PlanData) -> Iterator[Finding]:
    """Two products, roles, people, documents or the like, or two WBS elements side by side, have the same name."""
    for kind in KINDS:
        get = attrgetter(kinds()[kind].title)
        yield from _same(data, data.index("same name", kind, partial(_only_name, get)), kind)
    yield from _same(data, data.index("same name beside", "wbs", _name_beside), "wbs")


def _only_name(get: Callable[[Entity], str], row: Entity) -> tuple[str, ...]:
    name = folded(get(row))
    return (name,) if name else ()


def _name_beside(row: Entity) -> tuple[tuple[str, str], ...]:
    name = folded(row.name)  # type: ignore[attr-defined]
    return ((row.parent, name),) if name else ()  # type: ignore[attr-defined]


def _same(data: PlanData, index: Index[Any], kind: str) -> Iterator[Finding]:
    rows, title = data.rows(kind), kinds()[kind].title
    for name in index.shared:
        first, *others = index.ids(name)
        known = data.key(rows[first])
        for id in others:
            text = getattr(rows[id], title)
            yield name_twice.at(rows[id], title, f"“{text}” is the name of {known or 'another one'} as well.")


@check("name.repeated", NOTE, kinds=of("wbs", "name", "key", "parent"))
def name_repeated(data: PlanData) -> Iterator[Finding]:
    """WBS elements in different branches have the same name; usual for management, worth a look elsewhere."""
    rows = data.all(WbsElement)
    index = data.index("same name", "wbs", partial(_only_name, attrgetter("name")))
    for name in index.shared:
        first, *others = (rows[id] for id in index.ids(name))
        for row in others:
            if row.parent != first.parent:
                yield name_repeated.at(row, "name", f"“{row.name}” is the name of {first.key} as well.")


@check("name.alike", WARNING, kinds=_NAMES)
def name_alike(data: PlanData) -> Iterator[Finding]:
    """Two names so alike that they may be one thing's: the same words in another order, a slip, an abbreviation."""
    for kind in KINDS:
        rows, field = data.rows(kind), kinds()[kind].title
        alike = data.kept(f"alike {kind}", partial(Alike, kind, rows, field))
        for id, other in alike.pairs(rows):
            name, known = getattr(rows[id], field), getattr(rows[other], field)
            key = data.key(rows[other])
            words = f"“{name}” is much like “{known}” ({key}); if both are one thing, keep one name for it."
            fixes = [setting(rows[id], f"Call it “{known}” too", "the other's name", **{field: known})]
            yield name_alike.at(rows[id], field, words, fixes)


@check("name.other", WARNING, kinds=named_by("product"))
def name_other(data: PlanData) -> Iterator[Finding]:
    """A product's name is given as another name of a different product, so that it stands for two things."""
    rows = data.all(Product)
    others = data.index("other names", "product", lambda row: dict.fromkeys(map(folded, row.aka)))  # type: ignore[attr-defined]
    names = data.index("same name", "product", partial(_only_name, attrgetter("name")))
    for name in others:
        other = rows[others.ids(name)[0]]
        for row in (rows[id] for id in names.ids(name) if id != other.id):
            words = f"“{row.name}” is also known as another name of “{data.title(other)}” ({other.key})."
            aka = tuple(name for name in other.aka if folded(name) != folded(row.name))
            yield name_other.at(
                row, "name", words, [setting(other, f"Take it from “{data.title(other)}”", "take", aka=aka)]
            )


@check("reference.author-alike", NOTE, kinds=("reference",))
def author_alike(data: PlanData) -> Iterator[Finding]:
    """An author of a reference whose surname is a slip of another's with the same initials."""
    first: dict[str, Reference] = {}
    for row in data.all(Reference).values():
        for author in row.authors:
            first.setdefault(author, row)
    often = {a: sum(a in row.authors for row in data.all(Reference).values()) for a in first}
    people = sorted(first, key=lambda author: (-often[author], author.isascii(), author))
    for place, author in enumerate(people):
        usual = next((one for one in people[:place] if _slip(one, author)), "")
        for row in data.all(Reference).values() if usual else ():
            if author in row.authors:
                authors = tuple(usual if one == author else one for one in row.authors)
                words = f"“{author}” is much like “{usual}”, an author of {first[usual].key}; write one name one way."
                yield author_alike.at(
                    row, "authors", words, [setting(row, f"Write “{usual}”", "usual", authors=authors)]
                )


def _slip(one: str, other: str) -> bool:
    """Whether two authors have the same initials, and surnames of the same letters but for at most one."""
    (name, _, initials), (other_name, _, other_initials) = one.partition(","), other.partition(",")
    if not initials or initials.split() != other_initials.split() or abs(len(name) - len(other_name)) > 1:
        return False
    a, b = (sorted(re.sub(r"\W", "", text.casefold())) for text in (name, other_name))
    short, long = sorted((a, b), key=len)
    if name[:2] != other_name[:2] or len(short) < 5:
        return False
    rest = list(long)
    missed = 0
    for letter in short:
        if letter in rest:
            rest.remove(letter)
        else:
            missed += 1
    return missed + len(rest) <= 1 + (len(short) == len(long)) and len(rest) <= 1


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name without case and needless spaces."""
    return " ".join(name.casefold().split())
