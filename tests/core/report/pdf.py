"""Reads printed files back: words with their places, links with their targets, bookmarks."""

import ctypes
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dmdesk import report
from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData


class Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float


class Link(NamedTuple):
    page: int
    box: tuple[float, float, float, float]
    to_page: int
    to_y: float
    address: str


def row(kind: str, **values: object) -> Entity:
    return kinds()[kind].make(values)


def plan(*rows: Entity, **words: object) -> PlanData:
    """A plan with a baselined front page and the given rows."""
    facts = {
        "title": "A plan",
        "handle": "LDM-1",
        "date": "2020-02-29",
        "state": "baselined",
        "letterhead": "LETTERHEAD",
    }
    return PlanData.of([row("plan", **{**facts, **words}), *rows])


def printed(folder: Path, data: PlanData, only: Iterable[str] = ()) -> pdfium.PdfDocument:
    out = folder / "out.pdf"
    report.build(data, out, report.Options(only=tuple(only)))
    return pdfium.PdfDocument(out.read_bytes())


def words(page: pdfium.PdfPage) -> list[Word]:
    """The words of a page, y downwards from its top."""
    high = page.get_height()
    text = page.get_textpage()
    found: list[Word] = []
    open_word = False
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        char = chr(code)
        if code in (0, 2) or char.isspace():
            open_word = False
            continue
        left, bottom, right, top = text.get_charbox(at, loose=True)
        if open_word and abs(found[-1].top - (high - top)) < 2:
            last = found[-1]
            found[-1] = last._replace(text=last.text + char, right=max(last.right, right))
        else:
            found.append(Word(char, left, high - top, right, high - bottom))
        open_word = True
    return found


def beyond(page: pdfium.PdfPage, wide: float, tolerance: float) -> list[tuple[str, float, float]]:
    """Signs of a page, with their edges, that reach out of a text block in its middle so ``wide``.

    A sign begins where the pen was, though its ink may begin before that; where it is a hyphen at the end of a line
    counts too, though words are read without it.
    """
    text, found = page.get_textpage(), []
    edge = (page.get_width() - wide) / 2
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text.raw, at))
        if char == "\0" or char.isspace():
            continue
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        right = text.get_charbox(at, loose=True)[2]
        if not edge - tolerance <= x.value <= right <= page.get_width() - edge + tolerance:
            found.append((char, x.value, right))
    return found


def text(document: pdfium.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def flat(words: str) -> str:
    """The text without white space and hyphens at line ends, to look for what may be broken over lines."""
    return "".join(words.replace("\ufffe", "").split())


def links(document: pdfium.PdfDocument) -> list[Link]:
    found = []
    for number, page in enumerate(document):
        place, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, place, link):
            box = raw.FS_RECTF()
            raw.FPDFLink_GetAnnotRect(link, box)
            target = raw.FPDFLink_GetDest(document, link)
            to_page = raw.FPDFDest_GetDestPageIndex(document, target) if target else -1
            edges = (box.left, page.get_height() - box.top, box.right, page.get_height() - box.bottom)
            found.append(
                Link(number, edges, to_page, _height(document, target, to_page), _address(document, link))
            )
    return found


def _height(document: pdfium.PdfDocument, target: object, page: int) -> float:
    if page < 0:
        return -1.0
    has = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    raw.FPDFDest_GetLocationInPage(target, *has, x, y, zoom)
    return document[page].get_height() - y.value


def _address(document: pdfium.PdfDocument, link: object) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode()


def outline(document: pdfium.PdfDocument) -> list[tuple[int, str, int]]:
    """(depth, title, page) of every bookmark."""
    return [
        (mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc(max_depth=50)
    ]
