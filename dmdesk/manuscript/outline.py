"""The outline: the sections of a plan in the order in which they are read, and what stands where.

Numbers of figures and the parts that no section asks for follow from it, as those of cited works from their list, so
that all forms of output agree on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import trees
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Place
from dmdesk.model import Figure, Reference, Section

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData


class Entry(NamedTuple):
    """A section with its number and its level, 1 for the topmost."""

    section: Section
    number: str
    level: int

    @property
    def appendix(self) -> bool:
        """Whether it is, or is part of, an appendix."""
        return not self.number[:1].isdigit()


def entries(data: PlanData) -> list[Entry]:
    """The sections in reading order: the numbered ones, then the appendices."""
    return data.memo("manuscript entries", ("section",), lambda: list(_entries(data)))


def _entries(data: PlanData) -> Iterator[Entry]:
    children, numbers = data.children("section"), trees.section_numbers(data)
    sections = data.all(Section)
    tops = children.get("", ())
    for appendix in (False, True):
        for top in tops:
            if sections[top.id].appendix is appendix:
                yield Entry(sections[top.id], numbers[top.id], 1)
                for depth, row in trees.walk(children, top.id):
                    yield Entry(sections[row.id], numbers[row.id], depth + 2)


def places(data: PlanData) -> list[tuple[Entry, Place]]:
    """Every place in the sections, in reading order."""

    def find() -> list[tuple[Entry, Place]]:
        return [(entry, one) for entry in entries(data) for one in prose.places(entry.section.body)]

    return data.memo("manuscript places", ("section",), find)


def section_with(data: PlanData, name: str) -> Entry | None:
    """The section that asks for a part without saying about what, such as ``{{products}}``."""
    return next((entry for entry, one in places(data) if one.name == name and not one.about), None)


def figures(data: PlanData) -> list[Entity]:
    """The figures in the order in which they are numbered: as they are placed, then those that no text places."""
    return data.memo("manuscript figures", ("section", "figure"), lambda: _figures(data))


def _figures(data: PlanData) -> list[Entity]:
    rows, order = data.all(Figure), placed(data)
    return [rows[id] for id in order] + [row for row in data.in_order("figure") if row.id not in order]


def placed(data: PlanData) -> dict[str, Entry]:
    """The ids of the figures that sections place, in reading order, each with the section that places it first."""

    def find() -> dict[str, Entry]:
        known = data.by_key("figure")
        found: dict[str, Entry] = {}
        for entry, one in places(data):
            if one.name == "figure" and one.about in known:
                found.setdefault(known[one.about], entry)
        return found

    return data.memo("manuscript placed", ("section", "figure.id", "figure.key"), find)


def figure_number(data: PlanData, id: str) -> int:
    """The number of a figure, counted from 1; 0 for one that is not in the plan."""
    return next((at for at, row in enumerate(figures(data), 1) if row.id == id), 0)


def works(data: PlanData) -> dict[str, int]:
    """The ids of the cited works in the order of their list, by first author and year, each with its number there."""
    fields = ("reference.id", "reference.authors", "reference.year", "reference.key")
    return data.memo("manuscript works", fields, lambda: _works(data))


def _works(data: PlanData) -> dict[str, int]:
    rows = sorted(data.all(Reference).values(), key=_by_author)
    return {row.id: number for number, row in enumerate(rows, 1)}


def _by_author(row: Reference) -> tuple[object, ...]:
    first = row.authors[0].casefold() if row.authors else "\uffff"
    return (first, row.year or 9999, trees.natural(row.key), row.id)
