import errno
import hashlib
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from dmdesk import report
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.report import pages, styles
from dmdesk.report.front import Entry, listings
from dmdesk.report.parts import Caption
from dmdesk.report.printing import roman
from tests.core.report.pdf import links, outline, plan, printed, row, text, words


def small() -> PlanData:
    element = row("wbs", key="1.02C", name="Construction", dictionary="Builds it.")
    part = row("wbs", key="1.02C.01", name="Management", parent=element.id, dictionary="Runs it.")
    top = row("product", key="DM", name="Data Management", wbs=[element.id])
    below = row("product", key="ARC", name="Archiver", parent=top.id, wbs=["?1.02C.01.07"])
    return plan(element, part, top, below, authors=["A. Nother", "Б. Второй"], project="Project")


def test_printing_says_how_many_pages_there_are_and_what_the_file_hashes_to(tmp_path):
    done = report.build(small(), tmp_path / "a.pdf")
    assert done.sha256 == hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest()
    assert done.pages == len(pdfium.PdfDocument(tmp_path / "a.pdf")) == 5


def test_pages_are_numbered_in_roman_up_to_the_contents_and_then_in_arabic_out_of_all(tmp_path):
    document = printed(tmp_path, small())
    assert [document.get_page_label(n) for n in range(5)] == ["i", "ii", "iii", "1", "2"]
    shown = [page.get_textpage().get_text_range() for page in document]
    assert "ii" in shown[1].split()
    assert "iii" in shown[2].split()
    assert "page 1 of 2" in shown[3]
    assert "page 2 of 2" in shown[4]


def test_the_cover_has_no_header_and_says_what_the_document_is(tmp_path):
    cover = printed(tmp_path, small())[0].get_textpage().get_text_range()
    for said in (
        "Project",
        "A plan",
        "A. Nother, Б. Второй",
        "LDM-1",
        "Latest revision: 2020-02-29",
        "LETTERHEAD",
    ):
        assert said in cover
    assert "page" not in cover


def test_the_contents_give_the_page_on_which_a_heading_stands_and_lead_there(tmp_path):
    document = printed(tmp_path, small())
    lines = document[2].get_textpage().get_text_range().splitlines()
    assert next(line for line in lines if "Product list" in line).endswith(" 1")
    assert next(line for line in lines if "Management" in line and "1.02C.01" in line).endswith(" 2")
    assert [link.to_page for link in links(document) if link.page == 2] == [3, 4, 4, 4, 3]


def test_every_heading_is_a_bookmark_that_leads_to_its_page(tmp_path):
    marks = outline(printed(tmp_path, small()))
    assert marks == [
        (0, "Change record", 1),
        (0, "Contents", 2),
        (0, "List of tables", 2),
        (0, "1 Product list", 3),
        (1, "Table 1: The products, each below the one it is part of", 3),
        (0, "2 WBS dictionary", 4),
        (1, "1.02C Construction", 4),
        (2, "1.02C.01 Management", 4),
    ]


def test_a_print_knows_its_bookmarks_as_its_file_does():
    made = report.make(small())
    document = pdfium.PdfDocument(made.pdf)
    heights = [page.get_height() for page in document]
    read = []
    for mark in document.get_toc():
        dest = mark.get_dest()
        page, (_, (_, y, _)) = dest.get_index(), dest.get_view()
        read.append((mark.level, mark.get_title(), page, pytest.approx(heights[page] - y, abs=0.02)))
    assert [tuple(one) for one in made.bookmarks] == read
    assert len(read) == 8


def test_the_file_says_its_title_people_language_and_no_date_but_the_plans(tmp_path):
    document = printed(tmp_path, small())
    facts = document.get_metadata_dict()
    assert (facts["Title"], facts["Author"]) == ("A plan", "A. Nother, Б. Второй")
    assert (facts["Keywords"], facts["Subject"]) == ("LDM-1", "Project LDM-1")
    assert facts["CreationDate"] == facts["ModDate"] == "D:20200229000000+00'00'"
    with pikepdf.open(tmp_path / "out.pdf") as file:
        assert str(file.Root.Lang) == "en"


def test_a_draft_is_marked_on_every_page_and_claims_no_approval_for_itself(tmp_path):
    data = plan(
        state="draft",
        control_statement="The board has approved this.",
        control_notice="Approved by the board.",
    )
    document = printed(tmp_path, data)
    for page in document:
        said = page.get_textpage().get_text_range()
        assert "Draft: not approved, not under change control." in said
        assert "Approved by the board." not in said
    cover = document[0].get_textpage().get_text_range()
    assert "When this version is approved, the following will hold: The board has approved this." in cover


def test_a_baselined_plan_carries_its_control_words_and_no_draft_mark(tmp_path):
    data = plan(control_statement="The board has approved this.", control_notice="Under control.")
    document = printed(tmp_path, data)
    assert "The board has approved this." in document[0].get_textpage().get_text_range()
    assert all("Under control." in page.get_textpage().get_text_range() for page in list(document)[1:])
    assert "raft" not in text(document)


def test_what_the_prefix_of_the_handle_asks_for_stands_on_the_cover_and_at_the_foot_of_pages(tmp_path):
    document = printed(tmp_path, plan(handle="LSE-1"))
    cover, page = (" ".join(document[n].get_textpage().get_text_range().split()) for n in (0, 2))
    assert "Change Control Board controls the content" in cover
    assert "need the approval of the project's Change Control Board." in page
    assert "Control Board" not in text(printed(tmp_path, plan(handle="DMTN-1")))


def test_a_control_statement_too_long_for_the_cover_is_printed_whole_on_the_next_page(tmp_path):
    document = printed(tmp_path, plan(control_statement="All of these words. " * 150))
    assert "All of these" not in document[0].get_textpage().get_text_range()
    assert text(document).replace("\r\n", " ").count("All of these words.") == 150


def test_a_chapter_alone_has_a_title_block_instead_of_a_cover(tmp_path):
    document = printed(tmp_path, small(), only=["wbs"])
    said = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    assert "LDM-1 · Latest revision 2020-02-29" in said.replace("  ", " ")
    assert "1.02C.01" in said
    assert "Product list" not in said
    assert links(document) == []


def test_an_unknown_chapter_is_refused_with_the_names_of_those_there_are(tmp_path):
    with pytest.raises(PlanError, match=r"no chapter “figures” to print; choose from products, wbs"):
        report.build(small(), tmp_path / "a.pdf", report.Options(only=["figures"]))
    titles = {"products": "Product list", "wbs": "WBS dictionary", "datasheets": "Product datasheets"}
    assert titles.items() <= report.chapter_titles().items()


def test_a_section_that_asks_for_a_chapter_gives_it_number_title_and_introduction(tmp_path):
    data = small()
    section = row(
        "section",
        key="list",
        title="All products",
        appendix=True,
        body="Before it.\n\n{{products}}\n\nAfter it.",
    )
    data.rows("section")[section.id] = section
    said = text(printed(tmp_path, data, only=["products"])).replace("\r\n", "\n")
    assert "A All products\nBefore it.\n" in said
    assert said.index("Archiver") < said.index("After it.")


def test_an_empty_plan_prints(tmp_path):
    assert report.build(PlanData(), tmp_path / "a.pdf").pages == 5


def test_what_cannot_be_written_is_said_in_a_sentence_and_the_older_file_stays(tmp_path, monkeypatch):
    out = tmp_path / "a.pdf"
    out.write_bytes(b"older")

    def full(path: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(PlanError, match=r"^“a\.pdf” could not be written \(No space left on device\)"):
        report.build(small(), out)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert out.read_bytes() == b"older"
    with pytest.raises(PlanError, match="could not be written"):
        report.build(small(), tmp_path / "nowhere" / "a.pdf")


def test_printing_tells_how_far_it_is_and_can_be_stopped_without_leaving_anything(tmp_path):
    told: list[tuple[int, int, str]] = []
    report.build(small(), tmp_path / "a.pdf", progress=lambda *step: told.append(step))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[0] == (0, 100, "Laying out: Product list")
    assert (60, 100, "Drawing page 1 of 5") in told
    assert told[-1] == (100, 100, "Writing")
    asked = iter([False] * 6 + [True] * 100)
    with pytest.raises(report.Stopped, match="nothing was written"):
        report.build(small(), tmp_path / "b.pdf", cancelled=lambda: next(asked))
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_the_header_names_the_section_the_handle_and_the_revision_in_readable_size(tmp_path):
    page = printed(tmp_path, small(), only=["wbs"])[0]
    header = [word for word in words(page) if word.bottom < 93]
    assert " ".join(word.text for word in header).count("LDM-1") == 1
    assert {"LETTERHEAD", "WBS", "dictionary", "2020-02-29"} <= {word.text for word in header}
    assert min(word.bottom - word.top for word in header) >= 7


def test_importing_the_report_and_naming_its_chapters_does_not_load_reportlab():
    code = "import sys, dmdesk.report as r; r.chapter_titles(); print('reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "i"), (4, "iv"), (9, "ix"), (48, "xlviii"), (1994, "mcmxciv")]
)
def test_front_pages_are_counted_as_the_romans_did(number, shown):
    assert roman(number) == shown


def test_a_print_knows_where_each_row_stands():
    made = report.make(small())
    places = [one for one in made.places if one.kind == "product"]
    assert places
    assert all(0 < one.top < one.bottom < 792 and one.page < made.pages for one in places)
    first = places[0]
    assert made.place(first.kind, first.id) == first
    assert made.at(first.page, first.top + 1) == first


def test_a_print_for_the_eye_only_looks_the_same_and_claims_nothing():
    data = small()
    tagged, plainly = report.make(data), report.make(data, report.Options(tagged=False))
    for one, other in zip(pdfium.PdfDocument(tagged.pdf), pdfium.PdfDocument(plainly.pdf), strict=True):
        assert one.render(scale=1).to_pil().tobytes() == other.render(scale=1).to_pil().tobytes()
    assert b"pdfuaid:part>1" in tagged.pdf
    assert b"pdfuaid:part>1" not in plainly.pdf
    assert tagged.places == plainly.places


def test_a_few_lines_of_the_lists_do_not_take_a_page_of_their_own():
    block = pages.block(styles.PAPERS["letter"])
    for count in range(1, 120):
        captions = [
            (
                Caption(
                    [], style=styles.CAPTION, named=f"Figure {n}", title=f"What {n} shows", target=f"f{n}"
                ),
                str(n),
            )
            for n in range(count)
        ]
        filled = listings([], captions, block)
        assert sum(isinstance(part, Entry) for page in filled for _, part in page.placed) == count
        assert len(filled) == 1 or len(filled[-1].placed) > 3, count
