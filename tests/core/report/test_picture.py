"""Pictures in print: the logo in its places, figures that are pictures, and covers on which no text meets another."""

import ctypes
import io

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image

from dmdesk import pictures, report
from dmdesk.kinds import changed
from dmdesk.reading import PlanData
from tests.core.pictures import claiming, drawn, encoded
from tests.core.report.pdf import plan, row, text, words

RED = Image.new("RGB", (400, 200), (200, 30, 30))


def logo(image=RED):
    out = io.BytesIO()
    image.save(out, "PNG")
    return pictures.taken(out.getvalue(), "it")


def picture(wide, high, form="PNG", **options):
    return pictures.taken(encoded(form, size=(wide, high), **options), "it")


def printed(data, **options):
    """The pages of a printed plan."""
    return list(pdfium.PdfDocument(report.make(data, report.Options(**options)).pdf))


def images(page):
    """The boxes of the pictures on a page: left, top, right, bottom, downwards from the top."""
    high = page.get_height()
    found = []
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = one.get_bounds()
        found.append(tuple(round(edge) for edge in (left, high - top, right, high - bottom)))
    return found


def pictured(data):
    """The one page on which there are pictures."""
    (page,) = [page for page in printed(data) if images(page)]
    return page


def stream(page):
    """The bytes of the first picture of a page as they are in the file."""
    (one,) = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    size = raw.FPDFImageObj_GetImageDataRaw(one.raw, None, 0)
    held = (ctypes.c_ubyte * size)()
    raw.FPDFImageObj_GetImageDataRaw(one.raw, held, size)
    return bytes(held)


def figures(*made):
    """A plan whose section shows these figures."""
    body = "\n\n".join(f"{{{{figure {figure.key}}}}}" for figure in made)
    return plan(row("section", key="s", title="Section", body=body), *made)


def figure(key="f", **more):
    return row("figure", key=key, caption=f"Caption of {key}", drawing="picture", **more)


# -- the logo


def test_a_logo_stands_at_the_head_of_the_cover_and_of_every_page_in_its_proportions():
    document = printed(plan(row("wbs", key="1", name="One"), logo=logo()))
    assert images(document[0]) == [(208, 66, 404, 164)]
    for page in document[1:]:
        (left, top, right, bottom), *more = images(page)
        assert (left, right - left, bottom - top, more) == (72, 68, 34, [])


def test_the_words_of_the_letterhead_stay_without_a_logo_and_stand_below_one():
    below, alone = (
        next(w for w in words(printed(plan(logo=held))[0]) if "LETTER" in w.text) for held in (logo(), "")
    )
    assert below.top > 164
    assert below.bottom < 202
    assert alone.bottom < 125


def test_no_words_of_the_header_run_into_the_logo():
    data = plan(
        row("section", key="s", title="A title that is very long " * 8),
        logo=logo(),
        short_title="Short title " * 9,
    )
    page = printed(data)[-1]
    right = images(page)[0][2]
    header = [word for word in words(page) if word.bottom < 85]
    assert header
    assert min(word.left for word in header) >= right


def test_a_small_logo_is_not_blown_up():
    left, top, right, bottom = images(printed(plan(logo=picture(20, 10)))[0])[0]
    assert (right - left, bottom - top) == (20, 10)


def test_a_broken_logo_leaves_the_words_of_the_letterhead():
    broken = pictures.text("image/png", claiming(9, 9))
    document = printed(PlanData.of([changed(plan().plan(), {"logo": broken})]))
    assert "LETTERHEAD" in text(document)
    assert images(document[0]) == []


# -- figures


def test_a_picture_is_printed_in_its_natural_size_with_its_caption_below():
    page = pictured(figures(figure(picture=picture(96, 48))))
    ((left, top, right, bottom),) = images(page)
    assert (right - left, bottom - top) == (72, 36)
    assert left + right == 612
    caption = next(word for word in words(page) if word.text == "Caption")
    assert bottom < caption.top < bottom + 30
    assert "Figure 1: Caption of f" in text([page]).replace("\xa0", " ")


def test_a_picture_that_says_how_fine_it_is_is_as_large_as_that_says():
    page = pictured(figures(figure(picture=picture(300, 300, "JPEG", dpi=(300, 300)))))
    ((left, top, right, bottom),) = images(page)
    assert (right - left, bottom - top) == (72, 72)


@pytest.mark.parametrize("size", [(3000, 1000), (500, 3000), (3000, 3000), (1, 2000)])
def test_a_large_picture_fits_the_text_block_with_its_caption_and_keeps_its_proportions(size):
    wide, high = size
    page = pictured(figures(figure(picture=logo(Image.new("RGB", size)))))
    ((left, top, right, bottom),) = images(page)
    assert left >= 72
    assert right <= 540
    assert top >= 93
    assert bottom <= 705
    assert abs((right - left) * high - (bottom - top) * wide) <= 3 * max(size)
    assert "Caption" in page.get_textpage().get_text_range()


def test_a_jpeg_is_in_the_file_as_it_is_and_a_png_as_its_pixels():
    held = picture(80, 40, "JPEG")
    assert stream(pictured(figures(figure(picture=held)))) == pictures.content(held)
    page = pictured(figures(figure(picture=picture(80, 40))))
    (one,) = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
    assert one.get_bitmap().to_pil().convert("RGB").tobytes() == drawn(size=(80, 40)).tobytes()


def test_the_same_picture_twice_is_in_the_file_once_and_the_bytes_are_the_same_each_time():
    held = pictures.taken(encoded("JPEG", size=(300, 300), quality=95), "it")
    alone = figures(figure("a", picture=held))
    once = report.make(alone)
    twice = report.make(figures(figure("a", picture=held), figure("b", picture=held)))
    assert twice.pdf.count(pictures.content(held)) == 1
    assert report.make(alone.copy()).pdf == once.pdf


def test_a_figure_without_its_picture_is_a_frame_with_words_and_can_be_referred_to():
    data = figures(figure("a", alternative="Boxes with arrows."), figure("b"))
    document = printed(data)
    said = text(document)
    assert "Boxes with arrows." in said
    assert "No picture, and no words for it, are in the plan yet." in said
    assert not any(map(images, document))
    assert report.make(data).place("figure", next(iter(data.rows("figure")))) is not None


@pytest.mark.parametrize(
    "held",
    [
        pictures.text("image/png", claiming(400, 300)),
        pictures.text("image/png", claiming(4, 3)),
        pictures.text("image/png", encoded("PNG", size=(400, 300)))[:-1],
        pictures.text("image/jpeg", encoded("JPEG", size=(40, 30)))[:-200],
    ],
    ids=["large", "small", "its text cut off", "a photograph cut off"],
)
def test_a_picture_that_is_broken_leaves_its_words_and_the_rest_of_the_plan(held):
    damaged = changed(figure("a", alternative="Boxes with arrows."), {"picture": held})
    said = text(printed(figures(damaged, figure("b"))))
    assert "Boxes with arrows." in said
    assert "Caption of b" in said


# -- covers

LONG = "A text that goes on over many lines of a cover, and then on "


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("state", ["draft", "baselined"])
@pytest.mark.parametrize("statement", ["", "The board has approved this. " * 4, "So says the board. " * 40])
@pytest.mark.parametrize("times", [0, 1, 2, 4, 60])
def test_the_texts_of_a_cover_never_meet(paper, state, statement, times):
    words_of = {name: f"{name} {LONG * times}" for name in ("project", "title", "handle")}
    data = plan(
        state=state, control_statement=statement, authors=[f"author {LONG * times}"] * (times + 1), **words_of
    )
    page = printed(data, paper=paper)[0]
    lines = sorted(
        {
            (round(word.top), round(word.bottom))
            for word in words(page)
            if word.top > 125 and word.bottom - word.top < 60
        }
    )
    merged = []
    for top, bottom in lines:
        if merged and top < merged[-1][1] - 6:
            merged[-1] = (min(top, merged[-1][0]), max(bottom, merged[-1][1]))
            assert merged[-1][1] - merged[-1][0] < 34, "one line, with its ascenders and descenders"
        else:
            merged.append((top, bottom))
    assert merged[-1][1] < page.get_height() - 60
    said = page.get_textpage().get_text_range()
    for name in ("project", "title", "author", "handle", "Latest revision"):
        assert name in said
    if times == 60:
        assert said.count("…") >= 4


def test_a_short_cover_stands_where_it_always_stood():
    page = printed(plan(project="Project", authors=["A. Nother"]))[0]
    tops = {word.text: word for word in words(page)}
    assert 198 < tops["Project"].top < 202
    assert 231 < tops["plan"].top < 235
    assert 354 < tops["A."].top < 357


def test_a_plan_that_may_only_be_read_is_printed_with_its_pictures(tmp_path):
    from dmdesk import changes as c
    from dmdesk.plan import Plan
    from tests.core import rows

    path = rows.empty_file(tmp_path / "a.dmplan")
    with Plan.open(path) as made:
        data = plan(logo=logo())
        made.step("Begin", [c.add(next(iter(data.rows("plan").values())))])
    with Plan.open(path, read_only=True) as held:
        assert images(printed(held.data)[0])
        assert changed(held.data.plan(), {"logo": ""}).logo == ""
