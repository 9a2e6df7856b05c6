"""The tree of a filter: terms joined by and, or and not, as values that can be compared and written down again.

Field names in it are those of the kind, whatever short form was typed, so that equal filters are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dmdesk.values import frozen

NO, HAS, OWN, IS, CHANGED, MINE = "no", "has", "own", "is", "changed", "mine"
"""Terms that are no fields: empty, filled, set in the row itself, states, day of the last change, the user's own."""

AND, OR, NOT = "and", "or", "not"


@frozen
class Term:
    """One condition. ``field`` is a field of the kind, one of the words above, or "" for words anywhere in the row."""

    field: str
    op: str
    text: str


@frozen
class Not:
    """What does not fit."""

    part: Node


@frozen
class All:
    """What fits every part; without parts, everything."""

    parts: tuple[Node, ...]


@frozen
class Any:
    """What fits at least one part."""

    parts: tuple[Node, ...]


Node = Term | Not | All | Any


def all_of(parts: Iterable[Node]) -> Node:
    """The parts joined by and, as flat as can be."""
    flat = tuple(one for part in parts for one in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(flat)


def any_of(parts: Iterable[Node]) -> Node:
    """The parts joined by or, as flat as can be."""
    flat = tuple(one for part in parts for one in (part.parts if isinstance(part, Any) else (part,)))
    return flat[0] if len(flat) == 1 else Any(flat)


def terms(node: Node) -> Iterator[Term]:
    """Every term of a tree."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, Not):
        yield from terms(node.part)
    else:
        for part in node.parts:
            yield from terms(part)


def show(node: Node) -> str:
    """The tree as one types it, such that reading it gives the same tree."""
    if isinstance(node, Term):
        return _shown(node)
    if isinstance(node, Not):
        return f"-{_grouped(node.part)}"
    if isinstance(node, Any):
        return " or ".join(_grouped(part) for part in node.parts)
    return " ".join(_grouped(part) for part in node.parts)


def _grouped(node: Node) -> str:
    return show(node) if isinstance(node, Term | Not) else f"({show(node)})"


def _shown(term: Term) -> str:
    if term.field == MINE:
        return MINE
    return f"{term.field}{term.op}{quoted(term.text)}" if term.field else quoted(term.text)


_PLAIN = re.compile(r"[0-9A-Za-z_À-ɏ?][0-9A-Za-z_À-ɏ./@+#-]*")


def quoted(text: str) -> str:
    """The text as a word, in quotes where it would not be read as one otherwise."""
    if _PLAIN.fullmatch(text) and text.lower() not in (AND, OR, NOT, MINE):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
