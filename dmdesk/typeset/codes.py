"""Codes: how the characters of a text are written in one document, each by the code it has in a font cut for that.

ReportLab gives out the codes, in the order in which characters are used; each is asked for once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from dmdesk.typeset import fonts

_ESCAPED = [
    chr(code) if 32 <= code < 127 and chr(code) not in "\\()" else f"\\{code:03o}" for code in range(256)
]


class Codes:
    """The codes of one document, ReportLab's ``doc``."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._ascii: dict[str, str] = {}
        self._known: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def of(self, font: str, text: str) -> Sequence[tuple[str, str]]:
        """The text as pairs: the name of a font in the file, and codes written as a string of the file."""
        if text.isascii() and text.isprintable():
            name = self._ascii.get(font)
            if name is None:
                name = self._ascii[font] = self._named(font, 0) if fonts.has_ascii(font) else ""
            if name:
                return ((name, _escaped(text)),)
        known = self._known[font]
        for char in text:
            if char not in known:
                known[char] = self._code(font, char)
        pairs = groupby([known[char] for char in text], itemgetter(0))
        return [(name, "".join([code for _, code in codes])) for name, codes in pairs]

    def _code(self, font: str, char: str) -> tuple[str, str]:
        ((subset, code),) = fonts.font(font).splitString(char, self._doc)
        return self._named(font, subset), _ESCAPED[code[0]]

    def _named(self, font: str, subset: int) -> str:
        return str(fonts.font(font).getSubsetInternalName(subset, self._doc))


def _escaped(text: str) -> str:
    """ASCII as it stands in a string of the file; most of it needs nothing."""
    if "\\" in text:
        text = text.replace("\\", _ESCAPED[ord("\\")])
    if "(" in text:
        text = text.replace("(", _ESCAPED[ord("(")])
    if ")" in text:
        text = text.replace(")", _ESCAPED[ord(")")])
    return text
