"""Checks of products: somebody answers for each, and each repository and component belongs to one."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.checks.finding import NOTE, WARNING, Check, Finding, check
from dmdesk.model import Product
from dmdesk.reading import PlanData


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


@check("product.repository-twice", WARNING, kinds=("product",))
def repository_twice(data: PlanData) -> Iterator[Finding]:
    """A repository that two products claim; each belongs to one product."""
    owners: dict[str, Product] = {}
    for row in data.all(Product).values():
        for repository in row.repositories:
            first = owners.setdefault(_repository(repository), row)
            if first is not row:
                words = f"Repository “{repository}” belongs to “{data.title(first)}” as well."
                yield repository_twice.at(row, "repositories", words)


def _repository(text: str) -> str:
    """A repository's name without what differs between ways to write it."""
    name = text.strip().casefold().removesuffix("/").removesuffix(".git")
    for prefix in ("https://", "http://", "ssh://", "git@", "github.com/", "github.com:"):
        name = name.removeprefix(prefix)
    return name


@check("product.component-twice", WARNING, kinds=("product",))
def component_twice(data: PlanData) -> Iterator[Finding]:
    """A component of the issue tracker that two products claim; each belongs to one product."""
    owners: dict[str, Product] = {}
    for row in data.all(Product).values():
        first = owners.setdefault(row.jira.casefold(), row) if row.jira else row
        if first is not row:
            yield component_twice.at(
                row, "jira", f"Component “{row.jira}” belongs to “{data.title(first)}” as well."
            )


@check("product.homeless", NOTE, kinds=("product",))
def homeless(data: PlanData) -> Iterator[Finding]:
    """A product that is no group and names no WBS element, so no work is planned for it."""
    above = {row.parent for row in data.all(Product).values()}
    for row in data.all(Product).values():
        if row.kind != "group" and not row.wbs and row.id not in above:
            yield homeless.at(row, "wbs", "No WBS element produces this product.")
