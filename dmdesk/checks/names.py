"""Checks of names: two things of one kind should not be called the same, and one thing not by two names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter

from dmdesk.checks.alike import alike
from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, check
from dmdesk.checks.fixing import setting
from dmdesk.kinds import Entity, kinds
from dmdesk.model import Product, Reference, WbsElement
from dmdesk.reading import PlanData

KINDS = ("product", "role", "group", "document", "team", "institution", "person", "meeting", "reference")


@check("name.twice", WARNING, kinds=(*KINDS, "wbs"))
def name_twice(data: PlanData) -> Iterator[Finding]:
    """Two products, roles, people, documents or the like, or two WBS elements side by side, have the same name."""
    for kind in KINDS:
        yield from _same(name_twice, data, kind, (("", row) for row in data.rows(kind).values()))
    yield from _same(name_twice, data, "wbs", ((row.parent, row) for row in data.all(WbsElement).values()))


@check("name.repeated", NOTE, kinds=("wbs",))
def name_repeated(data: PlanData) -> Iterator[Finding]:
    """WBS elements in different branches have the same name; usual for management, worth a look elsewhere."""
    first: dict[str, WbsElement] = {}
    for row in data.all(WbsElement).values():
        name = folded(row.name)
        if name and first.setdefault(name, row).parent != row.parent:
            yield name_repeated.at(
                row, "name", f"“{row.name}” is the name of {data.key(first[name])} as well."
            )


@check("name.alike", WARNING, kinds=KINDS)
def name_alike(data: PlanData) -> Iterator[Finding]:
    """Two names so alike that they may be one thing's: the same words in another order, a slip, an abbreviation."""
    for kind in KINDS:
        rows, field = data.rows(kind), kinds()[kind].title
        pairs = data.memo(f"alike {kind}", (kind,), partial(_pairs, data, kind))
        for id, other in pairs:
            name, known = getattr(rows[id], field), getattr(rows[other], field)
            key = data.key(rows[other])
            words = f"“{name}” is much like “{known}” ({key}); if both are one thing, keep one name for it."
            fixes = [setting(rows[id], f"Call it “{known}” too", "the other's name", **{field: known})]
            yield name_alike.at(rows[id], field, words, fixes)


def _pairs(data: PlanData, kind: str) -> list[tuple[str, str]]:
    """The pairs of alike names; worked out again only when a name of the kind has changed."""
    get = attrgetter(kinds()[kind].title)
    names = {id: get(row) for id, row in data.rows(kind).items()}
    kept = data.memo(f"kept alike {kind}", (), dict[str, tuple[dict[str, str], list[tuple[str, str]]]])
    if not kept or kept["pairs"][0] != names:
        kept["pairs"] = (names, alike(names))
    return kept["pairs"][1]


@check("name.other", WARNING, kinds=("product",))
def name_other(data: PlanData) -> Iterator[Finding]:
    """A product's name is given as another name of a different product, so that it stands for two things."""
    others: dict[str, Product] = {}
    for row in data.all(Product).values():
        for name in row.aka:
            others.setdefault(folded(name), row)
    for row in data.all(Product).values() if others else ():
        other = others.get(folded(row.name))
        if other is not None and other is not row:
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


def _same(check: Check, data: PlanData, kind: str, rows: Iterable[tuple[str, Entity]]) -> Iterator[Finding]:
    title = kinds()[kind].title
    get = attrgetter(title)
    fold = data.memo("kept folded", (), dict[str, str])
    first: dict[tuple[str, str], Entity] = {}
    for place, row in rows:
        text = get(row)
        name = fold.get(text)
        if name is None:
            name = fold[text] = folded(text)
        if name and first.setdefault((place, name), row) is not row:
            other = data.key(first[place, name])
            yield check.at(row, title, f"“{text}” is the name of {other or 'another one'} as well.")


def folded(name: str) -> str:
    """A name without case and needless spaces."""
    return " ".join(name.casefold().split())
