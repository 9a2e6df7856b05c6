"""Files are put in place whole, and never over a plan."""

from pathlib import Path

import pytest

from dmdesk import cli
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from dmdesk.saving import put_in_place


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.dmplan"
    Plan.create(path).close()
    return path


def test_a_file_takes_the_place_of_another_and_leaves_nothing_beside_it(tmp_path):
    out = tmp_path / "a.pdf"
    for content in (b"one", b"two"):
        put_in_place(out, content)
        assert out.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


def test_nothing_is_written_over_a_plan_whatever_its_name(plan):
    other = plan.rename(plan.with_suffix(".pdf"))
    before = other.read_bytes()
    with pytest.raises(PlanError, match="is a plan file, which nothing is written over; choose another name"):
        put_in_place(other, b"%PDF")
    assert other.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        "print {} {}",
        "print {} {} --only products",
        "risks {} --xlsx {}",
        "export {} {}",
        "changes {} --from 3.0 -o {}",
    ],
)  # fmt: skip
def test_no_command_writes_over_the_plan_that_it_reads(plan, words, capsys):
    before = plan.read_bytes()
    assert cli.main(words.format(plan, plan).split()) == 2
    assert plan.read_bytes() == before
    assert capsys.readouterr().err.startswith("dmdesk: ")


def test_a_print_does_not_take_the_place_of_the_file_that_is_printed(plan, capsys):
    out = plan.with_name("plan.pdf")
    assert cli.main(["print", str(plan), str(out)]) == 0
    before = out.read_bytes()
    capsys.readouterr()
    assert cli.main(["print", str(out), str(out), "--no-embed"]) == 2
    said = capsys.readouterr().err.strip()
    assert said == "dmdesk: “plan.pdf” is the file that is printed; choose another name for the print."
    assert out.read_bytes() == before


@pytest.mark.parametrize("out", [".", "/", "folder"])
def test_a_folder_is_no_file_to_write(tmp_path, monkeypatch, out):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(PlanError, match="is a folder; say what the file in it is called"):
        put_in_place(Path(out), b"%PDF")


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="devices have names elsewhere")
def test_a_device_stays_what_it_is():
    with pytest.raises(PlanError, match="is no file"):
        put_in_place(Path("/dev/null"), b"%PDF")
    assert Path("/dev/null").is_char_device()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(PlanError, match=r"“a\.pdf” could not be written: there is no folder “.*nowhere”"):
        put_in_place(tmp_path / "nowhere" / "a.pdf", b"%PDF")


def test_whoever_interrupts_writing_leaves_nothing_half_written(tmp_path, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr("dmdesk.saving.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put_in_place(tmp_path / "a.pdf", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.pdf", b"old")]
