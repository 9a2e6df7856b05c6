"""Tags: what each piece of a page is (heading, paragraph, cell, link …), as a tree that screen readers walk.

All that is drawn is either in an element of this tree or an *artifact*: decoration that nobody needs to hear. Nothing
has to be said for artifacts; a page begins as one. ``inside`` is how content gets into the tree::

    with tags.element("P"):
        pen.lines(…)

Elements that go on later (a table over two pages) are made with ``open``, entered with ``inside`` as often as needed,
and ended with ``shut``. Each is written to the file when it is ended, so a long document needs no more memory.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

from dmdesk.typeset.file import File, array, name, refer, tree, words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGINATION = "Pagination"
"""Artifacts that come with the page: header, footer, watermark."""
LAYOUT = "Layout"
"""Artifacts that come with the layout: rules, boxes, leaders, repeated table heads."""
DEEPEST = 6
"""The deepest heading that PDF 1.7 has a name for."""


class Element:
    """One element: its kind, its place in the tree, and what is in it so far, as the file writes it.

    As a context it is what is drawn meanwhile (see ``Tags.inside``). ``page`` is the entry of the page it begins on.
    """

    __slots__ = ("extra", "kids", "kind", "number", "page", "parent", "tags")

    def __init__(self, tags: Tags, kind: str, number: int, parent: int, extra: bytes) -> None:
        self.tags = tags
        self.kind = kind
        self.number = number
        self.parent = parent
        self.extra = extra
        self.page = b""
        self.kids: list[bytes] = []

    def __enter__(self) -> Element:
        self.tags.mark()
        self.tags.stack.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.tags.mark()
        self.tags.stack.pop()


class _Once(Element):
    """One that ends when it was drawn."""

    __slots__ = ()

    def __exit__(self, *_: object) -> None:
        super().__exit__()
        self.tags.shut(self)


class _Decoration:
    """A kind of decoration, drawn while it lasts as a context."""

    def __init__(self, tags: Tags, kind: str) -> None:
        self.mark = f"/Artifact<</Type/{kind}>>BDC"
        self._tags = tags

    def __enter__(self) -> None:
        self._tags.mark()
        self._tags.stack.append(self)
        self._tags.silent += 1

    def __exit__(self, *_: object) -> None:
        self._tags.mark()
        self._tags.stack.pop()
        self._tags.silent -= 1


class Tags:
    """The tree of one document, and the marks on the page being drawn that belong to it.

    ``stack`` is what is being drawn, one within the other, from the page's own decoration on. ``silent`` is how many
    artifacts are drawn on purpose: 0 for none.
    """

    def __init__(self, file: File, canvas: Canvas, language: str) -> None:
        self._file = file
        self._canvas = canvas
        self._tree = file.number()
        self.root = Element(self, "Document", file.number(), self._tree, b"/Lang" + words(language))
        self.silent = 0
        self._decoration = {kind: _Decoration(self, kind) for kind in (PAGINATION, LAYOUT)}
        self.stack: list[Element | _Decoration] = [self._decoration[PAGINATION]]
        self._code: list[str] = []
        self._from = 0
        self._page = 0
        self._here = b""
        self._owners: list[int] = []
        self._parents: list[bytes] = []
        self._ids: list[tuple[bytes, bytes]] = []
        self._level = self._deepest = 0

    # -- pages

    def start_page(self, page: int) -> int:
        """Begin the page with this object number; gives its key in the tree of parents."""
        self._page, self._here, self._owners = page, b"/Pg %d 0 R" % page, []
        self._code = self._canvas._code
        self._from = len(self._code)
        self._parents.append(b"")
        self._key = len(self._parents) - 1
        return self._key

    def end_page(self) -> None:
        """End the page: all that is on it has a mark by now."""
        self.mark()
        self._code, self._from = [], 0
        self._parents[self._key] = refer(self._file.add(array(self._owners)))

    # -- elements

    def open(
        self, kind: str, extra: bytes = b"", within: Element | None = None, *, once: bool = False
    ) -> Element:
        """An element within the one being drawn, or within the given one; to be ended with ``shut``.

        ``once``: it ends by itself when it was drawn.
        """
        self.mark()
        parent, number = within or self._around(), self._file.number()
        parent.kids.append(b"%d 0 R" % number)
        return (_Once if once else Element)(self, kind, number, parent.number, extra)

    def shut(self, element: Element) -> None:
        """End an element: nothing can be put into it any more."""
        if element.number:
            kids = b"/K[%s]" % b" ".join(element.kids) if element.kids else b""
            body = b"<</S/%s/P %d 0 R%s%s%s>>" % (
                element.kind.encode(), element.parent, element.page, element.extra, kids,
            )  # fmt: skip
            self._file.put(element.number, body)
            element.number = 0

    def inside(self, element: Element) -> AbstractContextManager[object]:
        """What is drawn now is the content of an open element; within an artifact it stays a part of that."""
        return _NOTHING if self.silent else element

    def element(self, kind: str, extra: bytes = b"") -> AbstractContextManager[Element]:
        """What is drawn now is an element of its own."""
        return nullcontext(self.root) if self.silent else self.open(kind, extra, once=True)

    def labelled(self, element: Element | None) -> AbstractContextManager[object]:
        """What is drawn now is the label of a list's item: an open element, or one of its own."""
        return self.inside(element) if element else self.element("Lbl")

    def artifact(self, kind: str = LAYOUT) -> AbstractContextManager[None]:
        """What is drawn now is decoration, whatever it says of itself."""
        return self._decoration[kind]

    def heading(self, level: int) -> str:
        """The kind of a heading of a level: never more than one below the last, as readers expect.

        Deeper ones than have a name go on counting; what knows only the names is told to take them for the deepest.
        """
        self._level = max(1, min(level, self._level + 1))
        self._deepest = max(self._deepest, self._level)
        return f"H{self._level}"

    def named(self, element: Element) -> bytes:
        """The entry that gives an element a name of its own, as notes must have."""
        label = b"(e%08d)" % element.number
        self._ids.append((label, refer(element.number)))
        return b"/ID" + label

    def annotation(self, element: Element, number: int) -> int:
        """Put an annotation of the page into an element; gives its key in the tree of parents."""
        self.mark()
        element.kids.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (self._page, number))
        self._parents.append(refer(element.number))
        return len(self._parents) - 1

    # -- the tree

    def finish(self) -> int:
        """Write the tree and give its number."""
        root = self.root.number
        self.shut(self.root)
        parents = tree(self._file, [(b"%d" % at, one) for at, one in enumerate(self._parents)], b"/Nums")
        names = b"/IDTree %d 0 R" % tree(self._file, sorted(self._ids), b"/Names") if self._ids else b""
        deeper = b"".join(b"/H%d/H%d" % (level, DEEPEST) for level in range(DEEPEST + 1, self._deepest + 1))
        roles = b"/RoleMap<<%s>>" % deeper if deeper else b""
        self._file.put(
            self._tree,
            b"<</Type/StructTreeRoot/K[%d 0 R]/ParentTree %d 0 R/ParentTreeNextKey %d%s%s>>"
            % (root, parents, len(self._parents), names, roles),
        )
        return self._tree

    # -- marks

    def _around(self) -> Element:
        for one in reversed(self.stack):
            if isinstance(one, Element):
                return one
        return self.root

    def mark(self) -> None:
        """Put the mark of what is being drawn around what was drawn since the last one; nothing where nothing was."""
        code, start = self._code, self._from
        if len(code) == start:
            return
        now = self.stack[-1]
        if isinstance(now, _Decoration):
            mark = now.mark
        else:
            mark, kid = _content(now.kind, len(self._owners))
            self._owners.append(now.number)
            if not now.page:
                now.page = self._here
            elif now.page is not self._here:
                kid = b"<</Type/MCR%s/MCID %b>>" % (self._here, kid)
            now.kids.append(kid)
        code[start] = f"{mark}\n{code[start]}"
        code.append("EMC")
        self._from = len(code)


@cache
def _content(kind: str, number: int) -> tuple[str, bytes]:
    """How some content of a page begins that is in an element of a kind, and what its element calls it."""
    return f"/{kind}<</MCID {number}>>BDC", b"%d" % number


_NOTHING = nullcontext()


class Untagged(Tags):
    """No tree: for pages that are only looked at, such as those of the preview, and made anew after every edit."""

    def start_page(self, page: int) -> int:
        self._page = page
        return 0

    def end_page(self) -> None:
        pass

    def open(
        self, kind: str, extra: bytes = b"", within: Element | None = None, *, once: bool = False
    ) -> Element:
        return Element(self, kind, 0, 0, b"")

    def inside(self, element: Element) -> AbstractContextManager[None]:
        return _NOTHING

    def element(self, kind: str, extra: bytes = b"") -> AbstractContextManager[Element]:
        return nullcontext(self.root)

    def labelled(self, element: Element | None) -> AbstractContextManager[None]:
        return nullcontext()

    def artifact(self, kind: str = LAYOUT) -> AbstractContextManager[None]:
        return _NOTHING

    def named(self, element: Element) -> bytes:
        return b""

    def annotation(self, element: Element, number: int) -> int:
        return 0

    def finish(self) -> int:
        self._file.put(self.root.number, b"<</S/Document/P %d 0 R>>" % self._tree)
        self._file.put(self._tree, b"<</Type/StructTreeRoot/K[%d 0 R]>>" % self.root.number)
        return self._tree


def box(left: float, bottom: float, right: float, top: float) -> bytes:
    """The attribute that says where on its page an element stands."""
    return b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % (left, bottom, right, top)


@cache
def cell(*, scope: str = "", across: int = 1, down: int = 1) -> bytes:
    """The attributes of a table's cell: of what it is the head ("Column", "Row" or ""), and how far it reaches."""
    said = [b"/Scope" + name(scope)] if scope else []
    said += [b"/ColSpan %d" % across] if across > 1 else []
    said += [b"/RowSpan %d" % down] if down > 1 else []
    return b"/A<</O/Table%s>>" % b"".join(said) if said else b""


def decorated(line: str) -> bytes:
    """The attribute that says that words have a line below or through them."""
    return b"/A<</O/Layout/TextDecorationType%s>>" % name(line)


def alternative(text: str) -> bytes:
    """The entry that says in words what a figure shows."""
    return b"/Alt" + words(text)
