"""Baselines on the command line: FILE@VERSION wherever a plan is read, release, verify, mistakes in one sentence."""

import json
import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from dmdesk import changes as c
from dmdesk import cli
from dmdesk.exchange import text
from dmdesk.plan import Plan
from tests.core import releasing as small
from tests.core import rows
from tests.core.baselines.test_releasing import with_an_error
from tests.core.baselines.test_verifying import by_hand


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    small.made(tmp_path / "plan.dmplan").close()
    return tmp_path / "plan.dmplan"


@pytest.fixture
def run(capsys):
    def run(*words):
        code = cli.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def sealed(file, run):
    """The plan with 3.0 released and a change after it."""
    assert run("release", file, "--version", "3.0", "--description", "First", "--date", small.DAY)[0] == 0
    with Plan.open(file) as plan:
        small.rename(plan, "After")
    return file


def test_release_makes_the_version_and_its_pdf_and_says_so(file, run, tmp_path):
    code, out, err = run(
        "release", file, "--version", "3.0", "--rfc", "RFC-358", "--owner", "WOM", "--date", small.DAY,
        "--pdf", "x.pdf", "--description", "Managers corrected",
    )  # fmt: skip
    assert code == 0
    assert re.match(
        r"Released 3\.0, SHA-256 [0-9a-f]{64} of its text\.\nPrinted \d+ pages, SHA-256 .* to “x\.pdf”\.\n$",
        out,
    )
    assert "far from today" in err
    assert rows.listed(tmp_path) == ["plan.dmplan", "x.pdf"]
    (one,) = json.loads(run("baselines", file, "--json")[1])
    assert (one["version"], one["rfc"], one["owner"], one["description"]) == (
        "3.0", "RFC-358 Correct the managers", "WOM", "Managers corrected",
    )  # fmt: skip
    assert one["exported"]
    assert run("undo", file)[0] == 2


def test_a_release_can_be_undone_before_its_pdf_is_exported(sealed, run):
    run("undo", sealed)
    assert run("undo", sealed)[0] == 0
    assert run("baselines", sealed)[1] == "Nothing was sealed in this plan yet; “dmdesk release” does that.\n"
    run("redo", sealed)
    assert "3.0" in run("baselines", sealed)[1]


def test_a_dry_run_says_what_would_be_released_and_changes_nothing(file, run):
    before = file.read_bytes()
    code, out, _ = run("release", file, "--version", "3.0", "--dry-run")
    assert code == 0
    assert "Version      3.0" in out and "Description  Begin" in out and out.endswith("this was a dry run.\n")
    assert file.read_bytes() == before


def test_what_stands_in_the_way_is_listed_and_accepted_with_a_reason_only(file, run):
    with Plan.open(file) as plan:
        with_an_error(plan)
    before = file.read_bytes()
    for more in ((), ("--dry-run",)):
        code, out, err = run("release", file, "--version", "3.0", *more)
        assert code == 1 and "nowhere" in out
        assert "in the way" in err and err.endswith("Give it with --accept-errors.\n")
    assert file.read_bytes() == before
    assert run("release", file, "--version", "3.0", "--accept-errors", "Wanted today")[0] == 0
    (one,) = json.loads(run("baselines", file, "--json")[1])
    assert one["accepted"][0] == "Wanted today" and len(one["accepted"]) > 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--version", "3.0"], "was sealed on"),
        (["--version", "2.9"], "comes before 3.0"),
        (["--version", "three"], "is no version"),
        (["--version", "3.1", "--date", "soon"], "The date of the release"),
        (["--version", "3.1", "--rfc", "RFC-1"], "There is no change request “RFC-1”"),
    ],
)
def test_a_release_that_cannot_be_is_refused_in_one_sentence(sealed, run, words, said):
    code, out, err = run("release", sealed, *words)
    assert (code, out) == (2, "") and said in err and err.count("\n") == 1


def test_a_baseline_is_read_wherever_a_plan_is(sealed, run, tmp_path):
    name = f"{sealed}@3.0"
    assert "Data Management" in run("list", name, "product")[1]
    assert "After" in run("list", sealed, "product")[1]
    assert run("info", f"{sealed}@3")[1].startswith("LDM-294 The plan (version 3.0, baselined)")
    code, out, _ = run("diff", name, sealed)
    assert code == 1 and "Name: Data Management → After" in out
    assert run("export", name, "old.toml")[0] == 0
    assert text.read(tmp_path / "old.toml").rows("product")["dm"].name == "Data Management"
    assert run("new", "again.dmplan", name)[0] == 0
    assert run("diff", name, "again.dmplan")[0] == 0
    assert run("check", name)[0] in (0, 1)
    assert run("list", name, "product", "changed>2017-01-01")[0] == 0
    assert run("print", name, "part.pdf", "--only", "products")[0] == 0


def test_a_file_that_is_really_called_so_comes_first(sealed, run):
    other = sealed.with_name("plan.dmplan@3.0")
    rows.full_file(other)
    with Plan.open(other) as plan:
        plan.step("x", [c.put(plan.data.get("product", "product1"), {"name": "The other file"})])
    assert "The other file" in run("list", other, "product")[1]


@pytest.mark.parametrize(
    "words",
    [["set", "FILE", "product", "DM", "name=x"], ["history", "FILE"], ["undo", "FILE"], ["import", "FILE", "x.toml"],
     ["release", "FILE", "--version", "4"], ["backup", "FILE"], ["baselines", "FILE"]],
)  # fmt: skip
def test_a_baseline_is_never_changed(sealed, run, words):
    before = sealed.read_bytes()
    code, _, err = run(*[f"{sealed}@3.0" if word == "FILE" else word for word in words])
    assert code == 2 and "is a baseline, which never changes" in err
    assert sealed.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("plan.dmplan@9.9", "There is no baseline “9.9” in “plan.dmplan”; there are: 3.0."),
        ("nothing.dmplan@3.0", "There is no file “nothing.dmplan@3.0”"),
        ("old.toml@3.0", "“old.toml” is not a plan file, and only these hold baselines."),
    ],
)
def test_a_baseline_that_is_not_there_is_said(sealed, run, name, said):
    run("export", sealed, "old.toml")
    code, _, err = run("info", name)
    assert code == 2 and said in err


def test_a_baseline_is_printed_as_on_the_day_and_then_no_longer_undone(sealed, run, tmp_path):
    code, out, err = run("print", f"{sealed}@3.0", "day.pdf")
    assert (code, err) == (0, "") and out.endswith("to “day.pdf”, the same file as on the day.\n")
    assert json.loads(run("baselines", sealed, "--json")[1])[0]["exported"]
    again = run("print", f"{sealed}@3.0", "again.pdf", "--sha")[1]
    assert again.split()[0] == json.loads(run("baselines", sealed, "--json")[1])[0]["pdf"]
    assert (tmp_path / "day.pdf").read_bytes() == (tmp_path / "again.pdf").read_bytes()
    run("undo", sealed)
    assert "its PDF was exported" in run("undo", sealed)[2]


def test_a_print_while_the_plan_is_open_elsewhere_says_what_it_could_not_note(sealed, run, tmp_path):
    with Plan.open(sealed):
        code, _, err = run("print", f"{sealed}@3.0", "day.pdf")
    assert code == 0 and "That 3.0 was exported is not noted in the plan." in err


def test_another_print_than_that_of_the_day_is_said(sealed, run, monkeypatch):
    from dmdesk.report import styles

    monkeypatch.setattr(styles, "TOP", styles.TOP + 1)
    code, _, err = run("print", f"{sealed}@3.0", "day.pdf")
    assert code == 1 and "this version of dmdesk prints otherwise" in err


def test_verify_says_that_all_is_proven_or_exactly_what_is_not(sealed, run):
    assert run("verify", sealed)[:2] == (
        0, "Proven: 3.0, and the history leads from there to the plan as it is.\n",
    )  # fmt: skip
    assert run("verify", sealed, "3.0")[:2] == (0, "Proven: 3.0.\n")
    assert run("verify", f"{sealed}@3.0")[:2] == (0, "Proven: 3.0.\n")
    by_hand(sealed, ("UPDATE product SET name = 'Forged' WHERE id = 'dm'",), guarded=True)
    code, out, _ = run("verify", sealed)
    assert (code, out) == (
        1, "Name of Product DM “After” is “Forged”, should be “After”.\n1 thing not as it should be.\n",
    )  # fmt: skip
    found = json.loads(run("verify", sealed, "--json")[1])
    assert [
        (one["about"], one["kind"], one["key"], one["field"], one["told"], one["found"])
        for one in found["flaws"]
    ] == [("working", "product", "DM", "name", "After", "Forged")]
    assert run("verify", sealed, "3.0")[0] == 0


def test_a_damaged_baseline_is_said_and_everything_else_goes_on(sealed, run):
    by_hand(sealed, ("UPDATE baseline SET text = x'00'",))
    code, _, err = run("info", f"{sealed}@3.0")
    assert code == 2 and "The baseline 3.0 in “plan.dmplan” is not what was sealed" in err
    code, out, _ = run("verify", sealed)
    assert code == 1 and "nothing of it is lost" in out
    assert run("list", sealed, "product")[0] == 0 and run("set", sealed, "product", "DM", "name=x")[0] == 0
    assert "3.0" in run("baselines", sealed)[1]


def test_a_damaged_baseline_is_written_anew_from_the_history(sealed, run, tmp_path):
    run("export", f"{sealed}@3.0", "before.toml")
    by_hand(sealed, ("UPDATE baseline SET text = x'00'",))
    assert run("verify", sealed, "3.0", "--recover", "again.toml")[0] == 1
    assert (tmp_path / "again.toml").read_bytes() == (tmp_path / "before.toml").read_bytes()
    assert run("verify", sealed, "--recover", "again.toml")[0] == 2
    by_hand(sealed, ("UPDATE product SET name = 'Forged'",))
    code, _, err = run("verify", sealed, "3.0", "--recover", "third.toml")
    assert code == 2 and "can neither be read nor made again from the history" in err
    assert not (tmp_path / "third.toml").exists()


def test_two_copies_that_both_sealed_a_version_are_told_apart(sealed, run):
    theirs = sealed.with_name("theirs.dmplan")
    shutil.copyfile(sealed, theirs)
    for file, name in ((sealed, "Mine"), (theirs, "Theirs")):
        with Plan.open(file) as plan:
            small.rename(plan, name)
        assert run("release", file, "--version", "3.1", "--date", small.DAY)[0] == 0
    code, out, _ = run("verify", sealed, "--with", theirs)
    assert code == 1
    assert "Both files sealed 3.1, but with different texts: “plan.dmplan” on" in out
    assert "They are the same up to 3.0." in out
    assert "Both files sealed 3.1" in run("diff", sealed, theirs)[2]
    assert json.loads(run("verify", sealed, "--with", theirs, "--json")[1])["apart"]
    shutil.copyfile(sealed, theirs)
    assert run("verify", sealed, "--with", theirs)[0] == 0


def test_an_older_file_has_no_baselines_and_says_so(run, tmp_path):
    from dmdesk import schema

    schema.migrate(tmp_path / "old.dmplan", "0007")
    assert run("baselines", tmp_path / "old.dmplan")[0] == 0
    assert run("verify", tmp_path / "old.dmplan")[0] == 0


def test_looking_at_a_plan_reads_no_text_of_a_baseline(sealed, run):
    with closing(sqlite3.connect(sealed)) as connection:
        (size,) = connection.execute("SELECT length(text) FROM baseline").fetchone()
    assert size > 100
    import zlib

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zlib, "decompressobj", lambda: 1 / 0)
        for words in (["info"], ["list", "product"], ["baselines"], ["history"]):
            assert run(words[0], sealed, *words[1:])[0] == 0
