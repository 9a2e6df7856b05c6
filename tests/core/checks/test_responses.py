"""Checks of what is done about risks: responses, actions and draws from contingency."""

import pytest

from dmdesk.checks import finding as f
from tests.core.checks.plans import cured, found, plan
from tests.core.checks.register import action, part, response, risk


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-07-01")


@pytest.mark.parametrize(
    ("kind", "strategy", "better"),
    [
        ("opportunity", "avoid", "exploit"), ("opportunity", "transfer", "share"),
        ("opportunity", "mitigate", "enhance"),
        ("opportunity", "accept", "ignore"), ("threat", "exploit", "avoid"), ("threat", "ignore", "accept"),
    ],
)  # fmt: skip
def test_a_strategy_that_does_not_fit_becomes_its_opposite(kind, strategy, better):
    data = plan(risk("A", kind=kind), response("A", "Do", strategy=strategy))
    (finding,) = found(data, "response.misfit")
    assert cured(data, finding).get("response", "response Do").strategy == better


@pytest.mark.parametrize(
    ("kind", "strategy"), [("threat", "avoid"), ("opportunity", "share"), ("", "share"), ("threat", "")]
)
def test_a_strategy_that_fits_is_no_finding(kind, strategy):
    assert found(plan(risk("A", kind=kind), response("A", "Do", strategy=strategy)), "response.misfit") == []


def test_a_response_wants_an_owner_while_its_risk_is_open_and_it_is_not_complete():
    data = plan(
        risk("A"), risk("B", state="retired"), response("A", "One", owner=""),
        response("A", "Two", owner="", state="complete"),
        response("B", "Three", owner=""),
    )  # fmt: skip
    (finding,) = found(data, "response.no-owner")
    assert cured(data, finding).get("response", "response One").owner == "person ann"


def test_a_response_that_does_something_wants_a_step():
    data = plan(
        risk("A"), response("A", "One"), response("A", "Two"), action("A", "Step", "Two"),
        response("A", "Three", strategy="accept"),
    )  # fmt: skip
    assert [one.id for one in found(data, "response.no-step")] == ["response One"]


@pytest.mark.parametrize(
    ("title", "steps", "only_watches"),
    [
        ("Watch the supply of disks", (), True),
        ("Keep an eye on it", (), True),
        ("Second source of disks", ("Monitor prices", "Reviewing weekly"), True),
        ("Second source of disks", ("Monitor prices", "Sign a second supplier"), False),
        ("Monitor and replace", ("Replace the old ones",), False),
        ("Second source of disks", (), False),
    ],
)
def test_mitigating_by_watching_is_called_accepting(title, steps, only_watches):
    data = plan(risk("A"), response("A", title), *(action("A", name, title) for name in steps))
    assert bool(found(data, "response.monitors")) == only_watches
    for finding in found(data, "response.monitors"):
        assert cured(data, finding).get("response", f"response {title}").strategy == "accept"


def test_the_risk_itself_is_no_secondary_risk():
    data = plan(risk("A"), risk("B"), response("A", "One", secondary=["risk B", "risk A"]))
    (finding,) = found(data, "response.own-risk")
    assert cured(data, finding).get("response", "response One").secondary == ("risk B",)


def test_an_action_is_overdue_until_it_is_done_or_dropped_or_its_risk_is_closed():
    data = plan(
        risk("A"), risk("B", state="realised"), risk("C", state="deprecated"),
        action("A", "late", due="2017-06-30"), action("A", "today", due="2017-07-01"),
        action("A", "done", due="2017-06-30", state="done"), action("A", "dropped", due="2017-06-30", state="dropped"),
        action("B", "also late", due="2017-06-30", state="in progress"), action("C", "closed", due="2017-06-30"),
    )  # fmt: skip
    assert {one.id for one in found(data, "action.overdue")} == {"action late", "action also late"}


def test_a_draw_names_the_change_request_that_allowed_it():
    data = plan(
        risk("A", changes=["LCR-1021: more disks", "RFC-380"]),
        part("draw", "1", risk="risk A", date="2017-01-01", amount=5),
        part("draw", "2", risk="risk A", date="2017-02-01", amount=5, change="LCR-7"),
    )
    (finding,) = found(data, "draw.no-change")
    assert [fix.title for fix in finding.fixes] == ["Name LCR-1021", "Name RFC-380"]
    assert cured(data, finding).get("draw", "1").change == "LCR-1021"
