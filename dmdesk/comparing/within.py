"""Within: which words of a text were added and which removed, so that a changed sentence is read once.

The longest common words decide; where a text is very long, sentences are compared before words, which bounds the cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dmdesk.values import frozen

SAME, ADDED, REMOVED = "same", "added", "removed"

BETWEEN = 3
"""Blanks and signs between two differences, up to this number, are told with them."""

MOST = 400_000
"""Words of one text times words of the other that are compared at once; beyond, sentence by sentence."""

_WORDS = re.compile(r"\w+(?:[’'.-]\w+)*|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^\n.!?]*(?:\n+|[.!?]+\s*|$)")


@frozen
class Run:
    """A stretch of text that is the same in both, or was added or removed."""

    what: str
    text: str


Pair = tuple[str, str]


@lru_cache(maxsize=4096)
def within(old: str, new: str) -> tuple[Run, ...]:
    """The runs that make the old text of the same and removed ones, and the new text of the same and added ones.

    Of a place that was rewritten the removed words come first. ``within(b, a)`` is the mirror of ``within(a, b)``.
    """
    if old > new:
        return tuple(_runs([(added, removed) for removed, added in _pairs(new, old)]))
    return tuple(_runs(_pairs(old, new)))


def items_within(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    """The same for several texts in order: each run is one of them."""
    if tuple(old) > tuple(new):
        flipped = {SAME: SAME, ADDED: REMOVED, REMOVED: ADDED}
        runs = [Run(flipped[run.what], run.text) for run in items_within(new, old)]
        return tuple(_removed_first(runs))
    from difflib import SequenceMatcher

    found: list[Run] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            found += [Run(SAME, text) for text in old[a:b]]
        else:
            found += [Run(REMOVED, text) for text in old[a:b]] + [Run(ADDED, text) for text in new[c:d]]
    return tuple(found)


def _removed_first(runs: Iterable[Run]) -> Iterator[Run]:
    """Within each stretch of differences, what was removed before what was added."""
    added: list[Run] = []
    for run in runs:
        if run.what == ADDED:
            added.append(run)
            continue
        if run.what == SAME:
            yield from added
            added = []
        yield run
    yield from added


def _pairs(old: str, new: str) -> list[Pair]:
    """The text in stretches (old, new), of which each is equal or differs in the whole."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if len(a) * len(b) <= MOST:
        return list(_matched(a, b))
    found: list[Pair] = []
    for before, after in _matched(_SENTENCES.findall(old), _SENTENCES.findall(new)):
        if before == after:
            found.append((before, after))
            continue
        a, b = _WORDS.findall(before), _WORDS.findall(after)
        found += _matched(a, b) if len(a) * len(b) <= MOST else [(before, after)]
    return found


def _matched(a: Sequence[str], b: Sequence[str]) -> Iterator[Pair]:
    """Stretches that match and that do not, what both begin and end with put aside first."""
    from difflib import SequenceMatcher

    start, most = 0, min(len(a), len(b))
    while start < most and a[start] == b[start]:
        start += 1
    end = 0
    while end < most - start and a[-1 - end] == b[-1 - end]:
        end += 1
    found = [(list(a[:start]), list(b[:start]))]
    a_rest, b_rest = a[start : len(a) - end], b[start : len(b) - end]
    for _, low, high, first, last in SequenceMatcher(None, a_rest, b_rest, autojunk=False).get_opcodes():
        found.append((list(a_rest[low:high]), list(b_rest[first:last])))
    found.append((list(a[len(a) - end :]), list(b[len(b) - end :])))
    _slide(found)
    return (("".join(before), "".join(after)) for before, after in found if before or after)


def _slide(found: list[tuple[list[str], list[str]]]) -> None:
    """Let words that came or went begin after the sign that ends what is before them, and not with that sign."""
    for at in range(1, len(found) - 1):
        (before, _), (gone, came), (after, _) = found[at - 1 : at + 2]
        own = gone or came
        alone = bool(gone) != bool(came)
        if alone and found[at - 1][0] == found[at - 1][1] and found[at + 1][0] == found[at + 1][1]:
            while own and after and own[0] == after[0] and own[0] in _ENDS:
                before.append(own[0])
                found[at - 1][1].append(own[0])
                own.append(own.pop(0))
                after.pop(0)
                found[at + 1][1].pop(0)


_ENDS = frozenset(".!?,;:)]")


def _runs(pairs: Iterable[Pair]) -> Iterator[Run]:
    """The stretches as runs; blanks and signs between two differences join them, for nobody reads them alone."""
    same = removed = added = ""
    for before, after in pairs:
        if before == after:
            same += before
            continue
        if same and not ((removed or added) and len(same) <= BETWEEN and not _speaks(same)):
            yield from _differing(removed, added)
            yield Run(SAME, same)
            removed = added = same = ""
        removed, added, same = removed + same + before, added + same + after, ""
    yield from _differing(removed, added)
    if same:
        yield Run(SAME, same)


def _speaks(text: str) -> bool:
    return "\n" in text or any(sign.isalnum() for sign in text)


def _differing(removed: str, added: str) -> Iterator[Run]:
    if removed:
        yield Run(REMOVED, removed)
    if added:
        yield Run(ADDED, added)
