"""Figures of the plan in print: drawn from its data as parts no larger than the text block, each with its caption.

A drawing that needs several pages gives several parts, and its marks lead from one to the other.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from dmdesk.drawing import layout
from dmdesk.drawing.charts.choosing import described, missing, reads, shown
from dmdesk.drawing.pdf import draw_page
from dmdesk.drawing.sheet import Box, Drawing, Line, Page
from dmdesk.drawing.tree import Options, tree_of
from dmdesk.errors import PlanError
from dmdesk.report import picture, refer, styles
from dmdesk.report.parts import Caption, Part, paragraph
from dmdesk.report.styles import BODY
from dmdesk.report.styles import CAPTION as CAPTION_STYLE
from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import MUTED, Look, Style
from dmdesk.values import field, frozen, record, replace

if TYPE_CHECKING:
    from dmdesk.model import Figure
    from dmdesk.reading import PlanData
    from dmdesk.typeset.pen import Pen

STANDING, LYING = (styles.WIDTH, 612.0), (styles.WIDE, 415.0)
"""What a figure may take on any paper, its caption included."""
CAPTION = CAPTION_STYLE.but(before=10.0, after=BODY.after)
NOTHING = Style(Look("italic", 9.96, MUTED), 13.5, 6.0, 0.0, "center")
MOST_PAGES = 3
"""Pages that a product tree may take where nobody says how deep it goes: as deep as they have room for."""
USUAL, DEEPEST = 2, 4
"""How deep a product tree is tried first, and at most."""
SHAPES = ("mixed", "left")


@frozen
class _Same:
    """A drawing that is itself only: comparing all that is on it would cost more than drawing it."""

    drawing: Drawing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.drawing is self.drawing

    def __hash__(self) -> int:
        return id(self.drawing)


@record
class Drawn(Part):
    """One page of a drawing, as high as what stands on it; ``alternative`` says in words what it shows."""

    drawing: Drawing = field(kw_only=True, repr=False)
    page: tuple[Page, list[Box], list[Line]] = field(kw_only=True, repr=False)
    high: float = field(kw_only=True)
    name: str = field(kw_only=True)
    alternative: str = field(kw_only=True)

    def height(self, width: float) -> float:
        return self.high

    def look(self, width: float) -> Hashable:
        return _Same(self.drawing), self.page[0].number, self.high, self.name, self.alternative

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        left = x + max(0.0, (width - self.drawing.width) / 2)
        box = (left, y, left + self.drawing.width, y + self.high)
        with pen.figure(self.alternative, box):
            draw_page(pen, self.drawing, self.page, left, y, partial(page_anchor, self.name))


def page_anchor(name: str, page: int) -> str:
    """The anchor of a page of a figure, by the figure's own anchor."""
    return safe(f"{name}-page-{page}")


def parts(
    data: PlanData, figure: Figure, number: int | str, *, depth: int | None = None, landscape: bool = False,
    lying: bool = False,
) -> list[Part]:  # fmt: skip
    """The parts that a figure prints as: a drawing and its caption for each page that it needs.

    ``depth`` is how many levels of a product tree are shown; without, as many as ``MOST_PAGES`` have room for.
    ``landscape``: on pages of its own that lie on their side; ``lying``: all pages around do.
    A figure that has nothing to draw prints as a line that says why.
    """
    if figure.drawing == "picture":
        return picture.parts(data, figure, number)
    name = refer.anchor(figure)
    wide, high = LYING if landscape or lying else STANDING
    longest = _caption(figure, number, "sheet 99 of 99")
    room = high - longest.height(wide) - longest.before - longest.after - 2.0
    try:
        drawing = drawn(data, figure, (wide, room), depth)
    except PlanError as error:
        said = paragraph(str(error), NOTHING, anchors=(name,), keep=True)
        return [said, _caption(figure, number, target=name)]
    words = alternative(data, figure, drawing)
    count = len(drawing.pages)
    found: list[Part] = []
    for page, content in enumerate(drawing.by_page(), 1):
        anchors = (name, page_anchor(name, page)) if page == 1 else (page_anchor(name, page),)
        place = f"sheet {page} of {count}"
        shows = f"{words} ({place})" if count > 1 else words
        found.append(
            Drawn(
                drawing=drawing, page=content, high=drawing.reach(content), name=name, alternative=shows,
                anchors=anchors, keep=True, before=6.0, after=CAPTION.before, floats=True, turned=landscape, own=True,
            )
        )  # fmt: skip
        found.append(_caption(figure, number, place if count > 1 else "", name if page == 1 else ""))
    return found


def drawn(data: PlanData, figure: Figure, size: tuple[float, float], depth: int | None = None) -> Drawing:
    """What a figure shows, on pages of a size without margins; drawn again only when what it shows has changed.

    Raises:
        PlanError: there is nothing to draw.
    """
    name = f"figure {figure.id} {size} {depth}"
    return data.memo(name, reads(figure), lambda: _drawn(data, figure, size, depth))


def _drawn(data: PlanData, figure: Figure, size: tuple[float, float], depth: int | None) -> Drawing:
    if figure.drawing != "product tree":
        return shown(data, figure, Options(size=size))
    if told := missing(data, "tree"):
        raise PlanError(told)
    best = _fewest(data, size, USUAL, MOST_PAGES) if depth is None else _fewest(data, size, depth)
    if depth is None and best.made.pages > MOST_PAGES:
        best = _fewest(data, size, 1)
    elif depth is None:
        for deeper in range(USUAL + 1, DEEPEST + 1):
            made = _fewest(data, size, deeper, MOST_PAGES)
            if made.made.pages > MOST_PAGES or len(made.tree.nodes) == len(best.tree.nodes):
                break
            best = made
    return layout.drawn(best, Options(size=size))


def _fewest(data: PlanData, size: tuple[float, float], depth: int, most: float = inf) -> layout.Parting:
    """The product tree in the shape that needs the fewest pages and is then the largest.

    One that needs more pages than ``most`` is not wanted, whatever its size.
    """
    options = Options(depth=depth, wbs=True, size=size)
    tree = tree_of(data, options)
    made: list[layout.Parting] = []
    for shape in SHAPES:
        made.append(layout.parting(tree, replace(options, shape=shape), most))
        most = min(most, made[-1].made.pages)
    return min(made, key=lambda one: (one.made.pages, -one.scale))


def alternative(data: PlanData, figure: Figure, made: Drawing) -> str:
    """What a figure shows in words: what people typed, or what its data say."""
    if figure.alternative:
        return figure.alternative
    return described(data, figure, made)


def _caption(figure: Figure, number: int | str, place: str = "", target: str = "") -> Caption:
    """The caption; one with a target stands in the list of figures, and those of further pages do not."""
    label = f"Figure\xa0{number}"
    words = ": ".join(filter(None, (f"{label} ({place})" if place else label, figure.caption)))
    return Caption(
        [CAPTION.span(words)], style=CAPTION, before=CAPTION.before, after=CAPTION.after,
        named=f"Figure {number}", title=figure.caption, target=target, role="Caption",
    )  # fmt: skip
