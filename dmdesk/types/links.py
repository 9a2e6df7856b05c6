"""Links: the ids of rows, or words that name nothing in the plan (yet)."""

from __future__ import annotations

from typing import Any

from dmdesk.types.texts import Many_, ValueType

UNRESOLVED = "?"
"""A link that begins with this holds words that name nothing in the plan (yet)."""


def unresolved(link: str) -> str:
    """The words of an unresolved link, or "" when the link points at a row (or at nothing)."""
    return link[1:] if link.startswith(UNRESOLVED) else ""


class To_(ValueType):
    """A link: the id of a row of ``kind``, "" or unresolved words."""

    name = "to"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


class ToMany_(Many_):
    """Several links, in order, each an id of a row of ``kind`` or unresolved words."""

    name = "many"

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind


def links_of(value_type: ValueType, value: Any) -> tuple[str, ...]:
    """The ids in a link value; unresolved words and other types give none."""
    if isinstance(value_type, To_):
        return (value,) if value and not value.startswith(UNRESOLVED) else ()
    if isinstance(value_type, ToMany_):
        return tuple(link for link in value if not link.startswith(UNRESOLVED))
    return ()
