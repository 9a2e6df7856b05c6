"""What is made of a baseline: its print with the bytes of the day, its text, a plan file, a new plan."""

import hashlib

import pytest

from dmdesk import saving
from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.plan import Plan
from dmdesk.report import styles
from ui.actions import actions, perform


@pytest.fixture
def one(page, sealed):
    page.reveal("3.0")
    (found,) = sealed.baselines()
    return found


def done(ctx, qtbot, name):
    """Run an action and wait for what it says in the end."""
    with qtbot.waitSignal(ctx.said, timeout=20_000):
        perform(actions()[name], ctx)


def test_it_prints_the_bytes_of_the_day_and_is_final_from_then_on(one, sealed, answers, tmp_path, qtbot):
    answers.file = tmp_path / "out.pdf"
    done(sealed, qtbot, "baseline.print")
    assert "can no longer be undone" in answers.asked[0]
    assert answers.asked[1].endswith("LDM-294-3.0.pdf")
    assert hashlib.sha256(answers.file.read_bytes()).hexdigest() == one.pdf
    assert sealed.baselines()[0].exported and not actions()["baseline.undo"].when(sealed)


def test_whoever_wants_to_keep_undo_prints_nothing(one, sealed, answers):
    answers.yes = False
    perform(actions()["baseline.print"], sealed)
    assert len(answers.asked) == 1 and not sealed.baselines()[0].exported


def test_a_print_that_would_not_be_the_one_of_the_day_is_written_only_if_that_is_wanted(
    one, sealed, answers, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr(styles, "TOP", styles.TOP + 1)
    answers.file = tmp_path / "out.pdf"
    done(sealed, qtbot, "baseline.print")
    assert "This is not the file that was printed" in answers.asked[-1]
    assert answers.file.exists() and not sealed.baselines()[0].exported


@pytest.mark.parametrize("place", ["no such folder", "full"])
def test_a_pdf_that_cannot_be_written_is_told_and_the_release_is_not_final(
    place, one, sealed, answers, tmp_path, qtbot, monkeypatch
):
    answers.file = tmp_path / place / "out.pdf"
    if place == "full":
        answers.file = tmp_path / "out.pdf"
        monkeypatch.setattr(saving, "put_in_place", _full)
    perform(actions()["baseline.print"], sealed)
    qtbot.waitUntil(lambda: bool(answers.told), timeout=20_000)
    assert "could not be written" in answers.told[-1]
    assert not answers.file.exists() and not sealed.baselines()[0].exported


def _full(out, content):
    raise PlanError(f"“{out.name}” could not be written (No space left on device); choose another place.")


def test_its_text_is_that_of_the_plan_on_the_day(one, sealed, answers, tmp_path, qtbot):
    answers.file = tmp_path / "text"
    done(sealed, qtbot, "baseline.text")
    there = text.read(answers.file)
    assert there.plan().state == "baselined"
    assert [row.name for row in there.rows("product").values()] == ["Data Management"]


def test_a_plan_file_of_it_is_what_was_sealed(one, sealed, answers, tmp_path, qtbot):
    answers.file = tmp_path / "then"
    done(sealed, qtbot, "baseline.file")
    with Plan.open(tmp_path / "then.dmplan") as then:
        assert (then.data.plan().state, then.data.get("product", "dm").name) == (
            "baselined",
            "Data Management",
        )
    assert sealed.plan.path.name == "plan.dmplan"


def test_a_new_plan_from_it_is_a_draft_and_is_opened(one, sealed, answers, tmp_path, qtbot):
    answers.file = tmp_path / "new.dmplan"
    with qtbot.waitSignal(sealed.opened, timeout=20_000):
        perform(actions()["baseline.new"], sealed)
    assert sealed.plan.path.name == "new.dmplan" and sealed.writable
    assert (sealed.data.plan().state, sealed.data.get("product", "dm").name) == ("draft", "Data Management")


def test_a_file_that_is_there_is_never_replaced_by_a_new_plan(one, sealed, answers, tmp_path, qtbot):
    answers.file = tmp_path / "there.dmplan"
    answers.file.write_text("mine")
    perform(actions()["baseline.new"], sealed)
    qtbot.waitUntil(lambda: bool(answers.told), timeout=20_000)
    assert answers.file.read_text() == "mine" and sealed.plan.path.name == "plan.dmplan"
