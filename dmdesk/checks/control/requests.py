"""Checks of change requests: who answers for them, their clocks and dates, and what they were adopted without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dmdesk.checks.control.asking import (
    CLOCKS,
    FAR,
    MOVES,
    RFCS,
    days_since,
    each,
    moving,
    now,
    told,
)  # fmt: skip
from dmdesk.checks.finding import NOTE, WARNING, Finding, check, of
from dmdesk.checks.fixing import setting
from dmdesk.control import clock as clocks
from dmdesk.control import flagging
from dmdesk.control.clock import moment
from dmdesk.control.requests import UNDECIDED, last_move, moves_of, now_as_instant, open_objections, state_of
from dmdesk.model import ChangeRequest
from dmdesk.model.control import ADOPTED, FLAGGED, IMPLEMENTED, PROPOSED, RECOMMENDED
from dmdesk.reading import PlanData

LONG_ADOPTED = 180
"""Days after which an adopted request should be implemented; LSST plans in cycles of six months."""

LONG_UNDECIDED = 30
"""Days after the clock ran out in which somebody should have decided."""

FLAGS = (
    *of("rfc", "sort", "documents", "sections", "proposal"),
    *of("document", "id", "key", "level"),
    *of("plan", "id", "handle", "flagged"),
)


@check("rfc.no-proposer", NOTE, kinds=(*RFCS, "rfc.proposer", *MOVES, "rfcmove.who", "person.id"))
def no_proposer(data: PlanData) -> Iterator[Finding]:
    """A change request that does not say who proposed it."""
    for row in each(data):
        if not row.proposer:
            first = next((one.who for one in moves_of(data, row.id) if data.get("person", one.who)), "")
            fixes = (
                [setting(row, "Take who moved it first", "take the first", proposer=first)] if first else []
            )
            yield no_proposer.at(row, "proposer", "It does not say who proposed it.", fixes)


@check("rfc.no-assignee", WARNING, kinds=(*RFCS, *of("rfc", "assignee", "proposer"), "person.id"))
def no_assignee(data: PlanData) -> Iterator[Finding]:
    """A change request that is not decided and has no assignee, so that nobody judges when consensus is reached."""
    for row in each(data, *UNDECIDED):
        if not row.assignee:
            proposer = row.proposer if data.get("person", row.proposer) else ""
            title = "Let the proposer judge"
            fixes = [setting(row, title, "the proposer", assignee=proposer)] if proposer else []
            yield no_assignee.at(
                row, "assignee", "Nobody judges when consensus is reached; name an assignee.", fixes
            )


@check("rfc.early-end", WARNING, kinds=CLOCKS)
def early_end(data: PlanData) -> Iterator[Finding]:
    """A change request with a planned end before its clock runs out; the clock counts all the same."""
    for row in each(data, *UNDECIDED):
        clock, planned = clocks.consensus_clock(data, row), moment(row.planned_end)
        if planned and clock.begins and clock.ends and clock.begins <= planned < clock.ends:
            words = (
                f"Its planned end is {clocks.shown(planned)}, but the clock of {clock.hours} hours runs until "
                f"{clocks.shown(clock.ends)}."
            )
            title = "Set it to the end of the clock"
            fix = setting(row, title, "the end of the clock", planned_end=now_as_instant(clock.ends))
            yield early_end.at(row, "planned_end", words, [fix])


@check("rfc.dates", WARNING, kinds=(*CLOCKS, *of("objection", "id", "rfc", "raised", "answered")))
def dates(data: PlanData) -> Iterator[Finding]:
    """Dates of a change request that contradict each other, or lie more than a year ahead."""
    for row in each(data):
        proposed, planned = moment(row.proposed), moment(row.planned_end)
        if not proposed and state_of(row) in UNDECIDED:
            fixes = []
            first = next((one.at for one in moves_of(data, row.id) if moment(one.at)), "")
            if first:
                fixes.append(setting(row, "Take its first move", "take the first", proposed=first))
            words = "It does not say when it was proposed, so no clock runs."
            yield dates.at(row, "proposed", words, fixes)
        if proposed and planned and planned < proposed:
            ends = clocks.later(proposed, clocks.hours(data, row))
            title = "Set it to the end of the clock"
            fix = setting(row, title, "the end of the clock", planned_end=now_as_instant(ends))
            yield dates.at(row, "planned_end", "It ends before it was proposed.", [fix])
        for field, at in (("proposed", proposed), ("planned_end", planned)):
            if at and at > now() + FAR:
                yield dates.at(row, field, f"It lies {clocks.span(at - now())} ahead; look at the year.")
        yield from _moves(data, row)


def _moves(data: PlanData, row: ChangeRequest) -> Iterator[Finding]:
    """Moves before the request was there, or in the far future; said at the move."""
    for one in moves_of(data, row.id):
        at, proposed = moment(one.at), moment(row.proposed)
        if at and proposed and at < proposed and one.state != PROPOSED:
            yield dates.at(one, "at", f"It was {one.state} before it was proposed.")
        elif at and at > now() + FAR:
            yield dates.at(one, "at", f"It lies {clocks.span(at - now())} ahead; look at the year.")


@check("rfc.no-move", NOTE, kinds=(*CLOCKS,))
def no_move(data: PlanData) -> Iterator[Finding]:
    """A change request in a state that no move has led to, so that nobody knows since when, by whom and why."""
    for row in each(data):
        last = last_move(data, row.id)
        if state_of(row) == (last.state if last else PROPOSED):
            continue
        before = last.state if last else PROPOSED
        words = f"It is {state_of(row)}, but its moves end with {before}; nobody knows since when, by whom and why."
        values = {"at": now_as_instant(now()), "before": before, "state": state_of(row)}
        yield no_move.at(row, "state", words, [told(data, row, "Note it as of today", "as of today", values)])


@check("rfc.not-flagged", WARNING, kinds=(*RFCS, *FLAGS, *MOVES))
def not_flagged(data: PlanData) -> Iterator[Finding]:
    """A change request that the board must see, because of a controlled document, and that was never flagged."""
    for row in each(data, PROPOSED, ADOPTED, IMPLEMENTED):
        found = flagging.certain(data, row)
        if not found:
            continue
        if state_of(row) == PROPOSED:
            words = f"The board must see it, because {found[0].words}."
            fix = moving(
                data, row, "Flag it", "flag", FLAGGED, f"{found[0].words[0].upper()}{found[0].words[1:]}"
            )
            yield not_flagged.at(row, "state", words, [fix])
        elif not any(one.state in (FLAGGED, RECOMMENDED) for one in moves_of(data, row.id)):
            words = f"It is {state_of(row)}, but the board has not seen it, and {found[0].words}."
            yield not_flagged.at(row, "state", words)


@check("rfc.perhaps-flagged", NOTE, kinds=(*RFCS, *FLAGS, *MOVES))
def perhaps_flagged(data: PlanData) -> Iterator[Finding]:
    """A proposed change request whose words are those of something on the plan's list of what is always flagged."""
    for row in each(data, PROPOSED):
        found = flagging.likely(data, row)
        if found and not flagging.certain(data, row):
            words = f"The board may have to see it: {found[0].words}; flag it, or accept this."
            fix = moving(
                data, row, "Flag it", "flag", FLAGGED, f"{found[0].words[0].upper()}{found[0].words[1:]}"
            )
            yield perhaps_flagged.at(row, "name", words, [fix])


@check("rfc.open-objection", WARNING, kinds=(*RFCS, *of("objection", "id", "rfc", "name", "state", "raised")))
def open_objection(data: PlanData) -> Iterator[Finding]:
    """An adopted or implemented change request with an objection that nobody answered."""
    for row in each(data, ADOPTED, IMPLEMENTED):
        for one in open_objections(data, row.id):
            words = f"“{row.key or row.name}” is {state_of(row)}, but this was never answered or taken back."
            yield open_objection.at(one, "state", words)


@check("rfc.no-answer", NOTE, kinds=of("objection", "id", "state", "answer"))
def no_answer(data: PlanData) -> Iterator[Finding]:
    """An objection that counts as answered, without an answer."""
    for one in data.rows("objection").values():
        if getattr(one, "state", "") == "answered" and not getattr(one, "answer", "").strip():
            yield no_answer.at(one, "answer", "It counts as answered, but nothing says what was answered.")


@check("rfc.no-conclusion", WARNING, kinds=(*RFCS, "rfc.conclusion", *MOVES, "rfcmove.reason"))
def no_conclusion(data: PlanData) -> Iterator[Finding]:
    """An adopted or implemented change request that does not say what was agreed in the end."""
    for row in each(data, ADOPTED, IMPLEMENTED):
        if row.conclusion.strip():
            continue
        adopted = last_move(data, row.id, ADOPTED)
        reason = adopted.reason if adopted else ""
        title = "Take the reason of its adoption"
        fixes = [setting(row, title, "take the reason", conclusion=reason)] if reason.strip() else []
        yield no_conclusion.at(row, "conclusion", "It does not say what was agreed in the end.", fixes)


@check("rfc.no-ticket", NOTE, kinds=(*RFCS, *FLAGS, "rfc.tickets"))
def no_ticket(data: PlanData) -> Iterator[Finding]:
    """An adopted change request without a triggered ticket, that changes no controlled document."""
    for row in each(data, ADOPTED):
        if not row.tickets and not flagging.touches_controlled(data, row):
            yield no_ticket.at(row, "tickets", "It is adopted, but no ticket says what is to be done.")


@check("rfc.not-implemented", NOTE, kinds=(*RFCS, *MOVES))
def not_implemented(data: PlanData) -> Iterator[Finding]:
    """A change request that was adopted half a year ago and is not implemented."""
    for row in each(data, ADOPTED):
        adopted = last_move(data, row.id, ADOPTED)
        if adopted and days_since(adopted.at) > LONG_ADOPTED:
            words = f"It is adopted since {adopted.at[:10]}; implement it, or withdraw it."
            fix = moving(data, row, "Say that it is implemented", "implemented", IMPLEMENTED, "")
            yield not_implemented.at(row, "state", words, [fix])


@check("rfc.undecided", NOTE, kinds=CLOCKS)
def undecided(data: PlanData) -> Iterator[Finding]:
    """A change request whose clock ran out a month ago or more, and that nobody has decided."""
    for row in each(data, PROPOSED, RECOMMENDED):
        clock = clocks.consensus_clock(data, row)
        if clock.closes and now() - clock.closes > timedelta(days=LONG_UNDECIDED):
            words = (
                f"It may be adopted since {clock.closes:%Y-%m-%d}; adopt it, withdraw it, or propose it anew."
            )
            yield undecided.at(row, "state", words)
