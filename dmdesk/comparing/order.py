"""Order: what of two sequences was moved, and one sequence of what is in either.

Ranks differ for many reasons; a person wants to know which rows were moved, and only those.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from dmdesk.kinds import Entity


def moved(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int]) -> set[str]:
    """The fewest ids, of those in both sequences, whose move makes the new sequence of the old.

    Of several ways the one that moves those of the least weight is taken; it is the same in both directions.
    """
    where = {id: at for at, id in enumerate(new)}
    kept = [id for id in old if id in where]
    places = [where[id] for id in kept]
    if all(a < b for a, b in pairwise(places)):
        return set()
    return set(kept) - _heaviest(kept, places, weight)


Weight = tuple[int, int]


def _heaviest(ids: list[str], places: list[int], weight: Callable[[str], int]) -> set[str]:
    """The longest rising run of places, of the longest ones the heaviest (with a tree of maxima over the places)."""
    order = sorted(places)
    size = len(order) + 1
    best: list[tuple[Weight, int]] = [((0, 0), -1)] * size
    before: list[int] = []
    for at, (id, place) in enumerate(zip(ids, places, strict=True)):
        index = bisect_left(order, place)
        held: tuple[Weight, int] = ((0, 0), -1)
        low = index
        while low > 0:
            held = max(held, best[low])
            low -= low & -low
        before.append(held[1])
        mine = ((held[0][0] + 1, held[0][1] + weight(id)), at)
        up = index + 1
        while up < size:
            best[up] = max(best[up], mine)
            up += up & -up
    held = ((0, 0), -1)
    low = len(order)
    while low > 0:
        held = max(held, best[low])
        low -= low & -low
    found, at = set(), held[1]
    while at >= 0:
        found.add(ids[at])
        at = before[at]
    return found


def steady(*ids: str) -> int:
    """A number that tells rows apart in the same way in either direction and on every machine, for equal cases."""
    return int.from_bytes(hashlib.blake2b(min(ids).encode(), digest_size=5).digest(), "big")


def merged(old: Iterable[Entity], new: Iterable[Entity], stays: Callable[[Entity], bool]) -> list[str]:
    """The ids of both in one sequence: that of the new, each that is gone after what it stood after.

    ``stays`` says whether an old row still stands where it stood, so that others can be told by it.
    """
    here = [row.id for row in new]
    known = set(here)
    gone: dict[str, list[str]] = {}
    anchor = ""
    for row in old:
        if row.id not in known:
            gone.setdefault(anchor, []).append(row.id)
        elif stays(row):
            anchor = row.id
    found = list(gone.get("", ()))
    for id in here:
        found.append(id)
        found += gone.get(id, ())
    return found
