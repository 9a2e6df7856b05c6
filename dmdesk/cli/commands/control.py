"""Commands of change control: requests and the meetings of the board, listed, read and moved without a window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk import types as t
from dmdesk.cli import output, requests
from dmdesk.cli.asking import meant, row_named
from dmdesk.cli.command import FILE, JSON, PLAN, arg, command, flag
from dmdesk.cli.opening import opened
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest, Objection, Person
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.plan import Plan

WHO = arg("--who", "The person who does it, by key or name; without, the user where the plan knows one.", default="",
          metavar="PERSON")  # fmt: skip
AT = arg("--at", "When, in UTC, as “2017-07-04 18:00”; without, now.", default="", metavar="MOMENT")


@command(
    "rfc",
    FILE,
    arg("key", "The change request, by key or title; without it all are listed.", nargs="?", default=""),
    arg("deed", "What is done: move, object, answer, retract, comment, escalate, assign, take-back or reject; without "
        "it the request is shown.", nargs="?", default="", metavar="DEED"),
    arg("words", "To which state it moves, the objection in a line, the comment, the steps (12,15) to assign.",
        nargs="?", default=""),
    arg("--why", "The reason of a move, the grounds of an objection, the answer to one.", default="", metavar="TEXT"),
    arg("--despite", "Why it moves although conditions do not hold; kept with the move.", default="",
        metavar="TEXT"),
    arg("--filter", "List those that fit, such as “state:proposed assignee:ito”.", default="", metavar="FILTER"),
    flag("--without", "List what was changed under no request since the last baseline, and lost requests."),
    WHO,
    AT,
    JSON,
)  # fmt: skip
def rfc(file: Path, key: str, deed: str, words: str, json: bool, **how: Any) -> None:
    """List the change requests, show one, or do something about it: move it on, object, answer, comment, escalate."""
    moment = _moment(how["at"])
    if how["without"]:
        requests.print_without(file, json=json)
    elif not key:
        requests.print_list(file, how["filter"], moment, json=json)
    elif not deed:
        requests.print_one(file, key, moment, json=json)
    elif deed not in DEEDS:
        advice = meant(deed, DEEDS) or f"; it can be {', '.join(DEEDS)}."
        raise PlanError(f"“{deed}” is nothing to do about a change request{advice}")
    else:
        with opened(file) as plan:
            row = _request(plan.data, key)
            who = _person(plan.data, how["who"])
            DEEDS[deed](plan, row, words, {**how, "who": who, "now": moment})


def _move(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.states import move

    changes = move(plan.data, row, words, how["now"], how["who"], how["why"], how["despite"])
    _step(plan, row, f"Move {_name(plan, row)} to {words}", changes, how["why"] or how["despite"])


def _object(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.talk import object_to

    changes = object_to(plan.data, row, words, how["now"], how["who"], how["why"])
    _step(plan, row, f"Object to {_name(plan, row)}", changes)


def _answer(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.talk import answer

    one = _objection(plan.data, row, words)
    changes = answer(plan.data, one, how["why"], how["now"], how["who"])
    _step(plan, row, f"Answer an objection to {_name(plan, row)}", changes)


def _retract(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.talk import take_back

    one = _objection(plan.data, row, words)
    changes = take_back(plan.data, one, how["now"], how["why"])
    _step(plan, row, f"Take back an objection to {_name(plan, row)}", changes)


def _comment(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.talk import comment

    _step(plan, row, f"Comment on {_name(plan, row)}", comment(plan.data, row, words, how["now"], how["who"]))


def _escalate(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.control.escalation import escalate, next_rung

    rung = next_rung(plan.data, row, how["now"])
    changes = escalate(plan.data, row, words, how["now"], how["who"])
    _step(
        plan, row, f"Escalate {_name(plan, row)}", changes, said=f"Escalated to {rung.name if rung else ''}."
    )


def _assign(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk.working import assign

    known = {step.id: step for step in plan.history()}
    wanted = words.replace(",", " ").split()
    strange = next((one for one in wanted if not one.isdecimal() or int(one) not in known), "")
    if strange:
        raise PlanError(
            f"There is no step “{strange}” in the history; “dmdesk history --json” gives their ids."
        )
    assign(plan, [known[int(one)] for one in wanted], row.id)
    output.say(f"{output.number(len(wanted), 'step')} put under {_name(plan, row)}.")


def _take_back(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk import working

    step = working.take_back(plan, row.id)
    if step is None:
        raise PlanError(f"Nothing that was done under {_name(plan, row)} still stands.")
    output.say(f"{output.cell(step.title, 0)}.")


def _reject(plan: Plan, row: ChangeRequest, words: str, how: Mapping[str, Any]) -> None:
    from dmdesk import working

    step = working.reject(plan, row, how["now"], how["who"], words or how["why"])
    output.say(f"{output.cell(step.title, 0)}." if step else "Nothing was changed.")


DEEDS: Mapping[str, Callable[[Plan, ChangeRequest, str, Mapping[str, Any]], None]] = {
    "move": _move, "object": _object, "answer": _answer, "retract": _retract, "comment": _comment,
    "escalate": _escalate, "assign": _assign, "take-back": _take_back, "reject": _reject,
}  # fmt: skip


# -- the board


@command(
    "docket",
    FILE,
    arg(
        "key",
        "The meeting's key, such as DMCCB-2017-07-12; without it all are listed.",
        nargs="?",
        default="",
    ),
    JSON,
)
def docket(file: Path, key: str, json: bool) -> None:
    """List the meetings of the board, or read one: who was there, its docket, decisions, dissent, actions, and what
    each request would change.
    """
    requests.print_docket(file, key, json=json)


@command(
    "hold",
    PLAN,
    arg("key", "The meeting's key; a new one calls a meeting with all flagged requests."),
    arg("decisions", "What is decided: KEY=recommend, return, withdraw or defer, and “:vote” or “:project manager” "
        "where it is not by consensus. Without any the meeting is called and stays planned.", nargs="*",
        default=[], metavar="KEY=DECISION"),
    arg("--present", "A person who was there, by key or name; may be given several times.", action="append",
        default=[], metavar="PERSON"),
    arg("--board", "The board, by key; without, the plan's control authority.", default="", metavar="GROUP"),
    arg("--dissent", "Who dissented and why, as KEY=WORDS; may be given several times.", action="append", default=[],
        metavar="KEY=WORDS"),
    arg("--despite", "Why it is held although there was no quorum; kept with the moves.", default="", metavar="TEXT"),
    WHO,
    AT,
)  # fmt: skip
def hold(file: Path, key: str, decisions: list[str], **how: Any) -> None:
    """Call a meeting of the board with all flagged requests, or hold it: its decisions move requests in one step."""
    from dmdesk.cli import holding

    with opened(file) as plan:
        who = _person(plan.data, how["who"])
        holding.call_or_hold(plan, key, decisions, {**how, "who": who, "now": _moment(how["at"])})


# -- what the words name


def _request(data: PlanData, key: str) -> ChangeRequest:
    row = row_named(data, kinds()["rfc"], key)
    assert isinstance(row, ChangeRequest)
    return row


def _objection(data: PlanData, request: ChangeRequest, words: str) -> Objection:
    from dmdesk.control.requests import objections_of

    rows = objections_of(data, request.id)
    fits = [row for row in rows if words.strip().casefold() in row.name.casefold()]
    exact = [row for row in fits if row.name.casefold() == words.strip().casefold()]
    found = exact or fits
    if len(found) != 1:
        names = "; ".join(f"“{row.name}”" for row in rows) or "there are none"
        which = "names several objections" if found else "names no objection"
        raise PlanError(f"“{words}” {which} to {data.key(request)}: {names}.")
    return found[0]


def _person(data: PlanData, words: str) -> str:
    """The id of who does it: as given, or the user where the plan has exactly one such person."""
    if words.strip():
        return row_named(data, kinds()["person"], words).id
    from dmdesk.filters.people import persons
    from dmdesk.folders import user

    found = [id for id in persons(data, user()) if isinstance(data.get("person", id), Person)]
    return found[0] if len(found) == 1 else ""


def _moment(words: str) -> datetime:
    try:
        text = t.INSTANT.clean(words)
    except t.BadValue as error:
        raise PlanError(f"“--at”: {error}") from None
    return datetime.fromisoformat(text) if text else datetime.now(UTC)


def _name(plan: Plan, row: ChangeRequest) -> str:
    return plan.data.key(row) or plan.data.title(row)


def _step(
    plan: Plan, row: ChangeRequest, title: str, changes: list[Change], why: str = "", said: str = ""
) -> None:
    """One step about a request; it stands under that request, so that its history tells all that became of it."""
    from dmdesk.cli.comparing import print_changes

    before = plan.data.copy()
    plan.step(title, changes, why, row.id)
    print_changes([change for change in changes if change.op != "set" or change.fields], before, plan.data)
    if said:
        output.say(said)
