"""Where words may be hyphenated: pyphen's patterns, each understood when the first word asks for it.

A print hyphenates some dozens of words; to understand all ten thousand patterns first would take as long as ten pages,
and pyphen itself, which looks for the dictionaries of all languages, as long as four.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

LANGUAGE = "en_US"
FIRST, REST = 2, 3
"""The fewest letters of a word before a hyphen and after it."""

Pattern = tuple[int, tuple[int, ...]]
"""Where a pattern's values begin, and the values: odd ones allow a hyphen, the largest at a place decides."""


class Patterns:
    """The patterns of a dictionary by their letters."""

    def __init__(self, path: Path) -> None:
        """Nothing is said by the head of the file: its encoding, and bounds that are ours to set."""
        raw = path.read_bytes()
        raw = raw[max(raw.rfind(b"MIN "), 0) :].partition(b"\n")[2].rstrip()
        letters = raw.translate(None, b"0123456789").decode()
        self._written = dict(zip(letters.split("\n"), raw.decode().split("\n"), strict=True))
        self._known: dict[str, Pattern] = {}

    def __getitem__(self, letters: str) -> Pattern:
        """The pattern of these letters."""
        found = self._known.get(letters)
        if found is None:
            found = self._known[letters] = _understood(self._written[letters])
        return found

    def places(self, word: str) -> list[int]:
        """How many letters of a word may stand before a hyphen, ascending (by Liang's method, as TeX does)."""
        dotted, known = f".{word.lower()}.", self._written
        values = [0] * (len(dotted) + 1)
        for start in range(len(dotted)):
            for end in range(start + 1, len(dotted) + 1):
                if (letters := dotted[start:end]) in known:
                    first, pattern = self[letters]
                    for at, value in enumerate(pattern, start + first):
                        values[at] = max(values[at], value)
        return [at for at in range(FIRST, len(word) - REST + 1) if values[at + 1] % 2]


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


def dictionary() -> Path:
    """The file of patterns that pyphen brings along for the print's language."""
    found = find_spec("pyphen")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("No module named 'pyphen'", name="pyphen")
    return Path(found.origin).with_name("dictionaries") / f"hyph_{LANGUAGE}.dic"


@cache
def patterns() -> Patterns:
    """Those of the print's language."""
    return Patterns(dictionary())
