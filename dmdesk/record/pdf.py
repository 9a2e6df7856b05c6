"""The record as a PDF in the plan's own style: removed words are struck through, added ones bold and underlined.

What tells them apart is drawn, and not only coloured, so that a copy in grey says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dmdesk.comparing import Run
from dmdesk.comparing.within import ADDED, REMOVED, SAME
from dmdesk.manuscript.blocks import Facts, Grid, Inlines
from dmdesk.manuscript.blocks import Run as Words
from dmdesk.record.entries import NUMBERS, Entry, Line, Record, entries, numbers, revisions
from dmdesk.record.plain import NOTHING, shortened
from dmdesk.report import Options, Printed, printed_chapters
from dmdesk.report.chapters import Chapter
from dmdesk.report.parts import Cell, Part, Row, Table, heading, paragraph
from dmdesk.report.setting import Setter
from dmdesk.report.styles import BODY, CELL, HEADINGS, WIDTH
from dmdesk.typeset.looks import DRAFT, HAIRLINE, MUTED, SECTION, THROUGH, TINT, UNDER, Span, Style

COLUMNS = (112.0, WIDTH - 112.0)
PADDING = (4.5, 2.6)
TEXT = CELL.but(look=CELL.look._replace(size=9.0), leading=12.0)
FEW, TOGETHER = 5, 1500
"""Fields, and signs of their values, up to which an item stays on one page."""
LONG = 700
"""Signs after which a value goes on in a row below."""
GREEN = "#1E6B34"
"""The colour of what was added; on paper as dark as the text around."""
LOOKS = {
    SAME: {}, REMOVED: {"line": THROUGH, "colour": DRAFT}, ADDED: {"line": UNDER, "colour": GREEN, "face": "bold"}
}  # fmt: skip


def as_pdf(record: Record, paper: str = "letter") -> bytes:
    """The record as a PDF."""
    return printed(record, paper).pdf


def printed(
    record: Record, paper: str = "letter", progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Printed:  # fmt: skip
    """The record as it is printed; ``progress`` and ``cancelled`` as in ``report.make``."""
    chapter = Chapter("detailed-changes", record.title, 0, lambda _: parts(record))
    options = Options(only=(chapter.name,), paper=paper, embed=False)
    return printed_chapters(record.comparison.new, [chapter], options, progress, cancelled)


def parts(record: Record) -> Iterator[Part]:
    """The parts of the print: what it is about, the short record, the numbers, then every item."""
    setter = Setter(record.comparison.new, "changes", BODY.but(after=12.0))
    scope = [("Shown", _words(" ".join(record.scope)))] if record.scope else []
    yield from setter.parts(
        [
            Facts(
                (
                    ("From", _words(record.old_name)),
                    ("To", _words(record.new_name or "the plan as it is")),
                    *scope,
                )
            )
        ]
    )
    if not record.comparison:
        yield paragraph("Nothing differs.", BODY)
        return
    yield from setter.parts([_summary(record)])
    yield paragraph(_legend(), BODY.but(look=BODY.look._replace(size=9.0), leading=13.0, align="left"))
    short = revisions(record)
    if short:
        yield heading(2, "", "Change record", "changes-record", HEADINGS[1])
        yield from setter.parts([_short(record)])
    for place, (part, of_part) in enumerate(groupby(entries(record), key=lambda entry: entry.part)):
        yield heading(2, "", part, f"changes-{place}", HEADINGS[1])
        yield from _by_kind(list(of_part), place)


def _words(text: str) -> Inlines:
    return (Words(text),)


def _summary(record: Record) -> Grid:
    rows = tuple(
        (_words(label), *(_words(f"{number:,}" if number else "–") for number in values))
        for label, values in numbers(record)
    )
    head = (_words(""), *(_words(name) for name in NUMBERS))
    return Grid(head, rows, ("left", *("right" for _ in NUMBERS)), shares=(27, 11, 12, 11, 16, 12, 11))


def _short(record: Record) -> Grid:
    cells = ((one.version, one.date, one.description, one.owner) for one in revisions(record))
    head = tuple(map(_words, ("Version", "Date", "Description", "Owner")))
    return Grid(head, tuple(tuple(map(_words, row)) for row in cells), shares=(12, 16, 50, 22))


def _legend() -> list[Span]:
    style = BODY.but(look=BODY.look._replace(size=9.0, colour=MUTED))
    removed, added = (style.span(what, **LOOKS[what]) for what in (REMOVED, ADDED))
    return [style.span("Words that were "), removed, style.span(" and "), added, style.span(" are marked.")]


# -- items


def _by_kind(items: Sequence[Entry], place: int) -> Iterator[Part]:
    """The items of a part of the plan, a table for each kind; parts of an item stand in its table."""
    tables: list[tuple[str, list[Entry]]] = []
    for entry in items:
        if not entry.depth and (not tables or tables[-1][0] != entry.plural):
            tables.append((entry.plural, []))
        tables[-1][1].append(entry)
    for at, (plural, own) in enumerate(tables):
        if plural != items[0].part or len(tables) > 1:
            yield heading(3, "", plural, f"changes-{place}-{at}", HEADINGS[2])
        table = _table(plural)
        rows = [row for entry in own for row in _rows(entry, table)]
        rows[-1].after = 12.0
        yield from rows


def _table(plural: str) -> Table:
    """A table whose head is said again only where it goes on over a page."""
    style = TEXT.but(look=TEXT.look._replace(face="italic", colour=MUTED))

    def head(row: Row, continued: bool) -> list[Row]:
        if not continued:
            return []
        return [Row([Cell((style.span(f"{plural}, continued"),), style, span=2)], table=row.table)]

    return Table(COLUMNS, head, padding=PADDING)


def _rows(entry: Entry, table: Table) -> Iterator[Row]:
    """An item, then a row for each field; the last stands off from the next item."""
    indent = 10.0 * entry.depth
    keep = bool(entry.lines) or not entry.what
    yield Row(
        [Cell(_named(entry), TEXT, indent=indent, span=2, head=True)], table=table, tint=TINT, keep=keep,
        rules=(0.4, HAIRLINE), before=6.0 if not entry.depth else 0.0,
    )  # fmt: skip
    length = sum(len(line.old) + len(line.new) for line in entry.lines)
    short = len(entry.lines) <= FEW and length <= TOGETHER
    for line in entry.lines:
        keep = short and line is not entry.lines[-1]
        by = line.made if line.made != entry.made else None
        spans = [
            *_change(line, TEXT),
            *([TEXT.span(f"\n{by.words}", face="italic", colour=MUTED)] if by else []),
        ]
        label = [TEXT.span(line.label, colour=SECTION)]
        pieces = list(_pieces(spans))
        for at, piece in enumerate(pieces):
            cells = [Cell([] if at else label, TEXT, indent=indent), Cell(piece, TEXT)]
            last = at == len(pieces) - 1
            yield Row(cells, table=table, rules=(0.4 if last else 0.0, HAIRLINE), keep=keep and last)


def _pieces(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The spans in pieces that end with a line and are rows of their own, so that a long text begins on this page."""
    piece: list[Span] = []
    length = 0
    for text, look in spans:
        lines = text.replace("\n", "\n\0").split("\0")
        for at, line in enumerate(lines):
            piece.append(Span(line, look))
            length += len(line)
            if length > LONG and line.endswith("\n") and at < len(lines) - 1:
                yield [*piece[:-1], Span(line.rstrip("\n"), look)]
                piece, length = [], 0
    if piece:
        yield piece


def _named(entry: Entry) -> list[Span]:
    spans = [TEXT.span(f"{entry.label} ", colour=MUTED)] if entry.depth else []
    spans.append(TEXT.span(entry.name, face="bold"))
    if entry.old_key:
        spans.append(TEXT.span(f" (was {entry.old_key})"))
    if entry.what:
        spans.append(TEXT.span(f"  {entry.what}", colour=MUTED))
        if entry.made:
            spans.append(TEXT.span(f"\n{entry.made.words}", face="italic", colour=MUTED))
    return spans


def _change(line: Line, style: Style) -> list[Span]:
    """What became of a field, its words marked."""
    if line.alone:
        return [style.span(line.new or line.old)]
    if line.several:
        return _members(line, style)
    last = len(line.runs) - 1
    marked = [_marked(run, style, first=not at, last=at == last) for at, run in enumerate(line.runs)]
    if len(line.runs) == 2 and all(run.what != SAME for run in line.runs):
        return [marked[0], style.span(" → "), marked[1]]
    return list(_apart(marked)) or [style.span(NOTHING)]


def _apart(marked: Sequence[Span]) -> Iterator[Span]:
    """The spans, with a space between words that were removed and those that came in their place."""
    for at, span in enumerate(marked):
        before = marked[at - 1] if at else span
        if before.look.line == THROUGH and span.look.line == UNDER and not before.text[-1:].isspace():
            yield span._replace(text=" ", look=span.look._replace(line=""))
        yield span


def _members(line: Line, style: Style) -> list[Span]:
    spans: list[Span] = []
    same = sum(run.what == SAME for run in line.runs)
    for run in line.runs:
        if run.what != SAME:
            spans += [style.span("; ")] if spans else []
            spans.append(_marked(run, style, first=True, last=True))
    if same:
        spans.append(style.span(f"; {same:,} as before", colour=MUTED))
    return spans


def _marked(run: Run, style: Style, *, first: bool, last: bool) -> Span:
    return style.span(shortened(run, first=first, last=last), **LOOKS[run.what])
