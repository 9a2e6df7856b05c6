"""Amounts in words, and the contingency that is remembered."""

import pytest

from dmdesk.risks import money
from dmdesk.risks.contingency import contingency, usual
from tests.core.risks.register import plan, risk, row, score


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (0, "$0", "$0"), (0.4, "$0", "$0"), (-0.4, "$0", "$0"), (999, "$999", "$999"), (-1250, "−$1,250", "−$1.25k"),
        (999_600, "$999,600", "$1M"), (1_250_000, "$1,250,000", "$1.25M"), (12_345_678, "$12,345,678", "$12.3M"),
        (5e9, "$5,000,000,000", "$5G"),
    ],
)  # fmt: skip
def test_an_amount_is_told_in_full_and_in_three_digits(amount, full, short):
    assert (money.words(plan(), amount), money.short(plan(), amount)) == (full, short)


def test_a_currency_of_letters_stands_apart_from_its_number():
    data = plan()
    for currency, shown in (("€", "€5"), ("USD", "USD\xa05"), ("A$", "A$5"), (" ", "$5")):
        data.replace("plan", "plan", row("plan", "plan", title="P", currency=currency))
        assert money.words(data, 5) == shown


def test_the_usual_contingency_is_remembered_until_what_it_follows_from_changes():
    data = plan(risk("a", cost_likely=100), score("a", 3, 3), risk("b", cost_likely=300), score("b", 2, 2))
    first = usual(data)
    assert first is usual(data)
    data.replace("product", "p", row("product", "p", key="P", name="P"))
    assert first is usual(data)
    data.replace("risk", "b", risk("b", cost_likely=500))
    assert usual(data).expected > first.expected
    fresh = contingency(data)
    assert (usual(data).outcome, usual(data).expected) == (fresh.outcome, fresh.expected)


def test_there_is_no_contingency_without_a_risk_that_has_figures():
    assert usual(plan()) is None
    assert usual(plan(risk("a", cost_likely=100), risk("b"), score("b", 3, 3))) is None
