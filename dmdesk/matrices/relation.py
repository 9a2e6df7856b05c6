"""Relations: what a matrix of two kinds is, cell by cell, and the list of those there are.

Screens, the command line and copies must agree on what a cell says and on what a click in it does, so both are
decided here; cells are worked out when they are asked for, because most of a large matrix is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dmdesk import trees
from dmdesk.changes import Change
from dmdesk.kinds import kinds
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
