"""Change requests and meetings of the board in words and as JSON, for the commands that look at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk.cli import output, wording
from dmdesk.cli.asking import meant, row_named
from dmdesk.cli.blocks import lines_of
from dmdesk.cli.fitting import fitting
from dmdesk.cli.opening import has_history, history_of, looked_at
from dmdesk.control import clock as clocks
from dmdesk.control import dockets
from dmdesk.control.board import attendance
from dmdesk.control.requests import (
    comments_of,
    moves_of,
    now_as_instant,
    objections_of,
    open_objections,
    state_of,
)
from dmdesk.control.states import allowed
from dmdesk.control.workingset import Part, Work, comes_to, later
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.model import ChangeRequest, Docket, DocketItem
from dmdesk.reading import PlanData
from dmdesk.types import INSTANT

if TYPE_CHECKING:
    from dmdesk.changes import Change


def print_list(file: Path, filter: str, now: datetime, *, json: bool) -> None:
    """The requests that fit, with what their clocks say."""
    with looked_at(file) as data:
        every = data.in_order("rfc")
        rows = [row for row in fitting(file, data, kinds()["rfc"], filter) if isinstance(row, ChangeRequest)]
        if json:
            output.as_json([_summary(data, row, now) for row in rows])
            return
        heads = ["Key", "Title", "State", "Assignee", "Clock", "Objections"]
        output.table([_cells(data, row, now) for row in rows], heads, (5,))
        if not every:
            output.say("No change request has been made yet.")
            return
        counted = f"{len(rows):,} of " if len(rows) != len(every) else ""
        output.say(f"\n{counted}{output.number(len(every), 'change request')}.")


def _cells(data: PlanData, row: ChangeRequest, now: datetime) -> list[str]:
    open_ones = len(open_objections(data, row.id))
    assignee = data.link("person", row.assignee) if row.assignee else ""
    cells = [row.key, output.cell(row.name), state_of(row), assignee, clocks.in_words(data, row, now)]
    return [*(output.cell(cell, 60) for cell in cells), f"{open_ones} open" if open_ones else ""]


def _summary(data: PlanData, row: ChangeRequest, now: datetime) -> dict[str, Any]:
    """A request as JSON has it: its fields, and what its clock says."""
    clock = clocks.clock_of(data, row)
    return {
        **_fields(data, row), "state": state_of(row), "clock": clocks.in_words(data, row, now),
        "closes": now_as_instant(clock.closes) if clock.closes else "",
        "open_objections": len(open_objections(data, row.id)),
    }  # fmt: skip


def _fields(data: PlanData, row: Entity, but: Iterable[str] = ()) -> dict[str, Any]:
    return {
        field.name: wording.plain(data, field, getattr(row, field.name))
        for field in kind_of(row).fields
        if field.name not in but
    }


def print_one(file: Path, key: str, now: datetime, *, json: bool) -> None:
    """One request: its clock, where it may move and what is in the way, and all that was said and done."""
    with looked_at(file) as data:
        row = row_named(data, kinds()["rfc"], key)
        assert isinstance(row, ChangeRequest)
        work = work_in(file)
        ways = allowed(data, row, now)
        if json:
            output.as_json(_as_data(data, row, now, comes_to(work.get(row.id, []))))
            return
        from dmdesk.manuscript.parts.control import request

        output.say(f"{data.key(row)} {row.name}: {clocks.in_words(data, row, now)}.")
        for line in lines_of(request(data, row, work if has_history(file) else None)):
            output.say(line)
        for way in ways:
            become = "be proposed anew" if way.state == state_of(row) else f"become {way.state}"
            output.say(f"\nMay {become}" + ("." if way.free else ", when this holds:"))
            for one in way.unmet:
                output.say(f"  - {output.cell(one.words, 0)}")


def _as_data(data: PlanData, row: ChangeRequest, now: datetime, work: list[Change]) -> dict[str, Any]:
    ways = [
        {
            "state": way.state,
            "free": way.free,
            "conditions": [
                {"name": one.name, "holds": one.holds, "words": one.words, "absolute": one.absolute}
                for one in way.conditions
            ],
        }
        for way in allowed(data, row, now)
    ]
    return {
        **_summary(data, row, now),
        "moves": [_fields(data, one, ("rfc",)) for one in moves_of(data, row.id)],
        "objections": [_fields(data, one, ("rfc",)) for one in objections_of(data, row.id)],
        "comments": [_fields(data, one, ("rfc",)) for one in comments_of(data, row.id)],
        "may": ways,
        "work": [wording.as_data(change, data, data) for change in work],
    }


def work_in(file: Path) -> dict[str, list[Part]]:
    """What was done under each request; a plan as text has no history that tells."""
    if not has_history(file):
        return {}
    from dmdesk.cli.work import work_of

    with history_of(file) as (_, kept):
        return work_of(kept)


def print_without(file: Path, *, json: bool) -> None:
    """What was changed under no request since the last baseline, and the steps of requests that are gone."""
    from dmdesk import working
    from dmdesk.plan import Plan

    with Plan.open(file, read_only=True) as plan:
        found, lost = working.without_request(plan), working.lost(plan)
        names = {rfc: working.key_of(plan, rfc) for rfc in lost}
        if json:
            without = [
                {"id": one.step.id, "at": one.step.at, "who": one.step.who, "title": one.step.title,
                 "changes": [wording.as_data(change, plan.data, plan.data) for change in one.changes]}
                for one in found
            ]  # fmt: skip
            gone = [{"key": names[rfc], "steps": [step.id for step in steps]} for rfc, steps in lost.items()]
            output.as_json({"without": without, "lost": gone})
            return
        heads = ["Step", "When", "Who", "What", "Changes"]
        cells = [
            [str(one.step.id), one.step.at[:10], one.step.who, one.step.title, str(len(one.changes))]
            for one in found
        ]
        output.table([[output.cell(cell, 60) for cell in line] for line in cells], heads, (0, 4))
        if not found:
            output.say("Nothing was changed without a change request since the last baseline.")
        for rfc, steps in lost.items():
            ids = ", ".join(str(step.id) for step in steps)
            output.say(f"Made under {names[rfc]}: {output.number(len(steps), 'step')} ({ids}).")


# -- meetings of the board


def print_docket(file: Path, key: str, *, json: bool) -> None:
    """All meetings, or one as its minutes have it."""
    with looked_at(file) as data:
        rows = [row for row in data.in_order("docket") if isinstance(row, Docket)]
        rows.sort(key=lambda row: row.at)
        if key:
            row = docket_named(data, key)
            work = work_in(file)
            if json:
                output.as_json(_docket(data, row, work))
                return
            from dmdesk.manuscript.parts.control import minutes

            output.say(f"{row.name} ({row.key})")
            for line in lines_of(minutes(data, row, work if has_history(file) else None)):
                output.say(line)
        elif json:
            output.as_json([_meeting(data, row) for row in rows])
        elif not rows:
            output.say("The board has not met yet.")
        else:
            heads = ["Key", "Title", "When", "State", "Requests", "Members"]
            output.table([_about(data, row) for row in rows], heads, (4,))


def docket_named(data: PlanData, key: str) -> Docket:
    """The meeting of that key.

    Raises:
        PlanError: there is none.
    """
    row = data.find("docket", key)
    if not isinstance(row, Docket):
        known = [*data.by_key("docket")]
        has = f"; its meetings are {', '.join(known[-6:])}." if known else "; the board has not met yet."
        raise PlanError(f"There is no board meeting “{key}” in this plan{meant(key, known) or has}")
    return row


def _about(data: PlanData, row: Docket) -> list[str]:
    there = attendance(data, row)
    members = there.words if row.state == "held" else ""
    items = len(dockets.items_on(data, row))
    return [
        row.key,
        output.cell(row.name),
        INSTANT.show(row.at),
        row.state or "planned",
        str(items),
        members,
    ]


def _meeting(data: PlanData, row: Docket) -> dict[str, Any]:
    there = attendance(data, row)
    return {
        **_fields(data, row), "members_present": len(there.there), "members": len(there.there) + len(there.missing),
        "needed": there.needed, "quorum": there.reached,
    }  # fmt: skip


def _docket(data: PlanData, row: Docket, work: Work) -> dict[str, Any]:
    return {
        **_meeting(data, row),
        "items": [_item(data, one, row, work) for one in dockets.items_on(data, row)],
        "actions": [_fields(data, one, ("docket",)) for one in dockets.actions_on(data, row)],
        "in_the_way": [one.words for one in dockets.in_the_way(data, row)] if row.state != "held" else [],
    }


def _item(data: PlanData, one: DocketItem, row: Docket, work: Work) -> dict[str, Any]:
    parts, until = work.get(one.rfc, ()), dockets.moment_of(row)
    changes = [wording.as_data(change, data, data) for change in comes_to(parts, until)]
    return {**_fields(data, one, ("docket",)), "work": changes, "later": later(parts, until)}
