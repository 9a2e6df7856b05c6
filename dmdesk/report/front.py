"""The front matter: abstract, change record and contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dmdesk.model import PlanDocument, Revision
from dmdesk.report import pages, prose
from dmdesk.report.parts import Cell, Heading, Part, Row, Table, Text, heading, paragraph
from dmdesk.report.styles import BODY, CONTENTS, HEADINGS, SMALL, SMALL_HEAD
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import INK, MUTED, Style

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.typeset.pen import Pen

CONTENTS_DEPTH = 3
LABELLED = Style(BODY.look._replace(face="italic"), BODY.leading)
NUMBER_X = (0.0, 16.4, 41.5)
TITLE_X = (16.4, 41.5, 76.4)
LEADER_STEP = 8.36
PAGE_COLUMN = 36.0
LONGEST_ENTRY = 800.0
"""How much of a title the contents show, in points of its length: about two lines."""


def plan_of(data: PlanData) -> PlanDocument:
    """The plan document; an empty one where the plan has none yet."""
    return next(iter(data.all(PlanDocument).values()), PlanDocument("plan"))


def front(data: PlanData, words: pages.Words) -> Iterator[Part]:
    """Abstract and change record, and the control statement where the cover had no room for it."""
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
        "Document curator": data.link("person", plan.curator),
        "Document source location": plan.source_location,
        "Version": plan.version,
    }
    for label, value in facts.items():
        if value:
            yield paragraph(
                [LABELLED.span(f"{label}: "), BODY.span(value)], BODY.but(align="left", after=0.0), before=4.0
            )


def contents(entries: Iterable[tuple[Heading, str]]) -> Iterator[Part]:
    """The contents: (heading, page number) in the order of the document."""
    yield heading(1, "", "Contents", "contents", HEADINGS[0], listed=False)
    for entry, page in entries:
        level = min(entry.level, CONTENTS_DEPTH) - 1
        look = CONTENTS.look._replace(face="bold") if level == 0 else CONTENTS.look
        wide = fonts.natural_width(entry.number, look.face, look.size)
        indent = max(TITLE_X[level], NUMBER_X[level] + wide + 8.0) if entry.number else NUMBER_X[level]
        title = fitted(entry.title, look, LONGEST_ENTRY)
        yield Entry(
            [CONTENTS.span(title, face=look.face)], style=CONTENTS.but(look=look), indent=indent,
            before=6.0 if level == 0 else 0.0, number=entry.number, number_x=NUMBER_X[level], page=page,
            target=entry.anchor, role="TOCI",
        )  # fmt: skip


@dataclass
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
        while dot < width - PAGE_COLUMN + 8:
            pen.words(x + dot, baseline, ".", self.style.look)
            dot += LEADER_STEP
