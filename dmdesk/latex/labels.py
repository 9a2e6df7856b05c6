"""Labels: the name by which LaTeX knows the place of a row, made safe from anything typed.

A label shows the row's key, so that the source can be read; where that is empty or not its own alone, the id follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dmdesk.kinds import Entity, kind_of

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


class Labels:
    """The labels of a plan's rows, each its own."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self._known: dict[str, dict[str, str]] = {}

    def of(self, row: Entity) -> str:
        """The label of a row."""
        kind = kind_of(row).name
        if kind not in self._known:
            self._known[kind] = self._all(kind)
        return self._known[kind][row.id]

    def _all(self, kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        taken: set[str] = set()
        for row in self._data.in_order(kind):
            stem = label = f"{kind}:{safe(self._data.key(row)) or safe(row.id)}"
            number = 1
            while label.casefold() in taken:
                number += 1
                label = f"{stem}:{number}"
            taken.add(label.casefold())
            found[row.id] = label
        return found


def safe(words: str) -> str:
    """Words with letters, digits, points and hyphens only."""
    return _UNSAFE.sub("-", words)[:80].strip("-")
