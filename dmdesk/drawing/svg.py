"""A drawing as SVG: text stays text, every box says its full name, and pages stand below each other.

Each line of text carries the width it was measured with, so it stays in its box whatever font a viewer has.
"""

from __future__ import annotations

from html import escape

from dmdesk.drawing import patterns
from dmdesk.drawing.sheet import STROKES, Box, Drawing, Edge, Entry, Line, Page, Words, corners, ink
from dmdesk.typeset import fonts

PAGE_GAP = 16.0
SAFE = ("http://", "https://", "mailto:")
"""The addresses that are links; others are words."""
_FAMILIES = "'Open Sans', 'Noto Sans', 'DejaVu Sans', sans-serif"
_FACES = {
    "regular": f"font-family: {_FAMILIES}",
    "bold": f"font-family: {_FAMILIES}; font-weight: bold",
    "italic": f"font-family: {_FAMILIES}; font-style: italic",
    "code": "font-family: Inconsolata, 'DejaVu Sans Mono', monospace",
}
_STYLE = "\n".join(
    [
        "text { white-space: pre; unicode-bidi: bidi-override; direction: ltr }",
        *(f".{face} {{ {style} }}" for face, style in _FACES.items()),
        ".line { fill: none; stroke-linejoin: round }",
        f".page {{ fill: {ink('paper')} }}",
    ]
)


def svg(drawing: Drawing) -> str:
    """The whole drawing as one SVG document."""
    step = drawing.height + PAGE_GAP
    high = step * len(drawing.pages) - PAGE_GAP
    size = f'width="{_n(drawing.width)}pt" height="{_n(high)}pt" viewBox="0 0 {_n(drawing.width)} {_n(high)}"'
    title = _text(drawing.title)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style>",
    ]
    for page, boxes, lines in drawing.by_page():
        out += _page(drawing, page, boxes, lines, (page.number - 1) * step)
    return "\n".join([*out, "</svg>", ""])


def _page(drawing: Drawing, page: Page, boxes: list[Box], lines: list[Line], y: float) -> list[str]:
    out = [f'<g id="page-{page.number}" transform="translate(0 {_n(y)})">']
    border = f' stroke="{ink("frame")}"' if len(drawing.pages) > 1 else ""
    out.append(f'<rect class="page" width="{_n(drawing.width)}" height="{_n(drawing.height)}"{border}/>')
    for box in boxes:
        if box.under:
            out += _box(box, drawing.scale)
    out += _lines(boxes, lines, drawing.scale)
    for box in boxes:
        if not box.under:
            out += _box(box, drawing.scale)
    out += map(_words, page.words)
    for entry in drawing.legend:
        out += _entry(entry)
    return [*out, "</g>"]


def _lines(boxes: list[Box], lines: list[Line], scale: float) -> list[str]:
    """All lines of a stroke as one path, and the heads of arrows; the patterns of boxes are lines too."""
    out = []
    for name, stroke in STROKES.items():
        alike = [line for line in lines if line.stroke == name]
        chosen = [line.points for line in alike] + (patterns.of(boxes) if name == "pattern" else [])
        if not chosen:
            continue
        path = "".join("M" + " ".join(f"{_n(x)} {_n(y)}" for x, y in points) for points in chosen)
        colour = ink(stroke.colour)
        look = (
            f'stroke="{colour}" stroke-width="{_n(stroke.thickness * scale)}"{_dashes(stroke.dash * scale)}'
        )
        out.append(f'<path class="line" {look} d="{path}"/>')
        if stroke.arrow:
            heads = "".join(
                "M" + " ".join(f"{_n(x)} {_n(y)}" for x, y in line.head()) + "Z" for line in alike
            )
            out.append(f'<path fill="{colour}" d="{heads}"/>')
    return out


def _dashes(length: float) -> str:
    return f' stroke-dasharray="{_n(length)}"' if length else ""


def _box(box: Box, scale: float) -> list[str]:
    name = f' id="{box.anchor}"' if box.id and not box.repeated else ""
    return [
        f"<g{name}><title>{_text(box.title)}</title>" if box.title else f"<g{name}>",
        _shape(box, box.edge, scale),
        *map(_words, box.words),
        "</g>",
    ]


def _entry(entry: Entry) -> list[str]:
    return [_shape(entry, entry.edge, 1.0), *map(_words, entry.words)]


def _shape(shape: Box | Entry, edge: Edge, scale: float) -> str:
    """The outline of a box, mark or swatch."""
    fill, stroke = ink(shape.fill), ink(edge.colour) if edge.thickness else "none"
    look = (
        f'class="box" fill="{fill}" stroke="{stroke}" stroke-width="{_n(edge.thickness * scale)}"'
        f"{_dashes(edge.dash * scale)}"
    )
    if shape.shape == "disc":
        x, y = shape.x + shape.wide / 2, shape.y + shape.high / 2
        return (
            f'<ellipse {look} cx="{_n(x)}" cy="{_n(y)}" rx="{_n(shape.wide / 2)}" ry="{_n(shape.high / 2)}"/>'
        )
    if shape.shape != "box":
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners(shape))
        return f'<polygon {look} points="{points}"/>'
    frame = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.wide)}" height="{_n(shape.high)}"'
    return f'<rect {look} {frame} rx="{_n(edge.radius * scale)}"/>'


def _words(words: Words) -> str:
    shown = (
        f'<text class="{words.face}" x="{_n(words.x)}" y="{_n(words.baseline)}" font-size="{_n(words.size)}"'
        f' textLength="{_n(words.width)}" lengthAdjust="spacingAndGlyphs" fill="{ink(words.colour)}">'
        f"{escape(words.text)}</text>"
    )
    if words.page:
        return f'<a href="#page-{words.page}">{shown}</a>'
    address = next((one for one in words.link.split() if one.startswith(SAFE)), "")
    return f'<a href="{escape(address)}">{shown}</a>' if address else shown


def _text(text: str) -> str:
    return escape(fonts.printable(text))


def _n(number: float) -> str:
    """A length with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
