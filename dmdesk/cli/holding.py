"""Calling and holding a meeting of the board from the command line, as one step each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dmdesk.changes import put
from dmdesk.cli import output
from dmdesk.cli.asking import kind_named, meant, row_named
from dmdesk.control import dockets
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kinds
from dmdesk.model import Docket, DocketItem, Group, PlanDocument
from dmdesk.outcome import preview
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.plan import Plan


def call_or_hold(plan: Plan, key: str, decisions: Sequence[str], how: Mapping[str, Any]) -> None:
    """Call the meeting where there is none of that key; with decisions hold it.

    Raises:
        PlanError: something is named that is not there, or stands in the way.
    """
    data = plan.data.copy()
    changes: list[Change] = []
    row = data.find("docket", key)
    if row is None:
        changes += dockets.call(data, _board(data, how["board"]), how["now"], key)
        data = preview(data, changes)
        row = data.find("docket", key)
    assert isinstance(row, Docket)
    if not decisions:
        changes += dockets.fill(data, row) if not changes else []
        plan.step(f"Call {row.key}", changes)
        _say(plan, row, "called")
        return
    for more in _held(data, row, decisions, how):
        changes += more
        data = preview(data, more)
    held = data.find("docket", key)
    assert isinstance(held, Docket)
    changes += dockets.hold(data, held, how["who"], how["despite"])
    plan.step(f"Hold {row.key}", changes, how["despite"])
    _say(plan, row, "held")


def _held(
    data: PlanData, row: Docket, decisions: Sequence[str], how: Mapping[str, Any]
) -> Iterator[list[Change]]:
    """Who was there, and what was decided of each request."""
    present = [row_named(data, kinds()["person"], words).id for words in how["present"]]
    yield [put(row, {"present": tuple(dict.fromkeys((*row.present, *present)))})] if present else []
    items, dissent = dockets.items_on(data, row), _pairs(how["dissent"], "WORDS")
    for words, said in _pairs(decisions, "DECISION").items():
        item = _item(data, row, items, words)
        decision, _, manner = (part.strip() for part in said[-1].partition(":"))
        _refuse_words(decision, tuple(dockets.DONE), f"the decision about {words}")
        _refuse_words(
            manner or dockets.CONSENSUS,
            (dockets.CONSENSUS, dockets.VOTE, dockets.ALONE),
            "how it was decided",
        )
        yield dockets.decide(data, item, decision, manner or dockets.CONSENSUS, dissent.pop(words, ()))
    if dissent:
        raise PlanError(f"“{next(iter(dissent))}” has dissent but no decision; give both.")


def _pairs(words: Sequence[str], right: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in words:
        key, equals, rest = one.partition("=")
        if not equals or not rest.strip():
            raise PlanError(f"“{one}” should be KEY={right}, with the request's key before the equals sign.")
        found.setdefault(key.strip(), []).append(rest.strip())
    return found


def _item(data: PlanData, docket: Docket, items: Sequence[DocketItem], words: str) -> DocketItem:
    request: Entity = row_named(data, kind_named("rfc"), words)
    item = next((one for one in items if one.rfc == request.id), None)
    if item is None:
        raise PlanError(
            f"“{words}” is not on the docket of {docket.key}; flag it before the meeting is called."
        )
    return item


def _refuse_words(word: str, known: tuple[str, ...], what: str) -> None:
    if word not in known:
        advice = meant(word, known) or f"; it is one of {', '.join(known)}."
        raise PlanError(f"“{word}” does not say {what}{advice}")


def _board(data: PlanData, words: str) -> Group | None:
    if words.strip():
        row = row_named(data, kinds()["group"], words)
    else:
        plan = data.plan()
        authority = plan.control_authority if isinstance(plan, PlanDocument) else ""
        held = data.get("group", authority)
        if held is None:
            raise PlanError("The plan does not say which board approves changes; name one with “--board”.")
        row = held
    return row if isinstance(row, Group) else None


def _say(plan: Plan, row: Docket, done: str) -> None:
    items = dockets.items_on(plan.data, row)
    output.say(f"{row.key} {done}: {output.number(len(items), 'request')} on its docket.")
    for one in items:
        output.say(f"  {output.cell(one.subject, 0)}: {dockets.DONE.get(one.decision, 'to be decided')}")
