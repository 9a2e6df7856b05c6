"""The command `tex`: the sample as LaTeX in a folder, and what it says of that."""

from pathlib import Path

import pytest

from dmdesk import cli
from tests.house.tree import ROOT

SAMPLE = str(ROOT / "sample_db" / "ldm-294")


def test_the_sample_is_written_twice_with_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        assert cli.main(["tex", SAMPLE, str(tmp_path / name)]) == 0
    assert cli.main(["tex", SAMPLE, str(tmp_path / "a")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Wrote 42 files to “{tmp_path / 'a'}”; build LDM-294.tex with latexmk -xelatex."
    a, b = (
        {
            one.relative_to(tmp_path / name): one.read_bytes()
            for one in (tmp_path / name).rglob("*")
            if one.is_file()
        }
        for name in ("a", "b")
    )
    assert a == b and len(a) == 43


def test_a_folder_of_others_needs_to_be_forced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("mine")
    assert cli.main(["tex", SAMPLE, str(tmp_path)]) == 2
    assert "holds files that dmdesk did not write" in capsys.readouterr().err
    assert cli.main(["tex", SAMPLE, str(tmp_path), "--force"]) == 0
    assert (tmp_path / "mine").read_text() == "mine"


def test_references_that_name_nothing_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(
        '[[section]]\nkey = "a"\ntitle = "Risks"\nbody = "See [[gone]].\\n\\n{{nothing}}"\n', "utf-8"
    )
    assert cli.main(["tex", str(plan), str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "[[gone]] names nothing in this plan: section 1 Risks.",
        "{{nothing}} names nothing in this plan: section 1 Risks.",
    ]
