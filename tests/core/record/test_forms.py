"""The change record in each of its forms says the same, whatever people typed."""

import csv
import io
import json
import re

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings

from dmdesk import changes as c
from dmdesk.comparing import compare
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from dmdesk.record import FORMATS, Record, written
from dmdesk.record import latex as record_latex
from dmdesk.record.markdown import escaped
from dmdesk.record.tables import COLUMNS
from dmdesk.store import Step
from tests.core import rows
from tests.core.comparing import states
from tests.core.exchange.test_xlsx import cells, part
from tests.core.latex.source import Source
from tests.core.record.told import NASTY, history, now, record, then
from tests.core.report import pdf


def text(form, of=None):
    return written(of or record(), form).decode("utf-8")


def test_text_has_numbers_on_top_then_items_with_their_words_marked_and_who_and_why():
    assert text("text").splitlines() == [
        "Changes from 3.0 to 3.1",
        "",
        "  Products: 1 changed (1 renumbered), 1 dropped, 3 fields",
        "  People: 1 added",
        "  Risks: 1 changed, 1 field",
        "  Risk scores: 1 added",
        "  All: 2 added, 2 changed (1 renumbered), 1 dropped, 4 fields",
        "",
        "Structure: Products",
        "  HEADER “Header” (was HDR): renumbered, changed – J. Swinbank, 2017-07-04, RFC-358: the key says it",
        "    Key: HDR → HEADER",
        "    Description: The service [-serves-]{+delivers+} headers to all.",
        "    Manager: +Ben Okri; 1 as before",
        f"  OLD “{NASTY}”: dropped – W. O'Mullane, 2017-07-12",
        "    Part of: Data Management",
        f"    Note: {NASTY}",
        "",
        "People",
        "  cy “Cy Young”: added – W. O'Mullane, 2017-07-12",
        "",
        "Risks",
        "  DM-T-001 “Disks fail”: changed – W. O'Mullane, 2017-07-12",
        f"    Status: (nothing) → {NASTY}",
        "    Risk score current, 2017-07-01: added – W. O'Mullane, 2017-07-12",
        "      Likelihood: 3",
        "      Note: judged anew",
    ]


def test_a_record_that_knows_no_steps_says_nothing_of_who():
    told = text("text", Record(compare(then(), now()), "3.0", ""))
    assert told.startswith("Changes since 3.0\n")
    assert "Swinbank" not in told and "  cy “Cy Young”: added\n" in told


def test_csv_has_a_line_for_each_field():
    head, *lines = csv.reader(io.StringIO(text("csv")))
    assert tuple(head) == COLUMNS
    assert lines[1] == [
        "Structure", "Product", "HEADER", "Header", "renumbered, changed", "Description",
        "The service serves headers to all.", "The service delivers headers to all.",
        "J. Swinbank", "2017-07-04", "RFC-358", "the key says it",
    ]  # fmt: skip
    assert ["Manager", "Ann Ito", "Ann Ito\nBen Okri"] in [line[5:8] for line in lines]
    assert [line[4:8] for line in lines if line[2] == "cy"] == [["added", "", "", ""]]


def test_json_has_all_of_it_nested_as_the_plan_is():
    told = json.loads(text("json"))
    assert (told["from"], told["to"], told["summary"]["total"]["fields"]) == ("3.0", "3.1", 4)
    assert [one["version"] for one in told["revisions"]] == ["1.0", "2.0"]
    header = told["groups"][0]["items"][0]
    assert (header["op"], header["renumbered"], header["key"]) == ("changed", True, "HEADER")
    assert header["fields"][1] == {
        "field": "description", "label": "Description", "how": "set",
        "old": "The service serves headers to all.", "new": "The service delivers headers to all.",
        "runs": [["same", "The service "], ["removed", "serves"], ["added", "delivers"],
                 ["same", " headers to all."]],
        "made": {"who": "J. Swinbank", "at": "2017-07-04T10:00:00Z", "rfc": "RFC-358", "why": "the key says it"},
    }  # fmt: skip
    risk = next(group for group in told["groups"] if group["kind"] == "risk")["items"][0]
    assert [part["kind"] for part in risk["parts"]] == ["score"]


def test_markdown_has_the_short_record_oldest_first_and_marks_words():
    told = text("md")
    assert told.index("| 1.0 | 2004-06-23 |") < told.index("| 2.0 | 2015-03-11 |") < told.index("## Summary")
    assert "- **Description:** The service <del>serves</del><ins>delivers</ins> headers to all.\n" in told
    assert "*J. Swinbank, 2017-07-04, RFC-358: the key says it*" in told
    assert "<b>" not in told and "| \\*" not in told.replace("\\|", "")


@given(rows.any_text)
def test_nothing_typed_is_markup_in_markdown(words):
    told = escaped(words)
    bare = re.sub(r"\\.", "", told.replace("<br>", ""))
    assert not re.search(r"[\\`*_\[\]<>#|~&$\n]", bare)
    assert re.sub(r"\\(.)", r"\1", told.replace("<br>", "\n")) == re.sub(r"\s*\n\s*", "\n", words)


def test_a_spreadsheet_has_a_sheet_for_each_part_of_the_plan_and_no_formula():
    made = written(record(), "xlsx")
    names = [one.get("name") for one in part(made, "xl/workbook.xml").iter() if one.tag.endswith("}sheet")]
    assert names == ["Summary", "Change record", "Structure", "People", "Risks"]
    summary, short, structure = (cells(made, at) for at in (1, 2, 3))
    assert (summary["A1"], summary["A2"], summary["C2"]) == ("Changes from 3.0 to 3.1", "Products", 1.0)
    assert (short["A2"], short["B2"]) == ("1.0", "2004-06-23")
    assert (structure["B2"], structure["F2"], structure["I2"]) == ("HEADER", "HDR", "2017-07-04")
    assert NASTY in structure.values()


def _checked(source):
    """The source as a checker of LaTeX knows it: without what it defines itself."""
    body = source[source.index("\\newcommand{\\dmhistory}") :]
    for name in ("dmhistory", "dmchanges"):
        body = body.replace(f"\\newcommand{{\\{name}}}{{%", "{%")
    body = (
        body.replace("\\dmremoved{", "\\emph{")
        .replace("\\dmadded{", "\\textbf{")
        .replace("\\small", "\\scriptsize")
    )
    return Source({"record.tex": body.encode()}, "record").wrong


def test_latex_has_rows_for_the_class_and_tables_that_are_sound():
    told = text("latex")
    assert "\\addtohist{1.0}{2004-06-23}{Initial version}{JK}\n\\addtohist{2.0}" in told
    assert "\\dmremoved{serves}\\dmadded{delivers}" in told.replace("\n", "")
    assert _checked(told) == []


@given(states.pairs)
@settings(max_examples=25)
def test_whatever_was_typed_each_form_is_sound(pair):
    of = Record(compare(*pair), "a", "b")
    assert _checked(text("latex", of)) == []
    lines = list(csv.reader(io.StringIO(text("csv", of), newline="")))
    assert all(len(line) == len(COLUMNS) for line in lines)
    assert json.loads(text("json", of))["summary"]["total"]["added"] == of.comparison.total.added
    for form in ("text", "md", "xlsx"):
        assert written(of, form)


def test_very_long_cells_of_latex_go_on_in_rows_below():
    old, new = then(), now()
    long = "word " * 2000
    for data, words in ((old, long), (new, long.upper())):
        row = data.get("product", "dm")
        data.replace("product", "dm", type(row)(**{n: getattr(row, n) for n in ("id", "key", "name", "order")},
                                                description=words))  # fmt: skip
    told = text("latex", Record(compare(old, new), "a", "b"))
    assert _checked(told) == []
    assert max(map(len, re.split(r"\\\\\n", told))) < 2 * record_latex.LONGEST * 2 + 500


# -- the print


@pytest.fixture(scope="module")
def printed():
    return written(record(scope=("Only what belongs to the WBS element 1.02C.",)), "pdf")


def test_the_print_says_it_all_in_the_plans_own_style(printed):
    document = pdfium.PdfDocument(printed)
    told = pdf.flat(pdf.text(document))
    for words in ("LETTERHEAD", "Changes from 3.0 to 3.1", "Only what belongs to the WBS element 1.02C.",
                  "HEADER “Header” (was HDR)", "J. Swinbank, 2017-07-04, RFC-358: the key says it",
                  "serves delivers headers", "Risk score current, 2017-07-01", "1 as before", NASTY):  # fmt: skip
        assert pdf.flat(words) in told, words
    assert [title for _, title, _ in pdf.outline(document)][1:4] == ["Change record", "Structure", "Products"]


def test_the_same_record_prints_the_same_bytes(printed):
    assert written(record(scope=("Only what belongs to the WBS element 1.02C.",)), "pdf") == printed


def test_removed_words_are_struck_through_and_added_ones_underlined_in_grey_too(printed):
    document = pdfium.PdfDocument(printed)
    for page in document:
        words = {word.text: word for word in pdf.words(page)}
        if "serves" in words and "delivers" in words:
            break
    picture = page.render(scale=4, grayscale=True).to_pil().convert("L")

    def longest(word, top, bottom):
        """The longest dark stretch in a band of the word, as a share of its width."""
        wide = range(int(word.left * 4) + 2, int(word.right * 4) - 2)
        high = word.bottom - word.top
        found = 0
        for y in range(int((word.top + top * high) * 4), int((word.top + bottom * high) * 4)):
            run = best = 0
            for x in wide:
                run = run + 1 if picture.getpixel((x, y)) < 160 else 0
                best = max(best, run)
            found = max(found, best)
        return found / len(wide)

    assert longest(words["serves"], 0.3, 0.8) > 0.95 > longest(words["delivers"], 0.3, 0.72)
    assert longest(words["delivers"], 0.78, 1.0) > 0.95 > longest(words["serves"], 0.86, 1.0)


def test_a_screen_reader_is_told_of_the_lines(printed):
    import pikepdf

    with pikepdf.open(io.BytesIO(printed)) as file:
        kinds = [str(one.A.TextDecorationType) for one in file.objects
                 if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) == "/Span"]  # fmt: skip
        assert {"/LineThrough", "/Underline"} == set(kinds)


def test_two_equal_states_make_a_record_that_says_so():
    same = Record(compare(then(), then()), "3.0", "3.1")
    assert "No differences." in text("text", same) and "No differences." in text("md", same)
    assert "Nothing differs." in pdf.text(pdfium.PdfDocument(written(same, "pdf")))
    for form in FORMATS:
        assert written(same, form)
    assert written(Record(compare(PlanData(), PlanData()), "a", "b"), "pdf")


def test_there_are_no_other_forms():
    with pytest.raises(PlanError, match="no form “doc” of a change record; choose from text, md, csv"):
        written(record(), "doc")


def test_a_long_text_begins_below_its_item_and_goes_on_over_the_page():
    long = "\n\n".join(
        f"Paragraph {n} says what it has to say, in a line or in two of them." for n in range(60)
    )
    old, new = then(), now()
    new.replace("section", "s", kinds()["section"].make({"key": "s", "title": "Long", "body": long}, "s"))
    document = pdfium.PdfDocument(written(Record(compare(old, new), "a", "b"), "pdf"))
    pages = [pdf.flat(page.get_textpage().get_text_range()) for page in document]
    begins = next(at for at, page in enumerate(pages) if "s“Long”added" in page)
    assert "Paragraph0says" in pages[begins] and "Paragraph39says" in pages[begins + 1]
    assert "Sections,continued" in pages[begins + 1]


def test_who_did_most_is_named_with_the_item_and_others_with_their_lines():
    steps = [*history(), (Step(3, "2017-08-01T00:00:00Z", "K. Lim", "Fix", "", "done", "0008", 1),
                          [c.Change("set", "product", "hdr", {"managers": (("ann",), ("ann", "ben"))})])]  # fmt: skip
    told = text("text", Record(compare(then(), now(), steps=steps), "a", "b")).splitlines()
    at = next(at for at, line in enumerate(told) if "HEADER" in line)
    assert "J. Swinbank" in told[at] and "J. Swinbank" not in told[at + 1]
    assert told[at + 3] == "    Manager: +Ben Okri; 1 as before – K. Lim, 2017-08-01"
