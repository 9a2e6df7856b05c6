"""Lines: a comparison as it is read from the top down, and which of its lines fit what somebody looks for.

All words are made once, with the comparison; a letter typed into the filter then looks through them and no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dmdesk.comparing import CHANGED, KEPT, Comparison, Edit, Item, Run, words
from dmdesk.comparing.history import rfc_of
from dmdesk.comparing.items import ADDED, DROPPED
from dmdesk.comparing.within import ADDED as CAME
from dmdesk.comparing.within import REMOVED, SAME
from dmdesk.filters.words import fold
from dmdesk.kinds import kinds
from dmdesk.store import Step

HEADS, COUNT, GROUP, ITEM, FIELD, REST = "heads", "count", "group", "item", "field", "rest"
"""Sorts of lines: the heads of the numbers, the numbers of a kind, a heading, an item, a field, what is left out."""

LONG = 600
"""Characters of both values from which a text is told paragraph by paragraph, with those left out that are the same."""

NONE = "none"
"""What stands for changes that were made under no change request."""


class Line(NamedTuple):
    """One line. ``text`` is what the filter looks through, folded; ``numbers`` those of a COUNT."""

    sort: str
    label: str = ""
    item: Item | None = None
    edit: Edit | None = None
    depth: int = 0
    runs: tuple[Run, ...] | None = None
    text: str = ""
    kind: str = ""
    numbers: tuple[int, ...] = ()


class Block(NamedTuple):
    """An item with its fields; ``owner`` is the place of the block it is part of, -1 for none.

    ``kinds``: of the item and of what it is part of. ``numbers``: what it adds to those of its kind; none when kept.
    """

    group: int
    owner: int
    item: Item
    head: Line
    fields: tuple[Line, ...]
    kinds: frozenset[str]
    numbers: tuple[int, ...]


class Wanted(NamedTuple):
    """What somebody looks for: rows of a kind (with their parts), by whom, under which change request, which words."""

    kind: str = ""
    who: str = ""
    rfc: str = ""
    words: tuple[str, ...] = ()

    def fits(self, step: Step | None) -> bool:
        """Whether a step is by the person and under the change request that are asked for."""
        if not self.who and not self.rfc:
            return True
        if step is None:
            return False
        return (not self.who or step.who == self.who) and (not self.rfc or (rfc_of(step) or NONE) == self.rfc)


class Told:
    """A comparison in lines."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.blocks: list[Block] = []
        for at, group in enumerate(comparison.groups):
            for item in group.items:
                self._add(at, -1, item, 0, frozenset())
        self.people = sorted({step.who for step in self._steps()})
        self.rfcs = sorted({rfc_of(step) for step in self._steps()} - {""})

    def _add(self, group: int, owner: int, item: Item, depth: int, above: frozenset[str]) -> None:
        name = words.item_name(self.comparison, item)
        old = words.name_of(self.comparison.old, item.old) if item.renumbered and item.old is not None else ""
        head = Line(ITEM, name, item, depth=depth, text=fold(f"{name}\n{old}"), kind=item.kind)
        own = above | {item.kind}
        fields = tuple(line for edit in _told(item) for line in self._field(item, edit, depth + 1))
        at = len(self.blocks)
        self.blocks.append(Block(group, owner, item, head, fields, own, _tally(item, fields)))
        for part in item.parts:
            self._add(group, at, part, depth + 1, own)

    def _field(self, item: Item, edit: Edit, depth: int) -> Iterator[Line]:
        label = words.label(item, edit)
        old, new = words.told(self.comparison, item, edit)
        text = fold(f"{label}\n{old}\n{new}")
        field = kinds()[item.kind][edit.field]
        line = Line(FIELD, label, item, edit, depth, text=text, kind=item.kind)
        if len(old) + len(new) < LONG or not words.is_text(field):
            yield line
            return
        if item.op != CHANGED:
            whole = (Run(SAME, old or new),)
            yield from _parted(line, [(part, True) for part in paragraphs(whole)])
            return
        parts = [(part, any(run.what != SAME for run in part))
                 for part in paragraphs(words.runs(self.comparison, item, edit))]  # fmt: skip
        yield from _parted(line, parts)

    def _steps(self) -> Iterator[Step]:
        for block in self.blocks:
            yield from block.item.steps

    def wanted(self, asked: Wanted) -> list[Line]:
        """The lines that fit, below their headings and numbers; all where nothing is asked."""
        blocks = self.blocks
        shown: list[tuple[Line, ...] | None] = [None] * len(blocks)
        found: dict[str, list[int]] = {}
        for at, block in enumerate(blocks):
            fields = _fitting(block, asked)
            if fields is None:
                continue
            shown[at] = fields
            _count(found, block, fields)
            owner = block.owner
            while owner >= 0 and shown[owner] is None:
                shown[owner] = ()
                owner = blocks[owner].owner
        return [*_numbers(found), *self._in_groups(shown)]

    def _in_groups(self, shown: list[tuple[Line, ...] | None]) -> list[Line]:
        at, lines = -1, list[Line]()
        for block, fields in zip(self.blocks, shown, strict=True):
            if fields is None:
                continue
            if block.group != at:
                at = block.group
                group = self.comparison.groups[at]
                lines.append(Line(GROUP, group.part, kind=group.kind))
            lines.append(block.head)
            lines += fields
        return lines


def _told(item: Item) -> Iterator[Edit]:
    """The edits that the name of the item does not say already."""
    kind = kinds()[item.kind]
    for edit in item.edits:
        if item.op == CHANGED or edit.field not in (kind.key, kind.title):
            yield edit


def _fitting(block: Block, asked: Wanted) -> tuple[Line, ...] | None:
    """The fields of an item that fit; None when it does not fit at all."""
    item, fields = block.item, block.fields
    if item.op == KEPT or (asked.kind and asked.kind not in block.kinds):
        return None
    if asked.who or asked.rfc:
        if item.op == CHANGED:
            fields = tuple(line for line in fields if line.edit is not None and asked.fits(line.edit.made))
            if not fields:
                return None
        elif not any(map(asked.fits, item.steps)):
            return None
    if asked.words:
        name = block.head.text
        for word in asked.words:
            if word not in name:
                fields = tuple(line for line in fields if word in line.text)
                if not fields:
                    return None
    return fields


def _tally(item: Item, fields: tuple[Line, ...]) -> tuple[int, ...]:
    """What an item adds to the numbers: added, changed, moved, renumbered, dropped, fields."""
    if item.op == KEPT:
        return ()
    if item.op != CHANGED:
        return int(item.op == ADDED), 0, 0, 0, int(item.op == DROPPED), 0
    return 0, 1, int(item.moved), int(item.renumbered), 0, _edits(fields)


def _edits(fields: tuple[Line, ...]) -> int:
    return len({line.edit.field for line in fields if line.edit is not None})


def _count(found: dict[str, list[int]], block: Block, fields: tuple[Line, ...]) -> None:
    """Add an item, with those of its fields that fit, to the numbers."""
    kind = block.item.kind
    tally = found.get(kind)
    if tally is None:
        tally = found[kind] = [0] * 6
    for at, number in enumerate(block.numbers):
        if number:
            tally[at] += number
    if len(fields) != len(block.fields) and block.item.op == CHANGED:
        tally[5] += _edits(fields) - block.numbers[5]


def _numbers(found: dict[str, list[int]]) -> Iterator[Line]:
    """The summary: how much of each kind was added, changed, moved, renumbered, dropped, and how many fields."""
    if not found:
        return
    yield Line(HEADS)
    for kind in kinds():
        if kind.name in found:
            yield Line(COUNT, kind.plural, kind=kind.name, numbers=tuple(found[kind.name]))
    if len(found) > 1:
        yield Line(COUNT, "All", numbers=tuple(map(sum, zip(*found.values(), strict=True))))


def paragraphs(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs of a text, line by line."""
    part: list[Run] = []
    for run in runs:
        first, *rest = run.text.split("\n")
        part += [Run(run.what, first)] if first else []
        for text in rest:
            yield tuple(part)
            part = [Run(run.what, text)] if text else []
    if part:
        yield tuple(part)


def _parted(line: Line, parts: list[tuple[tuple[Run, ...], bool]]) -> Iterator[Line]:
    """A line for each paragraph that differs, and one for each stretch that does not."""
    label, same = line.label, 0
    for runs, differs in [*parts, ((), True)]:
        if not differs:
            same += bool(runs)
            continue
        if same:
            some = f"{same} paragraphs are" if same > 1 else "1 paragraph is"
            yield line._replace(sort=REST, label=f"… {some} the same")
            same = 0
        if runs:
            yield line._replace(label=label, runs=runs)
            label = ""


class Pair(NamedTuple):
    """What a line says, in runs: as one text, and as the old and the new one."""

    inline: tuple[Run, ...]
    old: tuple[Run, ...]
    new: tuple[Run, ...]


def pair(comparison: Comparison, line: Line) -> Pair:
    """What a FIELD says."""
    item, edit = line.item, line.edit
    assert item is not None
    assert edit is not None
    if item.op != CHANGED:
        before, now = words.told(comparison, item, edit)
        runs = line.runs or (Run(SAME, before or now),)
        return Pair(runs, runs if item.op == DROPPED else (), () if item.op == DROPPED else runs)
    field = kinds()[item.kind][edit.field]
    runs = line.runs or words.runs(comparison, item, edit)
    old = tuple(run for run in runs if run.what != CAME)
    new = tuple(run for run in runs if run.what != REMOVED)
    if words.is_list(field):
        return Pair(*(tuple(_joined(some)) for some in (runs, old, new)))
    whole = [run.what for run in runs] == [REMOVED, CAME] and not words.is_text(field)
    return Pair((runs[0], Run(SAME, " → "), runs[1]) if whole else runs, old, new)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The members of a list with commas between."""
    for at, run in enumerate(runs):
        if at:
            yield Run(SAME, ", ")
        yield run
