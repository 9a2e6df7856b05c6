r"""Figures: those that are drawn from the plan go along as PDFs; of others the alternative text stands in a frame.

A drawing is declared by the name its figure's *Drawn from* has, so that a new one is one line in ``DRAWINGS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import drawing
from dmdesk.drawing.tree import Options
from dmdesk.errors import PlanError
from dmdesk.latex import escaping
from dmdesk.model import Figure

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter
    from dmdesk.reading import PlanData

IN_A_ROW = 12
"""After so many figures LaTeX is made to put out those that still wait; it holds no more than it has room for."""


class Picture(NamedTuple):
    """A figure's PDF and its number of pages."""

    pdf: bytes
    pages: int = 1


def _product_tree(data: PlanData) -> Picture:
    """The product tree on as few pages as can be read."""
    from dmdesk.drawing.pdf import pdf

    made = drawing.drawn(data, Options(shape="mixed", paper="letter"))
    return Picture(pdf(made, str(getattr(data.plan(), "date", ""))), len(made.pages))


DRAWINGS: dict[str, Callable[[PlanData], Picture]] = {"product tree": _product_tree}
"""What draws a figure, by what it is drawn from."""


def pictures(data: PlanData, names: dict[str, str]) -> dict[str, Picture]:
    """The PDFs of the figures that can be drawn, by their file; ``names`` gives the file of each figure by id."""
    found: dict[str, Picture] = {}
    made: dict[str, Picture] = {}
    for id, name in names.items():
        wanted = data.all(Figure)[id].drawing
        if wanted not in DRAWINGS:
            continue
        try:
            if wanted not in made:
                made[wanted] = DRAWINGS[wanted](data)
        except PlanError:
            continue
        found[name] = made[wanted]
    return found


def figure(setter: Setter, one: Figure, file: str, picture: Picture | None) -> str:
    """A figure with its caption: the picture in ``file``, a page after the other, or a frame where there is none."""
    if picture:
        shown = _page(file)
    else:
        words = escaping.wrapped(escaping.text(one.alternative or one.caption or one.key))
        source = escaping.comment(f"{one.key} ({one.drawing or 'picture'})")
        shown = f"% Put the picture here: {source}\n\\dmframe{{{words}}}"
    label = setter.labels.of(one)
    mark = f"\\label{{{label}}}" if setter.first(label) else ""
    found = [_floating(f"{shown}\n\\caption{{{escaping.text(one.caption or one.key)}}}{mark}")]
    later = range(2, picture.pages + 1 if picture else 2)
    found += [
        _floating(f"{_page(file, page)}\n\n\\emph{{Figure~\\ref{{{label}}}, continued}}") for page in later
    ]
    return "\n\n".join(found)


def _page(file: str, page: int = 1) -> str:
    return (
        f"\\includegraphics[page={page},width=\\linewidth,height=0.9\\textheight,keepaspectratio]{{{file}}}"
    )


def _floating(inner: str) -> str:
    return f"\\begin{{figure}}[htbp]\n\\centering\n{inner}\n\\end{{figure}}"
