"""Printing: chapters to sheets, sheets to one PDF.

All is laid out before anything is drawn: the contents know their page numbers and a link knows whether what it
names is printed, and each page is drawn once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.exchange import carried
from dmdesk.kinds import kinds
from dmdesk.model import PlanDocument, Section
from dmdesk.report import Place, pages, prose, refer, styles
from dmdesk.report.chapters import Chapter
from dmdesk.report.flow import Filled, fill
from dmdesk.report.front import contents, front, plan_of
from dmdesk.report.pages import Sheet, Words
from dmdesk.report.parts import Heading, Part, heading, paragraph
from dmdesk.report.styles import HEADINGS, LABEL
from dmdesk.report.tagging import Tagger
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.looks import TITLE, Look, Style
from dmdesk.typeset.pen import Pen

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

Tick = Callable[[float, str], None]
"""Told how far printing is, from 0 to 1, and what is being done; it may raise to give up."""

LANGUAGE = "en"
DRAWING = 0.6
"""The share of the work that is done when drawing begins."""
_TITLE = Style(Look("bold", 17.22, TITLE), 21.5, 0, 8.0, "center")


def document(
    data: PlanData, chapters: Sequence[Chapter], *, whole: bool, tick: Tick, embed: bool = True
) -> tuple[bytes, int, tuple[Place, ...]]:
    """The PDF, its number of pages and where rows stand.

    ``whole``: with cover and front matter; otherwise the chapters alone below a small title.
    ``embed``: the file carries the plan.
    """
    plan = plan_of(data)
    words = _words(plan)
    if whole:
        chapters = [one for one in chapters if not one.needs or data.rows(one.needs) or _section(data, one)]
    body = _body(data, chapters, words, whole, tick)
    for number, sheet in enumerate(body, 1):
        sheet.number = f"page {number} of {len(body)}"
    matter = _front(data, words, body) if whole else []
    sheets = matter + body
    anchors = {name for sheet in sheets for _, part in sheet.filled.placed for name in part.anchors}
    pen = Pen(anchors, _facts(plan))
    tagger = Tagger(pen)
    if matter:
        pen.navigation.number_pages(0, "r")
    pen.navigation.number_pages(len(matter), "D")
    if embed:
        pen.enclose(carried.enclosed(data))
    for done, sheet in enumerate(sheets):
        tick(DRAWING + (1 - DRAWING) * done / len(sheets), f"Drawing page {done + 1} of {len(sheets)}")
        pages.draw(pen, sheet, words, tagger)
    tagger.finish()
    return pen.data(), len(sheets), _places(data, sheets)


def _places(data: PlanData, sheets: Sequence[Sheet]) -> tuple[Place, ...]:
    """Where each row of the plan stands, in the order of the document."""
    known = kinds()
    found = []
    for page, sheet in enumerate(sheets):
        width = pages.block(sheet.size)[0]
        for y, part in sheet.filled.placed:
            for anchor in part.anchors:
                kind, _, id = anchor.partition("-")
                if kind in known and data.get(kind, id) is not None:
                    top = styles.TOP + y
                    found.append(Place(page, top, top + part.height(width), kind, id))
    return tuple(found)


def _words(plan: PlanDocument) -> Words:
    return Words(
        plan.project, plan.title, plan.short_title, plan.handle, plan.date, plan.letterhead, plan.authors,
        plan.control_statement, plan.control_notice, plan.state == "draft",
    )  # fmt: skip


# -- the body


def _body(data: PlanData, chapters: Sequence[Chapter], words: Words, whole: bool, tick: Tick) -> list[Sheet]:
    sheets: list[Sheet] = []
    for place, chapter in enumerate(chapters, 1):
        size = styles.LANDSCAPE if chapter.landscape else styles.PORTRAIT
        done = DRAWING * (place - 1) / len(chapters)

        def still(done: float = done, words: str = f"Laying out: {chapter.title}") -> None:
            tick(done, words)

        parts = _chapter(data, chapter, place)
        if place == 1 and words.title:
            parts = _titled(words, parts, whole)
        sheets += _sheets(fill(parts, *pages.block(size), still), size)
    return sheets


def _chapter(data: PlanData, chapter: Chapter, place: int) -> Iterator[Part]:
    """A chapter with its heading: number, title and the text around it are those of the section that asks for it."""
    section = _section(data, chapter)
    number = trees.section_numbers(data)[section.id] if section else str(place)
    title = section.title if section else chapter.title
    made = heading(1, number, title, f"chapter-{chapter.name}", HEADINGS[0])
    before, _, after = section.body.partition(_mark(chapter)) if section else ("", "", "")
    if section:
        made.anchors += (refer.anchor(section),)
    yield made
    yield from prose.parts(data, before, f"{chapter.name}-before")
    yield from chapter.make(data)
    yield from prose.parts(data, after, f"{chapter.name}-after")


def _mark(chapter: Chapter) -> str:
    return f"{{{{{chapter.name}}}}}"


def _section(data: PlanData, chapter: Chapter) -> Section | None:
    """The section that holds the chapter's place."""
    return next((one for one in data.all(Section).values() if _mark(chapter) in one.body), None)


def _titled(words: Words, parts: Iterator[Part], whole: bool) -> Iterator[Part]:
    """The parts below the title of the plan, which the cover explains or a line does where there is no cover."""
    yield paragraph(words.title, _TITLE, keep=True)
    if not whole:
        facts = (words.handle, words.revision, "draft" if words.draft else "")
        yield paragraph("  ·  ".join(filter(None, facts)), LABEL.but(align="center"), keep=True)
    yield from parts


def _sheets(filled: list[Filled], size: tuple[float, float]) -> list[Sheet]:
    """Sheets with the words that say in the header what part of the plan they show.

    That is the heading in force where the page begins or, if none is, the first on it.
    """
    sheets = []
    chapter = within = ""
    for page in filled:
        headings = [part for _, part in page.placed if isinstance(part, Heading) and part.anchors]
        fresh = list(takewhile(lambda part: isinstance(part, Heading), (part for _, part in page.placed)))
        shown = [chapter, within]
        for one in headings:
            top = one.level == 1
            if not shown[0 if top else 1] or one in fresh:
                shown = [one.title, ""] if top else [shown[0], _named(one)]
            chapter, within = (one.title, "") if top else (chapter, _named(one))
        sheets.append(Sheet(size, page, running="  ·  ".join(filter(None, shown)), headings=headings))
    return sheets


def _named(one: Heading) -> str:
    return f"{one.number} {one.title}".strip()


# -- the front matter


def _front(data: PlanData, words: Words, body: list[Sheet]) -> list[Sheet]:
    size = styles.PORTRAIT
    block = pages.block(size)
    entries = [
        (one, str(number))
        for number, sheet in enumerate(body, 1)
        for one in sheet.headings
        if one.listed and one.level <= 3
    ]
    sheets = [Sheet(size, Filled(), cover=True)]
    sheets += _sheets(fill(front(data, words), *block), size)
    sheets += _sheets(fill(contents(entries), *block), size)
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
