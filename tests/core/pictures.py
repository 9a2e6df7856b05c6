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


def made_png(packed: bytes, colour: int = 2) -> bytes:
    """A PNG of 3 × 2 pixels in eight bits a colour, whose pixels are packed like this, rightly or not."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def made_interlaced(image: Image.Image) -> bytes:
    """The picture as a PNG in seven passes, which Pillow reads and does not write."""
    out = io.BytesIO()
    image.save(out, "PNG")
    plain = out.getvalue()
    bits, colour = plain[24], plain[25]
    each = bits * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    wide, high = image.size
    rows = b""
    for left, top, across, down in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ):  # fmt: skip
        columns = len(range(left, wide, across))
        for _ in range(top, high, down) if columns else ():
            rows += b"\0" + bytes((columns * each + 7) // 8)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, bits, colour, 0, 0, 1))
    palette = plain[33 : plain.index(b"IDAT") - 4]
    return plain[:8] + head + palette + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SMALL = (
    pictures.taken(encoded("PNG"), "red"),
    pictures.taken(encoded("JPEG", "L"), "grey"),
)
"""A small PNG and a small JPEG as plans keep them."""


def broken() -> str:
    """A picture as a plan may still have it, with a good beginning and no pixels."""
    return pictures.text("image/png", claiming(9, 9))
