"""Pictures of pages, as far as they were drawn: sharp ones at the scale shown, small ones to stand in meanwhile.

What is farthest from where one looks is given up first, so a thousand pages take no more memory than thirty.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage

from ui.printview.edition import Edition, same

BYTES = 128_000_000
SMALL = 0.2
"""Pixels a point of the small pictures."""
MOST_SMALL = 400


class Picture(NamedTuple):
    """A drawn part of a page: of which edition, at how many pixels a point, which part of it, in pixels."""

    edition: int
    page: int
    scale: float
    part: QRect
    image: QImage
    small: bool = False


class Pictures:
    """The pictures there are."""

    def __init__(self) -> None:
        self.near = 0
        """The page that is looked at."""
        self._sharp: dict[int, Picture] = {}
        self._small: OrderedDict[int, Picture] = OrderedDict()
        self._bytes = 0

    def put(self, picture: Picture) -> None:
        """Keep a picture in place of the one there was of the page."""
        if picture.small:
            self._small[picture.page] = picture
            self._small.move_to_end(picture.page)
            if len(self._small) > MOST_SMALL:
                self._small.popitem(last=False)
            return
        self._forget(picture.page)
        self._sharp[picture.page] = picture
        self._bytes += picture.image.sizeInBytes()
        while self._bytes > BYTES and len(self._sharp) > 2:
            self._forget(max(self._sharp, key=lambda page: abs(page - self.near)))

    def _forget(self, page: int) -> None:
        old = self._sharp.pop(page, None)
        if old is not None:
            self._bytes -= old.image.sizeInBytes()

    def best(self, page: int) -> Picture | None:
        """The sharpest picture of a page, whether it is right or stands in for one."""
        return self._sharp.get(page) or self.small(page)

    def small(self, page: int) -> Picture | None:
        """The small picture of a page."""
        return self._small.get(page)

    def right(self, edition: int, page: int, scale: float, part: QRect) -> bool:
        """Whether that part of a page is there as it should be shown."""
        held = self._sharp.get(page)
        return (
            held is not None and (held.edition, held.scale) == (edition, scale) and held.part.contains(part)
        )

    def small_right(self, edition: int, page: int) -> bool:
        """Whether the small picture of a page is that of the edition."""
        held = self._small.get(page)
        return held is not None and held.edition == edition

    def carry(self, before: Edition, edition: Edition) -> None:
        """Take another edition: what looks as in the one before stays right, what does not stands in meanwhile."""
        small, sharp = dict(self._small), dict(self._sharp)
        for page, was in same(before, edition).items():
            for held in (small.get(was), sharp.get(was)):
                if held is not None and held.edition == before.number:
                    self.put(held._replace(edition=edition.number, page=page))
        self._cut(len(edition.pdf.sizes))

    def _cut(self, pages: int) -> None:
        """Forget pages that there are no more."""
        for page in [page for page in self._sharp if page >= pages]:
            self._forget(page)
        for page in [page for page in self._small if page >= pages]:
            del self._small[page]


def target(picture: Picture, page: QRectF, points: tuple[float, float]) -> QRectF:
    """Where a picture goes, given where its page is and how large the page is in points."""
    across = page.width() / max(1.0, points[0] * picture.scale)
    down = page.height() / max(1.0, points[1] * picture.scale)
    part = picture.part
    return QRectF(
        page.left() + part.left() * across,
        page.top() + part.top() * down,
        part.width() * across,
        part.height() * down,
    )


def drawn(edition: Edition, page: int, scale: float, part: QRect, small: bool = False) -> Picture:
    """Draw a part of a page; for the worker."""
    box = (part.x(), part.y(), part.width(), part.height())
    return Picture(edition.number, page, scale, part, edition.pdf.picture(page, scale, box), small)


def small_job(edition: Edition, page: int) -> Callable[[], Picture]:
    """Draw the small picture of a page."""
    wide, high = (max(1, round(length * SMALL)) for length in edition.pdf.sizes[page])
    return partial(drawn, edition, page, SMALL, QRect(0, 0, wide, high), True)
