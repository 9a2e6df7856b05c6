"""The past: the steps of a plan as rows that a filter can be asked of, in the language that finds any other row.

A step is no row of the plan, so its kind is declared here and nowhere registered; what it changed is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dmdesk import changes as c
from dmdesk import filters, folders
from dmdesk import store as s
from dmdesk import types as t
from dmdesk.baselines import numbers
from dmdesk.changes import Change
from dmdesk.filters import Completion, Facts, Filter, tree
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.store import Baseline, Step
from dmdesk.takeback import History
from dmdesk.values import replace

LONGEST = 400
"""Characters of an old or new value that are looked through."""

NO_STATES = (tree.IS, tree.OWN)
"""What filters can ask of rows of a plan and of no step."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step with what it changed, as words."""

    id: str
    title: str
    who: str
    why: str
    rfc: tuple[str, ...]
    state: str
    kind: tuple[str, ...]
    field: tuple[str, ...]
    row: tuple[str, ...]
    value: tuple[str, ...]


STEP = Kind(
    "step", "Step", "Steps", "A step of the plan's history.", cast("type[Entity]", Told),
    (
        Field("title", "Title", t.LINE, "What was done."),
        Field("who", "Who", t.LINE, "Who did it."),
        Field("why", "Why", t.LINE, "The reason that was given."),
        Field("rfc", "Change request", t.WORDS, "The change request it was made under, by key and title."),
        Field("state", "State", t.Choice_((s.DONE, s.UNDONE, s.ABANDONED)), "Whether it still holds."),
        Field("kind", "Kind", t.WORDS, "The kinds whose rows it changed."),
        Field("field", "Field", t.WORDS, "The fields that it changed."),
        Field("row", "Row", t.WORDS, "The rows that it changed, by key and title."),
        Field("value", "Value", t.WORDS, "The old and new values."),
    ),
    "title", ("title",), "", "",
)  # fmt: skip
"""What a filter of the history may ask, beside words and ``changed>``."""


class _Steps(PlanData):
    """The plan with its steps as one more kind."""

    def __init__(self, data: PlanData) -> None:
        super().__init__(lambda kind: data.rows(kind.name))
        self.plan_data = data

    def put(self, rows: dict[str, Told]) -> None:
        """Take these steps in place of those before; what was worked out of steps that stay is kept."""
        self._rows[STEP.name] = cast("dict[str, Entity]", rows)
        self._stamps[STEP.name] = self._stamps.get(STEP.name, 0) + 1

    def in_order(self, kind: str) -> list[Entity]:
        """The rows of a kind in order; steps newest first."""
        return [*self.rows(kind).values()] if kind == STEP.name else super().in_order(kind)


class Past:
    """The history of a plan as rows; what steps changed is read once, many at a time."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._known: dict[int, Told] = {}
        self._steps: _Steps | None = None

    def data(self, data: PlanData, steps: Sequence[Step]) -> PlanData:
        """The plan with these steps, given newest first, as rows of the kind ``STEP``."""
        self.tell(data, steps)
        known = self._known
        for step in steps:
            if known[step.id].state != step.state:
                known[step.id] = replace(known[step.id], state=step.state)
        if self._steps is None or self._steps.plan_data is not data:
            self._steps = _Steps(data)
        self._steps.put({(told := known[step.id]).id: told for step in steps})
        return self._steps

    def tell(self, data: PlanData, steps: Sequence[Step], most: int = 0) -> bool:
        """Read what steps changed that are not told yet, or ``most`` of them; whether all are told now."""
        left = [step for step in steps if step.id not in self._known]
        part = left[:most] if most else left
        if part:
            changes = self._history.changes_between(
                min(step.id for step in part), max(step.id for step in part)
            )
            for step in part:
                self._known[step.id] = _told(data, step, changes.get(step.id, ()))
        return len(part) == len(left)


def _told(data: PlanData, step: Step, changes: Sequence[Change]) -> Told:
    return Told(
        str(step.id), step.title, step.who, step.why, _request(data, step), step.state, _distinct(_kinds(changes)),
        _distinct(_fields(changes)), _distinct(_rows(data, changes)), _distinct(_values(data, changes)),
    )  # fmt: skip


def parse(text: str) -> Filter:
    """The filter that the text describes, for steps; ``mine`` are those of the user.

    Raises:
        FilterError: it does not parse, or asks what no step can answer.
    """
    wanted = filters.parse(text, STEP)
    for term in tree.terms(wanted.tree):
        if term.field in NO_STATES:
            raise filters.FilterError(
                f"Steps of the history have no “{term.field}:”; use state:, who: or changed>."
            )
    return Filter(STEP, _with_name(wanted.tree))


def _with_name(node: tree.Node) -> tree.Node:
    """The filter with ``mine`` put as what it means for steps."""
    if isinstance(node, tree.Term):
        return tree.Term("who", "=", folders.user()) if node.field == tree.MINE else node
    if isinstance(node, tree.Not):
        return tree.Not(_with_name(node.part))
    return type(node)(tuple(_with_name(part) for part in node.parts))


def facts(steps: Iterable[Step], known: Iterable[Baseline] = ()) -> Facts:
    """When each of the steps was made, and which of them sealed the known baselines, for ``changed>``."""
    known = [*known]
    return Facts({str(step.id): step.at for step in steps}, sealed=lambda version: sealed(known, version))


def sealed(known: Iterable[Baseline], version: str) -> int | None:
    """The number of the step that sealed a version; None where none of the known baselines is that version."""
    wanted = numbers(version)
    return next((one.step for one in known if wanted and numbers(one.version) == wanted), None)


def complete(text: str, cursor: int, data: PlanData) -> list[Completion]:
    """What may stand at the cursor of a filter of steps; ``data`` is what ``Past.data`` gave."""
    found = filters.complete(text, cursor, data, STEP)
    return [one for one in found if one.text.removesuffix(":") not in NO_STATES]


# -- words


def _request(data: PlanData, step: Step) -> tuple[str, ...]:
    row = data.get("rfc", step.rfc) if step.rfc else None
    return (f"{data.key(row)} {data.title(row)}",) if row is not None else ()


def _distinct(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _kinds(changes: Iterable[Change]) -> Iterator[str]:
    for name in dict.fromkeys(change.kind for change in changes):
        yield from _called(name)


@cache
def _called(name: str) -> tuple[str, ...]:
    """A kind as pages call it, and as one of its rows is called where that is another word."""
    kind = kinds()[name]
    return (kind.plural, *([kind.label] * (kind.label.casefold() not in kind.plural.casefold())))


def _fields(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        for name in change.fields if change.op == c.SET else ():
            yield _label(change.kind, name)


@cache
def _label(kind: str, name: str) -> str:
    return kinds()[kind][name].label if name in kinds()[kind] else name


def _rows(data: PlanData, changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        row = data.get(change.kind, change.id) or _as_it_was(change)
        yield " ".join(dict.fromkeys((data.key(row), data.title(row)))).strip()


def _as_it_was(change: Change) -> Entity:
    """A row that is gone, as far as the change knows it."""
    kind, side = kinds()[change.kind], 0 if change.op == c.DROP else 1
    return kind.make({name: pair[side] for name, pair in change.fields.items() if name in kind}, change.id)


def _values(data: PlanData, changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        kind = kinds()[change.kind]
        for name, pair in change.fields.items():
            if name not in (kind.order, kind.parent):
                yield from (words for value in pair if (words := _words(data, kind, name, value)))


def _words(data: PlanData, kind: Kind, name: str, value: Any) -> str:
    if name in kind and kind[name].target:
        links = value if isinstance(value, tuple) else (value,)
        return ", ".join(data.link(kind[name].target, link) for link in links if link)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))[:LONGEST]
    return str(value)[:LONGEST] if value else ""
