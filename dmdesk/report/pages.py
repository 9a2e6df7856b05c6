"""Pages: the sheets a document is made of and their furniture: letterhead, footer, draft marks, cover.

Furniture stands here and nowhere else, so that a chapter never knows what is above or below it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache

from dmdesk.pictures.pixels import Pixels
from dmdesk.report import picture, styles
from dmdesk.report.flow import Filled
from dmdesk.report.parts import Caption, Heading
from dmdesk.report.tagging import Tagger
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import broken, fitted
from dmdesk.typeset.looks import (
    ART,
    BANNER,
    DRAFT,
    INK,
    MUTED,
    NOTICE,
    SECTION,
    TITLE,
    WATERMARK,
    Look,
    Span,
    Style,
)
from dmdesk.typeset.navigation import BELOW
from dmdesk.typeset.pen import Pen
from dmdesk.typeset.pieces import Line
from dmdesk.values import field, frozen, record

DRAFT_NOTICE = "Draft: not approved, not under change control."
ON_APPROVAL = "When this version is approved, the following will hold:"
BAND = 59.5
"""How high the band at the foot of the cover is."""
OVERHANG = 51.0
"""How far the rule of the letterhead reaches into the margins."""

_WORDS = Look("regular", 7.5, BANNER)
_INFO = Look("bold", 7.2, TITLE)
_RUNNING = Look("regular", 8.5, SECTION)
_FOOT = Style(Look("bold", 7.97, NOTICE), 9.46, align="center")
_DRAFT_FOOT = _FOOT.but(look=_FOOT.look._replace(colour=DRAFT))
_NUMBER = Look("regular", 9.96, INK)
_COVER_PROJECT = Style(Look("bold", 17.22, TITLE), 21.0, align="center")
_COVER_TITLE = Style(Look("bold", 24.79, TITLE), 29.0, align="center")
_COVER_LINE = Style(Look("bold", 14.35, INK), 18.0, align="center")
_STATEMENT = Style(Look("bold", 9.96, INK), 17.0, align="justify")
_COVER_FROM, _COVER_TITLE_FROM, _COVER_LINES_FROM = 218.0, 259.0, 370.0
"""Where, on a cover with room, the first lines of project, title and what follows stand."""
_COVER_TO, _COVER_TO_STATEMENT = 690.0, 491.0
"""Where its last line may stand, without and with a statement below."""
LOGO_ON_COVER, LOGO_IN_HEADER = (196.0, 110.0), (84.0, 34.0)
"""How large a logo may be."""


@frozen
class Words:
    """What the plan says on every page."""

    project: str
    title: str
    short_title: str
    handle: str
    date: str
    letterhead: str
    authors: tuple[str, ...]
    statement: str
    notice: str
    draft: bool
    logo: Pixels | None = None

    @property
    def revision(self) -> str:
        """The line that dates the document."""
        return f"Latest revision {self.date}" if self.date else ""


@record
class Sheet:
    """One page: its size, content and number; ``running`` are the words for the header, "" on the cover.

    ``within`` are the chapter and the section that are in force where the page ends.
    """

    size: tuple[float, float]
    filled: Filled
    number: str = ""
    running: str = ""
    cover: bool = False
    headings: list[Heading] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    within: tuple[str, str] = ("", "")


def block(size: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the text block of a page."""
    wide = styles.WIDE if size[0] > size[1] else styles.WIDTH
    return wide, size[1] - styles.TOP - styles.BOTTOM_MARGIN


def margin(size: tuple[float, float]) -> float:
    """How far the text block is from the left edge of a page, and from the right one."""
    return (size[0] - block(size)[0]) / 2


def draw(pen: Pen, sheet: Sheet, words: Words, tagger: Tagger) -> None:
    """Draw a whole page: marks behind the text, furniture, then the parts with their anchors and bookmarks."""
    pen.start_page(sheet.size)
    width, left = block(sheet.size)[0], margin(sheet.size)
    for y, part in sheet.filled.marked():
        for anchor in part.anchors:
            pen.anchor(anchor, left, max(styles.TOP + y - 6, 0))
        if isinstance(part, Heading) and part.anchors:
            pen.outline(f"{part.number} {part.title}".strip(), part.anchor, part.level - 1)
        elif isinstance(part, Caption) and part.target:
            pen.outline(f"{part.named}: {part.title}", part.target, BELOW)
    pen.layer(lambda: _frame_look(pen, sheet), lambda: _frame(pen, sheet, words))
    pen.layer(lambda: _content_look(sheet, width), lambda: _content(pen, sheet, tagger))
    pen.end_page()


def _frame_look(pen: Pen, sheet: Sheet) -> Hashable:
    return pen.ground, sheet.size, sheet.number, sheet.running, sheet.cover


def _content_look(sheet: Sheet, width: float) -> Hashable:
    content = sheet.filled.look(width)
    return None if content is None else (sheet.size, content)


def _frame(pen: Pen, sheet: Sheet, words: Words) -> None:
    """Draw what is behind and around the text block."""
    if words.draft:
        pen.stamp(("draft", sheet.size), lambda: _watermark(pen, sheet.size))
    if sheet.cover:
        _cover(pen, words, sheet.size)
    else:
        pen.stamp(("furniture", sheet.size), lambda: _furniture(pen, sheet.size, words))
        _own_furniture(pen, sheet, words)


def _content(pen: Pen, sheet: Sheet, tagger: Tagger) -> None:
    """Draw what is in the text block."""
    width, left = block(sheet.size)[0], margin(sheet.size)
    for y, part in sheet.filled.placed:
        with tagger.part(part):
            part.draw(pen, left, styles.TOP + y, width)


def _watermark(pen: Pen, size: tuple[float, float]) -> None:
    wide, high = size
    pen.turned(wide / 2 + 22, high / 2 - 32, 45, "Draft", Look("regular", 141.7, WATERMARK))


def _own_furniture(pen: Pen, sheet: Sheet, words: Words) -> None:
    """What the header and the footer say of this page, and the logo."""
    wide, high = sheet.size
    edge = margin(sheet.size)
    right, room = wide - edge, wide - 2 * edge
    if words.logo:
        top = 62.6 - LOGO_IN_HEADER[1] / 2
        room -= picture.logo(pen, words.logo, edge, top, LOGO_IN_HEADER)[0] + 8
    pen.words(right, 56.0, fitted(sheet.running, _RUNNING, room), _RUNNING, "right")
    pen.words(wide / 2, high - (30 if _notice(words) else 47), sheet.number, _NUMBER, "center")


def _furniture(pen: Pen, size: tuple[float, float], words: Words) -> None:
    """What header and footer say on every page."""
    _header(pen, size, words)
    _footer(pen, size, words)


def _header(pen: Pen, size: tuple[float, float], words: Words) -> None:
    edge = margin(size)
    right = size[0] - edge
    letterhead = "" if words.logo else fitted(words.letterhead, _WORDS, 0.45 * (right - edge))
    gap = edge - OVERHANG
    if words.logo or letterhead:
        pen.rule(gap, 61.6, edge - 8, 2.0, BANNER)
    if words.logo:
        gap = edge + picture.logo_size(words.logo, LOGO_IN_HEADER)[0] + 8
    elif letterhead:
        gap = edge + pen.words(edge, 65.3, letterhead, _WORDS) + 8
    pen.rule(gap, 61.6, right + OVERHANG, 2.0, BANNER)
    left = max(gap, edge)
    used = pen.words(right, 74.5, words.revision, _INFO, "right")
    used += 10 + pen.words(right - used - 10, 74.5, fitted(words.handle, _INFO, 150), _INFO, "right")
    pen.words(left, 74.5, fitted(words.short_title or words.title, _INFO, right - left - used - 10), _INFO)


def _notice(words: Words) -> str:
    """The words at the foot of every page."""
    return DRAFT_NOTICE if words.draft else words.notice


def _footer(pen: Pen, size: tuple[float, float], words: Words) -> None:
    high = size[1]
    left, width = margin(size), block(size)[0]
    notice = _notice(words)
    style = _DRAFT_FOOT if words.draft else _FOOT
    lines = balanced(notice, style, 0.9 * width)[:2] if notice else []
    pen.rule(left, high - (71.2 if notice else 61.2), left + width, 1.0, INK)
    pen.lines(lines, left, high - 62.8, style, width)


@lru_cache(maxsize=64)
def balanced(text: str, style: Style, width: float) -> list[Line]:
    """The lines of a short centred text, about equally long rather than with one word left over; not to be changed."""
    span = [Span(text, style.look)]
    lines = broken(span, width)
    narrow, wide = width / 2, width
    while len(lines) > 1 and wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(broken(span, middle)) > len(lines):
            narrow = middle
        else:
            wide = middle
    return broken(span, wide)


# -- the cover


def statement(words: Words) -> list[Span]:
    """The control statement as it holds now; a draft says that it is one."""
    if not words.draft:
        return [Span(words.statement, _STATEMENT.look)] if words.statement else []
    spans = [Span(DRAFT_NOTICE, _STATEMENT.look._replace(colour=DRAFT))]
    if words.statement:
        quoted = _STATEMENT.look._replace(face="regular", colour=MUTED)
        spans += [Span(f"\n{ON_APPROVAL} ", _STATEMENT.look), Span(words.statement, quoted)]
    return spans


def statement_fits(words: Words) -> bool:
    """Whether the control statement has room on the cover; it is printed on the next page otherwise."""
    lines = broken(statement(words), styles.WIDTH)
    return 500 + len(lines) * _STATEMENT.leading < 715


def _cover(pen: Pen, words: Words, size: tuple[float, float]) -> None:
    wide, high = size
    for step in range(1, 15):
        pen.circle(wide / 2, 394, 17.5 * step, 0.6 if step % 4 else 1.4, ART)
    _cover_letterhead(pen, words, wide)
    pen.box(0, high - BAND, wide, BAND, BANNER)
    stated = bool(statement(words)) and statement_fits(words)
    for block, y in _laid_out(_cover_blocks(words), _COVER_TO_STATEMENT if stated else _COVER_TO):
        edge, top = (wide - styles.WIDTH) / 2, y - block.style.look.size
        with pen.tags.element("P"):
            pen.lines(block.lines, edge, top, block.style, styles.WIDTH)
    if stated:
        width = styles.WIDTH
        with pen.tags.element("P"):
            pen.lines(broken(statement(words), width), (wide - width) / 2, 505, _STATEMENT, width)


def _cover_letterhead(pen: Pen, words: Words, wide: float) -> None:
    """The words between two rules, or the logo with the words below."""
    look = Look("regular", 10.0 if words.logo else 14.35, BANNER)
    shown = fitted(words.letterhead, look, 0.7 * wide)
    half = fonts.natural_width(shown, look.face, look.size) / 2 + (10 if shown else 0)
    if words.logo:
        top = 115.1 - LOGO_ON_COVER[1] / 2
        half = picture.logo(pen, words.logo, wide / 2, top, LOGO_ON_COVER, "center")[0] / 2 + 14
    pen.rule(0, 113.9, wide / 2 - half, 2.5, BANNER)
    pen.rule(wide / 2 + half, 113.9, wide, 2.5, BANNER)
    if shown:
        with pen.tags.element("P"):
            pen.words(wide / 2, 186.0 if words.logo else 120.0, shown, look, "center")


@record
class _Block:
    """A text of the cover in so many lines, centred; ``gap`` is the white space above, ``least`` what must remain."""

    text: str
    style: Style
    most: int
    gap: float
    least: float

    def __post_init__(self) -> None:
        self.lines = balanced(self.text, self.style, styles.WIDTH) if self.text else []
        self.cut(self.most)

    @property
    def high(self) -> float:
        """The height of its lines."""
        return len(self.lines) * self.style.leading

    def cut(self, most: int) -> None:
        """Leave so many lines, the last with an ellipsis when there were more."""
        if len(self.lines) > most:
            look = self.style.look
            lines = broken([Span(self.text, look)], styles.WIDTH)
            last = " ".join(
                "".join(piece.text for piece in line.pieces) for line in lines[most - 1 : most + 1]
            )
            ending = broken([Span(fitted(f"{last}…", look, styles.WIDTH), look)], styles.WIDTH * 2)
            self.lines = [*lines[: most - 1], *ending]


def _cover_blocks(words: Words) -> list[_Block]:
    """What a cover says, from the top down; texts that are empty take no room."""
    draft = _COVER_LINE.but(look=_COVER_LINE.look._replace(colour=DRAFT))
    project = _Block(words.project, _COVER_PROJECT, 2, 0, 0)
    title = _Block(words.title, _COVER_TITLE, 5, 20 if project.lines else _COVER_TITLE_FROM - _COVER_FROM, 10)
    down = _COVER_LINES_FROM - (_COVER_FROM + project.high + title.gap + title.high)
    lines = [
        _Block(", ".join(words.authors), _COVER_LINE, 5, 13, 3),
        _Block(words.handle, _COVER_LINE, 2, 13, 3),
        _Block(f"Latest revision: {words.date}" if words.date else "", _COVER_LINE, 1, 13, 3),
        _Block("D R A F T" if words.draft else "", draft, 1, 19, 6),
    ]
    found = [block for block in lines if block.lines]
    if found:
        found[0].gap, found[0].least = max(55.0, down), 10
    return [block for block in (project, title, *found) if block.lines or block is title]


def _laid_out(blocks: Sequence[_Block], last: float) -> list[tuple[_Block, float]]:
    """The blocks, each with the baseline of its first line; all stand apart, and the last line at ``last`` or above.

    White space gives way first, then the lines of whatever is longest.
    """
    room = last - _COVER_FROM + blocks[-1].style.leading
    while sum(block.high + block.least for block in blocks) > room:
        longest = max(blocks, key=lambda block: len(block.lines))
        longest.cut(len(longest.lines) - 1)
    free = room - sum(block.high + block.least for block in blocks)
    wanted = sum(block.gap - block.least for block in blocks)
    share = min(1.0, free / wanted) if wanted else 1.0
    found, y = [], _COVER_FROM
    for block in blocks:
        y += block.least + share * (block.gap - block.least)
        found.append((block, y))
        y += block.high
    return found
