"""Find and replace: literal words by default, and every sign its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import types as t
from dmdesk.errors import PlanError
from dmdesk.exchange.replace import ANYWHERE, PATTERN, WHOLE, WORDS, finder, replaced
from dmdesk.kinds import Entity, kinds


@pytest.mark.parametrize(
    ("words", "other", "way", "case", "text", "now"),
    [
        ("a.c", "x", ANYWHERE, False, "abc a.c A.C", "abc x x"),
        ("a.c", "x", ANYWHERE, True, "a.c A.C", "x A.C"),
        ("cat", "dog", WORDS, False, "cat catalog Cat, (cat)", "dog catalog dog, (dog)"),
        ("C++", "D", WORDS, False, "C++ in C++x", "D in C++x"),
        ("cat", "dog", WHOLE, False, "cat", "dog"),
        ("cat", "dog", WHOLE, False, "cat cat", "cat cat"),
        (r"(\d+)-(\d+)", r"\2/\1", PATTERN, False, "10-20", "20/10"),
        ("^", "DM ", PATTERN, False, "x", "DM x"),
        ("n", r"\n\1", ANYWHERE, False, "n", r"\n\1"),
    ],
)
def test_words_are_found_as_they_are_asked_for(
    words: str, other: str, way: str, case: bool, text: str, now: str
):
    assert finder(words, other, way, case)(text) == now


@given(st.text(min_size=1, max_size=6), st.text(max_size=6), st.text(max_size=20))
def test_without_signs_replacing_is_what_python_does(words: str, other: str, text: str):
    assert finder(words, other, ANYWHERE, case=True)(text) == text.replace(words, other)


@pytest.mark.parametrize(
    ("words", "other"), [("(", ""), ("a", r"\1"), ("a", r"\g<name>"), ("a{99999999999}", "")]
)
def test_a_pattern_that_is_none_says_so(words: str, other: str):
    with pytest.raises(PlanError, match=r"regular expression|does not have"):
        finder(words, other, PATTERN)


@pytest.mark.parametrize(
    "words",
    [
        "(a+)+$", "(a*)*", "(a+?)+b", "(a|a)*b", "(a|aa)+$", "(a|b|ab)*c", "(.*,){20}P", "(?:a{1,5}){2,}", "(x+x+)+y",
        r"(\w+\s*)+$", r"([a-z]+)*$", r"^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){50}a{50}", "a?" * 30 + "a" * 30,
        "(?=(a+)+$)x", "(?>(a+)+b)", r"(-?\d+)*!", "((a{1,9}){1,9}){1,9}",
        r"(?:(?:(?>[ab]{0,20}))+\s){0,20}$",
    ],
)  # fmt: skip
def test_a_pattern_that_could_search_for_hours_is_refused_before_it_does(words: str):
    with pytest.raises(
        PlanError, match=r"could search for hours, because it repeats a part .* as \(a\+\)\+ does"
    ):
        finder(words, "", PATTERN)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (r"(\d+)-(\d+)", "10-20"), (r"1\.02C(\.\d\d)*", "1.02C.07.04"), (r"([A-Z]+-)+\d+", "DMS-REQ-12"),
        (r"\s+$", "a" * 50_000 + " "), ("(foo|bar)+", "foobar"), (r"(\w|-)+", "a-b"), (r"(\w+ )*\w+", "a b c"),
        (r'"([^"\\]|\\.)*"', '"x"'), ("(?>a+)+", "aa"), ("a++", "aa"), (".*a.*b.*", "xaxbx" * 100), ("(?i:(a))?", "A"),
        ("(a)?(?(1)b|c)", "ab"), (r"(?:(\w)\1)+", "aabb"), ("(?<!x)a(?!y)", "a"), ("[^,]*,[^,]*,", "a,b," * 999),
    ],
)  # fmt: skip
def test_patterns_that_people_use_are_not_refused(words: str, text: str):
    assert finder(words, "-", PATTERN)(text) != text


@pytest.mark.parametrize(
    ("words", "most"), [("(.*)(.*)(.*)x", 100), (r"(.*)(.*)(.*)(.*)(.*)x", 50), (r"\s*\s*\s*\s*$", 100)]
)
def test_a_pattern_that_reads_a_text_in_many_ways_is_kept_to_short_texts(words: str, most: int):
    find = finder(words, "", PATTERN)
    assert find("a" * most) == "a" * most
    with pytest.raises(PlanError, match="could search for hours in a text of 5,000 characters"):
        find("a" * 5000)


def test_lines_count_by_themselves_where_the_pattern_stays_in_one():
    assert finder("(.*)(.*)x", "", PATTERN)("aaa\n" * 3000) == "aaa\n" * 3000


def test_a_search_that_takes_too_long_is_stopped_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    seconds = iter(range(0, 100, 4))
    monkeypatch.setattr("dmdesk.exchange.replace.time.monotonic", lambda: next(seconds))
    rows = [product()] * 9
    with pytest.raises(PlanError, match="stopped after 2 rows, for it took over 10 seconds"):
        replaced(rows, kinds()["product"]["name"], finder("x", "y"), str, str)


def product(**values: object) -> Entity:
    return kinds()["product"].make({"key": "A", "name": "Alpha", **values}, id="a")


def change(row: Entity, field: str, words: str, other: str, way: str = ANYWHERE) -> dict[str, object]:
    found = replaced(
        [row], kinds()["product"][field], finder(words, other, way),
        {"p1": "Ada", "p2": "Bob"}.get, lambda said: {"Ada": "p1", "Bob": "p2"}.get(said, t.UNRESOLVED + said),
    )  # fmt: skip
    return {name: new for one in found for name, (_, new) in one.fields.items()}


def test_a_name_that_is_replaced_is_kept_as_also_known_as():
    assert change(product(), "name", "alp", "Bet") == {"name": "Betha", "aka": ("Alpha",)}


def test_linked_rows_are_replaced_by_their_names():
    assert change(product(managers=("p1",)), "managers", "ada", "Bob") == {"managers": ("p2",)}
    assert change(product(managers=("p1", "p2")), "managers", "ada", "Bob") == {"managers": ("p2",)}
    assert change(product(managers=("p1",)), "managers", "Ada", "Ada L.") == {"managers": ("?Ada L.",)}
    assert change(product(), "managers", "", "x", WHOLE) == {}


def test_lists_are_replaced_item_by_item():
    assert change(product(repositories=("a_x", "b")), "repositories", "a", "c") == {
        "repositories": ("c_x", "b")
    }
    assert change(product(repositories=("a", "b")), "repositories", "a", "") == {"repositories": ("b",)}


def test_an_empty_text_can_be_filled_and_what_stays_is_no_change():
    assert change(product(), "jira", "^$", "none", PATTERN) == {"jira": "none"}
    assert change(product(jira="x"), "jira", "y", "z") == {}


def test_a_value_that_would_not_fit_is_left():
    milestone = kinds()["milestone"].make({"key": "M", "due": "2017-11-30"})
    find = finder("2017", "soon")
    assert replaced([milestone], kinds()["milestone"]["due"], find, str, str) == []
