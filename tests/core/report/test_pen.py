"""The pen on its own: what drawings say of themselves, and pictures of pixels."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader

from dmdesk.typeset import marks
from dmdesk.typeset.archive import Facts
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import Look, Span, Style
from dmdesk.typeset.pen import Pen


@pytest.fixture
def pen():
    made = Pen({"here"}, Facts("A drawing", day="2020-02-29"))
    made.start_page((200, 100))
    return made


def opened(pen) -> pikepdf.Pdf:
    pen.end_page()
    return pikepdf.open(io.BytesIO(pen.data()))


def test_a_figure_says_what_it_shows_and_where_and_its_links_are_in_it(pen):
    with pen.figure("Two boxes", (10, 20, 60, 70)):
        pen.box(10, 20, 50, 50, "#123456")
        pen.words(12, 40, "words", Look("regular", 8, link="https://example.org/a b"))
        pen.link(10, 20, 60, 70, "#here", "the first box")
    file = opened(pen)
    [document] = file.Root.StructTreeRoot.K
    [figure] = document.K
    assert (str(figure.S), str(figure.Alt)) == ("/Figure", "Two boxes")
    assert [float(edge) for edge in figure.A.BBox] == [10, 30, 60, 80]
    links = [kid for kid in figure.K if isinstance(kid, pikepdf.Dictionary)]
    assert [str(link.S) for link in links] == ["/Link", "/Link"]
    assert str(links[1].K[0].Obj.Contents) == "the first box"


def test_what_is_decoration_stays_so_whatever_it_says_of_itself(pen):
    with pen.artifact(), pen.tags.element("P"), pen.figure("Not told", (0, 0, 1, 1)):
        pen.box(0, 0, 1, 1, "#000000")
    file = opened(pen)
    assert "/K" not in file.Root.StructTreeRoot.K[0]
    assert b"/Artifact" in file.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_picture_is_in_the_file_once_however_often_it_is_drawn(pen, mode):
    picture = ImageReader(Image.new(mode, (40, 20), "red" if mode != "L" else 128))
    for x in (10, 110):
        with pen.figure("A red field", (x, 10, x + 80, 50)):
            pen.canvas.drawImage(picture, x, 50, 80, 40, mask="auto")
    file = opened(pen)
    [image] = file.pages[0].Resources.XObject.values()
    assert (int(image.Width), int(image.Height)) == (40, 20)
    assert len(image.read_bytes()) == 40 * 20 * (1 if mode == "L" else 3)
    target = io.BytesIO()
    file.save(target)
    shown = pdfium.PdfDocument(target.getvalue())[0].render().to_pil()
    assert shown.getpixel((20, 30))[:3] == ((255, 0, 0) if mode != "L" else (128, 128, 128))


def test_a_page_without_anything_and_a_title_without_a_letter_make_a_sound_file():
    pen = Pen(set(), Facts("\x00\x01", authors=("\ud800",)))
    pen.start_page((10, 10))
    file = opened(pen)
    assert file.check_pdf_syntax() == []
    assert str(file.docinfo["/Title"]) == "Untitled"
    assert str(file.docinfo["/CreationDate"]).startswith("D:20000101")


TEXTS = [
    "plain words",
    "café – “x”",
    "हिन्दी को",
    "山田太郎",
    "김 철수",
    "שלום עולם",
    "محمد علي",
    "ชื่อ",
    "→\xa0b",
    " ",
    "12,",
]
JUSTIFIED = Style(Look("regular", 10), 14, align="justify")


def advances(file: pikepdf.Pdf) -> list[list[float]]:
    """How far each operator of each line moves on, by the widths that the file says its fonts have."""
    page, found = file.pages[0], []
    widths = {name: [float(wide) for wide in font.Widths] for name, font in page.Resources.Font.items()}
    font, size, stretch = "", 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "Tw":
                stretch = float(operands[0])
            case "Tm":
                found.append([])
            case "Tj":
                codes = bytes(operands[0])
                wide = sum(widths[font][code] for code in codes) * size / 1000
                found[-1].append(wide + stretch * codes.count(b" "))
    return found


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            Span,
            st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12).map(" ".join),
            st.sampled_from([Look("regular", 10), Look("code", 9), Look("bold", 10)]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.floats(80, 300),
)
def test_lines_of_all_scripts_are_drawn_as_wide_as_they_were_measured(spans, width):
    pen = Pen(set(), Facts("Widths", day="2020-02-29"))
    pen.start_page((400, 2000))
    lines = broken(spans, width)
    pen.lines(lines, 10, 10, JUSTIFIED, width)
    drawn = advances(opened(pen))
    for line, moves in zip([line for line in lines if line.pieces], drawn, strict=True):
        _, stretch = marks.aligned(line, 0, width - line.width, JUSTIFIED)
        assert sum(moves[:-1] if line.parted else moves) == pytest.approx(
            line.width + stretch * line.spaces, abs=0.03
        )
        assert line.width <= width + 0.01


def test_lines_read_from_the_right_stand_at_the_right_but_for_those_in_cells(pen):
    lines, style = broken([Span("שלום עולם", Look("regular", 10))], 100), JUSTIFIED.but(align="left")
    pen.lines(lines, 10, 10, style, 100)
    pen.lines(lines, 10, 30, style, 100, cell=True)
    file = opened(pen)
    placed = [float(at[4]) for at, name in pikepdf.parse_content_stream(file.pages[0]) if str(name) == "Tm"]
    assert placed == [pytest.approx(110 - lines[0].width, abs=0.01), 10]
