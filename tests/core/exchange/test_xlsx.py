"""Spreadsheets: what is written is read back as it was, as XML in a zip file, whatever people typed."""

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.errors import PlanError
from dmdesk.exchange import xlsx
from dmdesk.exchange.sheets import sheet_of
from dmdesk.exchange.xlsx import DAY, MOST_CHARACTERS, NUMBER, TEXT, WHOLE, Column, Sheet, legal, written
from dmdesk.kinds import kinds
from tests.core.risks.register import plan, risk, row, score

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def opened(content):
    file = zipfile.ZipFile(io.BytesIO(content))
    assert file.testzip() is None
    return file


def part(content, name):
    return ET.fromstring(opened(content).read(name))


def cells(content, sheet=1):
    """What a spreadsheet program reads from a sheet: place → value, days as days."""
    found = {}
    for cell in part(content, f"xl/worksheets/sheet{sheet}.xml").iter(f"{MAIN}c"):
        assert cell.find(f"{MAIN}f") is None
        sort, style = cell.get("t"), cell.get("s")
        if sort == "inlineStr":
            text = cell.find(f"{MAIN}is/{MAIN}t").text or ""
            value = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
        else:
            value = float(cell.find(f"{MAIN}v").text)
            if style == "4":
                value = (date(1899, 12, 30) + timedelta(days=value)).isoformat()
            elif sort == "b":
                value = bool(value)
        found[cell.get("r")] = value
    return found


def one(*values, holds=TEXT):
    return written([Sheet("Sheet", [Column("Header", holds)], [[value] for value in values])])


def test_numbers_are_numbers_days_are_days_and_words_are_words():
    columns = [Column("Words"), Column("Whole", WHOLE), Column("Number", NUMBER), Column("Day", DAY)]
    content = written([Sheet("A", columns, [["12", 1_250_000, 2.5, "2017-06-30"], [None, 0, None, ""]])])
    assert cells(content) == {
        "A1": "Words", "B1": "Whole", "C1": "Number", "D1": "Day",
        "A2": "12", "B2": 1_250_000, "C2": 2.5, "D2": "2017-06-30", "B3": 0,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'quoted", '=HYPERLINK("x","y")'])
def test_no_text_is_ever_a_formula(text):
    content = one(text)
    assert cells(content)["A2"] == text
    style = next(
        c for c in part(content, "xl/worksheets/sheet1.xml").iter(f"{MAIN}c") if c.get("r") == "A2"
    ).get("s")
    forms = list(part(content, "xl/styles.xml").find(f"{MAIN}cellXfs"))
    assert forms[int(style)].get("quotePrefix") == "1"


@given(st.lists(st.text(), max_size=5))
def test_any_text_comes_back_but_for_characters_that_xml_cannot_hold(texts):
    found = cells(one(*texts))
    for at, text in enumerate(texts, 2):
        kept = legal(text)
        assert found.get(f"A{at}", "") == (kept if text else "")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", kept)


def test_what_looks_like_an_escape_of_the_format_stays_what_was_typed():
    assert cells(one("_x0041_ and _x000D_"))["A2"] == "_x0041_ and _x000D_"


def test_lines_end_alike_and_a_text_longer_than_a_cell_is_cut_with_a_mark():
    found = cells(one("a\r\nb\rc", "x" * (MOST_CHARACTERS + 1)))
    assert found["A2"] == "a\nb\nc"
    assert len(found["A3"]) == MOST_CHARACTERS
    assert found["A3"].endswith("x…")


@pytest.mark.parametrize("value", [10**15, float("inf"), float("nan"), -(10**16)])
def test_numbers_that_a_spreadsheet_would_change_stay_text(value):
    assert cells(one(value, holds=NUMBER))["A2"] == str(value)


@pytest.mark.parametrize(
    ("day", "kept"), [("1900-02-28", "1900-02-28"), ("soon", "soon"), ("9999-12-31", "9999-12-31")]
)
def test_days_that_programs_count_differently_and_words_stay_as_they_are(day, kept):
    assert cells(one(day, holds=DAY))["A2"] == kept


def test_the_header_stays_in_sight_and_filters_all_rows():
    columns = [Column("A"), Column("B", width=12), Column("C")]
    content = written([Sheet("Risks: all", columns, [["x", "y", "z" * 300]])])
    sheet = part(content, "xl/worksheets/sheet1.xml")
    pane = next(sheet.iter(f"{MAIN}pane"))
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    assert sheet.find(f"{MAIN}autoFilter").get("ref") == "A1:C2"
    assert [float(col.get("width")) for col in sheet.iter(f"{MAIN}col")] == [9, 12, 61]
    book = part(content, "xl/workbook.xml")
    assert book.find(f"{MAIN}definedNames/{MAIN}definedName").text == "'Risks  all'!$A$1:$C$2"


def test_sheets_have_names_that_programs_take_each_once():
    wanted = ["Risks", "risks", "a/b?", "'quoted'", "", "x" * 40, "x" * 40, "History", 'Q & "A"']
    content = written([Sheet(name, [Column("A")], []) for name in wanted])
    names = [sheet.get("name") for sheet in part(content, "xl/workbook.xml").iter(f"{MAIN}sheet")]
    assert names == [
        "Risks", "risks 2", "a b", "quoted", "Sheet", "x" * 31, f"{'x' * 29} 2", "History 2", 'Q & "A"',
    ]  # fmt: skip


def test_columns_are_lettered_as_spreadsheets_letter_them():
    content = written([Sheet("A", [Column(f"C{n}") for n in range(1, 704)], [])])
    places = {value: place for place, value in cells(content).items()}
    assert (places["C26"], places["C27"], places["C702"], places["C703"]) == ("Z1", "AA1", "ZZ1", "AAA1")


def test_the_same_sheets_give_the_same_bytes_without_a_clock():
    content = one("a", "b")
    assert content == one("a", "b")
    assert {entry.date_time for entry in opened(content).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_named_and_typed():
    content = written([Sheet("A", [Column("A")], []), Sheet("B", [Column("A")], [])], 'A "title" & more')
    names = set(opened(content).namelist())
    typed = {one.get("PartName")[1:] for one in part(content, "[Content_Types].xml") if one.get("PartName")}
    assert typed | {"[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"} == names
    targets = {one.get("Target") for one in part(content, "xl/_rels/workbook.xml.rels")}
    assert {f"xl/{target}" for target in targets} <= names
    assert 'A "title" & more' in "".join(part(content, "docProps/core.xml").itertext())


def test_too_much_for_a_spreadsheet_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(PlanError, match="more rows or columns"):
        one("a", "b", "c")
    with pytest.raises(PlanError, match="at least one sheet"):
        written([])


def test_the_rows_of_a_kind_are_a_sheet_with_links_by_title_and_computed_fields():
    data = plan(
        row("person", "ito", key="ito", name="Ann Ito"),
        risk("a", owner="ito", wbs=["?1.02C.9"], cost_likely=5_000, retire_by="2018-01-31", share=True),
        score("a", 3, 4),
    )  # fmt: skip
    sheet = sheet_of(data, kinds()["risk"], data.in_order("risk"))
    found = cells(written([sheet]))
    titles = {value: re.sub(r"\d", "", place) for place, value in found.items() if place.endswith("1")}
    values = {title: found.get(f"{letter}2") for title, letter in titles.items()}
    assert (values["Owner"], values["WBS elements"], values["Likely cost"]) == ("Ann Ito", "?1.02C.9", 5_000)
    assert (values["Score"], values["EMV"], values["Retires"], values["Level"]) == (
        19,
        2_500,
        "2018-01-31",
        "moderate",
    )
    assert (values["Share externally"], values["Existential"], values["Trend"]) == ("yes", None, None)
