from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.typeset import fonts, lines
from dmdesk.typeset.looks import THROUGH, Look, Span

REGULAR, CODE, LINK = Look("regular", 10), Look("code", 9), Look("regular", 10, link="#here")
texts = st.text(st.sampled_from("ab ()–é“\xa0→/W "), max_size=30)
spans = st.lists(st.builds(Span, texts, st.sampled_from([REGULAR, CODE, LINK])), min_size=1, max_size=5)


def looked_at_closely(given: list[Span]) -> list[lines.Word]:
    with patch.object(fonts, "tame", return_value=False):
        return lines.words(given)


@given(spans)
def test_words_that_need_no_closer_look_are_those_that_one_finds(given: list[Span]) -> None:
    assert lines.words(given) == looked_at_closely(given)


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


def test_a_line_is_plain_unless_a_part_of_it_is_a_link_or_has_a_line_through_it() -> None:
    def plain(*looks: Look) -> bool:
        (line,) = lines.broken([Span("word ", look) for look in looks], 1e9)
        return line.plain

    assert plain(REGULAR)
    assert plain(REGULAR, CODE)
    assert not plain(LINK)
    assert not plain(REGULAR, LINK)
    assert not plain(REGULAR, REGULAR._replace(line=THROUGH))
