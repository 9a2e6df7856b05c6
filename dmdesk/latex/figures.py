r"""Figures: those that are drawn from the plan go along as PDFs; of others the alternative text stands in a frame.

A drawing is declared by the name its figure's *Drawn from* has, so that a new one is one line in ``DRAWINGS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmdesk import drawing
from dmdesk.drawing.tree import Options
from dmdesk.errors import PlanError
from dmdesk.latex import escaping
from dmdesk.model import Figure

if TYPE_CHECKING:
    from dmdesk.latex.setting import Setter
    from dmdesk.reading import PlanData

BLOCK = (440.0, 560.0)
"""The room a figure has on a page, in points."""
LEAST_SCALE = 0.6
"""How small a drawing of the product tree may become before it shows a level less."""
IN_A_ROW = 12
"""After so many figures LaTeX is made to put out those that still wait; it holds no more than it has room for."""


def _product_tree(data: PlanData) -> bytes:
    """The product tree to the depth that can be read on a page."""
    from dmdesk.drawing.pdf import pdf

    made = drawing.drawn(data, Options(depth=1))
    for depth in range(2, 40):
        deeper = drawing.drawn(data, Options(depth=depth))
        if deeper == made or max(deeper.width / BLOCK[0], deeper.height / BLOCK[1]) > 1 / LEAST_SCALE:
            break
        made = deeper
    return pdf(made, str(getattr(data.plan(), "date", "")))


DRAWINGS: dict[str, Callable[[PlanData], bytes]] = {"product tree": _product_tree}
"""What makes the PDF of a figure, by what it is drawn from."""


def pictures(data: PlanData, names: dict[str, str]) -> dict[str, bytes]:
    """The PDFs of the figures that can be drawn, by their file; ``names`` gives the file of each figure by id."""
    found: dict[str, bytes] = {}
    made: dict[str, bytes] = {}
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


def figure(setter: Setter, one: Figure, file: str) -> str:
    """A figure with its caption: the drawing in ``file``, or a frame where that is empty."""
    if file:
        shown = f"\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{file}}}"
    else:
        words = escaping.wrapped(escaping.text(one.alternative or one.caption or one.key))
        source = escaping.comment(f"{one.key} ({one.drawing or 'picture'})")
        shown = f"% Put the picture here: {source}\n\\dmframe{{{words}}}"
    caption = escaping.text(one.caption or one.key)
    label = setter.labels.of(one)
    mark = f"\\label{{{label}}}" if setter.first(label) else ""
    inner = f"\\centering\n{shown}\n\\caption{{{caption}}}{mark}"
    return f"\\begin{{figure}}[htbp]\n{inner}\n\\end{{figure}}"
