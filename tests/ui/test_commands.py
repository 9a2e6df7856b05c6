"""The File menu, done for real: new, copies, text out and in, print, backups, the sample."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk import folders
from dmdesk.baselines import Terms
from dmdesk.plan import Plan
from tests.ui.answers import Answers
from ui import settings
from ui.actions import actions, perform
from ui.commands.file import beside, open_path, sample
from ui.context import Context


def run(name: str, ctx: Context) -> None:
    perform(actions()[name], ctx)


def rename(ctx: Context, name: str) -> None:
    assert ctx.step("Rename", [c.put(ctx.data.rows("product")["HEADER"], {"name": name})])


def test_a_new_plan_is_a_draft_of_its_own(empty: Context, answers: Answers, tmp_path: Path, qtbot) -> None:
    answers.file = tmp_path / "Fresh"
    run("file.new", empty)
    qtbot.waitUntil(lambda: empty.plan is not None)
    assert empty.plan is not None
    assert empty.plan.path == tmp_path / "Fresh.dmplan"
    assert empty.data.title(empty.data.plan()) == "Fresh"  # type: ignore[arg-type]
    assert settings.recent() == [empty.plan.path]


def test_undo_never_goes_below_the_beginning_of_a_new_plan(
    empty: Context, answers: Answers, tmp_path: Path, qtbot
) -> None:
    answers.file = tmp_path / "Fresh"
    run("file.new", empty)
    qtbot.waitUntil(lambda: empty.plan is not None)
    assert empty.plan is not None
    assert empty.plan.undoable is None
    assert empty.data.plan() is not None


def test_a_damaged_plan_is_left_alone_and_a_copy_of_its_backup_opened(ctx: Context, answers: Answers) -> None:
    assert ctx.plan is not None
    path = ctx.plan.path
    rename(ctx, "Header Maker")
    ctx.close()
    path.write_bytes(path.read_bytes()[:5000])
    spoiled = path.read_bytes()
    assert open_path(ctx, path)
    assert "is damaged" in answers.asked[-1]
    assert ctx.plan.path != path
    assert ctx.plan.path.parent == path.parent
    assert path.read_bytes() == spoiled


def test_a_damaged_plan_without_a_backup_is_said_in_a_sentence(
    ctx: Context, answers: Answers, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.dmplan"
    broken.write_bytes(b"no plan at all")
    assert not open_path(ctx, broken)
    assert answers.told == ["“broken.dmplan” is not a dmdesk plan; it was left as it is."]
    assert answers.asked == []


def test_files_made_of_a_plan_in_the_hidden_data_folder_are_proposed_elsewhere(
    empty: Context, answers: Answers, tmp_path: Path
) -> None:
    folders.data().mkdir(parents=True)
    Plan.create(folders.data() / "sample.dmplan").close()
    empty.open(folders.data() / "sample.dmplan")
    settings.used(tmp_path / "chosen.pdf")
    run("file.copy", empty)
    assert answers.asked[-1].split(": ", 1)[1].startswith(str(tmp_path))
    assert beside(empty.plan, "x.pdf") == tmp_path / "x.pdf"  # type: ignore[arg-type]


def test_files_made_of_a_plan_are_proposed_beside_it(ctx: Context, answers: Answers, tmp_path: Path) -> None:
    run("file.copy", ctx)
    assert answers.asked == [f"Save a copy: {tmp_path / 'small copy.dmplan'}"]


def test_a_new_plan_never_overwrites_another(ctx: Context, answers: Answers, qtbot) -> None:
    assert ctx.plan is not None
    answers.file = ctx.plan.path
    run("file.new", ctx)
    qtbot.waitUntil(lambda: len(answers.told) == 1)
    assert ctx.data.rows("product")


def test_a_copy_holds_the_plan_and_its_history(ctx: Context, answers: Answers, tmp_path: Path) -> None:
    rename(ctx, "Header Maker")
    answers.file = tmp_path / "copy"
    run("file.copy", ctx)
    with Plan.open(tmp_path / "copy.dmplan") as copy:
        assert copy.data.title(copy.data.rows("product")["HEADER"]) == "Header Maker"
        assert [step.title for step in copy.history()] == ["Rename", "Fill"]


def test_text_goes_out_and_comes_back_as_one_step_after_a_preview(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = tmp_path / "text"
    with qtbot.waitSignal(ctx.said):
        run("file.export", ctx)
    assert (tmp_path / "text" / "product.toml").is_file()
    rename(ctx, "Header Maker")
    with qtbot.waitSignal(ctx.changed, timeout=5000):
        run("file.import", ctx)
    assert "Product “Header Maker”: Name: Header Maker → Header Generator" in answers.asked[-1]
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Generator"
    ctx.undo()
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Maker"


def test_the_plan_goes_out_as_latex_in_the_background(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = tmp_path / "tex"
    with qtbot.waitSignal(ctx.said, timeout=10_000) as said:
        run("file.latex", ctx)
    assert "files written to" in said.args[0]
    assert answers.asked == ["Export as LaTeX into a folder"]
    assert (tmp_path / "tex" / "sections" / "01-introduction.tex").is_file()


def test_latex_goes_into_a_folder_of_others_only_if_they_agree(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file, answers.yes = tmp_path / "mine", False
    answers.file.mkdir()
    (answers.file / "thesis.tex").write_text("mine")
    run("file.latex", ctx)
    assert "dmdesk did not write" in answers.asked[-1]
    assert [path.name for path in answers.file.iterdir()] == ["thesis.tex"]
    answers.yes = True
    with qtbot.waitSignal(ctx.said, timeout=10_000):
        run("file.latex", ctx)
    assert (answers.file / "README.txt").is_file() and (answers.file / "thesis.tex").read_text() == "mine"


def test_an_import_that_is_declined_changes_nothing(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file, answers.yes = tmp_path / "text", False
    with qtbot.waitSignal(ctx.said):
        run("file.export", ctx)
    rename(ctx, "Header Maker")
    run("file.import", ctx)
    qtbot.waitUntil(lambda: "would change" in answers.asked[-1])
    assert ctx.data.title(ctx.data.rows("product")["HEADER"]) == "Header Maker"


def test_text_with_a_mistake_is_refused_in_a_sentence(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = tmp_path / "bad.toml"
    answers.file.write_text("[[product]\n")
    run("file.import-file", ctx)
    qtbot.waitUntil(lambda: bool(answers.told))
    assert answers.told[0].startswith("bad.toml is not valid TOML")


def test_the_same_text_has_nothing_to_import(
    ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers.file = tmp_path / "text"
    with qtbot.waitSignal(ctx.said):
        run("file.export", ctx)
    run("file.import", ctx)
    qtbot.waitUntil(lambda: bool(answers.told))
    assert "nothing to import" in answers.told[0]


def test_a_backup_is_restored_and_the_present_kept(ctx: Context, answers: Answers) -> None:
    run("file.restore", ctx)
    assert ctx.data.rows("product") == {}, "the backup was made before the first change"
    answers.place = 0
    run("file.restore", ctx)
    names = answers.asked[-1].splitlines()[1:]
    assert len(names) == 2
    assert "HEADER" in ctx.data.rows("product")


def test_a_backup_without_a_baseline_is_restored_only_when_that_is_agreed(
    ctx: Context, answers: Answers
) -> None:
    assert ctx.plan is not None
    ctx.plan.seal(Terms("1.0", "2017-06-30"))
    answers.place, answers.yes = 0, False
    run("file.restore", ctx)
    assert "does not have baseline 1.0; once it is restored, it is only in the copy" in answers.asked[-1]
    assert [one.version for one in ctx.baselines()] == ["1.0"], "nothing happened"
    answers.yes = True
    run("file.restore", ctx)
    assert ctx.baselines() == []


def test_recent_plans_are_listed_newest_first(ctx: Context, answers: Answers, tmp_path: Path) -> None:
    run("file.open-recent" if "file.open-recent" in actions() else "file.recent", ctx)
    assert answers.told
    settings.opened(tmp_path / "a.dmplan")
    settings.opened(tmp_path / "b.dmplan")
    settings.opened(tmp_path / "a.dmplan")
    assert [path.name for path in settings.recent()] == ["a.dmplan", "b.dmplan"]


def test_a_recent_plan_that_is_gone_is_said_and_forgotten(
    ctx: Context, answers: Answers, tmp_path: Path
) -> None:
    settings.opened(tmp_path / "gone.dmplan")
    run("file.recent", ctx)
    assert answers.told[0].startswith("There is no file")
    assert settings.recent() == []


@pytest.mark.slow
def test_the_sample_is_made_once_and_kept(empty: Context, qtbot: QtBot) -> None:
    run("file.sample", empty)
    qtbot.waitUntil(lambda: empty.plan is not None)
    assert empty.plan is not None
    assert getattr(empty.data.plan(), "handle", "") == "LDM-294"
    written = sample().stat().st_mtime_ns
    assert sample().stat().st_mtime_ns == written


def test_saving_says_that_all_is_saved(ctx: Context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ctx.said) as said:
        run("file.save", ctx)
    assert "saved" in said.args[0]
