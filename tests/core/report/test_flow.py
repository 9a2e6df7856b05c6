import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.report.flow import Filled, fill
from dmdesk.report.parts import Cell, Part, Row, Table, Text, heading, paragraph
from dmdesk.report.styles import BODY, CELL, NOTE
from dmdesk.report.styles import heading as heading_style
from dmdesk.typeset.fonts import natural_width
from dmdesk.typeset.hyphens import SOFT
from dmdesk.typeset.lines import broken
from dmdesk.typeset.looks import Look, Span, Style

PLAIN = Style(Look("regular", 10), 10)
LOOK = PLAIN.look


def lines_of(count: int, name: str = "x", **more: object) -> Text:
    return Text([Span("\n".join([name] * count), LOOK)], style=PLAIN, **more)


def shown(pages: list[Filled]) -> list[list[int]]:
    return [[round(part.height(100) / 10) for _, part in page.placed] for page in pages]


def test_parts_fill_pages_one_after_another():
    assert shown(fill([lines_of(4), lines_of(4), lines_of(4)], 100, 80)) == [[4, 4], [4]]


def test_a_paragraph_leaves_two_lines_at_the_foot_and_two_at_the_head():
    assert shown(fill([lines_of(7), lines_of(5)], 100, 80)) == [[7], [5]]
    assert shown(fill([lines_of(5), lines_of(5)], 100, 80)) == [[5, 3], [2]]
    assert shown(fill([lines_of(4), lines_of(5)], 100, 80)) == [[4, 3], [2]]
    assert shown(fill([lines_of(6), lines_of(3)], 100, 80)) == [[6], [3]]


def test_a_heading_goes_to_the_next_page_with_what_it_heads():
    one = heading(1, "1", "Head", "a", heading_style(1))
    two = heading(2, "1.1", "Sub", "b", heading_style(2))
    pages = fill([lines_of(50), one, two, lines_of(4)], 400, 560)
    assert [part for _, part in pages[0].placed] != []
    assert len(pages[0].placed) == 1
    assert [type(part).__name__ for _, part in pages[1].placed] == ["Heading", "Heading", "Text"]


def test_of_two_white_spaces_that_meet_the_larger_counts_and_a_page_begins_without():
    pages = fill([lines_of(1, after=30), lines_of(1, before=20), lines_of(3, before=40)], 100, 80)
    assert [[y for y, _ in page.placed] for page in pages] == [[0, 40], [0]]


def table(head: str = "head") -> Table:
    def heads(row: Row, continued: bool) -> list[Row]:
        return [Row([Cell([Span(head + ("+" if continued else ""), LOOK)], PLAIN)], table=row.table)]

    return Table((100.0,), heads, padding=(0, 0))


def row(into: Table, words: str, **more: object) -> Row:
    return Row([Cell([Span(words, LOOK)], PLAIN)], table=into, **more)


def cells(page: Filled) -> list[str]:
    return ["".join(s.text for s in part.cells[0].spans) for _, part in page.placed if isinstance(part, Row)]


def test_the_head_of_a_table_is_repeated_and_knows_that_the_table_goes_on():
    one = table()
    pages = fill([row(one, f"r{n}") for n in range(5)], 100, 32)
    assert [cells(page) for page in pages] == [["head", "r0", "r1"], ["head+", "r2", "r3"], ["head+", "r4"]]


def test_a_table_goes_on_after_a_page_that_lies_and_after_footnotes():
    one = table()
    lying = lines_of(2, floats=True, turned=True)
    note = Text([Span("n", LOOK)], style=PLAIN, anchors=("note",))
    noted = Row([Cell([Span("r0", LOOK)], PLAIN)], table=one, notes=(note,))
    pages = fill([noted, lying, row(one, "r1"), row(one, "r2")], 100, 50, other=(200, 50))
    assert [cells(page) for page in pages] == [["head", "r0"], [], ["head+", "r1", "r2"]]


def test_a_second_table_has_a_head_of_its_own():
    pages = fill([row(table("a"), "1"), row(table("b"), "2")], 100, 100)
    assert [cells(page) for page in pages] == [["a", "1", "b", "2"]]


def test_a_row_moves_to_the_next_page_whole_and_one_higher_than_a_page_is_parted():
    one = table()
    pages = fill([row(one, "a"), row(one, "b\nb\nb"), row(one, "\n".join("c" * 9))], 100, 50)
    assert [len(page.placed) for page in pages] == [2, 2, 2, 2, 2]
    lines = [sum(len(lines) for lines in part.lines()) for page in pages for _, part in page.placed[1:]]
    assert lines == [1, 3, 3, 3, 3]


def test_a_footnote_stands_at_the_foot_of_the_page_that_calls_it():
    note = Text([Span("note", NOTE.look)], style=NOTE, anchors=("n",))
    calling = Text([Span("x\nx\n", LOOK), Span("1", LOOK._replace(link="#n"))], style=PLAIN, notes=(note,))
    pages = fill([lines_of(2), calling, lines_of(9)], 100, 100)
    y, last = pages[0].placed[-1]
    assert last is note
    assert y + note.height(100) == pytest.approx(100)
    assert all(part is not note for _, part in pages[1].placed)


def test_a_footnote_longer_than_half_a_page_follows_its_paragraph_and_goes_on():
    note = Text([Span("\n".join("n" * 40), NOTE.look)], style=NOTE, anchors=("n",))
    calling = Text([Span("1", LOOK._replace(link="#n"))], style=PLAIN, notes=(note,))
    pages = fill([calling, lines_of(2)], 100, 100)
    assert len(pages) > 3
    assert (
        sum(len(part.lines(100)) for page in pages for _, part in page.placed if isinstance(part, Text)) == 43
    )


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.sampled_from(["text", "row"])), max_size=30))
def test_nothing_is_lost_repeated_or_placed_outside_the_page(wanted):
    one = table()
    made: list[Part] = []
    for number, (count, keep, what) in enumerate(wanted):
        words = "\n".join([f"w{number}"] * count)
        made.append(
            row(one, words, keep=keep) if what == "row" else Text([Span(words, LOOK)], style=PLAIN, keep=keep)
        )
    pages = fill(made, 100, 112)
    seen: list[str] = []
    for page in pages:
        for y, part in page.placed:
            assert y + part.height(100) <= 112.01
            lines = part.lines(100) if isinstance(part, Text) else part.lines()[0]
            seen += [
                piece.text for line in lines for piece in line.pieces if not piece.text.startswith("head")
            ]
    assert seen == [f"w{number}" for number, (count, *_) in enumerate(wanted) for _ in range(count)]


@given(st.text(max_size=200), st.floats(5, 300))
def test_breaking_lines_loses_no_visible_character_and_keeps_to_the_width(text, width):
    lines = broken([Span(text, CELL.look)], width)
    plain = "".join(text.split())
    if plain.isascii() and plain.isprintable():
        shown = "".join(piece.text for line in lines for piece in line.pieces)
        assert "".join(shown.split()) == plain
    for line in lines:
        assert line.width <= width + 0.01 or sum(len(piece.text) for piece in line.pieces) <= 12


def test_words_break_after_punctuation_then_before_capitals_then_anywhere():
    def texts(word: str, width: float) -> list[str]:
        return [
            "".join(piece.text for piece in line.pieces) for line in broken([Span(word, CELL.look)], width)
        ]

    assert texts("ctrl_iip/obs_lsst", 45) == ["ctrl_iip/", "obs_lsst"]
    assert texts("LongCamelCaseName", 48) == ["LongCamel", "CaseName"]
    assert texts("aaaaaaaaaaaa", 30) == ["aaaaaa", "aaaaaa"]
    assert texts("产品名称", 20) == ["产品", "名称"]


def test_justified_text_is_hyphenated_only_where_a_line_would_be_loose():
    words = "It has considerable representations notwithstanding characteristics of responsibilities"
    made = paragraph(words, BODY)
    texts = ["".join(piece.text for piece in line.pieces) for line in made.lines(150)]
    assert any(text.endswith(SOFT) for text in texts)
    assert "".join(texts).replace(SOFT, "").replace(" ", "") == words.replace(" ", "")
    ragged = paragraph(words, BODY.but(align="left"))
    assert not any({"-", SOFT} & {*piece.text} for line in ragged.lines(150) for piece in line.pieces)


@pytest.mark.parametrize("small", ["small", "小"])
def test_the_last_word_of_a_paragraph_is_hyphenated_only_where_its_line_cannot_be_justified_else(small):
    last = "transmissivity."

    def ends(words: str, width: float) -> list[str]:
        made = paragraph(words, BODY)
        return ["".join(piece.text for piece in line.pieces) for line in made.lines(width)]

    words = f"It goes on and on in a fair line of {small} words with"
    room = natural_width(words, BODY.look.face, BODY.look.size)
    assert ends(f"{words} {last}", room + 70) == [words, last]
    assert ends(f"{words} {last}\nand", room + 70) == [words, last, "and"]
    assert ends(f"{words} {last} as well", room + 70) == [f"{words} transmissiv{SOFT}", "ity. as well"]
    few = f"Characteristically {small}"
    room = natural_width(few, BODY.look.face, BODY.look.size)
    assert ends(f"{few} {last}", room + 70) == [f"{few} transmissiv{SOFT}", "ity."]


def test_spaces_that_hold_words_together_are_stretched_with_the_others():
    line = broken([Span("a Section\xa04 b c", Look("regular", 10))], 1000)[0]
    assert line.spaces == 4


class Block(Part):
    """A part of a fixed height that cannot be parted."""

    def __init__(self, high: float, name: str, **more: bool) -> None:
        super().__init__(**more)
        self.high, self.name = high, name

    def height(self, width: float) -> float:
        return self.high


def placed(pages: list[Filled]) -> list[list[str]]:
    return [[part.name for _, part in page.placed if isinstance(part, Block)] for page in pages]


def test_what_floats_goes_to_the_head_of_the_next_page_while_the_text_goes_on():
    parts = [Block(60, "a"), Block(80, "F", floats=True), Block(30, "b"), Block(30, "c")]
    assert placed(fill(parts, 100, 100)) == [["a", "b"], ["F"], ["c"]]


def test_what_floats_stays_where_it_is_when_it_fits():
    assert placed(fill([Block(40, "a"), Block(50, "F", floats=True), Block(10, "b")], 100, 100)) == [
        ["a", "F", "b"]
    ]


def test_floating_parts_keep_their_order_and_none_is_lost_at_the_end():
    parts = [Block(60, "a"), Block(90, "F", floats=True), Block(10, "G", floats=True), Block(10, "b")]
    assert placed(fill(parts, 100, 100)) == [["a", "b"], ["F", "G"]]


def test_a_turned_part_has_a_page_of_its_own_that_lies_the_other_way():
    parts = [Block(60, "a"), Block(70, "F", floats=True, turned=True), Block(30, "b"), Block(30, "c")]
    pages = fill(parts, 100, 100, other=(200, 80))
    assert placed(pages) == [["a", "b"], ["F"], ["c"]]
    assert [page.turned for page in pages] == [False, True, False]
