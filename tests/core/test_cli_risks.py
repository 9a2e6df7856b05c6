"""The register on the command line: listed, summed up, judged and moved without a window."""

import csv
import io
import json
import zipfile

import pytest

from dmdesk import cli
from dmdesk.changes import add
from dmdesk.plan import Plan
from dmdesk.risks import due
from tests.core import rows
from tests.core.risks.register import risk, row, score


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(due, "today", lambda: "2017-07-01")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.dmplan"
    rows.empty_file(path)
    made = [
        row("plan", "plan", title="Plan", handle="LDM-0"), row("person", "ito", key="ito", name="Ann Ito"),
        risk("h", key="DM-T-001", name="Data late", headline=True),
        risk("a", key="DM-T-002", name="Disks late", parent="h", owner="ito", cost_min=5_000_000, cost_likely=7_500_000,
             cost_max=20_000_000, condition="If the disks\ncome late"),
        risk("b", key="DM-T-003", name="=Staff", state="candidate"), risk("c", key="DM-T-004", name="No figures"),
        risk("d", key="DM-T-005", name="In the baseline", cost_likely=1_000, funding="baseline"),
        score("a", 3, 4, "2017-01-01"), score("b", 1, 1), score("c", 2, 2), score("d", 5, 1),
        row("draw", "w", risk="a", date="2017-02-01", amount=1_000, change="LCR-7"),
    ]  # fmt: skip
    with Plan.open(path) as plan:
        plan.step("Make a register", [add(one) for one in made])
    return path


def run(capsys, *words):
    code = cli.main(list(map(str, words)))
    found = capsys.readouterr()
    assert code == 0, found.err
    return found.out


def refused(capsys, *words):
    assert cli.main(list(map(str, words))) == 2
    found = capsys.readouterr()
    assert found.out == ""
    return found.err


def held(file, kind, key):
    with Plan.open(file) as plan:
        return plan.data.find(kind, key)


def test_the_register_is_a_table_with_a_summary_children_below_their_headline(file, capsys):
    lines = run(capsys, "risks", file).splitlines()
    assert lines[0].split()[:4] == ["Risk", "ID", "Type", "Title"]
    a = next(line for line in lines if line.startswith("DM-T-002"))
    assert "threat    Disks late" in a
    assert a.split()[-6:-1] == ["3", "4", "19", "moderate", "4,583,333"]
    assert lines[-1] == "5 risks: 1 candidate, 4 active; Σ P×I $4,583,333."


def test_a_filter_chooses_risks_and_the_summary_sums_up_those(file, capsys):
    out = run(capsys, "risks", file, "state:candidate or level:low")
    assert out.splitlines()[-1] == "2 of 5 risks: 1 candidate, 1 active; Σ P×I $0."


def test_json_has_every_field_with_numbers_as_numbers(file, capsys):
    found = {one["key"]: one for one in json.loads(run(capsys, "risks", file, "--json"))}
    a = found["DM-T-002"]
    assert (a["owner"], a["parent"], a["score"], a["level"], a["emv"]) == (
        "Ann Ito", "Data late", 19, "moderate", 4_583_333,
    )  # fmt: skip
    assert (a["condition"], a["drawn"], a["cost_max"]) == ("If the disks\ncome late", 1_000, 20_000_000)
    assert (found["DM-T-001"]["score"], found["DM-T-001"]["probability"]) == (19, None)


def test_csv_has_every_field_too(file, capsys):
    found = list(csv.DictReader(io.StringIO(run(capsys, "risks", file, "--csv"))))
    assert [one["key"] for one in found] == [f"DM-T-00{n}" for n in range(1, 6)]
    assert found[1]["score"] == "19"


def test_a_spreadsheet_has_the_risks_and_what_is_part_of_them(file, tmp_path, capsys):
    out = tmp_path / "register.xlsx"
    assert run(capsys, "risks", file, "owner:ito", "--xlsx", out) == "1 risk in “register.xlsx”.\n"
    book = zipfile.ZipFile(out).read("xl/workbook.xml").decode()
    assert all(f'name="{name}"' in book for name in ("Risks", "Risk scores", "Contingency draws"))
    assert "Disks late" in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml").decode()
    assert "call it “register.xlsx”" in refused(capsys, "risks", file, "--xlsx", tmp_path / "register.csv")
    assert "choose one" in refused(capsys, "risks", file, "--json", "--csv")


def test_exposure_puts_the_sum_beside_the_simulation(file, capsys):
    found = json.loads(run(capsys, "exposure", file, "--json", "--runs", 2_000, "--seed", 7))
    assert (found["risks"], found["expected"], found["drawn"], found["baseline"]) == (
        1,
        4_583_333,
        1_000,
        900,
    )
    assert (found["runs"], found["seed"], found["shape"]) == (2_000, 7, "pert")
    assert abs(found["mean"] - found["expected"]) < 300_000
    assert found["p50"] <= found["p80"] <= found["p90"]
    assert found["left_out"] == ["DM-T-004"]
    assert found["by"]["owner"] == [{"name": "Ann Ito", "expected": 4_583_333, "risks": 1}]
    assert [one["risk"] for one in found["drivers"]] == ["DM-T-002"]
    assert len(found["curve"]) == 101
    amounts = [one["amount"] for one in found["curve"]]
    assert amounts == sorted(amounts)


def test_the_same_seed_gives_the_same_words(file, capsys):
    first, second = (
        run(capsys, "exposure", file, "--by", "owner", "--shape", "triangular") for _ in range(2)
    )
    assert first == second
    lines = first.splitlines()
    assert lines[0].split() == ["Σ", "P×I", "$4,583,333"]
    assert "1 active risk funded from contingency; 10,000 runs, seed 1, triangular." in lines
    assert "1 active risk without figures or a probability: DM-T-004." in lines
    assert any(line.split() == ["Ann", "Ito", "$4,583,333", "1"] for line in lines)


def test_exposure_of_a_plan_without_risks_is_nothing(tmp_path, capsys):
    empty = tmp_path / "empty.dmplan"
    rows.empty_file(empty)
    assert "Σ P×I         $0" in run(capsys, "exposure", empty)
    assert "There are no Risks" in run(capsys, "risks", empty)


def test_runs_that_are_no_number_of_runs_are_refused(file, capsys):
    assert "0 runs cannot be made" in refused(capsys, "exposure", file, "--runs", 0)


def test_scales_are_listed_and_one_is_put_to_use(file, capsys):
    assert [line.split()[0] for line in run(capsys, "scale", file).splitlines()[2:]] == [
        "rubin",
        "nasa",
        "doe",
        "pmi",
    ]
    said = run(capsys, "scale", file, "pmi")
    assert "uses the scale “PMI” now" in said
    assert next(line for line in run(capsys, "scale", file).splitlines() if line.startswith("pmi")).endswith(
        "in use"
    )
    assert json.loads(run(capsys, "risks", file, "owner:ito", "--json"))[0]["score"] == 0.2
    assert "uses the scale “PMI” already" in run(capsys, "scale", file, "pmi")
    assert "did you mean “nasa”?" in refused(capsys, "scale", file, "nassa")
    run(capsys, "undo", file)
    assert held(file, "scale", "pmi") is None


def test_a_plan_without_front_matter_cannot_note_its_scale(tmp_path, capsys):
    empty = tmp_path / "empty.dmplan"
    rows.empty_file(empty)
    assert "no front matter" in refused(capsys, "scale", empty, "nasa")


def test_a_risk_is_moved_with_its_reason(file, capsys):
    out = run(capsys, "move", file, "DM-T-002", "retired", "--why", "The disks came.", "--on", "2017-06-30")
    assert "State: active → retired" in out
    assert (held(file, "risk", "DM-T-002").state, held(file, "risk", "DM-T-002").conclusion) == (
        "retired", "The disks came.",
    )  # fmt: skip
    with Plan.open(file) as plan:
        (move,) = plan.data.rows("move").values()
        assert (move.date, move.state, move.reason) == ("2017-06-30", "retired", "The disks came.")
        assert move.who


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("DM-T-002", "retired"), "Say why"), (("DM-T-002", "gone"), "can become"), (("DM-T-9", "active"), "no risk"),
        (("DM-T-003", "active", "--on", "soon"), "is not a date"),
    ],
)  # fmt: skip
def test_a_move_that_is_none_is_refused_in_a_sentence(file, capsys, words, said):
    assert said in refused(capsys, "move", file, *words)


def test_a_score_is_added_beside_the_one_before(file, capsys):
    out = run(capsys, "score", file, "DM-T-002", 4, 4, "--cost", 5, "--why", "Prices rose.")
    assert out.endswith("Score 24, high.\n")
    with Plan.open(file) as plan:
        scores = sorted((one.date, one.likelihood, one.cost, one.note) for one in plan.data.rows("score").values()
                        if one.risk == "a")  # fmt: skip
    assert scores == [("2017-01-01", 3, None, ""), ("2017-07-01", 4, 5, "Prices rose.")]


def test_the_target_is_judged_for_itself(file, capsys):
    assert run(capsys, "score", file, "DM-T-002", 1, 2, "--sort", "target").endswith("Score 3, low.\n")
    assert json.loads(run(capsys, "risks", file, "owner:ito", "--json"))[0]["target"] == 3
    assert run(capsys, "score", file, "DM-T-002", 1, 2, "--sort", "target").startswith("No differences.")


def test_a_level_that_the_scale_lacks_is_refused(file, capsys):
    said = refused(capsys, "score", file, "DM-T-002", 6, 4)
    assert said == "dmdesk: The scale “Rubin Observatory” has no likelihood level 6; it has 1 to 5.\n"
    assert "no cost level 0" in refused(capsys, "score", file, "DM-T-002", 5, 4, "--cost", 0)


def test_a_new_risk_gets_an_id_by_the_pattern_and_is_a_candidate_since_today(file, capsys):
    run(capsys, "add", file, "risk", "name=A new one")
    made = held(file, "risk", "DM-T-006")
    assert (made.name, made.kind, made.state, made.entered) == (
        "A new one",
        "threat",
        "candidate",
        "2017-07-01",
    )
    run(
        capsys, "add", file, "risk", "name=A chance", "kind=opportunity", "state=active", "entered=2017-01-01"
    )
    made = held(file, "risk", "DM-O-001")
    assert (made.state, made.entered) == ("active", "2017-01-01")
    run(capsys, "add", file, "risk", "key=OWN", "name=With a key")
    assert held(file, "risk", "OWN").state == "candidate"
    assert "needs name" in refused(capsys, "add", file, "risk", "kind=threat")
