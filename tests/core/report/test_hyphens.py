"""Hyphens: patterns understood one by one are those that pyphen understands all at once."""

import pyphen

from dmdesk.typeset.hyphens import LANGUAGE, Patterns, hyphenator


def test_each_pattern_is_what_pyphen_makes_of_it():
    path = pyphen.LANGUAGES[LANGUAGE]
    whole, ours = pyphen.HyphDict(path), Patterns(path)
    assert len(whole.patterns) > 10_000
    assert hyphenator().hd.maxlen >= whole.maxlen
    for letters, (start, values) in whole.patterns.items():
        assert ours.get(letters) == (start, tuple(values)), letters
    assert ours.get("no such letters") is None


def test_words_are_hyphenated_where_their_syllables_part():
    assert hyphenator().inserted("requirements") == "re-quire-ments"
    assert hyphenator().inserted("management") == "man-age-ment"
    assert hyphenator().inserted("a") == "a"
