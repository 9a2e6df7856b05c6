"""A drawing as SVG: text stays text, every box says its full name, and pages stand below each other.

Each line of text carries the width it was measured with, so it stays in its box whatever font a viewer has.
"""

from __future__ import annotations

from html import escape

from dmdesk.drawing.sheet import COLOURS, Box, Drawing, Entry, Line, Page, Words
from dmdesk.typeset import fonts
from dmdesk.typeset.anchors import safe

PAGE_GAP = 16.0
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
        f".line {{ fill: none; stroke: {COLOURS['line']}; stroke-linejoin: round }}",
        f".box {{ stroke: {COLOURS['outline']} }}",
        f".page {{ fill: {COLOURS['paper']} }}",
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
    border = f' stroke="{COLOURS["frame"]}"' if len(drawing.pages) > 1 else ""
    out.append(f'<rect class="page" width="{_n(drawing.width)}" height="{_n(drawing.height)}"{border}/>')
    out += map(_words, page.words)
    paths = "".join("M" + " ".join(f"{_n(x)} {_n(y)}" for x, y in line.points) for line in lines)
    if paths:
        out.append(f'<path class="line" stroke-width="{_n(0.8 * drawing.scale)}" d="{paths}"/>')
    for box in boxes:
        out += _box(box, drawing.scale)
    for entry in drawing.legend:
        out += _entry(entry)
    return [*out, "</g>"]


def _box(box: Box, scale: float) -> list[str]:
    look = outline(box)
    dashes = f' stroke-dasharray="{_n(3 * scale)}"' if box.repeated else ""
    name = "" if box.repeated else f' id="{safe(f"product-{box.id}")}"'
    shape = f'rx="{_n(look[1] * scale)}" stroke-width="{_n(look[0] * scale)}"{dashes}'
    return [
        f"<g{name}><title>{_text(box.title)}</title>",
        f'<rect class="box" {_frame(box)} {shape} fill="{COLOURS[box.fill]}"/>',
        *map(_words, box.words),
        "</g>",
    ]


def _entry(entry: Entry) -> list[str]:
    swatch = f'<rect class="box" {_frame(entry)} rx="2" stroke-width="0.6" fill="{COLOURS[entry.fill]}"/>'
    return [swatch, *map(_words, entry.words)]


def outline(box: Box) -> tuple[float, float]:
    """Thickness of a box's outline and radius of its corners: groups are told apart without any colour."""
    return (1.5, 5.0) if box.group else (0.6, 2.0)


def _frame(shape: Box | Entry) -> str:
    return f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.wide)}" height="{_n(shape.high)}"'


def _words(words: Words) -> str:
    shown = (
        f'<text class="{words.face}" x="{_n(words.x)}" y="{_n(words.baseline)}" font-size="{_n(words.size)}"'
        f' textLength="{_n(words.width)}" lengthAdjust="spacingAndGlyphs" fill="{COLOURS[words.colour]}">'
        f"{escape(words.text)}</text>"
    )
    return f'<a href="#page-{words.page}">{shown}</a>' if words.page else shown


def _text(text: str) -> str:
    return escape(fonts.printable(text))


def _n(number: float) -> str:
    """A length with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
