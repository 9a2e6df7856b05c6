"""Codes: how the characters of a text are written in one document, each by the code it has in a font cut for that.

ReportLab gives out the codes, in the order in which characters are used; each is asked for once, and so is a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dmdesk.typeset import fonts

_ESCAPED = [
    chr(code) if 32 <= code < 127 and chr(code) not in "\\()" else f"\\{code:03o}" for code in range(256)
]


class Codes(dict[str, "Shown"]):
    """The texts of one document, ReportLab's ``doc``, by the font that they are set in."""

    def __init__(self, doc: Any) -> None:
        super().__init__()
        self._doc = doc

    def __missing__(self, font: str) -> Shown:
        found = self[font] = Shown(font, self._doc)
        return found


class Shown(dict[str, Sequence[tuple[str, str]]]):
    """The texts in one font as pairs: the name of a font in the file, and the operator that shows codes in it.

    Most texts of a plan are said more than once.
    """

    def __init__(self, font: str, doc: Any) -> None:
        super().__init__()
        self._font, self._doc = fonts.font(font), doc
        self._ascii = self._named(0) if fonts.has_ascii(font) else ""
        self._names: dict[str, str] = {}
        self._codes: dict[int, str] = {}

    def __missing__(self, text: str) -> Sequence[tuple[str, str]]:
        plain = self._ascii and text.isascii() and text.isprintable()
        found = self[text] = [(self._ascii, f"({_escaped(text)}) Tj")] if plain else self._parted(text)
        return found

    def _parted(self, text: str) -> list[tuple[str, str]]:
        names, used = self._names, set(text)
        if not names.keys() >= used:
            self._add(text)
        parts = [text] if text else []
        if len({names[char] for char in used}) > 1:
            parts = ["".join(chars) for _, chars in groupby(text, names.__getitem__)]
        return [(names[part[0]], f"({part.translate(self._codes)}) Tj") for part in parts]

    def _add(self, text: str) -> None:
        """Get the codes of its characters that have none yet, in their order."""
        for char in text:
            if char not in self._names:
                ((subset, code),) = self._font.splitString(char, self._doc)
                self._names[char], self._codes[ord(char)] = self._named(subset), _ESCAPED[code[0]]

    def _named(self, subset: int) -> str:
        return str(self._font.getSubsetInternalName(subset, self._doc))


def _escaped(text: str) -> str:
    """ASCII as it stands in a string of the file; most of it needs nothing."""
    if "\\" in text:
        text = text.replace("\\", _ESCAPED[ord("\\")])
    if "(" in text:
        text = text.replace("(", _ESCAPED[ord("(")])
    if ")" in text:
        text = text.replace(")", _ESCAPED[ord(")")])
    return text
