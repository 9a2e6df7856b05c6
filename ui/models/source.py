"""Where models read from and write to, and whatever else they share without knowing each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from dmdesk.changes import Change
from dmdesk.reading import PlanData


class Source(Protocol):
    """What a model reads from and writes to; ``ui.context.Context`` is one."""

    data: PlanData

    def step(self, title: str, changes: Iterable[Change], why: str = "") -> bool:
        """Make the changes as one step; whether that could be done."""
