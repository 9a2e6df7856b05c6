"""Pictures for tests, made when they are needed: good ones, and every sort of bad one."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from dmdesk import pictures


def encoded(form: str, mode: str = "RGB", size: tuple[int, int] = (6, 4), **options: Any) -> bytes:
    """A picture whose pixels are all different, as a file of a form."""
    out = io.BytesIO()
    drawn(mode, size).save(out, form, **options)
    return out.getvalue()


def drawn(mode: str = "RGB", size: tuple[int, int] = (6, 4)) -> Image.Image:
    """A picture that runs from dark at the left to light at the right, and from red at the top to green below."""
    wide, high = size
    made = Image.new("RGB", size)
    for y in range(high):
        for x in range(wide):
            made.putpixel((x, y), (255 * (high - y) // high, 255 * y // high, 255 * x // wide))
    return made.convert(mode)


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def claiming(wide: int, high: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


SMALL = (
    pictures.taken(encoded("PNG"), "red"),
    pictures.taken(encoded("JPEG", "L"), "grey"),
)
"""A small PNG and a small JPEG as plans keep them."""
