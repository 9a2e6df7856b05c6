"""What a person can do: plain functions behind the actions, by menu.

A module declares its actions when it is imported: those of the buttons in sight at the start, all of them right after.
"""

from importlib import import_module

from ui.actions import ACTIONS, Action

_MODULES = (
    "file", "printing", "datasheets", "closing", "edit", "mending", "cells", "rows", "wbs", "people", "risks", "scales",
    "reviewing", "control", "baselines", "matrix", "view", "comparing", "help",
)  # fmt: skip
_IN_ORDER = tuple(f"{__name__}.{name}" for name in _MODULES)


def declare() -> None:
    """Declare every action, in the order in which the menus show them."""
    for name in _IN_ORDER:
        import_module(name)
    ACTIONS.arrange(_place)


def _place(action: Action) -> int:
    return _IN_ORDER.index(action.run.__module__)
