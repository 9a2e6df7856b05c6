"""Value types: what goes in comes out, whatever it is; what does not fit is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import types as t
from dmdesk.kinds import kinds
from tests.core import rows

TYPES = sorted({field.type for kind in kinds() for field in kind.fields}, key=repr)
ANYTHING = st.one_of(
    rows.any_text, st.none(), st.integers(), st.booleans(), st.floats(), st.binary(), st.lists(rows.any_text),
    st.dates(), st.dictionaries(st.text(), st.text()), st.lists(st.integers()),
)  # fmt: skip
typed = st.sampled_from(TYPES).flatmap(
    lambda kind: st.tuples(st.just(kind), rows.value(kind, ("id1", "id2")))
)


@given(typed)
def test_cleaning_a_clean_value_leaves_it_alone(pair):
    kind, value = pair
    clean = kind.clean(value)
    assert kind.clean(clean) == clean


@given(typed)
def test_what_is_shown_can_be_read_back(pair):
    kind, value = pair
    clean = kind.clean(value)
    if kind.typed:
        assert kind.read(kind.show(clean)) == clean


@given(rows.value(t.PICTURE))
def test_a_picture_is_shown_in_a_few_words_which_are_refused_as_a_picture(value):
    """Pictures stand outside the law above: what they hold is megabytes, so words about them are all that is shown.

    Words that cannot be read back must then not be read as anything else. Only nothing comes back as nothing, and the
    whole text, as text files have it, as the same picture.
    """
    clean = t.PICTURE.clean(value)
    assert t.PICTURE.read(clean) == clean
    assert len(t.PICTURE.show(clean)) < 60
    if clean:
        with pytest.raises(t.BadValue, match="not typed"):
            t.PICTURE.read(t.PICTURE.show(clean))


@given(typed)
def test_what_is_stored_can_be_loaded_back(pair):
    kind, value = pair
    clean = kind.clean(value)
    assert kind.load(kind.store(clean)) == clean


@given(typed)
def test_a_clean_value_can_be_written_to_any_file(pair):
    kind, value = pair
    kind.show(kind.clean(value)).encode("utf-8")


@given(typed)
def test_a_clean_value_that_is_not_multiline_has_no_line_break(pair):
    kind, value = pair
    if not kind.multiline:
        assert len(kind.show(kind.clean(value)).split("\n")) == 1


@given(st.sampled_from(TYPES), ANYTHING)
def test_anything_is_cleaned_or_refused_with_a_sentence(kind, value):
    try:
        clean = kind.clean(value)
    except t.BadValue as error:
        assert str(error).endswith(".")
    else:
        assert kind.clean(clean) == clean


@given(st.sampled_from(TYPES), rows.any_text)
def test_any_words_are_read_or_refused_with_a_sentence(kind, words):
    try:
        value = kind.read(words)
    except t.BadValue as error:
        assert str(error).endswith(".")
    else:
        assert kind.clean(value) == value


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: f"{kind.name} {getattr(kind, 'kind', '')}")
def test_nothing_is_a_clean_value_and_shows_as_little(kind):
    assert kind.clean(kind.empty) == kind.empty
    assert kind.show(kind.empty) in ("", "no")
    assert kind.read("") == kind.empty


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (t.COUNT, "many"),
        (t.COUNT, "1.5"),
        (t.COUNT, "9" * 20),
        (t.COUNT, "9" * 5000),
        (t.DAY, "yesterday"),
        (t.DAY, "2017-02-30"),
        (t.FLAG, "maybe"),
    ],
)
def test_words_that_do_not_fit_are_named_in_the_refusal(kind, words):
    with pytest.raises(t.BadValue, match=f"“{words[:10]}"):
        kind.read(words)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (t.LINE, 5),
        (t.WORDS, "one text"),
        (t.WORDS, ("a", 1)),
        (t.COUNT, True),
        (t.COUNT, 1.0),
        (t.FLAG, "yes"),
    ],
)
def test_a_value_of_another_type_is_refused(kind, value):
    with pytest.raises(t.BadValue, match=r"\.$"):
        kind.clean(value)


def test_a_line_keeps_its_words_and_loses_its_breaks():
    assert t.LINE.clean(" one \r\n two\tthree\u2028four\x00 ") == "one two three four"


def test_prose_keeps_its_lines_whatever_program_broke_them():
    assert t.PROSE.clean("one\r\ntwo\rthree\u2029four\x85five\n\n") == "one\ntwo\nthree\nfour\nfive"


def test_numbers_may_be_written_with_marks_between_thousands():
    assert t.COUNT.read(" 1,234\u2009567 ") == 1234567


def test_a_day_may_be_written_without_its_hyphens():
    assert t.DAY.read("20170630") == "2017-06-30"


def test_the_words_of_an_unresolved_link_are_kept_apart_from_ids():
    assert t.unresolved("?some words") == "some words"
    assert t.unresolved("abc") == ""
    assert t.links_of(t.To_(kind="team"), "?some words") == ()
    assert t.links_of(t.ToMany_(kind="team"), ("abc", "?some words")) == ("abc",)
    assert t.links_of(t.LINE, "abc") == ()


@pytest.mark.parametrize(
    ("words", "number"), [("1,500", 1500), (" -12 ", -12), ("1,234,567", 1234567), ("", None)]
)
def test_a_number_may_part_its_thousands(words, number):
    assert t.COUNT.read(words) == number


@pytest.mark.parametrize("words", ["1,5", ",", "1,50", "12,3456", "1.5"])
def test_a_comma_anywhere_else_in_a_number_is_refused(words):
    with pytest.raises(t.BadValue):
        t.COUNT.read(words)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2017-06-30 18:00", "2017-06-30T18:00Z"),
        ("2017-06-30 18:00 UTC", "2017-06-30T18:00Z"),
        ("2017-06-30T11:00-07:00", "2017-06-30T18:00Z"),
        ("2017-06-30T18:00:59Z", "2017-06-30T18:00Z"),
        ("2017-06-30", "2017-06-30T00:00Z"),
        ("", ""),
    ],
)
def test_a_moment_is_kept_in_utc_whatever_zone_it_was_written_in(words, moment):
    assert t.INSTANT.read(words) == moment
    assert t.INSTANT.read(t.INSTANT.show(moment)) == moment


@pytest.mark.parametrize("words", ["soon", "2017-06-30 25:00", "0001-01-01T00:00+12:00"])
def test_a_moment_that_is_none_is_refused_by_name(words):
    with pytest.raises(t.BadValue, match=f"“{words[:10]}"):
        t.INSTANT.read(words)
