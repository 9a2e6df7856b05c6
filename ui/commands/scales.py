"""Scales and categories of risks: use a ready scale, edit the one in use, add the usual categories."""

from __future__ import annotations

from ui.actions import action, with_plan, writable
from ui.context import Context


@action("scale.use", "Use a ready risk scale…", icon="matrix", menu="Edit", part="risks", when=writable)
def use_ready(ctx: Context) -> None:
    """Choose one of the ready scales, and see what happens to scores before the plan uses it."""
    from dmdesk.risks.ready import READY
    from dmdesk.risks.rescaling import drafting
    from dmdesk.risks.scale import scale_of
    from ui.scales import sheet

    now = scale_of(ctx.data)
    offered = [scale for scale in READY.values() if scale != now]
    names = [
        f"{scale.name} — {scale.height} × {scale.width}, {scale.rule}; {scale.source}" for scale in offered
    ]
    place = ctx.ask.choose("Use a ready risk scale", f"The plan uses {now.name}.", names, "Show the changes")
    if place is not None:
        held = ctx.data.find("scale", offered[place].key)
        same = held is not None and scale_of(ctx.data, held.id) == offered[place]
        scale = scale_of(ctx.data, held.id) if held is not None and same else offered[place]
        sheet.ask_use(ctx, drafting.begun(scale))


@action("scale.edit", "Edit the risk scale", icon="edit", menu="Edit", part="risks", when=with_plan)
def edit(ctx: Context) -> None:
    """Show the scale that the plan judges risks by, with its editor."""
    from dmdesk.risks.scale import scale_of

    ctx.show("scale", scale_of(ctx.data).id)


@action(
    "category.usual", "Add the usual risk categories…", icon="tag", menu="Edit", part="risks", when=writable
)
def usual_categories(ctx: Context) -> None:
    """Add the 5 usual risk categories with 23 within, as far as the plan does not have them."""
    from dmdesk.plan import preview
    from dmdesk.risks.ready import categories
    from ui.changelist import items
    from ui.changesheet import ChangeSheet, opened
    from ui.views.summaries import counted

    changes = categories(ctx.data)
    if not changes:
        ctx.said.emit("The plan has all of the usual risk categories.")
        return
    title = "Add the usual risk categories"
    number = counted(len(changes), "category is added", "categories are added")
    words = f"{number}; those that are there stay as they are."
    shown = items(ctx.data, preview(ctx.data, changes), changes)

    def done() -> None:
        if ctx.step(title, changes):
            ctx.show("category")

    sheet = ChangeSheet(title, words, shown, "", "Add", done)
    opened(sheet)
    sheet.tell_effect(ctx, changes)
