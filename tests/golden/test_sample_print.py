"""The sample plan, printed: complete, in its place, the same bytes each time, and quick."""

import hashlib
import os
import subprocess
import sys

import pypdfium2 as pdfium
import pytest

from dmdesk import trees
from dmdesk.exchange import text as text_format
from dmdesk.reading import PlanData
from dmdesk.report import build, styles
from tests.core.report.pdf import flat, links, outline, words
from tests.house.tree import ROOT

SAMPLE = ROOT / "sample_db" / "ldm-294"
PRINT = f"""
import sys
from pathlib import Path
from dmdesk.exchange import text
from dmdesk.report import build
print(build(text.read(Path({str(SAMPLE)!r})), Path(sys.argv[1])).sha256)
"""


@pytest.fixture(scope="module")
def data() -> PlanData:
    return text_format.read(SAMPLE)


@pytest.fixture(scope="module")
def document(data, tmp_path_factory) -> pdfium.PdfDocument:
    out = tmp_path_factory.mktemp("print") / "sample.pdf"
    build(data, out)
    return pdfium.PdfDocument(out.read_bytes())


def lying(document: pdfium.PdfDocument, title: str) -> list[int]:
    """The numbers of the pages of an appendix that lies on its side."""
    tops = [(name, page) for depth, name, page in outline(document) if depth == 0]
    place = next(at for at, (name, _) in enumerate(tops) if name.endswith(title))
    end = tops[place + 1][1] if place + 1 < len(tops) else len(document)
    found = [*range(tops[place][1], end)]
    assert all(document[number].get_width() > document[number].get_height() for number in found)
    return found


def listed(document: pdfium.PdfDocument) -> list[pdfium.PdfPage]:
    return [document[number] for number in lying(document, "DM Product List")]


def test_only_the_product_list_and_the_risk_register_lie_on_their_side(document):
    both = [*lying(document, "DM Product List"), *lying(document, "Risk Register")]
    assert both == [number for number, page in enumerate(document) if page.get_width() > page.get_height()]


def test_every_product_stands_in_the_list_and_every_element_is_a_bookmark(data, document):
    column = ""
    for page in listed(document):
        column += "".join(word.text for word in words(page) if 158 < word.left < 330 and 93 < word.top < 530)
    missing = [
        data.title(product) for product in data.in_order("product") if flat(data.title(product)) not in column
    ]
    assert missing == []
    marks = [title for _, title, _ in outline(document)]
    wanted = [f"{data.key(row)} {data.title(row)}" for row in data.in_order("wbs")]
    assert [title for title in marks if title in set(wanted)] == wanted


def test_the_list_repeats_its_head_and_is_set_in_eight_points_or_more(document):
    for page in listed(document):
        found = [word for word in words(page) if 93 < word.top < 530]
        assert {"WBS", "Product", "Manager", "Owner", "Packages"} <= {word.text for word in found}
        assert min(word.bottom - word.top for word in found) >= 8


def test_no_word_lies_outside_the_text_block(document):
    for page in list(document)[1:]:
        wide, high = page.get_size()
        for word in words(page):
            if word.text not in "Draft":
                assert styles.LEFT - 1 <= word.left <= word.right <= wide - styles.LEFT + 1.5, word
                assert word.bottom <= high - 20


def test_every_link_leads_somewhere_and_every_printed_code_is_one(data, document):
    found = links(document)
    assert all(link.to_page >= 0 or link.address for link in found)
    inside = [link for link in found if link.to_page >= 0]
    at, _ = trees.products_by_element(data)
    pages = lying(document, "DM Product List")
    dictionary = range(max(pages) + 1, min(lying(document, "Risk Register")))
    back = [link for link in inside if link.to_page in pages and link.page in dictionary]
    assert len(back) >= sum(len(rows) for rows in at.values())


def test_no_page_is_empty_and_no_heading_ends_one(document):
    marks = outline(document)
    for number, page in enumerate(list(document)[3:], 3):
        body = [
            word
            for word in words(page)
            if 93 < word.top < page.get_height() - 90 and word.text not in "Draft"
        ]
        assert len(body) > 5, number
        last = max(word.bottom for word in body)
        line = " ".join(word.text for word in body if last - word.bottom < 3)
        above = [title for _, title, at in marks if at == number and not title.startswith("Figure")]
        assert line not in above


OTHER_ZLIB = """
import zlib
packed = zlib.compress
zlib.compress = lambda data, *_, **__: packed(data, 1)
packer = zlib.compressobj
zlib.compressobj = lambda *_, **__: packer(1)
"""


def test_two_processes_with_other_hash_seeds_clocks_zones_and_zlibs_print_the_same_bytes(tmp_path):
    sums = set()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "sitecustomize.py").write_text(OTHER_ZLIB)
    for seed, zone, clock, where in (
        ("1", "UTC", "", str(ROOT)),
        ("2", "Asia/Tokyo", "1700000000", os.pathsep.join((str(tmp_path / "other"), str(ROOT)))),
    ):
        out = tmp_path / f"{seed}.pdf"
        changed = {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": clock, "PYTHONPATH": where}
        command = [sys.executable, "-c", PRINT, str(out)]
        done = subprocess.run(
            command, env=os.environ | changed, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == hashlib.sha256(out.read_bytes()).hexdigest()
        sums.add(done.stdout.strip())
    assert len(sums) == 1
