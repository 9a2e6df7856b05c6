"""Mending: cure the current problem in a way of one's choice, cure all like it, or accept it with a reason.

All of it works on the problem that is current in the problems panel, by menu, palette and keyboard alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.errors import PlanError
from ui.actions import action
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.checks import Finding, Fix


def _current(ctx: Context) -> Finding | None:
    """The current problem, if its row is still in the plan and may be changed."""
    finding: Finding | None = ctx.finding
    if finding is None or not ctx.writable or ctx.data.get(finding.kind, finding.id) is None:
        return None
    return finding


def _several(ctx: Context) -> bool:
    finding = _current(ctx)
    return finding is not None and len(finding.fixes) > 1


@action(
    "problem.choose", "Fix the problem in another way", icon="fix", menu="Edit", part="find", when=_several
)
def choose(ctx: Context) -> None:
    """Choose among the ways to cure the current problem."""
    finding = _current(ctx)
    if finding is None:
        return
    place = ctx.ask.choose("Fix the problem", finding.words, [fix.title for fix in finding.fixes], "Fix")
    if place is not None:
        cure_shown(ctx, finding, finding.fixes[place])


def cure(ctx: Context, finding: Finding, fix: Fix) -> None:
    """Make the changes of one fix, as one step with the problem for its reason."""
    ctx.step(fix.title, fix.changes, finding.words)


def cure_shown(ctx: Context, finding: Finding, fix: Fix) -> None:
    """Show what one fix would do, with a button that does it; nothing is written before."""
    from dmdesk.plan import preview
    from ui.changelist import items
    from ui.changesheet import ChangeSheet, opened

    try:
        shown = items(ctx.data, preview(ctx.data, fix.changes), fix.changes)
    except PlanError as error:
        ctx.report(error)
        return
    sheet = ChangeSheet(fix.title, finding.words, shown, "", "Fix", lambda: cure(ctx, finding, fix))
    opened(sheet)
    sheet.tell_effect(ctx, fix.changes)


def _curable(ctx: Context) -> bool:
    finding = _current(ctx)
    return finding is not None and bool(finding.fixes)


@action("problem.alike", "Fix all problems like this", icon="fix", menu="Edit", part="find", when=_curable)
def alike(ctx: Context) -> None:
    """Show what curing every problem of this sort would do, then do it as one step."""
    finding = _current(ctx)
    if finding is None:
        return
    from dmdesk.checks import ways

    found = ways(other for other in _like(ctx, finding))
    place: int | None = 0
    if len(found) > 1:
        place = ctx.ask.choose("Fix all like this", finding.words, list(found.values()), "Show the changes")
    if place is not None:
        cure_alike(ctx, finding, list(found)[place])


def _like(ctx: Context, finding: Finding) -> list[Finding]:
    return [other for other in ctx.findings if other.code == finding.code and other.level == finding.level]


def cure_alike(ctx: Context, finding: Finding, way: str) -> None:
    """Show what curing all problems of this sort in one way would do, with a button that does it."""
    from dmdesk.checks import fix_all
    from dmdesk.plan import preview
    from ui.changelist import items
    from ui.changesheet import ChangeSheet, opened
    from ui.views.summaries import counted

    some = [other for other in _like(ctx, finding) if any(fix.way == way for fix in other.fixes)]
    changes = fix_all(ctx.data, some, way)
    if not changes:
        ctx.said.emit("None of these problems is there any more.")
        return
    title = f"Fix {counted(len(some), 'problem', 'problems')}"
    words = f"{finding.code}: {way}. {counted(len(changes), 'row changes', 'rows change')}."
    shown = items(ctx.data, preview(ctx.data, changes), changes)
    sheet = ChangeSheet(title, words, shown, "", "Fix all", lambda: ctx.step(title, changes, finding.code))
    opened(sheet)
    sheet.tell_effect(ctx, changes)


def _acceptable(ctx: Context) -> bool:
    finding = _current(ctx)
    return finding is not None and not finding.accepted and finding.kind != "acceptance"


@action("problem.accept", "Accept the problem", icon="check", menu="Edit", part="find", when=_acceptable)
def accept(ctx: Context) -> None:
    """Leave the current problem as it is, for a reason that the plan keeps."""
    finding = _current(ctx)
    if finding is not None:
        accept_shown(ctx, finding)


def accept_shown(ctx: Context, finding: Finding) -> None:
    """Ask why a problem may stay as it is, and until when."""
    from ui.acceptsheet import AcceptSheet
    from ui.changesheet import opened

    if ctx.writable and ctx.data.get(finding.kind, finding.id) is not None:
        opened(AcceptSheet(ctx, finding))


def _accepted(ctx: Context) -> bool:
    finding = _current(ctx)
    return finding is not None and bool(finding.accepted)


@action(
    "problem.reopen", "Accept the problem no longer", icon="undo", menu="Edit", part="find", when=_accepted
)
def reopen(ctx: Context) -> None:
    """Take back that the current problem is accepted."""
    finding = _current(ctx)
    if finding is None:
        return
    from dmdesk import checks
    from dmdesk.changes import drop

    rows = checks.matching(ctx.data, finding)
    ctx.step(f"Accept {finding.code} no longer", [drop(row) for row in rows])
