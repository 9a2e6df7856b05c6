"""The board: boxes, lines and words of a chart being put on pages, and the drawing they become.

A chart is laid out at its final size and flows over pages, so its text is as large on paper as it is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dmdesk.drawing import furniture
from dmdesk.drawing.sheet import EDGES, Box, Drawing, Entry, Line, Page, Words
from dmdesk.drawing.tree import FITS, PAPERS, Options
from dmdesk.drawing.wording import placed, set_line, shortened
from dmdesk.typeset import fonts
from dmdesk.typeset.lines import fitted
from dmdesk.typeset.looks import Look
from dmdesk.values import field, record

ENDLESS = 1e6
NAME = Look("bold", 8.0)
TEXT = Look("regular", 7.5)
SMALL = Look("regular", 7.0)
NOTE = Look("italic", 7.0)
CODE = Look("code", 7.0)
SECTION = Look("bold", 9.0)
PAD = 5.0
GAP = 8.0
SIGN = 15.0
INSET = 1.0
"""What keeps outlines within pages that have no margins."""
SIGN_STEP = 13.0


class Sign(NamedTuple):
    """An entry of a chart's legend before it has its place."""

    text: str
    fill: str = "leaf"
    edge: str = "leaf"
    shape: str = "box"


class Card(NamedTuple):
    """The words of a box, placed from its upper left corner, and the height they need."""

    words: tuple[Words, ...]
    high: float


@record
class Writer:
    """Writes lines below each other into a box of a width."""

    wide: float
    pad: float = PAD
    y: float = 4.0
    words: list[Words] = field(default_factory=list)

    def line(
        self, text: str, look: Look = TEXT, colour: str = "ink", *, most: int = 1, link: str = "",
        indent: float = 0.0, align: str = "left",
    ) -> None:  # fmt: skip
        """Add a text on at most so many lines; nothing for no text."""
        if not text.strip():
            return
        room = self.wide - 2 * self.pad - indent
        for line in shortened(text, look, room, most):
            x = self.pad + indent + {"left": 0.0, "center": (room - line.width) / 2}[align]
            self.words.append(set_line(line, look, colour, self.y, x)._replace(link=link))
            self.y += look.size * 1.25

    def beside(self, text: str, look: Look, colour: str) -> None:
        """Add a text at the right of the last line, or below where it has no room."""
        last = self.words[-1]
        made = placed(text, look, colour, 0.0, self.wide - self.pad, right=True)
        if made and made[0].x > last.x + last.width + 5:
            self.words.append(made[0]._replace(baseline=last.baseline))
        else:
            self.line(text, look, colour)

    def card(self) -> Card:
        """What was written."""
        return Card(tuple(self.words), self.y + 4.5)


@record
class Board:
    """Pages of one size being filled from above; places are measured from the corner of the room for the chart."""

    wide: float
    high: float
    top: float = 0.0
    page: int = 1
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: dict[int, list[Words]] = field(default_factory=dict)
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.top

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= self.top

    @property
    def full(self) -> float:
        """The height of an empty page."""
        return self.high - self.top

    def turn(self) -> None:
        """Go to the next page, unless this one is empty."""
        if not self.fresh:
            self.page += 1
            self.y = self.top

    def fits(self, high: float) -> bool:
        """Whether so much still fits below what stands on the page."""
        return self.y + high <= self.high + 0.01

    def box(self, x: float, y: float, wide: float, high: float, card: Card | None = None, **more: Any) -> Box:
        """Put a box on the page; its words move along."""
        words = _moved(card.words, x, y) if card else ()
        made = Box(
            self.page, x, y, wide, high, more.pop("id", ""), more.pop("title", ""), False, more.pop("repeated", False),
            more.pop("fill", "leaf"), words, **{"kind": "", "named": "leaf", **more},
        )  # fmt: skip
        self.boxes.append(made)
        return made

    def line(
        self, points: Sequence[tuple[float, float]], stroke: str = "line", ends: tuple[str, str] = ("", "")
    ) -> None:
        """Draw a line along corners; ``ends`` are the ids of the rows it joins."""
        self.lines.append(Line(self.page, *ends, tuple(points), stroke))

    def text(
        self, text: str, look: Look, colour: str, x: float, y: float, *, right: bool = False, link: str = ""
    ) -> float:
        """Write a line of text outside boxes; its width."""
        made = [one._replace(link=link) for one in placed(text, look, colour, y, x, right=right)]
        self.words.setdefault(self.page, []).extend(made)
        return sum(one.width for one in made)

    def centred(self, text: str, look: Look, colour: str, x: float, y: float) -> None:
        """Write a line of text outside boxes around a middle."""
        made = placed(text, look, colour, y, 0.0)
        self.words.setdefault(self.page, []).extend(one._replace(x=x - one.width / 2) for one in made)


def room_for(options: Options, natural: float) -> tuple[float, float]:
    """Width and height of the room that a page has for a chart; ``natural`` is the width on a sheet of its own."""
    if options.size:
        return options.size[0] - 2 * INSET, options.size[1] - 2 * INSET
    if options.paper == FITS:
        return natural, ENDLESS
    width, height = PAPERS[options.paper]
    if options.landscape:
        width, height = height, width
    return width - 2 * furniture.MARGIN, height - 2 * furniture.MARGIN - furniture.HEAD


def board(options: Options, natural: float, signs: Sequence[Sign]) -> Board:
    """An empty board with room for a legend above the chart."""
    wide, high = room_for(options, natural)
    lines = len({entry.y for entry in legend(signs, wide)})
    return Board(wide, high, lines * SIGN_STEP + (7.0 if lines else 0.0))


def legend(signs: Iterable[Sign], wide: float) -> list[Entry]:
    """The entries of the legend, in lines above the chart."""
    found: list[Entry] = []
    x = y = 0.0
    for sign in signs:
        text = fitted(sign.text, SMALL, wide - SIGN - 6)
        long = SIGN + 5 + fonts.natural_width(fonts.printable(text), SMALL.face, SMALL.size)
        if x and x + long > wide:
            x, y = 0.0, y + SIGN_STEP
        size = 7.5
        mark = (SIGN, 9.0) if sign.shape == "box" else (size, size)
        left, top = x + (SIGN - mark[0]) / 2 + 0.6, y + (9.0 - mark[1]) / 2 + 0.8
        words = tuple(placed(text, SMALL, "ink", y + 0.8, x + SIGN + 5))
        edge = EDGES[sign.edge]
        edge = edge._replace(radius=min(edge.radius, 4.5))
        found.append(Entry(left, top, *mark, sign.fill, words, edge, sign.shape))
        x += long + 14
    return found


def drawing(made: Board, options: Options, title: str, signs: Sequence[Sign]) -> Drawing:
    """The drawing of a filled board: moved into its page's frame, with title and legend."""
    count = max([made.page, *(box.page for box in made.boxes)])
    if options.size:
        width, height = options.size
        left = top = INSET
    else:
        left, top = furniture.MARGIN, furniture.MARGIN + furniture.HEAD
        width, height = made.wide + 2 * left, made.high + top + furniture.MARGIN
        if made.high >= ENDLESS:
            height = top + _used(made) + furniture.MARGIN
    frame = furniture.Frame(width, height, left, top, made.wide, made.high, ())
    entries = [_shifted(entry, left, top) for entry in legend(signs, made.wide)]
    pages = [
        Page(number, title, (*head.words, *_moved(made.words.get(number, ()), left, top)))
        for number, head in enumerate(furniture.pages("" if options.size else title, frame, count), 1)
    ]
    boxes = tuple(
        box._replace(x=box.x + left, y=box.y + top, words=_moved(box.words, left, top)) for box in made.boxes
    )
    lines = tuple(
        [
            Line(page, parent, child, tuple([(x + left, y + top) for x, y in points]), stroke)
            for page, parent, child, points, stroke in made.lines
        ]
    )
    return Drawing(title, width, height, 1.0, boxes, lines, tuple(entries), tuple(pages))


def _shifted(entry: Entry, left: float, top: float) -> Entry:
    """An entry of the legend moved into the frame."""
    return entry._replace(x=entry.x + left, y=entry.y + top, words=_moved(entry.words, left, top))


def _moved(words: Iterable[Words], left: float, top: float) -> tuple[Words, ...]:
    return tuple([one.moved(left, top) for one in words])


def _used(made: Board) -> float:
    ends = [box.y + box.high for box in made.boxes] + [made.y]
    ends += [y for line in made.lines for _, y in line.points]
    ends += [one.baseline + 3 for words in made.words.values() for one in words]
    return max(ends)


def heading(made: Board, text: str, least: float = 60.0, above: float = 10.0) -> None:
    """A small heading over the whole width, on the next page where less than ``least`` would follow it here."""
    if not made.fits(14.0 + 7.0 + above + least):
        made.turn()
    if not made.fresh:
        made.y += above
    made.text(fitted(text, SECTION, made.wide), SECTION, "strong", 0.0, made.y)
    made.y += 14.0
    made.line(((0.0, made.y), (made.wide, made.y)), "axis")
    made.y += 7.0


def columns(wide: float, least: float, gap: float = GAP) -> tuple[int, float]:
    """How many columns at least so wide fit beside each other, and how wide each then is."""
    count = max(1, int((wide + gap) // (least + gap)))
    return count, (wide - (count - 1) * gap) / count
