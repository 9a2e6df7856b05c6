"""Pixels: what a PDF needs of a picture: a JPEG as it is, a PNG as plain rows of grey or RGB.

A picture may have come with a text file that somebody edited, so what cannot be decoded is None and nothing worse.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple

from dmdesk import pictures
from dmdesk.pictures.heads import head


class Pixels(NamedTuple):
    """A picture ready for print; ``name`` is the same for the same picture, ``packed`` is "jpeg" or "zlib"."""

    name: str
    wide: int
    high: int
    grey: bool
    packed: str
    content: bytes
    dpi: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points where nothing is scaled."""
        return self.wide * 72 / self.dpi, self.high * 72 / self.dpi


def pixels(picture: str) -> Pixels | None:
    """The pixels of a picture of the plan, None where it is none or is broken."""
    from dmdesk.pictures.taking import opened, plain, upright

    known = pictures.facts(picture) if picture else None
    if known is None or not pictures.whole(picture):
        return None
    content = pictures.content(picture)
    name = hashlib.sha256(content).hexdigest()[:40]
    try:
        image = opened(content)
        if pictures.media(picture) == "image/jpeg":
            said = head(content)
            if upright(image) and said is not None:
                return Pixels(name, said.wide, said.high, image.mode == "L", "jpeg", content, known.dpi)
        image = plain(image)
        raw = zlib.compress(image.tobytes())
    except Exception:  # whatever a decoder stumbles over, the plan is printed all the same
        return None
    return Pixels(name, *image.size, image.mode == "L", "zlib", raw, known.dpi)
