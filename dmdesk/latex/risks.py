r"""The risk register: its tables, and its figures as PDFs, on pages that lie on their side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk.drawing.risks import exposure, heatmap
from dmdesk.drawing.tree import Options
from dmdesk.latex import escaping
from dmdesk.latex.figures import Picture
from dmdesk.manuscript.parts import register
from dmdesk.manuscript.parts import risks as words

if TYPE_CHECKING:
    from dmdesk.drawing.sheet import Drawing
    from dmdesk.latex.setting import Setter
    from dmdesk.reading import PlanData

ROOM = (648.0, 340.0)
FIGURES = {
    "curve": ("Exposure", "How surely the cost of all active risks together stays below an amount"),
    "tornado": (
        "Exposure",
        "Mean of the total in the tenth of the runs that go best, and worst, with each risk",
    ),
    "threats": ("Threats", "Threats by likelihood and impact: at first, now, and as responses aim at"),
    "opportunities": (
        "Opportunities",
        "Opportunities by likelihood and impact: at first, now, and as responses aim at",
    ),
}
"""The figures: below which title each stands, and its caption."""


def risks(setter: Setter) -> Iterator[str]:
    """The whole register, a part after the other."""
    data = setter.data
    if not data.rows("risk"):
        yield f"\\emph{{{words.NOTHING}}}"
        return
    drawn = _drawings(data)
    yield "\\begin{landscape}"
    for title, blocks in words.groups(data):
        made = [one for one in setter.blocks(blocks) if one]
        if made:
            yield f"\\dmlabel{{{escaping.text(title)}}}"
            yield from made
            yield from (
                _figure(name) for name, (place, _) in FIGURES.items() if place == title and name in drawn
            )
    yield f"\\noindent{{\\footnotesize {escaping.text(register.legend(data))}\\par}}"
    yield "\\end{landscape}"


def pictures(data: PlanData) -> dict[str, Picture]:
    """The PDFs of the figures by their file."""
    from dmdesk.drawing.pdf import pdf

    day = str(getattr(data.plan(), "date", ""))
    drawn = {name: made._replace(height=made.used(1)) for name, made in _drawings(data).items()}
    return {_file(name): Picture(pdf(made, day)) for name, made in drawn.items()}


def _drawings(data: PlanData) -> dict[str, Drawing]:
    found: dict[str, Drawing] = {}
    options = Options(size=ROOM)
    contingency, _ = words.contingency(data)
    if contingency:
        found["curve"] = exposure.curve(data, contingency, options)
        found["tornado"] = exposure.tornado(data, contingency, options)
    for sort, title in register.SORTS.items():
        ids = register.judgeable(data, register.opened(data, sort))
        if ids:
            found[title.lower()] = heatmap.heat_map(data, ids, options)
    return found


def _file(name: str) -> str:
    return f"generated/risk-{name}.pdf"


def _figure(name: str) -> str:
    """A figure where it stands: one that floats would leave the pages that lie on their side."""
    picture = f"\\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{_file(name)}}}"
    return f"\\begin{{center}}\n{picture}\n\n\\emph{{{escaping.text(FIGURES[name][1])}}}\n\\end{{center}}"
