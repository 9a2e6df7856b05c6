"""What a filter line offers at the cursor: it fits there, can be put in, and is what people mean first."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk.exchange import text as as_text
from dmdesk.exchange.sample import SAMPLE
from dmdesk.filters import complete, parse
from dmdesk.filters.tree import All
from dmdesk.kinds import kinds
from tests.core import rows
from tests.core.filters.test_parsing import typed

DATA = as_text.read(SAMPLE)
PRODUCT = kinds()["product"]


def offered(text: str, kind: str = "product") -> list[str]:
    """What the line would be with each completion; the cursor is at the bar, or at the end."""
    at = text.find("|")
    text = text.replace("|", "")
    found = complete(text, at if at >= 0 else len(text), DATA, kinds()[kind])
    return [text[: one.start] + one.text + text[one.end :] for one in found]


def test_the_begin_of_a_field_is_completed():
    assert offered("man") == ["manager:"]
    assert offered("header rep")[0] == "header repositories:"
    assert offered("-man") == ["-manager:"]
    assert offered("(ji") == ["(jira:"]


def test_an_empty_line_offers_every_field_but_the_rank_and_then_the_questions():
    found = offered("")
    assert "order:" not in found and {"manager:", "wbs:", "kind:"} <= set(found)
    assert found[-6:] == ["no:", "has:", "own:", "is:", "changed:", "mine"]


def test_people_are_offered_by_name_and_in_quotes():
    assert offered("manager:swin") == ['manager:"John Swinbank"']
    assert offered("header manager:sw| kind:SW") == ['header manager:"John Swinbank" kind:SW']


def test_elements_are_offered_by_code_with_their_title_to_help():
    found = complete("wbs:1.02C.07.04", 15, DATA, PRODUCT)
    assert [(one.text, one.help) for one in found] == [("1.02C.07.04", "LDF Service Software")]


def test_choices_states_fields_and_releases_are_offered_after_their_colon():
    assert offered("kind:s") == ["kind:software", "kind:service"]
    assert offered("is:un") == ["is:unresolved", "is:untraced"]
    assert offered("no:man") == ["no:manager"]
    assert offered("own:") == ["own:manager", "own:owner"]
    assert offered("changed>")[:2] == ["changed>3", "changed>2"]
    assert offered("due<to", "milestone") == ["due<today"]
    assert offered("appendix:", "section") == ["appendix:yes", "appendix:no"]


def test_values_that_the_plan_has_are_offered_for_plain_fields():
    assert offered("repo:pipe_d")[0] == "repo:pipe_drivers"


def test_inside_quoted_words_nothing_is_offered():
    assert offered('"man') == []


@given(rows.plans(), typed, st.integers(-2, 40))
def test_any_text_and_cursor_can_be_completed(data, text, cursor):
    for one in complete(text, cursor, data, PRODUCT):
        assert 0 <= one.start <= one.end <= len(text)


@given(
    st.sampled_from(["", "man", "kind:", "manager:", "is:", "no:", "wbs:1.02C.0", "a no", "uses:", "repo:"])
)
def test_what_is_offered_parses_once_it_is_whole(text):
    for whole in offered(text):
        ends = {"is:": "leaf", "changed:": "3", "own:": "manager", "not": " x"}
        end = "key" if whole.endswith(":") else ""
        assert parse(whole + ends.get(whole.rpartition(" ")[2], end), PRODUCT).tree != All(())
