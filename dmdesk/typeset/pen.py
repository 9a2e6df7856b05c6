"""The pen: draws lines of text, rules, boxes, links and bookmarks, and says what they are.

It writes text operators itself, since a text object for each run costs more than breaking the lines did. Drawings use
``canvas``, which is ReportLab's, between ``start_page`` and ``end_page``; fonts are ReportLab's too, the file is ours.
Lengths are points, y is measured downwards from the top of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from math import inf

from dmdesk.typeset import fonts, marks, tags
from dmdesk.typeset.archive import Facts, colours, info, metadata
from dmdesk.typeset.canvas import canvas
from dmdesk.typeset.codes import Codes
from dmdesk.typeset.embedding import embedded
from dmdesk.typeset.enclosing import Enclosed, enclosed
from dmdesk.typeset.file import File, array, shrunk, words
from dmdesk.typeset.images import resources
from dmdesk.typeset.ink import Ink, fill
from dmdesk.typeset.kept import Kept, Layer
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import INK, LINK, Look, Span, Style
from dmdesk.typeset.navigation import Bookmark, Navigation, Targets, leading
from dmdesk.typeset.pieces import Line, Piece
from dmdesk.typeset.shapes import Lengths
from dmdesk.typeset.tags import Element, Tags, Untagged

_Linked = tuple[str, Element | None]
"""The link of what was drawn last, with its element; "" for none."""
_NO_LINK: _Linked = ("", None)

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge on the page."""


class Pen(Ink):
    """Draws on the pages of one document, one page after another.

    ``tags`` says what is drawn (see there); what nothing is said of is decoration. ``figure`` and ``artifact`` are
    short ways to say it of drawings.
    """

    def __init__(
        self, anchors: Container[str], facts: Facts, *, tagged: bool = True, kept: Kept | None = None
    ) -> None:
        """``anchors``: the names that links may lead to. ``facts``: what the document says about itself.

        ``tagged``: whether it says what each piece of a page is; without, it is faster made and for the eye only,
        and can take what was ``kept`` of the document before (see ``layer``).
        """
        self._kept = None if tagged else kept
        self.canvas = self._kept.canvas if self._kept and self._kept.canvas else canvas()
        if self._kept:
            self._kept.canvas = self.canvas
            self.canvas.next_page()  # whatever became of the document before
        self._doc = self.canvas._doc
        self._facts = facts.tidy
        self._file = File()
        self.tags = (Tags if tagged else Untagged)(self._file, self.canvas, facts.language)
        self.navigation = Navigation()
        self._targets = Targets(anchors)
        self.target = self._targets.__getitem__ if self._kept is None else self._targets.asked
        self._enclosed: Enclosed | None = None
        self._pages: list[int] = []
        self._heights: list[float] = []
        self.faces: list[Hashable] = []
        """What of each page is seen, equal where pages look the same; only where layers are kept."""
        self._above = self._file.number()
        self._fonts = self._file.number()
        self._annotations: list[int] = []
        self._links: list[bytes] = []
        self._pictures: list[str] = []
        self._contents: list[bytes] = []
        self._leads: dict[str, bytes] = {}
        self._stamps: dict[Hashable, tuple[list[str], tuple[str, float, str, float]]] = {}
        self._codes = Codes(self._doc)
        self._at = Lengths()
        self._high = 0.0
        self._reset()

    def _reset(self) -> None:
        self._font, self._points, self._colour, self._stretch = "", 0.0, "", 0.0

    # -- pages

    def start_page(self, size: tuple[float, float]) -> None:
        """Begin a page of (width, height)."""
        self.canvas.setPageSize(size)
        self._size, self._high = size, size[1]
        self._reset()
        self._pages.append(self._file.number())
        self._heights.append(self._high)
        self._annotations, self._links = [], []
        self._pictures, self._contents = [], []
        self._key = self.tags.start_page(self._pages[-1])

    @property
    def ground(self) -> object:
        """Stands for what all pages have in common, which the document was begun with; only where layers are kept."""
        return self._kept.ground if self._kept else None

    def layer(self, look: Callable[[], Hashable], draw: Callable[[], None]) -> None:
        """Draw a layer of the page, above those before; as in the document before where it looked the same.

        ``look`` gives all that decides how it looks, but for where its links lead; None: not known. It is asked only
        where layers are kept.
        """
        if self._kept is None:
            draw()
            return
        value = look()
        found = None if value is None else self._kept.layer(value, self._targets)
        if found is None:
            found = self._drawn(draw)
            if value is not None:
                self._kept.keep(value, found)
        else:
            self._annotations += [self._file.add(link) for link in found.links]
        self._contents.append(found.content)
        self._pictures += found.pictures

    def _drawn(self, draw: Callable[[], None]) -> Layer:
        """A layer by itself, whatever state those below leave behind."""
        code, self._links, self.canvas._formsinuse = self.canvas._code, [], []
        code.clear()
        self._reset()
        self._stretch = inf
        self._targets.begin()
        draw()
        content = shrunk("\n".join(code).encode("latin-1"))
        code.clear()
        return Layer(content, self._links, self.canvas._formsinuse, self._targets.found())

    def end_page(self) -> None:
        """Finish the page."""
        self.tags.end_page()
        if self._kept is None:
            self._contents.append(shrunk("\n".join(self.canvas._code).encode("latin-1")))
        else:
            self.faces.append((self._size, *self._contents))
        numbers = [self._file.packed(content) for content in self._contents]
        content = b"%d 0 R" % numbers[0] if len(numbers) == 1 else array(numbers)
        self.canvas._formsinuse += self._pictures
        images = resources(self._file, self.canvas)
        annotations = b"/Annots%s" % array(self._annotations) if self._annotations else b""
        self._file.put(
            self._pages[-1],
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %g %g]/Contents %s/Resources<</Font %d 0 R%s>>"
            b"/StructParents %d/Tabs/S%s>>"
            % (self._above, *self._size, content, self._fonts, images, self._key, annotations),
        )
        self.canvas.next_page()

    def enclose(self, enclosed: Enclosed) -> None:
        """Let the document carry a file."""
        self._enclosed = enclosed

    def data(self) -> bytes:
        """The whole document."""
        file, tagged = self._file, not isinstance(self.tags, Untagged)
        file.put(self._fonts, b"<<%s>>" % embedded(file, self._doc, again=self._kept is not None))
        kids = array(self._pages)
        file.put(self._above, b"<</Type/Pages/Count %d/Kids%s>>" % (len(self._pages), kids))
        entries, places = self.navigation.entries(file)
        names = b"/Dests %d 0 R" % places if places else b""
        if self._enclosed:
            carried, more = enclosed(file, self._enclosed, self._facts.day)
            entries, names = entries + carried, names + more
        catalog = file.add(
            b"<</Type/Catalog/Version/1.7/Pages %d 0 R/Lang%s%s/StructTreeRoot %d 0 R"
            b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/OutputIntents[%d 0 R]/Names<<%s>>%s>>"
            % (
                self._above, words(self._facts.language), b"/MarkInfo<</Marked true>>" if tagged else b"",
                self.tags.finish(),
                metadata(file, self._facts, ("pdfa", "pdfua") if tagged else ()), colours(file), names, entries,
            )
        )  # fmt: skip
        if self._kept:
            self._kept.end()
        return file.data(catalog, info(file, self._facts))

    # -- what is drawn

    @contextmanager
    def figure(self, alt: str, box: Box) -> Iterator[Element]:
        """What is drawn now is a picture of something, which ``alt`` says in words.

        ``box``: its left, upper, right and lower edge on the page.
        """
        left, top, right, bottom = box
        where = tags.box(left, self._high - bottom, right, self._high - top)
        with self.tags.element("Figure", tags.alternative(alt or "Figure") + where) as element:
            yield element

    def artifact(self, kind: str = tags.LAYOUT) -> AbstractContextManager[object]:
        """What is drawn now is decoration, whatever it says of itself."""
        return self.tags.artifact(kind)

    # -- text

    def words(self, x: float, baseline: float, text: str, look: Look, align: str = "left") -> float:
        """One line of text, at, before ("right") or around ("center") x; returns its width."""
        line = broken([Span(text, look)], 1e9)[0]
        if align != "left":
            x -= line.width if align == "right" else line.width / 2
        if line.plain:
            self.pieces(x, baseline, line.pieces)
        else:
            out: list[str] = []
            self._end(out, self._marked(out, line, x, baseline, 0.0, _NO_LINK))
        return line.width

    def pieces(self, x: float, baseline: float, pieces: Sequence[Piece]) -> None:
        """Pieces of one line that are no links, the first at x."""
        if pieces:
            out: list[str] = []
            self._run(out, pieces, x, baseline, 0.0)
            self._write(out)

    def lines(
        self, lines: Iterable[Line], x: float, y: float, style: Style, width: float, *, cell: bool = False
    ) -> None:
        """Lines of a block with its upper left corner at (x, y); those from the right stand there, but in a cell."""
        baseline, leading, align = y + style.look.size, style.leading, style.align
        out: list[str] = []
        link: _Linked = _NO_LINK
        for line in lines:
            at, stretch = x, 0.0
            if align != "left" or (line.from_right and not cell):
                at, stretch = marks.aligned(line, x, width - line.width, style)
            if not line.plain or link[0]:
                link = self._marked(out, line, at, baseline, stretch, link)
            elif line.pieces:
                self._run(out, line.pieces, at, baseline, stretch)
                if line.parted:
                    out.append("( ) Tj")
            baseline += leading
        self._end(out, link)

    def _end(self, out: list[str], link: _Linked) -> None:
        """End a block of lines, and the link that it ends with."""
        self._write(out)
        if link[1]:
            self.tags.shut(link[1])

    def _marked(
        self, out: list[str], line: Line, x: float, baseline: float, stretch: float, linked: _Linked
    ) -> _Linked:
        """A line with links, or after one: a link is one link, however many lines it takes; the last one is given."""
        for link, mark, pieces in marks.runs(line, self.target):
            if link != linked[0]:
                self._write(out)
                linked = self._turn(linked[1], link)
            elif mark:
                self._write(out)
            self._run(out, pieces, x, baseline, stretch)
            if line.parted and pieces[-1] is line.pieces[-1]:
                out.append("( ) Tj")
            left, x = x, marks.end(line, pieces, x, stretch)
            if linked[1] or mark:
                with self._within(linked[1], mark):
                    self._write(out)
                    if mark:
                        self.rule(*marks.place(pieces, baseline, left, x, stretch))
                    if linked[1]:
                        self._text_box(left, baseline, x, pieces, link, linked[1])
        return linked

    def _within(self, link: Element | None, mark: str) -> AbstractContextManager[object]:
        """What is written now is in a link, or under a line of its own."""
        return self.tags.inside(link) if link else self.tags.element("Span", tags.decorated(mark))

    def _turn(self, element: Element | None, link: str) -> _Linked:
        """End a link, and begin the next one unless it is ""; what is decoration has no links of its own."""
        if element:
            self.tags.shut(element)
        return link, self.tags.open("Link") if link and not self.tags.silent else None

    def _write(self, out: list[str]) -> None:
        if out:
            self.canvas._code.append(f"BT {' '.join(out)} ET")
            out.clear()

    def _run(
        self, out: list[str], pieces: Iterable[Piece], x: float, baseline: float, stretch: float
    ) -> None:
        """Pieces that follow each other, the first at x."""
        if abs(stretch - self._stretch) > 0.0005:
            self._stretch = stretch
            out.append(f"{stretch:.3f} Tw")
        at, codes = self._at, self._codes
        out.append(f"1 0 0 1 {at[x]} {at[self._high - baseline]} Tm")
        for font, text, (_, size, colour, link, rise, _) in pieces:
            if link and colour == LINK and not self.target(link):
                colour = INK
            if colour != self._colour:
                self._colour = colour
                out.append(fill(colour))
            if rise:
                out.append(f"{rise:.2f} Ts")
            for name, shown in codes[font][text]:
                if name != self._font or size != self._points:
                    self._font, self._points = name, size
                    out.append(f"{name} {size:g} Tf")
                out.append(shown)
            if rise:
                out.append("0 Ts")

    def apart(self, x: float, baseline: float, text: str, look: Look, step: float) -> None:
        """Equal signs of one line, each ``step`` from the last."""
        space = step - look.size * fonts.measure(text[:1], fonts.FACES[look.face])
        self.canvas._code.append(f"{space:.3f} Tc")
        self.words(x, baseline, text, look)
        self.canvas._code.append("0 Tc")

    def stamp(self, name: Hashable, draw: Callable[[], None]) -> None:
        """Decoration that is alike on many pages: drawn once, and put on the others as it is.

        ``draw`` draws words and shapes, without pictures and links; ``name`` tells it from other stamps.
        """
        code, key = self.canvas._code, (name, self._font, self._points, self._colour, self._stretch)
        found = self._stamps.get(key)
        if found is None:
            start = len(code)
            draw()
            state = (self._font, self._points, self._colour, self._stretch)
            self._stamps[key] = (code[start:], state)
        else:
            code += found[0]
            self._font, self._points, self._colour, self._stretch = found[1]

    # -- links and anchors

    @contextmanager
    def linked(self, box: Box, link: str, said: str) -> Iterator[None]:
        """What is drawn now is a link, all of the box is clickable; ``said`` is what is read out for it."""
        if not self.target(link) or self.tags.silent:
            yield
            return
        with self.tags.element("Link") as element:
            yield
            self._annotate(box, link, said, element)

    def link(self, left: float, top: float, right: float, bottom: float, link: str, said: str = "") -> None:
        """Make a box clickable, without a frame."""
        if self.target(link):
            element = self.tags.open("Link")
            self._annotate((left, top, right, bottom), link, said, element)
            self.tags.shut(element)

    def _text_box(
        self, left: float, baseline: float, right: float, pieces: Sequence[Piece], link: str, element: Element
    ) -> None:
        size = pieces[0].look.size
        if right > left:
            said = "".join([piece.text for piece in pieces])
            self._annotate((left, baseline - size, right, baseline + 0.3 * size), link, said, element)

    def _annotate(self, box: Box, link: str, said: str, element: Element) -> None:
        target, number = self.target(link), self._file.number()
        leads = self._leads.get(target)
        if leads is None:
            leads = self._leads[target] = leading(target)
        left, top, right, bottom = box
        self._links.append(
            b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]/StructParent %d"
            b"/Contents%s%s>>"
            % (
                left, self._high - bottom, right, self._high - top, self.tags.annotation(element, number),
                words(said.strip() or target.lstrip("#")), leads,
            ),
        )  # fmt: skip
        self._file.put(number, self._links[-1])
        self._annotations.append(number)

    def anchor(self, name: str, x: float, y: float) -> None:
        """Let links lead to this place."""
        self.navigation.place(name, self._pages[-1], x, self._high - y)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """All bookmarks so far, in order."""
        return tuple(self.navigation.bookmarks(self._pages, self._heights))

    def outline(self, title: str, anchor: str, level: int) -> None:
        """Add a bookmark below the last one of a lower level."""
        self.navigation.bookmark(fonts.printable(title).replace("\n", " "), anchor, level)

    def turned(self, x: float, y: float, degrees: float, text: str, look: Look) -> None:
        """One line of text centred on (x, y) and turned anticlockwise."""
        self.canvas.saveState()
        self.canvas.translate(x, self._high - y)
        self.canvas.rotate(degrees)
        high, self._high = self._high, 0.0
        self.words(0, look.size * 0.36, text, look, "center")
        self._high = high
        self.canvas.restoreState()
        self._reset()
