"""Where words may be hyphenated: pyphen and its patterns, each understood when the first word asks for it.

A print hyphenates some dozens of words; to understand all ten thousand patterns first would take as long as ten pages.
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dmdesk.typeset import fonts

LANGUAGE = "en_US"
FIRST, REST = 2, 3
"""The fewest letters of a word before a hyphen and after it."""
SOFT = "\u00ad"
"""The hyphen that is only there because a line ends: whoever copies or reads out the word goes on without it."""

Pattern = tuple[int, tuple[int, ...]]
"""Where a pattern's values begin, and the values: odd ones allow a hyphen, the largest at a place decides."""


@cache
def sign(face: str) -> str:
    """The hyphen at the end of a line: a soft one where the face has it."""
    return SOFT if fonts.has(face, SOFT) else "-"


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[int, ...]:
    """Where a word of the print's language may be hyphenated; none in codes, names with capitals and short words."""
    core = re.fullmatch(r"(\W*)([A-Za-z]?[a-z]{5,})(\W*)", text)
    if not core:
        return ()
    return tuple(core.start(2) + at for at in hyphenator().positions(core[2]))


class Patterns:
    """The patterns of a file by their letters, for pyphen to look into.

    The first lines of the file say other things, in capitals, so no word has their letters.
    """

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        letters = content.translate(None, b"0123456789").decode()
        self._written = dict(zip(letters.split("\n"), content.decode().split("\n"), strict=True))
        self._known: dict[str, Pattern] = {}

    def get(self, letters: str) -> Pattern | None:
        """The pattern of these letters."""
        if letters not in self._written:
            return None
        found = self._known.get(letters)
        if found is None:
            found = self._known[letters] = _understood(self._written[letters])
        return found


def _understood(written: str) -> Pattern:
    """``.a2f1t`` as the values between its letters, without those that are 0 at either end."""
    values = [0]
    for sign in written:
        if sign.isdigit():
            values[-1] = int(sign)
        else:
            values.append(0)
    start = next((at for at, value in enumerate(values) if value), len(values))
    while len(values) > start and not values[-1]:
        values.pop()
    return start, tuple(values[start:])


@cache
def hyphenator() -> Any:
    """Pyphen's object that finds the places in words."""
    import pyphen

    class Dictionary(pyphen.HyphDict):
        def __init__(self, path: Path) -> None:
            self.patterns = Patterns(path)
            self.cache: dict[str, Any] = {}
            self.maxlen = sys.maxsize  # some patterns are longer than words

    path = pyphen.LANGUAGES[LANGUAGE]
    pyphen.hdcache.setdefault(path, Dictionary(path))
    return pyphen.Pyphen(lang=LANGUAGE, left=FIRST, right=REST)
