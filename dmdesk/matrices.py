"""Matrices: two kinds against each other, such as products and the WBS elements that make them, as plain data.

Screens, the command line and copies must agree on what a cell says and on what a click in it does, so both are
decided here; cells are worked out when they are asked for, because most of a large matrix is never looked at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put, without
from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData
from dmdesk.registry import Registry

OWN, INHERITED, UNRESOLVED = "own", "inherited", "unresolved"
"""States of a cell: said by the row itself, by a row above it, or by words that name nothing exactly."""


class Cell(NamedTuple):
    """What stands where a row and a column cross.

    ``state`` is "" where only something below the two is linked, ``below`` counts that. ``words`` say it in
    sentences. ``text`` stands beside the mark, ``quiet`` when it comes from a row above.
    """

    state: str
    words: str
    text: str = ""
    quiet: bool = False
    below: int = 0


@dataclass(frozen=True, eq=False)
class Axis:
    """The rows or columns of a matrix, all of one kind.

    ``ids`` in order; ``above`` and ``depth`` by id, 0 at the top; ``place`` an id's place, ``end`` that behind the
    last one below it.
    """

    kind: str
    ids: list[str]
    above: Mapping[str, str]
    depth: Mapping[str, int]
    place: Mapping[str, int]
    end: Mapping[str, int]

    def has_below(self, id: str) -> bool:
        """Whether there are others below one."""
        return self.end[id] > self.place[id] + 1

    def ways(self, id: str) -> Iterable[str]:
        """The ids above one, nearest first."""
        while id := self.above.get(id, ""):
            yield id


@dataclass(frozen=True, eq=False)
class Matrix:
    """A relation as it is now.

    ``cell`` gives what stands at a row and a column by their ids, None for nothing; ``marked`` the columns of a row
    whose cells have a state. ``row_gaps`` and ``column_gaps`` are the ids of those without the other kind;
    ``notes`` says of rows what has no column.
    """

    rows: Axis
    columns: Axis
    cell: Callable[[str, str], Cell | None]
    marked: Callable[[str], Collection[str]]
    row_gaps: Collection[str]
    column_gaps: Collection[str]
    notes: Mapping[str, str]


@dataclass(frozen=True)
class Relation:
    """A matrix that can be looked at and changed.

    ``of`` names the kinds it is made of, those of its rows and columns first.
    ``toggle`` gives the name of a step and its changes for a click in a cell, ``field`` the field of the row that
    can be typed into a cell ("" for none). ``legend`` says what each state means.
    """

    name: str
    label: str
    help: str
    of: tuple[str, ...]
    read: Callable[[PlanData], Matrix]
    toggle: Callable[[PlanData, str, str], tuple[str, list[Change]]]
    gap_words: tuple[str, str]
    """What rows and what columns without the other kind are, said after their kind's label."""
    legend: Mapping[str, str]
    field: str = ""


RELATIONS: Registry[Relation] = Registry("relation")


def matrix(data: PlanData, name: str) -> Matrix:
    """The matrix of that name, kept until a row of the kinds that it is made of changes.

    Raises:
        KeyError: there is no such matrix.
    """
    relation = RELATIONS[name]
    return data.memo(f"matrix {name}", relation.of, lambda: relation.read(data))


def toggled(data: PlanData, name: str, row: str, column: str) -> tuple[str, list[Change]]:
    """The name of the step and the changes for a click in a cell; none where a row or column is gone."""
    relation = RELATIONS[name]
    now = matrix(data, name)
    if row not in now.rows.place or column not in now.columns.place:
        return "", []
    return relation.toggle(data, row, column)


def axis(data: PlanData, kind: str) -> Axis:
    """All rows of a kind in the plan's order, as a tree where the kind makes one."""
    return data.memo(f"axis {kind}", (kind,), lambda: _axis(data, kind), shape=True)


def _axis(data: PlanData, kind: str) -> Axis:
    if not kinds()[kind].parent:
        return flat(kind, [row.id for row in data.in_order(kind)])
    below = data.children_ids(kind)
    above = {id: parent for parent, ids in below.items() for id in ids}
    walked = list(trees.walk(below))
    ids = [id for _, id in walked]
    end: dict[str, int] = {}
    path: list[tuple[int, str]] = []
    for at, (level, id) in enumerate([*walked, (0, "")]):
        while path and path[-1][0] >= level:
            end[path.pop()[1]] = at
        path.append((level, id))
    return Axis(kind, ids, above, {id: n for n, id in walked}, {id: n for n, id in enumerate(ids)}, end)


def flat(kind: str, ids: list[str]) -> Axis:
    """Rows that stand side by side."""
    place = {id: n for n, id in enumerate(ids)}
    return Axis(
        kind,
        ids,
        dict.fromkeys(ids, ""),
        dict.fromkeys(ids, 0),
        place,
        {id: n + 1 for id, n in place.items()},
    )


def called(data: PlanData, kind: str, id: str) -> str:
    """Key and title of a row, as sentences name it; WBS elements are known by both, others by their title."""
    row = data.rows(kind)[id]
    key, title = data.key(row), data.title(row)
    return f"{key} {title}" if kind == "wbs" and key not in ("", title) else title


def short(words: str, longest: int = 60) -> str:
    """Words short enough for the name of a step."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def mark(cell: Cell | None, *, counts: bool = False) -> str:
    """A cell in letters, for text: x, (x) inherited, ? unresolved, then its text; with ``counts`` what is below."""
    if cell is None:
        return ""
    sign = {OWN: "x", INHERITED: "(x)", UNRESOLVED: "?"}.get(cell.state, "")
    if not sign:
        return str(cell.below) if counts and cell.below else ""
    return f"{sign} {cell.text}" if cell.text else sign


# -- products × WBS


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


# -- the organisation breakdown: WBS × institutions


class _Lead:
    """Which institutions lead which elements, and who answers for the account."""

    def __init__(self, data: PlanData, rows: Axis, columns: Axis) -> None:
        self._data, self._rows, self._columns = data, rows, columns
        self._leads: dict[str, tuple[tuple[str, ...], Entity | None]] = {}
        self._managers: dict[str, tuple[str, Entity | None]] = {}

    def _lead(self, element: str) -> tuple[tuple[str, ...], Entity | None]:
        found = self._leads.get(element)
        if found is None:
            found = trees.inherited(self._data, self._data.rows("wbs")[element], "institutions")
            self._leads[element] = found
        return found

    def _manager(self, element: str) -> tuple[str, Entity | None]:
        """The account manager's name, and the element it comes from."""
        found = self._managers.get(element)
        if found is None:
            link, source = trees.inherited(self._data, self._data.rows("wbs")[element], "manager")
            found = self._managers[element] = (self._data.link("person", link) if link else "", source)
        return found

    def cell(self, row: str, column: str) -> Cell | None:
        links, source = self._lead(row)
        if column not in links or source is None:
            return None
        own = source.id == row
        name, whose = self._manager(row)
        element, institution = called(self._data, "wbs", row), called(self._data, "institution", column)
        said = [
            f"{institution} leads {element}" + ("." if own else f", as it leads {self._data.key(source)}.")
        ]
        if whose is None:
            said.append("No control account manager is named.")
        else:
            also = "" if whose.id == row else f", as for {self._data.key(whose)}"
            said.append(f"The control account manager is {name}{also}.")
        quiet = whose is not None and whose.id != row
        return Cell(OWN if own else INHERITED, " ".join(said), name, quiet)

    def marked(self, row: str) -> Collection[str]:
        return [id for id in self._lead(row)[0] if id in self._columns.place]

    def matrix(self) -> Matrix:
        elements, institutions = self._data.rows("wbs"), self._data.rows("institution")
        notes = {}
        for row in elements.values():
            lost = [
                t.unresolved(link) or link
                for link in row.institutions  # type: ignore[attr-defined]
                if link not in institutions
            ]
            if lost:
                notes[row.id] = f"No institution of this plan is called “{'”, “'.join(lost)}”."
        leading = {link for row in elements.values() for link in row.institutions}  # type: ignore[attr-defined]
        return Matrix(
            self._rows, self._columns, self.cell, self.marked,
            {id for id in elements if not self._lead(id)[0]},
            {id for id, row in institutions.items() if row.lead and id not in leading},  # type: ignore[attr-defined]
            notes,
        )  # fmt: skip


def _institutions(data: PlanData) -> Axis:
    """Institutions with the lead ones first, these by their number in the organisation breakdown."""
    rows: list[Any] = list(data.in_order("institution"))
    rows.sort(key=lambda row: (not row.lead, not row.number, trees.natural(row.number)))
    return flat("institution", [row.id for row in rows])


def _make_lead(data: PlanData, element: str, institution: str) -> tuple[str, list[Change]]:
    """Make an institution a lead of an element besides those it has itself, or take it off."""
    row: Any = data.rows("wbs")[element]
    code = data.key(row) or data.title(row)
    name = short(data.title(data.rows("institution")[institution]))
    if institution in row.institutions:
        title, now = f"Take {name} off as lead of {code}", without(row.institutions, institution)
    else:
        title, now = f"Make {name} lead of {code}", (*row.institutions, institution)
    return title, [put(row, {"institutions": now})]


RELATIONS.add(
    Relation(
        "obs", "OBS grid", "Which institutions lead which WBS elements, and who answers for each control account.",
        ("wbs", "institution", "person"),
        lambda data: _Lead(data, axis(data, "wbs"), _institutions(data)).matrix(), _make_lead,
        ("without a lead", "marked as lead without any element"),
        {OWN: "leads the element", INHERITED: "leads an element above"},
        field="manager",
    )
)  # fmt: skip
