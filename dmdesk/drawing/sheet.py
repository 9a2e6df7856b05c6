"""A drawing as values: boxes, lines and words on pages, all lengths in points, y downwards from a page's top.

Colours are named by what they mean, so that paper and a dark screen may each show them in their own way.
"""

from __future__ import annotations

from typing import NamedTuple

from dmdesk.typeset.looks import HAIRLINE, INK, LINK, MUTED, SECTION, TINT

SWATCHES = (
    "#CFE2F3", "#FCE5CD", "#D9EAD3", "#EAD1DC", "#FFF2CC", "#D0E0E3", "#E4DAF0", "#F4CCCC", "#E2E9C4", "#DDDDDD",
)  # fmt: skip
COLOURS = {
    "ink": INK,
    "muted": MUTED,
    "link": LINK,
    "outline": SECTION,
    "line": "#5B6B80",
    "frame": HAIRLINE,
    "paper": "#FFFFFF",
    "leaf": "#FFFFFF",
    "group": TINT,
    **{f"manager {at}": colour for at, colour in enumerate(SWATCHES)},
}
"""The colours of ink and paper by what they are for. Those of managers repeat; their letters do not."""


class Words(NamedTuple):
    """A line of text in one look. ``runs`` are (font name, text); ``page`` is where a click leads, 0 for nowhere."""

    x: float
    baseline: float
    width: float
    size: float
    face: str
    colour: str
    runs: tuple[tuple[str, str], ...]
    page: int = 0

    @property
    def text(self) -> str:
        """The words."""
        return "".join(text for _, text in self.runs)


class Box(NamedTuple):
    """A product on a page. ``repeated`` boxes stand for a product whose own box is on another page or place."""

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


class Line(NamedTuple):
    """From a parent's box to a child's, along corners (x, y)."""

    page: int
    parent: str
    child: str
    points: tuple[tuple[float, float], ...]


class Entry(NamedTuple):
    """An entry of the legend, shown on every page: a swatch with a letter, and whose it is."""

    x: float
    y: float
    wide: float
    high: float
    fill: str
    words: tuple[Words, ...]


class Page(NamedTuple):
    """One page: its number, counted from 1, and the words at its head."""

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
