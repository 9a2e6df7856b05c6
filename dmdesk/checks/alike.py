"""Which names are so alike that they may be two names for one thing: other order, a slip of a letter, an abbreviation.

Words with digits in them never count as alike, for they are what tells “L1 Catalog DB” from “L2 Catalog DB”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

_WORD = re.compile(r"\w+")
_SMALL = frozenset(("a", "an", "and", "of", "for", "in", "on", "the", "to", "with"))

SHORTEST = 5
"""Letters that two words must have for one to count as a slip of the other."""

SHORTEST_CUT = 4
"""Letters that an abbreviation must have, for “Proc” to stand for “Processing”."""


@lru_cache(maxsize=100_000)
def words_in(name: str) -> tuple[str, ...]:
    """The words of a name, without case, small words and order."""
    return tuple(sorted(word for word in _WORD.findall(name.casefold()) if word not in _SMALL))


def alike(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of ids whose names are alike but not the same, each later id with one before it."""
    split = {id: words_in(name) for id, name in names.items()}
    same = _stems({word for words in split.values() for word in words})
    groups: dict[tuple[str, ...], list[str]] = {}
    for id, words in split.items():
        if words:
            groups.setdefault(tuple(sorted([same.get(word, word) for word in words])), []).append(id)
    found = []
    for ids in groups.values():
        for place, id in enumerate(ids[1:], 1):
            first = next(
                (one for one in ids[:place] if _alike(names[one], split[one], names[id], split[id])), ""
            )
            if first:
                found.append((id, first))
    return found


def _alike(name: str, words: tuple[str, ...], other_name: str, other: tuple[str, ...]) -> bool:
    """Whether two names differ, and in no more than one word that is a slip or a cut of the other's."""
    if " ".join(name.casefold().split()) == " ".join(other_name.casefold().split()):
        return False
    mine, others = Counter(words) - Counter(other), Counter(other) - Counter(words)
    if not mine and not others:
        return True
    return (
        len(words) > 1 - (sum(map(len, mine)) >= SHORTEST)
        and sum(mine.values()) == sum(others.values()) == 1
        and near_words(next(iter(mine)), next(iter(others)))
    )


def _stems(words: Iterable[str]) -> dict[str, str]:
    """Word → one word for all those that are near each other, for words that have near ones."""
    beginnings: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= SHORTEST_CUT and not any(char.isdigit() for char in word):
            beginnings.setdefault(word[:3], []).append(word)
            beginnings.setdefault("-" + word[-3:], []).append(word)
    stem: dict[str, str] = {}

    def root(word: str) -> str:
        while word in stem:
            word = stem[word]
        return word

    for some in beginnings.values():
        for a, b in combinations(sorted(some), 2):
            if near_words(a, b) and root(a) != root(b):
                stem[max(root(a), root(b))] = min(root(a), root(b))
    return {word: root(word) for word in stem}


def near_words(a: str, b: str) -> bool:
    """Whether one word is the other with a slip of a letter, or is cut off from it; never with digits in either."""
    if a == b or any(char.isdigit() for char in a + b):
        return a == b
    short, long = sorted((a, b), key=len)
    if len(short) >= SHORTEST_CUT and long.startswith(short):
        return True
    return len(short) >= SHORTEST and _one_slip(short, long)


def _one_slip(short: str, long: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours were swapped."""
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, longer = short[start:], long[start:]
    if len(short) < len(long):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[:2] == longer[1::-1] and rest[2:] == longer[2:])
