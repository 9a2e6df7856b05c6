"""Comparing: two states of a plan held against each other, to read, to filter, to print and to take back.

``compare`` gives a ``Comparison``; ``dmdesk.changes.difference`` gives the bare changes that steps are made of.
"""

from dmdesk.comparing.items import (
    ADDED,
    CHANGED,
    DROPPED,
    KEPT,
    MOVED,
    PLACED,
    RENUMBERED,
    SET,
    Comparison,
    Count,
    Edit,
    Group,
    Item,
)
from dmdesk.comparing.making import compare
from dmdesk.comparing.narrowing import narrowed
from dmdesk.comparing.reverting import Pick, changes, revert
from dmdesk.comparing.within import Run, within

__all__ = [
    "ADDED", "CHANGED", "DROPPED", "KEPT", "MOVED", "PLACED", "RENUMBERED", "SET", "Comparison", "Count", "Edit",
    "Group", "Item", "Pick", "Run", "changes", "compare", "narrowed", "revert", "within",
]  # fmt: skip
