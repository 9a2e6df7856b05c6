"""Traceability: which requirements above each requirement follows from, and the same links from above.

Both chapters are one function over one set of trace links, read from either end, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk import trees
from dmdesk import types as t
from dmdesk.manuscript import tracing
from dmdesk.manuscript.tracing import DOWN, GAP, MARK, NO_SOURCE, NOT_HERE, UP, Way
from dmdesk.model import Document, Requirement, Trace
from dmdesk.report import refer
from dmdesk.report.chapters import chapter
from dmdesk.report.grouped import CONTINUED, Texts, group, shortened
from dmdesk.report.parts import Cell, Part, Row, Table, head_rules, paragraph
from dmdesk.report.styles import CELL, CELL_HEAD, LABEL
from dmdesk.typeset import fonts
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import DRAFT, LINK, MUTED, TINT, Look, Span

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

WIDTH = 468.0
PADDING = (4.0, 2.6)
CODE_WIDTHS = (40.0, 104.0)
"""How narrow and how wide a column of codes may be."""
TEXT = CELL.but(look=CELL.look._replace(size=9.0), leading=11.8)
CODE = TEXT.look._replace(face="code", colour=LINK)
HEAD = CELL_HEAD.but(look=CELL_HEAD.look._replace(size=9.0), leading=12.0)
LEGEND = f"{MARK} after words: they name no requirement of this plan and are printed as they were typed."


@chapter("trace-down", "Traceability of requirements to those above them", order=30, needs="trace",
         caption="Requirements, and those above that each follows from")  # fmt: skip
def trace_down(data: PlanData) -> Iterator[Part]:
    """Each lower requirement with those it follows from."""
    return _matrix(data, DOWN)


@chapter("trace-up", "Traceability of requirements to those below them", order=40, needs="trace",
         caption="Requirements, and those below that follow from each")  # fmt: skip
def trace_up(data: PlanData) -> Iterator[Part]:
    """Each upper requirement with those that follow from it."""
    return _matrix(data, UP)


# -- the table


def _matrix(data: PlanData, way: Way) -> Iterator[Part]:
    found = tracing.linked(data, way)
    if not data.all(Trace):
        yield paragraph("No requirement of this plan traces to another yet.", LABEL)
        return
    sources = tracing.by_source(data, found)
    yield paragraph(_summary(data, way, found), LABEL, keep=True)
    table = _table(data, way)
    several = len(sources) > 1
    for source, ids in sources.items():
        path = (source,) if several else ()
        if several:
            yield _source_row(data, table, source)
        for id in ids:
            texts = [
                _texts(data, getattr(trace, way.other), way.back, trace)
                for trace in sorted(
                    found[id], key=lambda trace: tracing.place(data, getattr(trace, way.other))
                )
            ]
            members = texts or [_gap(data.all(Requirement)[id].derived if way is DOWN else "")]
            own = _texts(data, id, way.back)
            yield group(table, TEXT, own, members, anchors=_anchors(data, way, id), path=path)


def _summary(data: PlanData, way: Way, found: dict[str, list[Trace]]) -> str:
    """The counts, and the legend of the mark where there is anything to mark."""
    said = tracing.untraced(data, way, found)
    strays = any(
        t.unresolved(link) for trace in data.all(Trace).values() for link in (trace.requirement, trace.parent)
    )
    return f"{said} {LEGEND}" if strays else said


def _table(data: PlanData, way: Way) -> Table:
    left = _code_width(data, way.own)
    right = _code_width(data, way.other)
    name = (WIDTH - left - right) / 2
    widths = (left, name, right, name)
    titles = (f"Requirement{_of(data, way.own)}", f"{way.verb}{_of(data, way.other)}")

    def head(following: Row, continued: bool) -> list[Row]:
        cells = [
            Cell((HEAD.span(fitted(title, HEAD.look, wide - 2 * PADDING[0])),), HEAD, span=2)
            for title, wide in zip(titles, (left + name, right + name), strict=True)
        ]
        heads = [Row(cells, table=following.table, rules=head_rules())]
        if continued and following.path:
            heads.append(_source_row(data, following.table, following.path[0], continued=True))
        return heads

    return Table(widths, head, padding=PADDING)


def _code_width(data: PlanData, end: str) -> float:
    """The width of a column for the codes at one end of the links."""
    ends = {getattr(trace, end) for trace in data.all(Trace).values()}
    longest = sorted({tracing.words(data, id) for id in ends}, key=lambda code: (len(code), code))[-5:]
    size = TEXT.look.size
    wides = [fonts.natural_width(fonts.printable(code), "code", size) for code in longest]
    wide = max(fonts.natural_width(f"{GAP} not traced", "regular", size), *wides)
    low, high = CODE_WIDTHS
    return min(max(wide + 2 * PADDING[0] + 3, low), high)


def _of(data: PlanData, end: str) -> str:
    """Of which documents the requirements at one end are, for a column's head."""
    handles = sorted(
        (tracing.handle(data, source) for source in tracing.sources_of(data, end) if source),
        key=trees.natural,
    )
    if not handles or len(handles) > 3:
        return ""
    return f" ({', '.join(handles)})"


def _source_row(data: PlanData, table: Table | None, source: str, *, continued: bool = False) -> Row:
    """The light heading above the requirements of one document, which leads to that document."""
    row = data.all(Document).get(source)
    bold = TEXT.look._replace(face="bold")
    if row and row.key:
        look = Look("code bold", TEXT.look.size, LINK, refer.link(row))
        if continued:  # what is said again is decoration, which leads nowhere
            look = Look("code bold", TEXT.look.size)
        spans = [Span(row.key, look), Span(f" {_line(row.name)}", bold)]
    else:
        spans = [Span(source if source in (NO_SOURCE, NOT_HERE) else tracing.handle(data, source), bold)]
    if continued:
        spans = [*shortened(spans, TEXT), TEXT.span(CONTINUED, face="italic", colour=MUTED)]
    return Row([Cell(spans, TEXT, span=4)], table=table, tint=TINT, keep=True)


# -- one requirement


def _texts(data: PlanData, id: str, chapter: str, trace: Trace | None = None) -> Texts:
    """Code and name of a requirement, the code leading to its row in a chapter; a link's reason follows the name."""
    row = data.all(Requirement).get(id)
    name = [Span(_line(row.name), TEXT.look)] if row else []
    if trace and trace.rationale:
        name.append(TEXT.span(f"\n{_line(trace.rationale)}", face="italic", colour=MUTED))
    if row is None:
        typed = tracing.words(data, id) or "nothing named"
        return [
            TEXT.span(_line(typed), face="code"),
            TEXT.span(f"\xa0{MARK}", face="bold", colour=DRAFT),
        ], name
    link = f"#{_anchor(chapter, id)}"
    return [Span(row.key or "no code", CODE._replace(link=link))], name


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _gap(meant: str) -> Texts:
    """What stands where nothing is linked: the sign and words, and why when that is meant."""
    sign = TEXT.span(f"{GAP}\xa0not\xa0traced", colour=MUTED if meant else DRAFT)
    return [sign], [TEXT.span(f"derived: {_line(meant)}", face="italic")] if meant else []


def _anchor(chapter: str, id: str) -> str:
    return safe(f"{chapter}-{id}")


def _anchors(data: PlanData, way: Way, id: str) -> tuple[str, ...]:
    """The row's own anchor and, at the requirement's first row, the one that texts lead to."""
    row = data.all(Requirement).get(id)
    own = (_anchor(way.name, id),)
    if row is None or (way is UP and id in tracing.linked_ids(data)):
        return own
    return (*own, refer.anchor(row))
