"""Checks of the inventory of repositories and components: each is some product's, and products name what exists.

They ask nothing of a plan without an inventory, and of each sort only what the inventory has of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from dmdesk.changes import add, drop, put
from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, Fix, check
from dmdesk.checks.fixing import CREATE, REMOVE, missing
from dmdesk.kinds import Entity
from dmdesk.model import Product, Repository
from dmdesk.model.repositories import GIT, JIRA, plain_name
from dmdesk.reading import PlanData
from dmdesk.values import field, record

FEW = 3
"""Products that a list of fixes offers."""

FIELDS = {GIT: "repositories", JIRA: "jira"}
"""Where products name what is of a sort."""

SAID = {GIT: "repository", JIRA: "component"}

KINDS = ("product", "repository")


@record
class _Held:
    """What the inventory has of a sort, by whole names and by their ends."""

    whole: dict[str, list[Repository]] = field(default_factory=dict)
    ends: dict[str, list[Repository]] = field(default_factory=dict)
    known: dict[str, Sequence[Repository]] = field(default_factory=dict)

    def of(self, name: str) -> Sequence[Repository]:
        """What a product means that names it so: the same name, or else one of which the other is the end."""
        if name not in self.known:
            ends = (self.whole[end] for end in _ends(name) if end in self.whole)
            self.known[name] = self.whole.get(name) or self.ends.get(name) or next(ends, ())
        return self.known[name]


@record
class _Claims:
    """What of a sort the products name: what the inventory has (ids), and what it lacks (names, with the products)."""

    named: set[str] = field(default_factory=set)
    lacking: dict[str, list[Product]] = field(default_factory=dict)


def _ends(name: str) -> Iterator[str]:
    """A name from each of its slashes on: lsst/afw, afw."""
    while name:
        yield name
        name = name.partition("/")[2]


def _plain(sort: str, text: str) -> str:
    return plain_name(text) if sort == GIT else text.strip().casefold()


def _inventory(data: PlanData) -> dict[str, _Held]:
    """The inventory by sort; sorts that it has nothing of are left out."""
    return data.memo("inventory", ("repository",), lambda: _by_sort(data))


def _by_sort(data: PlanData) -> dict[str, _Held]:
    found: dict[str, _Held] = {}
    for row in data.all(Repository).values():
        sort = row.sort or GIT
        if sort not in FIELDS or not row.name:
            continue
        held = found.setdefault(sort, _Held())
        names = {_plain(sort, row.name), _plain(sort, row.url) if sort == GIT else ""} - {""}
        for name in names:
            held.whole.setdefault(name, []).append(row)
            for end in _ends(name) if sort == GIT else ():
                held.ends.setdefault(end, []).append(row)
    return found


def _claims(data: PlanData, sort: str) -> _Claims | None:
    """What the products name of a sort; None where the inventory has nothing of it."""
    held = _inventory(data).get(sort)
    return data.memo(f"claims of {sort}", KINDS, lambda: _compared(data, sort, held)) if held else None


def _compared(data: PlanData, sort: str, held: _Held) -> _Claims:
    found = _Claims()
    for product in data.all(Product).values():
        for text in _texts(product, sort):
            name = _plain(sort, text)
            meant = held.of(name)
            found.named.update([row.id for row in meant])
            if not meant and name:
                found.lacking.setdefault(name, []).append(product)
    return found


def _texts(product: Product, sort: str) -> tuple[str, ...]:
    return product.repositories if sort == GIT else (product.jira,) if product.jira else ()


@check("repository.unclaimed", WARNING, kinds=KINDS)
def unclaimed(data: PlanData) -> Iterator[Finding]:
    """A repository of the inventory that no product names, so that nobody answers for it."""
    yield from _unclaimed(unclaimed, data, GIT)


@check("component.unclaimed", WARNING, kinds=KINDS)
def component_unclaimed(data: PlanData) -> Iterator[Finding]:
    """A component of the issue tracker in the inventory that no product names, so that nobody answers for it."""
    yield from _unclaimed(component_unclaimed, data, JIRA)


def _unclaimed(check: Check, data: PlanData, sort: str) -> Iterator[Finding]:
    claims = _claims(data, sort)
    if claims is None:
        return
    rows = data.all(Repository).values()
    free = [row for row in rows if row.name and (row.sort or GIT) == sort and row.id not in claims.named]
    namesakes = _namesakes(data, {_last(sort, row) for row in free})
    for row in free:
        words = f"No product names this {SAID[sort]}, so nobody answers for it."
        adoptions = (_adoption(data, row, sort, product) for product in namesakes.get(_last(sort, row), ()))
        given = [fix for fix in adoptions if fix is not None][:FEW]
        yield check.at(row, "name", words, [*given, Fix("Drop it from the inventory", (drop(row),), REMOVE)])


def _last(sort: str, row: Repository) -> str:
    return _plain(sort, row.name).rpartition("/")[2]


def _namesakes(data: PlanData, names: Collection[str]) -> dict[str, list[Product]]:
    """The products whose key or name, without case, is one of these."""
    found: dict[str, list[Product]] = {}
    if names:
        for row in data.all(Product).values():
            key, name = row.key.casefold(), row.name.casefold()
            if key in names:
                found.setdefault(key, []).append(row)
            if name in names and name != key:
                found.setdefault(name, []).append(row)
    return found


def _adoption(data: PlanData, row: Repository, sort: str, product: Product) -> Fix | None:
    """The fix that gives it to a product that is called as it is, unless that has another component."""
    values: dict[str, Any] = {"repositories": (*product.repositories, row.name)}
    if sort == JIRA:
        if product.jira:
            return None
        values = {"jira": row.name}
    return Fix(f"Give it to “{data.title(product)}”", (put(product, values),), "give it to its namesake")


@check("repository.twice", WARNING, kinds=("repository",))
def twice(data: PlanData) -> Iterator[Finding]:
    """Two entries of the inventory for one repository, written in different ways or with the same address."""
    for sort, held in _inventory(data).items():
        seen: set[str] = set()
        for rows in held.whole.values():
            for row in rows[1:]:
                if row.id == rows[0].id or row.id in seen or _same_key(row, rows[0]):
                    continue
                seen.add(row.id)
                words = f"This is the {SAID[sort]} “{rows[0].name}”, which the inventory has already."
                yield twice.at(row, "name", words, [Fix("Drop this entry", (drop(row),), REMOVE)])


def _same_key(row: Repository, other: Repository) -> bool:
    """Whether the check of keys says it."""
    return (row.name, row.sort) == (other.name, other.sort)


@check("product.repository-unknown", NOTE, kinds=KINDS)
def repository_unknown(data: PlanData) -> Iterator[Finding]:
    """A product names a repository that the inventory does not have, said once; asked where there is an inventory."""
    yield from _unknown(repository_unknown, data, GIT)


@check("product.component-unknown", NOTE, kinds=KINDS)
def component_unknown(data: PlanData) -> Iterator[Finding]:
    """A product names a component that the inventory does not have, said once; asked where it has components."""
    yield from _unknown(component_unknown, data, JIRA)


def _unknown(check: Check, data: PlanData, sort: str) -> Iterator[Finding]:
    claims = _claims(data, sort)
    if claims is None or not claims.lacking:
        return
    place = {row.id: at for at, row in enumerate(data.in_order("product"))}
    for name, products in claims.lacking.items():
        first = min(products, key=lambda row: place[row.id])
        text = next(text for text in _texts(first, sort) if _plain(sort, text) == name)
        number = len({row.id for row in products}) - 1
        more = f" and by {number} more product{'s' * (number > 1)}" if number else ""
        words = f"{SAID[sort].capitalize()} “{text}” is named here{more}, but is not in the inventory."
        yield check.at(first, FIELDS[sort], words, _unknown_fixes(data, sort, name, text, products))


def _unknown_fixes(
    data: PlanData, sort: str, name: str, text: str, products: Sequence[Product]
) -> Iterator[Fix]:
    row = _addition(data, sort, text)
    yield Fix("Add it to the inventory", (add(row),), CREATE)
    changes = (
        put(product, _without(product, sort, name)) for product in {row.id: row for row in products}.values()
    )
    where = "this product" if len(products) == 1 else "all products"
    yield Fix(f"Take it off {where}", tuple(changes), "take it off")


def _addition(data: PlanData, sort: str, text: str) -> Entity:
    """The entry that the inventory lacks; kept, since making one takes longer than all else that is asked."""
    kept = data.memo("kept entries", (), dict[tuple[str, str], Entity])
    row = kept.get((sort, text))
    if row is None or row.id in data.rows("repository"):
        row = kept[sort, text] = missing(data, "repository", f"{text}/{sort}", {"name": text, "sort": sort})
    return row


def _without(product: Product, sort: str, name: str) -> dict[str, Any]:
    if sort == JIRA:
        return {"jira": ""}
    return {"repositories": tuple(text for text in product.repositories if plain_name(text) != name)}
