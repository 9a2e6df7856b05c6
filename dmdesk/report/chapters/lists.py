"""Lists at the end of a plan: the works it cites and the acronyms it uses.

What has an address leads there at once, so that nobody looks a handle up twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.checks.acronyms import needless, unexplained
from dmdesk.manuscript import outline
from dmdesk.model import Acronym, Document, Reference
from dmdesk.report import refer
from dmdesk.report.chapters import chapter
from dmdesk.report.parts import Cell, Part, Row, Table, head_rules, paragraph
from dmdesk.report.styles import BODY, CELL, CELL_HEAD, LABEL
from dmdesk.typeset import fonts
from dmdesk.typeset.looks import DRAFT, INK, LINK, MUTED, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

ENTRY = BODY.but(look=BODY.look._replace(size=9.96), leading=14.0, after=6.0, align="left")
TEXT = CELL.but(look=CELL.look._replace(size=9.0), leading=12.0)
HEAD = CELL_HEAD.but(look=CELL_HEAD.look._replace(size=9.0), leading=12.0)
WIDTH = 468.0
PADDING = (4.0, 3.0)
CLOSE = (4.0, 1.8)
ACRONYM_WIDTHS = (60.0, 160.0)
NAMED_AUTHORS = 3


# -- references


@chapter("references", "References", order=80, needs="reference")
def references(data: PlanData) -> Iterator[Part]:
    """The works by first author and year, numbered."""
    rows, numbers = data.all(Reference), outline.works(data)
    if not rows:
        yield paragraph("This plan cites nothing yet.", LABEL)
    indent = 8.0 + fonts.natural_width(f"[{len(rows)}]", "regular", ENTRY.look.size)
    for id, number in numbers.items():
        row = rows[id]
        marker = ENTRY.span(f"[{number}]")
        yield paragraph(_entry(data, row), ENTRY, indent=indent, marker=marker, anchors=(refer.anchor(row),))


def _entry(data: PlanData, row: Reference) -> list[Span]:
    """**Handle**, authors, year, *title*, where it appeared, address; what is not known is left out."""
    address = row.url or (f"https://doi.org/{row.doi}" if row.doi else "")
    document = data.all(Document).get(row.document)
    address = address or (document.url if document else "")
    link, place = address.replace(" ", "%20"), f"doi:{row.doi}" if row.doi else address
    colour = LINK if link else INK
    shown = [
        [ENTRY.span(row.key, face="bold", colour=colour, link=link)] if row.document else [],
        [ENTRY.span(_authors(row.authors))] if row.authors else [],
        [ENTRY.span(str(row.year))] if row.year else [],
        [ENTRY.span(_line(row.name or row.key), face="italic")],
        [ENTRY.span(_line(row.venue))] if row.venue else [],
        [ENTRY.span(place, face="code", colour=colour, link=link)] if address else [],
    ]
    spans: list[Span] = []
    for some in filter(None, shown):
        spans += [ENTRY.span(", "), *some] if spans else some
    return spans


def _authors(names: Sequence[str]) -> str:
    """The names; of more than three, the first and the sign that there are more."""
    many = len(names) > NAMED_AUTHORS and names[NAMED_AUTHORS] != "et al."
    return _line(", ".join([*names[:NAMED_AUTHORS], "et al."] if many else names))


# -- acronyms


@chapter("acronyms", "Acronyms", order=90, needs="acronym", caption="Acronyms used in this plan")
def acronyms(data: PlanData) -> Iterator[Part]:
    """The acronyms that the plan uses, in natural order, and those it uses without explaining them."""
    left_out = {row.id for row in needless(data)}
    rows = sorted(
        (row for row in data.all(Acronym).values() if row.id not in left_out),
        key=lambda row: (trees.natural(row.key), row.meaning, row.id),
    )
    if not rows:
        yield paragraph("This plan explains no acronyms that it uses.", LABEL)
        return
    missing = unexplained(data)
    if missing:
        words = [LABEL.span("Used, but not explained here: "), LABEL.span(", ".join(missing), colour=DRAFT)]
        yield paragraph(words, LABEL.but(align="left"))
    low, high = ACRONYM_WIDTHS
    widest = max(fonts.natural_width(fonts.printable(row.key[:40]), "bold", TEXT.look.size) for row in rows)
    left = min(max(widest + 4 * PADDING[0], low), high)
    table = _table({"Acronym": left, "Meaning": WIDTH - left}, CLOSE)
    for row in rows:
        meaning = [TEXT.span(_line(row.meaning))]
        if row.note:
            meaning.append(TEXT.span(f"\n{_line(row.note)}", face="italic", colour=MUTED))
        yield _row(table, [[TEXT.span(row.key, face="bold")], meaning], refer.anchor(row))


# -- tables


def _table(columns: Mapping[str, float], padding: tuple[float, float] = PADDING) -> Table:
    def head(following: Row, continued: bool) -> list[Row]:
        cells = [Cell((HEAD.span(title),), HEAD) for title in columns]
        return [Row(cells, table=following.table, rules=head_rules())]

    return Table(tuple(columns.values()), head, padding=padding)


def _row(table: Table, cells: Sequence[Sequence[Span]], anchor: str) -> Row:
    return Row([Cell(spans, TEXT) for spans in cells], table=table, anchors=(anchor,))


def _line(text: str) -> str:
    return text.replace("\n", " ")
