"""Bubbling up: which risks would raise a headline, and that one step puts them there."""

from dmdesk import filters
from dmdesk.kinds import kinds
from dmdesk.risks.book import scored
from dmdesk.risks.bubbling import bubbled, raised_by
from tests.core.risks.register import plan, plan_with, risk, row, score


def register(**more):
    return plan(
        row("category", "top", key="t", name="Technical"),
        row("category", "in", key="t.i", name="Interfaces", parent="top"),
        row("wbs", "w", key="1.1", name="One"),
        risk("h", headline=True, category="in"), risk("k", headline=True, wbs=("w",)), risk("a", parent="h"),
        risk("b", **{"category": "top", **more}), score("a", 2, 2), score("b", 4, 4),
    )  # fmt: skip


def headline_of(data, id):
    found = raised_by(data, data.get("risk", id))
    return found.id if found else ""


def test_a_higher_risk_of_the_same_category_would_raise_the_headline_and_one_step_puts_it_below():
    data = register()
    assert headline_of(data, "b") == "h"
    after = plan_with(data, bubbled(data, [data.get("risk", "a"), data.get("risk", "b")]))
    assert after.get("risk", "b").parent == "h"
    assert scored(after, "h").worst == "b"
    assert headline_of(after, "b") == ""


def test_an_element_in_common_counts_before_a_category():
    assert headline_of(register(wbs=("w",)), "b") == "k"


def test_what_is_closed_of_another_type_or_bears_on_nothing_raises_no_headline():
    assert headline_of(register(state="retired"), "b") == ""
    assert headline_of(register(kind="opportunity"), "b") == ""
    assert headline_of(register(category=""), "b") == ""
    assert headline_of(register(parent="k"), "b") == ""


def test_a_risk_that_does_not_stand_higher_raises_none():
    data = plan_with(register(), [])
    data.replace("score", "b-current-", score("b", 1, 1))
    assert headline_of(data, "b") == ""


def test_a_cycles_list_shows_which_would():
    data = register(cycle="F17")
    assert filters.parse("cycle:F17 has:raises", kinds()["risk"]).matches(data) == {"b"}
