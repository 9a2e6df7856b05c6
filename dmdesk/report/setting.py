"""Setting: blocks of the manuscript to parts of the print.

The manuscript says what, this says how it looks: indents, bullets, footnotes, tables and where references lead.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dmdesk.manuscript.blocks import (
    Begin,
    Block,
    Call,
    Code,
    Facts,
    Grid,
    Inline,
    Inlines,
    Items,
    Line,
    Paragraph,
    Place,
    Quote,
    Run,
    plain,
)
from dmdesk.manuscript.parts import UNFILLED
from dmdesk.report import refer
from dmdesk.report.grids import WIDTH, grid
from dmdesk.report.parts import Caption, Listing, Part, Rule, Text, paragraph
from dmdesk.report.styles import BODY, CAPTION, CODE, FACT, ITEM, NOTE
from dmdesk.typeset import fonts
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import DRAFT, LINK, SECTION, Look, Span, Style
from dmdesk.values import field, record, replace

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.typeset.pen import Pen

ITEM_INDENT = (27.3, 24.0)
"""Indent of the text of a list's items: of a list in the text, and of each list within it."""
DEEPEST_INDENT = 200.0
QUOTE_INDENT = 20.0
FACT_INDENT = 128.0
BEFORE = (3.0, 16.0, 12.0, 10.0)
"""White space above a label, and above headings within a text of level 1, 2 and deeper."""
LARGE = 1.12
"""How much larger than the text the topmost of these are."""
BULLETS = ("•", "–", "∗")


@record
class Numbers:
    """Counts the tables of a document as they come."""

    tables: int = 0

    def caption(self, spans: Sequence[Span]) -> Caption:
        """The caption of the next table."""
        self.tables += 1
        label = f"Table {self.tables}"
        words = [CAPTION.span(f"{label.replace(' ', chr(0xA0))}: "), *spans]
        title = "".join(span.text for span in spans)
        anchor = f"table-{self.tables}"
        return Caption(
            words, style=CAPTION, named=label, title=title, anchors=(anchor,), target=anchor, keep=True, role="Caption",
            before=CAPTION.before, after=CAPTION.after,
        )  # fmt: skip


@record
class Setter:
    """Sets blocks one after another; ``name`` tells the footnotes of this text from those of others.

    ``width`` is that of the text block, for tables.
    """

    data: PlanData
    name: str
    style: Style = BODY
    numbers: Numbers = field(default_factory=Numbers)
    called: dict[str, tuple[Run, ...]] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    width: float = WIDTH

    def parts(self, blocks: Iterable[Block], indent: float = 0.0, depth: int = 0) -> Iterator[Part]:
        """The parts of some blocks, indented, within ``depth`` lists."""
        for block in blocks:
            if isinstance(block, Begin):
                self.waiting += (safe(f"{block.kind}-{block.id}"),)
                continue
            for part in self._block(block, indent, depth):
                if self.waiting:
                    part.anchors, self.waiting = (*part.anchors, *self.waiting), ()
                yield part

    def _block(self, block: Block, indent: float, depth: int) -> Iterator[Part]:
        match block:
            case Paragraph():
                yield self._paragraph(block, indent, depth)
            case Items():
                yield from self._items(block, indent, depth)
            case Code():
                shown = block.text.replace("\t", "    ").replace(" ", "\xa0")
                yield Listing([CODE.span(shown)], style=CODE, indent=indent + 12.0, after=CODE.after)
            case Quote():
                inner = replace(self, style=self.style.but(look=self.style.look._replace(face="italic")))
                for part in inner.parts(block.blocks, min(indent + QUOTE_INDENT, DEEPEST_INDENT), depth):
                    if isinstance(part, Text) and not part.marker:
                        part.role = part.role or "BlockQuote"
                    yield part
            case Grid():
                yield from self._grid(block)
            case Facts():
                yield from self._facts(block, indent)
            case Line():
                yield Rule(before=6.0, after=self.style.after)
            case Place():
                yield unfilled(block, UNFILLED)

    # -- paragraphs and lists

    def _paragraph(self, block: Paragraph, indent: float, depth: int, marker: Span | None = None) -> Text:
        style = self.style
        if block.label:
            style = _above(style, block.level)
        elif depth:
            style = style.but(after=min(ITEM.after, style.after), before=0.0)
        before = len(self.called)
        spans = (
            [self._span(one, style) for one in block.words] if block.label else self.spans(block.words, style)
        )
        notes = tuple(self._note(name) for name in list(self.called)[before:])
        return paragraph(spans, style, indent=indent, marker=marker, keep=block.label, notes=notes)

    def _items(self, block: Items, indent: float, depth: int) -> Iterator[Part]:
        inner = min(indent + ITEM_INDENT[min(depth, 1)], DEEPEST_INDENT)
        style = self.style
        last: Part | None = None
        for at, item in enumerate(block.items):
            bullet = BULLETS[min(depth, 2)] if block.start is None else f"{block.start + at}."
            marker: Span | None = style.span(bullet)
            if not item or not isinstance(item[0], Paragraph):
                item = (Paragraph(()), *item)
            for each in item:
                parts: Iterable[Part]
                if isinstance(each, Paragraph):
                    parts = [self._paragraph(each, inner, depth + 1, marker)]
                    marker = None
                else:
                    parts = self.parts([each], inner, depth + 1)
                for part in parts:
                    if last is not None:
                        yield last
                    last = part
        if last is not None:
            if not depth:
                last.after = style.after
            yield last

    def _facts(self, block: Facts, indent: float) -> Iterator[Part]:
        last = len(block.pairs) - 1
        for at, (label, words) in enumerate(block.pairs):
            marker = FACT.span(label, face="bold", colour=SECTION)
            yield Fact(
                self.spans(words, FACT), style=FACT, indent=indent + FACT_INDENT, marker=marker, label_x=indent,
                after=self.style.after if at == last else FACT.after, keep=at != last,
            )  # fmt: skip

    def _grid(self, block: Grid) -> Iterator[Part]:
        if block.caption:
            yield self.numbers.caption(self.spans(block.caption, CAPTION))
        yield from grid(block, self.spans, self.style.after, self.width)

    # -- within a paragraph

    def spans(self, words: Inlines, style: Style) -> list[Span]:
        """The words in a style; the handles of documents among them lead there, though nobody marked them."""
        found: list[Span] = []
        for one in words:
            span = self._span(one, style)
            if "-" in span.text and not span.look.link and not span.look.face.startswith("code"):
                found += refer.handles(self.data, span)
            else:
                found.append(span)
        return found

    def _span(self, one: Inline, style: Style) -> Span:
        if isinstance(one, Call):
            return self._call(one, style.look)
        look = look_of(one, style)
        if one.link:
            return Span(one.text, look._replace(link=one.link.replace(" ", "%20"), colour=LINK))
        row = self.data.get(*one.row) if one.row else None
        if row is not None:
            return Span(one.text, look._replace(link=refer.link(row), colour=LINK))
        if one.reference:
            return refer.span(self.data, one.reference, look, one.text)
        if one.lost:
            return refer.lost(one.text, look)
        return Span(one.text, look)

    def _call(self, one: Call, look: Look) -> Span:
        """The mark that calls a footnote."""
        self.called.setdefault(one.name, one.note)
        number = str(list(self.called).index(one.name) + 1)
        link = f"#{self._anchor(one.name)}"
        return Span(
            number, look._replace(size=look.size * 0.67, rise=look.size * 0.36, link=link, colour=LINK)
        )

    def _anchor(self, name: str) -> str:
        return safe(f"note-{self.name}-{name}")

    def _note(self, name: str) -> Text:
        """A footnote, with its number raised before it."""
        number = str(list(self.called).index(name) + 1)
        mark = NOTE.span(number, size=NOTE.look.size * 0.7, rise=3.0)
        spans = [mark, NOTE.span("\xa0"), *self.spans(self.called[name], NOTE)]
        return paragraph(spans, NOTE, anchors=(self._anchor(name),))


@record
class Fact(Text):
    """A labelled value: the label at the left, the value beside it."""

    label_x: float = field(default=0.0, kw_only=True)

    def look(self, width: float) -> Hashable:
        return super().look(width), self.label_x

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        if self.marker:
            room = self.indent - self.label_x - 8.0
            text, look = fonts.printable(self.marker.text), self.marker.look
            wide = fonts.natural_width(text, look.face, look.size)
            look = look if wide <= room else look._replace(size=look.size * room / wide)
            with pen.tags.labelled(self.label):
                pen.words(x + self.label_x, y + self.style.look.size, text, look)
        pen.lines(self.lines(width), x + self.indent, y, self.style, width - self.indent)


def _above(style: Style, level: int) -> Style:
    """The style of words above a text: a label, or a heading of some level, whose words are bold."""
    style = style.but(after=3.0, before=BEFORE[min(level, 3)], align="left")
    if level == 1:
        return style.but(
            look=style.look._replace(size=style.look.size * LARGE), leading=style.leading * LARGE
        )
    return style.but(look=style.look._replace(face="italic")) if level > 2 else style


def look_of(one: Run, style: Style) -> Look:
    """The look of some words within a style."""
    look = style.look
    face = _face(look.face, one.code, one.strong, one.emphasis)
    return look if face == look.face else look._replace(face=face)


@cache
def _face(own: str, code: bool, strong: bool, emphasis: bool) -> str:
    """The face of words of some manner within a text that is set in its ``own``."""
    if code:
        return "code bold" if strong else "code"
    manner = (("bold", strong or "bold" in own), ("italic", emphasis != ("italic" in own)))
    return " ".join(word for word, on in manner if on) or "regular"


def unfilled(place: Place, why: str) -> Text:
    """What stands where a place cannot be filled in: as it was typed, marked, and why."""
    spans = [
        BODY.span(f"?\xa0{place.typed}", colour=DRAFT),
        BODY.span(f" – {why}.", colour=DRAFT, face="italic"),
    ]
    return paragraph(spans, BODY.but(align="left"))


def title_of(words: Inlines) -> str:
    """The words of a title without their manner."""
    return plain(words)
