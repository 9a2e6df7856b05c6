"""The notation of block diagrams: a nested list, whose items are boxes and hold the items indented below them.

Items with a dash stand beside each other, numbered ones below one another. An item in **double stars** is marked,
and one without a name only keeps those in it together. ``A -> B: words`` is an arrow from one box to another.
Whatever else is typed is the name of a box: nothing is lost.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dmdesk.values import field, record

DEEPEST = 8
"""Levels of boxes within boxes; deeper items stand in the lowest of them."""
_ITEM = re.compile(r"^([ \t]*)(?:([-*+•])|(\d{1,9})[.)])(?:[ \t]+(.*))?$")
_ARROW = re.compile(r"^(.+?)\s+(<?->|<?→)\s+(.+?)(?:\s*:\s+(.*))?$")
_MARKED = re.compile(r"^(\*\*|__)(.+)\1$")


@record
class Block:
    """A box with the boxes inside it; ``stacked`` ones stand below one another."""

    name: str
    marked: bool = False
    stacked: bool = False
    inside: list[Block] = field(default_factory=list)


class Arrow(NamedTuple):
    """From one box to another, or both ways, with words beside it."""

    start: Block
    end: Block
    words: str
    both: bool


class Outline(NamedTuple):
    """What was typed: the outermost block, which has no name, and the arrows."""

    top: Block
    arrows: list[Arrow]


def read(text: str) -> Outline:
    """The blocks and arrows of a text."""
    top = Block("")
    path: list[tuple[int, Block]] = [(-1, top)]
    wanted: list[tuple[Block, str, re.Match[str]]] = []
    last: Block | None = None
    for raw in text.replace("\t", "    ").splitlines():
        found = _ITEM.match(raw)
        if not found:
            words = " ".join(raw.split())
            if words and last is not None and raw.startswith(" "):
                last.name = f"{last.name} {words}"
            elif words:
                last = _add(top, words, False)
                path = [(-1, top), (0, last)]
            continue
        indent, words = len(found[1]), " ".join((found[4] or "").split())
        while path[-1][0] >= indent and len(path) > 1:
            path.pop()
        above = path[min(len(path), DEEPEST) - 1][1]
        arrow = _ARROW.match(words)
        if arrow:
            wanted.append((above, words, arrow))
            continue
        last = _add(above, words, bool(found[3]))
        path.append((indent, last))
    arrows = _arrows(top, wanted)
    _cleared(top)
    return Outline(top, arrows)


def _cleared(top: Block) -> None:
    """Leave out items without a name that hold nothing."""
    for block in [*reversed(every(top)), top]:
        block.inside = [one for one in block.inside if one.name or one.inside]


def _add(above: Block, words: str, numbered: bool) -> Block:
    marked = _MARKED.match(words)
    made = Block(marked[2].strip() if marked else words, bool(marked))
    if not above.inside:
        above.stacked = numbered
    above.inside.append(made)
    return made


def _arrows(top: Block, wanted: list[tuple[Block, str, re.Match[str]]]) -> list[Arrow]:
    """The arrows whose boxes there are; others become boxes that show what was typed."""
    known: dict[str, Block] = {}
    for block in every(top):
        known.setdefault(block.name.casefold(), block)
    found = []
    for above, words, arrow in wanted:
        ends = [known.get(_plain(arrow[at]).casefold()) for at in (1, 3)]
        if ends[1] is None and arrow[4]:
            ends[1] = known.get(f"{_plain(arrow[3])}: {arrow[4]}".casefold())
        start, end = ends
        if start is None or end is None or start is end:
            above.inside.append(Block(words))
        else:
            found.append(Arrow(start, end, arrow[4] or "", arrow[2].startswith("<")))
    return found


def _plain(words: str) -> str:
    marked = _MARKED.match(words.strip())
    return (marked[2] if marked else words).strip()


def every(top: Block) -> list[Block]:
    """All blocks inside one, outer ones first."""
    found, stack = [], list(reversed(top.inside))
    while stack:
        block = stack.pop()
        found.append(block)
        stack.extend(reversed(block.inside))
    return found
