"""Cells of the clipboard, as several programs put them there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.errors import PlanError
from dmdesk.exchange.cells import MOST, cells, to_html, to_text

WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"]) | st.sampled_from("\"\t\n =<&'"), max_size=12
)
TABLES = st.integers(1, 4).flatmap(
    lambda wide: st.lists(st.lists(WORDS, min_size=wide, max_size=wide), min_size=1)
)


@given(TABLES)
def test_what_is_written_as_text_is_read_again(table: list[list[str]]):
    assert cells(to_text(table)) == table


@given(st.lists(st.text("abc &<>\"'é", max_size=8).map(str.strip), min_size=1, max_size=3))
def test_what_is_written_as_html_is_read_again_but_for_runs_of_blanks(row: list[str]):
    assert cells("", to_html([row])) == [[" ".join(words.split()) for words in row]]


def test_text_alone_on_the_clipboard_is_one_cell():
    assert cells("Archiver") == [["Archiver"]]
    assert cells("Archiver\r\n") == [["Archiver"]]
    assert cells("") == []


def test_a_quoted_cell_keeps_its_tabs_line_breaks_and_quotes():
    assert cells('a\t"two\nlines, ""quoted"""\r\nb\tc\r\n') == [["a", 'two\nlines, "quoted"'], ["b", "c"]]


def test_a_quote_that_is_no_quoting_stays_a_quote():
    assert cells('"quoted" word\t"open\n5" pipe\t"whole"') == [
        ['"quoted" word', '"open'],
        ['5" pipe', '"whole"'],
    ]


def test_short_rows_say_nothing_about_the_columns_they_lack():
    assert cells("a\tb\tc\nd\n") == [["a", "b", "c"], ["d", None, None]]


def test_formulas_are_text():
    assert cells('=SUM(A1:A3)\t=HYPERLINK("http://a","b")') == [["=SUM(A1:A3)", '=HYPERLINK("http://a","b")']]


MERGED = """<html><head><title>no cell</title><style>td {color: red}</style></head><body>
<!--StartFragment--><table><col width=80><tr><td rowspan=2>Tall</td><td colspan="2">Wide</td></tr>
<tr><td>a<br>b</td><td><b>c</b> &amp;&nbsp;d
  e</td></tr></table><p>after</p><table><tr><td>second</td></tr></table>"""


def test_merged_cells_have_their_words_in_the_first_and_leave_the_others_alone():
    assert cells("", MERGED) == [["Tall", "Wide", None], [None, "a\nb", "c & d e"]]


def test_text_of_the_same_shape_gives_the_words_and_html_the_merged_cells():
    text = 'Tall\tWide\t\n\t"a\nb"\tc  &  d'
    assert cells(text, MERGED) == [["Tall", "Wide", None], [None, "a\nb", "c  &  d"]]


def test_html_wins_where_the_text_has_another_shape():
    assert cells("Tall Wide\na\nb\n", MERGED)[0] == ["Tall", "Wide", None]


def test_html_without_a_table_leaves_the_text():
    assert cells("a\tb", "<p>a <b>b</b></p>") == [["a", "b"]]


def test_tables_within_cells_are_words():
    assert cells("", "<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>") == [
        ["a\nb", "c"]
    ]


def test_unclosed_cells_and_absurd_spans_are_read_all_the_same():
    assert cells("", "<table><tr><td rowspan=x>a<td colspan=0>b<tr><th>c</table>") == [
        ["a", "b"],
        ["c", None],
    ]


@pytest.mark.parametrize("much", ["x\t" * (MOST + 1), "x\n" * (MOST + 1)])
def test_too_many_cells_are_refused_in_one_sentence(much: str):
    with pytest.raises(PlanError, match=r"at most 100,000 can be pasted at once.*Nothing was changed\.$"):
        cells(much)
    with pytest.raises(PlanError, match="at most 100,000"):
        cells("", f"<table><tr>{'<td>x' * (MOST + 1)}</table>")


def test_a_hundred_thousand_cells_are_read():
    row = ["x", "y", "z", "1", ""]
    rows = [row] * 20_000
    assert cells(to_text(rows), to_html(rows)) == rows


def test_as_many_cells_as_can_be_with_open_quotes_are_read_at_once():
    assert len(cells('"abc\n' * (MOST - 1))) == MOST - 1
