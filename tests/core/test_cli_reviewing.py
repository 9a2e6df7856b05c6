"""Reading reviews and taking steps of the past back, run in this process on a real plan file."""

import pytest

from dmdesk.changes import put
from dmdesk.plan import Plan
from dmdesk.risks import deeds, reviewing
from tests.core.risks import meeting
from tests.core.risks.meeting import do, item
from tests.core.test_cli import Cli


@pytest.fixture
def dm(tmp_path, capsys) -> Cli:
    """A plan with one finished review of four risks, in which A was judged and B skipped, and one that runs."""
    plan = meeting.file(tmp_path)
    review = meeting.begin(plan, people=("ann",), others=("A guest",))
    one = item(plan, review, "A")
    do(plan, deeds.rate(plan.data, review, one, {"likelihood": 2}))
    do(plan, deeds.note(plan.data, review, one, "It gets better\x1b[31m"))
    do(plan, reviewing.through(plan.data, review, one, 90))
    do(plan, reviewing.skip(plan.data, review, item(plan, review, "B")))
    do(plan, reviewing.finish(plan.data, review))
    meeting.begin(plan, "2017-12-18")
    plan.close()
    return Cli(tmp_path / "risks.dmplan", capsys)


def test_reviews_are_listed_oldest_first(dm):
    lines = dm("review").splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["2017-09-25", "2017-12-18"]
    assert "finished  1 of 4" in lines[2]
    assert [one["state"] for one in dm.json("review")] == ["finished", "running"]


def test_a_review_is_read_as_it_is_printed(dm):
    said = dm("review", "2017-09-25")
    assert "Present       Ann Ito, A guest" in said
    assert "It gets better" in said
    assert "\x1b" not in said
    assert "Passed over" in said


def test_a_review_is_told_as_data(dm):
    told = dm.json("review", "2017-09-25")
    assert (told["people"], told["others"], told["risks"], told["reviewed"]) == (
        ["Ann Ito"],
        ["A guest"],
        4,
        1,
    )
    first = told["agenda"][0]
    assert (first["risk"], first["state"], first["score_before"], first["score_after"]) == (
        "DM-T-001", "reviewed", 22, 14,
    )  # fmt: skip
    assert told["since"]["unchanged"] == 0


def test_a_review_that_is_not_there_is_a_mistake(dm):
    said = dm("review", "2017-09-26", code=2)
    assert said.startswith("There is no review “2017-09-26” in this plan; did you mean “2017-09-25”")


def test_what_a_review_changed_of_a_risk_is_taken_back_once(dm):
    assert dm("review", "2017-09-25", "--take-back", "DM-T-001") == (
        "Take back what the review of 2017-09-25 changed of DM-T-001.\n"
    )
    with Plan.open(dm.file) as plan:
        assert deeds.levels_of(plan.data, "A")["likelihood"] == 4
    assert "changed nothing of “DM-T-001” that still stands" in dm(
        "review", "2017-09-25", "--take-back", "DM-T-001", code=2
    )


def test_a_step_of_the_past_is_undone_by_its_id(dm):
    steps = {one["title"]: one["id"] for one in dm.json("history")}
    assert dm("undo", "--step", str(steps["DM-T-001: likelihood 4 → 2"])) == (
        "Took back: DM-T-001: likelihood 4 → 2.\n"
    )
    with Plan.open(dm.file) as plan:
        assert deeds.levels_of(plan.data, "A")["likelihood"] == 4
        assert plan.undoable.title == "Take back “DM-T-001: likelihood 4 → 2”"
    assert "was taken back already" in dm("undo", "--step", str(steps["DM-T-001: likelihood 4 → 2"]), code=2)


def test_a_step_that_is_not_there_or_built_upon_is_a_mistake(dm):
    assert "There is no step 999" in dm("undo", "--step", "999", code=2)
    with Plan.open(dm.file) as plan:
        first = plan.step("One", [put(plan.data.rows("risk")["A"], {"name": "One"})])
        plan.step("Two", [put(plan.data.rows("risk")["A"], {"name": "Two"})])
    assert "because “Two” of" in dm("undo", "--step", str(first.id), code=2)
