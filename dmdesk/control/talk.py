"""Talk: what people object to and say about a change request, as changes."""

from __future__ import annotations

from datetime import datetime

from dmdesk.changes import Change, add, put
from dmdesk.control.requests import UNDECIDED, name_of, now_as_instant, objections_of, state_of
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import ChangeRequest, Objection
from dmdesk.reading import PlanData


def object_to(
    data: PlanData, request: ChangeRequest, name: str, now: datetime, who: str = "", words: str = ""
) -> list[Change]:
    """An objection: what is objected to in a line, by whom (a person's id) and on what grounds.

    Raises:
        PlanError: it has no words, there is one of that name, or the request is decided already.
    """
    name = " ".join(name.split())
    called = name_of(data, request)
    if not name:
        raise PlanError(f"Say in a line what is objected to in “{called}”.")
    if state_of(request) not in UNDECIDED:
        raise PlanError(
            f"“{called}” is {state_of(request)}, so nothing can be objected to it any more; comment on it, or propose "
            "what should be instead."
        )
    if any(row.name == name for row in objections_of(data, request.id)):
        raise PlanError(f"“{called}” has an objection “{name}” already; give this one another name.")
    given = {"rfc": request.id, "name": name, "person": who, "raised": now_as_instant(now), "words": words}
    return [add(kinds()["objection"].make({**given, "state": "open"}))]


def answer(data: PlanData, objection: Objection, words: str, now: datetime, who: str = "") -> list[Change]:
    """An objection answered: what was said to it, or changed in the proposal, and by whom; a later answer replaces it.

    Raises:
        PlanError: nothing is said.
    """
    if not words.strip():
        raise PlanError(
            f"Say what is answered to “{data.title(objection)}”, or what was changed in the proposal."
        )
    given = {"state": "answered", "answer": words, "answered": now_as_instant(now), "answerer": who}
    return [put(objection, given)]


def take_back(data: PlanData, objection: Objection, now: datetime, words: str = "") -> list[Change]:
    """An objection withdrawn by who raised it, with what was said then, if anything."""
    given = {"state": "withdrawn", "answered": objection.answered or now_as_instant(now)}
    return [put(objection, {**given, "answer": words} if words.strip() else given)]


def reopen(objection: Objection) -> list[Change]:
    """An objection that stands again, because its answer does not satisfy; the answer is kept to be read."""
    return [put(objection, {"state": "open", "answered": "", "answerer": ""})]


def comment(data: PlanData, request: ChangeRequest, words: str, now: datetime, who: str = "") -> list[Change]:
    """What somebody says of a request, in whatever state it is.

    Raises:
        PlanError: nothing is said.
    """
    if not words.strip():
        raise PlanError(f"Say something about “{name_of(data, request)}”; an empty comment is none.")
    given = {"rfc": request.id, "person": who, "at": now_as_instant(now), "words": words}
    return [add(kinds()["comment"].make(given))]
