"""Change requests and the board from the command line, run in this process on a real plan file."""

import pytest

from dmdesk import changes as c
from dmdesk.plan import Plan
from tests.core.control.requested import people, request, row
from tests.core.rows import empty_file
from tests.core.test_cli import Cli

ANN = ("--who", "ann")


@pytest.fixture
def dm(tmp_path, capsys) -> Cli:
    """A plan with a board of three, a request of July 2017, and a controlled document."""
    rows = [
        row("plan", "PLAN", handle="DMTN-1", title="A plan", control_authority="CCB", state="draft"),
        *people(),
        request(),
        row("document", "LDM", key="LDM-148", name="Design"),
        row("product", "A", key="A", name="Archive"),
    ]
    with Plan.open(empty_file(tmp_path / "a.dmplan")) as plan:
        plan.step("Begin", map(c.add, rows))
    return Cli(tmp_path / "a.dmplan", capsys)


def rfc(dm, *words, **more):
    return dm("rfc", "RFC-1", *words, **more)


def state(dm):
    return dm.json("rfc", "RFC-1")["state"]


def test_requests_are_listed_with_their_clocks(dm):
    said = dm("rfc", "--at", "2017-07-05 18:50")
    assert "23 h 10 min left" in said
    assert said.endswith("1 change request.\n")
    (one,) = dm.json("rfc", "--at", "2017-07-05 18:50")
    assert (one["key"], one["clock"], one["closes"]) == ("RFC-1", "23 h 10 min left", "2017-07-06T18:00Z")
    assert dm.json("rfc", "--filter", "assignee:ben") == []


def test_a_request_says_where_it_may_move_and_what_is_in_the_way(dm):
    said = rfc(dm, "--at", "2017-07-05 18:50")
    assert "May become adopted, when this holds:\n  - The clock of 72 hours runs until 2017-07-06" in said
    assert "\nMay be proposed anew.\n" in said and "become proposed" not in said
    told = dm.json("rfc", "RFC-1", "--at", "2017-07-05 18:50")
    adopting = next(way for way in told["may"] if way["state"] == "adopted")
    assert not adopting["free"]
    assert [one["name"] for one in adopting["conditions"] if not one["holds"]] == ["clock"]


def test_a_request_is_adopted_once_its_clock_ran_out_and_not_before(dm):
    said = rfc(dm, "move", "adopted", "--at", "2017-07-05 18:50", code=2)
    assert "“RFC-1” cannot become adopted yet. The clock of 72 hours runs" in said
    assert state(dm) == "proposed"
    rfc(dm, "move", "adopted", "--at", "2017-07-07 09:00", "--why", "Nobody objected", *ANN)
    told = dm.json("rfc", "RFC-1")
    assert (told["state"], told["conclusion"]) == ("adopted", "Nobody objected")
    assert [(one["at"], one["who"]) for one in told["moves"]] == [("2017-07-07T09:00Z", "Ann")]


def test_conditions_are_set_aside_with_a_reason_and_moves_that_are_none_are_not(dm):
    rfc(dm, "move", "adopted", "--at", "2017-07-05 18:50", "--despite", "The dome is open")
    assert dm.json("rfc", "RFC-1")["moves"][0]["reason"] == "despite clock: The dome is open"
    assert "is adopted and can become" in rfc(dm, "move", "flagged", "--despite", "So be it", code=2)


def test_people_object_answer_retract_and_comment(dm):
    rfc(dm, "object", "Too costly", "--why", "It is.", "--who", "Ben")
    rfc(dm, "object", "Too late")
    assert "names several objections to RFC-1: “Too costly”; “Too late”" in rfc(dm, "answer", "too", code=2)
    rfc(dm, "answer", "costly", "--why", "Half of it goes", *ANN)
    rfc(dm, "retract", "Too late")
    rfc(dm, "comment", "Well then", *ANN)
    told = dm.json("rfc", "RFC-1")
    assert [(one["name"], one["state"], one["person"]) for one in told["objections"]] == [
        ("Too costly", "answered", "Ben"), ("Too late", "withdrawn", ""),
    ]  # fmt: skip
    assert [one["words"] for one in told["comments"]] == ["Well then"]
    assert "Half of it goes" in rfc(dm)


def test_the_user_is_noted_where_the_plan_knows_one(dm, monkeypatch):
    monkeypatch.setenv("DMDESK_USER", "Cleo")
    rfc(dm, "comment", "I agree")
    assert dm.json("rfc", "RFC-1")["comments"][0]["person"] == "Cleo"


def test_what_is_no_deed_no_request_and_no_moment_is_a_mistake(dm):
    assert "did you mean “comment”?" in rfc(dm, "coment", "x", code=2)
    assert "There is no change request “RFC-9”" in dm("rfc", "RFC-9", code=2)
    assert "“--at”: “soon” is not a moment" in rfc(dm, "--at", "soon", code=2)


def test_writing_commands_work_under_a_request_and_it_shows_what_they_came_to(dm):
    dm("set", "product", "A", "name=Data archive", "--rfc", "RFC-1")
    dm("add", "product", "key=B", "name=Base", "--rfc", "RFC-1")
    work = dm.json("rfc", "RFC-1")["work"]
    assert [(one["op"], one["key"]) for one in work] == [("add", "B"), ("set", "A")]
    assert "Product A | Name | Archive | Data archive" in rfc(dm)
    assert "There is no change request “RFC-9”" in dm(
        "set", "product", "A", "name=C", "--rfc", "RFC-9", code=2
    )


def test_a_rejected_request_takes_its_work_along(dm):
    dm("set", "product", "A", "name=Data archive", "--rfc", "RFC-1")
    assert rfc(dm, "reject", "Not needed") == "Reject RFC-1.\n"
    assert (state(dm), dm.json("list", "product")[0]["name"]) == ("withdrawn", "Archive")
    assert "Nothing that was done under RFC-1 still stands" in rfc(dm, "take-back", code=2)


def test_a_locked_plan_is_changed_under_a_request_only(dm):
    dm("add", "revision", "version=1.0", "date=2017-07-01", "description=First")
    dm("set", "plan", "DMTN-1", "change_lock=change request")
    said = dm("set", "product", "A", "name=Data archive", code=2)
    assert "“Archive” was baselined and is changed under a change request only" in said
    dm("set", "product", "A", "name=Data archive", "--rfc", "RFC-1")


def test_what_was_changed_without_a_request_is_listed_and_put_under_one(dm):
    assert "Nothing was changed without" in dm("rfc", "--without")
    dm("add", "revision", "version=1.0", "date=2017-07-01", "description=First")
    dm("set", "product", "A", "name=Data archive")
    (one,) = dm.json("rfc", "--without")["without"]
    assert "Set Name of" in one["title"]
    assert "There is no step “9,99”" not in rfc(dm, "assign", "99", code=2)
    assert rfc(dm, "assign", str(one["id"])) == "1 step put under RFC-1.\n"
    assert dm.json("rfc", "--without") == {"without": [], "lost": []}


def test_steps_of_a_deleted_request_are_told_by_its_key(dm):
    dm("set", "product", "A", "name=Data archive", "--rfc", "RFC-1")
    dm("drop", "rfc", "RFC-1")
    (lost,) = dm.json("rfc", "--without")["lost"]
    assert lost["key"] == "RFC-1 (deleted)"
    assert "Made under RFC-1 (deleted): 1 step" in dm("rfc", "--without")
    assert "1 step stands under RFC-1 (deleted)" in dm("check")
    assert [one["rfc"] for one in dm.json("history", "title:Set")] == ["RFC-1"]


def test_check_asks_the_history_as_well_where_there_are_requests(dm):
    dm("add", "revision", "version=1.0", "date=2017-07-01", "description=First")
    dm("set", "product", "A", "name=Data archive")
    dm("set", "plan", "DMTN-1", "change_lock=change request")
    (one,) = dm.json("check", "--only", "history.no-request")
    assert (one["key"], one["field"]) == ("A", "name")
    dm("accept", "history.no-request", "product", "A", "--reason", "A typing error")
    assert dm.json("check", "--only", "history.no-request") == []


def flagged(dm):
    dm("set", "rfc", "RFC-1", "documents=LDM-148")
    rfc(dm, "move", "flagged", "--at", "2017-07-05 10:00", *ANN)


def test_a_meeting_is_called_and_held_and_moves_its_requests(dm):
    flagged(dm)
    dm("hold", "CCB-7", "--at", "2017-07-12 16:00")
    assert dm.json("docket")[0]["state"] == "planned"
    said = dm("hold", "CCB-7", "RFC-1=recommend", code=2)
    assert "no quorum (0 of 3 members, 2 needed: no quorum)" in said
    dm(
        "hold",
        "CCB-7",
        "RFC-1=recommend:vote",
        "--present",
        "ann",
        "--present",
        "Ben",
        "--dissent",
        "RFC-1=Ben: early",
    )
    told = dm.json("docket", "CCB-7")
    assert (told["state"], told["members_present"], told["members"], told["quorum"]) == ("held", 2, 3, True)
    assert [(one["decision"], one["manner"], one["dissent"]) for one in told["items"]] == [
        ("recommend", "vote", ["Ben: early"])
    ]
    assert state(dm) == "recommended"
    assert dm.json("rfc", "RFC-1")["moves"][-1]["at"] == "2017-07-12T16:00Z"
    said = dm("docket", "CCB-7")
    for words in (
        "Ann (Role of ann), Ben (Role of ben)",
        "Members absent   Cleo",
        "recommended, vote",
        "Ben: early",
    ):
        assert words in said
    assert "2 of 3 members" in dm("docket")


def test_a_held_meeting_is_taken_back_as_one_step(dm):
    flagged(dm)
    dm("hold", "CCB-7", "RFC-1=return", "--present", "ann", "--present", "ben", "--at", "2017-07-12 16:00")
    assert state(dm) == "proposed"
    dm("undo")
    assert (state(dm), dm.json("docket")) == ("flagged", [])


def test_mistakes_about_a_meeting_are_named_and_change_nothing(dm):
    flagged(dm)
    for words, said in (
        (("CCB-7", "RFC-1"), "“RFC-1” should be KEY=DECISION"),
        (("CCB-7", "RFC-1=recomend"), "did you mean “recommend”?"),
        (("CCB-7", "RFC-1=defer:dice"), "“dice” does not say how it was decided"),
        (("CCB-7", "RFC-1=defer", "--dissent", "RFC-2=x"), "“RFC-2” has dissent but no decision"),
        (("CCB-7", "--board", "XYZ"), "There is no group “XYZ”"),
    ):
        assert said in dm("hold", *words, code=2)
    assert dm.json("docket") == []
    assert "the board has not met yet" in dm("docket", "CCB-7", code=2)
