"""Filling pages: parts go onto pages one after another, parted where they may be.

Layout comes before drawing, so the number of pages, the contents and every link's target are known when the first
page is drawn, without a second pass. Headings stay with what follows, two lines of a paragraph stay together,
table heads are repeated, and footnotes stand on the page that refers to them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from dmdesk.report.parts import Caption, Part, Row, Rule, Table
from dmdesk.typeset.looks import INK
from dmdesk.values import field, record

if TYPE_CHECKING:
    from dmdesk.typeset.pen import Pen

NOTE_RULE = 187.2
NOTE_GAP = 10.0
TALL = 0.8
"""Parts higher than this share of a text block are parted like running text, whatever they are."""
SCRAP = 0.2
"""The share of a text block that the beginning of such a part must find."""


class Same:
    """A large value, hashed once, and the same as itself without a look at what it holds."""

    __slots__ = ("_hash", "_value")

    def __init__(self, value: Hashable) -> None:
        self._value, self._hash = value, hash(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Same) and self._value == other._value)


@record
class Filled:
    """A page's content: parts with their distance from the top of the text block, and its footnotes.

    A ``turned`` page lies the other way than its neighbours. ``within``: the table in which its text ends.
    """

    placed: list[tuple[float, Part]] = field(default_factory=list)
    notes: list[Part] = field(default_factory=list)
    turned: bool = False
    within: Table | None = None
    _look: Same | None = None
    _marked: list[tuple[float, Part]] | None = None

    def marked(self) -> list[tuple[float, Part]]:
        """The parts of a finished page to which links, bookmarks or lists lead."""
        if self._marked is None:
            self._marked = [one for one in self.placed if one[1].anchors or isinstance(one[1], Caption)]
        return self._marked

    def let_go(self) -> None:
        """Forget the parts of a page that is drawn and will not be drawn again."""
        self.placed, self.notes, self._marked = [], [], None

    def look(self, width: float) -> Hashable:
        """All that decides how a finished page of a width looks, as a value; None where a part cannot say it."""
        if self._look is None:
            looks = [(y, part.look(width)) for y, part in self.placed]
            if any(look is None for _, look in looks):
                return None
            self._look = Same(tuple(looks))
        return self._look


class Filler:
    """Fills text blocks of one size with parts."""

    def __init__(
        self,
        width: float,
        height: float,
        other: tuple[float, float] | None = None,
        before: Sequence[Filled] = (),
    ) -> None:
        """``other``: width and height of the text block of pages that lie the other way. ``before``: pages in front."""
        self.width = width
        self.full = height
        self.other = other or (width, height)
        self.floating: list[list[Part]] = []
        self.before = len(before)
        self.pages = [*before, Filled()]
        self.used = 0.0
        self.gap = 0.0
        self.table: Table | None = None

    # -- room

    @property
    def page(self) -> Filled:
        """The page being filled."""
        return self.pages[-1]

    def _notes(self, notes: Iterable[Part]) -> float:
        height = sum([note.height(self.width) + note.after for note in notes])
        return height + NOTE_GAP if height else 0.0

    def room(self, part: Part, notes: Sequence[Part] = ()) -> float:
        """The height left for a part on this page, its white space and its notes taken off."""
        page = self.pages[-1]
        above = max(self.gap, part.before) if page.placed else 0.0
        room = self.full - self.used - above
        return room - self._notes([*page.notes, *notes]) if notes or page.notes else room

    def turn(self) -> None:
        """Go to the next page, unless this one is empty; what floats comes first on it."""
        if self.page.placed:
            self._fresh()
            self._land()

    def _fresh(self) -> None:
        if self.page.placed:
            self.pages.append(Filled())
        self.used = self.gap = 0.0
        self.table = None

    # -- floating

    def drift(self, chain: list[Part]) -> None:
        """Place parts that float: here if they fit, else at the head of the next page that has room."""
        whole = sum(part.height(self.width) + part.after for part in chain)
        if self.floating or chain[0].turned or (self.page.placed and whole > self.room(chain[0])):
            self.floating.append(chain)
            if not self.page.placed:
                self._land()
        else:
            for part in chain:
                self._put(part)

    def _land(self) -> None:
        """Place what floats at the head of the pages that begin here, as far as it fits."""
        while self.floating:
            chain = self.floating[0]
            if chain[0].turned:
                self._turned(chain)
            elif self.page.placed and sum(part.height(self.width) + part.after for part in chain) > self.room(
                chain[0]
            ):
                return
            else:
                for part in chain:
                    self._place(part)
            self.floating.pop(0)

    def _turned(self, chain: list[Part]) -> None:
        """A page of its own for parts that lie the other way, before the page that was about to be filled."""
        own = Filler(*self.other)
        own.put(chain)
        for page in own.pages:
            page.turned = True
        at = len(self.pages) - (0 if self.page.placed else 1)
        self.pages[at:at] = own.pages
        if self.page.turned:
            self.pages.append(Filled())
            self.used = self.gap = 0.0
            self.table = None

    def rest(self) -> None:
        """Place what still floats, on pages of its own where it must be."""
        while self.floating:
            if self.page.placed:
                self._fresh()
            self._land()

    # -- placing

    def add(self, chain: list[Part]) -> int | None:
        """Let parts that stay together float or place them; otherwise as ``put``."""
        if chain[0].floats:
            self.drift(chain)
            return None
        return self.put(chain)

    def put(self, chain: list[Part]) -> int | None:
        """Place parts that stay together: all but the last carry ``keep``.

        The number of the page, counted from 0, where they begin one with nothing left over from the page before.
        """
        if len(chain) == 1 and self._fits(chain[0]):
            begun = self._begun()
            self._place(chain[0])
            return begun
        while self.page.placed and self._wanted(chain) > self.room(chain[0], self._short_notes(chain[0])):
            self.turn()
        begun = self._begun()
        for part in chain:
            self._put(part)
        return begun

    def _begun(self) -> int | None:
        return None if self.page.placed or self.page.notes or self.floating else len(self.pages) - 1

    def _fits(self, part: Part) -> bool:
        """Whether a part takes no more than its height, as most do, and the page has that."""
        return not part.notes and part.table is self.table and part.height(self.width) <= self.room(part)

    def _wanted(self, chain: list[Part]) -> float:
        """The height that must be there for the chain to begin on this page."""
        height, table = 0.0, self.table
        for part, following in zip(chain, [*chain[1:], None], strict=True):
            height += self._head_height(part, table)
            table = part.table
            if following is None:
                return height + self._least(part)
            height += part.height(self.width) + max(part.after, following.before)
        return height

    def _least(self, part: Part) -> float:
        """What must fit of a part: it may be parted anywhere when it hardly fits on any page."""
        return self.full * SCRAP if self._tall(part) else part.least(self.width)

    def _tall(self, part: Part) -> bool:
        return part.height(self.width) > self.full * TALL

    def _head_height(self, part: Part, open_table: Table | None) -> float:
        if part.table is None or part.table is open_table or not isinstance(part, Row):
            return 0.0
        return sum(row.height(self.width) for row in part.table.head(part, False))

    def _short_notes(self, part: Part) -> list[Part]:
        """The notes that go to the page's foot; ones that would fill half a page follow their paragraph instead."""
        return list(part.notes) if part.notes and self._notes(part.notes) < self.full / 2 else []

    def _put(self, part: Part) -> None:
        rest: Part | None = part
        continued = False
        while rest is not None:
            notes = self._short_notes(rest)
            head = self._head_height(rest, self.table)
            if head and self.page.placed and head + self._least(rest) > self.room(rest, notes):
                self.turn()
            self._open_table(rest, continued)
            room, fresh = self.room(rest, notes), not self._has_body()
            here, rest = rest, None
            if here.height(self.width) > room + 0.01:
                parts = here.split(self.width, room, force=fresh or self._tall(here))
                if parts:
                    here, rest = parts
                elif not fresh:
                    self.turn()
                    rest, continued = here, True
                    continue
            self._place(here)
            self._note(here, notes)
            if rest is not None:
                self.turn()
                continued = True

    def _note(self, part: Part, short: list[Part]) -> None:
        for note in part.notes:
            if note in short:
                self.page.notes.append(note)
            else:
                self._put(note)

    def _has_body(self) -> bool:
        """Whether more than repeated table heads stands on the page."""
        return any(not (isinstance(part, Row) and part.repeated) for _, part in self.page.placed)

    def _open_table(self, part: Part, continued: bool) -> None:
        if isinstance(part, Row) and part.table is not None and part.table is not self.table:
            carried = continued or (not self.page.placed and self.within(len(self.pages) - 1) is part.table)
            for row in part.table.head(part, carried):
                row.repeated = True
                self._place(row)
        self.table = part.table

    def within(self, number: int) -> Table | None:
        """The table in which the text ends before a page, counted from 0; pages that lie between are no text."""
        before = (page for page in islice(reversed(self.pages), len(self.pages) - number, None))
        return next((page.within for page in before if not page.turned), None)

    def _place(self, part: Part) -> None:
        page = self.pages[-1]
        placed, page.within = page.placed, part.table
        if placed:
            self.used += max(self.gap, part.before)
        placed.append((self.used, part))
        self.used += part.height(self.width)
        self.gap = part.after

    def finished(self) -> list[Filled]:
        """All pages, with what still floats and with their footnotes."""
        self.rest()
        if len(self.pages) > 1 and not self.page.placed:
            self.pages.pop()
        for page in self.pages[self.before :]:
            _foot(page, self.width, self.full)
        return self.pages


def chains(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts with those that they stay together with."""
    chain: list[Part] = []
    for part in parts:
        chain.append(part)
        if not part.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def fill(
    parts: Iterable[Part],
    width: float,
    height: float,
    tick: Callable[[], None] = lambda: None,
    other: tuple[float, float] | None = None,
) -> list[Filled]:
    """The parts on as many text blocks of width × height points as they need.

    ``tick`` is called before parts are placed; it may raise to give up. ``other``: the text block of pages that lie the
    other way.
    """
    filler = Filler(width, height, other)
    for chain in chains(parts):
        tick()
        filler.add(chain)
    return filler.finished()


def _foot(page: Filled, width: float, height: float) -> None:
    """Put the footnotes at the foot of the page, below a short rule."""
    if not page.notes:
        return
    y = height - sum(note.height(width) + note.after for note in page.notes)
    page.placed.append((y - NOTE_GAP / 2, ShortRule(0.4, INK)))
    for note in page.notes:
        page.placed.append((y, note))
        y += note.height(width) + note.after


class ShortRule(Rule):
    """The rule above footnotes."""

    def draw(self, pen: Pen, x: float, y: float, width: float) -> None:
        super().draw(pen, x, y, NOTE_RULE)
