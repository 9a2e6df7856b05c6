"""The change record: what differs between two states of a plan, who changed it, when and why, in any form.

The short form is the table in the front matter, oldest first; the detailed one tells every field, numbers on top.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from dmdesk.errors import PlanError
from dmdesk.record.entries import Entry, Line, Record, entries, revisions

FORMATS = {
    "text": "plain", "md": "markdown", "csv": "tables", "json": "tables", "latex": "latex", "xlsx": "tables",
    "pdf": "pdf",
}  # fmt: skip
"""Each form and the module that makes it: ``as_…`` gives the bytes of a file."""


def written(record: Record, form: str, paper: str = "letter") -> bytes:
    """The record as a file of a form; ``paper`` is that of a print.

    Raises:
        PlanError: there is no such form.
    """
    if form not in FORMATS:
        raise PlanError(f"There is no form “{form}” of a change record; choose from {', '.join(FORMATS)}.")
    module = import_module(f"dmdesk.record.{FORMATS[form]}")
    make: Callable[..., bytes] = getattr(module, f"as_{form}")
    return make(record, paper) if form == "pdf" else make(record)


__all__ = ["FORMATS", "Entry", "Line", "Record", "entries", "revisions", "written"]
