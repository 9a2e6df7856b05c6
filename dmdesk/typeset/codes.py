"""Codes: how the characters of a text are written in one document, each by the code it has in a font cut for that.

ReportLab gives out the codes, in the order in which characters are used; each is asked for once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
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
        self._known: dict[str, tuple[str, str]] = {}

    def __missing__(self, text: str) -> Sequence[tuple[str, str]]:
        if self._ascii and text.isascii() and text.isprintable():
            found: Sequence[tuple[str, str]] = ((self._ascii, f"({_escaped(text)}) Tj"),)
        else:
            found = self._parted(text)
        self[text] = found
        return found

    def _parted(self, text: str) -> Sequence[tuple[str, str]]:
        known = self._known
        for char in text:
            if char not in known:
                known[char] = self._code(char)
        pairs = groupby([known[char] for char in text], itemgetter(0))
        return [(name, f"({''.join([code for _, code in codes])}) Tj") for name, codes in pairs]

    def _code(self, char: str) -> tuple[str, str]:
        ((subset, code),) = self._font.splitString(char, self._doc)
        return self._named(subset), _ESCAPED[code[0]]

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
