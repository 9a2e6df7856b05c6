"""References: the words and the anchor by which one thing of the plan is named in the text of another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.kinds import Entity, kind_of
from dmdesk.manuscript import outline
from dmdesk.model import Document, PlanDocument, Reference
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import DRAFT, LINK, Look, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

BY_KEY = ("requirement", "milestone", "document", "reference", "interface", "acronym", "risk")
"""Kinds that people name by their code and not by their title."""
AT_ADDRESS = ("document", "reference")
"""Kinds whose rows are read where they lie, so that one click is enough."""

_NUMBERED = re.compile(r"-[0-9]")
_listed: ContextVar[bool] = ContextVar("listed", default=False)


@contextmanager
def works_listed(listed: bool) -> Iterator[None]:
    """Whether what is set meanwhile has the list of cited works, so that texts refer to its numbers."""
    before = _listed.set(listed)
    try:
        yield
    finally:
        _listed.reset(before)


def anchor(row: Entity) -> str:
    """The anchor of the place where a row is printed."""
    return safe(f"{kind_of(row).name}-{row.id}")


def words(data: PlanData, row: Entity) -> str:
    """The words by which a text refers to a row: Section 4.2, DMS-REQ-0002, 1.02C.10 Integration, [7], or a title."""
    name = kind_of(row).name
    if name == "section":
        number = trees.section_numbers(data).get(row.id, "")
        return (
            f"{'Appendix' if number[:1].isalpha() else 'Section'}\xa0{number}" if number else data.title(row)
        )
    if name == "figure":
        return f"Figure\xa0{outline.figure_number(data, row.id)}"
    if isinstance(row, Reference) and not row.document and _listed.get():
        return f"[{outline.works(data)[row.id]}]"
    if name == "wbs":
        return f"{data.key(row)} {data.title(row)}"
    return (data.key(row) if name in BY_KEY else "") or data.title(row)


def link(row: Entity) -> str:
    """The link to a row: its place in this document or, where that is not printed, its address.

    Documents and cited works lead to their address at once.
    """
    address = str(getattr(row, "url", "")).replace(" ", "%20")
    here = f"#{anchor(row)}"
    return f"{address} {here}".strip() if kind_of(row).name in AT_ADDRESS else f"{here} {address}".strip()


def span(data: PlanData, key: str, look: Look, text: str = "") -> Span:
    """The reference ``[[key]]`` as a link, in words of its own or not.

    One that names nothing is marked, as is one that names a figure which nobody placed.
    """
    row = data.anywhere(key.strip())
    if row is None or (kind_of(row).name == "figure" and row.id not in outline.placed(data)):
        return lost(f"[[{key}]]", look, text)
    return Span(text or words(data, row), look._replace(colour=LINK, link=link(row)))


def handles(data: PlanData, words: Span) -> Sequence[Span]:
    """Words with each handle in them that a document of the plan has, such as LSE-14, as the reference to it."""
    text = words.text
    found: list[Span] = []
    at = looked = 0
    for near in _NUMBERED.finditer(text):
        if near.start() < looked:
            continue
        start = max(text.rfind(" ", looked, near.start()) + 1, looked)
        looked = text.find(" ", near.end())
        looked = len(text) if looked < 0 else looked
        for one in _handle().finditer(text, start, looked):
            if one[0] in _known(data):
                found += [words._replace(text=text[at : one.start()]), span(data, one[0], words.look, one[0])]
                at = one.end()
    if not found:
        return (words,)
    return [one for one in (*found, words._replace(text=text[at:])) if one.text]


def _known(data: PlanData) -> frozenset[str]:
    names = ("document.id", "document.key", "plan.id", "plan.handle")
    return data.memo("handles", names, lambda: _handles(data))


def _handles(data: PlanData) -> frozenset[str]:
    """The handles of the plan's documents, without its own."""
    own = {row.handle for row in data.all(PlanDocument).values()}
    return frozenset(row.key for row in data.all(Document).values()) - own


@cache
def _handle() -> re.Pattern[str]:
    """What is written as a handle and is no part of a longer word, address or path."""
    return re.compile(r"(?<![\w./-])[A-Za-z]\w*-\d+(?:-\w+)*(?![\w/]|[.-]\w)")


def lost(typed: str, look: Look, text: str = "") -> Span:
    """What leads nowhere, as it was typed and marked, after the words it has of its own."""
    return Span(f"{text} ?\xa0{typed}".strip(), look._replace(colour=DRAFT))
