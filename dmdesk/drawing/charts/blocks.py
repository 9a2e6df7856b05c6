"""Block diagrams: boxes within boxes, laid out from a nested list, with arrows between them.

Boxes beside each other share the width by what they hold and are equally high; rows fill the width. What is higher
than a page goes on on the next, a box that is parted with its name again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmdesk.drawing.charts import board as b
from dmdesk.drawing.charts import outline
from dmdesk.drawing.charts.arrows import draw_arrows
from dmdesk.drawing.charts.board import Board, Card
from dmdesk.drawing.charts.outline import Arrow, Block, Outline
from dmdesk.drawing.sheet import Box, Drawing
from dmdesk.drawing.tree import Options
from dmdesk.drawing.wording import set_line, shortened
from dmdesk.errors import PlanError
from dmdesk.typeset import fonts
from dmdesk.typeset.looks import Look
from dmdesk.values import field, record

NATURAL = 560.0
PAD = 6.0
GAP = 6.0
LEAST, MOST = 46.0, 118.0
"""How narrow a box may become, and how wide one with a long name likes to be."""
TEXT = Look("regular", 8.0)
MARKED = Look("bold", 8.0)
TITLE = Look("bold", 8.0)
LEADING = 10.0
TITLE_HIGH = 12.0
LABEL = Look("italic", 7.0)
ARROW_ROOM = 22.0
"""What is kept free between boxes that an arrow without words joins."""
MOST_LABEL = 80.0


def blocks(text: str, title: str, options: Options) -> Drawing:
    """The diagram that a nested list describes.

    Raises:
        PlanError: the list is empty.
    """
    found = outline.read(text)
    if not found.top.inside:
        raise PlanError("This figure has no blocks yet; type them as a nested list in its field “Blocks”.")
    made = b.board(options, NATURAL, ())
    plan = _Plan(found, made)
    plan.fill()
    draw_arrows(made, found.arrows, plan.boxes)
    return b.drawing(made, options, title or "Block diagram", ())


def described(text: str) -> str:
    """What the diagram shows, in words."""
    found = outline.read(text)

    def said(block: Block) -> str:
        inside = ", ".join(one.name for one in block.inside[:8] if one.name)
        if not block.name:
            return inside
        return f"{block.name} ({inside}{', …' if len(block.inside) > 8 else ''})" if inside else block.name

    arrows = "; ".join(f"{one.start.name} to {one.end.name}" for one in found.arrows[:8])
    tail = f" Arrows: {arrows}." if arrows else ""
    return f"Block diagram: {'; '.join(map(said, found.top.inside[:12]))}.{tail}"


@record
class _Laid:
    """A block at a width: its words, its rows of blocks inside, and the height it needs."""

    block: Block
    wide: float
    high: float
    card: Card
    rows: list[list[_Laid]] = field(default_factory=list)
    gap: tuple[float, float] = (GAP, GAP)


@record
class _Plan:
    """The layout of one diagram; ``boxes`` says where each block came to stand."""

    found: Outline
    made: Board
    boxes: dict[int, Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gaps = _gaps(self.found)
        self.likes: dict[int, float] = {}
        for block in reversed([self.found.top, *outline.every(self.found.top)]):
            self.likes[id(block)] = self._likes(block)

    def _likes(self, block: Block) -> float:
        """How wide a block likes to be, from what is inside it."""
        words = fonts.natural_width(fonts.printable(block.name), "bold", TEXT.size) + 2 * PAD + 2
        inner = [self.likes[id(one)] for one in block.inside]
        if not inner:
            return max(LEAST, min(words, MOST))
        across = self.gaps[id(block)][0]
        whole = max(inner) if block.stacked else sum(inner) + across * (len(inner) - 1)
        return max(min(words, MOST), whole + 2 * PAD) if block.name else whole

    # -- sizes

    def lay(self, block: Block, wide: float) -> _Laid:
        """A block at a width with everything inside it."""
        if not block.inside:
            return self.leaf(block, wide)
        card, pad = _title(block, wide), _pad(block)
        gap = self.gaps[id(block)]
        rows = self.rows(block, wide - 2 * pad)
        high = card.high + sum(max(one.high for one in row) for row in rows) + gap[1] * (len(rows) - 1) + pad
        return _Laid(block, wide, high, card, rows, gap)

    def leaf(self, block: Block, wide: float) -> _Laid:
        """A box with nothing inside: its name in the middle."""
        look = MARKED if block.marked else TEXT
        words, y = [], 5.0
        for line in shortened(block.name, look, wide - 2 * PAD, 8):
            words.append(set_line(line, look, "ink", y, (wide - line.width) / 2))
            y += LEADING
        return _Laid(block, wide, y + 4.0, Card(tuple(words), y + 4.0))

    def rows(self, block: Block, wide: float) -> list[list[_Laid]]:
        """The blocks inside one in rows that fill the width."""
        across = self.gaps[id(block)][0]
        found = []
        for row in (
            [[one] for one in block.inside] if block.stacked else self._runs(block.inside, wide, across)
        ):
            wides = self._shares(row, wide - across * (len(row) - 1))
            found.append([self.lay(one, share) for one, share in zip(row, wides, strict=True)])
        return found

    def _shares(self, row: list[Block], room: float) -> list[float]:
        """The widths of blocks that fill a row: those that hold others take what there is more than all like."""
        likes = [self.likes[id(one)] for one in row]
        spare = room - sum(likes)
        takers = [like if one.inside else 0.0 for one, like in zip(row, likes, strict=True)]
        if spare <= 0 or not any(takers):
            return [like * room / sum(likes) for like in likes]
        return [like + spare * taker / sum(takers) for like, taker in zip(likes, takers, strict=True)]

    def _runs(self, blocks: Sequence[Block], wide: float, across: float) -> list[list[Block]]:
        """Blocks in as few rows as hold them, the rows about equally full."""

        def runs(limit: float) -> list[list[Block]]:
            found: list[list[Block]] = [[]]
            used = 0.0
            for block in blocks:
                like = min(self.likes[id(block)], wide)
                if found[-1] and used + across + like > limit + 0.01:
                    found.append([])
                    used = -across
                used += like + across if found[-1] or used < 0 else like
                found[-1].append(block)
            return found

        count = len(runs(wide))
        low, high = 0.0, wide
        while high - low > 2:
            middle = (low + high) / 2
            if len(runs(middle)) <= count:
                high = middle
            else:
                low = middle
        return runs(high)

    # -- places

    def fill(self) -> None:
        """Put the rows of the outermost block on pages."""
        top, made = self.found.top, self.made
        down = self.gaps[id(top)][1]
        for row in self.rows(top, made.wide):
            self._put_row(row, 0.0, down, made.wide)
        made.y -= down

    def _put_row(self, row: list[_Laid], x: float, down: float, wide: float) -> None:
        made = self.made
        high = max(one.high for one in row)
        if not made.fits(high):
            if high <= made.full:
                made.turn()
            elif len(row) > 1 or not row[0].rows:
                for one in row:
                    self._put_row([self.lay(one.block, wide)], x, down, wide)
                return
            else:
                self._parted(row[0], x)
                made.y += down
                return
        across = (wide - sum(one.wide for one in row)) / max(1, len(row) - 1)
        for one in row:
            self.put(one, x, made.y, high)
            x += one.wide + across
        made.y += high + down

    def _parted(self, laid: _Laid, x: float) -> None:
        """A block higher than a page: its rows in frames on as many pages as they need."""
        made = self.made
        made.turn()
        rest = laid.rows
        first = True
        while rest:
            used, count = laid.card.high + PAD, 0
            for row in rest:
                high = max(one.high for one in row)
                if count and used + high > made.full:
                    break
                used += high + laid.gap[1]
                count += 1
            block = laid.block if first else Block(f"{laid.block.name} (continued)", laid.block.marked)
            part = _Laid(
                block,
                laid.wide,
                min(used - laid.gap[1], made.full),
                _title(block, laid.wide),
                rest[:count],
                laid.gap,
            )
            self.put(part, x, made.y, part.high)
            made.y += part.high
            rest, first = rest[count:], False
            if rest:
                made.turn()

    def put(self, laid: _Laid, x: float, y: float, high: float) -> None:
        """Put a block with everything inside it, stretched to a height."""
        block = laid.block
        extra = high - laid.high
        card = laid.card
        if not laid.rows:
            card = Card(
                tuple(one._replace(baseline=one.baseline + extra / 2) for one in card.words), card.high
            )
        if block.name:
            self.boxes[id(block)] = self.made.box(
                x, y, laid.wide, high, card, title=block.name, under=bool(laid.rows),
                fill=_fill(block, bool(laid.rows)),
                named="group" if block.marked else "frame" if laid.rows else "leaf",
            )  # fmt: skip
        y += card.high
        for row in laid.rows:
            tall = max(one.high for one in row) + extra / len(laid.rows)
            left = x + _pad(block)
            for one in row:
                self.put(one, left, y, tall)
                left += one.wide + laid.gap[0]
            y += tall + laid.gap[1]


def _pad(block: Block) -> float:
    """The room around what is inside a block; one without a name has no frame."""
    return PAD if block.name else 0.0


def _fill(block: Block, holds: bool) -> str:
    return "marked ground" if block.marked else "ground" if holds else "leaf"


def _title(block: Block, wide: float) -> Card:
    """The name of a box that holds others."""
    words, y = [], 4.0
    for line in shortened(block.name, TITLE, wide - 2 * PAD, 3) if block.name else ():
        words.append(set_line(line, TITLE, "strong", y, PAD))
        y += LEADING
    return Card(tuple(words), y + 3.0 if words else 0.0)


def _gaps(found: Outline) -> dict[int, tuple[float, float]]:
    """The room between the blocks inside each: more, across and down, where arrows join them."""
    parents: dict[int, Block] = {}
    for block in [found.top, *outline.every(found.top)]:
        for one in block.inside:
            parents[id(one)] = block
    gaps = {id(block): (GAP, GAP) for block in [found.top, *outline.every(found.top)]}
    for arrow in found.arrows:
        shared = _shared(parents, arrow)
        words = fonts.natural_width(fonts.printable(arrow.words), LABEL.face, LABEL.size)
        across, down = gaps[id(shared)]
        room = min(words, MOST_LABEL) + 14 if arrow.words else 0.0
        gaps[id(shared)] = (max(across, ARROW_ROOM, room), max(down, ARROW_ROOM))
    return gaps


def _shared(parents: dict[int, Block], arrow: Arrow) -> Block:
    """The innermost block that holds both ends of an arrow."""

    def above(block: Block) -> Iterable[Block]:
        while id(block) in parents:
            block = parents[id(block)]
            yield block

    held = {id(block) for block in above(arrow.start)}
    return next(block for block in above(arrow.end) if id(block) in held)
