"""Heads of pictures: what the first bytes of a PNG or JPEG say of it.

Read here in a few lines, because tables and histories ask for it often, and because a picture that claims more
pixels than any memory holds must be refused before a library begins to unpack it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_INCH = 0.0254
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, *range(0xD0, 0xD8)))
_SCAN, _END = 0xDA, 0xD9
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The marker that ends the pixels of a scan; others within belong to them."""


class Head(NamedTuple):
    """Media type, size in pixels, bits and colours of a pixel, and pixels an inch (0: it does not say).

    ``frame`` is the way a JPEG is packed, ``plain`` says that a PNG has neither palette, alpha nor interlacing.
    """

    media: str
    wide: int
    high: int
    bits: int
    colours: int
    dpi: float = 0.0
    frame: int = 0
    plain: bool = True


def head(content: bytes) -> Head | None:
    """What the bytes begin with; None for what is no PNG and no JPEG, or breaks off before it says its size."""
    try:
        if content.startswith(PNG):
            return _png(content)
        return _jpeg(content) if content.startswith(JPEG) else None
    except (struct.error, IndexError):
        return None


def chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, begin and end of each whole chunk of a PNG up to its end; what stands behind that is none."""
    at = len(PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        if at + 12 + length > len(content):
            return
        name = content[at + 4 : at + 8]
        yield name, at, at + 12 + length
        if name == b"IEND":
            return
        at += 12 + length


def segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, begin and end of each segment of a JPEG up to its end; what cameras append behind that is none."""
    at = 2
    while at + 2 <= len(content):
        if content[at] != 0xFF:
            return
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            return
        length = 0 if marker in _ALONE else struct.unpack_from(">H", content, at + 2)[0]
        if at + 2 + length > len(content):
            return
        end = at + 2 + length
        if marker == _SCAN:
            found = _AFTER_SCAN.search(content, end)
            end = found.start() if found else len(content)
        yield marker, at, end
        at = end


def ended(content: bytes) -> bool:
    """Whether a JPEG goes on to its end."""
    last = max((end for _, _, end in segments(content)), default=2)
    return content[last:].lstrip(b"\xff").startswith(bytes((_END,)))


def _png(content: bytes) -> Head | None:
    if content[12:16] != b"IHDR":
        return None
    wide, high, bits, colour, _, _, interlaced = struct.unpack_from(">IIBBBBB", content, 16)
    dpi, clear = 0.0, False
    for name, begin, _ in chunks(content):
        if name == b"pHYs":
            across, _, unit = struct.unpack_from(">IIB", content, begin + 8)
            dpi = across * _INCH if unit == 1 else 0.0
        clear = clear or name == b"tRNS"
        if name == b"IDAT":
            break
    if not wide or not high:
        return None
    colours = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(colour, 0)
    plain = colour in (0, 2) and bits == 8 and not interlaced and not clear
    return Head("image/png", wide, high, bits, colours, _likely(dpi), plain=plain)


def _jpeg(content: bytes) -> Head | None:
    dpi = 0.0
    for marker, begin, _ in segments(content):
        if marker == 0xE0 and content[begin + 4 : begin + 9] == b"JFIF\0":
            unit, across = struct.unpack_from(">BH", content, begin + 11)
            dpi = across * {1: 1.0, 2: 2.54}.get(unit, 0.0)
        if marker in _FRAMES:
            bits, high, wide, colours = struct.unpack_from(">BHHB", content, begin + 4)
            return (
                Head("image/jpeg", wide, high, bits, colours, _likely(dpi), marker) if wide and high else None
            )
    return None


def _likely(dpi: float) -> float:
    """The resolution, unless it is one that nobody means."""
    return dpi if 20 <= dpi <= 5000 else 0.0
