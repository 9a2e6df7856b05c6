"""The board meets with its members, decides on flagged requests, and its minutes move them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.control import dockets
from dmdesk.control.board import attendance, quorum, seats
from dmdesk.control.escalation import escalate, next_rung, path
from dmdesk.control.requests import actions_of, last_move
from dmdesk.control.states import may, move
from dmdesk.errors import PlanError
from dmdesk.kinds import changed
from tests.core.control.requested import after, at, now_in, people, plan, request, row

MEETS = at("2017-07-12 16:00")
LDM = row("document", "LDM", key="LDM-148", name="Design")


def flagged(*more, **values):
    data = plan(LDM, request(documents=("LDM",), **values), *more)
    return after(data, move(data, now_in(data), "flagged", at("2017-07-05 10:00"), "ann"))


def called(data, *present, at=MEETS, others=()):
    data = after(data, dockets.call(data, data.rows("group")["CCB"], at))
    docket = the_docket(data)
    data.replace("docket", docket.id, changed(docket, {"present": present, "others": others}))
    return data


def the_docket(data):
    (docket,) = data.rows("docket").values()
    return docket


def decided(data, decision, manner="consensus", **more):
    (item,) = dockets.items_on(data, the_docket(data))
    return after(data, dockets.decide(data, item, decision, manner, **more))


def held(data, **more):
    return after(data, dockets.hold(data, the_docket(data), "ann", **more))


def test_a_meeting_has_all_flagged_requests_on_its_docket_the_longest_flagged_first():
    later = row("rfc", "R2", key="RFC-2", name="Second", state="flagged")
    early = row("rfc", "R3", key="RFC-3", name="Third", state="flagged")
    when = row("rfcmove", "M2", rfc="R2", at="2017-07-09T10:00Z", state="flagged")
    before = row("rfcmove", "M3", rfc="R3", at="2017-07-01T10:00Z", state="flagged")
    data = called(flagged(later, early, when, before, row("rfc", "R4", key="RFC-4", name="Open")))
    subjects = [(item.place, item.subject) for item in dockets.items_on(data, the_docket(data))]
    assert subjects == [(1, "RFC-3 Third"), (2, "RFC-1 Rename the archive"), (3, "RFC-2 Second")]
    assert the_docket(data).key == "CCB-2017-07-12"


def test_meetings_of_one_day_have_keys_of_their_own():
    data = called(flagged())
    board = data.rows("group")["CCB"]
    again = after(data, dockets.call(data, board, MEETS))
    assert sorted(row.key for row in again.rows("docket").values()) == ["CCB-2017-07-12", "CCB-2017-07-12-2"]
    with pytest.raises(PlanError, match="“CCB-2017-07-12” already"):
        dockets.call(data, board, MEETS, "CCB-2017-07-12")


def test_what_is_flagged_later_is_put_on_at_the_end():
    data = called(flagged())
    data.replace("rfc", "R2", row("rfc", "R2", key="RFC-2", name="Second", state="flagged"))
    data = after(data, dockets.fill(data, the_docket(data)))
    assert [item.place for item in dockets.items_on(data, the_docket(data))] == [1, 2]
    assert dockets.fill(data, the_docket(data)) == []


def test_a_recommendation_moves_the_request_at_the_time_of_the_meeting():
    data = held(decided(called(flagged(), "ann", "ben"), "recommend", dissent=("Ben: too early",)))
    assert now_in(data).state == "recommended"
    kept = last_move(data, "RFC")
    assert (kept.at, kept.reason, kept.who) == (
        "2017-07-12T16:00Z", "Recommended at CCB-2017-07-12 by consensus", "ann",
    )  # fmt: skip
    assert the_docket(data).state == "held"
    assert may(data, now_in(data), "adopted", MEETS).free


RESULTS = [("return", "proposed"), ("withdraw", "withdrawn"), ("defer", "flagged")]


@pytest.mark.parametrize(("decision", "state"), RESULTS)
def test_other_decisions_return_withdraw_or_leave_it_flagged(decision, state):
    assert now_in(held(decided(called(flagged(), "ann", "ben"), decision))).state == state


def test_a_returned_request_starts_its_clock_again():
    data = held(decided(called(flagged(), "ann", "ben"), "return"))
    assert [one.name for one in may(data, now_in(data), "adopted", at("2017-07-14 16:00")).unmet] == [
        "flag",
        "clock",
    ]


def test_nothing_is_decided_without_a_quorum_but_deferring():
    data = called(flagged(), "ann", "dan")
    with pytest.raises(PlanError, match=r"no quorum .1 of 3 members, 2 needed"):
        held(decided(data, "recommend"))
    assert now_in(held(decided(data, "defer"))).state == "flagged"
    kept = last_move(held(decided(data, "recommend"), despite="Ben agreed by mail"), "RFC")
    assert kept.reason == "Recommended at CCB-2017-07-12 by consensus; despite quorum: Ben agreed by mail"


def test_the_project_manager_decides_alone_only_after_the_boards_week():
    data = called(flagged(), "ann")
    assert now_in(held(decided(data, "recommend", "project manager"))).state == "recommended"
    early = called(flagged(), "ann", at=at("2017-07-12 09:00"))
    with pytest.raises(PlanError, match="1 h from the meeting, before the project manager decides"):
        held(decided(early, "recommend", "project manager"))


def test_an_item_without_a_decision_and_one_that_moved_on_are_named():
    data = called(flagged(), "ann", "ben")
    with pytest.raises(PlanError, match="“RFC-1” has no decision; defer it"):
        held(data)
    data = decided(data, "recommend")
    data = after(data, move(data, now_in(data), "withdrawn", MEETS, "ann", "Not needed"))
    with pytest.raises(PlanError, match="“RFC-1” is withdrawn and cannot be recommended from there"):
        held(data, despite="Whatever")


def test_minutes_stand_once_the_meeting_was_held():
    data = held(decided(called(flagged(), "ann", "ben"), "recommend"))
    for again in (
        lambda: held(data),
        lambda: decided(data, "defer"),
        lambda: dockets.fill(data, the_docket(data)),
    ):
        with pytest.raises(PlanError, match="was held and its minutes stand"):
            again()


def test_the_board_asks_somebody_to_do_something():
    data = called(flagged())
    data = after(data, dockets.ask(data, the_docket(data), "Cost it", "ben", "2017-07-20", "RFC"))
    (action,) = actions_of(data, "RFC")
    assert (action.name, action.owner, action.due) == ("Cost it", "ben", "2017-07-20")
    with pytest.raises(PlanError, match="Say what"):
        dockets.ask(data, the_docket(data), " ")


# -- members


def there(data, *present, others=()):
    return attendance(
        data, row("docket", "D", group="CCB", at="2017-07-12T16:00Z", present=present, others=others)
    )


def test_members_by_role_are_those_who_hold_it_on_the_day():
    left = row("appointment", "ben-holds", role="BEN", person="ben", end="2017-07-01")
    came = row("appointment", "dan-holds", role="BEN", person="dan", start="2017-07-02")
    data = plan(left, came)
    held_by = {
        day: seats(data, data.rows("group")["CCB"], day)[1].people for day in ("2017-06-30", "2017-07-12")
    }
    assert held_by == {"2017-06-30": ("ben",), "2017-07-12": ("dan",)}
    assert there(data, "ann", "ben").guests == ("Ben",)


def test_a_deputy_stands_in_and_a_vacant_seat_does_not_count():
    gone = row("appointment", "cleo-holds", role="CLEO", person="cleo", end="2017-01-01")
    deputy = row("appointment", "eve-holds", role="BEN", person="eve", capacity="deputy")
    meeting = there(plan(gone, deputy), "ann", "eve")
    assert [seat.name for seat in meeting.there] == ["Role of ann", "Role of ben"]
    assert [seat.name for seat in meeting.vacant] == ["Role of cleo"]
    assert (meeting.reached, meeting.words) == (True, "2 of 2 members, 2 needed: a quorum")


def test_who_sits_on_two_seats_counts_once():
    both = row("appointment", "ben-holds", role="BEN", person="ann")
    meeting = there(plan(both), "ann")
    assert len(meeting.there) == 1
    assert meeting.words == "1 of 2 members, 2 needed: no quorum"


def test_of_many_holders_the_one_whose_scope_the_seat_names_is_the_member():
    rows = (
        row("appointment", "dan-holds", role="BEN", person="dan", scope="SQuaRE"),
        row("membership", "ben-sits", group="CCB", role="BEN", note="The T/CAM of SQuaRE"),
    )
    data = plan(*rows)
    assert [seat.people for seat in seats(data, data.rows("group")["CCB"], "")] == [
        ("ann",),
        ("dan",),
        ("cleo",),
    ]


def test_the_boards_own_quorum_counts_before_more_than_half():
    data = plan(row("group", "CCB", key="CCB", name="CCB", chair="ANN", quorum=3))
    assert quorum(data, data.rows("group")["CCB"], "2017-07-12") == 3
    assert not there(data, "ann", "ben").reached


def test_a_member_from_outside_the_plan_is_there_by_name():
    outside = row("membership", "out", group="CCB", note="The project's systems engineer")
    meeting = there(plan(outside), "ann", others=("Zoe, the project's systems engineer", "A guest"))
    assert [seat.name for seat in meeting.there] == ["Role of ann", "The project's systems engineer"]
    assert meeting.guests == ("A guest",)


def test_a_board_without_members_decides_nothing():
    data = plan(row("group", "CCB", key="CCB", name="CCB"))
    for one in list(data.rows("membership")):
        data.replace("membership", one, None)
    assert there(data, "ann").words == "the board has no members in this plan"
    assert not there(data, "ann").reached


@given(st.sets(st.sampled_from([row.id for row in people() if type(row).__name__ == "Person"])))
def test_more_people_never_lose_a_quorum(present):
    data = plan()
    assert there(data, *present).reached <= there(data, *present, "ann").reached
    assert there(data, *present).reached == (len(present & {"ann", "ben", "cleo"}) >= 2)


# -- escalation


def escalating(**more):
    rows = (
        row("person", "ann", key="ann", name="Ann", teams=("T",)),
        row("team", "T", key="T", name="Pipelines", manager="ben"),
        row("role", "BEN", key="BEN", name="Manager", reports_to="CLEO"),
        row("role", "CLEO", key="PM", name="Project manager", reports_outside="LSST project manager"),
    )
    return plan(*rows, request(**more))


def test_the_path_leads_from_the_assignee_by_the_manager_and_the_project_manager_out_of_the_plan():
    data = escalating()
    assert [rung.name for rung in path(data, now_in(data), MEETS)] == [
        "Ann", "Ben, manager of Pipelines", "Project manager (Cleo)", "LSST project manager",
    ]  # fmt: skip


def test_each_escalation_tells_the_next_and_lets_them_watch():
    data = escalating()
    for name, watchers in (
        ("Ben", ("ben",)),
        ("Project manager", ("ben", "cleo")),
        ("LSST", ("ben", "cleo")),
    ):
        rung = next_rung(data, now_in(data), MEETS)
        assert rung.name.startswith(name)
        data = after(data, escalate(data, now_in(data), "Who pays?", MEETS, "ann"))
        assert now_in(data).watchers == watchers
    with pytest.raises(PlanError, match="nobody is above them"):
        escalate(data, now_in(data), "Who pays?", MEETS)


def test_what_is_decided_is_not_escalated_and_nothing_said_is_nothing_to_decide():
    data = escalating(state="adopted")
    with pytest.raises(PlanError, match="nothing left to escalate"):
        escalate(data, now_in(data), "Who pays?", MEETS)
    data = escalating()
    with pytest.raises(PlanError, match="Say what Ben, manager of Pipelines is to decide"):
        escalate(data, now_in(data), " ", datetime(2017, 7, 12, tzinfo=UTC))


def test_a_vacant_seat_is_taken_by_who_is_there_for_it():
    gone = row("appointment", "ben-holds", role="BEN", person="ben", end="2017-01-01")
    meeting = there(plan(gone), "ann", others=("Zoe, for the role of Ben",))
    assert [seat.outside for seat in meeting.there] == ["", "Zoe, for the role of Ben"]
    assert (meeting.words, meeting.guests) == ("2 of 3 members, 2 needed: a quorum", ())
