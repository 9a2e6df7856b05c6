"""Plain prose: the Markdown that people mostly type, read without its parser and to the same effect.

That is paragraphs of one line, lists of such, lists within them, places, and in a line references, footnotes, strong
and emphasised words, code and addresses. The parser goes through each text a dozen times, and loading it alone takes
longer than reading all prose of a plan does here. Of any other text nothing is read, and the parser is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from dmdesk.manuscript.blocks import Block, Inline, Inlines, Items, Paragraph, Place, Run

Call = Callable[[str], Inline]
"""What stands where a footnote of that name is called."""

_TAME = r"[^]\n\r\0\\`*_[<>&!{}]*"
"""Signs that mean nothing to Markdown within a line."""
_WORDS = re.compile(rf"{_TAME}(?:&(?![\w#]){_TAME})*")
_MARK = re.compile(
    r"\[\[(?P<reference>[^\[\]\n]+)\]\]"
    r"|\[\^(?P<note>[^\]\s]+)\]"
    rf"|\*(?<![^ (]\*)(?P<two>\*)?(?P<words>[^\W_](?:{_TAME}(?:[^\W_]|[.,:;?)]))?)(?(two)\*\*|\*)(?=[ .,:;)]|\Z)"
    r"|`(?P<code>[^ `\n\r\0](?:[^`\n\r\0]*[^ `\n\r\0])?)`(?!`)"
    r"|<(?P<link>https?://[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9._/-]*)?)>"
)
"""Each kind begins with a sign of its own, so that a line without such signs is passed in one go."""
_BEGINNING = re.compile(r"[^\W\d_]|\[\[|\*\*?[^\W_]|[“(]")
"""How a line begins that is the words of a paragraph."""
_ITEM = re.compile(r"( {0,40})(-|([0-9]{1,9})\.) ")
_PLACE = re.compile(r"\{\{\s*([a-z][a-z-]*)((?:\s+[^{}\s]+)*)\s*\}\}")


def place(text: str) -> Place | None:
    """The place that a paragraph is, where it is nothing else."""
    found = _PLACE.fullmatch(text.strip())
    if not found:
        return None
    words = found[2].split()
    options = tuple((name, value) for name, _, value in (word.partition("=") for word in words) if value)
    return Place(found[1], " ".join(word for word in words if "=" not in word), options)


def blocks(text: str, call: Call) -> tuple[Block, ...]:
    """The blocks of a plain text whose footnotes were taken out; of any other text, none."""
    found: list[Block] = []
    for part in text.rstrip("\n").split("\n\n"):
        made: Block | None
        if part.startswith("{{"):
            made = place(part) if "\n" not in part else None
        elif _BEGINNING.match(part):
            made = _paragraph(part, call)
        else:
            made = None if found and isinstance(found[-1], Items) else _list_of(part.split("\n"), call)
        if made is None:
            return ()
        found.append(made)
    return tuple(found)


def words(line: str, call: Call) -> Inlines | None:
    """The words of a plain line; None where it is not plain."""
    found: list[Inline] = []
    end = 0
    for mark in _MARK.finditer(line):
        start = mark.start()
        if not _WORDS.fullmatch(line, end, start):
            return None
        if start > end:
            found.append(Run(line[end:start]))
        found.append(_marked(mark, call))
        end = mark.end()
    if not _WORDS.fullmatch(line, end) or line[-1:].isspace():
        return None
    if end < len(line):
        found.append(Run(line[end:]))
    return tuple(found)


def _marked(mark: re.Match[str], call: Call) -> Inline:
    kind = mark.lastgroup or ""
    text = mark[kind]
    if kind == "reference":
        return Run("", reference=text.strip())
    if kind == "note":
        return call(text)
    if kind == "words":
        return Run(text, strong=bool(mark["two"]), emphasis=not mark["two"])
    return Run(text, code=True) if kind == "code" else Run(text, link=text)


def _paragraph(line: str, call: Call) -> Paragraph | None:
    found = words(line, call) if _BEGINNING.match(line) else None
    return Paragraph(found) if found else None


class _Item(NamedTuple):
    """A line that is an item: where it begins, where its words do, and its number in a numbered list."""

    at: int
    inner: int
    number: int | None
    words: Paragraph


def _list_of(lines: Sequence[str], call: Call) -> Items | None:
    """The list that these lines are the items of, each on a line of its own."""
    items = []
    for line in lines:
        found = _ITEM.match(line)
        made = _paragraph(line[found.end() :], call) if found else None
        if not found or made is None:
            return None
        items.append(_Item(len(found[1]), found.end(), int(found[3]) if found[3] else None, made))
    return _list(items) if items[0].at == 0 else None


def _list(items: Sequence[_Item]) -> Items | None:
    """A list whose items begin where its first one does; what follows one of them further in is a list within it."""
    first = items[0]
    starts = [place for place, item in enumerate(items) if item.at <= first.at]
    found: list[tuple[Block, ...]] = []
    for start, end in pairwise([*starts, len(items)]):
        item, within = items[start], items[start + 1 : end]
        if item.at != first.at or (item.number is None) != (first.number is None):
            return None
        own: list[Block] = [item.words]
        if within:
            inner = _list(within) if _leads(item, within[0]) else None
            if inner is None:
                return None
            own.append(inner)
        found.append(tuple(own))
    return Items(tuple(found), None if first.number is None else first.number or 1)


def _leads(item: _Item, inner: _Item) -> bool:
    """Whether the second begins a list within the first, and not code or more of its words."""
    return 0 <= inner.at - item.inner < 4 and inner.number in (None, 1)
