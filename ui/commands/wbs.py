"""The WBS: give an element another code or place, and all that names it follows."""

from __future__ import annotations

from dmdesk.kinds import Entity, kind_of
from ui.actions import action
from ui.context import Context


def _element(ctx: Context) -> Entity | None:
    """The current row of the page in front, if it is a WBS element."""
    row = ctx.row() if ctx.page_kind == "wbs" else None
    return row if row is not None and kind_of(row).name == "wbs" else None


def _can_renumber(ctx: Context) -> bool:
    return ctx.writable and _element(ctx) is not None


@action("wbs.renumber", "Renumber or move element…", icon="wbs", menu="Edit", part="rows", when=_can_renumber)
def renumber(ctx: Context) -> None:
    """Give the current WBS element another code; what lies below it and every mention of it follow."""
    from ui.renumbering import ask

    element = _element(ctx)
    if element is not None:
        ask(ctx, element)
