"""A drawing as PDF: vectors and text in the fonts of the print, with links between pages; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from dmdesk.drawing.sheet import COLOURS, STROKES, Box, Drawing, Edge, Entry, Line, Page, Words, corners
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.lines import Line as TextLine
from dmdesk.typeset.lines import Piece
from dmdesk.typeset.looks import Look, Style
from dmdesk.typeset.pen import Pen

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
    _lines(pen, lines, scale)
    for box in boxes:
        if not box.under:
            _shape(pen, box, box.edge, scale)
    for entry in drawing.legend:
        _shape(pen, entry, entry.edge, 1.0)
    canvas.restoreState()
    for words in head.words:
        _write(pen, words, x, y, anchor)
    for box in boxes:
        _link(pen, box, x, y)
        for words in box.words:
            _write(pen, words, x, y, anchor)
    for entry in drawing.legend:
        for words in entry.words:
            _write(pen, words, x, y, anchor)


def _lines(pen: Pen, lines: list[Line], scale: float) -> None:
    canvas = pen.canvas
    for name, stroke in STROKES.items():
        chosen = [line for line in lines if line.stroke == name]
        if not chosen:
            continue
        canvas.setStrokeColor(COLOURS[stroke.colour])
        canvas.setLineWidth(stroke.thickness * scale)
        canvas.setDash([stroke.dash * scale] if stroke.dash else [])
        path = canvas.beginPath()
        for line in chosen:
            _follow(path, line.points)
        canvas.drawPath(path)
        if stroke.arrow:
            canvas.setFillColor(COLOURS[stroke.colour])
            path = canvas.beginPath()
            for line in chosen:
                _follow(path, line.head())
                path.close()
            canvas.drawPath(path, stroke=0, fill=1)


def _follow(path: Any, points: Iterable[tuple[float, float]]) -> None:
    for at, (x, y) in enumerate(points):
        (path.lineTo if at else path.moveTo)(x, -y)


def _shape(pen: Pen, shape: Box | Entry, edge: Edge, scale: float) -> None:
    """The outline of a box, mark or swatch."""
    canvas = pen.canvas
    canvas.setFillColor(COLOURS[shape.fill])
    stroke = 1 if edge.thickness else 0
    if stroke:
        canvas.setStrokeColor(COLOURS[edge.colour])
        canvas.setLineWidth(edge.thickness * scale)
        canvas.setDash([edge.dash * scale] if edge.dash else [])
    bottom = -shape.y - shape.high
    if shape.shape == "disc":
        canvas.ellipse(shape.x, bottom, shape.x + shape.wide, bottom + shape.high, stroke=stroke, fill=1)
    elif shape.shape == "box":
        canvas.roundRect(shape.x, bottom, shape.wide, shape.high, edge.radius * scale, stroke=stroke, fill=1)
    else:
        path = canvas.beginPath()
        _follow(path, corners(shape))
        path.close()
        canvas.drawPath(path, stroke=stroke, fill=1)


def _link(pen: Pen, box: Box, x: float, y: float) -> None:
    """Let a box lead to its row, beside those of its words that lead elsewhere."""
    if not box.id or box.under or not pen.target(f"#{box.anchor}"):
        return
    taken = [_band(words) for words in box.words if words.page or words.link]
    marks = [(box.y, box.y), *sorted(taken), (box.y + box.high, box.y + box.high)]
    for (_, top), (bottom, _) in pairwise(marks):
        if bottom - top > 2:
            pen.link(x + box.x, y + top, x + box.x + box.wide, y + bottom, f"#{box.anchor}")


def _band(words: Words) -> tuple[float, float]:
    return words.baseline - words.size, words.baseline + 0.3 * words.size


def _write(pen: Pen, words: Words, x: float, y: float, anchor: Callable[[int], str]) -> None:
    look = Look(words.face, words.size, COLOURS[words.colour])
    line = TextLine(tuple(Piece(font, text, look) for font, text in words.runs), words.width, 0, True)
    top, bottom = _band(words)
    left = x + words.x
    pen.lines([line], left, y + top, Style(look, words.size), words.width)
    link = f"#{anchor(words.page)}" if words.page else words.link
    if link:
        pen.link(left, y + top, left + words.width, y + bottom, link)
