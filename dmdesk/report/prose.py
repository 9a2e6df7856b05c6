"""Prose: Markdown text of the plan to parts of the print.

Text follows the CommonMark standard, with ``[[key]]`` for anything in the plan and ``[^1]`` for footnotes.
HTML in it is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dmdesk.report import refer
from dmdesk.report.parts import Part, Rule, Text, paragraph
from dmdesk.report.styles import BODY, CODE, ITEM, NOTE
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import LINK, MUTED, Span, Style

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

ITEM_INDENT = (27.3, 24.0)
"""Indent of the text of a list's items: of a list in the text, and of each list within it."""
DEEPEST_INDENT = 200.0
BULLETS = ("•", "–", "∗")

_NOTE_TEXT = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)\n?", re.MULTILINE)
_SPECIAL = re.compile(r"\[\[([^\[\]\n]+)\]\]|\[\^([^\]\s]+)\]")


def parts(data: PlanData, text: str, name: str, style: Style = BODY) -> list[Part]:
    """The parts that a Markdown text prints as.

    ``name`` tells its footnotes from those of other texts.
    """
    notes: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        notes[found[1]] = " ".join(found[2].split())
        return ""

    tokens = _parser().parse(_NOTE_TEXT.sub(take, text))
    return _Walk(data, name, style, notes).parts(tokens)


@cache
def _parser() -> Any:
    """The parser, with our two marks recognised before links are."""
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

    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline.ruler.before("link", "special", special)
    return parser


@dataclass
class _List:
    indent: float
    bullet: str
    number: int | None
    marked: bool = True


@dataclass
class _Walk:
    """Goes through the tokens of one text; keeps the lists it is in and numbers the notes it meets."""

    data: PlanData
    name: str
    style: Style
    notes: dict[str, str]
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    called: list[str] = field(default_factory=list)

    def parts(self, tokens: list[Any]) -> list[Part]:
        """The parts of a run of block tokens."""
        found: list[Part] = []
        bold = False
        for token in tokens:
            kind = token.type
            if kind in ("bullet_list_open", "ordered_list_open"):
                self._open_list(token)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self.lists.pop()
                if found and not self.lists:
                    found[-1].after = self.style.after
            elif kind == "list_item_open":
                self.lists[-1].marked = False
            elif kind in ("blockquote_open", "blockquote_close"):
                self.quotes += 1 if kind.endswith("open") else -1
            elif kind in ("heading_open", "heading_close"):
                bold = kind.endswith("open")
            elif kind == "inline":
                found.append(self._paragraph(token, bold))
            elif kind in ("fence", "code_block"):
                found.append(self._code(token.content))
            elif kind == "hr":
                found.append(Rule(before=6.0, after=self.style.after))
        return found

    def _open_list(self, token: Any) -> None:
        depth = len(self.lists)
        step = ITEM_INDENT[min(depth, 1)]
        indent = min((self.lists[-1].indent if depth else 0.0) + step, DEEPEST_INDENT)
        number = int(token.attrGet("start") or 1) if token.type.startswith("ordered") else None
        self.lists.append(_List(indent, BULLETS[min(depth, 2)], number))

    def _indent(self) -> float:
        return min((self.lists[-1].indent if self.lists else 0.0) + 20.0 * self.quotes, DEEPEST_INDENT)

    def _paragraph(self, token: Any, bold: bool) -> Text:
        style = self.style
        if self.lists:
            style = style.but(after=min(ITEM.after, style.after), before=0.0)
        before = len(self.called)
        spans = list(self._spans(token.children or [], style.but(look=_bold(style)) if bold else style))
        made = paragraph(spans, style, indent=self._indent(), marker=self._marker(style), keep=bold)
        return replace(made, notes=tuple(self._note(name) for name in self.called[before:]))

    def _marker(self, style: Style) -> Span | None:
        if not self.lists or self.lists[-1].marked:
            return None
        level = self.lists[-1]
        level.marked = True
        if level.number is None:
            return style.span(level.bullet)
        level.number += 1
        return style.span(f"{level.number - 1}.")

    def _code(self, text: str) -> Text:
        shown = text.rstrip("\n").replace("\t", "    ").replace(" ", "\xa0")
        return paragraph(shown, CODE, indent=self._indent() + 12.0)

    # -- within a paragraph

    def _spans(self, tokens: list[Any], style: Style) -> Iterator[Span]:
        strong = emphasis = 0
        link = ""
        for token in tokens:
            face = ("bold" if strong or style.look.face == "bold" else "") + (" italic" if emphasis else "")
            look = style.look._replace(face=face.strip() or style.look.face)
            if link:
                look = look._replace(link=link, colour=LINK)
            if token.type in ("strong_open", "strong_close"):
                strong += token.nesting
            elif token.type in ("em_open", "em_close"):
                emphasis += token.nesting
            elif token.type in ("link_open", "link_close"):
                link = str(token.attrGet("href") or "").replace(" ", "%20") if token.nesting > 0 else ""
            elif token.type == "code_inline":
                yield Span(token.content, look._replace(face="code"))
            elif token.type in ("softbreak", "hardbreak"):
                yield Span(" " if token.type == "softbreak" else "\n", look)
            elif token.type == "reference":
                yield refer.span(self.data, token.content, look)
            elif token.type == "note":
                yield self._call(token.content, look)
            elif token.type == "image":
                yield Span(token.content, look._replace(face="italic", colour=MUTED))
            else:
                yield Span(token.content, look)

    def _call(self, name: str, look: Any) -> Span:
        """The mark that calls a footnote; a note that is nowhere stays as it was typed."""
        if name not in self.notes:
            return Span(f"[^{name}]", look)
        if name not in self.called:
            self.called.append(name)
        number = str(self.called.index(name) + 1)
        small = look._replace(
            size=look.size * 0.67, rise=look.size * 0.36, link=f"#{self._anchor(name)}", colour=LINK
        )
        return Span(number, small)

    def _anchor(self, name: str) -> str:
        return safe(f"note-{self.name}-{name}")

    def _note(self, name: str) -> Text:
        """A footnote, with its number raised before it."""
        number = str(self.called.index(name) + 1)
        mark = NOTE.span(number, size=NOTE.look.size * 0.7, rise=3.0)
        children = _parser().parseInline(self.notes[name])[0].children or []
        inner = _Walk(self.data, self.name, NOTE, {})
        spans = [mark, NOTE.span("\xa0"), *inner._spans(children, NOTE)]
        return paragraph(spans, NOTE, anchors=(self._anchor(name),))


def _bold(style: Style) -> Any:
    return style.look._replace(face="bold")
