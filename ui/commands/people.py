"""People: hand over what somebody holds, because they leave or because somebody else takes it on."""

from __future__ import annotations

from dmdesk.kinds import Entity, kind_of
from ui.actions import action
from ui.context import Context


def _person(ctx: Context) -> Entity | None:
    row = ctx.row()
    return row if row is not None and kind_of(row).name == "person" else None


def _can_leave(ctx: Context) -> bool:
    return ctx.writable and _person(ctx) is not None


def _words(ctx: Context) -> str:
    row = _person(ctx)
    return (
        f"Reassign what {ctx.data.title(row)} holds…" if row is not None else "Reassign, or somebody leaves…"
    )


@action(
    "person.leaves", "Reassign, or somebody leaves…", icon="person", menu="Edit", part="rows", when=_can_leave,
    words=_words,
)  # fmt: skip
def leaves(ctx: Context) -> None:
    """Hand over what the current person holds to somebody else or to nobody, from a day on, as one step."""
    from ui.handover import ask

    person = _person(ctx)
    if person is not None:
        ask(ctx, person)
