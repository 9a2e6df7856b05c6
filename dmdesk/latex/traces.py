r"""The trace matrices: each requirement on the left, those it is linked to on the right, a row a link.

LaTeX does not know where its pages end, so the code on the left stands again, grey, before each further link: wherever
a page breaks, the next one says what its first row belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk import types as t
from dmdesk.latex import escaping, tables
from dmdesk.latex.setting import waiting
from dmdesk.manuscript import tracing
from dmdesk.manuscript.blocks import Inlines, Run
from dmdesk.manuscript.tracing import DOWN, NO_SOURCE, NOT_HERE, UP, Way
from dmdesk.manuscript.words import UNRESOLVED
from dmdesk.model import Document, Requirement, Trace

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter

SHARES = (1.8, 3.2, 1.8, 3.2)
KEPT = 6
"""Requirements with so many links stay on one page."""
GAP = "not traced"


def trace_down(setter: Setter) -> Iterator[str]:
    """Each lower requirement with those it follows from."""
    return _matrix(setter, DOWN)


def trace_up(setter: Setter) -> Iterator[str]:
    """Each upper requirement with those that follow from it."""
    return _matrix(setter, UP)


def _matrix(setter: Setter, way: Way) -> Iterator[str]:
    data = setter.data
    if not data.all(Trace):
        yield "\\emph{No requirement of this plan traces to another yet.}"
        return
    found = tracing.linked(data, way)
    yield escaping.wrapped(escaping.text(tracing.untraced(data, way, found)))
    sources = tracing.by_source(data, found)
    rows: list[str] = []
    for source, ids in sources.items():
        if len(sources) > 1:
            width = "\\dimexpr\\linewidth-2\\tabcolsep\\relax"
            rows.append(
                f"\\multicolumn{{4}}{{p{{{width}}}}}{{\\textbf{{{_source(setter, source)}}}}} \\\\* \\hline"
            )
        for id in ids:
            rows += _group(setter, way, id, found[id])
    head = ["Requirement", "", escaping.text(way.verb), ""]
    yield tables.long(tables.columns(SHARES), head, rows, size="\\footnotesize")


def _source(setter: Setter, source: str) -> str:
    row = setter.data.all(Document).get(source)
    if row is None:
        words = source if source in (NO_SOURCE, NOT_HERE) else tracing.handle(setter.data, source)
        return escaping.text(words)
    return setter.link(row, escaping.text(f"{row.key} {row.name}"))


def _group(setter: Setter, way: Way, id: str, traces: Sequence[Trace]) -> Iterator[str]:
    """The rows of one requirement."""
    data = setter.data
    ordered = sorted(traces, key=lambda trace: tracing.place(data, getattr(trace, way.other)))
    ends = [(getattr(trace, way.other), trace.rationale) for trace in ordered]
    code, name = _code(setter, id, way.back), _name(setter, id)
    again = f"\\textcolor{{gray}}{{\\texttt{{{escaping.code(tracing.words(data, id))}}}}}"
    mark = _labels(setter, way, id)
    end = "\\\\*" if len(ends) <= KEPT else "\\\\"
    if not ends:
        yield from _rows(
            setter,
            [mark + code, name, f"\\textcolor{{red}}{{{GAP}}}", _meant(data.all(Requirement)[id], way)],
        )
    for at, (other, why) in enumerate(ends, 1):
        reason: Inlines = (Run("\n"), Run(why.replace("\n", " "), emphasis=True)) if why else ()
        linked: list[str | Inlines] = [_code(setter, other, way.back), (*_name(setter, other), *reason)]
        cells = [mark + code, name, *linked] if at == 1 else [again, (), *linked]
        yield from _rows(setter, cells, "\\\\ \\hline" if at == len(ends) else end)


def _rows(setter: Setter, cells: Sequence[str | Inlines], end: str = "\\\\ \\hline") -> Iterator[str]:
    """A row, or several where a name has more than fits in one."""
    words = [() if isinstance(cell, str) else cell for cell in cells]
    ready = [cell if isinstance(cell, str) else "" for cell in cells]
    made = list(tables.split(setter, words, SHARES))
    for at, parts in enumerate(made, 1):
        yield tables.row(
            [own + part for own, part in zip(ready, parts, strict=True)], end if at == len(made) else "\\\\"
        )
        ready = [""] * len(ready)


def _meant(one: Requirement, way: Way) -> Inlines:
    """Why a requirement follows from none, where that is meant."""
    if way is UP or not one.derived:
        return ()
    return (Run(f"derived: {one.derived}".replace("\n", " "), emphasis=True),)


def _code(setter: Setter, id: str, chapter: str) -> str:
    """The code of a requirement, which leads to its row in the other direction."""
    row = setter.data.all(Requirement).get(id)
    words = f"\\texttt{{{escaping.code(tracing.words(setter.data, id) or 'no code')}}}"
    if row is None:
        return words + f"\\textbf{{{escaping.text(UNRESOLVED)}}}"
    return waiting(f"{chapter}:{setter.labels.of(row)}", words, words)


def _name(setter: Setter, id: str) -> Inlines:
    row = setter.data.all(Requirement).get(id)
    return (Run(row.name.replace("\n", " ")),) if row and not t.unresolved(id) else ()


def _labels(setter: Setter, way: Way, id: str) -> str:
    """The row's own label and, at the requirement's first row, the one that texts lead to."""
    row = setter.data.all(Requirement).get(id)
    if row is None:
        return ""
    label = f"{way.name}:{setter.labels.of(row)}"
    own = f"\\dmtarget{{{label}}}" if setter.first(label) else ""
    return own + setter.label(row)
