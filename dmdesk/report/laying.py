"""Laying out again: pages stay as they were up to the first part that is another, and again after the last one.

Pages are the same where the same parts begin one with nothing left over from the page before: no note that goes on, no
figure that waits for room. There laying out can begin, and there it can stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from operator import is_
from typing import NamedTuple

from dmdesk.report.flow import Filled, Filler, chains
from dmdesk.report.parts import Part
from dmdesk.values import frozen


class Begun(NamedTuple):
    """A page with nothing left over from the one before, and the parts that begin it; all counted from 0.

    ``goes_on``: whether they go on with the table in which the text before ends, so that its head says so.
    """

    page: int
    first: int
    end: int
    goes_on: bool


@frozen
class Laid:
    """Parts on pages, and the pages that begin with nothing left over."""

    parts: list[Part]
    pages: list[Filled]
    begun: list[Begun]


def laid(
    parts: Iterable[Part],
    block: tuple[float, float],
    other: tuple[float, float],
    tick: Callable[[], None],
    before: Laid | None = None,
) -> Laid:
    """The parts on pages with text blocks of (width, height), and of ``other`` where they lie the other way.

    ``before``: how these or other parts lay on such pages. Its pages are taken where the same parts, the very same
    objects, are on them. ``tick`` is called often; it may raise to give up.
    """
    now = []
    for part in parts:
        tick()
        now.append(part)
    old = before or Laid([], [], [])
    same = _same(now, old.parts)
    if before and same == len(now) == len(old.parts):
        return before
    alike = min(_same(now[::-1], old.parts[::-1]), len(now) - same, len(old.parts) - same)
    more = len(now) - len(old.parts)
    again = {one.first + more: one for one in old.begun if one.first >= len(old.parts) - alike}
    begun = [*takewhile(lambda one: one.end <= same, old.begun)]
    start = begun.pop() if begun else Begun(0, 0, 0, goes_on=False)
    filler = Filler(*block, other, old.pages[: start.page])
    at = start.first
    for chain in chains(now[at:]):
        tick()
        page = filler.add(chain)
        if page is not None:
            table = chain[0].table
            one = Begun(page, at, at + len(chain), table is not None and filler.within(page) is table)
            twin = again.get(at)
            if twin and twin.goes_on == one.goes_on:
                pages = [*filler.finished()[:page], *old.pages[twin.page :]]
                return Laid(now, pages, [*begun, *_moved(old.begun, twin, one)])
            begun.append(one)
        at += len(chain)
    return Laid(now, filler.finished(), begun)


def _moved(begun: Iterable[Begun], old: Begun, new: Begun) -> Iterable[Begun]:
    """Pages from one on, that is now at another place."""
    pages, parts = new.page - old.page, new.first - old.first
    for one in begun:
        if one.first >= old.first:
            yield Begun(one.page + pages, one.first + parts, one.end + parts, one.goes_on)


def _same(one: list[Part], other: list[Part]) -> int:
    """How many parts are the same ones from the first on."""
    return sum(1 for _ in takewhile(bool, map(is_, one, other)))
