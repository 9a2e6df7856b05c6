"""The layout of pages below one another: where each is at a scale, and what is at a height. Pure sums."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRectF

GAP = 14
"""Pixels between two pages, and around them."""


class Layout:
    """Pages of the given sizes (points) at ``scale`` pixels a point, centred in a column at least ``room`` wide."""

    def __init__(self, sizes: Sequence[tuple[float, float]], scale: float, room: float = 0.0) -> None:
        self.sizes = sizes
        self.scale = scale
        widest = max((wide for wide, _ in sizes), default=0.0) * scale
        self.width = max(room, widest + 2 * GAP)
        self._tops = list(accumulate((high * scale + GAP for _, high in sizes), initial=float(GAP)))

    @property
    def height(self) -> float:
        """The height of the column."""
        return self._tops[-1]

    def rect(self, page: int) -> QRectF:
        """Where a page is."""
        wide, high = (length * self.scale for length in self.sizes[page])
        return QRectF(round((self.width - wide) / 2), round(self._tops[page]), wide, high)

    def page_at(self, y: float) -> int:
        """The page at a height, or the last one that begins above it."""
        return max(0, min(bisect_right(self._tops, y) - 1, len(self.sizes) - 1))

    def pages(self, top: float, bottom: float) -> range:
        """The pages between two heights."""
        return range(self.page_at(top), self.page_at(bottom) + 1) if self.sizes else range(0)

    def place(self, x: float, y: float) -> tuple[int, float, float]:
        """(Page, x, y in points on it) of a point of the column; beside a page it is that page all the same."""
        page = self.page_at(y)
        rect = self.rect(page)
        return page, (x - rect.left()) / self.scale, (y - rect.top()) / self.scale

    def y(self, page: int, points: float) -> float:
        """The height in the column of a height on a page."""
        return self.rect(page).top() + points * self.scale
