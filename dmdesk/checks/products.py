"""Checks of products: somebody answers for each, and each repository and component belongs to one.

The plan's product list exists so that every repository and component has a manager and an owner; these are its rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from dmdesk import trees
from dmdesk.changes import Change, put
from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, Fix, check, named_by, of, removed_with
from dmdesk.checks.fixing import removal, setting
from dmdesk.checks.perrow import each, per_row
from dmdesk.keeping import Index, Replaced
from dmdesk.kinds import Entity
from dmdesk.model import Product
from dmdesk.model.repositories import plain_name as _repository
from dmdesk.reading import PlanData

FEW = 4
"""Rows that a sentence or a list of fixes names before it only counts them."""


@check("product.no-manager", WARNING, kinds=of("product", "parent", "managers"))
def no_manager(data: PlanData) -> Iterator[Finding]:
    """A product without a manager, even by inheritance; reported once for all that stand below it."""
    return _unheld(no_manager, data, "managers", "manager")


@check("product.no-owner", WARNING, kinds=of("product", "parent", "owners"))
def no_owner(data: PlanData) -> Iterator[Finding]:
    """A product without an owner, even by inheritance; reported once for all that stand below it."""
    return _unheld(no_owner, data, "owners", "product owner")


def _unheld(check: Check, data: PlanData, field: str, what: str) -> Iterator[Finding]:
    children, rows, get = data.children_ids("product"), data.rows("product"), attrgetter(field)

    def without(id: str) -> int:
        count, todo = 0, list(children.get(id, ()))
        while todo:
            id = todo.pop()
            if not get(rows[id]):
                count += 1
                todo += children.get(id, ())
        return count

    for row in (rows[id] for id in children.get("", ())):
        if not get(row):
            below = without(row.id)
            rest = {0: "", 1: ", nor has the product below it"}.get(
                below, f", nor have {below} products below it"
            )
            yield check.at(row, field, f"This product has no {what}{rest}.")


@check("product.no-repository", NOTE, kinds=of("product", "kind", "repositories", "parent"))
def no_repository(data: PlanData) -> Iterator[Finding]:
    """A software product that names no repository, and has no products below it that could."""
    above = _above(data)

    def find(row: Entity) -> Iterator[Finding]:
        if row.kind == "software" and not row.repositories and row.id not in above:  # type: ignore[attr-defined]
            yield no_repository.at(row, "repositories", "This software product names no repository.")

    fields = ("kind", "repositories", "parent")
    yield from per_row(data, "no repository", "product", fields, each(find), _near_parents)


def _above(data: PlanData) -> Index[str]:
    """The products by the one that they are part of."""
    return data.index("parts", "product", lambda row: (row.parent,))  # type: ignore[attr-defined]


def _near_parents(step: Replaced) -> Iterator[str]:
    """The products that a replaced one is, or was, part of."""
    if step.kind == "product":
        yield from (row.parent for row in (step.old, step.new) if isinstance(row, Product) and row.parent)


@check("product.group-empty", WARNING, kinds=removed_with("product"))
def group_empty(data: PlanData) -> Iterator[Finding]:
    """A group of products that has none below it; a group is only there to hold others."""
    above = _above(data)

    def look(rows: Sequence[Entity]) -> dict[str, tuple[str, ...]]:
        return {row.id: (row.id,) for row in rows if row.kind == "group" and row.id not in above}  # type: ignore[attr-defined]

    found = per_row(data, "empty groups", "product", ("kind", "parent"), look, _near_parents)
    others = (("software", "software"), ("hardware", "hardware"), ("service", "a service"))
    for row in (data.all(Product)[id] for id in found):
        fixes = [setting(row, f"Make it {words}", f"make it {kind}", kind=kind) for kind, words in others]
        fixes.append(removal(data, row, "Remove the group"))
        yield group_empty.at(row, "kind", "This group holds no products.", fixes)


@check(
    "product.repository-twice",
    WARNING,
    kinds=(*of("product", "repositories", "parent", "order"), *named_by("product")),
)
def repository_twice(data: PlanData) -> Iterator[Finding]:
    """A repository that several products claim, said once: each should lead to one product and its owner."""
    for name, owners in _claims(data, "repositories").items():
        written = next(text for text in owners[0].repositories if _repository(text) == name)
        words = f"Repository “{written}” is listed by {_listed(data, owners)}; it should lead to one product."
        yield repository_twice.at(owners[0], "repositories", words, _repository_fixes(data, name, owners))


@check(
    "product.component-twice",
    WARNING,
    kinds=(*of("product", "jira", "parent", "order"), *named_by("product")),
)
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
    index = claimed(data, field)
    if not index.shared:
        return {}
    rows, place = data.all(Product), data.places("product")
    return {
        name: [rows[id] for id in sorted(index.group(name), key=place.__getitem__)] for name in index.shared
    }


def claimed(data: PlanData, field: str) -> Index[str]:
    """The products by what they name as their repositories or their component."""
    get = attrgetter(field)

    def names(row: Entity) -> dict[str, None]:
        value = get(row)
        texts: tuple[str, ...] = value if isinstance(value, tuple) else (value,) if value else ()
        return dict.fromkeys(map(_repository, texts))

    return data.index(f"claimed {field}", "product", names)


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


@check("product.homeless", NOTE, kinds=of("product", "kind", "wbs", "parent"))
def homeless(data: PlanData) -> Iterator[Finding]:
    """A product that is no group and names no WBS element, so no work is planned for it."""
    above = _above(data)

    def find(row: Entity) -> Iterator[Finding]:
        if row.kind != "group" and not row.wbs and row.id not in above:  # type: ignore[attr-defined]
            yield homeless.at(row, "wbs", "No WBS element produces this product.")

    yield from per_row(data, "homeless", "product", ("kind", "wbs", "parent"), each(find), _near_parents)
