"""Deferring: modules that libraries import for what a command hardly ever asks of them, loaded when it does.

Such a module costs a command up to a hundredth of its time. The standard library's ``LazyLoader`` stands in for it:
it is found as ever, and its code runs at the first look into it. Commands alone do this, in a process that has one
thread and ends with them; the window and programs that use dmdesk as a library import as usual.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import LazyLoader
from types import ModuleType

DEFERRED = frozenset(
    (
        "PIL.Image",  # imported by ReportLab, which is handed no picture files
        "numpy._core._add_newdocs",  # docstrings of numpy
        "numpy._core._add_newdocs_scalars",
        "ctypes",  # imported by numpy, for arrays shared with C
        "ipaddress",  # imported by urllib.parse, for addresses in brackets
    )
)
"""A name that is not there, or is no plain module in another version of its library, is left alone."""


class _Later:
    """Finds the modules above as Python does, with a loader that waits."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in DEFERRED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = LazyLoader(spec.loader)
        return spec


def defer() -> None:
    """From now on, load those modules only when something looks into them."""
    if _Later not in sys.meta_path:
        sys.meta_path.insert(0, _Later)
