"""Commands that compare: two plans with each other, and a plan with what it was."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dmdesk.changes import Change, difference
from dmdesk.cli import output, wording
from dmdesk.cli.command import JSON, PLAN, arg, command, flag, path
from dmdesk.cli.comparing import (
    NARROWING,
    asked,
    changes_in,
    in_words,
    narrowed,
    print_changes,
    print_record,
    steps_between,
)
from dmdesk.cli.opening import both, history_of
from dmdesk.comparing import compare
from dmdesk.kinds import Entity
from dmdesk.reading import PlanData
from dmdesk.record import Record
from dmdesk.store import DONE, Compaction, Step, Store


@command(
    "diff",
    path("a", "A plan file, a plan as text or a printed PDF."),
    path("b", "Another."),
    JSON,
    flag(
        "--grouped", "By part of the plan and item, numbers on top, with changed words marked, who and why."
    ),
    *NARROWING,
)
def diff(a: Path, b: Path, json: bool, grouped: bool, **wanted: Any) -> int:
    """Say what differs between two plans, row by row and field by field. The exit code is 1 when anything does."""
    with both(a, b) as (before, after):
        part = asked(wanted)
        found = compare(before, after, steps=steps_between(a, b) if part or grouped else ())
        chosen = narrowed(found, wanted) if part else found
        if grouped:
            record = Record(chosen, a.name, b.name, in_words(wanted))
            _say(record, json)
            return 1 if chosen else 0
        changes = list(changes_in(chosen)) if part else difference(found.old, after)
        if json:
            output.as_json([wording.as_data(change, found.old, after) for change in changes])
        else:
            print_changes(changes, found.old, after)
    return 1 if changes else 0


def _say(record: Record, json: bool) -> None:
    """The detailed record, as text or JSON."""
    if json:
        from dmdesk.record import tables

        output.as_json(tables.as_data(record))
    else:
        print_record(record)


@command(
    "history",
    PLAN,
    arg(
        "filter",
        "Only steps that fit, such as “who:swinbank kind:wbs changed>2017-06-01”.",
        nargs="?",
        default="",
    ),
    JSON,
)
def history(file: Path, filter: str, json: bool) -> None:
    """List the steps that made the plan what it is, newest first: who, when, what, why, and each value old and new."""
    with history_of(file) as (data, kept):
        every = kept.steps()
        wanted = _fitting(data, kept, every, filter) if filter.strip() else every
        steps = [(step, kept.changes_of(step.id)) for step in wanted]
        known = _with_rows_of_old(data, (change for _, changes in steps for change in changes))
        _with_lost_requests(known, kept, wanted)
        if json:
            output.as_json([_as_data(step, changes, known) for step, changes in steps])
            return
        for step, changes in steps:
            _print_step(step, changes, known)
        gone = [] if filter.strip() else kept.compactions()
        for one in reversed(gone):
            _print_gone(one)
    if not every and not gone:
        output.say("Nothing has been changed yet.")
    elif filter.strip():
        output.say(f"{len(steps):,} of {output.number(len(every), 'step')} fit.")


def _fitting(data: PlanData, kept: Store, steps: list[Step], text: str) -> list[Step]:
    """The steps that a filter lets through."""
    from dmdesk import past

    wanted = past.parse(text)
    told = past.Past(kept).data(data, steps)
    ids = wanted.matches(told, past.facts(steps, kept.baselines()))
    return [step for step in steps if str(step.id) in ids]


def _with_rows_of_old(data: PlanData, changes: Iterable[Change]) -> PlanData:
    """The plan with the rows that are gone from it, as they were last, so that links to them have a title."""
    known = data.copy()
    for change in changes:
        if change.op != "set" and known.get(change.kind, change.id) is None:
            row: Entity = wording.row_of(change)
            known.replace(change.kind, change.id, row)
    return known


def _with_lost_requests(known: PlanData, kept: Store, steps: Iterable[Step]) -> None:
    """Add the change requests that steps were made under and that are gone, as the history knew them last."""
    for rfc in {step.rfc for step in steps if step.rfc and known.get("rfc", step.rfc) is None}:
        gone = next((change for _, change in kept.steps_of_row(rfc) if change.op == "drop"), None)
        if gone is not None:
            known.replace("rfc", rfc, wording.row_of(gone))


def _as_data(step: Step, changes: list[Change], known: PlanData) -> dict[str, Any]:
    return {
        "id": step.id, "at": step.at, "who": step.who, "title": step.title, "why": step.why, "rfc": _rfc(step, known),
        "state": step.state,
        "changes": [wording.as_data(change, known, known) for change in changes],
    }  # fmt: skip


def _rfc(step: Step, known: PlanData) -> str:
    """The key of the change request that a step was made under, or ""."""
    row = known.get("rfc", step.rfc) if step.rfc else None
    return known.key(row) if row is not None else ""


def _print_gone(one: Compaction) -> None:
    """Where the history begins because what was before was removed."""
    to = f" up to {one.version}" if one.version else ""
    output.say(
        f"{one.until[:10]} and before: {output.number(one.steps, 'step')}{to} removed on {one.at[:10]} by "
        f"{output.cell(one.who, 0)}"
    )


def _print_step(step: Step, changes: list[Change], known: PlanData) -> None:
    state = "" if step.state == DONE else f" ({step.state})"
    when = step.at.replace("T", " ").removesuffix("Z")
    output.say(f"{when} UTC  {output.cell(step.who, 0)}  {output.cell(step.title, 0)}{state}")
    if rfc := _rfc(step, known):
        output.say(f"  under: {output.cell(rfc, 0)}")
    if step.why:
        output.say(f"  because: {output.cell(step.why, 0)}")
    for line in wording.lines(changes, known, known):
        output.say(f"  {line}")
    output.say()
