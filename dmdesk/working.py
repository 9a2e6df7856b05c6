"""Work under change requests as the history knows it: working sets, what they cause, taking them back, what has none.

The rules of change control need only the plan as it is; what was done under which request stands in its history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from dmdesk.changes import Change, inverse
from dmdesk.checks import Effect, Finding, effect
from dmdesk.checks.accepting import settled
from dmdesk.checks.control.history import LOST_REQUEST, NO_REQUEST
from dmdesk.control.lock import UNDER_REQUEST, is_locked, lock_of
from dmdesk.control.requests import name_of
from dmdesk.control.states import move
from dmdesk.control.workingset import Part, comes_to, is_content
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest
from dmdesk.outcome import preview
from dmdesk.plan import Plan
from dmdesk.store import DONE, Step
from dmdesk.values import frozen


@frozen
class WorkingSet:
    """What was done under a request: the steps that changed content, oldest first, what they come to, and each."""

    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    parts: tuple[Part, ...] = ()


@frozen
class Unrequested:
    """A step that changed what was baselined under no request, and those changes."""

    step: Step
    changes: tuple[Change, ...]


def working_set(plan: Plan, rfc: str) -> WorkingSet:
    """The working set of a request, by its id; also of one that is no longer in the plan."""
    steps = [step for step in reversed(plan.history()) if step.rfc == rfc and step.state == DONE]
    made = [(step, Part(step.at, tuple(changes))) for step in steps if (changes := _content(plan, step))]
    parts = tuple(part for _, part in made)
    return WorkingSet(tuple(step for step, _ in made), tuple(comes_to(parts)), parts)


def would_do(plan: Plan, rfc: str) -> Effect:
    """The findings that the working set of a request has caused and cured, held against the plan without it.

    Raises:
        PlanError: a later step of another request, or of none, builds on it.
    """
    steps = working_set(plan, rfc).steps
    back = plan.taking_back(steps, is_content) if steps else []
    return effect(preview(plan.data, back), inverse(back))


def take_back(plan: Plan, rfc: str, along: Iterable[Change] = (), title: str = "") -> Step | None:
    """Take the working set of a request back in one step, and make the changes ``along`` in the same one.

    How it was decided, what was objected and said stays. None if there is nothing to do.

    Raises:
        PlanError: a later step builds on it; nothing was changed.
    """
    steps, along = working_set(plan, rfc).steps, list(along)
    name = key_of(plan, rfc)
    if not steps:
        return plan.step(title or f"Take back {name}", along, name, rfc)
    title = title or f"Take back what was done under {name}"
    return plan.take_back(steps, is_content, title, rfc, along)


def reject(plan: Plan, request: ChangeRequest, now: datetime, who: str, reason: str) -> Step | None:
    """Withdraw a request and take its working set back, as one step.

    Raises:
        PlanError: it cannot be withdrawn, lacks a reason, or a later step builds on its work; nothing was changed.
    """
    along = move(plan.data, request, "withdrawn", now, who, reason)
    return take_back(plan, request.id, along, f"Reject {name_of(plan.data, request)}")


def without_request(plan: Plan) -> list[Unrequested]:
    """The steps since the last baseline that changed what was baselined under no request, newest first."""
    since, found = last_baselined(plan), []
    for step in plan.history() if since is not None else ():
        if step.id <= (since or 0):
            break
        caught = (
            tuple(filter(is_locked, plan.changes_of(step))) if step.state == DONE and not step.rfc else ()
        )
        if caught:
            found.append(Unrequested(step, caught))
    return found


def last_baselined(plan: Plan) -> int | None:
    """The step after which the last baseline stands; 0 for what the file started from, None where there is none."""
    sealed = plan.baselines()
    if sealed:
        return sealed[-1].step
    entries = plan.data.rows("revision").values()
    if not entries:
        return None
    histories = plan.histories("revision")
    made = (step.id for row in entries for step, change in histories.get(row.id, ()) if change.op == "add")
    return max(made, default=0)


def lost(plan: Plan) -> dict[str, list[Step]]:
    """The steps whose request is no longer in the plan, by its id, newest first: their work stands, and is named."""
    found: dict[str, list[Step]] = {}
    for step in plan.history():
        if step.rfc and plan.data.get("rfc", step.rfc) is None:
            found.setdefault(step.rfc, []).append(step)
    return found


def key_of(plan: Plan, rfc: str) -> str:
    """The key of a request by its id; of one that was deleted, as the history knows it; "" for none."""
    row = plan.data.get("rfc", rfc)
    if row is not None:
        return plan.data.key(row)
    if not rfc:
        return ""
    key = next((_key_in(change) for _, change in _past(plan, rfc) if _key_in(change)), "")
    return f"{key or 'a change request'} (deleted)"


def findings(plan: Plan) -> list[Finding]:
    """What the history has to say of change control, as checks say what the rows have; accepted ones are marked so.

    What was changed under no request counts only where the plan's lock asks for one; the last step of a row is named.
    """
    found: list[Finding] = []
    if lock_of(plan.data, sealed=bool(plan.baselines())) == UNDER_REQUEST:
        last = {(change.kind, change.id): (one.step, change)
                for one in reversed(without_request(plan)) for change in one.changes}  # fmt: skip
        found += [_unrequested(plan, step, change) for step, change in last.values()]
    row = plan.data.plan()
    if row is not None:
        found += [
            LOST_REQUEST.at(row, "change_lock", _lost_words(len(steps), key_of(plan, rfc)))
            for rfc, steps in lost(plan).items()
        ]
    return settled(plan.data, found, whole=False)


def _lost_words(count: int, key: str) -> str:
    steps = "1 step stands" if count == 1 else f"{count} steps stand"
    return f"{steps} under {key}; put {'it' if count == 1 else 'them'} under another request, or leave it so."


def _unrequested(plan: Plan, step: Step, change: Change) -> Finding:
    """At the row, or at the plan for one that is gone."""
    words = f"“{step.title}” of {step.at[:10]} by {step.who}"
    kind, row = kinds()[change.kind], plan.data.get(change.kind, change.id)
    field = next((name for name in change.fields if name in kind), kind.title or kind.fields[0].name)
    if row is not None:
        said = f"{words} changed it under no change request; put the step under one."
        return NO_REQUEST.at(row, field, said)
    gone = next((str(pair[0]) for name, pair in change.fields.items() if name in (kind.key, kind.title)), "")
    said = (
        f"{words} removed the {kind.label.lower()} “{gone}” under no change request; put the step under one."
    )
    at = plan.data.plan()
    assert at is not None, "a plan without its document has no lock"
    return NO_REQUEST.at(at, "change_lock", said)


def assign(plan: Plan, steps: Sequence[Step], rfc: str) -> None:
    """Note under which request (its id) steps of the past were made.

    Raises:
        PlanError: there is no such request, none of the steps was given, or the plan cannot be written.
    """
    if not steps:
        raise PlanError("Choose the steps that are to be assigned.")
    plan.assign(steps, rfc)


def _content(plan: Plan, step: Step) -> list[Change]:
    return [change for change in plan.changes_of(step) if is_content(change)]


def _past(plan: Plan, rfc: str) -> list[tuple[Step, Change]]:
    return plan.history_of(kinds()["rfc"].make({}, rfc))


def _key_in(change: Change) -> str:
    return next((str(value) for value in reversed(change.fields.get("key", ("", ""))) if value), "")
