"""What a step changed, in words: stretches of text that stayed, came or went, and those that lead to another row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from dmdesk.changes import ADD, DROP, SET, Change
from dmdesk.comparing.within import ADDED, REMOVED, within
from dmdesk.comparing.within import SAME as STAYED
from dmdesk.kinds import Entity, Field, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.store import DONE, Step
from dmdesk.types import unresolved
from ui.context import Context
from ui.models.cells import full_name
from ui.times import when
from ui.words import SIGNS, short

SAME, OLD, NEW, ASIDE = "same", "old", "new", "aside"
"""What became of a stretch: it stayed, went, came, or is a sign between them."""

AROUND = 60
"""Characters of what stayed that are shown before and behind a difference."""

LONGEST = 20_000
"""Characters of a value that are shown; nobody reads more in a list."""

NOTHING = "—"

STEP = "step"
"""In place of what became of a row, in the head of a step."""

_WHAT = {STAYED: SAME, REMOVED: OLD, ADDED: NEW}


class Run(NamedTuple):
    """A stretch of words; with ``kind`` and ``id`` it leads to that row."""

    what: str
    text: str
    kind: str = ""
    id: str = ""


class Part(NamedTuple):
    """A line about a step: the head of a row with its ``op``, or a field of it (``label``) with what became of it.

    The head of a ``step``, where steps stand below each other, has ``STEP`` for its ``op``.
    """

    change: Change
    op: str
    label: str
    runs: tuple[Run, ...]
    step: Step | None = None


def parts(ctx: Context, changes: Iterable[Change]) -> list[Part]:
    """What changes did, row by row and field by field; places among siblings, which nobody reads, as words."""
    found: list[Part] = []
    last: tuple[str, str] | None = None
    for change in changes:
        kind = kinds()[change.kind]
        if (change.kind, change.id) != last:
            found.append(Part(change, change.op, kind.label, (head(ctx, change),)))
        last = (change.kind, change.id)
        found += [
            Part(change, "", label(kind, name), tuple(told))
            for name in change.fields
            if (told := list(runs(ctx, change, name)))
        ]
    return found


def steps(ctx: Context, told: Iterable[tuple[Step, Change]]) -> list[Part]:
    """What happened to one row, step by step as given: who, when and why, and its fields below."""
    found: list[Part] = []
    last = 0
    for step, change in told:
        if step.id != last:
            found.append(Part(change, STEP, about_step(ctx, step), (Run(SAME, step.title),), step))
        last = step.id
        if change.op == SET:
            found += [part._replace(step=step) for part in parts(ctx, [change]) if not part.op]
        else:
            found.append(
                Part(change, "", "", (Run(NEW if change.op == ADD else OLD, SIGNS[change.op]),), step)
            )
    return found


def about_step(ctx: Context, step: Step) -> str:
    """Who made a step and when, under which request and why, and whether it still stands, in a line."""
    state = "" if step.state == DONE else step.state
    return "  ·  ".join(
        filter(None, (state, when(step.at), step.who, rfc_of(ctx.data, step, whole=False), step.why))
    )


def rfc_of(data: PlanData, step: Step, *, whole: bool = True) -> str:
    """What the change request is called that a step was made under, ``whole`` or its key alone; "" without one."""
    row = data.get("rfc", step.rfc) if step.rfc else None
    if row is None:
        return ""
    return short(full_name(data, row) if whole else data.key(row), 60)


def label(kind: Kind, name: str) -> str:
    """What a field is called; one that an older schema had by its name."""
    return kind[name].label if name in kind else name


def head(ctx: Context, change: Change) -> Run:
    """The row that a change is about, which leads to it while it is there."""
    there = ctx.data.get(change.kind, change.id) is not None
    return Run(SAME, item_of(ctx, change), change.kind if there else "", change.id if there else "")


def item_of(ctx: Context, change: Change) -> str:
    """The row that a change is about: as it is called now or, when it is gone, as it was."""
    row = ctx.data.get(change.kind, change.id) or as_it_was(change)
    return short(full_name(ctx.data, row), 80)


def as_it_was(change: Change) -> Entity:
    """A row as far as a change knows it."""
    kind, side = kinds()[change.kind], 0 if change.op == DROP else 1
    return kind.make({name: pair[side] for name, pair in change.fields.items() if name in kind}, change.id)


def runs(ctx: Context, change: Change, name: str) -> Iterator[Run]:
    """What became of a field: old and new, marked within the sentence where it is a text; of a row that came or went
    what it said, unmarked, since all of it came or went.
    """
    for run in _marked(ctx, change, name):
        yield run if change.op == SET or run.what == ASIDE else run._replace(what=SAME)


def _marked(ctx: Context, change: Change, name: str) -> Iterator[Run]:
    kind = kinds()[change.kind]
    old, new = change.fields[name]
    if name == kind.order:
        if change.op == SET:
            yield Run(SAME, "moved among its siblings")
        return
    if name not in kind:
        yield from _pair(str(old), str(new), change.op)
        return
    field = kind[name]
    if field.target:
        yield from _links(ctx, field, _many(old), _many(new))
    elif isinstance(old, tuple) or isinstance(new, tuple):
        yield from _items(_many(old), _many(new))
    elif field.type.typed and isinstance(old, str) and isinstance(new, str) and old and new:
        yield from _texts(old, new)
    else:
        yield from _pair(_shown(field, old), _shown(field, new), change.op)


def _shown(field: Field, value: Any) -> str:
    return "" if value == field.type.empty else str(field.type.show(value))


def _many(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _pair(old: str, new: str, op: str) -> Iterator[Run]:
    """The old value and the new one, the one alone where a row came or went."""
    if op != ADD:
        yield Run(OLD, old[:LONGEST]) if old else Run(ASIDE, NOTHING)
    if op == SET:
        yield Run(ASIDE, " → ")
    if op != DROP:
        yield Run(NEW, new[:LONGEST]) if new else Run(ASIDE, NOTHING)


def _items(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    for at, (what, text) in enumerate(_in_order(old, new)):
        if at:
            yield Run(ASIDE, ", ")
        yield Run(what, text)


def _links(ctx: Context, field: Field, old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """Links by the titles of their rows; one that only changed its place is not told."""
    single = len(old) <= 1 and len(new) <= 1 and old and new
    for at, (what, link) in enumerate(_in_order(old, new)):
        if at:
            yield Run(ASIDE, " → " if single else ", ")
        row = ctx.data.get(field.target, link)
        if row is not None:
            yield Run(what, short(full_name(ctx.data, row), 80), field.target, link)
        else:
            yield Run(what, unresolved(link) or gone(ctx, field.target, link))


def gone(ctx: Context, kind: str, id: str) -> str:
    """What a row was called that is no longer in the plan."""
    told = ctx.plan.past.steps_of_row(id) if ctx.plan is not None else []
    dropped = next((change for _, change in told if change.op == DROP), None)
    if dropped is None:
        return f"a {kinds()[kind].label.lower()} that is gone"
    return f"{full_name(ctx.data, as_it_was(dropped))} (deleted)"


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """What stayed, went and came, in the order of both."""
    kept = set(old) & set(new)
    found = [(OLD, item) for item in old if item not in kept]
    return [*found, *((SAME if item in kept else NEW, item) for item in new)]


def _texts(old: str, new: str) -> Iterator[Run]:
    """A text marked by words; of what stayed only what is around the differences."""
    found = within(old, new)
    if all(run.what != STAYED for run in found):
        yield from _pair(old, new, SET)
        return
    for at, run in enumerate(found):
        text = run.text[:LONGEST]
        if run.what == STAYED:
            text = around(text, at > 0, at + 1 < len(found))
        yield Run(_WHAT[run.what], text)


def around(text: str, before: bool, after: bool) -> str:
    """Of a text that stayed what stands next to a difference ``before`` or ``after`` it, whole words of it."""
    room = AROUND * (before + after)
    if len(text) <= room + 20:
        return text
    start = text[:AROUND].rsplit(None, 1)[0] if before else ""
    end = text[-AROUND:].split(None, 1)[-1] if after else ""
    lead = text[: len(text) - len(text.lstrip())] if before else ""
    return f"{lead if not start.startswith(lead) else ''}{start} … {end}".lstrip("" if before else " ")
