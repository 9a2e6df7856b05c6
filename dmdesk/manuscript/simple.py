"""Simple prose: plain lines, lists of them and the commonest marks, read without the parser of Markdown.

Nearly all texts are such. The parser would read them to the same effect, but goes through each of them a dozen times,
and to load it alone costs more than to read a plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dmdesk.manuscript import addresses
from dmdesk.manuscript.blocks import Block, Inline, Inlines, Items, Paragraph, Place, Run

Calling = Callable[[str], Inline]
"""Gives what stands where the footnote of a name is called."""

_PLAIN = r"[^]\n\r\0\\`*_[<&!{}]"
"""A sign that means nothing to Markdown within a line."""
_CLOSED = rf"[^\W_](?:{_PLAIN}*(?:[^\W_](?=\*+(?![^ ,.;:)]))|[.,;:](?=\*+(?![^ ]))))?"
"""Words that are sure to be marked by stars on both sides: where more than this may be meant, the parser is asked."""
_MARK = re.compile(
    r"\[\[(?P<reference>[^\[\]\n\r\0]+)\]\]"
    r"|\[\^(?P<note>[^\[\]\s\0]+)\]"
    r"|<(?P<address>https?://[a-z][a-z0-9./-]*)>"
    r"|`(?P<code>[^`\s\0](?:[^`\n\r\0]*[^`\s\0])?)`(?!`)"
    rf"|\*\*(?<![^ (]\*\*)(?P<strong>{_CLOSED})\*\*(?!\*)"
    rf"|\*(?<![^ (]\*)(?P<emphasis>{_CLOSED})\*(?!\*)"
)
_WORDS = re.compile(
    rf"(?!\s){_PLAIN}*(?:(?:{_MARK.pattern}|(?<=[^\W_])_(?=[^\W_])|!(?!\[)|&(?![#\w])){_PLAIN}*)*(?<!\s)"
)
"""What consists of plain words, marks, and signs that mean nothing where they stand."""
_BEGIN = re.compile(r"[^\W\d_]|\[\[|\*{1,2}[^\W_]|`[^`]|<h")
"""How a line begins that is sure to be one of a paragraph."""
_ITEM = re.compile(r"- |([1-9][0-9]{0,8})\. ")
_PLACE = re.compile(r"\{\{\s*([a-z][a-z-]*)((?:\s+[^{}\s]+)*)\s*\}\}")


def blocks(text: str, call: Calling) -> tuple[Block, ...] | None:
    """The blocks of a text of paragraphs of a line, of lists of such, and of places; of any other text None."""
    found: list[Block] = []
    text = text.strip("\n")
    for part in text.split("\n\n") if text else ():
        made = _block(part, call)
        if made is None or (isinstance(made, Items) and found and isinstance(found[-1], Items)):
            return None
        found.append(made)
    return tuple(found)


def _block(part: str, call: Calling) -> Block | None:
    if part.startswith("{{"):
        return None if "\n" in part else place(part)
    if _ITEM.match(part):
        return _items(part.split("\n"), call)
    return _paragraph(part, call)


def _paragraph(line: str, call: Calling) -> Paragraph | None:
    made = words(line, call) if _BEGIN.match(line) else None
    return None if made is None else Paragraph(made)


def _items(lines: list[str], call: Calling, *, within: bool = False) -> Items | None:
    """A list of an item a line, each perhaps with a list of its own, further in, below it.

    One ``within`` another follows on a paragraph, which only a number 1 may end.
    """
    first = _ITEM.match(lines[0])
    if not first or (within and first[1] not in (None, "1")):
        return None
    heads: list[str] = []
    below: list[list[str]] = []
    width = 0
    for line in lines:
        mark = _ITEM.match(line)
        if mark and (mark[1] is None) == (first[1] is None):
            width = mark.end()
            heads.append(line[width:])
            below.append([])
        elif not within and heads and line.startswith(" " * width):
            below[-1].append(line[width:])
        else:
            return None
    items = [_item(head, some, call) for head, some in zip(heads, below, strict=True)]
    held = tuple([item for item in items if item is not None])
    return Items(held, int(first[1]) if first[1] else None) if len(held) == len(items) else None


def _item(head: str, below: list[str], call: Calling) -> tuple[Block, ...] | None:
    made = _paragraph(head, call)
    if made is None or not below:
        return None if made is None else (made,)
    further = min(3, len(below[0]) - len(below[0].lstrip(" ")))
    if not all(line.startswith(" " * further) for line in below):
        return None
    list_ = _items([line[further:] for line in below], call, within=True)
    return None if list_ is None else (made, list_)


def words(text: str, call: Calling) -> Inlines | None:
    """The words of a text of one paragraph; None where they hold marks that are not simple."""
    if not _WORDS.fullmatch(text):
        return None
    found: list[Inline] = []
    at = 0
    for mark in _MARK.finditer(text):
        if at < mark.start():
            found.append(Run(text[at : mark.start()]))
        found.append(_marked(mark, call))
        at = mark.end()
    if at < len(text):
        found.append(Run(text[at:]))
    if "://" in text:
        found = [each for one in found for each in (addresses.apart(one) if isinstance(one, Run) else (one,))]
    return tuple(found)


def _marked(mark: re.Match[str], call: Calling) -> Inline:
    what, held = mark.lastgroup, mark[mark.lastgroup or 0]
    if what == "reference":
        return Run("", reference=held.strip())
    if what == "note":
        return call(held)
    if what == "address":
        return Run(held, link=held)
    return Run(held, strong=what == "strong", emphasis=what == "emphasis", code=what == "code")


def place(text: str) -> Place | None:
    """The place that a paragraph is, where it is nothing else."""
    found = _PLACE.fullmatch(text.strip())
    if not found:
        return None
    words = found[2].split()
    options = tuple((name, value) for name, _, value in (word.partition("=") for word in words) if value)
    return Place(found[1], " ".join(word for word in words if "=" not in word), options)
