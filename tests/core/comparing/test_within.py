"""Within a text: which words were added and which removed."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dmdesk.comparing.within import ADDED, REMOVED, SAME, Run, items_within, within
from tests.core.rows import any_text

WORDS = ("the", "a", "plan", "keeps", ",", ".", "\n", "product", "3.0", "1.02C.07", "don’t", "?")
prose = st.one_of(any_text, st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))


def sides(runs):
    old = "".join(run.text for run in runs if run.what != ADDED)
    return old, "".join(run.text for run in runs if run.what != REMOVED)


@given(prose, prose)
def test_the_runs_make_both_texts_again(old, new):
    assert sides(within(old, new)) == (old, new)


@given(prose, prose)
def test_the_other_way_round_it_is_the_mirror(old, new):
    there, back = within(old, new), within(new, old)
    turned = {SAME: SAME, ADDED: REMOVED, REMOVED: ADDED}
    assert sorted((run.what, run.text) for run in there) == sorted(
        (turned[run.what], run.text) for run in back
    )


@given(prose, prose)
def test_no_run_is_empty_and_no_two_of_a_sort_meet(old, new):
    runs = within(old, new)
    assert all(run.text for run in runs)
    assert all(a.what != b.what for a, b in pairwise(runs))


@given(st.lists(any_text, max_size=5, unique=True), st.lists(any_text, max_size=5, unique=True))
def test_lists_come_apart_into_members(old, new):
    runs = items_within(old, new)
    assert [run.text for run in runs if run.what != ADDED] == old
    assert [run.text for run in runs if run.what != REMOVED] == new


def test_a_changed_word_is_marked_alone():
    assert within("The service serves headers.", "The service delivers headers.") == (
        Run(SAME, "The service "), Run(REMOVED, "serves"), Run(ADDED, "delivers"), Run(SAME, " headers."),
    )  # fmt: skip


def test_words_that_were_rewritten_side_by_side_are_marked_together():
    assert within("one two three four", "one deux trois four") == (
        Run(SAME, "one "), Run(REMOVED, "two three"), Run(ADDED, "deux trois"), Run(SAME, " four"),
    )  # fmt: skip


def test_a_new_sentence_is_marked_from_its_beginning_to_its_end():
    assert within("It is out of scope.", "It is out of scope. It is kept.") == (
        Run(SAME, "It is out of scope."), Run(ADDED, " It is kept."),
    )  # fmt: skip
    runs = within("In the plan it is so.", "In this plan it is so.\n\nIt stays.")
    assert runs[-1] == Run(ADDED, "\n\nIt stays.")


def test_codes_are_words():
    assert Run(REMOVED, "1.02C.07.04.06") in within("WBS 1.02C.07.04.06 (net)", "WBS 1.02C.07.15.06 (net)")


def test_a_book_is_compared_by_sentences_first():
    old = [f"Sentence {n} of a long book about nothing in particular." for n in range(4000)]
    new = [*old]
    new[2000] = "Sentence 2000 of a long book about something in particular."
    turned = within(" ".join(old), " ".join(reversed(new)))
    assert sides(turned) == (" ".join(old), " ".join(reversed(new)))
    assert [run.text for run in within(" ".join(old), " ".join(new)) if run.what == ADDED] == ["something"]
