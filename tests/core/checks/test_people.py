import pytest

from dmdesk.checks import finding as f
from dmdesk.plan import preview
from tests.core.checks.plans import ANN, cured, found, joined, plan, product, row, words


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-07-01")


def holds(id="a", **values):
    return joined("appointment", id, **{"role": "role PM", "person": "person ann", **values})


def test_a_role_that_nobody_holds_today_is_found():
    data = plan(row("role", "PM"), row("role", "SE"), holds(), holds("b", role="role SE", end="2017-06-30"))
    assert words(data, "role.no-holder") == [
        ("role SE", "Nobody is appointed to this role; appoint somebody, if only acting.")
    ]


def test_a_role_that_a_field_of_products_names_people_for_is_held_there():
    owner = row("role", "PO", name="Product Owner")
    assert found(plan(owner, product("DM")), "role.no-holder") == []
    assert [x.id for x in found(plan(owner, product("DM", owners=[])), "role.no-holder")] == ["role PO"]


def test_a_group_without_a_chair_is_found_and_given_a_member_by_the_fix():
    data = plan(
        row("group", "G"),
        row("group", "H"),
        row("role", "PM"),
        joined("membership", "m", group="group G", role="role PM", position="member"),
        joined("membership", "n", group="group H", role="role PM", position="chair"),
    )
    (finding,) = found(data, "group.no-chair")
    assert (finding.id, finding.words) == ("group G", "Nobody chairs this group; say which role does.")
    assert cured(data, finding).get("group", "group G").chair == "role PM"


def test_a_group_without_members_is_found():
    data = plan(row("group", "G"), row("group", "H"), joined("membership", "m", group="group H", note="All"))
    assert [x.id for x in found(data, "group.no-members")] == ["group G"]


def test_somebody_who_left_holds_no_role_and_the_fix_ends_it_on_that_day():
    gone = row("person", "cy", name="Cy Young", left="2017-05-31")
    data = plan(
        gone,
        row("role", "PM"),
        holds("a", person="person cy", start="2016-01-01"),
        holds("b", person="person cy", end="2017-05-31"),
        holds("c"),
    )
    (finding,) = found(data, "appointment.left")
    assert (finding.id, finding.words) == ("a", "Cy Young left on 2017-05-31, but still holds “PM”.")
    assert cured(data, finding).get("appointment", "a").end == "2017-05-31"


def test_who_will_leave_has_not_left():
    leaving = row("person", "cy", left="2017-12-31")
    data = plan(
        leaving, row("role", "PM"), holds("a", person="person cy"), product("P", managers=["person cy"])
    )
    assert found(data, "appointment.left", "person.left") == []


def test_a_manager_who_left_is_found_wherever_named_and_removed_by_the_fix():
    gone = row("person", "cy", name="Cy Young", left="2017-05-31")
    data = plan(
        gone, ANN, product("P", managers=["person cy", "person ann"]), row("wbs", "2", manager="person cy")
    )
    assert words(data, "person.left") == [
        ("product P", "“Manager” names Cy Young, who left on 2017-05-31."),
        ("wbs 2", "“Control account manager” names Cy Young, who left on 2017-05-31."),
    ]
    after = data
    for finding in found(data, "person.left"):
        after = preview(after, finding.fix)
    assert after.get("product", "product P").managers == ("person ann",)
    assert after.get("wbs", "wbs 2").manager == ""
