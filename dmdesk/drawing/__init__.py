"""Drawings of a plan: laid out once as plain values, then written as SVG, PDF or PNG, or painted.

The layout knows no file format and the writers know no plan, so the window and the files show the same drawing.
Importing this costs nothing; fonts are read when something is laid out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.drawing.tree import Options
from dmdesk.errors import PlanError

if TYPE_CHECKING:
    from dmdesk.drawing.sheet import Drawing
    from dmdesk.reading import PlanData

SUFFIXES = (".svg", ".pdf", ".png")
DPI = 150
"""Dots per inch of a PNG unless another number is asked for."""


def drawn(data: PlanData, options: Options) -> Drawing:
    """What the options ask for of a plan, drawn.

    Raises:
        PlanError: there is nothing to draw, or no such thing to draw.
    """
    from dmdesk.drawing.charts.choosing import chosen

    return chosen(data, options)


def check_name(out: Path) -> str:
    """The form that a file's name asks for, one of ``SUFFIXES``.

    Raises:
        PlanError: it names none of them.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        raise PlanError(f"“{out.name}” should end in .svg, .pdf or .png, which says how to draw.")
    return suffix


def write(drawing: Drawing, out: Path, day: str = "", dpi: int = DPI) -> list[Path]:
    """Write the drawing in the form that the file's name says; the files written, several for a PNG of several pages.

    ``day`` is the plan's date, ISO 8601 or "": a PDF is dated by it and not by the clock.

    Raises:
        PlanError: the name says no form, the picture would be too large, or a file cannot be written.
    """
    suffix = check_name(out)
    if suffix == ".svg":
        from dmdesk.drawing.svg import svg

        return _put({out: svg(drawing).encode()})
    from dmdesk.drawing.pdf import pdf

    made = pdf(drawing, day)
    if suffix == ".pdf":
        return _put({out: made})
    from dmdesk.drawing.png import pictures

    found = pictures(made, drawing, dpi)
    if len(found) == 1:
        return _put({out: found[0]})
    return _put({out.with_stem(f"{out.stem}-{page}"): one for page, one in enumerate(found, 1)})


def _put(files: dict[Path, bytes]) -> list[Path]:
    from dmdesk.saving import put_in_place

    for path, content in files.items():
        put_in_place(path, content)
    return list(files)
