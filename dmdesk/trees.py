"""Trees and codes: natural order, paths, cycles, inheritance, finest matches, section numbers. Pure functions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from dmdesk import types as t
from dmdesk.kinds import Entity, Kind, kind_of, kinds

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

T = TypeVar("T", bound=Entity | str)

_RUNS = re.compile(r"[0-9]+|[^0-9]+")


@lru_cache(maxsize=100_000)
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts codes as people do: 02C.10 after 02C.09, 01A after 01, case aside."""
    runs = _RUNS.findall(text.casefold())
    return tuple(
        [(0, int(run), run) if run[0] in "0123456789" and len(run) < 19 else (1, 0, run) for run in runs]
    )


def ordered(rows: Iterable[Entity]) -> list[Entity]:
    """The rows of one kind in the order a person expects: by their order field, then naturally by key."""
    rows = list(rows)
    if len(rows) < 2:
        return rows
    kind = kind_of(rows[0])
    if kind.order:
        rows.sort(key=attrgetter(kind.order))
        if len({getattr(row, kind.order) for row in rows}) == len(rows):
            return rows
    return sorted(rows, key=place(kind))


def place(kind: Kind) -> Callable[[Entity], tuple[Any, ...]]:
    """What rows of a kind are sorted by; ranks and days as text, as ``rank_between`` makes them, keys naturally."""
    values = attrgetter(*kind.identity, kind.order or "id", "id")

    def key(row: Entity) -> tuple[Any, ...]:
        *names, rank, id = values(row)
        return (rank if kind.order else "", *map(natural, names), id)

    return key


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def rank_between(before: str, after: str) -> str:
    """A rank that sorts after ``before`` and before ``after`` ("" for no bound), as short as it can be.

    Ranks are compared as text in base 36 and never end in 0, so there is always room between two of them.
    Other characters, as people may type them, count as the nearest digit on their side.
    """
    rank = ""
    for place in range(max(len(before), len(after)) + 2):
        low = bisect_right(_DIGITS, before[place]) - 1 if place < len(before) else 0
        high = bisect_left(_DIGITS, after[place]) if place < len(after) else len(_DIGITS)
        if after and rank != after[:place]:
            high = len(_DIGITS)
        if high - low > 1:
            return rank + _DIGITS[(low + high) // 2]
        rank += before[place] if place < len(before) else _DIGITS[0]
    return rank + _DIGITS[len(_DIGITS) // 2]


def ranks(number: int) -> list[str]:
    """Ranks for a list made at once, evenly spaced with room between them."""
    width = len(str(number))
    return [f"{place:0{width}d}5" for place in range(1, number + 1)]


def ancestors(rows: Mapping[str, Entity], id: str, parent: str = "parent") -> Iterator[Entity]:
    """The rows above one, nearest first; a cycle ends the walk."""
    seen = {id}
    row = rows.get(id)
    while row is not None:
        above = getattr(row, parent)
        if not above or above in seen:
            return
        seen.add(above)
        row = rows.get(above)
        if row is not None:
            yield row


def below(children: Mapping[str, list[T]], id: str) -> Iterator[T]:
    """All rows (or ids) below one, parents before their children, in tree order."""
    return (row for _, row in walk(children, id))


def walk(children: Mapping[str, list[T]], id: str = "", depth: int = 0) -> Iterator[tuple[int, T]]:
    """(depth, row or id) of a whole tree in order, parents before their children."""
    stack = [(depth, row) for row in reversed(children.get(id, ()))]
    while stack:
        level, row = stack.pop()
        yield level, row
        own = row if isinstance(row, str) else row.id
        stack.extend((level + 1, child) for child in reversed(children.get(own, ())))


def grow(rows: Mapping[str, Entity], parent: str) -> dict[str, list[str]]:
    """The ids of the children of each row, in order, by the parent's id ("" for the top).

    No row is lost: one whose parent is missing, and the first of a cycle, stands at the top.
    """
    siblings: dict[str, list[Entity]] = {}
    for row in rows.values():
        above = getattr(row, parent)
        siblings.setdefault(above if above in rows else "", []).append(row)
    children = {above: [row.id for row in ordered(below)] for above, below in siblings.items()}
    for first, *_ in cycles(rows, parent):
        children[getattr(rows[first], parent)].remove(first)
        children.setdefault("", []).append(first)
    return children


def cycles(rows: Mapping[str, Entity], parent: str) -> list[list[str]]:
    """Every cycle of parents, as the ids on it, each once."""
    found, done = [], set[str]()
    for start in rows:
        path: dict[str, int] = {}
        id = start
        while id in rows and id not in done and id not in path:
            path[id] = len(path)
            id = getattr(rows[id], parent)
        if id in path:
            found.append(list(path)[path[id] :])
        done.update(path)
    return found


def inherited(data: PlanData, row: Entity, field: str) -> tuple[Any, Entity | None]:
    """The value that holds for a row, and the row it comes from: itself, an ancestor, or None when nothing is set."""
    value = getattr(row, field)
    if value:
        return value, row
    kind = kind_of(row)
    for above in ancestors(data.rows(kind.name), row.id, kind.parent):
        value = getattr(above, field)
        if value:
            return value, above
    return kind[field].type.empty, None


def finest(codes: Mapping[str, str], code: str) -> str:
    """The id of the element whose code is the finest prefix of ``code``, by whole parts; "" when none is.

    Rule of the plan's product lists: a product stands at the element its code names or, where that has no
    entry, at the nearest one above (1.02C.07.04.06 stands at 1.02C.07.04).
    """
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        id = codes.get(".".join(parts[:length]))
        if id:
            return id
    return ""


def looks_like_code(text: str) -> bool:
    """Whether the words are written as a WBS code: parts of letters and digits, parted by points."""
    return bool(re.fullmatch(r"[0-9][0-9A-Za-z]*(\.[0-9][0-9A-Za-z]*)+", text))


def products_by_element(data: PlanData) -> tuple[dict[str, list[Entity]], list[Entity]]:
    """The products defined at each WBS element by the finest match, and those that match none.

    Products without any WBS element are in neither.
    """
    codes = data.by_key("wbs")
    at: dict[str, list[Entity]] = {}
    homeless: list[Entity] = []
    for product in data.in_order("product"):
        wbs = product.wbs  # type: ignore[attr-defined]
        homes = [finest(codes, t.unresolved(link)) if t.unresolved(link) else link for link in wbs]
        for home in dict.fromkeys(home for home in homes if home):
            at.setdefault(home, []).append(product)
        if wbs and not any(homes):
            homeless.append(product)
    return at, homeless


NUMBERED_BY = ("section.id", "section.parent", "section.order", "section.key", "section.appendix")
"""The fields from which the numbers of sections follow; what a section says is not among them."""


def section_numbers(data: PlanData) -> dict[str, str]:
    """The number of each section by id: 1, 1.1, 1.1.1 …; appendices A, A.1 …"""
    return data.memo("section numbers", NUMBERED_BY, lambda: _section_numbers(data))


def _section_numbers(data: PlanData) -> dict[str, str]:
    children = data.children("section")
    numbers: dict[str, str] = {}

    def count(above: str, prefix: str) -> None:
        plain = lettered = 0
        for row in children.get(above, ()):
            if not above and row.appendix:  # type: ignore[attr-defined]
                lettered += 1
                numbers[row.id] = letters(lettered)
            else:
                plain += 1
                numbers[row.id] = f"{prefix}{plain}"
            count(row.id, f"{numbers[row.id]}.")

    count("", "")
    return numbers


def letters(number: int) -> str:
    """A number, counted from 1, in letters: A to Z, then AA …"""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def tree_kinds() -> tuple[str, ...]:
    """The names of the kinds that make trees."""
    return tuple(kind.name for kind in kinds() if kind.parent)
