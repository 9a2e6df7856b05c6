"""What a person can do: plain functions behind the actions, by menu.

Importing this package declares every action, in the order in which the menus show them.
"""

from importlib import import_module

_MODULES = (
    "file", "printing", "datasheets", "closing", "edit", "mending", "cells", "rows", "wbs", "people", "risks", "scales",
    "reviewing", "matrix", "view", "help",
)  # fmt: skip

for _name in _MODULES:
    import_module(f"ui.commands.{_name}")
