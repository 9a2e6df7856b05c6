from dmdesk.plan import preview
from tests.core.checks.plans import cured, found, plan, row, words


def test_an_element_that_stands_elsewhere_than_its_code_says_is_found_and_moved():
    data = plan(row("wbs", "1.02C.07.04.01", parent="wbs 1.02C"), row("wbs", "1.02C.09"))
    assert words(data, "wbs.misplaced") == [
        (
            "wbs 1.02C.07.04.01",
            "By its code this element belongs below 1.02C.07.04, but it is part of 1.02C, though there is 1.02C.07.04.",
        ),
        ("wbs 1.02C.09", "By its code this element belongs below 1.02C, but it is at the top."),
    ]
    for finding in found(data, "wbs.misplaced"):
        assert finding.id not in [f.id for f in found(cured(data, finding), "wbs.misplaced")]


def test_an_element_below_the_nearest_one_there_is_stands_right():
    assert found(plan(row("wbs", "1.02C.07.05.01", parent="wbs 1.02C.07")), "wbs.misplaced") == []


def test_an_element_is_not_moved_below_itself():
    data = plan(row("wbs", "2", parent="wbs 2.1"), row("wbs", "2.1", parent=""))
    (finding,) = found(data, "wbs.misplaced")
    assert finding.fixes == ()


def test_a_code_that_is_none_is_found():
    data = plan(row("wbs", "user workspace", parent="wbs 1.02C"), row("wbs", "Construction"))
    assert words(data, "wbs.code") == [
        ("wbs user workspace", "“user workspace” is not written like a WBS code, such as 1.02C.03.")
    ]


def test_work_that_no_institution_leads_is_found_once_for_all_that_stands_below():
    led = row("wbs", "1.02C.01", parent="wbs 1.02C", institutions=["institution slac"])
    below = row("wbs", "1.02C.01.01", parent="wbs 1.02C.01")
    data = plan(led, below, row("institution", "slac"))
    assert words(data, "wbs.no-lead") == [
        ("wbs 1.02C.07", "No institution leads this element, nor has the one below it.")
    ]


def test_an_element_whose_parts_are_all_led_needs_no_lead_itself():
    led = row("wbs", "1.02C.08", parent="wbs 1.02C", institutions=["institution slac"])
    data = plan(led, row("institution", "slac"))
    data = preview(data, [*_led(data, "wbs 1.02C.07")])
    assert found(data, "wbs.no-lead") == []


def _led(data, id):
    from dmdesk.changes import put

    return [put(data.get("wbs", id), {"institutions": ["institution slac"]})]


def test_a_plan_that_names_no_lead_at_all_is_left_in_peace():
    assert found(plan(), "wbs.no-lead") == []
