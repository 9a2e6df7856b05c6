"""The pen on its own: what drawings say of themselves, and pictures of pixels."""

import io

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from dmdesk.typeset.archive import Facts
from dmdesk.typeset.looks import Look
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
