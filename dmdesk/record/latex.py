r"""The record as LaTeX: ``\addtohist`` rows for the class ``lsstdoc``, then the detail as tables to be put in.

The file goes into the preamble of a document and prints nothing there: it defines a command for each of the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dmdesk.comparing import Run
from dmdesk.comparing.within import ADDED, REMOVED, SAME
from dmdesk.latex import escaping, tables
from dmdesk.latex.escaping import text
from dmdesk.record.entries import NUMBERS, Entry, Line, Record, entries, numbers, revisions
from dmdesk.record.plain import NOTHING, shortened

HEAD = r"""% Needs the packages longtable and array. In the preamble:
%   \input{this file}
%   \setDocChangeRecord{\dmhistory}
% and where the detailed record is to stand:
%   \dmchanges
\providecommand{\dmsign}[1]{{[}U+#1{]}}
\providecommand{\dmremoved}[1]{{[}\emph{#1}{]}}
\providecommand{\dmadded}[1]{\textbf{#1}}
"""
LONGEST = 1200
"""Signs of one cell, which never breaks over pages; longer ones go on in a row below."""
_MARKS = {SAME: "{}", REMOVED: "\\dmremoved{{{}}}", ADDED: "\\dmadded{{{}}}"}
_SPEC, _WHOLE = tables.columns((20, 80)), tables.columns((1,))


def as_latex(record: Record) -> bytes:
    r"""The record as LaTeX: ``\dmhistory`` is the short record, ``\dmchanges`` the detailed one."""
    return ("\n".join(_lines(record)).rstrip("\n") + "\n").encode("utf-8")


def history(record: Record) -> Iterator[str]:
    r"""A ``\addtohist`` row for each release, oldest first."""
    for one in revisions(record):
        cells = (one.version, one.date, one.description, one.owner)
        yield f"\\addtohist{''.join(f'{{{text(cell)}}}' for cell in cells)}"


def _lines(record: Record) -> Iterator[str]:
    yield f"% {escaping.comment(record.title)}"
    yield HEAD
    yield from ("\\newcommand{\\dmhistory}{%", *history(record), "}", "")
    yield from ("\\newcommand{\\dmchanges}{%", *_changes(record), "}")


def _changes(record: Record) -> Iterator[str]:
    yield f"\\section{{{text(record.title)}}}"
    for one in record.scope:
        yield from ("", text(one))
    if not record.comparison:
        yield from ("", "No differences.")
        return
    yield from _summary(record)
    for part, of_part in groupby(entries(record), key=lambda entry: entry.part):
        yield from ("", f"\\subsection{{{text(part)}}}")
        for plural, items in groupby(of_part, key=_Kind()):
            yield from _detail(plural, list(items))


class _Kind:
    """The kind that an entry is listed under: its own, or that of what it is part of."""

    def __init__(self) -> None:
        self._now = ""

    def __call__(self, entry: Entry) -> str:
        self._now = self._now if entry.depth else entry.plural
        return self._now


def _summary(record: Record) -> Iterator[str]:
    spec = tables.columns((28, *(12 for _ in NUMBERS)), ("left", *("right" for _ in NUMBERS)))
    rows = (
        tables.row([text(label), *(f"{number:,}" if number else "" for number in values)])
        for label, values in numbers(record)
    )
    yield from ("", tables.long(spec, ("", *NUMBERS), rows))


def _detail(plural: str, items: Sequence[Entry]) -> Iterator[str]:
    rows = [row for entry in items for row in _entry(entry)]
    yield from ("", tables.long(_SPEC, (text(plural), ""), rows, size="\\small"))


def _entry(entry: Entry) -> Iterator[str]:
    """An item over the whole width, then a row for each field."""
    named = f"{entry.label} {entry.name}" if entry.depth else entry.name
    was = f" (was {entry.old_key})" if entry.old_key else ""
    what = f": {entry.what}" if entry.what else ""
    by = f" \\emph{{{text(entry.made.words)}}}" if entry.made and entry.what else ""
    words = f"\\textbf{{{text(named)}}}{text(was + what)}{by}"
    yield f"\\multicolumn{{2}}{{{_WHOLE}}}{{{words}}} \\\\"
    for line in entry.lines:
        by = f" \\emph{{({text(line.made.words)})}}" if line.made and line.made != entry.made else ""
        pieces = list(_pieces(line))
        pieces[-1] += by
        for at, piece in enumerate(pieces):
            yield tables.row(["" if at else text(line.label), piece], end=r"\\")
    yield r"\hline"


def _pieces(line: Line) -> Iterator[str]:
    """What became of a field, in pieces that each fit on a page."""
    if line.alone:
        yield from map(text, _cut(line.new or line.old))
    elif line.several and line.old and line.new:
        yield from _joined([_MARKS[run.what].format(text(run.text)) for run in line.runs], "; ")
    elif any(run.what == SAME for run in line.runs) and not line.several:
        last = len(line.runs) - 1
        shown = (
            run if run.what != SAME else Run(SAME, shortened(run, first=not at, last=at == last))
            for at, run in enumerate(line.runs)
        )
        marked = [_MARKS[run.what].format(text(part)) for run in shown for part in _cut(run.text)]
        yield from _joined(marked, "")
    else:
        parts = (*_cut(line.old or NOTHING), " → ", *_cut(line.new or NOTHING))
        yield from _joined([text(part) for part in parts], "")


def _cut(words: str) -> list[str]:
    return [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]


def _joined(parts: Sequence[str], between: str) -> Iterator[str]:
    """Parts one after another, a new piece where one would become too long."""
    piece = ""
    for part in parts:
        if piece and len(piece) + len(part) > 2 * LONGEST:
            yield piece
            piece = ""
        piece += f"{between if piece else ''}{part}"
    yield piece
