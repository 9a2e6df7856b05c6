"""Scripts written from right to left: the order in which the words and letters of a line are drawn.

A small part of the Unicode rules, enough that Hebrew and Arabic names read as they should: words and letters
of such runs are turned round, numbers are not, brackets are mirrored, and Arabic letters take their joined forms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[^\\W\\d_]")
_CLUSTERS = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/-][0-9\u0660-\u0669\u06f0-\u06f9]+)*|[A-Za-z\u00c0-\u024f]+|.",
    re.DOTALL,
)
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def leads_from_right(text: str) -> bool:
    """Whether the first letter of the text belongs to a script written from right to left."""
    first = _STRONG.search(text)
    return bool(first and RTL.match(first[0]))


def turned(word: str) -> str:
    """A word as it is drawn from left to right; words of other scripts stay as they are."""
    if not RTL.search(word):
        return word
    clusters: list[str] = []
    for cluster in _CLUSTERS.findall(joined(word)):
        if clusters and unicodedata.combining(cluster[0]):
            clusters[-1] += cluster
        else:
            clusters.append(cluster)
    return "".join(c.translate(_MIRROR) if len(c) == 1 else c for c in reversed(clusters))


def order(words: list[str], from_right: bool) -> list[int]:
    """The places of the words of one line in the order in which they are drawn from left to right."""
    sides = [_side(word) for word in words]
    base = 1 if from_right else 0
    levels = [base if side is None else side for side in sides]
    for at, side in enumerate(sides):
        if side is None:
            before = next((s for s in reversed(sides[:at]) if s is not None), base)
            after = next((s for s in sides[at + 1 :] if s is not None), base)
            levels[at] = before if before == after else base
    places = list(range(len(words)))
    other = [*_runs(levels, 1 - base)]
    for start, end in other:
        places[start:end] = reversed(places[start:end])
    return places[::-1] if from_right else places


def between(places: list[int], from_right: bool) -> list[int]:
    """For each two neighbours of a drawn line, the word of the text whose space stands between them.

    ``places`` are those of ``order``. A space within a run that is turned round goes with its words, all others stay.
    """
    seen = places[::-1] if from_right else places
    found = [other if other < one else at for at, (one, other) in enumerate(pairwise(seen))]
    return found[::-1] if from_right else found


def _side(word: str) -> int | None:
    strong = _STRONG.search(word)
    return None if strong is None else int(bool(RTL.match(strong[0])))


def _runs(levels: list[int], level: int) -> list[tuple[int, int]]:
    found, start = [], None
    for at, value in enumerate([*levels, -1]):
        if value == level and start is None:
            start = at
        elif value != level and start is not None:
            found.append((start, at))
            start = None
    return found


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Letter → its isolated, final, initial and medial form, read from the compatibility forms of Unicode."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        kind, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if kind in ("<isolated>", "<final>", "<initial>", "<medial>"):
            base = "".join(chr(int(letter, 16)) for letter in letters)
            forms.setdefault(base, {}).setdefault(kind[1:-1], chr(code))
    return forms


def joined(word: str) -> str:
    """An Arabic word with each letter in the form that its neighbours ask for; other words as they are."""
    forms = _forms()
    letters = re.findall("\u0644[\u0622\u0623\u0625\u0627]|.", word, re.DOTALL)
    marks = [bool(unicodedata.combining(letter[0])) for letter in letters]
    shown = []
    for at, letter in enumerate(letters):
        own = forms.get(letter, {})
        before = next((letters[i] for i in range(at - 1, -1, -1) if not marks[i]), "")
        after = next((letters[i] for i in range(at + 1, len(letters)) if not marks[i]), "")
        tied_before = "initial" in forms.get(before, {}) and "final" in own
        tied_after = "initial" in own and "final" in forms.get(after, {})
        form = (
            ("medial" if tied_after else "final")
            if tied_before
            else ("initial" if tied_after else "isolated")
        )
        shown.append(own.get(form, letter) if not marks[at] else letter)
    return "".join(shown)
