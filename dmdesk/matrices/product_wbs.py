"""Products × WBS: which elements produce which products, by their own links, those of products above, and in sum.

Counts of what is below come from sorted places, so that a cell costs two searches however large the trees are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put, without
from dmdesk.matrices.relation import (
    INHERITED,
    OWN,
    RELATIONS,
    UNRESOLVED,
    Axis,
    Cell,
    Matrix,
    Relation,
    axis,
    called,
    short,
)
from dmdesk.reading import PlanData


class _Work:
    """Which products stand at which elements: their own links, those of products above, and counts of both below."""

    def __init__(self, data: PlanData, rows: Axis, columns: Axis) -> None:
        self._data, self._rows, self._columns = data, rows, columns
        self._own: dict[str, dict[str, str]] = {}
        self._notes: dict[str, str] = {}
        codes = data.by_key("wbs")
        for id, product in data.rows("product").items():
            links: tuple[str, ...] = product.wbs  # type: ignore[attr-defined]
            if links:
                self._take(id, links, codes)
        pairs = sorted(
            (columns.place[element], rows.place[id]) for id, own in self._own.items() for element in own
        )
        self._elements = [element for element, _ in pairs]
        self._products = [product for _, product in pairs]
        self._at: dict[str, list[int]] = {}
        self._from: dict[str, str] = {}

    def _take(self, id: str, links: tuple[str, ...], codes: Mapping[str, str]) -> None:
        own: dict[str, str] = {}
        lost = []
        for link in links:
            home = _home(link, codes, self._columns)
            if home and not (home in own and t.unresolved(link)):
                own[home] = link
            elif not home:
                lost.append(t.unresolved(link) or link)
        if own:
            self._own[id] = own
        if lost:
            self._notes[id] = f"No WBS element of this plan is called “{'”, “'.join(lost)}”."

    def used(self, element: str) -> bool:
        """Whether a product stands at an element or below it."""
        place, end = self._columns.place[element], self._columns.end[element]
        first = bisect_left(self._elements, place)
        return first < len(self._elements) and self._elements[first] < end

    def _below(self, product: str, element: str) -> int:
        """The number of links of the product and those below it, to the element and those below it."""
        places = self._at.get(element)
        if places is None:
            first = bisect_left(self._elements, self._columns.place[element])
            last = bisect_left(self._elements, self._columns.end[element])
            places = self._at[element] = sorted(self._products[first:last])
        if not places:
            return 0
        return bisect_left(places, self._rows.end[product]) - bisect_left(places, self._rows.place[product])

    def _source(self, product: str) -> str:
        """The product whose elements hold for one: itself, or the nearest above that names any."""
        found = self._from.get(product)
        if found is None:
            found = product
            if product not in self._own:
                found = next((above for above in self._rows.ways(product) if above in self._own), "")
            self._from[product] = found
        return found

    def cell(self, row: str, column: str) -> Cell | None:
        source = self._source(row)
        held = self._own[source].get(column, "") if source else ""
        below = self._below(row, column)
        if not held:
            return Cell("", self._count(below), below=below) if below else None
        if source != row:
            return Cell(INHERITED, self._inherited(row, source, column, below), below=below)
        below -= 1
        state = UNRESOLVED if t.unresolved(held) else OWN
        return Cell(state, self._said(row, column, held, below), below=below)

    def marked(self, row: str) -> Collection[str]:
        source = self._source(row)
        return self._own[source] if source else ()

    def _said(self, row: str, column: str, held: str, below: int) -> str:
        product, element = called(self._data, "product", row), called(self._data, "wbs", column)
        said = f"{product} is assigned to {element}."
        if lost := t.unresolved(held):
            said = f"{product} names “{lost}”, which is no element of this plan; {element} is the nearest above it."
        return " ".join(filter(None, (said, self._count(below))))

    def _inherited(self, row: str, source: str, column: str, below: int) -> str:
        names = [called(self._data, "product", id) for id in (row, source)]
        said = f"{names[0]} names no element itself; {names[1]} is assigned to {called(self._data, 'wbs', column)}."
        return " ".join(filter(None, (said, self._count(below))))

    def _count(self, below: int) -> str:
        return f"{below:,} assignment{'s' if below > 1 else ''} further down." if below else ""

    def matrix(self) -> Matrix:
        products: Any = self._data.rows("product").values()
        return Matrix(
            self._rows, self._columns, self.cell, self.marked,
            {row.id for row in products if row.kind != "group" and not row.wbs},
            {id for id in self._columns.ids if not self.used(id)},
            self._notes,
        )  # fmt: skip


def _home(link: str, codes: Mapping[str, str], elements: Axis) -> str:
    """The element a link stands at: the one it names or, for words, the finest match; "" for none."""
    words = t.unresolved(link)
    if words:
        return trees.finest(codes, words)
    return link if link in elements.place else ""


def _assign(data: PlanData, product: str, element: str) -> tuple[str, list[Change]]:
    """Assign a product to an element, or take it off; words that stood for the element give way to it."""
    row: Any = data.rows("product")[product]
    code = data.key(data.rows("wbs")[element]) or called(data, "wbs", element)
    name = short(data.title(row))
    if element in row.wbs:
        return f"Unassign {name} from {code}", [put(row, {"wbs": without(row.wbs, element)})]
    codes, elements = data.by_key("wbs"), axis(data, "wbs")
    stood = [link for link in row.wbs if t.unresolved(link) and _home(link, codes, elements) == element]
    links = [element if link in stood else link for link in row.wbs] if stood else [*row.wbs, element]
    instead = f" in place of “{short(t.unresolved(stood[0]))}”" if stood else ""
    return f"Assign {name} to {code}{instead}", [put(row, {"wbs": tuple(dict.fromkeys(links))})]


RELATIONS.add(
    Relation(
        "product-wbs", "Product × WBS", "Which WBS elements produce which products.", ("product", "wbs"),
        lambda data: _Work(data, axis(data, "product"), axis(data, "wbs")).matrix(), _assign,
        ("without any element", "without any product"),
        {
            OWN: "assigned to the element", INHERITED: "a product above is", UNRESOLVED: "code not in the plan",
            "": "assignments further down",
        },
    )
)  # fmt: skip
