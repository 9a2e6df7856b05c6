"""Blocks: the values a manuscript is made of. Paragraphs, lists, tables and what stands within a line.

Nothing here depends on a plan's rows: references keep their key until a form of output looks it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dmdesk.values import frozen


class Run(NamedTuple):
    """Some words in one manner, and where they lead, if anywhere.

    That is an address (``link``), what a key names (``reference``), or a row of the plan (``row``: its kind and id).

    A reference with words of its own shows those; one without shows what the plan calls its target. Words that are
    ``lost`` call for something that is nowhere.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""
    reference: str = ""
    row: tuple[str, str] | None = None
    lost: bool = False


class Call(NamedTuple):
    """Where a footnote is called, with the note's own words."""

    name: str
    note: tuple[Run, ...]


Inline = Run | Call
Inlines = tuple[Inline, ...]


@frozen
class Paragraph:
    """A paragraph; one that is a ``label`` stands above what follows and is never parted from it.

    ``level``: that of a heading within a text, 1 for the topmost; 0 for all else.
    """

    words: Inlines
    label: bool = False
    level: int = 0


@frozen
class Items:
    """A list; numbered from ``start`` unless that is None. Each item is a run of blocks."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@frozen
class Code:
    """Lines of code, as they were typed."""

    text: str


@frozen
class Quote:
    """Somebody else's words."""

    blocks: tuple[Block, ...]


@frozen
class Line:
    """A rule between two parts of a text."""


@frozen
class Grid:
    """A table: its head, its rows, how each column is aligned, and its caption, empty for none.

    ``shares`` say how the width is divided; () leaves that to what the cells hold. ``about`` names the row of the plan
    that each row of the table is about, as (kind, id), so that references lead to it.
    """

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligned: tuple[str, ...] = ()
    caption: Inlines = ()
    shares: tuple[float, ...] = ()
    about: tuple[tuple[str, str], ...] = ()


@frozen
class Facts:
    """Labelled values, one below the other, each on a line or a few."""

    pairs: tuple[tuple[str, Inlines], ...]


@frozen
class Begin:
    """Here begins what the plan says of a row, so references to it lead here."""

    kind: str
    id: str


@frozen
class Place:
    """Where a part made from the plan's rows stands: its name, and what it is about, as in ``{{role DMPM}}``."""

    name: str
    about: str = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def typed(self) -> str:
        """The place as people type it."""
        words = [self.name, self.about, *(f"{name}={value}" for name, value in self.options)]
        return f"{{{{{' '.join(filter(None, words))}}}}}"


Block = Paragraph | Items | Code | Quote | Line | Grid | Facts | Begin | Place


def runs(blocks: Iterable[Block]) -> Iterator[Run]:
    """All words of some blocks and of the footnotes they call, with their manner."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _runs(block.words)
        elif isinstance(block, Items):
            for item in block.items:
                yield from runs(item)
        elif isinstance(block, Quote):
            yield from runs(block.blocks)
        elif isinstance(block, Grid):
            for cell in (block.caption, *block.head, *(cell for row in block.rows for cell in row)):
                yield from _runs(cell)
        elif isinstance(block, Facts):
            for _, words in block.pairs:
                yield from _runs(words)


def _runs(words: Inlines) -> Iterator[Run]:
    for one in words:
        yield from one.note if isinstance(one, Call) else (one,)


def plain(words: Inlines) -> str:
    """The words alone."""
    return "".join(one.text or one.reference for one in words if isinstance(one, Run))
