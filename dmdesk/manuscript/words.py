"""Words for rows: how the parts of a manuscript name what a link leads to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from dmdesk import trees
from dmdesk import types as t
from dmdesk.kinds import Entity
from dmdesk.manuscript.blocks import Inline, Inlines, Run

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

E = TypeVar("E", bound=Entity)

UNRESOLVED = "\xa0?"
"""What follows words that name nothing in the plan."""


def only(row: Entity | None, cls: type[E]) -> E:
    """The row, known to be of a kind; the place that asked for it has been looked at before."""
    assert isinstance(row, cls)
    return row


def named(data: PlanData, kind: str, link: str) -> Inlines:
    """What a link leads to, by its title, as a reference; words that name nothing are marked."""
    row = data.get(kind, link)
    if row is None:
        typed = t.unresolved(link) or link
        return (Run(typed), Run(UNRESOLVED, strong=True)) if typed else ()
    key, title = data.key(row), data.title(row)
    words = f"{key} {title}" if kind == "wbs" and key != title else title
    return (Run(words, row=(kind, row.id)),)


def by_key(data: PlanData, kind: str, link: str) -> Inlines:
    """As ``named``, by the key of what is named."""
    row = data.get(kind, link)
    if row is None or not data.key(row):
        return named(data, kind, link)
    return (Run(data.key(row), code=True, row=(kind, link)),)


def linked(data: PlanData, kind: str, links: Iterable[str]) -> list[Inlines]:
    """What each of several links leads to."""
    return [named(data, kind, link) for link in links if link]


def blank(text: str) -> list[Inlines]:
    """A text as one thing to be joined, nothing when there is none."""
    return [(Run(text.replace("\n", " ")),)] if text else []


def joined(several: Sequence[Inlines]) -> Inlines:
    """Several things with commas between."""
    words: list[Inline] = []
    for one in several:
        if words:
            words.append(Run(", "))
        words += one
    return tuple(words)


def element(data: PlanData, link: str) -> tuple[Entity | None, str]:
    """The element that a WBS link leads to, and the words typed where it is not the very element that was meant.

    A code that is not in the plan leads to the nearest element above it.
    """
    typed = t.unresolved(link)
    if not typed:
        return data.get("wbs", link), ""
    return data.get("wbs", trees.finest(data.by_key("wbs"), typed)), typed
