from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk.manuscript import prose, simple
from dmdesk.manuscript.blocks import Call, Code, Grid, Items, Line, Paragraph, Place, Quote, Run, plain


def test_a_table_has_its_head_its_rows_and_the_caption_that_stands_above_it():
    (table,) = prose.blocks(
        "Table: Who *does* what\n\n| Who | How much |\n|---|--:|\n| one | 1 |\n| two | 2 |"
    )
    assert isinstance(table, Grid)
    assert [plain(cell) for cell in table.head] == ["Who", "How much"]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["one", "1"], ["two", "2"]]
    assert table.aligned == ("left", "right")
    assert plain(table.caption) == "Who does what"


def test_a_paragraph_above_a_table_is_no_caption_unless_it_says_so():
    text, table = prose.blocks("As the table shows:\n\n| a |\n|---|\n| 1 |")
    assert isinstance(text, Paragraph)
    assert isinstance(table, Grid)
    assert table.caption == ()


def test_lists_hold_lists_and_several_paragraphs():
    (outer,) = prose.blocks("1. one\n\n   more\n2. two\n   - deep\n")
    assert isinstance(outer, Items)
    assert outer.start == 1
    assert [plain(block.words) for block in outer.items[0] if isinstance(block, Paragraph)] == ["one", "more"]
    inner = outer.items[1][1]
    assert isinstance(inner, Items)
    assert inner.start is None


def test_a_footnote_is_where_it_is_called_and_one_that_is_nowhere_stays_as_typed():
    (text,) = prose.blocks("One[^a] two[^b].\n\n[^a]: the *note*")
    assert isinstance(text, Paragraph)
    call = next(one for one in text.words if isinstance(one, Call))
    assert plain(call.note) == "the note"
    assert Run("[^b]", lost=True) in text.words
    assert "[^b]" in plain(text.words)


def test_a_part_is_asked_for_by_a_line_of_its_own_even_without_blank_lines_around():
    before, place, after = prose.blocks("Before.\n{{role DMPM depth=2}}\nAfter.")
    assert place == Place("role", "DMPM", (("depth", "2"),))
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert prose.places("Before.\n{{role DMPM depth=2}}\nAfter.") == [place]


def test_within_a_line_or_in_code_nothing_is_asked_for():
    assert prose.places("see {{products}} here") == []
    (code,) = prose.blocks("```\n{{products}}\n```")
    assert code == Code("{{products}}")


MARKS = [
    "word", "É", "中", " ", "  ", "\t", "\xa0", "\x0b", "\x85", ".", "-", "+", "#", "=", "'", "“", "(", ")", "1", "_",
    "\\", "`", "<", ">", "!", "&amp;", "& ", "|", "[[k]]", "[[ a b ]]", "[[ ]]", "[[a*b]]", "[^1]", "[", "]",
    "{{role X}}", "{{", "\r", "\n", "*", "**", "*one*", "**two**", "(*one*)", " *one.* ", "`code`", "- ",
    "<https://a.io/b-c>", "<http://a..>", "https://a.io/b_c", "http://a.io/_b_).", "https://",
    "](#k)", "\0", "\n\n", "\n\n- ", "\n- ", "1. ", "\n2. ", "\n\n1. ", "\n  - ",
    "\n   - ", "\n   1. ", "\n      - ", "\n\n[^1]: note",
]  # fmt: skip


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(MARKS), max_size=8).map("".join))
def test_a_text_means_what_it_does_without_the_parser_and_with_it(text: str):
    found, words = prose.blocks.__wrapped__(text), prose.inline.__wrapped__(text)
    nothing_is_simple = patch.multiple(simple, blocks=lambda *_: None, words=lambda *_: None)
    with nothing_is_simple:
        prose.inline.cache_clear()
        assert found == prose.blocks.__wrapped__(text)
        assert words == prose.inline.__wrapped__(text)
    prose.inline.cache_clear()


def test_most_texts_are_read_without_the_parser():
    text = (
        "It is *said* (**once**) in `a_b`, at <https://a.io/b-c> and in [[k]].[^1]\n\n{{role X}}\n\n- one & two\n"
        "- a_b\n\nSo:\n\n1. one\n   - deep\n2. **Two**: more\n\n[^1]: <https://a.io>\n"
    )
    with patch.object(prose, "_parser", side_effect=AssertionError):
        assert len(prose.blocks.__wrapped__(text)) == 5


def test_a_link_to_a_key_is_a_reference_with_words_of_its_own():
    (text,) = prose.blocks("[the risks](#risk-management) and [out](https://example.org)")
    assert isinstance(text, Paragraph)
    inside, _, outside = text.words
    assert isinstance(inside, Run)
    assert isinstance(outside, Run)
    assert (inside.text, inside.reference, inside.link) == ("the risks", "risk-management", "")
    assert (outside.text, outside.reference, outside.link) == ("out", "", "https://example.org")


BARE = [
    ("https://a.io", "https://a.io", ""),
    ("http://a.io/b?c=d&e=f#g,h.", "http://a.io/b?c=d&e=f#g,h", "."),
    ("https://a.io/b?!", "https://a.io/b", "?!"),
    ("https://a.io/b_(c)", "https://a.io/b_(c)", ""),
    ("https://a.io/b_(c)).", "https://a.io/b_(c)", ")."),
    ("https://a.io/b__init__.py", "https://a.io/b__init__.py", ""),
    ("https://a.io/_b_/__init__.py", "https://a.io/_b_/__init__.py", ""),
    ("https://a.io/b\N{RIGHT DOUBLE QUOTATION MARK}", "https://a.io/b", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ("Https://A.io/B", "Https://A.io/B", ""),
    ("https://a.io/\N{LATIN SMALL LETTER O WITH DIAERESIS}", "https://a.io/%C3%B6", ""),
]


@pytest.mark.parametrize(("typed", "link", "rest"), BARE)
def test_an_address_as_it_is_typed_is_a_link_without_the_signs_of_the_sentence(
    typed: str, link: str, rest: str
):
    (text,) = prose.blocks(f"See ({typed} or not")
    assert isinstance(text, Paragraph)
    before, address, after = text.words
    assert isinstance(address, Run)
    assert before == Run("See (")
    assert (address.text, address.link) == (typed.removesuffix(rest), link)
    assert after == Run(f"{rest} or not")


def test_addresses_in_tables_lists_and_marked_words_are_links_too():
    table, items, text = prose.blocks(
        "| a |\n|---|\n| https://a.io |\n\n- https://b.io\n\n**https://c.io**, *d*"
    )
    assert isinstance(table, Grid)
    assert table.rows == (((Run("https://a.io", link="https://a.io"),),),)
    assert isinstance(items, Items)
    assert items.items == ((Paragraph((Run("https://b.io", link="https://b.io"),)),),)
    assert isinstance(text, Paragraph)
    assert text.words[0] == Run("https://c.io", strong=True, link="https://c.io")


def test_an_address_in_code_or_within_a_link_is_none_by_itself():
    for typed in (
        "`https://a.io`",
        "[https://a.io](#k)",
        "![https://a.io](x)",
        "xhttps://a.io",
        "https://",
        "ftp://a.io",
    ):
        assert not any(one.link for one in prose.inline(typed) if isinstance(one, Run)), typed
    assert prose.inline("[https://a.io](https://b.io)") == (Run("https://a.io", link="https://b.io"),)


def test_addresses_by_the_thousand_are_read_in_one_go():
    many = prose.inline("https://a.io/_ " * 20_000 + "https://a.io/" + ")" * 100_000 + "_" * 100_000)
    assert sum(bool(one.link) for one in many if isinstance(one, Run)) == 20_001


def test_links_that_run_programs_or_read_files_stay_words():
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"):
        (text,) = prose.blocks(f"[words]({address}) ![picture]({address})")
        assert isinstance(text, Paragraph)
        assert all(isinstance(one, Run) and not one.link for one in text.words)


def test_quotes_rules_and_html_are_read_as_what_they_are():
    quote, rule, text = prose.blocks("> said\n\n---\n\n<b>no markup</b>")
    assert isinstance(quote, Quote)
    assert isinstance(rule, Line)
    assert isinstance(text, Paragraph)
    assert plain(text.words) == "<b>no markup</b>"


@given(st.text(alphabet="ab \n-*[]()^:#|>`{}1.!\\_", max_size=200))
def test_any_text_is_read_without_complaint(text):
    prose.blocks(text)
    prose.places(text)


def test_nesting_beyond_reason_is_read_too():
    assert prose.blocks("> " * 3000 + "deep")
    assert prose.blocks("\n".join(f"{'  ' * depth}- level {depth}" for depth in range(300)))
