"""References: the words and the anchor by which one thing of the plan is named in the text of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dmdesk import trees
from dmdesk.kinds import Entity, kind_of
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import DRAFT, LINK, Look, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

BY_KEY = ("requirement", "milestone", "document", "reference", "interface", "acronym")
"""Kinds that people name by their code and not by their title."""


def anchor(row: Entity) -> str:
    """The anchor of the place where a row is printed."""
    return safe(f"{kind_of(row).name}-{row.id}")


def words(data: PlanData, row: Entity) -> str:
    """The words by which a text refers to a row: Section 4.2, DMS-REQ-0002, 1.02C.10 Integration, or a title."""
    name = kind_of(row).name
    if name == "section":
        number = data.memo("section numbers", ("section",), lambda: trees.section_numbers(data))[row.id]
        return f"{'Appendix' if number[0].isalpha() else 'Section'}\xa0{number}"
    if name == "figure":
        figures = data.in_order("figure")
        return f"Figure\xa0{figures.index(row) + 1}"
    if name == "wbs":
        return f"{data.key(row)} {data.title(row)}"
    return (data.key(row) if name in BY_KEY else "") or data.title(row)


def link(row: Entity) -> str:
    """The link to a row: its place in this document or, where that is not printed, its address."""
    address: Any = getattr(row, "url", "")
    return f"#{anchor(row)} {address.replace(' ', '%20')}".strip()


def span(data: PlanData, key: str, look: Look) -> Span:
    """The reference ``[[key]]`` as a link, or as it was typed and marked when it names nothing."""
    row = data.anywhere(key.strip())
    if row is None:
        return Span(f"?\xa0[[{key}]]", look._replace(colour=DRAFT))
    return Span(words(data, row), look._replace(colour=LINK, link=link(row)))
