"""What people do with a change request, each as one named step; what is wrong comes back as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from dmdesk import working as work
from dmdesk.changes import Change, add, drop_all, put
from dmdesk.control import clock, escalation, states, talk
from dmdesk.control.requests import name_of, now_as_instant
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kinds
from dmdesk.model import ChangeRequest, Objection
from dmdesk.types import BadValue
from ui import settings
from ui.context import Context

ME = "control.me"
"""The setting that remembers who speaks: the key of the person named last."""


def now() -> datetime:
    """The moment it is; clocks are asked with it."""
    return datetime.now(UTC)


def me(ctx: Context) -> str:
    """The id of the person who most likely speaks: whom the user named last, or who is called like the user."""
    from dmdesk import folders
    from dmdesk.filters.people import persons

    row = ctx.data.find("person", settings.get(ME, ""))
    if row is not None:
        return row.id
    found = sorted(persons(ctx.data, folders.user()))
    return found[0] if len(found) == 1 else ""


def spoke(ctx: Context, person: str) -> None:
    """Remember who spoke."""
    row = ctx.data.get("person", person)
    if row is not None:
        settings.put(ME, ctx.data.key(row))


def attempt(ctx: Context, title: str, make: Callable[[], Iterable[Change]], rfc: str = "") -> str:
    """Make a step under a request; "" or the sentence that says why it was not made."""
    if ctx.plan is None:
        return "No plan is open."
    try:
        ctx.plan.step(title, make(), rfc=rfc)
    except (PlanError, BadValue) as error:
        return str(error)
    return ""


# -- the request itself


def next_key(ctx: Context, sort: str) -> str:
    """The key a new request is proposed with: the highest number of its kind, and one."""
    start = f"{sort or 'RFC'}-"
    keys = (ctx.data.key(row) for row in ctx.data.rows("rfc").values())
    numbers = [
        int(key[len(start) :]) for key in keys if key.startswith(start) and key[len(start) :].isdigit()
    ]
    return f"{start}{max(numbers, default=0) + 1}"


def propose(ctx: Context, values: Mapping[str, Any]) -> tuple[str, str]:
    """(The id of a new request with these values, proposed now; what is wrong with it)."""
    if not str(values.get("name", "")).strip():
        return "", "Say in a line what is proposed."
    at = now()
    given = {**values, "state": "proposed", "proposed": now_as_instant(at)}
    given["key"] = str(values.get("key", "")).strip() or next_key(ctx, str(values.get("sort", "")))
    if ctx.data.find("rfc", given["key"]) is not None:
        return "", f"There is a change request “{given['key']}” already; give this one another key."
    row = kinds()["rfc"].make(given)
    assert isinstance(row, ChangeRequest)
    ends = now_as_instant(clock.later(at, clock.hours(ctx.data, row)))
    row = kinds()["rfc"].make({**given, "planned_end": ends}, row.id)
    assert isinstance(row, ChangeRequest)
    wrong = attempt(ctx, f"Propose {row.key}", lambda: states.created(row), row.id)
    return ("" if wrong else row.id), wrong


def move(ctx: Context, row: ChangeRequest, to: str, who: str, reason: str, despite: str = "") -> str:
    """Move a request to another state."""
    spoke(ctx, who)
    made = f"{DEEDS[to]} {name_of(ctx.data, row)}"
    return attempt(ctx, made, lambda: states.move(ctx.data, row, to, now(), who, reason, despite), row.id)


def reject(ctx: Context, row: ChangeRequest, who: str, reason: str) -> str:
    """Withdraw a request and take back what was done under it."""
    spoke(ctx, who)
    if ctx.plan is None:
        return "No plan is open."
    try:
        work.reject(ctx.plan, row, now(), who, reason)
    except (PlanError, BadValue) as error:
        return str(error)
    return ""


DEEDS = {
    "proposed": "Propose anew", "flagged": "Flag", "recommended": "Recommend", "adopted": "Adopt",
    "implemented": "Implement", "withdrawn": "Withdraw",
}  # fmt: skip
"""State → what people do to bring a request there."""


# -- what is said of it


def object_to(ctx: Context, row: ChangeRequest, name: str, words: str, who: str) -> str:
    """Raise an objection."""
    spoke(ctx, who)
    made = f"Object to {name_of(ctx.data, row)}"
    return attempt(ctx, made, lambda: talk.object_to(ctx.data, row, name, now(), who, words), row.id)


def answer(ctx: Context, row: Objection, words: str, who: str) -> str:
    """Answer an objection."""
    spoke(ctx, who)
    made = f"Answer an objection to {_name(ctx, row)}"
    return attempt(ctx, made, lambda: talk.answer(ctx.data, row, words, now(), who), row.rfc)


def withdraw_objection(ctx: Context, row: Objection, words: str = "") -> str:
    """Take an objection back."""
    made = f"Withdraw an objection to {_name(ctx, row)}"
    return attempt(ctx, made, lambda: talk.take_back(ctx.data, row, now(), words), row.rfc)


def reopen(ctx: Context, row: Objection) -> str:
    """Let an objection stand again."""
    return attempt(ctx, f"Reopen an objection to {_name(ctx, row)}", lambda: talk.reopen(row), row.rfc)


def comment(ctx: Context, row: ChangeRequest, words: str, who: str) -> str:
    """Say something of a request."""
    spoke(ctx, who)
    made = f"Comment on {name_of(ctx.data, row)}"
    return attempt(ctx, made, lambda: talk.comment(ctx.data, row, words, now(), who), row.id)


def escalate(ctx: Context, row: ChangeRequest, words: str, who: str) -> str:
    """Bring a request before the next who can decide."""
    spoke(ctx, who)
    made = f"Escalate {name_of(ctx.data, row)}"
    return attempt(ctx, made, lambda: escalation.escalate(ctx.data, row, words, now(), who), row.id)


def set_values(ctx: Context, title: str, row: Entity, values: Mapping[str, Any]) -> str:
    """Set fields of a row of change control."""
    return attempt(ctx, title, lambda: [put(row, values)], str(getattr(row, "rfc", "")))


def add_row(ctx: Context, title: str, kind: str, values: Mapping[str, Any]) -> str:
    """Add a row of change control."""
    return attempt(ctx, title, lambda: [add(kinds()[kind].make(values))], str(values.get("rfc", "")))


def remove(ctx: Context, title: str, row: Entity) -> str:
    """Take a row of change control away."""
    return attempt(ctx, title, lambda: drop_all(ctx.data, [row]), str(getattr(row, "rfc", "")))


def _name(ctx: Context, row: Objection) -> str:
    request = ctx.data.get("rfc", row.rfc)
    return name_of(ctx.data, request) if isinstance(request, ChangeRequest) else "a change request"
