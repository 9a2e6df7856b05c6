from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.typeset import fonts, lines, words
from dmdesk.typeset.looks import THROUGH, Look, Span

REGULAR, CODE, LINK = Look("regular", 10), Look("code", 9), Look("regular", 10, link="#here")
RAISED = Look("bold", 7, rise=3)
LETTERS = "ab ()–é“\xa0→/W "
SCRIPTS = "ab 1:( हिन्द 山田ちり 김철 שלוםא محمد  ชื่อ →\xa0"
texts = st.text(st.sampled_from(LETTERS), max_size=30)
prose = st.lists(
    st.sampled_from(["of ", "  ", "\n", "hyphenation ", "international", " (measured) ", "é "])
).map("".join)
spans = st.lists(
    st.builds(Span, texts | prose, st.sampled_from([REGULAR, CODE, LINK, RAISED])), min_size=1, max_size=5
)
scripts = st.lists(
    st.builds(Span, st.text(st.sampled_from(SCRIPTS), max_size=40), st.sampled_from([REGULAR, CODE, LINK])),
    min_size=1,
    max_size=4,
)


@given(spans, st.floats(5, 200), st.booleans())
def test_lines_that_are_found_at_once_are_those_that_a_closer_look_finds(
    given: list[Span], width: float, hyphenate: bool
) -> None:
    if hyphenate:  # at once, words are hyphenated across spans of one look
        looks = groupby((span for span in given if span.text), lambda span: span.look)
        given = [Span("".join(span.text for span in some), look) for look, some in looks]
    at_once, closely = lines._cut(given, width, hyphenate), words.broken(given, width, hyphenate)
    if at_once is not None:
        assert [line.pieces for line in at_once] == [line.pieces for line in closely]
        assert [line.width for line in at_once] == pytest.approx([line.width for line in closely])
        assert [line[2:] for line in at_once] == [line[2:] for line in closely]


@pytest.mark.parametrize(
    "text", ["plain", "two words, and – é\xa0more", "forced\nlines\n", "far  apart ", ""]
)
def test_most_texts_need_no_closer_look(text: str) -> None:
    assert lines._cut([Span(text, REGULAR), Span(text, LINK)], 100, hyphenate=True) is not None


@pytest.mark.parametrize("text", ["שלום", "产品 plan", "→ b", "a\tb", "a word_that_is_wider_than_its_line"])
def test_other_texts_and_words_wider_than_a_line_are_looked_at_closely(text: str) -> None:
    assert lines._cut([Span("plain", CODE), Span(text, REGULAR)], 100, hyphenate=True) is None


@given(texts.filter(str.strip), st.floats(20, 400))
def test_a_text_on_lines_is_the_text_but_for_the_spaces_at_their_ends(text: str, width: float) -> None:
    made = lines.broken([Span(text, REGULAR)], width)
    said = "".join(piece.text for line in made for piece in line.pieces)
    assert said.replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + lines.SLACK or line.spaces == 0 for line in made)


@given(texts.filter(lambda text: text.strip(" ") == text != "" and "  " not in text and "→" not in text))
def test_a_line_is_as_wide_as_its_words_and_spaces(text: str) -> None:
    (line,) = lines.broken([Span(text, REGULAR)], 1e9)
    assert line.width == pytest.approx(fonts.natural_width(text, "regular", 10))
    assert line.spaces == text.count(" ") + text.count("\xa0")


@given(spans | scripts, st.floats(30, 300), st.booleans())
def test_a_line_is_as_wide_as_what_is_drawn_in_whatever_fonts(
    given: list[Span], width: float, hyphenate: bool
) -> None:
    for line in lines.broken(given, width, hyphenate=hyphenate):
        drawn = sum(look.size * fonts.measure(text, font) for font, text, look in line.pieces)
        assert drawn == pytest.approx(line.width)
        assert line.spaces == sum(text.count(" ") + text.count("\xa0") for _, text, _ in line.pieces)
        assert line.width <= width + lines.SLACK or line.spaces == 0


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("山田太郎, محمد علي", "山田太郎, ﻲﻠﻋ ﺪﻤﺤﻣ"),
        ("محمد علي, 김철수 山田", "김철수 山田 ,ﻲﻠﻋ ﺪﻤﺤﻣ"),
        ("שלום 山田 עולם", "םלוע 山田 םולש"),
        ("plan of (שלום עולם) and 山田", "plan of (םלוע םולש) and 山田"),
        ("山שלום田 b", "山םולש田 b"),
    ],
)
def test_words_without_spaces_have_none_beside_words_from_right_to_left(text: str, drawn: str) -> None:
    (line,) = lines.broken([Span(text, REGULAR)], 1e9)
    assert "".join(piece.text for piece in line.pieces) == drawn


@pytest.mark.parametrize("closely", [False, True])
def test_a_space_is_set_in_the_font_of_the_words_it_belongs_to(closely: bool) -> None:
    def pieces(*given: Span) -> list[tuple[str, str]]:
        made = words.broken(given, 1e9, False) if closely else lines.broken(given, 1e9)
        return [(piece.text, piece.look.face) for piece in made[0].pieces]

    code, text = Span("code", CODE), Span("text", REGULAR)
    assert pieces(code, Span(" text", REGULAR)) == [("code", "code"), (" text", "regular")]
    assert pieces(Span("text ", REGULAR), code) == [("text ", "regular"), ("code", "code")]
    assert pieces(Span("code ", CODE), text) == [("code ", "code"), ("text", "regular")]
    assert pieces(code, Span(" ", REGULAR), code) == [("code", "code"), (" ", "regular"), ("code", "code")]
    assert pieces(text, Span("1", RAISED), Span(" code", CODE)) == [
        ("text", "regular"), ("1 ", "bold"), ("code", "code")
    ]  # fmt: skip
    assert pieces(code, Span(" ", CODE), text) == [("code ", "code"), ("text", "regular")]


def test_a_line_is_plain_unless_a_part_of_it_is_a_link_or_has_a_line_through_it() -> None:
    def plain(*looks: Look) -> bool:
        (line,) = lines.broken([Span("word ", look) for look in looks], 1e9)
        return line.plain

    assert plain(REGULAR)
    assert plain(REGULAR, CODE)
    assert not plain(LINK)
    assert not plain(REGULAR, LINK)
    assert not plain(REGULAR, REGULAR._replace(line=THROUGH))
