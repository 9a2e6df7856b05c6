"""Ways through a document: places that links lead to, bookmarks, and the numbers readers see on pages."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from dmdesk.typeset.file import File, tree, words
from dmdesk.values import field, record

BELOW = 99
"""The level of a bookmark that stands below whatever heading came last."""


_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"
_SAFE = ("http://", "https://", "mailto:")


class Targets(dict[str, str]):
    """Where links lead in a document that has the given ``anchors``: "#anchor", an address, or "" for nowhere.

    Asked for each piece of text, so each answer is kept.
    """

    def __init__(self, anchors: Container[str]) -> None:
        super().__init__()
        self._anchors = anchors
        self._asked: dict[str, str] = {}

    def __missing__(self, link: str) -> str:
        found = self[link] = next(filter(self._leads, link.split()), "")
        return found

    def begin(self) -> None:
        """Note anew what is asked."""
        self._asked = {}

    def asked(self, link: str) -> str:
        """Where a link leads, and note that it was asked."""
        found = self._asked[link] = self[link]
        return found

    def found(self) -> dict[str, str]:
        """What was asked since the last beginning, with the answers."""
        return self._asked

    def _leads(self, choice: str) -> bool:
        return (choice[0] == "#" and choice[1:] in self._anchors) or choice.startswith(_SAFE)


def leading(target: str) -> bytes:
    """The entry of an annotation that says where it leads."""
    if target.startswith("#"):
        return b"/Dest" + words(target[1:])
    return b"/A<</S/URI/URI%s>>" % words(quote(target, safe=_IN_ADDRESS))


class Bookmark(NamedTuple):
    """A bookmark: its level, 0 for the topmost, its title, its page, counted from 0, and how far down that it leads."""

    level: int
    title: str
    page: int
    y: float


@record
class _Mark:
    title: str
    anchor: str
    depth: int
    kids: list[_Mark] = field(default_factory=list)


class Navigation:
    """What is collected while pages are drawn, written at the end."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, float, float]] = {}
        self._top = _Mark("", "", -1)
        self._path = [self._top]
        self._labels: list[tuple[bytes, bytes]] = []

    def place(self, name: str, page: int, x: float, y: float) -> None:
        """A name for a place of the page with this object number; the first place of a name stays."""
        self._places.setdefault(name, (page, x, y))

    def bookmark(self, title: str, anchor: str, level: int) -> None:
        """A bookmark below the last one of a lower level; one at ``BELOW`` has none below it."""
        depth = min(level, self._path[-1].depth + 1)
        del self._path[depth + 1 :]
        made = _Mark(title, anchor, depth)
        self._path[-1].kids.append(made)
        if level < BELOW:
            self._path.append(made)

    def bookmarks(self, pages: Sequence[int], heights: Sequence[float]) -> Iterator[Bookmark]:
        """All bookmarks in order, given the object numbers of the pages and how high these are."""
        numbers = {number: at for at, number in enumerate(pages)}
        waiting = self._top.kids[::-1]
        while waiting:
            mark = waiting.pop()
            waiting += mark.kids[::-1]
            if mark.anchor in self._places:
                number, _, y = self._places[mark.anchor]
                page = numbers[number]
                yield Bookmark(mark.depth, mark.title, page, max(0.0, heights[page] - y))

    def number_pages(self, page: int, style: str, first: int = 1) -> None:
        """Number pages from this one on, counted from 0, in the style "r" (i, ii …) or "D" (1, 2 …)."""
        self._labels.append((b"%d" % page, b"<</S/%s/St %d>>" % (style.encode(), first)))

    def entries(self, file: File) -> tuple[bytes, int]:
        """Write all; gives the entries for the catalog and the number of the tree of places, 0 for none."""
        said = b""
        if self._top.kids:
            said += b"/Outlines %d 0 R/PageMode/UseOutlines" % self._outline(file)
        if self._labels:
            said += b"/PageLabels %d 0 R" % tree(file, self._labels, b"/Nums")
        leaves = sorted(
            (words(name), b"[%d 0 R/XYZ %.2f %.2f null]" % place) for name, place in self._places.items()
        )
        return said, tree(file, leaves, b"/Names") if leaves else 0

    def _outline(self, file: File) -> int:
        root = file.number()
        first, last, count = self._level(file, self._top.kids, root)
        file.put(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count))
        return root

    def _level(self, file: File, marks: list[_Mark], parent: int) -> tuple[int, int, int]:
        """Write the bookmarks below one; their first and last number, and how many are seen at first."""
        numbers = [file.number() for _ in marks]
        for at, (mark, number) in enumerate(zip(marks, numbers, strict=True)):
            around = b"/Prev %d 0 R" % numbers[at - 1] if at else b""
            around += b"/Next %d 0 R" % numbers[at + 1] if at + 1 < len(marks) else b""
            below = b""
            if mark.kids:
                first, last, seen = self._level(file, mark.kids, number)
                below = b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, -seen if mark.depth else seen)
            file.put(
                number,
                b"<</Title%s/Parent %d 0 R/Dest%s%s%s>>"
                % (words(mark.title), parent, words(mark.anchor), around, below),
            )
        inner = [len(mark.kids) for mark in marks if mark.depth == 0]
        return numbers[0], numbers[-1], len(marks) + sum(inner)
