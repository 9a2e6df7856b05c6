"""Figures of the risk register: drawn from the rows as vectors, each with its caption and its words.

They are numbered R1, R2 … apart from the figures of the plan, whose numbers follow from its sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk.drawing.risks import exposure, heatmap
from dmdesk.drawing.tree import Options
from dmdesk.manuscript.parts.register import judgeable
from dmdesk.report.figures import CAPTION, LYING, Drawn
from dmdesk.report.parts import Caption, Part
from dmdesk.risks.contingency import OF
from dmdesk.typeset.anchors import safe

if TYPE_CHECKING:
    from dmdesk.drawing.sheet import Drawing
    from dmdesk.model import Risk
    from dmdesk.reading import PlanData
    from dmdesk.risks.contingency import Contingency

ROOM = 340.0
"""The height that a figure may take, so that its heading and caption stand on the same page."""
SHOWN = (*OF, "plan")


def heat_map(data: PlanData, rows: Sequence[Risk], sort: str, number: str) -> Iterator[Part]:
    """The heat map of threats or opportunities."""
    ids = judgeable(data, rows)
    made = data.memo(f"heat map {sort}", SHOWN, lambda: heatmap.heat_map(data, ids, _room()))
    caption = f"{sort} by likelihood and impact: at first, now, and as responses aim at"
    yield from _figure(made, number, caption, heatmap.described(data, ids))


def curve(data: PlanData, found: Contingency, number: str) -> Iterator[Part]:
    """The S-curve of the exposure."""
    caption = "How surely the cost of all active risks together stays below an amount"
    yield from _exposure(data, found, "S-curve", exposure.curve, number, caption, exposure.described_curve)


def tornado(data: PlanData, found: Contingency, number: str) -> Iterator[Part]:
    """The tornado of what drives the exposure."""
    caption = "Mean of the total in the tenth of the runs that go best, and worst, with each risk"
    yield from _exposure(
        data, found, "tornado", exposure.tornado, number, caption, exposure.described_tornado
    )


def _exposure(
    data: PlanData,
    found: Contingency,
    name: str,
    draw: Callable[[PlanData, Contingency, Options], Drawing],
    number: str,
    caption: str,
    describe: Callable[[PlanData, Contingency], str],
) -> Iterator[Part]:
    made = data.memo(name, SHOWN, lambda: draw(data, found, _room()))
    yield from _figure(made, number, caption, describe(data, found))


def _room() -> Options:
    return Options(size=(LYING[0], ROOM))


def _figure(made: Drawing, number: str, caption: str, alternative: str) -> Iterator[Part]:
    (page,) = made.by_page()
    name = safe(f"figure-{number}")
    yield Drawn(
        drawing=made, page=page, high=made.reach(page), name=name, alternative=alternative, anchors=(name,), keep=True,
        before=6.0, after=CAPTION.before, own=True,
    )  # fmt: skip
    yield Caption(
        [CAPTION.span(f"Figure\xa0{number}: {caption}")], style=CAPTION, before=CAPTION.before, after=CAPTION.after,
        named=f"Figure {number}", title=caption, target=name, role="Caption",
    )  # fmt: skip
