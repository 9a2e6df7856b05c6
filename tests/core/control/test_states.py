"""Change requests move along their states only, and every condition that is in the way is named."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.control.requests import STATES, last_move, moves_of, open_objections
from dmdesk.control.states import MOVES, allowed, may, move
from dmdesk.control.talk import answer, comment, object_to, take_back
from dmdesk.errors import PlanError
from tests.core.control.requested import after, at, now_in, plan, request, row

LATER = at("2017-07-07 12:00")
CONTROLLED = row("document", "LDM", key="LDM-148", name="Design")


def moved(data, to, now=LATER, **more):
    return after(data, move(data, now_in(data), to, now, "ann", more.pop("reason", "Because"), **more))


def unmet(data, to, now=LATER):
    return [one.name for one in may(data, now_in(data), to, now).unmet]


def test_silence_until_the_clock_ran_out_lets_a_request_be_adopted():
    data = moved(plan(request()), "adopted", reason="Nobody objected")
    assert now_in(data).state == "adopted"
    assert now_in(data).conclusion == "Nobody objected"
    kept = last_move(data, "RFC")
    assert (kept.before, kept.state, kept.who, kept.at) == ("proposed", "adopted", "ann", "2017-07-07T12:00Z")


def test_a_conclusion_that_is_there_stays():
    data = moved(plan(request(conclusion="As agreed on Tuesday")), "adopted")
    assert now_in(data).conclusion == "As agreed on Tuesday"


def test_all_that_is_in_the_way_is_named_at_once():
    data = plan(request(tickets=(), assignee="", planned_end="2017-08-01T00:00Z"))
    data = after(data, object_to(data, now_in(data), "Too costly", at("2017-07-04 09:00"), "ben"))
    early = at("2017-07-04 12:00")
    assert unmet(data, "adopted", early) == ["clock", "planned end", "objections", "tickets", "assignee"]
    with pytest.raises(PlanError) as told:
        moved(data, "adopted", early)
    for words in ("54 h from now", "2017-08-01", "“Too costly”", "no triggered ticket", "no assignee"):
        assert words in str(told.value)


def test_a_reason_sets_conditions_aside_and_is_kept_with_them():
    data = plan(request(tickets=()))
    data = moved(data, "adopted", at("2017-07-04 12:00"), despite="The dome is open", reason="Agreed")
    assert last_move(data, "RFC").reason == "Agreed; despite clock, tickets: The dome is open"


def test_a_request_that_changes_a_controlled_document_is_flagged_before_anything_else():
    data = plan(CONTROLLED, request(documents=("LDM",)))
    with pytest.raises(PlanError, match="changes the controlled document LDM-148; flag it first"):
        moved(data, "adopted", despite="We are in a hurry")


CONTROL = [{"key": "LSE-61"}, {"key": "X", "level": "subsystem"}, {"key": "Y", "level": "project"}]


@pytest.mark.parametrize("by", CONTROL)
def test_controlled_documents_are_known_by_handle_or_level(by):
    document = row("document", "D", name="D", **by)
    assert "flag" in unmet(plan(document, request(documents=("D",))), "adopted")


def test_other_documents_and_sections_of_uncontrolled_plans_need_no_board():
    note = row("document", "D", key="DMTN-5", name="D", level="technical note")
    section = row("section", "S", key="s", title="S")
    data = plan(note, section, request(documents=("D",), sections=("S",)))
    assert unmet(data, "adopted") == []
    data = plan(note, section, request(documents=("D",), sections=("S",)), handle="LDM-294")
    assert unmet(data, "adopted") == ["flag"]


def test_what_is_on_the_plans_own_list_is_asked_about_and_people_may_say_no():
    flagged = ("New packages", "Dependencies on third-party software")
    data = plan(request(name="Add the package astropy"), flagged=flagged)
    assert unmet(data, "adopted") == ["flag"]
    data = moved(data, "adopted", despite="It is in the stack already")
    assert "despite flag" in last_move(data, "RFC").reason
    assert unmet(plan(request(), flagged=flagged), "adopted") == []


def test_a_change_of_a_controlled_document_needs_no_ticket():
    data = plan(CONTROLLED, request(documents=("LDM",), tickets=(), state="recommended"))
    assert unmet(data, "adopted") == []


def test_only_a_board_recommends():
    data = moved(plan(CONTROLLED, request(documents=("LDM",))), "flagged")
    assert unmet(data, "recommended") == ["board"]


def test_implemented_is_a_persons_word_and_comes_after_adopted_only():
    data = moved(moved(plan(request()), "adopted"), "implemented", reason="")
    assert [row.state for row in moves_of(data, "RFC")] == ["adopted", "implemented"]
    with pytest.raises(PlanError, match="is proposed and can become flagged or adopted or withdrawn"):
        moved(plan(request()), "implemented", despite="Done already")


def test_nobody_gives_up_or_returns_a_request_without_a_reason():
    for state, to in (("proposed", "withdrawn"), ("flagged", "proposed"), ("adopted", "withdrawn")):
        data = plan(request(state=state))
        with pytest.raises(PlanError, match="Say why"):
            moved(data, to, reason=" ")
        assert now_in(moved(data, to)).state == to


def test_what_is_implemented_stays_so():
    data = plan(request(state="implemented"))
    assert allowed(data, now_in(data), LATER) == ()
    with pytest.raises(PlanError, match="is implemented, and stays so"):
        moved(data, "withdrawn")


def test_a_state_that_is_none_counts_as_proposed():
    data = plan(request(state="under way"))
    assert now_in(moved(data, "adopted")).state == "adopted"


def test_moves_of_one_minute_keep_their_order():
    data = plan(request())
    for to in ("flagged", "proposed", "withdrawn", "proposed", "flagged"):
        data = moved(data, to)
    assert [row.state for row in moves_of(data, "RFC")] == [
        "flagged", "proposed", "withdrawn", "proposed", "flagged",
    ]  # fmt: skip


def test_a_move_is_never_noted_before_the_last_one():
    data = moved(plan(request()), "flagged", at("2030-01-01 00:00"))
    data = moved(data, "withdrawn", LATER)
    assert last_move(data, "RFC").state == "withdrawn"


@given(
    st.sampled_from(STATES),
    st.sampled_from((*STATES, "", "sleeping")),
    st.datetimes(datetime(2016, 1, 1), datetime(2019, 1, 1), timezones=st.just(UTC)),
    st.booleans(),
    st.sampled_from(((), ("DM-1",))),
    st.sampled_from(("", "ann")),
    st.sampled_from(("", "It is urgent")),
)
def test_no_move_leaves_the_states_and_every_refused_one_names_its_condition(
    state, to, now, flagged, tickets, assignee, despite
):
    documents = ("LDM",) if flagged else ()
    data = plan(CONTROLLED, request(state=state, documents=documents, tickets=tickets, assignee=assignee))
    way = may(data, now_in(data), to, now)
    try:
        after_it = now_in(after(data, move(data, now_in(data), to, now, "ann", "Because", despite)))
    except PlanError as error:
        assert way.unmet
        named = [one for one in way.unmet if one.absolute] or way.unmet
        assert all(one.words in str(error) for one in named)
        assert way.refused or not despite
    else:
        assert to in MOVES[state]
        assert after_it.state == to
        assert way.free or (despite and not way.refused)


def test_an_objection_is_open_until_it_is_answered_or_taken_back():
    data = plan(request())
    data = after(data, object_to(data, now_in(data), "Too costly", at("2017-07-04 09:00"), "ben", "It is."))
    (held,) = open_objections(data, "RFC")
    assert (held.person, held.raised, held.words) == ("ben", "2017-07-04T09:00Z", "It is.")
    assert unmet(data, "adopted") == ["objections"]
    answered = after(data, answer(data, held, "Half of it goes", at("2017-07-04 10:00"), "ann"))
    assert open_objections(answered, "RFC") == []
    assert answered.rows("objection")[held.id].answerer == "ann"
    assert unmet(after(data, take_back(data, held, LATER)), "adopted") == []


def test_an_objection_needs_words_a_name_of_its_own_and_a_request_that_is_open():
    data = plan(request())
    data = after(data, object_to(data, now_in(data), "Too costly", LATER))
    with pytest.raises(PlanError, match="has an objection “Too costly” already"):
        object_to(data, now_in(data), " Too  costly", LATER)
    with pytest.raises(PlanError, match="Say in a line"):
        object_to(data, now_in(data), " ", LATER)
    done = plan(request(state="adopted"))
    with pytest.raises(PlanError, match="is adopted, so nothing can be objected"):
        object_to(done, now_in(done), "Too late", LATER)
    assert comment(done, now_in(done), "Well done", LATER, "ben")


def test_an_answer_and_a_comment_say_something():
    data = plan(request())
    data = after(data, object_to(data, now_in(data), "Too costly", LATER))
    with pytest.raises(PlanError, match="Say what is answered to “Too costly”"):
        answer(data, open_objections(data, "RFC")[0], " ", LATER)
    with pytest.raises(PlanError, match="Say something about “RFC-1”"):
        comment(data, now_in(data), "\n", LATER)
