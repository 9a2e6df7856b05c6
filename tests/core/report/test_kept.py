"""Pages kept from one print for the next: the same to the eye as a print made anew, whatever was edited between."""

import pypdfium2 as pdfium
import pytest
from PIL import Image

from dmdesk import report
from dmdesk.kinds import changed
from dmdesk.report import pages
from dmdesk.report.kept import Kept
from tests.core.report.pdf import links, outline, plan, row
from tests.core.report.test_picture import RED, logo

EYE = report.Options(embed=False, tagged=False)
BODY = (
    "Words of [[ARC]] and of [a page](https://example.org), with a note.[^1]\n\n1. one\n2. two\n\n> said\n\n"
    "| a | b |\n|---|---|\n| x | y |\n\n{{products}}\n\n[^1]: The note."
)
BLUE = Image.new("RGB", (300, 200), (20, 30, 200))


def whole(**words):
    """A plan with something of everything on its pages."""
    wbs = row("wbs", key="1.02C", name="Construction", dictionary="Builds it.")
    top = row("product", key="DM", name="Data Management", wbs=[wbs.id])
    below = [
        row(
            "product",
            key=f"P{n:02d}",
            name=f"Part {n}",
            parent=top.id,
            wbs=[wbs.id],
            description="Does something.",
        )
        for n in range(60)
    ]
    return plan(
        wbs, top, *below, row("product", key="ARC", name="Archiver", parent=top.id),
        *(row("section", key=f"s{n}", title=f"Section {n}", body=BODY) for n in range(4)),
        row("figure", key="tree", caption="The tree", drawing="product tree"),
        row("figure", key="seen", caption="A picture", drawing="picture", picture=logo(RED)),
        row("document", key="LSE-1", name="A document"), row("requirement", key="R-1", name="It works"),
        **words,
    )  # fmt: skip


def put(kind, key, **values):
    """An edit of the row with a key."""

    def edit(data):
        (old,) = [one for one in data.rows(kind).values() if getattr(one, "key", key) == key]
        data.replace(kind, old.id, changed(old, values))

    return edit


def drop(kind, key):
    """An edit that takes a row out."""

    def edit(data):
        (old,) = [one for one in data.rows(kind).values() if one.key == key]
        data.replace(kind, old.id, None)

    return edit


def add(kind, **values):
    """An edit that adds a row."""

    def edit(data):
        made = row(kind, **values)
        data.replace(kind, made.id, made)

    return edit


EDITS = (
    put("product", "P07", name="Renamed"),
    put("product", "P08", name="Дальше ≠ 望遠鏡"),
    put("product", "P09", name="Ещё ≤ 天文"),
    put("product", "P07", name="Part 7"),
    put("section", "s1", body=BODY.replace("Words", "Letters")),
    put("section", "s2", title="A title"),
    drop("product", "ARC"),
    add("product", key="ARC", name="Archiver again"),
    add("section", key="s9", title="One more", body="{{products}}\n\nEnd."),
    put("figure", "tree", caption="Another tree"),
    put("figure", "seen", picture=logo(BLUE)),
    put("plan", "", state="draft"),
    put("plan", "", logo=logo(BLUE)),
    put("plan", "", title="Another plan", state="baselined"),
    put("plan", "", logo=""),
    put("requirement", "R-1", name="It works well"),
)


def same(one, other):
    """Whether two files show the same, lead to the same places and say the same."""
    first, second = pdfium.PdfDocument(one.pdf), pdfium.PdfDocument(other.pdf)
    assert len(first) == len(second)
    for page, twin in zip(first, second, strict=True):
        assert page.render(scale=1).to_pil().tobytes() == twin.render(scale=1).to_pil().tobytes()
        assert page.get_textpage().get_text_range() == twin.get_textpage().get_text_range()
    assert links(first) == links(second)
    assert outline(first) == outline(second)
    assert one.places == other.places
    return True


@pytest.fixture
def drawn(monkeypatch):
    """The numbers of the pages of which a layer was drawn, by layer."""
    found = {"_frame": [], "_content": []}

    def noting(name, usual):
        def draw(pen, sheet, *more):
            found[name].append(sheet.number)
            usual(pen, sheet, *more)

        return draw

    for name in found:
        monkeypatch.setattr(pages, name, noting(name, getattr(pages, name)))
    return found


def forget(drawn):
    for numbers in drawn.values():
        numbers.clear()


def test_after_any_edit_a_print_with_kept_pages_is_what_a_new_print_is():
    data, kept = whole(), Kept()
    for edit in (lambda data: None, *EDITS):
        edit(data)
        assert same(report.make(data, EYE), report.make(data, EYE, kept=kept))


def test_only_pages_that_look_otherwise_are_drawn_again(drawn):
    data, kept = whole(logo=logo(RED)), Kept()
    first = report.make(data, EYE, kept=kept)
    assert len(drawn["_frame"]) == first.pages
    assert first.pages / 2 < len(drawn["_content"]) <= first.pages
    forget(drawn)
    assert same(report.make(data, EYE, kept=kept), first)
    assert drawn == {"_frame": [], "_content": []}
    put("requirement", "R-1", name="It works well")(data)
    report.make(data, EYE, kept=kept)
    assert drawn["_frame"] == []
    assert 0 < len(drawn["_content"]) < 4


def test_a_new_page_changes_the_numbers_of_all_and_what_is_on_few(drawn):
    data, kept = whole(), Kept()
    first = report.make(data, EYE, kept=kept)
    forget(drawn)
    put("section", "s0", body=BODY.replace("Words of", "Many words of " * 400))(data)
    second = report.make(data, EYE, kept=kept)
    assert second.pages > first.pages
    assert len(drawn["_frame"]) > second.pages / 2
    assert 0 < len(drawn["_content"]) < second.pages / 2
    assert same(second, report.make(data, EYE))


def test_words_of_every_page_change_nothing_on_it_but_the_contents(drawn):
    data, kept = whole(), Kept()
    first = report.make(data, EYE, kept=kept)
    forget(drawn)
    put("plan", "", handle="LDM-2")(data)
    assert same(report.make(data, EYE, kept=kept), report.make(data, EYE))
    assert len(drawn["_frame"]) == 2 * first.pages
    assert len(drawn["_content"]) < first.pages + 4


def test_a_print_that_was_stopped_on_a_page_spoils_none_after_it(monkeypatch):
    data, kept = whole(), Kept()
    report.make(data, EYE, kept=kept)
    put("product", "P08", name="Дальше")(data)
    usual = pages._content

    def broken(pen, *more):
        usual(pen, *more)
        pen.canvas.saveState()
        raise RuntimeError

    monkeypatch.setattr(pages, "_content", broken)
    with pytest.raises(RuntimeError):
        report.make(data, EYE, kept=kept)
    monkeypatch.setattr(pages, "_content", usual)
    assert same(report.make(data, EYE), report.make(data, EYE, kept=kept))


def test_pages_are_kept_for_the_eye_only():
    data, kept, tagged = whole(), Kept(), report.Options(embed=False)
    new = report.make(data, tagged)
    report.make(data, EYE, kept=kept)
    assert report.make(data, tagged, kept=kept).pdf == new.pdf
    assert report.make(data, tagged, kept=kept).pdf == new.pdf


def test_pictures_and_pages_of_older_prints_are_let_go():
    data, kept = whole(), Kept()
    report.make(data, EYE, kept=kept)
    held = len(kept.pages.canvas._doc.idToObject), len(kept.pages._layers)
    for shade in range(3):
        put("figure", "seen", picture=logo(Image.new("RGB", (300, 200), (shade, 30, 200))))(data)
        report.make(data, EYE, kept=kept)
    assert (len(kept.pages.canvas._doc.idToObject), len(kept.pages._layers)) == held
