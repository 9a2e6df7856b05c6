"""The history without a window: a step of the past taken back after a look, and the oldest ones removed for good."""

import json
from pathlib import Path

import pytest

from dmdesk import backups, cli
from dmdesk import changes as c
from dmdesk.baselines import Terms
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A and B; A's key changed, A renamed twice, 1.0 sealed, B takes the key that A had."""
    made = Plan.open(rows.empty_file(tmp_path / "a.dmplan"))
    make = kinds()["product"].make
    made.step("Begin", [c.add(make({"key": id, "name": id}, id)) for id in ("A", "B")])
    for title, id, values in (
        ("Key", "A", {"key": "AA"}),
        ("Rename", "A", {"name": "Anton"}),
        ("Again", "A", {"name": "Albert"}),
    ):
        made.step(title, [c.put(made.data.get("product", id), values)])
    made.seal(Terms("1.0", "2017-06-30"))
    made.step("Take the key", [c.put(made.data.get("product", "B"), {"key": "A"})])
    made.close()
    return made.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = cli.main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def titles(path: Path) -> list[str]:
    with Plan.open(path, read_only=True) as plan:
        return [step.title for step in plan.history()]


def test_a_dry_run_of_taking_a_step_back_says_what_changes_and_what_that_causes(path, capsys):
    before = rows.on_disk(path)
    code, out, _ = run(capsys, "undo", path, "--step", 2, "--dry-run")
    assert code == 0
    assert "Key: AA → A" in out
    assert "Causes" in out and "is that of" in out
    assert "Nothing was changed; this was a dry run." in out
    assert rows.on_disk(path) == before


def test_the_step_in_the_way_is_named_with_its_number(path, capsys):
    code, _, err = run(capsys, "undo", path, "--step", 3)
    assert code == 2
    assert "because “Again” of" in err and err.rstrip().endswith("That is step 4.")


def test_a_dry_run_of_undo_says_what_the_last_step_would_take_along(path, capsys):
    code, out, _ = run(capsys, "undo", path, "--dry-run")
    assert code == 0
    assert "Key: A → B" in out
    assert titles(path)[0] == "Take the key"


def test_a_dry_run_of_compacting_says_how_much_goes_and_removes_nothing(path, capsys):
    code, out, _ = run(capsys, "compact", path, "--dry-run")
    assert code == 0
    assert "5 steps with 5 changes, of " in out and "would go; 1 step would remain." in out
    assert "The file would shrink from " in out
    assert len(titles(path)) == 6


def test_a_dry_run_past_the_last_baseline_says_what_else_is_lost(path, capsys):
    _, out, _ = run(capsys, "compact", path, "--to", "step 6", "--dry-run")
    assert "the change record from 1.0 can then no longer say who made a change" in out


def test_the_history_is_compacted_up_to_the_last_baseline_after_a_copy_was_kept(path, capsys):
    code, out, _ = run(capsys, "compact", path)
    assert code == 0
    assert out.startswith("Removed 5 steps with 5 changes, the last of ")
    assert titles(path) == ["Take the key"]
    (kept,) = [one for one in backups.found(path) if backups.COMPACTING in one.stem]
    assert f"“{kept.stem}”" in out
    assert len(titles(kept)) == 6
    code, out, _ = run(capsys, "history", path)
    assert "5 steps up to 1.0 removed on " in out.splitlines()[-1]


def test_what_the_history_cannot_be_compacted_up_to_is_said(path, capsys):
    code, _, err = run(capsys, "compact", path, "--to", "9.9")
    assert code == 2
    assert "no step of this plan; its baselines are 1.0" in err
    assert len(titles(path)) == 6


def test_under_which_request_a_step_was_made_is_told(path, capsys):
    with Plan.open(path) as plan:
        request = kinds()["rfc"].make({"key": "RFC-7", "name": "Names"}, "r")
        plan.step("Ask", [c.add(request)])
        plan.step("Do", [c.put(plan.data.get("product", "B"), {"name": "Berta"})], rfc="r")
    _, out, _ = run(capsys, "history", path, "rfc:rfc-7")
    assert "  under: RFC-7" in out.splitlines()
    assert "1 of 8 steps fit." in out
    _, out, _ = run(capsys, "history", path, "title:do", "--json")
    assert '"rfc": "RFC-7"' in out


def test_changed_since_a_sealed_version_lists_what_differs_from_it_and_nothing_else(path, capsys):
    with Plan.open(path) as plan:
        a = plan.data.get("product", "A")
        plan.step("There", [c.put(a, {"name": "Anna"})])
        plan.step("And back", [c.put(plan.data.get("product", "A"), {"name": "Albert"})])
    code, out, _ = run(capsys, "list", path, "product", "changed>1.0", "--csv")
    assert code == 0
    assert len(out.splitlines()) == 2, "only B, which took the key A, differs"
    code, out, _ = run(capsys, "list", path, "product", "changed>1", "--json")
    assert [row["name"] for row in json.loads(out)] == ["B"]
