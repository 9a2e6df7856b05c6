"""A drawing as PDF: vectors and text in the fonts of the print, with links between pages; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from dmdesk.drawing import patterns
from dmdesk.drawing.sheet import STROKES, Box, Drawing, Edge, Entry, Line, Page, Words, corners, ink
from dmdesk.typeset import shapes
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.looks import Look
from dmdesk.typeset.pen import Pen
from dmdesk.typeset.pieces import Piece
from dmdesk.typeset.shapes import Points

LANGUAGE = "en"


def pdf(drawing: Drawing, day: str = "") -> bytes:
    """The whole drawing as a PDF document, dated by ``day`` (ISO 8601, or "" for none)."""
    facts = Facts(drawing.title, day=day, language=LANGUAGE)
    pen = Pen({_anchor(page.number) for page in drawing.pages}, facts)
    for page, boxes, lines in drawing.by_page():
        pen.start_page((drawing.width, drawing.height))
        pen.anchor(_anchor(page.number), 0, 0)
        if len(drawing.pages) > 1:
            title = boxes[0].title if boxes else page.title
            pen.outline(f"Page {page.number}: {title}", _anchor(page.number), 0)
        said = f"{drawing.title}: {', '.join(box.title for box in boxes)}"
        with pen.figure(said, (0, 0, drawing.width, drawing.height)):
            draw_page(pen, drawing, (page, boxes, lines), 0.0, 0.0, _anchor)
        pen.end_page()
    return pen.data()


def _anchor(page: int) -> str:
    return f"page-{page}"


def draw_page(
    pen: Pen,
    drawing: Drawing,
    page: tuple[Page, list[Box], list[Line]],
    x: float,
    y: float,
    anchor: Callable[[int], str],
) -> None:
    """Draw one page of a drawing with its upper left corner at (x, y) of the pen's page.

    ``anchor`` names the place where a page of the drawing begins. Boxes link to where their rows are printed.
    """
    head, boxes, lines = page
    canvas = pen.canvas
    canvas.saveState()
    canvas.translate(x, canvas._pagesize[1] - y)
    canvas.setLineJoin(1)
    scale = drawing.scale
    for box in boxes:
        if box.under:
            _shape(pen, box, box.edge, scale)
    _lines(pen, boxes, lines, scale)
    for box in boxes:
        if not box.under:
            _shape(pen, box, box.edge, scale)
    for entry in drawing.legend:
        _shape(pen, entry, entry.edge, 1.0)
    canvas.restoreState()
    for words in head.words:
        _write(pen, words, x, y, anchor)
    for box in boxes:
        leads = _link(pen, box, x, y)
        for words in box.words:
            _write(pen, words, x, y, anchor, leads)
    for entry in drawing.legend:
        for words in entry.words:
            _write(pen, words, x, y, anchor)


def _lines(pen: Pen, boxes: list[Box], lines: list[Line], scale: float) -> None:
    """The lines of each stroke as one path, the patterns of boxes among them."""
    code = pen.canvas._code
    alike: dict[str, list[Points]] = {name: [] for name in STROKES}
    alike["pattern"] += patterns.of(boxes)
    for line in lines:
        alike[line.stroke].append(line.points)
    for name, chosen in alike.items():
        if not chosen:
            continue
        stroke = STROKES[name]
        colour = ink(stroke.colour)
        path = shapes.open_paths(chosen)
        code.append(shapes.painted(path, "", colour, stroke.thickness * scale, stroke.dash * scale))
        if stroke.arrow:
            heads = " ".join(shapes.closed(line.head()) for line in lines if line.stroke == name)
            code.append(shapes.painted(heads, colour))


def _shape(pen: Pen, shape: Box | Entry, edge: Edge, scale: float) -> None:
    """The outline of a box, mark or swatch."""
    bottom = -shape.y - shape.high
    if shape.shape == "disc":
        path = shapes.rounded(shape.x, bottom, shape.wide, shape.high, shape.wide / 2)
    elif shape.shape == "box":
        path = shapes.rounded(shape.x, bottom, shape.wide, shape.high, edge.radius * scale)
    else:
        path = shapes.closed(corners(shape))
    stroke = ink(edge.colour) if edge.thickness else ""
    pen.canvas._code.append(
        shapes.painted(path, ink(shape.fill), stroke, edge.thickness * scale, edge.dash * scale)
    )


def _link(pen: Pen, box: Box, x: float, y: float) -> bool:
    """Let a box lead to its row, beside those of its words that lead elsewhere; False where the row is not printed."""
    if not box.id or box.under or not pen.target(f"#{box.anchor}"):
        return False
    taken = [_band(words) for words in box.words if words.page or words.link]
    marks = [(box.y, box.y), *sorted(taken), (box.y + box.high, box.y + box.high)]
    for (_, top), (bottom, _) in pairwise(marks):
        if bottom - top > 2:
            pen.link(x + box.x, y + top, x + box.x + box.wide, y + bottom, f"#{box.anchor}")
    return True


def _band(words: Words) -> tuple[float, float]:
    return words.baseline - words.size, words.baseline + 0.3 * words.size


def _write(
    pen: Pen, words: Words, x: float, y: float, anchor: Callable[[int], str], within: bool = False
) -> None:
    """Write a line of text; in the colour of links only if it leads somewhere, or stands ``within`` a box that does."""
    link = f"#{anchor(words.page)}" if words.page else words.link
    leads = bool(link and pen.target(link))
    colour = "ink" if words.colour == "link" and not (leads or within) else words.colour
    look = Look(words.face, words.size, ink(colour))
    left = x + words.x
    pen.pieces(left, y + words.baseline, [Piece(font, text, look) for font, text in words.runs])
    if leads:
        top, bottom = _band(words)
        pen.link(left, y + top, left + words.width, y + bottom, link)
