"""Dockets: a meeting of the board made from all flagged requests, what is decided of each, and holding it.

Holding moves the requests on the meeting's own day, all in one step, so that minutes and requests never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from dmdesk.changes import Change, add, put
from dmdesk.control.board import attendance
from dmdesk.control.clock import board_clock, moment, shown, span
from dmdesk.control.requests import last_move, name_of, now_as_instant, requests, state_of
from dmdesk.control.states import MOVES, Condition, noted
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import BoardAction, ChangeRequest, Docket, DocketItem, Group
from dmdesk.model.control import FLAGGED, PROPOSED, RECOMMENDED, WITHDRAWN
from dmdesk.reading import PlanData

DECIDED = {"recommend": RECOMMENDED, "return": PROPOSED, "withdraw": WITHDRAWN}
"""Decision → the state the request comes to; what is deferred stays flagged."""

DONE = {"recommend": "recommended", "return": "returned", "withdraw": "withdrawn", "defer": "deferred"}

CONSENSUS, VOTE, ALONE = "consensus", "vote", "project manager"


def items_on(data: PlanData, docket: Docket) -> list[DocketItem]:
    """What is on a docket, in its order."""
    ids = data.index("by docket", "docketitem", lambda row: (getattr(row, "docket"),)).ids(docket.id)  # noqa: B009
    rows = [row for id in ids if isinstance(row := data.get("docketitem", id), DocketItem)]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.subject))


def actions_on(data: PlanData, docket: Docket) -> list[BoardAction]:
    """What a meeting asked people to do."""
    ids = data.index("by docket", "boardaction", lambda row: (getattr(row, "docket"),)).ids(docket.id)  # noqa: B009
    return [row for id in ids if isinstance(row := data.get("boardaction", id), BoardAction)]


def new_key(data: PlanData, group: Group | None, at: str) -> str:
    """The next free key of a meeting: the board's and the day, numbered where that is taken."""
    plain = f"{group.key if group else 'Board'}-{at[:10]}"
    taken = data.by_key("docket")
    at_most = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in at_most if key not in taken)


def call(
    data: PlanData, group: Group | None, at: datetime, key: str = "", name: str = "",
    only: Iterable[ChangeRequest] | None = None,
) -> list[Change]:  # fmt: skip
    """Call a meeting: a docket with all flagged requests, those flagged first at the head, or with the given ones.

    Raises:
        PlanError: a docket with that key is in the plan.
    """
    when = now_as_instant(at)
    key = key.strip() or new_key(data, group, when)
    if data.find("docket", key) is not None:
        raise PlanError(f"There is a board meeting “{key}” already; give this one another key.")
    title = name.strip() or f"{group.key if group else 'Board'} meeting"
    given = {"key": key, "name": title, "group": group.id if group else "", "at": when, "state": "planned"}
    docket = kinds()["docket"].make(given)
    wanted = waiting(data) if only is None else list(only)
    return [add(docket), *(_item(data, docket.id, row, at + 1) for at, row in enumerate(wanted))]


def waiting(data: PlanData) -> list[ChangeRequest]:
    """The flagged requests, the longest flagged first."""

    def since(row: ChangeRequest) -> str:
        flagged = last_move(data, row.id, FLAGGED)
        return (flagged.at if flagged else "") or row.proposed

    return sorted(requests(data, FLAGGED), key=since)


def fill(data: PlanData, docket: Docket) -> list[Change]:
    """Put on a planned docket what was flagged since it was made."""
    _planned(data, docket)
    held = items_on(data, docket)
    there = {row.rfc for row in held}
    last = max((row.place or 0 for row in held), default=0)
    news = [row for row in waiting(data) if row.id not in there]
    return [_item(data, docket.id, row, last + at) for at, row in enumerate(news, 1)]


def _item(data: PlanData, docket: str, request: ChangeRequest, place: int) -> Change:
    subject = f"{request.key} {request.name}".strip()
    return add(
        kinds()["docketitem"].make({"docket": docket, "subject": subject, "rfc": request.id, "place": place})
    )


def decide(
    data: PlanData, item: DocketItem, decision: str, manner: str = CONSENSUS, dissent: Iterable[str] = (),
    notes: str = "",
) -> list[Change]:  # fmt: skip
    """What is decided of an item, how, and who dissents; ``notes`` stay as they are where none are given.

    Raises:
        PlanError: the meeting was held already.
    """
    docket = data.get("docket", item.docket)
    if isinstance(docket, Docket):
        _planned(data, docket)
    given: dict[str, Any] = {
        "decision": decision,
        "manner": manner if decision else "",
        "dissent": tuple(dissent),
    }
    return [put(item, {**given, "notes": notes} if notes.strip() else given)]


def ask(
    data: PlanData, docket: Docket, name: str, owner: str = "", due: str = "", request: str = ""
) -> list[Change]:
    """What the board asks somebody (a person's id) to do, by when, about which request (its id).

    Raises:
        PlanError: it has no words.
    """
    if not name.strip():
        raise PlanError("Say what is to be done.")
    given = {"docket": docket.id, "name": name, "owner": owner, "due": due, "rfc": request}
    return [add(kinds()["boardaction"].make(given))]


def in_the_way(data: PlanData, docket: Docket) -> list[Condition]:
    """What stands in the way of holding a meeting; what is absolute no reason sets aside."""
    return list(_in_the_way(data, docket))


def _in_the_way(data: PlanData, docket: Docket) -> Iterator[Condition]:
    held, there = items_on(data, docket), attendance(data, docket)
    at = moment(docket.at)
    if at is None:
        yield Condition("when", False, "It does not say when the board meets.", True)
    if not isinstance(data.get("group", docket.group), Group):
        yield Condition("board", False, "It does not say which board meets.", True)
    for item in held:
        request = data.get("rfc", item.rfc)
        if not isinstance(request, ChangeRequest):
            continue
        name = name_of(data, request)
        to = DECIDED.get(item.decision, "")
        if not item.decision:
            yield Condition("decision", False, f"“{name}” has no decision; defer it if there is none.", True)
        elif to and to not in MOVES[state_of(request)]:
            words = (
                f"“{name}” is {state_of(request)} and cannot be {DONE[item.decision]} from there; defer it."
            )
            yield Condition("state", False, words, True)
        elif to and item.manner == ALONE and at is not None:
            clock = board_clock(data, request)
            if clock.ends is not None and clock.ends > at:
                words = (
                    f"The board has until {shown(clock.ends)}, {span(clock.ends - at)} from the meeting, before the "
                    f"project manager decides “{name}” alone."
                )
                yield Condition("board's time", False, words)
        elif to and not there.reached:
            words = f"“{name}” cannot be {DONE[item.decision]}, because there is no quorum ({there.words}); defer it."
            yield Condition("quorum", False, words)


def moment_of(docket: Docket) -> datetime | None:
    """The moment up to which a held meeting knew what was done; None for one that is planned and knows all there is."""
    return moment(docket.at) if docket.state == "held" else None


def hold(data: PlanData, docket: Docket, who: str = "", despite: str = "") -> list[Change]:
    """Hold the meeting: its requests move as was decided, at the time of the meeting, and its minutes stand.

    ``who`` (a person's id) notes the moves. ``despite`` is the reason to hold it although there was no quorum, or the
    board's time had not run out; it is kept with the moves.

    Raises:
        PlanError: it was held already, or something stands in the way.
    """
    _planned(data, docket)
    found = in_the_way(data, docket)
    unmet = [one for one in found if one.absolute] or found
    if unmet and (unmet[0].absolute or not despite.strip()):
        words = " ".join(dict.fromkeys(one.words for one in unmet))
        more = "" if unmet[0].absolute else " Give a reason to hold it all the same."
        raise PlanError(f"“{data.title(docket)}” cannot be held yet. {words}{more}")
    more = (
        f"; despite {', '.join(dict.fromkeys(one.name for one in found))}: {despite.strip()}" if found else ""
    )
    changes = [put(docket, {"state": "held"})]
    at = moment(docket.at)
    for item in items_on(data, docket):
        request, to = data.get("rfc", item.rfc), DECIDED.get(item.decision, "")
        if isinstance(request, ChangeRequest) and to and at is not None:
            manner = "the project manager alone" if item.manner == ALONE else item.manner or CONSENSUS
            reason = f"{DONE[item.decision].capitalize()} at {data.key(docket)} by {manner}{more}"
            changes += noted(data, request, to, at, who, reason, {})
    return changes


def _planned(data: PlanData, docket: Docket) -> None:
    if docket.state == "held":
        raise PlanError(f"“{data.title(docket)}” was held and its minutes stand; undo that to change them.")
