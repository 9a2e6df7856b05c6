"""Pictures: what is taken in is plain and the same each time; what cannot be is refused in one sentence."""

import io
import os
import re
import tracemalloc
import zlib

import pytest
from PIL import Image

from dmdesk import changes as c
from dmdesk import pictures, store
from dmdesk.errors import PlanError
from dmdesk.exchange import table, text
from dmdesk.exchange.replace import finder, replaced
from dmdesk.filters import Facts, FilterError, parse
from dmdesk.kinds import changed, kinds
from dmdesk.pictures.heads import head
from dmdesk.pictures.pixels import pixels
from dmdesk.plan import Plan
from dmdesk.types import PICTURE, BadValue
from tests.core import rows
from tests.core.checks.plans import plan, row
from tests.core.pictures import SMALL, chunk, claiming, drawn, encoded, made_interlaced, made_png

ROTATED = Image.Exif()
ROTATED[0x0112] = 6
ROTATED[0x010F] = "A camera that says who made it"


def file(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def seen(picture):
    """The picture that a text holds, decoded."""
    return Image.open(io.BytesIO(pictures.content(picture)))


def alike(picture, other, most=12):
    """Whether two pictures of one size differ nowhere by much."""
    a, b = seen(picture).convert("RGB"), other.convert("RGB")
    pairs = zip(a.tobytes(), b.tobytes(), strict=True)
    return a.size == b.size and max(abs(x - y) for x, y in pairs) <= most


def bent(content, at):
    """The bytes with one of them another."""
    return content[:at] + bytes((content[at] ^ 0x55,)) + content[at + 1 :]


NOT_WHOLE = {
    "without its end": encoded("PNG")[:-12],
    "its end cut off": encoded("PNG")[:-1],
    "its beginning only": encoded("PNG", size=(60, 60))[:100],
    "a byte changed": bent(encoded("PNG", size=(60, 60)), 100),
    "pixels that do not unpack": made_png(b"\0garbage that no zlib wrote"),
    "a row too few": made_png(zlib.compress(b"\0" + b"\7" * 9)),
    "a row too many": made_png(zlib.compress((b"\0" + b"\7" * 9) * 3)),
    "a row with no such filter": made_png(zlib.compress(b"\0" + b"\7" * 9 + b"\5" + b"\7" * 9)),
    "pixels that break off": made_png(zlib.compress((b"\0" + b"\7" * 9) * 2)[:-4]),
    "a palette that is not there": made_png(zlib.compress(b"\0\0\0\0" * 2), colour=3),
    "a photograph without its end": encoded("JPEG")[:-2],
    "a photograph without its pixels": re.sub(
        rb"\xff\xda.*(?=\xff\xd9)", b"", encoded("JPEG"), flags=re.DOTALL
    ),
    "a colour that is none": made_png(zlib.compress((b"\0" + b"\7" * 9) * 2), colour=7),
}


# -- what is refused


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", b"Only words.", "“a.png” is no picture; choose a PNG or JPEG."),
        ("a.png", b"", "“a.png” is no picture; choose a PNG or JPEG."),
        ("a.gif", encoded("GIF", "P"), "“a.gif” is a GIF, which dmdesk does not take; save it as PNG"),
        ("a.png", encoded("BMP"), "“a.png” is a BMP picture"),
        ("a.webp", encoded("WEBP"), "“a.webp” is a WebP picture"),
        ("a.tif", encoded("TIFF"), "“a.tif” is a TIFF picture"),
        ("a.svg", b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='x'/>", "“a.svg” is an SVG drawing"),
        ("a.png", b"<SVG onload='x'>", "“a.png” is an SVG drawing"),
        ("a.pdf", b"%PDF-1.7", "“a.pdf” is a PDF"),
        ("a.png", encoded("PNG", size=(60, 60))[:150], "“a.png” is broken"),
        ("a.png", encoded("PNG")[:20], "“a.png” is broken"),
        ("a.jpg", encoded("JPEG", size=(60, 60))[:-200], "“a.jpg” is broken"),
        ("a.jpg", b"\xff\xd8\xff", "“a.jpg” is broken"),
        ("a.png", encoded("PNG")[:-12], "“a.png” is broken"),
        ("a.png", encoded("PNG")[:-1], "“a.png” is broken"),
        ("a.png", bent(encoded("PNG", size=(60, 60)), 100), "“a.png” is broken"),
        ("a.png", claiming(10, 10), "“a.png” is broken"),
        ("a.png", claiming(0, 10), "“a.png” is broken"),
        ("a.png", claiming(60_000, 60_000), "“a.png” has 60,000 × 60,000 pixels and a picture may have 40 million"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_one_sentence_that_says_what_it_is(tmp_path, name, content, why):
    with pytest.raises(PlanError) as refused:
        pictures.load(file(tmp_path, name, content))
    assert str(refused.value).startswith(why)
    assert str(refused.value).endswith(".")


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path):
    path = tmp_path / "a.png"
    with path.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(
        PlanError, match=r"“a\.png” is 100\.0 MB large and a picture may have 10\.0 MB; make it"
    ):
        pictures.load(path)


@pytest.mark.parametrize(
    "make", [os.mkdir, getattr(os, "mkfifo", os.mkdir), lambda path: None], ids=["folder", "pipe", "nothing"]
)
def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path, make):
    make(tmp_path / "a.png")
    with pytest.raises(PlanError, match=r"“a.png” is (no file|not there); choose a PNG or JPEG picture\."):
        pictures.load(tmp_path / "a.png")


def test_texts_hidden_in_a_png_are_not_unpacked(tmp_path):
    plain = encoded("PNG")
    bomb = chunk(b"zTXt", b"a\0\0" + b"\x78\x9c" + b"\0" * 100)
    picture = pictures.load(file(tmp_path, "a.png", plain[:33] + bomb + plain[33:]))
    assert picture == pictures.taken(plain, "it")


# -- what is taken in


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_sort_becomes_plain_grey_or_rgb(tmp_path, mode):
    image = Image.new("I;16", (6, 4), 40_000) if mode == "I;16" else drawn(mode)
    out = io.BytesIO()
    image.save(out, "PNG")
    picture = pictures.load(file(tmp_path, "a.png", out.getvalue()))
    assert seen(picture).mode == ("RGB" if mode in ("P", "RGB", "RGBA") else "L")
    assert head(pictures.content(picture)).plain
    other = Image.new("L", (6, 4), 40_000 // 256) if mode == "I;16" else drawn(mode)
    assert alike(picture, other, 1)


@pytest.mark.parametrize("form", ["clear pixels", "a clear colour"])
def test_what_is_clear_becomes_white(tmp_path, form):
    image = Image.new("RGBA", (4, 4), (10, 20, 30, 0)) if form == "clear pixels" else Image.new("RGB", (4, 4))
    out = io.BytesIO()
    image.save(out, "PNG", **({} if form == "clear pixels" else {"transparency": (0, 0, 0)}))
    picture = pictures.load(file(tmp_path, "a.png", out.getvalue()))
    assert seen(picture).getpixel((1, 1)) == (255, 255, 255)


def test_an_animation_is_its_first_picture(tmp_path):
    out = io.BytesIO()
    drawn().save(out, "PNG", save_all=True, append_images=[Image.new("RGB", (6, 4))], duration=50)
    picture = pictures.load(file(tmp_path, "a.png", out.getvalue()))
    assert alike(picture, drawn(), 0)
    assert b"acTL" not in pictures.content(picture)
    assert b"fdAT" not in pictures.content(picture)


def test_a_usual_jpeg_keeps_its_pixels_to_the_byte_and_loses_what_cameras_note(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    content = encoded("JPEG", size=(40, 30), exif=exif, comment=b"A comment", dpi=(300, 300))
    picture = pictures.load(file(tmp_path, "a.jpg", content + b"and something behind"))
    kept = pictures.content(picture)
    assert seen(picture).tobytes() == Image.open(io.BytesIO(content)).tobytes()
    assert kept[kept.index(b"\xff\xda") :] == content[content.index(b"\xff\xda") :]
    assert b"camera" not in kept
    assert b"comment" not in kept
    assert pictures.facts(picture).dpi == 300


def test_a_jpeg_that_its_camera_turned_stands_upright_without_a_note(tmp_path):
    content = encoded("JPEG", size=(60, 40), exif=ROTATED, quality=95)
    picture = pictures.load(file(tmp_path, "a.jpg", content))
    assert alike(picture, drawn(size=(60, 40)).rotate(-90, expand=True), 40)
    assert not seen(picture).getexif()


def test_a_jpeg_in_the_four_colours_of_printers_becomes_rgb(tmp_path):
    picture = pictures.load(file(tmp_path, "a.jpg", encoded("JPEG", "CMYK", (60, 40), quality=95)))
    assert seen(picture).mode == "RGB"
    assert alike(picture, drawn(size=(60, 40)), 60)


def test_the_same_file_gives_the_same_text_and_that_text_taken_in_again_is_itself(tmp_path):
    for content in (encoded("PNG", "RGBA"), encoded("JPEG", exif=ROTATED), encoded("JPEG", "CMYK")):
        first = pictures.taken(content, "it")
        assert pictures.taken(content, "it") == first
        assert pictures.taken(pictures.content(first), "it") == first


# -- as a value


def test_a_picture_is_lines_of_moderate_length_in_one_form_only():
    assert max(map(len, SMALL[0].split("\n"))) <= 76
    joined = SMALL[0].replace("\n", "")
    assert PICTURE.clean(joined) == PICTURE.clean(f"  {joined}\n\n") == SMALL[0]


def test_a_picture_shows_as_its_sort_its_pixels_and_its_size():
    size = len(pictures.content(SMALL[0]))
    assert PICTURE.show(SMALL[0]).startswith(f"PNG picture, 6 × 4, {size} bytes, ")
    assert [pictures.in_bytes(size) for size in (999, 34_400, 999_499, 999_500, 9_960_000)] == [
        "999 bytes", "34 kB", "999 kB", "1.0 MB", "10.0 MB",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "logo.png", "/etc/passwd", "file:///etc/passwd", "https://example.org/a.png", "data:image/png;base64,AAAA",
        "image/png;base64,", "image/png;base64,!!!!", "image/gif;base64,R0lGODdh", "image/svg+xml;base64,PHN2Zz4=",
        "image/png;base64,AAAA", SMALL[0].replace("png", "jpeg"), "PNG picture, 640 × 480, 34 kB",
        pictures.text("image/png", claiming(60_000, 60_000)), pictures.text("image/png", claiming(0, 9)),
    ],
)  # fmt: skip
def test_words_are_never_taken_for_a_path_or_an_address_and_only_pictures_are_kept(
    words, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    file(tmp_path, "logo.png", encoded("PNG"))
    with pytest.raises(BadValue, match=r"\.$"):
        PICTURE.clean(words)
    with pytest.raises(BadValue, match=r"\.$"):
        PICTURE.read(words)


# -- in a plan


@pytest.fixture
def standing(tmp_path):
    """A plan in a file with a figure, not in use."""
    made = Plan.open(rows.empty_file(tmp_path / "a.dmplan"))
    made.step("Begin", [c.add(row("plan", "P")), c.add(row("figure", "f", drawing="picture"))])
    yield made
    made.close()


def test_setting_a_picture_is_undone_and_done_again_exactly(standing):
    figure = standing.data.rows("figure")["figure f"]
    standing.step("Set it", [c.put(figure, {"picture": SMALL[0]})])
    standing.step("Another", [c.put(standing.data.rows("figure")["figure f"], {"picture": SMALL[1]})])

    def held():
        kept = rows.on_disk(standing.path)["figure"]["figure f"].picture
        assert kept == standing.data.rows("figure")["figure f"].picture
        return kept

    assert held() == SMALL[1]
    standing.undo()
    assert held() == SMALL[0]
    standing.undo()
    assert held() == ""
    standing.redo()
    assert held() == SMALL[0]


def test_a_plan_with_pictures_written_as_text_and_read_again_writes_the_same_bytes(tmp_path):
    data = plan(row("plan", "P", logo=SMALL[0]), row("figure", "f", picture=SMALL[1]))
    text.write(data, tmp_path / "one")
    again = text.read(tmp_path / "one")
    assert rows.state(again) == rows.state(data)
    text.write(again, tmp_path / "two")
    for name in ("plan.toml", "figure.toml"):
        content = (tmp_path / "one" / name).read_bytes()
        assert content == (tmp_path / "two" / name).read_bytes()
        assert max(map(len, content.split(b"\n"))) <= 80


def test_a_text_file_whose_picture_is_none_is_refused_naming_the_entry(tmp_path):
    file(tmp_path, "figure.toml", b'[[figure]]\nkey = "f"\ncaption = "F"\npicture = "/etc/passwd"\n')
    with pytest.raises(PlanError, match=r"figure.toml, figure 1 “f”: picture: A picture is not typed"):
        text.read(tmp_path)


@pytest.mark.parametrize("why", NOT_WHOLE)
def test_a_text_file_whose_picture_is_not_whole_is_refused_naming_the_entry(tmp_path, why):
    content = NOT_WHOLE[why]
    media = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    damaged = changed(row("figure", "f"), {"picture": pictures.text(media, content)})
    text.write(plan(row("plan", "P"), damaged), tmp_path)
    with pytest.raises(PlanError, match=r"figure 1 “f”: picture: The picture is broken and cannot be shown;"):
        text.read(tmp_path)


def test_an_older_plan_gets_room_for_pictures_and_has_none(tmp_path):
    from dmdesk import schema

    before = store.REVISIONS[store.REVISIONS.index("0005") - 1]
    schema.migrate(tmp_path / "a.dmplan", before)
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(tmp_path / "a.dmplan")) as old, old:
        old.execute("INSERT INTO figure (id, key, caption) VALUES ('f', 'f', 'F')")
    schema.migrate(tmp_path / "a.dmplan", "head")
    assert rows.on_disk(tmp_path / "a.dmplan")["figure"]["f"].picture == ""


def test_filters_see_the_words_of_a_picture_and_not_its_bytes():
    data = plan(
        row("figure", "a", picture=SMALL[0]), row("figure", "b", picture=SMALL[1]), row("figure", "c")
    )
    figure = kinds()["figure"]

    def fit(words):
        return sorted(parse(words, figure).matches(data, Facts()))

    assert fit("has:picture") == ["figure a", "figure b"]
    assert fit("picture:jpeg") == ["figure b"]
    assert fit("picture") == ["figure a", "figure b"]
    assert fit(SMALL[0].split("\n")[1][:30]) == []
    with pytest.raises(FilterError, match="has no order"):
        parse("picture>3", figure)


def test_a_copied_cell_comes_back_as_the_same_picture_and_elsewhere_is_refused():
    data = plan(row("figure", "a", picture=SMALL[0]), row("figure", "b"))
    figure, words = kinds()["figure"], PICTURE.show(SMALL[0])
    done = table.paste(
        data, figure, ["figure a", "figure b"], ["picture"], [[words], [words]], lambda *_: None
    )
    assert done.changes == []
    assert [(refused.id, refused.why) for refused in done.refused] == [
        ("figure b", "A picture is not typed; choose, drop or paste one.")
    ]


def test_replacing_words_leaves_pictures_alone():
    data = plan(row("figure", "a", picture=SMALL[0]), row("figure", "b"))
    found = data.rows("figure").values()
    assert replaced(found, kinds()["figure"]["picture"], finder("PNG", "JPEG"), str, str) == []
    assert replaced(found, kinds()["figure"]["picture"], finder("", "x", "whole cell"), str, str) == []


def test_what_a_phone_appends_to_a_photograph_is_left_out():
    photograph = encoded("JPEG", size=(64, 48))
    film = b"\x00\x00\x00\x18ftypmp42 where it was taken" + photograph + b"\xff\xd9"
    kept = pictures.content(pictures.taken(photograph + film, "it"))
    assert b"where it was taken" not in kept
    assert kept == pictures.content(pictures.taken(photograph, "it"))


@pytest.mark.parametrize("quality", [30, 95])
def test_a_progressive_photograph_keeps_all_its_scans(quality: int):
    image = Image.effect_noise((120, 80), 40).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", progressive=True, quality=quality)
    kept = pictures.content(pictures.taken(out.getvalue(), "it"))
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(out.getvalue())).tobytes()


@pytest.mark.parametrize(
    "value",
    [
        "nonsense", "image/png;base64,\nAAAA", "image/jpeg;base64,\n!!!", SMALL[1][:-1], SMALL[1][:-3] + "\x00",
        pictures.text("image/png", encoded("PNG", "L", (400, 400), compress_level=0))[:-5] + "!",
    ],
)  # fmt: skip
def test_a_value_that_was_damaged_in_the_file_is_called_broken_and_no_more(value: str):
    assert PICTURE.show(value) == "broken picture"
    assert pixels(value) is None


def test_pictures_of_one_size_are_told_apart_in_words():
    one = pictures.text("image/png", encoded("PNG"))
    other = pictures.text("image/png", encoded("PNG").replace(b"IDAT", b"IDAT", 1)[:-1] + b"\x00")
    assert PICTURE.show(one) != PICTURE.show(other)


def test_text_that_breaks_within_its_base64_has_no_bytes_and_no_pixels():
    held = pictures.text("image/png", encoded("PNG", "L", (400, 400), compress_level=0))
    value = held[:100_000] + "!" + held[100_001:]
    assert pictures.content(value) == b""
    assert pixels(value) is None


@pytest.mark.parametrize("why", NOT_WHOLE)
def test_a_picture_that_is_not_whole_has_no_pixels_to_print(why):
    content = NOT_WHOLE[why]
    media = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
    assert pixels(pictures.text(media, content)) is None


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_before_they_are_there():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    tracemalloc.start()
    try:
        with pytest.raises(PlanError, match="it is broken"):
            pictures.taken(made_png(packed), "it")
        with pytest.raises(BadValue, match=r"The picture is broken and cannot be shown; save it anew"):
            PICTURE.admit(pictures.text("image/png", made_png(packed)))
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1, 1), (3, 2), (9, 17), (301, 203)])
@pytest.mark.parametrize("interlaced", [False, True])
def test_every_way_to_write_a_png_is_taken_for_whole(mode, size, interlaced):
    image = Image.new("I;16", size, 40_000) if mode == "I;16" else drawn(mode, size)
    out = io.BytesIO()
    image.save(out, "PNG")
    content = made_interlaced(image) if interlaced else out.getvalue()
    picture = pictures.text("image/png", content)
    assert seen(picture).convert("RGB").size == size
    assert PICTURE.admit(picture) == picture
    assert pictures.taken(content, "it")


def test_what_stands_behind_the_end_of_a_png_is_left_out():
    content = encoded("PNG")
    assert pictures.taken(content + chunk(b"IDAT", b"hidden"), "it") == pictures.taken(content, "it")
