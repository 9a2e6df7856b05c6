"""A window on a baseline: read only, told apart at a glance, and never a danger to the working plan."""

import tempfile
from pathlib import Path

import pytest

from dmdesk import opening
from tests.core import releasing as small
from tests.ui.baselines.spoiling import spoil
from ui.actions import actions, perform
from ui.baselines import window as windows


@pytest.fixture
def opened(page, sealed, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests have passing files at the same time
    page.reveal("3.0")
    perform(actions()["baseline.open"], sealed)
    qtbot.waitUntil(lambda: bool(windows._open), timeout=10_000)
    (made,) = windows._open
    qtbot.waitExposed(made)
    return made


def passing() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(f"{opening.PASSING}*"))


def test_it_shows_the_plan_as_it_was_sealed_and_the_working_plan_stays(opened, sealed):
    assert opened.ctx.data.get("product", "dm").name == "Data Management"
    assert sealed.data.get("product", "dm").name == "B" and sealed.writable


def test_title_banner_and_bar_say_that_it_is_a_baseline(opened, window):
    assert opened.windowTitle() == "plan, baseline 3.0 (read only) — dmdesk"
    assert window.windowTitle() == "plan — dmdesk"
    assert opened.banner.text().startswith("Baseline 3.0 of “plan.dmplan”, read only: ")
    assert opened.topbar.state.text() == "Baseline 3.0, read only"
    assert "draft" in window.topbar.state.text().lower()


def test_nothing_can_be_written_there(opened, answers):
    ctx = opened.ctx
    assert not ctx.writable
    assert not ctx.step("Try", [_renamed(ctx)])
    assert "read only" in answers.told[-1]
    opened.go("baselines")
    page = opened.stack.currentWidget()
    assert "This window shows baseline 3.0" in page.nothing.text() and not page.first.isVisible()


def _renamed(ctx):
    from dmdesk import changes as c

    return c.put(ctx.data.get("product", "dm"), {"name": "X"})


def test_the_button_and_closing_the_plan_lead_back(opened, sealed, page, qtbot):
    before = passing()
    opened.back.click()
    assert windows._open == set() and len(passing()) == len(before) - 1
    perform(actions()["baseline.open"], sealed)
    qtbot.waitUntil(lambda: bool(windows._open), timeout=10_000)
    (again,) = windows._open
    perform(actions()["file.close"], again.ctx)
    qtbot.waitUntil(lambda: not windows._open)
    assert sealed.plan is not None


def test_a_version_has_one_window_however_often_it_is_opened(opened, sealed, qtbot):
    perform(actions()["baseline.open"], sealed)
    qtbot.wait(50)
    assert windows._open == {opened}


def test_it_closes_with_the_window_that_it_came_from(opened, window):
    window.close()
    assert windows._open == set()


def test_it_closes_when_another_plan_is_opened(opened, sealed, tmp_path):
    small.made(tmp_path / "other.dmplan").close()
    sealed.open(tmp_path / "other.dmplan")
    assert windows._open == set()


def test_a_plan_opened_from_it_is_opened_where_the_working_plan_is(opened, sealed, tmp_path):
    small.made(tmp_path / "other.dmplan").close()
    opened.ctx.open(tmp_path / "other.dmplan")
    assert sealed.plan.path.name == "other.dmplan"


def test_a_damaged_version_is_not_opened_and_a_sentence_says_why(page, sealed, answers, qtbot):
    spoil(sealed.plan.path, "UPDATE baseline SET text = x'00'")
    page.reveal("3.0")
    perform(actions()["baseline.open"], sealed)
    qtbot.waitUntil(lambda: bool(answers.told), timeout=10_000)
    (told,) = answers.told
    assert told.startswith("The baseline 3.0 in “plan.dmplan” is not what was sealed, so it is not opened; ")
    assert windows._open == set()
