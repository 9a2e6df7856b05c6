import pytest

from dmdesk.checks import finding as f
from dmdesk.checks.dates import on_circles
from tests.core.checks.plans import cured, found, plan, row, words


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-07-01")


def milestone(key, **values):
    return row("milestone", key, **{"due": "2018-01-01", **values})


def test_a_milestone_due_before_one_that_must_come_first_is_found_and_moved():
    data = plan(
        milestone("M1", due="2018-05-31"),
        milestone("M2", predecessors=["milestone M1"]),
        milestone("M3", due="2018-05-31", predecessors=["milestone M1"]),
    )
    (finding,) = found(data, "milestone.order")
    assert finding.words == "It is due on 2018-01-01, before M1, which must come first (2018-05-31)."
    after = cured(data, finding)
    assert after.get("milestone", "milestone M2").due == "2018-05-31"
    assert found(after, "milestone.order") == []


def test_a_milestone_done_before_one_that_must_come_first_is_found():
    data = plan(
        milestone("M1"),
        milestone("M2", done="2017-02-01", predecessors=["milestone M1"]),
        milestone("M3", done="2017-01-01", predecessors=["milestone M2"]),
    )
    assert words(data, "milestone.order") == [
        ("milestone M2", "It was done on 2017-02-01, but M1, which comes first, is not."),
        ("milestone M3", "It was done on 2017-01-01, before M2, which comes first (2017-02-01)."),
    ]


def test_milestones_that_wait_for_each_other_are_found_once():
    data = plan(
        milestone("M1", predecessors=["milestone M2"]),
        milestone("M2", predecessors=["milestone M1"]),
        milestone("M3", predecessors=["milestone M1"]),
    )
    assert [x.id for x in found(data, "milestone.circle")] == ["milestone M1"]


def test_circles_are_found_among_arrows():
    assert on_circles({"a": ["b"], "b": ["c"], "c": []}) == []
    assert on_circles({"a": ["a"]}) == ["a"]
    assert on_circles({"x": ["a"], "a": ["b"], "b": ["a"], "c": ["d"], "d": ["c", "gone"]}) == ["a", "c"]


def test_a_milestone_without_a_date_takes_its_forecast():
    data = plan(milestone("M1", due="", forecast="2018-02-01"), milestone("M2"))
    (finding,) = found(data, "milestone.no-date")
    assert cured(data, finding).get("milestone", "milestone M1").due == "2018-02-01"


def test_a_milestone_done_tomorrow_is_found():
    data = plan(milestone("M1", done="2017-07-02"), milestone("M2", done="2017-07-01"))
    (finding,) = found(data, "milestone.done-early")
    assert finding.words == "It cannot be done on 2017-07-02, a day still to come."
    after = cured(data, finding).get("milestone", "milestone M1")
    assert (after.done, after.forecast) == ("", "2017-07-02")


def test_an_interface_without_a_document_links_or_adds_the_one_of_its_handle():
    data = plan(row("interface", "LSE-68"), row("document", "LSE-68"), row("interface", "LSE-99", name="New"))
    linked, added = found(data, "interface.no-document")
    assert cured(data, linked).get("interface", "interface LSE-68").document == "document LSE-68"
    after = cured(data, added)
    assert after.rows("document")[after.get("interface", "interface LSE-99").document].name == "New"


def test_the_cover_says_the_last_version_of_the_change_record():
    record = [row("revision", "2", date="2015-03-11"), row("revision", "3.1", date="2017-06-29")]
    right, wrong = row("plan", "LDM-294", version="v3.1.0"), row("plan", "LDM-294", version="3")
    assert found(plan(right, *record), "plan.release") == []
    (finding,) = found(plan(wrong, *record), "plan.release")
    assert finding.words == "The cover says version 3, but the change record ends with 3.1 (2017-06-29)."
    assert cured(plan(wrong, *record), finding).plan().version == "3.1"
