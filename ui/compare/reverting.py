"""Reverting: a field, an item or all of a kind as it was, shown with what follows from it before it is done.

What belongs together comes back together; where it cannot hold together, a sentence says why and nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence

from dmdesk.changes import Change
from dmdesk.comparing import Comparison, Pick, compare, revert
from dmdesk.errors import PlanError
from dmdesk.outcome import outcome, preview, prove
from ui.changelist import items
from ui.changesheet import ChangeSheet, opened
from ui.context import Context
from ui.views.summaries import counted


def revert_to_baseline(ctx: Context, picks: Sequence[Pick], title: str) -> None:
    """Show what taking the picks back to the last baseline would change, with a button that does it."""
    since = ctx.since
    if since is not None:
        revert_shown(ctx, compare(since.given, ctx.data.copy()), picks, title, since.version)


def revert_shown(
    ctx: Context, comparison: Comparison, picks: Sequence[Pick], title: str, version: str
) -> None:
    """Show what taking the picks back to the old state, called ``version``, would change, with a button that does it.

    The new state of the comparison is the working plan as it is now.
    """
    try:
        changes = revert(comparison, picks)
        prove(ctx.data, changes, outcome(ctx.data, changes))
        shown = items(ctx.data, preview(ctx.data, changes), changes)
    except PlanError as error:
        ctx.report(error)
        return
    if not changes:
        ctx.said.emit(f"This is as it was in {version} already.")
        return
    words = f"{counted(len(changes), 'row changes', 'rows change')}; undo takes it back in one step."
    along = _along(changes, picks)
    if along:
        words = f"{words} {along}"
    sheet = ChangeSheet(title, words, shown, "", "Revert", lambda: _do(ctx, title, changes, version))
    opened(sheet)
    sheet.tell_effect(ctx, changes)


def _along(changes: Sequence[Change], picks: Sequence[Pick]) -> str:
    """How many rows change that were not picked, because they belong to what was."""
    own = {(pick.kind, pick.id) for pick in picks} | {(pick.kind, "") for pick in picks if not pick.id}
    others = sum((change.kind, change.id) not in own and (change.kind, "") not in own for change in changes)
    if not others:
        return ""
    return f"{counted(others, 'of them belongs', 'of them belong')} to what comes back or goes."


def _do(ctx: Context, title: str, changes: Sequence[Change], version: str) -> None:
    if ctx.step(title, changes, f"As in {version}"):
        ctx.said.emit(title)
