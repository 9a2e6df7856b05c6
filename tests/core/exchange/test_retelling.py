"""Histories that come as text, and the one of the sample plan."""

from datetime import UTC, datetime, timedelta

import pytest

from dmdesk.canon import dumps
from dmdesk.changes import difference
from dmdesk.errors import PlanError
from dmdesk.exchange import sample, text
from dmdesk.exchange.retelling import retell
from dmdesk.plan import Plan

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "sample.dmplan"
    sample.build(path, NOW)
    with Plan.open(path) as plan:
        yield plan


def keyed(plan, kind, key):
    return next(row for row in plan.data.rows(kind).values() if plan.data.key(row) == key)


def told(tmp_path, words):
    source = tmp_path / "history.toml"
    source.write_text(words, "utf-8")
    with Plan.create(tmp_path / "a.dmplan", text.read(sample.SAMPLE)) as plan:
        retell(plan, source, NOW)
        return plan.history(), plan.data


def test_the_sample_begins_with_its_baseline_and_a_short_history_after_it(made):
    assert [one.version for one in made.baselines()] == ["3.0"]
    steps = made.history()[::-1]
    assert steps[0].title == "Release 3.0"
    assert 18 <= len(steps) <= 25
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert {step.at[:7] for step in steps[1:-1]} == {"2017-07"}


def test_the_baseline_of_the_sample_is_its_text(made):
    then = made.at("3.0")
    approved = text.read(sample.SAMPLE)
    (plan,) = difference(approved, then)
    assert plan.fields == {"state": ("draft", "baselined")}


def test_the_history_corrects_the_manager_of_the_root(made):
    root, then = keyed(made, "product", "DM"), made.at("3.0")
    before = then.get("product", root.id)
    person = {id: made.data.key(row) for id, row in made.data.rows("person").items()}
    assert [person[id] for id in before.managers] == ["juric"]
    assert [person[id] for id in root.managers] == ["omullane"]
    assert [person[id] for id in root.owners] == ["juric"]


def test_the_elements_of_ncsa_keep_their_rows_under_their_new_numbers(made):
    then = made.at("3.0")
    codes = {then.key(row): made.data.key(made.data.get("wbs", id)) for id, row in then.rows("wbs").items()}
    assert {old: new for old, new in codes.items() if old != new} == {
        "1.02C.07.00": "1.02C.07.05",
        "1.02C.07.01": "1.02C.07.06.01",
        "1.02C.07.02": "1.02C.07.06.02",
        "1.02C.07.03": "1.02C.07.07",
        "1.02C.07.04": "1.02C.07.08",
        "1.02C.07.05": "1.02C.07.09",
    }
    element = keyed(made, "wbs", "1.02C.07.07")
    assert "[[1.02C.07.06.01]] and [[1.02C.07.06.02]]" in element.dictionary
    assert "1.02C.07.08.06" in keyed(made, "product", "NETARCH").wbs[0]


def test_one_request_is_adopted_and_the_clock_of_another_runs(made):
    adopted, running = keyed(made, "rfc", "RFC-358"), keyed(made, "rfc", "RFC-361")
    assert adopted.state == "adopted"
    assert {step.rfc for step in made.history()} == {"", adopted.id}
    assert running.state == "proposed"
    assert running.proposed == "2026-02-28T06:30Z"
    assert datetime.fromisoformat(running.planned_end) - NOW == timedelta(hours=42)


def test_one_board_meeting_was_held(made):
    (docket,) = made.data.rows("docket").values()
    assert docket.state == "held"
    (item,) = made.data.rows("docketitem").values()
    assert (item.docket, item.decision) == (docket.id, "recommend")


def test_the_sample_is_the_same_wherever_it_is_made(made, tmp_path):
    sample.build(tmp_path / "again.dmplan", NOW)
    with Plan.open(tmp_path / "again.dmplan") as again:
        assert dumps(again.data, all_ids=True) == dumps(made.data, all_ids=True)
        assert again.baselines()[0].seal == made.baselines()[0].seal


def test_the_sample_is_undone_step_by_step_down_to_its_text(tmp_path):
    sample.build(tmp_path / "a.dmplan", NOW)
    with Plan.open(tmp_path / "a.dmplan") as plan:
        while plan.undo():
            pass
        assert not difference(text.read(sample.SAMPLE), plan.data)
        assert not plan.baselines()


def test_a_step_is_told_with_its_day_and_its_author_and_asks_for_no_backup(tmp_path):
    (step,), data = told(
        tmp_path,
        """
        [[step]]
        at = 2017-07-03T15:56:10-07:00
        who = "lim"
        title = "Rename"
        [[step.change]]
        of = "product SCIPLAT"
        key = "LSP"
        """,
    )
    assert (step.at, step.who, step.title) == ("2017-07-03T22:56:10Z", "lim", "Rename")
    assert any(data.key(row) == "LSP" for row in data.rows("product").values())


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ('[[step.change]]\nof = "product NONE"', "“product NONE” is not in the plan"),
        ('[[step.change]]\nof = "gadget X"', "no kind “gadget”"),
        ('[[step.change]]\nof = "product DM"\ncolour = "red"', "no field “colour”"),
        ('[[step.change]]\nof = "product DM"\n[step.change.replace]\ndescription = [["Nothing", "x"]]',
         "“Nothing” is not there"),
        ('[[step.renumber]]\nof = "wbs 1.02C.07.01"\nto = "1.02C.07.02"', "1.02C.07.02"),
        ('[[step.add]]\nof = "rfc"\nkey = "A"\nname = "B"\nproposed = "soon"', "“soon” is not a moment"),
        ("", "'who' is missing"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_history_is_named_with_its_step(tmp_path, what, said):
    who = 'who = "lim"\n' if what else ""
    with pytest.raises(PlanError, match=r"history.toml, step “Odd”: ") as caught:
        told(tmp_path, f'[[step]]\nat = 2017-07-03T22:56:10Z\n{who}title = "Odd"\n{what}')
    assert said in str(caught.value)


def test_a_file_that_is_there_is_never_replaced_by_the_sample(tmp_path):
    (tmp_path / "a.dmplan").write_text("mine")
    with pytest.raises(PlanError, match="is there already"):
        sample.build(tmp_path / "a.dmplan")
    assert (tmp_path / "a.dmplan").read_text() == "mine"
