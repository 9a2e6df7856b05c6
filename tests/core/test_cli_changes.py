"""The commands that compare: a part of a difference, the change record, baselines by their version."""

import csv
import io
import json
import zipfile

import pytest

from dmdesk import cli, store
from dmdesk.baselines import Terms
from dmdesk.changes import add, put
from dmdesk.plan import Plan
from tests.core import rows
from tests.core.checks.plans import row
from tests.core.test_cli import Cli


@pytest.fixture
def dm(tmp_path, capsys) -> Cli:
    """A plan with two baselines, 1.0 and 2.0, and a change after them, some of it under a change request."""
    file = rows.empty_file(tmp_path / "dm.dmplan")
    start = [
        row("plan", "LDM-1", title="Our plan", state="draft"), row("rfc", "RFC-358", name="Update"),
        row("person", "ann", name="Ann Ito"), row("wbs", "1.02C"), row("wbs", "1.02C.07", parent="wbs 1.02C"),
        row("product", "AP", name="Alerts", wbs=["wbs 1.02C.07"]), row("product", "DRP", name="Releases"),
        row("revision", "1.0", version="1.0", date="2016-01-01", description="First", owner="AI"),
    ]  # fmt: skip
    with Plan.open(file) as plan:
        plan.step("Start", [add(one) for one in start])
        plan.seal(Terms("1.0", "2016-01-01"))
        change(
            plan,
            "product",
            "AP",
            under=plan.data.find("rfc", "RFC-358").id,
            description="Sends alerts at once.",
        )
        change(plan, "product", "DRP", note="not under a request")
        plan.seal(Terms("2.0", "2017-01-01"))
        change(plan, "wbs", "1.02C.07", key="1.02C.08")
    return Cli(file, capsys)


def change(plan, kind, name, /, *, under=None, **values):
    plan.step("Change", [put(plan.data.find(kind, name), values)], f"{name} asked for it", rfc=under)


def other(dm, tmp_path):
    """A copy of the plan as it was at 1.0."""
    path = tmp_path / "old.dmplan"
    with Plan.open(dm.file, read_only=True) as plan:
        then = plan.at("1.0")
    Plan.create(path, then).close()
    return path


# -- changes


def test_changes_since_a_baseline_tell_each_field_with_who_and_why(dm):
    said = dm("changes", "--from", "1.0")
    assert said.startswith("Changes since 1.0\n")
    assert "RFC-358: AP asked for it" in said and "(nothing) → Sends alerts at once." in said
    assert "1.02C.08" in said and "renumbered" in said


def test_changes_between_two_baselines_leave_out_what_came_later(dm):
    said = dm("changes", "--from", "1", "--to", "2.0")
    assert said.startswith("Changes from 1.0 to 2.0\n")
    assert "DRP asked for it" in said and "1.02C.08" not in said
    since = dm("changes", "--from", "2.0")
    assert "1.02C.07 asked for it" in since and "Sends alerts" not in since


@pytest.mark.parametrize(
    ("options", "there", "not_there", "words"),
    [
        (["--rfc", "RFC-358"], "Sends alerts", "not under", "Only what was changed under RFC-358."),
        (["--rfc", "none"], "not under", "Sends alerts", "Only what was changed under no change request."),
        (
            ["--wbs", "1.02C.08"],
            "Sends alerts",
            "not under",
            "Only what belongs to the WBS element 1.02C.08.",
        ),
        (["--kind", "wbs"], "renumbered", "Sends alerts", "Only WBS elements."),
        (["--kind", "product", "--filter", "alerts"], "Sends alerts", "not under", "Only products."),
    ],
)
def test_changes_are_narrowed_and_say_to_what(dm, options, there, not_there, words):
    said = dm("changes", "--from", "1.0", *options)
    assert there in said and not_there not in said
    assert said.splitlines()[1] == words


def test_what_a_scope_is_may_be_named_by_its_title(dm):
    assert "E-mail" not in dm("changes", "--from", "1.0", "--person", "Ann Ito")
    with Plan.open(dm.file) as plan:
        change(plan, "person", "ann", email="ann@example.org")
    said = dm("changes", "--from", "1.0", "--person", "Ann Ito")
    assert "E-mail: (nothing) → ann@example.org" in said and "Sends alerts" not in said
    assert (
        dm("changes", "--from", "1.0", "--person", "zoe", code=2)
        == "There is no person “zoe” in either plan."
    )


def test_changes_go_into_files_of_the_form_that_their_name_asks_for(dm, tmp_path):
    for name, begins in (("r.md", b"# Changes"), ("r.tex", b"% Changes"), ("r.pdf", b"%PDF-"), ("r.xlsx", b"PK"),
                         ("r.csv", b"Part,"), ("r.json", b"{"), ("r.txt", b"Changes")):  # fmt: skip
        said = dm("changes", "--from", "1.0", "-o", tmp_path / name)
        assert said.startswith("Wrote ") and said.endswith(f"changed rows to “{tmp_path / name}”.\n")
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert zipfile.is_zipfile(tmp_path / "r.xlsx")
    dm("changes", "--from", "1.0", "--format", "md", "-o", tmp_path / "other.txt")
    assert (tmp_path / "other.txt").read_bytes() == (tmp_path / "r.md").read_bytes()


def test_text_forms_are_printed_where_no_file_is_named_and_others_ask_for_one(dm):
    assert json.loads(dm("changes", "--from", "1.0", "--format", "json"))["from"] == "1.0"
    assert next(csv.reader(io.StringIO(dm("changes", "--from", "1.0", "--format", "csv"))))[0] == "Part"
    assert dm("changes", "--from", "1.0", "--format", "latex").startswith("% Changes")
    assert dm("changes", "--from", "1.0", "--format", "pdf", code=2) == (
        "A record as PDF goes into a file; name it with -o."
    )


def test_changes_take_files_and_text_for_either_side(dm, tmp_path):
    old, folder = other(dm, tmp_path), tmp_path / "text"
    dm("export", folder)
    for start in (old, tmp_path / "old.toml"):
        if start.suffix == ".toml":
            cli.main(["export", str(old), str(start)])
        said = dm("changes", "--from", start)
        assert f"Changes since {start.name}" in said and "Sends alerts at once." in said
    assert "No differences." in dm("changes", "--from", folder)
    assert "Sends alerts" in dm("changes", "--from", "1.0", "--to", folder)
    assert "Sends alerts" in dm("changes", "--from", old, "--to", "2.0")


def test_what_is_no_baseline_and_no_file_is_said(dm, tmp_path, capsys):
    assert dm("changes", "--from", "9.0", code=2).startswith(
        "There is no baseline “9.0” in “dm.dmplan”; there are: 1.0"
    )
    assert "no file" in dm("changes", "--from", "nowhere.dmplan", code=2)
    folder = tmp_path / "text"
    dm("export", folder)
    assert cli.main(["changes", str(folder), "--from", "1.0"]) == 2
    assert "only these hold baselines" in capsys.readouterr().err


# -- diff


def test_diff_says_of_a_row_that_it_was_renumbered(dm, tmp_path):
    old = other(dm, tmp_path)
    said = dm("diff", old, code=1)
    assert "  renumbered: 1.02C.07\n    Code: 1.02C.08 → 1.02C.07\n" in said
    found = {one["kind"]: one for one in dm.json("diff", old, code=1)}
    assert found["wbs"]["how"] == ["renumbered"] and "how" not in found["product"]


def test_diff_of_a_part_has_the_exit_code_of_that_part(dm, tmp_path):
    old = other(dm, tmp_path)
    assert dm("diff", old, "--kind", "person") == "No differences.\n"
    assert dm.json("diff", old, "--kind", "person") == []
    assert [one["kind"] for one in dm.json("diff", old, "--kind", "wbs", code=1)] == ["wbs"]
    assert dm("diff", old, "--kind", "product", "--filter", "key:DRP", code=1).count("changed:") == 1
    assert (
        dm("diff", old, "--filter", "key:DRP", code=2)
        == "A filter asks for rows of one kind; name it with --kind."
    )


def test_diff_by_author_asks_the_history_of_the_second_plan(dm, tmp_path, capsys):
    old = other(dm, tmp_path)
    words = ["diff", str(old), str(dm.file), "--rfc", "RFC-358"]
    assert cli.main(words) == 1
    assert "Sends alerts" in (said := capsys.readouterr().out) and "not under" not in said
    assert cli.main([*words[:3], "--by", "nobody of this name"]) == 0
    capsys.readouterr()
    assert dm("diff", old, "--by", "ann", code=2).startswith("Who changed what is not known here")


def test_diff_of_baselines_of_one_file_knows_who_made_the_difference_in_either_order(dm, capsys):
    old, new = f"{dm.file}@1.0", f"{dm.file}@2.0"
    for words in ((old, new), (new, old), (old, str(dm.file)), (str(dm.file), old)):
        assert cli.main(["diff", *words, "--rfc", "RFC-358"]) == 1
        said = capsys.readouterr().out
        assert "Sends alerts" in said and "not under" not in said
    assert cli.main(["diff", new, str(dm.file), "--rfc", "RFC-358"]) == 0


def test_diff_grouped_has_numbers_on_top_and_words_marked(dm, tmp_path, capsys):
    old = other(dm, tmp_path)
    assert cli.main(["diff", str(old), str(dm.file), "--grouped"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("Changes from old.dmplan to dm.dmplan\n\n  Products: 2 changed")
    assert "Structure: Products\n" in said and "RFC-358: AP asked for it" in said
    assert cli.main(["diff", str(old), str(dm.file), "--grouped", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["summary"]["total"]["renumbered"] == 1
    copy = tmp_path / "copy.dmplan"
    store.copy_file(dm.file, copy)
    assert dm("diff", copy, "--grouped").endswith("No differences.\n")


def test_what_was_done_to_a_copy_since_is_told_of_its_own_history_alone(dm, tmp_path, capsys):
    copy = tmp_path / "copy.dmplan"
    store.copy_file(dm.file, copy)
    with Plan.open(copy) as plan:
        change(plan, "product", "AP", name="Alert Production")
    assert cli.main(["diff", str(dm.file), str(copy), "--by", "", "--grouped"]) == 1
    said = capsys.readouterr().out
    assert "Name: Alerts → Alert Production" in said or "Alert" in said
    assert "Sends alerts" not in said
