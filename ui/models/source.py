"""Where models read from and write to, and whatever else they share without knowing each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from dmdesk.changes import Change
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.comparing.since import Since

Index = QModelIndex | QPersistentModelIndex


class Source(Protocol):
    """What a model reads from and writes to; ``ui.context.Context`` is one."""

    data: PlanData
    since: Since | None

    def step(self, title: str, changes: Iterable[Change], why: str = "") -> bool:
        """Make the changes as one step; whether that could be done."""

    def is_new(self, row: Entity) -> bool:
        """Whether the row was added so lately that nobody knows it by another name."""
