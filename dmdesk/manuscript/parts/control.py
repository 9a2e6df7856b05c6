"""Change control in print: a change request with all that was said of it, the board's minutes, the list of requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.control import clock as clocks
from dmdesk.control.board import Seat, attendance
from dmdesk.control.dockets import DONE, actions_on, items_on, moment_of
from dmdesk.control.requests import (
    UNDECIDED,
    actions_of,
    comments_of,
    items_of,
    last_move,
    moves_of,
    objections_of,
    requests,
    state_of,
)
from dmdesk.control.workingset import comes_to, later
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Begin, Block, Facts, Inlines, Paragraph, Run
from dmdesk.manuscript.parts import part
from dmdesk.manuscript.parts.differences import differences
from dmdesk.manuscript.parts.risktables import table
from dmdesk.manuscript.words import blank, joined, linked, named, only
from dmdesk.model import BoardAction, ChangeRequest, Docket, DocketItem, Objection
from dmdesk.types import INSTANT

if TYPE_CHECKING:
    from datetime import datetime

    from dmdesk.control.workingset import Work
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData

TOUCHED = (
    ("Products", "product", "products"), ("WBS elements", "wbs", "wbs"), ("Documents", "document", "documents"),
    ("Requirements", "requirement", "requirements"), ("Milestones", "milestone", "milestones"),
    ("Risks", "risk", "risks"), ("Sections", "section", "sections"),
)  # fmt: skip


@part(
    "requests",
    "Change requests",
    "The change requests: where they stand, since when, who proposed them, what was agreed.",
)
def all_requests(data: PlanData, _: Entity | None) -> Iterator[Block]:
    """All requests of the plan as a table."""
    rows = [*requests(data)]
    if not rows:
        yield Paragraph((Run("No change request has been made yet.", emphasis=True),))
        return
    yield table(
        "Change requests",
        rows,
        (
            ("Request", 1.3, "left", lambda one: (Run(one.key, code=True, row=("rfc", one.id)),)),
            ("Title", 3.4, "left", lambda one: (Run(one.name),)),
            ("State", 1.5, "left", lambda one: (Run(state_of(one)),)),
            ("Since", 1.4, "left", lambda one: joined(blank(_since(data, one)))),
            ("Proposer", 1.8, "left", lambda one: joined(linked(data, "person", [one.proposer]))),
            ("Conclusion", 3.2, "left", lambda one: prose.inline(" ".join(one.conclusion.split()))),
        ),
        about=rows,
    )


def _since(data: PlanData, one: ChangeRequest) -> str:
    last = last_move(data, one.id)
    return (last.at if last else one.proposed)[:10]


# -- one request


@part("rfc", "Change request", "A change request, by its key: its proposal, what was said of it, and what it changes.",
      about="rfc", single=True)  # fmt: skip
def request(data: PlanData, row: Entity | None, work: Work | None = None) -> Iterator[Block]:
    """One request."""
    one = only(row, ChangeRequest)
    yield Begin("rfc", one.id)
    yield Facts(tuple((label, words) for label, words in _facts(data, one) if words))
    for title, text in (("Proposal", one.proposal), ("Conclusion", one.conclusion)):
        if text.strip():
            yield _label(title)
            yield from prose.blocks(text)
    yield from _course(data, one)
    yield from _objections(data, objections_of(data, one.id))
    yield from _comments(data, one)
    yield from _decisions(data, one)
    yield from _asked(data, actions_of(data, one.id), with_request=False)
    yield from _changes(data, one, work)


def _facts(data: PlanData, one: ChangeRequest) -> Iterator[tuple[str, Inlines]]:
    clock = clocks.clock_of(data, one)
    yield "Request", (Run(one.key, code=True), Run(f"  {one.name}", strong=True))
    yield "Also known as", joined(blank(", ".join(one.aka)))
    yield "State", joined([*blank(state_of(one)), *blank(_since(data, one))])
    yield "Kind", joined([*blank(one.sort or "RFC"), *blank(one.weight), *blank(one.component)])
    yield "Proposer", joined(linked(data, "person", [one.proposer]))
    yield "Assignee", joined(linked(data, "person", [one.assignee]))
    yield "Proposed", joined(blank(INSTANT.show(one.proposed)))
    yield "Planned end", joined(blank(INSTANT.show(one.planned_end)))
    if state_of(one) in UNDECIDED and clock.closes:
        words = "The board has until" if clock.board else "May be adopted from"
        yield words, joined(blank(clocks.shown(clock.closes)))
    yield "Watchers", joined(linked(data, "person", one.watchers))
    for label, kind, field in TOUCHED:
        yield label, joined(linked(data, kind, getattr(one, field)))
    yield "Triggered tickets", joined(blank(", ".join(one.tickets)))


def _changes(
    data: PlanData, one: ChangeRequest, work: Work | None, until: datetime | None = None
) -> Iterator[Block]:
    """The working set of a request, as it was at a moment if one is given; that there is none is said too."""
    if work is None:
        return
    parts = work.get(one.id, ())
    changes, after = comes_to(parts, until), later(parts, until)
    if changes:
        does = "would change" if state_of(one) in UNDECIDED else "changes"
        words = (
            f"What {one.key or 'it'} {does}"
            if until is None
            else f"What {one.key or 'it'} had changed by then"
        )
        yield from differences(data, changes, words)
    else:
        has = "has been" if until is None else "had been"
        then = "" if until is None else " by then"
        yield Paragraph((Run(f"Nothing of the plan {has} changed under it{then}.", emphasis=True),))
    if after:
        steps = "1 step was" if after == 1 else f"{after:,} steps were"
        yield Paragraph((Run(f"{steps} made under it after the meeting.", emphasis=True),))


def _course(data: PlanData, one: ChangeRequest) -> Iterator[Block]:
    moves = moves_of(data, one.id)
    if moves:
        yield table(
            "Its course",
            moves,
            (
                ("When", 2.2, "left", lambda move: joined(blank(INSTANT.show(move.at)))),
                ("From", 1.7, "left", lambda move: joined(blank(move.before))),
                ("To", 1.7, "left", lambda move: (Run(move.state, strong=True),)),
                ("Who", 1.8, "left", lambda move: joined(linked(data, "person", [move.who]))),
                ("Why", 3.4, "left", lambda move: joined(blank(move.reason))),
            ),
        )


def _objections(data: PlanData, rows: Sequence[Objection]) -> Iterator[Block]:
    for one in rows:
        by = joined([*linked(data, "person", [one.person]), *blank(one.raised[:10])])
        yield Paragraph(
            (Run(f"Objection: {one.name}", strong=True), *((Run(" – "), *by) if by else ())), label=True
        )
        yield from prose.blocks(one.words)
        said = joined([*linked(data, "person", [one.answerer]), *blank(one.answered[:10])])
        state = Run(f"{(one.state or 'open').capitalize()}", emphasis=True)
        yield Paragraph((state, *((Run(": "), *said) if said else ())), label=bool(one.answer.strip()))
        yield from prose.blocks(one.answer)


def _comments(data: PlanData, one: ChangeRequest) -> Iterator[Block]:
    rows = comments_of(data, one.id)
    if rows:
        yield _label("Comments")
    for each in rows:
        by = joined([*linked(data, "person", [each.person]), *blank(INSTANT.show(each.at))])
        yield Paragraph(by or (Run("Somebody", emphasis=True),), label=True)
        yield from prose.blocks(each.words)


def _decisions(data: PlanData, one: ChangeRequest) -> Iterator[Block]:
    items = items_of(data, one.id)
    lines = [(item, data.get("docket", item.docket)) for item in items]
    held = [(item, docket) for item, docket in lines if isinstance(docket, Docket)]
    if held:
        held.sort(key=lambda line: line[1].at)
        yield table(
            "Before the board",
            held,
            (
                ("Meeting", 2.2, "left", lambda line: named(data, "docket", line[1].id)),
                ("When", 1.7, "left", lambda line: joined(blank(INSTANT.show(line[1].at)))),
                ("Decision", 1.5, "left", lambda line: joined(blank(DONE.get(line[0].decision, "")))),
                ("By", 1.5, "left", lambda line: joined(blank(line[0].manner))),
                ("Dissent", 3.1, "left", lambda line: joined(blank("; ".join(line[0].dissent)))),
            ),
        )


# -- a meeting of the board


@part("docket", "Minutes", "A meeting of the board, by its key: who was there, its decisions, dissent and actions.",
      about="docket", single=True)  # fmt: skip
def minutes(
    data: PlanData, row: Entity | None, work: Work | None = None, *, named: bool = True
) -> Iterator[Block]:
    """One meeting; one that was not held yet is its docket. ``named`` says its title too."""
    docket = only(row, Docket)
    items = items_on(data, docket)
    yield Begin("docket", docket.id)
    yield Facts(tuple((label, words) for label, words in _meeting(data, docket, named) if words))
    yield from prose.blocks(docket.note)
    if not items:
        yield Paragraph((Run("Nothing is on the docket.", emphasis=True),))
    else:
        yield _overview(data, docket, items)
    for at, one in enumerate(items, 1):
        yield from _item(data, docket, one, at, work)
    yield from _asked(data, actions_on(data, docket))


def _meeting(data: PlanData, docket: Docket, named: bool) -> Iterator[tuple[str, Inlines]]:
    there = attendance(data, docket)
    yield "Meeting", joined(blank(docket.name if named else ""))
    yield "Board", joined(linked(data, "group", [docket.group]))
    yet = () if docket.state == "held" else (Run(" (planned)", emphasis=True),)
    yield "When", (*joined(blank(INSTANT.show(docket.at))), *yet)
    if docket.state == "held" or docket.present:
        present = set(docket.present)
        yield "Members present", joined([_seat(data, seat, present) for seat in there.there])
        yield "Members absent", joined([_seat(data, seat, present) for seat in there.missing])
        yield "Vacant", joined(blank(", ".join(seat.name for seat in there.vacant)))
        yield "Also present", joined(blank(", ".join(there.guests)))
        yield "Quorum", joined(blank(there.words[:1].upper() + there.words[1:]))
    else:
        yield "Members", joined([_seat(data, seat, set()) for seat in there.missing])
        yield "Vacant", joined(blank(", ".join(seat.name for seat in there.vacant)))
        yield "Quorum", joined(blank(f"{there.needed} of {len(there.missing)}" if there.needed else ""))


def _seat(data: PlanData, seat: Seat, present: set[str]) -> Inlines:
    """Who fills a seat: of several those who were there, a deputy as such."""
    people = [one for one in seat.people if one in present] or list(seat.people)
    standing_in = [one for one in seat.deputies if one in present and not present & set(seat.people)]
    who = joined(linked(data, "person", standing_in or people))
    what = f"{seat.name}, by deputy" if standing_in else seat.name
    if not who or seat.outside:
        return (Run(seat.outside or seat.name),)
    plain = "".join(run.text for run in who if isinstance(run, Run))
    return who if plain == what else (*who, Run(f" ({what})"))


def _overview(data: PlanData, docket: Docket, items: Sequence[DocketItem]) -> Block:
    return table(
        "Decisions" if docket.state == "held" else "Docket",
        list(enumerate(items, 1)),
        (
            ("", 0.4, "right", lambda line: (Run(str(line[0])),)),
            ("Request", 4.4, "left", lambda line: _subject(data, line[1])),
            ("Decision", 1.6, "left", lambda line: _decision(line[1])),
            ("By", 1.6, "left", lambda line: joined(blank(line[1].manner))),
        ),
    )


def _item(data: PlanData, docket: Docket, one: DocketItem, at: int, work: Work | None) -> Iterator[Block]:
    row = data.get("rfc", one.rfc)
    yield Paragraph((Run(f"{at}. ", strong=True), *_subject(data, one, strong=True)), label=True)
    facts: list[tuple[str, Inlines]] = []
    if isinstance(row, ChangeRequest):
        facts += [
            ("Proposed by", joined([*linked(data, "person", [row.proposer]), *blank(row.proposed[:10])])),
            ("Proposal", prose.inline(" ".join(row.proposal.split()))),
            (
                "Touches",
                joined([each for _, k, field in TOUCHED for each in linked(data, k, getattr(row, field))]),
            ),
            ("Objections", joined([*map(_objected, objections_of(data, row.id))])),
        ]
    facts += [
        ("Decision", joined([words for words in (_decision(one), *blank(one.manner)) if words])),
        ("Dissent", joined(blank("; ".join(one.dissent)))),
        ("Notes", prose.inline(" ".join(one.notes.split()))),
    ]
    yield Facts(tuple((label, words) for label, words in facts if words))
    if isinstance(row, ChangeRequest):
        yield from _changes(data, row, work, moment_of(docket))


def _objected(one: Objection) -> Inlines:
    return (Run(f"{one.name} ({one.state or 'open'})"),)


def _decision(one: DocketItem) -> Inlines:
    return (Run(DONE.get(one.decision, one.decision), strong=True),) if one.decision else ()


def _subject(data: PlanData, one: DocketItem, *, strong: bool = False) -> Inlines:
    """The request as it was called on that day, leading to it while it is there."""
    row = data.get("rfc", one.rfc)
    return (Run(one.subject, strong=strong, row=("rfc", row.id) if row else None),)


def _asked(data: PlanData, rows: Sequence[BoardAction], *, with_request: bool = True) -> Iterator[Block]:
    if rows:
        shown = (
            ("Due", 1.2, "left", lambda one: joined(blank(one.due))),
            ("Who", 1.9, "left", lambda one: joined(linked(data, "person", [one.owner]))),
            ("Action", 4.2, "left", lambda one: (Run(one.name),)),
            ("Request", 1.3, "left", lambda one: _about(data, one) if with_request else ()),
            ("Done", 1.2, "left", lambda one: joined(blank(one.done))),
        )  # fmt: skip
        yield table("Actions", sorted(rows, key=lambda one: (one.due or "9999", one.name)), shown)


def _about(data: PlanData, one: BoardAction) -> Inlines:
    row = data.get("rfc", one.rfc)
    return (Run(data.key(row), code=True, row=("rfc", row.id)),) if row is not None else ()


def _label(words: str) -> Block:
    return Paragraph((Run(words, strong=True),), label=True)
