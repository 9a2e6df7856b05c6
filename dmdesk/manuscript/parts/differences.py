"""Differences as a table: what some changes make of which item, field by field, for minutes and change requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dmdesk import types as t
from dmdesk.changes import ADD, DROP, Change
from dmdesk.kinds import Field, Kind, kinds
from dmdesk.manuscript.blocks import Block, Grid, Inlines, Paragraph, Run

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData

MOST = 60
"""Lines of a table before it only counts the rest; the whole is in the plan and its change record."""

_LONG, _AROUND = 160, 6


def differences(data: PlanData, changes: Sequence[Change], caption: str) -> Iterator[Block]:
    """The changes as a table, held against the plan in which they were made; nothing where there are none."""
    lines = [line for change in changes for line in _lines(data, change)]
    if not lines:
        return
    heads = ("Item", "Field", "Before", "After")
    yield Grid(
        tuple((Run(head, strong=True),) for head in heads),
        tuple(lines[:MOST]),
        ("left",) * len(heads),
        (Run(caption),),
        (2.2, 1.2, 2.8, 2.8),
    )
    if len(lines) > MOST:
        yield Paragraph((Run(f"… and {len(lines) - MOST:,} lines more.", emphasis=True),))


def _lines(data: PlanData, change: Change) -> Iterator[tuple[Inlines, ...]]:
    kind, name = kinds()[change.kind], _called(data, change)
    if change.op in (ADD, DROP):
        whole = (Run(_whole(data, kind, change)),)
        cells = ((Run("–"),), whole) if change.op == ADD else (whole, (Run("–"),))
        yield name, (Run("added" if change.op == ADD else "removed", emphasis=True),), *cells
        return
    told = False
    for field in kind.fields:
        if field.name not in change.fields or field.name == kind.order:
            continue
        old, new = (_shown(data, field, value) for value in change.fields[field.name])
        old, new = _apart(old, new)
        yield () if told else name, (Run(field.label),), (Run(old or "–"),), (Run(new or "–"),)
        told = True
    if not told and kind.order in change.fields:
        yield name, (Run(kind[kind.order].label),), (Run("–"),), (Run("moved among its siblings"),)


def _called(data: PlanData, change: Change) -> Inlines:
    """The item by its kind and key, leading to it while it is there."""
    kind = kinds()[change.kind]
    row = data.get(change.kind, change.id)
    own = row or _made(kind, change)
    name = data.key(own) or data.title(own)
    link = (change.kind, change.id) if row is not None else None
    return (Run(f"{kind.label} ", emphasis=True), Run(name, row=link))


def _made(kind: Kind, change: Change) -> Entity:
    """The row as far as its changes tell: one that is no longer, or not yet, in the plan."""
    side = 0 if change.op == DROP else 1
    return kind.make({name: pair[side] for name, pair in change.fields.items() if name in kind}, change.id)


def _whole(data: PlanData, kind: Kind, change: Change) -> str:
    """What was added or removed: its fields in their order, without its place among its siblings."""
    side = 0 if change.op == DROP else 1
    told = []
    for field in kind.fields:
        if field.name in change.fields and field.name not in (kind.order, kind.key):
            words = _shown(data, field, change.fields[field.name][side])
            if words:
                told.append(words if field.name == kind.title else f"{field.label}: {_cut(words)}")
    return "; ".join(told)


def _shown(data: PlanData, field: Field, value: Any) -> str:
    if field.target:
        links = value if isinstance(value, tuple) else (value,)
        return ", ".join(_link(data, field.target, link) for link in links if link)
    text = field.type.show(value) if value not in (None, "") else ""
    return text.replace("\n", ", " if isinstance(value, tuple) else " ")


def _link(data: PlanData, kind: str, link: str) -> str:
    row = data.get(kind, link)
    if row is None:
        return t.unresolved(link) or "something no longer in the plan"
    return data.key(row) if kind == "wbs" else data.title(row)


def _apart(old: str, new: str) -> tuple[str, str]:
    """Long texts cut to where they differ, with some words around."""
    if len(old) <= _LONG and len(new) <= _LONG:
        return old, new
    first, then = old.split(" "), new.split(" ")
    same = next(
        (at for at, pair in enumerate(zip(first, then, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(then)),
    )
    first, then = first[max(same - _AROUND, 0) :], then[max(same - _AROUND, 0) :]
    kept = min(same, _AROUND)
    end = 0
    while end < min(len(first), len(then)) - kept and first[-1 - end] == then[-1 - end]:
        end += 1
    cut = max(end - _AROUND, 0)
    lead, tail = "… " if same > _AROUND else "", " …" if cut else ""
    return tuple(  # type: ignore[return-value]
        f"{lead}{_cut(' '.join(words[: len(words) - cut]), 4 * _LONG)}{tail}" for words in (first, then)
    )


def _cut(text: str, most: int = _LONG) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
