"""Checks of change control: each finds what breaks the rules, says nothing of what keeps them, and its fix cures it."""

import pytest

from dmdesk.checks import finding as f
from dmdesk.control.requests import last_move
from dmdesk.kinds import kinds
from dmdesk.plan import preview
from tests.core.checks.controlled import BOARD, docket, item, move, objection, rfc
from tests.core.checks.plans import cured, found, plan, words


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-06-07")


def codes(*rows):
    about = ("rfc", "rfcmove", "objection", "docket", "docketitem", "boardaction")
    return sorted({one.code for one in found(plan(*BOARD, *rows)) if one.kind in about})


def after_fix(data, code):
    (one,) = found(data, code)
    after = cured(data, one)
    assert found(after, code) == []
    return after


def the(data, key="R"):
    return data.get("rfc", f"rfc {key}")


def test_a_request_that_waits_for_its_clock_and_one_that_went_its_way_are_no_findings():
    went = (
        rfc("S", state="adopted", conclusion="So be it"),
        move("S", "2017-06-05T12:00Z", "proposed", ""),
        move("S", "2017-06-08T12:00Z", "adopted"),
    )
    assert codes(rfc("R"), *went) == []


def test_a_meeting_that_decided_with_its_members_is_no_finding():
    rows = (
        rfc("R", state="recommended", documents=("document LDM-9",)),
        move("R", "2017-06-05T13:00Z", "flagged"),
        move("R", "2017-06-20T16:00Z", "recommended", "flagged"),
        docket("D", present=("person ann", "person ben")),
        item("D", "R", decision="recommend", manner="consensus"),
    )
    assert codes(*rows) == []


def test_a_planned_end_before_the_clock_runs_out_is_set_to_its_end():
    data = plan(rfc("R", planned_end="2017-06-06T12:00Z"))
    assert words(data, "rfc.early-end") == [(
        "rfc R", "Its planned end is 2017-06-06 12:00 UTC, but the clock of 72 hours runs until 2017-06-08 12:00 UTC.",
    )]  # fmt: skip
    assert the(after_fix(data, "rfc.early-end")).planned_end == "2017-06-08T12:00Z"


def test_who_answers_for_a_request_is_asked_and_guessed():
    data = plan(
        rfc("R", proposer="", assignee=""), move("R", "2017-06-05T12:00Z", "proposed", "", who="person ben")
    )
    data = after_fix(data, "rfc.no-proposer")
    assert the(after_fix(data, "rfc.no-assignee")).assignee == "person ben"
    assert codes(rfc("R", state="withdrawn", assignee=""), move("R", "2017-06-06T12:00Z", "withdrawn")) == []


def test_dates_that_contradict_each_other_or_lie_years_ahead_are_named():
    early = plan(rfc("R", planned_end="2017-06-01T12:00Z"))
    assert the(after_fix(early, "rfc.dates")).planned_end == "2017-06-08T12:00Z"
    far = plan(rfc("R", proposed="2037-06-05T12:00Z"))
    assert words(far, "rfc.dates") == [("rfc R", "It lies about 20 years ahead; look at the year.")]
    none = plan(rfc("R", proposed=""), move("R", "2017-06-02T12:00Z", "proposed", ""))
    assert the(after_fix(none, "rfc.dates")).proposed == "2017-06-02T12:00Z"
    before = plan(rfc("R", state="adopted"), move("R", "2016-06-02T12:00Z", "adopted"))
    assert words(before, "rfc.dates") == [
        ("move R 2016-06-02T12:00Z adopted", "It was adopted before it was proposed.")
    ]


def test_a_state_that_no_move_led_to_is_noted_as_of_today():
    data = after_fix(plan(rfc("R", state="flagged")), "rfc.no-move")
    assert last_move(data, "rfc R").at == "2017-06-07T00:00Z"


def test_what_changes_a_controlled_document_is_flagged():
    data = plan(*BOARD, rfc("R", documents=("document LDM-9",)))
    data = after_fix(data, "rfc.not-flagged")
    assert the(data).state == "flagged"
    assert last_move(data, "rfc R").reason == "It changes the controlled document LDM-9"
    adopted = plan(*BOARD, rfc("R", documents=("document LDM-9",), state="adopted"))
    ((_, said),) = words(adopted, "rfc.not-flagged")
    assert "the board has not seen it" in said


def test_what_sounds_like_the_plans_list_is_only_a_note():
    (one,) = found(plan(*BOARD, rfc("R", name="Three new packages")), "rfc.perhaps-flagged")
    assert (one.level, "“New packages”" in one.words) == ("note", True)


def test_what_was_adopted_without_is_found():
    data = plan(
        rfc("R", state="adopted", tickets=()), move("R", "2016-06-08T12:00Z", "adopted", reason="Nobody objected"),
        objection("R", "Too costly"), objection("R", "Late", state="answered"),
    )  # fmt: skip
    said = {one.code for one in found(data)}
    assert said >= {
        "rfc.open-objection",
        "rfc.no-conclusion",
        "rfc.no-ticket",
        "rfc.not-implemented",
        "rfc.no-answer",
    }
    assert the(after_fix(data, "rfc.no-conclusion")).conclusion == "Nobody objected"
    assert the(after_fix(data, "rfc.not-implemented")).state == "implemented"


def test_what_nobody_decides_and_what_the_board_keeps_too_long_are_found(monkeypatch):
    rows = (rfc("R"), rfc("F", state="flagged"), move("F", "2017-06-06T12:00Z", "flagged"))
    late = ("rfc.board-overdue", "rfc.undecided")
    for day, said in (("2017-06-13", []), ("2017-06-14", ["rfc.board-overdue"]), ("2017-07-10", [*late])):
        monkeypatch.setattr(f, "today", lambda day=day: day)
        assert sorted(one.code for one in found(plan(*BOARD, *rows), *late)) == said


def test_a_flagged_request_needs_a_board_to_wait_for():
    data = plan(rfc("R", state="flagged"), rfc("S", state="flagged"))
    assert [one.id for one in found(data, "rfc.no-board")] == ["rfc R"]
    assert found(plan(*BOARD, rfc("R", state="flagged")), "rfc.no-board") == []


def test_minutes_without_quorum_decision_dissent_or_consequence_are_found():
    rows = (
        rfc("R", state="flagged"), rfc("S", state="flagged"), rfc("T"), docket("D", present=("person ann",)),
        item("D", "R", decision="recommend", manner="consensus"), item("D", "S"),
        item("D", "T", decision="defer", manner="vote"),
    )  # fmt: skip
    data = plan(*BOARD, *rows)
    ((_, said),) = words(data, "docket.no-quorum")
    assert said == "It has decided without a quorum: 1 of 3 members, 2 needed: no quorum."
    assert [at for at, _ in words(data, "docket.not-followed")] == ["item D R"]
    after_fix(data, "docket.no-decision")
    after_fix(data, "docket.no-dissent")


def test_a_planned_meeting_is_found_when_its_day_has_passed_or_it_has_no_board(monkeypatch):
    data = plan(*BOARD, docket("D", state="planned", group=""))
    assert found(data, "docket.past") == []
    monkeypatch.setattr(f, "today", lambda: "2017-06-21")
    assert [one.id for one in found(data, "docket.past")] == ["docket D"]
    assert after_fix(data, "docket.no-board").get("docket", "docket D").group == "group CCB"


def test_no_fix_of_a_move_is_noted_twice():
    data = plan(*BOARD, rfc("R", documents=("document LDM-9",)))
    (one,) = found(data, "rfc.not-flagged")
    assert len({change.id for change in one.fix}) == len(one.fix)
    assert preview(data, one.fix).rows("rfcmove")


def test_what_a_meeting_asked_for_is_found_once_its_day_has_passed_and_it_is_not_done():
    def asked(name, **values):
        given = {"docket": "docket D", "name": name, **values}
        return kinds()["boardaction"].make(given, f"asked {name}")

    data = plan(
        *BOARD,
        docket("D"),
        asked("Late", due="2017-06-06"),
        asked("Today", due="2017-06-07"),
        asked("Done", due="2017-06-01", done="2017-06-01"),
        asked("Some day"),
    )
    assert words(data, "docket.action-overdue") == [("asked Late", "It was to be done by 2017-06-06.")]
    assert after_fix(data, "docket.action-overdue").get("boardaction", "asked Late").done == "2017-06-07"
