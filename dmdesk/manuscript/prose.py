"""Prose: Markdown typed by people, read as blocks.

Text follows the CommonMark standard with its tables, ``[[key]]`` for anything in the plan, ``[^1]`` for footnotes and
``{{name}}`` on a line of its own for parts made from the plan's rows. HTML is text like any other; pictures are never
loaded from where a text says, their words stand instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import unquote

from dmdesk.manuscript import addresses, simple
from dmdesk.manuscript.blocks import (
    Block,
    Call,
    Code,
    Grid,
    Inline,
    Inlines,
    Items,
    Line,
    Paragraph,
    Place,
    Quote,
    Run,
    runs,
)
from dmdesk.manuscript.simple import place

__all__ = ["CAPTION", "DEEPEST", "blocks", "inline", "lost_calls", "place", "places"]

CAPTION = re.compile(r"Table:\s+")
DEEPEST = 40
"""Lists and quotes nested deeper than this are read as if they stood at this depth."""

_NOTE_TEXT = re.compile(r"^\[\^([^\[\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)\n?", re.MULTILINE)
_SPECIAL = re.compile(r"\[\[([^\[\]\n]+)\]\]|\[\^([^\[\]\s]+)\]")


@lru_cache(maxsize=4096)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text."""
    notes: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        notes[found[1]] = " ".join(found[2].split())
        return ""

    text = _NOTE_TEXT.sub(take, text) if "[^" in text else text
    found = simple.blocks(text, partial(_call, notes))
    return _parsed(text, notes) if found is None else found


def _parsed(text: str, notes: dict[str, str]) -> tuple[Block, ...]:
    """The blocks of any text, whose footnotes were taken out of it."""
    tokens = _parser().parse(_apart(text) if "{{" in text else text)
    return tuple(_Reader(tokens, notes).blocks())


def _call(notes: dict[str, str], name: str) -> Inline:
    """A call of a footnote; one of a note that is nowhere is lost."""
    if name not in notes:
        return Run(f"[^{name}]", lost=True)
    return Call(name, tuple(one for one in inline(notes[name]) if isinstance(one, Run)))


@lru_cache(maxsize=8192)
def inline(text: str) -> Inlines:
    """The words of a text of one paragraph, such as an item of a list field."""
    found = simple.words(text, partial(_call, {}))
    if found is not None:
        return found
    words: list[Inline] = []
    for token in _parser().parseInline(text):
        words += _Reader([], {}).words(token.children or [])
    return tuple(words)


def places(text: str) -> list[Place]:
    """All places in a text, in order."""
    return [block for block in blocks(text) if isinstance(block, Place)] if "{{" in text else []


def lost_calls(text: str) -> list[str]:
    """The calls of footnotes that a text does not hold, each once, as they are typed."""
    if "[^" not in text:
        return []
    return list(dict.fromkeys(run.text for run in runs(blocks(text)) if run.lost))


def _apart(text: str) -> str:
    """The text with blank lines around each place, so that one is a paragraph of its own wherever its line stands."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        own = not fence and not line.startswith((" ", "\t")) and place(line) is not None
        lines += ["", line, ""] if own else [line]
    return "\n".join(lines)


@cache
def _parser() -> Any:
    """The parser, with our two marks recognised before links are; what stands within an address marks nothing."""
    from markdown_it import MarkdownIt

    def special(state: Any, silent: bool) -> bool:
        found = _SPECIAL.match(state.src, state.pos)
        if not found:
            return False
        if not silent:
            token = state.push("reference" if found[1] else "note", "", 0)
            token.content = found[1] or found[2]
        state.pos = found.end()
        return True

    def within_address(state: Any, silent: bool) -> bool:
        if state.src[state.pos] != "_" or not addresses.within(state.src, state.pos):
            return False
        if not silent:
            state.append_pending("_")
        state.pos += 1
        return True

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 200}).enable("table")
    parser.inline.ruler.before("link", "special", special)
    parser.inline.ruler.before("emphasis", "within_address", within_address)
    return parser


def _leading(run: Run, link: str) -> Run:
    """The words as a link: ``#key`` leads to something in the plan, anything else to an address."""
    if link.startswith("#"):
        return run._replace(reference=unquote(link[1:]))
    return run._replace(link=link)


class _Reader:
    """Reads a stream of tokens once, from the first to the last."""

    def __init__(self, tokens: Sequence[Any], notes: dict[str, str]) -> None:
        self.tokens = tokens
        self.notes = notes
        self.at = 0

    def blocks(self, until: str = "") -> list[Block]:
        """The blocks up to the token that closes what is being read."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            made = self._block(token)
            if isinstance(made, Grid) and found:
                made = self._captioned(made, found)
            if made is not None:
                found.append(made)
        return found

    def _block(self, token: Any) -> Block | None:
        kind = token.type
        if kind in ("paragraph_open", "heading_open"):
            return self._paragraph(int(token.tag[1:]) if kind == "heading_open" else 0)
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1) if kind.startswith("ordered") else None
            return Items(tuple(self._items(kind.replace("open", "close"))), start)
        if kind == "blockquote_open":
            return Quote(tuple(self.blocks("blockquote_close")))
        if kind in ("fence", "code_block"):
            return Code(token.content.rstrip("\n"))
        if kind == "table_open":
            return self._grid()
        return Line() if kind == "hr" else None

    def _paragraph(self, level: int) -> Block:
        """A paragraph or, of a level, a heading."""
        token = self.tokens[self.at]
        self.at += 2
        if not level and (found := place(token.content)):
            return found
        words = self.words(token.children or [])
        if level:
            words = tuple(one._replace(strong=True) if isinstance(one, Run) else one for one in words)
        return Paragraph(words, level > 0, level)

    def _items(self, until: str) -> Iterator[tuple[Block, ...]]:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                return
            if token.type == "list_item_open":
                yield tuple(self.blocks("list_item_close"))

    def _grid(self) -> Grid:
        rows: list[list[Inlines]] = []
        aligned: list[str] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if token.type == "th_open":
                    aligned.append(str(token.attrGet("style") or "").removeprefix("text-align:") or "left")
                rows[-1].append(self.words(self.tokens[self.at].children or []))
        return Grid(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), tuple(aligned))

    def _captioned(self, grid: Grid, before: list[Block]) -> Grid:
        """The table with the caption that stands above it as a paragraph “Table: …”, taken away there."""
        above = before[-1]
        first = above.words[0] if isinstance(above, Paragraph) and above.words else None
        found = CAPTION.match(first.text) if isinstance(first, Run) else None
        if not found or not isinstance(above, Paragraph) or not isinstance(first, Run):
            return grid
        before.pop()
        caption = (first._replace(text=first.text[found.end() :]), *above.words[1:])
        return Grid(grid.head, grid.rows, grid.aligned, caption)

    # -- within a paragraph

    def words(self, tokens: Sequence[Any]) -> Inlines:
        """The words of a paragraph."""
        found: list[Inline] = []
        strong = emphasis = 0
        link = ""
        for token in tokens:
            kind = token.type
            if kind in ("strong_open", "strong_close"):
                strong += token.nesting
            elif kind in ("em_open", "em_close"):
                emphasis += token.nesting
            elif kind in ("link_open", "link_close"):
                link = str(token.attrGet("href") or "") if token.nesting > 0 else ""
            elif kind == "text" and not token.content:
                continue  # what the parser leaves of the marks of strong words
            elif kind == "note":
                found.append(_call(self.notes, token.content))
            else:
                made = self._run(token)
                if strong > 0 or emphasis > 0:
                    made = made._replace(strong=strong > 0, emphasis=emphasis > 0 or made.emphasis)
                if link and not made.reference:
                    made = _leading(made, link)
                if kind == "text" and "://" in made.text:
                    found += addresses.apart(made)
                else:
                    found.append(made)
        return tuple(found)

    def _run(self, token: Any) -> Run:
        kind = token.type
        if kind in ("softbreak", "hardbreak"):
            return Run(" " if kind == "softbreak" else "\n")
        if kind == "reference":
            return Run("", reference=token.content.strip())
        return Run(token.content, code=kind == "code_inline", emphasis=kind == "image")
