"""Trace links read from either end: what stands on the left, what is linked to it, what lacks a link.

Both directions are one function over one set of links, so they cannot disagree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk import types as t
from dmdesk.model import Requirement, Trace
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

MARK = "?"
GAP = "∅"
"""Stands where a requirement should have a link and has none."""
NOT_HERE = "Not in this plan"
NO_SOURCE = "No source document"


@frozen
class Way:
    """One direction of reading: the ends of a link on the left and on the right, and the words for the columns."""

    name: str
    own: str
    other: str
    verb: str
    back: str


DOWN = Way("trace-down", "requirement", "parent", "Follows from", "trace-up")
UP = Way("trace-up", "parent", "requirement", "Leads to", "trace-down")


def linked(data: PlanData, way: Way) -> dict[str, list[Trace]]:
    """The links of each requirement on the left, by its id, in no order; none for those that lack one.

    Going down, any requirement of a document that has traced ones should have a link. Going up, only those of
    documents at the very top: what stands between or below need not have anything that follows from it.
    """
    found: dict[str, list[Trace]] = {}
    for trace in data.all(Trace).values():
        found.setdefault(getattr(trace, way.own), []).append(trace)
    wanted = sources_of(data, way.own)
    if way is UP:
        wanted -= sources_of(data, DOWN.own)
    for id, row in data.all(Requirement).items():
        if row.source in wanted:
            found.setdefault(id, [])
    return found


def sources_of(data: PlanData, end: str) -> set[str]:
    """The documents of the requirements at one end of the links."""
    requirements = data.all(Requirement)
    ends = (getattr(trace, end) for trace in data.all(Trace).values())
    return {requirements[id].source for id in ends if id in requirements}


def by_source(data: PlanData, found: dict[str, list[Trace]]) -> dict[str, list[str]]:
    """The requirements by the name of their source document, both in natural order; strays last."""
    requirements = data.all(Requirement)
    sources: dict[tuple[int, str], list[str]] = {}
    for id in sorted(found, key=lambda id: place(data, id)):
        row = requirements.get(id)
        source = (0 if row.source else 1, row.source) if row else (2, "")
        sources.setdefault(source, []).append(id)
    order = sorted(sources, key=lambda at: (at[0], trees.natural(handle(data, at[1])), at[1]))
    return {at[1] if at[0] == 0 else (NO_SOURCE, NOT_HERE)[at[0] - 1]: sources[at] for at in order}


def place(data: PlanData, id: str) -> tuple[object, ...]:
    """What requirements are sorted by: naturally by code."""
    return (trees.natural(words(data, id)), id)


def words(data: PlanData, id: str) -> str:
    """The code of a requirement, or the words typed in its place."""
    return data.link("requirement", id, data.key)


def handle(data: PlanData, source: str) -> str:
    """The handle of a source document, or the words typed in its place, marked."""
    words = data.link("document", source, lambda row: data.key(row) or data.title(row))
    return f"{words}\xa0{MARK}" if t.unresolved(source) else words


def linked_ids(data: PlanData) -> set[str]:
    """The requirements that have a row going down."""
    return data.memo("trace-down rows", ("requirement", "trace"), lambda: {*linked(data, DOWN)})


def untraced(data: PlanData, way: Way, found: dict[str, list[Trace]]) -> str:
    """How many requirements of which documents stand on the left, how many have no link, how many links there are."""
    counts = []
    requirements = data.all(Requirement)
    for source, ids in by_source(data, found).items():
        if source == NOT_HERE:
            counts.append(f"{len(ids)} named by links, but not in this plan")
            continue
        missing = [id for id in ids if not found[id]]
        meant = sum(1 for id in missing if requirements[id].derived) if way is DOWN else 0
        gaps = f"{len(missing)} not traced" if missing else "all traced"
        gaps += f" ({meant} of them derived, with the reason)" if meant else ""
        of = "without a source document" if source == NO_SOURCE else f"of {handle(data, source)}"
        counts.append(f"{counted(len(ids), 'requirement')} {of}, {gaps}")
    said = f"{'; '.join(counts)}. {counted(len(data.all(Trace)), 'trace link')}."
    aside = requirements.keys() - found.keys() - linked(data, UP if way is DOWN else DOWN).keys()
    if aside:
        said += f" {counted(len(aside), 'other requirement')} of documents without any link: not listed."
    return said


def counted(number: int, words: str) -> str:
    """A number of things, in words."""
    return f"{number} {words}{'' if number == 1 else 's'}"
