"""What is asked for around a meeting: when it is, whether to hold it, what is asked of whom, dissent and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from dmdesk.control import dockets
from dmdesk.control.clock import moment
from dmdesk.control.requests import now_as_instant
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity
from dmdesk.model import Docket, DocketItem, Group, PlanDocument
from ui.changesheet import opened
from ui.context import Context
from ui.control import deeds
from ui.control.asking import Asked, AskSheet
from ui.views.summaries import counted


def board(ctx: Context) -> Group | None:
    """The board that decides on changes of the plan."""
    plan = ctx.data.plan()
    group = ctx.data.get("group", plan.control_authority) if isinstance(plan, PlanDocument) else None
    return group if isinstance(group, Group) else None


def call(ctx: Context) -> AskSheet:
    """Ask when which board meets; the meeting is shown with its docket."""
    group, found = board(ctx), len(dockets.waiting(ctx.data))
    soon = now_as_instant((deeds.now() + timedelta(days=1)).replace(minute=0))
    asked = (
        Asked("docket", "at", soon), Asked("docket", "group", group.id if group else ""),
        Asked("docket", "name", f"{group.key} meeting" if group else "Board meeting"),
    )  # fmt: skip

    def take(values: Mapping[str, Any]) -> str:
        at, row = moment(values["at"]), ctx.data.get("group", values["group"])
        if at is None:
            return "Say when the board meets, for example 2017-07-12 17:00."
        group = row if isinstance(row, Group) else None
        key = dockets.new_key(ctx.data, group, values["at"])
        wrong = deeds.attempt(
            ctx, f"Plan the meeting {key}", lambda: dockets.call(ctx.data, group, at, key, values["name"])
        )
        made = ctx.data.find("docket", key)
        if not wrong and made is not None:
            ctx.show("docket", made.id)
        return wrong

    words = f"Its docket takes in {counted(found, 'flagged request', 'flagged requests')}, the longest flagged first."
    sheet = AskSheet(ctx, "Plan a board meeting", words, asked, "Plan it", take)
    opened(sheet)
    return sheet


def fill(ctx: Context, row: Docket) -> None:
    """Put what was flagged since on the docket.

    Raises:
        PlanError: the meeting was held, or nothing waits.
    """
    changes = dockets.fill(ctx.data, row)
    if not changes:
        raise PlanError(f"Every flagged request is on the docket of {row.key or row.name} already.")
    ctx.step(f"Put {counted(len(changes), 'request', 'requests')} on the docket {row.key}", changes, rfc="")


def hold(ctx: Context, row: Docket) -> AskSheet:
    """Ask who notes it and, where something is in the way that a reason sets aside, why it is held all the same.

    Raises:
        PlanError: something is in the way that no reason sets aside.
    """
    found = dockets.in_the_way(ctx.data, row)
    if any(one.absolute for one in found) or row.state == "held":
        dockets.hold(ctx.data, row)
    asked = [Asked("rfcmove", "who", deeds.me(ctx), label="Who notes it?")]
    if found:
        asked.insert(0, Asked("rfcmove", "reason", label="Why all the same? It is kept with each move."))

    def take(values: Mapping[str, Any]) -> str:
        deeds.spoke(ctx, values["who"])
        return deeds.attempt(
            ctx, f"Hold {row.key or row.name}",
            lambda: dockets.hold(ctx.data, row, values["who"], values.get("reason", "")),
        )  # fmt: skip

    words = " ".join(one.words for one in found) or (
        "Its requests move as was decided, all in one step, and its minutes stand."
    )
    sheet = AskSheet(ctx, f"Hold {row.key or row.name}", words, asked, "Hold the meeting", take)
    opened(sheet)
    return sheet


def say(ctx: Context, row: DocketItem) -> AskSheet:
    """Ask who dissents from a decision and what was said."""
    asked = (Asked("docketitem", "dissent", row.dissent), Asked("docketitem", "notes", row.notes))
    sheet = AskSheet(
        ctx, "Dissent and notes", row.subject, asked, "Keep",
        lambda values: deeds.set_values(ctx, f"Note what was said of {row.subject}", row, values),
    )  # fmt: skip
    opened(sheet)
    return sheet


def ask(ctx: Context, docket: Docket, row: Entity | None = None) -> AskSheet:
    """Ask for an action: what is to be done, by whom, by when, about which request."""
    names = ("name", "owner", "due", "rfc")
    asked = [Asked("boardaction", name, getattr(row, name) if row is not None else None) for name in names]

    def take(values: Mapping[str, Any]) -> str:
        if row is not None:
            return deeds.set_values(ctx, f"Change an action of {docket.key}", row, values)
        return deeds.attempt(
            ctx, f"Ask for an action at {docket.key}",
            lambda: dockets.ask(
                ctx.data, docket, values["name"], values["owner"], values["due"], values["rfc"]
            ),
        )  # fmt: skip

    title = "Add an action" if row is None else "Change the action"
    sheet = AskSheet(ctx, title, "", asked, "Add" if row is None else "Change", take)
    opened(sheet)
    return sheet
