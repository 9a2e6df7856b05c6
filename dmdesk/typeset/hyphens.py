"""Where words may be hyphenated: pyphen and its patterns, each understood when the first word asks for it.

A print hyphenates some dozens of words; to understand all ten thousand patterns first would take as long as ten pages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LANGUAGE = "en_US"
FIRST, REST = 2, 3
"""The fewest letters of a word before a hyphen and after it."""

Pattern = tuple[int, tuple[int, ...]]
"""Where a pattern's values begin, and the values: odd ones allow a hyphen, the largest at a place decides."""


class Patterns:
    """The patterns of a file by their letters, for pyphen to look into."""

    def __init__(self, path: Path) -> None:
        lines = [line for line in path.read_text("utf-8").split("\n")[1:] if line and "MIN " not in line]
        letters = "\n".join(lines).encode().translate(None, b"0123456789").decode()
        self._written = dict(zip(letters.split("\n"), lines, strict=True))
        self._known: dict[str, Pattern] = {}
        self.longest = max(map(len, self._written))

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
            self.maxlen = self.patterns.longest

    path = pyphen.LANGUAGES[LANGUAGE]
    pyphen.hdcache.setdefault(path, Dictionary(path))
    return pyphen.Pyphen(lang=LANGUAGE, left=FIRST, right=REST)
