"""What a person can do: plain functions behind the actions, by menu.

Importing this package declares every action, in the order in which the menus show them.
"""

from importlib import import_module

for _name in (
    "file",
    "datasheets",
    "edit",
    "mending",
    "cells",
    "rows",
    "wbs",
    "people",
    "matrix",
    "view",
    "help",
):
    import_module(f"ui.commands.{_name}")
