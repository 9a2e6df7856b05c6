"""Checks of products: somebody answers for each, and each repository and component belongs to one.

The plan's product list exists so that every repository and component has a manager and an owner; these are its rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmdesk import trees
from dmdesk.changes import Change, put
from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, Fix, check
from dmdesk.checks.fixing import removal, setting
from dmdesk.kinds import Entity
from dmdesk.model import Product
from dmdesk.model.repositories import plain_name as _repository
from dmdesk.reading import PlanData

FEW = 4
"""Rows that a sentence or a list of fixes names before it only counts them."""


@check("product.no-manager", WARNING, kinds=("product",))
def no_manager(data: PlanData) -> Iterator[Finding]:
    """A product without a manager, even by inheritance; reported once for all that stand below it."""
    return _unheld(no_manager, data, "managers", "manager")


@check("product.no-owner", WARNING, kinds=("product",))
def no_owner(data: PlanData) -> Iterator[Finding]:
    """A product without an owner, even by inheritance; reported once for all that stand below it."""
    return _unheld(no_owner, data, "owners", "product owner")


def _unheld(check: Check, data: PlanData, field: str, what: str) -> Iterator[Finding]:
    children = data.children("product")

    def without(id: str) -> int:
        count, todo = 0, list(children.get(id, ()))
        while todo:
            row = todo.pop()
            if not getattr(row, field):
                count += 1
                todo += children.get(row.id, ())
        return count

    for row in children.get("", ()):
        if not getattr(row, field):
            below = without(row.id)
            rest = {0: "", 1: ", nor has the product below it"}.get(
                below, f", nor have {below} products below it"
            )
            yield check.at(row, field, f"This product has no {what}{rest}.")


@check("product.no-repository", NOTE, kinds=("product",))
def no_repository(data: PlanData) -> Iterator[Finding]:
    """A software product that names no repository, and has no products below it that could."""
    above = {row.parent for row in data.all(Product).values()}
    for row in data.all(Product).values():
        if row.kind == "software" and not row.repositories and row.id not in above:
            yield no_repository.at(row, "repositories", "This software product names no repository.")


@check("product.group-empty", WARNING, kinds=("product",))
def group_empty(data: PlanData) -> Iterator[Finding]:
    """A group of products that has none below it; a group is only there to hold others."""
    above = {row.parent for row in data.all(Product).values()}
    for row in data.all(Product).values():
        if row.kind == "group" and row.id not in above:
            others = (("software", "software"), ("hardware", "hardware"), ("service", "a service"))
            fixes = [setting(row, f"Make it {words}", f"make it {kind}", kind=kind) for kind, words in others]
            fixes.append(removal(data, row, "Remove the group"))
            yield group_empty.at(row, "kind", "This group holds no products.", fixes)


@check("product.repository-twice", WARNING, kinds=("product",))
def repository_twice(data: PlanData) -> Iterator[Finding]:
    """A repository that several products claim, said once: each should lead to one product and its owner."""
    for name, owners in _claims(data, "repositories").items():
        written = next(text for text in owners[0].repositories if _repository(text) == name)
        words = f"Repository “{written}” is listed by {_listed(data, owners)}; it should lead to one product."
        yield repository_twice.at(owners[0], "repositories", words, _repository_fixes(data, name, owners))


@check("product.component-twice", WARNING, kinds=("product",))
def component_twice(data: PlanData) -> Iterator[Finding]:
    """A component of the issue tracker that several products claim, said once: each maps to one product."""
    for owners in _claims(data, "jira").values():
        words = f"Component “{owners[0].jira}” is that of {_listed(data, owners)}; each maps to one product."
        fixes = (
            _leaving(data, keeper, [put(row, {"jira": ""}) for row in owners if row is not keeper])
            for keeper in owners[:FEW]
        )
        yield component_twice.at(owners[0], "jira", words, fixes)


def _claims(data: PlanData, field: str) -> dict[str, list[Product]]:
    """What more than one product names in a field, and those products in the plan's order."""
    found: dict[str, list[Product]] = {}
    again: set[str] = set()
    for row in data.all(Product).values():
        value = getattr(row, field)
        texts: tuple[str, ...] = value if isinstance(value, tuple) else (value,) if value else ()
        for text in texts:
            name = _repository(text)
            claims = found.setdefault(name, [])
            if not claims or claims[-1] is not row:
                claims.append(row)
            if len(claims) > 1:
                again.add(name)
    if not again:
        return {}
    place = {row.id: at for at, row in enumerate(data.in_order("product"))}
    return {name: sorted(found[name], key=lambda row: place[row.id]) for name in found if name in again}


def _listed(data: PlanData, owners: list[Product]) -> str:
    """“A”, “B” and 3 more products."""
    few = owners if len(owners) <= FEW else owners[: FEW - 1]
    names = [f"“{data.title(row)}”" for row in few]
    if len(few) < len(owners):
        return f"{', '.join(names)} and {len(owners) - len(few)} more products"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _repository_fixes(data: PlanData, name: str, owners: list[Product]) -> Iterator[Fix]:
    def without(row: Product) -> Change:
        return put(row, {"repositories": tuple(r for r in row.repositories if _repository(r) != name)})

    above = _common_ancestor(data, owners)
    if above is not None and above.parent and all(above is not row for row in owners):
        written = next(text for text in owners[0].repositories if _repository(text) == name)
        moved = put(above, {"repositories": (*above.repositories, written)})
        yield Fix(
            f"Move it up to “{data.title(above)}”", (*(without(row) for row in owners), moved), "move up"
        )
    for keeper in owners[:FEW]:
        yield _leaving(data, keeper, [without(row) for row in owners if row is not keeper])


def _leaving(data: PlanData, keeper: Product, changes: Iterable[Change]) -> Fix:
    return Fix(f"Leave it to “{data.title(keeper)}”", tuple(changes), f"leave it to {keeper.key}")


def _common_ancestor(data: PlanData, rows: list[Product]) -> Product | None:
    """The nearest product that all the others are part of."""
    every = data.all(Product)

    def line(row: Entity) -> list[str]:
        return [row.id, *(above.id for above in trees.ancestors(every, row.id))]

    shared = set(line(rows[0])).intersection(*(line(row) for row in rows[1:]))
    return next((every[id] for id in line(rows[0]) if id in shared), None)


@check("product.homeless", NOTE, kinds=("product",))
def homeless(data: PlanData) -> Iterator[Finding]:
    """A product that is no group and names no WBS element, so no work is planned for it."""
    above = {row.parent for row in data.all(Product).values()}
    for row in data.all(Product).values():
        if row.kind != "group" and not row.wbs and row.id not in above:
            yield homeless.at(row, "wbs", "No WBS element produces this product.")
