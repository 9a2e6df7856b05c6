"""Hyphens: patterns understood one by one are those that pyphen understands at once, and part words where it does."""

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.typeset.hyphens import FIRST, LANGUAGE, REST, dictionary, patterns


def test_each_pattern_is_what_pyphen_makes_of_it():
    assert dictionary() == pyphen.LANGUAGES[LANGUAGE]
    whole, ours = pyphen.HyphDict(dictionary()), patterns()
    assert len(whole.patterns) > 10_000
    for letters, (start, values) in whole.patterns.items():
        assert ours[letters] == (start, tuple(values)), letters
    with pytest.raises(KeyError):
        ours["no such letters"]


PARTS = [
    "re",
    "quire",
    "ment",
    "s",
    "man",
    "age",
    "inter",
    "ope",
    "rab",
    "il",
    "ity",
    "data",
    "x",
    "qu",
    "tion",
    "ing",
]


@given(
    st.text("abcdefghijklmnopqrstuvwxyzAB", max_size=12)
    | st.lists(st.sampled_from(PARTS), max_size=6).map("".join)
)
def test_a_word_is_parted_where_pyphen_parts_it(word: str):
    pyphens = pyphen.Pyphen(lang=LANGUAGE, left=FIRST, right=REST)
    assert patterns().places(word) == pyphens.positions(word)


def test_words_are_hyphenated_where_their_syllables_part():
    assert patterns().places("requirements") == [2, 7]
    assert patterns().places("management") == [3, 6]
    assert patterns().places("a") == []
