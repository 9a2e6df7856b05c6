"""Taking pictures in: from a file or bytes of any sort to the plain PNG or JPEG that the plan keeps.

What comes in may be broken, hostile or merely unusual; what is kept shows alike everywhere, prints without being
looked at again, and says nothing of cameras, places and programs. The same bytes give the same text.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.errors import PlanError
from dmdesk.pictures import LARGEST, in_bytes, refuse_large, text
from dmdesk.pictures.heads import PNG, Head, chunks, head, segments
from dmdesk.pictures.wholeness import whole

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY = 92
_KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND")
_KEPT_FRAMES = (0xC0, 0xC2)
"""Ways to pack a JPEG that everything reads: baseline and progressive."""
_DROPPED = frozenset((*range(0xE0, 0xEE), 0xEF, 0xFE))
"""Segments with what programs and cameras note; 0xEE says how the colours are coded."""
_ADVICE = "save it as PNG in the program that made it, and choose that"
_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a WebP picture"),
    (b"%PDF", "a PDF"),
    (b"8BPS", "a Photoshop picture"),
)


def from_file(path: Path) -> str:
    """See ``dmdesk.pictures.load``."""
    name = f"“{path.name}”"
    try:
        if not path.is_file():
            why = "is no file" if path.exists() else "is not there"
            raise PlanError(f"{name} {why}; choose a PNG or JPEG picture.")
        size = path.stat().st_size
        if size > LARGEST:
            raise PlanError(
                f"{name} is {in_bytes(size)} large and a picture may have {in_bytes(LARGEST)}; make it smaller first."
            )
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is not valid"
        raise PlanError(f"{name} cannot be read ({why}); choose another picture.") from None
    return taken(content, name)


def taken(content: bytes, name: str) -> str:
    """See ``dmdesk.pictures.taken``."""
    known = head(content)
    if known is None:
        raise PlanError(_no_picture(content, name))
    refuse_large(known, len(content), name)
    try:
        kept, media = _png(content, known) if known.media == "image/png" else _jpeg(content, known)
    except MemoryError:
        raise PlanError(f"There is not memory enough for {name}; make it smaller first.") from None
    except Exception:  # whatever a decoder stumbles over, for the person it is one thing
        raise PlanError(f"{name} is broken and cannot be shown; save it anew or choose another.") from None
    now = head(kept)
    assert now is not None, "what was written here is a picture"
    refuse_large(now, len(kept), f"{name} as the plan would keep it")
    return text(media, kept)


def _no_picture(content: bytes, name: str) -> str:
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"<svg" in start.lower():
        return f"{name} is an SVG drawing, which dmdesk does not take; {_ADVICE}."
    for begin, what in _OTHERS:
        if start.startswith(begin):
            return f"{name} is {what}, which dmdesk does not take; {_ADVICE}."
    if content.startswith((PNG, b"\xff\xd8\xff")):
        return f"{name} is broken and cannot be shown; save it anew or choose another."
    return f"{name} is no picture; choose a PNG or JPEG."


# -- PNG


def _png(content: bytes, known: Head) -> tuple[bytes, str]:
    """Only the chunks that make the picture; an animation is its still picture, anything but plain is made plain."""
    kept = PNG + b"".join(
        content[begin:end] for chunk, begin, end in chunks(content) if chunk in _KEPT_CHUNKS
    )
    if not whole(kept):
        raise ValueError("a PNG that is not all there")
    image = opened(kept)
    if known.plain:
        return kept, "image/png"
    return _written(plain(image), "PNG", known.dpi, optimize=True), "image/png"


def opened(content: bytes) -> Image:
    """The picture, decoded to its last pixel."""
    from PIL import Image

    image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    image.load()
    return image


def plain(image: Image) -> Image:
    """The picture with eight bits a colour, grey or RGB, on white where it is clear."""
    from PIL import Image

    if image.mode in ("L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode.startswith("I"):
        return image.point(lambda value: value / 256).convert("L") if image.mode == "I" else _sixteen(image)
    if image.has_transparency_data:
        grey = image.mode in ("LA", "La", "L", "1")
        over = image.convert("RGBA")
        under = Image.new("RGBA", over.size, "white")
        under.alpha_composite(over)
        return under.convert("L" if grey else "RGB")
    return image.convert("L" if image.mode == "1" else "RGB")


def _sixteen(image: Image) -> Image:
    """Sixteen bits of grey as eight."""
    from PIL import Image

    high = image.tobytes()[1::2] if image.mode != "I;16B" else image.tobytes()[::2]
    return Image.frombytes("L", image.size, high)


def _written(image: Image, form: str, dpi: float, **options: object) -> bytes:
    out = io.BytesIO()
    image.info = {}
    if dpi:
        options["dpi"] = (dpi, dpi)
    image.save(out, form, **options)
    return out.getvalue()


# -- JPEG


def _jpeg(content: bytes, known: Head) -> tuple[bytes, str]:
    """The segments that make the picture, untouched; one that stands turned or has other colours is made anew."""
    from PIL import ImageOps

    if not whole(content):
        raise ValueError("a JPEG that is not all there")
    image = opened(content)
    if upright(image) and known.bits == 8 and known.frame in _KEPT_FRAMES:
        return _bare(content, known), "image/jpeg"
    image = plain(ImageOps.exif_transpose(image))
    return _written(image, "JPEG", known.dpi, quality=QUALITY, subsampling=0, optimize=True), "image/jpeg"


def upright(image: Image) -> bool:
    """Whether a JPEG shows as its pixels stand, in grey or in the usual three colours."""
    usual = image.format == "JPEG" and image.mode in ("L", "RGB")
    return usual and image.info.get("adobe_transform", 1) == 1 and image.getexif().get(0x0112, 1) in (0, 1)


def _bare(content: bytes, known: Head) -> bytes:
    dpi = round(known.dpi)
    jfif = b"\xff\xe0" + struct.pack(
        ">H5sHBHHBB", 16, b"JFIF\0", 0x0101, int(dpi > 0), dpi or 1, dpi or 1, 0, 0
    )
    kept = b"".join(content[begin:end] for marker, begin, end in segments(content) if marker not in _DROPPED)
    return b"\xff\xd8" + jfif + kept + b"\xff\xd9"
