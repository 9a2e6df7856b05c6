"""Pages kept from one document for the next: what is drawn as it was before is not drawn again.

A preview is made anew after every edit, and an edit changes few pages. Pages are known by a value that holds all that
decides how they look; where none can be given, a page is drawn anew.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, NamedTuple

from dmdesk.typeset.images import forget


class Page(NamedTuple):
    """A drawn page: its packed content, the objects of its links, and the names of its pictures."""

    content: bytes
    links: list[bytes]
    pictures: list[str]


class Kept:
    """The pages of the last document, and the canvas on which they were drawn: it knows which codes stand for letters.

    For documents without tags only, one after another.
    """

    def __init__(self) -> None:
        self.canvas: Any = None
        self._ground: object = None
        self._pages: dict[Hashable, Page] = {}
        self._used: dict[Hashable, Page] = {}

    def begin(self, ground: object) -> None:
        """Begin a document. ``ground`` is what all its pages stand on; with another one, none is as it was."""
        if ground != self._ground:
            self._ground, self._pages = ground, {}
        self._used = {}

    def page(self, look: Hashable) -> Page | None:
        """The page that looks so; None where there is none yet."""
        found = self._pages.get(look)
        if found is not None:
            self._used[look] = found
        return found

    def keep(self, look: Hashable, page: Page) -> None:
        """Keep a page that was drawn."""
        self._pages[look] = self._used[look] = page

    def end(self) -> None:
        """The document is whole: pages that it does not have, and pictures on no page that is kept, are let go."""
        self._pages = self._used
        forget(self.canvas, {name for page in self._used.values() for name in page.pictures})
