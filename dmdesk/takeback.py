"""Taking back: what undoes some steps of the past while later ones stay, or a sentence that says which is in the way.

Undo walks back one step after the other; a review is taken back risk by risk, long after other things were done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from dmdesk import changes as c
from dmdesk import types as t
from dmdesk.changes import Change
from dmdesk.errors import Conflict, PlanError
from dmdesk.kinds import Entity, kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.store import DONE, SCHEMA, Compaction, Step

Parts = Sequence[tuple[Step, Change]]
"""Changes with their steps, in the order in which they were made."""

Past = Callable[[str], list[tuple[Step, Change]]]
"""Every change of a row with its step, newest first."""

After = dict[tuple[str, str], Entity | None]


class InTheWay(PlanError):
    """A step cannot be taken back; ``later`` is the step that builds on it, None where none is known."""

    def __init__(self, sentence: str, later: Step | None = None) -> None:
        super().__init__(sentence)
        self.later = later


class History(Protocol):
    """The history to be read; ``store.Store`` is one."""

    def outline(self) -> list[tuple[int, str, str]]:
        """(id, at, state) of every step, newest first."""

    def steps_in(self, first: int, last: int) -> list[Step]:
        """The steps with these ids and those between, oldest first."""

    def changes_of(self, step_id: int, limit: int = -1) -> list[Change]:
        """What a step changed, in order, or the first of it."""

    def changes_between(self, first: int, last: int) -> dict[int, list[Change]]:
        """What each of the steps with these ids and those between changed, in order."""

    def steps_of_row(self, id: str) -> list[tuple[Step, Change]]:
        """Every change of a row with its step, newest first."""

    def compactions(self) -> list[Compaction]:
        """What was removed of the history, oldest first."""


def without(
    data: PlanData, history: History, steps: Iterable[Step], only: Callable[[Change], bool] | None = None
) -> list[Change]:
    """The changes that take steps of the past back, or those of their changes that ``only`` lets through.

    Raises:
        InTheWay: a later step builds on one of them.
        PlanError: one of them does not stand.
    """
    parts = [
        (step, change)
        for step in standing(steps, history)
        for change in history.changes_of(step.id)
        if only is None or only(change)
    ]
    return taken_back(data, parts, history.steps_of_row)


def standing(steps: Iterable[Step], history: History) -> list[Step]:
    """The steps as the history knows them now, oldest first.

    Raises:
        PlanError: one of them is undone, has gone, or was made before the file was upgraded.
    """
    found = []
    for step in sorted(steps, key=lambda step: step.id):
        now = history.steps_in(step.id, step.id)
        if not now:
            raise PlanError(f"“{step.title}” is no longer in the history; it cannot be taken back.")
        found += now
    for step in found:
        if step.state != DONE:
            raise PlanError(f"“{step.title}” is undone already; there is nothing to take back.")
        if step.schema != SCHEMA:
            raise PlanError(
                f"“{step.title}” was made before this file was upgraded; it can be seen but not taken back."
            )
    return found


def taken_back(data: PlanData, parts: Parts, past: Past) -> list[Change]:
    """The changes that lead from the plan as it is to what it would be without these parts of its history.

    Raises:
        InTheWay: a later step builds on one of them; the sentence names it.
    """
    taken = {step.id for step, _ in parts}
    after: After = {}
    for step, change in reversed(parts):
        at = (change.kind, change.id)
        try:
            after[at] = c.applied(after[at] if at in after else data.get(*at), change.inverse())
        except (Conflict, t.BadValue):
            if _is_back(after[at] if at in after else data.get(*at), change):
                raise PlanError(f"Nothing is left of “{step.title}”; it was taken back already.") from None
            later = _touching(past(change.id), step, change, taken)
            raise _refused(step, later, data, change) from None
    _hold_together(data, after, parts, past)
    return list(_net(data, after))


def _is_back(row: Entity | None, change: Change) -> bool:
    """Whether all is as it was before the change."""
    if change.op == c.ADD or row is None:
        return row is None and change.op != c.SET
    return all(getattr(row, name) == old for name, (old, _) in change.fields.items())


def _net(data: PlanData, after: Mapping[tuple[str, str], Entity | None]) -> Iterable[Change]:
    """What really changes, each row once."""
    for (kind, id), row in after.items():
        now = data.get(kind, id)
        if now is None and row is not None:
            yield c.add(row)
        elif now is not None and row is None:
            yield c.drop(now)
        elif now is not None and row is not None and now != row:
            yield c.put(now, {field.name: getattr(row, field.name) for field in kinds()[kind].fields})


def _touching(
    past: Iterable[tuple[Step, Change]], step: Step, change: Change, taken: set[int]
) -> Step | None:
    """The newest later step that stands and touches the same values."""
    for other, made in past:
        whole = made.op != c.SET or change.op != c.SET
        later = other.id > step.id and other.state == DONE and other.id not in taken
        if later and (whole or made.fields.keys() & change.fields.keys()):
            return other
    return None


def _hold_together(data: PlanData, after: After, parts: Parts, past: Past) -> None:
    """Refuse what would leave a link to a row that goes, or bring one back to a row that has gone."""
    by_row = {(change.kind, change.id): step for step, change in parts}
    for (kind, id), row in after.items():
        if row is None:
            for source, field in data.incoming(id):
                still = after.get((kind_of(source).name, source.id), source)
                if still is not None and id in t.links_of(kind_of(source)[field].type, getattr(still, field)):
                    raise _refused(
                        by_row[kind, id], _setting(past(source.id), field, id), data, c.add(source)
                    )
            continue
        for link in kinds()[kind].links:
            for target in t.links_of(link.type, getattr(row, link.name)):
                at = (link.target, target)
                if (after[at] if at in after else data.get(*at)) is None:
                    raise _refused(by_row[kind, id], _dropping(past(target)), data, c.add(row))


def _dropping(past: Iterable[tuple[Step, Change]]) -> Step | None:
    return next((step for step, change in past if change.op == c.DROP and step.state == DONE), None)


def _setting(past: Iterable[tuple[Step, Change]], field: str, link: str) -> Step | None:
    for step, change in past:
        new = change.fields.get(field, (None, ""))[1]
        if step.state == DONE and link in (new if isinstance(new, tuple) else (new,)):
            return step
    return None


def _refused(step: Step, later: Step | None, data: PlanData, change: Change) -> InTheWay:
    if later is not None:
        return InTheWay(
            f"“{step.title}” cannot be taken back, because “{later.title}” of {later.at[:10]} builds on it; "
            "take that back first. Nothing was changed.",
            later,
        )
    row = data.get(change.kind, change.id)
    what = f"“{data.title(row)}”" if row is not None else f"a {kinds()[change.kind].label.lower()} it changed"
    return InTheWay(
        f"“{step.title}” cannot be taken back, because {what} is not what it left behind. Nothing was changed."
    )
