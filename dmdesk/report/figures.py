"""Figures: what a figure of the plan prints as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmdesk.model import Figure
from dmdesk.report import picture, refer
from dmdesk.report.parts import Caption, Part
from dmdesk.report.styles import CAPTION

if TYPE_CHECKING:
    from dmdesk.reading import PlanData


def parts(data: PlanData, figure: Figure, number: int, *, depth: int | None = None) -> Iterator[Part]:
    """A figure with its caption."""
    if figure.drawing == "picture":
        yield from picture.parts(data, figure, number)
        return
    words = [CAPTION.span(f"Figure\xa0{number}: {data.title(figure)}")]
    yield Caption(
        words, style=CAPTION, label=f"Figure {number}", title=data.title(figure), anchors=(refer.anchor(figure),),
        before=10.0, after=16.94,
    )  # fmt: skip
