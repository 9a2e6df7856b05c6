"""Which names are so alike that they may be two names for one thing: other order, a slip of a letter, an abbreviation.

Words with digits in them never count as alike, for they are what tells “L1 Catalog DB” from “L2 Catalog DB”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from operator import attrgetter

from dmdesk.keeping import Index, Replaced
from dmdesk.kinds import Entity

Words = tuple[str, ...]

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


class Alike:
    """The alike names among the rows of a kind, kept in step with the plan.

    Rows are grouped by their names' words, near words counting as one; within a group each is held against those
    before. All are grouped anew only where a word comes or goes that is near another.
    """

    def __init__(self, kind: str, rows: Mapping[str, Entity], title: str) -> None:
        self._kind, self._get = kind, attrgetter(title)
        self._again = False
        self._group_all(rows)

    def _group_all(self, rows: Mapping[str, Entity]) -> None:
        self._words = Counter(word for row in rows.values() for word in words_in(self._get(row)))
        self._near: dict[str, set[str]] = {}
        for word in self._words:
            for beginning in _ends(word):
                self._near.setdefault(beginning, set()).add(word)
        self._stem = _stems(self._near.values())
        self._index = Index(self._kind, rows, self._key)
        self._found: dict[Words, list[tuple[str, str]]] = {}
        self._dirty: dict[Words, None] = dict(self._index.shared)
        self._again = False

    def _key(self, row: Entity) -> tuple[Words, ...]:
        words = words_in(self._get(row))
        return (tuple(sorted([self._stem.get(word, word) for word in words])),) if words else ()

    def replaced(self, step: Replaced) -> None:
        """Put a row whose name is another one into its new group."""
        if step.kind != self._kind or self._again:
            return
        old = "" if step.old is None else self._get(step.old)
        new = "" if step.new is None else self._get(step.new)
        if old == new and step.old is not None and step.new is not None:
            return
        self._count(words_in(old), words_in(new))
        if not self._again:
            self._index.replaced(step)
            rows = (row for row in (step.old, step.new) if row is not None)
            self._dirty.update((key, None) for row in rows for key in self._key(row))

    def _count(self, old: Words, new: Words) -> None:
        """Count the words anew; all are grouped again after one that is near another has come or gone."""
        self._words.update(new)
        for word in new:
            if self._words[word] == new.count(word):
                self._again |= any(
                    near_words(word, other)
                    for end in _ends(word)
                    for other in self._near.get(end, ())
                    if other != word
                )
                for end in _ends(word):
                    self._near.setdefault(end, set()).add(word)
        self._words.subtract(old)
        for word in set(old):
            if self._words[word] <= 0:
                del self._words[word]
                self._again |= word in self._stem or word in self._stem.values()
                for end in _ends(word):
                    self._near[end].discard(word)

    def pairs(self, rows: Mapping[str, Entity]) -> list[tuple[str, str]]:
        """Pairs of ids whose names are alike but not the same, each later id with one before it."""
        if self._again:
            self._group_all(rows)
        for key in self._dirty:
            found = list(self._in_group(rows, self._index.ids(key)))
            if found:
                self._found[key] = found
            else:
                self._found.pop(key, None)
        self._dirty = {}
        return [pair for found in self._found.values() for pair in found]

    def _in_group(self, rows: Mapping[str, Entity], ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        names = [self._get(rows[id]) for id in ids]
        for place, name in enumerate(names):
            first = next((at for at, other in enumerate(names[:place]) if _alike(other, name)), -1)
            if first >= 0:
                yield ids[place], ids[first]


def _alike(name: str, other_name: str) -> bool:
    """Whether two names differ, and in no more than one word that is a slip or a cut of the other's."""
    words, other = words_in(name), words_in(other_name)
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


@lru_cache(maxsize=100_000)
def _ends(word: str) -> tuple[str, ...]:
    """The beginning and the ending one of which a word shares with every word that is near it."""
    if len(word) < SHORTEST_CUT or any(char.isdigit() for char in word):
        return ()
    return word[:3], "-" + word[-3:]


def _stems(sharing: Iterable[Iterable[str]]) -> dict[str, str]:
    """Word → one word for all those that are near each other, given words that share a beginning or an ending."""
    stem: dict[str, str] = {}

    def root(word: str) -> str:
        while word in stem:
            word = stem[word]
        return word

    for some in sharing:
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
