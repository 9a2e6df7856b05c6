"""Leaving: everything a person holds is found and handed over, or emptied, as one step that undo takes back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import schema
from dmdesk.errors import PlanError
from dmdesk.exchange import text as as_text
from dmdesk.exchange.sample import SAMPLE
from dmdesk.kinds import kind_of, kinds
from dmdesk.leaving import holds, reassign
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from tests.core import rows
from tests.core.checks.plans import ANN, BEN, joined, plan, product, row

DATA = plan(
    row("plan", "LDM-1", curator="person ann"),
    row("role", "PM"), row("role", "CM"), row("group", "G"),
    row("team", "T", manager="person ann", lead="person ben"),
    row("wbs", "9", manager="person ann"),
    row("document", "D", owner="?Ann Ito"),
    product("A", managers=["person ann", "person ben"], owners=["person ben"]),
    product("B", managers=["?ANN", "?Cara"]),
    joined("appointment", "old", role="role CM", person="person ann", start="2015-01-01", end="2016-01-01"),
    joined("appointment", "now", role="role PM", person="person ann", capacity="holder", start="2016-01-01",
           scope="All"),
    joined("appointment", "next", role="role CM", person="person ann", start="2018-01-01"),
    joined("membership", "m", group="group G", person="person ann"),
    joined("membership", "n", group="group G", person="person ann", note="on Mondays"),
)  # fmt: skip


def left(to=BEN, day: str = "2017-09-30", data: PlanData = DATA, only=None) -> PlanData:
    return preview(data, reassign(data, ANN, to, day, only))


def test_everything_a_person_holds_is_found_but_what_has_ended():
    assert {(row.id, field) for row, field in holds(DATA, ANN)} == {
        ("plan LDM-1", "curator"), ("team T", "manager"), ("wbs 9", "manager"), ("document D", "owner"),
        ("product A", "managers"), ("product B", "managers"), ("product B", "owners"), ("now", "person"),
        ("next", "person"), ("m", "person"), ("n", "person"),
    }  # fmt: skip


def test_links_lead_to_the_successor_each_once_and_in_their_place():
    after = left()
    assert after.find("product", "A").managers == ("person ben",)
    assert after.find("product", "B").managers == ("person ben", "?Cara")
    assert after.find("team", "T").manager == after.find("wbs", "9").manager == "person ben"
    assert after.find("document", "D").owner == after.plan().curator == "person ben"


def test_a_running_appointment_ends_and_the_successor_s_begins_on_the_day():
    after = left()
    assert after.get("appointment", "now").end == "2017-09-30"
    (new,) = [row for id, row in after.rows("appointment").items() if id not in DATA.rows("appointment")]
    assert (new.role, new.person, new.capacity, new.scope) == ("role PM", "person ben", "holder", "All")
    assert (new.start, new.end) == ("2017-09-30", "")


def test_appointments_that_ended_stay_and_those_to_come_change_hands():
    after = left()
    assert after.get("appointment", "old") == DATA.get("appointment", "old")
    assert after.get("appointment", "next").person == "person ben"


def test_a_successor_who_holds_the_role_already_is_not_appointed_twice():
    data = preview(DATA, [])
    data.replace(
        "appointment", "b", joined("appointment", "b", role="role PM", person="person ben", scope="All")
    )
    assert len(left(data=data).rows("appointment")) == len(data.rows("appointment"))


def test_a_membership_that_the_successor_has_already_is_dropped():
    data = preview(DATA, [])
    data.replace("membership", "b", joined("membership", "b", group="group G", person="person ben"))
    assert {id: row.person for id, row in left(data=data).rows("membership").items()} == {"b": "person ben"}


def test_without_a_successor_fields_are_emptied_and_what_says_nothing_more_is_dropped():
    after = left(to=None)
    assert after.find("product", "A").managers == ("person ben",)
    assert after.find("product", "B").managers == ("?Cara",)
    assert after.find("product", "B").owners == ()
    assert after.find("team", "T").manager == after.find("document", "D").owner == ""
    assert after.rows("appointment").keys() == {"old", "now"}
    assert after.get("appointment", "now").end == "2017-09-30"
    assert after.rows("membership").keys() == {"n"}
    assert holds(after, ANN) == []


def test_the_person_stays_in_the_plan_with_the_day_they_left():
    assert left().find("person", "ann").left == "2017-09-30"


def test_only_what_was_chosen_is_handed_over():
    after = left(only={("product A", "managers"), ("now", "person")})
    still = {(row.id, field) for row, field in holds(after, ANN)}
    gone = {(row.id, field) for row, field in holds(DATA, ANN)} - still
    assert gone == {("product A", "managers"), ("now", "person")}


def test_without_a_day_it_is_today():
    assert left(day="").find("person", "ann").left == date.today().isoformat()


@pytest.mark.parametrize(
    ("to", "day", "sentence"),
    [
        (ANN, "", "“Ann Ito” cannot hand over to themselves; choose somebody else."),
        (
            row("person", "x", name="X", left="2017-01-01"),
            "2017-02-01",
            "“X” left on 2017-01-01 already; choose",
        ),
        (BEN, "soon", "“soon” is not a date; write it as 2017-06-30."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(to, day, sentence):
    with pytest.raises(PlanError, match=sentence):
        reassign(DATA, ANN, to, day)


def test_a_leaver_of_the_sample_plan_is_one_step_that_undo_takes_back(tmp_path):
    schema.create(tmp_path / "s.dmplan", as_text.read(SAMPLE))
    with Plan.open(tmp_path / "s.dmplan") as plan:
        before = rows.state(plan.data)
        swinbank, juric = (plan.data.find("person", key) for key in ("swinbank", "juric"))
        assert len(holds(plan.data, swinbank)) > 30
        plan.step("Leave", reassign(plan.data, swinbank, juric, "2017-09-30"))
        assert holds(plan.data, plan.data.get("person", swinbank.id), "2017-09-30") == []
        plan.undo()
        assert rows.state(plan.data) == rows.on_disk(plan.path) == before


@given(rows.plans(), st.data())
def test_whoever_leaves_any_plan_holds_nothing_and_nothing_dangles(data, draw):
    person, other = (kinds()["person"].make({"key": key, "name": key}, key) for key in ("p1", "p2"))
    for one in (person, other):
        data.replace("person", one.id, one)
    links = [(kind, field) for kind in kinds() for field in kind.links if field.target == "person"]
    for kind, field in draw.draw(st.lists(st.sampled_from(links), max_size=5)):
        value = ("p1",) if field.type.multiline else "p1"
        one = kind.make({field.name: value})
        data.replace(kind.name, one.id, one)
    to = draw.draw(st.sampled_from([None, other]))
    after = preview(data, reassign(data, person, to, "2017-01-01"))
    assert [kind_of(row).name for row, _ in holds(after, person, "2017-01-01")] == []
    assert rows.dangling(after) == rows.dangling(data)
