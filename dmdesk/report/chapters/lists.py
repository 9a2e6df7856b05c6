"""Lists at the end of a plan: the works it cites, the acronyms it uses, and the external interfaces.

What has an address leads there at once, so that nobody looks a handle up twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk.model import Acronym, Document, Interface, Reference
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
INTERFACES = {"Handle": 66.0, "Interface": 202.0, "Other side": 90.0, "Owner": 110.0}
NAMED_AUTHORS = 3
MARK = "?"


# -- references


@chapter("references", "References", order=80, needs="reference")
def references(data: PlanData) -> Iterator[Part]:
    """The works by first author and year, numbered."""
    rows = sorted(data.all(Reference).values(), key=_by_author)
    if not rows:
        yield paragraph("This plan cites nothing yet.", LABEL)
    indent = 8.0 + fonts.natural_width(f"[{len(rows)}]", "regular", ENTRY.look.size)
    for number, row in enumerate(rows, 1):
        marker = ENTRY.span(f"[{number}]")
        yield paragraph(_entry(data, row), ENTRY, indent=indent, marker=marker, anchors=(refer.anchor(row),))


def _by_author(row: Reference) -> tuple[object, ...]:
    first = row.authors[0].casefold() if row.authors else "\uffff"
    return (first, row.year or 9999, trees.natural(row.key), row.id)


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


@chapter("acronyms", "Acronyms", order=90, needs="acronym")
def acronyms(data: PlanData) -> Iterator[Part]:
    """The acronyms in natural order."""
    rows = sorted(data.all(Acronym).values(), key=lambda row: (trees.natural(row.key), row.meaning, row.id))
    if not rows:
        yield paragraph("This plan explains no acronyms yet.", LABEL)
        return
    low, high = ACRONYM_WIDTHS
    widest = max(fonts.natural_width(fonts.printable(row.key[:40]), "bold", TEXT.look.size) for row in rows)
    left = min(max(widest + 4 * PADDING[0], low), high)
    table = _table({"Acronym": left, "Meaning": WIDTH - left}, CLOSE)
    for row in rows:
        meaning = [TEXT.span(_line(row.meaning))]
        if row.note:
            meaning.append(TEXT.span(f"\n{_line(row.note)}", face="italic", colour=MUTED))
        yield _row(table, [[TEXT.span(row.key, face="bold")], meaning], refer.anchor(row))


# -- interfaces


@chapter("interfaces", "External interfaces", order=110, asked=True)
def interfaces(
    data: PlanData, of: Collection[str] = (), findings: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Part]:
    """The interfaces with who is on the other side and who answers for them; ``of`` keeps those of some products."""
    rows = [data.all(Interface)[row.id] for row in data.in_order("interface")]
    rows = [row for row in rows if not of or set(of) & set(row.products)]
    if not rows:
        yield paragraph("This plan has no such interfaces.", LABEL)
        return
    table = _table(INTERFACES)
    for row in rows:
        document = data.all(Document).get(row.document)
        link = refer.link(document) if document else ""
        cells = [
            [TEXT.span(row.key, face="code", colour=LINK, link=link)],
            _interface(data, row),
            [TEXT.span(_line(row.counterpart))],
            _linked(data, "role", row.owner),
        ]
        yield _row(table, cells, refer.anchor(row))


def _interface(data: PlanData, row: Interface) -> list[Span]:
    spans = [TEXT.span(_line(row.name))]
    if row.summary:
        spans.append(TEXT.span(f"\n{_line(row.summary)}", colour=MUTED))
    for at, product in enumerate(row.products):
        spans += [TEXT.span(", " if at else "\nProducts: ", colour=MUTED), *_linked(data, "product", product)]
    return spans


def _linked(data: PlanData, kind: str, link: str) -> list[Span]:
    """The words of a link, leading to what they name or marked when they name nothing."""
    if not link:
        return []
    row = data.get(kind, link)
    words = _line(data.link(kind, link))
    if row is None:
        return [TEXT.span(words), TEXT.span(f"\xa0{MARK}", face="bold", colour=DRAFT)]
    return [TEXT.span(words, colour=LINK, link=refer.link(row))]


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
