"""Working on a change request: chosen once, carried by every step from then on, remembered for each file.

What the window shows at the start knows of it, so this asks for nothing that knows the rules of change control.
"""

from __future__ import annotations

from ui import settings
from ui.context import Context

SETTING = "working on"
MOST = 50
"""So many files are remembered."""

OVER = ("implemented", "withdrawn")
"""States in which nothing is done under a request any more."""


def key_now(ctx: Context) -> str:
    """The key of the request that is worked on, or its title; "" for none."""
    row = ctx.data.get("rfc", ctx.plan.working_on) if ctx.plan is not None and ctx.plan.working_on else None
    return "" if row is None else ctx.data.key(row) or ctx.data.title(row)


def is_locked(ctx: Context) -> bool:
    """Whether the plan says that what was baselined is changed under a change request only."""
    plan = ctx.data.plan() if ctx.plan is not None else None
    return getattr(plan, "change_lock", "") == "change request"


def has_lock(ctx: Context) -> bool:
    """Whether the plan has a lock of any sort."""
    plan = ctx.data.plan() if ctx.plan is not None else None
    return getattr(plan, "change_lock", "") not in ("", "off")


def work_on(ctx: Context, rfc: str) -> None:
    """Make every step under this request (its id, "" for none) from now on, and at later starts."""
    if ctx.plan is None:
        return
    ctx.plan.working_on = rfc
    path, held = str(ctx.plan.path.resolve()), settings.get(SETTING, {})
    kept = {name: id for name, id in held.items() if name != path}
    settings.put(SETTING, dict(list({**kept, path: rfc}.items())[-MOST:]) if rfc else kept)
    ctx.working.emit()


def restore(ctx: Context) -> None:
    """Work on what was worked on in this file before, as long as that can be."""
    if ctx.plan is None or ctx.plan.read_only:
        return
    id = settings.get(SETTING, {}).get(str(ctx.plan.path.resolve()), "")
    ctx.plan.working_on = id if isinstance(id, str) and _can_be(ctx, id) else ""


def look_after(ctx: Context) -> None:
    """Stop working on a request that was withdrawn, implemented or deleted, with a word to the person."""
    if ctx.plan is None or not ctx.plan.working_on or _can_be(ctx, ctx.plan.working_on):
        return
    row = ctx.data.get("rfc", ctx.plan.working_on)
    name = ctx.data.key(row) or ctx.data.title(row) if row is not None else ""
    became = f"{name} is {getattr(row, 'state', '')}" if name else "The change request was deleted"
    work_on(ctx, "")
    ctx.said.emit(f"{became}; steps are made under no change request from now on.")


def _can_be(ctx: Context, id: str) -> bool:
    row = ctx.data.get("rfc", id) if id else None
    return row is not None and getattr(row, "state", "") not in OVER
