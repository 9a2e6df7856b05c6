"""Links of the whole sample: what looks like one is one, wherever it stands."""

import ctypes

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dmdesk import report
from dmdesk.exchange import text
from dmdesk.typeset.looks import LINK
from tests.core.report.pdf import links
from tests.house.tree import ROOT


def coloured(page: pdfium.PdfPage) -> list[tuple[str, float, float]]:
    """The letters of a page in the colour of links, with the middle of each."""
    letters, high, found = page.get_textpage(), page.get_height(), []
    parts = [ctypes.c_uint() for _ in range(4)]
    for at in range(letters.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(letters.raw, at))
        raw.FPDFText_GetFillColor(letters.raw, at, *parts)
        if (
            letter.isprintable()
            and letter != " "
            and f"#{parts[0].value:02X}{parts[1].value:02X}{parts[2].value:02X}" == LINK
        ):
            left, bottom, right, top = letters.get_charbox(at)
            found.append((letter, (left + right) / 2, high - (bottom + top) / 2))
    return found


def test_all_words_in_the_colour_of_links_can_be_clicked():
    printed = report.make(text.read(ROOT / "sample_db" / "ldm-294"), report.Options(embed=False))
    document = pdfium.PdfDocument(printed.pdf)
    boxes: dict[int, list[tuple[float, ...]]] = {}
    for link in links(document):
        boxes.setdefault(link.page, []).append(link.box)
    seen, wrong = 0, []
    for number, page in enumerate(document):
        for letter, x, y in coloured(page):
            seen += 1
            if not any(
                left - 0.5 <= x <= right + 0.5 and top - 1 <= y <= bottom + 1
                for left, top, right, bottom in boxes.get(number, ())
            ):
                wrong.append((number, letter, x, y))
    assert wrong == []
    assert seen > 10_000
