"""Addresses: those of the web as people type them within a text, without marks around."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from urllib.parse import quote

from dmdesk.manuscript.blocks import Run

_SIGNS = "-./,;:!?#%&=+~@$'()"
_ENDS = frozenset(".,;:!?'_~")
"""Signs that are the sentence's where an address ends with them."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])[Hh]ttps?://[^\W_][\w{re.escape(_SIGNS)}]*")


@lru_cache(maxsize=16)
def found(text: str) -> tuple[tuple[int, int], ...]:
    """Where the addresses of a text begin and end, without what belongs to the sentence around."""
    if "://" not in text:
        return ()
    return tuple((one.start(), one.start() + _length(one[0])) for one in _pattern().finditer(text))


def _length(typed: str) -> int:
    """How much of a run of signs is the address: not its last points, nor brackets that it does not open."""
    end = len(typed)
    extra = typed.count(")") - typed.count("(")
    while True:
        if typed[end - 1] == ")" and extra > 0:
            extra -= 1
        elif typed[end - 1] not in _ENDS:
            return end
        end -= 1


def within(text: str, at: int) -> bool:
    """Whether a place of a text is within an address."""
    ends = found(text)
    before = bisect_right(ends, (at, len(text))) - 1
    return before >= 0 and at < ends[before][1]


def apart(run: Run) -> tuple[Run, ...]:
    """Words with each address in them as a link; code and what leads somewhere already stay as they are."""
    text = run.text
    if "://" not in text or run.code or run.link or run.reference:
        return (run,)
    made: list[Run] = []
    at = 0
    for start, end in found(text):
        if at < start:
            made.append(run._replace(text=text[at:start]))
        address = text[start:end]
        made.append(run._replace(text=address, link=_link(address)))
        at = end
    if at < len(text) or not text:
        made.append(run._replace(text=text[at:]))
    return tuple(made)


def _link(address: str) -> str:
    """The address as links are written, letters of other scripts by their codes."""
    return address if address.isascii() else quote(address, safe=f"{_SIGNS}%")
