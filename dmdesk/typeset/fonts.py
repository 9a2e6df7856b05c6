"""Fonts: which font holds a character, how wide words are, and what stands for characters no font has.

Names come in any script. Each run of text is set in the style's own face where that has the characters, and in
the fallback fonts where it has not, so nothing prints as an empty box. Widths are kept: measuring is most of the work.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache, lru_cache
from itertools import repeat
from pathlib import Path
from typing import Any

from dmdesk.errors import PlanError

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FACES = {
    "regular": "OpenSans-Regular",
    "bold": "OpenSans-Bold",
    "italic": "OpenSans-Italic",
    "bold italic": "OpenSans-BoldItalic",
    "code": "Inconsolata-Regular",
    "code bold": "Inconsolata-Bold",
}
FALLBACKS = ("OpenSans-Regular", "DejaVuSans-Regular", "FallbackScripts-Regular", "FallbackCJK-Regular")

_LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2060), *range(0x2190, 0x2270)}
_UNSEEN = {0xAD, *range(0x2028, 0x2030)}
_KEPT_WIDTHS = 200_000


@cache
def font(name: str) -> Any:
    """A font by the name of its file, loaded once."""
    from reportlab.pdfbase.ttfonts import TTFError

    from dmdesk.typeset.faces import Font

    try:
        return Font(name, FOLDER / f"{name}.ttf")
    except (TTFError, OSError, struct.error, LookupError):
        raise PlanError(
            f"The font “{name}.ttf” is missing or damaged; it belongs into “{FOLDER}”. Install dmdesk again."
        ) from None


@cache
def _glyphs(name: str) -> dict[int, int]:
    found: dict[int, int] = font(name).face.charToGlyph
    return found


@cache
def has_ascii(name: str) -> bool:
    """Whether the font has all that is printable of ASCII, which then needs no looking up."""
    return _glyphs(name).keys() >= set(range(32, 127))


@lru_cache(maxsize=50_000)
def _home(face: str, char: str) -> str:
    """The first font that has the character; "" when none has."""
    names = (FACES[face], *FALLBACKS)
    return next((name for name in names if ord(char) in _glyphs(name)), "")


def has(face: str, char: str) -> bool:
    """Whether the face itself has the character."""
    return ord(char) in _glyphs(FACES[face])


@cache
def _tame(face: str) -> frozenset[str]:
    """The signs of Latin scripts, punctuation, arrows and mathematics that the face has and that print as they are."""
    return frozenset(map(chr, (_LATIN - _UNSEEN) & _glyphs(FACES[face]).keys()))


def tame(text: str, face: str) -> bool:
    """Whether the text prints as it is, from left to right and all in the face itself."""
    return (text.isascii() and text.isprintable()) or _tame(face).issuperset(text)


def printable(text: str) -> str:
    """The text with a name in brackets for each character that no font has, and without invisible ones."""
    if tame(text, "regular"):
        return text
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=50_000)
def _shown(char: str) -> str:
    if char in "\n \xa0":
        return char
    if char.isspace():
        return "\n" if char in "\u2028\u2029\x85\r\v\f" else "\xa0" if char == "\u202f" else " "
    if unicodedata.category(char) in ("Cc", "Cf", "Cs") or "\ufe00" <= char <= "\ufe0f":
        return ""
    if _home("regular", char) and not _never(char):
        return char
    name = unicodedata.name(char, "").lower()
    return f"[{name or f'U+{ord(char):04X}'}]"


def _never(char: str) -> bool:
    """Whether a code never stands for a letter; fonts may use it for one all the same."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """The text as (font name, run) pairs; ``text`` has been through ``printable``."""
    own = FACES[face]
    if text.isascii() or _tame(face).issuperset(text):
        return [(own, text)]
    found: list[tuple[str, str]] = []
    for char in text:
        name = _home(face, char) or own
        if found and (found[-1][0] == name or char == " "):
            found[-1] = (found[-1][0], found[-1][1] + char)
        else:
            found.append((name, char))
    return found


class Widths(dict[str, float]):
    """The widths of texts in one font at size 1, each measured when it is first asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        face = font(name).face
        self._width_of, self._other = face.charWidths.get, face.defaultWidth
        self._ascii = [self._width_of(code, self._other) for code in range(128)].__getitem__

    def __missing__(self, text: str) -> float:
        if len(self) > _KEPT_WIDTHS:
            self.clear()
        found = self[text] = self.measured(text)
        return found

    def measured(self, text: str) -> float:
        """The width of a text that is not worth keeping."""
        if text.isascii():
            return float(sum(map(self._ascii, text.encode()))) * 0.001
        return float(sum(map(self._width_of, map(ord, text), repeat(self._other)))) * 0.001


@cache
def widths(name: str) -> Widths:
    """The widths of texts in one font."""
    return Widths(name)


def measure(text: str, name: str) -> float:
    """The width of a text in one font at size 1, not kept."""
    return widths(name).measured(text)


def natural_width(text: str, face: str, size: float) -> float:
    """The width of a short text in points, fallback fonts included."""
    return size * sum([widths(name)[run] for name, run in runs(text, face)])
