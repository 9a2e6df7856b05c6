"""Pictures: a PNG or JPEG as text, so that it lives in the plan and nowhere else.

Copying a plan copies its pictures, and no text that somebody typed can make dmdesk read a file or the network.
The text is a media type and base64 in lines, in one form only, so that a plan written as text is the same bytes again.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from dmdesk.errors import PlanError
from dmdesk.pictures.heads import Head, head

LARGEST = 10_000_000
"""Bytes that a picture may have."""
MOST_PIXELS = 40_000_000
NAMES = {"image/png": "PNG", "image/jpeg": "JPEG"}
LINE = 76
DPI = 96.0
"""Pixels an inch of a picture that does not say it."""

_BEGINNING = re.compile(r"\s*(image/(?:png|jpeg));base64,\s*")
_WHOLE: dict[bytes, bool] = {}
_LOOKED_AT = 4 * 16_384
"""Characters that are decoded to learn the size of a picture; the heads of pictures taken in are shorter."""


class Facts(NamedTuple):
    """What a picture is: PNG or JPEG, its pixels, its bytes, and how many pixels make an inch."""

    name: str
    wide: int
    high: int
    size: int
    dpi: float


def load(path: Path) -> str:
    """The picture of a file as the text that the plan keeps.

    Raises:
        PlanError: the file cannot be read, is no PNG or JPEG, is broken or too large.
    """
    from dmdesk.pictures.taking import from_file

    return from_file(path)


def taken(content: bytes, name: str) -> str:
    """The picture in some bytes, as ``load`` gives it; ``name`` is what sentences call it.

    Raises:
        PlanError: as for ``load``.
    """
    from dmdesk.pictures.taking import taken

    return taken(content, name)


def text(media: str, content: bytes) -> str:
    """The one form in which the plan keeps a picture."""
    coded = b64encode(content).decode("ascii")
    lines = (coded[at : at + LINE] for at in range(0, len(coded), LINE))
    return "\n".join((f"{media};base64,", *lines))


def content(picture: str) -> bytes:
    """The bytes of a picture of the plan; none where its text was damaged in the plan's file."""
    try:
        return b64decode("".join(picture.partition(",")[2].split()), validate=True)
    except ValueError:
        return b""


def media(picture: str) -> str:
    """The media type of a picture of the plan."""
    return picture.partition(";")[0]


def normal(words: str) -> str:
    """A picture in the one form, from a text in which its base64 may be broken otherwise.

    Raises:
        PlanError: the text is no picture, or one that is too large.
    """
    found = _BEGINNING.match(words)
    if not found:
        raise PlanError("A picture is not typed; choose, drop or paste one.")
    try:
        decoded = b64decode("".join(words[found.end() :].split()), validate=True)
    except (binascii.Error, ValueError):
        raise PlanError("The text of the picture is not base64; choose the picture anew.") from None
    known = head(decoded)
    if known is None or known.media != found[1]:
        raise PlanError(f"The text is no {NAMES[found[1]]} picture; choose the picture anew.")
    refuse_large(known, len(decoded), "The picture")
    return text(found[1], decoded)


def whole(picture: str) -> bool:
    """Whether a picture of the plan is all there; remembered, since a plan is printed again after every edit."""
    name = sha256(picture.encode()).digest()
    if name not in _WHOLE:
        from dmdesk.pictures.wholeness import whole

        _WHOLE[name] = whole(content(picture))
    return _WHOLE[name]


def refuse_large(known: Head, size: int, name: str) -> None:
    """Refuse a picture with too many bytes or pixels.

    Raises:
        PlanError: it has.
    """
    if size > LARGEST:
        raise PlanError(
            f"{name} is {in_bytes(size)} large and a picture may have {in_bytes(LARGEST)}; make it smaller first."
        )
    if known.wide * known.high > MOST_PIXELS:
        raise PlanError(
            f"{name} has {known.wide:,} × {known.high:,} pixels and a picture may have "
            f"{MOST_PIXELS // 1_000_000} million; make it smaller first."
        )


def facts(picture: str) -> Facts | None:
    """What a picture of the plan is, from its first bytes and last line; None for one that was damaged in its file."""
    begin = picture.find(",") + 1
    try:
        first = "".join(picture[begin : begin + _LOOKED_AT].split())[: _LOOKED_AT // 4 * 3]
        known = head(b64decode(first, validate=True)) or head(content(picture))
        b64decode(picture[max(begin, picture.rfind("\n") + 1) :], validate=True)
    except ValueError:
        known = None
    if known is None:
        return None
    lines = len(picture) - begin - 1
    coded = lines - lines // (LINE + 1)
    size = coded // 4 * 3 - picture[-2:].count("=")
    return Facts(NAMES[known.media], known.wide, known.high, size, known.dpi or DPI)


def words(picture: str) -> str:
    """A picture in a few words, "" for none; the last tells pictures of one size apart."""
    if not picture:
        return ""
    known = facts(picture)
    if known is None:
        return "broken picture"
    mark = f"{binascii.crc32(picture.encode()):08x}"[:6]
    return f"{known.name} picture, {known.wide:,} × {known.high:,}, {in_bytes(known.size)}, {mark}"


def in_bytes(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1000:
        return f"{size} bytes"
    return f"{size / 1000:,.0f} kB" if size < 999_500 else f"{size / 1_000_000:,.1f} MB"
