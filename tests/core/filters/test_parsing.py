"""The filter language: what is typed becomes a tree and back; what is wrong is said with its place."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.filters import FilterError, parse, show
from dmdesk.filters.parsing import STATES
from dmdesk.filters.tree import All, Any, Not, Term, all_of, any_of
from dmdesk.filters.words import fields_named, fold, options_meant, spoken
from dmdesk.kinds import kinds
from tests.core import rows

PRODUCT = kinds()["product"]
texts = rows.any_text.filter(lambda text: fold(text) != "" and text.strip() == text)
words = st.builds(Term, st.just(""), st.just(":"), texts)
fields = st.builds(
    Term,
    st.sampled_from(["key", "name", "managers", "wbs", "description", "kind"]),
    st.sampled_from([":", "="]),
    texts,
)
asked = st.builds(Term, st.sampled_from(["no", "has"]), st.just(":"), st.sampled_from(rows.names(PRODUCT)))
states = st.builds(Term, st.just("is"), st.just(":"), st.sampled_from(list(STATES)))
changed = st.builds(Term, st.just("changed"), st.sampled_from(["<", ">", "<=", ">=", ":"]), texts)
mine = st.just(Term("mine", ":", ""))
nodes = st.recursive(
    words | fields | asked | states | changed | mine,
    lambda part: (
        part.map(Not)
        | st.lists(part, min_size=2, max_size=4).map(all_of)
        | st.lists(part, min_size=2, max_size=4).map(any_of)
    ),
    max_leaves=12,
)
typed = st.text(max_size=30) | st.lists(
    st.sampled_from(
        ["kind:s", "(", ")", "-", "not ", " or ", "and", '"', "“", ":", "<", ">=", "=", "name", "no:", "is:",
         "changed>", "wbs:1.02C", "repo", " ", "x", "?", "mine", "order<", "own:", "jira=", "٣", "\ud800", "ß"]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(nodes)
def test_what_is_shown_reads_as_the_same_tree(node):
    assert parse(show(node), PRODUCT).tree == node


@given(typed)
def test_any_text_is_a_filter_or_a_filter_error_with_a_place_in_it(text):
    try:
        found = parse(text, PRODUCT)
    except FilterError as error:
        assert 0 <= error.at <= len(text)
        assert str(error).endswith((".", "?"))
    else:
        assert parse(str(found), PRODUCT) == found


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 5000 + "a", "not " * 5000 + "a", "a " * 5000, '"' * 4999])
def test_a_text_of_any_length_and_depth_is_a_filter_or_a_filter_error(text):
    try:
        parse(text, PRODUCT)
    except FilterError as error:
        assert "parentheses" in str(error) or "quotes" in str(error)


def test_terms_stand_side_by_side_for_and():
    assert parse("manager:Swinbank kind:SW no:repository header", PRODUCT).tree == All(
        (
            Term("managers", ":", "Swinbank"),
            Term("kind", ":", "SW"),
            Term("no", ":", "repositories"),
            Term("", ":", "header"),
        )
    )


def test_or_binds_less_than_and_and_parentheses_hold_together():
    a, b, c = (Term("", ":", letter) for letter in "abc")
    assert parse("a b or c", PRODUCT).tree == Any((All((a, b)), c))
    assert parse("a (b OR c)", PRODUCT).tree == All((a, Any((b, c))))
    assert parse("a and not (b or -c)", PRODUCT).tree == All((a, Not(Any((b, Not(c))))))


def test_quotes_keep_blanks_and_take_away_the_meaning_of_words():
    assert parse('manager:"John Swinbank"', PRODUCT).tree == Term("managers", ":", "John Swinbank")
    assert parse('"or" "a ""b"" c"', PRODUCT).tree == All((Term("", ":", "or"), Term("", ":", 'a "b" c')))
    assert parse("“alert production”", PRODUCT).tree == Term("", ":", "alert production")
    assert parse('"alert prod', PRODUCT).tree == Term("", ":", "alert prod"), "still being typed"


def test_addresses_and_parentheses_within_words_are_just_words():
    assert parse("https://example.org f(x)", PRODUCT).tree == All(
        (Term("", ":", "https://example.org"), Term("", ":", "f(x)"))
    )


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [("name:(", 5, "("), ("name:(camera or x)", 5, "(camera"), ("a f(x", 3, "f(x"), ("-name=f(x", 7, "f(x"),
     ("no:(", 3, "("), ("changed>(", 8, "("), ("nonsense:(", 9, "(")],
)  # fmt: skip
def test_a_parenthesis_that_is_opened_within_words_and_not_closed_is_said_with_its_place(text, at, words):
    with pytest.raises(FilterError) as refused:
        parse(text, PRODUCT)
    assert str(refused.value) == f"A “)” is missing in “{words}”; put words with a parenthesis in quotes."
    assert refused.value.at == at


def test_parentheses_in_quotes_and_those_that_close_are_words_whether_or_not_more_is_typed():
    for typed, words in (
        ('name:"("', "("),
        ('name:"(', "("),
        ("name:(camera)", "(camera)"),
        ("name:f(x)", "f(x)"),
    ):
        assert parse(typed, PRODUCT).tree == Term("name", ":", words)


def test_nothing_lets_everything_through():
    assert parse("  ", PRODUCT).tree == All(())
    assert show(All(())) == ""


@pytest.mark.parametrize(
    ("written", "kind", "field"),
    [
        ("manager", "product", "managers"), ("Managers", "product", "managers"), ("owner", "product", "owners"),
        ("product-owner", "product", "owners"), ("repo", "product", "repositories"), ("team", "product", "teams"),
        ("repository", "product", "repositories"), ("jira", "product", "jira"), ("wbs", "product", "wbs"),
        ("part-of", "product", "parent"), ("title", "product", "name"), ("code", "wbs", "key"),
        ("lead", "wbs", "institutions"), ("lead", "team", "lead"), ("manager", "wbs", "manager"),
        ("state", "document", "state"), ("source", "requirement", "source"), ("level", "milestone", "level"),
        ("due", "milestone", "due"), ("name", "requirement", "name"), ("handle", "document", "key"),
        ("e-mail", "person", "email"), ("also_known_as", "person", "aka"), ("from", "appointment", "start"),
    ],
)  # fmt: skip
def test_fields_are_written_by_name_label_or_a_part_of_it(written, kind, field):
    assert fields_named(kinds()[kind], written) == [field]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_every_field_of_every_kind_can_be_written_by_its_name_and_by_the_one_offered(kind):
    for field in kind.fields:
        assert fields_named(kind, field.name) == [field.name]
        assert fields_named(kind, spoken(field)) == [field.name]


def test_manager_and_owner_are_offered_in_the_singular_and_wbs_stays():
    assert [spoken(PRODUCT[name]) for name in ("managers", "owners", "wbs", "teams")] == [
        "manager", "owner", "wbs", "teams"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("SW", {"software"}), ("hw", {"hardware"}), ("software", {"software"}), ("serv", {"service"}),
        ("s", {"software", "service"}), ("group", {"group"}), ("GR", {"group"}), ("zebra", set()),
        ("ware", {"software", "hardware"}),
    ],
)  # fmt: skip
def test_choices_are_written_whole_begun_or_abbreviated(typed, meant):
    assert options_meant(PRODUCT["kind"].type.options, typed) == meant


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("a nmae:x", 2, "Products have no field “nmae”; did you mean name?"),
        ("zzzz:x", 0, "Products have no field “zzzz”; a word with a colon in it needs quotes."),
        ("no:zzzz", 3, "Products have no field “zzzz”; a word with a colon in it needs quotes."),
        ("a or", 4, "Something must follow “or”; put the word in quotes to look for it."),
        ("or a", 0, "Something must stand before “or”; put the word in quotes to look for it."),
        ("not", 3, "Something must follow “-”; put the word in quotes to look for it."),
        ("(a", 0, "A “)” is missing."),
        ("a )", 2, "There is no “(” that this “)” could close."),
        ("( )", 2, "Something must stand between the parentheses."),
        ("manager:", 8, "Something must follow “manager:”."),
        ('a ""', 2, "There is nothing between these quotes."),
        ("is:odd", 3, "“is:” is followed by one of: unresolved, inherited, group, leaf, untraced, problem."),
        ("no<key", 0, "“no” is followed by a colon, as in no:key."),
        ("own:name", 4, "“Name” is never inherited; use has:name."),
        ("description>a", 0, "“Description” has no order; use a colon."),
        ("o:x", 0, "“o” may mean order or owner; write more of it."),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(text, at, sentence):
    with pytest.raises(FilterError) as refused:
        parse(text, PRODUCT)
    assert (str(refused.value), refused.value.at) == (sentence, at)


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("milestone", "due>soon", "“soon” is not a day; write 2017-06-30, 2017-06, 2017 or today."),
        ("milestone", "due>2017-13", "“2017-13” is not a day; write 2017-06-30, 2017-06, 2017 or today."),
        ("reference", "year>old", "Year: “old” is not a whole number."),
        ("section", "appendix:perhaps", "Appendix: “perhaps” is neither yes nor no."),
        ("section", "appendix>no", "“Appendix” has no order; use a colon."),
    ],
)
def test_values_that_do_not_fit_their_field_are_refused(kind, text, sentence):
    with pytest.raises(FilterError, match=r".") as refused:
        parse(text, kinds()[kind])
    assert str(refused.value) == sentence


@given(rows.any_text)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_folding_takes_away_case_accents_and_line_breaks():
    assert fold("Mario\n JURIĆ  ﬁne") == "mario juric fine"
    assert fold(string.ascii_uppercase) == string.ascii_lowercase
