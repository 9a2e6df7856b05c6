"""What is written: well-formed SVG, PDF whose links lead somewhere and whose bytes stay, PNG of the right size."""

import re
import xml.etree.ElementTree as ET

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from PIL import Image

from dmdesk.drawing import drawn, write
from dmdesk.drawing.pdf import pdf
from dmdesk.drawing.svg import svg
from dmdesk.drawing.tree import Options
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.reading import PlanData
from tests.core.drawing import forests
from tests.core.report.pdf import links, words
from tests.house.tree import ROOT

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<b>&amp; \"'{0} %s]]>"


@pytest.fixture(scope="module")
def sample() -> PlanData:
    return text.read(ROOT / "sample_db" / "ldm-294")


@pytest.fixture(scope="module")
def parted(sample):
    """The sample on several pages."""
    return drawn(sample, Options(shape="mixed", paper="a4", landscape=True, wbs=True, managers=True))


def texts(root) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


@settings(max_examples=25)
@given(forests.plans(most=20), forests.options)
def test_any_drawing_is_well_formed_svg_and_a_pdf_of_as_many_pages(data, options):
    drawing = drawn(data, options)
    root = ET.fromstring(svg(drawing).encode())
    assert len([one for one in root.iter(f"{SVG}rect") if one.get("class") == "box"]) == (
        len(drawing.boxes) + len(drawing.pages) * len(drawing.legend)
    )
    assert len(pdfium.PdfDocument(pdf(drawing))) == len(drawing.pages)


def test_what_people_typed_is_data_in_svg():
    data = PlanData.of([forests.PRODUCT.make({"key": "K", "name": NASTY}, '"><script>')])
    root = ET.fromstring(svg(drawn(data, Options())).encode())
    assert "".join(texts(root)).replace(" ", "").count(NASTY.replace(" ", "")) == 2
    assert any(title.text == f"{NASTY} (K)" for title in root.iter(f"{SVG}title"))
    assert not list(root.iter(f"{SVG}script"))


def test_svg_says_the_title_and_every_full_name_and_keeps_text_in_its_measured_width(sample):
    drawing = drawn(sample, Options(depth=1))
    root = ET.fromstring(svg(drawing).encode())
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert titles == ["Product tree: Data Management, 1 level down", *(box.title for box in drawing.boxes)]
    assert root.get("aria-label") == titles[0]
    assert all(float(node.get("textLength")) > 0 for node in root.iter(f"{SVG}text"))


def test_the_marks_of_svg_lead_to_pages_that_are_there(parted):
    root = ET.fromstring(svg(parted).encode())
    ids = {node.get("id") for node in root.iter() if node.get("id")}
    targets = [node.get("href") for node in root.iter(f"{SVG}a")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= ids
    every = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(every) == len(set(every))


def test_the_marks_of_pdf_are_links_to_the_page_they_name(parted):
    document = pdfium.PdfDocument(pdf(parted))
    marks = [(box.page, one) for box in parted.boxes for one in box.words if one.page]
    found = links(document)
    assert len(found) == len(marks)
    for page, mark in marks:
        link = next(one for one in found if one.page == page - 1 and abs(one.box[0] - mark.x) < 0.1
                    and abs(one.box[3] - mark.baseline) < 3)  # fmt: skip
        assert link.to_page == mark.page - 1


def test_pdf_says_the_words_of_every_box_where_the_layout_put_them(parted):
    page = pdfium.PdfDocument(pdf(parted))[0]
    found = {word.text: word for word in words(page)}
    box = next(
        box for box in parted.boxes if box.title == "Identity Manager (IDM)" or "Identity" in box.title
    )
    word = found["Identity"]
    assert box.x <= word.left < word.right <= box.x + box.wide
    assert box.y <= word.top < word.bottom <= box.y + box.high


def test_the_same_plan_gives_the_same_bytes(sample, parted, tmp_path):
    again = drawn(sample, Options(shape="mixed", paper="a4", landscape=True, wbs=True, managers=True))
    assert pdf(again, "2017-06-30") == pdf(parted, "2017-06-30")
    assert svg(again) == svg(parted)


def test_a_png_has_the_size_that_its_dots_an_inch_ask_for(sample, tmp_path):
    drawing = drawn(sample, Options(depth=1))
    assert write(drawing, tmp_path / "a.PNG", dpi=144) == [tmp_path / "a.PNG"]
    with Image.open(tmp_path / "a.PNG") as image:
        assert image.size == pytest.approx((drawing.width * 2, drawing.height * 2), abs=1)
        assert len(image.getcolors(100_000)) > 10


def test_a_png_of_several_pages_is_a_file_each(parted, tmp_path):
    files = write(parted, tmp_path / "a.png", dpi=30)
    assert [file.name for file in files] == [f"a-{page.number}.png" for page in parted.pages]
    assert all(file.is_file() for file in files)


def test_a_picture_that_would_be_too_large_is_refused_with_advice(sample, tmp_path):
    with pytest.raises(PlanError, match=r"dots.* at most \d+ dots per inch") as error:
        write(drawn(sample, Options()), tmp_path / "a.png", dpi=1200)
    fits = int(re.findall(r"at most (\d+) dots", str(error.value))[0])
    assert fits > 100
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.doc", "a", ".svg"])
def test_another_form_is_told_in_one_sentence(sample, tmp_path, name):
    with pytest.raises(PlanError, match=r"should end in \.svg, \.pdf or \.png"):
        write(drawn(sample, Options(depth=0)), tmp_path / name)


def test_a_drawing_that_cannot_be_written_is_told_in_one_sentence(sample, tmp_path):
    with pytest.raises(PlanError, match="could not be written"):
        write(drawn(sample, Options(depth=0)), tmp_path / "nowhere" / "a.svg")
