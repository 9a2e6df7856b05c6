"""Computed fields: filters ask them, complete them and order them like fields that were typed."""

import pytest

from dmdesk import filters
from dmdesk.computed import COMPUTED, computed_of, value_of
from dmdesk.filters import FilterError
from dmdesk.kinds import kinds
from tests.core.risks.register import plan, risk, row, score

RISK = kinds()["risk"]


def register():
    return plan(
        row("person", "ito", key="ito", name="Ann Ito"),
        risk("a", name="Data lost", owner="ito", cost_likely=1_000_000, retire_by="2017-01-01"),
        risk("b", name="Staff leave", state="candidate"),
        risk("c", name="Done", state="retired", retire_by="2017-01-01"),
        score("a", 3, 4, "2017-01-01"), score("a", 4, 4, "2017-06-01"), score("b", 1, 1), score("c", 5, 5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("score>=19", "ac"), ("score<2", "b"), ("level:high", "ac"), ("level:low", "b"), ("trend:raised", "a"),
        ("emv>500000", "a"), ("emv>500k", "a"), ("overdue:yes", "a"), ("open:no", "c"), ("has:trend", "a"),
        ("no:emv", "bc"), ("likelihood=4", "a"), ("owner:ito level:high", "a"), ("retires<2018", "ac"),
        ("state:active or state:candidate", "ab"), ("reviewed>2017-05", "a"),
    ],
)  # fmt: skip
def test_filters_ask_computed_fields(text, fit):
    assert filters.parse(text, RISK).matches(register()) == set(fit)


def test_what_a_computed_field_cannot_be_compared_with_is_said():
    with pytest.raises(FilterError, match="Score"):
        filters.parse("score>high", RISK)


def test_computed_fields_and_their_options_are_offered():
    data = register()
    assert "score:" in [one.text for one in filters.complete("sco", 3, data, RISK)]
    assert [one.text for one in filters.complete("level:", 6, data, RISK)] == ["low", "moderate", "high"]


def test_a_filter_with_computed_fields_is_written_down_and_read_again():
    wanted = filters.parse("score>15 -overdue:yes", RISK)
    assert filters.parse(str(wanted), RISK) == wanted


def test_every_computed_field_gives_values_of_its_type_for_every_risk():
    data = register()
    assert len(computed_of("risk")) > 15
    for one in COMPUTED:
        for of in data.rows(one.kind).values():
            value = value_of(data, of, one.kind, one.field.name)
            assert one.field.type.clean(value) == value
            assert one.field.help
