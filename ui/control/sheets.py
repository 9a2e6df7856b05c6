"""The sheets of a change request: to propose one, to move it, and to say something of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dmdesk import working as work
from dmdesk.control.escalation import next_rung
from dmdesk.control.requests import UNDECIDED, name_of, open_objections, state_of
from dmdesk.control.states import REASON_WANTED, may
from dmdesk.errors import PlanError
from dmdesk.model import ChangeRequest, Objection
from ui.changesheet import opened
from ui.context import Context
from ui.control import deeds
from ui.control.asking import Asked, AskSheet, Take
from ui.views.summaries import counted

WAYS = {
    ("proposed", "flagged"): "Flag for the board",
    ("proposed", "proposed"): "Propose anew",
    ("flagged", "proposed"): "Return as proposed",
    ("recommended", "flagged"): "Flag again",
    ("withdrawn", "proposed"): "Propose again",
}
_USUAL = {"recommended": "Note the recommendation", "implemented": "Mark as implemented"}


def way(at: str, to: str) -> str:
    """What people call the move from one state to another."""
    return WAYS.get((at, to)) or _USUAL.get(to) or deeds.DEEDS[to]


def propose(ctx: Context) -> AskSheet:
    """Ask for a new request; it is shown once it is made."""
    me = deeds.me(ctx)
    asked = (
        Asked("rfc", "name"), Asked("rfc", "proposal"), Asked("rfc", "sort", "RFC"),
        Asked("rfc", "key", label="Key; empty for the next number", hint=deeds.next_key(ctx, "RFC")),
        Asked("rfc", "weight", "ordinary"), Asked("rfc", "proposer", me), Asked("rfc", "assignee", me),
        Asked("rfc", "documents"), Asked("rfc", "sections"), Asked("rfc", "tickets"),
    )  # fmt: skip

    def take(values: Mapping[str, Any]) -> str:
        deeds.spoke(ctx, values["proposer"])
        id, wrong = deeds.propose(ctx, values)
        if not wrong:
            ctx.show("rfc", id)
        return wrong

    words = "The clock runs from now: silence means assent once it has run out."
    sheet = AskSheet(ctx, "Propose a change request", words, asked, "Propose", take)
    opened(sheet)
    return sheet


def move(ctx: Context, row: ChangeRequest, to: str) -> AskSheet:
    """Ask who moves a request and why; where conditions do not hold, why it is moved all the same."""
    allowed, at = may(ctx.data, row, to, deeds.now()), state_of(row)
    label, done = way(at, to), len(work.working_set(ctx.plan, row.id).steps) if ctx.plan else 0
    asked = [Asked("rfcmove", "reason", label=_why(at, to))]
    if allowed.unmet:
        asked.append(
            Asked("rfcmove", "reason", label="Why all the same? It is kept with the move.", name="despite")
        )
    asked.append(Asked("rfcmove", "who", deeds.me(ctx)))
    tick = f"Also take back what was done under it ({counted(done, 'step', 'steps')})"

    def take(values: Mapping[str, Any]) -> str:
        if values.get("tick"):
            return deeds.reject(ctx, row, values["who"], values["reason"])
        return deeds.move(ctx, row, to, values["who"], values["reason"], values.get("despite", ""))

    sheet = AskSheet(
        ctx, f"{label}: {name_of(ctx.data, row)}", " ".join(one.words for one in allowed.unmet), asked, label, take,
        tick if to == "withdrawn" and done else "",
    )  # fmt: skip
    opened(sheet)
    return sheet


def _why(at: str, to: str) -> str:
    if to == "adopted":
        return "What was agreed? It becomes the conclusion."
    return "Why?" if (at, to) in REASON_WANTED else "Why? May be empty."


def object_to(ctx: Context, row: ChangeRequest) -> AskSheet:
    """Ask for an objection."""
    asked = (
        Asked("objection", "name"),
        Asked("objection", "words"),
        Asked("objection", "person", deeds.me(ctx)),
    )
    return _talk(
        ctx, f"Object to {name_of(ctx.data, row)}", "Until it is answered or taken back it keeps the request from "
        "being adopted.", asked, "Object",
        lambda values: deeds.object_to(ctx, row, values["name"], values["words"], values["person"]),
    )  # fmt: skip


def comment(ctx: Context, row: ChangeRequest) -> AskSheet:
    """Ask for a comment."""
    asked = (Asked("comment", "words"), Asked("comment", "person", deeds.me(ctx)))
    return _talk(
        ctx, f"Comment on {name_of(ctx.data, row)}", "", asked, "Comment",
        lambda values: deeds.comment(ctx, row, values["words"], values["person"]),
    )  # fmt: skip


def answer(ctx: Context, row: Objection) -> AskSheet:
    """Ask for the answer to an objection."""
    asked = (Asked("objection", "answer", row.answer), Asked("objection", "answerer", deeds.me(ctx)))
    return _talk(
        ctx, "Answer the objection", row.name, asked, "Answer",
        lambda values: deeds.answer(ctx, row, values["answer"], values["answerer"]),
    )  # fmt: skip


def withdraw_objection(ctx: Context, row: Objection) -> AskSheet:
    """Ask what was said when an objection is taken back."""
    asked = (Asked("objection", "answer", row.answer, label="What was said? May be empty."),)
    return _talk(
        ctx, "Withdraw the objection", row.name, asked, "Withdraw",
        lambda values: deeds.withdraw_objection(ctx, row, values["answer"]),
    )  # fmt: skip


def escalate(ctx: Context, row: ChangeRequest) -> AskSheet:
    """Ask what the next who can decide is to decide.

    Raises:
        PlanError: it is decided, or nobody is above.
    """
    rung, name = next_rung(ctx.data, row, deeds.now()), name_of(ctx.data, row)
    if state_of(row) not in UNDECIDED:
        raise PlanError(f"“{name}” is {state_of(row)}; there is nothing left to escalate.")
    if rung is None:
        raise PlanError(f"“{name}” is before the last who can decide; nobody is above them in this plan.")
    asked = (
        Asked("comment", "words", label=f"What is {rung.name} to decide?"),
        Asked("comment", "person", deeds.me(ctx)),
    )
    return _talk(
        ctx, f"Escalate {name}", f"Next on the path of escalation: {rung.name}.", asked, "Escalate",
        lambda values: deeds.escalate(ctx, row, values["words"], values["person"]),
    )  # fmt: skip


def answer_open(ctx: Context, row: ChangeRequest) -> AskSheet | None:
    """Answer the one open objection to a request, or the chosen one of several; None when people change their mind.

    Raises:
        PlanError: none is open.
    """
    found = open_objections(ctx.data, row.id)
    if not found:
        raise PlanError(f"No objection to “{name_of(ctx.data, row)}” is open.")
    at: int | None = 0
    if len(found) > 1:
        at = ctx.ask.choose("Answer an objection", "Which one?", [one.name for one in found])
    return None if at is None else answer(ctx, found[at])


def _talk(ctx: Context, title: str, words: str, asked: Sequence[Asked], yes: str, take: Take) -> AskSheet:
    sheet = AskSheet(ctx, title, words, asked, yes, take)
    opened(sheet)
    return sheet
