"""The past: which steps of the history a filter finds, by who, when, kind, field, row, value and words."""

import json
from pathlib import Path

import pytest

from dmdesk import changes as c
from dmdesk import cli, past
from dmdesk.filters import FilterError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from dmdesk.releasing.flow import finish, prepare
from tests.core import releasing
from tests.core.rows import empty_file


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Rows added by Ann, one renamed by Ben for a reason, one removed and undone."""
    made = Plan.open(empty_file(tmp_path / "past.dmplan"))
    monkeypatch.setenv("DMDESK_USER", "Ann Ito")
    product = kinds()["product"].make({"key": "HEADER", "name": "Header"}, "p")
    person = kinds()["person"].make({"key": "jo", "name": "Jo March"}, "j")
    made.step("Fill", [c.add(product), c.add(person)])
    monkeypatch.setenv("DMDESK_USER", "Ben Okri")
    now = made.data.rows("product")["p"]
    made.step("Set the manager", [c.put(now, {"managers": ("j",), "note": "moved"})], "RFC-380")
    made.step("Remove the person", c.drop_all(made.data, [person]))
    made.undo()
    yield made
    made.close()


def found(plan: Plan, text: str) -> list[str]:
    steps = plan.history()
    told = past.Past(plan.past).data(plan.data, steps)
    ids = past.parse(text).matches(told, past.facts(steps, plan.baselines()))
    return [step.title for step in steps if str(step.id) in ids]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("who:ann", ["Fill"]),
        ("mine", ["Remove the person", "Set the manager"]),
        ("-mine", ["Fill"]),
        ("kind:person", ["Remove the person", "Fill"]),
        ("kind:people who:ben", ["Remove the person"]),
        ("field:manager", ["Remove the person", "Set the manager"]),
        ("field:note", ["Set the manager"]),
        ("row:header", ["Remove the person", "Set the manager", "Fill"]),
        ('value:"jo march"', ["Remove the person", "Set the manager", "Fill"]),
        ("state:undone", ["Remove the person"]),
        ("has:why", ["Set the manager"]),
        ("rfc-380 moved", ["Set the manager"]),
        ("remove or fill", ["Remove the person", "Fill"]),
        ("changed>2017-06-01 kind:product field:note", ["Set the manager"]),
        ("changed<2017-06-01", []),
        ("changed>=today -state:undone who:ben", ["Set the manager"]),
    ],
)  # fmt: skip
def test_a_filter_finds_steps(plan: Plan, text: str, titles: list[str]) -> None:
    assert found(plan, text) == titles


@pytest.mark.parametrize("text", ["is:leaf", "own:who", "frob:x", "who:", "changed>soon", "(who:ann"])
def test_what_no_step_can_answer_is_said_and_never_ignored(plan: Plan, text: str) -> None:
    with pytest.raises(FilterError) as error:
        found(plan, text)
    assert str(error.value).endswith(".")


def test_what_can_be_typed_is_what_steps_have(plan: Plan) -> None:
    told = past.Past(plan.past).data(plan.data, plan.history())
    offered = [one.text for one in past.complete("", 0, told)]
    assert {"who:", "kind:", "field:", "changed:", "mine"} <= set(offered)
    assert not {"is:", "own:"} & set(offered)
    assert [one.text for one in past.complete("who:a", 5, told)] == ['"Ann Ito"']
    assert "People" in [one.text for one in past.complete("kind:", 5, told)]


def test_a_step_that_is_undone_meanwhile_is_known_as_undone(plan: Plan) -> None:
    known = past.Past(plan.past)
    known.data(plan.data, plan.history())
    plan.undo()
    told = known.data(plan.data, plan.history())
    ids = past.parse("state:undone").matches(told, past.facts(plan.history()))
    assert len(ids) == 2


def test_the_command_line_keeps_the_steps_that_fit(plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["history", str(plan.path), "who:ben -state:undone"]) == 0
    said = capsys.readouterr().out
    assert "Set the manager" in said and "Fill" not in said
    assert "1 of 3 steps fit." in said
    assert cli.main(["history", str(plan.path), "frob:1"]) == 2
    assert "no field “frob”" in capsys.readouterr().err


def test_changed_since_a_baseline_goes_by_steps_and_not_by_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of it on one day: what came before the release is not found, nor is the release."""
    with releasing.made(tmp_path / "r.dmplan") as plan:
        releasing.rename(plan, "Early")
        finish(plan, prepare(plan.data, [], releasing.wish()), None)
        assert found(plan, "changed>3.0") == []
        releasing.rename(plan, "Late")
        releasing.rename(plan, "Later")
        assert found(plan, "changed>3.0") == found(plan, "changed>3") == ["Rename to Later", "Rename to Late"]
        assert found(plan, "changed>=3.0") == ["Rename to Later", "Rename to Late", "Release 3.0"]
        assert found(plan, "changed<3.0") == ["Rename to Early", "Begin"]
        assert found(plan, "-changed>3.0") == ["Release 3.0", "Rename to Early", "Begin"]
        with pytest.raises(FilterError, match="neither a day such as"):
            found(plan, "changed>4.0")
        path = plan.path
    assert cli.main(["history", str(path), "changed>3.0", "--json"]) == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == [
        "Rename to Later",
        "Rename to Late",
    ]
