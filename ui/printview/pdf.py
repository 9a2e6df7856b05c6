"""A printed document, open for looking: its pages as pictures, its words and links.

PDFium knows no threads, so every call takes the one lock, and what it hands out is freed under it as well. Lengths are
points; x and y are measured from the upper left corner of a page, as ``report.Place`` has them.
"""

from __future__ import annotations

import atexit
import ctypes
import threading
import weakref
from collections import OrderedDict
from typing import Any, NamedTuple

from PySide6.QtGui import QImage

from ui.printview import letters

LOCK = threading.RLock()
OPEN_PAGES = 24
"""Pages that are kept parsed."""
SAFE = ("http", "https", "mailto")


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Link(NamedTuple):
    """A link: where it is and where it leads, to a height of a page or ("" for none) to an address."""

    box: Box
    page: int
    y: float
    address: str


_open: weakref.WeakSet[Pdf] = weakref.WeakSet()


def _close_at_the_end(pdf: Pdf) -> None:
    """See to it that nothing is freed after the library has gone, which it does when the program ends."""
    if not _open:
        atexit.unregister(_close_all)
        atexit.register(_close_all)
    _open.add(pdf)


def _close_all() -> None:
    for pdf in list(_open):
        pdf.close()


class Pdf:
    """One document in memory. ``sizes`` (width, height) and ``labels`` by page."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2
        import pypdfium2.raw as raw

        self._raw: Any = raw
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._links: dict[int, tuple[Link, ...]] = {}
        self._frames: dict[int, int] = {}
        with LOCK:
            self._document: Any = pypdfium2.PdfDocument(data)
            _close_at_the_end(self)
            pages = range(len(self._document))
            self.sizes: tuple[tuple[float, float], ...] = tuple(map(self._document.get_page_size, pages))
            self.labels = tuple(self._document.get_page_label(page) or str(page + 1) for page in pages)

    def _height_of(self, dest: Any, page: int) -> float:
        """How far from the top of its page a destination is."""
        given = [ctypes.c_int(0) for _ in range(3)]
        x, y, zoom = (ctypes.c_float(0) for _ in range(3))
        self._raw.FPDFDest_GetLocationInPage(dest, *given, x, y, zoom)
        return max(0.0, self.sizes[page][1] - y.value) if given[1].value else 0.0

    def close(self) -> None:
        """Free everything; the document is not used again."""
        for _ in range(len(self._pages)):
            with LOCK:  # for each page anew, so that nobody has to wait for all of them
                self._let_go(1)
        with LOCK:
            self._let_go(len(self._pages))
            if self._document is not None:
                self._document.close()
                self._document = None

    def _let_go(self, count: int) -> None:
        """Free so many of the pages that are held, as far as there are. The lock is held by the caller."""
        for _ in range(min(count, len(self._pages))):
            self._free(self._pages.popitem()[1])

    def __del__(self) -> None:
        if getattr(self, "_document", None) is not None:
            self.close()

    # -- pages held parsed

    def _held(self, page: int) -> list[Any]:
        """[Page, its text, its letters]; the latter None until they are asked for. The lock is held by the caller."""
        if self._document is None:
            raise ValueError("the document is closed")
        held = self._pages.get(page)
        if held is None:
            held = self._pages[page] = [self._raw.FPDF_LoadPage(self._document.raw, page), None, None]
            while len(self._pages) > OPEN_PAGES:
                self._free(self._pages.popitem(last=False)[1])
        else:
            self._pages.move_to_end(page)
        return held

    def _free(self, held: list[Any]) -> None:
        if held[1] is not None:
            self._raw.FPDFText_ClosePage(held[1])
        self._raw.FPDF_ClosePage(held[0])

    def _text(self, page: int) -> Any:
        held = self._held(page)
        if held[1] is None:
            held[1] = self._raw.FPDFText_LoadPage(held[0])
        return held[1]

    # -- pictures

    def picture(self, page: int, scale: float, part: tuple[int, int, int, int]) -> QImage:
        """A part (x, y, width, height in pixels) of a page drawn at ``scale`` pixels a point."""
        x, y, wide, high = part
        image = QImage(wide, high, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        raw = self._raw
        with LOCK:
            held = self._held(page)
            size = [max(1, round(length * scale)) for length in self.sizes[page]]
            pixels = (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
            bitmap = raw.FPDFBitmap_CreateEx(wide, high, raw.FPDFBitmap_BGRx, pixels, image.bytesPerLine())
            raw.FPDF_RenderPageBitmap(bitmap, held[0], -x, -y, *size, 0, raw.FPDF_ANNOT)
            raw.FPDFBitmap_Destroy(bitmap)
        return image

    # -- words

    def letter_at(self, page: int, x: float, y: float, *, content: bool = False) -> int | None:
        """The place in the page's text of the letter at a point, or the nearest one in reach; never of a watermark.

        ``content``: of what is printed in the text block only, not of header and footer.
        """
        with LOCK:
            held, frame = self._held(page), self.frame(page)
            if held[2] is None:
                held[2] = letters.Letters(self._raw, self._text(page), self.sizes[page][1], frame)
            there: letters.Letters = held[2]
        return there.at(x, y, frame if content else 0)

    def frame(self, page: int) -> int:
        """How many letters of a page's text, which come first, are its watermark, header and footer."""
        if page not in self._frames:
            with LOCK:
                self._frames[page] = letters.frame(self._raw, self._text(page), self.sizes[page][1])
        return self._frames[page]

    def letters(self, page: int) -> int:
        """How many letters a page has."""
        with LOCK:
            return max(0, int(self._raw.FPDFText_CountChars(self._text(page))))

    def words(self, page: int, start: int, count: int) -> str:
        """A piece of a page's text."""
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        with LOCK:
            self._raw.FPDFText_GetText(self._text(page), start, count, buffer)
        text = bytes(buffer).decode("utf-16-le", "ignore").partition("\0")[0]
        return text.replace("\r\n", "\n").replace("\ufffe", "").replace("\x02", "")

    def boxes(self, page: int, start: int, count: int) -> list[Box]:
        """Where a piece of a page's text stands, a box for each run of it."""
        high, found = self.sizes[page][1], []
        left, top, right, bottom = (ctypes.c_double(0) for _ in range(4))
        with LOCK:
            text = self._text(page)
            for at in range(self._raw.FPDFText_CountRects(text, start, count)):
                self._raw.FPDFText_GetRect(text, at, left, top, right, bottom)
                found.append(Box(left.value, high - top.value, right.value, high - bottom.value))
        return found

    def find(self, page: int, words: str) -> list[tuple[int, int]]:
        """Where words stand in a page's content, whatever their case: (place of the first letter, letters)."""
        found: list[tuple[int, int]] = []
        wanted = (ctypes.c_ushort * (len(words.encode("utf-16-le")) // 2 + 1))(
            *memoryview(words.encode("utf-16-le")).cast("H"), 0
        )
        raw = self._raw
        with LOCK:
            search = raw.FPDFText_FindStart(self._text(page), wanted, 0, 0)
            while raw.FPDFText_FindNext(search):
                found.append((raw.FPDFText_GetSchResultIndex(search), raw.FPDFText_GetSchCount(search)))
            raw.FPDFText_FindClose(search)
            first = self.frame(page) if found else 0
        return [hit for hit in found if hit[0] >= first]

    # -- links

    def link_at(self, page: int, x: float, y: float) -> Link | None:
        """The link at a point."""
        return next((link for link in self.links(page) if link.box.holds(x, y)), None)

    def links(self, page: int) -> tuple[Link, ...]:
        """The links of a page that lead somewhere within the document or to an address that is safe to open."""
        if page not in self._links:
            with LOCK:
                self._links[page] = tuple(self._read_links(page))
        return self._links[page]

    def _read_links(self, page: int) -> list[Link]:
        raw, held, high = self._raw, self._held(page), self.sizes[page][1]
        place, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        found = []
        while raw.FPDFLink_Enumerate(held[0], place, link):
            if not raw.FPDFLink_GetAnnotRect(link, rect):
                continue
            box = Box(rect.left, high - rect.top, rect.right, high - rect.bottom)
            dest = raw.FPDFLink_GetDest(self._document.raw, link)
            target = raw.FPDFDest_GetDestPageIndex(self._document.raw, dest) if dest else -1
            address = "" if dest else self._address(raw.FPDFLink_GetAction(link))
            if 0 <= target < len(self.sizes):
                found.append(Link(box, target, self._height_of(dest, target), ""))
            elif address.partition(":")[0].lower() in SAFE:
                found.append(Link(box, -1, 0.0, address))
        return found

    def _address(self, action: Any) -> str:
        if not action or self._raw.FPDFAction_GetType(action) != self._raw.PDFACTION_URI:
            return ""
        size = self._raw.FPDFAction_GetURIPath(self._document.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        self._raw.FPDFAction_GetURIPath(self._document.raw, action, buffer, size)
        return buffer.value.decode("utf-8", "replace")
