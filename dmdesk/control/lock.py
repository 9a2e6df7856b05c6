"""The lock: what keeps a baselined plan from being changed outside a draft, or without a change request.

It is asked in the one door through which everything is written. What change control itself keeps, accepted findings,
the risk register, the change record and where the plan stands are never locked: they are how one gets on.
"""

from __future__ import annotations

from collections.abc import Iterable

from dmdesk.changes import SET, Change
from dmdesk.control.requests import WORKED_ON, name_of, state_of
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest, PlanDocument
from dmdesk.reading import PlanData

OFF, DRAFT, UNDER_REQUEST = "off", "draft", "change request"

FREE = (
    "rfc", "rfcmove", "objection", "comment", "docket", "docketitem", "boardaction", "acceptance", "revision", "risk",
    "response", "action", "score", "move", "draw", "review", "reviewed",
)  # fmt: skip
"""Kinds that are records of work, not content that was agreed: change control, acceptances, the risk register."""

FREE_FIELDS = {
    "plan": ("change_lock", "ordinary_hours", "major_hours", "board_hours", "state", "version", "date"),
    "milestone": ("forecast", "done"),
}
"""Fields of other kinds that say where things stand."""


def lock_of(data: PlanData, *, sealed: bool = False) -> str:
    """The lock the plan has: off, in drafts only, or under change requests only; off before the first baseline.

    ``sealed``: the file has sealed versions, whatever the change record says.
    """
    plan = data.plan()
    lock = plan.change_lock if isinstance(plan, PlanDocument) else ""
    return lock if lock in (DRAFT, UNDER_REQUEST) and (sealed or was_baselined(data)) else OFF


def was_baselined(data: PlanData) -> bool:
    """Whether something was released that changes can be held against."""
    return bool(data.rows("revision"))


def is_locked(change: Change) -> bool:
    """Whether a change is one that a lock counts for."""
    if change.kind in FREE:
        return False
    free = FREE_FIELDS.get(change.kind, ())
    return change.op != SET or any(name not in free for name in change.fields)


def locked(data: PlanData, changes: Iterable[Change], rfc: str = "", *, sealed: bool = False) -> str:
    """Why these changes, made under a change request (its id, "" for none), are not allowed; "" where they are."""
    lock = lock_of(data, sealed=sealed)
    if lock == OFF:
        return ""
    caught = next((change for change in changes if is_locked(change)), None)
    if caught is None:
        return ""
    plan, what = data.plan(), _called(data, caught)
    if isinstance(plan, PlanDocument) and plan.state == "baselined":
        return (
            f"{what} belongs to the baselined plan, which is changed in a draft only; make the plan a draft first. "
            "Nothing was changed."
        )
    if lock == DRAFT:
        return ""
    request = data.get("rfc", rfc)
    if not isinstance(request, ChangeRequest):
        return (
            f"{what} was baselined and is changed under a change request only; choose the one you work on, or turn the "
            "lock off in the plan's settings. Nothing was changed."
        )
    if state_of(request) not in WORKED_ON:
        return (
            f"{what} cannot be changed under “{name_of(data, request)}”, which is {state_of(request)}; choose another "
            "change request. Nothing was changed."
        )
    return ""


def _called(data: PlanData, change: Change) -> str:
    row = data.get(change.kind, change.id)
    kind = kinds()[change.kind]
    return f"“{data.title(row)}”" if row is not None else f"A new {kind.label[0].lower()}{kind.label[1:]}"
