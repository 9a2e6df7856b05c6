"""Locks: which columns of a page cannot be changed now, and why, before somebody types in vain.

A sign in the heading and a sentence in the tips; the sentence is said again when a cell is edited all the same, since
the way out of the lock is offered when the change is made.
"""

from __future__ import annotations

from ui import working
from ui.context import Context
from ui.models.rows import RowsModel
from ui.views.grid import Grid


def renew(ctx: Context, grid: Grid, model: RowsModel) -> None:
    """Show what is locked now. Plans without a lock load none of its rules."""
    locked = _locked(ctx, model) if working.has_lock(ctx) else {}
    if locked == model.locked:
        return
    model.locked = locked
    fields = [at for at, name in enumerate(model.columns) if name in model.kind]
    signs = [at for at in fields if model.columns[at] in locked]
    grid.header.show_locks(signs[:1] if signs == fields else signs)


def _locked(ctx: Context, model: RowsModel) -> dict[str, str]:
    """Column → why it cannot be changed."""
    from ui.control.locked import says

    found = {name: says(ctx, model.kind.name, name) for name in model.columns if name in model.kind}
    return {name: words for name, words in found.items() if words}
