"""The front matter: abstract, change record and contents."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.model import PlanDocument, Revision
from dmdesk.report import pages, prose
from dmdesk.report.flow import Filled, fill
from dmdesk.report.parts import Caption, Cell, Heading, Part, Row, Table, Text, heading, paragraph
from dmdesk.report.styles import BODY, CONTENTS, HEADINGS, SMALL, SMALL_HEAD
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import INK, LINK, MUTED, Style
from dmdesk.values import field, record

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.typeset.pen import Pen

MOST_PAGES = 4
"""How many pages the contents may take."""
SPARSE = 0.15
"""The share of a text block below which a last page is saved by setting the lists closer."""
LIST, CLOSE_LIST = CONTENTS.but(leading=15.0, after=3.0), CONTENTS.but(leading=13.6, after=1.5)
LABELLED = Style(BODY.look._replace(face="italic"), BODY.leading)
NUMBER_X = (0.0, 16.4, 41.5, 76.4)
TITLE_X = (16.4, 41.5, 76.4, 118.0)
LEADER_STEP = 8.36
PAGE_COLUMN = 36.0
LONGEST_ENTRY = 800.0
"""How much of a title the contents show, in points of its length: about two lines."""


def plan_of(data: PlanData) -> PlanDocument:
    """The plan document; an empty one where the plan has none yet."""
    return next(iter(data.all(PlanDocument).values()), PlanDocument("plan"))


def front(data: PlanData, words: pages.Words) -> Iterator[Iterator[Part]]:
    """Abstract and change record, and the control statement where the cover had no room for it.

    They share a page where the abstract is short, so that no page of the front matter is nearly empty.
    """
    yield _front(data, words)


def _front(data: PlanData, words: pages.Words) -> Iterator[Part]:
    plan = plan_of(data)
    if not pages.statement_fits(words):
        yield heading(1, "", "Change control", "control-statement", HEADINGS[0])
        yield paragraph(pages.statement(words), BODY)
    if plan.abstract:
        yield heading(1, "", "Abstract", "abstract", HEADINGS[0])
        yield from prose.parts(data, plan.abstract, "abstract")
    if plan.copyright:
        yield paragraph(plan.copyright, BODY)
    yield heading(1, "", "Change record", "change-record", HEADINGS[0])
    yield from _record(data)
    yield from _source(data, plan)


def _record(data: PlanData) -> Iterator[Part]:
    titles = ("Version", "Date", "Description", "Owner")
    cells = [Cell((SMALL_HEAD.span(title),), SMALL_HEAD) for title in titles]

    def head(row: Row, continued: bool) -> list[Row]:
        return [Row(cells, table=row.table, rules=(1.2, INK))]

    table = Table((54.0, 74.0, 224.0, 116.0), head, padding=(5.98, 2.0), grid=True)
    revisions = [data.all(Revision)[row.id] for row in data.in_order("revision")]
    for one in revisions:
        texts = (one.version, one.date, one.description, one.owner)
        after = 20.0 if one is revisions[-1] else 0.0
        yield Row(
            [Cell((SMALL.span(text),), SMALL) for text in texts], table=table, rules=(0.4, INK), after=after
        )
    if not revisions:
        yield paragraph("No release is recorded yet.", SMALL.but(look=SMALL.look._replace(colour=MUTED)))


def _source(data: PlanData, plan: PlanDocument) -> Iterator[Part]:
    facts = {
        "Document curator": (data.link("person", plan.curator), ""),
        "Document source location": (plan.source_location, plan.source_location),
        "Version": (plan.version, ""),
        "Cite as": (_cite(plan), ""),
    }
    for label, (value, address) in facts.items():
        if value:
            look = {"link": address.replace(" ", "%20"), "colour": LINK} if address else {}
            words = [LABELLED.span(f"{label}: "), BODY.span(value, **look)]
            yield paragraph(words, BODY.but(align="left", after=0.0), before=4.0)


def _cite(plan: PlanDocument) -> str:
    """How others should cite this version: authors, year, title, handle and version."""
    if not (plan.handle and plan.title):
        return ""
    first, *others = plan.authors or ("",)
    authors = f"{first} et al." if len(others) > 1 else ", ".join([first, *others])
    version = f"version {plan.version}" if plan.version else ""
    return ", ".join(filter(None, (authors, plan.date[:4], plan.title, plan.handle, version)))


# -- contents and the lists of tables and figures


def listings(
    headings: Sequence[tuple[Heading, str]],
    captions: Sequence[tuple[Caption, str]],
    block: tuple[float, float],
) -> list[Filled]:
    """The pages of the contents and of the lists of tables and figures: (heading or caption, page number) in order.

    The contents take at most ``MOST_PAGES``: longer ones are set closer first, then go less deep.
    """
    for depth, leading in ((5, 16.94), (4, 16.94), (4, 14.2), (3, 14.2), (2, 14.2), (1, 14.2)):
        if len(fill(_contents(headings, depth, leading), *block)) <= MOST_PAGES:
            break
    entries = [*_contents(headings, depth, leading)]
    filled = fill([*entries, *_lists(captions, LIST)], *block)
    if _sparse(filled[-1], *block):
        closer = fill([*entries, *_lists(captions, CLOSE_LIST)], *block)
        return closer if len(closer) < len(filled) else filled
    return filled


def _sparse(page: Filled, width: float, height: float) -> bool:
    """Whether a page is hardly worth turning to."""
    return max((y + part.height(width) for y, part in page.placed), default=0.0) < SPARSE * height


def _lists(captions: Sequence[tuple[Caption, str]], style: Style) -> Iterator[Part]:
    yield from _listed("List of tables", "Table", captions, style)
    yield from _listed("List of figures", "Figure", captions, style)


def _contents(entries: Iterable[tuple[Heading, str]], depth: int, leading: float) -> Iterator[Part]:
    yield heading(1, "", "Contents", "contents", HEADINGS[0], listed=False)
    style = CONTENTS.but(leading=leading)
    for entry, page in entries:
        if entry.level > depth:
            continue
        level = entry.level - 1
        at = min(level, len(NUMBER_X) - 1)
        look = style.look._replace(face="bold") if level == 0 else style.look
        wide = fonts.natural_width(entry.number, look.face, look.size)
        indent = max(TITLE_X[at], NUMBER_X[at] + wide + 8.0) if entry.number else NUMBER_X[at]
        title = fitted(entry.title, look, LONGEST_ENTRY)
        yield Entry(
            [style.span(title, face=look.face)], style=style.but(look=look), indent=indent,
            before=5.0 if level == 0 else 0.0, number=entry.number, number_x=NUMBER_X[at], page=page,
            target=entry.anchor, role="TOCI",
        )  # fmt: skip


def _listed(title: str, word: str, captions: Sequence[tuple[Caption, str]], style: Style) -> Iterator[Part]:
    """The list of the captions whose label begins with a word."""
    own = [(one, page) for one, page in captions if one.named.startswith(word)]
    if not own:
        return
    yield heading(1, "", title, f"list-of-{word.lower()}s", HEADINGS[0], listed=False)
    widest = max(fonts.natural_width(one.named, "regular", CONTENTS.look.size) for one, _ in own)
    for one, page in own:
        words = fitted(one.title, CONTENTS.look, 1.4 * LONGEST_ENTRY)
        yield Entry(
            [CONTENTS.span(words)], style=style, indent=widest + 12.0, number=one.named,
            page=page, target=one.target, after=style.after, role="TOCI",
        )  # fmt: skip


@record
class Entry(Text):
    """A line of the contents: number, title, leader and page, all of it one link."""

    number: str = field(default="", kw_only=True)
    number_x: float = field(default=0.0, kw_only=True)
    page: str = field(default="", kw_only=True)
    target: str = field(default="", kw_only=True)

    def height(self, width: float) -> float:
        return super().height(width - PAGE_COLUMN)

    def least(self, width: float) -> float:
        return super().least(width - PAGE_COLUMN)

    def split(self, width: float, room: float, *, force: bool) -> tuple[Part, Part] | None:
        return super().split(width - PAGE_COLUMN, room, force=force)

    def look(self, width: float) -> Hashable:
        own = super().look(width - PAGE_COLUMN)
        return own, self.number, self.number_x, self.page, self.target, self.spans[0].text

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        lines, look = self.lines(width - PAGE_COLUMN), self.style.look
        last = y + (len(lines) - 1) * self.style.leading + look.size
        box = (x + self.number_x, y, x + width, y + self.height(width))
        said = f"{self.number} {self.spans[0].text}, page {self.page}".strip()
        with pen.tags.element("Reference"), pen.linked(box, f"#{self.target}", said):
            if self.number:
                with pen.tags.element("Lbl"):
                    pen.words(x + self.number_x, y + look.size, self.number, look)
            pen.lines(lines, x + self.indent, y, self.style, width)
            with pen.artifact():
                self._leader(pen, x, last, width, lines[-1].width)
            pen.words(x + width, last, self.page, look, "right")

    def _leader(self, pen: Pen, x: float, baseline: float, width: float, used: float) -> None:
        """The dots that lead the eye to the page number, one below the other on all lines."""
        if self.style.look.face == "bold":
            return
        start = x + self.indent + used + 6
        dot = int((start - x) / LEADER_STEP + 1) * LEADER_STEP
        count = int((width - PAGE_COLUMN + 8 - dot) / LEADER_STEP) + 1
        if count > 0:
            pen.apart(x + dot, baseline, "." * count, self.style.look, LEADER_STEP)
