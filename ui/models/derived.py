"""Derived columns: what a page counts or gathers from other kinds, shown beside the fields and never typed.

Each is a function of the plan and a row; what it needs of other kinds is kept by ``PlanData.memo``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from dmdesk import trees
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData
from dmdesk.values import frozen

Words = Callable[[PlanData, Entity], str]


@frozen
class Derived:
    """A column that is read and never typed; ``of`` names the kinds it is made of."""

    label: str
    help: str
    of: tuple[str, ...]
    words: Words
    number: bool = False


def products_at(data: PlanData) -> dict[str, list[Entity]]:
    """The products defined at each WBS element, by the finest match."""
    return data.memo("products by element", ("product", "wbs"), lambda: trees.products_by_element(data)[0])


def numbers(data: PlanData) -> dict[str, str]:
    """The number of each section."""
    return data.memo("section numbers", ("section",), lambda: trees.section_numbers(data))


def _products(data: PlanData, row: Entity) -> str:
    return str(len(products_at(data).get(row.id, ())) or "")


def _count(data: PlanData, kind: str, field: str) -> Counter[str]:
    rows = data.rows(kind)
    return data.memo(
        f"count {kind} {field}", (kind,), lambda: Counter(getattr(row, field) for row in rows.values())
    )


def _counted(kind: str, field: str) -> Words:
    return lambda data, row: str(_count(data, kind, field).get(row.id, ""))


def _gathered(kind: str, field: str, show: str) -> Words:
    def make(data: PlanData) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in data.in_order(kind):
            if not getattr(row, "end", ""):
                found.setdefault(getattr(row, field), []).append(getattr(row, show))
        return found

    def words(data: PlanData, row: Entity) -> str:
        at: dict[str, list[str]] = data.memo(f"{show} by {field}", (kind,), lambda: make(data))
        target = "person" if show == "person" else "role"
        return ", ".join(data.link(target, link) for link in at.get(row.id, ()))

    return words


def _words_in(_: PlanData, row: Any) -> str:
    return f"{len(row.body.split()):,}" if row.body else ""


DERIVED: dict[str, dict[str, Derived]] = {
    "wbs": {
        "+products": Derived(
            "Products", "Products defined at this level", ("product", "wbs"), _products, number=True
        )
    },
    "section": {"+words": Derived("Words", "Words of text in this section", ("section",), _words_in, number=True)},
    "institution": {
        "+people": Derived(
            "People", "People who work there", ("person",), _counted("person", "institution"), number=True
        )
    },
    "person": {
        "+roles": Derived(
            "Roles", "Roles held now", ("appointment", "role"), _gathered("appointment", "person", "role")
        )
    },
    "role": {
        "+holders": Derived(
            "Held by", "Who holds the role now", ("appointment", "person"), _gathered("appointment", "role", "person")
        )
    },
    "group": {
        "+members": Derived(
            "Members", "Number of members", ("membership",), _counted("membership", "group"), number=True
        )
    },
    "requirement": {
        "+traces": Derived(
            "Traced to", "Requirements above it that it satisfies", ("trace",), _counted("trace", "requirement"),
            number=True,
        )
    },
}  # fmt: skip


def derived(kind: str) -> dict[str, Derived]:
    """The derived columns of a kind, by their name, which begins with "+"."""
    return DERIVED.get(kind, {})


def icon_name(row: Entity, kind: str) -> str:
    """The icon that stands before a row."""
    if kind == "product":
        sort = getattr(row, "kind", "")
        return {"group": "product-group", "": "product"}.get(
            sort, sort if sort in ("software", "hardware", "service") else "product"
        )
    return {"plan": "document", "acceptance": "check"}.get(kind, kind)


def prefix(data: PlanData, row: Entity, kind: str) -> str:
    """What stands before the words of the first column: a section's number."""
    return numbers(data).get(row.id, "") if kind == "section" else ""
