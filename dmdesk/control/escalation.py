"""Escalation: who decides when a change request finds no consensus, one rung after the other.

The path of LDM-294 (10 and C.3): the assignee, the manager of the team, the project manager who consults the board's
members, and outside the subsystem the project's managers. It is read from teams, roles and whom they report to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dmdesk.changes import Change, put
from dmdesk.control.board import holders
from dmdesk.control.requests import UNDECIDED, comments_of, name_of, now_as_instant, state_of
from dmdesk.control.talk import comment
from dmdesk.errors import PlanError
from dmdesk.model import ChangeRequest, Group, Person, PlanDocument, Role, Team
from dmdesk.reading import PlanData
from dmdesk.values import frozen

_SAID = "Escalated to"


@frozen
class Rung:
    """One rung: who it is in words, and the people (ids) behind it; nobody of this plan for a rung outside it."""

    name: str
    people: tuple[str, ...]
    outside: bool = False


def path(data: PlanData, request: ChangeRequest, now: datetime) -> list[Rung]:
    """The rungs from the assignee upwards, each person's last place only, so that nobody is asked twice."""
    found = list(_rungs(data, request, now_as_instant(now)[:10]))
    return [
        rung
        for at, rung in enumerate(found)
        if not rung.people or not any(other.people == rung.people for other in found[at + 1 :])
    ]


def next_rung(data: PlanData, request: ChangeRequest, now: datetime) -> Rung | None:
    """Who is asked next: the rung above the one it was escalated to last; None when it is at the top."""
    rungs = path(data, request, now)
    names = [rung.name for rung in rungs]
    told = [row.words for row in comments_of(data, request.id) if row.words.startswith(_SAID)]
    done = [
        at for at, name in enumerate(names) if any(words.startswith(f"{_SAID} {name}:") for words in told)
    ]
    at = max(done) + 1 if done else 1 if request.assignee else 0
    return rungs[at] if at < len(rungs) else None


def escalate(
    data: PlanData, request: ChangeRequest, words: str, now: datetime, who: str = ""
) -> list[Change]:
    """Bring the request before the next rung: a comment that says so, and its people watch it from now on.

    Raises:
        PlanError: it is decided, nothing is said of what is to be decided, or nobody is above.
    """
    rung, name = next_rung(data, request, now), name_of(data, request)
    if state_of(request) not in UNDECIDED:
        raise PlanError(f"“{name}” is {state_of(request)}; there is nothing left to escalate.")
    if rung is None:
        raise PlanError(f"“{name}” is before the last who can decide; nobody is above them in this plan.")
    if not words.strip():
        raise PlanError(f"Say what {rung.name} is to decide about “{name}”.")
    watching = (*request.watchers, *(one for one in rung.people if one not in request.watchers))
    said = comment(data, request, f"{_SAID} {rung.name}: {words.strip()}", now, who)
    return [put(request, {"watchers": watching}), *said]


def _rungs(data: PlanData, request: ChangeRequest, day: str) -> Iterator[Rung]:
    judge = data.get("person", request.assignee) or data.get("person", request.proposer)
    if isinstance(judge, Person):
        yield Rung(data.title(judge), (judge.id,))
        for link in judge.teams:
            team = data.get("team", link)
            manager = data.get("person", team.manager) if isinstance(team, Team) else None
            if manager is not None and manager.id != judge.id:
                yield Rung(f"{data.title(manager)}, manager of {data.title(team or manager)}", (manager.id,))
    yield from _roles(data, day)


def _roles(data: PlanData, day: str) -> Iterator[Rung]:
    """From the role that the control authority reports to, or the top role of the plan, upwards and out of it."""
    plan = data.plan()
    board = data.get("group", plan.control_authority) if isinstance(plan, PlanDocument) else None
    role = data.get("role", board.reports_to) if isinstance(board, Group) else None
    role = role or _top(data)
    seen: set[str] = set()
    while isinstance(role, Role) and role.id not in seen:
        seen.add(role.id)
        people = holders(data, role.id, day)
        names = ", ".join(data.link("person", one) for one in people)
        yield Rung(f"{role.name} ({names})" if names else role.name, tuple(people))
        if role.reports_outside and data.get("role", role.reports_to) is None:
            yield Rung(role.reports_outside, (), outside=True)
        role = data.get("role", role.reports_to)


def _top(data: PlanData) -> Role | None:
    """The first role that reports to none in this plan and to which others report."""
    rows = [row for row in data.in_order("role") if isinstance(row, Role)]
    above = {row.reports_to for row in rows}
    return next((row for row in rows if not row.reports_to and row.id in above), None)
