"""Saying what is wrong: differences row by row and field by field, steps that are missing or do not fit, odd clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from dmdesk.baselines.replaying import Misfit
from dmdesk.baselines.verdict import HISTORY, ROWS, Flaw, name_of, shown
from dmdesk.changes import Change
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.store import Baseline, Step


def without(lost: Sequence[Baseline], backup: str) -> str:
    """What restoring a backup that does not have some baselines comes to, as a sentence."""
    names = [
        f"{one.version} (exported, so others may have it)" if one.exported else one.version for one in lost
    ]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    one, it, is_ = ("baseline", "it", "is") if len(names) == 1 else ("baselines", "they", "are")
    return (
        f"The backup “{backup}” does not have {one} {listed}; once it is restored, {it} {is_} only in the copy that is "
        "kept of the plan as it is now."
    )


def missing(
    steps: Sequence[tuple[Step, list[Change]]], one: Baseline, after: Baseline | None
) -> Iterator[Flaw]:
    """Steps that are not there though later ones are, and steps that have lost or won changes."""
    at = one.step
    for step, made in steps:
        if step.id != at + 1:
            gap = f"step {at + 1}" if step.id == at + 2 else f"steps {at + 1} to {step.id - 1}"
            yield Flaw(
                "", HISTORY, f"The history has lost {gap}, after {one.version} was sealed.", field="id"
            )
        if len(made) != step.size:
            words = f"“{step.title}” (step {step.id}) had {step.size:,} changes; {len(made):,} are there."
            yield Flaw("", HISTORY, words, field="size", told=step.size, found=len(made))
        at = step.id


def misfit(step: Step, one: Baseline, found: Misfit, data: PlanData) -> Flaw:
    """A change of a step that does not fit where the history has led since a baseline."""
    change, kind = found.change, found.change.kind
    row = data.get(kind, change.id)
    name = name_of(data, row, kind) if row is not None else f"a {kinds()[kind].label.lower()}"
    if found.field:
        words = (
            f"“{step.title}” (step {step.id}) says that {kinds()[kind][found.field].label} of {name} was "
            f"{shown(data, kind, found.field, found.told)} before; since {one.version} the history leads to "
            f"{shown(data, kind, found.field, found.found)}."
        )
    else:
        words = f"“{step.title}” (step {step.id}) does not fit {name} as the history since {one.version} leaves it."
    return Flaw("", HISTORY, words, kind, change.id, field=found.field, told=found.told, found=found.found)


def differences(then: PlanData, now: PlanData, version: str, about: str, told: str) -> Iterator[Flaw]:
    """A flaw for each row that is there or not, and for each field that differs. ``told``: “should be”."""
    start = f"Baseline {version}: " if version else ""
    for kind in kinds():
        old, new = then.rows(kind.name), now.rows(kind.name)
        for id in dict.fromkeys((*old, *new)):
            before, after = old.get(id), new.get(id)
            if before is None or after is None:
                home, row = (then, before) if before is not None else (now, after)
                assert row is not None
                words = f"{start}{name_of(home, row, kind.name)} {_there(about, added=before is None)}."
                yield Flaw(version, about, words, kind.name, id, home.key(row))
            elif before != after:
                yield from _fields(then, now, kind, before, after, Flaw(version, about, start), told)


def _there(about: str, *, added: bool) -> str:
    if about == ROWS:
        return "was put in" if added else "was taken out"
    return "is there, but no step added it" if added else "is gone, but no step removed it"


def _fields(
    then: PlanData, now: PlanData, kind: Kind, before: Entity, after: Entity, like: Flaw, told: str
) -> Iterator[Flaw]:
    name, key = name_of(then, before, kind.name), then.key(before)
    for field, old, new in zip(kind.fields, kind.values(before)[1:], kind.values(after)[1:], strict=True):
        if old != new:
            is_, was = shown(now, kind.name, field.name, new), shown(then, kind.name, field.name, old)
            words = f"{like.words}{field.label} of {name} is {is_}, {told} {was}."
            yield Flaw(like.version, like.about, words, kind.name, before.id, key, field.name, old, new)


def clocks(known: Iterable[Baseline], now: datetime) -> Iterator[str]:
    """What the clocks of those who sealed said that cannot all be right."""
    before: Baseline | None = None
    for one in known:
        if before and one.at < before.at:
            yield (
                f"{one.version} says it was sealed on {one.at[:10]}, before {before.version} ({before.at[:10]}): "
                "a clock was wrong."
            )
        if before and one.date < before.date:
            yield f"{one.version} is dated {one.date}, before {before.version} ({before.date})."
        if one.at > (now + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"):
            yield f"{one.version} says it was sealed on {one.at[:10]}, which is still to come: a clock was or is wrong."
        before = one
