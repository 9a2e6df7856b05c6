"""Cells: what one field of one row says, as plain words with a mark.

Tables, forms and exports of what is on the screen must agree on these words, so they are made here, without Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.naming import AKA
from dmdesk.reading import PlanData

INHERITED, UNRESOLVED, UNKNOWN = "inherited", "unresolved", "unknown"
"""Marks of a cell: from a row above; words that name nothing; a word that is not one of the options."""

LONGEST = 400
"""Characters of a text that a cell can show; the rest would only cost time."""

BY_KEY = frozenset({"wbs", "document", "requirement", "milestone"})
"""Kinds that people call by their code rather than by their title."""

BY_TITLE = frozenset({"person", "section", "figure", "membership", "appointment", "trace"})
"""Kinds whose key says nothing to people."""


class Cell(NamedTuple):
    """The words of a cell, its mark ("" for none), and a sentence about it."""

    text: str
    mark: str = ""
    tip: str = ""


def cell(data: PlanData, kind: Kind, row: Entity, field: Field) -> Cell:
    """What a field of a row says in one line."""
    value = getattr(row, field.name)
    if field.inherits and not value:
        value, source = trees.inherited(data, row, field.name)
        if source is not None:
            return _linked(data, field, value, f"Inherited from {data.title(source)}.")
        return Cell("")
    if not value:
        return Cell("")
    if field.target:
        return _linked(data, field, value, whole=not kind.title)
    if isinstance(field.type, t.Choice_) and value not in field.type.options:
        return Cell(one_line(value), UNKNOWN, f"“{value}” is not one of: {', '.join(field.type.options)}.")
    return Cell(plain(field, value))


def _linked(
    data: PlanData, field: Field, value: str | tuple[str, ...], inherited: str = "", whole: bool = False
) -> Cell:
    """``whole``: with titles beside the codes, in rows that are nothing but links, such as trace links."""
    links = value if isinstance(value, tuple) else (value,)
    words = partial(full_name, data) if whole else link_words(data, field.target)
    text = ", ".join(data.link(field.target, link, words) for link in links)
    lost = [t.unresolved(link) for link in links if t.unresolved(link)]
    if lost:
        label = kinds()[field.target].label
        return Cell(
            text, UNRESOLVED, f"No {label} of this plan is called “{'”, “'.join(lost)}”. {inherited}".strip()
        )
    if inherited:
        return Cell(text, INHERITED, inherited)
    return Cell(text, "", titles(data, field.target, links, known=field.target not in BY_KEY))


def link_words(data: PlanData, kind: str) -> Callable[[Entity], str]:
    """How rows of a kind are called where another row refers to them."""
    return data.key if kind in BY_KEY else data.title


def titles(data: PlanData, kind: str, links: tuple[str, ...], *, known: bool = False) -> str:
    """The links with code, title and other names, a line each; with ``known`` those only that have other names."""
    rows = (row for link in links if (row := data.get(kind, link)) is not None)
    return "\n".join(known_as(data, row) for row in rows if not known or bool(getattr(row, AKA, None)))


def known_as(data: PlanData, row: Entity) -> str:
    """Code and title of a row, and what else it is or was called."""
    others: tuple[str, ...] = getattr(row, AKA, ())
    return f"{full_name(data, row)} (also known as {', '.join(others)})" if others else full_name(data, row)


def full_name(data: PlanData, row: Entity) -> str:
    """Code and title of a row, where they differ."""
    key, title = data.key(row), data.title(row)
    return title if key in ("", title) or kind_of(row).name in BY_TITLE else f"{key} {title}"


def plain(field: Field, value: object) -> str:
    """A value that is no link, in one line."""
    if isinstance(value, tuple):
        return one_line((", " if field.type is t.WORDS else " · ").join(value))
    if isinstance(value, bool):
        return "yes" if value else ""
    return one_line(field.type.show(value)) if field.type.multiline else field.type.show(value)[:LONGEST]


def one_line(text: str) -> str:
    """The beginning of a text without line breaks."""
    return " ".join(t.one_line(text[:LONGEST]).split())
