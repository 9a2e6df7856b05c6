"""Derived columns: what a page counts or gathers from other kinds, shown beside the fields and never typed.

Each is a function of the plan and a row; what it needs of other kinds is kept by ``PlanData.memo``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.computed import Computed, computed_of
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData
from dmdesk.values import frozen
from ui.models import cells
from ui.models.cells import Cell

if TYPE_CHECKING:
    from dmdesk.risks.scale import Zone

Words = Callable[[PlanData, Entity], str]

OVERDUE = "overdue"
"""The mark of a day that has passed and should not have."""


@frozen
class Derived:
    """A column that is read and never typed; ``of`` names the kinds it is made of.

    ``value`` is what rows are sorted by where it is a number, ``late`` says why a row's day is one to be marked,
    ``zone`` gives the zone of scores whose colour and pattern stand behind the words.
    """

    label: str
    help: str
    of: tuple[str, ...]
    words: Words
    number: bool = False
    value: Callable[[PlanData, Entity], float | None] | None = None
    late: Words | None = None
    zone: Callable[[PlanData, Entity], Zone | None] | None = None

    def cell(self, data: PlanData, row: Entity) -> Cell:
        """The words of a row in the column, with a mark where it is late."""
        why = self.late(data, row) if self.late else ""
        return Cell(self.words(data, row), OVERDUE if why else "", why)


def products_at(data: PlanData) -> dict[str, list[Entity]]:
    """The products defined at each WBS element, by the finest match."""
    return data.memo("products by element", ("product", "wbs"), lambda: trees.products_by_element(data)[0])


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


@cache
def derived(kind: str) -> dict[str, Derived]:
    """The derived columns of a kind, by their name, which begins with "+": its own, and its computed fields."""
    return {
        **DERIVED.get(kind, {}),
        **{f"+{name}": _computed(one) for name, one in computed_of(kind).items()},
    }


def _computed(one: Computed) -> Derived:
    """A computed field as a column."""
    from dmdesk.risks.columns import LATE, WORDS, ZONES

    field = one.field

    def words(data: PlanData, row: Entity) -> str:
        return cells.plain(field, value) if (value := one.value(data, row)) else ""

    def number(data: PlanData, row: Entity) -> float | None:
        return t.amount(one.value(data, row))

    return Derived(
        field.label, field.help, one.of, WORDS.get(one.name, words), field.type.numeric,
        number if field.type.numeric else None, LATE.get(one.name), ZONES.get(one.name),
    )  # fmt: skip


ICONS = {
    "plan": "document", "acceptance": "check", "score": "chart", "move": "trace", "response": "decision",
    "draw": "budget", "category": "tag", "scale": "matrix", "band": "list", "impact": "list", "zone": "list",
    "review": "meeting", "reviewed": "check", "rfc": "change", "rfcmove": "trace", "objection": "comment",
    "docket": "meeting", "docketitem": "decision", "boardaction": "action",
}  # fmt: skip
"""The icons of kinds that have none by their own name."""


def kind_icon(kind: str) -> str:
    """The icon of a kind."""
    return ICONS.get(kind, kind)


def icon_name(row: Entity, kind: str) -> str:
    """The icon that stands before a row."""
    if kind == "product":
        sort = getattr(row, "kind", "")
        return {"group": "product-group", "": "product"}.get(
            sort, sort if sort in ("software", "hardware", "service") else "product"
        )
    return kind_icon(kind)


def prefix(data: PlanData, row: Entity, kind: str) -> str:
    """What stands before the words of the first column: a section's number."""
    return trees.section_numbers(data).get(row.id, "") if kind == "section" else ""
