"""Product datasheets: a compact block for each product, several on a page, with links to its work and its relations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dmdesk.kinds import kind_of
from dmdesk.model import Product
from dmdesk.report import refer
from dmdesk.report.chapters import chapter
from dmdesk.report.datasheet import Datasheet, Fact, Named, datasheet
from dmdesk.report.parts import Cell, Part, Row, Table, heading, paragraph
from dmdesk.report.styles import CELL, HEADINGS, LABEL
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import DRAFT, HAIRLINE, LINK, MUTED, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

COLUMNS = (82.0, 152.0, 82.0, 152.0)
SHORT = 64
"""Characters of a value that stands beside another one; longer ones take the whole width."""
MANY = 24
"""Links of one sort that are shown; of more their number is told."""
TEXT = CELL.but(after=4.0)
TITLE = HEADINGS[2].but(before=18.0, after=1.0)
PAST = LABEL.but(look=LABEL.look._replace(size=8.0), leading=10.2, after=0.8)
PATH = LABEL.but(look=LABEL.look._replace(size=8.0), leading=10.4, after=3.0)


@chapter("datasheets", "Product datasheets", order=30, asked=True, choose=True)
def datasheets(
    data: PlanData,
    of: Collection[str] = (),
    findings: Mapping[str, Sequence[str]] | None = None,
    history: Mapping[str, Sequence[str]] | None = None,
) -> Iterator[Part]:
    """The datasheets of the products with these ids, or of all.

    ``findings`` are sentences by product id, ``history`` the lines that ``datasheet.history`` makes.
    """
    rows = [row for row in data.in_order("product") if not of or row.id in of]
    if not rows:
        yield paragraph("This plan has no products yet.", LABEL)
    for row in rows:
        product = data.all(Product)[row.id]
        told, open_ = (history or {}).get(row.id, ()), (findings or {}).get(row.id, ())
        yield from _sheet(data, datasheet(data, product, told, open_))


def _anchor(id: str) -> str:
    return safe(f"datasheet-{id}")


def _sheet(data: PlanData, sheet: Datasheet) -> Iterator[Part]:
    title = heading(2, "", sheet.name, _anchor(sheet.id), TITLE, listed=False)
    if sheet.key and sheet.key != sheet.name:
        title.spans = (*title.spans, CELL.span(f"  {sheet.key}", face="code", colour=MUTED))
    yield title
    parts = [*_words(data, sheet), *_table(data, sheet.facts)]
    parts += [*_lines("Open", sheet.findings), *_history(sheet.history)]
    for part in parts[:-1]:
        part.keep = True
    if not parts:
        parts.append(paragraph("The plan says nothing more of it.", PATH))
    yield from parts


def _lines(label: str, lines: Sequence[str]) -> Iterator[Part]:
    for line in lines:
        yield paragraph([TEXT.span(f"{label}: ", face="bold"), TEXT.span(line)], TEXT, before=3.0, after=0.0)


def _history(lines: Sequence[str]) -> Iterator[Part]:
    """What happened to the product, close together below one label, smaller than what it is now."""
    if lines:
        yield paragraph([TEXT.span("History", face="bold")], TEXT, before=5.0, after=1.0)
    for line in lines:
        yield paragraph([PAST.span(line)], PAST, after=0.8)


def _words(data: PlanData, sheet: Datasheet) -> Iterator[Part]:
    if sheet.path:
        spans: list[Span] = []
        for above in sheet.path:
            spans += [PATH.span(" › ")] * bool(spans) + [*_named(data, above, PATH.look.size)]
        yield paragraph(spans, PATH)
    if sheet.description and sheet.description != sheet.name:
        yield paragraph(sheet.description, TEXT)
    if sheet.note:
        yield paragraph([TEXT.span("Note: ", face="bold"), TEXT.span(sheet.note)], TEXT)


def _table(data: PlanData, facts: Sequence[Fact]) -> list[Part]:
    """The facts in a table, short ones two in a row."""
    table = Table(COLUMNS, lambda row, continued: [], padding=(0.0, 1.6))
    rows: list[Part] = []
    waiting: Fact | None = None
    for fact in facts:
        if len(_plain(fact)) > SHORT:
            rows += [_row(data, table, waiting)] * bool(waiting) + [_row(data, table, fact, wide=True)]
            waiting = None
        elif waiting:
            rows.append(_row(data, table, waiting, fact))
            waiting = None
        else:
            waiting = fact
    if waiting:
        rows.append(_row(data, table, waiting))
    return rows


def _plain(fact: Fact) -> str:
    return ", ".join(value.words for value in fact.values)


def _row(data: PlanData, table: Table, *facts: Fact | None, wide: bool = False) -> Row:
    cells = []
    for fact in filter(None, facts):
        cells.append(Cell((CELL.span(fact.label, colour=MUTED),), CELL, head=True))
        cells.append(Cell(_values(data, fact), CELL, span=3 if wide else 1))
    if len(cells) == 2 and not wide:
        cells += [Cell((), CELL), Cell((), CELL)]
    return Row(cells, table=table, rules=(0.4, HAIRLINE))


def _values(data: PlanData, fact: Fact) -> list[Span]:
    spans: list[Span] = []
    for value in fact.values[:MANY]:
        spans += [CELL.span(", ")] * bool(spans) + [*_named(data, value, CELL.look.size, bool(fact.source))]
    if len(fact.values) > MANY:
        spans.append(CELL.span(f" and {len(fact.values) - MANY:,} more", colour=MUTED))
    if fact.source:
        spans.append(CELL.span(" from ", face="italic", colour=MUTED))
        spans += _named(data, fact.source, CELL.look.size, True)
    return spans


def _named(data: PlanData, value: Named, size: float, taken: bool = False) -> Iterator[Span]:
    face, colour = ("italic", MUTED) if taken else ("regular", CELL.look.colour)
    row = data.get(value.kind, value.id) if value.id else None
    if row is None:
        yield CELL.span(value.words, face=face, size=size, colour=colour)
        if value.unresolved:
            yield CELL.span("\xa0?", face="bold", size=size, colour=DRAFT)
        return
    own = f"#{_anchor(row.id)} " if kind_of(row).name == "product" else ""
    yield CELL.span(value.words, face=face, size=size, colour=LINK, link=f"{own}{refer.link(row)}")
