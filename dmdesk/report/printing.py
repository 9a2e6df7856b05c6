"""Printing: stretches of parts to sheets, sheets to one PDF.

All is laid out before anything is drawn: the contents know their page numbers and a link knows whether what it
names is printed, and each page is drawn once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING

from dmdesk.control.statement import notice, statement
from dmdesk.exchange import carried
from dmdesk.kinds import kinds
from dmdesk.model import PlanDocument
from dmdesk.pictures.pixels import pixels
from dmdesk.report import Options, Place, Printed, body, pages, styles
from dmdesk.report.chapters import Chapter
from dmdesk.report.flow import Filled, fill
from dmdesk.report.front import front, listings, plan_of
from dmdesk.report.laying import laid
from dmdesk.report.pages import Sheet, Words
from dmdesk.report.parts import Caption, Heading, Part, paragraph
from dmdesk.report.styles import LABEL
from dmdesk.report.tagging import Tagger
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.looks import TITLE, Look, Style
from dmdesk.typeset.pen import Pen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report.kept import Kept

Tick = Callable[[float, str], None]
"""Told how far printing is, from 0 to 1, and what is being done; it may raise to give up."""

LANGUAGE = "en"
DRAWING = 0.6
"""The share of the work that is done when drawing begins."""
_TITLE = Style(Look("bold", 17.22, TITLE), 21.5, 0, 8.0, "center")


def document(
    data: PlanData, chapters: Sequence[Chapter], options: Options, tick: Tick, kept: Kept | None = None
) -> Printed:
    """The PDF, with where rows stand.

    A whole plan has cover and front matter; chosen chapters stand alone below a small title. ``kept``: what is kept of
    the document before, for one without tags.
    """
    if options.tagged:  # parts remember their elements, which are those of one document
        kept = None
    if kept:
        data = kept.begin(data, options)
    carry = carried.enclosed(data, options.schema) if options.embed else None  # first, while memory is free
    plan = plan_of(data)
    words = _words(data, plan, options)
    size = styles.PAPERS[options.paper]
    whole = not options.only
    stretches = body.whole(data, chapters, kept) if whole else body.alone(data, chapters)
    pages_of_body = _body(stretches, len(chapters), words, whole, size, tick, kept)
    for number, sheet in enumerate(pages_of_body, 1):
        sheet.number = f"page {number} of {len(pages_of_body)}"
    matter = _front(data, words, pages_of_body, size) if whole else []
    sheets = matter + pages_of_body
    anchors = {name for sheet in sheets for _, part in sheet.filled.marked() for name in part.anchors}
    drawn = kept.pages if kept else None
    if drawn:
        drawn.begin(words)
    pen = Pen(anchors, _facts(plan), tagged=options.tagged, kept=drawn)
    tagger = Tagger(pen)
    if matter:
        pen.navigation.number_pages(0, "r")
    pen.navigation.number_pages(len(matter), "D")
    if carry:
        pen.enclose(carry)
    places: list[Place] = []
    for page, sheet in enumerate(sheets):
        tick(DRAWING + (1 - DRAWING) * page / len(sheets), f"Drawing page {page + 1} of {len(sheets)}")
        pages.draw(pen, sheet, words, tagger)
        places += _places(data, page, sheet)
        if not kept:  # of a long plan, what was laid out takes more memory than all that is drawn
            sheet.filled.let_go()
    tagger.finish()
    if kept:
        kept.end()
    return Printed(pen.data(), len(sheets), tuple(places), pen.bookmarks(), tuple(pen.faces))


def _places(data: PlanData, page: int, sheet: Sheet) -> Iterator[Place]:
    """Where rows of the plan stand on a page, from the top down."""
    known, width = kinds(), pages.block(sheet.size)[0]
    for y, part in sheet.filled.marked():
        for anchor in part.anchors:
            kind, _, id = anchor.partition("-")
            if kind in known and data.get(kind, id) is not None:
                top = styles.TOP + y
                yield Place(page, top, top + part.height(width), kind, id)


def _words(data: PlanData, plan: PlanDocument, options: Options) -> Words:
    draft = plan.state == "draft" if options.draft is None else options.draft
    return Words(
        plan.project, plan.title, plan.short_title, plan.handle, plan.date, plan.letterhead, plan.authors,
        statement(data, plan), notice(data, plan), draft, pixels(plan.logo),
    )  # fmt: skip


# -- the body


def _body(
    stretches: Iterable[body.Stretch],
    expected: int,
    words: Words,
    whole: bool,
    size: tuple[float, float],
    tick: Tick,
    kept: Kept | None,
) -> list[Sheet]:
    sheets: list[Sheet] = []
    turned = size[::-1]
    for place, stretch in enumerate(stretches):
        done = DRAWING * min(place / max(expected, 1), 1.0)

        def still(done: float = done, words: str = f"Laying out: {stretch.title}") -> None:
            tick(done, words)

        parts: Iterable[Part] = stretch.parts
        if place == 0 and words.title:
            parts = _titled(words, parts, whole)
        upright, lying = pages.block(size), pages.block(turned)
        own, other = (lying, upright) if stretch.landscape else (upright, lying)
        if kept:
            lay = partial(laid, parts, own, other, still)
            filled = kept.pages_of(f"{stretch.landscape} {stretch.title}", lay).pages
        else:
            filled = fill(parts, *own, still, other)
        sheets += _sheets(filled, turned if stretch.landscape else size, sheets)
    return sheets


def _titled(words: Words, parts: Iterable[Part], whole: bool) -> Iterator[Part]:
    """The parts below the title of the plan, which the cover explains or a line does where there is no cover."""
    yield paragraph(words.title, _TITLE, keep=True)
    if not whole:
        facts = (words.handle, words.revision, "draft" if words.draft else "")
        yield paragraph("  ·  ".join(filter(None, facts)), LABEL.but(align="center"), keep=True)
    yield from parts


def _sheets(filled: list[Filled], size: tuple[float, float], before: Sequence[Sheet] = ()) -> list[Sheet]:
    """Sheets with the words that say in the header what part of the plan they show.

    That is the heading in force where the page begins or, if none is, the first on it.
    """
    sheets = []
    chapter, within = before[-1].within if before else ("", "")
    for page in filled:
        headings = [part for _, part in page.marked() if isinstance(part, Heading) and part.anchors]
        captions = [part for _, part in page.marked() if isinstance(part, Caption) and part.target]
        fresh = list(takewhile(lambda part: isinstance(part, Heading), (part for _, part in page.placed)))
        shown = [chapter, within]
        for one in headings:
            top = one.level == 1
            if not shown[0 if top else 1] or one in fresh:
                shown = [_named(one), ""] if top else [shown[0], _named(one)]
            chapter, within = (_named(one), "") if top else (chapter, _named(one))
        running = "  ·  ".join(filter(None, shown))
        own = size[::-1] if page.turned else size
        sheets.append(
            Sheet(own, page, running=running, headings=headings, captions=captions, within=(chapter, within))
        )
    return sheets


def _named(one: Heading) -> str:
    return f"{one.number} {one.title}".strip()


# -- the front matter


def _front(data: PlanData, words: Words, body: list[Sheet], size: tuple[float, float]) -> list[Sheet]:
    block = pages.block(size)
    headings = [
        (one, str(number)) for number, sheet in enumerate(body, 1) for one in sheet.headings if one.listed
    ]
    captions = [(one, str(number)) for number, sheet in enumerate(body, 1) for one in sheet.captions]
    sheets = [Sheet(size, Filled(), cover=True)]
    for chapter in front(data, words):
        sheets += _sheets(fill(chapter, *block), size)
    sheets += _sheets(listings(headings, captions, block), size)
    for number, sheet in enumerate(sheets, 1):
        sheet.number = roman(number)
    return sheets


def roman(number: int) -> str:
    """A number in small roman numerals."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i")
    text = ""
    for value, sign in zip(values, signs, strict=True):
        count, number = divmod(number, value)
        text += sign * count
    return text


def _facts(plan: PlanDocument) -> Facts:
    """What the file says about itself."""
    subject = " ".join(filter(None, (plan.project, plan.handle, plan.version)))
    title = plan.title or plan.handle or "Plan"
    return Facts(title, plan.authors, subject, plan.handle, plan.date, LANGUAGE)
