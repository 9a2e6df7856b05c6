"""Prose in chapters: a Markdown text of one row to parts of the print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.manuscript import prose
from dmdesk.report.parts import Part
from dmdesk.report.setting import Setter
from dmdesk.report.styles import BODY

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.typeset.looks import Style


def parts(data: PlanData, text: str, name: str, style: Style = BODY) -> list[Part]:
    """The parts that a Markdown text prints as.

    ``name`` tells its footnotes from those of other texts.
    """
    return list(Setter(data, name, style).parts(prose.blocks(text)))
