r"""Figures: those drawn from the plan go along as PDFs, pictures as the PNG or JPEG that the plan keeps.

Drawings are made as large as the text block of the class, so that LaTeX need not scale them and their words stay
readable; a picture is as large as in print. Where there is none, the alternative text stands in a frame.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dmdesk import pictures
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
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


class Picture(NamedTuple):
    """The content of a figure's file, its number of pages, and the share of the line that it takes."""

    content: bytes
    pages: int = 1
    share: float = 1.0


def _drawn(data: PlanData, one: Figure) -> Picture:
    """A figure on as few pages of the text's size as can be read."""
    from dmdesk.drawing.pdf import pdf

    made = shown(data, one, Options(size=TEXT, depth=DEPTH, wbs=True))
    return Picture(pdf(made, str(getattr(data.plan(), "date", ""))), len(made.pages))


def _kept(one: Figure) -> Picture | None:
    """The picture of a figure as it is, none where it is broken."""
    known = pictures.facts(one.picture)
    if known is None or not pictures.whole(one.picture):
        return None
    share = min(known.wide * 72 / known.dpi / TEXT[0], 1.0)
    return Picture(pictures.content(one.picture), share=max(share, 0.001))


def file(one: Figure, stem: str) -> str:
    """The file of a figure, whose name is free."""
    ending = _ENDINGS.get(pictures.media(one.picture), "png") if one.drawing == "picture" else "pdf"
    return f"figures/{stem}.{ending}"


def shown_ones(data: PlanData, names: dict[str, str]) -> dict[str, Picture]:
    """The figures that can be drawn or have a picture, by their file; ``names`` gives the file of each by id."""
    found: dict[str, Picture] = {}
    for id, name in names.items():
        one = data.all(Figure)[id]
        with suppress(PlanError):
            made = _kept(one) if one.drawing == "picture" else _drawn(data, one)
            if made:
                found[name] = made
    return found


def figure(setter: Setter, one: Figure, file: str, picture: Picture | None) -> str:
    """A figure with its caption: the picture in ``file``, a page after the other, or a frame where there is none."""
    words = escaping.wrapped(escaping.text(one.alternative or one.caption or one.key))
    if picture:
        shown = _page(file, picture, words)
    else:
        source = escaping.comment(f"{one.key} ({one.drawing or 'picture'})")
        shown = f"% Put the picture here: {source}\n\\dmframe{{{words}}}"
    label = setter.labels.of(one)
    mark = f"\\label{{{label}}}" if setter.first(label) else ""
    found = [_floating(f"{shown}\n\\caption{{{escaping.text(one.caption or one.key)}}}{mark}")]
    if picture:
        found += [
            _floating(f"{_page(file, picture, words, page)}\n\n\\emph{{Figure~\\ref{{{label}}}, continued}}")
            for page in range(2, picture.pages + 1)
        ]
    return "\n\n".join(found)


def _page(file: str, picture: Picture, words: str, page: int = 1) -> str:
    share = f"{picture.share:.3f}" if picture.share < 1 else ""
    which = f"page={page}," if file.endswith(".pdf") else ""
    size = f"{which}width={share}\\linewidth,height=0.9\\textheight,keepaspectratio"
    return f"\\includegraphics[{size},%\nalt={{{words}}}]{{{file}}}"


def _floating(inner: str) -> str:
    return f"\\begin{{figure}}[htbp]\n\\centering\n{inner}\n\\end{{figure}}"
