r"""Figures: those that are drawn from the plan go along as PDFs; of others the alternative text stands in a frame.

They are made as large as the text block of the class, so that LaTeX need not scale them and their words stay readable.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dmdesk.drawing.charts.choosing import shown
from dmdesk.drawing.tree import Options
from dmdesk.errors import PlanError
from dmdesk.latex import escaping
from dmdesk.model import Figure

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter
    from dmdesk.reading import PlanData

TEXT = (468.0, 540.0)
DEPTH = 2
"""How many levels of the product tree are shown: as many as can be read within the text."""
IN_A_ROW = 12
"""After so many figures LaTeX is made to put out those that still wait; it holds no more than it has room for."""


class Picture(NamedTuple):
    """A figure's PDF and its number of pages."""

    pdf: bytes
    pages: int = 1


def _drawn(data: PlanData, one: Figure) -> Picture:
    """A figure on as few pages of the text's size as can be read."""
    from dmdesk.drawing.pdf import pdf

    made = shown(data, one, Options(size=TEXT, depth=DEPTH, wbs=True))
    return Picture(pdf(made, str(getattr(data.plan(), "date", ""))), len(made.pages))


def pictures(data: PlanData, names: dict[str, str]) -> dict[str, Picture]:
    """The PDFs of the figures that can be drawn, by their file; ``names`` gives the file of each figure by id."""
    found: dict[str, Picture] = {}
    for id, name in names.items():
        with suppress(PlanError):
            found[name] = _drawn(data, data.all(Figure)[id])
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
