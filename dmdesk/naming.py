"""Naming: a row that gets another name or code keeps the old one among its other names, so that search still finds it.

Windows, commands and renumbering all ask here, so that an old name is never lost and never listed twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dmdesk.kinds import Entity, kind_of

AKA = "aka"
"""The field that holds earlier and other names, in the kinds that have them."""


def renamed(row: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values to set, and with them the other names, when they give the row another key or title.

    The old name joins the other names unless it is empty, differs in case or blanks only, or is known already;
    the new one leaves them.

    Raises:
        BadValue: a value does not fit its field.
    """
    kind, values = kind_of(row), dict(values)
    if AKA not in kind:
        return values
    others = tuple(kind[AKA].type.clean(values.get(AKA, getattr(row, AKA))))
    now = {name: kind[name].type.clean(values.get(name, getattr(row, name))) for name in _names(row)}
    called = {folded(words) for words in now.values()}
    for name, words in now.items():
        old = getattr(row, name)
        if folded(words) == folded(old):
            continue
        others = tuple(other for other in others if folded(other) != folded(words))
        if old and folded(old) not in called | set(map(folded, others)):
            others += (old,)
    if others != getattr(row, AKA):
        values[AKA] = others
    return values


def folded(words: str) -> str:
    """The words without what nobody tells names apart by: case and blanks."""
    return " ".join(words.casefold().split())


def _names(row: Entity) -> tuple[str, ...]:
    kind = kind_of(row)
    return tuple(dict.fromkeys(name for name in (kind.key, kind.title) if name))
