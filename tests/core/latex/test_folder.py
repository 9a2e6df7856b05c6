"""The folder: written whole or not at all, written again in place, and never over what others keep there."""

import errno
from pathlib import Path

import pytest

from dmdesk import latex
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.latex import folder
from dmdesk.reading import PlanData
from tests.core import rows


def contents(path: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def plan(*titles: str) -> PlanData:
    return PlanData.of(
        kinds()["section"].make({"key": one, "title": one, "order": one}, one) for one in titles
    )


def test_a_new_folder_holds_what_was_written_and_a_readme_of_three_lines(tmp_path: Path) -> None:
    written = latex.build(plan("One", "Two"), tmp_path / "tex")
    found = contents(tmp_path / "tex")
    assert len(found) == written.files + 1
    assert {"plan.tex", "sections/01-one.tex", "sections/02-two.tex", "generated/preamble.tex"} <= set(found)
    assert len(found["README.txt"].decode().splitlines()) == 3
    assert rows.listed(tmp_path) == ["tex"]


def test_writing_again_leaves_what_others_put_there_and_takes_away_what_is_no_more(tmp_path: Path) -> None:
    out = tmp_path / "tex"
    latex.build(plan("One", "Two"), out)
    (out / "local.tex").write_text("% mine")
    (out / "sections" / "note.txt").write_text("mine")
    latex.build(plan("One"), out)
    assert (out / "local.tex").read_text() == "% mine"
    assert rows.listed(out / "sections") == ["01-one.tex", "note.txt"]
    (out / "local.tex").unlink()
    (out / "sections" / "note.txt").unlink()
    latex.build(plan("One"), tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")


def test_a_folder_of_others_is_refused_and_untouched_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "README.txt").write_text("mine")
    (out / "thesis.tex").write_text("mine")
    with pytest.raises(PlanError, match="holds files that dmdesk did not write"):
        latex.build(plan("One"), out)
    assert contents(out) == {"README.txt": b"mine", "thesis.tex": b"mine"}
    latex.build(plan("One"), out, force=True)
    assert (out / "thesis.tex").read_text() == "mine"
    assert (out / "plan.tex").is_file()


def test_a_folder_below_one_that_is_not_there_is_made(tmp_path: Path) -> None:
    latex.build(plan("One"), tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "plan.tex").is_file()


def test_an_empty_folder_and_one_named_with_a_dot_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    latex.build(plan("One"), Path())
    assert (tmp_path / "plan.tex").is_file()


def test_a_file_in_the_place_of_the_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(PlanError, match="is a file"):
        latex.build(plan("One"), tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("before", [False, True])
def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    out = tmp_path / "tex"
    if before:
        latex.build(plan("One", "Two"), out)
    was = contents(tmp_path)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if "02-" in path.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(PlanError, match="could not be written"):
        latex.build(plan("One", "Two", "Three"), out)
    assert contents(tmp_path) == was
    assert rows.listed(tmp_path) == ["tex"] * before


def test_a_file_that_cannot_be_replaced_puts_all_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "tex"
    latex.build(plan("One", "Two"), out)
    was = contents(out)
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if path.name == "02-other.tex" and out in target.parents:
            raise PermissionError(errno.EACCES, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PlanError, match="nothing there was changed"):
        latex.build(plan("One", "Other"), out)
    assert contents(out) == was
    assert rows.listed(tmp_path) == ["tex"]


def test_the_list_of_an_earlier_export_leads_to_nothing_outside(tmp_path: Path) -> None:
    out = tmp_path / "tex"
    latex.build(plan("One"), out)
    (tmp_path / "precious").write_text("mine")
    with (out / folder.LIST).open("a") as listed:
        listed.write(f"../precious\n{tmp_path / 'precious'}\nC:\\precious\n")
    latex.build(plan("One"), out)
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_folder_nobody_may_write_is_told_in_a_sentence(tmp_path: Path, unwritable) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "closed"
    out.mkdir()
    with unwritable(out), unwritable(tmp_path), pytest.raises(PlanError, match="could not be written"):
        latex.build(plan("One"), out)
    assert contents(tmp_path) == {}


def test_progress_is_told_and_may_give_up(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    latex.build(plan("One", "Two"), tmp_path / "tex", progress=lambda *how: told.append(how))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1] == (95, 100, "Writing")

    def give_up(done: int, total: int, words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        latex.build(plan("One"), tmp_path / "other", progress=give_up)
    assert rows.listed(tmp_path) == ["tex"]


@pytest.mark.parametrize(
    ("handle", "name"),
    [("LDM-294", "LDM-294"), ("", "plan"), ("../../etc/x", "etc-x"), ("acronyms", "acronyms-plan"), ("CON", "CON-plan"),
     ("山田", "plan"), ("a b%c", "a-b-c")],
)  # fmt: skip
def test_the_main_file_is_named_by_the_handle_whatever_that_is(
    tmp_path: Path, handle: str, name: str
) -> None:
    data = PlanData.of([kinds()["plan"].make({"handle": handle})])
    assert latex.build(data, tmp_path / "tex").main == f"{name}.tex"
    assert (tmp_path / "tex" / f"{name}.tex").is_file()
