"""The pen: draws lines of text, rules, boxes, links and outline entries on a ReportLab canvas.

It writes text operators itself, since a text object for each run costs more than breaking the lines did.
Lengths are points, y is measured downwards from the top of the page.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache
from io import BytesIO
from typing import Any

from dmdesk.typeset import fonts
from dmdesk.typeset.lines import Line, Piece, broken
from dmdesk.typeset.looks import INK, LINK, Look, Span, Style

_ESCAPED = [
    chr(code) if 32 <= code < 127 and chr(code) not in "\\()" else f"\\{code:03o}" for code in range(256)
]
_SAFE = ("http://", "https://", "mailto:")
BELOW = 99
"""The level of a bookmark that stands below whatever heading came last."""
_LOOSEST = 0.75
"""How much a space of a justified line may grow, in units of the font size; looser lines stay ragged."""


class Pen:
    """Draws on the pages of one document, one page after another."""

    def __init__(self, anchors: Container[str], day: str, language: str) -> None:
        """``anchors``: the names that links may lead to. ``day``: the date of the document, ISO 8601 or ""."""
        self.canvas = _canvas(day, language)
        self._doc = self.canvas._doc
        self._anchors = anchors
        self._high = 0.0
        self._font = ("", 0.0)
        self._colour = ""
        self._stretch = 0.0
        self._depth = -1

    # -- pages

    def start_page(self, size: tuple[float, float]) -> None:
        """Begin a page of (width, height)."""
        self.canvas.setPageSize(size)
        self._high = size[1]
        self._font, self._colour, self._stretch = ("", 0.0), "", 0.0

    def end_page(self) -> None:
        """Finish the page."""
        self.canvas.showPage()

    def data(self) -> bytes:
        """The whole document."""
        found: bytes = self.canvas.getpdfdata()
        return found

    # -- text

    def words(self, x: float, baseline: float, text: str, look: Look, align: str = "left") -> float:
        """One line of text, at, before ("right") or around ("center") x; returns its width."""
        line = broken([Span(text, look)], 1e9)[0]
        x -= {"left": 0.0, "right": line.width, "center": line.width / 2}[align]
        self._text([(line, x, baseline, 0.0)])
        return line.width

    def lines(self, lines: Iterable[Line], x: float, y: float, style: Style, width: float) -> None:
        """Lines of a block whose upper left corner is (x, y)."""
        baseline = y + style.look.size
        placed = []
        for line in lines:
            rest, at, stretch = width - line.width, x, 0.0
            if style.align == "justify" and not line.last and line.spaces and not line.from_right:
                stretch = rest / line.spaces
                if stretch > _LOOSEST * style.look.size:
                    stretch = 0.0
            elif style.align == "center":
                at += rest / 2
            elif style.align == "right" or line.from_right:
                at += rest
            placed.append((line, at, baseline, stretch))
            baseline += style.leading
        self._text(placed)

    def _text(self, placed: list[tuple[Line, float, float, float]]) -> None:
        out = ["BT"]
        for line, x, baseline, stretch in placed:
            if not line.pieces:
                continue
            if abs(stretch - self._stretch) > 0.0005:
                self._stretch = stretch
                out.append(f"{stretch:.3f} Tw")
            out.append(f"1 0 0 1 {x:.2f} {self._high - baseline:.2f} Tm")
            for piece in line.pieces:
                self._show(out, piece)
            if any(piece.look.link for piece in line.pieces):
                self._link_pieces(line, x, baseline, stretch)
        out.append("ET")
        self.canvas._code.append(" ".join(out))

    def _show(self, out: list[str], piece: Piece) -> None:
        look = piece.look
        colour = look.colour
        if look.link and colour == LINK and not self.target(look.link):
            colour = INK
        if colour != self._colour:
            self._colour = colour
            out.append(_fill(colour))
        if look.rise:
            out.append(f"{look.rise:.2f} Ts")
        font = fonts.font(piece.font)
        for subset, codes in font.splitString(piece.text, self._doc):
            name = font.getSubsetInternalName(subset, self._doc)
            if self._font != (name, look.size):
                self._font = (name, look.size)
                out.append(f"{name} {look.size:g} Tf")
            out.append(f"({''.join([_ESCAPED[code] for code in codes])}) Tj")
        if look.rise:
            out.append("0 Ts")

    def _link_pieces(self, line: Line, x: float, baseline: float, stretch: float) -> None:
        """Make each run of pieces with the same link one clickable box."""
        start, link, size = x, "", 0.0
        for piece in line.pieces:
            look = piece.look
            if look.link != link:
                self._link_box(start, x, baseline, size, link)
                start, link, size = x, look.link, look.size
            x += look.size * fonts.measure(piece.text, piece.font) + stretch * sum(
                map(piece.text.count, " \xa0")
            )
        self._link_box(start, x, baseline, size, link)

    def _link_box(self, left: float, right: float, baseline: float, size: float, link: str) -> None:
        if link and right > left:
            self.link(left, baseline - size, right, baseline + 0.3 * size, link)

    # -- links and anchors

    def target(self, link: str) -> str:
        """Where a link leads in this document: "#anchor", an address, or "" for nowhere."""
        for choice in link.split():
            if (choice[0] == "#" and choice[1:] in self._anchors) or choice.startswith(_SAFE):
                return choice
        return ""

    def link(self, left: float, top: float, right: float, bottom: float, link: str) -> None:
        """Make a box clickable, without a frame."""
        target = self.target(link)
        box = (left, self._high - bottom, right, self._high - top)
        if target.startswith("#"):
            self.canvas.linkRect("", target[1:], box, relative=0, thickness=0)
        elif target:
            self.canvas.linkURL(target, box, relative=0, thickness=0)

    def anchor(self, name: str, x: float, y: float) -> None:
        """Let links lead to this place."""
        self.canvas.bookmarkPage(name, "XYZ", left=round(x, 2), top=round(self._high - y, 2))

    def outline(self, title: str, anchor: str, level: int) -> None:
        """Add a bookmark below the last one of a lower level."""
        depth = min(level, self._depth + 1)
        if level < BELOW:
            self._depth = depth
        self.canvas.addOutlineEntry(fonts.printable(title).replace("\n", " "), anchor, depth, depth > 0)

    # -- shapes

    def rule(self, x0: float, y: float, x1: float, thickness: float, colour: str) -> None:
        """A horizontal rule, its upper edge at y."""
        self.box(x0, y, x1 - x0, thickness, colour)

    def upright(self, x: float, y0: float, y1: float, thickness: float, colour: str) -> None:
        """A vertical rule around x."""
        self.box(x - thickness / 2, y0, thickness, y1 - y0, colour)

    def box(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled rectangle."""
        self.canvas._code.append(
            f"{self._ink(colour)}{x:.2f} {self._high - y - high:.2f} {wide:.2f} {high:.2f} re f"
        )

    def circle(self, x: float, y: float, radius: float, thickness: float, colour: str) -> None:
        """The outline of a circle."""
        self.canvas.setLineWidth(thickness)
        self.canvas.setStrokeColor(colour)
        self.canvas.circle(x, self._high - y, radius)

    def turned(self, x: float, y: float, degrees: float, text: str, look: Look) -> None:
        """One line of text centred on (x, y) and turned anticlockwise."""
        self.canvas.saveState()
        self.canvas.translate(x, self._high - y)
        self.canvas.rotate(degrees)
        high, self._high = self._high, 0.0
        self.words(0, look.size * 0.36, text, look, "center")
        self._high = high
        self.canvas.restoreState()
        self._font, self._colour, self._stretch = ("", 0.0), "", 0.0

    def _ink(self, colour: str) -> str:
        if colour == self._colour:
            return ""
        self._colour = colour
        return _fill(colour) + " "


@cache
def _fill(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f} rg"


def _canvas(day: str, language: str) -> Any:
    """A canvas that writes the same bytes for the same drawing: no clock, no environment, no unused font."""
    import hashlib

    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    class Page(Canvas):
        def _make_preamble(self) -> None:
            self._preamble = ""

    rl_config.useA85 = 0
    made = Page(BytesIO(), pageCompression=1, invariant=1, lang=language)
    year, month, date = (int(part) for part in (day or "2000-01-01").split("-"))
    stamp = made._doc._timeStamp
    stamp.YMDhms, stamp.dhh, stamp.dmm = (year, month, date, 0, 0, 0), 0, 0
    made._doc.signature = hashlib.md5(usedforsecurity=False)
    return made
