"""A drawing as PDF: vectors and text in the fonts of the print, with links between pages; the same bytes every time."""

from __future__ import annotations

from dmdesk.drawing.sheet import COLOURS, Box, Drawing, Entry, Line, Page, Words
from dmdesk.drawing.svg import outline
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
            pen.outline(f"Page {page.number}: {boxes[0].title}", _anchor(page.number), 0)
        said = f"{drawing.title}: {', '.join(box.title for box in boxes)}"
        with pen.figure(said, (0, 0, drawing.width, drawing.height)):
            _shapes(pen, drawing, boxes, lines)
            _texts(pen, drawing, page, boxes)
        pen.end_page()
    return pen.data()


def _texts(pen: Pen, drawing: Drawing, page: Page, boxes: list[Box]) -> None:
    for words in page.words:
        _write(pen, words)
    for box in boxes:
        for words in box.words:
            _write(pen, words)
    for entry in drawing.legend:
        for words in entry.words:
            _write(pen, words)


def _anchor(page: int) -> str:
    return f"page-{page}"


def _shapes(pen: Pen, drawing: Drawing, boxes: list[Box], lines: list[Line]) -> None:
    canvas, high, scale = pen.canvas, drawing.height, drawing.scale
    canvas.saveState()
    canvas.setLineJoin(1)
    canvas.setStrokeColor(COLOURS["line"])
    canvas.setLineWidth(0.8 * scale)
    path = canvas.beginPath()
    for line in lines:
        (x, y), *rest = line.points
        path.moveTo(x, high - y)
        for x, y in rest:
            path.lineTo(x, high - y)
    canvas.drawPath(path)
    canvas.setStrokeColor(COLOURS["outline"])
    for box in boxes:
        thickness, radius = outline(box)
        canvas.setLineWidth(thickness * scale)
        canvas.setDash([3 * scale] if box.repeated else [])
        _rounded(pen, box, high, radius * scale)
    canvas.setDash([])
    canvas.setLineWidth(0.6)
    for entry in drawing.legend:
        _rounded(pen, entry, high, 2.0)
    canvas.restoreState()


def _rounded(pen: Pen, shape: Box | Entry, high: float, radius: float) -> None:
    pen.canvas.setFillColor(COLOURS[shape.fill])
    pen.canvas.roundRect(
        shape.x, high - shape.y - shape.high, shape.wide, shape.high, radius, stroke=1, fill=1
    )


def _write(pen: Pen, words: Words) -> None:
    look = Look(words.face, words.size, COLOURS[words.colour])
    line = TextLine(tuple(Piece(font, text, look) for font, text in words.runs), words.width, 0, True)
    top = words.baseline - words.size
    pen.lines([line], words.x, top, Style(look, words.size), words.width)
    if words.page:
        pen.link(
            words.x, top, words.x + words.width, words.baseline + 0.3 * words.size, f"#{_anchor(words.page)}"
        )
