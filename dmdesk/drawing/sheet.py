"""A drawing as values: boxes, lines and words on pages, all lengths in points, y downwards from a page's top.

Colours, edges and strokes are named by what they mean, so that paper and a dark screen may each show them in their
own way.
"""

from __future__ import annotations

from typing import NamedTuple

from dmdesk.typeset.anchors import safe
from dmdesk.typeset.looks import DRAFT, HAIRLINE, INK, LINK, MUTED, SECTION, TINT

SWATCHES = (
    "#CFE2F3", "#FCE5CD", "#D9EAD3", "#EAD1DC", "#FFF2CC", "#D0E0E3", "#E4DAF0", "#F4CCCC", "#E2E9C4", "#DDDDDD",
)  # fmt: skip
COLOURS = {
    "ink": INK,
    "muted": MUTED,
    "link": LINK,
    "outline": SECTION,
    "strong": SECTION,
    "line": "#5B6B80",
    "frame": HAIRLINE,
    "paper": "#FFFFFF",
    "leaf": "#FFFFFF",
    "group": TINT,
    "ground": "#F6F8FB",
    "missing": DRAFT,
    "science": "#2F6B3A",
    "science ground": "#E2F0DF",
    "marked ground": "#D5E4F5",
    "pattern": "#6E7886",
    **{f"manager {at}": colour for at, colour in enumerate(SWATCHES)},
}
"""The colours of ink and paper by what they are for. Those of managers repeat; their letters do not."""


def ink(name: str) -> str:
    """The colour of a name as #rrggbb; one that people chose themselves is its own name."""
    return name if name.startswith("#") else COLOURS[name]


class Edge(NamedTuple):
    """How an outline is drawn: thickness, radius of its corners, colour, and length of its dashes (0: solid)."""

    thickness: float
    radius: float
    colour: str = "outline"
    dash: float = 0.0


EDGES = {
    "leaf": Edge(0.6, 2.0),
    "group": Edge(1.5, 5.0),
    "repeated": Edge(0.6, 2.0, dash=3.0),
    "repeated group": Edge(1.5, 5.0, dash=3.0),
    "frame": Edge(0.6, 5.0, "frame"),
    "science": Edge(1.2, 7.0, "science"),
    "science vacant": Edge(1.2, 7.0, "science", dash=2.0),
    "missing": Edge(1.2, 2.0, "missing", dash=3.0),
    "mark": Edge(0.9, 0.0, "strong"),
    "missing mark": Edge(0.9, 0.0, "missing"),
    "vacant": Edge(0.8, 2.0, "muted", dash=2.0),
    "outside": Edge(0.6, 2.0, "muted"),
    "cell": Edge(0.4, 0.0, "muted"),
    "none": Edge(0.0, 0.0),
}
"""Outlines by what they mean; each is told from the others without its colour."""


class Stroke(NamedTuple):
    """How a line is drawn: thickness, colour, length of its dashes (0: solid), and whether it ends in an arrow."""

    thickness: float
    colour: str = "line"
    dash: float = 0.0
    arrow: bool = False


STROKES = {
    "line": Stroke(0.8),
    "dashed": Stroke(0.8, dash=2.5),
    "grid": Stroke(0.3, "frame"),
    "axis": Stroke(0.8, "frame"),
    "pattern": Stroke(0.45, "pattern"),
    "curve": Stroke(1.6, "strong"),
    "sum": Stroke(1.1, "missing", dash=5.0),
    "today": Stroke(1.0, "strong", dash=2.0),
    "arrow": Stroke(0.9, "strong", arrow=True),
}
ARROW = 5.0
"""The length of an arrow's head."""


class Words(NamedTuple):
    """A line of text in one look. ``runs`` are (font name, text); ``page`` is where a click leads, 0 for nowhere.

    ``link`` is "", "#anchor", an address, or both parted by a space; it counts where ``page`` is 0.
    """

    x: float
    baseline: float
    width: float
    size: float
    face: str
    colour: str
    runs: tuple[tuple[str, str], ...]
    page: int = 0
    link: str = ""

    @property
    def text(self) -> str:
        """The words."""
        return "".join(text for _, text in self.runs)

    def moved(self, right: float, down: float) -> Words:
        """The same line elsewhere."""
        return Words(self.x + right, self.baseline + down, *self[2:])


class Box(NamedTuple):
    """A row of the plan on a page, or a frame or mark. ``repeated`` ones stand for a row whose own box is elsewhere.

    ``kind`` and ``id`` name the row, "" for none. ``shape`` is one of ``SHAPES``; boxes that are ``under`` hold others
    and lie below all lines. ``pattern`` is that of its ground, "" for none (see ``patterns``).
    """

    page: int
    x: float
    y: float
    wide: float
    high: float
    id: str
    title: str
    group: bool
    repeated: bool
    fill: str
    words: tuple[Words, ...]
    kind: str = "product"
    named: str = ""
    shape: str = "box"
    under: bool = False
    pattern: str = ""

    @property
    def edge(self) -> Edge:
        """The outline: the one it names, or the one that products have; groups are told apart without any colour."""
        return EDGES[self.named or f"{'repeated' * self.repeated} {'group' * self.group}".strip() or "leaf"]

    @property
    def anchor(self) -> str:
        """The name of the place where the print shows the row."""
        return safe(f"{self.kind}-{self.id}")


SHAPES = ("box", "disc", "diamond", "triangle")
"""The shapes of boxes; all but boxes are marks and hold no words."""


def corners(shape: Box | Entry) -> tuple[tuple[float, float], ...]:
    """The corners of a diamond or triangle."""
    middle = shape.x + shape.wide / 2
    bottom, right = shape.y + shape.high, shape.x + shape.wide
    if shape.shape == "diamond":
        half = shape.y + shape.high / 2
        return (middle, shape.y), (right, half), (middle, bottom), (shape.x, half)
    return (middle, shape.y), (right, bottom), (shape.x, bottom)


class Line(NamedTuple):
    """From a parent's box to a child's, along corners (x, y); ``stroke`` is one of ``STROKES``."""

    page: int
    parent: str
    child: str
    points: tuple[tuple[float, float], ...]
    stroke: str = "line"

    def head(self) -> tuple[tuple[float, float], ...]:
        """The corners of an arrow's head at the end of the line."""
        (x0, y0), (x, y) = self.points[-2:]
        far = max(((x - x0) ** 2 + (y - y0) ** 2) ** 0.5, 0.001)
        dx, dy = (x - x0) / far * ARROW, (y - y0) / far * ARROW
        return (x, y), (x - dx - dy * 0.42, y - dy + dx * 0.42), (x - dx + dy * 0.42, y - dy - dx * 0.42)


class Entry(NamedTuple):
    """An entry of the legend, shown on every page: a swatch with a letter or in a shape, and what it stands for."""

    x: float
    y: float
    wide: float
    high: float
    fill: str
    words: tuple[Words, ...]
    edge: Edge = EDGES["leaf"]
    shape: str = "box"


class Page(NamedTuple):
    """One page: its number, counted from 1, and the words at its head and beside its boxes."""

    number: int
    title: str
    words: tuple[Words, ...]


class Drawing(NamedTuple):
    """A whole drawing; all pages have the same size. ``scale`` is what boxes were scaled by to fit the paper."""

    title: str
    width: float
    height: float
    scale: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    legend: tuple[Entry, ...]
    pages: tuple[Page, ...]

    def by_page(self) -> list[tuple[Page, list[Box], list[Line]]]:
        """Each page with what stands on it."""
        boxes: dict[int, list[Box]] = {page.number: [] for page in self.pages}
        lines: dict[int, list[Line]] = {page.number: [] for page in self.pages}
        for box in self.boxes:
            boxes[box.page].append(box)
        for line in self.lines:
            lines[line.page].append(line)
        return [(page, boxes[page.number], lines[page.number]) for page in self.pages]

    def used(self, number: int) -> float:
        """How far down a page anything stands."""
        return self.reach(self.by_page()[number - 1])

    def reach(self, content: tuple[Page, list[Box], list[Line]]) -> float:
        """How far down anything stands on a page, given with what is on it."""
        page, boxes, lines = content
        found = [box.y + box.high for box in boxes] + [entry.y + entry.high for entry in self.legend]
        found += [y for line in lines for _, y in line.points]
        found += [words.baseline + 0.3 * words.size for words in page.words]
        return min(self.height, max(found, default=0.0) + 1.0)
